//! What differs between two values, field by field: what an approving officer sees at a glance.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::words;

/// A field that differs; an empty text where it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its path: `content.ground.date`.
    pub path: String,
    /// What stands there.
    pub before: String,
    /// What would stand there.
    pub after: String,
}

impl Difference {
    /// The path in the words of who reads it.
    pub fn name(&self) -> String {
        words::words().path(&self.path)
    }
}

/// Every field that differs, in the order of the paths.
pub fn between(before: &Value, after: &Value) -> Vec<Difference> {
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    leaves("", before, &mut old);
    leaves("", after, &mut new);
    let mut differences = Vec::new();
    for (path, after) in &new {
        let before = old.get(path).cloned().unwrap_or_default();
        if before != *after {
            differences.push(Difference { path: path.clone(), before, after: after.clone() });
        }
    }
    for (path, before) in old {
        if !new.contains_key(&path) {
            differences.push(Difference { path, before, after: String::new() });
        }
    }
    differences.sort_by(|a, b| a.path.cmp(&b.path));
    differences
}

/// The fields of a value; a list of single values is one field.
fn leaves(path: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| leaves(&below(key), value, found));
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            for (index, item) in items.iter().enumerate() {
                leaves(&below(&index.to_string()), item, found);
            }
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| leaf(path, item)).collect();
            keep(path, items.join(", "), found);
        }
        value => keep(path, leaf(path, value), found),
    }
}

fn keep(path: &str, text: String, found: &mut BTreeMap<String, String>) {
    if !text.is_empty() {
        found.insert(path.to_owned(), text);
    }
}

fn leaf(path: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => words::coded(path, text),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(before: &Value, after: &Value) -> Vec<(String, String, String)> {
        let differences = between(before, after).into_iter();
        differences.map(|d| (d.path, d.before, d.after)).collect()
    }

    #[test]
    fn only_what_differs_is_shown() {
        let before = json!({"headline": "a", "warnings": ["armed"], "person": {"name": "x", "born": "1990"},
            "numbers": [{"kind": "cccd"}], "same": 1});
        let after = json!({"headline": "b", "warnings": ["armed", "violent"], "person": {"name": "x"},
            "numbers": [{"kind": "cccd"}, {"kind": "cmnd"}], "same": 1});
        let of = |path: &str, before: &str, after: &str| {
            (path.to_owned(), before.to_owned(), after.to_owned())
        };
        assert_eq!(
            paths(&before, &after),
            [
                of("headline", "a", "b"),
                of("numbers.1.kind", "", "cmnd"),
                of("person.born", "1990", ""),
                of("warnings", "armed", "armed, violent"),
            ]
        );
        assert_eq!(paths(&before, &before), []);
    }

    #[test]
    fn what_is_not_there_differs_in_all_that_it_says() {
        assert_eq!(paths(&Value::Null, &json!({"a": "", "b": "x"})).len(), 1);
        assert_eq!(paths(&json!({"b": "x"}), &Value::Null)[0].2, "");
    }
}
