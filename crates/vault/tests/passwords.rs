//! Passwords: set by another, changed by oneself, hashed again when that has got dearer.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{DAY_MS, Fixture, PASSWORD, START_MS, WRONG, account, codes};
use giapranh_vault::{Cost, Fault, Kind, NewOfficer, SignInError, Vault, VaultError};

const NEW: &str = "con đò nhỏ qua sông";

#[test]
fn a_guess_costs_what_it_should() {
    let cost = Cost::default();
    assert_eq!((cost.memory_kib(), cost.iterations(), cost.parallelism()), (64 * 1024, 3, 1));
    assert_eq!(Cost::new(1, 0, 2), Cost::new(16, 1, 2), "never less than Argon2 takes");
}

#[test]
fn a_password_that_another_knows_may_only_be_changed() {
    let fixture = Fixture::new();
    let vault = &fixture.vault;
    let new = NewOfficer { must_change: true, ..account("binh", &["duty"]) };
    let id = vault.add_officer(&new, START_MS).unwrap().id;
    let (secret, session) = fixture.sign_in("binh", START_MS);
    assert!(session.must_change);
    assert_eq!(session.roles, codes(&[]));
    assert_eq!(session.scopes, codes(&["duty"]));
    let token = vault.issue_token(&id, "máy trực", &codes(&["duty"]), DAY_MS, START_MS);
    assert!(matches!(token, Err(VaultError::PasswordToChange)));

    let same = vault.change_password(&id, PASSWORD, PASSWORD, START_MS);
    let unchanged = VaultError::Invalid(Fault::PasswordUnchanged).to_string();
    assert_eq!(same.unwrap_err().to_string(), unchanged);
    vault.change_password(&id, PASSWORD, NEW, START_MS).unwrap();
    assert_eq!(fixture.session(&secret, START_MS), None);
    assert!(matches!(vault.sign_in("binh", PASSWORD, START_MS), Err(SignInError::Refused)));
    let (_, session) = vault.sign_in("binh", NEW, START_MS).unwrap();
    assert!(!session.must_change);
    assert_eq!((session.roles, session.kind), (codes(&["duty"]), Kind::Session));

    vault.set_password(&id, PASSWORD, true).unwrap();
    assert!(fixture.sign_in("binh", START_MS).1.must_change);
}

#[test]
fn a_new_password_ends_all_sessions_and_tokens() {
    let fixture = Fixture::new();
    let (vault, id) = (&fixture.vault, fixture.add("binh", &["duty"]).id);
    let enter = |password: &str| {
        let (session, _) = vault.sign_in("binh", password, START_MS).unwrap();
        let (token, _) =
            vault.issue_token(&id, "máy", &codes(&["duty"]), DAY_MS, START_MS).unwrap();
        [session, token]
    };
    let (other, _) = fixture.sign_in("quantri", START_MS);
    let before = enter(PASSWORD);
    vault.change_password(&id, PASSWORD, NEW, START_MS).unwrap();
    let after = enter(NEW);
    for secret in &before {
        assert_eq!(fixture.session(secret, START_MS), None);
    }
    vault.set_password(&id, PASSWORD, false).unwrap();
    for secret in &after {
        assert_eq!(fixture.session(secret, START_MS), None);
    }
    assert!(fixture.session(&other, START_MS).is_some(), "nobody else's");
}

#[test]
fn a_weak_password_is_not_set() {
    let fixture = Fixture::new();
    let (vault, id) = (&fixture.vault, fixture.add("binh", &["duty"]).id);
    let set = vault.set_password(&id, "ngắn", false);
    assert!(matches!(set, Err(VaultError::Invalid(Fault::PasswordLength))));
    let changed = vault.change_password(&id, PASSWORD, "binh đi câu cá", START_MS);
    let expected = VaultError::Invalid(Fault::PasswordHasLogin);
    assert!(
        matches!(&changed, Err(SignInError::Vault(found))
        if found.to_string() == expected.to_string()),
        "{changed:?}"
    );
    assert!(vault.sign_in("binh", PASSWORD, START_MS).is_ok());
}

#[test]
fn the_old_password_can_not_be_guessed_by_changing_it() {
    let fixture = Fixture::new();
    let (vault, id) = (&fixture.vault, fixture.add("binh", &["duty"]).id);
    for _ in 0..5 {
        let refused = vault.change_password(&id, WRONG, NEW, START_MS);
        assert!(matches!(refused, Err(SignInError::Refused)), "{refused:?}");
    }
    let locked = vault.change_password(&id, PASSWORD, NEW, START_MS);
    assert!(matches!(locked, Err(SignInError::Locked { .. })), "{locked:?}");
    let locked = vault.sign_in("binh", PASSWORD, START_MS);
    assert!(matches!(locked, Err(SignInError::Locked { .. })), "{locked:?}");
}

/// The cost that a hash of the file says, by a connection of its own after the vault was closed.
fn costs(fixture: &Fixture, login: &str) -> String {
    let tool = rusqlite::Connection::open(fixture.path()).unwrap();
    let query = "SELECT password FROM officers WHERE login = ?1";
    let phc: String = tool.query_one(query, [login], |row| row.get(0)).unwrap();
    phc.split('$').nth(3).unwrap().to_owned()
}

#[test]
fn a_cheap_hash_is_made_again_at_the_next_sign_in() {
    let mut fixture = Fixture::new();
    fixture.add("binh", &["duty"]);
    let dearer = Cost::new(32, 2, 1);
    fixture.vault = Vault::open_with(fixture.dir.path(), dearer).unwrap();
    let (secret, _) = fixture.sign_in("binh", START_MS);
    assert_eq!(costs(&fixture, "binh"), "m=32,t=2,p=1");
    assert_eq!(costs(&fixture, "quantri"), "m=8,t=1,p=1");
    assert!(fixture.session(&secret, START_MS).is_some(), "it is the same password");
    fixture.sign_in("binh", START_MS);
    // A dearer one is not made cheaper.
    fixture.vault = common::open(fixture.dir.path());
    fixture.sign_in("binh", START_MS);
    assert_eq!(costs(&fixture, "binh"), "m=32,t=2,p=1");
}
