//! The people and papers of the demonstration and the tests. All of them are invented.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use giapranh_domain::time;
use serde_json::{Value, json};

use crate::api::{self, Pass};

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
    let zone = zone.to_owned();
    give_many(dir, Pass::default(), most, move |number| {
        let content = wanted("Nguyễn Văn Ví Dụ", &format!("Số {number} (ví dụ)"));
        issue_command(&content, &zone)
    })
}

/// The same of two officers who have signed in, about motorcycles that nobody has to acknowledge.
pub fn issue_many_as(dir: &Path, pass: Pass, most: usize, zone: &str) -> Receiver<Value> {
    let zone = zone.to_owned();
    give_many(dir, pass, most, move |number| {
        let content = vehicle("59X1-000.00", &format!("Xe số {number} (ví dụ)"));
        json!({ "act": "issue-alert", "zones": [&zone], "content": content })
    })
}

fn give_many(
    dir: &Path,
    pass: Pass,
    most: usize,
    command: impl Fn(usize) -> Value + Send + 'static,
) -> Receiver<Value> {
    let (sender, answers) = channel();
    let dir = dir.to_owned();
    thread::spawn(move || {
        for number in 1..=most {
            let Ok(answer) = api::command_as(&dir, &pass, &command(number)) else { return };
            if sender.send(answer).is_err() {
                return;
            }
        }
    });
    answers
}

/// How long what is issued in the story lasts, days: well within what the program allows.
const DAYS_IN_FORCE: u64 = 300;

fn expires() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let end = now + Duration::from_secs(DAYS_IN_FORCE * 24 * 3600);
    time::day(u64::try_from(end.as_millis()).unwrap_or(0))
}

/// What every alert of the story has.
fn common(category: &str, headline: &str, action: &str) -> Value {
    json!({
        "category": category,
        "headline": headline,
        "severity": "important",
        "required_action": action,
        "handling": "internal",
        "ground": {
            "kind": "verification-request",
            "date": "2024-03-02",
            "agency": "Cơ quan CSĐT (ví dụ)"
        },
        "purpose": "Phòng ngừa, phát hiện (ví dụ)",
        "expires": expires(),
        "contact": "Trực ban ví dụ, 000 000 000"
    })
}

/// A motorcycle that was stolen.
pub fn vehicle(plate: &str, headline: &str) -> Value {
    let mut content = common("vehicle", headline, "seize");
    content["proportionality"] = json!("Xe bị chiếm đoạt, có thể qua địa bàn giáp ranh (ví dụ)");
    content["vehicle"] = json!({
        "plate": plate, "type": "motorcycle", "make": "Hãng Ví Dụ", "colour": "đỏ",
        "status": "stolen"
    });
    content
}

/// A phone number, account or address that a fraud uses; `kind` is one of the closed list.
pub fn identifier(kind: &str, written: &str, headline: &str) -> Value {
    let mut content = common("identifier", headline, "check");
    content["proportionality"] = json!("Đang được dùng để lừa đảo (ví dụ)");
    content["identifier"] = json!({ "kind": kind, "written": written, "role": "contact" });
    content
}

/// What goes on in an area; names nobody.
pub fn situation_notice(headline: &str, text: &str) -> Value {
    let mut content = common("situation-notice", headline, "inform");
    content["situation_notice"] = json!({ "text": text, "area": "Các xã giáp ranh (ví dụ)" });
    content
}

/// A directive of the lead; it binds these units, or all of its zones when none is named.
pub fn directive(headline: &str, text: &str, binds: &[&str]) -> Value {
    let mut content = common("directive", headline, "inform");
    content["ground"]["kind"] = json!("directive");
    content["directive"] = json!({ "text": text, "binds": binds });
    content
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
        "expires": expires(),
        "contact": "Trực ban ví dụ, 000 000 000",
        "wanted_person": {
            "wanted_class": "ordinary",
            "person": {
                "name": name, "born": "1990", "sex": "male", "person_class": "accused",
                "last_known_place": "Cầu Ví Dụ"
            }
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
        "expires": expires(),
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
