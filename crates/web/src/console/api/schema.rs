//! Types of the document as people read them.

use serde_json::Value;

/// A type that has a name.
pub struct Shape {
    pub name: String,
    pub about: String,
    /// Of an object; of a choice, the fields of each.
    pub forms: Vec<Form>,
    /// The values that it may have, where these are words.
    pub codes: Vec<Code>,
}

/// The fields of an object, or of one of the forms that it may have.
pub struct Form {
    pub about: String,
    pub fields: Vec<Field>,
}

/// A field of an object.
pub struct Field {
    pub name: String,
    /// What it holds, with the name of the type where it has one.
    pub holds: String,
    pub link: Option<String>,
    pub is_required: bool,
    pub about: String,
}

/// A value with what it means.
pub struct Code {
    pub code: String,
    pub about: String,
}

/// Every type of a document, by name.
pub fn shapes(document: &Value) -> Vec<Shape> {
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    schemas.map(|(name, schema)| shape(name, schema)).collect()
}

/// The name that a schema refers to, straight or as one of many.
pub fn name(schema: &Value) -> Option<String> {
    let to = schema["$ref"].as_str()?;
    to.rsplit('/').next().map(str::to_owned)
}

fn shape(name: &str, schema: &Value) -> Shape {
    let choices: Vec<&Value> = choices(schema);
    let codes = codes(schema).into_iter().chain(choices.iter().flat_map(|choice| codes(choice)));
    let codes: Vec<Code> = codes.collect();
    let own = form(schema);
    let of_choices =
        choices.iter().map(|choice| form(choice)).filter(|form| !form.fields.is_empty());
    let mut forms: Vec<Form> = of_choices.collect();
    if !own.fields.is_empty() {
        forms.insert(0, Form { about: String::new(), ..own });
    }
    Shape { name: name.to_owned(), about: text(&schema["description"]), forms, codes }
}

fn choices(schema: &Value) -> Vec<&Value> {
    let lists = [&schema["oneOf"], &schema["anyOf"]];
    lists.into_iter().filter_map(Value::as_array).flatten().collect()
}

fn codes(schema: &Value) -> Vec<Code> {
    let about = || text(&schema["description"]);
    if let Some(code) = schema["const"].as_str() {
        return vec![Code { code: code.to_owned(), about: about() }];
    }
    let listed = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
    listed.map(|code| Code { code: code.to_owned(), about: String::new() }).collect()
}

fn form(schema: &Value) -> Form {
    let is_required = |name: &str| {
        let names = schema["required"].as_array();
        names.is_some_and(|names| names.iter().any(|required| required == name))
    };
    let fields = schema["properties"].as_object().into_iter().flatten();
    let fields = fields.map(|(name, schema)| {
        let (holds, link) = held(schema);
        let about = text(&schema["description"]);
        Field { name: name.clone(), holds, link, is_required: is_required(name), about }
    });
    Form { about: text(&schema["description"]), fields: fields.collect() }
}

/// What a field holds, in few words.
fn held(schema: &Value) -> (String, Option<String>) {
    if let Some(name) = name(schema) {
        return (name.clone(), Some(name));
    }
    if let Some(word) = schema["const"].as_str() {
        return (format!("\"{word}\""), None);
    }
    if let Some(some) = choices(schema).into_iter().find(|choice| choice["type"] != "null") {
        return held(some);
    }
    if schema["items"].is_object() {
        let (item, link) = held(&schema["items"]);
        return (format!("{item} […]"), link);
    }
    if schema["additionalProperties"].is_object() {
        let (item, link) = held(&schema["additionalProperties"]);
        return (format!("{{ …: {item} }}"), link);
    }
    let kind = match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => {
            let kinds = kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null");
            kinds.collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    };
    (kind, None)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_field_holds_is_told_in_few_words() {
        let thing = json!({ "$ref": "#/components/schemas/Thing" });
        for (schema, holds, link) in [
            (json!({ "type": "string" }), "string", None),
            (json!({ "type": ["integer", "null"] }), "integer", None),
            (json!({ "const": "a" }), "\"a\"", None),
            (thing.clone(), "Thing", Some("Thing")),
            (json!({ "anyOf": [thing, { "type": "null" }] }), "Thing", Some("Thing")),
            (json!({ "type": "array", "items": thing }), "Thing […]", Some("Thing")),
            (json!({ "additionalProperties": { "type": "string" } }), "{ …: string }", None),
        ] {
            assert_eq!(held(&schema), (holds.to_owned(), link.map(str::to_owned)), "{schema}");
        }
    }
}
