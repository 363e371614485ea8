//! Accounts: what is taken, what is refused, and that somebody can always give them out.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{Fixture, PASSWORD, START_MS, account, codes, open};
use giapranh_vault::{Fault, NewOfficer, SignInError, VaultError};

#[test]
fn an_account_is_given_back_as_it_was_made() {
    let fixture = Fixture::new();
    let made = fixture.add("Nguyen.An", &["duty", "issuer"]);
    assert_eq!(made.login, "nguyen.an");
    assert_eq!(made.name, "Nguyễn Văn Nguyen.An");
    assert_eq!(made.roles, codes(&["issuer", "duty"]));
    assert_eq!((made.unit.as_str(), made.created_ms), ("hcm", START_MS));
    assert!(!made.disabled && !made.must_change);
    assert_eq!((made.signed_in_ms, made.locked_until_ms), (None, None));
    let rest = made.id.strip_prefix("cb-").unwrap();
    assert_eq!(rest.len(), 10);
    assert!(rest.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7')), "{rest}");
    assert_eq!(fixture.vault.officer(&made.id).unwrap().as_ref(), Some(&made));
    assert_eq!(fixture.vault.officers().unwrap(), [made, fixture.administrator]);
    assert_eq!(fixture.vault.officer("cb-nobody").unwrap(), None);
}

#[test]
fn the_first_account_is_an_administrators() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    assert!(!vault.has_officers().unwrap());
    let refused = vault.add_officer(&account("an", &["duty"]), START_MS);
    assert!(matches!(refused, Err(VaultError::NoAdministrator)));
    assert!(!vault.has_officers().unwrap());
    vault.add_officer(&account("quantri", &["administrator", "duty"]), START_MS).unwrap();
    vault.add_officer(&account("an", &["duty"]), START_MS).unwrap();
    assert!(vault.has_officers().unwrap());
}

#[test]
fn a_login_is_given_once_whatever_its_case() {
    let fixture = Fixture::new();
    fixture.add("binh", &["duty"]);
    let again = fixture.vault.add_officer(&account("BINH", &["duty"]), START_MS);
    assert!(matches!(again, Err(VaultError::LoginTaken)));
    assert!(fixture.vault.sign_in("Binh", PASSWORD, START_MS).is_ok());
}

#[test]
fn an_id_is_never_given_twice() {
    let fixture = Fixture::new();
    let with_id =
        |login: &str| NewOfficer { id: Some("cb-03".into()), ..account(login, &["duty"]) };
    let made = fixture.vault.add_officer(&with_id("binh"), START_MS).unwrap();
    assert_eq!(made.id, "cb-03");
    let again = || fixture.vault.add_officer(&with_id("chi"), START_MS);
    assert!(matches!(again(), Err(VaultError::IdTaken)));
    fixture.vault.remove("cb-03").unwrap();
    assert_eq!(fixture.vault.officer("cb-03").unwrap(), None);
    assert!(matches!(again(), Err(VaultError::IdTaken)));
    // The login is free again, for another person under another id.
    assert_ne!(fixture.add("binh", &["duty"]).id, "cb-03");
}

#[test]
fn what_breaks_a_rule_names_its_field() {
    let fixture = Fixture::new();
    let good = || account("binh", &["duty"]);
    let bad = [
        (Fault::Login, NewOfficer { login: "b".into(), ..good() }),
        (Fault::Login, NewOfficer { login: "b".repeat(33), ..good() }),
        (Fault::Login, NewOfficer { login: "bình".into(), ..good() }),
        (Fault::Login, NewOfficer { login: "bi nh".into(), ..good() }),
        (Fault::Id, NewOfficer { id: Some("Nguyễn Bình".into()), ..good() }),
        (Fault::Id, NewOfficer { id: Some(String::new()), ..good() }),
        (Fault::Unit, NewOfficer { unit: String::new(), ..good() }),
        (Fault::Name, NewOfficer { name: " ".into(), ..good() }),
        (Fault::Name, NewOfficer { name: "Bình\u{7}".into(), ..good() }),
        (Fault::Name, NewOfficer { name: "ì".repeat(101), ..good() }),
        (Fault::Roles, NewOfficer { roles: codes(&["duty officer"]), ..good() }),
        (Fault::Roles, NewOfficer { roles: codes(&[""]), ..good() }),
        (Fault::PasswordLength, NewOfficer { password: "ngắn quá".into(), ..good() }),
        (Fault::PasswordHasLogin, NewOfficer { password: "tên tôi là BINH".into(), ..good() }),
        (Fault::PasswordCommon, NewOfficer { password: "matkhau12345".into(), ..good() }),
    ];
    for (expected, new) in bad {
        match fixture.vault.add_officer(&new, START_MS) {
            Err(error @ VaultError::Invalid(fault)) => {
                assert_eq!(fault, expected);
                let message = error.to_string();
                assert!(message.starts_with(fault.field()), "{message}");
                assert!(!message.to_lowercase().contains("binh"), "{message}");
            }
            other => panic!("{expected:?}: {other:?}"),
        }
    }
    assert_eq!(fixture.vault.officers().unwrap().len(), 1);
}

#[test]
fn the_last_administrator_stays() {
    let fixture = Fixture::new();
    let (vault, first) = (&fixture.vault, fixture.administrator.id.as_str());
    let refused = |done: Result<(), VaultError>| {
        let error = done.unwrap_err();
        assert!(matches!(error, VaultError::LastAdministrator));
        assert!(error.to_string().contains("give another officer the role"), "{error}");
    };
    refused(vault.disable(first));
    refused(vault.set_roles(first, &codes(&["duty"])));
    refused(vault.remove(first));
    assert!(vault.sign_in("quantri", PASSWORD, START_MS).is_ok());

    let second = fixture.add("binh", &["administrator", "lead"]).id;
    vault.disable(first).unwrap();
    refused(vault.disable(&second));
    refused(vault.set_roles(&second, &codes(&["lead"])));
    vault.enable(first).unwrap();
    vault.set_roles(&second, &codes(&["lead"])).unwrap();
    refused(vault.remove(first));
}

#[test]
fn what_is_changed_is_changed() {
    let fixture = Fixture::new();
    let (vault, id) = (&fixture.vault, fixture.add("binh", &["duty"]).id);
    vault.set_roles(&id, &codes(&["approver", "lead"])).unwrap();
    vault.set_unit(&id, "hcm_q1").unwrap();
    vault.rename(&id, "Trần Thị Bình").unwrap();
    vault.disable(&id).unwrap();
    let changed = vault.officer(&id).unwrap().unwrap();
    assert_eq!(changed.roles, codes(&["approver", "lead"]));
    assert_eq!(changed.unit, "hcm_q1");
    assert_eq!(changed.name, "Trần Thị Bình");
    assert!(changed.disabled);
    let disabled = vault.sign_in("binh", PASSWORD, START_MS);
    assert!(matches!(disabled, Err(SignInError::Disabled)));
    let guess = vault.sign_in("binh", common::WRONG, START_MS);
    assert!(matches!(guess, Err(SignInError::Refused)), "only who knows the password is told");
    vault.enable(&id).unwrap();
    assert!(vault.sign_in("binh", PASSWORD, START_MS).is_ok());
}

#[test]
fn nobody_is_changed_who_is_not_there() {
    let fixture = Fixture::new();
    let vault = &fixture.vault;
    for done in [
        vault.set_roles("cb-x", &codes(&["duty"])),
        vault.set_unit("cb-x", "hcm"),
        vault.rename("cb-x", "Bình"),
        vault.set_password("cb-x", PASSWORD, true),
        vault.disable("cb-x"),
        vault.enable("cb-x"),
        vault.unlock("cb-x"),
        vault.remove("cb-x"),
    ] {
        assert!(matches!(done, Err(VaultError::UnknownOfficer)), "{done:?}");
    }
}
