//! Founders, and the registrar's last word.

use giapranh_record::Signer as _;

use super::super::index::hex;
use super::super::succession::named;
use super::super::wire::Message;
use super::super::world::{self, HCM, LONG_AN, TAY_NINH};
use super::{COMMUNE, Group, Said, cut, node, one};

const ALL: [&str; 3] = [HCM, LONG_AN, TAY_NINH];

pub fn cases() -> Group {
    let mut cases = founders();
    cases.extend(last_words());
    cases
}

fn key(unit: &str) -> [u8; 32] {
    world::key(unit).public_key().to_bytes()
}

/// The first founders with these keys and a threshold.
fn founded(units: &[(&str, [u8; 32])], threshold: u64) -> Message {
    following((0, &[]), units, threshold, &[])
}

/// Founders who follow on those whom the event of that head and leaf hash named, signed by some of
/// these.
fn following(
    (head, leaf): (u64, &[u8]),
    units: &[(&str, [u8; 32])],
    threshold: u64,
    by: &[&str],
) -> Message {
    let lines: Vec<String> =
        units.iter().map(|(unit, key)| format!("founder {unit} {}\n", hex(key))).collect();
    let text = format!(
        "giapranh/v1/founders\nafter {head}\nleaf {}\nthreshold {threshold}\n{}",
        hex(leaf),
        lines.concat()
    );
    let said = units.iter().fold(Message::new(), |said, (unit, key)| {
        said.message(1, &Message::new().text(1, unit).bytes(2, key))
    });
    let said = by.iter().fold(said.number(2, threshold), |said, unit| {
        let signature = world::key(unit).sign(text.as_bytes());
        said.message(3, &Message::new().bytes(1, &key(unit)).bytes(2, &signature))
    });
    let said = if head == 0 { said } else { said.number(4, head) };
    let said = if leaf.is_empty() { said } else { said.bytes(5, leaf) };
    said.change(15)
}

fn keyed<'a>(units: &[&'a str]) -> Vec<(&'a str, [u8; 32])> {
    units.iter().map(|unit| (*unit, key(unit))).collect()
}

fn of(units: &[&str], threshold: u64) -> Message {
    founded(&keyed(units), threshold)
}

/// Who follow on those that this head named; in these cases every leaf hash is zero.
fn after(head: u64, units: &[&str], threshold: u64, by: &[&str]) -> Message {
    following((head, &[0; 32]), &keyed(units), threshold, by)
}

fn founders() -> Group {
    let first = || -> Said { (vec![of(&ALL, 2)], true) };
    let two = [HCM, TAY_NINH];
    let again = |by: &[&str], effect| vec![first(), (vec![after(4, &two, 2, by)], effect)];
    let enough = [LONG_AN, TAY_NINH];
    let once = || after(4, &two, 2, &enough);
    let short = Message::new().message(1, &Message::new().text(1, HCM).bytes(2, &[1; 31]));
    vec![
        ("named", vec![first()]),
        one("all", of(&ALL, 3), true),
        one("too-many", of(&ALL, 4), false),
        one("half", of(&ALL[..2], 1), false),
        one("one", of(&ALL[..1], 1), true),
        one("none", of(&[], 0), false),
        one("unknown", of(&[HCM, LONG_AN, "dong-nai"], 2), false),
        one("unit-twice", founded(&[(HCM, key(HCM)), (HCM, key(LONG_AN))], 2), false),
        one("key-twice", founded(&[(HCM, key(HCM)), (LONG_AN, key(HCM))], 2), false),
        one("key-31", short.number(2, 1).change(15), false),
        one("key-of-its-own", founded(&[(HCM, key("nobody"))], 1), true),
        ("again", again(&[LONG_AN, TAY_NINH], true)),
        ("again-unsigned", again(&[], false)),
        ("again-by-one", again(&[LONG_AN], false)),
        ("again-by-one-twice", again(&[LONG_AN, LONG_AN], false)),
        ("again-by-a-stranger", again(&[LONG_AN, "nobody"], false)),
        (
            "again-by-those-of-before",
            vec![
                first(),
                (vec![after(4, &[HCM], 1, &enough)], true),
                (vec![after(5, &ALL, 2, &enough)], false),
                (vec![after(5, &ALL, 2, &[HCM])], true),
            ],
        ),
        ("again-twice", vec![first(), (vec![once()], true), (vec![once()], false)]),
        (
            "again-once-more",
            vec![
                first(),
                (vec![once()], true),
                (vec![after(5, &ALL, 2, &two)], true),
                (vec![once()], false),
                (vec![after(6, &two, 2, &enough)], true),
            ],
        ),
        (
            "again-after-a-word",
            vec![
                first(),
                (vec![Message::new().text(1, HCM).text(2, "A").change(6)], true),
                (vec![once()], true),
            ],
        ),
        (
            "again-after-nobody",
            vec![first(), (vec![following((0, &[]), &keyed(&two), 2, &enough)], false)],
        ),
        ("again-after-another", vec![first(), (vec![after(3, &two, 2, &enough)], false)]),
        (
            "again-other-leaf",
            vec![first(), (vec![following((4, &[1; 32]), &keyed(&two), 2, &enough)], false)],
        ),
        (
            "again-no-leaf",
            vec![first(), (vec![following((4, &[]), &keyed(&two), 2, &enough)], false)],
        ),
    ]
}

/// What of it has no effect; what has is in the evidence files, for nothing follows on it here.
fn last_words() -> Group {
    let own = |unit: &str, epoch| named(unit, epoch, &world::key(unit));
    let signed = |unit: &str, head| {
        let said = Message::new().text(1, unit).number(2, 1).bytes(3, &key(unit)).number(4, head);
        let signature = Message::new().bytes(1, &key(HCM)).bytes(2, &[1; 64]);
        said.message(6, &signature).change(16)
    };
    vec![
        one("last-word", own(LONG_AN, 1), true),
        one("last-word-own", own(HCM, 1), false),
        one("last-word-unknown", own("dong-nai", 1), false),
        one("last-word-no-node", own(COMMUNE, 1), false),
        one("last-word-other-epoch", own(LONG_AN, 2), false),
        one("last-word-other-key", named(LONG_AN, 1, &world::key(TAY_NINH)), false),
        (
            "last-word-cut",
            vec![(vec![cut(LONG_AN, 1, "revoked")], true), (vec![own(LONG_AN, 1)], false)],
        ),
        (
            "last-word-waits",
            vec![
                (vec![node(COMMUNE, 1).number(8, 1).change(3)], true),
                (vec![own(COMMUNE, 1)], false),
            ],
        ),
        ("last-word-and-cut", vec![(vec![own(LONG_AN, 1), cut(LONG_AN, 1, "revoked")], false)]),
        (
            "last-word-rotated",
            vec![
                (vec![cut(LONG_AN, 1, "rotated"), node(LONG_AN, 2).change(3)], true),
                (vec![named(LONG_AN, 2, &world::key_of_epoch(LONG_AN, 2))], true),
            ],
        ),
        one("statement-elsewhere", signed(LONG_AN, 3), false),
        one("statement-of-the-registrar", signed(HCM, 0), true),
        one("statement-of-another-base", signed(HCM, 3), false),
    ]
}
