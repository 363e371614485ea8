//! Holds the shape of the workspace: who may depend on whom, what stays pure, and what each crate
//! has to carry. A rule that fails names the edge or the file, and the rule.
//!
//! Nothing here needs the network: the metadata is asked for this machine's platform only, whose
//! dependencies are there because this test was built.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};

const PREFIX: &str = "giapranh-";

/// Each crate, and the crates of the workspace that it may depend on. In tests (dev-dependencies)
/// a crate may use what it likes.
const MAY_DEPEND_ON: [(&str, &[&str]); 13] = [
    ("domain", &[]),
    ("record", &[]),
    ("log", &["record"]),
    ("feed", &["record"]),
    ("views", &["domain", "record"]),
    // What must be able to forget stands apart from all that must not.
    ("vault", &[]),
    ("web", &["domain", "views"]),
    // An auditor's path knows no NATS, no HTTP and no running node.
    ("audit", &["domain", "record", "log", "views"]),
    ("node", &["domain", "record", "log", "feed", "views", "vault", "web", "audit"]),
    ("cli", &["domain", "record", "log", "feed", "views", "web", "audit", "node"]),
    ("testkit", &["domain", "record", "log", "feed", "views", "web", "node"]),
    ("tests", &["domain", "record", "log", "feed", "views", "audit", "node", "testkit"]),
    // Measures all of them but the binary's insides, and is nobody's dependency.
    (
        "bench",
        &["domain", "record", "log", "feed", "views", "audit", "vault", "node", "testkit", "tests"],
    ),
];

/// Crates that take bytes or values and return them, and nothing else.
const PURE: [&str; 2] = ["domain", "record"];

/// What a pure crate must not reach, over however many steps.
const IMPURE: [&str; 4] = ["tokio", "rusqlite", "async-nats", "axum"];

/// Libraries that are known in one place, so that they can be replaced there.
/// `bench` knows them for its floors: the simplest program without ours; `tests` writes the log files
/// of the vectors, damaged ones among them, that no program of ours would.
const KNOWN_ONLY_IN: [(&str, &[&str]); 4] = [
    ("argon2", &["vault"]),
    ("async-nats", &["feed", "bench"]),
    ("axum", &["web"]),
    ("rusqlite", &["log", "views", "vault", "bench", "tests"]),
];

/// What the `clippy.toml` of a pure crate has to ban at the least.
const BANS: [&str; 9] = [
    "std::time::SystemTime::now",
    "std::time::Instant::now",
    "uuid::Uuid::now_v7",
    "std::fs::read",
    "std::fs::File::open",
    "std::env::var",
    "std::thread::spawn",
    "std::collections::HashMap",
    "std::collections::HashSet",
];

/// Each contract, and the crate that compiles it; what is not named here belongs to `domain`.
const COMPILED_BY: [(&str, &str); 3] = [
    ("giapranh/v1/exchange.proto", "record"),
    ("giapranh/v1/receipt.proto", "record"),
    ("giapranh/v1/record.proto", "record"),
];

#[test]
fn crates_depend_on_one_another_only_as_designed() {
    let mut broken = Vec::new();
    let metadata = metadata();
    let rules = BTreeMap::from(MAY_DEPEND_ON);
    let members: BTreeSet<&str> = metadata.workspace_packages().into_iter().map(short).collect();
    for name in rules.keys().filter(|name| !members.contains(**name)) {
        broken.push(format!("{PREFIX}{name} is gone; MAY_DEPEND_ON still has it"));
    }
    for package in metadata.workspace_packages() {
        let from = short(package);
        let Some(allowed) = rules.get(from) else {
            broken.push(format!("{PREFIX}{from} has no rule; decide what it may depend on"));
            continue;
        };
        for to in shipped_dependencies(package) {
            let Some(to) = to.strip_prefix(PREFIX) else {
                continue;
            };
            if !allowed.contains(&to) {
                broken.push(format!(
                    "{PREFIX}{from} → {PREFIX}{to}: {from} may depend on {allowed:?} and no other \
                     crate of the workspace"
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn pure_crates_reach_neither_runtime_nor_storage_nor_network() {
    let metadata = metadata();
    let mut broken = Vec::new();
    for package in members(&metadata, &PURE) {
        for path in paths_to(&metadata, &package.id, &IMPURE) {
            broken.push(format!(
                "{}: {} is pure and must not reach {IMPURE:?}",
                path.join(" → "),
                package.name
            ));
        }
    }
    assert_none(&broken);
}

#[test]
fn each_outside_library_is_known_in_its_place_only() {
    let metadata = metadata();
    let mut broken = Vec::new();
    for (library, places) in KNOWN_ONLY_IN {
        for package in metadata.workspace_packages() {
            if shipped_dependencies(package).any(|name| name == library)
                && !places.contains(&short(package))
            {
                broken.push(format!(
                    "{} → {library}: only {places:?} may know {library}",
                    package.name
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn one_sqlite_is_linked() {
    let lock = table(&root().join("Cargo.lock"));
    let versions: Vec<&str> = lock["package"]
        .as_array()
        .expect("Cargo.lock lists packages")
        .iter()
        .filter(|package| package["name"].as_str() == Some("libsqlite3-sys"))
        .filter_map(|package| package["version"].as_str())
        .collect();
    assert_eq!(
        versions.len(),
        1,
        "Cargo.lock has libsqlite3-sys {versions:?}: two SQLites in one process drop each other's \
         file locks; find who brings the other with `cargo tree -i libsqlite3-sys`"
    );
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let metadata = metadata();
    let mut broken = Vec::new();
    for package in metadata.workspace_packages() {
        let manifest = table(package.manifest_path.as_std_path());
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
        if lints.and_then(toml::Value::as_bool) != Some(true) {
            broken.push(format!(
                "{}: its Cargo.toml has to say [lints] workspace = true",
                package.name
            ));
        }
    }
    assert_none(&broken);
}

#[test]
fn pure_crates_ban_clocks_chance_and_the_outside() {
    let metadata = metadata();
    let shared = table(&root().join("clippy.toml"));
    let mut broken = Vec::new();
    for package in members(&metadata, &PURE) {
        let file = directory(package).join("clippy.toml");
        let own = table(&file);
        let banned: BTreeSet<&str> = ["disallowed-methods", "disallowed-types"]
            .iter()
            .filter_map(|key| own.get(*key)?.as_array())
            .flatten()
            .filter_map(|ban| ban.get("path")?.as_str())
            .collect();
        for ban in BANS.iter().filter(|ban| !banned.contains(**ban)) {
            broken.push(format!("{}: {ban} is not banned", file.display()));
        }
        for (key, value) in &shared {
            if own.get(key) != Some(value) {
                broken.push(format!(
                    "{}: {key} has to be {value}, as at the root, whose file it replaces",
                    file.display()
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn every_contract_is_compiled_by_the_crate_it_belongs_to() {
    let metadata = metadata();
    let contracts = root().join("proto");
    let owners = BTreeMap::from(COMPILED_BY);
    let scripts: BTreeMap<&str, String> = metadata
        .workspace_packages()
        .into_iter()
        .filter_map(|package| {
            let script = fs::read_to_string(directory(package).join("build.rs")).ok()?;
            Some((short(package), script))
        })
        .collect();
    let mut broken = Vec::new();
    let files = files_below(&contracts);
    assert!(!files.is_empty(), "{} holds no contract", contracts.display());
    for file in files {
        let name = file
            .strip_prefix(&contracts)
            .expect("a file below the directory")
            .display()
            .to_string();
        let owner = owners.get(name.as_str()).copied().unwrap_or("domain");
        let quoted = format!("\"{name}\"");
        let compiled_by: Vec<&str> = scripts
            .iter()
            .filter(|(_, script)| script.contains(&quoted))
            .map(|(crate_name, _)| *crate_name)
            .collect();
        if compiled_by != [owner] {
            broken.push(format!(
                "proto/{name}: the build.rs of {owner}, and no other, has to name {quoted}; it is \
                 named by {compiled_by:?}"
            ));
        }
    }
    assert_none(&broken);
}

fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "broken rules:\n  {}", broken.join("\n  "));
}

fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().expect("this crate lies in the workspace").to_path_buf()
}

fn metadata() -> Metadata {
    let platform = platform();
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml"));
    command
        .other_options(["--locked", "--offline", "--filter-platform", &platform].map(String::from));
    command.exec().expect("cargo describes the workspace (is Cargo.lock up to date?)")
}

/// The platform that cargo runs on, such as `x86_64-unknown-linux-gnu`.
fn platform() -> String {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo).arg("-vV").output().expect("cargo runs");
    let answer = String::from_utf8(answer.stdout).expect("cargo answers with text");
    let host = answer.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("cargo names its host").to_owned()
}

/// The name of a crate of the workspace as the design has it.
fn short(package: &Package) -> &str {
    let name = package.name.as_str();
    name.strip_prefix(PREFIX).unwrap_or(name)
}

fn directory(package: &Package) -> &Path {
    let manifest = package.manifest_path.as_std_path();
    manifest.parent().expect("a manifest lies in a directory")
}

fn members<'a>(metadata: &'a Metadata, names: &[&str]) -> Vec<&'a Package> {
    let mut found = metadata.workspace_packages();
    found.retain(|package| names.contains(&short(package)));
    assert_eq!(found.len(), names.len(), "the workspace has to have {names:?}");
    found
}

/// What the package needs in order to be built and run, by name; not what only its tests need.
fn shipped_dependencies(package: &Package) -> impl Iterator<Item = &str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
}

/// The shortest way from a package to each of `targets` that it reaches by normal dependencies.
fn paths_to(metadata: &Metadata, from: &PackageId, targets: &[&str]) -> Vec<Vec<String>> {
    let graph = metadata.resolve.as_ref().expect("metadata with its graph");
    let nodes: BTreeMap<&PackageId, _> = graph.nodes.iter().map(|node| (&node.id, node)).collect();
    let mut seen = BTreeSet::from([from]);
    let mut level = vec![(from, vec![metadata[from].name.to_string()])];
    let mut found = Vec::new();
    while !level.is_empty() {
        let mut next = Vec::new();
        for (id, path) in level {
            for dependency in &nodes[id].deps {
                let normal =
                    dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
                if !normal || !seen.insert(&dependency.pkg) {
                    continue;
                }
                let name = metadata[&dependency.pkg].name.to_string();
                let path = [path.as_slice(), std::slice::from_ref(&name)].concat();
                if targets.contains(&name.as_str()) {
                    found.push(path);
                } else {
                    next.push((&dependency.pkg, path));
                }
            }
        }
        level = next;
    }
    found
}

fn table(file: &Path) -> toml::Table {
    let text = fs::read_to_string(file)
        .unwrap_or_else(|error| panic!("{} can't be read: {error}", file.display()));
    text.parse().unwrap_or_else(|error| panic!("{} is no TOML: {error}", file.display()))
}

fn files_below(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory)
        .unwrap_or_else(|error| panic!("{} can't be read: {error}", directory.display()));
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.expect("a directory that can be listed").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
