//! How SQLite goes about the questions that have to be quick: along an index, in its order.

#![allow(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use std::collections::BTreeSet;

use giapranh_domain::{UnitId, ZoneId};
use rusqlite::Connection;

use crate::merge::List;
use crate::{
    AlertQuery, DueQuery, SearchQuery, Viewer, due, erasures, feed, file, list, search, zones,
};

fn views() -> Connection {
    let views = Connection::open_in_memory().unwrap();
    file::prepare(&views).unwrap();
    views.execute_batch(include_str!("schema.sql")).unwrap();
    let province = "INSERT INTO obligations VALUES ('hcm/2024/000001', 'review', '', 'hcm', 'hcm',
        'hcm', 1, 0, 1, NULL, NULL, NULL)";
    views.execute(province, ()).unwrap();
    let alert =
        "INSERT INTO alerts VALUES (1, 'hcm/2024/000001', 'hcm', 'hcm', '', 'active', 1, '',
        '', 0, 0, 0, 0, '', 0, 0, 0, '', 0, '', '')";
    views.execute(alert, ()).unwrap();
    views
}

fn viewer() -> Viewer {
    let (unit, below): (UnitId, UnitId) = ("hcm".parse().unwrap(), "hcm_cu-chi".parse().unwrap());
    let zones = BTreeSet::from([ZoneId::cluster(), "hcm-long-an".parse().unwrap()]);
    Viewer { unit, below: [below].into(), zones, barred: BTreeSet::new() }
}

/// Nothing is sorted, and no table is read from end to end.
fn check(views: &Connection, lists: &[List]) {
    assert!(!lists.is_empty());
    for list in lists {
        let mut plan = views.prepare(&format!("EXPLAIN QUERY PLAN {}", list.sql)).unwrap();
        let steps = plan.raw_query().mapped(|row| row.get::<_, String>(3));
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        for step in &steps {
            let allowed = step.contains("json_each")
                || step.contains("alert_words")
                // By the words and the row at once.
                || step.contains("VIRTUAL TABLE INDEX 0:=M")
                || step.starts_with("SCAN (subquery");
            let slow = step.starts_with("SCAN") || step.contains("TEMP B-TREE");
            assert!(allowed || !slow, "{}\n{steps:#?}", list.sql);
        }
    }
}

#[test]
fn what_is_due_is_read_in_its_order() {
    let views = views();
    let unit: UnitId = "hcm".parse().unwrap();
    for query in [
        DueQuery { units: Some([unit.clone()].into()), ..DueQuery::default() },
        DueQuery { province: Some(unit), viewer: Some(viewer()), ..DueQuery::default() },
        DueQuery::default(),
    ] {
        check(&views, &due::lists(&views, &query).unwrap());
    }
}

#[test]
fn alerts_are_read_in_their_order() {
    let views = views();
    let zone = "hcm-long-an".parse().ok();
    let sees = AlertQuery { viewer: Some(viewer()), ..AlertQuery::default() };
    let elsewhere = AlertQuery { zone: "elsewhere".parse().ok(), ..sees.clone() };
    for query in [sees.clone(), AlertQuery { zone, ..AlertQuery::default() }, elsewhere] {
        check(&views, &list::lists(&views, &query).unwrap());
    }
    assert_eq!(list::lists(&views, &sees).unwrap().len(), 3, "two zones, and who has any alert");
    let category = Some("directive".to_owned());
    let rare = AlertQuery { category, ..sees.clone() };
    for query in [AlertQuery { viewer: None, ..rare.clone() }, rare] {
        for list in list::lists(&views, &query).unwrap() {
            assert!(list.sql.contains("category = :category"), "{}", list.sql);
            check(&views, &[list]);
        }
    }
    for words in [None, Some("một".to_owned())] {
        let query = AlertQuery { words, ..AlertQuery::default() };
        check(&views, &list::lists(&views, &query).unwrap());
    }
}

#[test]
fn the_feed_is_read_in_its_order() {
    let views = views();
    for (after, order, asked) in
        [(">", "ASC", "true"), ("<", "DESC", "true"), ("<", "DESC", feed::ASKED)]
    {
        check(&views, &feed::lists(None, after, order, asked));
        check(&views, &feed::lists(Some(&viewer()), after, order, asked));
    }
}

/// As many rows as a zone has, and no table beside that.
#[test]
fn zones_are_counted_along_what_holds_all_of_it() {
    let views = views();
    for sql in [zones::IN_FORCE, zones::CHANGED, zones::NEWEST, zones::HITS] {
        let mut plan = views.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = plan.raw_query().mapped(|row| row.get::<_, String>(3));
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        assert_eq!(steps.len(), 1, "{steps:#?}");
        assert!(steps[0].contains("USING PRIMARY KEY (zone=?"), "{steps:#?}");
    }
}

#[test]
fn the_next_stage_is_the_first_of_an_index() {
    let views = views();
    let lists = [List::new(due::NEXT.to_owned(), None)];
    check(&views, &lists);
}

/// They are asked after every event, and hardly anything ever has to be erased.
#[test]
fn what_has_to_be_erased_is_read_along_what_has_a_moment() {
    let views = views();
    for (sql, tables) in [(erasures::DUE, ["a", "d"]), (erasures::NEXT, ["alerts", "drafts"])] {
        let mut plan = views.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = plan.raw_query().mapped(|row| row.get::<_, String>(3));
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        for table in tables {
            let along = |step: &String| {
                step.starts_with(&format!("SEARCH {table} USING")) && step.contains("_to_erase")
            };
            assert!(steps.iter().any(along), "{table}: {steps:#?}");
            assert!(!steps.iter().any(|step| *step == format!("SCAN {table}")), "{steps:#?}");
        }
    }
}

#[test]
fn what_is_searched_is_read_along_an_index_the_newest_first() {
    let views = views();
    let viewer = Some(viewer());
    let narrowed = SearchQuery {
        born: Some(1990),
        place: Some("xã".to_owned()),
        viewer,
        ..SearchQuery::default()
    };
    for query in [SearchQuery::default(), narrowed] {
        let lists = search::statements(&views, &query).unwrap();
        check(&views, &lists);
    }
}
