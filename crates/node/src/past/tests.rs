//! Views of the past over a real log.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use giapranh_audit::LogSource;
use giapranh_domain::{UnitId, time};
use giapranh_log::{Clock as _, LOG_FILE, Log, Open, Reader};
use giapranh_views::{Projector, Views};
use giapranh_web::{AsOf, AsOfError, AsOfState};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{DIR, Limits, Past, Stage};
use crate::init::{Exchange, init};
use crate::{Author, Config, Keyholder, Standing, SystemClock, keys};

const FAR: u64 = u64::MAX >> 1;
const LIMITS: Limits = Limits { reserve: 0, ..Limits::USUAL };

/// The registrar's node with a founded directory and some alerts.
struct Place {
    dir: TempDir,
    log: Log,
}

impl Place {
    async fn with_alerts(count: usize) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let hcm: UnitId = "hcm".parse().unwrap();
        let made = init(dir.path(), &hcm, None, BTreeSet::new(), Exchange::default()).unwrap();
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/directory");
        let requests = [made.enrolment];
        crate::founding::found(dir.path(), &data, &requests, "303/QCPH", "2020-10-29")
            .await
            .unwrap();
        let author = author(dir.path());
        for number in 0..count {
            let command = json!({
                "drafted_by": "cb-soan-01", "approved_by": "cb-duyet-02", "act": "issue-alert",
                "zones": ["hcm-long-an"], "content": content(number),
            });
            let command = serde_json::from_value(command).unwrap();
            author.clone().submit(command).await.unwrap();
        }
        Self { dir, log: author.log }
    }

    fn past(&self, limits: Limits) -> Past {
        Past::open(self.dir.path(), "hcm".parse().unwrap(), limits).unwrap()
    }

    fn source(&self, until: u64) -> LogSource {
        let reader = Reader::open(&self.dir.path().join(LOG_FILE)).unwrap();
        LogSource::until(reader, until).with_keys(Keyholder::there(self.dir.path()).unwrap())
    }

    /// What a projector makes of the beginning of the log.
    fn digest(&self, until: u64) -> String {
        let (dir, source) = (tempfile::tempdir().unwrap(), self.source(until));
        let mut projector = Projector::open(dir.path(), "hcm".parse().unwrap(), &source).unwrap();
        while projector.position() < until {
            projector.project(&source, 3).unwrap();
        }
        Views::open(dir.path()).unwrap().digest().unwrap()
    }

    fn head(&self) -> u64 {
        *self.log.head().borrow()
    }
}

fn content(number: usize) -> Value {
    json!({
        "category": "modus-operandi",
        "headline": format!("Ví dụ {number}"),
        "severity": "important",
        "required_action": "inform",
        "handling": "internal",
        "ground": { "kind": "directive", "date": "2024-03-02", "agency": "Công an tỉnh (ví dụ)" },
        "purpose": "Phòng ngừa (ví dụ)",
        "expires": time::day(SystemClock.now_ms() + 300 * 24 * 3_600_000),
        "contact": "Trực ban ví dụ, 000 000 000",
        "modus_operandi": { "offence": 171, "approach": "Áp sát người đi xe máy (ví dụ)", "cases": 4 }
    })
}

fn author(dir: &Path) -> Author {
    let (config, key) = (Config::load(dir).unwrap(), keys::load(dir).unwrap());
    let identity = crate::init::identity(dir, &config, &key).unwrap();
    let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
    let standing = Standing::load(&reader, &config.unit, &config.anchor.registrar).unwrap();
    let standing = Arc::new(standing);
    let (keyring, entitlement) = (standing.clone(), standing.clone());
    let open = Open { signer: Arc::new(key), keyring, entitlement, clock: Arc::new(SystemClock) };
    let log = Log::open(dir, &identity, open).unwrap();
    let sealer = crate::Sealer::open(dir).unwrap();
    Author { unit: config.unit, epoch: identity.epoch, log, standing, sealer }
}

/// Asks until it is there.
fn ready(past: &Past, moment: AsOf) -> giapranh_web::Past {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match past.ask(moment, FAR).unwrap() {
            AsOfState::Ready(ready) => return ready,
            AsOfState::Building(_) => assert!(Instant::now() < deadline, "{moment:?}"),
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn directories(place: &Place) -> usize {
    std::fs::read_dir(place.dir.path().join(DIR)).map_or(0, Iterator::count)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_shows_what_the_log_up_to_there_comes_to() {
    let place = Place::with_alerts(4).await;
    let past = place.past(LIMITS);
    for position in 1..=place.head() {
        let found = ready(&past, AsOf::Position(position));
        assert_eq!((found.position, found.views.position().unwrap()), (position, position));
        assert_eq!(found.views.digest().unwrap(), place.digest(position), "{position}");
        let arrived = ready(&past, AsOf::Arrived(found.moment_ms));
        assert!(arrived.position >= position, "what came in the same millisecond counts");
    }
    assert!(directories(&place) <= LIMITS.kept, "and no more is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_that_never_was_is_refused() {
    let place = Place::with_alerts(1).await;
    let (past, head) = (place.past(LIMITS), place.head());
    let refused = |moment, now| past.ask(moment, now).err();
    assert_eq!(refused(AsOf::Position(0), FAR), Some(AsOfError::BeforeTheFirst));
    assert_eq!(refused(AsOf::Arrived(1), FAR), Some(AsOfError::BeforeTheFirst));
    assert_eq!(refused(AsOf::Position(head + 1), FAR), Some(AsOfError::BeyondTheEnd { head }));
    assert_eq!(refused(AsOf::Arrived(6), 5), Some(AsOfError::Future));
    assert_eq!(ready(&past, AsOf::Arrived(FAR)).position, head);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_the_same_shares_it() {
    let place = Place::with_alerts(2).await;
    let past = place.past(LIMITS);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| ready(&past, AsOf::Position(2)));
        }
    });
    assert_eq!(past.lock().asked, 1, "it was made once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_asks_for_goes_and_what_waits_is_bounded() {
    let place = Place::with_alerts(6).await;
    let none = Limits { waiting: 0, ..LIMITS };
    assert_eq!(place.past(none).ask(AsOf::Position(1), FAR).err(), Some(AsOfError::Busy));
    let brief = Limits { unused: Duration::ZERO, ..LIMITS };
    let past = place.past(LIMITS);
    drop(ready(&past, AsOf::Position(1)));
    assert_eq!(directories(&place), 1);
    past.lock().sweep(&brief, Instant::now());
    assert_eq!(directories(&place), 0);
    // What is read is there until it was read.
    let held = ready(&past, AsOf::Position(2));
    past.lock().sweep(&brief, Instant::now());
    assert_eq!(held.views.position().unwrap(), 2);
    drop(held);
    assert_eq!(directories(&place), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_while_it_is_made_leaves_nothing() {
    let place = Place::with_alerts(6).await;
    let past = place.past(LIMITS);
    past.ask(AsOf::Position(5), FAR).unwrap();
    past.forget_all();
    let deadline = Instant::now() + Duration::from_secs(30);
    while past.lock().is_working || directories(&place) > 0 {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(5));
    }
    // And everything at once, also under who reads.
    let held = ready(&past, AsOf::Position(5));
    past.forget_all();
    assert_eq!(directories(&place), 0);
    assert!(held.views.digest().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_and_is_tried_again() {
    let place = Place::with_alerts(1).await;
    let past = place.past(Limits { reserve: u64::MAX, failed: Duration::ZERO, ..LIMITS });
    past.ask(AsOf::Position(1), FAR).unwrap();
    let deadline = Instant::now() + Duration::from_secs(30);
    while !matches!(past.lock().moments.get(&1).map(|it| &it.stage), Some(Stage::Failed(why)) if why.contains("no room"))
    {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(directories(&place), 0);
    assert!(matches!(past.ask(AsOf::Position(1), FAR), Ok(AsOfState::Building(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_run_left_is_removed_and_a_broken_file_made_again() {
    let place = Place::with_alerts(1).await;
    let left = place.dir.path().join(DIR).join("7");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("views-7.db"), "half").unwrap();
    let past = place.past(LIMITS);
    assert_eq!(directories(&place), 0);
    let found = ready(&past, AsOf::Position(1));
    let lying = place.dir.path().join(DIR).join("1");
    for file in std::fs::read_dir(lying).unwrap() {
        std::fs::write(file.unwrap().path(), "broken").unwrap();
    }
    drop(found);
    assert!(ready(&past, AsOf::Position(1)).views.zones().is_err());
    past.forget(1);
    assert_eq!(ready(&past, AsOf::Position(1)).views.digest().unwrap(), place.digest(1));
    past.close();
    assert_eq!(directories(&place), 0);
    assert!(matches!(past.ask(AsOf::Position(1), FAR), Err(AsOfError::Failed(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_live_views_are_rebuilt_beside_it() {
    let place = Place::with_alerts(3).await;
    let (past, registrar) = (place.past(LIMITS), "hcm".parse().unwrap());
    let source = place.source(u64::MAX >> 1);
    let before = ready(&past, AsOf::Position(2)).views.digest().unwrap();
    past.ask(AsOf::Position(3), FAR).unwrap();
    giapranh_views::rebuild(place.dir.path(), &registrar, &source, &mut |_, _| {}).unwrap();
    assert_eq!(ready(&past, AsOf::Position(2)).views.digest().unwrap(), before);
    assert_eq!(ready(&past, AsOf::Position(3)).views.digest().unwrap(), place.digest(3));
}
