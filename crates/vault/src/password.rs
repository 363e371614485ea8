//! Which passwords are taken, and setting them.
//!
//! A password counts as the characters that were typed, byte by byte: nothing is normalised, so the
//! same letters composed in another way (Unicode's NFC and NFD) are another password. Vietnamese
//! keyboards give NFC everywhere but on old phones.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use rusqlite::Connection;

use crate::sign_in::{Account, Whom};
use crate::{Fault, SignInError, Vault, VaultError, hashing, lockout, officer, session};

/// In characters. NIST SP 800-63B asks for length, and against rules of composition.
const LENGTH: RangeInclusive<usize> = 12..=256;
/// Passwords of fewer different characters are repetitions.
const FEWEST_DIFFERENT: usize = 4;
/// One a line, in lower case.
const COMMON: &str = include_str!("common_passwords.txt");

impl Vault {
    /// Gives an officer another password; it ends the officer's sessions, tokens and lock. With
    /// `must_change` the officer can do nothing but change it again: whenever somebody else knows it.
    pub fn set_password(
        &self,
        id: &str,
        password: &str,
        must_change: bool,
    ) -> Result<(), VaultError> {
        let login = self.officer(id)?.ok_or(VaultError::UnknownOfficer)?.login;
        check(password, &login)?;
        let hash = hashing::hash(self.cost(), password)?;
        self.write(|transaction| {
            officer::changed(transaction.execute(
                "UPDATE officers SET password = ?2, must_change = ?3 WHERE id = ?1",
                (id, hash, must_change),
            )?)?;
            taken_up(transaction, id)
        })
    }

    /// An officer changes the own password; it ends all of the officer's sessions and tokens, also
    /// the session in which it was done. Guessing the old one locks the account as at
    /// [`Vault::sign_in`].
    pub fn change_password(
        &self,
        id: &str,
        old: &str,
        new: &str,
        now_ms: u64,
    ) -> Result<(), SignInError> {
        let login = self.officer(id)?.ok_or(VaultError::UnknownOfficer)?.login;
        check(new, &login)?;
        let whom = self.read(|connection| Whom::with_id(connection, id))?;
        let proven = self.prove(&whom, old, now_ms, |_, account| Ok(account.clone()))?;
        if old == new {
            return Err(VaultError::Invalid(Fault::PasswordUnchanged).into());
        }
        let hash = hashing::hash(self.cost(), new)?;
        self.write(|transaction| {
            if !replace(transaction, &proven, &hash)? {
                return Ok(Err(SignInError::Refused));
            }
            transaction.execute("UPDATE officers SET must_change = 0 WHERE id = ?1", [id])?;
            taken_up(transaction, id).map(Ok)
        })?
    }
}

/// Puts a new hash in the place of the one that was proven; `false` when that is not there any more.
pub(crate) fn replace(
    transaction: &Connection,
    proven: &Account,
    hash: &str,
) -> rusqlite::Result<bool> {
    let changed = transaction.execute(
        "UPDATE officers SET password = ?3 WHERE id = ?1 AND password = ?2 AND disabled = 0",
        (&proven.id, &proven.password, hash),
    )?;
    Ok(changed > 0)
}

fn taken_up(transaction: &Connection, id: &str) -> Result<(), VaultError> {
    session::end_all(transaction, id)?;
    Ok(lockout::clear(transaction, id)?)
}

/// Whether a password may be set for an officer with this login.
pub(crate) fn check(password: &str, login: &str) -> Result<(), VaultError> {
    let lower = password.to_lowercase();
    let different: BTreeSet<char> = lower.chars().collect();
    let fault = if !LENGTH.contains(&password.chars().count()) {
        Fault::PasswordLength
    } else if lower.contains(login) {
        Fault::PasswordHasLogin
    } else if different.len() < FEWEST_DIFFERENT || COMMON.lines().any(|common| common == lower) {
        Fault::PasswordCommon
    } else {
        return Ok(());
    };
    Err(VaultError::Invalid(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(password: &str) -> Option<Fault> {
        match check(password, "nguyen.an") {
            Ok(()) => None,
            Err(VaultError::Invalid(fault)) => Some(fault),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(fault("mưa rào đêm"), Some(Fault::PasswordLength));
        assert_eq!(fault("mưa rào đêmx"), None);
        assert_eq!(fault(&"đêm mưa ".repeat(32)), None);
        assert_eq!(fault(&("đêm mưa ".repeat(32) + "x")), Some(Fault::PasswordLength));
        assert_eq!(fault(""), Some(Fault::PasswordLength));
    }

    #[test]
    fn what_everybody_guesses_is_refused() {
        for guess in ["matkhau123456", "MatKhau123456", "aaaaaaaaaaaaaa", "121212121212"] {
            assert_eq!(fault(guess), Some(Fault::PasswordCommon), "{guess}");
        }
        assert_eq!(fault("toi la Nguyen.An day"), Some(Fault::PasswordHasLogin));
    }

    #[test]
    fn the_list_has_only_what_the_other_rules_let_pass() {
        for common in COMMON.lines() {
            assert!(LENGTH.contains(&common.chars().count()), "{common}");
            assert_eq!(common.to_lowercase(), common);
        }
    }
}
