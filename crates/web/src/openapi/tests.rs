use std::collections::BTreeSet;

use giapranh_domain::Command;

use super::*;

/// Set by `make generate`: write the file instead of comparing it.
const WRITE: &str = "GIAPRANH_GENERATE";
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

#[test]
fn the_file_is_what_is_served() {
    let mut text = serde_json::to_string_pretty(document()).unwrap();
    text.push('\n');
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(FILE, text).unwrap();
        return;
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(written == text, "docs/openapi.json is not what the code says; run: make generate");
}

#[test]
fn each_row_is_described_whole_and_nothing_else_is() {
    let mut seen = BTreeSet::new();
    for (row, said) in rows() {
        let name = format!("{} {}", row.method, row.path);
        let said = said.unwrap_or_else(|| panic!("openapi/operations.rs says nothing of {name}"));
        assert!(seen.insert(said.id), "{name}: its id stands twice");
        for text in [said.summary, said.vietnamese, said.about] {
            assert!(!text.is_empty(), "{name}");
        }
        assert_ne!(said.summary, said.vietnamese, "{name}");
        let takes_body = row.method == "POST" || row.method == "PATCH";
        let takes_none = row.path == "/api/v1/views/rebuild";
        assert_eq!(said.body.is_some(), takes_body && !takes_none, "{name}");
        let method = row.method.as_str().to_lowercase();
        let operation = &document()["paths"][row.path][method];
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let is_named = parameter["$ref"].is_string();
            let about = parameter["description"].as_str().unwrap_or_default();
            assert!(is_named || !about.is_empty(), "{name}: {parameter}");
        }
        let tags = document()["tags"].as_array().unwrap();
        assert!(tags.iter().any(|tag| tag["name"] == said.tag), "{name}");
        for code in said.problems {
            assert!(TYPES.iter().any(|known| known.code == *code), "{name}: {code}");
        }
    }
    assert_eq!(seen.len(), OPERATIONS.len(), "something is described that has no row");
}

/// A name with a number at its end is that of two types: one of them takes another.
#[test]
fn each_reference_leads_somewhere_and_each_type_has_a_name_of_its_own() {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(to)) = fields.get("$ref") {
                    found.insert(to.clone());
                }
                fields.values().for_each(|value| walk(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| walk(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(document(), &mut found);
    assert!(found.len() > 50);
    for to in &found {
        let pointer = to.strip_prefix('#').unwrap();
        assert!(document().pointer(pointer).is_some(), "{to}");
        assert!(!to.ends_with(|last: char| last.is_ascii_digit()), "{to}");
    }
}

#[test]
fn the_examples_are_what_is_taken() {
    for said in OPERATIONS {
        let Some(text) = said.example else { continue };
        let example: Value = serde_json::from_str(text).unwrap();
        assert!(example.is_object(), "{}", said.id);
        if said.path == "/api/v1/commands" {
            serde_json::from_value::<Command>(example).unwrap();
        }
    }
}

#[test]
fn every_type_of_problem_is_listed() {
    let listed = document()["components"]["schemas"]["Problem"]["x-problems"].as_array().unwrap();
    assert_eq!(listed.len(), TYPES.len());
}
