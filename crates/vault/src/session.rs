//! Sessions, and finding whose a secret is. What an officer may is looked up at each request, not
//! when the session began.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Secret, Vault, VaultError, roles, secret};

/// How long a session lasts at the most: a shift.
pub const SESSION_LIFE_MS: u64 = 12 * 60 * 60_000;
/// How long it lasts without a request.
pub const SESSION_IDLE_MS: u64 = 60 * 60_000;
/// How often the last request is written down; so much earlier than said a session may end.
const SEEN_EVERY_MS: u64 = 60_000;
/// So far a clock may be set back before what began later is not let in: it would last too long.
const CLOCK_STEP_MS: u64 = 5 * 60_000;
/// The oldest ends when an officer begins one more.
const SESSIONS_AT_ONCE: u32 = 20;

const _: () = assert!(SEEN_EVERY_MS < SESSION_IDLE_MS && SESSION_IDLE_MS < SESSION_LIFE_MS);

/// How somebody was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By a password: a person.
    Session,
    /// By an API token: a program that acts for an officer.
    Token,
}

/// Whose a secret is, and what may be done with it at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Session {
    /// Names it without its secret; of sessions and tokens together, and never given again.
    pub id: u64,
    pub kind: Kind,
    pub officer: String,
    pub unit: String,
    /// What may be done: the officer's roles, by a token those that it was issued for as well. None
    /// while `must_change`, so that whoever forgets to look at that lets nothing happen.
    pub roles: BTreeSet<String>,
    /// What a token was issued for; of a session all roles of the officer.
    pub scopes: BTreeSet<String>,
    /// Nothing is allowed but [`Vault::change_password`].
    pub must_change: bool,
    /// When it began, or the token was issued.
    pub created_ms: u64,
    pub expires_ms: u64,
}

/// A session in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SessionInfo {
    pub id: u64,
    pub created_ms: u64,
    /// To a minute.
    pub seen_ms: u64,
    pub expires_ms: u64,
}

/// What decides whether a row lets anybody in.
struct Times {
    kind: Kind,
    created_ms: u64,
    seen_ms: u64,
    expires_ms: u64,
}

impl Times {
    fn allow(&self, now_ms: u64) -> bool {
        let idle =
            self.kind == Kind::Session && now_ms.saturating_sub(self.seen_ms) >= SESSION_IDLE_MS;
        now_ms < self.expires_ms && !idle && self.created_ms <= now_ms.saturating_add(CLOCK_STEP_MS)
    }
}

impl Vault {
    /// Whose a secret is; `None` when it is none, has ended or expired. One indexed read; once a
    /// minute the time is written down.
    pub fn session(&self, secret: &str, now_ms: u64) -> Result<Option<Session>, VaultError> {
        let Some(digest) = secret::digest(secret) else { return Ok(None) };
        let found = self.read(|connection| Ok(find(connection, &digest)?))?;
        let Some((session, times)) = found.filter(|(_, times)| times.allow(now_ms)) else {
            return Ok(None);
        };
        if now_ms.saturating_sub(times.seen_ms) >= SEEN_EVERY_MS {
            let seen = self.write(|transaction| {
                let update = "UPDATE sessions SET seen_ms = ?2 WHERE id = ?1";
                Ok(transaction.prepare_cached(update)?.execute((session.id, now_ms))?)
            });
            match seen {
                // A full disk must not sign everybody out at once.
                Err(error) if error.is_temporary() => {
                    tracing::warn!(%error, "when a session was seen was not written down");
                }
                seen => drop(seen?),
            }
        }
        Ok(Some(session))
    }

    /// Signs an officer out of one session; `false` when the officer has none with that id.
    pub fn end_session(&self, officer: &str, id: u64) -> Result<bool, VaultError> {
        self.write(|transaction| Ok(end(transaction, officer, id, Kind::Session)?))
    }

    /// Signs an officer out everywhere. Tokens go on.
    pub fn end_sessions_of(&self, officer: &str) -> Result<(), VaultError> {
        self.write(|transaction| {
            let delete = "DELETE FROM sessions WHERE officer = ?1 AND token IS NULL";
            transaction.execute(delete, [officer])?;
            Ok(())
        })
    }

    /// The sessions of an officer that have not ended, the newest first.
    pub fn sessions(&self, officer: &str, now_ms: u64) -> Result<Vec<SessionInfo>, VaultError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, created_ms, seen_ms, expires_ms FROM sessions
                 WHERE officer = ?1 AND token IS NULL ORDER BY id DESC",
            )?;
            let mut rows = query.query([officer])?;
            let mut sessions = Vec::new();
            while let Some(row) = rows.next()? {
                let times = times(row, 1, Kind::Session)?;
                if times.allow(now_ms) {
                    let Times { created_ms, seen_ms, expires_ms, .. } = times;
                    sessions.push(SessionInfo { id: row.get(0)?, created_ms, seen_ms, expires_ms });
                }
            }
            Ok(sessions)
        })
    }
}

/// Begins a session for an officer who has proven to be that.
pub(crate) fn begin(
    transaction: &Connection,
    secret: &Secret,
    officer: &str,
    now_ms: u64,
) -> Result<Session, VaultError> {
    let digest = secret::digest(secret.expose());
    transaction.execute(
        "INSERT INTO sessions (secret, officer, created_ms, seen_ms, expires_ms)
         VALUES (?1, ?2, ?3, ?3, ?4)",
        (digest, officer, now_ms, now_ms.saturating_add(SESSION_LIFE_MS)),
    )?;
    transaction.execute(
        "DELETE FROM sessions WHERE officer = ?1 AND token IS NULL AND id NOT IN
           (SELECT id FROM sessions WHERE officer = ?1 AND token IS NULL ORDER BY id DESC LIMIT ?2)",
        (officer, SESSIONS_AT_ONCE),
    )?;
    let found = digest.map(|digest| find(transaction, &digest)).transpose()?.flatten();
    found.map(|(session, _)| session).ok_or(VaultError::UnknownOfficer)
}

fn find(connection: &Connection, digest: &[u8; 32]) -> rusqlite::Result<Option<(Session, Times)>> {
    connection
        .prepare_cached(
            "SELECT s.created_ms, s.seen_ms, s.expires_ms, s.scopes, s.id, o.id, o.unit, o.roles,
                    o.must_change
             FROM sessions s JOIN officers o ON o.id = s.officer
             WHERE s.secret = ?1 AND o.disabled = 0",
        )?
        .query_row([digest], read)
        .optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Session, Times)> {
    let scopes = row.get_ref(3)?.as_str_or_null()?.map(roles::split);
    let kind = if scopes.is_some() { Kind::Token } else { Kind::Session };
    let times = times(row, 0, kind)?;
    let roles = roles::split(row.get_ref(7)?.as_str()?);
    let scopes = scopes.unwrap_or_else(|| roles.clone());
    let must_change = row.get(8)?;
    let session = Session {
        id: row.get(4)?,
        kind,
        officer: row.get(5)?,
        unit: row.get(6)?,
        roles: if must_change { BTreeSet::new() } else { &roles & &scopes },
        scopes,
        must_change,
        created_ms: times.created_ms,
        expires_ms: times.expires_ms,
    };
    Ok((session, times))
}

/// The times in three columns from `first` on.
fn times(row: &Row<'_>, first: usize, kind: Kind) -> rusqlite::Result<Times> {
    let [created_ms, seen_ms, expires_ms] =
        [row.get(first)?, row.get(first + 1)?, row.get(first + 2)?];
    Ok(Times { kind, created_ms, seen_ms, expires_ms })
}

pub(crate) fn end(
    transaction: &Connection,
    officer: &str,
    id: u64,
    kind: Kind,
) -> rusqlite::Result<bool> {
    let delete = "DELETE FROM sessions WHERE officer = ?1 AND id = ?2 AND (token IS NOT NULL) = ?3";
    Ok(transaction.execute(delete, (officer, id, kind == Kind::Token))? > 0)
}

/// Ends all sessions and tokens of an officer.
pub(crate) fn end_all(transaction: &Connection, officer: &str) -> Result<(), VaultError> {
    transaction.execute("DELETE FROM sessions WHERE officer = ?1", [officer])?;
    Ok(())
}

/// Deletes what has expired. What a clock that was set back makes look too new stays: the clock may
/// be wrong only for now.
pub(crate) fn purge(transaction: &Connection, now_ms: u64) -> rusqlite::Result<()> {
    let idle_since = now_ms.saturating_sub(SESSION_IDLE_MS);
    transaction.execute(
        "DELETE FROM sessions WHERE expires_ms <= ?1 OR (token IS NULL AND seen_ms <= ?2)",
        (now_ms, idle_since),
    )?;
    Ok(())
}
