//! What one officer writes and another one releases.

use std::thread;
use std::time::Instant;

use giapranh_tests::cluster::{Failed, PATIENCE, failed};
use giapranh_tests::story;
use serde_json::Value;

use crate::cast::{APPROVER, ISSUER};
use crate::teller::{LOOK, Teller, text};
use crate::watches::Watches;
use crate::{DUC_HOA, HCM, LONG_AN};

/// The alert that the story is about: drafted, returned, drafted again, released. Gives its number.
pub fn release(teller: &mut Teller) -> Result<String, Failed> {
    let watches = Watches::start(teller, &[DUC_HOA, LONG_AN])?;
    let mut content = story::wanted("Nguyễn Văn Ví Dụ", "Truy nã (ví dụ)");
    let path = teller.file("content.json", &content.to_string())?;
    let new = ["draft", "new", "--content", &path, "--zone", "hcm-long-an"];
    let alert = text(&teller.act(HCM, ISSUER, &new)?, "alert")?;
    submit(teller, HCM, &alert, "1")?;
    let code = teller.refused(HCM, ISSUER, &["draft", "approve", &alert, "--version", "1"])?;
    let why = "nêu rõ tội danh (ví dụ)";
    let give_back = ["draft", "return", &alert, "--version", "1", "--reason", why];
    teller.act(HCM, APPROVER, &give_back)?;
    teller.say(&format!(
        "TP Hồ Chí Minh drafts {alert}; who wrote it may not release it (exit code {code}), and the \
         commander returns it: \"{why}\""
    ))?;

    content["headline"] = "Truy nã: cướp giật tài sản (ví dụ)".into();
    let path = teller.file("content.json", &content.to_string())?;
    let save = ["draft", "save", &alert, "--content", &path, "--version", "1"];
    teller.act(HCM, ISSUER, &save)?;
    submit(teller, HCM, &alert, "2")?;
    teller.wait_due(HCM, "the draft waits", |due| {
        due.iter().any(|row| row["duty"] == "approve" && row["alert"] == alert.as_str())
    })?;
    let event = approve(teller, HCM, &alert, "2")?;
    let seen = teller.seen_at(&event, &[DUC_HOA, LONG_AN])?;
    teller.say(&format!("version 2 of the draft is approved: {alert} seen at {seen}"))?;
    watches.show(&event)?;
    Ok(alert)
}

/// What one officer may change alone.
pub fn amend(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let mut content = story::wanted("Nguyễn Văn Ví Dụ", "Truy nã: cướp giật tài sản (ví dụ)");
    content["wanted_person"]["person"]["last_known_place"] = "Chợ Thử Nghiệm".into();
    let path = teller.file("content.json", &content.to_string())?;
    let mut amend = vec!["alert", "amend", alert, "--content", &path];
    amend.extend(["--reason", "nơi xuất hiện mới (ví dụ)"]);
    let event = teller.act(HCM, ISSUER, &amend)?;
    let seen = teller.seen_at(&event, &[DUC_HOA, LONG_AN])?;
    content["wanted_person"]["person"]["name"] = "Trần Văn Ví Dụ".into();
    let path = teller.file("content.json", &content.to_string())?;
    let code = teller.refused(
        HCM,
        ISSUER,
        &["alert", "amend", alert, "--content", &path, "--reason", "x"],
    )?;
    teller.say(&format!(
        "where the person was last seen one officer adds alone, seen at {seen}; another name would \
         take two (exit code {code})"
    ))
}

/// A draft that nobody looks at.
pub fn leave_waiting(teller: &mut Teller) -> Result<(), Failed> {
    let content = story::vehicle("59X1-999.99", "Xe bị mất cắp (ví dụ)");
    let path = teller.file("content.json", &content.to_string())?;
    let new = ["draft", "new", "--content", &path, "--zone", "hcm-long-an"];
    let alert = text(&teller.act(HCM, ISSUER, &new)?, "alert")?;
    submit(teller, HCM, &alert, "1")?;
    teller.say(&format!("a draft, {alert}, waits for the commander of TP Hồ Chí Minh, who is away"))
}

/// After an arrest the withdrawal is the issuer's, with a clock.
pub fn withdraw(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let withdraw = ["draft", "withdraw", alert, "--reason", "executed"];
    teller.act(HCM, ISSUER, &withdraw)?;
    // Saves are counted over all drafts of the alert.
    submit(teller, HCM, alert, "3")?;
    let event = approve(teller, HCM, alert, "3")?;
    let seen = teller.seen_at(&event, &[DUC_HOA, LONG_AN])?;
    let shown = teller.act(DUC_HOA, crate::cast::DUTY, &["alert", "show", alert])?;
    if shown["status"] != "withdrawn" {
        return Err(failed(format!("Đức Hòa shows {alert} as {}", shown["status"])));
    }
    teller.wait_due(HCM, "nothing is due about it", |due| {
        due.iter().all(|row| row["alert"] != alert)
    })?;
    teller.say(&format!("the withdrawal of {alert}, drafted and approved, seen at {seen}"))
}

/// What the alert said is gone, everywhere, by two officers' word; who has confirmed it is known by name.
pub fn erase(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    teller.act(HCM, ISSUER, &["draft", "erase", alert, "--ground", "no-longer-needed"])?;
    submit(teller, HCM, alert, "4")?;
    approve(teller, HCM, alert, "4")?;
    let deadline = Instant::now() + PATIENCE;
    let confirmed = loop {
        let state = teller.act(HCM, ISSUER, &["erasure", "status", alert])?;
        let missing = state["missing"].as_array().map_or(0, Vec::len);
        let confirmed = state["confirmed"].as_object().map_or(0, serde_json::Map::len);
        if missing == 0 && confirmed > 0 {
            break confirmed;
        }
        if Instant::now() > deadline {
            return Err(failed(format!("the erasure of {alert} is not confirmed: {state}")));
        }
        thread::sleep(LOOK);
    };
    let shown = teller.act(DUC_HOA, crate::cast::DUTY, &["alert", "show", alert])?;
    if shown["sealed"] != "erased" || !shown["content"].is_null() {
        return Err(failed(format!("Đức Hòa still shows {alert}: {shown}")));
    }
    let hits = shown["hits"].as_object().map_or(0, serde_json::Map::len);
    teller.say(&format!(
        "what {alert} said is erased: {confirmed} of {confirmed} nodes have confirmed it; its {hits} \
         hits and their clocks are still counted, and audit verify passes on every log"
    ))
}

fn submit(teller: &Teller, node: &str, alert: &str, version: &str) -> Result<Value, Failed> {
    teller.act(node, ISSUER, &["draft", "submit", alert, "--version", version])
}

fn approve(teller: &Teller, node: &str, alert: &str, version: &str) -> Result<Value, Failed> {
    teller.act(node, APPROVER, &["draft", "approve", alert, "--version", version])
}
