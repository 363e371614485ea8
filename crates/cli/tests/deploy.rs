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

/// The files that follow from a newer directory stay: an older one would let in who was thrown out.
#[test]
fn an_older_directory_than_the_one_that_is_deployed_waits() {
    let mut founded = Founded::new();
    let (topology, out) = (founded.path("topology.toml"), founded.path("servers"));
    fs::write(&topology, TOPOLOGY).unwrap();
    // A node whose log ends where this one's ends now.
    let older = founded.path("older");
    fs::create_dir(&older).unwrap();
    fs::copy(founded.dir().join("node.toml"), older.join("node.toml")).unwrap();
    founded.ok(&["node", "backup", "--out", older.join("log.db").to_str().unwrap()]);
    founded.run();
    let rename = ["directory", "rename", "hcm", "--name", "Tên ví dụ", "--decision", "1/QĐ"];
    founded.ok(&[&rename[..], &["--drafted-by", "a", "--approved-by", "b"]].concat());
    let [file, out_text] = [&topology, &out].map(|path| path.to_str().unwrap());
    let render = ["deploy", "render", "--topology", file, "--out", out_text];
    assert!(founded.ok(&render).contains("under head 11"));

    for line in ["render", "apply"] {
        let line = ["deploy", line, "--topology", file, "--out", out_text];
        let (code, _, stderr) = giapranh(&older, "en", &line);
        assert_eq!(code, Some(3), "{stderr}");
        let said = "newer directory (head 11) than the log here knows (head 10)";
        assert!(stderr.contains(said), "{stderr}");
    }
    assert!(founded.ok(&render).ends_with("nothing has changed\n"));
}

#[test]
fn a_server_without_its_certificate_is_not_started() {
    let founded = Founded::new();
    let (topology, out) = (founded.path("topology.toml"), founded.path("servers"));
    fs::write(&topology, TOPOLOGY).unwrap();
    let [file, out_text] = [&topology, &out].map(|path| path.to_str().unwrap());
    let serve = ["deploy", "serve", "--topology", file, "--out", out_text, "--server", "one"];
    founded.refused(&serve, 4, "one/tls/ca.pem, ");
    let tls = out.join("one/tls");
    fs::create_dir(&tls).unwrap();
    fs::write(tls.join("ca.pem"), "").unwrap();
    founded.refused(&serve, 4, "next: giapranh deploy certificate --ca ca --server server");
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
