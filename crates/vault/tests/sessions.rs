//! Sessions: how long they last, what ends them, and what they may at each moment.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{DAY_MS, Fixture, MINUTE_MS, PASSWORD, START_MS, codes};
use giapranh_vault::{Kind, SESSION_IDLE_MS, SESSION_LIFE_MS, Session};

#[test]
fn a_session_says_whose_it_is() {
    let fixture = Fixture::new();
    let officer = fixture.add("binh", &["duty", "issuer"]);
    let (secret, session) = fixture.sign_in("binh", START_MS);
    assert!(secret.expose().starts_with("gr_s_"));
    let expected = Session {
        id: session.id,
        kind: Kind::Session,
        officer: officer.id.clone(),
        unit: "hcm".into(),
        roles: codes(&["duty", "issuer"]),
        scopes: codes(&["duty", "issuer"]),
        must_change: false,
        created_ms: START_MS,
        expires_ms: START_MS + SESSION_LIFE_MS,
    };
    assert_eq!(session, expected);
    assert_eq!(fixture.session(&secret, START_MS + 1), Some(expected));
    let signed_in = fixture.vault.officer(&officer.id).unwrap().unwrap().signed_in_ms;
    assert_eq!(signed_in, Some(START_MS));
}

#[test]
fn what_is_no_secret_of_ours_lets_nobody_in() {
    let fixture = Fixture::new();
    let (secret, _) = fixture.sign_in("quantri", START_MS);
    let text = secret.expose();
    let swapped = text.replace("gr_s_", "gr_t_");
    let first = text.as_bytes()[5];
    let other = format!("gr_s_{}{}", if first == b'a' { 'b' } else { 'a' }, &text[6..]);
    let digits = format!("gr_s_{}", "a".repeat(52));
    for bad in [
        "",
        "gr_s_",
        PASSWORD,
        &text[..56],
        &swapped,
        &other,
        &digits,
        &text.to_uppercase(),
        &format!("{text}\n"),
        "' OR 1=1 --",
        &"a".repeat(100_000),
    ] {
        assert_eq!(fixture.vault.session(bad, START_MS).unwrap(), None, "{bad}");
    }
    assert!(fixture.session(&secret, START_MS).is_some());
}

#[test]
fn it_ends_after_an_hour_without_a_request() {
    let fixture = Fixture::new();
    let (secret, _) = fixture.sign_in("quantri", START_MS);
    let mut now_ms = START_MS;
    for _ in 0..3 {
        now_ms += SESSION_IDLE_MS - 1;
        assert!(fixture.session(&secret, now_ms).is_some());
    }
    now_ms += SESSION_IDLE_MS;
    assert_eq!(fixture.session(&secret, now_ms), None);
    assert_eq!(fixture.vault.sessions(&fixture.administrator.id, now_ms).unwrap(), []);
}

#[test]
fn it_ends_after_a_shift_however_busy() {
    let fixture = Fixture::new();
    let (secret, session) = fixture.sign_in("quantri", START_MS);
    let mut now_ms = START_MS;
    while now_ms < session.expires_ms {
        assert!(fixture.session(&secret, now_ms).is_some());
        now_ms += 30 * MINUTE_MS;
    }
    assert_eq!(now_ms, START_MS + SESSION_LIFE_MS);
    assert_eq!(fixture.session(&secret, now_ms), None);
}

#[test]
fn when_it_was_seen_is_written_once_a_minute() {
    let fixture = Fixture::new();
    let (secret, _) = fixture.sign_in("quantri", START_MS);
    let seen_ms = |now_ms| {
        fixture.session(&secret, now_ms).unwrap();
        fixture.vault.sessions(&fixture.administrator.id, now_ms).unwrap()[0].seen_ms
    };
    assert_eq!(seen_ms(START_MS + MINUTE_MS - 1), START_MS);
    assert_eq!(seen_ms(START_MS + MINUTE_MS), START_MS + MINUTE_MS);
    assert_eq!(seen_ms(START_MS + MINUTE_MS + 1), START_MS + MINUTE_MS);
    // A clock that goes back writes nothing.
    assert_eq!(seen_ms(START_MS), START_MS + MINUTE_MS);
}

#[test]
fn a_clock_that_was_set_back_far_makes_no_session_last_longer() {
    let fixture = Fixture::new();
    let (secret, _) = fixture.sign_in("quantri", START_MS + DAY_MS);
    assert!(fixture.session(&secret, START_MS + DAY_MS - MINUTE_MS).is_some());
    assert_eq!(fixture.session(&secret, START_MS), None);
    fixture.vault.purge(START_MS).unwrap();
    assert!(fixture.session(&secret, START_MS + DAY_MS).is_some(), "the clock was right before");
}

#[test]
fn changed_roles_count_at_the_next_request() {
    let fixture = Fixture::new();
    let officer = fixture.add("binh", &["duty"]).id;
    let (secret, _) = fixture.sign_in("binh", START_MS);
    let roles = || fixture.session(&secret, START_MS).unwrap().roles;
    for now in [&["approver", "lead"][..], &[], &["duty"]] {
        fixture.vault.set_roles(&officer, &codes(now)).unwrap();
        assert_eq!(roles(), codes(now));
    }
}

#[test]
fn what_shuts_an_officer_out_ends_the_sessions_at_once() {
    let fixture = Fixture::new();
    let (vault, officer) = (&fixture.vault, fixture.add("binh", &["duty"]).id);
    let (other, _) = fixture.sign_in("quantri", START_MS);
    let ended_by = |end: &dyn Fn()| {
        let (secret, _) = fixture.sign_in("binh", START_MS);
        assert!(fixture.session(&secret, START_MS).is_some());
        end();
        assert_eq!(fixture.session(&secret, START_MS), None);
        secret
    };
    let secret = ended_by(&|| vault.disable(&officer).unwrap());
    vault.enable(&officer).unwrap();
    assert_eq!(fixture.session(&secret, START_MS), None, "it stays ended");
    ended_by(&|| vault.set_unit(&officer, "hcm_q3").unwrap());
    ended_by(&|| vault.end_sessions_of(&officer).unwrap());
    ended_by(&|| vault.remove(&officer).unwrap());
    assert!(fixture.session(&other, START_MS).is_some(), "nobody else's");
}

#[test]
fn one_session_is_ended_and_the_others_go_on() {
    let fixture = Fixture::new();
    let officer = fixture.add("binh", &["duty"]).id;
    let [(first, one), (second, two)] = [0, 1].map(|ms| fixture.sign_in("binh", START_MS + ms));
    let listed = fixture.vault.sessions(&officer, START_MS + 1).unwrap();
    assert_eq!(listed.iter().map(|session| session.id).collect::<Vec<_>>(), [two.id, one.id]);
    assert_eq!(listed[0].created_ms, START_MS + 1);
    let end = |whose: &str, id| fixture.vault.end_session(whose, id).unwrap();
    assert!(!end(&fixture.administrator.id, one.id), "it is another's");
    assert!(end(&officer, one.id));
    assert!(!end(&officer, one.id));
    assert_eq!(fixture.session(&first, START_MS), None);
    assert!(fixture.session(&second, START_MS + 1).is_some());
}

#[test]
fn the_oldest_of_too_many_ends() {
    let fixture = Fixture::new();
    let secrets: Vec<_> = (0..21).map(|ms| fixture.sign_in("quantri", START_MS + ms).0).collect();
    let alive: Vec<_> =
        secrets.iter().map(|secret| fixture.session(secret, START_MS + 21).is_some()).collect();
    assert_eq!(alive.iter().position(|alive| *alive), Some(1));
    assert_eq!(alive.iter().filter(|alive| **alive).count(), 20);
}
