//! The people and papers of the demonstration and the tests. All of them are invented.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::{Value, json};

use crate::api;

/// The command that issues an alert, as the API takes it.
pub fn issue_command(content: &Value, zone: &str) -> Value {
    json!({
        "drafted_by": "cb-soan-01", "approved_by": "cb-duyet-02",
        "act": "issue-alert", "zones": [zone], "content": content,
    })
}

/// Issues alerts at the node in `dir`, one after the other on a thread of its own, and gives each
/// that was acknowledged. Ends after `most`, or when the node does not answer any more.
pub fn issue_many(dir: &Path, most: usize, zone: &str) -> Receiver<Value> {
    let (sender, answers) = channel();
    let (dir, zone) = (dir.to_owned(), zone.to_owned());
    thread::spawn(move || {
        for number in 1..=most {
            let content = wanted("Nguyễn Văn Ví Dụ", &format!("Số {number} (ví dụ)"));
            let Ok(answer) = api::command(&dir, &issue_command(&content, &zone)) else { return };
            if sender.send(answer).is_err() {
                return;
            }
        }
    });
    answers
}

/// A wanted person; `name` must be recognisably invented.
pub fn wanted(name: &str, headline: &str) -> Value {
    json!({
        "category": "wanted-person",
        "headline": headline,
        "severity": "critical",
        "required_action": "arrest",
        "warnings": ["flight-risk"],
        "handling": "internal",
        "ground": {
            "kind": "wanted-decision",
            "decision_number": "00/QĐTN-VÍ-DỤ",
            "date": "2024-03-01",
            "agency": "Cơ quan CSĐT (ví dụ)",
            "article": 171
        },
        "purpose": "Truy bắt theo quyết định truy nã (ví dụ)",
        "proportionality": "Đối tượng bỏ trốn qua địa bàn giáp ranh",
        "expires": "2099-12-31",
        "contact": "Trực ban ví dụ, 000 000 000",
        "wanted_person": {
            "wanted_class": "ordinary",
            "person": { "name": name, "born": "1990", "sex": "male", "last_known_place": "Cầu Ví Dụ" }
        }
    })
}

/// A bulletin on a way of working.
pub fn modus_operandi() -> Value {
    json!({
        "category": "modus-operandi",
        "headline": "Cướp giật trên tuyến giáp ranh bằng xe máy biển số giả (ví dụ)",
        "severity": "important",
        "required_action": "inform",
        "handling": "internal",
        "ground": { "kind": "directive", "date": "2024-03-02", "agency": "Công an tỉnh (ví dụ)" },
        "purpose": "Phòng ngừa, phát hiện",
        "expires": "2099-12-31",
        "contact": "Trực ban ví dụ, 000 000 000",
        "modus_operandi": {
            "offence": 171,
            "approach": "Hai đối tượng áp sát người đi xe máy, giật túi xách rồi chạy qua địa giới",
            "time_window": "18:00–21:00",
            "vehicle_use": "xe máy biển số giả",
            "group_size": 2,
            "cases": 4
        }
    })
}
