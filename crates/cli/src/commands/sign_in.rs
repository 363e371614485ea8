//! `giapranh sign-in, sign-out, who`.

use anyhow::Result;
use giapranh_domain::time::rfc3339;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Place, wait};
use crate::args::Form;
use crate::args::sign_in::SignIn;
use crate::client::{Client, Target};
use crate::exit::{Exit, Failure};
use crate::output::{self, Facts};
use crate::secret::Secret;
use crate::session::{self, Credential, Session, TOKEN_FILE};
use crate::words::code;
use crate::{next, password, say};

/// What the node says of who has signed in.
#[derive(Debug, Deserialize, Serialize)]
pub struct Officer {
    /// Stands in events.
    pub id: String,
    unit: String,
    #[serde(default)]
    name: Option<String>,
    roles: Vec<String>,
    #[serde(default)]
    must_change: bool,
    admission: String,
    expires_ms: u64,
}

#[derive(Deserialize)]
struct SignedIn {
    token: Secret,
    #[serde(flatten)]
    officer: Officer,
}

/// Signs in, and keeps the session.
pub fn run(place: &Place, arguments: &SignIn) -> Result<()> {
    let login = arguments.login.as_str();
    let node = place.dir()?;
    let SignedIn { token, officer } = begin(place, login, arguments.password_stdin)?;
    let kept = Session { login: login.to_owned(), token, expires_ms: officer.expires_ms };
    let path = session::keep(node, &kept)?;
    if std::env::var_os(TOKEN_FILE).is_some_and(|path| !path.is_empty()) {
        output::note(&say!("token-first"));
    }
    if officer.must_change {
        output::note(&say!("password-to-change", line = next::line("officer password")));
    }
    if place.form == Form::Json {
        return Ok(output::json(&json!({"session": path, "officer": officer}))?);
    }
    let (id, unit, until) =
        (officer.id.as_str(), officer.unit.as_str(), rfc3339(officer.expires_ms));
    Ok(output::line(&say!("signed-in", id = id, unit = unit, until = until))?)
}

/// A session of who proves it by the password. Nothing else is sent with it.
fn begin(place: &Place, login: &str, from_stdin: bool) -> Result<SignedIn> {
    let client = Client::of(place.dir()?);
    let password = if from_stdin {
        password::read_line()?
    } else {
        password::ask(&say!("password-of", login = login))?
    };
    wait(client.post(Target::api(["session"]), &json!({"login": login, "password": password})))
}

/// Does something with the session of another officer, and ends that session whatever comes of it.
pub fn with_another<T>(
    place: &Place,
    login: &str,
    from_stdin: bool,
    act: impl FnOnce(Secret) -> Result<T>,
) -> Result<T> {
    let SignedIn { token, officer } = begin(place, login, from_stdin)?;
    let session = Session { login: login.to_owned(), token, expires_ms: officer.expires_ms };
    let done = act(session.token.clone());
    let client = Client::of(place.dir()?).signed_in(Some(Credential::Session(session)));
    if wait(client.delete(Target::api(["session"]))).is_err() {
        output::note(&say!("session-goes-on", until = rfc3339(officer.expires_ms)));
    }
    done
}

/// Ends the session at the node, and forgets it in any case.
pub fn out(place: &Place) -> Result<()> {
    let node = place.dir()?;
    let Some(kept) = session::load(node)? else {
        return Err(session::missing().into());
    };
    let (login, until) = (kept.login.clone(), rfc3339(kept.expires_ms));
    let client = Client::of(node).signed_in(Some(Credential::Session(kept)));
    let ended = wait(client.delete(Target::api(["session"])));
    session::forget(node)?;
    match ended.map_err(|error| error.downcast_ref().and_then(|f: &Failure| f.status)) {
        // It had ended before.
        Ok(()) | Err(Some(401)) => {}
        Err(_) => output::note(&say!("session-goes-on", until = until)),
    }
    match place.form {
        Form::Json => output::json(&json!({"signed_out": login}))?,
        Form::Table => output::line(&say!("signed-out", login = login))?,
    }
    Ok(())
}

/// Shows who has signed in.
pub fn who(place: &Place) -> Result<()> {
    let value: Value = place.get(Target::api(["session"]))?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    match value["principal"].as_str() {
        Some("unmanned") => return Ok(output::line(&say!("nobody-has-an-account"))?),
        Some("machine") => return Err(session::missing().into()),
        _ => {}
    }
    let officer = Officer::deserialize(&value)?;
    let roles: Vec<String> = officer.roles.iter().map(|role| code("role", role)).collect();
    let mut facts = Facts::default();
    facts.push("officer", &officer.id);
    if let Some(Credential::Session(session)) = place.credential()? {
        facts.push("login", session.login);
    }
    facts.push("name", officer.name.unwrap_or_default());
    facts.push("unit", &officer.unit);
    facts.push("roles", roles.join(", "));
    facts.push("signed in by", code("admission", &officer.admission));
    facts.push("until", rfc3339(officer.expires_ms));
    output::facts(&facts)?;
    if officer.must_change {
        output::note(&say!("password-to-change", line = next::line("officer password")));
    }
    Ok(())
}

/// The id of who has signed in.
pub fn own_id(place: &Place) -> Result<String> {
    let officer: Officer = place.get(Target::api(["session"]))?;
    Ok(officer.id)
}

/// Sees to it that a session of the own password goes on: a new one, since the change ended it.
pub fn again(place: &Place, login: &str, password: &Secret) -> Result<()> {
    let client = Client::of(place.dir()?);
    let sent = json!({"login": login, "password": password});
    let SignedIn { token, officer }: SignedIn = wait(client.post(Target::api(["session"]), &sent))?;
    if officer.must_change {
        return Err(Failure::new(Exit::Refused, say!("password-to-change", line = "")).into());
    }
    let kept = Session { login: login.to_owned(), token, expires_ms: officer.expires_ms };
    session::keep(place.dir()?, &kept)?;
    Ok(())
}
