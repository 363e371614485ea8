//! Links: shown with both alerts, as far as both may be seen.

use giapranh_domain::Body;
use giapranh_domain::codes::Relation;
use giapranh_domain::wire::proto;
use giapranh_views::LinkRow;

use crate::cluster::{ALERT, START_MS, ZONE};
use crate::desk::{Shown, WEST};

const OTHER: &str = "hcm/2024/000002";

fn linked(shown: &Shown, alert: &str, viewer: Option<&str>) -> Vec<LinkRow> {
    let viewer = viewer.map(|unit| shown.viewer(unit));
    shown.views.links_of(&alert.parse().unwrap(), viewer.as_ref(), START_MS).unwrap()
}

fn propose(shown: &mut Shown, other: &str) -> giapranh_record::event::Event {
    let link = proto::LinkProposed {
        other: other.into(),
        relation: "same-person".into(),
        grounds: "ví dụ".into(),
        ..Default::default()
    };
    shown.cluster.say(ALERT, "long-an", Body::LinkProposed(link), &[ZONE])
}

#[test]
fn a_link_stands_with_both_alerts_and_takes_a_decision() {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "important", &[ZONE]);
    shown.issue(OTHER, "important", &[ZONE]);
    let proposed = propose(&mut shown, OTHER);
    shown.see(&proposed);
    let (here, there) = (linked(&shown, ALERT, None), linked(&shown, OTHER, None));
    assert_eq!((here.len(), there.len()), (1, 1));
    assert_eq!(
        (here[0].linked.to_string(), there[0].linked.to_string()),
        (OTHER.into(), ALERT.into())
    );
    assert_eq!(here[0].headline.as_deref(), Some("Tin hcm/2024/000002"));
    assert_eq!(
        (here[0].relation(), here[0].state.as_str()),
        (Some(Relation::SamePerson), "proposed")
    );
    assert_eq!((&here[0].proposed_by, here[0].unit.as_str()), (&None, "long-an"));
    for (unit, decision) in [("hcm", "confirmed"), ("long-an", "rejected")] {
        let said = proto::LinkDecided { decision: decision.into(), ..Default::default() };
        let cause = vec![proposed.header().event_id];
        let said = shown.cluster.reply(ALERT, unit, Body::LinkDecided(said), &[ZONE], cause);
        shown.see(&said);
        for alert in [ALERT, OTHER] {
            assert_eq!(linked(&shown, alert, None)[0].state, decision);
        }
    }
    let before = linked(&shown, OTHER, None);
    shown.check_rebuild(START_MS);
    assert_eq!(linked(&shown, OTHER, None), before);
}

#[test]
fn a_link_does_not_tell_of_what_may_not_be_seen() {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "important", &[ZONE]);
    shown.issue(OTHER, "important", &[WEST]);
    for other in [OTHER, "hcm/2024/000003"] {
        let proposed = propose(&mut shown, other);
        shown.see(&proposed);
    }
    let others = |alert: &str, unit: &str| -> Vec<String> {
        let found = linked(&shown, alert, Some(unit));
        found.into_iter().map(|row| row.linked.to_string()).collect()
    };
    assert_eq!(others(ALERT, "hcm"), [OTHER, "hcm/2024/000003"], "one of which is not here");
    assert_eq!(others(OTHER, "hcm"), [ALERT]);
    assert_eq!(others(ALERT, "long-an"), ["hcm/2024/000003"]);
    assert_eq!(others(OTHER, "tay-ninh"), [""; 0]);
    assert_eq!(others(ALERT, "tay-ninh"), [""; 0]);
}

#[test]
fn a_decision_before_its_proposal_waits_for_it() {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "important", &[ZONE]);
    let proposed = propose(&mut shown, OTHER);
    let said = proto::LinkDecided { decision: "confirmed".into(), ..Default::default() };
    let cause = vec![proposed.header().event_id];
    let said = shown.cluster.reply(ALERT, "hcm", Body::LinkDecided(said), &[ZONE], cause);
    shown.see(&said);
    assert_eq!(linked(&shown, ALERT, None), []);
    shown.see(&proposed);
    assert_eq!(linked(&shown, ALERT, None)[0].state, "confirmed");
}
