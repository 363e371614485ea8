//! What the lead decides, for everybody: time limits, and a directive.

use std::time::Instant;

use giapranh_tests::cluster::{Failed, failed};
use giapranh_tests::{api, story};
use serde_json::{Value, json};

use crate::cast::{DUTY, LEAD};
use crate::teller::{Teller, text};
use crate::{HCM, LONG_AN, REGISTRAR, TIEN_GIANG};

/// The time limits of the demonstration, seconds: at work they are minutes and hours.
const LIMITS: [(&str, u32); 5] = [
    ("acknowledge", 20),
    ("hit-urgent", 12),
    ("second-request", 4),
    ("withdraw-after-arrest", 60),
    ("approve", 12),
];

/// One decision, which every node goes by a moment later.
pub fn limits(teller: &mut Teller) -> Result<(), Failed> {
    let limit = |(name, seconds): (&str, u32)| json!({ "deadline-set": { "name": name, "seconds": seconds } });
    let changes = json!(LIMITS.map(limit));
    let path = teller.file("limits.json", &changes.to_string())?;
    let begun = Instant::now();
    let change =
        ["directory", "change", &path, "--decision", "thời hạn của buổi trình diễn (ví dụ)"];
    teller.act_with(REGISTRAR, LEAD, &change)?;
    let dir = &teller.cluster.node(REGISTRAR).dir;
    let status = api::get(dir, "/api/v1/status").map_err(failed)?;
    let head = status["directory"]["head"].as_u64().unwrap_or(0);
    teller.cluster.wait_directory(head)?;
    let ms = begun.elapsed().as_millis();
    let told: Vec<String> =
        LIMITS.iter().map(|(name, seconds)| format!("{name} {seconds} s")).collect();
    teller.say(&format!(
        "the lead sets the time limits of this demonstration, seconds in place of minutes and hours \
         ({}): all twelve go by head {head} of the directory {ms} ms after the command was typed",
        told.join(", ")
    ))
}

/// A directive binds three provinces; two of them say that they have it. Gives its number.
pub fn directive(teller: &mut Teller) -> Result<String, Failed> {
    let text_of_it = "Tăng cường tuần tra tuyến giáp ranh trong dịp lễ (ví dụ)";
    let binds = [HCM, LONG_AN, TIEN_GIANG];
    let content = story::directive("Chỉ đạo tuần tra (ví dụ)", text_of_it, &binds);
    let issued = teller.issue(REGISTRAR, &content, &["cluster"])?;
    let seen = teller.seen_at(&issued, &binds)?;
    let directive = text(&issued, "alert")?;
    for unit in [HCM, LONG_AN] {
        let event = teller.act(unit, DUTY, &["alert", "acknowledge", &directive])?;
        teller.seen_at(&event, &[REGISTRAR])?;
    }
    let is_it = |row: &Value| row["duty"] == "acknowledge" && row["alert"] == directive.as_str();
    for (unit, open) in [(LONG_AN, false), (TIEN_GIANG, true)] {
        teller.wait_due(unit, "its acknowledgement", |due| due.iter().any(is_it) == open)?;
    }
    teller.say(&format!(
        "a directive of the lead, {directive}, binds three provinces, seen at {seen}; two acknowledge \
         it, Tiền Giang does not"
    ))?;
    Ok(directive)
}
