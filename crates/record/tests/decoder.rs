//! The reader of this crate takes what a general protobuf decoder takes, and takes it to mean the
//! same.
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test")]

use bytes::Bytes;
use giapranh_record::view::{EventView, PayloadView};
use giapranh_record::{Facts, Hash, Header, Link, proto};
use proptest::prelude::*;
use prost::Message as _;
use uuid::Uuid;

/// A header by way of the general decoder.
fn reference(bytes: &[u8]) -> Option<Header> {
    let raw = proto::Header::decode(bytes).ok()?;
    let non_empty = |text: String| (!text.is_empty()).then_some(text);
    let uuid = |bytes: &Bytes| Uuid::from_slice(bytes).ok();
    let link = |raw: proto::FeedLink| {
        Some(Link { zone: raw.zone, seq: raw.seq, prev: Hash::from_slice(&raw.prev)? })
    };
    let proto::Facts { category, offence, urgency, due_ms, expires_ms, outcome } =
        raw.facts.unwrap_or_default();
    let header = Header {
        event_id: uuid(&raw.event_id)?,
        kind: raw.kind,
        origin: raw.origin,
        acting_unit: raw.acting_unit,
        epoch: raw.epoch,
        index: raw.index,
        recorded_ms: raw.recorded_ms,
        directory_seq: raw.directory_seq,
        alert: non_empty(raw.alert),
        drafted_by: non_empty(raw.drafted_by),
        approved_by: non_empty(raw.approved_by),
        causes: raw.causes.iter().map(uuid).collect::<Option<_>>()?,
        facts: Facts { category, offence, urgency, due_ms, expires_ms, outcome },
        erase_by_ms: (raw.erase_by_ms != 0).then_some(raw.erase_by_ms),
        key_commitment: match &raw.key_commitment {
            none if none.is_empty() => None,
            some => Some(Hash::from_slice(some)?),
        },
        links: raw.links.into_iter().map(link).collect::<Option<_>>()?,
    };
    header.check().ok().map(|()| header)
}

/// A payload by way of the general decoder: plain, or nonce and ciphertext.
fn payload_reference(bytes: &[u8]) -> Option<(Option<Bytes>, Bytes)> {
    use proto::payload::Form;
    match proto::Payload::decode(bytes).ok()?.form? {
        Form::Plain(plain) => Some((None, plain)),
        Form::Sealed(sealed) => {
            (sealed.nonce.len() == 24).then_some((Some(sealed.nonce), sealed.ciphertext))
        }
    }
}

fn assert_payload_agrees(bytes: &[u8]) {
    let ours = PayloadView::parse(bytes).ok().map(|view| match view {
        PayloadView::Plain(plain) => (None, Bytes::copy_from_slice(plain)),
        PayloadView::Sealed { nonce, ciphertext } => {
            (Some(Bytes::copy_from_slice(nonce)), Bytes::copy_from_slice(ciphertext))
        }
    });
    assert_eq!(ours, payload_reference(bytes), "{bytes:02x?}");
}

fn good() -> Vec<u8> {
    Header {
        event_id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001),
        kind: "alert.issued".into(),
        origin: "hcm".into(),
        acting_unit: "hcm_quan-1".into(),
        epoch: 1,
        index: 300,
        recorded_ms: 1_700_000_000_000,
        directory_seq: 9,
        alert: Some("hcm/2024/000001".into()),
        drafted_by: Some("cb-1".into()),
        approved_by: None,
        causes: vec![Uuid::from_u128(7), Uuid::from_u128(8)],
        facts: Facts { category: "wanted-person".into(), offence: 173, ..Facts::default() },
        erase_by_ms: Some(1_800_000_000_000),
        key_commitment: None,
        links: vec![
            Link { zone: "cluster".into(), seq: 1, prev: Hash::ZERO },
            Link { zone: "hcm-long-an".into(), seq: 7, prev: Hash::of(&[b"six"]) },
        ],
    }
    .encode()
}

fn varint(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// One field, mostly a well-formed one, of any number and wire type.
fn field() -> impl Strategy<Value = Vec<u8>> {
    let text = prop_oneof![
        Just(b"hcm".to_vec()),
        Just("đ".as_bytes().to_vec()),
        Just(vec![0xff]),
        Just(vec![0; 16]),
        Just(vec![7; 32]),
        Just(b"\x0a\x01a\x10\x05".to_vec()),
        Just(b"\x0a\x03hcm\x10\x01\x1a\x200123456789abcdef0123456789abcdef".to_vec()),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    let number = prop_oneof![9 => 1..=17_u64, 1 => any::<u32>().prop_map(u64::from)];
    (number, 0..=7_u64, any::<u64>(), text).prop_map(|(number, wire, value, text)| {
        let mut bytes = Vec::new();
        varint(number << 3 | wire, &mut bytes);
        match wire {
            0 => varint(value, &mut bytes),
            1 => bytes.extend(value.to_le_bytes()),
            2 => {
                varint(text.len() as u64, &mut bytes);
                bytes.extend(text);
            }
            3 => {
                bytes.extend(text);
                varint(number << 3 | 4, &mut bytes);
            }
            5 => bytes.extend(&value.to_le_bytes()[..4]),
            _ => {}
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn a_header_with_more_fields_means_the_same(
        before in prop::collection::vec(field(), 0..3),
        after in prop::collection::vec(field(), 0..3),
    ) {
        let bytes = [before.concat(), good(), after.concat()].concat();
        prop_assert_eq!(Header::decode(&bytes).ok(), reference(&bytes), "{:02x?}", bytes);
    }

    #[test]
    fn a_header_with_a_changed_byte_means_the_same(at in any::<prop::sample::Index>(), to: u8) {
        let mut bytes = good();
        let at = at.index(bytes.len());
        bytes[at] = to;
        prop_assert_eq!(Header::decode(&bytes).ok(), reference(&bytes), "{:02x?}", bytes);
    }

    #[test]
    fn a_payload_of_any_fields_means_the_same(fields in prop::collection::vec(field(), 0..5)) {
        assert_payload_agrees(&fields.concat());
    }

    #[test]
    fn any_bytes_mean_the_same(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        prop_assert_eq!(Header::decode(&bytes).ok(), reference(&bytes));
        assert_payload_agrees(&bytes);
    }
}

#[test]
fn a_header_cut_anywhere_means_the_same() {
    let bytes = good();
    assert!(reference(&bytes).is_some());
    for length in 0..=bytes.len() {
        assert_eq!(Header::decode(&bytes[..length]).ok(), reference(&bytes[..length]), "{length}");
    }
}

#[test]
fn unknown_groups_nest_as_deep_as_elsewhere() {
    for depth in 97..=102 {
        let (open, close) = ([0xa3, 0x06].repeat(depth), [0xa4, 0x06].repeat(depth));
        let group = [&open[..], &close].concat();
        let filled = [&open[..], &[0xa0, 0x06, 0x01], &close].concat();
        for unknown in [group, filled] {
            let bytes = [good(), unknown.clone()].concat();
            assert_eq!(Header::decode(&bytes).ok(), reference(&bytes), "depth {depth}");
            let mut inside = good();
            inside.extend([0x6a]);
            varint(unknown.len() as u64, &mut inside);
            inside.extend(&unknown);
            assert_eq!(Header::decode(&inside).ok(), reference(&inside), "facts, depth {depth}");
        }
    }
}

#[test]
fn merged_messages_mean_the_same() {
    let sealed = |nonce: Option<u8>, text: Option<&str>| {
        let mut inner = Vec::new();
        if let Some(nonce) = nonce {
            inner.extend([0x0a, 24]);
            inner.extend([nonce; 24]);
        }
        if let Some(text) = text {
            inner.extend([0x12, u8::try_from(text.len()).unwrap()]);
            inner.extend(text.as_bytes());
        }
        [vec![0x12, u8::try_from(inner.len()).unwrap()], inner].concat()
    };
    let plain = vec![0x0a, 1, b'p'];
    for parts in [
        vec![sealed(Some(1), None), sealed(None, Some("x"))],
        vec![sealed(Some(1), Some("y")), sealed(Some(2), None)],
        vec![sealed(Some(1), Some("y")), plain.clone(), sealed(None, Some("x"))],
        vec![plain.clone(), sealed(Some(3), Some("z"))],
        vec![sealed(Some(3), Some("z")), plain],
    ] {
        assert_payload_agrees(&parts.concat());
    }
}

/// The envelope has one encoding: what is read is what encoding gives, and nothing else is read.
#[test]
fn an_envelope_has_one_encoding() {
    let payload = proto::Payload { form: Some(proto::payload::Form::Plain(b"p".to_vec().into())) };
    let parts = [good(), payload.encode_to_vec(), vec![1; 32], vec![2; 64]];
    let field = |number: u8, value: &[u8]| {
        let mut bytes = vec![number << 3 | 2];
        varint(value.len() as u64, &mut bytes);
        [bytes, value.to_vec()].concat()
    };
    let [a, b, c, d] = [1, 2, 3, 4].map(|n| field(n, &parts[usize::from(n) - 1]));
    let right = [a.clone(), b.clone(), c.clone(), d.clone()].concat();
    assert!(EventView::parse(&right).is_ok());
    let long_length = [vec![0x1a, 0xa0, 0x00], vec![1; 32]].concat();
    let long_tag = [vec![0x9a, 0x00, 0x20], vec![1; 32]].concat();
    for wrong in [
        vec![&a, &b, &d, &c],
        vec![&a, &c, &b, &d],
        vec![&b, &a, &c, &d],
        vec![&a, &b, &c, &d, &d],
        vec![&a, &a, &b, &c, &d],
        vec![&a, &b, &c],
        vec![&a, &b, &long_length, &d],
        vec![&a, &b, &long_tag, &d],
        vec![&a, &b, &c, &d, &vec![0x2a, 0x00]],
    ] {
        let bytes: Vec<u8> = wrong.into_iter().flatten().copied().collect();
        assert!(EventView::parse(&bytes).is_err(), "{bytes:02x?}");
    }
}
