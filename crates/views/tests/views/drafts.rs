//! Drafts: this node's own, shown to their unit, and no part of what nodes share.

use giapranh_domain::wire::proto::{self, proposal::What};
use giapranh_domain::{Body, DraftState};
use giapranh_views::{AlertQuery, DueQuery, Projector};

use crate::cluster::{ALERT, Log, START_MS, Sketch, ZONE, follow, projected, registrar, version};
use crate::desk::{Shown, end};

const NOW: u64 = START_MS + 60_000;

fn state(shown: &Shown) -> (DraftState, u32) {
    let draft = shown.views.draft(&ALERT.parse().unwrap()).unwrap().unwrap();
    (draft.state, draft.version)
}

/// The alert that the waiting draft becomes.
fn release(shown: &mut Shown, submitted: &giapranh_record::event::Event) {
    let body = Body::AlertIssued(version(1, "Tin", &[ZONE]));
    let cause = vec![submitted.header().event_id];
    let issued = shown.cluster.reply(ALERT, "hcm", body, &[ZONE], cause);
    shown.see(&issued);
}

#[test]
fn a_draft_makes_no_alert_and_changes_nothing_that_is_shared() {
    let mut shown = Shown::founded();
    let before = shown.views.digest().unwrap();
    let (saved, submitted) =
        (shown.cluster.save(ALERT, "cb-1", 1, "Dự thảo"), shown.cluster.submit(ALERT, 1));
    for (event, due) in [(&saved, 0), (&submitted, 1)] {
        shown.see(event);
        assert_eq!(shown.due(NOW).len(), due);
    }
    assert_eq!(shown.views.digest().unwrap(), before);
    assert_eq!(shown.views.alert(&ALERT.parse().unwrap(), None, NOW).unwrap(), None);
    assert_eq!(shown.views.alerts(&AlertQuery::default(), NOW).unwrap().rows, []);
    assert_eq!(shown.views.counters(NOW).unwrap().events, 2);
    shown.check_rebuild(NOW);
    assert_eq!((state(&shown), shown.due(NOW).len()), ((DraftState::Waiting, 1), 1));
}

#[test]
fn what_is_published_releases_the_draft() {
    let mut shown = Shown::founded();
    let (saved, submitted) =
        (shown.cluster.save(ALERT, "cb-1", 1, "Dự thảo"), shown.cluster.submit(ALERT, 1));
    shown.see(&saved);
    shown.see(&submitted);
    release(&mut shown, &submitted);
    assert_eq!(state(&shown), (DraftState::Released, 1));
    assert_eq!(shown.due(NOW), []);
    assert_eq!(shown.views.counters(NOW).unwrap().drafts_waiting, 0);
    shown.check_rebuild(NOW);
    assert_eq!(state(&shown), (DraftState::Released, 1));
}

#[test]
fn a_draft_beside_its_alert_leaves_that_as_it_is() {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "critical", &[ZONE]);
    let (before, asked) = (shown.views.digest().unwrap(), shown.due(NOW));
    let withdrawal = proto::Withdrawal { reason: "executed".into(), ..Default::default() };
    let proposal = proto::Proposal { what: Some(What::Withdraw(withdrawal)) };
    let saved = proto::DraftSaved { version: 1, proposal: Some(proposal) };
    let saved = shown.cluster.draft(ALERT, "cb-1", Body::DraftSaved(saved));
    let submitted = shown.cluster.submit(ALERT, 1);
    for event in [&saved, &submitted] {
        shown.see(event);
        assert_eq!(shown.views.digest().unwrap(), before);
    }
    let rows = shown.views.drafts(&registrar(), None).unwrap();
    assert_eq!((rows[0].proposes.as_str(), rows[0].urgent), ("withdraw", true));
    assert_eq!(rows[0].headline.as_deref(), Some("Tin hcm/2024/000001"), "of the alert");
    assert_eq!(shown.due(NOW).len(), asked.len() + 1);
    shown.check_rebuild(NOW);
    let returned = proto::DraftReturned { version: 1, reason: "ví dụ".into() };
    let returned = shown.cluster.draft(ALERT, "cb-2", Body::DraftReturned(returned));
    shown.see(&returned);
    assert_eq!((state(&shown).0, shown.due(NOW)), (DraftState::Returned, asked));
    assert_eq!(shown.views.digest().unwrap(), before);
}

#[test]
fn a_unit_lists_its_drafts_the_newest_change_first() {
    let mut shown = Shown::founded();
    let other = "hcm_cu-chi/2024/000001";
    let events = [
        shown.cluster.save(ALERT, "cb-1", 1, "Một"),
        shown.cluster.save("hcm/2024/000002", "cb-1", 1, "Hai"),
        shown.cluster.save(other, "cb-1", 1, "Ba"),
        shown.cluster.save(ALERT, "cb-3", 2, "Một, mới"),
    ];
    events.iter().for_each(|event| shown.see(event));
    let listed = |unit: &str, state| {
        let rows = shown.views.drafts(&unit.parse().unwrap(), state).unwrap();
        rows.into_iter().map(|row| (row.headline.unwrap(), row.version)).collect::<Vec<_>>()
    };
    let newest = ("Một, mới".to_owned(), 2);
    assert_eq!(listed("hcm", None), [newest.clone(), ("Hai".to_owned(), 1)]);
    assert_eq!(listed("hcm", Some(DraftState::Writing)).len(), 2);
    assert_eq!(listed("hcm", Some(DraftState::Waiting)), []);
    assert_eq!(listed("hcm_cu-chi", None), [("Ba".to_owned(), 1)]);
    let row = shown.views.drafts(&registrar(), None).unwrap().remove(0);
    assert_eq!(row.saved_by.unwrap().as_str(), "cb-3");
    let whole = shown.views.draft(&ALERT.parse().unwrap()).unwrap().unwrap();
    assert_eq!(whole.written_by.len(), 2);
    assert_eq!(shown.views.draft(&"hcm/2024/000007".parse().unwrap()).unwrap(), None);
}

#[test]
fn nobody_is_asked_to_release_what_a_unit_wrote_that_has_ended() {
    let mut shown = Shown::founded();
    let other = "hcm_cu-chi/2024/000001";
    let (saved, submitted) =
        (shown.cluster.save(other, "cb-1", 1, "Ba"), shown.cluster.submit(other, 1));
    shown.see(&saved);
    shown.see(&submitted);
    assert_eq!(shown.due(NOW).len(), 1);
    shown.decide(vec![end("hcm_cu-chi", "hcm")]);
    assert_eq!(shown.due(NOW), []);
    shown.check_rebuild(NOW);
}

/// The rows follow from the events, however these are batched, and also where the directory came last.
#[test]
fn any_batches_give_the_same_drafts() {
    let mut shown = Shown::founded();
    let (saved, submitted) =
        (shown.cluster.save(ALERT, "cb-1", 1, "Dự thảo"), shown.cluster.submit(ALERT, 1));
    shown.see(&saved);
    shown.see(&submitted);
    let other = shown.cluster.save("hcm/2024/000002", "cb-1", 1, "Hai");
    shown.see(&other);
    release(&mut shown, &submitted);
    let unknown = shown.cluster.sketch("draft.signed", Body::Unreadable);
    let unknown = shown.cluster.publish("hcm", Sketch { zones: vec!["local".into()], ..unknown });
    shown.see(&unknown);
    let expected = (shown.views.drafts(&registrar(), None).unwrap(), shown.obligations(NOW));
    let events: Vec<_> = shown.log.0.iter().map(|stored| stored.event.clone()).collect();
    let directory_last = events[2..].iter().chain(&events[..2]);
    for log in [shown.log.clone(), Log::of(directory_last)] {
        for batch in 1..=events.len() {
            let dir = tempfile::tempdir().unwrap();
            let (_projector, views) = projected(dir.path(), &log, batch);
            let query = DueQuery { limit: 500, ..DueQuery::default() };
            let due = views.due(&query, NOW).unwrap().rows;
            let due: Vec<_> = due.iter().map(giapranh_views::DueRow::obligation).collect();
            assert_eq!((views.drafts(&registrar(), None).unwrap(), due), expected, "{batch}");
        }
    }
    let mut projector = Projector::open(shown.dir.path(), registrar(), &shown.log).unwrap();
    follow(&mut projector, &shown.log, 1);
    assert_eq!(shown.views.drafts(&registrar(), None).unwrap(), expected.0);
}
