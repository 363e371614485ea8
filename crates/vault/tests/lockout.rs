//! Guessing passwords: one after the other, many at once, of logins that nobody has.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::sync::Barrier;

use common::{Fixture, MINUTE_MS, PASSWORD, START_MS, WRONG};
use giapranh_vault::{FAILURES_ALLOWED, LONGEST_LOCK_MS, SignInError};

fn locked_until(fixture: &Fixture, login: &str, now_ms: u64) -> Option<u64> {
    match fixture.vault.sign_in(login, PASSWORD, now_ms) {
        Err(SignInError::Locked { until_ms }) => Some(until_ms),
        _ => None,
    }
}

#[test]
fn after_five_failures_not_even_the_right_password_is_taken() {
    let fixture = Fixture::new();
    let id = fixture.add("binh", &["duty"]).id;
    fixture.fail("binh", 5, START_MS);
    let until_ms = START_MS + MINUTE_MS;
    assert_eq!(locked_until(&fixture, "binh", START_MS), Some(until_ms));
    assert_eq!(locked_until(&fixture, "BINH", until_ms - 1), Some(until_ms));
    let officer = fixture.vault.officer(&id).unwrap().unwrap();
    assert_eq!(officer.locked_until_ms, Some(until_ms));
    fixture.sign_in("quantri", START_MS);
    fixture.sign_in("binh", until_ms);
    assert_eq!(fixture.vault.officer(&id).unwrap().unwrap().locked_until_ms, None);
}

#[test]
fn each_further_failure_doubles_the_lock_up_to_an_hour() {
    let fixture = Fixture::new();
    fixture.add("binh", &["duty"]);
    fixture.fail("binh", 4, START_MS);
    let mut now_ms = START_MS;
    for minutes in [1, 2, 4, 8, 16, 32, 60, 60] {
        fixture.fail("binh", 1, now_ms);
        let until_ms = locked_until(&fixture, "binh", now_ms).unwrap();
        assert_eq!(until_ms - now_ms, minutes * MINUTE_MS);
        // An attempt in the time of the lock is not judged, and does not make it longer.
        assert_eq!(locked_until(&fixture, "binh", until_ms - 1), Some(until_ms));
        now_ms = until_ms;
    }
}

#[test]
fn a_success_forgets_the_failures_before() {
    let fixture = Fixture::new();
    fixture.add("binh", &["duty"]);
    for _ in 0..3 {
        fixture.fail("binh", 4, START_MS);
        fixture.sign_in("binh", START_MS);
    }
}

#[test]
fn a_quiet_day_forgets_them_as_well() {
    let fixture = Fixture::new();
    fixture.add("binh", &["duty"]);
    fixture.fail("binh", 4, START_MS);
    fixture.fail("binh", 4, START_MS + common::DAY_MS);
    fixture.sign_in("binh", START_MS + common::DAY_MS);
}

#[test]
fn an_administrator_unlocks() {
    let fixture = Fixture::new();
    let id = fixture.add("binh", &["duty"]).id;
    fixture.fail("binh", 5, START_MS);
    fixture.vault.unlock(&id).unwrap();
    fixture.sign_in("binh", START_MS);
}

#[test]
fn a_lock_outlives_the_process() {
    let mut fixture = Fixture::new();
    fixture.add("binh", &["duty"]);
    fixture.fail("binh", 5, START_MS);
    fixture.vault = common::open(fixture.dir.path());
    assert!(locked_until(&fixture, "binh", START_MS).is_some());
}

#[test]
fn a_login_that_nobody_has_looks_the_same() {
    let answers = |login: &str| -> Vec<String> {
        let fixture = Fixture::new();
        fixture.add("binh", &["duty"]);
        let try_once = |_| fixture.vault.sign_in(login, WRONG, START_MS).unwrap_err().to_string();
        let answers = (0..7).map(try_once).collect();
        // What was typed there, a password perhaps, is not kept.
        assert!(!fixture.content().contains("không phải"));
        answers
    };
    let known = answers("binh");
    for unknown in ["chi", "không phải là login", ""] {
        assert_eq!(answers(unknown), known, "{unknown}");
    }
    assert_eq!(known[4], SignInError::Refused.to_string());
    assert_eq!(known[5], SignInError::Locked { until_ms: 0 }.to_string());
}

/// Many at once: how many were judged, and whether one got in.
fn storm(fixture: &Fixture, passwords: &[&str], now_ms: u64) -> (usize, usize) {
    let start = Barrier::new(passwords.len());
    let answers: Vec<_> = std::thread::scope(|scope| {
        let attempts: Vec<_> = passwords
            .iter()
            .map(|password| {
                scope.spawn(|| {
                    start.wait();
                    fixture.vault.sign_in("binh", password, now_ms)
                })
            })
            .collect();
        attempts.into_iter().map(|attempt| attempt.join().unwrap()).collect()
    });
    let count = |of: fn(&SignInError) -> bool| {
        answers.iter().filter(|answer| answer.as_ref().is_err_and(of)).count()
    };
    let refused = count(|error| matches!(error, SignInError::Refused));
    let locked = count(|error| matches!(error, SignInError::Locked { .. }));
    let succeeded = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(refused + locked + succeeded, passwords.len(), "{answers:?}");
    (refused, succeeded)
}

#[test]
fn however_many_guess_at_once_five_are_judged() {
    for _ in 0..10 {
        let fixture = Fixture::new();
        fixture.add("binh", &["duty"]);
        let allowed = usize::try_from(FAILURES_ALLOWED).unwrap();
        assert_eq!(storm(&fixture, &[WRONG; 24], START_MS), (allowed, 0));
        assert!(locked_until(&fixture, "binh", START_MS).is_some());
        // When the lock has passed, one is.
        assert_eq!(storm(&fixture, &[WRONG; 24], START_MS + MINUTE_MS), (1, 0));
        let locked_ms = locked_until(&fixture, "binh", START_MS + MINUTE_MS).unwrap();
        assert_eq!(locked_ms, START_MS + 3 * MINUTE_MS);
    }
}

#[test]
fn the_right_guess_among_many_is_taken_only_while_guesses_are_left() {
    let mut guesses = [WRONG; 24];
    guesses[23] = PASSWORD;
    for _ in 0..10 {
        let fixture = Fixture::new();
        fixture.add("binh", &["duty"]);
        let (refused, succeeded) = storm(&fixture, &guesses, START_MS);
        // A success gives five more; without one there are five in all.
        let allowed = usize::try_from(FAILURES_ALLOWED).unwrap();
        assert!(refused <= allowed * (1 + succeeded), "{refused} {succeeded}");
        assert!(locked_until(&fixture, "binh", START_MS).is_some());
    }
}

#[test]
fn a_clock_that_is_set_back_does_not_lock_for_long() {
    let fixture = Fixture::new();
    fixture.add("binh", &["duty"]);
    fixture.fail("binh", 5, START_MS + 400 * common::DAY_MS);
    let (_, session) = fixture.sign_in("binh", START_MS);
    assert!(session.expires_ms - START_MS > LONGEST_LOCK_MS);
}
