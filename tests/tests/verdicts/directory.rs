//! What our own code makes of the words of a registrar.

use giapranh_domain::directory::{Directory, Heard, Word, statements};
use giapranh_domain::{Body, wire};
use serde_json::Value;

use super::unhex;

/// Plays every case; an error when a word has effect and should not have, or the other way round.
pub fn changes(said: &Value) -> Result<&'static str, String> {
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let beginning = texts(&said["beginning"]);
    let cases = said["cases"].as_array().unwrap();
    assert!(cases.len() > 150, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let mut directory = Directory::new("hcm".parse().unwrap());
        for (seq, word) in (1..).zip(&beginning) {
            assert!(has_effect(&mut directory, seq, word), "{word} begins");
        }
        let expected = case["effects"].as_array().unwrap();
        let from = beginning.len() as u64 + 1;
        for ((seq, word), effect) in (from..).zip(texts(&case["words"])).zip(expected) {
            if has_effect(&mut directory, seq, &word) != effect.as_bool().unwrap() {
                wrong.push(format!("{} at head {seq}", case["name"]));
            }
        }
    }
    if wrong.is_empty() { Ok("valid") } else { Err(format!("other effects: {wrong:?}")) }
}

fn has_effect(directory: &mut Directory, seq: u64, hex: &str) -> bool {
    let payload = unhex(hex);
    let Body::DirectoryChanged(changed) = wire::decode("directory.changed", payload.into()) else {
        panic!("{hex} is no DirectoryChanged");
    };
    let signed_by = giapranh_views::signed_by(&statements(&changed));
    let origin = "hcm".parse().unwrap();
    let heard = directory.hear(Word { origin, epoch: 1, seq, leaf: [0; 32], changed, signed_by });
    match heard {
        Heard::Nothing => panic!("head {seq} is not reached"),
        Heard::Moved(faults) | Heard::Rewritten(faults) => faults.is_empty(),
    }
}
