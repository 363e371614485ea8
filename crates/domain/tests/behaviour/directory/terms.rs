//! The directory changes hands: by the registrar's last word, or by the founders' when its key is
//! lost or stolen. Whoever hears the same words comes to the same, in whatever order.

use std::collections::BTreeSet;

use giapranh_domain::Directory;
use giapranh_domain::directory::{Heard, Word};
use giapranh_domain::wire::proto::{self, directory_change::Change};
use proptest::prelude::*;

use crate::changes::{cut, event, founders, handed_over, node, unit, zone};
use crate::stage::id;

const UNITS: [&str; 4] = ["hcm", "long-an", "tay-ninh", "dong-nai"];

/// Any leaf hash, another one for each word.
fn leaf(origin: &str, epoch: u32, seq: u64) -> [u8; 32] {
    let place = UNITS.iter().position(|unit| *unit == origin).unwrap();
    let mut leaf = [u8::try_from(place + 1).unwrap(); 32];
    leaf[0] = u8::try_from(epoch).unwrap();
    leaf[1..9].copy_from_slice(&seq.to_be_bytes());
    leaf
}

fn word(origin: &str, epoch: u32, seq: u64, changes: Vec<Change>) -> Word {
    Word {
        origin: id(origin),
        epoch,
        seq,
        leaf: leaf(origin, epoch, seq),
        changed: event("", changes),
        signed_by: BTreeSet::new(),
    }
}

/// A zone that tells whose word it was.
fn says(origin: &str, epoch: u32, seq: u64) -> Word {
    let name = format!("{origin}-{epoch}-{seq}");
    word(origin, epoch, seq, vec![zone(&name, &["hcm", "long-an"])])
}

/// The first words: four provinces with a node each, three of which together name a registrar.
fn founding() -> Vec<Word> {
    let keys: Vec<(&str, u8)> = UNITS.into_iter().zip(1..).collect();
    let nodes = keys.iter().map(|(unit, key)| node(unit, vec![*key; 32], &[]));
    vec![
        word("hcm", 1, 1, UNITS.map(|id| unit(id, "", "province")).to_vec()),
        word("hcm", 1, 2, nodes.collect()),
        word("hcm", 1, 3, vec![founders(&keys, 3)]),
    ]
}

/// The founders' statement: who follows on which word, and how many have signed.
fn named(unit: &str, after: (&str, u64), last_head: u64, signers: u8) -> Word {
    let key = u8::try_from(UNITS.iter().position(|id| *id == unit).unwrap() + 1).unwrap();
    let change = Change::RegistrarNamed(proto::RegistrarNamed {
        unit: unit.into(),
        epoch: 1,
        public_key: vec![key; 32],
        last_head,
        last_hash: leaf(after.0, 1, after.1).to_vec(),
        signatures: vec![proto::FounderSignature::default()],
    });
    let signed_by = (1..=signers).map(|key| (0, [key; 32])).collect();
    Word { signed_by, ..word(unit, 1, 1, vec![change]) }
}

/// Hears a word, and holds that the answer says what became of the directory.
fn hear(directory: &mut Directory, word: &Word) -> &'static str {
    let before = directory.clone();
    let heard = directory.hear(word.clone());
    let same_terms = before.terms() == directory.terms();
    assert_eq!(directory.counting().count() as u64, directory.head());
    assert_eq!(directory.decisions().len() as u64, directory.head());
    match heard {
        Heard::Nothing => {
            assert_eq!(*directory, before);
            "nothing"
        }
        Heard::Moved(_) => {
            assert!(same_terms && directory.head() > before.head());
            "moved"
        }
        Heard::Rewritten(_) => {
            assert!(!same_terms);
            "rewritten"
        }
    }
}

fn all(words: &[Word]) -> Directory {
    let mut directory = Directory::new(id("hcm"));
    for word in words {
        hear(&mut directory, word);
    }
    directory
}

fn zones(directory: &Directory) -> String {
    let zones: Vec<&str> = directory.zones().map(|zone| zone.id.as_str()).collect();
    zones.join(" ")
}

/// The founding, and three words more: heads 4 to 6.
fn grown() -> Vec<Word> {
    let mut words = founding();
    words.extend((4..=6).map(|seq| says("hcm", 1, seq)));
    words
}

#[test]
fn a_stranger_s_word_and_one_that_is_known_change_nothing() {
    let mut directory = all(&grown());
    assert_eq!(hear(&mut directory, &says("hcm", 1, 6)), "nothing");
    assert_eq!(hear(&mut directory, &says("tay-ninh", 1, 1)), "nothing");
    assert_eq!(hear(&mut directory, &says("hcm", 2, 1)), "nothing");
    assert_eq!(hear(&mut directory, &says("hcm", 1, 8)), "nothing");
    assert_eq!(directory.head(), 6);
    assert_eq!(hear(&mut directory, &says("hcm", 1, 7)), "moved");
    assert_eq!(directory.head(), 8);
    assert_eq!(zones(&directory), "hcm-1-4 hcm-1-5 hcm-1-6 hcm-1-7 hcm-1-8");
}

/// A second word under one number is evidence of a fork; what was heard first stays, also when
/// everything is folded again.
#[test]
fn a_number_is_heard_once() {
    let mut directory = all(&grown());
    let fork = word("hcm", 1, 4, vec![zone("fork", &["hcm", "long-an"])]);
    assert_eq!(hear(&mut directory, &Word { leaf: [9; 32], ..fork }), "nothing");
    assert_eq!(hear(&mut directory, &named("long-an", ("hcm", 5), 5, 3)), "rewritten");
    assert_eq!(zones(&directory), "hcm-1-4 hcm-1-5");
}

#[test]
fn heads_go_on_where_the_registrar_before_ended() {
    let mut words = grown();
    words.push(word("hcm", 1, 7, vec![handed_over("long-an", 1, 2)]));
    words.push(says("hcm", 1, 8));
    words.push(says("long-an", 1, 1));
    words.push(says("long-an", 1, 2));
    let directory = all(&words);
    assert_eq!(directory.head(), 9);
    assert_eq!(directory.head_leaf(), leaf("long-an", 1, 2));
    assert_eq!(zones(&directory), "hcm-1-4 hcm-1-5 hcm-1-6 long-an-1-1 long-an-1-2");
    let seen: Vec<(String, u64)> =
        directory.terms().iter().map(|term| (term.unit.to_string(), term.base)).collect();
    assert_eq!(seen, [("hcm".to_owned(), 0), ("long-an".to_owned(), 7)]);
    assert_eq!(directory.snapshot(6).registrar, id("hcm"));
    assert_eq!(directory.snapshot(9).registrar, id("long-an"));
}

#[test]
fn founders_put_another_in_the_place_of_a_registrar_whose_key_is_stolen() {
    let mut directory = all(&grown());
    assert_eq!(hear(&mut directory, &named("long-an", ("hcm", 4), 4, 3)), "rewritten");
    assert_eq!((directory.head(), directory.registrar()), (5, &id("long-an")));
    assert_eq!(zones(&directory), "hcm-1-4", "what the thief said is as if unsaid");
    assert_eq!(hear(&mut directory, &says("hcm", 1, 7)), "nothing");
    assert_eq!(hear(&mut directory, &says("long-an", 1, 2)), "moved");
    assert_eq!(zones(&directory), "hcm-1-4 long-an-1-2");
    // The new one says how far the stolen key counts.
    let revoked = vec![cut("hcm", 1, Some(3), "revoked"), node("hcm", vec![9; 32], &[])];
    assert_eq!(hear(&mut directory, &word("long-an", 1, 3, revoked)), "moved");
    assert_eq!(directory.tenure(&id("hcm")).unwrap().epoch, 2);
    let handed_back = word("long-an", 1, 4, vec![handed_over("hcm", 2, 9)]);
    assert_eq!(hear(&mut directory, &handed_back), "rewritten");
    assert_eq!(directory.registrar(), &id("hcm"));
}

#[test]
fn the_founders_word_waits_for_the_head_that_it_names() {
    let mut directory = all(&founding());
    assert_eq!(hear(&mut directory, &named("long-an", ("hcm", 5), 5, 3)), "nothing");
    assert_eq!(hear(&mut directory, &says("hcm", 1, 4)), "moved");
    assert_eq!(hear(&mut directory, &says("hcm", 1, 5)), "rewritten");
    assert_eq!(hear(&mut directory, &says("hcm", 1, 6)), "nothing");
    assert_eq!(zones(&directory), "hcm-1-4 hcm-1-5");
}

/// One thing about the founders' statement is otherwise.
#[track_caller]
fn refused(change: impl FnOnce(&mut Word, &mut proto::RegistrarNamed)) {
    let mut word = named("long-an", ("hcm", 4), 4, 3);
    let Some(Change::RegistrarNamed(mut named)) = word.changed.changes.remove(0).change else {
        unreachable!()
    };
    change(&mut word, &mut named);
    let changed = event("", vec![Change::RegistrarNamed(named)]);
    let mut directory = all(&grown());
    assert_eq!(hear(&mut directory, &Word { changed, ..word }), "nothing");
    assert_eq!((directory.head(), directory.registrar()), (6, &id("hcm")));
}

#[test]
fn who_is_not_named_by_enough_founders_is_no_registrar() {
    let signed = |keys: &[u8]| keys.iter().map(|key| (0, [*key; 32])).collect::<BTreeSet<_>>();
    refused(|word, _| word.signed_by = signed(&[]));
    refused(|word, _| word.signed_by = signed(&[1, 2]));
    refused(|word, _| word.signed_by = signed(&[1, 2, 9]));
    refused(|word, _| word.signed_by = [1, 2, 3].map(|key| (1, [key; 32])).into());
    refused(|_, named| named.signatures.clear());
}

#[test]
fn the_founders_statement_is_about_one_key_and_one_word() {
    refused(|_, named| named.last_head = 5);
    refused(|_, named| named.last_hash = leaf("hcm", 1, 5).to_vec());
    refused(|_, named| named.last_hash = vec![]);
    refused(|_, named| named.unit = "tay-ninh".into());
    refused(|word, _| word.origin = id("tay-ninh"));
    // It is the first word of a feed: whoever has spoken before takes another key.
    refused(|word, _| word.seq = 2);
    // An older key of the same unit, perhaps a stolen one, can't say it in its own name.
    refused(|word, _| word.epoch = 2);
    refused(|_, named| named.epoch = 2);
    refused(|_, named| named.public_key = vec![3; 32]);
    refused(|word, named| (word.epoch, named.epoch) = (2, 2));
}

#[test]
fn the_founders_do_not_name_who_kept_the_directory_with_that_key() {
    let mut words = grown();
    words.push(word("hcm", 1, 7, vec![handed_over("long-an", 1, 2)]));
    words.push(says("long-an", 1, 1));
    let mut directory = all(&words);
    assert_eq!(hear(&mut directory, &named("hcm", ("long-an", 1), 8, 3)), "nothing");
    assert_eq!(directory.registrar(), &id("long-an"));
}

#[test]
fn there_is_no_replacing_before_there_are_founders() {
    let mut words = founding();
    words.pop();
    let mut directory = all(&words);
    assert_eq!(hear(&mut directory, &named("long-an", ("hcm", 2), 2, 3)), "nothing");
    // Nor afterwards at a head at which there were none.
    assert_eq!(hear(&mut directory, &founding().remove(2)), "moved");
    assert_eq!(hear(&mut directory, &named("tay-ninh", ("hcm", 2), 2, 3)), "nothing");
    assert_eq!((directory.head(), directory.registrar()), (3, &id("hcm")));
}

/// Two statements that follow on the same word: everybody comes to the same one.
#[test]
fn of_two_that_the_founders_named_everybody_takes_the_same() {
    let one = [named("long-an", ("hcm", 4), 4, 3), says("long-an", 1, 2)];
    let other = [named("tay-ninh", ("hcm", 4), 4, 3), says("tay-ninh", 1, 2)];
    let mut seen = Vec::new();
    for (first, second) in [(&one, &other), (&other, &one)] {
        let mut words = grown();
        words.extend_from_slice(first);
        words.extend_from_slice(second);
        seen.push(all(&words));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].registrar(), &id("tay-ninh"));
    assert_eq!(zones(&seen[0]), "hcm-1-4 tay-ninh-1-2");
}

/// Else a directory that was folded from what counts would not be the same.
#[test]
fn who_was_named_in_vain_has_never_kept_the_directory() {
    let mut words = grown();
    words.push(named("long-an", ("hcm", 4), 4, 3));
    words.push(named("tay-ninh", ("hcm", 4), 4, 3));
    words.push(word("tay-ninh", 1, 2, vec![handed_over("long-an", 1, 2)]));
    words.push(says("long-an", 1, 2));
    let directory = all(&words);
    let terms: Vec<&str> = directory.terms().iter().map(|term| term.unit.as_str()).collect();
    assert_eq!(terms, ["hcm", "tay-ninh", "long-an"]);
    assert_eq!((zones(&directory).as_str(), directory.head()), ("hcm-1-4 long-an-1-2", 8));
}

#[test]
fn an_earlier_word_of_the_founders_goes_before_a_later_one() {
    let later = [named("long-an", ("hcm", 6), 6, 3), says("long-an", 1, 2)];
    let mut words = grown();
    words.extend_from_slice(&later);
    let mut directory = all(&words);
    assert_eq!(directory.registrar(), &id("long-an"));
    assert_eq!(hear(&mut directory, &named("dong-nai", ("hcm", 4), 4, 3)), "rewritten");
    assert_eq!((directory.head(), directory.registrar()), (5, &id("dong-nai")));
}

/// What may be said beside the registrar's own words: who, following on whose word, and what after.
#[derive(Debug, Clone)]
struct Claim {
    of: usize,
    seq: u64,
    signers: u8,
    more: u64,
    hands_to: Option<usize>,
}

fn claim() -> impl Strategy<Value = Claim> {
    (0..4_usize, 1..9_u64, 2..5_u8, 0..3_u64, prop::option::of(1..4_usize))
        .prop_map(|(of, seq, signers, more, hands_to)| Claim { of, seq, signers, more, hands_to })
}

/// Everybody's words: those of the first registrar, and three others' claims.
fn words(own: u64, hands_over: Option<(u64, usize)>, claims: &[Claim]) -> Vec<Word> {
    let mut words = founding();
    let to = |unit: usize| handed_over(UNITS[unit], 1, u8::try_from(unit + 1).unwrap());
    words.extend((4..=own).map(|seq| match hands_over {
        Some((at, unit)) if at == seq => word("hcm", 1, seq, vec![to(unit)]),
        _ => says("hcm", 1, seq),
    }));
    // The head that a claim's first word follows on, as far as it can be told.
    let mut bases = [Some(0), None, None, None];
    for (unit, claim) in (1..).zip(claims) {
        let base = bases[claim.of].unwrap_or(4) + claim.seq;
        bases[unit] = Some(base);
        let (origin, after) = (UNITS[unit], (UNITS[claim.of], claim.seq));
        words.push(named(origin, after, base, claim.signers));
        words.extend((2..2 + claim.more).map(|seq| says(origin, 1, seq)));
        if let Some(next) = claim.hands_to {
            words.push(word(origin, 1, 2 + claim.more, vec![to(next)]));
        }
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whoever_hears_the_same_words_comes_to_the_same_directory(
        own in 3..9_u64,
        hands_over in prop::option::of((4..9_u64, 1..4_usize)),
        claims in prop::collection::vec(claim(), 0..4),
        keys in prop::collection::vec(any::<u32>(), 64),
    ) {
        let words = words(own, hands_over, &claims);
        let expected = all(&words);
        let mut shuffled: Vec<(u32, &Word)> = keys.into_iter().zip(&words).collect();
        prop_assert_eq!(shuffled.len(), words.len());
        shuffled.sort_by_key(|(key, _)| *key);
        let mut directory = Directory::new(id("hcm"));
        for (key, word) in shuffled {
            hear(&mut directory, word);
            if key % 3 == 0 {
                prop_assert_eq!(hear(&mut directory, word), "nothing");
            }
        }
        prop_assert_eq!(&directory, &expected);
        prop_assert_eq!(directory.terms(), expected.terms());
        // What counts is what it was folded from, and nothing else was.
        let mut again = Directory::new(id("hcm"));
        let counts: Vec<(String, u32, u64)> =
            expected.counting().map(|(unit, epoch, seq)| (unit.to_string(), epoch, seq)).collect();
        for word in &words {
            if counts.contains(&(word.origin.to_string(), word.epoch, word.seq)) {
                hear(&mut again, word);
            }
        }
        prop_assert_eq!(again.decisions(), expected.decisions());
        prop_assert_eq!(again.snapshot(again.head()), expected.snapshot(expected.head()));
    }
}
