//! Proofs that a tree grew out of a smaller one: bare paths of every pair up to 17, and whole
//! proofs.

use std::io;

use giapranh_record::{Hash, merkle};
use serde::Serialize;

use super::checkpoint::{keys, note};
use super::inclusion::{forged, lines};
use super::index::{Collection, Vector};
use super::merkle::{LARGEST, leaves, pretty, root, texts};
use super::world::{HCM, LONG_AN};

#[derive(Serialize)]
struct Cases {
    cases: Vec<Case>,
}

/// A bare path.
#[derive(Serialize)]
struct Case {
    name: String,
    old_size: u64,
    old_root: String,
    new_size: u64,
    new_root: String,
    path: Vec<String>,
    verdict: &'static str,
}

pub fn add(collection: &mut Collection) -> io::Result<()> {
    let mut cases = sound();
    cases.extend(broken());
    let why = "every pair of trees up to 17 leaves, and what is no proof; a verdict each";
    let vector = Vector::new("consistency-paths", "consistency/paths", "valid", why);
    collection.add(vector, "json", pretty(&Cases { cases })?.as_bytes())?;
    proofs(collection)
}

fn case(name: &str, old: (u64, Hash), new: (u64, Hash), path: &[Hash]) -> Case {
    Case {
        name: name.to_owned(),
        old_size: old.0,
        old_root: old.1.to_string(),
        new_size: new.0,
        new_root: new.1.to_string(),
        path: texts(path),
        verdict: "consistency",
    }
}

fn path(old: u64, new: u64) -> Vec<Hash> {
    merkle::consistency(&leaves(new), old).unwrap_or_default()
}

fn tree(size: u64) -> (u64, Hash) {
    (size, root(size))
}

fn sound() -> Vec<Case> {
    let pairs = (0..=LARGEST).flat_map(|new| (0..=new).map(move |old| (old, new)));
    let one = |(old, new): (u64, u64)| {
        let name = format!("{old}-to-{new}");
        Case { verdict: "valid", ..case(&name, tree(old), tree(new), &path(old, new)) }
    };
    pairs.map(one).collect()
}

fn broken() -> Vec<Case> {
    let (good, complete) = (path(6, 11), path(8, 11));
    let longer = [&good[..], &[root(11)]].concat();
    let reversed: Vec<Hash> = good.iter().rev().copied().collect();
    let with_old = [&[root(8)], &complete[..]].concat();
    let other = Hash::of(&[b"other"]);
    vec![
        case("other-old-root", (6, other), tree(11), &good),
        case("other-new-root", tree(6), (11, other), &good),
        case("old-size-smaller", (5, root(6)), tree(11), &good),
        case("old-size-larger", (7, root(6)), tree(11), &good),
        case("new-size-smaller", tree(6), (8, root(11)), &good),
        // A path of the same shape: that a size belongs to a root is what the checkpoint says.
        Case { verdict: "valid", ..case("new-size-of-one-shape", tree(6), (10, root(11)), &good) },
        case("new-size-larger", tree(6), (17, root(11)), &good),
        case("exchanged", tree(11), tree(6), &good),
        case("older-is-larger", tree(11), tree(6), &[]),
        case("path-longer", tree(6), tree(11), &longer),
        case("path-shorter", tree(6), tree(11), &good[..good.len() - 1]),
        case("path-first-missing", tree(6), tree(11), &good[1..]),
        case("path-reversed", tree(6), tree(11), &reversed),
        case("path-empty", tree(6), tree(11), &[]),
        case("path-empty-complete", tree(8), tree(11), &[]),
        case("path-with-complete-old", tree(8), tree(11), &with_old),
        case("same-with-path", tree(6), tree(6), &[root(6)]),
        case("same-other-root", tree(6), (6, other), &[]),
        case("from-empty-with-path", tree(0), tree(6), &[root(6)]),
        case("from-empty-other-root", (0, other), tree(6), &[]),
        case("from-empty-zeros", (0, Hash::ZERO), tree(6), &[]),
        case("to-empty", tree(6), tree(0), &[]),
        case("empty-to-other-empty", tree(0), (0, other), &[]),
        case("new-size-immense", tree(6), (u64::MAX, root(11)), &good),
    ]
}

fn proofs(collection: &mut Collection) -> io::Result<()> {
    let good = proof(6, &path(6, 11), &note(LONG_AN, 11));
    let swap = |from: &str, to: &str| good.replacen(from, to, 1);
    let forged = proof(6, &path(6, 11), &forged(&note(LONG_AN, 11)));
    let tree = "the path does not lead from this checkpoint to that";
    let form = "the proof has one spelling";
    let one_log = "both checkpoints are of one origin and epoch";
    let ours = |size: u64| note(LONG_AN, size);
    let sound = |old: u64, new: u64| proof(old, &path(old, new), &ours(new));
    let grown = "the newer tree holds the older one";
    let cases: [(&str, &'static str, String, String, &str); 16] = [
        ("6-to-11", "valid", ours(6), good.clone(), grown),
        ("8-to-17", "valid", ours(8), sound(8, 17), grown),
        ("11-to-11", "valid", ours(11), sound(11, 11), "the same tree needs no path"),
        ("0-to-6", "valid", ours(0), sound(0, 6), "every tree grows out of the empty one"),
        ("other-old", "consistency", ours(5), good.clone(), "it begins with another size"),
        ("old-changed", "consistency", ours(6), swap("old 6", "old 7"), tree),
        ("larger-tree", "consistency", ours(6), proof(6, &path(6, 11), &ours(12)), tree),
        ("older-than-old", "consistency", ours(11), proof(11, &path(6, 11), &ours(6)), tree),
        ("other-origin", "consistency", note(HCM, 6), good.clone(), one_log),
        ("old-06", "consistency", ours(6), swap("old 6", "old 06"), form),
        ("no-old", "consistency", ours(6), swap("old 6", "age 6"), form),
        ("path-not-base64", "consistency", ours(6), swap("old 6\n", "old 6\n!\n"), form),
        ("empty-line-missing", "consistency", ours(6), swap("\n\n", "\n"), form),
        ("path-129", "consistency", ours(6), proof(6, &[Hash::ZERO; 129], &ours(11)), form),
        ("empty", "consistency", ours(6), String::new(), form),
        ("new-forged", "checkpoint", ours(6), forged, "the newer checkpoint does not open"),
    ];
    for (name, verdict, old, text, why) in cases {
        let name = format!("consistency/{name}");
        let old_file = format!("{name}.old.note");
        collection.file(&old_file, old.as_bytes())?;
        let vector = Vector::new("consistency", &name, verdict, why).keys(keys());
        let vector = Vector { old_file: Some(old_file), ..vector };
        collection.add(vector, "consistency", text.as_bytes())?;
    }
    Ok(())
}

/// A proof as text.
pub fn proof(old: u64, path: &[Hash], note: &str) -> String {
    format!("old {old}\n{}\n{note}", lines(path))
}
