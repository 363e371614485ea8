//! Every question is asked as of a head, and people ask by the day.

use giapranh_domain::Directory;
use giapranh_domain::directory::Difference;
use giapranh_domain::wire::proto::{DirectoryChanged, directory_change::Change};
use proptest::prelude::*;

use super::units::abolished;
use crate::changes::{
    confirmed, cut, deadline, ended, event, granted, handed_over, moved, node, redrawn, renamed,
    rule, rule_of, serves, unit, waiting, zone, zone_ended,
};
use crate::stage::{Stage, Step, check, id};

const DAY: &str = "2024-06-01";

fn after(steps: impl IntoIterator<Item = Step>) -> Stage {
    let mut stage = Stage::new();
    for step in steps {
        // What is refused is a head too.
        let _refused = stage.take(step);
    }
    stage
}

#[test]
fn days_go_forward() {
    let on = |day| Step::Decide(day, vec![deadline("review", 60)]);
    check([on("2025-03-01")], on("2025-02-28"), "/effective_from date");
    check([on("2025-03-01")], on("2025-03-01"), "head 12");
    check([on("2025-03-01")], on(""), "head 12");
    check([on("2025-03-01"), on("")], on("2025-02-28"), "/effective_from date");
    check([], on("2023-12-31"), "/effective_from date");
}

#[test]
fn a_day_has_the_last_head_that_had_effect_by_then() {
    let stage = after([
        Step::Decide("2025-03-01", vec![deadline("review", 60)]),
        Step::Decide("", vec![deadline("review", 61)]),
        Step::Decide("2025-07-01", vec![deadline("review", 62)]),
        // Neither has an effect, so neither decides what was in force on a day.
        Step::Decide("2025-06-30", vec![deadline("review", 63)]),
        Step::Decide("2026-01-01", vec![deadline("review", 0)]),
    ]);
    let on = |day| stage.directory.head_on(day);
    assert_eq!(on("2023-12-31"), 0);
    assert_eq!(on("2024-01-01"), 10);
    assert_eq!(on("2025-02-28"), 10);
    assert_eq!(on("2025-03-01"), 12);
    assert_eq!(on("2025-06-30"), 12);
    assert_eq!(on("2025-07-01"), 15);
    assert_eq!(on("2030-01-01"), 15);
    let days = stage.directory.decisions().iter().skip(10);
    let days: Vec<(&str, usize)> =
        days.map(|decision| (decision.effective_from.as_str(), decision.changes)).collect();
    let (march, july) = ("2025-03-01", "2025-07-01");
    assert_eq!(days, [(march, 1), (march, 1), (july, 1), (july, 0), (july, 0)]);
    let review = |day| stage.directory.snapshot(on(day)).deadlines["review"];
    assert_eq!(review("2025-03-01"), 61);
    assert_eq!(review("2026-06-01"), 62);
}

#[test]
fn a_head_that_is_not_here_yet_is_the_newest() {
    let directory = Stage::new().directory;
    assert_eq!(directory.snapshot(99), directory.snapshot(10));
    let nothing = directory.snapshot(0);
    assert_eq!((nothing.head, nothing.units.len(), nothing.nodes.len()), (0, 0, 0));
    assert_eq!((nothing.decision.as_str(), nothing.registrar), ("", id("hcm")));
}

fn told(difference: &[Difference]) -> Vec<String> {
    let told = difference.iter().map(|it| {
        let Difference { of, id, what, before, after } = it;
        format!("{of} {id} {what}: {before} -> {after}")
    });
    told.collect()
}

#[test]
fn a_difference_says_what_is_otherwise() {
    let changes = vec![
        unit("vi-du", "", "province"),
        renamed("long-an_duc-hue", "Tên mới", "1"),
        redrawn("hcm-long-an", &["dong-nai"], &["hcm"]),
        zone_ended("long-an-tay-ninh", &[]),
        serves("long-an", &["long-an_ben-luc"]),
        cut("hcm_cu-chi", 1, Some(0), "rotated"),
        node("hcm_cu-chi", vec![40; 32], &[]),
        cut("dong-nai", 1, None, "revoked"),
        rule_of("hcm_cu-chi", "wanted-person", &["hcm-long-an"], false),
        deadline("review", 60),
        handed_over("long-an", 1, 3),
    ];
    let stage = after([Step::Decide(DAY, changes), Step::Decide(DAY, abolished(0))]);
    let at = |head| stage.directory.snapshot(head);
    let review = giapranh_domain::codes::Deadline::Review.by_default();
    let review = format!("deadline review : {review} s -> 60 s");
    assert_eq!(
        told(&at(10).difference(&at(11))),
        [
            "registrar  : hcm -> long-an",
            "unit dong-nai served_by: dong-nai -> ",
            "unit long-an_ben-luc served_by:  -> long-an",
            "unit long-an_duc-hue name: Huyện Đức Huệ -> Tên mới",
            "unit long-an_duc-hue official_code: 801 -> 1",
            "unit vi-du :  -> Đơn vị ví dụ",
            "zone hcm-long-an member:  -> dong-nai",
            "zone hcm-long-an member: hcm -> ",
            "zone long-an-tay-ninh : Vùng giáp ranh Long An – Tây Ninh -> ",
            "node dong-nai : epoch 1 -> ",
            "node hcm_cu-chi : epoch 1 -> epoch 2",
            "issuing hcm_cu-chi wanted-person :  -> hcm-long-an",
            &review,
        ]
    );
    let told = told(&at(11).difference(&at(12)));
    assert!(told.contains(&"unit long-an_duc-hoa : Huyện Đức Hòa -> ".to_owned()), "{told:?}");
    assert!(told.contains(&"node long-an_duc-hoa : epoch 1 -> ".to_owned()));
    let left = "zone hcm-long-an member: long-an_duc-hoa -> ".to_owned();
    assert!(told.contains(&left), "{told:?}");
    // Backwards it is the same the other way round.
    let (there, back) = (at(10).difference(&at(12)), at(12).difference(&at(10)));
    let mut turned: Vec<Difference> = back;
    for difference in &mut turned {
        std::mem::swap(&mut difference.before, &mut difference.after);
    }
    assert_eq!(there, turned);
}

fn founded() -> Vec<DirectoryChanged> {
    vec![
        event(
            "2024-01-01",
            vec![
                unit("a", "", "province"),
                unit("b", "", "province"),
                unit("a_1", "a", "district"),
                unit("b_1", "b", "district"),
                unit("a_1_x", "a_1", "commune"),
                zone("ab", &["a", "b", "a_1"]),
            ],
        ),
        event("", vec![node("a", vec![1; 32], &["a_1_x"]), node("b", vec![2; 32], &[])]),
    ]
}

/// Something that a registrar may say, sensible or not.
fn anything(number: u8, key: u8) -> Change {
    match number {
        0 => renamed("a_1", &format!("Tên {key}"), ""),
        1 => moved("a_1_x", if key.is_multiple_of(2) { "a" } else { "a_1" }),
        2 => ended("a_1_x", "a_1", "merged", &[]),
        3 => ended("b_1", "b", "abolished", &[]),
        4 => redrawn("ab", &["b_1"], &[]),
        5 => redrawn("ab", &[], &["b_1"]),
        6 => redrawn("ab", &["a_1"], &["a_1"]),
        7 => zone("ba", &["a_1", "b_1"]),
        8 => zone_ended("ba", &[]),
        9 => granted("ab", "b_1", 1 + u64::from(key)),
        10 => waiting("b_1", key),
        11 => confirmed("b_1", 1 + u32::from(key % 2)),
        12 => cut("b_1", 1 + u32::from(key % 2), None, "revoked"),
        13 => cut("b", 1 + u32::from(key % 3), Some(3), "new-epoch"),
        14 => cut("b", 1 + u32::from(key % 3), Some(3), "rotated"),
        15 => node("b", vec![key; 32], &[]),
        16 => serves("a", if key.is_multiple_of(2) { &[] } else { &["a_1_x", "a_1"] }),
        17 => serves("b", &["b_1"]),
        18 => rule("district", "wanted-person", key.is_multiple_of(2)),
        19 => rule_of("a", "wanted-person", &["ab"], key.is_multiple_of(2)),
        20 => deadline("review", u32::from(key)),
        21 => node("a_1_x", vec![key; 32], &[]),
        22 => handed_over("b", 1, 2),
        _ => unit(&format!("a_{key}"), "a", "district"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_was_as_of_a_head_is_what_was_folded_up_to_it(
        said in prop::collection::vec(prop::collection::vec((0_u8..24, 3_u8..20), 1..4), 0..14),
    ) {
        let mut events = founded();
        events.extend((0_u8..).zip(&said).map(|(day, changes)| {
            let day = format!("2024-02-{:02}", 1 + day / 2);
            event(&day, changes.iter().map(|(number, key)| anything(*number, *key)).collect())
        }));
        let mut directory = Directory::new(id("a"));
        let mut seen = vec![directory.snapshot(0)];
        for (head, event) in (1..).zip(&events) {
            // Once it was handed over, what the first registrar says is said by the next.
            directory.apply(head, event);
            prop_assert_eq!(directory.head(), head);
            seen.push(directory.snapshot(head));
        }
        for (head, then) in (0..).zip(&seen) {
            let now = directory.snapshot(head);
            prop_assert_eq!(&now, then);
            prop_assert_eq!(now.difference(then), []);
            prop_assert!(now.head == head && then.units.values().all(|unit| !unit.name.is_empty()));
        }
        // Whatever is said of a node now is what the newest head says.
        let newest = directory.snapshot(directory.head());
        let nodes: Vec<_> = directory.nodes().map(|node| node.unit.clone()).collect();
        prop_assert_eq!(newest.nodes.keys().cloned().collect::<Vec<_>>(), nodes);
        for (unit, shown) in &newest.units {
            prop_assert_eq!(directory.node_of(unit), shown.served_by.as_ref());
            let serving = directory.all_units().filter(|node| {
                directory.acting_units(&node.id).contains(unit) && directory.node(&node.id).is_some()
            });
            prop_assert!(serving.count() <= 1, "{} has two writers", unit);
        }
    }
}
