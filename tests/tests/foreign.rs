//! A verifier in another language, written from `docs/SPEC.md` alone, says what this one says: of the
//! test vectors, and of the logs and evidence files of a cluster that has lived through something.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails here is the test")]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{
    COMMUNE, DUC_HOA, HCM, LONG_AN, OFFICERS, REGISTRAR, Scene, TIEN_GIANG, ZONE, binary, printed,
    repository, text, wanted,
};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_tests::cluster::Member;
use giapranh_tests::story;
use serde_json::Value;

/// So that an index that lost its entries is no index that agrees.
const FEWEST_VECTORS: usize = 530;
/// Of each file of it: who checks the page against it has to read it.
const MOST_LINES: usize = 300;

const MEMBERS: [Member; 5] = [
    Member::new(REGISTRAR),
    Member::new(HCM),
    Member::new(LONG_AN),
    Member { serves: &[COMMUNE], ..Member::new(DUC_HOA) },
    Member::new(TIEN_GIANG),
];

#[test]
fn every_vector_is_judged_as_its_index_says() {
    let output = foreign(&["vectors", "docs/vectors"]);
    let said = printed(&output);
    assert!(output.status.success(), "{said}");
    let count: usize = said.split_whitespace().next().unwrap().parse().expect(&said);
    assert!(count >= FEWEST_VECTORS, "only {count} vectors are left:\n{said}");
}

#[test]
fn a_vector_that_disagrees_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let vectors = repository().join("docs/vectors");
    let index = std::fs::read_to_string(vectors.join("index.json")).unwrap();
    let mut index: Value = serde_json::from_str(&index).unwrap();
    let entries = index["vectors"].as_array_mut().unwrap();
    entries.retain(|entry| entry["name"] == "event/plain" || entry["name"] == "event/unknown-key");
    entries[0]["expect"]["leaf"] = "00".repeat(32).into();
    entries[1]["verdict"] = "signature".into();
    std::fs::write(dir.path().join("index.json"), index.to_string()).unwrap();
    std::fs::create_dir(dir.path().join("event")).unwrap();
    for name in ["event/plain.event", "event/unknown-key.event"] {
        std::fs::copy(vectors.join(name), dir.path().join(name)).unwrap();
    }
    let output = foreign(&["vectors", &dir.path().display().to_string()]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("event/plain:") && said.contains("event/unknown-key:"), "{said}");
}

#[test]
fn each_of_its_files_stays_readable() {
    let files: Vec<PathBuf> = std::fs::read_dir(repository().join("tests/foreign"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    assert!(files.iter().any(|path| path.ends_with("verify.py")), "{files:?}");
    for path in files {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
    }
}

#[test]
fn logs_and_evidence_of_a_cluster_get_the_same_verdict() {
    let mut scene = Scene::running(&MEMBERS);
    let alert = play(&mut scene);
    let mut files = export(&scene, &alert);
    scene.cluster.stop_all().unwrap();
    for member in MEMBERS {
        let copy = scene.path(&format!("{}.db", member.unit));
        std::fs::copy(scene.cluster.node(member.unit).dir.join(LOG_FILE), &copy).unwrap();
        files.push(copy);
    }
    let anchor = anchor(&scene);
    for file in &files {
        let both = Both::of(file, &anchor);
        both.agree(file);
        assert_eq!(both.ours, BTreeSet::new(), "{}", file.display());
        let changed = flipped(file);
        let both = Both::of(&changed, &anchor);
        both.agree(&changed);
        assert!(!both.ours.is_empty(), "one bit of {} is another, unnoticed", file.display());
    }
    // Another's anchor is noticed by both, whatever the file.
    let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    for file in &files {
        for output in [ours(file, other), theirs(file, other)] {
            assert!(!output.status.success(), "{}: {}", file.display(), printed(&output));
            assert!(printed(&output).contains("anchor"), "{}", printed(&output));
        }
    }
}

/// What the demonstration tells: an alert, its amendment, a hit and the answer, a bulletin for
/// several zones, an alert to all, a server that dies, and the withdrawal. Gives the alert.
fn play(scene: &mut Scene) -> String {
    let in_zone = [LONG_AN, DUC_HOA];
    let issued = scene.issue(HCM, "Truy nã: cướp giật tài sản (ví dụ)", ZONE);
    scene.seen(&issued, &in_zone);
    let alert = text(&issued, "alert").to_owned();
    let mut content = wanted("Truy nã: cướp giật tài sản (ví dụ)");
    content["wanted_person"]["person"]["last_known_place"] = "Chợ Thử Nghiệm".into();
    let content = scene.file(&content.to_string());
    let amend = ["alert", "amend", &alert, "--content", &content, "--reason", "nơi mới (ví dụ)"];
    let amended = scene.act(HCM, &[&amend[..], &OFFICERS].concat());
    scene.seen(&amended, &in_zone);

    let mut hit = vec!["hit", "report", &alert, "--urgency", "urgent", "--unit", COMMUNE];
    hit.extend(["--place", "Quán Ví Dụ", "--seen-at", "2024-03-05T21:10:00+07:00"]);
    hit.extend(["--basis", "khớp ảnh và đặc điểm", "--certainty", "probable"]);
    hit.extend(["--done", "giám sát, chờ phối hợp", "--officer", "cb-truc-03"]);
    let hit = scene.act(DUC_HOA, &hit);
    scene.seen(&hit, &[HCM]);
    let mut answer = vec!["hit", "answer", &alert, "--hit", text(&hit, "event_id")];
    answer.extend(["--result", "same", "--note", "đúng đối tượng", "--officer", "cb-truc-04"]);
    let answer = scene.act(HCM, &answer);
    scene.seen(&answer, &[DUC_HOA]);

    let content = scene.file(&story::modus_operandi().to_string());
    let mut bulletin = vec!["alert", "issue", "--content", &content];
    bulletin.extend(["--zone", ZONE, "--zone", "long-an-tien-giang"]);
    let bulletin = scene.act(LONG_AN, &[&bulletin[..], &OFFICERS].concat());
    scene.seen(&bulletin, &[DUC_HOA, HCM, TIEN_GIANG]);
    let to_all = scene.issue(HCM, "Truy nã đặc biệt, toàn cụm (ví dụ)", "cluster");
    scene.seen(&to_all, &[LONG_AN, DUC_HOA, TIEN_GIANG, REGISTRAR]);

    scene.cluster.nats.kill();
    let lost = |status: &Value| !status["outbox"]["waiting"].is_null();
    scene.cluster.wait_status(HCM, "without a line", lost).unwrap();
    let during = scene.issue(HCM, "Trong sự cố (ví dụ)", ZONE);
    scene.cluster.nats.restart().unwrap();
    scene.seen(&during, &in_zone);

    let withdraw = ["alert", "withdraw", &alert, "--reason", "executed"];
    let withdrawn = scene.act(HCM, &[&withdraw[..], &OFFICERS].concat());
    scene.seen(&withdrawn, &in_zone);
    alert
}

/// An evidence file of each kind, made while the nodes run.
fn export(scene: &Scene, alert: &str) -> Vec<PathBuf> {
    let path = |name: &str| scene.path(name).display().to_string();
    let note = path("hcm.note");
    scene.act(HCM, &["audit", "checkpoint", "--out", &note]);
    let range = format!("1..{}", scene.events(DUC_HOA));
    [
        ("alert", HCM, vec!["export", "--alert", alert]),
        ("alert-elsewhere", LONG_AN, vec!["export", "--alert", alert, "--checkpoint", &note]),
        ("zone", DUC_HOA, vec!["export", "--zone", ZONE]),
        ("range", DUC_HOA, vec!["export", "--range", &range]),
        ("proof-of", HCM, vec!["prove", alert]),
        ("consistency", HCM, vec!["prove", "--from", "2"]),
    ]
    .into_iter()
    .map(|(name, unit, arguments)| {
        let out = path(&format!("{name}.evidence"));
        scene.act(unit, &[&["audit"], &arguments[..], &["--out", &out]].concat());
        PathBuf::from(out)
    })
    .collect()
}

/// The registrar's public key, from its anchor file.
fn anchor(scene: &Scene) -> String {
    let path = scene.cluster.node(REGISTRAR).dir.join("anchor.toml");
    let anchor: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let is_key = |text: &&str| text.len() == 64 && text.bytes().all(|c| c.is_ascii_hexdigit());
    anchor.values().filter_map(toml::Value::as_str).find(is_key).unwrap().to_owned()
}

/// A copy of which one bit is another: in a log in the bytes of an event in its midst, in an
/// evidence file near the end of the last part.
fn flipped(file: &Path) -> PathBuf {
    let mut bytes = std::fs::read(file).unwrap();
    let at = if is_log(file) {
        let reader = Reader::open(file).unwrap();
        let middle = reader.after(reader.head().unwrap() / 2, 1).unwrap();
        let event = middle.first().unwrap().event.bytes();
        let tail = event[event.len() - 48..].to_vec();
        bytes.windows(tail.len()).position(|window| window == tail).unwrap()
    } else {
        let end = bytes.windows(5).rposition(|window| window == b"\nend ").unwrap();
        end - 20
    };
    bytes[at] ^= 1;
    let name = format!("changed-{}", file.file_name().unwrap().to_str().unwrap());
    let changed = file.with_file_name(name);
    std::fs::write(&changed, bytes).unwrap();
    changed
}

/// A fault as both verifiers can tell it: of a log the position, of an evidence file code and part.
type Fault = (Option<String>, Option<String>);

/// What both say of a file.
struct Both {
    ours: BTreeSet<Fault>,
    theirs: BTreeSet<Fault>,
    counts: [Vec<Value>; 2],
}

impl Both {
    fn of(file: &Path, anchor: &str) -> Self {
        let is_log = is_log(file);
        let ours = report(file, &ours(file, anchor));
        let theirs = report(file, &theirs(file, anchor));
        let names: &[&str] = if is_log {
            &["unit", "events", "directory_head", "anchor_known"]
        } else {
            &["directory", "events", "checkpoints", "inclusions", "consistencies"]
        };
        let of = |report: &Value| names.iter().map(|name| report[*name].clone()).collect();
        let counts = [of(if is_log { &ours } else { &ours["parts"] }), of(&theirs)];
        let our_place = if is_log { "position" } else { "part" };
        Self {
            ours: list(&ours).iter().map(|fault| told(fault, our_place, is_log)).collect(),
            theirs: list(&theirs).iter().map(|fault| told(fault, "place", is_log)).collect(),
            counts,
        }
    }

    #[track_caller]
    fn agree(&self, file: &Path) {
        assert_eq!(self.ours, self.theirs, "{}: ours, theirs", file.display());
        assert_eq!(self.counts[0], self.counts[1], "{}: ours, theirs", file.display());
    }
}

fn is_log(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "db")
}

fn ours(file: &Path, anchor: &str) -> Output {
    let mut command = Command::new(binary());
    command.args(["--output", "json", "audit", "verify", "--anchor", anchor]).arg(file);
    command.env("NO_COLOR", "1").output().unwrap()
}

fn theirs(file: &Path, anchor: &str) -> Output {
    let kind = if is_log(file) { "log" } else { "evidence" };
    foreign(&[kind, &file.display().to_string(), "--anchor", anchor])
}

/// What a verifier printed; its exit code says whether there are faults.
fn report(file: &Path, output: &Output) -> Value {
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{}: {error}: {}", file.display(), printed(output)));
    assert_eq!(output.status.success(), list(&report).is_empty(), "{}: {report}", file.display());
    report
}

fn list(report: &Value) -> &[Value] {
    report["faults"].as_array().unwrap()
}

/// Of a log ours gives no code. Of an evidence file a place that is no part has a name of ours alone.
fn told(fault: &Value, place: &str, is_log: bool) -> Fault {
    if is_log {
        return (None, Some(fault[place].to_string()));
    }
    let part = fault[place].as_str().filter(|part| *part == "manifest" || part.contains('/'));
    (Some(text(fault, "code").to_owned()), part.map(str::to_owned))
}

/// Runs the foreign verifier from the root of the repository.
fn foreign(arguments: &[&str]) -> Output {
    let python = std::env::var_os("GIAPRANH_PYTHON").expect(
        "GIAPRANH_PYTHON names no Python: run `make test`, or `make foreign` and set \
         GIAPRANH_PYTHON to .tools/foreign-venv/bin/python, by its whole path",
    );
    let mut command = Command::new(&python);
    command.args(["-B", "tests/foreign/verify.py"]).args(arguments).current_dir(repository());
    command.output().unwrap_or_else(|error| {
        panic!("GIAPRANH_PYTHON, {}: {error}; `make foreign` makes one", python.display())
    })
}
