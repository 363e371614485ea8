//! `giapranh officer …`: accounts of the running node.

use anyhow::Result;
use giapranh_domain::time::rfc3339;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Place, hint, sign_in, wait};
use crate::args::Form;
use crate::args::officer::{Add, Command, Password, Roles};
use crate::client::Target;
use crate::exit::{Exit, Failure};
use crate::output::{self, Rows};
use crate::session::Credential;
use crate::words::code;
use crate::{next, password, say};

#[derive(Debug, Deserialize)]
struct Account {
    id: String,
    unit: String,
    login: String,
    name: String,
    roles: Vec<String>,
    #[serde(default)]
    must_change: bool,
    #[serde(default)]
    disabled: bool,
    #[serde(default)]
    signed_in_ms: Option<u64>,
    #[serde(default)]
    locked_until_ms: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct Accounts {
    officers: Vec<Account>,
}

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Add(add) => added(place, &add),
        Command::List => list(place),
        Command::Roles(Roles { account, roles }) => {
            change(place, &account, &json!({"roles": roles}), "account-changed")
        }
        Command::Password(arguments) => set_password(place, &arguments),
        Command::Disable { account } => {
            change(place, &account, &json!({"disabled": true}), "account-disabled")
        }
        Command::Enable { account } => {
            change(place, &account, &json!({"disabled": false}), "account-changed")
        }
        Command::Unlock { account } => {
            change(place, &account, &json!({"unlock": true}), "account-changed")
        }
    }
}

fn added(place: &Place, add: &Add) -> Result<()> {
    let client = place.client()?;
    let password = if add.password_stdin {
        password::read_line()?
    } else {
        password::ask_new(&say!("password-of", login = add.login.as_str()))?
    };
    let mut sent = json!({
        "unit": add.unit, "login": add.login, "name": add.name, "roles": add.roles,
        "password": password,
    });
    if let Some(id) = &add.id {
        sent["id"] = json!(id);
    }
    let answer = wait(client.post(Target::api(["officers"]), &sent));
    told(
        place,
        answer.map_err(|error| hint(error, "giapranh help officer add".into())),
        "account-made",
    )
}

fn told(place: &Place, answer: Result<Value>, key: &str) -> Result<()> {
    let value = answer?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let account = Account::deserialize(&value)?;
    let (id, login) = (account.id.as_str(), account.login.as_str());
    let sentence = match key {
        "account-made" => say!("account-made", login = login, id = id),
        "account-disabled" => say!("account-disabled", login = login, id = id),
        _ => say!("account-changed", login = login, id = id, roles = roles(&account)),
    };
    output::line(&sentence)?;
    if account.must_change {
        output::note(&say!("account-must-change", login = login));
    }
    Ok(())
}

fn list(place: &Place) -> Result<()> {
    let value: Value = place.get(Target::api(["officers"]))?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let mut rows = Rows::new(&["OFFICER", "LOGIN", "NAME", "UNIT", "ROLES", "STANDS", "SIGNED IN"]);
    for account in Accounts::deserialize(&value)?.officers {
        let stands = match &account {
            Account { disabled: true, .. } => say!("account-is-disabled"),
            Account { locked_until_ms: Some(until), .. } => {
                say!("account-is-locked", until = rfc3339(*until))
            }
            Account { must_change: true, .. } => say!("account-is-new"),
            _ => String::new(),
        };
        let signed_in = account.signed_in_ms.map(rfc3339).unwrap_or_default();
        let roles = roles(&account);
        let Account { id, login, name, unit, .. } = &account;
        rows.push([id, login, name, unit, &roles, &stands, &signed_in]);
    }
    Ok(output::rows(&rows)?)
}

fn roles(account: &Account) -> String {
    let roles: Vec<String> = account.roles.iter().map(|role| code("role", role)).collect();
    roles.join(", ")
}

fn change(place: &Place, typed: &str, change: &Value, key: &str) -> Result<()> {
    let (client, id) = (place.client()?, found(place, typed)?);
    let answer = wait(client.patch(Target::api(["officers", &id]), change));
    told(place, answer.map_err(|error| hint(error, next::line("officer list"))), key)
}

/// The id of an officer who was named by id or login.
fn found(place: &Place, typed: &str) -> Result<String> {
    let known: Accounts = place.get(Target::api(["officers"]))?;
    let login = typed.to_ascii_lowercase();
    let mut ids = known.officers.into_iter();
    let found = ids.find(|account| account.id == typed || account.login == login);
    found.map(|account| account.id).ok_or_else(|| {
        let failure = Failure::new(Exit::NotFound, say!("no-such-officer", typed = typed));
        failure.next(next::line("officer list")).into()
    })
}

fn set_password(place: &Place, arguments: &Password) -> Result<()> {
    let Some(typed) = &arguments.account else {
        return change_own(place, arguments.password_stdin);
    };
    let id = found(place, typed)?;
    let new = if arguments.password_stdin {
        password::read_line()?
    } else {
        password::ask_new(&say!("password-of", login = typed.as_str()))?
    };
    let target = Target::api(["officers", &id, "password"]);
    let client = place.client()?;
    let _: Value = wait(client.post(target, &json!({"new": new})))?;
    confirmed(place, &say!("password-given", login = typed.as_str()))
}

/// The own password: it ends every session and token, so the kept session begins anew.
fn change_own(place: &Place, from_stdin: bool) -> Result<()> {
    let id = sign_in::own_id(place)?;
    let (old, new) = if from_stdin {
        (password::read_line()?, password::read_line()?)
    } else {
        (password::ask(&say!("password-old"))?, password::ask_new(&say!("password-new"))?)
    };
    let target = Target::api(["officers", &id, "password"]);
    let client = place.client()?;
    let _: Value = wait(client.post(target, &json!({"old": old, "new": new})))?;
    if let Some(Credential::Session(session)) = place.credential()? {
        sign_in::again(place, &session.login, &new)?;
    }
    confirmed(place, &say!("password-changed"))
}

fn confirmed(place: &Place, sentence: &str) -> Result<()> {
    match place.form {
        Form::Json => output::json(&json!({"changed": true}))?,
        Form::Table => output::line(sentence)?,
    }
    Ok(())
}
