//! What names nobody: ways of working, situation notices, directives.

use serde_json::{Value, json};

use super::{directive, notice, wrong};
use crate::words::{bulletin, with};

#[track_caller]
fn way(field: &str, value: Value, then: &str) {
    let then = if then.is_empty() { String::new() } else { format!("/modus_operandi/{then}") };
    wrong(&bulletin(), &format!("/modus_operandi/{field}"), value, &then);
}

#[test]
fn a_way_of_working_is_coded() {
    way("offence", json!(0), "offence article");
    way("offence", json!(427), "offence article");
    way("offence", json!(1), "");
    way("approach", json!(""), "approach required");
    way("weekdays", json!(["monday", "sunday"]), "");
    way("weekdays", json!(["monday", "monday"]), "weekdays/1 twice");
    way("weekdays", json!(["mon"]), "weekdays/0 unknown-code");
    way("channel", json!("pigeon"), "channel unknown-code");
    way("location", json!("chợ Ví Dụ"), "location_precision required");
    way("location_precision", json!("near"), "location_precision unknown-code");
    way("group_size", json!(1_001), "group_size range");
    way("cases", json!(100_001), "cases range");
}

#[test]
fn unknown_is_not_no() {
    for field in ["weapon_used", "force_used", "disguise_used", "vehicle_used"] {
        for state in ["yes", "no", "unknown", ""] {
            way(field, json!(state), "");
        }
        way(field, json!("maybe"), &format!("{field} unknown-code"));
    }
    let armed = with(bulletin(), "/modus_operandi/weapon", json!("dao"));
    let field = "/modus_operandi/weapon_used";
    wrong(&armed, field, json!("no"), "/modus_operandi/weapon_used contradicts");
    wrong(&armed, field, json!("unknown"), "");
}

#[test]
fn a_number_that_leads_to_somebody_is_an_alert_of_its_own() {
    let then = |field: &str| format!("{field} personal-data");
    let (phone, card) = (json!("gọi số 0901 234 567"), json!("căn cước 000090000001"));
    for field in
        ["/modus_operandi/pretext", "/modus_operandi/payment_path", "/headline", "/purpose"]
    {
        wrong(&bulletin(), field, phone.clone(), &then(field));
        wrong(&bulletin(), field, card.clone(), &then(field));
    }
    wrong(&notice(), "/situation_notice/text", phone.clone(), &then("/situation_notice/text"));
    wrong(&directive(), "/directive/text", card, &then("/directive/text"));
    wrong(&bulletin(), "/contact", phone, "");
    let money = json!("chiếm đoạt 250.000.000 đồng từ 07-05-2024 10 giờ");
    wrong(&notice(), "/situation_notice/text", money, "");
}

#[test]
fn notices_and_directives_have_a_time() {
    let at = "/situation_notice";
    wrong(&notice(), &format!("{at}/text"), json!(""), &format!("{at}/text required"));
    let late = json!("2024-04-30");
    wrong(&notice(), &format!("{at}/period_to"), late, &format!("{at}/period_to order"));
    let ahead = json!("2024-06-02");
    let then = format!("{at}/period_from ahead, {at}/period_to order");
    wrong(&notice(), &format!("{at}/period_from"), ahead, &then);
    let by = "/directive/acknowledge_by";
    wrong(&directive(), by, json!("2024-05-31"), &format!("{by} past"));
    wrong(&directive(), by, json!(""), "");
    wrong(&directive(), "/directive/binds", json!(["Long An"]), "/directive/binds/0 not-an-id");
    wrong(&directive(), "/directive/binds", json!([]), "");
}
