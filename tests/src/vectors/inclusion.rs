//! Proofs that a leaf stands at an index: bare paths of every tree up to 17, and whole proofs.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use giapranh_record::{Hash, merkle};
use serde::Serialize;

use super::checkpoint::{keys, note};
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
    leaf: String,
    index: u64,
    size: u64,
    path: Vec<String>,
    root: String,
    verdict: &'static str,
}

pub fn add(collection: &mut Collection) -> io::Result<()> {
    let mut cases = sound();
    cases.extend(broken());
    let why = "every leaf of the trees of 1 to 17 leaves, and what is no proof; a verdict each";
    let vector = Vector::new("inclusion-paths", "inclusion/paths", "valid", why);
    collection.add(vector, "json", pretty(&Cases { cases })?.as_bytes())?;
    proofs(collection)
}

fn case(name: &str, leaf: Hash, place: (u64, u64), path: &[Hash], root: Hash) -> Case {
    Case {
        name: name.to_owned(),
        leaf: leaf.to_string(),
        index: place.0,
        size: place.1,
        path: texts(path),
        root: root.to_string(),
        verdict: "inclusion",
    }
}

fn path(index: u64, size: u64) -> Vec<Hash> {
    merkle::inclusion(&leaves(size), index).unwrap_or_default()
}

fn leaf(index: u64) -> Hash {
    leaves(index + 1).pop().unwrap_or(Hash::ZERO)
}

fn sound() -> Vec<Case> {
    let place = |size: u64| (0..size).map(move |index| (index, size));
    let one = |(index, size): (u64, u64)| {
        let name = format!("leaf-{index}-of-{size}");
        let case = case(&name, leaf(index), (index, size), &path(index, size), root(size));
        Case { verdict: "valid", ..case }
    };
    (1..=LARGEST).flat_map(place).map(one).collect()
}

fn broken() -> Vec<Case> {
    let (good, top) = (path(5, 11), root(11));
    let longer = [&good[..], &[top]].concat();
    let swapped: Vec<Hash> = good.iter().rev().copied().collect();
    let empty = Hash::of(&[]);
    let zeros = vec![Hash::ZERO; 64];
    vec![
        case("other-leaf", leaf(6), (5, 11), &good, top),
        case("other-root", leaf(5), (5, 11), &good, root(12)),
        case("index-before", leaf(5), (4, 11), &good, top),
        case("index-after", leaf(5), (6, 11), &good, top),
        case("size-smaller", leaf(5), (5, 8), &good, top),
        case("size-larger", leaf(5), (5, 17), &good, top),
        case("index-is-size", leaf(11), (11, 11), &good, top),
        case("index-beyond", leaf(5), (21, 11), &good, top),
        case("index-immense", leaf(5), (u64::MAX, 11), &good, top),
        case("size-immense", leaf(5), (5, u64::MAX), &good, top),
        case("path-longer", leaf(5), (5, 11), &longer, top),
        case("path-shorter", leaf(5), (5, 11), &good[..good.len() - 1], top),
        case("path-first-missing", leaf(5), (5, 11), &good[1..], top),
        case("path-empty", leaf(5), (5, 11), &[], top),
        case("path-reversed", leaf(5), (5, 11), &swapped, top),
        case("path-64", leaf(5), (5, 11), &zeros, top),
        case("empty-tree", leaf(0), (0, 0), &[], empty),
        case("empty-tree-leaf", empty, (0, 0), &[], empty),
        case("one-leaf-with-path", leaf(0), (0, 1), &[leaf(0)], leaf(0)),
        case("one-leaf-other", leaf(1), (0, 1), &[], leaf(0)),
        // An inner node is no leaf.
        case("node-as-leaf", Hash::node(leaf(0), leaf(1)), (0, 1), &path(0, 4)[1..], root(4)),
    ]
}

fn proofs(collection: &mut Collection) -> io::Result<()> {
    let sound = [(0, 1), (0, 2), (5, 11), (10, 11), (16, 17)];
    for (index, size) in sound {
        let text = proof(leaf(index), index, &path(index, size), &note(LONG_AN, size));
        add_proof(
            collection,
            &format!("leaf-{index}-of-{size}"),
            "valid",
            &text,
            "the leaf of merkle/roots at that index",
        )?;
    }
    let sound = path(5, 11);
    let good = proof(leaf(5), 5, &sound, &note(LONG_AN, 11));
    let swap = |from: &str, to: &str| good.replacen(from, to, 1);
    let form = "the proof has one spelling";
    let tree = "the path does not lead to the root of this checkpoint";
    let cases: [(&str, &'static str, String, &str); 20] = [
        ("other-leaf", "inclusion", proof(leaf(6), 5, &sound, &note(LONG_AN, 11)), tree),
        ("other-index", "inclusion", swap("index 5", "index 4"), tree),
        ("larger-tree", "inclusion", proof(leaf(5), 5, &sound, &note(LONG_AN, 12)), tree),
        ("smaller-tree", "inclusion", proof(leaf(5), 5, &sound, &note(LONG_AN, 10)), tree),
        ("index-is-size", "inclusion", swap("index 5", "index 11"), "there is no such leaf"),
        ("path-shorter", "inclusion", proof(leaf(5), 5, &sound[1..], &note(LONG_AN, 11)), tree),
        ("empty-tree", "inclusion", proof(leaf(5), 0, &[], &note(LONG_AN, 0)), tree),
        ("version-2", "inclusion", swap("@v1", "@v2"), form),
        ("no-extra", "inclusion", swap("extra ", "other "), form),
        ("extra-31", "inclusion", swap(&BASE64.encode(leaf(5).0), &BASE64.encode([1; 31])), form),
        ("index-05", "inclusion", swap("index 5", "index 05"), form),
        ("index-plus", "inclusion", swap("index 5", "index +5"), form),
        ("index-missing", "inclusion", swap("index 5\n", ""), form),
        ("path-not-base64", "inclusion", swap("index 5\n", "index 5\n!\n"), form),
        ("path-129", "inclusion", proof(leaf(5), 5, &[Hash::ZERO; 129], &note(LONG_AN, 11)), form),
        ("empty-line-missing", "inclusion", swap("\n\n", "\n"), form),
        ("carriage-return", "inclusion", swap("index 5\n", "index 5\r\n"), form),
        ("empty", "inclusion", String::new(), form),
        (
            "checkpoint-of-another",
            "inclusion",
            proof(leaf(5), 5, &sound, &forged(&note(LONG_AN, 11))),
            "the checkpoint does not open",
        ),
        (
            "checkpoint-of-hcm",
            "valid",
            proof(leaf(5), 5, &sound, &note(HCM, 11)),
            "the same leaves, and the checkpoint of another origin: it proves them for that one",
        ),
    ];
    for (name, verdict, text, why) in cases {
        let verdict = if name == "checkpoint-of-another" { "checkpoint" } else { verdict };
        add_proof(collection, name, verdict, &text, why)?;
    }
    Ok(())
}

fn add_proof(
    collection: &mut Collection,
    name: &str,
    verdict: &'static str,
    text: &str,
    why: &str,
) -> io::Result<()> {
    let vector = Vector::new("inclusion", &format!("inclusion/{name}"), verdict, why);
    collection.add(vector.keys(keys()), "tlog-proof", text.as_bytes())
}

/// A proof as text.
pub fn proof(leaf: Hash, index: u64, path: &[Hash], note: &str) -> String {
    let leaf = BASE64.encode(leaf.0);
    format!("c2sp.org/tlog-proof@v1\nextra {leaf}\nindex {index}\n{}\n{note}", lines(path))
}

pub fn lines(path: &[Hash]) -> String {
    path.iter().map(|hash| BASE64.encode(hash.0) + "\n").collect()
}

/// A note whose signature's last byte is another one.
pub fn forged(note: &str) -> String {
    let mut note = note.to_owned();
    let end = note.len();
    note.replace_range(end - 8..end - 4, "AAAA");
    note
}
