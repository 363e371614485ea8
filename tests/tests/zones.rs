//! A unit asks for a neighbour's zone, gets it for a time with what was said there before, and loses
//! it again.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;

use common::{HCM, LONG_AN, REGISTRAR, Scene, TIEN_GIANG, ZONE, text};
use giapranh_tests::cluster::Member;
use serde_json::Value;

const MEMBERS: [Member; 4] =
    [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN), Member::new(TIEN_GIANG)];

#[test]
fn a_unit_reads_a_granted_zone_from_its_beginning_and_no_longer_than_it_has_it() {
    let scene = Scene::running(&MEMBERS);
    let before = scene.issue(HCM, "Truy nã, trước khi vào địa bàn (ví dụ)", ZONE);
    scene.seen(&before, &[LONG_AN]);
    assert_eq!(scene.count(&before, TIEN_GIANG), 0);

    let reason = "Đối tượng qua lại (ví dụ)";
    let ask = ["zone", "request", ZONE, "--until", "2099-12-31", "--reason", reason];
    let asked = scene.act(TIEN_GIANG, &[&ask[..], &["--officer", "cb-01"]].concat());
    scene.seen(&asked, &[REGISTRAR]);
    let requests = scene.act(REGISTRAR, &["zone", "requests"]);
    let request = requests.as_array().unwrap().first().unwrap();
    assert_eq!((&request["unit"], &request["zone"]), (&TIEN_GIANG.into(), &ZONE.into()));
    let id = text(&asked, "event_id");
    let grant = ["zone", "grant", id, "--decision", "Đồng ý (ví dụ)"];
    scene.act(REGISTRAR, &[&grant[..], &common::OFFICERS].concat());
    scene.seen(&before, &[TIEN_GIANG]);
    assert_eq!(scene.act(REGISTRAR, &["zone", "requests"]), Value::Array(Vec::new()));
    let within = scene.issue(LONG_AN, "Truy nã, khi đã vào (ví dụ)", ZONE);
    scene.seen(&within, &[TIEN_GIANG, HCM]);
    scene.verify(&[HCM, LONG_AN, TIEN_GIANG]);

    let leave = ["zone", "redraw", ZONE, "--leave", TIEN_GIANG, "--decision", "Hết hạn (ví dụ)"];
    let left = scene.act(REGISTRAR, &[&leave[..], &common::OFFICERS].concat());
    scene.seen(&left, &[HCM, LONG_AN, TIEN_GIANG]);
    // The owner has taken the zone from the consumer when it is out of its filters; what all read
    // comes after what is published for the zone.
    let gone = |status: &Value| !status["zones"].as_array().unwrap().contains(&ZONE.into());
    scene.cluster.wait_status(TIEN_GIANG, "out of the zone", gone).unwrap();
    let after = scene.issue(HCM, "Truy nã, sau khi ra (ví dụ)", ZONE);
    let to_all = scene.issue(HCM, "Truy nã, toàn cụm (ví dụ)", "cluster");
    scene.seen(&to_all, &[TIEN_GIANG, LONG_AN]);
    assert_eq!((scene.count(&after, TIEN_GIANG), scene.count(&after, LONG_AN)), (0, 1));
}
