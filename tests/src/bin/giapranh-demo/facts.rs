//! What units add to what others issued: that they have seen it, that they can't act, what belongs
//! together.

use giapranh_tests::cluster::{Failed, failed};
use serde_json::Value;

use crate::cast::{DUTY, ISSUER};
use crate::teller::{Teller, text};
use crate::{DUC_HOA, HCM, LONG_AN};

/// An urgent alert is acknowledged by named officers; Long An's does not.
pub fn acknowledge(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let event = teller.act(DUC_HOA, DUTY, &["alert", "acknowledge", alert])?;
    let seen = teller.seen_at(&event, &[HCM])?;
    let shown = teller.act(HCM, DUTY, &["alert", "show", alert])?;
    let by = text(&shown["acknowledged"][DUC_HOA], "officer")?;
    if shown["acknowledged"][LONG_AN] != Value::Null {
        return Err(failed(format!("Long An has acknowledged {alert}")));
    }
    teller.say(&format!(
        "the officer on duty at Đức Hòa, {by}, acknowledges {alert}, seen at {seen}; Long An has not"
    ))
}

/// Its time passes.
pub fn missing(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    teller.wait_due(LONG_AN, "the acknowledgement is overdue", |due| {
        let is_it = |row: &&Value| row["duty"] == "acknowledge" && row["alert"] == alert;
        due.iter().find(is_it).is_some_and(|row| row["stage"] == "due")
    })?;
    teller.say(&format!("Long An's acknowledgement of {alert} is overdue, and named as missing"))
}

/// Long An has nobody to send.
pub fn flag(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let why = "chưa đủ lực lượng trong đêm (ví dụ)";
    let event = teller.act(LONG_AN, DUTY, &["alert", "flag", alert, "--reason", why])?;
    let seen = teller.seen_at(&event, &[HCM])?;
    teller.say(&format!("Long An flags {alert}, \"{why}\", seen at {seen}"))
}

/// Two alerts belong together: one proposes it, a person of another unit confirms it.
pub fn link(teller: &mut Teller, alert: &str, other: &str) -> Result<(), Failed> {
    let mut propose = vec!["alert", "link", alert, other, "--relation", "same-series"];
    propose.extend(["--grounds", "cùng thủ đoạn, cùng khung giờ (ví dụ)"]);
    let proposed = teller.act(DUC_HOA, DUTY, &propose)?;
    teller.seen_at(&proposed, &[HCM])?;
    let link = text(&proposed, "event_id")?;
    let confirm = ["link", "confirm", alert, &link, "--grounds", "đã đối chiếu (ví dụ)"];
    let confirmed = teller.act(HCM, ISSUER, &confirm)?;
    let seen = teller.seen_at(&confirmed, &[LONG_AN])?;
    let links = teller.act(LONG_AN, DUTY, &["alert", "links", other])?;
    let shown = links["links"].as_array().and_then(|links| links.first()).cloned();
    if !shown.is_some_and(|link| link["linked"] == alert && link["state"] == "confirmed") {
        return Err(failed(format!("Long An shows no link of {other}: {links}")));
    }
    teller.say(&format!(
        "{alert} and {other} are linked, proposed by Đức Hòa and confirmed by TP Hồ Chí Minh, seen \
         at {seen}"
    ))
}
