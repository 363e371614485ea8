//! Only the registrar changes the directory, as far as its word counts.

use std::collections::BTreeSet;

use giapranh_domain::directory::{Heard, Statement, Word, registrar_text, statements};
use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{Command, Meta, UnitId, World, decide};

use super::contradicts;
use crate::changes::{
    event, founders, founders_after, handed_over, node, renamed, unit, waiting, zone,
};
use crate::stage::{Stage, Step, check, id};
use crate::words::{change, issue, wanted};

const DAY: &str = "2024-06-01";
const ZONE: &str = "hcm-long-an";
/// 2 July 2024, midnight in Vietnam.
const UNTIL: u64 = 1_719_853_200_000;

fn renaming() -> Vec<Change> {
    vec![renamed("hcm_cu-chi", "Tên ví dụ", "")]
}

fn decided(change: Change) -> Step {
    Step::Decide(DAY, vec![change])
}

#[test]
fn only_the_registrar_decides() {
    let then = "directory.changed  by hcm (officer-1 officer-2) to directory";
    check([], Step::Ask("hcm", change(DAY, renaming())), then);
    for stranger in ["long-an", "hcm_cu-chi", "tien-giang", "nowhere"] {
        let step = Step::Ask(stranger, change(DAY, renaming()));
        check([], step, "forbidden: /act not-registrar");
    }
    let given = || [decided(handed_over("long-an", 1, 3))];
    let before = Step::Ask("hcm", change(DAY, renaming()));
    check(given(), before, "forbidden: /act not-registrar");
    let then = "directory.changed  by long-an (officer-1 officer-2) to directory";
    check(given(), Step::Ask("long-an", change(DAY, renaming())), then);
}

#[test]
fn a_decision_is_cited_dated_and_says_something() {
    let asked = |day, changes, then| check([], Step::Ask("hcm", change(day, changes)), then);
    asked(DAY, Vec::new(), "invalid: /changes required");
    asked("2024-06-02", renaming(), "invalid: /effective_from date");
    asked("2023-12-31", renaming(), "invalid: /effective_from date");
    asked("", renaming(), "directory.changed  by hcm (officer-1 officer-2) to directory");
    asked("2024-5-1", renaming(), "invalid: /effective_from date");
    let silent = crate::words::with(change(DAY, renaming()), "/decision", "".into());
    check([], Step::Ask("hcm", silent), "invalid: /decision required");
    // Everything at fault is said at once, and nothing is decided.
    let changes = vec![zone("x", &[]), unit("y", "", "province"), unit("hcm", "", "province")];
    let then = "invalid: /effective_from date, /changes/0 empty, /changes/2 id-reused";
    asked("2030-01-01", changes, then);
}

/// What is released is decided by two, also here.
#[test]
fn two_officers_decide_but_what_only_follows_needs_nobody() {
    let asked = |changes: Vec<Change>, officers: [&str; 2], then: &str| {
        let [drafted_by, approved_by] = officers.map(Into::into);
        let asked = change(DAY, changes);
        let asked = crate::words::with(asked, "/drafted_by", drafted_by);
        let asked = crate::words::with(asked, "/approved_by", approved_by);
        let granted = crate::changes::granted(ZONE, "tay-ninh", UNTIL);
        let given = [decided(waiting("long-an_ben-luc", 40)), decided(granted)];
        check(given, Step::Ask("hcm", asked), then);
    };
    let nobody = ["", ""];
    asked(renaming(), nobody, "invalid: /drafted_by required, /approved_by required");
    asked(renaming(), ["officer-1", ""], "invalid: /approved_by required");
    asked(renaming(), ["officer-1", "officer-1"], "invalid: /approved_by second-person");
    asked(renaming(), ["officer-1", "Ông B"], "invalid: /approved_by not-an-id");
    let confirmed = || vec![crate::changes::confirmed("long-an_ben-luc", 1)];
    asked(confirmed(), nobody, "directory.changed  by hcm () to directory");
    let both = confirmed().into_iter().chain(renaming()).collect();
    asked(both, nobody, "invalid: /drafted_by required, /approved_by required");
    // The grant is not over yet; a member of its own is sent away by nobody but officers.
    let left = |unit| vec![crate::changes::redrawn(ZONE, &[], &[unit])];
    asked(left("tay-ninh"), nobody, "invalid: /drafted_by required, /approved_by required");
    asked(left("hcm"), nobody, "invalid: /drafted_by required, /approved_by required");
    let granted = crate::changes::granted(ZONE, "tay-ninh", UNTIL);
    let silent = crate::words::with(change(DAY, left("tay-ninh")), "/drafted_by", "".into());
    let silent = crate::words::with(silent, "/approved_by", "".into());
    let given = [decided(granted), Step::At("2024-07-02T08:00:00+07:00")];
    check(given, Step::Ask("hcm", silent), "directory.changed  by hcm () to directory");
}

#[test]
fn the_registrar_speaks_with_the_epoch_that_was_named_and_until_it_is_closed() {
    let directory = Stage::new().directory;
    let command: Command = serde_json::from_value(change(DAY, renaming())).unwrap();
    let ruled = |epoch, closed| {
        let world = World {
            directory: &directory,
            node: &id("hcm"),
            epoch,
            closed,
            alert: None,
            draft: None,
            other: None,
            events: &[],
            undecided_fork: &|_, _| false,
            last_number: &|_, _| 0,
            signed_by: &BTreeSet::new(),
            now: giapranh_domain::time::moment("2024-06-01T08:00:00+07:00").unwrap(),
        };
        decide(&world, &command).map_err(|refused| refused.faults[0].rule.clone())
    };
    assert!(ruled(1, false).is_ok());
    assert_eq!(ruled(2, false).unwrap_err(), "not-registrar");
    assert_eq!(ruled(1, true).unwrap_err(), "closed");
}

#[test]
fn a_word_counts_while_its_speaker_keeps_the_directory() {
    // Head 10 was the last of Ho Chi Minh City's before it handed over at 11; Long An made 12.
    let mut stage = Stage::new();
    stage.take(decided(handed_over("long-an", 1, 3))).unwrap();
    stage.take(decided(unit("vi-du", "", "province"))).unwrap();
    let judged = |origin: &str, epoch, seq| {
        let mut meta = word_meta(&mut Stage::new());
        (meta.origin, meta.acting_unit) = (id(origin), id(origin));
        (meta.epoch, meta.directory_link) = (epoch, seq);
        format!("{:?}", stage.directory.judge(&meta))
    };
    let none = "Disowned(NotRegistrar)";
    assert_eq!(judged("hcm", 1, Some(1)), "Valid");
    assert_eq!(judged("hcm", 1, Some(11)), "Valid");
    assert_eq!(judged("hcm", 1, Some(12)), none);
    assert_eq!(judged("hcm", 1, Some(u64::MAX)), none);
    assert_eq!(judged("hcm", 2, Some(1)), none);
    assert_eq!(judged("long-an", 1, Some(1)), "Valid");
    // It is not here yet, and it will count.
    assert_eq!(judged("long-an", 1, Some(2)), "Valid");
    assert_eq!(judged("long-an", 2, Some(1)), none);
    assert_eq!(judged("tay-ninh", 1, Some(1)), none);
    assert_eq!(judged("long-an", 1, None), none);
    let counting: Vec<(&UnitId, u32, u64)> = stage.directory.counting().collect();
    assert_eq!(counting.len(), 12);
    assert_eq!(counting[10], (&id("hcm"), 1, 11));
    assert_eq!(counting[11], (&id("long-an"), 1, 1));
}

fn word_meta(stage: &mut Stage) -> Meta {
    stage.take(Step::Ask("hcm", issue(wanted(), &["cluster"]))).unwrap();
    let mut meta = stage.log[0].meta.clone();
    meta.kind = "directory.changed".into();
    meta.zones = vec!["directory".parse().unwrap()];
    meta
}

#[test]
fn the_directory_is_handed_to_a_node_that_counts() {
    contradicts(handed_over("hcm", 1, 1), "registrar");
    contradicts(handed_over("nowhere", 1, 1), "unknown-unit");
    contradicts(handed_over("tien-giang", 1, 9), "registrar");
    contradicts(handed_over("long-an", 1, 4), "registrar");
    contradicts(handed_over("long-an", 2, 3), "registrar");
    let waits = [decided(waiting("long-an_ben-luc", 40))];
    check(waits, decided(handed_over("long-an_ben-luc", 1, 40)), "/changes/0 registrar");
    let cut = [decided(crate::changes::cut("long-an", 1, Some(0), "revoked"))];
    check(cut, decided(handed_over("long-an", 1, 3)), "/changes/0 registrar");
    // In one decision with its node.
    let both = vec![node("tien-giang", vec![9; 32], &[]), handed_over("tien-giang", 1, 9)];
    check([], Step::Decide(DAY, both), "head 11");
}

/// What it said after its term would begin to count.
#[test]
fn nobody_keeps_the_directory_twice_in_one_epoch() {
    let given = || [decided(handed_over("long-an", 1, 3))];
    check(given(), decided(handed_over("hcm", 1, 1)), "/changes/0 registrar");
    let rotated = || {
        let cut = crate::changes::cut("hcm", 1, Some(0), "rotated");
        Step::Decide(DAY, vec![cut, node("hcm", vec![90; 32], &[])])
    };
    let given = given().into_iter().chain([rotated()]);
    check(given, decided(handed_over("hcm", 2, 90)), "head 13");
}

#[test]
fn what_a_refused_last_word_names_is_no_registrar() {
    let mut stage = Stage::new();
    let both = vec![handed_over("long-an", 1, 3), zone("x", &[])];
    assert!(stage.take(Step::Decide(DAY, both)).is_err());
    assert_eq!(stage.directory.registrar(), &id("hcm"));
    assert_eq!(stage.directory.terms().len(), 1);
    // Nor does it become one with the next word.
    stage.take(decided(unit("vi-du", "", "province"))).unwrap();
    assert_eq!(stage.directory.registrar(), &id("hcm"));
}

const KEYS: [(&str, u8); 7] = [
    ("hcm", 1),
    ("long-an", 3),
    ("tay-ninh", 5),
    ("dong-nai", 6),
    ("tien-giang", 21),
    ("binh-duong", 22),
    ("ba-ria-vung-tau", 23),
];

#[test]
fn more_than_half_of_the_founders_must_sign_and_not_more_than_there_are() {
    for threshold in [0, 1, 2, 3, 8, u32::MAX] {
        contradicts(founders(&KEYS, threshold), "threshold");
    }
    for threshold in [4, 5, 7] {
        check([], decided(founders(&KEYS, threshold)), "head 11");
    }
    contradicts(founders(&KEYS[..4], 2), "threshold");
    contradicts(founders(&[], 0), "threshold");
    contradicts(founders(&[("hcm", 1), ("hcm", 2)], 2), "founder");
    contradicts(founders(&[("hcm", 1), ("long-an", 1)], 2), "founder");
    contradicts(founders(&[("nowhere", 1)], 1), "unknown-unit");
}

/// The first five of the seven keys, under the change of that number.
fn by_five(at: usize) -> BTreeSet<(usize, [u8; 32])> {
    KEYS[..5].iter().map(|(_, key)| (at, [*key; 32])).collect()
}

/// Otherwise who once was a founder could be made one again by a text of long ago.
#[test]
fn what_founders_signed_counts_once() {
    let mut directory = Stage::new().directory;
    let mut named = |seq: u64, change: Change| {
        let changed = event(DAY, vec![change]);
        let tried = directory.try_on(&changed, &by_five(0));
        let said = Word {
            origin: id("hcm"),
            epoch: 1,
            seq,
            leaf: [u8::try_from(seq).unwrap(); 32],
            changed,
            signed_by: by_five(0),
        };
        assert!(matches!(directory.hear(said), Heard::Moved(faults) if faults == tried));
        tried.first().map_or("named", |fault| match fault.rule.as_str() {
            "other-founders" => "refused",
            rule => panic!("{rule}"),
        })
    };
    let after = |head: u64, leaf: u8, threshold| {
        let Change::FoundersNamed(named) = founders_after(head, &KEYS, threshold) else {
            unreachable!()
        };
        let last_hash = vec![leaf; 32];
        Change::FoundersNamed(proto::FoundersNamed { last_hash, ..named })
    };
    assert_eq!(named(11, founders(&KEYS, 5)), "named");
    assert_eq!(named(12, founders(&KEYS, 4)), "refused", "it follows on nobody");
    assert_eq!(named(13, after(11, 12, 4)), "refused", "another event made that head");
    assert_eq!(named(14, after(11, 11, 4)), "named", "the directory went on meanwhile");
    assert_eq!(named(15, after(11, 11, 4)), "refused", "said again");
    assert_eq!(named(16, after(14, 14, 5)), "named");
    assert_eq!(
        named(17, after(11, 11, 4)),
        "refused",
        "said again by those who are founders again"
    );
}

/// The registrar's node gets the text with its signatures and says it for them.
#[test]
fn founders_change_by_a_command_that_enough_of_them_signed() {
    let asked = |signed_by| {
        let mut stage = Stage::new();
        stage.take(decided(founders(&KEYS, 5))).unwrap();
        stage.signed_by = signed_by;
        let asked = change(DAY, vec![founders_after(11, &KEYS[..4], 3)]);
        stage.decide("hcm", asked).map(|decided| decided.kind.code())
    };
    assert_eq!(asked(by_five(0)).unwrap(), "directory.changed");
    let refused = "invalid: /changes/0 below-threshold";
    assert_eq!(asked(BTreeSet::new()).unwrap_err(), refused);
    assert_eq!(asked(by_five(1)).unwrap_err(), refused);
}

/// The founders of before sign who comes after them.
#[test]
fn founders_are_named_once_by_the_registrar_and_then_by_founders() {
    let given = || [decided(founders(&KEYS, 5))];
    let again = || founders_after(11, &KEYS[..4], 3);
    check(given(), decided(again()), "/changes/0 below-threshold");
    let named = |at: usize, keys: &[u8]| {
        let mut directory = Stage::new().directory;
        directory.apply(11, &event(DAY, vec![founders(&KEYS, 5)]));
        directory.hear(Word {
            origin: id("hcm"),
            epoch: 1,
            seq: 12,
            leaf: [12; 32],
            changed: event(DAY, vec![again()]),
            signed_by: keys.iter().map(|key| (at, [*key; 32])).collect(),
        });
        assert_eq!(directory.head(), 12);
        directory.founders().unwrap().threshold
    };
    assert_eq!(named(0, &[1, 3, 5, 6, 21]), 3);
    assert_eq!(named(0, &[1, 3, 5, 6]), 5, "below the threshold");
    assert_eq!(named(0, &[1, 3, 5, 6, 99]), 5, "a stranger's key");
    assert_eq!(named(1, &[1, 3, 5, 6, 21]), 5, "signed for another change");
}

#[test]
fn founders_sign_a_text_that_people_can_read() {
    let named = proto::RegistrarNamed {
        unit: "long-an".into(),
        epoch: 2,
        public_key: vec![0xab; 32],
        last_head: 17,
        last_hash: vec![0xcd; 32],
        signatures: Vec::new(),
    };
    let text = registrar_text(&named);
    insta::assert_snapshot!(text, @r"
    giapranh/v1/registrar
    unit long-an
    epoch 2
    key abababababababababababababababababababababababababababababababab
    after 17
    leaf cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
    ");
    let by = || proto::FounderSignature { public_key: vec![1; 32], signature: vec![2; 64] };
    let signed = proto::RegistrarNamed { signatures: vec![by()], ..named };
    let Change::FoundersNamed(two) = founders_after(11, &KEYS[..2], 2) else { unreachable!() };
    let two = proto::FoundersNamed { signatures: vec![by(), by()], ..two };
    let changes =
        vec![renaming().remove(0), Change::RegistrarNamed(signed), Change::FoundersNamed(two)];
    let found = statements(&event(DAY, changes));
    let [registrar, founders] = <[Statement; 2]>::try_from(found).unwrap();
    assert_eq!((registrar.at, registrar.text, registrar.signatures.len()), (1, text, 1));
    assert_eq!((founders.at, founders.signatures.len()), (2, 2));
    insta::assert_snapshot!(founders.text, @r"
    giapranh/v1/founders
    after 11
    leaf 0000000000000000000000000000000000000000000000000000000000000000
    threshold 2
    founder hcm 0101010101010101010101010101010101010101010101010101010101010101
    founder long-an 0303030303030303030303030303030303030303030303030303030303030303
    ");
}
