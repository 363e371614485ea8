//! Judging again survives `kill -9` at any moment: each message is in exactly one place.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use common::{BORDER, Unit, arrive, give, named, publish};
use giapranh_log::{Entitlement, LOG_FILE, Log, Naming, Open, Outcome, Reader, Shelf};
use giapranh_record::{Hash, KeyId, Keyring, PublicKey, Signer};

/// Where the process that will be killed finds its log, and where it waits for that.
const DIR: &str = "GIAPRANH_KILLED_DIR";
const MOMENT: &str = "GIAPRANH_KILLED_MOMENT";
const EVENTS: usize = 24;
/// What it judges before that moment.
const ANSWERS: usize = 2;

/// In the writer's transaction: the row has been taken out; it is being judged, to be appended or
/// to be held; it was appended, and the transaction is not committed. At last, whenever it comes,
/// which may be after all is done.
const MOMENTS: [&str; 5] = ["key", "zone", "zone-held", "signature", ANY];
const ANY: &str = "any";

/// All of it is of one feed.
const NAMING: Naming = |_| Some((BORDER.to_owned(), "hcm".to_owned()));

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
    // The test is both processes: here it is the one that is killed.
    if let Some(dir) = std::env::var_os(DIR) {
        return judging_until_it_is_killed(Path::new(&dir)).await;
    }
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[], &[&author]);
    let events = publish(&author, EVENTS, &[BORDER]).await;
    let log = receiver.open();
    for bytes in &events {
        assert_eq!(give(&log, bytes, BORDER).await, Outcome::Quarantined("not-entitled"));
    }
    let garbage = Bytes::from_static(b"garbage");
    arrive(&log, named(&garbage, BORDER, "hcm")).await;
    log.close().await;

    let mut acknowledged = BTreeSet::new();
    for moment in MOMENTS {
        let before = receiver.reader().kept(Shelf::Quarantine, None, 0, 1_000).unwrap().len();
        let told = killed_at(moment, receiver.dir.path());
        assert_eq!(told.len(), ANSWERS, "{moment}");
        acknowledged.extend(told);
        for bytes in events.iter().chain([&garbage]) {
            let places = places(&receiver, bytes);
            assert_eq!(places.iter().filter(|is| **is).count(), 1, "{moment}: {places:?}");
        }
        let reader = receiver.reader();
        let lying = reader.kept(Shelf::Quarantine, None, 0, 1_000).unwrap();
        assert!(lying.iter().all(|kept| !acknowledged.contains(&kept.id)), "{moment}");
        let decided: u64 = reader.counts().unwrap().rejudged.values().sum();
        assert_eq!(decided, (EVENTS + 1 - lying.len()) as u64, "{moment}: a note for each");
        if moment != ANY {
            // What was under way has not happened.
            assert_eq!(lying.len(), before - ANSWERS, "{moment}");
        }
    }
    receiver.zones.join(BORDER);
    let log = receiver.open();
    let ids = (1..=EVENTS as u64 + 1).collect();
    log.rejudge(Shelf::Quarantine, ids, NAMING).await.unwrap();
    assert_eq!(receiver.events(), events);
    assert_eq!(receiver.held(), 0);
    assert!(places(&receiver, &garbage)[1], "what fails stays");
    receiver.assert_sound();
}

/// Lets another process judge again and kills it at that moment; what it told before.
fn killed_at(moment: &str, dir: &Path) -> Vec<u64> {
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "whenever_it_is_killed_each_message_is_in_one_place", "--nocapture"])
        .env(DIR, dir)
        .env(MOMENT, moment)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    let said: Vec<String> = lines.take_while(|line| line != "now").collect();
    process.kill().unwrap();
    let ended = process.wait().unwrap();
    assert!(moment == ANY || !ended.success(), "{moment}: it ended before it was killed");
    said.iter().filter_map(|line| line.strip_prefix("judged ")?.parse().ok()).collect()
}

/// What the writer asks in its transaction, and never comes back from at one moment.
struct Waiting {
    unit: Unit,
    moment: String,
    armed: AtomicBool,
}

impl Waiting {
    fn at(&self, moment: &str) {
        if self.moment.starts_with(moment) && self.armed.load(Ordering::SeqCst) {
            let mut told = std::io::stdout();
            writeln!(told, "now").unwrap();
            loop {
                std::thread::park();
            }
        }
    }
}

impl Keyring for Waiting {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.at("key");
        self.unit.ring.find(id)
    }
}

impl Entitlement for Waiting {
    fn includes(&self, zone: &str) -> bool {
        self.at("zone");
        self.unit.zones.includes(zone)
    }

    fn directory_head(&self) -> u64 {
        self.unit.zones.directory_head()
    }
}

impl Signer for Waiting {
    fn public_key(&self) -> PublicKey {
        self.unit.key.public_key()
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        // What arrives is attested, in the same transaction: it was inserted by then.
        self.at("signature");
        self.unit.key.sign(message)
    }
}

async fn judging_until_it_is_killed(dir: &Path) {
    let author = Unit::new("hcm", &[]);
    let unit = Unit::knowing("long-an", &[BORDER], &[&author]);
    let (clock, identity) = (unit.clock.clone(), unit.identity());
    let moment = std::env::var(MOMENT).unwrap();
    let waiting = Arc::new(Waiting { unit, moment: moment.clone(), armed: AtomicBool::new(false) });
    let open = Open {
        signer: waiting.clone(),
        keyring: waiting.clone(),
        entitlement: waiting.clone(),
        clock,
    };
    let log = Log::open(dir, &identity, open).unwrap();
    let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
    let lying = reader.kept(Shelf::Quarantine, Some("not-entitled"), 0, 1_000).unwrap();
    let mut ids: Vec<u64> = lying.into_iter().map(|kept| kept.id).collect();
    let mut told = std::io::stdout();
    writeln!(told).unwrap();
    for id in ids.drain(..ANSWERS) {
        log.rejudge(Shelf::Quarantine, vec![id], NAMING).await.unwrap();
        writeln!(told, "judged {id}").unwrap();
    }
    waiting.armed.store(true, Ordering::SeqCst);
    // The last of them has to wait for those before it.
    let next = if moment == "zone-held" { ids.pop() } else { None };
    if moment == ANY {
        writeln!(told, "now").unwrap();
    }
    for id in next.into_iter().chain(ids) {
        log.rejudge(Shelf::Quarantine, vec![id], NAMING).await.unwrap();
    }
}
