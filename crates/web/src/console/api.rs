//! The API for people who program against it: the same document that programs read, as a page.

mod schema;

use askama::Template;
use axum::response::Response;
use giapranh_domain::Language;
use serde_json::Value;

use super::Desk;
use crate::access::{Access, Reach};
use crate::openapi::{self, document};
use crate::problem::{Problem, ProblemType, TYPES};
use crate::rate::Pace;

use schema::{Shape, shapes};

/// What is told before the operations: where it stands on the page, its title, its text.
const PARTS: [(&str, &str, &str); 5] = [
    ("sign-in", "api-sign-in", "api-sign-in-text"),
    ("commands", "api-commands", "api-commands-text"),
    ("versions", "api-versions", "api-versions-text"),
    ("lists", "api-lists", "api-lists-text"),
    ("stream", "api-stream", "api-stream-text"),
];

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage<'a> {
    desk: &'a Desk,
    resources: Vec<Resource>,
    problems: &'static [ProblemType],
    paces: [Pace; 3],
}

#[derive(Template)]
#[template(path = "api_schemas.html")]
struct SchemasPage<'a> {
    desk: &'a Desk,
    shapes: Vec<Shape>,
}

/// Operations that belong together.
struct Resource {
    name: &'static str,
    about: &'static str,
    operations: Vec<Shown>,
}

/// One operation.
struct Shown {
    id: &'static str,
    method: String,
    path: &'static str,
    summary: &'static str,
    about: &'static str,
    /// The words for who may.
    who: String,
    /// The word for how a secret is shown.
    how: &'static str,
    parameters: Vec<Parameter>,
    /// The type that is taken.
    takes: Option<String>,
    example: Option<String>,
    /// The type that is given; empty: none that has a name.
    gives: String,
    refusals: Vec<(&'static str, u16)>,
}

/// A parameter of an address, or a header.
struct Parameter {
    name: String,
    place: String,
    about: String,
}

impl ApiPage<'_> {
    fn is_vietnamese(&self) -> bool {
        self.desk.words.0 == Language::Vietnamese
    }

    fn title(&self, known: &ProblemType) -> &'static str {
        if self.is_vietnamese() { known.vietnamese } else { known.title }
    }

    fn way_out(&self, known: &ProblemType) -> &'static str {
        if self.is_vietnamese() { known.way_out_vietnamese } else { known.way_out }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn pace(&self, pace: &Pace) -> String {
        let values = [("burst", pace.burst().into()), ("rate", pace.per_second().into())];
        self.desk.words.with("api-pace", &values)
    }
}

/// `GET /api`.
pub async fn show(desk: Desk) -> Result<Response, Problem> {
    let page =
        ApiPage { desk: &desk, resources: resources(&desk), problems: TYPES, paces: Pace::ALL };
    desk.page(&page)
}

/// `GET /api/schemas`.
pub async fn schemas(desk: Desk) -> Result<Response, Problem> {
    desk.page(&SchemasPage { desk: &desk, shapes: shapes(document()) })
}

fn resources(desk: &Desk) -> Vec<Resource> {
    let is_vietnamese = desk.words.0 == Language::Vietnamese;
    let about = if is_vietnamese { "x-description-vi" } else { "description" };
    let tags = document()["tags"].as_array().into_iter().flatten();
    tags.map(|tag| {
        let name = tag["name"].as_str().unwrap_or_default();
        let rows = openapi::rows().filter_map(|(row, said)| Some((row, said?)));
        let own = rows.filter(|(_, said)| said.tag == name);
        Resource {
            name,
            about: tag[about].as_str().unwrap_or_default(),
            operations: own.map(|(row, said)| shown(desk, &row, said)).collect(),
        }
    })
    .collect()
}

fn shown(desk: &Desk, row: &Access, said: &'static openapi::Operation) -> Shown {
    let method = row.method.as_str().to_lowercase();
    let operation = &document()["paths"][row.path][&method];
    let body = &operation["requestBody"]["content"]["application/json"];
    let is_vietnamese = desk.words.0 == Language::Vietnamese;
    Shown {
        id: said.id,
        method: row.method.to_string(),
        path: row.path,
        summary: if is_vietnamese { said.vietnamese } else { said.summary },
        about: said.about,
        who: who(desk, row),
        how: how(row),
        parameters: parameters(operation),
        takes: schema::name(&body["schema"]),
        example: serde_json::to_string_pretty(&body["example"]).ok().filter(|text| text != "null"),
        gives: given(operation),
        refusals: openapi::problems(row, said).map(|known| (known.code, known.status)).collect(),
    }
}

fn who(desk: &Desk, row: &Access) -> String {
    if row.who.anyone {
        return desk.words.t("api-anyone").into_owned();
    }
    if row.who.signed_in {
        return desk.words.t("api-signed-in").into_owned();
    }
    let roles: Vec<_> =
        row.who.roles.iter().map(|role| desk.words.code("role", role.code()).to_string()).collect();
    roles.join(", ")
}

fn how(row: &Access) -> &'static str {
    match row.reach {
        _ if row.who.anyone => "api-how-none",
        Reach::Socket => "api-how-socket",
        Reach::Network if !row.is_read() => "api-how-bearer",
        Reach::Network | Reach::OwnPages => "api-how-any",
    }
}

fn parameters(operation: &Value) -> Vec<Parameter> {
    let listed = operation["parameters"].as_array().into_iter().flatten();
    let whole = listed.map(|parameter| match parameter["$ref"].as_str() {
        Some(to) => document().pointer(to.trim_start_matches('#')).unwrap_or(parameter),
        None => parameter,
    });
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    whole
        .map(|parameter| Parameter {
            name: text(&parameter["name"]),
            place: text(&parameter["in"]),
            about: text(&parameter["description"]),
        })
        .collect()
}

/// The name of the type that is answered.
fn given(operation: &Value) -> String {
    let answers = operation["responses"].as_object().into_iter().flatten();
    let first =
        answers.filter(|(status, _)| status.starts_with('2')).map(|(_, answer)| answer).next();
    let content = first.map_or(&Value::Null, |answer| &answer["content"]);
    let schema =
        [&content["application/json"]["schema"], &content["text/event-stream"]["itemSchema"]];
    schema.into_iter().find_map(schema::name).unwrap_or_default()
}
