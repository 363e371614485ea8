//! Keys of payloads: kept once, destroyed for good.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::path::Path;

use giapranh_vault::{Commitment, DataKeys, Granted, Kept, KeyBytes, Vault, VaultError};

const ALERT: &str = "hcm/2024/000001";
const NOW: u64 = 1_700_000_000_000;

/// A key that is recognised in bytes.
fn key(number: u16) -> (Commitment, KeyBytes) {
    let mut commitment = [0xc0; 32];
    let mut key = *b"khoa-thi-du-khoa-thi-du-khoa-000";
    commitment[..2].copy_from_slice(&number.to_be_bytes());
    key[30..].copy_from_slice(&number.to_be_bytes());
    (commitment, key.into())
}

/// What becomes of a key that is granted.
fn kept(keys: &DataKeys, (commitment, key): &(Commitment, KeyBytes), subject: &str) -> Kept {
    let (commitment, key) = (*commitment, key.clone());
    let granted = Granted { commitment, key, subject: subject.to_owned() };
    keys.keep(&[granted]).unwrap()[0]
}

fn holds(dir: &Path, key: &KeyBytes) -> bool {
    std::fs::read_dir(dir).unwrap().any(|entry| {
        let content = std::fs::read(entry.unwrap().path()).unwrap();
        content.windows(32).any(|window| window == &key[..])
    })
}

#[test]
fn a_key_that_was_put_by_is_found_and_used_once() {
    let dir = tempfile::tempdir().unwrap();
    let keys = DataKeys::open(dir.path()).unwrap();
    let (one, other) = (key(1), key(2));
    keys.put_by(&[one.clone(), other.clone()]).unwrap();
    assert_eq!(keys.find(&one.0).unwrap().as_deref(), Some(&*one.1));
    assert_eq!(keys.unused().unwrap(), [one.0, other.0]);
    keys.note_uses(&[(one.0, ALERT.into(), 0)]).unwrap();
    assert_eq!(keys.unused().unwrap(), [other.0]);
    let again = DataKeys::open(dir.path()).unwrap();
    assert_eq!(again.find(&other.0).unwrap().as_deref(), Some(&*other.1));
    assert!(again.find(&[0; 32]).unwrap().is_none());
}

#[test]
fn a_source_of_randomness_that_repeats_itself_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let keys = DataKeys::open(dir.path()).unwrap();
    keys.put_by(&[key(1)]).unwrap();
    for again in [vec![key(2), key(1)], vec![key(3), key(3)]] {
        let refused = keys.put_by(&again).unwrap_err();
        assert!(matches!(refused, VaultError::NoRandomness(_)), "{refused}");
    }
    assert_eq!(keys.unused().unwrap(), [key(1).0], "all of it or nothing");
}

#[test]
fn what_was_erased_takes_no_key_again() {
    let dir = tempfile::tempdir().unwrap();
    let keys = DataKeys::open(dir.path()).unwrap();
    let (commitment, bytes) = key(1);
    assert_eq!(kept(&keys, &key(1), ALERT), Kept::New);
    assert_eq!(kept(&keys, &key(1), ALERT), Kept::Before);
    assert!(holds(dir.path(), &bytes), "one sees what is there");
    keys.erase(ALERT, &[], NOW).unwrap();
    assert!(keys.find(&commitment).unwrap().is_none());
    assert!(keys.is_fenced(ALERT).unwrap());
    assert!(!holds(dir.path(), &bytes));
    // The key again, and another one for the same.
    assert_eq!(kept(&keys, &key(1), ALERT), Kept::Fenced);
    assert_eq!(kept(&keys, &key(2), ALERT), Kept::Fenced);
    // The same key under another name.
    assert_eq!(kept(&keys, &key(1), "hcm/2024/000002"), Kept::Fenced);
    assert!(!holds(dir.path(), &bytes));
    keys.erase(ALERT, &[commitment], NOW + 1).unwrap();
}

#[test]
fn keys_that_come_together_are_judged_each_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let keys = DataKeys::open(dir.path()).unwrap();
    keys.erase(ALERT, &[], NOW).unwrap();
    let other = "hcm/2024/000002";
    let granted = [(1, other), (2, ALERT), (3, other), (1, other)].map(|(number, subject)| {
        let (commitment, key) = key(number);
        Granted { commitment, key, subject: subject.to_owned() }
    });
    let kept = keys.keep(&granted).unwrap();
    assert_eq!(kept, [Kept::New, Kept::Fenced, Kept::New, Kept::Before]);
    assert!(!holds(dir.path(), &key(2).1));
}

#[test]
fn what_was_never_granted_is_fenced_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let keys = DataKeys::open(dir.path()).unwrap();
    keys.erase(ALERT, &[key(1).0], NOW).unwrap();
    assert_eq!(kept(&keys, &key(1), ALERT), Kept::Fenced);
}

/// So many that pages are full and split.
#[test]
fn no_bytes_of_a_destroyed_key_are_left_among_very_many() {
    let dir = tempfile::tempdir().unwrap();
    let keys = DataKeys::open(dir.path()).unwrap();
    for batch in (0..1_000).collect::<Vec<u16>>().chunks(32) {
        let batch: Vec<_> = batch.iter().map(|number| key(*number)).collect();
        keys.put_by(&batch).unwrap();
        let uses: Vec<_> =
            batch.iter().map(|(c, _)| (*c, format!("hcm/2024/{:06}", c[1]), 0)).collect();
        keys.note_uses(&uses).unwrap();
    }
    let gone: Vec<u16> = (0..1_000).filter(|number| number % 7 == 3).collect();
    for number in &gone {
        keys.erase(&format!("gone/2024/{number}"), &[key(*number).0], NOW).unwrap();
    }
    for number in 0..1_000 {
        assert_eq!(holds(dir.path(), &key(number).1), !gone.contains(&number), "key {number}");
    }
    Vault::open(dir.path()).unwrap().purge(NOW).unwrap();
    for number in gone {
        assert!(!holds(dir.path(), &key(number).1), "key {number} after a purge");
    }
}

#[test]
fn a_key_with_a_time_goes_when_it_has_passed() {
    let dir = tempfile::tempdir().unwrap();
    let keys = DataKeys::open(dir.path()).unwrap();
    keys.put_by(&[key(1), key(2), key(3)]).unwrap();
    let uses = [(1, NOW), (2, NOW + 1), (3, 0)];
    let uses = uses.map(|(number, until)| (key(number).0, format!("event {number}"), until));
    keys.note_uses(&uses).unwrap();
    assert_eq!(keys.expire(NOW).unwrap(), 1);
    assert!(keys.find(&key(1).0).unwrap().is_none() && !holds(dir.path(), &key(1).1));
    assert!(keys.find(&key(2).0).unwrap().is_some() && keys.find(&key(3).0).unwrap().is_some());
    assert_eq!(keys.expire(NOW).unwrap(), 0);
}

#[test]
fn the_last_life_is_remembered() {
    let dir = tempfile::tempdir().unwrap();
    let keys = DataKeys::open(dir.path()).unwrap();
    assert_eq!(keys.alive().unwrap(), 0);
    keys.note_alive(NOW).unwrap();
    keys.note_alive(NOW - 5).unwrap();
    assert_eq!(keys.alive().unwrap(), NOW);
}
