//! Configurations, certificates and secrets as they are written.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use common::founded::Founded;
use common::giapranh;

const TOPOLOGY: &str =
    "topology = \"single\"\n[[server]]\nname = \"one\"\nlisten = \"127.0.0.1:4222\"\n";

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn a_topology_is_rendered_once() {
    let founded = Founded::new();
    let (topology, out) = (founded.path("topology.toml"), founded.path("servers"));
    fs::write(&topology, TOPOLOGY).unwrap();
    let [file, out_text] = [&topology, &out].map(|path| path.to_str().unwrap());
    let render = ["deploy", "render", "--topology", file, "--out", out_text];
    let said = founded.ok(&render);
    assert_eq!(said, "one: as the directory is under head 10\nchanged: one/nats-server.conf\n");
    let config = out.join("one/nats-server.conf");
    let text = fs::read(&config).unwrap();
    assert_eq!(mode(&config), 0o640);
    assert!(founded.ok(&render).ends_with("nothing has changed\n"));
    assert_eq!(fs::read(&config).unwrap(), text);
    assert_eq!(founded.json(&render)["changed"], serde_json::json!([]));

    fs::write(&topology, format!("{TOPOLOGY}speed = 9\n")).unwrap();
    founded.refused(&render, 3, "topology.toml:5: ");
    assert_eq!(fs::read(&config).unwrap(), text);
    fs::write(&topology, TOPOLOGY).unwrap();
    let serve = ["deploy", "serve", "--topology", file, "--out", out_text, "--server", "two"];
    founded.refused(&serve, 4, "no server two; it has one");
}

#[test]
fn a_directory_that_has_not_arrived_makes_no_configuration() {
    let founded = Founded::new();
    let (topology, out) = (founded.path("topology.toml"), founded.path("servers"));
    fs::write(&topology, TOPOLOGY).unwrap();
    let anchor = founded.dir().join("anchor.toml");
    let dir = founded.path("long-an");
    let init = ["node", "init", "--unit", "long-an", "--anchor", anchor.to_str().unwrap()];
    assert_eq!(giapranh(&dir, "en", &init).0, Some(0));
    let [file, out_text] = [&topology, &out].map(|path| path.to_str().unwrap());
    let serve = ["deploy", "serve", "--topology", file, "--out", out_text, "--server", "one"];
    let (code, _, stderr) = giapranh(&dir, "en", &serve);
    assert_eq!(code, Some(5), "{stderr}");
    assert!(stderr.contains("does not know the node beside the server"), "{stderr}");
    assert!(!out.join("one").exists());
}

#[test]
fn certificates_are_issued_and_nothing_is_written_over() {
    let founded = Founded::new();
    let [ca, out] = ["ca", "tls"].map(|name| founded.path(name));
    let [ca_text, out_text] = [&ca, &out].map(|path| path.to_str().unwrap());
    let issue = ["deploy", "certificate", "--ca", ca_text, "--out", out_text];
    let unit = [&issue[..], &["--unit", "hcm"]].concat();
    founded.refused(&unit, 4, "next: giapranh deploy ca --out");
    let make = ["deploy", "ca", "--out", ca_text];
    founded.ok(&make);
    founded.refused(&make, 3, "next: ls -l");
    founded.ok(&unit);
    let server = [&issue[..], &["--server", "one", "--name", "nats.example", "127.0.0.1"]].concat();
    assert_eq!(founded.json(&server)["files"].as_array().unwrap().len(), 2);
    founded.refused(&server, 3, "is there already");
    for (file, expected) in [
        (ca.join("ca.pem"), 0o644),
        (ca.join("ca.key"), 0o600),
        (out.join("hcm.pem"), 0o644),
        (out.join("hcm.key"), 0o600),
        (out.join("one.key"), 0o600),
    ] {
        assert_eq!(mode(&file), expected, "{}", file.display());
    }
    let wrong = [&issue[..], &["--server", "two", "--name", "a b"]].concat();
    founded.refused(&wrong, 1, "no name of a host");
}

#[test]
fn the_secret_of_the_link_is_for_its_owner() {
    let founded = Founded::new();
    let link = founded.path("link.conf");
    let write = ["deploy", "link", "--out", link.to_str().unwrap()];
    founded.ok(&write);
    assert_eq!(mode(&link), 0o600);
    assert!(fs::read_to_string(&link).unwrap().starts_with("nkey: \"SU"));
    founded.refused(&write, 3, "nothing is written over");
}
