//! `giapranh officer …`

use clap::{Args, Subcommand};
use giapranh_domain::codes::Role;
use giapranh_domain::{OfficerId, UnitId};

use super::alert::codes;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Give an officer an account. The first one is an administrator's, and ends what the owner of the
    /// node's socket may do without signing in.
    Add(Add),
    /// List the accounts.
    List,
    /// Give an officer these roles and no others; it counts at once.
    Roles(Roles),
    /// Change the own password, or give an officer another one, who then has to change it.
    Password(Password),
    /// Shut an officer out at once: sessions and tokens end.
    Disable {
        /// The officer, by id or login.
        #[arg(value_name = "OFFICER")]
        account: String,
    },
    /// Let an officer who was shut out sign in again.
    Enable {
        /// The officer, by id or login.
        #[arg(value_name = "OFFICER")]
        account: String,
    },
    /// Let an officer sign in again who failed too often.
    Unlock {
        /// The officer, by id or login.
        #[arg(value_name = "OFFICER")]
        account: String,
    },
}

#[derive(Debug, Args)]
pub struct Add {
    /// What the officer types to sign in.
    pub login: String,
    /// The officer's name; it never leaves this node.
    #[arg(long, value_name = "TEXT")]
    pub name: String,
    /// The officer's unit, which the node serves.
    #[arg(id = "of_unit", long = "unit", value_name = "UNIT")]
    pub unit: UnitId,
    /// What the officer may do; may be repeated.
    #[arg(id = "role", long = "role", value_name = "ROLE", value_parser = codes(Role::ALL, Role::code),
        required = true, num_args = 1..)]
    pub roles: Vec<String>,
    /// The pseudonymous id, where the officer stands in events already; made up when left out.
    #[arg(id = "officer_id", long = "id", value_name = "OFFICER")]
    pub id: Option<OfficerId>,
    /// Read the first password as one line from stdin.
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Debug, Args)]
pub struct Roles {
    /// The officer, by id or login.
    #[arg(value_name = "OFFICER")]
    pub account: String,
    /// What the officer may do from now on; may be repeated.
    #[arg(id = "role", long = "role", value_name = "ROLE", value_parser = codes(Role::ALL, Role::code),
        required = true, num_args = 1..)]
    pub roles: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Password {
    /// The officer, by id or login; who has signed in, when left out.
    #[arg(value_name = "OFFICER")]
    pub account: Option<String>,
    /// Read the passwords from stdin, a line each: of the own one the old and the new.
    #[arg(long)]
    pub password_stdin: bool,
}
