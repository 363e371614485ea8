//! The people and papers of the demonstration and the tests. All of them are invented.

use serde_json::{Value, json};

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
