//! Signing in: a password is proven, and a session begins.

use rusqlite::{Connection, OptionalExtension as _};

use crate::{Kind, Secret, Session, Vault, VaultError, hashing, lockout, password, session};

/// Nobody was let in.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum SignInError {
    /// Unknown login or wrong password: which of them nobody is told.
    #[error("the login or the password is wrong")]
    Refused,
    /// Too many failures; an administrator can unlock the account.
    #[error("too many failed sign-ins: wait, or ask an administrator (giapranh officer unlock)")]
    Locked { until_ms: u64 },
    /// Told only to who knows the password.
    #[error("this account is disabled; ask an administrator")]
    Disabled,
    /// The password is not to blame.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// What a password is compared with.
#[derive(Clone)]
pub(crate) struct Account {
    pub id: String,
    pub password: String,
    disabled: bool,
}

/// Who somebody says to be.
pub(crate) struct Whom {
    /// Under which name failures are counted.
    whose: String,
    account: Option<Account>,
}

impl Whom {
    /// By a login as it was typed.
    fn with_login(connection: &Connection, login: &str) -> Result<Self, VaultError> {
        let login = login.to_ascii_lowercase();
        let account = Account::find(connection, "login", &login)?;
        // Asked for in any case, so that it costs the same.
        let stranger = lockout::stranger(connection, &login)?;
        Ok(Self { whose: account.as_ref().map_or(stranger, |known| known.id.clone()), account })
    }

    /// By an officer's id.
    pub fn with_id(connection: &Connection, id: &str) -> Result<Self, VaultError> {
        let account = Account::find(connection, "id", id)?.ok_or(VaultError::UnknownOfficer)?;
        Ok(Self { whose: id.to_owned(), account: Some(account) })
    }
}

impl Account {
    fn find(connection: &Connection, by: &str, text: &str) -> rusqlite::Result<Option<Self>> {
        let query = format!("SELECT id, password, disabled FROM officers WHERE {by} = ?1");
        connection
            .prepare_cached(&query)?
            .query_row([text], |row| {
                Ok(Self { id: row.get(0)?, password: row.get(1)?, disabled: row.get(2)? })
            })
            .optional()
    }
}

impl Vault {
    /// Begins a session. An unknown login costs and counts as a wrong password does. A locked account
    /// costs nothing; however many try at once, no more attempts are judged than the lock allows.
    pub fn sign_in(
        &self,
        login: &str,
        password: &str,
        now_ms: u64,
    ) -> Result<(Secret, Session), SignInError> {
        let whom = self.read(|connection| Whom::with_login(connection, login))?;
        let secret = Secret::random(Kind::Session)?;
        let (session, account) = self.prove(&whom, password, now_ms, |transaction, account| {
            let update = "UPDATE officers SET signed_in_ms = ?2 WHERE id = ?1";
            transaction.execute(update, (&account.id, now_ms))?;
            Ok((session::begin(transaction, &secret, &account.id, now_ms)?, account.clone()))
        })?;
        if hashing::is_cheaper(&account.password, self.cost())? {
            self.raise_cost(&account, password);
        }
        Ok((secret, session))
    }

    /// Lets `then` happen in one transaction with the proof that the password is right. A failure is
    /// counted.
    pub(crate) fn prove<T>(
        &self,
        whom: &Whom,
        password: &str,
        now_ms: u64,
        then: impl FnOnce(&Connection, &Account) -> Result<T, VaultError>,
    ) -> Result<T, SignInError> {
        let lock = |connection: &Connection| lockout::locked_until(connection, &whom.whose, now_ms);
        if let Some(until_ms) = self.read(|connection| Ok(lock(connection)?))? {
            return Err(SignInError::Locked { until_ms });
        }
        let fits = match &whom.account {
            Some(account) => hashing::fits(&account.password, password)?,
            None => hashing::hash(self.cost(), password).map(|_| false)?,
        };
        self.write(|transaction| {
            // Others may have failed while this one was hashed: then it must not count, right or
            // wrong.
            if let Some(until_ms) = lock(transaction)? {
                return Ok(Err(SignInError::Locked { until_ms }));
            }
            match still_there(transaction, whom.account.as_ref().filter(|_| fits))? {
                None => {
                    let failures = lockout::count_failure(transaction, &whom.whose, now_ms)?;
                    if failures >= lockout::FAILURES_ALLOWED {
                        tracing::warn!(
                            account = whom.whose,
                            failures,
                            "locked after failed sign-ins"
                        );
                    }
                    Ok(Err(SignInError::Refused))
                }
                Some(account) if account.disabled => Ok(Err(SignInError::Disabled)),
                Some(account) => {
                    lockout::clear(transaction, &whom.whose)?;
                    then(transaction, &account).map(Ok)
                }
            }
        })?
    }

    /// Hashes a password again that was hashed for less. The officer is in already: when it can't be
    /// done now, it is done another time.
    fn raise_cost(&self, account: &Account, password: &str) {
        let raised = hashing::hash(self.cost(), password).and_then(|hash| {
            self.write(|transaction| Ok(password::replace(transaction, account, &hash)?))
        });
        if let Err(error) = raised {
            tracing::warn!(%error, "a password could not be hashed at a higher cost");
        }
    }
}

/// The account as it is now, if its password is the one that was compared.
fn still_there(
    transaction: &Connection,
    compared: Option<&Account>,
) -> rusqlite::Result<Option<Account>> {
    let Some(compared) = compared else { return Ok(None) };
    let now = Account::find(transaction, "id", &compared.id)?;
    Ok(now.filter(|now| now.password == compared.password))
}
