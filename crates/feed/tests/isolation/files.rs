//! The files that are rendered: the same bytes again, small differences, no secrets; and everything
//! that is wrong with a topology told at once.

use std::fs;
use std::path::Path;

use giapranh_feed::render::{self, Members, Node, Problems, Province, Rendered, Source};
use giapranh_feed::server::{PROGRAM_VARIABLE, Program, check};
use giapranh_feed::{PublicNkey, Seed};

use crate::world::{Kind, World};

fn key() -> PublicNkey {
    Seed::generate().unwrap().public().clone()
}

fn province(id: &str) -> Province {
    Province { id: id.into(), owner: Some(key()), link: Some(key()) }
}

fn node(unit: &str) -> Node {
    let zones = ["cluster".to_owned(), "z".to_owned()].into();
    Node { unit: unit.into(), key: key(), zones }
}

fn parts() -> (Vec<Province>, Vec<Node>) {
    (
        vec![province("long-an"), province("hcm")],
        vec![node("long-an_duc-hoa"), node("long-an"), node("hcm")],
    )
}

fn members() -> Members {
    let (provinces, nodes) = parts();
    Members::new(provinces, nodes)
}

fn render_text(members: &Members, text: &str) -> Result<Rendered, Problems> {
    render::render(members, Source { name: "topology.toml", text })
}

const SINGLE: &str =
    "topology = \"single\"\n[[server]]\nname = \"one\"\nlisten = \"0.0.0.0:4222\"\n";

const CLUSTER: &str = r#"
topology = "cluster"
[[server]]
name = "a"
listen = "0.0.0.0:4222"
route_listen = "0.0.0.0:6222"
route = "a.example:6222"
[[server]]
name = "b"
listen = "0.0.0.0:4222"
route_listen = "0.0.0.0:6222"
route = "b.example:6222"
[[server]]
name = "c"
listen = "0.0.0.0:4222"
route_listen = "0.0.0.0:6222"
route = "c.example:6222"
"#;

const LEAF: &str = r#"
topology = "leaf"
[hub]
name = "hub"
listen = "127.0.0.1:4222"
leaf_listen = "0.0.0.0:7422"
leaf = "hub.example:7422"
monitor = "127.0.0.1:8222"
[[leaf]]
province = "hcm"
listen = "0.0.0.0:4222"
[[leaf]]
province = "long-an"
name = "la-1"
listen = "0.0.0.0:4222"
store = "/var/lib/giapranh/nats"
store_mib = 2048
ca = "/etc/giapranh/ca.pem"
"#;

/// What is said of a topology, one a line.
fn problems(text: &str) -> Vec<String> {
    let problems = render_text(&members(), text).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn the_same_gives_the_same_bytes_whatever_the_order() {
    let (mut provinces, mut nodes) = parts();
    let one = Members::new(provinces.clone(), nodes.clone());
    provinces.reverse();
    nodes.reverse();
    let other = Members::new(provinces, nodes);
    for text in [SINGLE, CLUSTER, LEAF] {
        assert_eq!(render_text(&one, text).unwrap(), render_text(&other, text).unwrap());
    }
}

#[test]
fn one_node_more_is_its_lines_more() {
    let (provinces, mut nodes) = parts();
    let before = Members::new(provinces.clone(), nodes.clone());
    nodes.push(node("hcm_q1"));
    let after = Members::new(provinces, nodes);
    for text in [SINGLE, CLUSTER, LEAF] {
        let (before, after) =
            (render_text(&before, text).unwrap(), render_text(&after, text).unwrap());
        for (path, file) in &before.files {
            let mut new = after.files[path].text.lines();
            // Whatever was there is there, in the same order.
            let missing = file.text.lines().find(|line| !new.any(|other| other == *line));
            assert_eq!(missing, None, "{}", path.display());
        }
        let added: usize = after.files.values().map(|file| file.text.lines().count()).sum();
        let had: usize = before.files.values().map(|file| file.text.lines().count()).sum();
        let per_file = (added - had) / before.files.len();
        assert!(per_file < 80, "{per_file} lines a file");
    }
}

#[test]
fn topologies_are_rendered_for_their_servers() {
    let leaf = render_text(&members(), LEAF).unwrap();
    let names: Vec<&str> = leaf.servers.keys().map(String::as_str).collect();
    assert_eq!(names, ["hcm", "hub", "la-1"]);
    assert_eq!(leaf.notes, Vec::<String>::new());
    let own = &leaf.files[Path::new("la-1/nats-server.conf")];
    assert_eq!(own.mode, 0o640);
    for line in ["store_dir: \"/var/lib/giapranh/nats\"", "ca_file: \"/etc/giapranh/ca.pem\""] {
        assert!(own.text.contains(line), "{line}");
    }
    assert!(!leaf.files[Path::new("hub/nats-server.conf")].text.contains("jetstream"));
}

#[test]
fn a_province_that_has_ended_keeps_its_stream_and_has_no_owner() {
    let (mut provinces, nodes) = parts();
    let ended = Province { id: "tien-giang".into(), owner: None, link: None };
    provinces.push(ended);
    let members = Members::new(provinces, nodes);
    let text =
        &render_text(&members, SINGLE).unwrap().files[Path::new("one/nats-server.conf")].text;
    assert!(text.contains("FEED_tien-giang"));
    let account = text.split_once("\"OWN_tien-giang\" {").unwrap().1;
    let account = account.split_once("exports").unwrap().0;
    assert!(account.contains("jetstream") && !account.contains("users"), "{account}");
    let leaf = render_text(&members, LEAF).unwrap();
    assert_eq!(leaf.notes.len(), 1);
    assert!(leaf.notes[0].contains("tien-giang"));
}

#[test]
fn all_that_is_wrong_is_told_with_its_line() {
    let text = r#"topology = "leaf"
colour = "red"
[hub]
name = "hub"
listen = "127.0.0.1:4222"
leaf_listen = "127.0.0.1:4222"
leaf = "hub.example"
[[leaf]]
province = "nowhere"
listen = "0.0.0.0"
key = "../key.pem"
[[leaf]]
province = "hcm"
listen = "0.0.0.0:4222"
monitor = "0.0.0.0:8222"
link = "/run/link.conf"
store_mib = "many"
"#;
    let said = problems(text);
    let expected = [
        (1, "long-an lacks a [[leaf]]"),
        (2, "\"colour\""),
        (6, "leaf_listen: listen in line 5 takes 127.0.0.1:4222"),
        (7, "\"hub.example\" is no address"),
        (9, "knows no province \"nowhere\""),
        (10, "\"0.0.0.0\" is no place to listen"),
        (11, "leaves the server's directory"),
        (15, "127.0.0.1 only"),
        (16, "below the server's directory"),
        (17, "whole number"),
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, (line, words)) in said.iter().zip(expected) {
        assert!(said.starts_with(&format!("topology.toml:{line}: ")), "{said}");
        assert!(said.contains(words), "{said}");
    }
}

/// Else every change would wait from the enrolment of a province until its server stands in the file.
#[test]
fn a_server_may_stand_in_the_topology_before_its_province_is_enrolled() {
    let text = format!("{LEAF}[[leaf]]\nprovince = \"tay-ninh\"\nlisten = \"0.0.0.0:4222\"\n");
    let awaiting = || members().awaiting(["tay-ninh".to_owned(), "hcm".to_owned()]);
    let (mut provinces, mut nodes) = parts();
    let said = render_text(&Members::new(provinces.clone(), nodes.clone()), &text).unwrap_err();
    assert!(said.to_string().contains("knows no province \"tay-ninh\""), "{said}");

    let rendered = render_text(&awaiting(), &text).unwrap();
    let servers: Vec<&String> = rendered.servers.keys().collect();
    assert_eq!(servers, ["hcm", "hub", "la-1"]);
    assert!(rendered.files.values().all(|file| !file.text.contains("tay-ninh")));
    assert_eq!(rendered.notes.len(), 1, "{:?}", rendered.notes);
    assert!(rendered.notes[0].starts_with("tay-ninh has no enrolled node yet"));

    // Its server is held against the others all the same.
    let twice = text.replace("\"tay-ninh\"", "\"tay-ninh\"\nname = \"hub\"");
    assert!(render_text(&awaiting(), &twice).unwrap_err().to_string().contains("is \"hub\" too"));

    provinces.push(province("tay-ninh"));
    nodes.push(node("tay-ninh"));
    let enrolled = Members::new(provinces, nodes).awaiting(["tay-ninh".to_owned()]);
    assert!(render_text(&enrolled, &text).unwrap().servers.contains_key("tay-ninh"));
}

#[test]
fn what_does_not_fit_together_is_told() {
    let one = |text: &str, words: &str| {
        let said = problems(text);
        assert!(said.len() == 1 && said[0].contains(words), "{words}: {said:#?}");
    };
    one("", "topology is");
    one("topology = \"star\"", "topology is");
    one("topology = [", "topology.toml:1");
    one("topology = \"single\"", "has 1 [[server]], here are 0");
    one(&format!("{SINGLE}[[server]]\nname = \"two\"\nlisten = \"0.0.0.0:4223\"\n"), "here are 2");
    one(&SINGLE.replace("[[server]]", "[server]"), "write each server as [[server]]");
    one(&SINGLE.replace("\"one\"", "\"The One\""), "no name of a server");
    one(&SINGLE.replace("4222", "0"), "between 1 and 65535");
    one(&format!("{SINGLE}store_mib = 512\n"), "it has to be 1024");
    one(&CLUSTER.replace("\"b\"", "\"a\""), "is \"a\" too");
    one(&CLUSTER.replace("b.example", "a.example"), "is the route of line");
    one(&CLUSTER.replace("b.example", "10.0.0.2"), "needs the server's name");
    one(
        &CLUSTER.replacen(
            "route_listen = \"0.0.0.0:6222\"",
            "route_listen = \"127.0.0.1:4222\"",
            1,
        ),
        "takes 127.0.0.1:4222",
    );
    let hub = LEAF.split_once("[[leaf]]").unwrap().0;
    let said = problems(hub);
    assert!(said.len() == 2 && said.iter().all(|it| it.contains("lacks a [[leaf]]")), "{said:#?}");
    let add = "[[leaf]] province = \"long-an\" listen = \"0.0.0.0:4222\"";
    assert!(said.iter().any(|it| it.ends_with(add)), "{said:#?}");
    for (instead, words) in [
        ("\"hcm\"", "has a server already"),
        ("\"long-an_duc-hoa\"", "its nodes connect to the server of long-an"),
        ("\"nowhere\"", "knows no province"),
    ] {
        let said = problems(&LEAF.replace("\"long-an\"", instead));
        assert!(said.len() == 2 && said[0].contains("long-an lacks a"), "{said:#?}");
        assert!(said[1].contains(words), "{said:#?}");
    }
    let both = LEAF.replace("0.0.0.0:4222", "10.0.0.1:4222");
    one(&both, "takes 10.0.0.1:4222");
}

#[test]
fn members_that_would_make_it_wrong_are_refused() {
    let said = |provinces: Vec<Province>, nodes: Vec<Node>| {
        let problems = render_text(&Members::new(provinces, nodes), SINGLE).unwrap_err();
        problems.to_string()
    };
    assert!(said(vec![province("hcm\" {")], vec![]).contains("can't be the id"));
    assert!(said(vec![province("hcm"), province("hcm")], vec![]).contains("named twice"));
    assert!(said(vec![province("hcm")], vec![node("long-an")]).contains("not in the directory"));
    let one = node("hcm");
    let other = Node { unit: "hcm_q1".into(), ..one.clone() };
    assert!(said(vec![province("hcm")], vec![one, other]).contains("have one key"));
}

#[test]
fn only_what_differs_is_written_and_nobody_else_reads_it() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let (provinces, mut nodes) = parts();
    let rendered = render_text(&Members::new(provinces.clone(), nodes.clone()), LEAF).unwrap();
    assert_eq!(render::write(&rendered, &out).unwrap().changed.len(), 3);
    fs::create_dir(out.join("hcm/store")).unwrap();
    assert_eq!(render::write(&rendered, &out).unwrap().changed, Vec::<std::path::PathBuf>::new());
    // A unit of hcm pulls from long-an over the hub; nothing of the hub's own is about it else.
    nodes.push(node("hcm_q1"));
    let rendered = render_text(&Members::new(provinces, nodes), LEAF).unwrap();
    assert_eq!(render::write(&rendered, &out).unwrap().changed.len(), 3);
    for name in ["hcm", "hub", "la-1"] {
        for (path, mode) in crate::world::modes(&out.join(name)) {
            let open = if path.ends_with("store") { 0 } else { mode & 0o007 };
            assert_eq!(open, 0, "{}", path.display());
        }
    }
    let left: Vec<_> =
        fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, ["out"]);
}

#[tokio::test]
async fn nats_server_can_read_it_and_says_why_when_it_can_not() {
    let named = std::env::var_os(PROGRAM_VARIABLE);
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools");
    let program = Program::find(named.as_deref(), tools.as_os_str()).await.unwrap();
    let world = World::start(Kind::Leaf);
    for name in ["hub", "hcm"] {
        check(&world.dir(name), &program).await.unwrap();
    }
    let config = world.dir("hcm").join(render::CONFIG);
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("max_payload: ", "max_payload: {")).unwrap();
    let refused = check(&world.dir("hcm"), &program).await.unwrap_err().to_string();
    assert!(refused.contains("nats-server.conf"), "{refused}");
}

/// Without a single user nats-server lets everybody in, so such a configuration is none.
#[test]
fn a_server_without_users_is_not_rendered() {
    let topology =
        "topology = \"single\"\n[[server]]\nname = \"one\"\nlisten = \"127.0.0.1:4222\"\n";
    let source = Source { name: "topology.toml", text: topology };
    let nobody = Members::new(Vec::new(), Vec::new());
    let problems = render::render(&nobody, source).unwrap_err();
    assert!(problems.to_string().contains("let everybody in"), "{problems}");
}
