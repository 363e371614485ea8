//! A node acts for its own unit, and for those that have none.

use giapranh_domain::wire::proto::directory_change::Change;
use serde_json::json;

use super::contradicts;
use super::units::DISTRICT;
use crate::changes::{confirmed, cut, node, serves, waiting};
use crate::stage::{COMMUNE, Stage, Step, check, id};
use crate::words::{request, with};

const DAY: &str = "2024-06-01";
const BEN_LUC: &str = "long-an_ben-luc";

fn decided(changes: impl IntoIterator<Item = Change>) -> Step {
    Step::Decide(DAY, changes.into_iter().collect())
}

fn after(steps: impl IntoIterator<Item = Step>) -> Stage {
    let mut stage = Stage::new();
    for step in steps {
        stage.take(step).unwrap();
    }
    stage
}

#[test]
fn one_node_acts_for_a_unit_and_of_the_same_province() {
    contradicts(serves("long-an", &[COMMUNE]), "served");
    contradicts(serves(BEN_LUC, &[COMMUNE]), "no-node");
    contradicts(serves("long-an", &["hcm_hoc-mon"]), "other-province");
    contradicts(serves("long-an", &["nowhere"]), "unknown-unit");
    contradicts(serves("long-an", &[DISTRICT]), "served");
    contradicts(serves("long-an", &["long-an"]), "served");
    contradicts(node("tien-giang", vec![40; 32], &["hcm_hoc-mon"]), "other-province");
    let passed_on = decided([serves(DISTRICT, &[]), serves("long-an", &[COMMUNE])]);
    check([], passed_on, "head 11");
}

#[test]
fn the_list_of_whom_a_node_acts_for_is_the_whole_list() {
    let (one, other) = ("long-an_duc-hue", BEN_LUC);
    let stage = after([
        decided([serves("long-an", &[one])]),
        decided([serves("long-an", &[other])]),
        decided([serves("long-an", &[one, other])]),
        decided([serves("long-an", &[])]),
    ]);
    let at = |unit: &str, head| {
        let served_by = &stage.directory.snapshot(head).units[&id(unit)].served_by;
        served_by.as_ref().is_some_and(|node| *node == id("long-an"))
    };
    let seen = |unit| (10..=14).map(|head| at(unit, head)).collect::<Vec<_>>();
    assert_eq!(seen(one), [false, true, false, true, false]);
    assert_eq!(seen(other), [false, false, true, true, false]);
    assert_eq!(stage.directory.acting_units(&id("long-an")), [id("long-an")].into());
    assert_eq!(stage.directory.node_of(&id(COMMUNE)), Some(&id(DISTRICT)));
    assert_eq!(stage.directory.node_of(&id(one)), None);
}

/// Two nodes of one unit would give the same numbers to different alerts.
#[test]
fn who_gets_a_node_of_its_own_is_served_no_more() {
    let serving = || decided([serves("long-an", &[BEN_LUC])]);
    let by_province = || {
        Step::Ask("long-an", with(request("hcm-tay-ninh", "2024-12-31"), "/unit", json!(BEN_LUC)))
    };
    let then = "zone.requested  by long-an_ben-luc (officer-1) to cluster";
    let waits = || [serving(), decided([waiting(BEN_LUC, 40)])];
    // Until its key counts, somebody has to.
    check(waits(), by_province(), then);
    let counts = || waits().into_iter().chain([decided([confirmed(BEN_LUC, 1)])]);
    check(counts(), by_province(), "forbidden: /unit not-served");
    check(counts(), Step::Ask(BEN_LUC, request("hcm-tay-ninh", "2024-12-31")), then);
    check(counts(), decided([serves("long-an", &[BEN_LUC])]), "/changes/0 served");
    let at_once = [serving(), decided([node(BEN_LUC, vec![40; 32], &[])])];
    check(at_once, by_province(), "forbidden: /unit not-served");
    // And again, when its key is gone.
    let gone = counts().chain([decided([cut(BEN_LUC, 1, None, "revoked")]), serving()]);
    check(gone, by_province(), then);
}
