//! Files whose directory changed hands, or whose units have taken new keys.

use std::io;

use giapranh_record::{Hash, Signer as _, SigningKey, Unsigned, Verified, merkle};

use super::super::checkpoint::{body, signed_by_key};
use super::super::history::directory;
use super::super::inclusion::proof;
use super::super::index::{Beyond, Collection, Vector};
use super::super::succession::{DONG_NAI, Handover, Replacement, Statement, named};
use super::super::wire::Message;
use super::super::world::{self, ALERT, HCM, LONG_AN, TAY_NINH};
use super::file::{Evidence, Part, Selection, Trusted};
use super::forged::again;
use super::{Case, case, expected};

/// The files that hold, with what of them counts for nothing.
pub fn sound(collection: &mut Collection) -> io::Result<()> {
    let (handover, replacement) = (Handover::new(), Replacement::new());
    let disowned = |places: &[&str]| -> Beyond {
        places.iter().map(|at| ((*at).to_owned(), "disowned")).collect()
    };
    let mut of_alert = disowned(&["event/tay-ninh/1/2"]);
    of_alert.insert("event/dong-nai/1/1".to_owned(), "late");
    let files = [
        (
            "handed-over",
            handed_over(&handover),
            of_alert,
            "the registrar handed over, one unit has a new key, one began again with its old one",
        ),
        (
            "handed-over-beyond",
            words(&handover.directory(), &handover.hcm[5..]),
            disowned(&["event/hcm/1/5"]),
            "a word that the registrar said after its last one is no part of the directory",
        ),
        (
            "replaced",
            replaced(&replacement),
            Beyond::new(),
            "two of three founders named another registrar, who enrolled a new key of the one before",
        ),
        (
            "replaced-beyond",
            words(&replacement.directory(), &replacement.hcm[4..]),
            disowned(&["event/hcm/1/4", "event/hcm/1/5", "event/hcm/1/6"]),
            "what the registrar before said after the head that the founders named",
        ),
    ];
    let known = (
        "replaced-undone-known",
        with_undone(&replacement, &[(5, 5, 4), (5, 6, 5), (5, 7, 6)]),
        Beyond::new(),
        "an event under a key that the founders undid, with the words that had enrolled it",
    );
    for (name, evidence, beyond, why) in files.into_iter().chain([known]) {
        let vector = Vector::new(super::KIND, &format!("evidence/{name}"), "valid", why);
        let vector = vector.expect(expected(&evidence, beyond));
        collection.add(vector, "evidence", &evidence.file())?;
    }
    Ok(())
}

pub fn cases() -> Vec<Case> {
    let handover = Handover::new();
    let mut cases = epochs(&handover);
    cases.extend(last_words(&handover));
    cases.extend(statements());
    cases.extend(undone());
    cases
}

fn file(directory: &[&Verified], events: &[&Verified], selection: Selection) -> Evidence {
    let numbered = directory.iter().enumerate();
    Evidence {
        selection,
        anchor: Trusted::of(HCM),
        directory: numbered.map(|(n, event)| Part::directory(n + 1, event)).collect(),
        undone: Vec::new(),
        events: events.iter().map(|event| Part::event(event)).collect(),
        checkpoints: Vec::new(),
        inclusions: Vec::new(),
        consistencies: Vec::new(),
        manifest: |_| {},
    }
}

/// The alert of the first story, with a proof from a second epoch.
fn handed_over(history: &Handover) -> Evidence {
    let events = history.about_the_alert();
    let leaves: Vec<Hash> = history.tay_ninh_2.iter().map(|event| event.leaf()).collect();
    let note = note(&leaves, &world::key_of_epoch(TAY_NINH, 2));
    let path = merkle::inclusion(&leaves, 1).unwrap_or_default();
    let proof = proof(leaves[1], 1, &path, &note);
    Evidence {
        checkpoints: vec![Part::new("checkpoint/tay-ninh/2/2", note.as_bytes())],
        inclusions: vec![Part::new("inclusion/tay-ninh/2/1", proof.as_bytes())],
        ..file(&history.directory(), &events, Selection::Alert(ALERT))
    }
}

/// A checkpoint of Tây Ninh's second epoch.
fn note(leaves: &[Hash], key: &SigningKey) -> String {
    let name = "giapranh.v1/tay-ninh/2";
    let tree: merkle::Tree = leaves.iter().copied().collect();
    signed_by_key(name, &body(name, &leaves.len().to_string(), tree.root()), key)
}

fn replaced(history: &Replacement) -> Evidence {
    let mut events: Vec<&Verified> = history.hcm_2.iter().collect();
    events.extend([&history.long_an[0], &history.long_an[3]]);
    file(&history.directory(), &events, Selection::Alert(ALERT))
}

/// Words that made no head.
fn words(directory: &[&Verified], words: &[Verified]) -> Evidence {
    let words: Vec<&Verified> = words.iter().collect();
    file(directory, &words, Selection::Zone("directory"))
}

/// Keys that are the right unit's, for another epoch.
fn epochs(history: &Handover) -> Vec<Case> {
    let (old, new) = (world::key(TAY_NINH), world::key_of_epoch(TAY_NINH, 2));
    let with = |name: &str, event: &Verified, key: &SigningKey| {
        let mut evidence = handed_over(history);
        (evidence.checkpoints, evidence.inclusions) = (vec![], vec![]);
        let part = evidence.events.iter_mut().find(|part| part.name == name);
        part.expect("the part is contained").bytes = again(event, key, |_| {});
        evidence.file()
    };
    let (before, after) = ("event/tay-ninh/1/0", "event/tay-ninh/2/0");
    let leaves: Vec<Hash> = history.tay_ninh_2.iter().map(|event| event.leaf()).collect();
    let mut stolen = handed_over(history);
    stolen.checkpoints[0].bytes = note(&leaves, &old).into_bytes();
    stolen.inclusions = vec![];
    vec![
        case(
            "epoch-old-key",
            with(after, &history.tay_ninh_2[0], &old),
            "key-of-another-epoch",
            after,
            "an event of the second epoch, signed with the key of the first",
        ),
        case(
            "epoch-new-key",
            with(before, &history.tay_ninh[0], &new),
            "key-of-another-epoch",
            before,
            "an event of the first epoch, signed with the key of the second",
        ),
        case(
            "epoch-checkpoint",
            stolen.file(),
            "checkpoint",
            "checkpoint/tay-ninh/2/2",
            "a checkpoint of the second epoch, signed with the key of the first",
        ),
    ]
}

/// What becomes of a directory whose registrar has said its last word, or has not.
fn last_words(history: &Handover) -> Vec<Case> {
    let with = |directory: &[&Verified]| file(directory, &[], Selection::Alert(ALERT)).file();
    let (hcm, long_an) = (&history.hcm, &history.long_an);
    let before: Vec<&Verified> = hcm[..4].iter().collect();
    let after = |words: &[&Verified]| with(&[&before[..], words].concat());
    let continued = {
        let mut evidence = file(&history.directory()[..5], &[], Selection::Alert(ALERT));
        let header = |header: &mut giapranh_record::Header| {
            header.links[0] = world::link("directory", 6, hcm[4].leaf());
        };
        let bytes = again(&long_an[1], &world::key(LONG_AN), header);
        evidence.directory.push(Part::new("directory/6", &bytes));
        evidence.file()
    };
    let in_vain = instead(&hcm[4], &named(LONG_AN, 2, &world::key(LONG_AN)));
    vec![
        case(
            "directory-after-last-word",
            after(&[&hcm[4], &hcm[5]]),
            "chain",
            "directory/6",
            "the registrar has handed over and goes on",
        ),
        case(
            "directory-not-named",
            after(&[&long_an[1]]),
            "chain",
            "directory/5",
            "nobody has named the unit that goes on",
        ),
        case(
            "directory-named-in-vain",
            after(&[&in_vain, &long_an[1]]),
            "chain",
            "directory/6",
            "the last word names an epoch that is not enrolled: it has no effect",
        ),
        case(
            "directory-continued",
            continued,
            "name",
            "directory/6",
            "the next registrar counts on in the feed of the one before",
        ),
    ]
}

/// The same event of the registrar's with another change.
fn instead(event: &Verified, change: &Message) -> Verified {
    let payload = directory(0, 0, std::slice::from_ref(change)).payload;
    let unsigned = Unsigned::new(event.header().clone(), payload).expect("a good header");
    unsigned.sign(&world::key(HCM))
}

/// Statements that name no registrar: the event that holds them follows on nothing.
fn statements() -> Vec<Case> {
    type Make = fn(Statement) -> Message;
    const BY: [&str; 2] = [LONG_AN, TAY_NINH];
    let cases: [(&str, Make, &str); 10] = [
        ("too-few", |right| right.signed(&[LONG_AN]), "one founder signed, two have to"),
        (
            "same-founder",
            |right| right.signed(&[LONG_AN, LONG_AN]),
            "one founder signed twice, and counts once",
        ),
        (
            "no-founder",
            |right| right.signed(&[LONG_AN, DONG_NAI]),
            "the second signature is of a key that is no founder's",
        ),
        (
            "other-head",
            |right| Statement { after: 3, ..right }.signed(&BY),
            "signed for a head before the one that it follows on",
        ),
        (
            "later-head",
            |right| Statement { after: 5, ..right }.signed(&BY),
            "signed for a head that is not contained",
        ),
        (
            "other-leaf",
            |right| Statement { leaf: Hash::of(&[b"other"]), ..right }.signed(&BY),
            "signed for another event at that head",
        ),
        (
            "other-text",
            |right| right.signed_as(&Statement { unit: TAY_NINH, ..right.clone() }, &BY),
            "signed for another unit than it says",
        ),
        (
            "other-unit",
            |right| Statement { unit: TAY_NINH, ..right }.signed(&BY),
            "another unit than the one that the founders named",
        ),
        (
            "other-epoch",
            |right| Statement { epoch: 2, ..right }.signed(&BY),
            "signed for another epoch of the unit's log than the event's",
        ),
        (
            "other-key",
            |right| {
                Statement { key: world::key(TAY_NINH).public_key().to_bytes(), ..right }.signed(&BY)
            },
            "signed for another key than the unit's",
        ),
    ];
    let made = cases.map(|(name, make, why)| {
        let evidence = replaced(&Replacement::by(&mut { make }));
        let name = format!("replaced-{name}");
        case(&name, evidence.file(), "chain", "directory/5", why)
    });
    made.into()
}

/// With an event whose key the founders undid, and words of the registrar before: by which head they
/// were undone, which head they had made, and which word it is.
fn with_undone(history: &Replacement, words: &[(u64, u64, usize)]) -> Evidence {
    let mut evidence = replaced(history);
    evidence.events.insert(0, Part::event(&history.dong_nai[0]));
    let part = |(by, head, word): &(u64, u64, usize)| {
        Part::new(format!("undone/{by}/{head}"), history.hcm[*word].bytes())
    };
    evidence.undone = words.iter().map(part).collect();
    evidence
}

/// What the founders undid.
fn undone() -> Vec<Case> {
    let history = Replacement::new();
    let (hcm, long_an) = (&history.hcm, &history.long_an);
    let words: Vec<&Verified> = hcm[..5].iter().chain(&long_an[1..3]).collect();
    let elsewhere = |name, words: &[(u64, u64, usize)], part, why| {
        case(name, with_undone(&history, words).file(), "chain", part, why)
    };
    let mut foreign = with_undone(&history, &[(5, 5, 4), (5, 6, 5)]);
    foreign.undone[1].bytes = long_an[1].bytes().to_vec();
    let mut of_nobody = with_undone(&history, &[(5, 5, 4)]);
    of_nobody.undone[0].bytes = history.dong_nai[0].bytes().to_vec();
    vec![
        elsewhere(
            "undone-by-nothing",
            &[(4, 5, 4)],
            "undone/4/5",
            "the head 4 is the registrar's own: nothing was undone by it",
        ),
        elsewhere("undone-gap", &[(5, 6, 5)], "undone/5/6", "the word before it is not there"),
        elsewhere("undone-other-head", &[(5, 5, 5)], "undone/5/5", "this word had made the head 6"),
        case(
            "undone-who-undid",
            foreign.file(),
            "chain",
            "undone/5/6",
            "the founders' word itself undoes; it was not undone",
        ),
        case(
            "undone-of-nobody",
            of_nobody.file(),
            "unknown-key",
            "undone/5/5",
            "no word, and of a key that nothing before it enrolled",
        ),
        case(
            "replaced-in-part",
            file(&words, &[], Selection::Alert(ALERT)).file(),
            "chain",
            "directory/6",
            "what the founders undid is still a part of the directory",
        ),
        case(
            "replaced-undone-key",
            with_undone(&history, &[]).file(),
            "unknown-key",
            "event/dong-nai/1/0",
            "the key was enrolled by what the founders undid",
        ),
    ]
}
