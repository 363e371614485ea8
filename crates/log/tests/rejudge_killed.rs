//! Judging again survives `kill -9` at any moment: each message is in exactly one place.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use bytes::Bytes;
use common::{BORDER, Unit, arrive, give, named, publish};
use giapranh_log::{Outcome, Shelf};
use giapranh_record::Hash;

/// Where the process that will be killed finds its log.
const DIR: &str = "GIAPRANH_KILLED_DIR";
const EVENTS: usize = 40;
/// Answers after which it is killed, one round after the other.
const ROUNDS: [usize; 4] = [1, 3, 7, 5];

fn naming(_: &str) -> Option<(String, String)> {
    Some((BORDER.to_owned(), "hcm".to_owned()))
}

/// In which places these bytes are: the log, quarantine, held.
fn places(unit: &Unit, bytes: &Bytes) -> [bool; 3] {
    let hash = Hash::of(&[bytes]);
    let lies = |shelf| {
        let kept = unit.reader().kept(shelf, None, 0, 1_000).unwrap();
        kept.iter().any(|one| one.hash == hash)
    };
    [unit.events().contains(bytes), lies(Shelf::Quarantine), lies(Shelf::Held)]
}

#[tokio::test]
async fn whenever_it_is_killed_each_message_is_in_one_place() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[], &[&author]);
    let events = publish(&author, EVENTS, &[BORDER]).await;
    let log = receiver.open();
    // Those of the second half come first and have to wait when they are judged again; between
    // them lies what stays.
    let (first, second) = events.split_at(EVENTS / 2);
    for bytes in second.iter().chain(first) {
        assert_eq!(give(&log, bytes, BORDER).await, Outcome::Quarantined("not-entitled"));
    }
    let garbage = Bytes::from_static(b"garbage");
    arrive(&log, named(&garbage, BORDER, "hcm")).await;
    log.close().await;

    let mut acknowledged = BTreeSet::new();
    for answers in ROUNDS {
        acknowledged.extend(killed_after(&receiver, answers));
        for bytes in events.iter().chain([&garbage]) {
            let places = places(&receiver, bytes);
            assert_eq!(places.iter().filter(|is| **is).count(), 1, "{places:?}");
        }
        let reader = receiver.reader();
        let lying = reader.kept(Shelf::Quarantine, None, 0, 1_000).unwrap();
        assert!(lying.iter().all(|kept| !acknowledged.contains(&kept.id)), "{acknowledged:?}");
        // One that was decided, and not told, may be there too: its note is.
        let decided: u64 = reader.counts().unwrap().rejudged.values().sum();
        assert_eq!(decided as usize, EVENTS + 1 - lying.len());
        assert!(decided as usize >= acknowledged.len());
    }
    receiver.zones.join(BORDER);
    let log = receiver.open();
    let ids = (1..=EVENTS as u64 + 1).collect();
    log.rejudge(Shelf::Quarantine, ids, naming).await.unwrap();
    assert_eq!(receiver.events(), events);
    assert_eq!(receiver.held(), 0);
    assert!(places(&receiver, &garbage)[1], "what fails stays");
    receiver.assert_sound();
}

/// Lets another process judge again and kills it after so many answers; which it gave.
fn killed_after(unit: &Unit, answers: usize) -> Vec<u64> {
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "judging_until_it_is_killed", "--ignored", "--nocapture"])
        .env(DIR, unit.dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    let judged = |line: String| line.strip_prefix("judged ")?.parse().ok();
    let mut told: Vec<u64> = lines.by_ref().filter_map(judged).take(answers).collect();
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(told.len(), answers, "it ended before it was killed");
    // What it said in its last moment counts, too.
    told.extend(lines.filter_map(judged));
    told
}

#[tokio::test]
#[ignore = "runs in a process of its own that is killed"]
async fn judging_until_it_is_killed() {
    let author = Unit::new("hcm", &[]);
    let unit = Unit::knowing("long-an", &[BORDER], &[&author]);
    let dir = PathBuf::from(std::env::var_os(DIR).unwrap());
    let log = unit.open_in(&dir).unwrap();
    let path = dir.join(giapranh_log::LOG_FILE);
    let mut told = std::io::stdout();
    writeln!(told).unwrap();
    let reader = giapranh_log::Reader::open(&path).unwrap();
    for kept in reader.kept(Shelf::Quarantine, Some("not-entitled"), 0, 1_000).unwrap() {
        log.rejudge(Shelf::Quarantine, vec![kept.id], naming).await.unwrap();
        writeln!(told, "judged {}", kept.id).unwrap();
    }
}
