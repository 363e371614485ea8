//! Forks: what a node says of them, and what an officer decides.

use bytes::Bytes;
use giapranh_domain::wire::proto::ForkFound;
use giapranh_domain::{Body, note_delivery, report_fork};
use serde_json::json;

use crate::stage::{COMMUNE, Stage, Step, id};
use crate::words::{decide_fork, with};

fn forked() -> Stage {
    let mut stage = Stage::new();
    stage.forks.insert((id("long-an"), 1));
    stage.forks.insert((id("hcm"), 1));
    stage
}

#[track_caller]
fn decided(node: &'static str, command: serde_json::Value) -> String {
    forked().take(Step::Ask(node, command)).unwrap_or_else(|refused| refused)
}

#[test]
fn an_officer_lets_go_on_what_a_fork_holds_up_here_and_tells_nobody() {
    let then = "fork.decided  by hcm (officer-1) to local";
    assert_eq!(decided("hcm", decide_fork("long-an", 1)), then);
}

#[test]
fn a_decision_is_refused_with_every_field_at_fault() {
    for (node, command, then) in [
        ("hcm", decide_fork("long-an", 2), "not-found: /origin no-fork"),
        ("hcm", decide_fork("tay-ninh", 1), "not-found: /origin no-fork"),
        ("hcm", decide_fork("Long An", 1), "invalid: /origin not-an-id"),
        ("hcm", decide_fork("hcm", 1), "conflict: /origin own-fork"),
        (
            "hcm",
            with(with(decide_fork("", 1), "/reason", json!("")), "/drafted_by", json!("")),
            "invalid: /drafted_by required, /reason required, /origin not-an-id",
        ),
        (
            "long-an_duc-hoa",
            with(decide_fork("long-an", 1), "/unit", json!(COMMUNE)),
            "forbidden: /unit not-own",
        ),
    ] {
        assert_eq!(decided(node, command), then);
    }
}

#[test]
fn a_fork_is_reported_where_it_lies_by_who_is_there() {
    let stage = Stage::new();
    let found = |zone: &str| ForkFound { zone: zone.into(), ..Default::default() };
    let said = |node: &str, zone: &str| {
        let decided = report_fork(&stage.directory, &id(node), found(zone))?;
        assert_eq!(decided.body, Body::ForkFound(found(zone)));
        Some(decided.zones.into_iter().map(String::from).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(said("hcm", "hcm-long-an").as_deref(), Some("hcm-long-an"));
    // Only the registrar writes to its own zone, and a fork there is everybody's.
    assert_eq!(said("tay-ninh", "directory").as_deref(), Some("cluster"));
    assert_eq!(said("tay-ninh", "hcm-long-an"), None);
    assert_eq!(said("tay-ninh", "local"), None);
    assert_eq!(said("tay-ninh", "No Zone"), None);
}

#[test]
fn a_noted_delivery_is_the_beacon_as_it_came() {
    let beacon = Bytes::from_static(b"as it came");
    let decided = note_delivery(&id("hcm"), beacon.clone());
    assert_eq!(giapranh_domain::wire::encode(&decided.body), beacon);
    assert_eq!(giapranh_domain::wire::decode(decided.kind.code(), beacon), decided.body);
    assert_eq!(decided.zones.into_iter().map(String::from).collect::<Vec<_>>(), ["local"]);
}
