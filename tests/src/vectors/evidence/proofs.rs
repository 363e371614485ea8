//! Checkpoints and proofs that somebody changed who can make the container anew.

use giapranh_record::{Hash, merkle};

use super::super::consistency;
use super::super::history::History;
use super::super::inclusion::{forged, proof};
use super::super::world::HCM;
use super::file::{Evidence, Part};
use super::{Case, alert, case, checkpoint, inclusion, note, note_of};

pub fn cases(history: &History) -> Vec<Case> {
    let mut cases = checkpoints(history);
    cases.extend(inclusions(history));
    cases.extend(consistencies(history));
    cases
}

/// The alert's file with another checkpoint, and no proofs.
fn with_checkpoint(history: &History, name: &str, note: &str) -> Vec<u8> {
    let checkpoints = vec![Part::new(name, note.as_bytes())];
    Evidence { checkpoints, inclusions: vec![], ..alert(history) }.file()
}

fn checkpoints(history: &History) -> Vec<Case> {
    const NAME: &str = "checkpoint/long-an/1/5";
    let good = note(history, 5);
    let checkpoint_case = |name: &str, part: &str, note: &str, why: &str| {
        let bytes = with_checkpoint(history, part, note);
        case(&format!("checkpoint-{name}"), bytes, "checkpoint", part, why)
    };
    let by_hcm = super::signed_by("giapranh.v1/long-an/1", &body(&good), HCM);
    vec![
        checkpoint_case("signature", NAME, &forged(&good), "the signature is another one"),
        checkpoint_case("of-another", NAME, &by_hcm, "signed with the key of another unit"),
        checkpoint_case("size", "checkpoint/long-an/1/6", &good, "signed for another size"),
        checkpoint_case("origin", "checkpoint/hcm/1/5", &good, "signed for another origin"),
        checkpoint_case("epoch", "checkpoint/long-an/2/5", &good, "signed for another epoch"),
        checkpoint_case("text", NAME, "none", "not a note"),
        checkpoint_case("not-enrolled", "checkpoint/dong-nai/1/5", &good, "no key is enrolled"),
    ]
}

fn body(note: &str) -> String {
    let (text, _) = note.split_once("\n\n").unwrap_or_default();
    format!("{text}\n")
}

fn inclusions(history: &History) -> Vec<Case> {
    const NAME: &str = "inclusion/long-an/1/2";
    let leaves = history.leaves();
    let path = merkle::inclusion(&leaves, 2).unwrap_or_default();
    let good = note(history, 5);
    let with = |text: &str| {
        let mut evidence = alert(history);
        evidence.inclusions[1].bytes = text.as_bytes().to_vec();
        evidence.file()
    };
    let inclusion_case = |name: &str, bytes: Vec<u8>, part: &str, why: &str| {
        case(&format!("inclusion-{name}"), bytes, "inclusion", part, why)
    };
    let mut broken = path.clone();
    broken[0] = Hash::ZERO;
    let other_leaf = proof(leaves[3], 2, &path, &good);
    let other_index =
        proof(leaves[3], 3, &merkle::inclusion(&leaves, 3).unwrap_or_default(), &good);
    let smaller = proof(
        leaves[2],
        2,
        &merkle::inclusion(&leaves[..3], 2).unwrap_or_default(),
        &note(history, 3),
    );
    // A tree of more leaves than there are: only its root differs.
    let larger = {
        let more: Vec<Hash> = leaves.iter().copied().chain([Hash::of(&[b"later"])]).collect();
        let root = more.iter().copied().collect::<merkle::Tree>().root();
        let mut evidence = alert(history);
        let note = note_of(6, root);
        evidence.checkpoints = vec![Part::new("checkpoint/long-an/1/6", note.as_bytes())];
        let text = proof(leaves[2], 2, &path, &note);
        evidence.inclusions = vec![Part::new(NAME, text.as_bytes())];
        evidence.file()
    };
    let mut undisclosed = alert(history);
    undisclosed.inclusions.insert(1, inclusion(history, 1, 5));
    // Signed by the origin for a tree that does not hold the event that is contained.
    let exchanged = {
        let mut other = leaves.clone();
        other[2] = Hash::of(&[b"exchanged"]);
        let note = note_of(5, other.iter().copied().collect::<merkle::Tree>().root());
        let path = merkle::inclusion(&other, 2).unwrap_or_default();
        let mut evidence = alert(history);
        evidence.checkpoints = vec![Part::new("checkpoint/long-an/1/5", note.as_bytes())];
        let text = proof(other[2], 2, &path, &note);
        evidence.inclusions = vec![Part::new(NAME, text.as_bytes())];
        evidence.file()
    };
    vec![
        inclusion_case("path", with(&proof(leaves[2], 2, &broken, &good)), NAME, "another path"),
        inclusion_case("leaf", with(&other_leaf), NAME, "another leaf than that of the event"),
        inclusion_case("index", with(&other_index), NAME, "another index than that of the part"),
        inclusion_case(
            "no-checkpoint",
            with(&smaller),
            NAME,
            "its checkpoint is none of those that are contained",
        ),
        inclusion_case("larger-tree", larger, NAME, "the checkpoint is that of a larger tree"),
        inclusion_case(
            "exchanged",
            exchanged,
            NAME,
            "a sound proof, of another event than is contained",
        ),
        inclusion_case(
            "undisclosed",
            undisclosed.file(),
            "inclusion/long-an/1/1",
            "a proof of an event that is neither contained nor asked for",
        ),
        inclusion_case("text", with("none"), NAME, "not a proof"),
    ]
}

fn consistencies(history: &History) -> Vec<Case> {
    const NAME: &str = "consistency/long-an/1/2/5";
    let leaves = history.leaves();
    let path = merkle::consistency(&leaves, 2).unwrap_or_default();
    let good = note(history, 5);
    let evidence = |name: &str, checkpoints: Vec<Part>, text: &str| {
        let consistencies = vec![Part::new(name, text.as_bytes())];
        Evidence { checkpoints, consistencies, ..super::consistency(history) }.file()
    };
    let both = || vec![checkpoint(history, 2), checkpoint(history, 5)];
    let consistency_case = |name: &str, bytes: Vec<u8>, part: &str, why: &str| {
        case(&format!("consistency-{name}"), bytes, "consistency", part, why)
    };
    let text = |old: u64, path: &[Hash], note: &str| consistency::proof(old, path, note);
    let rewritten = {
        let other = [Hash::of(&[b"rewritten"]), leaves[1]];
        let note = note_of(2, other.into_iter().collect::<merkle::Tree>().root());
        let old = Part::new("checkpoint/long-an/1/2", note.as_bytes());
        evidence(NAME, vec![old, checkpoint(history, 5)], &text(2, &path, &good))
    };
    let none = "one of the two checkpoints is not contained";
    vec![
        consistency_case(
            "rewritten",
            rewritten,
            NAME,
            "the older checkpoint is signed for a tree that the newer one does not hold",
        ),
        consistency_case(
            "path",
            evidence(NAME, both(), &text(2, &path[1..], &good)),
            NAME,
            "another path",
        ),
        consistency_case(
            "old",
            evidence(NAME, both(), &text(3, &path, &good)),
            NAME,
            "another size than that of the part",
        ),
        consistency_case(
            "no-old",
            evidence(NAME, vec![checkpoint(history, 5)], &text(2, &path, &good)),
            NAME,
            none,
        ),
        consistency_case(
            "no-new",
            evidence(NAME, vec![checkpoint(history, 2)], &text(2, &path, &good)),
            NAME,
            none,
        ),
        consistency_case(
            "origin",
            evidence("consistency/hcm/1/2/5", both(), &text(2, &path, &good)),
            "consistency/hcm/1/2/5",
            "checkpoints of another origin",
        ),
    ]
}
