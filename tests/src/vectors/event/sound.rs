//! Events that obey every rule, up to the limits.

use bytes::Bytes;
use giapranh_record::limits::{CAUSES, HEADER_BYTES, LINKS, PAYLOAD_BYTES};
use giapranh_record::{Hash, Header, Payload};

use super::super::wire::Message;
use super::super::world::{self, BORDER, CLUSTER, WEST, link, plain};
use super::{Case, payload, seal};

pub fn cases() -> Vec<Case> {
    let one = world::header();
    let before = Hash::of(&[b"the event before"]);
    let three = Header {
        links: vec![link(CLUSTER, 1, Hash::ZERO), link(BORDER, 7, before), link(WEST, 2, before)],
        index: 8,
        ..one.clone()
    };
    let sealed = Header { key_commitment: Some(Hash::of(&[b"commitment"])), ..one.clone() };
    let secret = Payload::Sealed { nonce: [0x24; 24], ciphertext: Bytes::from_static(&[0xc1; 40]) };
    let local = Header {
        kind: "note.kept".into(),
        alert: None,
        facts: giapranh_record::Facts::default(),
        drafted_by: None,
        approved_by: None,
        links: vec![link("local", 1, Hash::ZERO)],
        ..one.clone()
    };
    let unknown = Header { kind: "weather.seen.2".into(), ..one.clone() };
    let written = |name: &str, header: &Header, payload: &Payload, why: &str| {
        Case::valid(name, (&header.encode(), &payload.encode()), (header, payload), why)
    };
    let mut cases = vec![
        written("plain", &one, &payload(), "an alert for one zone"),
        written("three-zones", &three, &payload(), "one event, three feeds, three predecessors"),
        written("sealed", &sealed, &secret, "a sealed payload; nothing of it needs to be opened"),
        written("local", &local, &payload(), "linked to local alone"),
        written("unknown-kind", &unknown, &payload(), "a verifier does not need to know a kind"),
        written("empty-plain", &one, &plain([]), "the plain form is there, and empty"),
    ];
    cases.extend(at_the_limits(&one));
    cases.extend(sizes(&one));
    cases
}

fn at_the_limits(one: &Header) -> Vec<Case> {
    let zone = |n: usize| link(&format!("zone-{n:02}"), 1, Hash::ZERO);
    let many = |links: usize, causes: usize| Header {
        links: (0..links).map(zone).collect(),
        causes: (0..causes as u64).map(world::event_id).collect(),
        ..one.clone()
    };
    let most = u64::try_from(i64::MAX).unwrap_or_default();
    let largest = Header {
        index: most,
        recorded_ms: most,
        directory_seq: most,
        epoch: u32::MAX,
        links: vec![link(BORDER, most, Hash::of(&[b"before"]))],
        ..one.clone()
    };
    let token = "x".repeat(64);
    let long = Header {
        acting_unit: token.clone(),
        kind: format!("k{}", ".".repeat(63)),
        links: vec![link(&token, 1, Hash::ZERO)],
        ..one.clone()
    };
    let (plain, bytes) = (payload(), payload().encode());
    let valid = |name: &str, header: &Header, why: &str| {
        Case::valid(name, (&header.encode(), &bytes), (header, &plain), why)
    };
    let over = |name: &str, header: &Header, why: &str| {
        Case::malformed(name, seal(&header.encode(), &bytes), why)
    };
    vec![
        valid("links-64", &many(LINKS, 0), "the most links"),
        over("links-65", &many(LINKS + 1, 0), "a link too many"),
        valid("causes-64", &many(1, CAUSES), "the most causes"),
        over("causes-65", &many(1, CAUSES + 1), "a cause too many"),
        valid("largest-numbers", &largest, "index, times, seq of 2^63 - 1, epoch of 2^32 - 1"),
        valid("longest-tokens", &long, "ids of 64 characters, a kind that ends in dots"),
    ]
}

/// Header and payload of exactly the largest size, and one byte more.
fn sizes(one: &Header) -> Vec<Case> {
    let plain = payload();
    // An unknown field fills the header; its tag and length take four bytes.
    let filled = |size: usize| {
        let header = one.encode();
        let rest = vec![0; size - header.len() - 4];
        Message(header).bytes(100, &rest).0
    };
    let content = |size: usize| world::plain(vec![0; size - 4]);
    let (full, fuller) = (filled(HEADER_BYTES), filled(HEADER_BYTES + 1));
    let (large, larger) = (content(PAYLOAD_BYTES), content(PAYLOAD_BYTES + 1));
    let valid = |name: &str, header: &[u8], payload: &Payload, why: &str| {
        Case::valid(name, (header, &payload.encode()), (one, payload), why)
    };
    vec![
        valid("header-16384", &full, &plain, "a header of 16384 bytes"),
        Case::malformed(
            "header-16385",
            seal(&fuller, &plain.encode()),
            "a header of 16385 bytes is too large",
        ),
        valid("payload-245760", &one.encode(), &large, "a payload of 245760 bytes"),
        Case::malformed(
            "payload-245761",
            seal(&one.encode(), &larger.encode()),
            "a payload of 245761 bytes is too large",
        ),
    ]
}
