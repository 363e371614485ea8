//! What people send: commands as JSON. Everybody in them is invented.

use giapranh_domain::wire::proto::directory_change::Change;
use serde_json::{Value, json};

/// A wanted person.
pub fn wanted() -> Value {
    json!({
        "category": "wanted-person",
        "headline": "Truy nã Nguyễn Văn Ví Dụ, trộm cắp tài sản",
        "severity": "critical",
        "required_action": "arrest",
        "warnings": ["armed"],
        "handling": "internal",
        "ground": {
            "kind": "wanted-decision",
            "decision_number": "12/QĐTN-VÍ-DỤ",
            "date": "2024-05-20",
            "agency": "Cơ quan Cảnh sát điều tra (ví dụ)",
            "article": 173
        },
        "purpose": "Bắt người bị truy nã",
        "proportionality": "Đã trốn khỏi nơi cư trú",
        "expires": "2024-12-31",
        "contact": "Trực ban 24/7 (ví dụ)",
        "wanted_person": {
            "wanted_class": "ordinary",
            "person": {
                "name": "Nguyễn Văn Ví Dụ",
                "born": "1990-05",
                "sex": "male",
                "person_class": "accused",
                "identity_numbers": [{ "kind": "cccd", "number": "000000000000" }]
            }
        }
    })
}

/// A travelling offender.
pub fn offender() -> Value {
    let mut content = wanted();
    let fields = content.as_object_mut().unwrap();
    let person = fields.remove("wanted_person").unwrap()["person"].clone();
    fields.insert("category".into(), json!("travelling-offender"));
    fields.insert("required_action".into(), json!("observe"));
    fields["ground"]["kind"] = json!("verification-request");
    fields.insert(
        "travelling_offender".into(),
        json!({ "person": person, "area": "Đức Hòa, Củ Chi" }),
    );
    content
}

/// A way of working.
pub fn bulletin() -> Value {
    let mut content = wanted();
    let fields = content.as_object_mut().unwrap();
    fields.remove("wanted_person");
    fields.remove("proportionality");
    fields.insert("category".into(), json!("modus-operandi"));
    fields.insert("required_action".into(), json!("inform"));
    fields.insert(
        "modus_operandi".into(),
        json!({ "offence": 171, "approach": "Đi xe máy áp sát từ phía sau" }),
    );
    content
}

/// Issues an alert.
pub fn issue(content: Value, zones: &[&str]) -> Value {
    let command = json!({
        "act": "issue-alert", "drafted_by": "officer-1", "approved_by": "officer-2",
        "zones": zones
    });
    with(command, "/content", content)
}

/// Amends an alert; no zones: those it has.
pub fn amend(alert: &str, content: Value, zones: &[&str]) -> Value {
    let command = json!({
        "act": "amend-alert", "drafted_by": "officer-1", "approved_by": "officer-2",
        "alert": alert, "zones": zones, "reason": "Bổ sung nhận dạng"
    });
    with(command, "/content", content)
}

/// Withdraws an alert.
pub fn withdraw(alert: &str) -> Value {
    json!({
        "act": "withdraw-alert", "drafted_by": "officer-1", "approved_by": "officer-2",
        "alert": alert, "withdrawal": { "reason": "executed" }
    })
}

/// Reports a hit on version 1.
pub fn hit(alert: &str) -> Value {
    json!({
        "act": "report-hit", "drafted_by": "officer-7", "alert": alert, "urgency": "urgent",
        "hit": {
            "version": 1, "place": "Bến xe (ví dụ)", "seen_at": "2024-06-01T07:50:00+07:00",
            "basis": "Trùng số giấy tờ", "certainty": "probable", "done": "Đang theo dõi"
        }
    })
}

/// Answers the hit that is the log's event of that number, from 1.
pub fn answer(alert: &str, event: u128, result: &str) -> Value {
    json!({
        "act": "answer-hit", "drafted_by": "officer-3", "alert": alert,
        "hit": uuid::Uuid::from_u128(event), "answer": { "result": result }
    })
}

/// A command with one field changed or added.
pub fn with(mut command: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = command.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
        parent => parent[name] = value,
    }
    command
}

/// A command with one field left out.
pub fn without(mut command: Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = command.pointer_mut(parent).unwrap();
    parent.as_object_mut().unwrap().remove(name).unwrap();
    command
}

/// The registrar decides.
pub fn change(day: &str, changes: Vec<Change>) -> Value {
    let command = serde_json::to_value(crate::changes::event(day, changes)).unwrap();
    let command = with(command, "/act", json!("change-directory"));
    let command = with(command, "/drafted_by", json!("officer-1"));
    with(command, "/approved_by", json!("officer-2"))
}

/// A province confirms the key of one of its units.
pub fn confirm(unit: &str, key: u8) -> Value {
    let key = format!("{key:02x}").repeat(32);
    json!({
        "act": "confirm-enrolment", "drafted_by": "officer-1", "enrolled": unit, "public_key": key
    })
}

/// A unit asks for a zone.
pub fn request(zone: &str, until: &str) -> Value {
    json!({
        "act": "request-zone", "drafted_by": "officer-1", "zone": zone, "until": until,
        "reason": "Giáp đường tỉnh (ví dụ)"
    })
}

/// A node signs nothing more.
pub fn close() -> Value {
    json!({ "act": "close-node", "drafted_by": "officer-1", "reason": "Thay khóa (ví dụ)" })
}

/// Lets late events count: the log's events of these numbers, from 1.
pub fn adopt(alert: &str, events: &[u128]) -> Value {
    let events: Vec<uuid::Uuid> = events.iter().map(|id| uuid::Uuid::from_u128(*id)).collect();
    json!({
        "act": "adopt-events", "drafted_by": "officer-1", "alert": alert, "events": events,
        "reason": "Tìm lại được sau sự cố (ví dụ)"
    })
}

/// Lets go on what a fork holds up.
pub fn decide_fork(origin: &str, epoch: u32) -> Value {
    json!({
        "act": "decide-fork", "drafted_by": "officer-1", "origin": origin, "epoch": epoch,
        "reason": "Đã hỏi đơn vị (ví dụ)"
    })
}

/// Writes a draft of an alert that is to be; `alert` is empty for the first version.
pub fn draft(alert: &str, version: u32, by: &str, proposal: &Value) -> Value {
    let mut command = json!({
        "act": "save-draft", "drafted_by": by, "version": version, "proposal": proposal
    });
    if !alert.is_empty() {
        command["alert"] = json!(alert);
    }
    command
}

/// What a draft proposes: a new alert in the zone of Ho Chi Minh City and Long An.
pub fn to_issue(content: &Value) -> Value {
    json!({ "issue": { "zones": ["hcm-long-an"], "content": content } })
}

/// What a draft proposes: another version of an alert.
pub fn to_amend(content: &Value, based_on: u32) -> Value {
    json!({ "amend": { "content": content, "reason": "Bổ sung (ví dụ)", "based_on": based_on } })
}

/// `submit-draft`, `approve-draft`, or with a reason `return-draft` and `discard-draft`.
pub fn on_draft(act: &str, alert: &str, version: u32, by: &str) -> Value {
    let mut command = json!({ "act": act, "drafted_by": by, "alert": alert, "version": version });
    if matches!(act, "return-draft" | "discard-draft") {
        command["reason"] = json!("Thiếu căn cứ (ví dụ)");
    }
    command
}

/// A unit has seen a version.
pub fn acknowledge(alert: &str, version: u32) -> Value {
    json!({
        "act": "acknowledge-alert", "drafted_by": "officer-7", "alert": alert, "version": version
    })
}

/// A unit can't carry out what is asked.
pub fn flag(alert: &str, lifted: bool) -> Value {
    json!({
        "act": "flag-alert", "drafted_by": "officer-7", "alert": alert,
        "flag": { "reason": "Thiếu lực lượng (ví dụ)", "lifted": lifted }
    })
}

/// How the hit that is the log's event of that number ended.
pub fn conclude(alert: &str, event: u128, outcome: &str) -> Value {
    json!({
        "act": "conclude-hit", "drafted_by": "officer-7", "alert": alert,
        "hit": uuid::Uuid::from_u128(event),
        "conclusion": { "outcome": outcome, "at": "2024-06-01T07:55:00+07:00" }
    })
}

/// Shows the alert to fewer.
pub fn hide(alert: &str, units: &[&str]) -> Value {
    json!({
        "act": "hide-alert", "drafted_by": "officer-1", "approved_by": "officer-2", "alert": alert,
        "hiding": {
            "until": "2024-06-02T08:00:00+07:00", "units": units, "reason": "Đang vây bắt (ví dụ)"
        }
    })
}

/// Shows it to everybody again.
pub fn reveal(alert: &str) -> Value {
    json!({
        "act": "reveal-alert", "drafted_by": "officer-1", "approved_by": "officer-2",
        "alert": alert, "reason": "Xong (ví dụ)"
    })
}

/// Two alerts may belong together.
pub fn link(alert: &str, other: &str) -> Value {
    json!({
        "act": "propose-link", "drafted_by": "officer-7", "alert": alert,
        "link": { "other": other, "relation": "same-person", "grounds": "Cùng nhận dạng (ví dụ)" }
    })
}

/// A person says whether the link that is the log's event of that number is one.
pub fn decide_link(alert: &str, event: u128, decision: &str) -> Value {
    json!({
        "act": "decide-link", "drafted_by": "officer-3", "alert": alert,
        "link": uuid::Uuid::from_u128(event),
        "decision": { "decision": decision, "grounds": "Đã đối chiếu (ví dụ)" }
    })
}
