//! Who acts. Officers are named by the pseudonymous ids that their unit gave, never by name; who has
//! signed in need not be named at all.

use clap::Args;
use giapranh_domain::{OfficerId, UnitId};

/// One officer acts: facts need no second one.
#[derive(Debug, Clone, Default, Args)]
pub struct Acting {
    /// The unit in whose name it is done; the officer's, or the node's own, when left out.
    #[arg(long)]
    pub unit: Option<UnitId>,
    /// The officer, by the pseudonymous id that the unit gave; who has signed in, when left out.
    #[arg(long)]
    pub officer: Option<OfficerId>,
}

/// An officer and the one who releases it.
#[derive(Debug, Clone, Default, Args)]
pub struct Released {
    /// The unit in whose name it is done; the officer's, or the node's own, when left out.
    #[arg(long)]
    pub unit: Option<UnitId>,
    #[command(flatten)]
    pub officers: Officers,
}

/// Two officers, by the pseudonymous ids that their unit gave.
#[derive(Debug, Clone, Default, Args)]
pub struct Officers {
    /// The officer who wrote it; who has signed in, when left out.
    #[arg(long, value_name = "OFFICER")]
    pub drafted_by: Option<OfficerId>,
    /// The officer who released it; another one.
    #[arg(long, value_name = "OFFICER")]
    pub approved_by: Option<OfficerId>,
    /// Another officer at the same desk releases it, and is asked for the password.
    #[arg(long, value_name = "LOGIN", conflicts_with = "approved_by")]
    pub approved_by_login: Option<String>,
    /// Read that password as one line from stdin.
    #[arg(id = "approval_password_stdin", long = "password-stdin", requires = "approved_by_login")]
    pub password_stdin: bool,
}

impl Officers {
    /// Whether a second officer is named.
    pub fn are_two(&self) -> bool {
        self.approved_by.is_some() || self.approved_by_login.is_some()
    }
}
