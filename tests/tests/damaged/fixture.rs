//! A log with what logs hold: the directory, others' events, receipts, and events of its own that
//! were published.
#![allow(clippy::unwrap_used, reason = "a fixture that fails is a failed test")]

use std::path::{Path, PathBuf};
use std::process::Command;

use bytes::Bytes;
use giapranh_audit::Anchor;
use giapranh_log::{LOG_FILE, LogError, MARKER_FILE, Mark, Marker, Reader};
use giapranh_record::{Draft, Facts, Payload, Signer as _, SigningKey};
use giapranh_testkit::random::Random;
use uuid::Uuid;

use crate::history::{self, REGISTRAR};
use crate::node::{Node, key};

/// Whose log it is: a member of every zone.
const UNIT: &str = history::RECEIVERS[0];
/// The story in the log is always the same one.
const SEED: u64 = 5;
/// How much of the story a small log has.
const FEW: usize = 14;

/// An event as it is read: its position, when it arrived, and its bytes.
pub type Read = (u64, u64, Bytes);

/// A closed log.
pub struct Fixture {
    node: Node,
}

/// The directory of a log.
pub struct Directory(PathBuf);

impl Directory {
    pub fn with(&self, file: &str) -> PathBuf {
        self.0.join(file)
    }
}

impl Fixture {
    /// Few events, of every sort.
    pub fn small() -> Self {
        Self::made(FEW, 4)
    }

    /// So many events of its own, after a story.
    pub fn with_events(own: usize) -> Self {
        Self::made(usize::MAX, own)
    }

    fn made(of_others: usize, own: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut random = Random::new(SEED);
            let mut messages = history::play(&mut random).await;
            messages.truncate(of_others);
            let mut node = Node::new(UNIT);
            for batch in messages.chunks(5) {
                node.arrive(batch).await;
                node.project(64).await;
            }
            for number in 0..own {
                node.append(draft(number)).await;
            }
            node.close().await;
            let fixture = Self { node };
            fixture.mark();
            fixture
        })
    }

    pub fn log(&self) -> Directory {
        Directory(self.node.dir().to_owned())
    }

    /// All that a sound log gives.
    pub fn read(&self) -> Vec<Read> {
        read(&self.log().with(LOG_FILE)).unwrap()
    }

    /// The log's file and its WAL, as they lie there while a node runs: the newest events are in the
    /// WAL alone.
    pub fn log_and_wal(&self) -> (Vec<u8>, Vec<u8>) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let copies = tempfile::tempdir().unwrap();
        runtime.block_on(async {
            let log = self.node.open_again();
            for number in 0..3 {
                let draft = draft(1_000 + number);
                log.submit(move |batch| batch.append(draft)).await.unwrap();
            }
            // By another process: closing a file in this one would drop SQLite's locks on it.
            for file in [LOG_FILE, "log.db-wal"] {
                let from = self.log().with(file);
                let ended = Command::new("cp").arg(from).arg(copies.path()).status().unwrap();
                assert!(ended.success());
            }
            log.close().await;
        });
        self.mark();
        let content = |file: &str| std::fs::read(copies.path().join(file)).unwrap();
        (content(LOG_FILE), content("log.db-wal"))
    }

    /// Everything of its own is noted as published.
    fn mark(&self) {
        let newest = newest(&self.log().with(LOG_FILE)).unwrap();
        self.marker().advance(newest).unwrap();
    }

    fn marker(&self) -> Marker {
        Marker::open(&self.log().with(MARKER_FILE)).unwrap().unwrap()
    }

    /// How much of its own was noted as published.
    pub fn noted(&self) -> Mark {
        self.marker().mark().unwrap()
    }

    /// Whoever starts a node over this log and its WAL can't sign with it.
    pub fn assert_refuses_to_sign(&self, database: &[u8], wal: &[u8]) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(LOG_FILE), database).unwrap();
        std::fs::write(dir.path().join("log.db-wal"), wal).unwrap();
        std::fs::copy(self.log().with(MARKER_FILE), dir.path().join(MARKER_FILE)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let log = self.node.open_in(dir.path());
            let refused = log.submit(move |batch| batch.append(draft(2_000))).await;
            assert!(matches!(refused, Err(LogError::OwnTail(_))), "{refused:?}");
            log.close().await;
        });
    }
}

/// The newest event that the log's node published.
fn newest(log: &Path) -> Option<Mark> {
    let newest = Reader::open(log).ok()?.newest_published(UNIT, 1).ok()??;
    Some(Mark { epoch: 1, index: newest.event.header().index, leaf: newest.event.leaf() })
}

/// Whether the log at `path` has less of its own than was noted as published.
pub fn is_behind(path: &Path, noted: Mark) -> bool {
    newest(path).is_none_or(|newest| newest.index < noted.index)
}

/// The key of the log's node.
pub fn own_key() -> SigningKey {
    key(UNIT)
}

/// Whom the auditor trusts.
pub fn anchor() -> Anchor {
    let registrar = Some(REGISTRAR.parse().unwrap());
    Anchor { registrar, public_key: key(REGISTRAR).public_key() }
}

/// All that the log at `path` gives.
pub fn read(path: &Path) -> Result<Vec<Read>, LogError> {
    let stored = Reader::open(path)?.after(0, usize::MAX >> 1)?;
    let read =
        |one: giapranh_log::Stored| (one.position, one.arrived_ms, one.event.bytes().clone());
    Ok(stored.into_iter().map(read).collect())
}

/// Whether the same events are read, and only times of arrival differ, all of them after the position
/// up to which receipts attest.
pub fn differ_in_times_after(read: &[Read], expected: &[Read], receipted: Option<u64>) -> bool {
    let receipted = receipted.unwrap_or(0);
    let allowed = |(one, other): (&Read, &Read)| {
        (one.0, &one.2) == (other.0, &other.2) && (one.1 == other.1 || one.0 > receipted)
    };
    read.len() == expected.len() && read.iter().zip(expected).all(allowed)
}

/// In what they differ, for people.
pub fn difference(read: &[Read], expected: &[Read]) -> String {
    let same = read.iter().zip(expected).take_while(|(one, other)| one == other).count();
    let (here, there) = (read.get(same), expected.get(same));
    let times = here.zip(there).is_some_and(|(one, other)| (one.0, &one.2) == (other.0, &other.2));
    let what = if times { "its time differs" } else { "its bytes differ" };
    format!(
        "{} of {} events; the first {same} are the same, then {what}",
        read.len(),
        expected.len()
    )
}

fn draft(number: usize) -> Draft {
    Draft {
        event_id: Uuid::from_u64_pair(((number as u64) << 16) | 0x7000, 1 << 63),
        kind: "figures.reported".to_owned(),
        acting_unit: UNIT.to_owned(),
        directory_seq: 0,
        alert: None,
        drafted_by: None,
        approved_by: None,
        causes: Vec::new(),
        facts: Facts::default(),
        erase_by_ms: None,
        zones: vec!["cluster".to_owned()],
        payload: Payload::Plain(Bytes::from_static(b"forty-two")),
    }
}
