//! The list of what is due: its order, its pages, for whom it is, and what it says.

use std::collections::BTreeSet;

use giapranh_domain::codes::{Duty, Stage};
use giapranh_domain::wire::proto;
use giapranh_domain::{Body, UnitId};
use giapranh_views::{DueQuery, DueRow, ViewsError};
use serde_json::json;

use crate::cluster::{ALERT, EXPIRES_MS, START_MS, ZONE};
use crate::desk::{Shown, WEST};

const MINUTE: u64 = 60_000;
const NOW: u64 = START_MS + MINUTE;
const OF_DISTRICT: &str = "hcm_cu-chi/2024/000001";
const DRAFTED: &str = "hcm/2024/000009";

/// Of `hcm` a draft and two reviews, of its district a hit and a review, of two neighbours an
/// acknowledgement.
fn busy() -> Shown {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "critical", &[ZONE, WEST]);
    shown.issue("hcm/2024/000002", "important", &[WEST]);
    shown.issue(OF_DISTRICT, "important", &[ZONE]);
    let hit = Body::HitReported(proto::Hit::default());
    let hit = shown.cluster.say(OF_DISTRICT, "long-an", hit, &[ZONE]);
    let saved = shown.cluster.save(DRAFTED, "cb-1", 1, "Dự thảo");
    let submitted = shown.cluster.submit(DRAFTED, 1);
    for event in [&hit, &saved, &submitted] {
        shown.see(event);
    }
    shown
}

fn all() -> DueQuery {
    DueQuery { limit: 500, ..DueQuery::default() }
}

fn units(units: &[&str]) -> BTreeSet<UnitId> {
    units.iter().map(|unit| unit.parse().unwrap()).collect()
}

fn due(shown: &Shown, query: &DueQuery, now: u64) -> Vec<String> {
    let rows = shown.views.due(query, now).unwrap().rows;
    rows.iter().map(|row| format!("{} {}", row.duty, row.unit)).collect()
}

#[test]
fn what_is_urgent_goes_first_and_then_what_is_due_first() {
    let shown = busy();
    assert_eq!(
        due(&shown, &all(), NOW),
        [
            "acknowledge long-an",
            "acknowledge tay-ninh",
            "answer-hit hcm_cu-chi",
            "approve hcm",
            "review hcm",
            "review hcm",
            "review hcm_cu-chi",
        ]
    );
    let counters = shown.views.counters(NOW).unwrap();
    assert_eq!((counters.due, counters.overdue, counters.drafts_waiting), (7, 0, 1));
    let counters = shown.views.counters(NOW + 30 * MINUTE).unwrap();
    assert_eq!((counters.due, counters.overdue), (7, 2));
    let counters = shown.views.counters(EXPIRES_MS).unwrap();
    assert_eq!((counters.due, counters.overdue), (2, 2), "the draft and the hit wait on");
}

#[test]
fn each_unit_and_province_has_its_own_and_what_has_come_to_it() {
    let shown = busy();
    let of = |unit: &str| DueQuery { units: Some(units(&[unit])), ..all() };
    let province = |unit: &str| DueQuery { province: unit.parse().ok(), ..all() };
    let (early, late) = (NOW, NOW + 100 * MINUTE);
    let own = ["approve hcm", "review hcm", "review hcm"];
    assert_eq!(due(&shown, &of("hcm"), early), own);
    assert_eq!(due(&shown, &of("hcm"), late)[0], "answer-hit hcm_cu-chi", "it has escalated");
    assert_eq!(due(&shown, &of("hcm"), late)[1..], own);
    for now in [early, late] {
        let district = ["answer-hit hcm_cu-chi", "review hcm_cu-chi"];
        assert_eq!(due(&shown, &of("hcm_cu-chi"), now), district);
        assert_eq!(due(&shown, &of("long-an"), now), ["acknowledge long-an"]);
        assert_eq!(due(&shown, &province("tay-ninh"), now), ["acknowledge tay-ninh"]);
        let whole = due(&shown, &province("hcm"), now);
        assert_eq!(whole.len(), 5, "once each: {whole:?}");
        let both = DueQuery { units: Some(units(&["hcm", "hcm_cu-chi"])), ..all() };
        assert_eq!(due(&shown, &both, now), whole);
        let query = DueQuery { units: Some(units(&["long-an"])), ..province("tay-ninh") };
        assert_eq!(due(&shown, &query, now), ["acknowledge long-an", "acknowledge tay-ninh"]);
    }
    assert_eq!(due(&shown, &of("long-an_duc-hoa"), early), [""; 0]);
    assert_eq!(due(&shown, &DueQuery { units: Some(units(&[])), ..all() }, early), [""; 0]);
    let some = Some([Duty::Approve, Duty::AnswerHit].into());
    let query = DueQuery { duties: some, ..all() };
    assert_eq!(due(&shown, &query, early), ["answer-hit hcm_cu-chi", "approve hcm"]);
}

#[test]
fn a_viewer_finds_nothing_about_what_it_does_not_see() {
    let mut shown = busy();
    let seen = |shown: &Shown, unit: &str| {
        due(shown, &DueQuery { viewer: Some(shown.viewer(unit)), ..all() }, NOW)
    };
    let everything = due(&shown, &all(), NOW);
    assert_eq!(seen(&shown, "hcm"), everything);
    let no_draft = |row: &&String| *row != "approve hcm";
    let western: Vec<_> =
        ["acknowledge long-an", "acknowledge tay-ninh", "review hcm", "review hcm"]
            .map(str::to_owned)
            .into();
    assert_eq!(seen(&shown, "tay-ninh"), western);
    let eastern = seen(&shown, "long-an");
    assert_eq!(eastern.len(), everything.iter().filter(no_draft).count() - 1, "{eastern:?}");
    assert!(!eastern.contains(&"approve hcm".to_owned()), "a draft is its unit's own");

    let hidden = shown.cluster.hide(EXPIRES_MS, &["tay-ninh"]);
    shown.see(&hidden);
    assert_eq!(seen(&shown, "tay-ninh"), western);
    let left = ["answer-hit hcm_cu-chi", "review hcm_cu-chi"];
    assert_eq!(seen(&shown, "long-an"), left, "it can't acknowledge what it does not see");
}

#[test]
fn pages_join_without_gap_or_repeat_at_every_size() {
    let shown = busy();
    for query in [
        all(),
        DueQuery { viewer: Some(shown.viewer("long-an")), ..all() },
        DueQuery { units: Some(units(&["hcm", "hcm_cu-chi", "tay-ninh"])), ..all() },
        DueQuery { province: "hcm".parse().ok(), ..all() },
    ] {
        let now = NOW + 100 * MINUTE;
        let whole = shown.views.due(&query, now).unwrap();
        assert_eq!(whole.next, None);
        for limit in 1..=whole.rows.len() {
            let (mut query, mut joined) = (DueQuery { limit, ..query.clone() }, vec![]);
            loop {
                let page = shown.views.due(&query, now).unwrap();
                joined.extend(page.rows);
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
            assert_eq!(joined, whole.rows, "limit {limit}");
        }
    }
    for bad in
        ["", "2.0.a.b.c", "0.0.hcm.2024.000001.review..hcm.more", "0.zz.hcm.2024.1.review..a"]
    {
        let query = DueQuery { after: Some(bad.into()), ..all() };
        let found = shown.views.due(&query, NOW);
        assert!(matches!(found, Err(ViewsError::BadCursor { .. })), "{bad}");
    }
}

#[test]
fn a_row_says_all_of_it() {
    let shown = busy();
    let now = NOW + 100 * MINUTE;
    let rows = shown.views.due(&all(), now).unwrap().rows;
    let row = rows.iter().find(|row| row.duty == Duty::AnswerHit).unwrap();
    let obligation = row.obligation();
    let begun = row.begun_ms;
    assert_eq!((row.who.as_str(), obligation.stage(now)), ("hcm", Some(Stage::Escalated)));
    let mut said = serde_json::to_value(row).unwrap();
    for text in ["begun", "due", "escalates", "subject"] {
        assert!(said.as_object_mut().unwrap().remove(text).is_some_and(|text| text.is_string()));
    }
    assert_eq!(
        said,
        json!({
            "duty": "answer-hit", "alert": OF_DISTRICT, "unit": "hcm_cu-chi", "who": "hcm",
            "stage": "escalated", "urgent": false, "begun_ms": begun,
            "due_ms": begun + 60 * MINUTE, "escalates_ms": begun + 90 * MINUTE,
            "escalates_to": "hcm", "ends_ms": null,
            "remaining_ms": (begun + 60 * MINUTE).cast_signed() - now.cast_signed(),
            "headline": format!("Tin {OF_DISTRICT}"), "severity": "important",
            "category": "wanted-person",
        })
    );
    let draft = rows.iter().find(|row| row.duty == Duty::Approve).unwrap();
    assert_eq!((draft.headline.as_deref(), &draft.severity), (Some("Dự thảo"), &None));
}

#[test]
fn what_was_told_is_left_out_until_it_comes_a_stage_further() {
    let mut shown = busy();
    let untold = DueQuery { unnoted: true, ..all() };
    let rows = shown.views.due(&untold, NOW).unwrap().rows;
    assert_eq!(rows.len(), 7);
    for row in &rows {
        let key = row.obligation().key();
        let noted = proto::DueNoted { key, stage: row.stage.code().into() };
        let noted = shown.cluster.note("hcm", "due.noted", Body::DueNoted(noted));
        shown.see(&noted);
    }
    assert_eq!(shown.views.due(&untold, NOW).unwrap().rows, []);
    let noted = shown.views.due_noted().unwrap();
    let known = |row: &DueRow| noted.contains(&(row.obligation().key(), "begun".to_owned()));
    assert!(noted.len() == 7 && rows.iter().all(known));
    let late = shown.views.due(&untold, NOW + 30 * MINUTE).unwrap().rows;
    let late: Vec<_> = late.iter().map(|row| (row.duty, row.stage)).collect();
    assert_eq!(late, [(Duty::Acknowledge, Stage::Due); 2]);
    assert_eq!(due(&shown, &all(), NOW).len(), 7, "who does not ask for that sees everything");
    shown.check_rebuild(NOW);
    assert_eq!(shown.views.due_noted().unwrap(), noted);
}

#[test]
fn the_next_stage_is_known() {
    let shown = busy();
    let mut moments = BTreeSet::new();
    for row in shown.views.due(&all(), NOW).unwrap().rows {
        moments.extend([row.begun_ms, row.due_ms].into_iter().chain(row.escalates_ms));
    }
    let (mut now, mut heard) = (0, vec![]);
    while let Some(next) = shown.views.next_stage(now).unwrap() {
        heard.push(next);
        now = next;
    }
    assert_eq!(heard, moments.into_iter().collect::<Vec<_>>());
}

#[test]
fn nobody_is_asked_to_release_what_he_wrote() {
    let shown = busy();
    let asked = |officer: &str| {
        let query = DueQuery { not_by: officer.parse().ok(), ..all() };
        due(&shown, &query, NOW).contains(&"approve hcm".to_owned())
    };
    assert!(!asked("cb-1") && asked("cb-2") && asked("cb"));
}
