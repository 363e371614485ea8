//! What a unit sees, and what it does not: of lists, of one alert, of the feed, of deliveries.

use giapranh_domain::wire::proto;
use giapranh_domain::{Body, Directory};
use giapranh_views::{AlertQuery, FeedQuery, Standing, StatusFilter, Viewer};

use crate::cluster::{ALERT, EXPIRES_MS, START_MS, ZONE, version, zone};
use crate::desk::{Shown, WEST, end, merged};

const UNTIL_MS: u64 = START_MS + 3_600_000;
const WESTERN: &str = "hcm/2024/000002";
const OF_DISTRICT: &str = "hcm_cu-chi/2024/000001";

impl Shown {
    fn listed(&self, viewer: &Viewer, now: u64) -> Vec<String> {
        self.found(&AlertQuery { viewer: Some(viewer.clone()), ..AlertQuery::default() }, now)
    }

    fn found(&self, query: &AlertQuery, now: u64) -> Vec<String> {
        let query = AlertQuery { limit: 500, ..query.clone() };
        let page = self.views.alerts(&query, now).unwrap();
        page.rows.into_iter().map(|row| row.id.to_string()).collect()
    }

    /// Whether a unit sees an alert; every question gives the same answer.
    fn sees(&self, unit: &str, alert: &str, now: u64) -> bool {
        let viewer = &self.viewer(unit);
        let id = alert.parse().unwrap();
        let seen = self.listed(viewer, now).contains(&alert.to_owned());
        let in_zone = |zone: &&str| {
            let query = AlertQuery {
                viewer: Some(viewer.clone()),
                zone: zone.parse().ok(),
                ..AlertQuery::default()
            };
            self.found(&query, now).contains(&alert.to_owned())
        };
        assert_eq!([ZONE, WEST].iter().any(in_zone), seen, "{unit} {alert} in its zones");
        let words = AlertQuery {
            viewer: Some(viewer.clone()),
            words: Some(alert.to_owned()),
            ..AlertQuery::default()
        };
        assert_eq!(self.found(&words, now).contains(&alert.to_owned()), seen, "{unit} {alert}");
        let (hcm, directory) = ("hcm".parse().unwrap(), self.projector.directory());
        let whole = self.views.alert(&id, Some(viewer), now).unwrap();
        let delivery = self.views.delivery(&id, &hcm, &directory, Some(viewer), now).unwrap();
        assert_eq!((whole.is_some(), delivery.is_some()), (seen, seen), "{unit} {alert}");
        let rows = self.views.rows_of(&[id.clone()].into(), Some(viewer), now).unwrap();
        assert_eq!(rows.contains_key(&id), seen, "{unit} {alert} by its id");
        let due = self.views.due_of(&id, Some(viewer), now).unwrap();
        assert!(seen || due.is_empty(), "{unit} {alert}: {due:?}");
        seen
    }

    /// How many entries about an alert a unit sees, forwards and backwards.
    fn entries_of(&self, unit: &str, alert: &str, now: u64) -> usize {
        let viewer = self.viewer(unit);
        let mut forwards = self.views.entries(0, 500, Some(&viewer), now).unwrap();
        assert!(forwards.is_sorted_by(|a, b| a.position < b.position), "{forwards:?}");
        assert!(forwards.iter().any(|entry| entry.kind == "directory.changed"), "{unit}");
        let backwards = self.views.latest(500, Some(&viewer), now).unwrap();
        forwards.reverse();
        assert_eq!(forwards, backwards, "{unit}");
        let asked = FeedQuery { viewer: Some(viewer), limit: 500, ..FeedQuery::default() };
        let (newest, _) = self.views.newest(&asked, now).unwrap();
        assert_eq!((newest.rows, newest.next), (backwards, None), "{unit}");
        forwards.iter().filter(|entry| entry.alert.as_deref() == Some(alert)).count()
    }
}

fn issued() -> Shown {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "important", &[ZONE]);
    shown.issue(WESTERN, "important", &[WEST]);
    shown
}

#[test]
fn an_alert_is_seen_in_its_zones_and_nowhere_else() {
    let shown = issued();
    for unit in ["hcm", "hcm_cu-chi", "long-an", "long-an_duc-hoa"] {
        assert!(shown.sees(unit, ALERT, START_MS), "{unit}");
        assert_eq!(shown.entries_of(unit, ALERT, START_MS), 1, "{unit}");
    }
    assert!(!shown.sees("tay-ninh", ALERT, START_MS));
    assert_eq!(shown.entries_of("tay-ninh", ALERT, START_MS), 0);
    assert!(shown.sees("tay-ninh", WESTERN, START_MS) && shown.sees("hcm", WESTERN, START_MS));
    for unit in ["long-an", "hcm_cu-chi", "nobody"] {
        assert!(!shown.sees(unit, WESTERN, START_MS), "{unit}");
        assert_eq!(shown.entries_of(unit, WESTERN, START_MS), 0, "{unit}");
    }
    assert_eq!(shown.listed(&shown.viewer("hcm"), START_MS), [WESTERN, ALERT]);
    assert_eq!(shown.found(&AlertQuery::default(), START_MS), [WESTERN, ALERT]);
}

#[test]
fn who_stands_above_the_issuer_sees_its_alert_in_whatever_zone() {
    let mut shown = Shown::founded();
    shown.decide(vec![zone("long-an-cu-chi", &["hcm_cu-chi", "long-an_duc-hoa"])]);
    shown.issue(OF_DISTRICT, "important", &["long-an-cu-chi"]);
    for (unit, sees) in [
        ("hcm_cu-chi", true),
        ("hcm", true),
        ("long-an_duc-hoa", true),
        ("long-an", false),
        ("tay-ninh", false),
    ] {
        let listed = shown.listed(&shown.viewer(unit), START_MS);
        assert_eq!(listed == [OF_DISTRICT], sees, "{unit}");
    }
}

#[test]
fn a_zone_that_an_alert_has_left_learns_what_becomes_of_it() {
    let mut shown = issued();
    let amended = version(2, "Tin mới", &[WEST]);
    let amended = shown.cluster.say(ALERT, "hcm", Body::AlertAmended(amended), &[ZONE, WEST]);
    shown.see(&amended);
    for unit in ["long-an", "tay-ninh"] {
        let viewer = shown.viewer(unit);
        let whole = shown.views.alert(&ALERT.parse().unwrap(), Some(&viewer), START_MS).unwrap();
        assert_eq!(whole.unwrap().version, 2, "{unit}");
        assert!(shown.listed(&viewer, START_MS).contains(&ALERT.to_owned()), "{unit}");
    }
    let in_zone = AlertQuery { zone: ZONE.parse().ok(), ..AlertQuery::default() };
    assert_eq!(shown.found(&in_zone, START_MS), [""; 0], "it is in force there no more");
}

#[test]
fn what_is_awaited_is_seen_where_something_was_said_of_it() {
    let mut shown = Shown::founded();
    let hit = shown.cluster.hit("long-an");
    shown.see(&hit);
    assert_eq!(shown.listed(&shown.viewer("hcm_cu-chi"), START_MS), [ALERT]);
    assert_eq!(shown.listed(&shown.viewer("tay-ninh"), START_MS), [""; 0]);
}

#[test]
fn what_is_hidden_is_shown_to_whom_it_names_and_to_who_answers_for_it() {
    let mut shown = issued();
    let hidden = shown.cluster.hide(UNTIL_MS, &["long-an", "tay-ninh"]);
    shown.see(&hidden);
    for (unit, sees) in [
        ("hcm", true),
        ("long-an", true),
        // A hiding makes the zones narrower, and gives none.
        ("tay-ninh", false),
        ("hcm_cu-chi", false),
        ("long-an_duc-hoa", false),
    ] {
        assert_eq!(shown.sees(unit, ALERT, UNTIL_MS - 1), sees, "{unit}");
        let entries = if sees { 2 } else { 0 };
        assert_eq!(shown.entries_of(unit, ALERT, UNTIL_MS - 1), entries, "{unit}");
        assert_eq!(shown.sees(unit, ALERT, UNTIL_MS), unit != "tay-ninh", "{unit}");
    }
    let status = |status, now| {
        let query = AlertQuery { status: Some(status), limit: 9, ..AlertQuery::default() };
        let rows = shown.views.alerts(&query, now).unwrap().rows;
        rows.into_iter().map(|row| (row.id.to_string(), row.hidden_until_ms)).collect::<Vec<_>>()
    };
    assert_eq!(status(StatusFilter::Hidden, START_MS), [(ALERT.to_owned(), UNTIL_MS)]);
    assert_eq!(status(StatusFilter::Active, START_MS), [(WESTERN.to_owned(), 0)]);
    assert_eq!(status(StatusFilter::Hidden, UNTIL_MS), []);
    assert_eq!(status(StatusFilter::Active, UNTIL_MS).len(), 2);
    let counters = shown.views.counters(START_MS).unwrap();
    assert_eq!((counters.hidden, counters.active, counters.alerts), (1, 1, 2));
    assert_eq!(shown.views.counters(EXPIRES_MS).unwrap().hidden, 0);

    let revealed = Body::AlertRevealed(proto::Revealing::default());
    let revealed = shown.cluster.say(ALERT, "hcm", revealed, &[ZONE]);
    shown.see(&revealed);
    assert!(shown.sees("hcm_cu-chi", ALERT, START_MS));
    assert_eq!(shown.entries_of("hcm_cu-chi", ALERT, START_MS), 3);
    shown.check_rebuild(START_MS);
}

#[test]
fn a_hidden_alert_that_was_withdrawn_is_hidden_until_then() {
    let mut shown = issued();
    for event in [shown.cluster.hide(UNTIL_MS, &[]), shown.cluster.withdraw()] {
        shown.see(&event);
    }
    assert!(!shown.sees("long-an", ALERT, UNTIL_MS - 1) && shown.sees("long-an", ALERT, UNTIL_MS));
    let rows = shown.views.alerts(&AlertQuery { limit: 1, ..Default::default() }, START_MS);
    assert_eq!(rows.unwrap().rows[0].status, Standing::Withdrawn);
}

#[test]
fn who_took_over_sees_what_its_predecessor_did_and_that_one_nothing() {
    let mut shown = issued();
    shown.issue(OF_DISTRICT, "important", &[ZONE]);
    shown.decide(merged());
    shown.decide(vec![end("hcm_cu-chi", "hcm")]);
    assert!(shown.sees("tay-ninh", ALERT, START_MS));
    assert!(shown.sees("hcm", OF_DISTRICT, START_MS));
    for unit in ["long-an", "hcm_cu-chi"] {
        assert_eq!(shown.listed(&shown.viewer(unit), START_MS), [""; 0], "{unit}");
    }
    let viewer = shown.viewer("long-an");
    assert!(viewer.zones.is_empty() && viewer.below.is_empty());
    let everybody = Viewer::of(&viewer.unit, &Directory::new(viewer.unit.clone()));
    assert_eq!(everybody, viewer, "and so does a unit that the directory does not know");
}

#[test]
fn pages_of_what_a_viewer_sees_join_without_gap_or_repeat() {
    let mut shown = Shown::founded();
    for number in 1..=9 {
        let zones: &[&str] = match number % 3 {
            0 => &[ZONE],
            1 => &[WEST],
            _ => &[ZONE, WEST],
        };
        shown.issue(&format!("hcm/2024/{number:06}"), "important", zones);
    }
    shown.issue(OF_DISTRICT, "important", &[ZONE]);
    for (unit, count) in [("hcm", 10), ("long-an", 7), ("tay-ninh", 6)] {
        let viewer = shown.viewer(unit);
        let all = shown.listed(&viewer, START_MS);
        assert_eq!(all.len(), count, "{unit}");
        for limit in 1..=count {
            let mut query =
                AlertQuery { viewer: Some(viewer.clone()), limit, ..AlertQuery::default() };
            let mut joined = vec![];
            loop {
                let page = shown.views.alerts(&query, START_MS).unwrap();
                assert!(page.rows.len() == limit || page.next.is_none(), "{unit} by {limit}");
                joined.extend(page.rows.into_iter().map(|row| row.id.to_string()));
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
            assert_eq!(joined, all, "{unit} by {limit}");
        }
    }
}
