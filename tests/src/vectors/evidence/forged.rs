//! Directories and events that somebody changed who can make the container anew; some of them by
//! somebody who has an enrolled key.

use giapranh_record::event::Event;
use giapranh_record::{Hash, Header, Payload, Signer as _, SigningKey, Unsigned, Verified};

use super::super::history::{History, at, directory, enrolment};
use super::super::world::{self, Author, BORDER, HCM, LONG_AN, TAY_NINH, plain};
use super::file::{Evidence, Part};
use super::{Case, alert, case, zone};

pub fn cases(history: &History) -> Vec<Case> {
    let mut cases = directories(history);
    cases.extend(strangers(history));
    cases.extend(chains(history));
    cases
}

/// The event again, changed, signed by that key.
pub fn again(event: &Event, key: &SigningKey, change: impl FnOnce(&mut Header)) -> Vec<u8> {
    let mut header = event.header().clone();
    change(&mut header);
    let unsigned = Unsigned::new(header, event.payload().clone());
    unsigned.expect("forgeries keep the rules of a header").sign(key).bytes().to_vec()
}

fn flipped(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
    bytes
}

/// The alert's file with the bytes of one directory event exchanged.
fn with_directory(history: &History, seq: usize, bytes: Vec<u8>) -> Vec<u8> {
    let mut evidence = alert(history);
    evidence.directory[seq - 1].bytes = bytes;
    evidence.file()
}

fn directories(history: &History) -> Vec<Case> {
    let third = history.directory()[2];
    let (hcm, long_an) = (world::key(HCM), world::key(LONG_AN));
    let third_by = |change: fn(&mut Header)| with_directory(history, 3, again(third, &hcm, change));
    let mut gap = alert(history);
    gap.directory.remove(2);
    let mut start = alert(history);
    start.directory.remove(0);
    let usurped = again(third, &long_an, |header| header.origin = LONG_AN.into());
    let directory_case = |name: &str, bytes: Vec<u8>, verdict: &'static str, why: &str| {
        case(&format!("directory-{name}"), bytes, verdict, "directory/3", why)
    };
    vec![
        directory_case(
            "malformed",
            with_directory(history, 3, b"none".to_vec()),
            "malformed",
            "the bytes are no event",
        ),
        directory_case(
            "signature",
            with_directory(history, 3, flipped(third.bytes())),
            "signature",
            "one bit of the signature",
        ),
        directory_case(
            "unknown-key",
            with_directory(history, 3, again(third, &SigningKey::from_seed(&[9; 32]), |_| {})),
            "unknown-key",
            "signed with a key of nobody",
        ),
        directory_case(
            "seq",
            third_by(|header| header.links[0].seq = 4),
            "name",
            "the event has another seq than its part",
        ),
        directory_case(
            "prev",
            third_by(|header| header.links[0].prev = Hash::of(&[b"other"])),
            "chain",
            "the event names another predecessor",
        ),
        directory_case(
            "zone",
            third_by(|header| header.links[0].zone = BORDER.into()),
            "chain",
            "the event is not in the directory",
        ),
        directory_case(
            "index",
            third_by(|header| header.index = 1),
            "chain",
            "the index is not higher than that of the event before it",
        ),
        directory_case(
            "kind",
            third_by(|header| header.kind = "directory.noted".into()),
            "chain",
            "an event of another kind makes no head",
        ),
        directory_case(
            "two-links",
            third_by(|header| header.links.push(world::link(BORDER, 1, Hash::ZERO))),
            "chain",
            "an event that is linked to another zone too makes no head",
        ),
        directory_case(
            "usurped",
            with_directory(history, 3, usurped),
            "chain",
            "another unit than the registrar",
        ),
        case("directory-gap", gap.file(), "chain", "directory/4", "directory/3 is missing"),
        case("directory-start", start.file(), "chain", "directory/2", "directory/1 is missing"),
        case(
            "directory-other-anchor",
            other_anchor(history),
            "unknown-key",
            "directory/1",
            "the file's anchor is another key than the one that signed",
        ),
        case(
            "directory-no-key",
            no_key(),
            "unknown-key",
            "event/long-an/1/0",
            "a directory of which one change contradicts another has no effect: nobody is enrolled",
        ),
    ]
}

fn other_anchor(history: &History) -> Vec<u8> {
    let anchor = super::Trusted { registrar: HCM.into(), ..super::Trusted::of(LONG_AN) };
    Evidence { anchor, ..alert(history) }.file()
}

/// A directory whose one event enrols a node of a unit that is registered after it.
fn no_key() -> Vec<u8> {
    use super::super::wire::Message;
    let mut registrar = Author::new(HCM, 5_000);
    let unit = Message::new().text(1, LONG_AN).text(3, "province").text(4, "Long An");
    let changes = [
        enrolment(LONG_AN, &world::key(LONG_AN).public_key().to_bytes()),
        Message::new().message(1, &unit),
    ];
    let founding = registrar.publish(directory(1, 0, &changes));
    let mut author = Author::new(LONG_AN, 5_100);
    let saying = super::super::history::alert(2, world::ALERT, "alert.issued", &[BORDER]);
    let event = author.publish(saying);
    let history = History { hcm: vec![founding], long_an: vec![event], tay_ninh: vec![] };
    Evidence { checkpoints: vec![], inclusions: vec![], ..plain_alert(&history) }.file()
}

/// The alert's events without proofs.
fn plain_alert(history: &History) -> Evidence {
    let all = history.hcm.iter().chain(&history.long_an).chain(&history.tay_ninh);
    let events = all.filter(|event| event.header().alert.is_some());
    Evidence {
        events: events.map(Part::event).collect(),
        ..super::empty(history, super::Selection::Alert(world::ALERT))
    }
}

/// The alert's file without proofs and with the bytes of one event exchanged.
fn with_event(history: &History, name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let mut evidence = alert(history);
    (evidence.checkpoints, evidence.inclusions) = (vec![], vec![]);
    let part = evidence.events.iter_mut().find(|part| part.name == name);
    part.expect("the part is contained").bytes = bytes;
    evidence.file()
}

fn strangers(history: &History) -> Vec<Case> {
    const NAME: &str = "event/long-an/1/2";
    let event = &history.long_an[2];
    let (own, hcm, nobody) =
        (world::key(LONG_AN), world::key(HCM), SigningKey::from_seed(&[9; 32]));
    let local = local(event);
    let with = |bytes: Vec<u8>| with_event(history, NAME, bytes);
    let by = |key: &SigningKey, change: fn(&mut Header)| with(again(event, key, change));
    let event_case = |name: &str, bytes: Vec<u8>, verdict: &'static str, why: &str| {
        case(&format!("event-{name}"), bytes, verdict, NAME, why)
    };
    let spliced = {
        let mut evidence = zone(history);
        evidence.events.push(Part::event(&other_cluster()));
        evidence.file()
    };
    vec![
        event_case("malformed", with(b"none".to_vec()), "malformed", "the bytes are no event"),
        event_case(
            "signature",
            with(flipped(event.bytes())),
            "signature",
            "one bit of the signature",
        ),
        event_case(
            "unknown-key",
            by(&nobody, |_| {}),
            "unknown-key",
            "signed with a key of nobody",
        ),
        event_case(
            "key-of-another",
            by(&hcm, |_| {}),
            "key-of-another",
            "exchanged, with a good signature of an enrolled key that is another unit's",
        ),
        event_case(
            "name-index",
            by(&own, |header| header.index = 7),
            "name",
            "the event has another index than its part",
        ),
        event_case(
            "name-epoch",
            by(&own, |header| header.epoch = 2),
            "name",
            "the event has another epoch than its part",
        ),
        event_case(
            "name-origin",
            by(&hcm, |header| header.origin = HCM.into()),
            "name",
            "the event has another origin than its part",
        ),
        event_case(
            "local",
            with(again(&local, &own, |_| {})),
            "local",
            "what is linked to local is never published",
        ),
        case(
            "event-spliced",
            spliced,
            "unknown-key",
            "event/vung-tau/1/0",
            "an event of another cluster, put into the file",
        ),
        case(
            "event-of-directory",
            repeated(history),
            "order",
            "event/hcm/1/5",
            "an event of the directory is not repeated",
        ),
        case(
            "event-beside-directory",
            beside(history),
            "fork",
            "event/hcm/1/5",
            "another event at an index that the directory has",
        ),
    ]
}

fn local(event: &Event) -> Event {
    let mut header = event.header().clone();
    header.links = vec![world::link("local", 1, Hash::ZERO)];
    let unsigned = Unsigned::new(header, event.payload().clone()).expect("a good header");
    let signed = unsigned.sign(&world::key(LONG_AN));
    Event::clone(&signed)
}

fn other_cluster() -> Verified {
    let mut header = world::header();
    header.origin = "vung-tau".into();
    header.links = vec![world::link(world::WEST, 1, Hash::ZERO)];
    let unsigned = Unsigned::new(header, plain(*b"elsewhere")).expect("a good header");
    unsigned.sign(&SigningKey::from_seed(&[8; 32]))
}

/// A range with an event that the directory holds already.
fn repeated(history: &History) -> Vec<u8> {
    let mut evidence = super::range(history);
    evidence.events.insert(1, Part::event(&history.hcm[5]));
    evidence.file()
}

/// A range with another event at an index that the directory holds.
fn beside(history: &History) -> Vec<u8> {
    let mut evidence = super::range(history);
    let other = again(&history.hcm[4], &world::key(HCM), |header| {
        header.index = 5;
        header.event_id = world::event_id(9_000);
    });
    evidence.events.insert(1, Part::new("event/hcm/1/5", &other));
    evidence.file()
}

/// What the origin itself would have had to sign.
fn chains(history: &History) -> Vec<Case> {
    const NAME: &str = "event/long-an/1/3";
    let own = world::key(LONG_AN);
    let (third, fourth) = (history.long_an[2].header().clone(), &history.long_an[3]);
    let with =
        |change: &dyn Fn(&mut Header)| with_event(history, NAME, again(fourth, &own, change));
    let other = Hash::of(&[b"other"]);
    let chain_case = |name: &str, bytes: Vec<u8>, verdict: &'static str, why: &str| {
        case(&format!("chain-{name}"), bytes, verdict, NAME, why)
    };
    let sealed = Payload::Plain(b"another".to_vec().into());
    let changed = Unsigned::new(fourth.header().clone(), sealed).expect("a good header");
    let rewritten = with_event(history, NAME, changed.sign(&own).bytes().to_vec());
    let rewritten_why = "the event before it was signed anew, with another payload";
    vec![
        chain_case(
            "prev",
            with(&|header| header.links[0].prev = other),
            "chain",
            "the event with the next seq names another predecessor",
        ),
        chain_case(
            "seq-back",
            with(&|header| {
                header.links[0] = world::link(BORDER, 1, Hash::ZERO);
            }),
            "chain",
            "seq decreases while the index increases",
        ),
        chain_case(
            "seq-ahead",
            with(&|header| {
                header.links[0] = world::link(BORDER, 9, other);
            }),
            "chain",
            "more seqs than indices lie between two events of a feed",
        ),
        chain_case(
            "recorded",
            with(&|header| header.recorded_ms = at(1)),
            "chain",
            "the time recorded decreases while the index increases",
        ),
        chain_case(
            "directory-seq",
            with(&|header| header.directory_seq = 3),
            "chain",
            "directory_seq decreases while the index increases",
        ),
        case("chain-rewritten", rewritten, "chain", "event/long-an/1/4", rewritten_why),
        chain_case(
            "fork-id",
            with(&|header| header.event_id = third.event_id),
            "fork",
            "one event id, two events",
        ),
        chain_case(
            "fork-seq",
            with(&|header| header.links = third.links[..1].to_vec()),
            "fork",
            "one seq of a feed, two events",
        ),
        case(
            "fork-origins",
            fork_between(history),
            "fork",
            "event/tay-ninh/1/0",
            "one event id, events of two origins",
        ),
    ]
}

fn fork_between(history: &History) -> Vec<u8> {
    let id = history.long_an[0].header().event_id;
    let event = &history.tay_ninh[0];
    let forged = again(event, &world::key(TAY_NINH), |header| header.event_id = id);
    with_event(history, "event/tay-ninh/1/0", forged)
}
