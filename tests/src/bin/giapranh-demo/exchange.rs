//! What units tell each other, and what the registrar decides, while all is well.

use std::time::Instant;

use giapranh_tests::cluster::{Failed, failed};
use giapranh_tests::{api, story};

use crate::teller::{Teller, Watches, text};
use crate::{DUC_HOA, HCM, LONG_AN, MEMBERS, TIEN_GIANG};

const OFFICERS: [&str; 4] = ["--drafted-by", "cb-soan-01", "--approved-by", "cb-duyet-02"];

/// Who sees what; gives the alert that the story is about.
pub fn tell(teller: &mut Teller) -> Result<String, Failed> {
    let watches = Watches::start(&teller.cluster, &[DUC_HOA, LONG_AN])?;
    let content = story::wanted("Nguyễn Văn Ví Dụ", "Truy nã: cướp giật tài sản (ví dụ)");
    let first = teller.issue(HCM, &content, &["hcm-long-an"])?;
    let alert = text(&first, "alert")?;
    let seen = teller.seen_at(&first, &[DUC_HOA, LONG_AN])?;
    teller.say(&format!("TP Hồ Chí Minh wants somebody: {alert} seen at {seen}"))?;
    watches.show(&first)?;

    let mut amended = content.clone();
    amended["wanted_person"]["person"]["last_known_place"] = "Chợ Thử Nghiệm".into();
    let path = teller.file("content.json", &amended.to_string())?;
    let mut arguments = vec!["alert", "amend", &alert, "--content", &path];
    arguments.extend(["--reason", "nơi xuất hiện mới (ví dụ)"]);
    arguments.extend(OFFICERS);
    let event = teller.act(HCM, &arguments)?;
    let seen = teller.seen_at(&event, &[DUC_HOA, LONG_AN])?;
    teller.say(&format!("version 2 of {alert} seen at {seen}"))?;

    hit_and_answer(teller, &alert)?;

    let zones = ["hcm-long-an", "long-an-tay-ninh", "long-an-tien-giang"];
    let bulletin = teller.issue(LONG_AN, &story::modus_operandi(), &zones)?;
    let seen = teller.seen_at(&bulletin, &[DUC_HOA, HCM, "tay-ninh", TIEN_GIANG])?;
    let copies = teller.holds(DUC_HOA, &bulletin);
    if copies != 1 {
        return Err(failed(format!("Đức Hòa stored the bulletin {copies} times")));
    }
    teller.say(&format!(
        "a modus operandi bulletin of Long An for three zones seen at {seen}; Đức Hòa is in two of \
         them and stored it once"
    ))?;

    let content = story::wanted("Trần Thị Thử Nghiệm", "Truy nã đặc biệt, toàn cụm (ví dụ)");
    let to_all = teller.issue(HCM, &content, &["cluster"])?;
    let others: Vec<&str> =
        MEMBERS.iter().map(|member| member.unit).filter(|unit| *unit != HCM).collect();
    teller.seen_at(&to_all, &others)?;
    teller.say("a wanted alert to the whole cluster seen by all twelve")?;
    // Streams are pulled in order: what Tiền Giang was to get before this, it has.
    if teller.holds(TIEN_GIANG, &first) != 0 {
        return Err(failed("Tiền Giang received an alert of a zone that it is not in"));
    }
    teller.say(&format!("Tiền Giang has that one and not {alert}: it is not in the zone"))?;
    Ok(alert)
}

fn hit_and_answer(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let hit = teller.hit(alert)?;
    let seen = teller.seen_at(&hit, &[HCM])?;
    teller.say(&format!("an urgent hit of xã Mỹ Hạnh Bắc, by Đức Hòa's node, seen at {seen}"))?;
    let id = text(&hit, "event_id")?;
    let mut answer = vec!["hit", "answer", alert, "--hit", &id, "--result", "same"];
    answer.extend(["--note", "đúng đối tượng", "--officer", "cb-truc-04"]);
    let answer = teller.act(HCM, &answer)?;
    let seen = teller.seen_at(&answer, &[DUC_HOA])?;
    teller.say(&format!("the answer \"same person\" of TP Hồ Chí Minh seen at {seen}"))
}

/// A decision of the registrar, which every node goes by a moment later.
pub fn decide(teller: &mut Teller) -> Result<(), Failed> {
    let registrar = MEMBERS[0].unit;
    let begun = Instant::now();
    let decision = ["directory", "deadline", "hit-urgent", "300", "--decision", "ví dụ"];
    let officers = ["--drafted-by", "cb-truc-01", "--approved-by", "cb-truc-02"];
    teller.act(registrar, &[&decision[..], &officers].concat())?;
    let dir = &teller.cluster.node(registrar).dir;
    let status = api::get(dir, "/api/v1/status").map_err(failed)?;
    let head = status["directory"]["head"].as_u64().unwrap_or(0);
    teller.cluster.wait_directory(head)?;
    let ms = begun.elapsed().as_millis();
    teller.say(&format!(
        "the registrar shortens a time limit: all twelve go by head {head} of the directory {ms} ms \
         after the command was typed"
    ))
}

/// The end of the alert.
pub fn withdraw(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let mut arguments = vec!["alert", "withdraw", alert, "--reason", "executed"];
    arguments.extend(OFFICERS);
    let event = teller.act(HCM, &arguments)?;
    let seen = teller.seen_at(&event, &[DUC_HOA, LONG_AN])?;
    let shown = teller.act(DUC_HOA, &["alert", "show", alert])?;
    if shown["status"] != "withdrawn" {
        return Err(failed(format!("Đức Hòa shows {alert} as {}", shown["status"])));
    }
    teller.say(&format!("the arrest was made: the withdrawal of {alert} seen at {seen}"))
}
