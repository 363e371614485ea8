//! What was lost comes back: streams that were deleted, logs that were lost or restored from a
//! backup, markers, and what a copy of a node would do. With real nodes over a real server.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails here is the test")]

mod common;

use std::path::Path;
use std::process::{Child, Stdio};

use common::{DUC_HOA, HCM, LONG_AN, REGISTRAR, Scene, ZONE, publish};
use giapranh_log::{LOG_FILE, MARKER_FILE};
use giapranh_node::restore::{Restored, restore};
use giapranh_tests::api;
use giapranh_tests::cluster::{Cluster, Member};
use serde_json::Value;

const MEMBERS: [Member; 4] =
    [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN), Member::new(DUC_HOA)];
/// The fewest that have something to say to each other.
const FEW: [Member; 3] = [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN)];

/// Nodes that run and speak once a second, so that a test need not wait for a quarter of a minute.
fn running(members: &[Member]) -> Scene {
    let mut scene = Scene::founded(members);
    for member in members {
        speak_often(&scene.cluster.node(member.unit).dir);
    }
    scene.cluster.start_all().unwrap();
    scene.ready();
    scene
}

fn speak_often(dir: &Path) {
    let path = dir.join("node.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{text}\n[healing]\nbeacon_interval_ms = 1000\n")).unwrap();
}

/// What the server keeps of a province is gone.
fn delete_stream(scene: &Scene, province: &str) {
    publish(scene, &format!("$JS.API.STREAM.DELETE.FEED_{province}"), b"");
}

fn is_whole(status: &Value) -> bool {
    status["tail"]["state"] == "whole" && status["settled"] == true
}

/// Loses the log of a node that does not run, and whatever else lies beside it.
fn lose_log(dir: &Path) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let of_log = name.starts_with(LOG_FILE) || name.starts_with("views-");
        if of_log || name == MARKER_FILE || name == "beacon.counter" {
            std::fs::remove_file(&path).unwrap();
        }
    }
}

/// The node has all that it ever published and goes on where it was: nobody sees a fork.
fn goes_on(scene: &Scene, unit: &str, published_before: usize) {
    scene.cluster.wait_status(unit, "whole", is_whole).unwrap();
    let issued = scene.issue(unit, "Sau khi khôi phục (ví dụ)", ZONE);
    scene.seen(&issued, &[LONG_AN]);
    scene.cluster.verify_all().unwrap();
    assert!(scene.events(unit) > published_before, "{}", scene.events(unit));
    for unit in scene.cluster.units() {
        let status = api::get(&scene.cluster.node(unit).dir, "/api/v1/status").unwrap();
        assert_eq!(status["forks"]["found"], 0, "{unit}: {status}");
        assert_eq!(status["quarantined"]["total"], 0, "{unit}: {status}");
        assert_eq!(status["healing"]["claims_not_shown"], 0, "{unit}: {status}");
    }
}

#[test]
fn what_a_deleted_stream_held_comes_from_any_peer_that_has_it() {
    let mut scene = running(&MEMBERS);
    scene.cluster.stop(LONG_AN).unwrap();
    let issued: Vec<Value> =
        (1..=5).map(|number| scene.issue(HCM, &format!("Tin {number} (ví dụ)"), ZONE)).collect();
    scene.seen(&issued[4], &[DUC_HOA]);
    // Neither the origin nor its stream is there when the neighbour comes back.
    scene.cluster.kill(HCM);
    delete_stream(&scene, HCM);
    scene.cluster.start(LONG_AN).unwrap();
    for event in &issued {
        scene.seen(event, &[LONG_AN]);
        assert_eq!(scene.count(event, LONG_AN), 1);
    }
    let dir = &scene.cluster.node(LONG_AN).dir;
    let status = api::get(dir, "/api/v1/status").unwrap();
    assert_eq!(status["healing"]["events_by_backfill"], 5, "{status}");
    scene.cluster.verify_all().unwrap();
}

#[test]
fn a_stream_that_is_deleted_is_filled_again_by_its_owner() {
    let mut scene = running(&FEW);
    let issued = scene.issue(HCM, "Trước khi mất (ví dụ)", ZONE);
    scene.seen(&issued, &[LONG_AN]);
    scene.cluster.stop(LONG_AN).unwrap();
    let second = scene.issue(HCM, "Khi vắng mặt (ví dụ)", ZONE);
    delete_stream(&scene, HCM);
    let held = |status: &Value| {
        // Nothing was sent for nothing before: what is sent now was sent once already.
        status["outbox"]["waiting"].is_null()
            && status["healing"]["published"].as_u64() > status["outbox"]["published"].as_u64()
    };
    scene.cluster.wait_status(HCM, "publishing again", held).unwrap();
    scene.cluster.start(LONG_AN).unwrap();
    scene.seen(&second, &[LONG_AN]);
    scene.cluster.verify_all().unwrap();
}

#[test]
fn who_comes_back_to_nothing_new_is_given_nothing() {
    let mut scene = running(&FEW);
    let issued = scene.issue(HCM, "Đã có (ví dụ)", ZONE);
    scene.seen(&issued, &[LONG_AN]);
    let noted = |status: &Value| status["healing"]["deliveries_noted"] == 1;
    scene.cluster.wait_status(HCM, "known to be held", noted).unwrap();
    for unit in [HCM, LONG_AN] {
        scene.cluster.stop(unit).unwrap();
        scene.cluster.start(unit).unwrap();
    }
    scene.ready();
    for unit in [HCM, LONG_AN] {
        // Two rounds of beacons have said all that there is to say.
        let heard = |status: &Value| {
            is_whole(status)
                && status["peers"]["heard"] == 2
                && status["healing"]["beacons_believed"].as_u64() > Some(12)
        };
        let status = scene.cluster.wait_status(unit, "in touch", heard).unwrap();
        let healing = &status["healing"];
        let zero =
            ["pulled", "published", "pages_received", "events_by_stream", "events_by_backfill"];
        for counter in zero {
            assert_eq!(healing[counter], 0, "{unit}: {counter}: {status}");
        }
        assert_eq!(healing["deliveries_noted"], 0, "{unit}: {status}");
    }
}

#[test]
fn a_log_that_was_lost_is_rebuilt_from_peers_alone_and_signs_on_without_a_fork() {
    let mut scene = running(&FEW);
    let issued = scene.issue(HCM, "Trước khi mất (ví dụ)", ZONE);
    scene.issue(HCM, "Cũng vậy (ví dụ)", ZONE);
    let last = scene.issue(HCM, "Toàn cụm (ví dụ)", "cluster");
    scene.seen(&last, &[LONG_AN]);
    let before = scene.events(HCM);
    scene.cluster.kill(HCM);
    for province in [REGISTRAR, HCM, LONG_AN] {
        delete_stream(&scene, province);
    }
    let dir = scene.cluster.node(HCM).dir.clone();
    lose_log(&dir);
    let Restored { position, .. } = restore(&dir, None, 1).unwrap();
    assert_eq!(position, 0);
    scene.cluster.start(HCM).unwrap();
    scene.cluster.wait_status(HCM, "whole", is_whole).unwrap();
    assert_eq!(scene.events(HCM), before);
    assert_eq!(scene.count(&issued, HCM), 1);
    goes_on(&scene, HCM, before);
}

#[test]
fn a_registrar_that_lost_its_log_has_the_directory_back_from_those_who_learned_it_from_him() {
    let mut scene = running(&FEW);
    let said = scene.issue(REGISTRAR, "Toàn cụm (ví dụ)", "cluster");
    scene.seen(&said, &[LONG_AN]);
    let before = scene.events(REGISTRAR);
    scene.cluster.kill(REGISTRAR);
    delete_stream(&scene, REGISTRAR);
    let dir = scene.cluster.node(REGISTRAR).dir.clone();
    lose_log(&dir);
    restore(&dir, None, 1).unwrap();
    scene.cluster.start(REGISTRAR).unwrap();
    scene.cluster.wait_status(REGISTRAR, "whole", is_whole).unwrap();
    assert_eq!(scene.events(REGISTRAR), before);
    let issued = scene.issue(REGISTRAR, "Lại hoạt động (ví dụ)", "cluster");
    scene.seen(&issued, &[LONG_AN, HCM]);
    scene.cluster.verify_all().unwrap();
}

#[test]
fn a_restored_older_backup_takes_back_what_it_lost_before_it_signs() {
    let mut scene = running(&FEW);
    scene.issue(HCM, "Trong bản sao lưu (ví dụ)", ZONE);
    let backup = scene.path("backup.db");
    let dir = scene.cluster.node(HCM).dir.clone();
    giapranh_node::back_up(&dir, &backup).unwrap();
    let last = (1..=3).map(|number| scene.issue(HCM, &format!("Sau đó {number} (ví dụ)"), ZONE));
    let last = last.last().unwrap();
    scene.seen(&last, &[LONG_AN]);
    let before = scene.events(HCM);
    scene.cluster.kill(HCM);
    lose_log(&dir);
    restore(&dir, Some(&backup), 1).unwrap();
    scene.cluster.start(HCM).unwrap();
    goes_on(&scene, HCM, before);
    assert_eq!(scene.count(&last, HCM), 1);
}

#[test]
fn a_rolled_back_disk_with_its_marker_is_noticed_by_who_is_heard() {
    let mut scene = running(&FEW);
    scene.issue(HCM, "Trước đó (ví dụ)", ZONE);
    scene.cluster.stop(HCM).unwrap();
    let dir = scene.cluster.node(HCM).dir.clone();
    let older = scene.path("older");
    copy(&dir, &older);
    scene.cluster.start(HCM).unwrap();
    scene.ready();
    let last = scene.issue(HCM, "Sau đó (ví dụ)", ZONE);
    scene.seen(&last, &[LONG_AN]);
    let before = scene.events(HCM);
    scene.cluster.kill(HCM);
    std::fs::remove_dir_all(&dir).unwrap();
    copy(&older, &dir);
    scene.cluster.start(HCM).unwrap();
    // The command waits until the peers were heard, so it can't take the number of what was lost.
    let settled = |status: &Value| status["settled"] == true;
    scene.cluster.wait_status(HCM, "settled", settled).unwrap();
    goes_on(&scene, HCM, before);
    assert_eq!(scene.count(&last, HCM), 1);
}

#[test]
fn a_marker_that_is_gone_is_made_anew_when_stream_and_peers_say_that_nothing_is_missing() {
    let mut scene = running(&FEW);
    let issued = scene.issue(HCM, "Trước đó (ví dụ)", ZONE);
    scene.seen(&issued, &[LONG_AN]);
    let before = scene.events(HCM);
    scene.cluster.kill(HCM);
    let dir = scene.cluster.node(HCM).dir.clone();
    std::fs::remove_file(dir.join(MARKER_FILE)).unwrap();
    scene.cluster.start(HCM).unwrap();
    goes_on(&scene, HCM, before);
    assert!(dir.join(MARKER_FILE).exists());
}

#[test]
fn a_marker_that_is_gone_stops_a_node_that_is_cut_off_and_says_why() {
    let mut scene = running(&FEW);
    scene.issue(HCM, "Trước đó (ví dụ)", ZONE);
    scene.cluster.kill(HCM);
    scene.cluster.nats.kill();
    std::fs::remove_file(scene.cluster.node(HCM).dir.join(MARKER_FILE)).unwrap();
    scene.cluster.start(HCM).unwrap();
    let unknown =
        |status: &Value| status["settled"] == true && status["tail"]["state"] == "unknown";
    scene.cluster.wait_status(HCM, "settled", unknown).unwrap();
    let content = scene.file(&common::wanted("Không được ký (ví dụ)").to_string());
    let issue = ["alert", "issue", "--content", &content, "--zone", ZONE];
    let refused = scene.cluster.attempt(HCM, &[&issue[..], &common::OFFICERS].concat()).unwrap();
    assert!(!refused.status.success());
    assert!(common::printed(&refused).contains("marker"), "{}", common::printed(&refused));
}

#[test]
fn a_power_cut_at_night_with_the_line_down_does_not_stop_a_station() {
    let mut scene = running(&FEW);
    let issued = scene.issue(HCM, "Trước khi mất điện (ví dụ)", ZONE);
    scene.seen(&issued, &[LONG_AN]);
    scene.cluster.kill(HCM);
    scene.cluster.nats.kill();
    scene.cluster.start(HCM).unwrap();
    let settled = |status: &Value| status["settled"] == true;
    scene.cluster.wait_status(HCM, "settled", settled).unwrap();
    let at_night = scene.issue(HCM, "Trong đêm (ví dụ)", ZONE);
    assert_eq!(scene.count(&at_night, HCM), 1);
    scene.cluster.nats.restart().unwrap();
    scene.seen(&at_night, &[LONG_AN]);
    scene.cluster.verify_all().unwrap();
}

#[test]
fn a_node_that_was_copied_and_started_twice_is_noticed_and_signs_no_more() {
    let mut scene = running(&FEW);
    scene.cluster.stop(HCM).unwrap();
    let copied = scene.path("copied");
    copy(&scene.cluster.node(HCM).dir, &copied);
    scene.cluster.start(HCM).unwrap();
    scene.ready();
    let _copy = Running(start(&scene.cluster, &copied));
    // Whichever of the two hears the other one.
    let deadline = std::time::Instant::now() + giapranh_tests::cluster::PATIENCE;
    let noticed = loop {
        let dirs = [scene.cluster.node(HCM).dir.as_path(), copied.as_path()];
        let mut found = dirs.iter().filter(|dir| {
            let status = api::get(dir, "/api/v1/status").unwrap_or_default();
            status["forks"]["cloned"] == true && status["tail"]["state"] == "forked"
        });
        if let Some(dir) = found.next() {
            break dir.to_path_buf();
        }
        assert!(std::time::Instant::now() < deadline, "nobody noticed the copy");
        // The API has nothing to wait on for this.
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    let command = common::issue_command("Không được ký (ví dụ)", ZONE);
    let refused = api::command(&noticed, &command).unwrap_err().to_string();
    assert!(refused.contains("another node speaks for this unit"), "{refused}");
}

#[test]
fn two_histories_of_one_node_are_found_told_and_held_until_somebody_decides() {
    let mut scene = running(&MEMBERS);
    scene.cluster.stop(HCM).unwrap();
    let dir = scene.cluster.node(HCM).dir.clone();
    let image = scene.path("image");
    copy(&dir, &image);
    scene.cluster.start(HCM).unwrap();
    scene.ready();
    let one = scene.issue(HCM, "Một số, tin thứ nhất (ví dụ)", ZONE);
    scene.seen(&one, &[LONG_AN, DUC_HOA]);
    scene.cluster.stop(HCM).unwrap();
    // The image comes back where nobody hears it, and gives the same number once more.
    std::fs::remove_dir_all(&dir).unwrap();
    copy(&image, &dir);
    scene.cluster.start_with(HCM, &["--nats", "none"]).unwrap();
    scene.cluster.wait_status(HCM, "alone", is_whole).unwrap();
    let other = scene.issue(HCM, "Một số, tin thứ hai (ví dụ)", ZONE);
    assert_eq!(one["alert"], other["alert"]);
    scene.cluster.stop(HCM).unwrap();

    // In touch again, it learns that it forks, and signs no more.
    scene.cluster.start(HCM).unwrap();
    let forked = |status: &Value| status["tail"]["state"] == "forked";
    scene.cluster.wait_status(HCM, "forked", forked).unwrap();
    // A neighbour asks for what contradicts its log, keeps both and tells everybody in the zone.
    for unit in [LONG_AN, DUC_HOA] {
        let held =
            |status: &Value| status["forks"]["undecided"] == serde_json::json!(["hcm, epoch 1"]);
        let status = scene.cluster.wait_status(unit, "alarmed", held).unwrap();
        assert_eq!(status["forks"]["found"], 1, "{status}");
        scene.wait_json(unit, &["fork", "list"], |list| {
            let forks = list["forks"].as_array().or_else(|| list.as_array());
            forks.is_some_and(|forks| {
                forks.len() == 1 && forks[0]["origin"] == HCM && forks[0]["proven"] == true
            })
        });
        assert_eq!((scene.count(&one, unit), scene.count(&other, unit)), (1, 0));
    }
    let reason = ["--epoch", "1", "--reason", "đã xác minh (ví dụ)", "--officer", "cb-truc-03"];
    scene.act(LONG_AN, &[&["fork", "decide", HCM][..], &reason].concat());
    let decided = |status: &Value| status["forks"]["undecided"] == serde_json::json!([]);
    scene.cluster.wait_status(LONG_AN, "decided", decided).unwrap();
    let status = api::get(&scene.cluster.node(DUC_HOA).dir, "/api/v1/status").unwrap();
    assert!(!decided(&status), "each node decides for itself: {status}");
}

#[test]
fn what_nobody_has_any_more_is_given_up_in_a_new_epoch_that_everybody_sees() {
    let mut scene = running(&FEW);
    let known = scene.issue(HCM, "Ai cũng có (ví dụ)", ZONE);
    scene.seen(&known, &[LONG_AN]);
    let backup = scene.path("backup.db");
    let dir = scene.cluster.node(HCM).dir.clone();
    giapranh_node::back_up(&dir, &backup).unwrap();
    for unit in [LONG_AN, REGISTRAR] {
        scene.cluster.stop(unit).unwrap();
    }
    // Published, and then gone with the stream before anybody had it; the marker knows.
    scene.issue(HCM, "Không còn ai có (ví dụ)", ZONE);
    let published = |status: &Value| status["outbox"]["published"] == 2;
    scene.cluster.wait_status(HCM, "publishing", published).unwrap();
    scene.cluster.kill(HCM);
    delete_stream(&scene, HCM);
    let marker = std::fs::read(dir.join(MARKER_FILE)).unwrap();
    lose_log(&dir);
    std::fs::write(dir.join(MARKER_FILE), marker).unwrap();
    std::fs::copy(&backup, dir.join(LOG_FILE)).unwrap();
    scene.cluster.start_all().unwrap();
    scene.ready();
    let behind = |status: &Value| status["settled"] == true && status["tail"]["state"] == "behind";
    scene.cluster.wait_status(HCM, "behind", behind).unwrap();
    let refused = scene.cluster.attempt(HCM, &["node", "begin-epoch"]).unwrap();
    assert!(!refused.status.success(), "{}", common::printed(&refused));

    let reader = giapranh_log::Reader::open(&dir.join(LOG_FILE)).unwrap();
    let last = reader.newest_published(HCM, 1).unwrap().unwrap();
    let (index, hash) = (last.event.header().index.to_string(), last.event.leaf().to_string());
    let revoke = ["directory", "revoke", HCM, "--index", &index, "--hash", &hash];
    let cause = ["--cause", "new-epoch", "--decision", "QĐ ví dụ"];
    scene.act(REGISTRAR, &[&revoke[..], &cause, &common::OFFICERS].concat());
    let heard = |status: &Value| status["directory"]["head"] == 11;
    scene.cluster.wait_status(HCM, "told", heard).unwrap();
    scene.cluster.stop(HCM).unwrap();
    let begun = scene.cluster.json(HCM, &["node", "begin-epoch"]).unwrap();
    assert_eq!(begun["epoch"], 2, "{begun}");
    scene.cluster.start(HCM).unwrap();
    scene.cluster.wait_status(HCM, "whole", is_whole).unwrap();
    let issued = scene.issue(HCM, "Đợt mới (ví dụ)", ZONE);
    scene.seen(&issued, &[LONG_AN]);
    scene.cluster.verify_all().unwrap();
}

/// Killed when the test ends, however it does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(cluster: &Cluster, dir: &Path) -> Child {
    let url = cluster.nats.url();
    let mut command = cluster.command(dir, &["node", "run", "--log", "json", "--nats", &url]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Copies a node's directory as a disk image would.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
