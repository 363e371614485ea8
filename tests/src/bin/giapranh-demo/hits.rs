//! Hits and their clocks: one that is answered in time, one that nobody answers, an arrest.

use giapranh_domain::time;
use giapranh_log::Clock as _;
use giapranh_node::SystemClock;
use giapranh_tests::cluster::{Failed, failed};
use giapranh_tests::story;
use serde_json::Value;

use crate::cast::{COMMUNE_DUTY, DUTY, ISSUER};
use crate::teller::{Teller, text};
use crate::{DUC_HOA, HCM, LONG_AN};

/// The commune finds somebody, and the issuer says whether it is the one. Gives the hit.
pub fn answered(teller: &mut Teller, alert: &str) -> Result<String, Failed> {
    let hit = teller.hit(alert)?;
    let seen = teller.seen_at(&hit, &[HCM])?;
    let id = text(&hit, "event_id")?;
    let is_it = |row: &Value| row["duty"] == "answer-hit" && row["subject"] == id.as_str();
    let due = teller.wait_due(HCM, "the hit is to be answered", |due| due.iter().any(is_it))?;
    let left = due.iter().find(|row| is_it(row)).and_then(|row| row["remaining_ms"].as_i64());
    let left = left.unwrap_or(0) / 1_000;
    teller.say(&format!(
        "an urgent hit of xã Mỹ Hạnh Bắc, by Đức Hòa's node, seen at {seen}; TP Hồ Chí Minh has \
         {left} s left to answer"
    ))?;
    let mut answer = vec!["hit", "answer", alert, "--hit", &id, "--result", "same"];
    answer.extend(["--note", "đúng đối tượng"]);
    let answer = teller.act(HCM, ISSUER, &answer)?;
    let seen = teller.seen_at(&answer, &[DUC_HOA])?;
    let shown = teller.act(DUC_HOA, DUTY, &["alert", "show", alert])?;
    let hit = &shown["hits"][&id];
    let moment = |value: &Value| value.as_u64().unwrap_or(0);
    let (answered, due) = (moment(&hit["answers"][0]["recorded"]), moment(&hit["report"]["due"]));
    if answered == 0 || answered > due {
        return Err(failed(format!("it was not answered in time: {hit}")));
    }
    teller.wait_due(HCM, "it is answered", |due| !due.iter().any(is_it))?;
    teller.say(&format!(
        "\"same person\", in time, {} s before it was due, seen at {seen}",
        (due - answered) / 1_000
    ))?;
    Ok(id)
}

/// Of an alert of Đức Hòa's: nobody there will answer. Gives the alert.
pub fn unanswered(teller: &mut Teller) -> Result<String, Failed> {
    let content = story::vehicle("62F1-123.45", "Xe máy bị cướp (ví dụ)");
    let issued = teller.issue(DUC_HOA, &content, &["hcm-long-an"])?;
    let alert = text(&issued, "alert")?;
    teller.seen_at(&issued, &[HCM, LONG_AN])?;
    let hit = teller.hit_by(HCM, DUTY, &alert, "Bãi xe Ví Dụ")?;
    let seen = teller.seen_at(&hit, &[DUC_HOA, LONG_AN])?;
    teller.say(&format!(
        "TP Hồ Chí Minh finds a motorcycle that Đức Hòa looks for ({alert}), seen at {seen}; at Đức \
         Hòa nobody looks at it"
    ))?;
    Ok(alert)
}

/// Its time has passed, and that of the second request: the province has to act.
pub fn escalated(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let with_province =
        |row: &Value| row["alert"] == alert && row["stage"] == "escalated" && row["who"] == LONG_AN;
    let escalated = |due: &[Value]| due.iter().any(with_province);
    teller.wait_due(LONG_AN, "the hit is with the province", escalated)?;
    teller.wait_due(DUC_HOA, "it knows that", escalated)?;
    teller.say(
        "the hit on the motorcycle was not answered, nor after the second request: it is with the \
         duty leadership of Long An",
    )
}

/// The end of the hit, and what it makes of the issuer's duties.
pub fn arrest(teller: &mut Teller, alert: &str, hit: &str) -> Result<(), Failed> {
    let now = time::rfc3339(SystemClock.now_ms());
    let mut conclude = vec!["hit", "conclude", alert, "--hit", hit];
    conclude.extend(["--outcome", "arrested", "--at", &now]);
    let event = teller.act(DUC_HOA, COMMUNE_DUTY, &conclude)?;
    let seen = teller.seen_at(&event, &[HCM])?;
    teller.wait_due(HCM, "the withdrawal is due", |due| {
        due.iter().any(|row| row["duty"] == "withdraw" && row["alert"] == alert)
    })?;
    teller.say(&format!(
        "the commune reports the arrest, seen at {seen}; from now on TP Hồ Chí Minh has to withdraw \
         {alert}, with a clock"
    ))
}
