//! `giapranh token …`: by which a program acts for an officer. A secret is shown once, alone.

use anyhow::Result;
use giapranh_domain::time::rfc3339;
use serde::Deserialize;
use serde_json::{Value, json};

use super::file::write_new;
use super::{Place, wait};
use crate::args::Form;
use crate::args::token::{Command, Issue};
use crate::client::Target;
use crate::output::{self, Rows};
use crate::secret::Secret;
use crate::session::TOKEN_FILE;
use crate::words::code;
use crate::{next, say};

const DAY_MS: u64 = 24 * 60 * 60_000;

#[derive(Debug, Deserialize)]
struct Token {
    id: u64,
    name: String,
    scopes: Vec<String>,
    created_ms: u64,
    seen_ms: u64,
    expires_ms: u64,
}

#[derive(Debug, Deserialize)]
struct Tokens {
    tokens: Vec<Token>,
}

#[derive(Deserialize)]
struct Issued {
    token: Secret,
    #[serde(flatten)]
    info: Token,
}

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Issue(issue) => issued(place, &issue),
        Command::List => list(place),
        Command::Revoke { token } => revoke(place, token),
    }
}

/// What is written is a file's whole content, in either form: it is made to be kept in one.
fn issued(place: &Place, issue: &Issue) -> Result<()> {
    let client = place.client()?;
    let life_ms = u64::from(issue.days) * DAY_MS;
    let sent = json!({"name": issue.name, "scopes": issue.roles, "life_ms": life_ms});
    let Issued { token, info } = wait(client.post(Target::api(["tokens"]), &sent))?;
    let text = zeroize::Zeroizing::new(format!("{}\n", token.expose()));
    let (id, until) = (info.id.to_string(), rfc3339(info.expires_ms));
    match &issue.out {
        None => {
            output::print(&text)?;
            output::note(&say!("token-issued", id = id, until = until, variable = TOKEN_FILE));
        }
        Some(path) => {
            if let Err(error) = write_new(path, text.as_bytes()) {
                // Nobody could ever use it.
                let revoked = wait(client.delete(Target::api(["tokens", &id])));
                if revoked.is_err() {
                    output::note(&say!(
                        "token-left",
                        line = next::line(&format!("token revoke {id}"))
                    ));
                }
                return Err(error);
            }
            output::note(&say!("token-issued", id = id, until = until, variable = TOKEN_FILE));
        }
    }
    Ok(())
}

fn list(place: &Place) -> Result<()> {
    let value: Value = place.get(Target::api(["tokens"]))?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let mut rows = Rows::new(&["ID", "NAME", "ROLES", "ISSUED", "USED", "UNTIL"]);
    for token in Tokens::deserialize(&value)?.tokens {
        let roles: Vec<String> = token.scopes.iter().map(|role| code("role", role)).collect();
        // To a minute; when it was issued as long as it was not used.
        let used =
            if token.seen_ms > token.created_ms { rfc3339(token.seen_ms) } else { String::new() };
        let (issued, until) = (rfc3339(token.created_ms), rfc3339(token.expires_ms));
        rows.push([&token.id, &token.name, &roles.join(", "), &issued, &used, &until]);
    }
    Ok(output::rows(&rows)?)
}

fn revoke(place: &Place, token: u64) -> Result<()> {
    let (client, id) = (place.client()?, token.to_string());
    let ended = wait(client.delete(Target::api(["tokens", &id])));
    ended.map_err(|error| super::hint(error, next::line("token list")))?;
    match place.form {
        Form::Json => output::json(&json!({"revoked": token}))?,
        Form::Table => output::line(&say!("token-revoked", id = id))?,
    }
    Ok(())
}
