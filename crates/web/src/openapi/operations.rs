//! What is said of each row of the table that programs ask: one entry a row.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use crate::api::{
    access, alerts, as_of, drafts, due, entries, healing, officers, quarantine, search, session,
    tokens, units, zones,
};
use crate::auditor::{KeysGranted, KeysWanted};
use crate::backend::Accepted;
use crate::events;
use crate::officers::{Account, IssuedToken, NewOfficer, NewToken, SignedIn};
use crate::peers::Peers;
use crate::shelf::{Judged, ShelfPage, Shelved};
use crate::trail::Said;
use giapranh_domain::{Command, Draft};
use giapranh_views::{Delivery, Entry, ErasureState, Rebuilt, ZoneRow};

/// Makes the schema of a type.
pub type Schemer = fn(&mut SchemaGenerator) -> Schema;

/// What is answered when nothing is refused.
#[derive(Clone, Copy)]
pub enum Answer {
    Json(u16, Schemer),
    Nothing,
    /// Of events with such data.
    Stream(Schemer),
    Bytes,
}

/// What is said of a row.
#[derive(Clone, Copy)]
pub struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    /// For programs that are generated from the document.
    pub id: &'static str,
    /// The resource.
    pub tag: &'static str,
    pub summary: &'static str,
    pub vietnamese: &'static str,
    pub about: &'static str,
    /// What the address takes.
    pub query: Option<Schemer>,
    pub body: Option<Schemer>,
    /// A body, as JSON.
    pub example: Option<&'static str>,
    pub answer: Answer,
    /// Whether the answer has a version, for `If-Match`.
    pub has_version: bool,
    /// Headers that count, as the document names them.
    pub headers: &'static [&'static str],
    /// Refusals beside those that follow from the row.
    pub problems: &'static [&'static str],
}

impl Operation {
    const fn of(
        [method, path]: [&'static str; 2],
        [tag, id]: [&'static str; 2],
        [summary, vietnamese]: [&'static str; 2],
        about: &'static str,
        answer: Answer,
    ) -> Self {
        Self {
            method,
            path,
            id,
            tag,
            summary,
            vietnamese,
            about,
            query: None,
            body: None,
            example: None,
            answer,
            has_version: false,
            headers: &["AcceptLanguage"],
            problems: &[],
        }
    }

    const fn asks(self, query: Schemer) -> Self {
        Self { query: Some(query), ..self }
    }

    const fn takes(self, body: Schemer, example: &'static str) -> Self {
        Self { body: Some(body), example: Some(example), ..self }
    }

    const fn versioned(self) -> Self {
        Self { has_version: true, ..self }
    }

    const fn headed(self, headers: &'static [&'static str]) -> Self {
        Self { headers, ..self }
    }

    const fn refuses(self, problems: &'static [&'static str]) -> Self {
        Self { problems, ..self }
    }
}

/// A type that has a name of its own in the document.
fn named<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// The parameters of an address, which stand one by one.
fn fields<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    T::json_schema(generator)
}

/// An object of which programs rely on nothing but what they know.
fn open(_: &mut SchemaGenerator) -> Schema {
    let mut schema = Map::new();
    schema.insert("type".into(), Value::from("object"));
    Schema::from(schema)
}

/// Every operation, in the order of the page.
#[rustfmt::skip]
pub const OPERATIONS: &[Operation] = &[
    Operation::of(["POST", "/api/v1/session"], ["session", "signIn"],
        ["Sign in", "Đăng nhập"],
        "Gives the secret of a session, once. Whose password has to be changed can do nothing else before that.",
        Answer::Json(201, named::<SignedIn>))
        .takes(named::<session::Proof>, r#"{"login": "nguyen.van.vi.du", "password": "mưa rào đêm qua, ví dụ"}"#)
        .refuses(&["sign-in", "locked", "disabled", "no-officers"]),
    Operation::of(["GET", "/api/v1/session"], ["session", "showSession"],
        ["Who asks", "Ai đang yêu cầu"],
        "The officer whose secret was shown, with the roles of this moment; on the socket also the machine.",
        Answer::Json(200, named::<session::Asking>)),
    Operation::of(["DELETE", "/api/v1/session"], ["session", "signOut"],
        ["Sign out", "Đăng xuất"],
        "Ends the session whose secret is shown.",
        Answer::Nothing),

    Operation::of(["GET", "/api/v1/tokens"], ["tokens", "listTokens"],
        ["The own API tokens", "Mã truy cập của mình"],
        "The newest first, without their secrets. An administrator may name another officer.",
        Answer::Json(200, named::<tokens::Tokens>))
        .asks(fields::<tokens::Whose>).refuses(&["no-officers"]),
    Operation::of(["POST", "/api/v1/tokens"], ["tokens", "issueToken"],
        ["Issue an API token", "Cấp mã truy cập"],
        "A program acts for the officer who issues it, with some of that one's roles and until an end. Its secret is told once. Takes a session: a token issues no other.",
        Answer::Json(201, named::<IssuedToken>))
        .takes(named::<NewToken>, r#"{"name": "bảng trực ban (ví dụ)", "scopes": ["duty"], "life_ms": 2592000000}"#)
        .refuses(&["session", "no-officers", "invalid"]),
    Operation::of(["DELETE", "/api/v1/tokens/{id}"], ["tokens", "revokeToken"],
        ["End an API token", "Thu hồi mã truy cập"],
        "At once. An administrator may end another officer's.",
        Answer::Nothing)
        .asks(fields::<tokens::Whose>).refuses(&["no-officers"]),

    Operation::of(["GET", "/api/v1/officers"], ["officers", "listOfficers"],
        ["All accounts", "Mọi tài khoản"],
        "By unit and login.",
        Answer::Json(200, named::<officers::Accounts>)),
    Operation::of(["POST", "/api/v1/officers"], ["officers", "addOfficer"],
        ["Make an account", "Lập tài khoản"],
        "Whoever makes it knows the password, so the officer has to change it first.",
        Answer::Json(201, named::<Account>))
        .takes(named::<NewOfficer>, r#"{"unit": "hcm", "login": "tran.thi.vi.du", "name": "Trần Thị Ví Dụ", "roles": ["duty"], "password": "một câu dài để ví dụ"}"#)
        .refuses(&["invalid", "conflict"]),
    Operation::of(["PATCH", "/api/v1/officers/{id}"], ["officers", "changeOfficer"],
        ["Change an account", "Sửa tài khoản"],
        "One thing at a time: roles, unit, name, disabled, or unlock.",
        Answer::Json(200, named::<Account>))
        .takes(named::<officers::Order>, r#"{"roles": ["duty", "issuer"]}"#)
        .refuses(&["invalid", "conflict"]),
    Operation::of(["POST", "/api/v1/officers/{id}/password"], ["officers", "changePassword"],
        ["Change a password", "Đổi mật khẩu"],
        "The own one with the old one; another's by an administrator, without it. Ends the officer's sessions and tokens.",
        Answer::Nothing)
        .takes(named::<officers::NewPassword>, r#"{"old": "mưa rào đêm qua, ví dụ", "new": "nắng lên sáng nay, ví dụ"}"#)
        .refuses(&["invalid", "sign-in", "locked", "role"]),

    Operation::of(["POST", "/api/v1/commands"], ["commands", "command"],
        ["Do something", "Ra lệnh"],
        "Decides an act and appends its event; answered when that is durable. Which roles may which act stands in docs/ACCESS.md. Who has signed in acts: drafted_by, approved_by and unit are left out.",
        Answer::Json(200, named::<Accepted>))
        .takes(named::<Command>, r#"{"act": "acknowledge-alert", "alert": "hcm/2024/000001", "version": 1}"#)
        .headed(&["AcceptLanguage", "IfMatch", "IdempotencyKey", "GiapranhApproval"])
        .refuses(&["idempotency-key", "approval", "invalid", "not-found", "forbidden", "conflict", "changed"]),

    Operation::of(["GET", "/api/v1/alerts"], ["alerts", "listAlerts"],
        ["Alerts", "Danh sách tin"],
        "The newest change first. What is hidden from the officer's unit is not there.",
        Answer::Json(200, named::<alerts::Alerts>))
        .asks(fields::<alerts::Question>).refuses(&["as-of-not-ready", "purpose"]),
    Operation::of(["GET", "/api/v1/alerts/{unit}/{year}/{number}"], ["alerts", "showAlert"],
        ["One alert", "Một tin"],
        "With its newest version, hits, acknowledgements, links, and every event about it.",
        Answer::Json(200, named::<alerts::Shown>)).versioned()
        .asks(fields::<alerts::Moment>).refuses(&["as-of-not-ready", "purpose"]),
    Operation::of(["GET", "/api/v1/alerts/{unit}/{year}/{number}/links"], ["alerts", "listLinks"],
        ["Its links", "Tin liên quan"],
        "Also those that were proposed at the other alert.",
        Answer::Json(200, named::<alerts::Links>)),
    Operation::of(["GET", "/api/v1/alerts/{unit}/{year}/{number}/delivery"], ["alerts", "showDelivery"],
        ["Who holds it", "Đơn vị nào đã nhận"],
        "By node: what it said it holds, and whose acknowledgement there is.",
        Answer::Json(200, named::<Delivery>)),
    Operation::of(["GET", "/api/v1/alerts/{unit}/{year}/{number}/erasure"], ["alerts", "showErasure"],
        ["How far its erasure has come", "Đã xóa đến đâu"],
        "Who has confirmed that nothing of it is left there, and who has not.",
        Answer::Json(200, named::<ErasureState>)),
    Operation::of(["GET", "/api/v1/access"], ["access", "listAccesses"],
        ["Who was shown what", "Ai đã xem gì"],
        "The newest first: by alert, by officer, by time. What was typed is not in it; ask for what was said by its event.",
        Answer::Json(200, named::<access::Accesses>))
        .asks(fields::<access::Question>),
    Operation::of(["GET", "/api/v1/access/unusual"], ["access", "listUnusual"],
        ["What should be looked at", "Lượt xem bất thường"],
        "Very many subjects within an hour, alerts looked at in the night, officers who looked up their own names. Whether it was duty, a person judges.",
        Answer::Json(200, named::<access::AllUnusual>))
        .asks(fields::<access::Since>),
    Operation::of(["GET", "/api/v1/access/said/{event}"], ["access", "showSaid"],
        ["What was said or typed", "Nội dung đã nêu, đã gõ"],
        "The purpose that an event states, or what was typed into a search, as long as its key is there. That it was read is recorded in turn.",
        Answer::Json(200, named::<Said>)).refuses(&["purpose"]),
    Operation::of(["POST", "/api/v1/access/keys"], ["access", "grantKeys"],
        ["Keys for an auditor", "Cấp khóa cho thanh tra"],
        "The keys of sealed payloads, each sealed to the auditor's own key, to be read offline beside evidence. Recorded as an export before it is answered. What was erased has no key.",
        Answer::Json(200, named::<KeysGranted>))
        .takes(named::<KeysWanted>, r#"{"auditor": "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f", "keys": []}"#)
        .refuses(&["purpose"]),
    Operation::of(["GET", "/api/v1/search"], ["alerts", "search"],
        ["Search", "Tra cứu"],
        "Names, plates, phones, accounts and words as people type them, the surest first, each with why it was found. The purpose of the session's searches has to be stated first.",
        Answer::Json(200, named::<search::Answer>))
        .asks(fields::<search::Question>).refuses(&["purpose"]),
    Operation::of(["GET", "/api/v1/due"], ["alerts", "listDue"],
        ["What is due", "Việc đến hạn"],
        "What has to be done, by whom and by when: the urgent first.",
        Answer::Json(200, named::<due::Due>))
        .asks(fields::<due::Question>),

    Operation::of(["GET", "/api/v1/as-of"], ["alerts", "makePastReady"],
        ["A moment of the past", "Một thời điểm đã qua"],
        "Makes ready what this node showed at a moment, to be read with as_of. Answered with 202 until it is; ask again until then, or it is given up. What the officer may see is judged as of now.",
        Answer::Json(200, named::<as_of::Moment>))
        .asks(fields::<as_of::Question>),

    Operation::of(["GET", "/api/v1/drafts"], ["drafts", "listDrafts"],
        ["Drafts of the own unit", "Dự thảo của đơn vị"],
        "The newest change first.",
        Answer::Json(200, named::<drafts::Drafts>))
        .asks(fields::<drafts::Question>),
    Operation::of(["GET", "/api/v1/drafts/{unit}/{year}/{number}"], ["drafts", "showDraft"],
        ["One draft", "Một dự thảo"],
        "The newest draft about an alert, with what it proposes.",
        Answer::Json(200, named::<Draft>)).versioned(),

    Operation::of(["GET", "/api/v1/events"], ["feed", "followEvents"],
        ["Follow the feed", "Theo dõi dòng tin"],
        "Events: `position` (where the stream is: first, and every 15 s while it is quiet), `entry` (an entry, as JSON), `reset` (the position that was named is another log's; start over from this one). The id of each is a log position. A filter leaves entries out, never positions. The stream ends with the session, and after a minute in which nothing was read; come back with the last id.",
        Answer::Stream(named::<Entry>))
        .asks(fields::<events::Start>)
        .headed(&["AcceptLanguage", "LastEventId"]),
    Operation::of(["GET", "/api/v1/entries"], ["feed", "listEntries"],
        ["The feed, a page at a time", "Dòng tin theo trang"],
        "In the order of this node's log. Give the last position as `after` for the next page.",
        Answer::Json(200, named::<entries::Entries>))
        .asks(fields::<entries::Range>).refuses(&["as-of-not-ready"]),

    Operation::of(["GET", "/api/v1/zones"], ["directory", "listZones"],
        ["Border zones", "Các vùng giáp ranh"],
        "All of the directory, with their members.",
        Answer::Json(200, named::<zones::Zones>)),
    Operation::of(["GET", "/api/v1/zones/counts"], ["directory", "countZones"],
        ["How much there is in each zone", "Số lượng theo địa bàn"],
        "Alerts in force now, and what changed and was reported in a period, in the zones of the officer's unit. What is hidden is in no number.",
        Answer::Json(200, named::<zones::Counts>))
        .asks(fields::<zones::Question>),
    Operation::of(["GET", "/api/v1/zones/{id}"], ["directory", "showZone"],
        ["One zone", "Một vùng giáp ranh"],
        "With its members.",
        Answer::Json(200, named::<ZoneRow>)),
    Operation::of(["GET", "/api/v1/units"], ["directory", "listUnits"],
        ["Units", "Các đơn vị"],
        "Of all three levels.",
        Answer::Json(200, named::<units::Units>))
        .asks(fields::<units::Question>),

    Operation::of(["GET", "/api/v1/status"], ["node", "showStatus"],
        ["How the node is", "Tình trạng nút"],
        "Positions, lines, room, clock, and what a person should look at. Nothing of it is personal. Members are added as the node learns to tell more.",
        Answer::Json(200, open)),
    Operation::of(["GET", "/api/v1/peers"], ["node", "listPeers"],
        ["Whom the node has heard", "Các nút khác"],
        "What each peer said last, and what healing has left to do.",
        Answer::Json(200, named::<Peers>)),
    Operation::of(["GET", "/api/v1/forks"], ["node", "listForks"],
        ["Forks", "Nhật ký rẽ nhánh"],
        "Where two events stand under one number, and whether this node's log proves it.",
        Answer::Json(200, named::<healing::Forks>)),
    Operation::of(["POST", "/api/v1/views/rebuild"], ["node", "rebuildViews"],
        ["Build the views anew", "Dựng lại khung nhìn"],
        "From the log, beside those that serve; the digests are compared.",
        Answer::Json(200, named::<Rebuilt>)),
    Operation::of(["GET", "/api/v1/quarantine"], ["node", "listQuarantine"],
        ["What failed the gate", "Thông điệp bị cách ly"],
        "The oldest first, with the reason and without anything of the payload.",
        Answer::Json(200, named::<ShelfPage>))
        .asks(fields::<quarantine::Question>),
    Operation::of(["GET", "/api/v1/quarantine/{id}"], ["node", "showQuarantined"],
        ["One message in quarantine", "Một thông điệp bị cách ly"],
        "Also one that has left, with what was decided.",
        Answer::Json(200, named::<Shelved>)),
    Operation::of(["GET", "/api/v1/quarantine/{id}/bytes"], ["node", "quarantinedBytes"],
        ["Its bytes", "Nguyên văn thông điệp"],
        "Verbatim, as a stranger sent them: on the socket only.",
        Answer::Bytes),
    Operation::of(["POST", "/api/v1/quarantine/rejudge"], ["node", "rejudgeQuarantine"],
        ["Judge again", "Xét lại"],
        "One by id, all of a reason, or all. Answered when what it says is durable.",
        Answer::Json(200, named::<Judged>))
        .takes(named::<quarantine::Order>, r#"{"reason": "subject"}"#)
        .refuses(&["parameter", "not-found"]),
    Operation::of(["GET", "/api/v1/held"], ["node", "listHeld"],
        ["What waits", "Thông điệp đang chờ"],
        "For a key, a newer directory, or an earlier event. The oldest first.",
        Answer::Json(200, named::<ShelfPage>))
        .asks(fields::<quarantine::Question>),
    Operation::of(["GET", "/api/v1/held/{id}"], ["node", "showHeld"],
        ["One message that waits", "Một thông điệp đang chờ"],
        "Also one that has left, with what was decided.",
        Answer::Json(200, named::<Shelved>)),
    Operation::of(["GET", "/api/v1/held/{id}/bytes"], ["node", "heldBytes"],
        ["Its bytes", "Nguyên văn thông điệp"],
        "Verbatim, as a stranger sent them: on the socket only.",
        Answer::Bytes),
    Operation::of(["POST", "/api/v1/held/rejudge"], ["node", "rejudgeHeld"],
        ["Judge again", "Xét lại"],
        "One by id, all of a reason, or all. Answered when what it says is durable.",
        Answer::Json(200, named::<Judged>))
        .takes(named::<quarantine::Order>, r#"{"all": true}"#)
        .refuses(&["parameter", "not-found"]),
    Operation::of(["GET", "/api/v1/openapi.json"], ["node", "showApi"],
        ["This document", "Tài liệu này"],
        "OpenAPI 3.1, made from the code that serves.",
        Answer::Json(200, open)),
];
