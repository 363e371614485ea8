//! One thing at a time: what the projector shows, and when it starts afresh.

use std::fs;

use giapranh_domain::wire::proto;
use giapranh_domain::{Body, Status};
use giapranh_record::event::Event;
use giapranh_views::{Entry, Projector, Views, ViewsError, rebuild};
use tempfile::TempDir;

use crate::cluster::{
    ALERT, Cluster, Log, Sketch, ZONE, allow, cut, follow, projected, register, registrar, version,
};

fn shown(views: &Views, event: &Event) -> Entry {
    let id = event.header().event_id;
    views.entries(0, 500, None, 0).unwrap().into_iter().find(|entry| entry.event_id == id).unwrap()
}

fn status(views: &Views) -> Status {
    views.alert(&ALERT.parse().unwrap(), None, 0).unwrap().unwrap().status
}

#[test]
fn a_directory_that_arrives_last_judges_what_waited() {
    let (mut cluster, founding) = Cluster::founded();
    let issued = cluster.issue(ALERT, "Truy nã");
    let dir = TempDir::new().unwrap();
    let mut log = Log::of([&issued]);
    let (mut projector, views) = projected(dir.path(), &log, 10);
    assert_eq!(shown(&views, &issued).verdict, "waiting");
    assert_eq!(status(&views), Status::Awaited);

    for event in &founding {
        log.append(event);
    }
    let progress = projector.project(&log, 10).unwrap();
    assert!(progress.directory_changed && progress.position == progress.head);
    assert_eq!(projector.directory().head(), 2);
    assert_eq!(shown(&views, &issued).verdict, "valid");
    assert_eq!(status(&views), Status::Active);
    assert!(!projector.project(&log, 10).unwrap().directory_changed);
}

#[test]
fn a_withdrawn_alert_stays_withdrawn() {
    let (mut cluster, founding) = Cluster::founded();
    let events = [cluster.issue(ALERT, "Truy nã"), cluster.withdraw(), cluster.amend("Lại")];
    let dir = TempDir::new().unwrap();
    let (_projector, views) = projected(dir.path(), &Log::of(founding.iter().chain(&events)), 1);
    assert_eq!(status(&views), Status::Withdrawn);
    assert_eq!(shown(&views, &events[2]).headline.as_deref(), Some("Truy nã"));
}

#[test]
fn what_is_disowned_is_shown_without_effect() {
    let (mut cluster, mut events) = Cluster::founded();
    let zone = || vec![ZONE.to_owned()];
    let sketch = cluster.sketch("alert.issued", Body::Unreadable);
    let stranger = cluster.publish("long-an", Sketch { zones: zone(), ..sketch });
    events.push(stranger.clone());
    let dir = TempDir::new().unwrap();
    let (_projector, views) = projected(dir.path(), &Log::of(&events), 1);
    let entry = shown(&views, &stranger);
    assert_eq!((&*entry.verdict, entry.why.as_deref()), ("disowned", Some("not-issuer")));
    assert_eq!((&*entry.unit, entry.zones, entry.headline), ("long-an", zone(), None));
    assert_eq!(status(&views), Status::Awaited);
}

#[test]
fn a_cut_reaches_back_and_a_new_rule_does_not() {
    let (mut cluster, founding) = Cluster::founded();
    let (issued, hit) = (cluster.issue(ALERT, "Truy nã"), cluster.hit("long-an"));
    let note = cluster.sketch("note.added", Body::Unreadable);
    let loose = cluster.publish("long-an", Sketch { alert: None, ..note });
    let dir = TempDir::new().unwrap();
    let mut log = Log::of(founding.iter().chain([&issued, &hit, &loose]));
    let (mut projector, views) = projected(dir.path(), &log, 10);
    assert_eq!(views.counters(0).unwrap().hits, 1);

    log.append(&cluster.decide(vec![cut("long-an", 0, "revoked")]));
    follow(&mut projector, &log, 10);
    assert_eq!(shown(&views, &hit).verdict, "valid");
    let late = shown(&views, &loose);
    assert_eq!((&*late.verdict, late.why.as_deref()), ("disowned", Some("beyond-cut")));

    log.append(&cluster.decide(vec![allow("province", "wanted-person", true)]));
    follow(&mut projector, &log, 10);
    assert_eq!(shown(&views, &issued).verdict, "valid");
    assert_eq!(status(&views), Status::Active);
}

/// Who stands under whom is a question as of a head, like every other.
#[test]
fn an_answer_is_judged_by_the_parents_of_its_time() {
    let (mut cluster, founding) = Cluster::founded();
    let alert = Some("hcm_binh-chanh/2024/000001".to_owned());
    let hit = cluster.hit("long-an");
    let answer = |cluster: &mut Cluster| {
        let sketch = cluster.sketch("hit.answered", Body::HitAnswered(proto::Answer::default()));
        let causes = vec![hit.header().event_id];
        cluster.publish("hcm", Sketch { alert: alert.clone(), causes, ..sketch })
    };
    let early = answer(&mut cluster);
    let dir = TempDir::new().unwrap();
    let mut log = Log::of(founding.iter().chain([&hit, &early]));
    let (mut projector, views) = projected(dir.path(), &log, 10);
    assert_eq!(shown(&views, &early).why.as_deref(), Some("not-answerable"));
    log.append(&cluster.decide(vec![register("hcm_binh-chanh", "hcm", "district")]));
    let later = answer(&mut cluster);
    log.append(&later);
    follow(&mut projector, &log, 10);
    assert_eq!(shown(&views, &early).why.as_deref(), Some("not-answerable"));
    assert_eq!(shown(&views, &later).verdict, "valid");
}

#[test]
fn a_hit_before_its_alert_is_awaited_and_then_there() {
    let (mut cluster, founding) = Cluster::founded();
    let (issued, hit) = (cluster.issue(ALERT, "Truy nã"), cluster.hit("long-an"));
    let dir = TempDir::new().unwrap();
    let mut log = Log::of(founding.iter().chain([&hit]));
    let (mut projector, views) = projected(dir.path(), &log, 10);
    assert_eq!(status(&views), Status::Awaited);
    assert_eq!(views.counters(0).unwrap().hits_unanswered, 1);
    log.append(&issued);
    follow(&mut projector, &log, 10);
    let alert = views.alert(&ALERT.parse().unwrap(), None, 0).unwrap().unwrap();
    assert_eq!((alert.status, alert.hits.len()), (Status::Active, 1));
    assert_eq!(shown(&views, &hit).headline.as_deref(), Some("Truy nã"));
}

#[test]
fn what_nobody_understands_is_kept_and_what_is_local_is_not_shown() {
    let (mut cluster, mut events) = Cluster::founded();
    let unknown = cluster.sketch("photo.attached", Body::Unreadable);
    let unknown = cluster.publish("hcm", unknown);
    let unreadable = cluster.sketch("hit.reported", Body::Unreadable);
    let alert = Some("hcm/24/1".to_owned());
    let unreadable = cluster.publish("hcm", Sketch { alert, ..unreadable });
    let local = cluster.sketch("receipt.noted", Body::Unreadable);
    let local = cluster.publish("hcm", Sketch { zones: vec!["local".into()], ..local });
    events.extend([unknown.clone(), unreadable.clone(), local]);
    let dir = TempDir::new().unwrap();
    let log = Log::of(&events);
    let (projector, views) = projected(dir.path(), &log, 10);
    assert_eq!(shown(&views, &unknown).verdict, "valid");
    let entry = shown(&views, &unreadable);
    assert_eq!((&*entry.verdict, entry.alert.as_deref()), ("unreadable", Some("hcm/24/1")));
    assert_eq!(views.counters(0).unwrap().events, 4);
    assert_eq!(projector.position(), log.0[4].position);
}

/// Projects a log, spoils something, opens again: is everything projected anew?
fn starts_afresh(spoil: impl FnOnce(&TempDir, &mut Log)) -> bool {
    let (mut cluster, mut events) = Cluster::founded();
    events.extend([cluster.issue(ALERT, "Truy nã"), cluster.hit("long-an")]);
    let local = cluster.sketch("receipt.noted", Body::Unreadable);
    events.push(cluster.publish("hcm", Sketch { zones: vec!["local".into()], ..local }));
    let dir = TempDir::new().unwrap();
    let mut log = Log::of(&events);
    let (projector, views) = projected(dir.path(), &log, 10);
    drop((projector, views));
    spoil(&dir, &mut log);
    let mut projector = Projector::open(dir.path(), registrar(), &log).unwrap();
    let fresh = projector.position() == 0;
    follow(&mut projector, &log, 10);
    assert_eq!(
        Views::open(dir.path()).unwrap().position().unwrap(),
        log.0.last().unwrap().position
    );
    fresh
}

#[test]
fn views_that_do_not_belong_to_the_log_start_afresh() {
    let file = |dir: &TempDir| dir.path().join("views-7.db");
    assert!(!starts_afresh(|_, _| {}), "what is whole goes on");
    assert!(starts_afresh(|_, log| log.0.truncate(2)), "ahead of the log");
    assert!(starts_afresh(|_, log| log.0.truncate(4)), "ahead by what is not shown");
    let swap = |log: &mut Log| {
        let (earlier, last) = log.0.split_at_mut(3);
        std::mem::swap(&mut earlier[2].event, &mut last[0].event);
    };
    assert!(starts_afresh(|_, log| swap(log)), "of another log");
    assert!(starts_afresh(|dir, _| fs::write(file(dir), b"no database").unwrap()), "overwritten");
    assert!(starts_afresh(|dir, _| fs::write(file(dir), b"").unwrap()), "emptied");
    assert!(starts_afresh(|dir, _| fs::remove_file(file(dir)).unwrap()), "deleted");
    let statements = [
        "PRAGMA user_version = 9",
        "UPDATE meta SET registrar = 'long-an'",
        "DELETE FROM meta",
        "DROP TABLE meta",
    ];
    for statement in statements {
        let change = |dir: &TempDir| {
            rusqlite::Connection::open(file(dir)).unwrap().execute_batch(statement).unwrap();
        };
        assert!(starts_afresh(|dir, _| change(dir)), "{statement}");
    }
}

#[test]
fn a_broken_page_that_is_not_read_at_first_is_found() {
    let broken = starts_afresh(|dir, _| {
        let path = dir.path().join("views-7.db");
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.pragma_update(None, "journal_mode", "delete").unwrap();
        let page = "SELECT rootpage - 1 FROM sqlite_schema WHERE name = 'alerts_by_change'";
        let page: usize = connection.query_row(page, (), |row| row.get(0)).unwrap();
        drop(connection);
        let mut bytes = fs::read(&path).unwrap();
        bytes[page * 4096..][..4096].fill(0xff);
        fs::write(&path, bytes).unwrap();
    });
    assert!(broken);
}

#[test]
fn a_verdict_that_a_later_event_turns_back_is_shown_so() {
    const LOST: &str = "long-an/2024/000001";
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.issue(ALERT, "Truy nã"));
    events.push(cluster.hit("long-an"));
    events.push(cluster.issue(LOST, "Tin bị mất"));
    events.push(cluster.decide(vec![cut("long-an", 0, "new-epoch")]));
    let body = Body::AlertIssued(version(1, "Số được cấp lại", &[ZONE]));
    let again =
        Sketch { epoch: 2, alert: Some(LOST.into()), ..cluster.sketch("alert.issued", body) };
    let again = cluster.publish("long-an", again);
    let adopted = proto::EventsAdopted { reason: "ví dụ".into() };
    let adoption = Sketch {
        epoch: 2,
        alert: Some(LOST.into()),
        causes: vec![events[4].header().event_id],
        ..cluster.sketch("events.adopted", Body::EventsAdopted(adopted))
    };
    events.push(cluster.publish("long-an", adoption));
    let dir = TempDir::new().unwrap();
    let mut log = Log::of(&events);
    let (mut projector, views) = projected(dir.path(), &log, 1);
    let lost = |views: &Views| {
        let entries = views.entries(0, 50, None, 0).unwrap();
        entries.into_iter().find(|entry| entry.event_id == events[4].header().event_id).unwrap()
    };
    assert_eq!(lost(&views).verdict, "valid", "adopted");
    log.append(&again);
    follow(&mut projector, &log, 1);
    assert_eq!(lost(&views).verdict, "late", "its number is another alert's now");
    let before = views.digest().unwrap();
    let rebuilt = rebuild(dir.path(), &registrar(), &log, &mut |_, _| {}).unwrap();
    assert_eq!(rebuilt.digest_after, before);
}

#[test]
fn a_batch_that_fails_leaves_nothing() {
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.issue(ALERT, "Truy nã"));
    let dir = TempDir::new().unwrap();
    let mut log = Log::of(&events);
    let (mut projector, views) = projected(dir.path(), &log, 10);
    let (before, position) = (views.digest().unwrap(), projector.position());
    log.append(&cluster.hit("long-an"));
    // The log gives an event twice, which it must never do.
    let twice = log.0[2].event.clone();
    log.append(&twice);
    assert!(matches!(projector.project(&log, 10), Err(ViewsError::Database(_))));
    assert_eq!((views.digest().unwrap(), projector.position()), (before, position));
    log.0.pop();
    assert_eq!(projector.project(&log, 10).unwrap().applied, 1);
}
