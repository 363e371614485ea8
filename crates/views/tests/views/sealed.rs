//! Sealed payloads in the views: what a key opens, and what is left when it is gone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use giapranh_domain::event::Kind;
use giapranh_domain::wire::proto;
use giapranh_domain::{Alert, Body, Sealed};
use giapranh_record::event::Event;
use giapranh_record::{DataKey, Hash, Payload, Seal, Unsigned};
use giapranh_views::{AlertQuery, Projector, Source, SourceError, Stored, Views, rebuild};

use crate::cluster::{Cluster, Log, Sketch, ZONE, key_of, registrar, version};

const ALERTS: [&str; 3] = ["hcm/2024/000001", "hcm/2024/000002", "long-an/2024/000001"];
const NAME: &str = "Trịnh Thị Ví Dụ Khóa";
const LATER_NAME: &str = "Đoàn Văn Ví Dụ Sửa";

/// A log, and the keys that a node holds to it.
#[derive(Clone)]
struct Keyed {
    log: Log,
    keys: Arc<Mutex<BTreeMap<Hash, DataKey>>>,
}

impl Source for Keyed {
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError> {
        self.log.after(after, limit)
    }

    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.log.of_alert(alert, until)
    }

    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.log.directory(after, until)
    }

    fn head(&self) -> Result<u64, SourceError> {
        self.log.head()
    }

    fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, SourceError> {
        Ok(self.keys.lock().unwrap().get(commitment).cloned())
    }
}

impl Keyed {
    fn of(events: &[Event], keys: impl IntoIterator<Item = DataKey>) -> Self {
        let keys = keys.into_iter().map(|key| (key.commitment(), key)).collect();
        Self { log: Log::of(events), keys: Arc::new(Mutex::new(keys)) }
    }

    fn give(&self, key: &DataKey) {
        self.keys.lock().unwrap().insert(key.commitment(), key.clone());
    }

    fn destroy(&self, key: &DataKey) {
        self.keys.lock().unwrap().remove(&key.commitment());
    }
}

fn key(alert: &str) -> DataKey {
    DataKey::from_bytes(Hash::of(&[alert.as_bytes()]).0)
}

/// The same event with its payload sealed under the key of its alert.
fn sealed(event: &Event, number: u64) -> Event {
    let header = event.header().clone();
    let kind = Kind::parse(&header.kind);
    let (Some(alert), Payload::Plain(text)) = (header.alert.clone(), event.payload()) else {
        return event.clone();
    };
    if !kind.is_some_and(Kind::is_sealed) {
        return event.clone();
    }
    let mut nonce = [0; 24];
    nonce[..8].copy_from_slice(&number.to_be_bytes());
    let origin = header.origin.clone();
    let unsigned = Unsigned::sealed(header, text, &Seal { key: key(&alert), nonce }).unwrap();
    Event::clone(&unsigned.sign(&key_of(&origin)))
}

/// A note of this node's about an alert.
fn note(cluster: &mut Cluster, kind: &str, alert: &str, body: Body) -> Event {
    let sketch = Sketch {
        alert: Some(alert.into()),
        zones: vec!["local".into()],
        ..cluster.sketch(kind, body)
    };
    cluster.publish("hcm", sketch)
}

fn held(cluster: &mut Cluster, alert: &str) -> Event {
    let commitment = key(alert).commitment().0.to_vec();
    let said = proto::KeyHeld { commitment, granted_by: "long-an".into() };
    note(cluster, "key.held", alert, Body::KeyHeld(said))
}

fn destroyed(cluster: &mut Cluster, alert: &str) -> Event {
    let said = proto::KeysDestroyed { why: "ordered".into() };
    note(cluster, "keys.destroyed", alert, Body::KeysDestroyed(said))
}

fn person(number: u32, name: &str) -> proto::AlertVersion {
    let mut version = version(number, &format!("Truy nã {name}"), &[ZONE]);
    let person = proto::Person { name: name.into(), ..Default::default() };
    version.content.as_mut().unwrap().wanted_person =
        Some(proto::WantedPerson { person: Some(person), ..Default::default() });
    version
}

fn about(cluster: &mut Cluster, alert: &str, kind: &str, body: Body) -> Event {
    let sketch = Sketch { alert: Some(alert.into()), ..cluster.sketch(kind, body) };
    let unit = alert.split('/').next().unwrap().to_owned();
    cluster.publish(&unit, sketch)
}

/// A history of three alerts, sealed, as the seed has it.
fn history(seed: u64) -> (Cluster, Vec<Event>) {
    let (mut cluster, mut events) = Cluster::founded();
    let mut dice = seed;
    let mut roll = |bound: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % bound
    };
    for alert in ALERTS {
        events.push(about(&mut cluster, alert, "alert.issued", Body::AlertIssued(person(1, NAME))));
    }
    for number in 0..20 {
        let alert = ALERTS[usize::try_from(roll(3)).unwrap()];
        let event = match roll(6) {
            0 => {
                let amended = person(2 + number, LATER_NAME);
                about(&mut cluster, alert, "alert.amended", Body::AlertAmended(amended))
            }
            1 if number > 14 => {
                let said = proto::Withdrawal { reason: "executed".into(), ..Default::default() };
                about(&mut cluster, alert, "alert.withdrawn", Body::AlertWithdrawn(said))
            }
            2 => {
                let said = proto::Flag { reason: NAME.into(), lifted: false };
                about(&mut cluster, alert, "alert.flagged", Body::AlertFlagged(said))
            }
            _ => {
                let hit = proto::Hit { version: 1, place: NAME.into(), ..Default::default() };
                about(&mut cluster, alert, "hit.reported", Body::HitReported(hit))
            }
        };
        events.push(event);
    }
    let sealed = (0..).zip(&events).map(|(number, event)| sealed(event, number)).collect();
    (cluster, sealed)
}

fn shown(views: &Views, alert: &str) -> Alert {
    views.alert(&alert.parse().unwrap(), None, 0).unwrap().unwrap()
}

fn projected(source: &Keyed, batch: usize) -> (tempfile::TempDir, Projector) {
    let dir = tempfile::tempdir().unwrap();
    let mut projector = Projector::open(dir.path(), registrar(), source).unwrap();
    while projector.project(source, batch).unwrap().applied > 0 {}
    (dir, projector)
}

fn digest(source: &Keyed) -> String {
    let (dir, _projector) = projected(source, 1_000);
    Views::open(dir.path()).unwrap().digest().unwrap()
}

#[test]
fn without_its_key_an_alert_tells_what_its_headers_tell() {
    let (_, events) = history(1);
    let all = Keyed::of(&events, ALERTS.map(key));
    let (dir, _projector) = projected(&all, 7);
    let views = Views::open(dir.path()).unwrap();
    let read = shown(&views, ALERTS[0]);
    assert!(read.content.is_some() && read.sealed.is_none());
    let none = Keyed::of(&events, []);
    let (dir, _projector) = projected(&none, 7);
    let views = Views::open(dir.path()).unwrap();
    let closed = shown(&views, ALERTS[0]);
    assert_eq!((closed.sealed, &closed.content), (Some(Sealed::Waiting), &None));
    assert_eq!(closed.status, read.status);
    assert_eq!(closed.hits.len(), read.hits.len());
    let clocks = |alert: &Alert| {
        let of = |hit: &giapranh_domain::alert::Hit| hit.due();
        alert.hits.values().map(of).collect::<Vec<_>>()
    };
    assert_eq!(clocks(&closed), clocks(&read), "clocks rest on the headers");
    assert_eq!((closed.expires, closed.zones), (read.expires, read.zones));
    assert_eq!(views.waiting_for_keys(None, 10).unwrap().len(), 3);
}

#[test]
fn a_key_that_comes_opens_what_was_sealed() {
    let (mut cluster, events) = history(2);
    let source = Keyed::of(&events, []);
    let (dir, mut projector) = projected(&source, 5);
    let views = Views::open(dir.path()).unwrap();
    let sealed = views.digest().unwrap();
    // The key alone changes nothing: that it came is a position of the log.
    source.give(&key(ALERTS[0]));
    assert_eq!(projector.project(&source, 5).unwrap().applied, 0);
    let mut later = source.clone();
    later.log.append(&held(&mut cluster, ALERTS[0]));
    assert_eq!(projector.project(&later, 5).unwrap().applied, 1);
    assert!(shown(&views, ALERTS[0]).content.is_some());
    assert!(shown(&views, ALERTS[1]).content.is_none());
    assert_ne!(views.digest().unwrap(), sealed);
    let rebuilt = rebuild(dir.path(), &registrar(), &later, &mut |_, _| {}).unwrap();
    assert_eq!(rebuilt.digest_before, Some(rebuilt.digest_after));
}

/// The law: a view from which an alert was purged is the fold of the log without that alert's payloads.
#[test]
fn purging_a_view_equals_folding_without_the_payload_and_a_rebuild_changes_nothing() {
    for seed in 0..40 {
        let (mut cluster, events) = history(seed);
        let gone = ALERTS[usize::try_from(seed % 3).unwrap()];
        let source = Keyed::of(&events, ALERTS.map(key));
        let batch = 1 + usize::try_from(seed % 9).unwrap();
        let (dir, mut projector) = projected(&source, batch);
        let views = Views::open(dir.path()).unwrap();
        assert!(shown(&views, gone).content.is_some());

        // The note first, then the key.
        let mut after = source.clone();
        let note = destroyed(&mut cluster, gone);
        after.log.append(&note);
        while projector.project(&after, batch).unwrap().applied > 0 {}
        let purged = views.digest().unwrap();
        let alert = shown(&views, gone);
        assert_eq!((alert.sealed, &alert.content), (Some(Sealed::Erased), &None), "seed {seed}");
        after.destroy(&key(gone));

        let others = ALERTS.into_iter().filter(|alert| *alert != gone).map(key);
        let all: Vec<Event> = events.iter().cloned().chain([note]).collect();
        assert_eq!(digest(&Keyed::of(&all, others)), purged, "seed {seed}: never had the key");
        assert_eq!(digest(&Keyed::of(&all, ALERTS.map(key))), purged, "seed {seed}: has it still");
        let rebuilt = rebuild(dir.path(), &registrar(), &after, &mut |_, _| {}).unwrap();
        assert_eq!(rebuilt.digest_before.as_deref(), Some(purged.as_str()), "seed {seed}");
        assert_eq!(rebuilt.digest_after, purged, "seed {seed}");
    }
}

/// Whether any file of the views holds it, in any spelling.
fn holds(dir: &std::path::Path, text: &str) -> bool {
    std::fs::read_dir(dir).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[test]
fn what_was_purged_is_gone_from_the_bytes_also_what_an_amendment_had_taken_back() {
    // Alone, and among so many that the index is left as it is.
    for others in [0, 30] {
        purge_what_was_amended(others);
    }
}

/// An alert among some hundreds of others that is to be erased, and was amended.
struct Amended {
    cluster: Cluster,
    source: Keyed,
    dir: tempfile::TempDir,
    projector: Projector,
}

impl Amended {
    /// Nothing is amended yet.
    fn new() -> Self {
        let (mut cluster, mut events) = Cluster::founded();
        // With other names, so that pages are full and the index has many parts.
        for number in 10..400 {
            let name = format!("Phạm Văn Thử {number}");
            let body = Body::AlertIssued(person(1, &name));
            events.push(about(&mut cluster, &other(number), "alert.issued", body));
        }
        let body = Body::AlertIssued(person(1, NAME));
        events.push(about(&mut cluster, ALERTS[0], "alert.issued", body));
        let source = Keyed::of(&events, []);
        let (dir, projector) = projected(&source, 50);
        Self { cluster, source, dir, projector }
    }

    fn amend(&mut self, alert: &str, version: u32, name: &str) {
        let body = Body::AlertAmended(person(version, name));
        self.source.log.append(&about(&mut self.cluster, alert, "alert.amended", body));
    }

    /// Amends the alert and so many others, in one pass.
    fn amend_with(&mut self, others: u32, version: u32, name: &str) {
        self.amend(ALERTS[0], version, name);
        for number in 10..10 + others {
            self.amend(&other(number), version, &format!("Phạm Văn Thử {version} {number}"));
        }
        self.project();
    }

    fn project(&mut self) {
        self.projector.project(&self.source, 50).unwrap();
    }

    fn file(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.dir.path().join("views-7.db")).unwrap()
    }

    /// Of how many alerts earlier words lie in the index.
    fn remains(&self) -> u32 {
        self.file().query_row("SELECT count(*) FROM word_remains", (), |row| row.get(0)).unwrap()
    }

    fn holds(&self, text: &str) -> bool {
        assert!(self.projector.truncate().unwrap());
        holds(self.dir.path(), text)
    }
}

fn other(number: u32) -> String {
    format!("hcm/2024/{number:06}")
}

#[test]
fn what_a_backlog_left_of_earlier_words_is_gone_once_it_was_tidied() {
    let mut scene = Amended::new();
    // The index keeps of a word what the one before it does not have: no other begins like these.
    scene.amend_with(30, 2, "Wuyn Ví Dụ");
    assert_eq!(scene.remains(), 31);
    assert!(scene.projector.tidy().unwrap(), "one part is not the end");
    // While that goes on there is another backlog.
    scene.amend_with(30, 3, "Zoay Ví Dụ");
    assert!(scene.holds("wuyn"), "one sees what is there");
    while scene.projector.tidy().unwrap() {}
    assert_eq!(scene.remains(), 0);
    assert!(!scene.holds("wuyn") && scene.holds("zoay"));
    assert!(!scene.projector.tidy().unwrap(), "there is nothing more to do");
}

#[test]
fn what_is_taken_back_in_the_middle_of_a_merge_is_gone_at_once() {
    for parts in [1, 2, 7, 12] {
        let mut scene = Amended::new();
        // So small that there are a thousand pages, and more than a dozen parts.
        scene
            .file()
            .execute("INSERT INTO alert_words (alert_words, rank) VALUES ('pgsz', 32)", ())
            .unwrap();
        scene.amend_with(30, 2, "Wuyn Ví Dụ");
        scene.amend_with(40, 3, "Zoay Ví Dụ");
        for part in 0..parts {
            assert!(scene.projector.tidy().unwrap(), "part {part}");
        }
        scene.amend_with(0, 4, "Yoan Ví Dụ");
        assert!(!scene.holds("zoay") && scene.holds("yoan"), "after {parts} parts");
        scene.source.log.append(&destroyed(&mut scene.cluster, ALERTS[0]));
        scene.project();
        for text in ["wuyn", "zoay", "yoan"] {
            assert!(!scene.holds(text), "{text} after {parts} parts");
        }
        let check = "INSERT INTO alert_words (alert_words, rank) VALUES ('integrity-check', 1)";
        scene.file().execute(check, ()).unwrap();
    }
}

/// Erases an alert that was amended in the same pass as so many others.
fn purge_what_was_amended(others: u32) {
    let gone = ALERTS[0];
    let mut scene = Amended::new();
    scene.amend_with(others, 2, LATER_NAME);
    assert_eq!(scene.remains(), if others == 0 { 0 } else { others + 1 });
    let Amended { mut cluster, mut source, dir, mut projector } = scene;
    let views = Views::open(dir.path()).unwrap();
    let words =
        |text: &str| AlertQuery { words: Some(text.into()), limit: 5, ..Default::default() };
    assert_eq!(views.alerts(&words("vi du sua"), 0).unwrap().rows.len(), 1);
    assert!(holds(dir.path(), LATER_NAME), "one sees what is there");

    source.log.append(&destroyed(&mut cluster, gone));
    projector.project(&source, 50).unwrap();
    assert!(projector.truncate().unwrap());
    for text in [NAME, LATER_NAME, "trịnh", "trinh", "khoá", "doan"] {
        assert!(!holds(dir.path(), text), "{text}");
    }
    assert!(views.alerts(&words("vi du sua"), 0).unwrap().rows.is_empty());
    assert_eq!(views.alerts(&words("pham van thu 77"), 0).unwrap().rows.len(), 1);
}
