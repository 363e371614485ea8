//! Whose key signs what, for whom a node acts, and how far it counts.

use giapranh_domain::wire::proto::{self, directory_change::Change};
use serde_json::json;

use super::contradicts;
use super::units::{DISTRICT, abolished};
use crate::changes::{confirmed, cut, granted, node, waiting, zone};
use crate::stage::{COMMUNE, Stage, Step, check, id};
use crate::words::{amend, close, confirm, hit, issue, offender, request, wanted, with, withdraw};

const ALERT: &str = "long-an/2024/000001";
const ZONE: &str = "hcm-long-an";
const DAY: &str = "2024-06-01";
const BEN_LUC: &str = "long-an_ben-luc";

fn issued() -> Step {
    Step::Ask("long-an", issue(wanted(), &[ZONE]))
}

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

/// A district that is not in that zone may still say something to the whole cluster.
fn asks() -> Step {
    Step::Ask(BEN_LUC, request("hcm-tay-ninh", "2024-12-31"))
}

#[test]
fn a_key_is_without_effect_until_the_province_has_confirmed_it() {
    let enrolled = || decided([waiting(BEN_LUC, 40)]);
    check([enrolled()], asks(), "forbidden: /unit not-enrolled");
    let stage = after([enrolled()]);
    let directory = &stage.directory;
    let unit = id(BEN_LUC);
    assert!(directory.tenure(&unit).is_none() && directory.node(&unit).is_none());
    assert!(directory.nodes().all(|node| node.unit != unit));
    assert!(!directory.snapshot(11).nodes.contains_key(&unit));
    let waiting: Vec<_> =
        directory.unconfirmed().map(|(unit, tenure)| (unit, tenure.epoch)).collect();
    assert_eq!(waiting, [(&unit, 1)]);
    // Its signature is known all the same, so that what it wrote too early is not lost but disowned.
    assert!(directory.signs(&unit, 1, &[40; 32]) && !directory.signs(&unit, 2, &[40; 32]));
    let counts = || [enrolled(), decided([confirmed(BEN_LUC, 1)])];
    check(counts(), asks(), "zone.requested  by long-an_ben-luc (officer-1) to cluster");
    let early = || {
        Step::Forge(BEN_LUC, request("hcm-tay-ninh", "2024-12-31"), |meta| {
            meta.directory_seq = 11;
        })
    };
    check(counts(), early(), "Disowned(NotEnrolled)");
    let stage = after(counts());
    assert_eq!(stage.directory.unconfirmed().count(), 0);
    assert_eq!(stage.directory.snapshot(12).nodes[&unit], 1);
    assert!(!stage.directory.snapshot(11).nodes.contains_key(&unit));
}

#[test]
fn a_province_waits_for_nobody() {
    let stage = after([decided([waiting("tien-giang", 40)])]);
    assert_eq!(stage.directory.tenure(&id("tien-giang")).unwrap().counts_from, Some(11));
}

#[test]
fn the_province_confirms_the_key_that_the_unit_read_out() {
    let given = || [decided([waiting(BEN_LUC, 40)])];
    let then = "enrolment.confirmed  by long-an (officer-1) to cluster";
    check(given(), Step::Ask("long-an", confirm(BEN_LUC, 40)), then);
    check(given(), Step::Ask("long-an", confirm(BEN_LUC, 41)), "conflict: /public_key key");
    let upper = with(confirm(BEN_LUC, 0xab), "/public_key", json!("AB".repeat(32)));
    check(given(), Step::Ask("long-an", upper), "conflict: /public_key key");
    for stranger in ["hcm", "tay-ninh", DISTRICT] {
        check(given(), Step::Ask(stranger, confirm(BEN_LUC, 40)), "forbidden: /unit not-province");
    }
    let as_a_unit = with(confirm(BEN_LUC, 40), "/unit", json!("long-an"));
    check(given(), Step::Ask(DISTRICT, as_a_unit), "forbidden: /unit not-served");
    let own = Step::Ask(BEN_LUC, confirm(BEN_LUC, 40));
    check(given(), own, "forbidden: /unit not-enrolled");
    let nobody_waits = "not-found: /enrolled confirmed";
    check([], Step::Ask("long-an", confirm(BEN_LUC, 40)), nobody_waits);
    check(given(), Step::Ask("long-an", confirm(DISTRICT, 4)), nobody_waits);
    check(given(), Step::Ask("long-an", confirm("Bến Lức", 4)), "invalid: /enrolled not-an-id");
}

#[test]
fn a_key_is_confirmed_once_and_before_it_is_cut() {
    contradicts(confirmed(BEN_LUC, 1), "confirmed");
    contradicts(confirmed(DISTRICT, 1), "confirmed");
    contradicts(confirmed("nowhere", 1), "unknown-unit");
    let given = || [decided([waiting(BEN_LUC, 40)])];
    for epoch in [0, 2] {
        check(given(), decided([confirmed(BEN_LUC, epoch)]), "/changes/0 confirmed");
    }
    let twice = decided([confirmed(BEN_LUC, 1), confirmed(BEN_LUC, 1)]);
    check(given(), twice, "/changes/1 confirmed");
    // What turned out to be a stranger's key can be cut, and is not confirmed by mistake then.
    let cut = || decided([cut(BEN_LUC, 1, None, "revoked")]);
    let given = given().into_iter().chain([cut()]);
    check(given, decided([confirmed(BEN_LUC, 1)]), "/changes/0 confirmed");
    let stage = after([decided([waiting(BEN_LUC, 40)]), cut()]);
    assert_eq!(stage.directory.unconfirmed().count(), 0);
}

fn enrolled(unit: &str, key: u8, epoch: u32) -> Change {
    Change::NodeEnrolled(proto::NodeEnrolled {
        unit: unit.into(),
        public_key: vec![key; 32],
        epoch,
        ..Default::default()
    })
}

#[test]
fn a_node_has_one_key_and_then_that_of_the_next_epoch() {
    contradicts(enrolled(DISTRICT, 40, 0), "enrolled");
    contradicts(enrolled(DISTRICT, 40, 2), "enrolled");
    contradicts(enrolled(BEN_LUC, 40, 2), "epoch");
    let rotated = || [decided([cut(DISTRICT, 1, Some(3), "rotated")])];
    for wrong in [1, 3, u32::MAX] {
        check(rotated(), decided([enrolled(DISTRICT, 40, wrong)]), "/changes/0 epoch");
    }
    check(rotated(), decided([enrolled(DISTRICT, 40, 0)]), "head 12");
    check(rotated(), decided([enrolled(DISTRICT, 40, 2)]), "head 12");
    let both = decided([cut(DISTRICT, 1, Some(3), "rotated"), enrolled(DISTRICT, 40, 2)]);
    check([], both, "head 11");
    let early = decided([enrolled(DISTRICT, 40, 2), cut(DISTRICT, 1, Some(3), "rotated")]);
    check([], early, "/changes/0 enrolled");
}

#[test]
fn a_key_is_never_enrolled_again() {
    contradicts(enrolled(BEN_LUC, 4, 0), "key");
    let rotated = || [decided([cut(DISTRICT, 1, Some(3), "rotated"), enrolled(DISTRICT, 40, 2)])];
    for used in [4, 40] {
        check(rotated(), decided([enrolled(BEN_LUC, used, 0)]), "/changes/0 key");
    }
    let back = decided([cut(DISTRICT, 2, None, "rotated"), enrolled(DISTRICT, 4, 3)]);
    check(rotated(), back, "/changes/1 key");
    // Nor that of a unit that ended, nor one that was never confirmed.
    let given = [Step::Decide(DAY, abolished(0)), decided([waiting(BEN_LUC, 40)])];
    let both = decided([enrolled("tien-giang", 4, 0), enrolled("binh-duong", 40, 0)]);
    check(given, both, "/changes/0 key, /changes/1 key");
    for wrong in [vec![], vec![9; 31], vec![9; 33]] {
        contradicts(node(BEN_LUC, wrong, &[]), "key");
    }
}

fn with_nkeys(unit: &str, key: u8, nkeys: [&str; 3]) -> Change {
    let [nats_key, nats_owner_key, nats_link_key] = nkeys.map(str::to_owned);
    Change::NodeEnrolled(proto::NodeEnrolled {
        unit: unit.into(),
        public_key: vec![key; 32],
        nats_key,
        nats_owner_key,
        nats_link_key,
        ..Default::default()
    })
}

#[test]
fn an_nkey_is_one_line_s() {
    let given = || [decided([with_nkeys("tien-giang", 40, ["UA", "UB", "UC"])])];
    for taken in
        [["UA", "", ""], ["UB", "", ""], ["", "UC", ""], ["", "", "UA"], ["UX", "UY", "UB"]]
    {
        check(given(), decided([with_nkeys("binh-duong", 41, taken)]), "/changes/0 nats-key");
    }
    for twice in [["UX", "UX", ""], ["", "UX", "UX"], ["UX", "", "UX"]] {
        check(given(), decided([with_nkeys("binh-duong", 41, twice)]), "/changes/0 nats-key");
    }
    check(given(), decided([with_nkeys("binh-duong", 41, ["", "", ""])]), "head 12");
    // Its own of before is good for nothing either: somebody may hold it.
    let again = with_nkeys("tien-giang", 41, ["UA", "", ""]);
    let again = decided([cut("tien-giang", 1, None, "revoked"), again]);
    check(given(), again, "/changes/1 nats-key");
}

#[test]
fn a_cut_names_a_node_an_epoch_and_an_event() {
    contradicts(cut(BEN_LUC, 1, None, "revoked"), "unknown-unit");
    contradicts(cut(DISTRICT, 2, None, "revoked"), "epoch");
    contradicts(cut(DISTRICT, 0, None, "revoked"), "epoch");
    contradicts(cut(DISTRICT, 1, None, "lost"), "unknown-code");
    let short = Change::CutMade(proto::CutMade {
        origin: DISTRICT.into(),
        epoch: 1,
        last_hash: vec![0; 31],
        cause: "revoked".into(),
        ..Default::default()
    });
    contradicts(short, "hash");
}

/// It would lie beyond the cut that it makes, and everybody would refuse it.
#[test]
fn who_keeps_the_directory_does_not_cut_itself() {
    for cause in ["revoked", "rotated", "succeeded", "new-epoch"] {
        contradicts(cut("hcm", 1, Some(3), cause), "registrar");
    }
    let next = crate::changes::handed_over("long-an", 1, 3);
    let handed_over = || next.clone();
    for unit in ["hcm", "long-an"] {
        let both = decided([handed_over(), cut(unit, 1, Some(3), "rotated")]);
        check([], both, "/changes/1 registrar");
    }
    // The one after it says how far it counted.
    let after = [decided([handed_over()])];
    check(after, decided([cut("hcm", 1, Some(3), "rotated")]), "head 12");
}

#[test]
fn a_key_that_was_cut_is_not_dated_back() {
    let given = || [issued(), decided([cut("long-an", 1, Some(0), "revoked")])];
    check(given(), Step::Ask("long-an", withdraw(ALERT)), "forbidden: /unit cut");
    // Forged by who holds the key, under whatever head and clock.
    let forge = |head: Option<u64>, then: &str| {
        let mut stage = after(given());
        let mut meta = stage.log[0].meta.clone();
        meta.index = 1;
        meta.kind = "alert.withdrawn".into();
        meta.recorded = 1;
        meta.directory_seq = head.unwrap_or(stage.directory.head());
        assert_eq!(format!("{:?}", stage.directory.judge(&meta)), then);
        meta.index = u64::MAX;
        meta.recorded = u64::MAX;
        assert_eq!(format!("{:?}", stage.directory.judge(&meta)), then);
        assert!(stage.directory.is_beyond_cut(&id("long-an"), 1, 1));
        assert!(!stage.directory.is_beyond_cut(&id("long-an"), 1, 0));
        assert_eq!(stage.take(Step::Show(ALERT)).unwrap(), "Active v1 in hcm-long-an");
    };
    for head in [Some(0), Some(9), Some(10), Some(11), None] {
        forge(head, "Disowned(BeyondCut)");
    }
    forge(Some(12), "Waiting");
}

#[test]
fn of_a_key_that_was_never_the_node_s_nothing_counts() {
    let given = [issued(), decided([cut("long-an", 1, None, "revoked")])];
    check(given, Step::Show(ALERT), "Awaited v0 in ; alert.issued Disowned(BeyondCut)");
}

#[test]
fn the_first_cut_is_not_widened_by_a_later_one() {
    let amended = || Step::Ask("long-an", amend(ALERT, wanted(), &[]));
    let then = "Active v1 in hcm-long-an; alert.amended Disowned(BeyondCut)";
    let cut = |last| decided([cut("long-an", 1, Some(last), "revoked")]);
    check([issued(), amended(), cut(0), cut(1)], Step::Show(ALERT), then);
    check([issued(), amended(), cut(1), cut(0)], Step::Show(ALERT), then);
    check([issued(), amended(), cut(1)], Step::Show(ALERT), "Active v2 in hcm-long-an");
}

#[test]
fn a_new_epoch_goes_on_with_the_same_key_and_what_was_lost_is_late() {
    let lost = || decided([cut("long-an", 1, Some(0), "new-epoch")]);
    let given = || [issued(), Step::Ask("long-an", withdraw(ALERT)), lost()];
    check(given(), Step::Show(ALERT), "Active v1 in hcm-long-an; alert.withdrawn Late");
    let again = || Step::Ask("long-an", amend(ALERT, wanted(), &[]));
    let then = "Active v2 in hcm-long-an; alert.withdrawn Late";
    check(given().into_iter().chain([again()]), Step::Show(ALERT), then);
    let stage = after(given());
    let tenure = stage.directory.tenure(&id("long-an")).unwrap();
    assert_eq!((tenure.epoch, tenure.public_key), (2, [3; 32]));
    assert!(!stage.directory.is_beyond_cut(&id("long-an"), 1, 1), "kept, to be shown as late");
    assert_eq!(stage.directory.snapshot(11).nodes[&id("long-an")], 2);
    // That epoch is cut in its turn; the one before is not opened twice.
    let twice = [lost(), lost(), decided([cut("long-an", 2, Some(0), "new-epoch")])];
    let stage = after(twice);
    let epochs = stage.directory.all_nodes().find(|node| node.unit == id("long-an")).unwrap();
    let epochs: Vec<u32> = epochs.tenures.iter().map(|tenure| tenure.epoch).collect();
    assert_eq!(epochs, [1, 2, 3]);
    // Who lost its log has a node all the same; a new key needs that epoch to be cut.
    check([lost()], decided([enrolled("long-an", 40, 3)]), "/changes/0 enrolled");
    let rotated = decided([cut("long-an", 2, None, "rotated"), enrolled("long-an", 40, 3)]);
    check([lost()], rotated, "head 12");
}

#[test]
fn a_new_epoch_of_a_key_that_waits_waits_too() {
    let stage =
        after([decided([waiting(BEN_LUC, 40)]), decided([cut(BEN_LUC, 1, None, "new-epoch")])]);
    assert!(stage.directory.tenure(&id(BEN_LUC)).is_none());
    let waiting: Vec<u32> = stage.directory.unconfirmed().map(|(_, tenure)| tenure.epoch).collect();
    assert_eq!(waiting, [2]);
}

#[test]
fn a_closed_node_decides_nothing() {
    let closed = || [issued(), Step::Ask("long-an", close())];
    let then = "node.closed  by long-an (officer-1) to cluster";
    check([issued()], Step::Ask("long-an", close()), then);
    for command in [
        issue(wanted(), &[ZONE]),
        withdraw(ALERT),
        amend(ALERT, wanted(), &[]),
        hit(ALERT),
        confirm(BEN_LUC, 40),
        request("hcm-tay-ninh", "2024-12-31"),
        close(),
    ] {
        check(closed(), Step::Ask("long-an", command), "conflict: /unit closed");
    }
    // With its next key it goes on.
    let rotated = decided([cut("long-an", 1, Some(1), "rotated"), enrolled("long-an", 40, 2)]);
    let then = format!("alert.withdrawn {ALERT} by long-an (officer-1 officer-2) to {ZONE}");
    let given = closed().into_iter().chain([rotated]);
    check(given, Step::Ask("long-an", withdraw(ALERT)), &then);
}

#[test]
fn a_node_is_closed_by_its_own_unit_with_a_reason_and_not_the_registrar_s() {
    check([], Step::Ask("hcm", close()), "conflict: /act registrar");
    let silent = with(close(), "/reason", json!(""));
    check([], Step::Ask("long-an", silent), "invalid: /reason required");
    let for_another = with(close(), "/unit", json!(COMMUNE));
    check([], Step::Ask(DISTRICT, for_another), "forbidden: /unit not-own");
    let handed_over = [decided([crate::changes::handed_over("long-an", 1, 3)])];
    check(handed_over, Step::Ask("hcm", close()), "node.closed  by hcm (officer-1) to cluster");
}

/// A node that reads a zone for a while reads it no more under the key that was taken from it.
#[test]
fn a_cut_node_counts_no_more() {
    let given = [
        decided([zone("x", &["hcm", "dong-nai"]), granted("x", DISTRICT, 2_000_000_000_000)]),
        decided([cut(DISTRICT, 1, Some(0), "revoked")]),
    ];
    let stage = after(given);
    assert!(stage.directory.nodes().all(|node| node.unit != id(DISTRICT)));
    assert!(stage.directory.tenure(&id(DISTRICT)).is_none());
    assert!(stage.directory.snapshot(11).nodes.contains_key(&id(DISTRICT)));
    assert!(!stage.directory.snapshot(12).nodes.contains_key(&id(DISTRICT)));
    let refused = Step::Ask(DISTRICT, issue(offender(), &[ZONE]));
    let cut = decided([cut(DISTRICT, 1, Some(0), "revoked")]);
    check([cut], refused, "forbidden: /unit cut");
}
