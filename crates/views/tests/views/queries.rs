//! Reading: filters, pages, and the JSON of rows.

use giapranh_views::{
    AlertQuery, Entry, FeedQuery, Projector, Standing, StatusFilter, UnitQuery, Views, ViewsError,
};
use serde_json::json;
use tempfile::TempDir;

use crate::cluster::{ALERT, Cluster, EXPIRES_MS, Log, START_MS, ZONE, projected};

struct Shown {
    views: Views,
    _projector: Projector,
    _dir: TempDir,
}

/// Alerts 1 to 5 of `hcm`, one of `long-an`, a withdrawal, two hits of which one is answered.
fn shown() -> Shown {
    let (mut cluster, mut events) = Cluster::founded();
    for number in 1..=5 {
        events.push(cluster.issue(&format!("hcm/2024/{number:06}"), &format!("Tin {number}")));
    }
    events.push(cluster.issue("long-an/2024/000001", "Tin Long An"));
    let (hit, other) = (cluster.hit("long-an"), cluster.hit("long-an"));
    let (answer, asks) =
        (cluster.answer("hcm", &hit, "same"), cluster.answer("hcm", &other, "need-time"));
    events.extend([hit, other, answer, asks, cluster.withdraw()]);
    let dir = TempDir::new().unwrap();
    let (projector, views) = projected(dir.path(), &Log::of(&events), 4);
    Shown { views, _projector: projector, _dir: dir }
}

fn ids(views: &Views, query: &AlertQuery, now: u64) -> Vec<String> {
    let page = views.alerts(query, now).unwrap();
    page.rows.into_iter().map(|row| row.id.to_string()).collect()
}

fn many() -> AlertQuery {
    AlertQuery { limit: 500, ..AlertQuery::default() }
}

#[test]
fn pages_join_without_gap_or_repeat_at_every_size() {
    let shown = shown();
    let all = ids(&shown.views, &many(), START_MS);
    assert_eq!(all.first().map(String::as_str), Some(ALERT), "it was withdrawn last");
    assert_eq!(all.len(), 6);
    for limit in 1..=7 {
        let (mut query, mut joined) = (AlertQuery { limit, ..AlertQuery::default() }, vec![]);
        loop {
            let page = shown.views.alerts(&query, START_MS).unwrap();
            assert!(page.rows.len() <= limit && !page.rows.is_empty());
            joined.extend(page.rows.into_iter().map(|row| row.id.to_string()));
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        assert_eq!(joined, all, "limit {limit}");
    }
    assert_eq!(ids(&shown.views, &AlertQuery::default(), START_MS).len(), 1, "a limit of 0 is 1");
}

#[test]
fn what_is_no_cursor_is_refused() {
    let shown = shown();
    for text in [
        "",
        "x",
        ".",
        "12",
        "12.",
        "-1.hcm.2024.000001",
        "đ.hcm.2024.000001",
        "1.hcm",
        &"f".repeat(400),
    ] {
        let query = AlertQuery { after: Some(text.to_owned()), ..many() };
        let refused = shown.views.alerts(&query, START_MS);
        assert!(matches!(refused, Err(ViewsError::BadCursor { .. })), "{text}: {refused:?}");
    }
}

#[test]
fn filters_hold_each_and_together() {
    let shown = shown();
    let count = |query: AlertQuery, now| ids(&shown.views, &query, now).len();
    let with = |status| AlertQuery { status: Some(status), ..many() };
    assert_eq!(count(with(StatusFilter::All), START_MS), 6);
    assert_eq!(count(with(StatusFilter::Active), START_MS), 5);
    assert_eq!(count(with(StatusFilter::Withdrawn), START_MS), 1);
    assert_eq!(count(with(StatusFilter::Expired), EXPIRES_MS - 1), 0);
    assert_eq!(count(with(StatusFilter::Expired), EXPIRES_MS), 5);
    assert_eq!(count(with(StatusFilter::Active), EXPIRES_MS), 0);
    assert_eq!(count(with(StatusFilter::Awaited), START_MS), 0);
    let unit = |unit: &str| AlertQuery { unit: unit.parse().ok(), ..many() };
    assert_eq!(count(unit("long-an"), START_MS), 1);
    assert_eq!(count(AlertQuery { zone: ZONE.parse().ok(), ..unit("hcm") }, START_MS), 5);
    assert_eq!(count(AlertQuery { zone: "cluster".parse().ok(), ..many() }, START_MS), 0);
    let category = |text: &str| AlertQuery { category: Some(text.into()), ..many() };
    assert_eq!(count(category("wanted-person"), START_MS), 6);
    assert_eq!(count(category("modus-operandi"), START_MS), 0);
}

#[test]
fn an_alert_row_says_all_of_it() {
    let shown = shown();
    let row = shown.views.alerts(&many(), START_MS).unwrap().rows.remove(0);
    assert_eq!(
        serde_json::to_value(row).unwrap(),
        json!({
            "id": ALERT, "issuer": "hcm", "category": "wanted-person", "status": "withdrawn",
            "version": 1, "severity": "important", "headline": "Tin 1", "zones": [ZONE],
            "issued": "2024-05-29T23:26:43+07:00", "issued_ms": START_MS + 3_000,
            "changed": "2024-05-29T23:26:53+07:00", "changed_ms": START_MS + 13_000,
            "expires": "2024-05-30T23:26:40+07:00", "expires_ms": EXPIRES_MS,
            "hits": 2, "hits_unanswered": 1, "hidden_until": null, "hidden_until_ms": 0,
            "asked": 0, "acknowledged": 0, "flags": 0,
        })
    );
}

#[test]
fn the_feed_is_read_forwards_and_from_its_end() {
    let shown = shown();
    let views = &shown.views;
    let all = views.entries(0, 500, None, 0).unwrap();
    assert_eq!(all.len(), 13);
    assert!(all.is_sorted_by_key(|entry| entry.position));
    assert_eq!(views.entries(all[4].position, 3, None, 0).unwrap(), all[5..8]);
    assert_eq!(views.entries(all[12].position, 3, None, 0).unwrap(), []);
    let latest: Vec<_> = all.iter().rev().take(2).cloned().collect();
    assert_eq!(views.latest(2, None, 0).unwrap(), latest);
    let entry = serde_json::to_value(&all[0]).unwrap();
    assert_eq!(entry["kind"], "directory.changed");
    assert_eq!(entry["recorded"], "2024-05-29T23:26:41+07:00");
    assert_eq!((&entry["alert"], &entry["headline"]), (&json!(null), &json!(null)));
}

#[test]
fn the_newest_entries_are_those_that_are_asked_for_page_by_page() {
    let shown = shown();
    let all = shown.views.latest(500, None, START_MS).unwrap();
    let walk = |query: &FeedQuery| {
        let (mut found, mut query) = (Vec::new(), query.clone());
        query.limit = 2;
        loop {
            let (page, head) = shown.views.newest(&query, START_MS).unwrap();
            assert_eq!(head, all[0].position);
            assert!(page.rows.len() <= 2);
            found.extend(page.rows);
            let Some(next) = page.next else { return found };
            query.before = Some(next.parse().unwrap());
        }
    };
    let expect = |query: FeedQuery, is: &dyn Fn(&Entry) -> bool| {
        let wanted: Vec<Entry> = all.iter().filter(|entry| is(entry)).cloned().collect();
        assert_eq!(walk(&query), wanted, "{query:?}");
        wanted.len()
    };
    let any = FeedQuery::default;
    assert_eq!(expect(any(), &|_| true), 13);
    let zone = FeedQuery { zone: ZONE.parse().ok(), ..any() };
    assert!(expect(zone, &|entry| entry.zones.contains(&ZONE.to_owned())) > 0);
    let category = FeedQuery { category: Some("wanted-person".into()), ..any() };
    let about = |entry: &Entry| entry.alert.is_some();
    assert_eq!(expect(category, &about), all.iter().filter(|entry| about(entry)).count());
    assert_eq!(expect(FeedQuery { category: Some("vehicle".into()), ..any() }, &|_| false), 0);
    let severity = |code: &str| FeedQuery { severity: Some(code.into()), ..any() };
    assert!(expect(severity("important"), &|entry| entry.severity.is_some()) > 0);
    assert_eq!(expect(severity("critical"), &|_| false), 0);
    let hits = FeedQuery { kinds: vec!["hit.reported".into(), "hit.answered".into()], ..any() };
    assert!(expect(hits, &|entry| entry.kind.starts_with("hit.")) > 1);
    let after = all[3].position;
    let newer = FeedQuery { after, ..any() };
    assert_eq!(expect(newer, &|entry| entry.position > after), 3);
}

#[test]
fn the_directory_is_listed() {
    let shown = shown();
    let views = &shown.views;
    let names = |query: UnitQuery| -> Vec<String> {
        views.units(&query).unwrap().into_iter().map(|unit| unit.id.to_string()).collect()
    };
    assert_eq!(names(UnitQuery::default()), ["hcm", "hcm_cu-chi", "long-an"]);
    let province =
        UnitQuery { level: Some(giapranh_domain::Level::Province), ..Default::default() };
    assert_eq!(names(province), ["hcm", "long-an"]);
    let under = UnitQuery { parent: "hcm".parse().ok(), ..Default::default() };
    assert_eq!(names(under), ["hcm_cu-chi"]);
    let elsewhere = UnitQuery { zone: "cluster".parse().ok(), ..Default::default() };
    assert_eq!(names(elsewhere), [""; 0]);
    let units = views.units(&UnitQuery { zone: ZONE.parse().ok(), ..Default::default() }).unwrap();
    assert_eq!(units.iter().map(|unit| unit.has_node).collect::<Vec<_>>(), [true, false, true]);
    let zone = views.zone(&ZONE.parse().unwrap()).unwrap().unwrap();
    assert_eq!(zone.members.len(), 3);
    assert_eq!(views.zones().unwrap(), [zone]);
    assert_eq!(views.zone(&"cluster".parse().unwrap()).unwrap(), None);
}

#[test]
fn everything_is_counted() {
    let shown = shown();
    let counters = serde_json::to_value(shown.views.counters(EXPIRES_MS).unwrap()).unwrap();
    assert_eq!(
        counters,
        json!({
            "alerts": 6, "active": 0, "hidden": 0, "withdrawn": 1, "expired": 5, "awaited": 0,
            "sealed": 0, "hits": 2, "hits_unanswered": 1, "drafts_waiting": 0, "due": 0, "overdue": 0,
            "events": 13,
            "by_kind": {
                "alert.issued": 6, "alert.withdrawn": 1, "directory.changed": 2,
                "hit.answered": 2, "hit.reported": 2,
            },
            "by_verdict": {"valid": 13},
        })
    );
    let standing = shown.views.alerts(&many(), EXPIRES_MS).unwrap().rows[1].status;
    assert_eq!(standing, Standing::Expired);
}

#[test]
fn without_a_projector_there_is_nothing_to_read() {
    let dir = TempDir::new().unwrap();
    assert!(matches!(Views::open(dir.path()), Err(ViewsError::Missing { .. })));
}
