//! What the writer knows after a transaction was undone is what it would read from the file.

use std::collections::BTreeMap;
use std::sync::Mutex;

use giapranh_record::{
    Draft, Facts, Hash, KeyId, Keyring, Payload, PublicKey, Signer as _, SigningKey,
};

use super::*;
use crate::store::FeedKey;
use crate::{Arrival, Clock, Entitlement, Outcome, create};

struct Ring(Mutex<BTreeMap<KeyId, (PublicKey, String)>>);

impl Keyring for Ring {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.0.lock().unwrap().get(id).cloned()
    }
}

struct Everything;

impl Entitlement for Everything {
    fn includes(&self, _: &str) -> bool {
        true
    }

    fn directory_head(&self) -> u64 {
        u64::MAX
    }
}

impl Clock for Everything {
    fn now_ms(&self) -> u64 {
        1_700_000_000_000
    }
}

fn key(unit: &str) -> SigningKey {
    SigningKey::from_seed(&Hash::of(&[unit.as_bytes()]).0)
}

fn identity(unit: &str) -> Identity {
    let (public_key, anchor) = (key(unit).public_key(), key("registrar").public_key());
    Identity { unit: unit.into(), epoch: 1, public_key, registrar: "registrar".into(), anchor }
}

/// A log of its own directory, which knows the keys of the two units of these tests.
fn open(dir: &Path, unit: &str) -> Log {
    if !dir.join(LOG_FILE).exists() {
        create(dir, &identity(unit)).unwrap();
    }
    let entry = |unit: &str| (key(unit).public_key().id(), (key(unit).public_key(), unit.into()));
    let ring = Ring(Mutex::new([entry("hcm"), entry("long-an")].into()));
    let open = Open {
        signer: Arc::new(key(unit)),
        keyring: Arc::new(ring),
        entitlement: Arc::new(Everything),
        clock: Arc::new(Everything),
    };
    Log::open(dir, &identity(unit), open).unwrap()
}

fn draft(number: u128, bytes: usize) -> Draft {
    Draft {
        event_id: uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000 << 48 | number),
        kind: "figures.reported".into(),
        acting_unit: "hcm".into(),
        directory_seq: 0,
        alert: None,
        drafted_by: None,
        approved_by: None,
        causes: Vec::new(),
        facts: Facts::default(),
        erase_by_ms: None,
        zones: vec!["hcm-long-an".into()],
        payload: Payload::Plain(vec![7; bytes].into()),
    }
}

async fn append(log: &Log, number: u128, bytes: usize) -> Result<u64, LogError> {
    log.submit(move |batch| Ok(batch.append(draft(number, bytes))?.position)).await
}

/// What a peer published.
async fn arrivals(count: u128) -> Vec<Arrival> {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), "long-an");
    for number in 0..count {
        append(&log, 1_000 + number, 10).await.unwrap();
    }
    let stored = Reader::open(&dir.path().join(LOG_FILE)).unwrap().after(0, 100).unwrap();
    let arrival = |bytes: &bytes::Bytes| Arrival {
        subject: "giapranh.v1.feed.hcm-long-an.long-an.long-an".into(),
        named: Some(("hcm-long-an".into(), "long-an".into())),
        bytes: bytes.clone(),
    };
    stored.iter().map(|one| arrival(one.event.bytes())).collect()
}

/// The disk holds no more pages than it does now, and `more`.
async fn fill_disk(log: &Log, more: u64) {
    let limit = move |batch: &mut Batch<'_>| {
        let connection = &batch.store.connection;
        let pages: u64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
        let set = |row: &rusqlite::Row<'_>| row.get::<_, u64>(0);
        connection.pragma_update_and_check(None, "max_page_count", pages + more, set)?;
        Ok(())
    };
    log.submit(limit).await.unwrap();
}

async fn free_disk(log: &Log) {
    fill_disk(log, 1 << 20).await;
}

/// All that the writer knows, in an order.
fn known(store: &Store, own: &Own) -> String {
    let feeds: BTreeMap<FeedKey, String> = store.feeds_known();
    let held = (store.any_held, &store.due, &store.forked, store.any_arrived);
    let numbers = (store.next_position, store.newest_ms, store.published_known());
    format!("{feeds:?} {numbers:?} {held:?} {own:?}")
}

/// Compares what the writer of an open log knows with what it would read.
async fn assert_knows_the_file(log: &Log, dir: &Path) {
    let now = log.submit(|batch| Ok(known(batch.store, batch.own))).await.unwrap();
    let connection = Connection::open(dir.join(LOG_FILE)).unwrap();
    let fresh = Memory::load(connection, dir, &identity("hcm")).unwrap();
    assert_eq!(now, known(&fresh.store, &fresh.own));
}

#[tokio::test]
async fn a_full_disk_undoes_the_transaction_and_the_log_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let arriving = arrivals(3).await;
    let log = open(dir.path(), "hcm");
    append(&log, 1, 10).await.unwrap();
    log.arrive(arriving[..1].to_vec()).await.unwrap();
    let before = *log.head().borrow();
    fill_disk(&log, 4).await;

    // One transaction with all of these: what would have had room is undone with what had not.
    let act = log.submit(move |batch| {
        batch.append(draft(2, 10))?;
        for number in 3..20 {
            batch.append(draft(number, 10_000))?;
        }
        Ok(())
    });
    assert!(matches!(act.await, Err(LogError::Full)));

    assert_eq!((*log.head().borrow(), *log.full().borrow()), (before, true));
    assert_knows_the_file(&log, dir.path()).await;
    // What needs little room goes on meanwhile; what needs more is refused again and again.
    for number in 30..33 {
        assert!(matches!(append(&log, number, 200_000).await, Err(LogError::Full)));
    }
    free_disk(&log).await;
    assert_eq!(append(&log, 2, 10).await.unwrap(), before + 1);
    assert!(!*log.full().borrow());
    let outcomes = log.arrive(arriving).await.unwrap();
    assert!(matches!(
        outcomes[..],
        [Outcome::Duplicate, Outcome::Appended(_), Outcome::Appended(_)]
    ));
    assert_knows_the_file(&log, dir.path()).await;
    let reader = Reader::open(&dir.path().join(LOG_FILE)).unwrap();
    let own = reader.published("hcm", 1, 0, 100).unwrap();
    let indices: Vec<u64> = own.iter().map(|one| one.event.header().index).collect();
    assert_eq!(indices, [0, 1], "no number was skipped, none given twice");
}

#[tokio::test]
async fn a_full_disk_answers_everybody_of_the_transaction_and_keeps_what_was_not_begun() {
    let dir = tempfile::tempdir().unwrap();
    let arriving = arrivals(2).await;
    let log = open(dir.path(), "hcm");
    append(&log, 1, 10).await.unwrap();
    fill_disk(&log, 4).await;
    // Until all of them wait.
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let (signal, begun) = tokio::sync::oneshot::channel();
    let blocking = log.clone();
    let blocked = tokio::spawn(async move {
        let block = move |_: &mut Batch<'_>| {
            let _ = (signal.send(()), wait.recv());
            Ok(())
        };
        blocking.submit(block).await
    });
    begun.await.unwrap();
    // It does not wait for the end of the transaction to write.
    let large = log.submit(|batch| {
        batch.append(draft(3, 200_000))?;
        batch.release_fork("nobody", 1)
    });
    let (small, behind) = (append(&log, 2, 10), append(&log, 4, 10));
    let release = async move { go.send(()).unwrap() };
    let (small, large, behind, (), arrived) =
        tokio::join!(small, large, behind, release, log.arrive(arriving));
    blocked.await.unwrap().unwrap();
    // The two were in one transaction; the others were tried after it.
    assert!(matches!(small, Err(LogError::Full)), "{small:?}");
    assert!(matches!(large, Err(LogError::Full)), "{large:?}");
    assert_eq!(behind.unwrap(), 2);
    assert!(arrived.unwrap().iter().all(|one| matches!(one, Outcome::Appended(_))));
    assert_knows_the_file(&log, dir.path()).await;
}

/// What waits for the directory is not forgotten with the transaction in which it was to come in.
#[tokio::test]
async fn a_changed_directory_is_heard_again_when_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    let mut arriving = arrivals(2).await;
    let second = arriving.pop().unwrap();
    let log = open(dir.path(), "hcm");
    assert_eq!(log.arrive(vec![second]).await.unwrap(), [Outcome::Held("gap")]);
    // As if it had waited for a key that is here by now.
    let to_key = "UPDATE held SET reason = 'unknown-key'; DELETE FROM awaited";
    log.submit(move |batch| Ok(batch.store.connection.execute_batch(to_key)?)).await.unwrap();
    log.arrive(arriving).await.unwrap();
    fill_disk(&log, 0).await;
    let (changed, refused) = tokio::join!(log.directory_changed(), append(&log, 9, 200_000));
    changed.unwrap();
    assert!(matches!(refused, Err(LogError::Full)), "{refused:?}");

    free_disk(&log).await;
    append(&log, 10, 10).await.unwrap();

    let counts = Reader::open(&dir.path().join(LOG_FILE)).unwrap().counts().unwrap();
    assert_eq!(counts.held, BTreeMap::new());
}
