//! The API as a document that programs read: OpenAPI 3.1.
//!
//! It is made of what is served: the table of routes says the addresses, who is let in and from where, the
//! types that are taken and given say their schemas, and the catalogue of problems says what refusals there
//! are. Only the sentences stand beside it, in `operations`, one entry a row; a row without one
//! fails a test, and so does a document that differs from `docs/openapi.json`.

mod operations;
mod parts;

use std::sync::LazyLock;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::access::{Access, Reach, access};
use crate::problem::{ProblemType, TYPES};

use operations::{Answer, OPERATIONS};

pub use operations::Operation;

/// The document.
pub fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(build);
    &DOCUMENT
}

/// The rows that programs ask, each with what is said of it; a row of which nothing is said has none.
pub fn rows() -> impl Iterator<Item = (Access, Option<&'static Operation>)> {
    access().into_iter().filter(Access::is_api).map(|row| {
        let said =
            OPERATIONS.iter().find(|said| said.method == row.method && said.path == row.path);
        (row, said)
    })
}

fn build() -> Value {
    let mut generator = generator();
    let mut paths = Map::new();
    for (row, said) in rows() {
        let Some(said) = said else { continue };
        let methods = paths.entry(row.path).or_insert_with(|| json!({}));
        methods[row.method.as_str().to_lowercase()] = operation(&row, said, &mut generator);
    }
    let problem = parts::problem(&mut generator);
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Problem".into(), problem);
    json!({
        "openapi": "3.1.0",
        "info": parts::info(),
        "servers": [{ "url": "/", "description": "The node that serves this document." }],
        "tags": parts::tags(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": parts::headers(),
            "securitySchemes": parts::security_schemes(),
        },
    })
}

fn generator() -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    settings.into_generator()
}

fn operation(row: &Access, said: &Operation, generator: &mut SchemaGenerator) -> Value {
    let mut parameters = parts::of_path(row.path);
    if let Some(query) = said.query {
        parameters.extend(parts::of_query(&query(generator).to_value()));
    }
    parameters.extend(said.headers.iter().map(|name| parts::reference("parameters", name)));
    let mut operation = json!({
        "operationId": said.id,
        "tags": [said.tag],
        "summary": said.summary,
        "x-summary-vi": said.vietnamese,
        "description": said.about,
        "security": security(row),
        "x-roles": roles(row),
        "x-pace": row.pace.code(),
        "responses": responses(row, said, generator),
    });
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(body) = said.body {
        let mut media = json!({ "schema": body(generator) });
        if let Some(example) =
            said.example.and_then(|text| serde_json::from_str::<Value>(text).ok())
        {
            media["example"] = example;
        }
        operation["requestBody"] = json!({
            "required": true,
            "description": format!("{} bytes at most.", row.body_bytes),
            "content": { "application/json": media },
        });
    }
    operation
}

/// Whoever is let in without a secret is so on the socket, or is anybody.
fn security(row: &Access) -> Value {
    if row.who.anyone {
        return json!([]);
    }
    match row.reach {
        Reach::Network if !row.is_read() => json!([{ "bearer": [] }]),
        Reach::Socket => json!([{ "bearer": [] }]),
        Reach::Network | Reach::OwnPages => json!([{ "bearer": [] }, { "cookie": [] }]),
    }
}

fn roles(row: &Access) -> Value {
    if row.who.anyone {
        return json!("anyone");
    }
    if row.who.signed_in {
        return json!("signed-in");
    }
    row.who.roles.iter().map(|role| role.code()).collect()
}

fn responses(row: &Access, said: &Operation, generator: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    let (status, mut answer) = match said.answer {
        Answer::Json(status, schema) => {
            let content = json!({ "application/json": { "schema": schema(generator) } });
            (status, json!({ "description": "As asked.", "content": content }))
        }
        Answer::Nothing => (204, json!({ "description": "Done; there is nothing to say." })),
        Answer::Stream(schema) => {
            let content = json!({ "text/event-stream": { "itemSchema": schema(generator) } });
            (
                200,
                json!({ "description": "Server-sent events without an end.", "content": content }),
            )
        }
        Answer::Bytes => {
            let content = json!({ "application/octet-stream": {} });
            (200, json!({ "description": "The bytes, as they came.", "content": content }))
        }
    };
    let headers = parts::answer_headers(row, said);
    if headers.as_object().is_some_and(|headers| !headers.is_empty()) {
        answer["headers"] = headers;
    }
    responses.insert(status.to_string(), answer);
    for known in problems(row, said) {
        let line = format!("`{}`: {}.", known.code, known.title);
        let answer = responses.entry(known.status.to_string()).or_insert_with(|| {
            json!({
                "description": "",
                "content": {
                    "application/problem+json": { "schema": parts::reference("schemas", "Problem") }
                },
            })
        });
        let text = answer["description"].as_str().unwrap_or_default();
        answer["description"] = format!("{text} {line}").trim().into();
    }
    responses.into()
}

/// What a row may be refused with.
pub fn problems(
    row: &Access,
    said: &Operation,
) -> impl Iterator<Item = &'static ProblemType> + use<> {
    let is_write = !row.is_read();
    let is_known = !row.who.anyone;
    let has_body = said.body.is_some();
    let applies = move |code: &str| match code {
        "foreign-host" | "address" | "internal" | "unavailable" => true,
        "unauthenticated" | "too-often" => is_known,
        "role" | "password" => is_known && !row.who.signed_in,
        "socket-only" => row.reach == Reach::Socket,
        "read-only" => is_write && row.reach == Reach::Network,
        "foreign-page" => is_write && row.reach != Reach::Socket,
        "not-found" => row.path.contains('{') || said.problems.contains(&code),
        "parameter" => said.query.is_some() || said.problems.contains(&code),
        "unreadable" | "too-large" | "media-type" => has_body,
        code => said.problems.contains(&code),
    };
    TYPES.iter().filter(move |known| applies(known.code)).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests;
