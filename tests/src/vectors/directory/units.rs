//! Units that are registered, renamed, moved and ended.

use super::super::wire::Message;
use super::super::world::{HCM, LONG_AN, TAY_NINH};
use super::{COMMUNE, DUC_HOA, Group, SAI_GON, cut, ended, node, one, unit};

pub fn cases() -> Group {
    let mut cases = registered();
    cases.extend(changed());
    cases.extend(ends());
    cases
}

fn registered() -> Group {
    vec![
        one("new", unit("dong-nai", "", "province"), true),
        one("no-token", unit("Dong-Nai", "", "province"), false),
        one("again", unit(HCM, "", "province"), false),
        one("level", unit("dong-nai", "", "region"), false),
        one("no-parent", unit("long-an_x", "", "district"), false),
        one("parent-unknown", unit("dong-nai_x", "dong-nai", "district"), false),
        one("province-with-parent", unit("long-an_x", LONG_AN, "province"), false),
        one("province-with-underscore", unit("long_an", "", "province"), false),
        one("district-of-district", unit("long-an_x", DUC_HOA, "district"), false),
        one("commune-of-commune", unit("long-an_x", COMMUNE, "commune"), false),
        one("commune-of-province", unit("long-an_x", LONG_AN, "commune"), true),
        one("commune-of-district", unit("long-an_x", DUC_HOA, "commune"), true),
        one("other-province", unit("hcm_x", LONG_AN, "district"), false),
    ]
}

fn changed() -> Group {
    let renamed = |id: &str, name: &str, code: &str| {
        Message::new().text(1, id).text(2, name).text(3, code).change(6)
    };
    let moved = |id: &str, parent: &str| Message::new().text(1, id).text(2, parent).change(7);
    vec![
        one("renamed", renamed(COMMUNE, "Mỹ Hạnh", ""), true),
        one("coded", renamed(COMMUNE, "", "80"), true),
        one("renamed-to-nothing", renamed(COMMUNE, "", ""), false),
        one("renamed-unknown", renamed("dong-nai", "Đồng Nai", ""), false),
        one("moved", moved(COMMUNE, LONG_AN), true),
        one("moved-province", moved(TAY_NINH, LONG_AN), false),
        one("moved-district", moved(DUC_HOA, HCM), false),
        one("moved-to-other-province", moved(SAI_GON, LONG_AN), false),
        one("moved-under-unknown", moved(COMMUNE, "dong-nai"), false),
    ]
}

fn ends() -> Group {
    let merged = |unit: &str, successor: &str| ended(unit, successor, "merged", &[]);
    let of_node = |cause: &str, effect| {
        vec![(vec![merged(TAY_NINH, LONG_AN), cut(TAY_NINH, 1, cause)], effect)]
    };
    let enrolled = vec![(vec![node(COMMUNE, 1).change(3)], true)];
    vec![
        one("ended", ended(COMMUNE, SAI_GON, "abolished", &[]), true),
        one("ended-as", ended(COMMUNE, SAI_GON, "closed", &[]), false),
        one("ended-unknown", merged("dong-nai", HCM), false),
        one("ended-into-unknown", merged(COMMUNE, "dong-nai"), false),
        one("ended-into-itself", merged(COMMUNE, COMMUNE), false),
        one("split", ended(COMMUNE, SAI_GON, "split", &[SAI_GON, HCM]), true),
        one("split-into-one", ended(COMMUNE, SAI_GON, "split", &[SAI_GON, SAI_GON]), false),
        one("split-without-successor", ended(COMMUNE, SAI_GON, "split", &[LONG_AN, HCM]), false),
        one("merged-with-parts", ended(COMMUNE, SAI_GON, "merged", &[SAI_GON, HCM]), false),
        one("merged-with-one-part", ended(COMMUNE, SAI_GON, "merged", &[SAI_GON]), true),
        one("split-into-unknown", ended(COMMUNE, HCM, "split", &[HCM, "dong-nai"]), false),
        one("ended-with-children", merged(DUC_HOA, LONG_AN), false),
        (
            "ended-children-first",
            vec![(vec![merged(COMMUNE, LONG_AN), merged(DUC_HOA, LONG_AN)], true)],
        ),
        (
            "ended-children-moved",
            vec![(
                vec![
                    merged(DUC_HOA, LONG_AN),
                    Message::new().text(1, COMMUNE).text(2, LONG_AN).change(7),
                ],
                true,
            )],
        ),
        one("ended-with-node", merged(TAY_NINH, LONG_AN), false),
        ("ended-and-cut", of_node("succeeded", true)),
        ("ended-and-begun-again", of_node("new-epoch", false)),
        (
            "ended-and-cut-before",
            vec![
                (vec![cut(TAY_NINH, 1, "revoked")], true),
                (vec![merged(TAY_NINH, LONG_AN)], true),
            ],
        ),
        ("ended-registrar", vec![(vec![merged(SAI_GON, LONG_AN), merged(HCM, LONG_AN)], false)]),
        (
            "ended-twice",
            vec![(vec![merged(COMMUNE, HCM)], true), (vec![merged(COMMUNE, HCM)], false)],
        ),
        (
            "ended-and-registered-again",
            vec![
                (vec![merged(COMMUNE, HCM)], true),
                (vec![unit(COMMUNE, DUC_HOA, "commune")], false),
            ],
        ),
        (
            "ended-with-node-of-its-own",
            [enrolled, vec![(vec![merged(COMMUNE, HCM)], false)]].concat(),
        ),
    ]
}
