//! What protobuf leaves open inside header and payload: order, repetition, unknown fields, and
//! spellings.

use bytes::Bytes;
use giapranh_record::{Hash, Header, Payload};

use super::super::wire::{
    BYTES, END_GROUP, FIXED32, FIXED64, GROUP, Message, VARINT, long_varint, varint,
};
use super::super::world::{self, BORDER, plain};
use super::{Case, payload, seal};

pub fn cases() -> Vec<Case> {
    let mut cases = unknown();
    cases.extend(repeated());
    cases.extend(spelled());
    cases.extend(broken());
    cases.extend(forms());
    cases
}

fn header() -> Message {
    Message(world::header().encode())
}

/// A header in other bytes that mean this.
fn means(name: &str, bytes: &Message, header: &Header, why: &str) -> Case {
    let plain = payload();
    Case::valid(&format!("header-{name}"), (&bytes.0, &plain.encode()), (header, &plain), why)
}

fn malformed(name: &str, header: &Message, why: &str) -> Case {
    Case::malformed(&format!("header-{name}"), seal(&header.0, &payload().encode()), why)
}

/// A group of that field around `content`, as deep as said.
fn groups(depth: usize, content: &[u8]) -> Message {
    let opened = (0..depth).fold(Message::new(), |message, _| message.tag(100, GROUP));
    let opened = opened.raw(content);
    (0..depth).fold(opened, |message, _| message.tag(100, END_GROUP))
}

fn unknown() -> Vec<Case> {
    let base = world::header();
    let inside = Message::new().number(9, 1);
    let link = Message::new().text(1, BORDER).number(2, 1).bytes(3, &[0; 32]).number(4, 99);
    let facts = Message::new()
        .text(1, "modus-operandi")
        .number(2, 173)
        .number(5, world::EXPIRES_MS)
        .bytes(77, b"more");
    let without_links = Message(Header { links: vec![], ..base.clone() }.encode());
    let without_facts = Header { facts: giapranh_record::Facts::default(), ..base.clone() };
    vec![
        means("unknown-varint", &header().number(100, 1), &base, "an unknown field, a number"),
        means("unknown-bytes", &header().bytes(100, &[0xff; 3]), &base, "an unknown field, bytes"),
        means(
            "unknown-fixed",
            &header().tag(100, FIXED32).raw(&[0; 4]).tag(101, FIXED64).raw(&[0; 8]),
            &base,
            "unknown fields of 4 and of 8 bytes",
        ),
        means(
            "unknown-largest",
            &header().number((1 << 29) - 1, 1),
            &base,
            "an unknown field of the largest number that there is",
        ),
        means(
            "unknown-group",
            &header().raw(&groups(2, &inside.0).0),
            &base,
            "an unknown field that is a group with a group",
        ),
        means(
            "unknown-group-99",
            &header().raw(&groups(99, &inside.0).0),
            &base,
            "a field inside 99 groups",
        ),
        malformed(
            "unknown-group-100",
            &header().raw(&groups(100, &inside.0).0),
            "a field inside 100 groups",
        ),
        means(
            "unknown-in-link",
            &without_links.message(16, &link),
            &base,
            "an unknown field in a feed link",
        ),
        means(
            "unknown-in-facts",
            &Message(without_facts.encode()).message(13, &facts),
            &base,
            "an unknown field in the facts, and the facts after the links",
        ),
    ]
}

fn repeated() -> Vec<Case> {
    let base = world::header();
    let before = |field: Message| field.raw(&header().0);
    let urgent = Header {
        facts: giapranh_record::Facts { urgency: "urgent".into(), ..base.facts.clone() },
        ..base.clone()
    };
    let second = Header { epoch: 2, ..base.clone() };
    let elsewhere = Header {
        links: vec![world::link("cluster", 1, Hash::ZERO), base.links[0].clone()],
        ..base.clone()
    };
    let cluster = Message::new().text(1, "cluster").number(2, 1).bytes(3, &[0; 32]);
    let last = "the last one counts";
    vec![
        means("twice-epoch", &header().number(5, 2), &second, last),
        means("twice-event-id", &before(Message::new().bytes(1, &[1; 3])), &base, last),
        means("twice-kind", &before(Message::new().text(2, "NO KIND")), &base, last),
        means(
            "twice-facts",
            &header().message(13, &Message::new().text(3, "urgent")),
            &urgent,
            "two messages in one field are merged: the second adds an urgency",
        ),
        means(
            "links-apart",
            &before(Message::new().message(16, &cluster)),
            &elsewhere,
            "a link at the beginning and one at the end are two links, in that order",
        ),
        malformed(
            "twice-link",
            &header().message(16, &Message::new().text(1, BORDER).number(2, 1).bytes(3, &[0; 32])),
            "links are added, not replaced: one zone twice",
        ),
    ]
}

fn spelled() -> Vec<Case> {
    let base = world::header();
    let reversed = {
        let link = Message::new().bytes(3, &[0; 32]).number(2, 1).text(1, BORDER);
        let facts =
            Message::new().number(5, world::EXPIRES_MS).number(2, 173).text(1, "modus-operandi");
        let late = Message::new().message(16, &link).message(13, &facts).text(11, "cb-042");
        let middle = late.text(10, "cb-117").text(9, world::ALERT).number(8, 4);
        let early = middle.number(7, world::START_MS).number(5, 1).text(4, world::LONG_AN);
        let first = early.text(3, world::LONG_AN).text(2, "alert.issued");
        first.bytes(1, base.event_id.as_bytes())
    };
    let tag_of_epoch = long_varint(u64::from(5_u32 << 3 | u32::from(VARINT)), 2);
    vec![
        means("reversed", &reversed, &base, "the fields may stand in any order"),
        means(
            "long-number",
            &header().tag(5, VARINT).raw(&long_varint(1, 3)),
            &base,
            "a number longer than it need be",
        ),
        means(
            "long-tag",
            &header().raw(&tag_of_epoch).raw(&[1]),
            &base,
            "a tag longer than it need be",
        ),
        means(
            "long-length",
            &header().tag(2, BYTES).raw(&long_varint(12, 4)).raw(b"alert.issued"),
            &base,
            "a length longer than it need be",
        ),
        means(
            "zero-written",
            &header().number(14, 0).bytes(15, &[]),
            &base,
            "a field that is written with 0 or nothing is as if it were not there",
        ),
        means(
            "epoch-33-bits",
            &header().number(5, (1 << 32) + 1),
            &base,
            "of a number in 32 bits the lowest 32 bits count",
        ),
        means(
            "ten-byte-number",
            &header().tag(100, VARINT).raw(&[0xff; 9]).raw(&[0x01]),
            &base,
            "a number of ten bytes whose last is 1",
        ),
        malformed(
            "ten-byte-overflow",
            &header().tag(100, VARINT).raw(&[0xff; 9]).raw(&[0x02]),
            "a number of more than 64 bits",
        ),
        malformed(
            "eleven-byte-number",
            &header().tag(100, VARINT).raw(&[0x80; 10]).raw(&[0x00]),
            "a number of eleven bytes",
        ),
    ]
}

fn broken() -> Vec<Case> {
    let text = |field: u32, bytes: &[u8]| header().bytes(field, bytes);
    let cut = |missing: usize| {
        let mut whole = header();
        whole.0.truncate(whole.0.len() - missing);
        whole
    };
    let link = |prev: &[u8]| {
        let header = Message(Header { links: vec![], ..world::header() }.encode());
        header.message(16, &Message::new().text(1, BORDER).number(2, 1).bytes(3, prev))
    };
    let last = "the last one counts, and breaks a rule";
    vec![
        malformed("wire-type-known", &text(14, &[1]), "a known field with another wire type"),
        malformed(
            "wire-type-fixed",
            &header().tag(6, FIXED64).raw(&[0; 8]),
            "a known field with another wire type",
        ),
        malformed("wire-type-6", &header().tag(100, 6), "there is no wire type 6"),
        malformed("wire-type-7", &header().tag(100, 7), "there is no wire type 7"),
        malformed("field-0", &header().number(0, 1), "there is no field 0"),
        malformed(
            "field-too-large",
            &header().raw(&varint(1 << 32)).raw(&[0]),
            "there is no field of more than 29 bits",
        ),
        malformed("group-open", &header().tag(100, GROUP), "a group without its end"),
        malformed("group-closed", &header().tag(100, END_GROUP), "an end without its group"),
        malformed(
            "group-crossed",
            &header().tag(100, GROUP).tag(101, END_GROUP),
            "a group that ends as another one",
        ),
        malformed("tail-cut", &cut(1), "the last field is cut"),
        malformed(
            "length-too-large",
            &header().tag(100, BYTES).raw(&[0x02, 0x00]),
            "a length that goes beyond the header",
        ),
        malformed(
            "length-immense",
            &header().tag(100, BYTES).raw(&varint(u64::MAX)),
            "a length of 2^64 - 1",
        ),
        malformed("not-utf-8", &text(11, &[0xff, 0xfe]), "a text that is not UTF-8"),
        malformed(
            "not-utf-8-first",
            &Message::new().bytes(11, &[0xff, 0xfe]).raw(&header().0),
            "a text that is not UTF-8, though another one follows",
        ),
        malformed("event-id-15", &text(1, &[0x70; 15]), last),
        malformed("event-id-17", &text(1, &[0x70; 17]), last),
        malformed("cause-15", &text(12, &[0x70; 15]), "a cause that is not 16 bytes"),
        malformed("cause-empty", &text(12, &[]), "a cause of no bytes is not 16 bytes"),
        malformed("prev-31", &link(&[0; 31]), "a predecessor that is not 32 bytes"),
        malformed("prev-empty", &link(&[]), "a predecessor that is not 32 bytes"),
        malformed("commitment-31", &text(15, &[1; 31]), "a commitment that is not 32 bytes"),
    ]
}

/// The payload's forms, alone and one after the other.
fn forms() -> Vec<Case> {
    let base = world::header();
    let committed = Header { key_commitment: Some(Hash::of(&[b"commitment"])), ..base.clone() };
    let (nonce, ciphertext) = ([0x24; 24], [0xc1; 40]);
    let secret = Payload::Sealed { nonce, ciphertext: Bytes::copy_from_slice(&ciphertext) };
    let sealed = |nonce: &[u8]| Message::new().bytes(1, nonce).bytes(2, &ciphertext);
    let first = Message::new().bytes(1, b"first");
    let seal_then_plain = Message::new().message(2, &sealed(&nonce)).bytes(1, b"last");
    let plain_then_seal = first.clone().message(2, &sealed(&nonce));
    let in_halves = Message::new()
        .message(2, &Message::new().bytes(1, &nonce))
        .message(2, &Message::new().bytes(2, &ciphertext));
    let apart = Message::new()
        .message(2, &Message::new().bytes(1, &nonce))
        .bytes(1, b"between")
        .message(2, &Message::new().bytes(2, &ciphertext));
    let valid = |name: &str, header: &Header, bytes: &Message, means: &Payload, why: &str| {
        Case::valid(&format!("payload-{name}"), (&header.encode(), &bytes.0), (header, means), why)
    };
    let malformed = |name: &str, header: &Header, bytes: &Message, why: &str| {
        Case::malformed(&format!("payload-{name}"), seal(&header.encode(), &bytes.0), why)
    };
    let last = "of several forms the last one counts";
    let unknown = Message::new().bytes(9, b"new").bytes(1, b"last");
    let merged = "two sealed messages are merged";
    let only_with = "a commitment stands with a sealed payload, and only there";
    vec![
        valid("twice-plain", &base, &first.clone().bytes(1, b"last"), &plain(*b"last"), last),
        valid("sealed-plain", &base, &seal_then_plain, &plain(*b"last"), last),
        valid("plain-sealed", &committed, &plain_then_seal, &secret, last),
        valid("sealed-halves", &committed, &in_halves, &secret, merged),
        malformed(
            "sealed-apart",
            &committed,
            &apart,
            "what stood before another form is gone: the sealed one has no nonce",
        ),
        valid("unknown-field", &base, &unknown, &plain(*b"last"), "an unknown field"),
        malformed("no-form", &base, &Message::new().number(9, 1), "neither plain nor sealed"),
        malformed("plain-number", &base, &Message::new().number(1, 1), "another wire type"),
        malformed(
            "nonce-23",
            &committed,
            &Message::new().message(2, &sealed(&[1; 23])),
            "23 bytes",
        ),
        malformed("sealed-uncommitted", &base, &Message(secret.encode()), only_with),
        malformed("plain-committed", &committed, &first, only_with),
    ]
}
