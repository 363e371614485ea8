//! Manifests that are none, or say something else than their file; the container is right.

use super::super::curve::SMALL_ORDER;
use super::super::history::History;
use super::super::world::{HCM, LONG_AN};
use super::file::{Evidence, Manifest, Part, Selection, Trusted, file};
use super::{Case, alert, case, consistency, range, zone};

pub fn cases(history: &History) -> Vec<Case> {
    let mut cases = texts(history);
    cases.extend(differing(history));
    cases.extend(selections(history));
    cases
}

fn wrong(name: &str, bytes: Vec<u8>, why: &str) -> Case {
    case(&format!("manifest-{name}"), bytes, "manifest", "manifest", why)
}

/// Manifests that can't be read.
fn texts(history: &History) -> Vec<Case> {
    let sound = alert(history).parts();
    let with = |manifest: &[u8]| {
        let mut parts = sound.clone();
        parts[0].bytes = manifest.to_vec();
        file(&parts)
    };
    let text = String::from_utf8_lossy(&sound[0].bytes).into_owned();
    let swap = |from: &str, to: &str| {
        let swapped = text.replacen(from, to, 1);
        assert_ne!(swapped, text, "{from} must stand in the manifest");
        with(swapped.as_bytes())
    };
    let fields = "exactly the fields of the page";
    let mut without = sound.clone();
    without.remove(0);
    let missing = "without a manifest there is no anchor";
    vec![
        wrong("empty", with(b""), "not JSON"),
        wrong("not-json", with(b"{"), "not JSON"),
        wrong("array", with(b"[]"), "not an object"),
        wrong("not-utf-8", with(&[&[0xff], text.as_bytes()].concat()), "not UTF-8"),
        wrong("two-values", with(format!("{text}{text}").as_bytes()), "two JSON values"),
        wrong("unknown-field", swap("{\"format\"", "{\"note\":\"\",\"format\""), fields),
        wrong("unknown-in-counts", swap("{\"directory\":", "{\"other\":0,\"directory\":"), fields),
        wrong(
            "field-twice",
            swap("{\"format\"", "{\"format\":\"giapranh-evidence/1\",\"format\""),
            "a field stands twice",
        ),
        wrong("field-missing", swap("\"directory_head\":5,", ""), fields),
        wrong("format", swap("evidence/1\"", "evidence/2\""), "another format"),
        wrong("made", swap("2024-06-01T07:30:00+07:00", "2024-06-01"), "a day is no moment"),
        wrong("number-as-text", swap("\"directory_head\":5", "\"directory_head\":\"5\""), fields),
        wrong("number-negative", swap("\"directory_head\":5", "\"directory_head\":-5"), fields),
        wrong("head-hash", swap("\"head_hash\":\"", "\"head_hash\":\"0"), "a hash has 64 digits"),
        wrong(
            "selection-two",
            swap("{\"alert\":", "{\"zone\":\"cluster\",\"alert\":"),
            "one selection",
        ),
        wrong("selection-unknown", swap("{\"alert\":", "{\"officer\":"), "no such selection"),
        case("without-manifest", file(&without), "manifest", "", missing),
    ]
}

fn differing(history: &History) -> Vec<Case> {
    let with = |change: fn(&mut Manifest)| Evidence { manifest: change, ..alert(history) }.file();
    let small = Evidence {
        anchor: Trusted { registrar: HCM.to_owned(), public_key: SMALL_ORDER[0].to_owned() },
        ..alert(history)
    };
    let unit = Evidence {
        anchor: Trusted { registrar: "HCM".to_owned(), ..Trusted::of(HCM) },
        ..alert(history)
    };
    let counts = "it counts other parts than are contained";
    let feeds = "it names other feeds, or other seqs, than are contained";
    vec![
        wrong("count-directory", with(|m| m.counts.directory += 1), counts),
        wrong("count-events", with(|m| m.counts.events -= 1), counts),
        wrong("count-checkpoints", with(|m| m.counts.checkpoints = 0), counts),
        wrong("count-inclusions", with(|m| m.counts.inclusions += 1), counts),
        wrong("count-consistencies", with(|m| m.counts.consistencies += 1), counts),
        wrong("directory-head", with(|m| m.directory_head += 1), "the directory ends elsewhere"),
        wrong("feed-missing", with(|m| drop(m.feeds.pop())), feeds),
        wrong("feed-seqs", with(|m| m.feeds[0].seqs = "2".into()), feeds),
        wrong("feed-zone", with(|m| m.feeds[0].zone = "cluster".into()), feeds),
        wrong("feed-order", with(|m| m.feeds.swap(0, 1)), feeds),
        wrong(
            "feed-twice",
            with(|m| {
                let first = &m.feeds[0];
                let again = super::file::Feed {
                    origin: first.origin.clone(),
                    zone: first.zone.clone(),
                    seqs: first.seqs.clone(),
                    head_hash: first.head_hash.clone(),
                    ..*first
                };
                m.feeds.insert(0, again);
            }),
            feeds,
        ),
        wrong(
            "feed-head-before",
            with(|m| m.feeds[2].head_seq = 1),
            "a feed can't end before an event of it that is contained",
        ),
        wrong(
            "feed-head-hash",
            with(|m| {
                m.feeds[0].head_hash = m.feeds[4].head_hash.clone();
            }),
            "the feed ends with an event that is contained, and has another hash",
        ),
        wrong("anchor-small-order", small.file(), "the anchor is no key"),
        wrong("anchor-no-unit", unit.file(), "the anchor's registrar is no id of a unit"),
    ]
}

fn selections(history: &History) -> Vec<Case> {
    let other = |selection: Selection, evidence: Evidence| Evidence { selection, ..evidence };
    let stray = |name: &str, evidence: &Evidence, part: &Part, why: &str| {
        case(&format!("selection-{name}"), evidence.file(), "manifest", &part.name, why)
    };
    let of_alert = other(Selection::Alert("long-an/2024/000009"), alert(history));
    let of_zone = other(Selection::Zone("cluster"), zone(history));
    let of_proof = other(Selection::ProofOf("long-an/2024/000001"), alert(history));
    let mut stray_event = consistency(history);
    stray_event.events = alert(history).events;
    let beyond = other(
        Selection::Consistency { origin: LONG_AN, epoch: 1, from: 1, to: 5 },
        consistency(history),
    );
    let asked = "not an event that was asked for";
    let mut cases = vec![
        stray("other-alert", &of_alert, &of_alert.events[0], asked),
        stray("other-zone", &of_zone, &of_zone.events[0], asked),
        stray(
            "proof-with-events",
            &of_proof,
            &of_proof.events[0],
            "events where none was asked for",
        ),
        stray(
            "consistency-with-events",
            &stray_event,
            &stray_event.events[0],
            "events where none was asked for",
        ),
    ];
    let ranges = [
        ("range-0", Selection::Range(0, 12), "positions begin with 1"),
        ("range-backwards", Selection::Range(12, 6), "a range ends before it begins"),
        ("range-beyond", Selection::Range(6, 19), "a range ends after the log"),
        ("range-small", Selection::Range(6, 8), "more events than the range has positions"),
    ];
    for (name, selection, why) in ranges {
        cases.push(wrong(name, other(selection, range(history)).file(), why));
    }
    let none = "the proof that was asked for is not contained";
    cases.push(wrong("consistency-missing", beyond.file(), none));
    let more = Evidence { consistencies: vec![], ..consistency(history) };
    cases.push(wrong("consistency-none", more.file(), none));
    cases
}
