//! Officers of a cluster's nodes: given out by an administrator through the program, each with a
//! folder of their own, as another user of the machine has one.
//!
//! Passwords are made by chance. They reach the program on its standard input and stand in no
//! argument and in no message.

use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

use crate::api;
use crate::cluster::{Cluster, Failed, failed};
use crate::program::{printed, told};

/// Who gives out the other accounts of a node.
pub const ADMINISTRATOR: &str = "quan-tri";

/// An account that is to be.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    /// What the officer types.
    pub login: &'static str,
    /// The officer's unit, which the node serves.
    pub unit: &'static str,
    /// What the officer may do.
    pub roles: &'static [&'static str],
}

/// Somebody who has signed in.
#[derive(Debug, Clone)]
pub struct Officer {
    /// Whose node.
    pub node: &'static str,
    /// What was asked for.
    pub account: Account,
    /// Stands in events.
    pub id: String,
    password: String,
    home: PathBuf,
    /// Where the program keeps the session.
    pub session: PathBuf,
}

impl Officer {
    /// The password, for a file that its owner alone reads, or for a standard input.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The session, for who asks without the program.
    pub fn pass(&self) -> Result<api::Pass, Failed> {
        api::secret(&self.session).map(api::Pass::of).map_err(failed)
    }
}

impl Cluster {
    /// Gives accounts out at a running node that has none: first the administrator's, who then makes
    /// the others; each of these takes a password of their own. All of them have signed in then, and
    /// said what for.
    pub fn give_out(
        &self,
        node: &'static str,
        accounts: &[Account],
    ) -> Result<Vec<Officer>, Failed> {
        let unit = node;
        let first = Account { login: ADMINISTRATOR, unit, roles: &["administrator"] };
        let administrator = self.make(node, None, first)?;
        let mut officers = vec![administrator.clone()];
        for account in accounts {
            officers.push(self.make(node, Some(&administrator), *account)?);
        }
        Ok(officers)
    }

    /// An account, made by an administrator or, the first, by the owner of the socket.
    fn make(
        &self,
        node: &'static str,
        by: Option<&Officer>,
        account: Account,
    ) -> Result<Officer, Failed> {
        let Account { login, unit, roles } = account;
        let home = self.root().join("officers").join(node).join(login);
        let name = format!("Cán bộ Ví Dụ ({login})");
        let mut add = vec!["--output", "json", "officer", "add", login, "--unit", unit];
        add.extend(["--name", &name, "--password-stdin"]);
        roles.iter().for_each(|role| add.extend(["--role", role]));
        let mut password = password()?;
        let command = match by {
            None => self.command(&self.node(node).dir, &add),
            Some(by) => self.command_of(by, &add),
        };
        let made = printed(&told(command, &line(&password))?, &add)?;
        let made: Value = serde_json::from_str(&made).map_err(failed)?;
        let id = made["id"].as_str().ok_or_else(|| failed("an account without an id"))?.to_owned();
        let session = PathBuf::new();
        let mut officer = Officer { node, account, id, password, home, session };
        officer.session = self.sign_in(&officer)?;
        if by.is_some() {
            // The administrator knows the first one.
            password = self::password()?;
            let both = line(&officer.password) + &line(&password);
            self.told_as(&officer, &["officer", "password", "--password-stdin"], &both)?;
            officer.password = password;
        }
        if roles.iter().any(|role| *role != "administrator") {
            self.cli_as(&officer, &["purpose", "Trực ban, theo dõi thông báo (ví dụ)"])?;
        }
        Ok(officer)
    }

    /// Signs an officer in; gives the file in which the session is kept.
    pub fn sign_in(&self, officer: &Officer) -> Result<PathBuf, Failed> {
        let sign_in = ["--output", "json", "sign-in", officer.account.login, "--password-stdin"];
        let answer = self.told_as(officer, &sign_in, &line(&officer.password))?;
        let answer: Value = serde_json::from_str(&answer).map_err(failed)?;
        answer["session"].as_str().map(PathBuf::from).ok_or_else(|| failed("no session is kept"))
    }

    /// A command of an officer's, to be spawned.
    pub fn command_of<S: AsRef<str>>(&self, officer: &Officer, arguments: &[S]) -> Command {
        self.program.command_of(&officer.home, &self.node(officer.node).dir, arguments)
    }

    /// Runs `giapranh` as an officer, whatever comes of it.
    pub fn attempt_as(&self, officer: &Officer, arguments: &[&str]) -> Result<Output, Failed> {
        self.command_of(officer, arguments).output().map_err(failed)
    }

    /// Runs `giapranh` as an officer and gives what it prints; an error when it fails.
    pub fn cli_as(&self, officer: &Officer, arguments: &[&str]) -> Result<String, Failed> {
        printed(&self.attempt_as(officer, arguments)?, arguments)
    }

    /// Runs `giapranh --output json` as an officer and gives the answer.
    pub fn json_as(&self, officer: &Officer, arguments: &[&str]) -> Result<Value, Failed> {
        let arguments = [&["--output", "json"], arguments].concat();
        serde_json::from_str(&self.cli_as(officer, &arguments)?).map_err(failed)
    }

    /// The same with a second officer at the same desk, who types the own password.
    pub fn json_as_both(
        &self,
        officer: &Officer,
        second: &Officer,
        arguments: &[&str],
    ) -> Result<Value, Failed> {
        let approved = ["--approved-by-login", second.account.login, "--password-stdin"];
        let arguments = [&["--output", "json"], arguments, &approved].concat();
        let answer = self.told_as(officer, &arguments, &line(&second.password))?;
        serde_json::from_str(&answer).map_err(failed)
    }

    fn told_as(
        &self,
        officer: &Officer,
        arguments: &[&str],
        typed: &str,
    ) -> Result<String, Failed> {
        printed(&told(self.command_of(officer, arguments), typed)?, arguments)
    }
}

fn line(password: &str) -> String {
    format!("{password}\n")
}

/// Sixty-four bits of chance, in groups that a person can type.
fn password() -> Result<String, Failed> {
    let mut bits = [0; 8];
    File::open("/dev/urandom")
        .and_then(|mut chance| chance.read_exact(&mut bits))
        .map_err(failed)?;
    let [a, b, c, d] = [0, 2, 4, 6].map(|at| u16::from_be_bytes([bits[at], bits[at + 1]]));
    Ok(format!("{a:04x}-{b:04x}-{c:04x}-{d:04x}"))
}
