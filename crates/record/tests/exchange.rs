//! What nodes tell each other beside events: whatever comes in is refused or read, never more.
#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation, reason = "a test")]

use bytes::Bytes;
use giapranh_record::beacon::{Beacon, FeedHead, LocalHead, SignedBeacon, Unbelieved};
use giapranh_record::limits::{BEACON_BYTES, BEACON_HEADS, EVENT_BYTES, PAGE_BYTES, PAGE_EVENTS};
use giapranh_record::page::{Page, RangeRequest};
use giapranh_record::{
    Facts, Hash, Header, KeyId, Keyring, Link, Malformed, Payload, PublicKey, Signer, SigningKey,
    Unsigned, Verified, proto,
};
use proptest::prelude::*;
use prost::Message as _;

/// One enrolled key.
struct Enrolled(PublicKey, &'static str);

impl Keyring for Enrolled {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        (self.0.id() == *id).then(|| (self.0, self.1.to_owned()))
    }
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

fn head(origin: &str, epoch: u32) -> FeedHead {
    FeedHead { origin: origin.into(), epoch, seq: 5, hash: Hash::of(&[origin.as_bytes()]) }
}

fn beacon() -> Beacon {
    Beacon {
        unit: "hcm".into(),
        epoch: 1,
        zone: "hcm-long-an".into(),
        instance: [9; 16],
        counter: 1_700_000_000_001,
        sent_ms: 1_700_000_000_000,
        directory_seq: 12,
        local: LocalHead { count: 3, hash: Hash::of(&[b"third"]) },
        heads: vec![head("long-an", 1), head("hcm", 2), head("hcm", 1)],
    }
}

/// What a stranger may send: anything, signed by a key that is enrolled.
fn signed_anyway(beacon: &[u8]) -> Bytes {
    let key = key();
    let (key_id, said) = (key.public_key().id(), Hash::of(&[beacon]));
    let message = [&b"giapranh/v1/beacon\n"[..], &key_id.0.0, &said.0].concat();
    proto::SignedBeacon {
        beacon: beacon.to_vec().into(),
        key_id: key_id.0.0.to_vec().into(),
        signature: key.sign(&message).to_vec().into(),
    }
    .encode_to_vec()
    .into()
}

fn raw() -> proto::Beacon {
    let bytes = beacon().sign(&key()).unwrap().bytes().clone();
    proto::Beacon::decode(proto::SignedBeacon::decode(bytes).unwrap().beacon).unwrap()
}

#[test]
fn a_beacon_reads_back_with_its_heads_in_order() {
    let signed = beacon().sign(&key()).unwrap();

    let read = SignedBeacon::parse(signed.bytes().clone()).unwrap();

    assert_eq!(read, signed);
    let said = read.beacon();
    assert_eq!(said.heads, [head("hcm", 1), head("hcm", 2), head("long-an", 1)]);
    assert_eq!(Beacon { heads: beacon().heads, ..said.clone() }, beacon());
    assert_eq!(said.head("hcm", 2), Some(&head("hcm", 2)));
    assert_eq!(said.head("hcm", 3), None);
    assert_eq!(read.verify(&Enrolled(key().public_key(), "hcm")), Ok(()));
}

#[test]
fn a_beacon_is_believed_of_the_unit_of_its_key_only() {
    let signed = beacon().sign(&key()).unwrap();
    let other = SigningKey::from_seed(&[8; 32]);

    let unknown = signed.verify(&Enrolled(other.public_key(), "hcm"));
    let of_another = signed.verify(&Enrolled(key().public_key(), "long-an"));

    assert_eq!(unknown, Err(Unbelieved::UnknownKey(key().public_key().id())));
    assert!(
        matches!(of_another, Err(Unbelieved::KeyOfAnother { owner, .. }) if owner == "long-an")
    );
}

#[test]
fn no_changed_byte_of_a_beacon_is_believed() {
    let bytes = beacon().sign(&key()).unwrap().bytes().clone();
    let keyring = Enrolled(key().public_key(), "hcm");
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.to_vec();
            changed[at] ^= 1 << bit;
            let believed = SignedBeacon::parse(changed.into())
                .is_ok_and(|beacon| beacon.verify(&keyring).is_ok());
            assert!(!believed, "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn the_signature_of_an_event_is_none_of_a_beacon() {
    let (key, said) = (key(), beacon().sign(&key()).unwrap());
    let raw = proto::SignedBeacon::decode(said.bytes().clone()).unwrap();
    let key_id = key.public_key().id();
    let as_event = [&b"giapranh/v1/event\n"[..], &key_id.0.0, &Hash::of(&[&raw.beacon]).0].concat();
    let forged = proto::SignedBeacon { signature: key.sign(&as_event).to_vec().into(), ..raw };

    let read = SignedBeacon::parse(forged.encode_to_vec().into()).unwrap();

    let refused = read.verify(&Enrolled(key.public_key(), "hcm"));
    assert!(matches!(refused, Err(Unbelieved::Signature(_))));
}

#[test]
fn an_envelope_in_another_encoding_is_no_beacon() {
    let bytes = beacon().sign(&key()).unwrap().bytes().clone();
    let parts = proto::SignedBeacon::decode(bytes.clone()).unwrap();
    let twice = [&bytes[..], &bytes[..]].concat();
    let unknown_field = [&bytes[..], &[0x7a, 0x00]].concat();
    let swapped = proto::SignedBeacon { beacon: Bytes::new(), ..parts.clone() };
    let swapped = [swapped.encode_to_vec(), [&[0x0a, 0x01][..], b"x"].concat()].concat();
    let long_length = {
        // The length of the key id in two bytes.
        let at = bytes.len() - 64 - 2 - 32 - 1;
        [&bytes[..at], &[0xa0, 0x00], &bytes[at + 1..]].concat()
    };
    for wrong in [twice, unknown_field, swapped, long_length] {
        let refused = SignedBeacon::parse(wrong.into());
        assert_eq!(refused, Err(Malformed::Envelope));
    }
    for length in 0..bytes.len() {
        assert!(SignedBeacon::parse(bytes.slice(..length)).is_err(), "{length} bytes");
    }
}

#[test]
fn a_beacon_that_breaks_a_rule_is_refused_by_field() {
    let feed = |origin: &str, epoch| proto::FeedHead {
        origin: origin.into(),
        epoch,
        seq: 1,
        hash: vec![1; 32].into(),
    };
    let local = |count, byte| proto::LocalHead { count, hash: vec![byte; 32].into() };
    let many = |count: usize| (0..count).map(|n| feed(&format!("u{n:06}"), 1)).collect();
    let wrong: [(&str, proto::Beacon); 14] = [
        ("beacon", proto::Beacon { unit: "Hcm".into(), ..raw() }),
        ("beacon", proto::Beacon { zone: "a.b".into(), ..raw() }),
        ("zone", proto::Beacon { zone: "local".into(), ..raw() }),
        ("epoch", proto::Beacon { epoch: 0, ..raw() }),
        ("instance", proto::Beacon { instance: vec![1; 15].into(), ..raw() }),
        ("counter", proto::Beacon { counter: u64::MAX, ..raw() }),
        ("local", proto::Beacon { local: Some(local(0, 1)), ..raw() }),
        ("local", proto::Beacon { local: Some(local(1, 0)), ..raw() }),
        ("local.hash", proto::Beacon { local: None, ..raw() }),
        ("heads", proto::Beacon { heads: vec![feed("b", 1), feed("a", 1)], ..raw() }),
        ("heads", proto::Beacon { heads: vec![feed("a", 2), feed("a", 1)], ..raw() }),
        ("heads", proto::Beacon { heads: vec![feed("a", 1), feed("a", 1)], ..raw() }),
        ("heads", proto::Beacon { heads: many(BEACON_HEADS + 1), ..raw() }),
        ("epoch", proto::Beacon { heads: vec![feed("a", 0)], ..raw() }),
    ];
    for (expected, wrong) in wrong {
        match SignedBeacon::parse(signed_anyway(&wrong.encode_to_vec())) {
            Err(Malformed::Field(field, _)) => assert_eq!(field, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    let full = proto::Beacon { heads: many(BEACON_HEADS), ..raw() };
    assert!(SignedBeacon::parse(signed_anyway(&full.encode_to_vec())).is_ok());
}

#[test]
fn what_every_reader_would_refuse_is_not_signed() {
    let twice = Beacon { heads: vec![head("hcm", 1), head("hcm", 1)], ..beacon() };
    let too_many = (0..=BEACON_HEADS).map(|n| head(&format!("u{n}"), 1)).collect();
    for wrong in [twice, Beacon { heads: too_many, ..beacon() }] {
        assert!(matches!(wrong.sign(&key()), Err(Malformed::Field("heads", _))));
    }
}

#[test]
fn a_beacon_that_is_too_large_is_not_read() {
    let large = SignedBeacon::parse(vec![0x0a; BEACON_BYTES + 1].into());
    assert!(matches!(large, Err(Malformed::TooLong { what: "beacon", .. })));
}

/// A run of events of one feed, from 1 on.
fn run(length: u64) -> Vec<Verified> {
    let key = key();
    let mut prev = Hash::ZERO;
    let event = |seq: u64| {
        let header = Header {
            event_id: uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000 << 48 | u128::from(seq)),
            kind: "alert.issued".into(),
            origin: "hcm".into(),
            acting_unit: "hcm".into(),
            epoch: 1,
            index: seq - 1,
            recorded_ms: 0,
            directory_seq: 0,
            alert: None,
            drafted_by: None,
            approved_by: None,
            causes: vec![],
            facts: Facts::default(),
            erase_by_ms: None,
            key_commitment: None,
            links: vec![Link { zone: "cluster".into(), seq, prev }],
        };
        let event = Unsigned::new(header, Payload::Plain(Bytes::new())).unwrap();
        prev = event.leaf();
        event.sign(&key)
    };
    (1..=length).map(event).collect()
}

fn request(from_seq: u64, until_seq: u64) -> RangeRequest {
    RangeRequest { zone: "cluster".into(), origin: "hcm".into(), epoch: 1, from_seq, until_seq }
}

fn page(events: &[&Verified]) -> Page {
    Page { events: events.iter().map(|event| event.bytes().clone()).collect(), head_seq: 9 }
}

#[test]
fn a_page_reads_back_and_answers_its_request() {
    let run = run(4);
    let page = page(&[&run[1], &run[2], &run[3]]);

    let read = Page::parse(&page.encode()).unwrap();

    assert_eq!(read, page);
    assert_eq!(read.check(&request(2, 0)), Ok(()));
    assert_eq!(read.check(&request(2, 4)), Ok(()));
    assert_eq!(Page { events: vec![], head_seq: 0 }.check(&request(2, 0)), Ok(()));
}

#[test]
fn a_page_that_answers_something_else_is_refused() {
    let run = run(4);
    let zone = RangeRequest { zone: "hcm-long-an".into(), ..request(1, 0) };
    let origin = RangeRequest { origin: "long-an".into(), ..request(1, 0) };
    let epoch = RangeRequest { epoch: 2, ..request(1, 0) };
    let wrong = [
        (page(&[&run[0]]), request(2, 0)),
        (page(&[&run[0], &run[2]]), request(1, 0)),
        (page(&[&run[1], &run[0]]), request(1, 0)),
        (page(&[&run[0], &run[0]]), request(1, 0)),
        (page(&[&run[0], &run[1]]), request(1, 1)),
        (page(&[&run[0]]), zone),
        (page(&[&run[0]]), origin),
        (page(&[&run[0]]), epoch),
        (Page { events: vec![Bytes::from_static(b"none")], head_seq: 9 }, request(1, 0)),
    ];
    for (page, request) in wrong {
        assert!(page.check(&request).is_err(), "{request:?}");
    }
}

#[test]
fn a_page_bomb_is_refused_before_it_costs_memory() {
    let empty = |count: usize| [0x0a, 0x00].repeat(count);
    assert!(Page::parse(&empty(PAGE_EVENTS).into()).is_ok());
    let refused = Page::parse(&empty(PAGE_EVENTS + 1).into());
    assert!(matches!(refused, Err(Malformed::Field("events", _))));
    let refused = Page::parse(&vec![0x0a; PAGE_BYTES + 1].into());
    assert!(matches!(refused, Err(Malformed::TooLong { what: "page", .. })));
    let huge = Page { events: vec![vec![0; EVENT_BYTES + 1].into()], head_seq: 0 };
    let refused = Page::parse(&huge.encode());
    assert!(matches!(refused, Err(Malformed::TooLong { what: "event", .. })));
}

#[test]
fn a_page_holds_the_largest_event_and_what_its_room_says() {
    let largest = vec![0; EVENT_BYTES];
    assert!(Page::cost(largest.len()) <= Page::ROOM);
    for bytes in [0, 1, 127, 128, 16_383, 16_384, EVENT_BYTES] {
        let count = (Page::ROOM / Page::cost(bytes)).min(PAGE_EVENTS);
        let events = vec![Bytes::from(vec![0; bytes]); count];
        let page = Page { events, head_seq: u64::MAX >> 1 };
        assert!(page.encode().len() <= PAGE_BYTES, "{bytes}");
        assert_eq!(Page::parse(&page.encode()), Ok(page), "{bytes}");
    }
}

#[test]
fn a_request_that_breaks_a_rule_is_refused() {
    let good = request(2, 9);
    assert_eq!(RangeRequest::parse(&good.encode()), Ok(good.clone()));
    for wrong in [
        request(0, 0),
        request(2, 1),
        request(u64::MAX, 0),
        RangeRequest { zone: "local".into(), ..good.clone() },
        RangeRequest { zone: "*".into(), ..good.clone() },
        RangeRequest { origin: String::new(), ..good.clone() },
        RangeRequest { origin: "a".repeat(65), ..good.clone() },
        RangeRequest { epoch: 0, ..good.clone() },
    ] {
        assert!(RangeRequest::parse(&wrong.encode()).is_err(), "{wrong:?}");
    }
    let long = [good.encode(), vec![0; 600].into()].concat();
    assert!(matches!(RangeRequest::parse(&long), Err(Malformed::TooLong { .. })));
}

/// A beacon by way of the general decoder.
fn reference(bytes: &[u8]) -> Option<Beacon> {
    let raw = proto::Beacon::decode(bytes).ok()?;
    let local = raw.local?;
    let head = |raw: proto::FeedHead| {
        let hash = Hash::from_slice(&raw.hash)?;
        Some(FeedHead { origin: raw.origin, epoch: raw.epoch, seq: raw.seq, hash })
    };
    Some(Beacon {
        unit: raw.unit,
        epoch: raw.epoch,
        zone: raw.zone,
        instance: raw.instance.as_ref().try_into().ok()?,
        counter: raw.counter,
        sent_ms: raw.sent_ms,
        directory_seq: raw.directory_seq,
        local: LocalHead { count: local.count, hash: Hash::from_slice(&local.hash)? },
        heads: raw.heads.into_iter().map(head).collect::<Option<_>>()?,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_stop_a_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let bytes = Bytes::from(bytes);
        let _ = SignedBeacon::parse(bytes.clone());
        let _ = SignedBeacon::parse(signed_anyway(&bytes));
        let _ = RangeRequest::parse(&bytes);
        if let Ok(page) = Page::parse(&bytes) {
            let _ = page.check(&request(1, 0));
        }
    }

    #[test]
    fn a_changed_beacon_means_what_it_means_elsewhere(
        at in any::<prop::sample::Index>(),
        to: u8,
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = raw().encode_to_vec();
        let changed = at.index(bytes.len());
        bytes[changed] = to;
        for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            if let Ok(read) = SignedBeacon::parse(signed_anyway(bytes)) {
                prop_assert_eq!(Some(read.beacon().clone()), reference(bytes));
            }
        }
    }

    #[test]
    fn any_beacon_reads_back(
        counter in 0..=u64::MAX >> 1,
        count in 0_u64..3,
        feeds in prop::collection::btree_map(("[a-z][a-z0-9_-]{0,63}", 1_u32..), 1..=u64::MAX >> 1, 0..20),
    ) {
        let hash = |n: u64| if n == 0 { Hash::ZERO } else { Hash::of(&[&n.to_be_bytes()]) };
        let heads = feeds
            .into_iter()
            .map(|((origin, epoch), seq)| FeedHead { origin, epoch, seq, hash: hash(seq) });
        let local = LocalHead { count, hash: hash(count) };
        let said = Beacon { counter, local, heads: heads.rev().collect(), ..beacon() };
        let signed = said.sign(&key()).unwrap();
        let read = SignedBeacon::parse(signed.bytes().clone()).unwrap();
        prop_assert_eq!(read.beacon(), signed.beacon());
    }
}
