//! Forks, as the events about them say.

use giapranh_domain::Body;
use giapranh_domain::wire::proto;
use giapranh_views::{ForkRow, rebuild};

use crate::cluster::{Cluster, Log, ZONE, cut, projected, registrar};

/// What is shown, and that a rebuild shows the same.
fn forks(log: &Log) -> Vec<ForkRow> {
    let dir = tempfile::tempdir().unwrap();
    let (projector, views) = projected(dir.path(), log, 3);
    let directory = projector.directory();
    let shown = views.forks(&directory).unwrap();
    let before = views.digest().unwrap();
    let rebuilt = rebuild(dir.path(), &registrar(), log, &mut |_, _| {}).unwrap();
    assert_eq!(rebuilt.digest_after, before);
    assert_eq!(views.forks(&directory).unwrap(), shown);
    shown
}

fn decided(cluster: &mut Cluster, origin: &str, epoch: u32) -> giapranh_record::event::Event {
    let (origin, reason) = (origin.into(), "Đã hỏi".into());
    let body = Body::ForkDecided(proto::ForkDecided { origin, epoch, reason });
    cluster.note("hcm", "fork.decided", body)
}

#[test]
fn one_fork_that_many_report_is_one() {
    let (mut cluster, events) = Cluster::founded();
    let mut log = Log::of(&events);
    assert_eq!(forks(&log), []);
    log.append(&cluster.fork("hcm", ZONE, "long-an", [1, 2]));
    log.append(&cluster.fork("long-an", ZONE, "long-an", [1, 2]));
    log.append(&cluster.fork("hcm", ZONE, "long-an", [1, 3]));
    let found = forks(&log);
    assert_eq!(found.len(), 2);
    let first = &found[0];
    let by: Vec<&str> = first.reports.iter().map(|report| report.unit.as_str()).collect();
    assert_eq!(by, ["hcm", "long-an"]);
    assert_eq!((first.origin.as_str(), first.epoch, first.seq, first.index), ("long-an", 1, 4, 3));
    assert_eq!((&first.first_hash, &first.second_hash), (&"01".repeat(32), &"02".repeat(32)));
    assert!(found.iter().all(ForkRow::is_open));
}

#[test]
fn what_is_said_without_authority_or_in_the_wrong_place_is_no_fork() {
    let (mut cluster, events) = Cluster::founded();
    let mut log = Log::of(&events);
    // No member of the zone, a zone where it does not lie, hashes that are no two, and no message.
    log.append(&cluster.fork("dong-nai", ZONE, "long-an", [1, 2]));
    log.append(&cluster.fork("hcm", "cluster", "long-an", [1, 2]));
    log.append(&cluster.fork("hcm", ZONE, "long-an", [2, 2]));
    log.append(&cluster.fork("hcm", ZONE, "long-an", [2, 1]));
    log.append(&cluster.fork("hcm", ZONE, "Long An", [1, 2]));
    let sketch = cluster.sketch("fork.found", Body::Unreadable);
    log.append(&cluster.publish("hcm", sketch));
    assert_eq!(forks(&log), []);
}

#[test]
fn a_decision_closes_what_was_known_before_it_and_nothing_later() {
    let (mut cluster, events) = Cluster::founded();
    let mut log = Log::of(&events);
    log.append(&decided(&mut cluster, "long-an", 1));
    log.append(&cluster.fork("hcm", ZONE, "long-an", [1, 2]));
    let open = |log: &Log| forks(log).iter().map(ForkRow::is_open).collect::<Vec<_>>();
    assert_eq!(open(&log), [true]);
    log.append(&decided(&mut cluster, "long-an", 2));
    log.append(&decided(&mut cluster, "hcm", 1));
    assert_eq!(open(&log), [true], "another epoch, another origin");
    log.append(&decided(&mut cluster, "long-an", 1));
    log.append(&cluster.fork("hcm", ZONE, "long-an", [1, 3]));
    assert_eq!(open(&log), [false, true]);
    let decision = forks(&log).remove(0).decided.unwrap();
    assert_eq!((decision.officer.as_str(), decision.reason.as_str()), ("cb-1", "Đã hỏi"));
}

#[test]
fn a_cut_that_leaves_the_fork_out_closes_it_for_everybody() {
    for (last, closed) in [(2, true), (3, false)] {
        let (mut cluster, events) = Cluster::founded();
        let mut log = Log::of(&events);
        log.append(&cluster.fork("hcm", ZONE, "long-an", [1, 2]));
        log.append(&cluster.decide(vec![cut("long-an", last, "revoked")]));
        let found = forks(&log);
        assert_eq!(found[0].cut.is_some(), closed, "{last}");
        assert_eq!(found[0].is_open(), !closed);
    }
}
