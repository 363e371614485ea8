//! Every rule that the domain refuses by has its sentence in both languages.
#![allow(clippy::disallowed_methods, reason = "the test reads the sources")]

use std::fs;
use std::path::{Path, PathBuf};

use giapranh_domain::sentences::is_known_rule;

/// What stands before a rule's code, at most a few lines before it.
const CALLS: [&str; 8] = [
    ".fault(",
    "Fault::new(",
    ".refuse(",
    "refuse(",
    "Rejection::one(",
    "Err((",
    "NotAValue {",
    "Some((",
];
/// Words that stand in such calls and are no rules.
const OTHERS: [&str; 12] = [
    "cccd",
    "no",
    "list",
    "most",
    "least",
    "days",
    "kebab-case",
    "need-time",
    "succeeded",
    "revoked",
    "rotated",
    "split",
];

/// The rules that a source names.
fn rules(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap();
    let mut found = Vec::new();
    for call in CALLS {
        for (at, _) in source.match_indices(call) {
            let rest = &source[at + call.len()..];
            let end = rest.find([';', '}']).unwrap_or(rest.len());
            let texts = rest[..end].split('"').skip(1).step_by(2);
            let is_code = |text: &&str| {
                !text.is_empty()
                    && text.split('-').all(|word| {
                        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
                    })
            };
            found.extend(texts.filter(is_code).map(str::to_owned));
        }
    }
    found
}

fn sources(below: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn every_rule_has_a_sentence_in_vietnamese() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut all = 0;
    let mut without = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        for rule in rules(&source) {
            all += 1;
            if !is_known_rule(&rule) && !OTHERS.contains(&rule.as_str()) {
                let file = file.file_name().unwrap().to_string_lossy();
                without.push(format!("{rule} ({file})"));
            }
        }
    }
    assert!(all > 100, "only {all} rules were found in the sources");
    without.sort_unstable();
    without.dedup();
    assert_eq!(without, [""; 0], "add a sentence in src/sentences/rules.rs");
}
