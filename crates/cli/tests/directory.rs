//! The directory on the command line: shown from the log's file, and changed through the node.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use std::fs;

use common::founded::{Founded, tables};
use common::giapranh;
use giapranh_domain::directory::{Difference, Snapshot};

const DECISION: [&str; 6] =
    ["--decision", "QĐ ví dụ", "--drafted-by", "cb-01", "--approved-by", "cb-02"];

/// A line with the decision that it rests on.
fn decided<'a>(line: &[&'a str]) -> Vec<&'a str> {
    [line, &DECISION].concat()
}

#[test]
fn the_directory_is_shown_from_the_log() {
    let founded = Founded::new();
    let shown = founded.ok(&["directory", "show"]);
    for part in [
        "registrar       hcm\n",
        "7 province, 84 district, 1044 commune",
        "hcm: 1 of 1 together name a registrar",
        "hcm-long-an",
        "every zone that it is in, and the whole cluster",
        "withdraw-after-arrest  86400",
    ] {
        assert!(shown.contains(part), "{part} is not in:\n{shown}");
    }
    let whole: Snapshot = serde_json::from_value(founded.json(&["directory", "show"])).unwrap();
    assert_eq!((whole.units.len(), whole.zones.len()), (1135, 11));
    let first: Snapshot =
        serde_json::from_value(founded.json(&["directory", "show", "--head", "1"])).unwrap();
    assert!(first.units.len() < whole.units.len() && first.head == 1);
    let then = founded.json(&["directory", "show", "--at", "2024-12-31"]);
    assert_eq!(then["head"], whole.head);
}

#[test]
fn a_unit_and_a_zone_are_shown() {
    let founded = Founded::new();
    let unit = founded.ok(&["directory", "show", "--unit", "long-an_duc-hoa"]);
    assert!(unit.contains("Huyện Đức Hòa") && unit.contains("hcm-long-an, long-an-tay-ninh"));
    let unit = founded.json(&["directory", "show", "--unit", "hcm"]);
    assert_eq!(unit["keys"][0]["epoch"], 1);
    assert_eq!(unit["answered_for_by"], "hcm");
    let zone = founded.ok(&["directory", "show", "--zone", "hcm-long-an"]);
    assert!(zone.contains("long-an_duc-hoa_my-hanh-bac"), "{zone}");
    founded.refused(&["directory", "show", "--unit", "nowhere"], 4, "no unit nowhere");
    founded.refused(&["directory", "show", "--zone", "nowhere"], 4, "no zone nowhere");
    founded.refused(&["directory", "show", "--head", "99"], 4, "head 99 is not there");
    founded.refused(&["directory", "show", "--at", "2019-01-01"], 4, "2019-01-01");
}

#[test]
fn what_differs_is_grouped() {
    let founded = Founded::new();
    let newest = founded.json(&["directory", "show"])["head"].to_string();
    let newest = format!("head:{newest}");
    let line = ["directory", "diff", "head:9", &newest];
    let found: Vec<Difference> = serde_json::from_value(founded.json(&line)).unwrap();
    assert!(found.iter().any(|difference| difference.of == "node"), "{found:?}");
    let shown = founded.ok(&line);
    assert!(shown.contains("NODE  WHAT  BEFORE  AFTER\nhcm   new           epoch 1"), "{shown}");
    let same = founded.ok(&["directory", "diff", &newest, "2024-01-01"]);
    assert!(same.ends_with(" say the same\n"), "{same}");
    let decisions = founded.json(&["directory", "log"]);
    assert_eq!(decisions[0]["registrar"], "hcm");
    assert_eq!(decisions[0]["seq"], 1);
    assert!(founded.ok(&["directory", "log"]).contains("303/QCPH"));
    assert_eq!(founded.ok(&["directory", "pending"]), "nothing waits\n");
}

#[test]
fn the_directory_is_shown_in_vietnamese() {
    let founded = Founded::new();
    let (code, shown, _) = giapranh(&founded.dir(), "vi", &["directory", "show"]);
    assert_eq!(code, Some(0));
    for part in ["đầu danh bạ", "ĐỊA BÀN", "7 tỉnh, 84 huyện, 1044 xã", "và toàn cụm", "THỜI HẠN"]
    {
        assert!(shown.contains(part), "{part} is not in:\n{shown}");
    }
    for english in ["head", "registrar", "zone", "DEADLINE", "cluster", "review"] {
        assert!(!shown.contains(english), "{english} is in:\n{shown}");
    }
}

#[test]
fn an_anchor_names_the_founders_and_makes_other_nodes() {
    let founded = Founded::new();
    let anchor = founded.path("anchor.toml");
    let printed = founded.ok(&["directory", "anchor"]);
    assert!(printed.contains("threshold = 1\n\n[founders]\nhcm = \""), "{printed}");
    fs::write(&anchor, printed).unwrap();
    let line =
        ["node", "init", "--unit", "long-an", "--isolated", "--nats", "tls://n.example:4222"];
    let more = ["--replicas", "3", "--anchor", anchor.to_str().unwrap()];
    let other = founded.path("long-an");
    let (code, request, stderr) = giapranh(&other, "en", &[&line[..], &more].concat());
    assert_eq!(code, Some(0), "{stderr}");
    let config = fs::read_to_string(other.join("node.toml")).unwrap();
    for part in ["isolated = true", "replicas = 3", "tls://n.example:4222", "[anchor.founders]"] {
        assert!(config.contains(part), "{part} is not in:\n{config}");
    }
    let (_, again, _) = giapranh(&other, "en", &["node", "request"]);
    assert_eq!(again, request);
}

#[test]
fn founders_sign_what_they_have_seen() {
    let founded = Founded::new();
    let proposed = founded.path("proposed.json");
    fs::write(&proposed, founded.ok(&["directory", "propose"])).unwrap();
    let sign = ["directory", "sign", proposed.to_str().unwrap()];
    let (code, signed, stderr) = giapranh(&founded.dir(), "en", &sign);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains("giapranh/v1/registrar\nunit hcm\n"), "{stderr}");
    let signed: serde_json::Value = serde_json::from_str(&signed).unwrap();
    assert_eq!(signed["registrar"]["signatures"].as_array().unwrap().len(), 1);
    let line = ["directory", "take-over", proposed.to_str().unwrap()];
    founded.refused(&line, 3, "giapranh help directory sign");
}

#[test]
fn founders_are_named_by_those_before_and_once() {
    let mut founded = Founded::new();
    let [proposed, signed] = ["proposed.json", "signed.json"].map(|name| founded.path(name));
    let [proposed_text, signed_text] = [&proposed, &signed].map(|path| path.to_str().unwrap());
    let propose = ["directory", "propose", "--founder", "hcm", "--threshold", "1"];
    fs::write(&proposed, founded.ok(&propose)).unwrap();
    founded.refused(
        &["directory", "propose", "--founder", "long-an", "--threshold", "1"],
        3,
        "no node",
    );
    fs::write(&signed, founded.ok(&["directory", "sign", proposed_text])).unwrap();
    founded.refused(&["directory", "take-over", signed_text], 3, "name-founders");
    founded.run();
    let name = |file| decided(&["directory", "name-founders", file]);
    founded.refused(&name(proposed_text), 3, "below-threshold");
    founded.ok(&name(signed_text));
    // Said again it counts for nothing.
    founded.refused(&name(signed_text), 3, "since the head 11");
    let registrar = founded.path("registrar.json");
    fs::write(&registrar, founded.ok(&["directory", "propose"])).unwrap();
    founded.refused(&name(registrar.to_str().unwrap()), 2, "take-over");
}

#[test]
fn decisions_go_through_the_running_node() {
    let mut founded = Founded::new();
    founded.refused(&decided(&["zone", "end", "hcm-long-an"]), 5, "is not running");
    founded.run();
    let define = decided(&["zone", "define", "a", "--name", "Vùng A", "--member", "hcm"]);
    founded.refused(&define, 3, "next: giapranh help zone define");
    let member = ["zone", "define", "a", "--name", "Vùng A", "--member", "hcm", "long-an"];
    founded.ok(&decided(&member));
    let into = ["a-b=Vùng B:hcm,long-an", "a-c=Vùng C:hcm"];
    let split = decided(&["zone", "split", "a", "--one-province", "--into", into[0], into[1]]);
    founded.ok(&split);
    // At once after it: what the decision before did is known.
    founded.refused(&decided(&["zone", "end", "a"]), 3, "next: giapranh zone list");
    founded.ok(&decided(&["zone", "redraw", "a-b", "--leave", "long-an", "--join", "tay-ninh"]));
    founded.ok(&decided(&["directory", "rename", "long-an", "--name", "Công an VÍ DỤ"]));
    founded.ok(&decided(&["directory", "deadline", "review", "60"]));
    let allow = ["directory", "allow", "--level", "commune", "--category", "modus-operandi"];
    founded.ok(&decided(&[&allow[..], &["--zone", "a-b", "a-c"]].concat()));
    let end = decided(&["directory", "end", "long-an_duc-hoa", "--successor", "long-an"]);
    founded.refused(&end, 3, "next: giapranh unit list --parent long-an_duc-hoa");
    let close = ["node", "close", "--reason", "x", "--officer", "cb-1"];
    founded.refused(&close, 3, "next: giapranh help directory hand-over");
    let yesterday = decided(&["zone", "end", "a-c", "--effective-from", "2020-01-01"]);
    founded.refused(&yesterday, 3, "next: giapranh directory log");
    let shown = founded.ok(&["directory", "diff", "2024-01-01", "2099-01-01"]);
    for part in ["a-b", "Công an VÍ DỤ", "commune: modus-operandi", "60 s"] {
        assert!(shown.contains(part), "{part} is not in:\n{shown}");
    }
    founded.refused(&["node", "rotate"], 7, "stop it first");
}

#[test]
fn a_file_of_changes_is_decided_whole() {
    let mut founded = Founded::new();
    founded.run();
    let file = founded.path("changes.json");
    let change = ["directory", "change", file.to_str().unwrap()];
    let write = |text: &str| fs::write(&file, text).unwrap();
    write(r#"[{"unit-renamed": {"id": "hcm", "name": "Công an VÍ DỤ"}}]"#);
    let change_of_two = [&change[..], &DECISION[2..]].concat();
    let by_nobody = [&change[..], &DECISION[..2]].concat();
    founded.refused(&by_nobody, 2, "--drafted-by");
    founded.refused(&change_of_two, 2, "which decision is it?");
    founded.ok(&decided(&change));
    write(
        r#"{"decision": "QĐ 2", "changes": [{"deadline-set": {"name": "review", "seconds": 9}}]}"#,
    );
    founded.ok(&change_of_two);
    let log = founded.json(&["directory", "log"]);
    let newest = log.as_array().unwrap().last().unwrap();
    assert_eq!((newest["decision"].as_str(), newest["changes"].as_u64()), (Some("QĐ 2"), Some(1)));
    write(r#"[{"unit-renamed": {"id": "hcm", "nam": "x"}}]"#);
    founded.refused(&decided(&change), 3, "unknown field `nam`");
    write(r"[null]");
    founded.refused(&decided(&change), 3, "change 1 is empty");
    write(
        r#"[{"unit-renamed": {"id": "hcm", "name": "y"}}, {"zone-ended": {"id": "nowhere"}},
            {"unit-ended": {"id": "nowhere"}}]"#,
    );
    let (code, _, stderr) = giapranh(&founded.dir(), "en", &decided(&change));
    assert_eq!(code, Some(3));
    for fault in ["/changes/1 (unknown-zone)", "/changes/2 (unknown-unit)"] {
        assert!(stderr.contains(fault), "{stderr}");
    }
    assert_eq!(founded.json(&["directory", "log"]), log);
}

#[test]
fn the_reorganisation_is_made_from_the_tables() {
    let mut founded = Founded::new();
    founded.run();
    let data = tables();
    let data = data.to_str().unwrap();
    let second = decided(&["directory", "reorganise", "--step", "2", "--data", data]);
    founded.refused(&second, 3, "take the first step");
    let first = decided(&["directory", "reorganise", "--step", "1"]);
    let dry_run = founded.ok(&[&first[..], &["--dry-run"]].concat());
    let file = founded.path("first.json");
    fs::write(&file, dry_run).unwrap();
    founded.ok(&[&["directory", "change", file.to_str().unwrap()], &DECISION[2..]].concat());
    founded.refused(&first, 3, "this step was taken before");
    let said = founded.ok(&second);
    assert!(said.contains("unit-registered  456"), "{said}");
    let shown = founded.ok(&["directory", "show"]);
    assert!(shown.contains("4 province, 461 commune"), "{shown}");
    let before = founded.ok(&["directory", "show", "--at", "2025-02-28"]);
    assert!(before.contains("7 province, 84 district, 1044 commune"), "{before}");
    let covered = founded.ok(&["zone", "coverage", "--data", data]);
    assert!(covered.starts_with("0 of 123 borders"), "{covered}");
}

#[test]
fn a_node_is_enrolled_once_and_revoked() {
    let mut founded = Founded::new();
    founded.run();
    let anchor = founded.dir().join("anchor.toml");
    let dir = founded.path("long-an_duc-hoa");
    let init = ["node", "init", "--unit", "long-an_duc-hoa", "--anchor", anchor.to_str().unwrap()];
    let (code, request, stderr) = giapranh(&dir, "en", &init);
    assert_eq!(code, Some(0), "{stderr}");
    let file = founded.path("request.json");
    fs::write(&file, request).unwrap();
    let enrol = decided(&["directory", "enrol", file.to_str().unwrap()]);
    founded.ok(&enrol);
    founded.refused(&enrol, 3, "next: giapranh help node close");
    let waiting = founded.json(&["directory", "pending"])["unconfirmed"][0].clone();
    assert_eq!((&waiting["unit"], &waiting["province"]), (&init[3].into(), &"long-an".into()));
    let closed = decided(&["directory", "revoke", "long-an_duc-hoa", "--closed"]);
    founded.refused(&closed, 4, "next: giapranh directory pending");
    founded.ok(&decided(&["directory", "revoke", "long-an_duc-hoa", "--nothing"]));
    assert_eq!(founded.ok(&["directory", "pending"]), "nothing waits\n");
    let unit = founded.ok(&["directory", "show", "--unit", "long-an_duc-hoa"]);
    assert!(unit.contains("nothing of it counts (revoked, head 12)"), "{unit}");
    founded.refused(&decided(&["directory", "hand-over", "long-an"]), 4, "long-an has no node");
}
