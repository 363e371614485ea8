//! The life of an alert over real processes: what is due holds through `kill -9` at any instant and
//! through views that are made anew; what a newer version says is carried on; a commune's officer
//! sees the commune's zones.
//!
//! 6 kills under load, `GIAPRANH_LONG=1`: 60. It prints its seed; `GIAPRANH_SEED` draws the same
//! instants.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;
mod lives;
mod neighbour;

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use common::{COMMUNE, DUC_HOA, HCM, LONG_AN, OFFICERS, REGISTRAR, Scene, ZONE, publish, text};
use giapranh_domain::time;
use giapranh_log::{Clock as _, LOG_FILE, Reader};
use giapranh_node::SystemClock;
use giapranh_record::Verified;
use giapranh_testkit::figures::{Figures, by_length};
use giapranh_testkit::random::Random;
use giapranh_tests::cluster::{Cluster, Member, PATIENCE};
use giapranh_tests::officers::Account;
use giapranh_tests::story;
use lives::{APPROVER, COMMUNE_DUTY, DUTY, IN_ZONE, ISSUER, Lives, id, ids};
use neighbour::Neighbour;
use serde_json::Value;

#[test]
fn what_is_due_survives_every_step_of_a_life() {
    let mut lives = Lives::begin();
    let content = lives.scene.file(&common::wanted("Truy nã (ví dụ)").to_string());
    let new = ["draft", "new", "--content", &content, "--zone", ZONE];
    let alert = text(&lives.act(HCM, ISSUER, &new), "alert").to_owned();
    let of_draft = |lives: &Lives, login, act, version| {
        lives.act(HCM, login, &["draft", act, &alert, "--version", version])
    };
    of_draft(&lives, ISSUER, "submit", "1");
    lives.dies(HCM);
    let is = |duty: &'static str, unit: &'static str| {
        let alert = alert.clone();
        move |row: &Value| row["duty"] == duty && row["unit"] == unit && row["alert"] == *alert
    };
    lives.until_due(HCM, "the draft waits", is("approve", HCM));
    let draft = lives.act(HCM, APPROVER, &["draft", "show", &alert]);
    assert_eq!(draft["draft"]["state"], "waiting", "{draft}");

    let issued = of_draft(&lives, APPROVER, "approve", "1");
    lives.dies(HCM);
    lives.scene.seen(&issued, &IN_ZONE);
    lives.until_due(LONG_AN, "Long An acknowledges", is("acknowledge", LONG_AN));
    let acknowledged = lives.act(DUC_HOA, DUTY, &["alert", "acknowledge", &alert]);
    lives.dies(DUC_HOA);
    lives.scene.seen(&acknowledged, &IN_ZONE);

    let hit = report(&lives, &alert);
    lives.dies(DUC_HOA);
    lives.scene.seen(&hit, &IN_ZONE);
    let with_province =
        |row: &Value| row["subject"] == hit["event_id"] && row["stage"] == "escalated";
    lives.until_due(HCM, "the hit is with the duty leadership", with_province);
    let overdue = is("acknowledge", LONG_AN);
    lives.until_due(LONG_AN, "overdue", |row| overdue(row) && row["stage"] == "due");

    let hit = id(&hit);
    let now = time::rfc3339(SystemClock.now_ms());
    let mut arrested = vec!["hit", "conclude", &alert, "--hit", &hit];
    arrested.extend(["--outcome", "arrested", "--at", &now]);
    let arrested = lives.act(DUC_HOA, COMMUNE_DUTY, &arrested);
    lives.scene.seen(&arrested, &IN_ZONE);
    lives.dies(HCM);
    lives.until_due(HCM, "the withdrawal", is("withdraw", HCM));
    lives.act(HCM, ISSUER, &["draft", "withdraw", &alert, "--reason", "executed"]);
    of_draft(&lives, ISSUER, "submit", "2");
    lives.dies(HCM);
    let withdrawn = of_draft(&lives, APPROVER, "approve", "2");
    lives.scene.seen(&withdrawn, &IN_ZONE);
    for node in IN_ZONE {
        lives.dies(node);
        let due = lives.due(node);
        assert!(due.iter().all(|row| row["alert"] != alert.as_str()), "{node}: {due:?}");
    }
    lives.scene.verify(&IN_ZONE);
}

fn report(lives: &Lives, alert: &str) -> Value {
    let mut hit = vec!["hit", "report", alert, "--urgency", "urgent", "--place", "Quán Ví Dụ"];
    hit.extend(["--seen-at", "2024-03-05T21:10:00+07:00", "--basis", "khớp đặc điểm"]);
    hit.extend(["--certainty", "probable", "--done", "giám sát"]);
    lives.act(DUC_HOA, COMMUNE_DUTY, &hit)
}

#[test]
fn what_is_due_survives_death_at_any_instant() {
    let kills = by_length(6, 60);
    let mut random = Random::from_environment();
    let mut lives = Lives::begin();
    let mut acknowledged = BTreeSet::new();
    for _ in 0..kills {
        let answers = lives.work();
        thread::sleep(Duration::from_millis(20 + random.below(400) as u64));
        lives.dies(HCM);
        acknowledged.extend(answers.iter().map(|answer| id(&answer)));
        let held = ids(&lives.scene.cluster.node(HCM).dir);
        let lost: Vec<&String> = acknowledged.difference(&held).collect();
        assert!(lost.is_empty(), "acknowledged and not there: {lost:?}");
    }
    // After a power cut a node hears its peers before it signs: some lives end before that.
    assert!(4 * acknowledged.len() >= kills, "{} commands in all", acknowledged.len());
    // Hits that nobody answered: all of them get to the end of their clock by themselves.
    let hits = |due: &[Value]| due.iter().filter(|row| row["duty"] == "answer-hit").count();
    let before = hits(&lives.due(HCM));
    let is_open = |row: &Value| row["duty"] == "answer-hit" && row["stage"] != "escalated";
    while lives.due(HCM).iter().any(is_open) {}
    assert_eq!(hits(&lives.due(HCM)), before);
    lives.scene.verify(&IN_ZONE);
    Figures::of("life")
        .with("kills", kills)
        .with("acknowledged", acknowledged.len())
        .with("hits", before)
        .with("lost", 0)
        .tell();
}

/// A district whose node is enrolled and never runs: what it says is made here, with its key.
const NEIGHBOUR: &str = "hcm_cu-chi";
const FEED: &str = "giapranh.v1.feed.hcm-long-an.hcm.hcm_cu-chi";

/// Field 4001, a text, in the version of an alert, and again inside its content (field 2).
fn of_a_newer_version() -> Vec<u8> {
    const SAID: &[u8] = "một trường mà phiên bản này chưa biết".as_bytes();
    // (4001 << 3) | 2 as a varint.
    let unknown = [&[0x8a, 0xfa, 0x01, u8::try_from(SAID.len()).unwrap()], SAID].concat();
    let inside = [&[0x12, u8::try_from(unknown.len()).unwrap()], &unknown[..]].concat();
    [unknown, inside].concat()
}

#[test]
fn a_field_that_this_version_does_not_know_is_stored_passed_on_and_exported() {
    let members =
        [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN), Member::new(NEIGHBOUR)];
    let mut scene = Scene::founded(&members);
    for unit in [REGISTRAR, HCM, LONG_AN] {
        let path = scene.cluster.node(unit).dir.join("node.toml");
        let config = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, config + "\n[healing]\nbeacon_interval_ms = 1000\n").unwrap();
        scene.cluster.start(unit).unwrap();
    }
    scene.ready();
    let mut neighbour = Neighbour::of(&scene, NEIGHBOUR, ZONE);
    let event = neighbour.alert_and("Của phiên bản mới (ví dụ)", &of_a_newer_version());

    // By the feed.
    scene.cluster.stop(HCM).unwrap();
    publish(&scene, FEED, event.bytes());
    arrived(&scene, LONG_AN, &event);
    // From Long An, who has it from another: neither its author nor a stream is there.
    scene.cluster.nats.kill();
    std::fs::remove_dir_all(scene.cluster.root().join("nats")).unwrap();
    scene.cluster.nats.restart().unwrap();
    scene.cluster.start(HCM).unwrap();
    arrived(&scene, HCM, &event);
    let status = giapranh_tests::api::get(&scene.cluster.node(HCM).dir, "/api/v1/status").unwrap();
    assert_eq!(status["healing"]["events_by_backfill"], 1, "{status}");

    let alert = event.header().alert.clone().unwrap();
    let file = scene.path("alert.evidence");
    let path = file.display().to_string();
    scene.cluster.cli(HCM, &["audit", "export", "--alert", &alert, "--out", &path]).unwrap();
    let evidence = std::fs::read(&file).unwrap();
    let whole = event.bytes();
    assert!(evidence.windows(whole.len()).any(|bytes| bytes == &whole[..]), "not as it was signed");
    scene.cluster.json(LONG_AN, &["audit", "verify", &path]).unwrap();
    for unit in [HCM, LONG_AN] {
        let shown = scene.act(unit, &["alert", "show", &alert]);
        assert_eq!(shown["content"]["headline"], "Của phiên bản mới (ví dụ)", "{shown}");
        let rebuilt = scene.act(unit, &["rebuild"]);
        assert_eq!(rebuilt["digest_before"], rebuilt["digest_after"]);
    }
    scene.cluster.verify_all().unwrap();
}

/// It is shown as a valid one, and its very bytes are in the log.
#[track_caller]
fn arrived(scene: &Scene, unit: &str, event: &Verified) {
    let event_id = event.header().event_id;
    let node = scene.cluster.node(unit);
    let is_it = |entry: &Value| entry["event_id"] == event_id.to_string();
    let seen = node.follower.wait(PATIENCE, is_it).expect("it arrives");
    assert_eq!(seen.entry["verdict"], "valid", "{}", seen.entry);
    let stored =
        Reader::open(&node.dir.join(LOG_FILE)).unwrap().with_id(event_id).unwrap().unwrap();
    assert_eq!(stored.event.bytes(), event.bytes());
}

const TO_TAY_NINH: &str = "long-an-tay-ninh";

#[test]
fn a_communes_officer_sees_the_communes_zones_at_the_districts_node() {
    let district = Member { serves: &[COMMUNE], ..Member::new(DUC_HOA) };
    let members = [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN), district];
    let scene = Scene::running(&members);
    // The district is in two zones; the commune leaves one of them.
    let leave = ["zone", "redraw", TO_TAY_NINH, "--leave", COMMUNE, "--decision", "ví dụ"];
    let left = scene.act(REGISTRAR, &[&leave[..], &OFFICERS].concat());
    scene.seen(&left, &[HCM, LONG_AN, DUC_HOA]);
    let issue = |zone: &str, what: &str| {
        let content = scene.file(&story::vehicle("62F1-123.45", what).to_string());
        let issue = ["alert", "issue", "--content", &content, "--zone", zone];
        scene.act(LONG_AN, &[&issue[..], &OFFICERS].concat())
    };
    let near = issue(ZONE, "Ở vùng của xã (ví dụ)");
    let far = issue(TO_TAY_NINH, "Không ở vùng của xã (ví dụ)");
    scene.seen(&near, &[DUC_HOA]);
    scene.seen(&far, &[DUC_HOA]);

    let accounts = [
        Account { login: DUTY, unit: DUC_HOA, roles: &["duty"] },
        Account { login: COMMUNE_DUTY, unit: COMMUNE, roles: &["duty", "issuer"] },
    ];
    let [_, district, commune] = &scene.cluster.give_out(DUC_HOA, &accounts).unwrap()[..] else {
        panic!("three accounts")
    };
    let listed = |officer| {
        let listed = scene.cluster.json_as(officer, &["alert", "list"]).unwrap();
        let alerts = listed["alerts"].as_array().unwrap().clone();
        alerts.iter().map(|alert| text(alert, "id").to_owned()).collect::<BTreeSet<_>>()
    };
    let [near, far] = [&near, &far].map(|event| text(event, "alert"));
    assert_eq!(listed(district), [near, far].map(str::to_owned).into());
    assert_eq!(listed(commune), [near.to_owned()].into());
    shut_out(&scene.cluster, commune, far);
    // In the zone that it has, it acts.
    let flag = ["alert", "flag", near, "--reason", "thiếu lực lượng (ví dụ)"];
    let flagged = scene.cluster.json_as(commune, &flag).unwrap();
    scene.seen(&flagged, &[LONG_AN]);
    // It speaks for itself alone.
    let for_another = [&flag[..], &["--unit", DUC_HOA]].concat();
    assert!(!scene.cluster.attempt_as(commune, &for_another).unwrap().status.success());
    scene.cluster.verify_all().unwrap();
}

/// To somebody in none of its zones the alert is not there: neither shown, nor in the feed, nor to be
/// acted on.
fn shut_out(cluster: &Cluster, officer: &giapranh_tests::officers::Officer, alert: &str) {
    for arguments in [
        &["alert", "show", alert][..],
        &["alert", "delivery", alert],
        &["alert", "links", alert],
        &["alert", "flag", alert, "--reason", "ví dụ"],
        &["alert", "acknowledge", alert, "--version", "1"],
    ] {
        let output = cluster.attempt_as(officer, arguments).unwrap();
        let said = common::printed(&output);
        assert_eq!(output.status.code(), Some(4), "{arguments:?}: {said}");
    }
    let pass = officer.pass().unwrap();
    let dir = &cluster.node(officer.node).dir;
    let feed = giapranh_tests::api::get_as(dir, &pass, "/api/v1/entries?limit=500").unwrap();
    assert!(feed["entries"].is_array(), "{feed}");
    assert!(!feed.to_string().contains(alert), "{feed}");
    let due = giapranh_tests::api::get_as(dir, &pass, "/api/v1/due?for=province").unwrap();
    assert!(!due.to_string().contains(alert), "{due}");
}
