//! The demonstration's story over each topology, and what an administrator does to a cluster that
//! runs: the configurations are rendered, nobody edits a file. The long ones with `GIAPRANH_LONG=1`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "what fails here is the test")]

mod common;

use std::process::Command;
use std::time::Instant;

use common::{DUC_HOA, HCM, LONG_AN, REGISTRAR, Scene, ZONE, printed, repository, text};
use giapranh_tests::cluster::Member;
use giapranh_tests::story;
use giapranh_tests::topology::{Link, Topology};
use serde_json::Value;

/// Those who are in the zone hold the same events as long as only its members say something.
const IN_ZONE: [&str; 3] = [HCM, LONG_AN, DUC_HOA];
const MEMBERS: [Member; 4] =
    [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN), Member::new(DUC_HOA)];

#[test]
fn one_rendered_server_carries_the_story() {
    play("single");
}

#[test]
fn a_cluster_of_three_carries_the_story() {
    if is_long() {
        play("cluster");
    }
}

#[test]
fn a_hub_with_a_leaf_for_each_province_carries_the_story() {
    if is_long() {
        play("leaf");
    }
}

/// Plays the demonstration from the built programs.
fn play(topology: &str) {
    let dir = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_giapranh-demo"))
        .args(["--once", "--topology", topology, "--dir"])
        .arg(dir.path().join("demo"))
        .current_dir(repository())
        .output()
        .unwrap();
    let said = printed(&output);
    println!("{said}");
    assert!(output.status.success(), "{said}");
    assert!(said.contains("All of it held"), "{said}");
}

#[test]
fn each_server_of_three_may_die_under_load() {
    const ALERTS: usize = 30;
    if !is_long() {
        return;
    }
    let mut scene = Scene::running_over(Topology::Cluster, &MEMBERS);
    for name in ["s1", "s2", "s3"] {
        let answers = story::issue_many(&scene.cluster.node(HCM).dir, ALERTS, ZONE);
        let mut issued: Vec<Value> = answers.iter().take(ALERTS / 3).collect();
        scene.cluster.nats.rendered().unwrap().kill(name).unwrap();
        let killed = Instant::now();
        issued.extend(answers);
        assert_eq!(issued.len(), ALERTS, "an alert was not accepted");
        // It still lies there: what arrives does so over the other two.
        scene.seen(&issued[ALERTS - 1], &IN_ZONE);
        println!("{name} was killed: all seen {:.1} s after", killed.elapsed().as_secs_f64());
        scene.verify(&IN_ZONE);
        for event in &issued {
            assert_eq!(IN_ZONE.map(|unit| scene.count(event, unit)), [1; 3], "{event}");
        }
        scene.cluster.nats.restart().unwrap();
        scene.ready();
    }
}

#[test]
fn a_province_goes_on_while_the_hub_is_stopped() {
    if !is_long() {
        return;
    }
    let mut scene = Scene::running_over(Topology::Leaf(None), &MEMBERS);
    part_and_meet(&mut scene, |scene, is_cut| {
        let rendered = scene.cluster.nats.rendered().unwrap();
        if is_cut { rendered.stop("hub") } else { rendered.start("hub") }.unwrap();
    });
}

#[test]
fn a_province_goes_on_while_its_link_is_cut() {
    if !is_long() {
        return;
    }
    let link = match Link::lay(LONG_AN) {
        Ok(link) => link,
        Err(error) => {
            println!("skipped: a network namespace can't be made here ({error})");
            return;
        }
    };
    let mut scene = Scene::running_over(Topology::Leaf(Some(link)), &MEMBERS);
    part_and_meet(&mut scene, |scene, is_cut| {
        let link = scene.cluster.nats.rendered().unwrap().link().unwrap();
        if is_cut { link.cut() } else { link.mend() }.unwrap();
    });
}

/// Cuts the way between Long An and the rest, lets both sides speak, and joins them again.
fn part_and_meet(scene: &mut Scene, cut: impl Fn(&mut Scene, bool)) {
    let before = scene.issue(HCM, "Trước khi mất (ví dụ)", ZONE);
    scene.seen(&before, &IN_ZONE);
    cut(scene, true);
    let parted = Instant::now();
    let inside = scene.issue(LONG_AN, "Trong tỉnh (ví dụ)", ZONE);
    scene.seen(&inside, &[LONG_AN, DUC_HOA]);
    let content = scene.file(&story::modus_operandi().to_string());
    let issue = ["alert", "issue", "--content", &content, "--zone", ZONE];
    let from_district = scene.act(DUC_HOA, &[&issue[..], &common::OFFICERS].concat());
    scene.seen(&from_district, &[LONG_AN, DUC_HOA]);
    let outside = scene.issue(HCM, "Ngoài tỉnh (ví dụ)", ZONE);
    // Both sides have noticed.
    for (unit, of) in [(HCM, LONG_AN), (LONG_AN, HCM)] {
        let unreached = |status: &Value| status["pulls"][of] != "pulling";
        scene.cluster.wait_status(unit, "cut off", unreached).unwrap();
    }
    for event in [&inside, &from_district] {
        assert_eq!(scene.count(event, HCM), 0, "{event}");
    }
    assert_eq!([LONG_AN, DUC_HOA].map(|unit| scene.count(&outside, unit)), [0; 2]);
    let away = parted.elapsed();
    cut(scene, false);
    let joined = Instant::now();
    for event in [&inside, &from_district, &outside] {
        scene.seen(event, &IN_ZONE);
    }
    let again = joined.elapsed();
    println!("parted for {:.1} s; all seen {:.1} s after", away.as_secs_f64(), again.as_secs_f64());
    scene.ready();
    scene.verify(&IN_ZONE);
    for event in [&before, &inside, &from_district, &outside] {
        assert_eq!(IN_ZONE.map(|unit| scene.count(event, unit)), [1; 3], "{event}");
    }
}

#[test]
fn a_district_is_enrolled_while_all_run_and_revoked_again() {
    const DISTRICT: &str = "long-an_can-giuoc";
    if !is_long() {
        return;
    }
    let mut scene = Scene::running_over(Topology::Leaf(None), &MEMBERS);

    // Nobody knows it yet, so its province's server does not let it in.
    let request = scene.cluster.add(&Member::new(DISTRICT)).unwrap();
    scene.cluster.start(DISTRICT).unwrap();

    scene.cluster.wait_status(DISTRICT, "refused", is_refused).unwrap();

    let begun = Instant::now();
    let request_path = request.display().to_string();
    let enrol = ["directory", "enrol", &request_path, "--decision", "ví dụ"];
    scene.act(REGISTRAR, &[&enrol[..], &common::OFFICERS].concat());
    let request: Value = serde_json::from_str(&std::fs::read_to_string(request).unwrap()).unwrap();
    let key = text(&request, "public_key");
    // The province confirms what the registrar wrote, once it knows it.
    scene.wait_json(LONG_AN, &["directory", "pending"], |pending| {
        pending["unconfirmed"][0]["public_key"] == key
    });
    let confirm = ["directory", "confirm", DISTRICT, "--key", key, "--officer", "cb-truc-01"];
    scene.act(LONG_AN, &confirm);
    scene.ready();
    let log = std::fs::read_to_string(scene.cluster.node(REGISTRAR).dir.join("node.log")).unwrap();
    assert!(!log.contains("clerk was refused"), "it said twice what was to be said once");
    println!("enrolled and ready after {:.1} s", begun.elapsed().as_secs_f64());

    let content = scene.file(&story::modus_operandi().to_string());
    let issue = ["alert", "issue", "--content", &content, "--zone", ZONE];
    let issue = [&issue[..], &common::OFFICERS].concat();
    let counts = scene.act(DISTRICT, &issue);
    scene.seen(&counts, &[HCM, LONG_AN, DUC_HOA]);
    let told = scene.issue(HCM, "Cho cả đơn vị mới (ví dụ)", ZONE);
    scene.seen(&told, &[DISTRICT]);

    revoke(&mut scene, DISTRICT, &counts, &issue);
}

/// Revokes a node from behind this event of its own. What it signed later has reached its province,
/// and is on its way to the others.
fn revoke(scene: &mut Scene, district: &str, last: &Value, issue: &[&str]) {
    let (index, hash) = place(scene, district, last);
    scene.cluster.nats.rendered().unwrap().stop("hub").unwrap();
    let beyond = scene.act(district, issue);
    scene.seen(&beyond, &[LONG_AN, DUC_HOA]);
    scene.cluster.nats.rendered().unwrap().stop(LONG_AN).unwrap();
    scene.cluster.nats.rendered().unwrap().start("hub").unwrap();
    let revoke = ["directory", "revoke", district, "--index", &index, "--hash", &hash];
    scene.act(REGISTRAR, &[&revoke[..], &["--decision", "ví dụ"], &common::OFFICERS].concat());
    let fewer = |status: &Value| status["directory"]["nodes"] == MEMBERS.len();
    scene.cluster.wait_status(HCM, "told", fewer).unwrap();

    let begun = Instant::now();
    scene.cluster.nats.rendered().unwrap().start(LONG_AN).unwrap();
    // Its province's server lets it in no more, as soon as the province knows.

    scene.cluster.wait_status(district, "thrown out", is_refused).unwrap();
    println!("thrown out {:.1} s after the way was open", begun.elapsed().as_secs_f64());
    let config = scene.cluster.nats.rendered().unwrap().config(LONG_AN).unwrap();
    assert!(!config.contains(&format!("NODE_{district}")), "{config}");
    // Who did not have it yet refuses it, from the stream and from each who says that he holds it;
    // who had it disowns it.
    let refuses = |status: &Value| {
        let times = status["quarantined"]["by_reason"]["beyond-cut"].as_u64();
        times.is_some_and(|times| (1..=3).contains(&times))
    };
    scene.cluster.wait_status(HCM, "refusing", refuses).unwrap();
    assert_eq!(scene.count(&beyond, HCM), 0);
    for unit in [LONG_AN, DUC_HOA] {
        scene.wait_json(unit, &["alert", "show", text(&beyond, "alert")], |shown| {
            let first = &shown["timeline"][0];
            first["verdict"] == "disowned" && first["why"] == "beyond-cut"
        });
    }
    // What it said before counts.
    for unit in IN_ZONE {
        let shown = scene.act(unit, &["alert", "show", text(last, "alert")]);
        assert_eq!(shown["timeline"][0]["verdict"], "valid", "{unit}: {shown}");
    }
    // Whether it has learnt of it or not: what it says now reaches nobody.
    let said = scene.cluster.json(district, issue);
    let fence = scene.issue(LONG_AN, "Sau khi thu hồi (ví dụ)", ZONE);
    scene.seen(&fence, &IN_ZONE);
    match &said {
        Ok(event) => assert_eq!(IN_ZONE.map(|unit| scene.count(event, unit)), [0; 3], "{event}"),
        Err(error) => println!("it is told so itself: {error}"),
    }
    scene.cluster.verify_all().unwrap();
}

/// Where an event stands in its author's log: index and leaf hash, as `directory revoke` takes them.
fn place(scene: &Scene, unit: &str, event: &Value) -> (String, String) {
    let log = scene.cluster.node(unit).dir.join(giapranh_log::LOG_FILE);
    let stored = giapranh_log::Reader::open(&log).unwrap().after(0, 10_000).unwrap();
    let is_it = |id: &dyn ToString| event["event_id"] == id.to_string().as_str();
    let found = stored.iter().find(|stored| is_it(&stored.event.header().event_id)).unwrap();
    (found.event.header().index.to_string(), found.event.leaf().to_string())
}

/// Whether a node's server does not let it in.
fn is_refused(status: &Value) -> bool {
    status["line"].as_str().is_some_and(|line| line.contains("uthorization"))
}

/// Whether the long ones are asked for.
fn is_long() -> bool {
    let is_long = std::env::var_os("GIAPRANH_LONG").is_some();
    if !is_long {
        println!("skipped: it takes long; GIAPRANH_LONG=1 plays it");
    }
    is_long
}
