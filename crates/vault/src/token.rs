//! API tokens: a program acts for an officer, with some of the officer's roles and for a time.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::officer::{check, is_name};
use crate::{Fault, Kind, Secret, Vault, VaultError, roles, secret, session};

/// A token lives no longer: once a year somebody asks whether it is still needed.
pub const LONGEST_TOKEN_LIFE_MS: u64 = 366 * 24 * 60 * 60_000;
const SHORTEST_TOKEN_LIFE_MS: u64 = 60_000;
const LONGEST_NAME_CHARS: usize = 64;

/// A token without its secret, which nobody can read again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct TokenInfo {
    pub id: u64,
    pub officer: String,
    /// What it is for, as who issued it called it.
    pub name: String,
    /// The roles that it was issued for. It may do what is both in these and in the roles that its
    /// officer has at that moment.
    pub scopes: BTreeSet<String>,
    pub created_ms: u64,
    /// To a minute; when it was issued as long as it was not used.
    pub seen_ms: u64,
    pub expires_ms: u64,
}

impl Vault {
    /// Issues a token with some of an officer's roles. The secret is given this once.
    pub fn issue_token(
        &self,
        officer: &str,
        name: &str,
        scopes: &BTreeSet<String>,
        life_ms: u64,
        now_ms: u64,
    ) -> Result<(Secret, TokenInfo), VaultError> {
        check(is_name(name, LONGEST_NAME_CHARS), Fault::TokenName)?;
        let lives = (SHORTEST_TOKEN_LIFE_MS..=LONGEST_TOKEN_LIFE_MS).contains(&life_ms);
        check(lives, Fault::TokenLife)?;
        let joined = roles::join(scopes).map_err(|_| VaultError::Invalid(Fault::TokenScopes))?;
        let secret = Secret::random(Kind::Token)?;
        let expires_ms = now_ms.saturating_add(life_ms);
        let id = self.write(|transaction| {
            check_entitled(transaction, officer, scopes)?;
            let digest = secret::digest(secret.expose());
            let insert = "INSERT INTO sessions
                   (secret, officer, created_ms, seen_ms, expires_ms, token, scopes)
                 VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6) RETURNING id";
            let values = (digest, officer, now_ms, expires_ms, name, joined);
            Ok(transaction.query_one(insert, values, |row| row.get(0))?)
        })?;
        let info = TokenInfo {
            id,
            officer: officer.to_owned(),
            name: name.to_owned(),
            scopes: scopes.clone(),
            created_ms: now_ms,
            seen_ms: now_ms,
            expires_ms,
        };
        Ok((secret, info))
    }

    /// The tokens of an officer, the newest first; expired ones until they are purged.
    pub fn tokens(&self, officer: &str) -> Result<Vec<TokenInfo>, VaultError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, officer, token, scopes, created_ms, seen_ms, expires_ms FROM sessions
                 WHERE officer = ?1 AND token IS NOT NULL ORDER BY id DESC",
            )?;
            Ok(query.query_map([officer], read)?.collect::<Result<_, _>>()?)
        })
    }

    /// Ends a token at once; `false` when the officer has none with that id.
    pub fn revoke_token(&self, officer: &str, id: u64) -> Result<bool, VaultError> {
        self.write(|transaction| Ok(session::end(transaction, officer, id, Kind::Token)?))
    }
}

fn check_entitled(
    transaction: &Connection,
    officer: &str,
    scopes: &BTreeSet<String>,
) -> Result<(), VaultError> {
    let found = transaction
        .prepare_cached("SELECT roles, disabled, must_change FROM officers WHERE id = ?1")?
        .query_row([officer], |row| {
            Ok((roles::split(row.get_ref(0)?.as_str()?), row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let (roles, disabled, must_change) = found.ok_or(VaultError::UnknownOfficer)?;
    if disabled {
        return Err(VaultError::Disabled);
    }
    if must_change {
        return Err(VaultError::PasswordToChange);
    }
    check(!scopes.is_empty() && scopes.is_subset(&roles), Fault::TokenScopes)
}

fn read(row: &Row<'_>) -> rusqlite::Result<TokenInfo> {
    Ok(TokenInfo {
        id: row.get(0)?,
        officer: row.get(1)?,
        name: row.get(2)?,
        scopes: roles::split(row.get_ref(3)?.as_str()?),
        created_ms: row.get(4)?,
        seen_ms: row.get(5)?,
        expires_ms: row.get(6)?,
    })
}
