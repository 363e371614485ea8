//! Zones, and who may issue what where.

use super::super::wire::Message;
use super::super::world::{HCM, LONG_AN, TAY_NINH};
use super::{COMMUNE, DUC_HOA, EAST, Group, SAI_GON, WEST, cut, ended, one, zone};

pub fn cases() -> Group {
    let mut cases = defined();
    cases.extend(redrawn());
    cases.extend(ends_and_guests());
    cases.extend(rules());
    cases
}

fn redraw(id: &str, name: &str, joined: &[&str], left: &[&str]) -> Message {
    let zone = Message::new().text(1, id).text(2, name);
    let zone = joined.iter().fold(zone, |zone, unit| zone.text(3, unit));
    left.iter().fold(zone, |zone, unit| zone.text(4, unit)).change(9)
}

fn end(id: &str, parts: &[&str]) -> Message {
    parts.iter().fold(Message::new().text(1, id), |zone, part| zone.text(2, part)).change(10)
}

fn grant(zone: &str, unit: &str, until_ms: u64) -> Message {
    Message::new().text(1, zone).text(2, unit).number(3, until_ms).change(11)
}

fn defined() -> Group {
    let inner = Message::new().text(1, "inner").text(3, LONG_AN).text(3, DUC_HOA);
    vec![
        one("new", zone("north", &[HCM, TAY_NINH]), true),
        one("no-token", zone("hcm/tay-ninh", &[HCM, TAY_NINH]), false),
        one("reserved", zone("cluster", &[HCM, TAY_NINH]), false),
        one("again", zone(EAST, &[HCM, TAY_NINH]), false),
        one("empty", zone("north", &[]), false),
        one("member-unknown", zone("north", &[HCM, "dong-nai"]), false),
        one("one-province", inner.clone().change(2), false),
        one("one-province-said", inner.number(4, 1).change(2), true),
    ]
}

fn redrawn() -> Group {
    let gone = || ended(TAY_NINH, LONG_AN, "merged", &[]);
    vec![
        one("joined", redraw(EAST, "", &[TAY_NINH], &[]), true),
        one("joined-twice", redraw(EAST, "", &[TAY_NINH, TAY_NINH], &[]), false),
        one("joined-member", redraw(EAST, "", &[HCM], &[]), false),
        one("joined-unknown", redraw(EAST, "", &["dong-nai"], &[]), false),
        one("left", redraw(EAST, "", &[], &[HCM]), true),
        one("left-twice", redraw(EAST, "", &[], &[HCM, HCM]), false),
        one("left-stranger", redraw(EAST, "", &[], &[TAY_NINH]), false),
        one("left-and-joined", redraw(EAST, "", &[HCM], &[HCM]), true),
        one("left-by-all", redraw(EAST, "", &[], &[HCM, LONG_AN]), false),
        one("exchanged", redraw(EAST, "", &[TAY_NINH], &[HCM, LONG_AN]), true),
        one("renamed", redraw(EAST, "Giáp ranh", &[], &[]), true),
        one("redrawn-to-the-same", redraw(EAST, "", &[], &[]), false),
        one("redrawn-unknown", redraw("north", "", &[HCM], &[]), false),
        (
            "left-to-the-ended",
            vec![
                (vec![gone(), cut(TAY_NINH, 1, "succeeded")], true),
                (vec![redraw(WEST, "", &[], &[LONG_AN])], true),
                (vec![redraw(WEST, "", &[], &[TAY_NINH])], false),
            ],
        ),
        (
            "left-to-guests",
            vec![
                (vec![grant(EAST, TAY_NINH, 9)], true),
                (vec![redraw(EAST, "", &[], &[HCM, LONG_AN])], false),
                (vec![redraw(EAST, "", &[TAY_NINH], &[HCM, LONG_AN])], true),
            ],
        ),
    ]
}

fn ends_and_guests() -> Group {
    vec![
        one("ended", end(EAST, &[]), true),
        one("ended-unknown", end("north", &[]), false),
        one("split-into-one", end(EAST, &[WEST]), false),
        one("split-into-itself", end(EAST, &[WEST, EAST]), false),
        one("split-into-unknown", end(EAST, &[WEST, "north"]), false),
        ("split", vec![(vec![zone("north", &[HCM, TAY_NINH]), end(EAST, &[WEST, "north"])], true)]),
        (
            "ended-is-over",
            vec![
                (vec![end(EAST, &[])], true),
                (vec![redraw(EAST, "", &[TAY_NINH], &[])], false),
                (vec![grant(EAST, TAY_NINH, 9)], false),
                (vec![end(EAST, &[])], false),
                (vec![zone(EAST, &[HCM, LONG_AN])], false),
            ],
        ),
        one("granted", grant(EAST, TAY_NINH, 9), true),
        one("granted-for-ever", grant(EAST, TAY_NINH, 0), false),
        one("granted-to-member", grant(EAST, HCM, 9), false),
        one("granted-to-unknown", grant(EAST, "dong-nai", 9), false),
        one("granted-unknown", grant("north", HCM, 9), false),
        (
            "granted-again",
            vec![(vec![grant(EAST, TAY_NINH, 9)], true), (vec![grant(EAST, TAY_NINH, 10)], true)],
        ),
        (
            "guest-becomes-member",
            vec![
                (vec![grant(EAST, TAY_NINH, 9)], true),
                (vec![redraw(EAST, "", &[TAY_NINH], &[])], true),
                (vec![redraw(EAST, "", &[TAY_NINH], &[])], false),
                (vec![grant(EAST, TAY_NINH, 9)], false),
            ],
        ),
        (
            "guest-leaves",
            vec![
                (vec![grant(EAST, TAY_NINH, 9)], true),
                (vec![redraw(EAST, "", &[], &[TAY_NINH])], true),
                (vec![redraw(EAST, "", &[], &[TAY_NINH])], false),
            ],
        ),
    ]
}

fn rules() -> Group {
    let allowed = |level: &str, category: &str, unit: &str, zone: &str| {
        let rule = Message::new().text(1, level).text(2, category).text(4, unit);
        if zone.is_empty() { rule.change(4) } else { rule.text(5, zone).change(4) }
    };
    let deadline = |name: &str, seconds| Message::new().text(1, name).number(2, seconds).change(14);
    vec![
        one("rule-of-level", allowed("district", "wanted-person", "", ""), true),
        one("rule-of-no-level", allowed("", "wanted-person", "", ""), false),
        one("rule-of-unknown-level", allowed("region", "wanted-person", "", ""), false),
        one("rule-of-unit", allowed("", "modus-operandi", COMMUNE, EAST), true),
        one("rule-of-both", allowed("commune", "modus-operandi", COMMUNE, ""), false),
        one("rule-of-unknown-unit", allowed("", "modus-operandi", "dong-nai", ""), false),
        one("rule-for-unknown-zone", allowed("", "modus-operandi", SAI_GON, "north"), false),
        one("rule-for-category", allowed("district", "lost-dog", "", ""), false),
        one("deadline", deadline("hit-urgent", 600), true),
        one("deadline-unknown", deadline("some-day", 600), false),
        one("deadline-of-no-time", deadline("review", 0), false),
    ]
}
