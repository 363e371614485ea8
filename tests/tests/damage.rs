//! A flipped bit or a missing end, at every position of a small log, its WAL, an export and a
//! backup, and at some of a large log: `audit verify` finds it, or the same events are read.
//!
//! A WAL is a case of its own: `SQLite` stops reading it at the first frame that does not fit, so
//! what comes after is gone without a word. What is left is a beginning of the log and holds; that it
//! is no more than a beginning is told by the marker beside the log, and the node signs nothing.
//!
//! The short suite goes in strides. `GIAPRANH_LONG=1` takes every position; of a backup, every one at
//! which it is not the log byte for byte.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod damaged;
#[path = "convergence/history.rs"]
mod history;
#[path = "convergence/node.rs"]
mod node;

use std::collections::BTreeSet;
use std::path::Path;

use damaged::file::{Found, Tally, everywhere, flips, truncations};
use damaged::fixture::{self, Fixture, Read};
use giapranh_audit::export::{Select, Source, export};
use giapranh_audit::{AuditError, evidence};
use giapranh_log::{LogError, Reader};
use giapranh_testkit::figures::{Figures, by_length};
use giapranh_testkit::random::Random;

/// A prime, so that every place within a page has its turn.
const STRIDE: usize = 211;
/// Bytes of a page of `SQLite`, unless it is told otherwise.
const PAGE: usize = 4_096;

#[test]
fn a_damaged_log_is_found_out_or_reads_as_it_was() {
    let fixture = Fixture::small();
    let whole = fixture.log();
    assert!(!whole.with("log.db-wal").exists(), "the log is not closed");
    let path = whole.with("log.db");
    // Where a page begins it says what it is: one that is seldom read shows damage there alone.
    let begins = |at: &usize| at % PAGE < 8;
    let strided = every(by_length(STRIDE, 1), &path);
    let positions: BTreeSet<usize> =
        every(1, &path).into_iter().filter(begins).chain(strided).collect();
    let positions: Vec<usize> = positions.into_iter().collect();
    look_at("damage-log", &path, &fixture, &positions);
}

#[test]
fn a_damaged_backup_is_found_out_or_reads_as_it_was() {
    let fixture = Fixture::small();
    let (log, copy) = (fixture.log().with("log.db"), fixture.log().with("backup.db"));
    Reader::open(&log).unwrap().back_up(&copy).unwrap();
    // A backup is made of the log's pages. Where it has the log's bytes, damage is what it is there.
    let (whole, copied) = (std::fs::read(&log).unwrap(), std::fs::read(&copy).unwrap());
    let own = (0..copied.len()).filter(|at| whole.get(*at) != copied.get(*at));
    let positions: BTreeSet<usize> = own.chain(every(STRIDE, &copy)).collect();
    let positions: Vec<usize> = positions.into_iter().collect();
    look_at("damage-backup", &copy, &fixture, &positions);
}

#[test]
fn a_damaged_large_log_is_found_out_or_reads_as_it_was() {
    let mut random = Random::from_environment();
    let fixture = Fixture::with_events(by_length(600, 5_000));
    let content = std::fs::read(fixture.log().with("log.db")).unwrap();
    let sampled: Vec<usize> =
        (0..by_length(60, 1_000)).map(|_| random.below(content.len())).collect();
    let expected = fixture.read();
    let judge = |path: &Path| judge_log(path, &expected);
    let mut tally = everywhere("log.db", &content, &flips(&sampled), &judge);
    let ends: Vec<usize> = sampled.iter().take(sampled.len() / 6).copied().collect();
    tally.add(&everywhere("log.db", &content, &truncations(&ends), &judge));
    let figures = Figures::of("damage-large-log").with("events", expected.len());
    tell(figures, content.len(), &tally);
}

#[test]
fn damaged_evidence_is_found_out() {
    let fixture = Fixture::small();
    let out = fixture.log().with("zone.evidence");
    let (log, key) = (fixture.log().with("log.db"), fixture::own_key());
    let now = history::START_MS;
    let source = Source { log: &log, signer: Some(&key), notes: &[], now, program: "tests" };
    let zone = Select::Zone("cluster".parse().unwrap());
    let made = export(&source, &zone, &out, &mut |_, _| {}).unwrap();
    assert!(made.counts.events > 3 && made.counts.inclusions > 0, "{made:?}");
    let content = std::fs::read(&out).unwrap();
    let judge = |path: &Path| {
        let report = evidence::verify_file(path, Some(&fixture::anchor()), &mut |_, _| {}).unwrap();
        if report.holds() { Found::Nothing("it holds".into()) } else { Found::Fault }
    };
    let positions: Vec<usize> = (0..content.len()).step_by(by_length(17, 1)).collect();
    let mut tally = everywhere("evidence", &content, &flips(&positions), &judge);
    tally.add(&everywhere("evidence", &content, &truncations(&positions), &judge));
    assert_eq!(tally.without_effect, 0, "every byte of an evidence file counts");
    tell(Figures::of("damage-evidence"), content.len(), &tally);
}

#[test]
fn a_damaged_wal_is_told_by_the_marker_or_reads_as_it_was() {
    let fixture = Fixture::small();
    let (database, wal) = fixture.log_and_wal();
    let (expected, noted) = (fixture.read(), fixture.noted());
    let judge = |path: &Path| {
        std::fs::write(path.with_file_name("log.db"), &database).unwrap();
        let _ = std::fs::remove_file(path.with_file_name("log.db-shm"));
        match judge_log(&path.with_file_name("log.db"), &expected) {
            Found::Nothing(_) if fixture::is_behind(&path.with_file_name("log.db"), noted) => {
                Found::Shorter
            }
            found => found,
        }
    };
    let stride = by_length(STRIDE * 3, 1);
    let positions: Vec<usize> = (0..wal.len()).step_by(stride).collect();
    let mut tally = everywhere("log.db-wal", &wal, &flips(&positions), &judge);
    let ends: Vec<usize> = (0..wal.len()).step_by(stride.max(7)).collect();
    tally.add(&everywhere("log.db-wal", &wal, &truncations(&ends), &judge));
    assert!(tally.shorter > 0, "no frame was hit: {tally:?}");
    tell(Figures::of("damage-wal").with("stride", stride), wal.len(), &tally);
    // That the node itself refuses, not only that the numbers say so.
    for end in [wal.len() / 3, wal.len() - 1] {
        fixture.assert_refuses_to_sign(&database, &wal[..end]);
    }
}

/// Every so many bytes of a file.
fn every(stride: usize, path: &Path) -> Vec<usize> {
    let bytes = usize::try_from(std::fs::metadata(path).unwrap().len()).unwrap();
    (0..bytes).step_by(stride).collect()
}

/// Flips at these positions of a log that lies alone, and truncations.
fn look_at(suite: &str, path: &Path, fixture: &Fixture, positions: &[usize]) {
    let content = std::fs::read(path).unwrap();
    let expected = fixture.read();
    let judge = |path: &Path| judge_log(path, &expected);
    let mut tally = everywhere("log.db", &content, &flips(positions), &judge);
    let ends = every(by_length(STRIDE, 61), path);
    tally.add(&everywhere("log.db", &content, &truncations(&ends), &judge));
    assert!(tally.without_effect > 0, "most of a small file is empty: {tally:?}");
    tell(Figures::of(suite).with("flips", positions.len()), content.len(), &tally);
}

fn judge_log(path: &Path, expected: &[Read]) -> Found {
    let report = giapranh_audit::log::verify(path, Some(&fixture::anchor()), &[], &mut |_, _| {});
    match report {
        Err(AuditError::Log(error)) => {
            assert!(!matches!(error, LogError::Stopped(_)), "{error}");
            Found::Fault
        }
        Err(_) => Found::Fault,
        Ok(report) if !report.holds() => Found::Fault,
        Ok(report) => match fixture::read(path) {
            Ok(read) if read == expected => Found::Same,
            Ok(read) if fixture::differ_in_times_after(&read, expected, report.receipted) => {
                Found::Unattested
            }
            Ok(read) => Found::Nothing(fixture::difference(&read, expected)),
            Err(error) => Found::Nothing(format!("it verifies and can't be read: {error}")),
        },
    }
}

fn tell(figures: Figures, bytes: usize, tally: &Tally) {
    let figures = figures.with("bytes", bytes).with("faults", tally.faults());
    let figures = figures.with("found", tally.found).with("shorter", tally.shorter);
    let figures = figures.with("unattested", tally.unattested);
    let figures = figures.with("without_effect", tally.without_effect);
    figures.with("undetected", tally.undetected.len()).tell();
    assert!(tally.undetected.is_empty(), "{:#?}", tally.undetected);
}
