//! Nodes, their keys, whom they serve, and cuts.

use super::super::wire::Message;
use super::super::world::{HCM, LONG_AN, TAY_NINH};
use super::{COMMUNE, DUC_HOA, Group, SAI_GON, cut, ended, node, one};

pub fn cases() -> Group {
    let mut cases = enrolled();
    cases.extend(again());
    cases.extend(confirmed());
    cases.extend(served());
    cases.extend(cuts());
    cases
}

fn enrolled() -> Group {
    let with = |field, nats: &str| node(COMMUNE, 1).text(field, nats).change(3);
    vec![
        one("enrolled", node(COMMUNE, 1).change(3), true),
        one("enrolled-for-1", node(COMMUNE, 1).number(4, 1).change(3), true),
        one("enrolled-for-2", node(COMMUNE, 1).number(4, 2).change(3), false),
        one("enrolled-unknown", node("dong-nai", 1).change(3), false),
        one("enrolled-key-31", Message::new().text(1, COMMUNE).bytes(2, &[1; 31]).change(3), false),
        one("enrolled-no-key", Message::new().text(1, COMMUNE).bytes(2, &[0; 32]).change(3), true),
        one("enrolled-key-of-another", node(HCM, 1).text(1, COMMUNE).change(3), false),
        one("enrolled-nkey", with(5, "UD"), true),
        one("enrolled-nkey-of-another", with(5, "UB"), false),
        one("enrolled-nkey-twice", node(COMMUNE, 1).text(5, "UD").text(7, "UD").change(3), false),
        one("enrolled-sealing-key", node(COMMUNE, 1).bytes(9, &[4; 32]).change(3), true),
        one("enrolled-sealing-key-31", node(COMMUNE, 1).bytes(9, &[4; 31]).change(3), false),
        one("enrolled-twice", node(HCM, 2).change(3), false),
    ]
}

/// After a cut.
fn again() -> Group {
    let cut_first = |change: Message, effect| {
        vec![(vec![cut(TAY_NINH, 1, "revoked")], true), (vec![change], effect)]
    };
    let mut groups: Group = vec![
        ("rotated", cut_first(node(TAY_NINH, 2).change(3), true)),
        ("rotated-to-2", cut_first(node(TAY_NINH, 2).number(4, 2).change(3), true)),
        ("rotated-to-1", cut_first(node(TAY_NINH, 2).number(4, 1).change(3), false)),
        ("rotated-to-3", cut_first(node(TAY_NINH, 2).number(4, 3).change(3), false)),
        ("rotated-to-the-same", cut_first(node(TAY_NINH, 1).change(3), false)),
        ("rotated-key-of-before", cut_first(node(TAY_NINH, 1).text(1, COMMUNE).change(3), false)),
    ];
    groups.push((
        "begun-again",
        vec![
            (vec![cut(TAY_NINH, 1, "new-epoch")], true),
            // The second epoch is enrolled by that.
            (vec![node(TAY_NINH, 2).change(3)], false),
            (vec![cut(TAY_NINH, 2, "rotated")], true),
            (vec![node(TAY_NINH, 2).number(4, 3).change(3)], true),
        ],
    ));
    groups.push((
        "begun-again-after-a-cut",
        vec![
            (vec![cut(TAY_NINH, 1, "revoked"), cut(TAY_NINH, 1, "new-epoch")], true),
            (vec![cut(TAY_NINH, 2, "revoked")], false),
            (vec![node(TAY_NINH, 2).number(4, 2).change(3)], true),
        ],
    ));
    groups
}

fn confirmed() -> Group {
    let waiting = |unit: &str| vec![(vec![node(unit, 1).number(8, 1).change(3)], true)];
    let confirm = |unit: &str, epoch| Message::new().text(1, unit).number(2, epoch).change(12);
    let then = |change: Message, effect| [waiting(COMMUNE), vec![(vec![change], effect)]].concat();
    vec![
        one("confirmed-in-vain", confirm(TAY_NINH, 1), false),
        ("confirmed", then(confirm(COMMUNE, 1), true)),
        ("confirmed-of-2", then(confirm(COMMUNE, 2), false)),
        (
            "confirmed-twice",
            [then(confirm(COMMUNE, 1), true), vec![(vec![confirm(COMMUNE, 1)], false)]].concat(),
        ),
        (
            "confirmed-after-a-cut",
            [then(cut(COMMUNE, 1, "revoked"), true), vec![(vec![confirm(COMMUNE, 1)], false)]]
                .concat(),
        ),
        (
            "confirmed-after-a-new-epoch",
            [
                then(cut(COMMUNE, 1, "new-epoch"), true),
                vec![(vec![confirm(COMMUNE, 1)], false), (vec![confirm(COMMUNE, 2)], true)],
            ]
            .concat(),
        ),
    ]
}

fn served() -> Group {
    let serve = |unit: &str, served: &[&str]| {
        served.iter().fold(Message::new().text(1, unit), |all, one| all.text(2, one)).change(13)
    };
    let enrol = |change: Message| (vec![change], true);
    let of_duc_hoa = || node(DUC_HOA, 1).change(3);
    vec![
        one("serves", serve(LONG_AN, &[DUC_HOA, COMMUNE]), true),
        one("serves-nobody", serve(LONG_AN, &[]), true),
        one("serves-unknown", serve(LONG_AN, &["long-an_x"]), false),
        one("serves-itself", serve(LONG_AN, &[LONG_AN]), false),
        one("serves-other-province", serve(HCM, &[COMMUNE]), false),
        one("serves-without-node", serve(SAI_GON, &[COMMUNE]), false),
        (
            "serves-one-with-node",
            vec![enrol(of_duc_hoa()), (vec![serve(LONG_AN, &[DUC_HOA])], false)],
        ),
        (
            "serves-one-that-waits",
            vec![
                enrol(node(COMMUNE, 1).number(8, 1).change(3)),
                (vec![serve(LONG_AN, &[COMMUNE])], true),
            ],
        ),
        (
            "serves-the-served",
            vec![
                enrol(node(COMMUNE, 1).change(3)),
                (vec![serve(COMMUNE, &[DUC_HOA])], false),
                (vec![serve(LONG_AN, &[]), serve(COMMUNE, &[DUC_HOA])], true),
            ],
        ),
        (
            "enrolled-to-serve-the-served",
            vec![(vec![node(COMMUNE, 1).text(3, DUC_HOA).change(3)], false)],
        ),
        (
            "served-until-it-has-a-node",
            vec![
                enrol(of_duc_hoa()),
                (vec![cut(DUC_HOA, 1, "revoked")], true),
                // Nobody serves it now.
                (vec![node(COMMUNE, 1).text(3, DUC_HOA).change(3)], true),
            ],
        ),
        (
            "served-until-its-server-ends",
            vec![
                enrol(node(COMMUNE, 1).change(3)),
                (
                    vec![
                        serve(LONG_AN, &[]),
                        serve(COMMUNE, &[DUC_HOA]),
                        ended(COMMUNE, LONG_AN, "abolished", &[]),
                        cut(COMMUNE, 1, "succeeded"),
                    ],
                    true,
                ),
                (vec![serve(LONG_AN, &[DUC_HOA])], true),
            ],
        ),
    ]
}

fn cuts() -> Group {
    let of = |unit: &str, epoch| Message::new().text(1, unit).number(2, epoch);
    let nothing = of(TAY_NINH, 1).text(5, "revoked").number(6, 1).change(5);
    let short = of(TAY_NINH, 1).bytes(4, &[7; 31]).text(5, "revoked").change(5);
    vec![
        one("cut", cut(TAY_NINH, 1, "succeeded"), true),
        one("cut-because", cut(TAY_NINH, 1, "lost"), false),
        one("cut-unknown", cut("dong-nai", 1, "revoked"), false),
        one("cut-without-node", cut(COMMUNE, 1, "revoked"), false),
        one("cut-of-2", cut(TAY_NINH, 2, "revoked"), false),
        one("cut-hash-31", short, false),
        one("cut-nothing", nothing, true),
        one("cut-registrar", cut(HCM, 1, "revoked"), false),
        (
            "cut-twice",
            vec![
                (vec![cut(TAY_NINH, 1, "rotated")], true),
                (vec![cut(TAY_NINH, 1, "revoked")], true),
            ],
        ),
    ]
}
