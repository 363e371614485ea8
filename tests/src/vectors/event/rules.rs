//! A header that breaks one rule each.

use giapranh_record::{Facts, Hash, Header};
use uuid::Uuid;

use super::super::world::{self, BORDER, CLUSTER, WEST, link};
use super::{Case, payload, seal};

pub fn cases() -> Vec<Case> {
    let mut cases = ids();
    cases.extend(numbers());
    cases.extend(links());
    cases
}

fn case(name: &str, why: &str, change: impl FnOnce(&mut Header)) -> Case {
    let mut header = world::header();
    change(&mut header);
    let bytes = seal(&header.encode(), &payload().encode());
    Case::malformed(&format!("rule-{name}"), bytes, why)
}

fn ids() -> Vec<Case> {
    let version = |version: u8| {
        let mut bytes = *world::event_id(1).as_bytes();
        bytes[6] = bytes[6] & 0x0f | version << 4;
        Uuid::from_bytes(bytes)
    };
    let alert = |text: &str| Some(text.to_owned());
    vec![
        case("uuid-4", "an event id of version 4", |h| h.event_id = version(4)),
        case("uuid-8", "an event id of version 8", |h| h.event_id = version(8)),
        case("uuid-nil", "an event id of zeros", |h| h.event_id = Uuid::nil()),
        case("kind-empty", "a kind of no characters", |h| h.kind = String::new()),
        case("kind-upper", "a capital letter", |h| h.kind = "Alert.issued".into()),
        case("kind-dot-first", "a kind begins with a letter or digit", |h| {
            h.kind = ".alert".into();
        }),
        case("kind-65", "65 characters", |h| h.kind = "k".repeat(65)),
        case("origin-empty", "no origin", |h| h.origin = String::new()),
        case("origin-dot", "a dot, in an id that is no kind", |h| h.origin = "long.an".into()),
        case("origin-slash", "a slash", |h| h.origin = "long/an".into()),
        case("origin-space", "a space", |h| h.origin = "long an".into()),
        case("origin-accent", "a letter that is not a to z", |h| h.origin = "tây-ninh".into()),
        case("origin-hyphen-first", "begins with a hyphen", |h| h.origin = "-an".into()),
        case("origin-underscore-first", "begins with _", |h| h.origin = "_an".into()),
        case("acting-unit-empty", "no acting unit", |h| h.acting_unit = String::new()),
        case("drafted-by", "an officer's id with a dot", |h| h.drafted_by = alert("cb.117")),
        case("approved-by", "an officer's id with a capital", |h| h.approved_by = alert("Cb-1")),
        case("alert-two", "an alert id of two parts", |h| h.alert = alert("long-an/2024")),
        case("alert-four", "an alert id of four parts", |h| h.alert = alert("a/b/c/d")),
        case("alert-empty-part", "an empty part", |h| h.alert = alert("long-an//000001")),
        case("alert-97", "an alert id of 97 bytes", |h| {
            h.alert = Some(format!("{}/{}/1", "u".repeat(64), "2".repeat(30)));
        }),
        case("category", "a category with a space", |h| h.facts.category = "modus operandi".into()),
        case("urgency", "an urgency with a capital", |h| h.facts.urgency = "Urgent".into()),
        case("outcome", "an outcome with a dot", |h| h.facts.outcome = "a.b".into()),
        case("zone-empty", "a link to no zone", |h| h.links[0].zone = String::new()),
        case("zone-wildcard", "a zone that is a wildcard", |h| h.links[0].zone = "*".into()),
        case("zone-65", "a zone of 65 characters", |h| h.links[0].zone = "z".repeat(65)),
    ]
}

fn numbers() -> Vec<Case> {
    const OVER: u64 = 1 << 63;
    let fact = |change: fn(&mut Facts)| move |h: &mut Header| change(&mut h.facts);
    let why = "2^63 is too large";
    vec![
        case("epoch-0", "epochs begin with 1", |h| h.epoch = 0),
        case("index-2-63", why, |h| h.index = OVER),
        case("recorded-2-63", why, |h| h.recorded_ms = OVER),
        case("directory-seq-2-63", why, |h| h.directory_seq = OVER),
        case("due-2-63", why, fact(|facts| facts.due_ms = OVER)),
        case("expires-2-63", why, fact(|facts| facts.expires_ms = OVER)),
        case("erase-by-2-63", why, |h| h.erase_by_ms = Some(OVER)),
        case("seq-2-63", why, |h| h.links[0] = link(BORDER, OVER, Hash::of(&[b"before"]))),
    ]
}

fn links() -> Vec<Case> {
    let before = Hash::of(&[b"the event before"]);
    let all = |links: Vec<giapranh_record::Link>| move |h: &mut Header| h.links = links;
    let first = |zone: &str| link(zone, 1, Hash::ZERO);
    let order = "links ascend by zone, each zone once";
    let start = "seq is 1 where prev is zeros, and only there";
    let alone = "local goes with no other zone";
    vec![
        case("links-none", "an event has a link", all(vec![])),
        case("links-unsorted", order, all(vec![first(BORDER), first(CLUSTER)])),
        case("links-same", order, all(vec![first(BORDER), first(BORDER)])),
        case("links-bytes", order, all(vec![first("a_a"), first("a-a")])),
        case("seq-0", start, all(vec![link(BORDER, 0, Hash::ZERO)])),
        case("seq-0-prev", start, all(vec![link(BORDER, 0, before)])),
        case("seq-1-prev", start, all(vec![link(BORDER, 1, before)])),
        case("seq-2-zeros", start, all(vec![link(BORDER, 2, Hash::ZERO)])),
        case("one-of-two", start, all(vec![first(BORDER), link(WEST, 5, Hash::ZERO)])),
        case("local-first", alone, all(vec![first("local"), first("local-2")])),
        case("local-last", alone, all(vec![first(CLUSTER), first("local")])),
    ]
}
