//! API tokens: they may what both they and their officer may, for a time, until they are revoked.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{DAY_MS, Fixture, MINUTE_MS, START_MS, codes};
use giapranh_vault::{Fault, Kind, LONGEST_TOKEN_LIFE_MS, Secret, TokenInfo, VaultError};

fn issue(fixture: &Fixture, officer: &str, scopes: &[&str]) -> (Secret, TokenInfo) {
    fixture.vault.issue_token(officer, "máy trực", &codes(scopes), DAY_MS, START_MS).unwrap()
}

#[test]
fn a_token_says_whose_it_is_and_for_what() {
    let fixture = Fixture::new();
    let officer = fixture.add("binh", &["duty", "issuer"]).id;
    let (secret, info) = issue(&fixture, &officer, &["duty"]);
    assert!(secret.expose().starts_with("gr_t_"));
    assert_eq!((info.name.as_str(), &info.scopes), ("máy trực", &codes(&["duty"])));
    assert_eq!(info.expires_ms, START_MS + DAY_MS);
    let session = fixture.session(&secret, START_MS).unwrap();
    assert_eq!((session.kind, session.id), (Kind::Token, info.id));
    assert_eq!((session.officer.as_str(), session.unit.as_str()), (officer.as_str(), "hcm"));
    assert_eq!((session.roles, session.scopes), (codes(&["duty"]), codes(&["duty"])));
    assert_eq!(fixture.vault.tokens(&officer).unwrap(), [info]);
    assert_eq!(fixture.vault.sessions(&officer, START_MS).unwrap(), [], "it is no session");
}

#[test]
fn what_a_token_may_shrinks_with_its_officers_roles() {
    let fixture = Fixture::new();
    let officer = fixture.add("binh", &["duty", "issuer"]).id;
    let (secret, _) = issue(&fixture, &officer, &["duty", "issuer"]);
    for (roles, may) in [
        (&["duty", "issuer", "approver"][..], &["duty", "issuer"][..]),
        (&["issuer", "lead"], &["issuer"]),
        (&["approver"], &[]),
        (&["duty"], &["duty"]),
    ] {
        fixture.vault.set_roles(&officer, &codes(roles)).unwrap();
        let session = fixture.session(&secret, START_MS).unwrap();
        assert_eq!(session.roles, codes(may), "{roles:?}");
        assert_eq!(session.scopes, codes(&["duty", "issuer"]));
    }
}

#[test]
fn a_token_expires_but_does_not_idle() {
    let fixture = Fixture::new();
    let officer = fixture.add("binh", &["duty"]).id;
    let (secret, info) = issue(&fixture, &officer, &["duty"]);
    assert!(fixture.session(&secret, info.expires_ms - 1).is_some());
    assert_eq!(fixture.vault.tokens(&officer).unwrap()[0].seen_ms, info.expires_ms - 1);
    assert_eq!(fixture.session(&secret, info.expires_ms), None);
}

#[test]
fn a_revoked_token_lets_nobody_in() {
    let fixture = Fixture::new();
    let (vault, officer) = (&fixture.vault, fixture.add("binh", &["duty"]).id);
    let (stolen, info) = issue(&fixture, &officer, &["duty"]);
    let (kept, _) = issue(&fixture, &officer, &["duty"]);
    assert!(!vault.revoke_token(&fixture.administrator.id, info.id).unwrap(), "another's");
    assert!(!vault.end_session(&officer, info.id).unwrap(), "it is no session");
    assert!(vault.revoke_token(&officer, info.id).unwrap());
    assert!(!vault.revoke_token(&officer, info.id).unwrap());
    assert_eq!(fixture.session(&stolen, START_MS), None);
    assert!(fixture.session(&kept, START_MS).is_some());
    // A number is not given again, also not the highest.
    let highest = vault.tokens(&officer).unwrap()[0].id;
    vault.revoke_token(&officer, highest).unwrap();
    vault.purge(START_MS).unwrap();
    assert!(issue(&fixture, &officer, &["duty"]).1.id > highest);
}

#[test]
fn signing_out_everywhere_leaves_the_tokens() {
    let fixture = Fixture::new();
    let officer = fixture.add("binh", &["duty"]).id;
    let (token, _) = issue(&fixture, &officer, &["duty"]);
    fixture.vault.end_sessions_of(&officer).unwrap();
    assert!(fixture.session(&token, START_MS).is_some());
}

#[test]
fn what_shuts_an_officer_out_ends_the_tokens_at_once() {
    let fixture = Fixture::new();
    let (vault, officer) = (&fixture.vault, fixture.add("binh", &["duty"]).id);
    let ended_by = |end: &dyn Fn()| {
        let (secret, _) = issue(&fixture, &officer, &["duty"]);
        assert!(fixture.session(&secret, START_MS).is_some());
        end();
        assert_eq!(fixture.session(&secret, START_MS), None);
        assert_eq!(vault.tokens(&officer).unwrap(), []);
    };
    ended_by(&|| vault.disable(&officer).unwrap());
    let disabled = vault.issue_token(&officer, "máy", &codes(&["duty"]), DAY_MS, START_MS);
    assert!(matches!(disabled, Err(VaultError::Disabled)));
    vault.enable(&officer).unwrap();
    ended_by(&|| vault.set_unit(&officer, "hcm_q3").unwrap());
    ended_by(&|| vault.remove(&officer).unwrap());
    let removed = vault.issue_token(&officer, "máy", &codes(&["duty"]), DAY_MS, START_MS);
    assert!(matches!(removed, Err(VaultError::UnknownOfficer)));
}

#[test]
fn a_token_is_issued_within_limits() {
    let fixture = Fixture::new();
    let officer = fixture.add("binh", &["duty"]).id;
    let fault = |name: &str, scopes: &[&str], life_ms| match fixture.vault.issue_token(
        &officer,
        name,
        &codes(scopes),
        life_ms,
        START_MS,
    ) {
        Ok(_) => None,
        Err(VaultError::Invalid(fault)) => Some(fault),
        Err(other) => panic!("{other}"),
    };
    assert_eq!(fault("máy", &["duty"], LONGEST_TOKEN_LIFE_MS), None);
    assert_eq!(fault("máy", &["duty"], LONGEST_TOKEN_LIFE_MS + 1), Some(Fault::TokenLife));
    assert_eq!(fault("máy", &["duty"], u64::MAX), Some(Fault::TokenLife));
    assert_eq!(fault("máy", &["duty"], 0), Some(Fault::TokenLife));
    assert_eq!(fault("máy", &["duty"], MINUTE_MS), None);
    assert_eq!(fault("máy", &["duty", "lead"], DAY_MS), Some(Fault::TokenScopes));
    assert_eq!(fault("máy", &["duty lead"], DAY_MS), Some(Fault::TokenScopes));
    assert_eq!(fault("máy", &[], DAY_MS), Some(Fault::TokenScopes));
    assert_eq!(fault("", &["duty"], DAY_MS), Some(Fault::TokenName));
    assert_eq!(fault(&"m".repeat(65), &["duty"], DAY_MS), Some(Fault::TokenName));
}
