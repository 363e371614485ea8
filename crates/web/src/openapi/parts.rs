//! What the operations share: parameters, headers, how to sign in, and the sentences at the front.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::operations::{Answer, Operation};
use crate::access::Access;
use crate::principal::COOKIE;
use crate::problem::{Problem, TYPES};

/// What every type of problem begins with.
pub const URN: &str = "urn:giapranh:problem:";

const DESCRIPTION: &str = "\
The API of a node: alerts and what units say about them, within what the officer sees.\n\n\
**Signing in.** `POST /api/v1/session` gives a secret for a shift, `POST /api/v1/tokens` one for a program. \
Send it as `Authorization: Bearer …`. A browser's cookie shows, and changes something from the node's own \
pages only. On the node's Unix socket, mode 0600, the same is served.\n\n\
**Commands.** Everything that is done is `POST /api/v1/commands`. It is answered when its event is durable. \
Give each command a key of its own, a UUID of version 7, as `Idempotency-Key` or `key`: sent again under it, \
it is answered with the event that there is. `If-Match` with the `ETag` of an alert or draft makes a command \
count only while that is the version.\n\n\
**Lists** end with `next`: give it as `after`, and look at nothing in it.\n\n\
**The feed** is `GET /api/v1/events`: the id of each event is its log position. Who comes back with \
`Last-Event-ID` misses none and gets none twice.\n\n\
**Refusals** are problems (RFC 9457). `type` is stable; `detail` and `errors[].message` are for people, in \
Vietnamese for `Accept-Language: vi`. `errors[].field` is a JSON pointer into what was sent, or `?name`.\n\n\
**Times** that end in `_ms` are milliseconds since 1970, others RFC 3339 or days. Fields may be added to \
answers; unknown fields in requests are refused.";

/// The front of the document.
pub fn info() -> Value {
    json!({
        "title": "Giáp Ranh",
        "version": "v1",
        "summary": "An exchange between police units of neighbouring provinces.",
        "x-summary-vi": "Trao đổi thông tin giáp ranh giữa công an các tỉnh.",
        "description": DESCRIPTION,
        "license": { "name": "MIT", "identifier": "MIT" },
    })
}

/// The resources: name, what it is, the same in Vietnamese.
const TAGS: [[&str; 3]; 10] = [
    ["session", "Signing in and out.", "Đăng nhập, đăng xuất."],
    ["tokens", "Secrets for programs.", "Mã truy cập cho phần mềm."],
    ["officers", "Accounts.", "Tài khoản cán bộ."],
    ["commands", "The only way to do something.", "Cách duy nhất để thực hiện một việc."],
    ["alerts", "Alerts and what is about them.", "Tin và những gì liên quan."],
    ["access", "Who was shown what.", "Ai đã xem gì."],
    ["drafts", "What waits for a second officer.", "Dự thảo chờ duyệt."],
    [
        "feed",
        "What was said, in the order of this node's log.",
        "Dòng tin, theo thứ tự nhật ký của nút.",
    ],
    ["directory", "Units and border zones.", "Đơn vị và vùng giáp ranh."],
    ["node", "How the node is, and what it keeps beside its log.", "Tình trạng nút."],
];

/// The resources.
pub fn tags() -> Value {
    let tag = |[name, about, vietnamese]: &[&str; 3]| json!({ "name": name, "description": about, "x-description-vi": vietnamese });
    TAGS.iter().map(tag).collect()
}

/// How to say who asks.
pub fn security_schemes() -> Value {
    json!({
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "The secret of a session or an API token.",
        },
        "cookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": COOKIE,
            "description": "A browser's session; what it changes comes from the node's own pages.",
        },
    })
}

/// What requests say in headers.
pub fn headers() -> Value {
    let header = |name: &str, about: &str, schema: Value, example: &str| {
        json!({ "name": name, "in": "header", "required": false, "description": about,
            "schema": schema, "example": example })
    };
    json!({
        "IfMatch": header("If-Match", "The `ETag` of what the command is about: it counts only while \
            that is the version, judged in the transaction that decides.", json!({"type": "string"}), "\"3\""),
        "IdempotencyKey": header("Idempotency-Key", "A UUID of version 7, made anew for each command; \
            the same as `key` in the body.", json!({"type": "string"}),
            "\"01900000-0000-7000-8000-000000000009\""),
        "GiapranhApproval": header("Giapranh-Approval", "`Bearer` and the secret of a second officer, who \
            releases what is commanded.", json!({"type": "string"}), "Bearer gr_s_example"),
        "LastEventId": header("Last-Event-ID", "The last id that was seen; counts before `after`.",
            json!({"type": "integer", "minimum": 0}), "41"),
        "AcceptLanguage": header("Accept-Language", "`vi` makes refusals read in Vietnamese.",
            json!({"type": "string"}), "vi"),
    })
}

/// What an answer says in headers.
pub fn answer_headers(row: &Access, said: &Operation) -> Value {
    let text = |about: &str| json!({ "description": about, "schema": { "type": "string" } });
    let mut headers = Map::new();
    if said.has_version {
        headers.insert("ETag".into(), text("The version, for `If-Match`."));
    }
    if !row.who.anyone {
        let about = "What is left to the account, away from the socket \
                     (draft-ietf-httpapi-ratelimit-headers).";
        headers.insert("RateLimit".into(), text(about));
    }
    if matches!(said.answer, Answer::Stream(_)) {
        headers
            .insert("X-Accel-Buffering".into(), text("`no`: proxies pass each event on at once."));
    }
    headers.into()
}

/// A reference to a component.
pub fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

/// The parameters in an address.
pub fn of_path(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            let (about, example) = match (name, path) {
                ("unit", _) => ("The unit that issued it.", "hcm"),
                ("year", _) => ("The year in its number.", "2024"),
                ("number", _) => ("Its number in that year, six digits.", "000001"),
                ("id", path) if path.contains("/zones/") => ("The zone.", "hcm-long-an"),
                ("id", path) if path.contains("/officers/") => ("The officer.", "cb-0001"),
                ("event", _) => ("The event that says it.", "01900000-0000-7000-8000-000000000001"),
                ("id", path) if path.contains("/tokens/") => ("The token's number.", "1"),
                ("id", _) => ("The message's number.", "1"),
                _ => ("", ""),
            };
            json!({ "name": name, "in": "path", "required": true, "description": about,
                "schema": { "type": "string" }, "example": example })
        })
        .collect()
}

/// The parameters that a type takes from the query.
pub fn of_query(schema: &Value) -> Vec<Value> {
    let none = Map::new();
    let fields = schema["properties"].as_object().unwrap_or(&none);
    let required = |name: &str| {
        let names = schema["required"].as_array();
        names.is_some_and(|names| names.iter().any(|required| required == name))
    };
    let parameter = |(name, field): (&String, &Value)| {
        let mut field = field.clone();
        let about = field.as_object_mut().and_then(|field| field.remove("description"));
        json!({ "name": name, "in": "query", "required": required(name),
            "description": about.unwrap_or_default(), "schema": field })
    };
    fields.iter().map(parameter).collect()
}

/// The schema of refusals, with every type that there is.
pub fn problem(generator: &mut SchemaGenerator) -> Value {
    let schema: Schema = generator.root_schema_for::<Problem>();
    let mut schema = schema.to_value();
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$defs");
        schema.remove("components");
        schema.remove("$schema");
    }
    let codes: Vec<String> = TYPES.iter().map(|known| format!("{URN}{}", known.code)).collect();
    schema["properties"]["type"]["enum"] = codes.into();
    schema["x-problems"] = TYPES.iter().map(described).collect();
    schema
}

fn described(known: &crate::problem::ProblemType) -> Value {
    json!({
        "type": format!("{URN}{}", known.code),
        "status": known.status,
        "title": known.title,
        "title-vi": known.vietnamese,
        "way-out": known.way_out,
        "way-out-vi": known.way_out_vietnamese,
    })
}
