//! Who gets what: zones decide, and each node stores a thing once.

use giapranh_tests::cluster::{Failed, failed};
use giapranh_tests::story;

use crate::cast::DUTY;
use crate::teller::Teller;
use crate::{DUC_HOA, HCM, LONG_AN, MEMBERS, TIEN_GIANG};

/// A way of working, for three borders at once.
pub fn bulletin(teller: &mut Teller) -> Result<(), Failed> {
    let zones = ["hcm-long-an", "long-an-tay-ninh", "long-an-tien-giang"];
    let bulletin = teller.issue(LONG_AN, &story::modus_operandi(), &zones)?;
    let seen = teller.seen_at(&bulletin, &[DUC_HOA, HCM, "tay-ninh", TIEN_GIANG])?;
    let copies = teller.holds(DUC_HOA, &bulletin)?;
    if copies != 1 {
        return Err(failed(format!("Đức Hòa stored the bulletin {copies} times")));
    }
    teller.say(&format!(
        "a modus operandi bulletin of Long An for three zones seen at {seen}; Đức Hòa is in two of \
         them and stored it once"
    ))
}

/// What all twelve see, and that Tiền Giang has nothing of the alert of a zone that it is not in.
pub fn to_everybody(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let text = "Đêm hội hoa, dễ mất xe tại các bãi giữ xe (ví dụ)";
    let notice = story::situation_notice("Tình hình trộm cắp xe (ví dụ)", text);
    let to_all = teller.issue(HCM, &notice, &["cluster"])?;
    let others: Vec<&str> =
        MEMBERS.iter().map(|member| member.unit).filter(|unit| *unit != HCM).collect();
    teller.seen_at(&to_all, &others)?;
    teller.say("a situation notice to the whole cluster seen by all twelve")?;
    // Streams are pulled in order: what Tiền Giang was to get before this, it has.
    let shown = teller.act(HCM, DUTY, &["alert", "show", alert])?;
    for entry in shown["timeline"].as_array().into_iter().flatten() {
        if teller.holds(TIEN_GIANG, entry)? != 0 {
            return Err(failed("Tiền Giang received an alert of a zone that it is not in"));
        }
    }
    teller.say(&format!("Tiền Giang has that one and not {alert}: it is not in the zone"))
}
