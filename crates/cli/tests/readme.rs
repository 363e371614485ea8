//! Both READMEs tell their reader to type the same.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

use std::fs;
use std::path::Path;

/// What stands in the blocks that are to be typed.
fn blocks(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    let text = fs::read_to_string(path).unwrap();
    let mut blocks = Vec::new();
    let mut block = None;
    for line in text.lines() {
        match (&mut block, line) {
            (None, line) if line.starts_with("```sh") => block = Some(line.to_owned()),
            (Some(_), "```") => blocks.extend(block.take()),
            (Some(block), line) => {
                block.push('\n');
                block.push_str(line);
            }
            (None, _) => {}
        }
    }
    blocks
}

#[test]
fn both_readmes_have_the_same_commands() {
    let (english, vietnamese) = (blocks("README.md"), blocks("README.vi.md"));
    assert!(english.len() > 5, "{english:?}");
    for (english, vietnamese) in english.iter().zip(&vietnamese) {
        assert_eq!(english, vietnamese, "README.md and README.vi.md");
    }
    assert_eq!(english.len(), vietnamese.len());
}
