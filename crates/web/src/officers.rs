//! What the web needs of officers: who signs in, whose a secret is, what an administrator changes.
//!
//! Whoever keeps the accounts is behind [`Backend`](crate::Backend). What must hold here: a password
//! and the secret of a session or token come in as [`Secret`], which nothing prints, and go out once
//! only, to the one whose they are.

use std::collections::BTreeSet;
use std::fmt;

use giapranh_domain::codes::Role;
use giapranh_domain::{OfficerId, Rejection, UnitId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// A password, or the secret of a session or token. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text, for who proves it or to whom it belongs.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// For the one answer that gives it out.
fn exposed<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(secret.expose())
}

/// How somebody was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Admission {
    /// By a password: a person.
    Session,
    /// By an API token: a program that acts for an officer.
    Token,
}

/// Whose a secret is, and what may be done with it at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Officer {
    /// Stands in events.
    pub id: OfficerId,
    /// In whose name the officer acts.
    pub unit: UnitId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// By a token those that it was issued for as well as the officer has them; none while
    /// `must_change`.
    pub roles: BTreeSet<Role>,
    /// Nothing is allowed but to change the password and to sign out.
    pub must_change: bool,
    pub admission: Admission,
    /// When the session began; a token's, as it were, at most a shift ago.
    pub begun_ms: u64,
    /// When the session or token ends by itself.
    pub expires_ms: u64,
}

/// A session has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SignedIn {
    /// The session's secret: told this once.
    #[serde(serialize_with = "exposed")]
    pub token: Secret,
    /// Who signed in, and until when.
    #[serde(flatten)]
    pub officer: Officer,
}

/// Nobody was let in. None of it tells whether an account exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInError {
    /// Unknown login or wrong password: which of them nobody is told.
    Refused,
    /// After too many failures.
    Locked {
        /// Until when nobody is let in, milliseconds since 1970.
        until_ms: u64,
    },
    /// Told only to who knows the password.
    Disabled,
    /// Nobody has an account here yet.
    NoOfficers,
    /// Accounts can't be read now: why, and what to do. The same may pass later.
    Unavailable(String),
}

/// An account, for who gives them out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Account {
    pub id: OfficerId,
    pub unit: UnitId,
    pub login: String,
    pub name: String,
    pub roles: BTreeSet<Role>,
    pub must_change: bool,
    pub disabled: bool,
    pub created_ms: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_in_ms: Option<u64>,
    /// Until when the officer can't sign in after failures; absent when that has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until_ms: Option<u64>,
}

/// An account that is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct NewOfficer {
    /// Given when the officer stands in events already.
    #[serde(default)]
    pub id: Option<OfficerId>,
    /// One that the node serves: whoever keeps the accounts makes sure of it.
    pub unit: UnitId,
    pub login: String,
    pub name: String,
    pub roles: BTreeSet<Role>,
    pub password: Secret,
    /// Whether somebody else knows the password. Not the sender's to say.
    #[serde(skip)]
    pub must_change: bool,
}

/// What an administrator changes of an account, one thing at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficerChange {
    /// These and no others.
    Roles(BTreeSet<Role>),
    /// Moves the officer; ends sessions and tokens.
    Unit(UnitId),
    /// Corrects the name.
    Name(String),
    /// Shuts the officer out at once.
    Disable,
    /// Lets the officer sign in again.
    Enable,
    /// Forgets failed sign-ins.
    Unlock,
    /// A password that the officer has to change at once; ends sessions and tokens.
    Password(Secret),
}

/// A token without its secret, which nobody can read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct TokenInfo {
    pub id: u64,
    pub officer: OfficerId,
    /// What it is for.
    pub name: String,
    /// The roles that it was issued for.
    pub scopes: BTreeSet<Role>,
    pub created_ms: u64,
    /// When it was used last, to a minute.
    pub seen_ms: u64,
    pub expires_ms: u64,
}

/// A token that is to be issued.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct NewToken {
    pub name: String,
    /// Some of the officer's roles.
    pub scopes: BTreeSet<Role>,
    pub life_ms: u64,
}

/// A token was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IssuedToken {
    /// Its secret: told this once.
    #[serde(serialize_with = "exposed")]
    pub token: Secret,
    /// What it is for.
    #[serde(flatten)]
    pub info: TokenInfo,
}

/// Nothing was changed about accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficerError {
    /// The request breaks rules: the sender corrects it. Fields as in the request (`/login`,
    /// `/password`, `/scopes` …); never holds a name, a login or a secret.
    Rejected(Rejection),
    /// The own password was not proven.
    Proof(SignInError),
    /// Accounts can't be changed now: why, and what to do. The same may pass later.
    Unavailable(String),
    /// Something broke; the sentence is for people.
    Failed(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_told_once_and_never_shown() {
        let secret = Secret::from("gr_s_example");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        let officer = Officer {
            id: "cb-1".parse().unwrap(),
            unit: "hcm".parse().unwrap(),
            name: None,
            roles: [Role::Duty].into(),
            must_change: false,
            admission: Admission::Session,
            begun_ms: 1,
            expires_ms: 1,
        };
        let answer = serde_json::to_value(SignedIn { token: secret, officer }).unwrap();
        let expected = serde_json::json!({"token": "gr_s_example", "id": "cb-1", "unit": "hcm",
            "roles": ["duty"], "must_change": false, "admission": "session", "begun_ms": 1,
            "expires_ms": 1});
        assert_eq!(answer, expected);
    }
}
