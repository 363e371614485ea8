//! Opening a log: never creates, never takes another's, never goes on after damage.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs;
use std::path::Path;

use common::{BORDER, Unit, append, publish};
use giapranh_log::{Identity, LOG_FILE, LogError, MARKER_FILE, Reader, create};
use giapranh_record::Signer as _;

fn files(dir: &Path) -> Vec<String> {
    let names = fs::read_dir(dir).unwrap();
    let mut names: Vec<String> =
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// What a writer that has not ended well leaves beside the log.
fn remove_what_lies_beside(unit: &Unit) {
    for name in files(unit.dir.path()) {
        if name != LOG_FILE && name.starts_with(LOG_FILE) {
            fs::remove_file(unit.dir.path().join(name)).unwrap();
        }
    }
}

fn refusal(unit: &Unit) -> LogError {
    unit.open_in(unit.dir.path()).err().expect("it does not open")
}

#[test]
fn a_log_that_is_absent_is_not_created() {
    let unit = Unit::new("hcm", &[BORDER]);
    let empty = tempfile::tempdir().unwrap();
    let error = unit.open_in(empty.path()).err().unwrap();
    assert!(matches!(&error, LogError::Absent(path) if path.starts_with(empty.path())));
    assert!(error.to_string().contains("giapranh node init"), "{error}");
    assert!(matches!(Reader::open(&empty.path().join(LOG_FILE)), Err(LogError::Absent(_))));
    assert_eq!(files(empty.path()), [""; 0]);
}

#[tokio::test]
async fn a_log_is_not_created_twice() {
    let unit = Unit::new("hcm", &[BORDER]);
    publish(&unit, 2, &[BORDER]).await;
    let before = (unit.events(), fs::read(unit.path()).unwrap());
    let again = create(unit.dir.path(), &unit.identity());
    assert!(matches!(again, Err(LogError::Exists(path)) if path == unit.path()));
    assert_eq!((unit.events(), fs::read(unit.path()).unwrap()), before);
}

#[test]
fn a_log_is_not_created_beside_the_marker_of_a_lost_one() {
    let unit = Unit::new("hcm", &[BORDER]);
    fs::remove_file(unit.path()).unwrap();
    let again = create(unit.dir.path(), &unit.identity());
    assert!(matches!(again, Err(LogError::Exists(path)) if path.ends_with(MARKER_FILE)));
    assert!(!unit.path().exists());
}

#[test]
fn its_owner_alone_reads_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let unit = Unit::new("hcm", &[BORDER]);
    assert_eq!(fs::metadata(unit.path()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn the_log_of_another_node_is_refused() {
    let (unit, other) = (Unit::new("hcm", &[]), Unit::new("long-an", &[]));
    let error = unit.open_in(other.dir.path()).err().unwrap();
    assert!(matches!(error, LogError::Foreign { .. }));
    assert!(error.to_string().contains("the log of long-an"), "{error}");
    assert!(error.to_string().contains("not of hcm"), "{error}");
}

#[test]
fn a_log_with_another_key_epoch_or_anchor_is_refused() {
    let (unit, other) = (Unit::new("hcm", &[]), Unit::new("long-an", &[]));
    let key = other.key.public_key();
    for identity in [
        Identity { public_key: key, ..unit.identity() },
        Identity { epoch: 2, ..unit.identity() },
        Identity { anchor: key, ..unit.identity() },
        Identity { registrar: "long-an".to_owned(), ..unit.identity() },
    ] {
        let dir = tempfile::tempdir().unwrap();
        create(dir.path(), &identity).unwrap();
        let error = unit.open_in(dir.path()).err().unwrap();
        assert!(matches!(error, LogError::Foreign { .. }), "{identity:?}: {error}");
    }
}

#[test]
fn a_newer_schema_is_refused() {
    let unit = Unit::new("hcm", &[]);
    unit.tool().pragma_update(None, "user_version", 7).unwrap();
    assert!(matches!(refusal(&unit), LogError::Newer { found: 7, .. }));
    assert!(matches!(Reader::open(&unit.path()), Err(LogError::Newer { .. })));
}

#[test]
fn what_is_no_log_is_refused_and_left_as_it_is() {
    let unit = Unit::new("hcm", &[]);
    let text = "Công an tỉnh\n".repeat(400).into_bytes();
    let other_database = {
        let path = unit.dir.path().join("other.db");
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE events (position INTEGER PRIMARY KEY)").unwrap();
        drop(other);
        fs::read(path).unwrap()
    };
    for content in [text, other_database, Vec::new()] {
        fs::write(unit.path(), &content).unwrap();
        let error = refusal(&unit);
        assert!(matches!(error, LogError::NotALog(_)), "{} bytes: {error}", content.len());
        assert!(matches!(Reader::open(&unit.path()), Err(LogError::NotALog(_))));
        assert_eq!(fs::read(unit.path()).unwrap(), content);
    }
}

#[tokio::test]
async fn a_log_cut_anywhere_is_refused_with_a_position_or_has_lost_nothing() {
    let unit = Unit::new("hcm", &[BORDER]);
    publish(&unit, 60, &[BORDER]).await;
    let whole = fs::read(unit.path()).unwrap();
    assert_eq!(whole.len() % 4096, 0);
    assert!(whole.len() > 20 * 4096, "{} bytes", whole.len());
    let pages = (0..whole.len()).step_by(4096);
    let odd = [1, 15, 16, 99, 100, 511, 512, 1023, 4095, 4097, 6000, 40_961, whole.len() - 1];
    for length in pages.chain(odd) {
        fs::write(unit.path(), &whole[..length]).unwrap();
        let mut errors = Vec::new();
        match unit.open_in(unit.dir.path()) {
            Err(error) => errors.push(error),
            Ok(log) => {
                // What was cut off was the emptiness at the end of a page.
                log.close().await;
                assert!(length % 4096 > 0, "{length} bytes");
                assert_eq!(unit.assert_sound().events, 60);
                continue;
            }
        }
        match unit.findings_of(&unit.path()) {
            Ok(findings) => assert_ne!(findings.faults, [], "{length} bytes"),
            Err(error) => errors.push(error),
        }
        for error in errors {
            match error {
                // Less than the header by which a log is told from something else.
                LogError::NotALog(_) if length < 100 => {}
                error @ LogError::Damaged { .. } => {
                    assert!(error.to_string().contains("damaged after position"), "{error}");
                }
                other => panic!("{length} bytes: {other:?}"),
            }
        }
        remove_what_lies_beside(&unit);
    }
    fs::write(unit.path(), &whole).unwrap();
    unit.open().close().await;
    assert_eq!(unit.assert_sound().events, 60);
}

/// Whatever is damaged: a person is told what to do, and nothing panics.
#[tokio::test]
async fn a_flipped_bit_anywhere_gives_a_log_or_an_error_that_says_what_to_do() {
    let unit = Unit::new("hcm", &[BORDER]);
    publish(&unit, 4, &[BORDER]).await;
    let whole = fs::read(unit.path()).unwrap();
    let mut refused = 0;
    for at in (0..whole.len()).step_by(97) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        fs::write(unit.path(), &damaged).unwrap();
        match unit.open_in(unit.dir.path()) {
            Ok(log) => log.close().await,
            Err(
                LogError::Damaged { .. }
                | LogError::NotALog(_)
                | LogError::Newer { .. }
                | LogError::Foreign { .. },
            ) => refused += 1,
            // One byte of the header says whether the file may be written.
            Err(LogError::Sqlite(error)) if at == 18 => {
                assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::ReadOnly));
            }
            Err(other) => panic!("byte {at}: {other:?}"),
        }
        remove_what_lies_beside(&unit);
    }
    assert!(refused > 0);
}

#[tokio::test]
async fn there_is_one_writer_at_a_time() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    assert!(matches!(refusal(&unit), LogError::Busy(path) if path == unit.path()));
    append(&log, &[BORDER]).await.unwrap();

    let other_handle = log.clone();
    let closing = tokio::spawn(log.close());
    append(&other_handle, &[BORDER]).await.unwrap();
    assert!(matches!(refusal(&unit), LogError::Busy(_)), "another handle is there");
    drop(other_handle);
    closing.await.unwrap();
    assert_eq!(append(&unit.open(), &[BORDER]).await.unwrap().position, 3);
}

#[tokio::test]
async fn a_copy_of_the_files_of_a_killed_writer_opens_with_all_that_was_answered() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    for _ in 0..5 {
        append(&log, &[BORDER]).await.unwrap();
    }
    // What a kill leaves: the log, and its write-ahead log that nobody took over.
    let copy = tempfile::tempdir().unwrap();
    for name in [LOG_FILE, "log.db-wal", MARKER_FILE] {
        fs::copy(unit.dir.path().join(name), copy.path().join(name)).unwrap();
    }
    let reopened = unit.open_in(copy.path()).unwrap();
    assert_eq!(*reopened.head().borrow(), 5);
    assert_eq!(append(&reopened, &[BORDER]).await.unwrap().position, 6);
    let findings = unit.findings_of(&copy.path().join(LOG_FILE)).unwrap();
    assert_eq!((findings.events, findings.faults), (6, Vec::new()));
}
