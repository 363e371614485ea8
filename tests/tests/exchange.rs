//! What units tell each other arrives: in order, once, at those who may have it, whatever dies
//! between them. After each step every log is verified whole.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;

use common::{
    COMMUNE, DUC_HOA, HCM, LONG_AN, OFFICERS, REGISTRAR, Scene, TIEN_GIANG, ZONE, text, wanted,
};
use giapranh_tests::cluster::Member;
use giapranh_tests::{api, story};
use serde_json::Value;

/// Those who are in the zone hold the same events as long as only its members say something.
const IN_ZONE: [&str; 3] = [HCM, LONG_AN, DUC_HOA];
/// And those who are not.
const OUTSIDE: [&str; 2] = [REGISTRAR, TIEN_GIANG];

const DISTRICT: Member = Member { serves: &[COMMUNE], ..Member::new(DUC_HOA) };
const MEMBERS: [Member; 5] = [
    Member::new(REGISTRAR),
    Member::new(HCM),
    Member::new(LONG_AN),
    DISTRICT,
    Member::new(TIEN_GIANG),
];
/// The fewest that have something to say to each other.
const FEW: [Member; 3] = [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN)];

#[test]
fn an_alert_goes_its_way_among_the_members_of_its_zone() {
    let scene = Scene::running(&MEMBERS);
    let verify = || {
        scene.verify(&IN_ZONE);
        scene.verify(&OUTSIDE);
    };
    let issued = scene.issue(HCM, "Truy nã (ví dụ)", ZONE);
    let alert = text(&issued, "alert");
    scene.seen(&issued, &IN_ZONE);
    verify();

    let mut content = wanted("Truy nã, nơi mới (ví dụ)");
    content["wanted_person"]["person"]["last_known_place"] = "Chợ Thử Nghiệm".into();
    let content = scene.file(&content.to_string());
    let amend = ["alert", "amend", alert, "--content", &content, "--reason", "nơi mới (ví dụ)"];
    let amended = scene.act(HCM, &[&amend[..], &OFFICERS].concat());
    scene.seen(&amended, &IN_ZONE);
    assert_eq!(scene.act(DUC_HOA, &["alert", "show", alert])["version"], 2);
    verify();

    let hit = scene.act(DUC_HOA, &hit(alert));
    scene.seen(&hit, &IN_ZONE);
    verify();

    let id = text(&hit, "event_id");
    let answer = ["hit", "answer", alert, "--hit", id, "--result", "same", "--officer", "cb-04"];
    let answer = scene.act(HCM, &answer);
    scene.seen(&answer, &IN_ZONE);
    let shown = scene.act(DUC_HOA, &["alert", "show", alert]);
    assert_eq!(shown["hits"][id]["report"]["unit"], COMMUNE, "{shown}");
    assert_eq!(shown["hits"][id]["answers"][0]["answer"]["result"], "same", "{shown}");
    verify();

    let withdraw = ["alert", "withdraw", alert, "--reason", "executed"];
    let withdrawn = scene.act(HCM, &[&withdraw[..], &OFFICERS].concat());
    scene.seen(&withdrawn, &IN_ZONE);
    assert_eq!(scene.act(LONG_AN, &["alert", "show", alert])["status"], "withdrawn");
    verify();

    // Streams are pulled in order: who has these has whatever of before was meant for it.
    for province in [HCM, LONG_AN] {
        let fence = scene.issue(province, "Toàn cụm (ví dụ)", "cluster");
        scene.seen(&fence, &[&IN_ZONE[..], &OUTSIDE].concat());
    }
    verify();
    for event in [&issued, &amended, &hit, &answer, &withdrawn] {
        assert!(IN_ZONE.iter().all(|unit| scene.count(event, unit) == 1), "{event}");
        assert!(OUTSIDE.iter().all(|unit| scene.count(event, unit) == 0), "{event}");
    }
}

fn hit(alert: &str) -> Vec<&str> {
    let mut hit = vec!["hit", "report", alert, "--urgency", "urgent", "--unit", COMMUNE];
    hit.extend(["--place", "Quán Ví Dụ", "--seen-at", "2024-03-05T21:10:00+07:00"]);
    hit.extend(["--basis", "khớp đặc điểm", "--certainty", "probable", "--done", "giám sát"]);
    hit.extend(["--officer", "cb-truc-03"]);
    hit
}

#[test]
fn what_is_said_while_there_is_no_server_arrives_when_there_is_one() {
    let mut scene = Scene::founded(&FEW);
    scene.cluster.nats.kill();
    scene.cluster.start_all().unwrap();
    // Nobody but the registrar knows the directory yet, so nobody else can act.
    let first = scene
        .cluster
        .wait_status(REGISTRAR, "up without a server", |status| {
            status["line"].as_str().is_some_and(|line| line.contains("not connected"))
        })
        .map(|status| {
            assert!(status["outbox"]["waiting"].is_string(), "{status}");
            scene.issue(REGISTRAR, "Chưa có máy chủ (ví dụ)", "cluster")
        })
        .unwrap();
    scene.cluster.nats.restart().unwrap();
    scene.seen(&first, &[HCM, LONG_AN]);
    scene.ready();

    // The same for those who know it, and start while the server is away.
    scene.cluster.stop_all().unwrap();
    scene.cluster.nats.kill();
    scene.cluster.start_all().unwrap();
    let said = |status: &Value| {
        let pulls = status["pulls"].as_object().filter(|pulls| !pulls.is_empty());
        pulls.is_some_and(|pulls| {
            pulls.values().all(|pull| pull.as_str().is_some_and(|why| why.starts_with("waiting: ")))
        }) && status["outbox"]["waiting"].is_string()
    };
    for unit in [HCM, LONG_AN] {
        scene.cluster.wait_status(unit, "waiting", said).unwrap();
    }
    let events = [HCM, LONG_AN].map(|unit| scene.issue(unit, "Vẫn chưa có (ví dụ)", ZONE));
    scene.cluster.nats.restart().unwrap();
    events.iter().for_each(|event| scene.seen(event, &[HCM, LONG_AN]));
    let all_is_well = |status: &Value| status["outbox"]["waiting"].is_null();
    scene.cluster.wait_status(LONG_AN, "publishing", all_is_well).unwrap();
    scene.verify(&[HCM, LONG_AN]);
}

#[test]
fn what_a_node_acknowledged_survives_its_death() {
    let mut scene = Scene::running(&FEW);
    let answers = story::issue_many(&scene.cluster.node(HCM).dir, 500, ZONE);
    let mut acknowledged: Vec<Value> = answers.iter().take(8).collect();
    scene.cluster.kill(HCM);
    acknowledged.extend(answers);
    assert!(acknowledged.len() < 500, "it was killed after everything was done");

    scene.cluster.start(HCM).unwrap();
    scene.ready();
    let fence = scene.issue(HCM, "Sau sự cố (ví dụ)", ZONE);
    scene.seen(&fence, &[HCM, LONG_AN]);
    for event in &acknowledged {
        assert_eq!([HCM, LONG_AN].map(|unit| scene.count(event, unit)), [1, 1], "{event}");
    }
    scene.verify(&[HCM, LONG_AN]);
    assert_eq!(scene.cluster.event_ids(HCM).unwrap(), scene.cluster.event_ids(LONG_AN).unwrap());
}

#[test]
fn a_server_that_dies_between_alerts_costs_none_of_them() {
    const ALERTS: usize = 30;
    let mut scene = Scene::running(&FEW);
    let answers = story::issue_many(&scene.cluster.node(HCM).dir, ALERTS, ZONE);
    let mut issued: Vec<Value> = answers.iter().take(ALERTS / 3).collect();
    scene.cluster.nats.kill();
    issued.extend(answers.iter().take(ALERTS / 3));
    scene.cluster.nats.restart().unwrap();
    issued.extend(answers);
    assert_eq!(issued.len(), ALERTS, "an alert was not accepted without a server");

    scene.seen(&issued[ALERTS - 1], &[LONG_AN]);
    scene.verify(&[HCM, LONG_AN]);
    let order: Vec<&str> = issued.iter().map(|event| text(event, "event_id")).collect();
    let mut arrived = scene.cluster.event_ids(LONG_AN).unwrap();
    arrived.retain(|id| order.contains(&id.as_str()));
    assert_eq!(arrived, order);
    let status = api::get(&scene.cluster.node(LONG_AN).dir, "/api/v1/status").unwrap();
    assert_eq!(status["quarantined"]["total"], 0, "{status}");
    assert_eq!(status["held"]["total"], 0, "{status}");
}

#[test]
fn a_server_that_lost_everything_is_filled_again_from_the_logs() {
    let mut scene = Scene::running(&FEW);
    let before = scene.issue(HCM, "Trước khi mất (ví dụ)", ZONE);
    scene.seen(&before, &[LONG_AN]);
    scene.cluster.stop(LONG_AN).unwrap();
    let missed = scene.issue(HCM, "Khi Long An vắng (ví dụ)", ZONE);
    let published = |status: &Value| status["outbox"]["published"].as_u64() == Some(2);
    scene.cluster.wait_status(HCM, "done publishing", published).unwrap();

    scene.cluster.nats.kill();
    std::fs::remove_dir_all(scene.cluster.root().join("nats")).unwrap();
    let during = scene.issue(HCM, "Khi không có máy chủ (ví dụ)", ZONE);
    scene.cluster.nats.restart().unwrap();
    let after = scene.issue(HCM, "Sau khi mất (ví dụ)", ZONE);
    scene.cluster.start(LONG_AN).unwrap();
    for event in [&missed, &during, &after] {
        scene.seen(event, &[HCM, LONG_AN]);
    }
    scene.ready();
    let back = scene.issue(LONG_AN, "Long An trở lại (ví dụ)", ZONE);
    scene.seen(&back, &[HCM]);
    for event in [&before, &missed, &during, &after, &back] {
        assert_eq!([HCM, LONG_AN].map(|unit| scene.count(event, unit)), [1, 1], "{event}");
    }
    scene.verify(&[HCM, LONG_AN]);
}
