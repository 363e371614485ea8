//! After a failed transaction the log stops for good, says so, and starting again decides.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fmt::Debug;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{BORDER, Unit, append, arrival, header, publish};
use giapranh_log::{Log, LogError};

/// Where the process that may write little finds its log.
const LIMITED_DIR: &str = "GIAPRANH_LIMITED_DIR";

#[track_caller]
fn assert_stopped<T: Debug>(answer: Result<T, LogError>, why: &str) {
    match answer {
        Err(error @ LogError::Stopped(_)) => assert!(error.to_string().contains(why), "{error}"),
        other => panic!("{other:?}"),
    }
}

/// Everything that can be asked of the log says that it has stopped, and why.
async fn assert_all_stopped(log: &Log, why: &str) {
    assert_stopped::<()>(Err(log.stopped().await), why);
    assert_stopped(append(log, &[BORDER]).await, why);
    assert_stopped(log.arrive(Vec::new()).await, why);
    assert_stopped(log.directory_changed().await, why);
}

#[tokio::test]
async fn a_transaction_that_can_not_begin_stops_the_log() {
    let (unit, other) = (Unit::new("hcm", &[BORDER]), Unit::new("long-an", &[]));
    unit.ring.enrol(&other);
    let arriving = publish(&other, 1, &[BORDER]).await;
    let log = unit.open();
    append(&log, &[BORDER]).await.unwrap();

    let tool = unit.tool();
    tool.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let arrivals = log.arrive(vec![arrival(&arriving[0], BORDER)]);
    let waiting =
        tokio::join!(append(&log, &[BORDER]), append(&log, &[BORDER]), arrivals, log.stopped());
    assert_stopped(waiting.0, "locked");
    assert_stopped(waiting.1, "locked");
    assert_stopped(waiting.2, "locked");
    assert_stopped::<()>(Err(waiting.3), "locked");
    assert_all_stopped(&log, "locked").await;
    tool.execute_batch("ROLLBACK").unwrap();
    drop(tool);

    log.close().await;
    let log = unit.open();
    assert_eq!(append(&log, &[BORDER]).await.unwrap().position, 2);
    unit.assert_sound();
}

#[tokio::test]
async fn a_transaction_that_fails_half_way_leaves_nothing() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    append(&log, &[BORDER]).await.unwrap();
    let fault = "CREATE TRIGGER fault BEFORE INSERT ON events WHEN NEW.idx = 3
                 BEGIN SELECT RAISE(ABORT, 'no more of that'); END";
    unit.tool().execute_batch(fault).unwrap();
    // All three are in one act, so in one transaction: the third of them fails.
    let drafts = [1, 2, 3].map(|_| common::draft(&[BORDER]));
    let answer = log.submit(move |batch| {
        drafts.into_iter().map(|draft| batch.append(draft)).collect::<Result<Vec<_>, _>>()
    });
    assert_stopped(answer.await, "no more of that");
    assert_all_stopped(&log, "no more of that").await;
    assert_eq!(*log.head().borrow(), 1);
    unit.tool().execute_batch("DROP TRIGGER fault").unwrap();

    log.close().await;
    assert_eq!(unit.assert_sound().events, 1);
    let log = unit.open();
    append(&log, &[BORDER]).await.unwrap();
    assert_eq!(header(&unit.events()[1]).index, 1);
    unit.assert_sound();
}

#[tokio::test]
async fn an_error_of_a_command_itself_stops_nothing() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    let refused: Result<(), LogError> =
        log.submit(|_| Err(LogError::OwnTail("not today".to_owned()))).await;
    assert!(matches!(refused, Err(LogError::OwnTail(_))));
    append(&log, &[BORDER]).await.unwrap();
    unit.assert_sound();
}

#[tokio::test]
async fn a_command_that_is_stopped_by_the_file_stops_the_log() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    let failed: Result<(), LogError> = log
        .submit(|_| {
            let source = std::io::Error::other("a bad sector");
            Err(LogError::Io { path: PathBuf::from("log.db"), source })
        })
        .await;
    assert_stopped(failed, "a bad sector");
    assert_all_stopped(&log, "a bad sector").await;
}

/// The disk is full, as far as one process can tell: its files may not grow beyond a size. Every
/// event that was acknowledged before is there afterwards. The test is both processes.
#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    if let Some(dir) = std::env::var_os(LIMITED_DIR) {
        return with_a_full_disk(&PathBuf::from(dir)).await;
    }
    let unit = Unit::new("hcm", &[BORDER]);
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "a_full_disk_loses_nothing_that_was_acknowledged", "--nocapture"])
        .env(LIMITED_DIR, unit.dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complaint}");
    let acknowledged: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix("acknowledged ")).collect();
    assert!(acknowledged.len() > 3, "{said}{complaint}");

    let log = unit.open();
    let stored = unit.reader().after(0, 100_000).unwrap();
    let here: Vec<String> = stored.iter().map(|one| one.event.leaf().to_string()).collect();
    assert_eq!(here[..acknowledged.len()], acknowledged);
    assert!(here.len() <= acknowledged.len() + 1, "at most one was under way");
    append(&log, &[BORDER]).await.unwrap();
    unit.assert_sound();
}

async fn with_a_full_disk(dir: &Path) {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open_in(dir).unwrap();
    let mut ledger = std::io::stdout();
    writeln!(ledger).unwrap();
    let why = loop {
        match append(&log, &[BORDER]).await {
            Ok(appended) => writeln!(ledger, "acknowledged {}", appended.leaf).unwrap(),
            Err(error) => break error,
        }
    };
    assert!(matches!(&why, LogError::Stopped(_)), "{why}");
    assert_all_stopped(&log, &log.stopped().await.to_string()).await;
}
