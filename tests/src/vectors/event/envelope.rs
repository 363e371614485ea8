//! The envelope has one encoding: everything else is none.

use giapranh_record::{Hash, Signer as _};

use super::super::wire::{BYTES, Message, long_varint, varint};
use super::super::world;
use super::{Case, payload, seal};

/// The four parts of a good event.
struct Parts {
    header: Vec<u8>,
    payload: Vec<u8>,
    key_id: Vec<u8>,
    signature: Vec<u8>,
}

pub fn cases() -> Vec<Case> {
    let parts = parts();
    let mut cases = others(&parts);
    cases.extend(orders(&parts));
    cases.extend(twice(&parts));
    cases.extend(cuts(&parts));
    cases
}

fn parts() -> Parts {
    let (header, payload) = (world::header().encode(), payload().encode());
    let key = world::key(world::LONG_AN);
    let key_id = key.public_key().id().0;
    let signature = key.sign(&world::message(key_id, Hash::leaf(&header, &payload))).to_vec();
    Parts { header, payload, key_id: key_id.0.to_vec(), signature }
}

impl Parts {
    fn good(&self) -> Vec<u8> {
        world::envelope(&self.header, &self.payload, &self.key_id, &self.signature)
    }

    /// The fields in an order, each as often as it is named.
    fn fields(&self, order: &[u32]) -> Vec<u8> {
        order.iter().fold(Message::new(), |message, &field| message.bytes(field, self.of(field))).0
    }

    fn of(&self, field: u32) -> &[u8] {
        match field {
            1 => &self.header,
            2 => &self.payload,
            3 => &self.key_id,
            _ => &self.signature,
        }
    }

    /// The good envelope with one field written in another way.
    fn with(&self, other: u32, written: &[u8]) -> Vec<u8> {
        let write = |message: Message, field: u32| {
            if field == other { message.raw(written) } else { message.bytes(field, self.of(field)) }
        };
        (1..=4).fold(Message::new(), write).0
    }
}

fn others(parts: &Parts) -> Vec<Case> {
    let good = parts.good();
    let length = |field: u32| parts.of(field).len() as u64;
    let long_length = |field: u32| {
        let tag = Message::new().tag(field, BYTES);
        tag.raw(&long_varint(length(field), 1)).raw(parts.of(field)).0
    };
    let long_tag = Message::new().raw(&[0x92, 0x00]).raw(&varint(length(2))).raw(&parts.payload).0;
    let short = |field: u32, size: usize| Message::new().bytes(field, &parts.of(field)[..size]).0;
    let case = |name: &str, bytes: Vec<u8>, why: &str| {
        Case::malformed(&format!("envelope-{name}"), bytes, why)
    };
    vec![
        case("unknown-field", [&good[..], &[0x7a, 0x00]].concat(), "field 15, empty, at the end"),
        case("unknown-first", [&[0x78, 0x01], &good[..]].concat(), "field 15 before the header"),
        case("trailing-byte", [&good[..], &[0x00]].concat(), "a byte after the last field"),
        case("long-length-header", parts.with(1, &long_length(1)), "a length is not the shortest"),
        case("long-length-key-id", parts.with(3, &long_length(3)), "a length is not the shortest"),
        case("long-tag", parts.with(2, &long_tag), "a tag is not in the shortest encoding"),
        case("key-id-31", parts.with(3, &short(3, 31)), "the key id has 31 bytes"),
        case("signature-63", parts.with(4, &short(4, 63)), "the signature has 63 bytes"),
        case("key-id-number", parts.with(3, &[0x18, 0x07]), "the key id is a varint"),
        case("empty", Vec::new(), "no bytes at all"),
        case("text", b"giapranh".to_vec(), "text, not an event"),
        case(
            "empty-payload",
            seal(&parts.header, &[]),
            "a payload of no bytes is neither plain nor sealed",
        ),
        case("empty-header", seal(&[], &parts.payload), "a header of no bytes lacks its fields"),
    ]
}

fn orders(parts: &Parts) -> Vec<Case> {
    let orders: [(&str, &[u32]); 8] = [
        ("order-2134", &[2, 1, 3, 4]),
        ("order-1243", &[1, 2, 4, 3]),
        ("order-1324", &[1, 3, 2, 4]),
        ("order-1432", &[1, 4, 3, 2]),
        ("without-header", &[2, 3, 4]),
        ("without-payload", &[1, 3, 4]),
        ("without-key-id", &[1, 2, 4]),
        ("without-signature", &[1, 2, 3]),
    ];
    let case = |(name, order): (&str, &[u32])| {
        let why = "exactly the four fields, in the order of their numbers";
        Case::malformed(&format!("envelope-{name}"), parts.fields(order), why)
    };
    orders.into_iter().map(case).collect()
}

fn twice(parts: &Parts) -> Vec<Case> {
    let twice: [(&str, &[u32]); 5] = [
        ("header", &[1, 1, 2, 3, 4]),
        ("payload", &[1, 2, 2, 3, 4]),
        ("key-id", &[1, 2, 3, 3, 4]),
        ("signature", &[1, 2, 3, 4, 4]),
        ("all", &[1, 2, 3, 4, 1, 2, 3, 4]),
    ];
    let case = |(name, order): (&str, &[u32])| {
        let why = "a field of the envelope stands twice";
        Case::malformed(&format!("envelope-twice-{name}"), parts.fields(order), why)
    };
    twice.into_iter().map(case).collect()
}

fn cuts(parts: &Parts) -> Vec<Case> {
    let good = parts.good();
    let case = |missing: usize| {
        let name = format!("envelope-cut-{missing}");
        let why = format!("the last {missing} bytes are missing");
        Case::malformed(&name, good[..good.len() - missing].to_vec(), &why)
    };
    [1, 64, 66, 100, 120, good.len() - 1].into_iter().map(case).collect()
}
