//! Why a node that has an alert lacks its key.

use giapranh_domain::wire::proto::directory_change::Change;
use giapranh_domain::{Alert, NoKey, Sealed};

use crate::changes::{node, redrawn};
use crate::stage::{Stage, Step, id};
use crate::words::{issue, wanted};

/// Has no node yet, and is in no zone of the alert.
const UNIT: &str = "tien-giang";

/// With the directory as these changes made it: why that unit's node can't read an alert.
fn why(changes: Vec<Change>) -> Option<NoKey> {
    let mut stage = Stage::new();
    stage.take(Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]))).unwrap();
    stage.take(Step::Publish(changes)).unwrap();
    let sealed: Vec<_> =
        stage.log.iter().map(|event| event.clone().without_payload(Sealed::Waiting)).collect();
    let alert = Alert::fold("long-an/2024/000001".parse().unwrap(), &sealed, &stage.directory);
    assert_eq!(alert.sealed, Some(Sealed::Waiting));
    alert.no_key(&id(UNIT), &stage.directory)
}

/// Its node, with a key that others can grant to.
fn enrolled() -> Change {
    let Change::NodeEnrolled(mut node) = node(UNIT, vec![99; 32], &[]) else { unreachable!() };
    node.sealing_key = vec![7; 32];
    Change::NodeEnrolled(node)
}

#[test]
fn a_key_that_is_asked_for_is_told_from_one_that_nobody_may_grant() {
    let joined = || redrawn("hcm-long-an", &[UNIT], &[]);
    assert_eq!(why(vec![joined(), enrolled()]), Some(NoKey::Asked));
    assert_eq!(why(vec![joined()]), Some(NoKey::NotEnrolled));
    assert_eq!(why(vec![enrolled()]), Some(NoKey::NotEntitled));
}

#[test]
fn what_is_not_sealed_waits_for_no_key() {
    let mut stage = Stage::new();
    stage.take(Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]))).unwrap();
    let id_of = "long-an/2024/000001".parse().unwrap();
    let alert = Alert::fold(id_of, &stage.log, &stage.directory);
    assert_eq!(alert.no_key(&id("hcm"), &stage.directory), None);
}
