//! Officers: who stands behind a pseudonymous id, of which unit, with which roles.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::secret::fill;
use crate::{Fault, Secret, Vault, VaultError, base32, hashing, lockout, password, roles, session};

/// The one role that the vault knows by its meaning: who gives out accounts.
pub const ADMINISTRATOR: &str = "administrator";

const LONGEST_ID: usize = 64;
const LONGEST_LOGIN: usize = 32;
const LONGEST_NAME_CHARS: usize = 100;
/// What a made id begins with (*cán bộ*), and how many characters follow: 50 random bits.
const ID_PREFIX: &str = "cb-";
const ID_CHARS: usize = 10;

/// An account that is to be made.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct NewOfficer {
    /// Made up when none is given; given when the officer stands in events already.
    pub id: Option<String>,
    /// One that the node serves; the caller has made sure of it.
    pub unit: String,
    pub login: String,
    pub name: String,
    pub roles: BTreeSet<String>,
    pub password: Secret,
    /// Whether somebody else knows the password, so that the first session may only change it.
    pub must_change: bool,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Officer {
    /// Stands in events.
    pub id: String,
    pub unit: String,
    /// In lower case.
    pub login: String,
    pub name: String,
    pub roles: BTreeSet<String>,
    pub must_change: bool,
    pub disabled: bool,
    pub created_ms: u64,
    pub signed_in_ms: Option<u64>,
    /// Until when the officer can't sign in after failures; may have passed.
    pub locked_until_ms: Option<u64>,
}

const SELECT: &str = "SELECT id, unit, login, name, roles, must_change, disabled, created_ms, \
     signed_in_ms, NULLIF(locked_until_ms, 0) FROM officers LEFT JOIN attempts ON whose = id";

impl Vault {
    /// Makes an account. The first has to be an administrator's, or nobody could make another.
    pub fn add_officer(&self, new: &NewOfficer, now_ms: u64) -> Result<Officer, VaultError> {
        let officer = checked(new, now_ms)?;
        password::check(new.password.expose(), &officer.login)?;
        let hash = hashing::hash(self.cost(), new.password.expose())?;
        self.write(|transaction| insert(transaction, officer, new.id.is_none(), &hash))
    }

    /// All accounts, by unit and login.
    pub fn officers(&self) -> Result<Vec<Officer>, VaultError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!("{SELECT} ORDER BY unit, login"))?;
            Ok(query.query_map((), read)?.collect::<Result<_, _>>()?)
        })
    }

    /// The account with an id.
    pub fn officer(&self, id: &str) -> Result<Option<Officer>, VaultError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
            Ok(query.query_row([id], read).optional()?)
        })
    }

    /// Whether the node is in service: from its first account on, everybody has to sign in.
    pub fn has_officers(&self) -> Result<bool, VaultError> {
        self.read(|connection| {
            Ok(connection.prepare_cached("SELECT 1 FROM officers")?.exists(())?)
        })
    }

    /// Gives an officer these roles and no others. It counts at the next request, in sessions and
    /// for tokens.
    pub fn set_roles(&self, id: &str, roles: &BTreeSet<String>) -> Result<(), VaultError> {
        let roles = roles::join(roles).map_err(VaultError::Invalid)?;
        self.write(|transaction| {
            keeping_an_administrator(transaction, || {
                let update = "UPDATE officers SET roles = ?2 WHERE id = ?1";
                changed(transaction.execute(update, (id, roles))?)
            })
        })
    }

    /// Moves an officer to another unit; it ends the officer's sessions and tokens, so that nothing
    /// which was begun for one unit is done for another.
    pub fn set_unit(&self, id: &str, unit: &str) -> Result<(), VaultError> {
        check(is_id(unit), Fault::Unit)?;
        self.write(|transaction| {
            let update = "UPDATE officers SET unit = ?2 WHERE id = ?1";
            changed(transaction.execute(update, (id, unit))?)?;
            session::end_all(transaction, id)
        })
    }

    /// Corrects the name.
    pub fn rename(&self, id: &str, name: &str) -> Result<(), VaultError> {
        check(is_name(name, LONGEST_NAME_CHARS), Fault::Name)?;
        self.write(|transaction| {
            let update = "UPDATE officers SET name = ?2 WHERE id = ?1";
            changed(transaction.execute(update, (id, name))?)
        })
    }

    /// Shuts an officer out at once: sessions and tokens end.
    pub fn disable(&self, id: &str) -> Result<(), VaultError> {
        self.write(|transaction| {
            keeping_an_administrator(transaction, || {
                let update = "UPDATE officers SET disabled = 1 WHERE id = ?1";
                changed(transaction.execute(update, [id])?)
            })?;
            session::end_all(transaction, id)
        })
    }

    /// Lets an officer sign in again, with the password of before.
    pub fn enable(&self, id: &str) -> Result<(), VaultError> {
        self.write(|transaction| {
            let update = "UPDATE officers SET disabled = 0 WHERE id = ?1";
            changed(transaction.execute(update, [id])?)
        })
    }

    /// Forgets an officer's failed sign-ins.
    pub fn unlock(&self, id: &str) -> Result<(), VaultError> {
        self.write(|transaction| {
            let query = "SELECT 1 FROM officers WHERE id = ?1";
            changed(transaction.prepare_cached(query)?.exists([id])?.into())?;
            Ok(lockout::clear(transaction, id)?)
        })
    }

    /// Forgets who stands behind an id, for good; [`Vault::purge`] clears the bytes. The id stays
    /// taken. An officer who only left is disabled instead: as long as somebody may ask who did
    /// what, the name is needed.
    pub fn remove(&self, id: &str) -> Result<(), VaultError> {
        self.write(|transaction| {
            keeping_an_administrator(transaction, || {
                changed(transaction.execute("DELETE FROM officers WHERE id = ?1", [id])?)
            })?;
            Ok(lockout::clear(transaction, id)?)
        })
    }
}

/// Sees to it that somebody was changed.
pub(crate) fn changed(rows: usize) -> Result<(), VaultError> {
    if rows > 0 { Ok(()) } else { Err(VaultError::UnknownOfficer) }
}

pub(crate) fn check(holds: bool, fault: Fault) -> Result<(), VaultError> {
    if holds { Ok(()) } else { Err(VaultError::Invalid(fault)) }
}

/// Whether people can read it as a name.
pub(crate) fn is_name(text: &str, longest_chars: usize) -> bool {
    (1..=longest_chars).contains(&text.chars().count())
        && !text.trim().is_empty()
        && !text.chars().any(char::is_control)
}

fn checked(new: &NewOfficer, now_ms: u64) -> Result<Officer, VaultError> {
    let id = match &new.id {
        Some(id) => id.clone(),
        None => random_id()?,
    };
    let login = new.login.to_ascii_lowercase();
    check(is_id(&id), Fault::Id)?;
    check(is_id(&new.unit), Fault::Unit)?;
    check(is_login(&login), Fault::Login)?;
    check(is_name(&new.name, LONGEST_NAME_CHARS), Fault::Name)?;
    roles::join(&new.roles).map_err(VaultError::Invalid)?;
    Ok(Officer {
        id,
        login,
        unit: new.unit.clone(),
        name: new.name.clone(),
        roles: new.roles.clone(),
        must_change: new.must_change,
        disabled: false,
        created_ms: now_ms,
        signed_in_ms: None,
        locked_until_ms: None,
    })
}

fn insert(
    transaction: &Connection,
    mut officer: Officer,
    id_was_made: bool,
    hash: &str,
) -> Result<Officer, VaultError> {
    if !officer.roles.contains(ADMINISTRATOR) && administrators(transaction)? == 0 {
        return Err(VaultError::NoAdministrator);
    }
    if transaction
        .prepare_cached("SELECT 1 FROM officers WHERE login = ?1")?
        .exists([&officer.login])?
    {
        return Err(VaultError::LoginTaken);
    }
    while transaction.execute("INSERT OR IGNORE INTO ids VALUES (?1)", [&officer.id])? == 0 {
        if !id_was_made {
            return Err(VaultError::IdTaken);
        }
        officer.id = random_id()?;
    }
    let roles = roles::join(&officer.roles).map_err(VaultError::Invalid)?;
    transaction.execute(
        "INSERT INTO officers (id, unit, login, name, roles, password, must_change, created_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            &officer.id,
            &officer.unit,
            &officer.login,
            &officer.name,
            roles,
            hash,
            officer.must_change,
            officer.created_ms,
        ),
    )?;
    Ok(officer)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Officer> {
    Ok(Officer {
        id: row.get(0)?,
        unit: row.get(1)?,
        login: row.get(2)?,
        name: row.get(3)?,
        roles: roles::split(row.get_ref(4)?.as_str()?),
        must_change: row.get(5)?,
        disabled: row.get(6)?,
        created_ms: row.get(7)?,
        signed_in_ms: row.get(8)?,
        locked_until_ms: row.get(9)?,
    })
}

/// Makes a change, unless it takes away the last who could give out accounts.
fn keeping_an_administrator(
    transaction: &Connection,
    change: impl FnOnce() -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    change()?;
    if administrators(transaction)? == 0 { Err(VaultError::LastAdministrator) } else { Ok(()) }
}

/// How many there are that are not disabled.
fn administrators(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "SELECT COUNT(*) FROM officers
             WHERE disabled = 0 AND instr(' ' || roles || ' ', ' ' || ?1 || ' ') > 0",
        )?
        .query_row([ADMINISTRATOR], |row| row.get(0))
}

fn random_id() -> Result<String, VaultError> {
    let mut bytes = [0; (ID_CHARS * 5).div_ceil(8)];
    fill(&mut bytes)?;
    let mut id = ID_PREFIX.to_owned();
    base32::encode_into(&bytes, &mut id);
    id.truncate(ID_PREFIX.len() + ID_CHARS);
    Ok(id)
}

/// As the domain has the ids of officers and units.
fn is_id(text: &str) -> bool {
    matches!(text.as_bytes().first(), Some(b'a'..=b'z' | b'0'..=b'9'))
        && text.len() <= LONGEST_ID
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}

fn is_login(text: &str) -> bool {
    (2..=LONGEST_LOGIN).contains(&text.len())
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-'))
}
