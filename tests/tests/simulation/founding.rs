//! The cluster that is simulated: two provinces and a district of each, in two zones.
//!
//! Its directory is the same for every seed, so it is made once and copied.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use giapranh_domain::event::{Body, Kind};
use giapranh_domain::wire::proto::directory_change::Change;
use giapranh_domain::wire::{self, proto};
use giapranh_log::{Arrival, Clock, Identity, LOG_FILE, Log, MARKER_FILE, Open, Reader};
use giapranh_node::Standing;
use giapranh_record::{Draft, Facts, Hash, Payload, Signer as _, SigningKey, ZONE_DIRECTORY};
use tempfile::TempDir;
use uuid::Uuid;

use super::wait;

/// Every unit with a node; the first one is the registrar.
pub const UNITS: [&str; 4] = ["hcm", "long-an", "hcm_cu-chi", "long-an_duc-hoa"];
/// Those with a stream.
pub const PROVINCES: [&str; 2] = ["hcm", "long-an"];
/// Each zone with its members. The first and the last unit are in the same ones.
pub const ZONES: [(&str, &[&str]); 2] = [
    ("hcm-long-an", &["hcm", "long-an", "long-an_duc-hoa"]),
    ("cu-chi-duc-hoa", &["hcm", "hcm_cu-chi", "long-an_duc-hoa"]),
];
pub const CATEGORY: &str = "modus-operandi";
/// When everything begins.
pub const START_MS: u64 = 1_717_000_000_000;

/// The province of a unit.
pub fn province(unit: &str) -> &str {
    unit.split('_').next().unwrap_or(unit)
}

/// The key of a unit's node in an epoch: it follows from both.
pub fn key(unit: &str, epoch: u32) -> SigningKey {
    SigningKey::from_seed(&Hash::of(&[unit.as_bytes(), &epoch.to_be_bytes()]).0)
}

pub fn identity(unit: &str, epoch: u32) -> Identity {
    Identity {
        unit: unit.to_owned(),
        epoch,
        public_key: key(unit, epoch).public_key(),
        registrar: UNITS[0].to_owned(),
        anchor: key(UNITS[0], 1).public_key(),
    }
}

/// Where directories of nodes are cheap: in memory, if there is such a place.
pub fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a temporary directory")
}

/// Puts a node that knows the directory, and has said and heard nothing else, into `dir`.
pub fn copy(unit: &str, dir: &Path) {
    static FOUNDED: OnceLock<TempDir> = OnceLock::new();
    let from = FOUNDED.get_or_init(found).path().join(unit);
    std::fs::create_dir_all(dir).expect("a directory");
    for name in [LOG_FILE, MARKER_FILE] {
        std::fs::copy(from.join(name), dir.join(name)).expect("a copy");
    }
}

fn found() -> TempDir {
    let made = scratch();
    let mut messages = Vec::new();
    for unit in UNITS {
        let (living, kept): (PathBuf, _) = (made.path().join("living"), made.path().join(unit));
        for dir in [&living, &kept] {
            std::fs::create_dir(dir).expect("a directory");
        }
        giapranh_log::create(&living, &identity(unit, 1)).expect("a log");
        let reader = Reader::open(&living.join(LOG_FILE)).expect("a reader");
        let (node, registrar) = (unit.parse().expect("a unit"), UNITS[0].parse().expect("a unit"));
        let standing = Arc::new(Standing::load(&reader, &node, &registrar).expect("a standing"));
        let open = Open {
            signer: Arc::new(key(unit, 1)),
            keyring: standing.clone(),
            entitlement: standing,
            clock: Arc::new(AtStart),
        };
        drop(reader);
        let log = Log::open(&living, &identity(unit, 1), open).expect("an open log");
        // Not the one from before: where nobody writes, a reader takes the file for unchanging.
        let reader = Reader::open(&living.join(LOG_FILE)).expect("a reader");
        if unit == UNITS[0] {
            for (changes, head) in changes().into_iter().zip(0..) {
                let draft = directory_draft(changes, head);
                wait(log.submit(move |batch| batch.append(draft))).expect("an event");
            }
            messages = reader.after(0, 100).expect("events");
        } else {
            let arrive = |stored: &giapranh_log::Stored| Arrival {
                subject: "founding".to_owned(),
                named: Some((ZONE_DIRECTORY.to_owned(), UNITS[0].to_owned())),
                bytes: stored.event.bytes().clone(),
            };
            wait(log.arrive(messages.iter().map(arrive).collect())).expect("outcomes");
        }
        reader.back_up(&kept.join(LOG_FILE)).expect("a copy");
        wait(log.close());
        std::fs::copy(living.join(MARKER_FILE), kept.join(MARKER_FILE)).expect("a copy");
        std::fs::remove_dir_all(&living).expect("a directory");
    }
    made
}

/// The clock of those who only take in the directory.
struct AtStart;

impl Clock for AtStart {
    fn now_ms(&self) -> u64 {
        START_MS
    }
}

/// A word of the registrar.
fn directory_draft(changes: Vec<Change>, directory_seq: u64) -> Draft {
    let change = |change| proto::DirectoryChange { change: Some(change) };
    let body = Body::DirectoryChanged(proto::DirectoryChanged {
        decision: "ví dụ".to_owned(),
        effective_from: "2024-01-01".to_owned(),
        changes: changes.into_iter().map(change).collect(),
    });
    Draft {
        event_id: Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 + directory_seq),
        kind: Kind::DirectoryChanged.code().to_owned(),
        acting_unit: UNITS[0].to_owned(),
        directory_seq,
        alert: None,
        drafted_by: None,
        approved_by: None,
        causes: Vec::new(),
        facts: Facts::default(),
        erase_by_ms: None,
        zones: vec![ZONE_DIRECTORY.to_owned()],
        payload: Payload::Plain(wire::encode(&body)),
    }
}

/// How many words the registrar has said before everything begins.
pub fn words() -> usize {
    changes().len()
}

/// What everybody's first events rest on.
fn changes() -> Vec<Vec<Change>> {
    let unit = |id: &str| {
        let level = if id.contains('_') { "district" } else { "province" };
        let parent = if id.contains('_') { province(id) } else { "" };
        Change::UnitRegistered(proto::UnitRegistered {
            id: id.to_owned(),
            parent: parent.to_owned(),
            level: level.to_owned(),
            name: format!("Đơn vị {id} (ví dụ)"),
            official_code: String::new(),
        })
    };
    let zone = |(id, members): (&str, &[&str])| {
        Change::ZoneDefined(proto::ZoneDefined {
            id: id.to_owned(),
            name: format!("Vùng {id} (ví dụ)"),
            members: members.iter().map(|id| (*id).to_owned()).collect(),
            ..Default::default()
        })
    };
    let allowed = |level: &str, cluster| {
        let (level, category) = (level.to_owned(), CATEGORY.to_owned());
        let allowed = proto::IssuingAllowed { level, category, cluster, ..Default::default() };
        Change::IssuingAllowed(allowed)
    };
    let enrolled = |unit: &str| {
        Change::NodeEnrolled(proto::NodeEnrolled {
            unit: unit.to_owned(),
            public_key: key(unit, 1).public_key().to_bytes().to_vec(),
            ..Default::default()
        })
    };
    vec![
        UNITS.map(unit).into(),
        ZONES.map(zone).into(),
        vec![allowed("province", true), allowed("district", false)],
        UNITS.map(enrolled).into(),
    ]
}
