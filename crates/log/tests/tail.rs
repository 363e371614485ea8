//! The own tail while the node runs: what peers hold of this node's own events stops it from signing
//! until it has them again, and nothing else does.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bytes::Bytes;
use common::{
    BORDER, CLUSTER, Unit, append, arrival, event_id, give, header, publish, publish_all,
};
use giapranh_log::{Claim, Lack, Log, LogError, Mark, Outcome, Tail, begin_epoch};
use giapranh_record::event::Event;
use giapranh_record::{Hash, Signer as _, SigningKey};

/// A unit that lost all but the first `kept` of the events that it published, marker and all; and
/// all of the events.
async fn rolled_back(kept: usize, zones: Vec<Vec<&str>>) -> (Unit, Vec<Bytes>) {
    let unit = Unit::new("hcm", &[BORDER]);
    publish_all(&unit, zones[..kept].to_vec()).await;
    let old = std::fs::read(unit.path()).unwrap();
    let events = publish_all(&unit, zones[kept..].to_vec()).await;
    std::fs::write(unit.path(), old).unwrap();
    (unit, events)
}

fn leaf(bytes: &Bytes) -> Hash {
    Event::parse(bytes.clone()).unwrap().leaf()
}

fn claim(seq: u64, hash: Hash) -> Claim {
    Claim { epoch: 1, zone: BORDER.to_owned(), seq, hash, said_by: "long-an".to_owned() }
}

fn behind(log: &Log) -> Vec<Lack> {
    match log.tail().borrow().clone() {
        Tail::Behind { lacks, .. } => lacks,
        other => panic!("{other:?}"),
    }
}

fn lack(zone: &str, from_seq: u64, until_seq: u64) -> Lack {
    Lack { epoch: 1, zone: zone.to_owned(), from_seq, until_seq }
}

#[track_caller]
fn assert_forked(log: &Log) {
    let tail = log.tail().borrow().clone();
    assert!(matches!(tail, Tail::Forked { .. }), "{tail:?}");
}

async fn assert_refuses(log: &Log) {
    for zones in [[BORDER], ["local"]] {
        let refused = append(log, &zones).await;
        assert!(matches!(refused, Err(LogError::OwnTail(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn what_a_peer_holds_beyond_the_log_stops_signing_until_it_is_here() {
    let (unit, events) = rolled_back(1, vec![vec![BORDER]; 4]).await;
    let other = Unit::new("long-an", &[]);
    unit.ring.enrol(&other);
    let arriving = publish(&other, 1, &[BORDER]).await;
    let log = unit.open();
    assert_eq!(log.refusal(), None, "cut off, nobody has seen what it might have lost");

    log.own_heads_elsewhere(vec![claim(4, leaf(&events[3]))]).await.unwrap();

    assert_eq!(behind(&log), [lack(BORDER, 2, 4)]);
    assert_refuses(&log).await;
    let reason = log.refusal().unwrap();
    assert!(reason.contains("long-an holds seq 4") && reason.contains("lost its tail"), "{reason}");
    // What others said is taken all the same, without a receipt.
    assert!(matches!(give(&log, &arriving[0], BORDER).await, Outcome::Appended(_)));
    let run = events[1..].iter().map(|bytes| arrival(bytes, BORDER)).collect();
    log.arrive(run).await.unwrap();
    assert_eq!(*log.tail().borrow(), Tail::Whole);
    let (stored, findings) = (unit.reader().head().unwrap(), unit.assert_sound());
    assert_eq!(findings.receipted, Some(stored - 1), "what came meanwhile is attested");
    append(&log, &[BORDER]).await.unwrap();
    let last = header(unit.events().last().unwrap());
    assert_eq!((last.index, last.links[0].seq), (4, 5));
    unit.assert_sound();
}

#[tokio::test]
async fn a_restart_in_the_middle_of_a_recovery_signs_nothing() {
    let (unit, events) = rolled_back(1, vec![vec![BORDER]; 4]).await;
    let log = unit.open();
    log.own_heads_elsewhere(vec![claim(4, leaf(&events[3]))]).await.unwrap();
    give(&log, &events[1], BORDER).await;
    log.close().await;

    let log = unit.open();

    assert_eq!(behind(&log), [lack(BORDER, 3, 4)]);
    assert_refuses(&log).await;
    give(&log, &events[2], BORDER).await;
    give(&log, &events[3], BORDER).await;
    assert_eq!(*log.tail().borrow(), Tail::Whole);
    log.close().await;
    assert_eq!(unit.open().refusal(), None);
}

#[tokio::test]
async fn a_marker_ahead_is_reached_by_what_arrives_without_a_restart() {
    let (unit, events) = rolled_back(1, vec![vec![BORDER]; 3]).await;
    let mark = Mark { epoch: 1, index: 2, leaf: leaf(&events[2]) };
    unit.marker().advance(mark).unwrap();
    let log = unit.open();
    assert_eq!(behind(&log), [], "the marker knows no zones");
    assert_refuses(&log).await;

    give(&log, &events[1], BORDER).await;
    assert_refuses(&log).await;
    give(&log, &events[2], BORDER).await;

    append(&log, &[BORDER]).await.unwrap();
    assert_eq!(header(unit.events().last().unwrap()).index, 3);
    unit.assert_sound();
}

#[tokio::test]
async fn what_agrees_with_the_log_is_no_claim() {
    let unit = Unit::new("hcm", &[BORDER]);
    let events = publish(&unit, 3, &[BORDER]).await;
    let log = unit.open();
    let local = Claim { zone: "local".to_owned(), ..claim(9, Hash::ZERO) };
    let ended = Claim { epoch: 0, ..claim(9, Hash::ZERO) };
    let agree = [1, 2, 3].map(|seq| claim(seq, leaf(&events[usize::try_from(seq).unwrap() - 1])));
    let claims = agree.into_iter().chain([local, ended]).collect();

    log.own_heads_elsewhere(claims).await.unwrap();

    assert_eq!(*log.tail().borrow(), Tail::Whole);
    append(&log, &[BORDER]).await.unwrap();
}

#[tokio::test]
async fn a_bare_word_of_another_content_at_a_seq_that_is_here_stops_nothing() {
    let unit = Unit::new("hcm", &[BORDER]);
    publish(&unit, 3, &[BORDER]).await;
    let log = unit.open();

    log.own_heads_elsewhere(vec![claim(2, Hash::of(&[b"another"]))]).await.unwrap();

    append(&log, &[BORDER]).await.unwrap();
    log.close().await;
    append(&unit.open(), &[BORDER]).await.unwrap();
}

#[tokio::test]
async fn a_claim_that_nobody_shows_is_disregarded() {
    let unit = Unit::new("hcm", &[BORDER]);
    publish(&unit, 3, &[BORDER]).await;
    let log = unit.open();
    log.own_heads_elsewhere(vec![claim(7, Hash::of(&[b"beyond"]))]).await.unwrap();
    assert_refuses(&log).await;

    // That somebody else could not show his own says nothing of this one.
    log.disregard("dong-nai".to_owned()).await.unwrap();
    assert_refuses(&log).await;
    log.disregard("long-an".to_owned()).await.unwrap();

    append(&log, &[BORDER]).await.unwrap();
}

#[tokio::test]
async fn evidence_against_itself_stops_a_node_until_the_fork_is_decided() {
    let unit = Unit::new("hcm", &[BORDER]);
    let events = publish(&unit, 3, &[BORDER]).await;
    let log = unit.open();
    let clone = unit.forge(&events[2], |header| header.event_id = event_id());
    log.own_heads_elsewhere(vec![claim(3, leaf(&clone))]).await.unwrap();

    assert_eq!(give(&log, &clone, BORDER).await, Outcome::Quarantined("fork"));

    assert_forked(&log);
    assert_refuses(&log).await;
    // It is proven: nobody's silence undoes it.
    log.disregard("long-an".to_owned()).await.unwrap();
    assert_forked(&log);
    log.own_heads_elsewhere(vec![claim(3, leaf(&clone))]).await.unwrap();
    log.close().await;
    let log = unit.open();
    assert_forked(&log);
    assert_eq!(log.submit(|batch| batch.release_fork("hcm", 1)).await.unwrap(), 1);
    assert_eq!(*log.tail().borrow(), Tail::Whole);
    append(&log, &[BORDER]).await.unwrap();
    unit.assert_sound();
}

/// The newer of two lost events comes first, by a zone of its own: as long as the other one is
/// missing its index would be given away again.
#[tokio::test]
async fn an_index_that_is_missing_stops_signing() {
    let zones = vec![vec![BORDER], vec![BORDER], vec![CLUSTER]];
    let (unit, events) = rolled_back(1, zones).await;
    let log = unit.open();

    // The node is not entitled to that zone any more, and its own events keep their link to it.
    assert!(matches!(give(&log, &events[2], CLUSTER).await, Outcome::Appended(_)));

    assert_eq!(behind(&log), []);
    assert_refuses(&log).await;
    log.close().await;
    let log = unit.open();
    assert_refuses(&log).await;
    give(&log, &events[1], BORDER).await;
    append(&log, &[BORDER, CLUSTER]).await.unwrap();
    let last = header(unit.events().last().unwrap());
    let seqs: Vec<(&str, u64)> =
        last.links.iter().map(|link| (link.zone.as_str(), link.seq)).collect();
    assert_eq!((last.index, seqs), (3, vec![(CLUSTER, 2), (BORDER, 3)]));
    unit.assert_sound();
}

#[tokio::test]
async fn what_was_never_published_can_not_come_back_and_stops_nothing() {
    let unit = Unit::new("hcm", &[BORDER]);
    let events = publish(&unit, 1, &[BORDER]).await;
    let old = std::fs::read(unit.path()).unwrap();
    publish(&unit, 2, &["local"]).await;
    std::fs::write(unit.path(), old).unwrap();
    unit.marker().advance(Mark { epoch: 1, index: 0, leaf: leaf(&events[0]) }).unwrap();

    let log = unit.open();

    assert_eq!(log.refusal(), None);
    append(&log, &["local"]).await.unwrap();
    unit.assert_sound();
}

#[tokio::test]
async fn a_new_epoch_owes_nothing_of_the_one_before_it() {
    let (unit, events) = rolled_back(1, vec![vec![BORDER]; 3]).await;
    unit.marker().advance(Mark { epoch: 1, index: 2, leaf: leaf(&events[2]) }).unwrap();
    let log = unit.open();
    log.own_heads_elsewhere(vec![claim(3, leaf(&events[2]))]).await.unwrap();
    assert_refuses(&log).await;
    log.close().await;

    let key = SigningKey::from_seed(&[9; 32]);
    assert_eq!(begin_epoch(unit.dir.path(), &key.public_key()).unwrap(), 2);
    let log = unit.open_epoch(2, key);

    assert_eq!(*log.tail().borrow(), Tail::Whole);
    append(&log, &[BORDER]).await.unwrap();
    // What surfaces of the old one is taken as anybody's.
    assert!(matches!(give(&log, &events[1], BORDER).await, Outcome::Appended(_)));
    assert_eq!(*log.tail().borrow(), Tail::Whole);
}

#[tokio::test]
async fn an_epoch_that_was_begun_elsewhere_stops_the_log_of_the_old_one() {
    let unit = Unit::new("hcm", &[BORDER]);
    publish(&unit, 1, &[BORDER]).await;
    let log = unit.open();

    let later = Claim { epoch: 2, ..claim(1, Hash::of(&[b"of epoch 2"])) };
    log.own_heads_elsewhere(vec![later]).await.unwrap();

    assert_eq!(behind(&log), [Lack { epoch: 2, ..lack(BORDER, 1, 1) }]);
    assert_refuses(&log).await;
}

#[tokio::test]
async fn a_confirmation_does_not_pass_over_what_is_known_to_be_missing() {
    let (unit, events) = rolled_back(1, vec![vec![BORDER]; 2]).await;
    std::fs::remove_file(unit.dir.path().join(giapranh_log::MARKER_FILE)).unwrap();
    let log = unit.open();
    assert!(matches!(*log.tail().borrow(), Tail::Unknown { .. }));
    log.own_heads_elsewhere(vec![claim(2, leaf(&events[1]))]).await.unwrap();

    assert!(matches!(log.tail_confirmed().await.unwrap(), Tail::Behind { .. }));
    assert_refuses(&log).await;
    give(&log, &events[1], BORDER).await;
    assert!(matches!(*log.tail().borrow(), Tail::Unknown { .. }), "others may know more");
    assert_refuses(&log).await;
    assert_eq!(log.tail_confirmed().await.unwrap(), Tail::Whole);
    assert_eq!(unit.marker().mark().unwrap().index, 1);
    append(&log, &[BORDER]).await.unwrap();
}
