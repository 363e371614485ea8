//! The vectors of `docs/SPEC.md` are those that the generator writes, and our own code gives each
//! of them its verdict.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a vector that can't be read is a failed test"
)]

mod verdicts;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use giapranh_tests::vectors;
use verdicts::Entry;

#[test]
fn the_vectors_are_those_that_the_generator_writes() {
    let fresh = tempfile::tempdir().unwrap();
    vectors::generate(fresh.path()).unwrap();
    let (kept, made) = (files(&stored()), files(fresh.path()));
    let drifted: Vec<_> = made.keys().filter(|name| kept.get(*name) != made.get(*name)).collect();
    let extra: Vec<_> = kept.keys().filter(|name| !made.contains_key(*name)).collect();
    assert!(
        drifted.is_empty() && extra.is_empty(),
        "docs/vectors is not what the code writes: {drifted:?} differ or are missing, {extra:?} are \
         too many. If the contract was meant to change, run: {}",
        vectors::COMMAND
    );
}

#[test]
fn our_own_code_gives_every_vector_its_verdict() {
    let index: verdicts::Index =
        serde_json::from_slice(&fs::read(stored().join("index.json")).unwrap()).unwrap();
    assert!(index.vectors.len() > 300, "only {} vectors", index.vectors.len());
    let wrong: Vec<String> = index.vectors.iter().filter_map(|entry| judged(entry).err()).collect();
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_code_of_the_page_has_a_vector() {
    let index: verdicts::Index =
        serde_json::from_slice(&fs::read(stored().join("index.json")).unwrap()).unwrap();
    let page = fs::read_to_string(root().join("docs/SPEC.md")).unwrap();
    let table = page.split("<!-- codes -->").nth(1).expect("SPEC.md marks its table of codes");
    let codes: Vec<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(code, _)| code)
        .collect();
    assert!(codes.len() > 20, "{codes:?}");
    for code in &codes {
        assert!(index.vectors.iter().any(|entry| entry.verdict == *code), "{code}");
    }
    for entry in &index.vectors {
        let known = entry.verdict == "valid" || codes.contains(&entry.verdict.as_str());
        assert!(known, "{}: {} is not on the page", entry.name, entry.verdict);
    }
}

#[test]
fn the_example_of_the_page_is_the_vector_that_it_names() {
    let page = fs::read_to_string(root().join("docs/SPEC.md")).unwrap();
    let (_, rest) = page.split_once("<!-- example ").expect("SPEC.md marks its example");
    let (name, rest) = rest.split_once(" -->").unwrap();
    let digits: String = rest.split("```").nth(1).unwrap().split_whitespace().collect();
    let vector = fs::read(stored().join(format!("{name}.event"))).unwrap();
    assert_eq!(verdicts::unhex(&digits), vector);
    let index = fs::read_to_string(stored().join("index.json")).unwrap();
    let named = rest.split(|c: char| !c.is_ascii_hexdigit()).filter(|word| word.len() == 64);
    let named: Vec<&str> = named.filter(|word| !digits.contains(word)).collect();
    assert!(named.len() >= 2, "the example names its key and its leaf: {named:?}");
    for hash in named {
        assert!(index.contains(hash), "{hash} is in no vector");
    }
}

fn judged(entry: &Entry) -> Result<(), String> {
    let found = verdicts::judge(entry, &stored());
    let right = found.as_ref().is_ok_and(|found| *found == entry.verdict);
    if right { Ok(()) } else { Err(format!("{}: {found:?}, not {}", entry.name, entry.verdict)) }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn stored() -> PathBuf {
    root().join("docs/vectors")
}

/// Every file below a directory, by its path there.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![dir.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(dir).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}
