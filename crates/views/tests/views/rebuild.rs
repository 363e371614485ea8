//! The exchange of the file while it is read, and what a cut-off rebuild leaves.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use giapranh_views::{Projector, Source as _, Views, ViewsError, rebuild};
use tempfile::TempDir;

use crate::cluster::{ALERT, Cluster, Log, follow, projected, registrar};

fn files(dir: &TempDir) -> Vec<String> {
    let names = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn readers_and_the_projector_go_on_with_the_new_file() {
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.issue(ALERT, "Truy nã"));
    let dir = TempDir::new().unwrap();
    let mut log = Log::of(&events);
    let (mut projector, views) = projected(dir.path(), &log, 10);
    let (before, mut heard) = (views.digest().unwrap(), vec![]);
    let rebuilt =
        rebuild(dir.path(), &registrar(), &log, &mut |done, of| heard.push((done, of))).unwrap();
    assert_eq!(files(&dir), ["views-7.db"], "no side file belongs to the new one");
    assert_eq!((rebuilt.events, rebuilt.position), (3, log.head().unwrap()));
    assert_eq!((rebuilt.digest_before, &rebuilt.digest_after), (Some(before.clone()), &before));
    assert_eq!(heard, [(0, rebuilt.position), (rebuilt.position, rebuilt.position)]);
    assert_eq!(views.digest().unwrap(), before);

    log.append(&cluster.hit("long-an"));
    follow(&mut projector, &log, 10);
    assert_eq!(views.position().unwrap(), log.head().unwrap());
    assert_eq!(views.counters(0).unwrap().hits, 1);
    // Closing what was open before the exchange must not take the new file's WAL away.
    drop((projector, views));
    let (projector, views) = projected(dir.path(), &log, 10);
    assert_eq!(projector.position(), log.head().unwrap());
    assert_eq!(views.counters(0).unwrap().hits, 1);
}

#[test]
fn closing_the_old_projector_late_harms_nothing() {
    let (mut cluster, mut events) = Cluster::founded();
    let dir = TempDir::new().unwrap();
    let (old, old_views) = projected(dir.path(), &Log::of(&events), 10);
    rebuild(dir.path(), &registrar(), &Log::of(&events), &mut |_, _| {}).unwrap();
    events.push(cluster.issue(ALERT, "Truy nã"));
    let log = Log::of(&events);
    let (new, views) = projected(dir.path(), &log, 10);
    // The old projector is the last to close its file, which is when SQLite would clean up.
    drop(old_views);
    drop(old);
    assert!(files(&dir).contains(&"views-7.db-wal".to_owned()));
    drop((new, views));
    assert_eq!(projected(dir.path(), &log, 10).1.counters(0).unwrap().alerts, 1);
}

#[test]
fn a_difference_is_found_and_gone() {
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.issue(ALERT, "Truy nã"));
    let dir = TempDir::new().unwrap();
    let log = Log::of(&events);
    let (projector, views) = projected(dir.path(), &log, 10);
    drop(projector);
    let expected = views.digest().unwrap();
    rusqlite::Connection::open(dir.path().join("views-7.db"))
        .unwrap()
        .execute("UPDATE entries SET verdict = 'late' WHERE position = 1", ())
        .unwrap();
    let rebuilt = rebuild(dir.path(), &registrar(), &log, &mut |_, _| {}).unwrap();
    assert!(rebuilt.digest_before.is_some_and(|digest| digest != expected));
    assert_eq!((rebuilt.digest_after, views.digest().unwrap()), (expected.clone(), expected));
}

#[test]
fn views_that_lag_are_compared_where_they_stand() {
    let (mut cluster, mut events) = Cluster::founded();
    events.extend([cluster.issue(ALERT, "Truy nã"), cluster.hit("long-an")]);
    let dir = TempDir::new().unwrap();
    let log = Log::of(&events);
    let mut projector = Projector::open(dir.path(), registrar(), &log).unwrap();
    projector.project(&log, 3).unwrap();
    let rebuilt = rebuild(dir.path(), &registrar(), &log, &mut |_, _| {}).unwrap();
    assert_eq!((rebuilt.events, rebuilt.position), (3, log.0[2].position));
    assert_eq!(rebuilt.digest_before, Some(rebuilt.digest_after));
    assert_eq!(projector.project(&log, 10).unwrap().position, log.head().unwrap());
}

#[test]
fn without_old_views_everything_is_built() {
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.issue(ALERT, "Truy nã"));
    let dir = TempDir::new().unwrap();
    let log = Log::of(&events);
    let rebuilt = rebuild(dir.path(), &registrar(), &log, &mut |_, _| {}).unwrap();
    assert_eq!((rebuilt.digest_before, rebuilt.position), (None, log.head().unwrap()));
    let (projector, views) = projected(dir.path(), &log, 10);
    assert_eq!(projector.directory().head(), 2);
    assert_eq!(views.digest().unwrap(), rebuilt.digest_after);
}

#[test]
fn a_rebuild_that_fails_or_is_cut_off_leaves_the_old_views() {
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.issue(ALERT, "Truy nã"));
    let dir = TempDir::new().unwrap();
    let log = Log::of(&events);
    let (projector, views) = projected(dir.path(), &log, 10);
    let before = views.digest().unwrap();
    let mut shorter = log.clone();
    shorter.0[2].position = 99;
    let failed = rebuild(dir.path(), &registrar(), &shorter, &mut |_, _| {});
    assert!(matches!(failed, Err(ViewsError::Contradiction { .. })), "{failed:?}");
    assert_eq!(views.digest().unwrap(), before);
    assert!(!files(&dir).iter().any(|name| name.contains(".new")));

    drop(projector);
    for left in ["views-7.db.new", "views-7.db.new-wal", "views-7.db.new-journal"] {
        fs::write(dir.path().join(left), b"half").unwrap();
    }
    let projector = Projector::open(dir.path(), registrar(), &log).unwrap();
    assert_eq!(projector.position(), log.head().unwrap());
    assert!(!files(&dir).iter().any(|name| name.contains(".new")));
    assert_eq!(views.digest().unwrap(), before);
}

#[test]
fn reading_never_fails_while_files_are_exchanged() {
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.issue(ALERT, "Truy nã"));
    let dir = TempDir::new().unwrap();
    let log = Log::of(&events);
    let (mut projector, views) = projected(dir.path(), &log, 10);
    let expected = views.digest().unwrap();
    let done = AtomicBool::new(false);
    let read = |views: Views| {
        let mut reads = 0;
        while !done.load(Ordering::Relaxed) {
            assert_eq!(views.digest().unwrap(), expected);
            reads += 1;
        }
        reads
    };
    std::thread::scope(|scope| {
        let readers: Vec<_> =
            (0..3).map(|_| views.clone()).map(|views| scope.spawn(|| read(views))).collect();
        let exchanged = (0..20).try_for_each(|_| {
            rebuild(dir.path(), &registrar(), &log, &mut |_, _| {})?;
            projector.project(&log, 10).map(drop)
        });
        done.store(true, Ordering::Relaxed);
        exchanged.unwrap();
        assert!(readers.into_iter().all(|reader| reader.join().unwrap() > 0));
    });
}
