//! One event: from bytes to proof, and from a draft to bytes.
//!
//! ```text
//! wire bytes ── Unverified::parse ──▶ Unverified ── verify(key) ──▶ Verified ──▶ the log
//! Draft ── Unsigned::new ──▶ Unsigned (has its leaf hash) ── sign ──▶ Verified ──▶ the log
//! ```

use std::ops::Deref;

use bytes::Bytes;
use prost::Message;

use crate::key::event_message;
use crate::limits::{HEADER_BYTES, PAYLOAD_BYTES, SEALING_BYTES};
use crate::seal::{self, Seal};
use crate::view::{EventView, envelope, too_long};
use crate::{BadSignature, Facts, Hash, Header, KeyId, Link, Payload, PublicKey, Signer, proto};

/// Why bytes are no event, whoever signed them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum Malformed {
    #[error("the {what} has {bytes} bytes, {limit} are allowed")]
    TooLong { what: &'static str, bytes: usize, limit: usize },
    #[error("the {0} is not a protobuf message of this record")]
    NotProtobuf(&'static str),
    #[error("the envelope holds more than its fields, or holds them in another order")]
    Envelope,
    #[error("{0} {1}")]
    Field(&'static str, &'static str),
}

/// A well-formed event with its verbatim bytes. Says nothing about who made it: see [`Unverified`]
/// and [`Verified`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    bytes: Bytes,
    header: Header,
    payload: Payload,
    key_id: KeyId,
    signature: [u8; 64],
    leaf: Hash,
}

/// An event as it came from a peer or a file: well-formed, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unverified(Event);

/// An event whose author is proven: by its own signature, or by an event of the same key that is
/// proven and names it as predecessor. Only this enters a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified(Event);

impl Event {
    /// Reads an event from its verbatim bytes. For bytes out of a log; what comes from elsewhere
    /// goes through [`Unverified::parse`].
    pub fn parse(bytes: Bytes) -> Result<Self, Malformed> {
        let view = EventView::parse(&bytes)?;
        Ok(Self {
            header: view.header.to_header(),
            payload: view.payload.to_payload(&bytes),
            key_id: view.key_id,
            signature: *view.signature,
            leaf: view.leaf,
            bytes,
        })
    }

    /// The event as it was signed and sent.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// What servers may see.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The header as it was signed.
    pub fn header_bytes(&self) -> &[u8] {
        // It was an envelope when the event was made of it.
        envelope::<4>("event", &self.bytes).map_or(&[], |[header, ..]| header)
    }

    /// What it says.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// The key that is said to have signed it.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// The hash that chains and trees are made of.
    pub fn leaf(&self) -> Hash {
        self.leaf
    }

    /// Checks the signature strictly.
    pub fn check_signature(&self, key: &PublicKey) -> Result<(), BadSignature> {
        if key.id() != self.key_id {
            return Err(BadSignature);
        }
        key.verify_event(self.leaf, &self.signature)
    }
}

impl Event {
    /// Whether one of its links names `other` as its predecessor, under the same key.
    pub fn names(&self, other: &Self) -> bool {
        let of_one_author = self.key_id == other.key_id
            && self.header.origin == other.header.origin
            && self.header.epoch == other.header.epoch;
        let follows = |link: &Link| {
            let before = other.header.link(&link.zone);
            link.prev == other.leaf && before.is_some_and(|before| before.seq + 1 == link.seq)
        };
        of_one_author && self.header.links.iter().any(follows)
    }
}

impl Unverified {
    /// Reads an event that a peer sent or a file held.
    pub fn parse(bytes: Bytes) -> Result<Self, Malformed> {
        Event::parse(bytes).map(Self)
    }

    /// Proves the event's author by its signature.
    pub fn verify(self, key: &PublicKey) -> Result<Verified, BadSignature> {
        self.0.check_signature(key).map(|()| Verified(self.0))
    }

    /// Proves the event's author by a later event of the same key that names it as predecessor: a
    /// signature vouches for the whole run before it. The event's own signature stays unchecked.
    pub fn vouched(self, by: &Verified) -> Option<Verified> {
        by.names(&self.0).then_some(Verified(self.0))
    }
}

impl Deref for Unverified {
    type Target = Event;

    fn deref(&self) -> &Event {
        &self.0
    }
}

impl Deref for Verified {
    type Target = Event;

    fn deref(&self) -> &Event {
        &self.0
    }
}

/// What an author decided, before it has its place in the log. The meaning of the fields stands in
/// `proto/giapranh/v1/record.proto`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Draft {
    pub event_id: uuid::Uuid,
    pub kind: String,
    pub acting_unit: String,
    pub directory_seq: u64,
    pub alert: Option<String>,
    pub drafted_by: Option<String>,
    pub approved_by: Option<String>,
    pub causes: Vec<uuid::Uuid>,
    pub facts: Facts,
    pub erase_by_ms: Option<u64>,
    /// Where it goes; any order.
    pub zones: Vec<String>,
    pub payload: Payload,
}

/// An event with its place and its hash, which lacks only the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsigned {
    header: Header,
    payload: Payload,
    header_bytes: Vec<u8>,
    payload_bytes: Vec<u8>,
    leaf: Hash,
}

impl Unsigned {
    /// Fixes the bytes of an event. Refused when a field breaks the record's rules.
    pub fn new(header: Header, payload: Payload) -> Result<Self, Malformed> {
        header.check()?;
        let header_bytes = header.encode();
        Self::fixed(header, header_bytes, payload)
    }

    /// The same with a payload that is sealed under the header, which then names the key.
    pub fn sealed(mut header: Header, text: &[u8], with: &Seal) -> Result<Self, Malformed> {
        header.key_commitment = Some(with.key.commitment());
        header.check()?;
        too_long("payload", text, PAYLOAD_BYTES - SEALING_BYTES)?;
        let header_bytes = header.encode();
        let payload = seal::seal(with, &header_bytes, text)?;
        Self::fixed(header, header_bytes, payload)
    }

    fn fixed(header: Header, header_bytes: Vec<u8>, payload: Payload) -> Result<Self, Malformed> {
        let payload_bytes = payload.encode();
        for (what, bytes, limit) in [
            ("header", header_bytes.len(), HEADER_BYTES),
            ("payload", payload_bytes.len(), PAYLOAD_BYTES),
        ] {
            if bytes > limit {
                return Err(Malformed::TooLong { what, bytes, limit });
            }
        }
        let leaf = Hash::leaf(&header_bytes, &payload_bytes);
        Ok(Self { header, payload, header_bytes, payload_bytes, leaf })
    }

    /// The hash that the next event links to.
    pub fn leaf(&self) -> Hash {
        self.leaf
    }

    /// What servers may see.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Signs it. What a node signs itself needs no proof of its author.
    pub fn sign(self, signer: &dyn Signer) -> Verified {
        let key_id = signer.public_key().id();
        let signature = signer.sign(&event_message(key_id, self.leaf));
        let bytes = proto::SignedEvent {
            header: self.header_bytes.into(),
            payload: self.payload_bytes.into(),
            key_id: key_id.0.0.to_vec().into(),
            signature: signature.to_vec().into(),
        }
        .encode_to_vec()
        .into();
        let Self { header, payload, leaf, .. } = self;
        Verified(Event { bytes, header, payload, key_id, signature, leaf })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Link, SigningKey};

    fn unsigned() -> Unsigned {
        let header = Header {
            event_id: uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001),
            kind: "alert.issued".into(),
            origin: "hcm".into(),
            acting_unit: "hcm".into(),
            epoch: 1,
            index: 0,
            recorded_ms: 1_700_000_000_000,
            directory_seq: 9,
            alert: Some("hcm/2024/000001".into()),
            drafted_by: Some("cb-1".into()),
            approved_by: Some("cb-2".into()),
            causes: vec![],
            facts: Facts { category: "wanted-person".into(), offence: 173, ..Facts::default() },
            erase_by_ms: None,
            key_commitment: None,
            links: vec![Link { zone: "hcm-long-an".into(), seq: 1, prev: Hash::ZERO }],
        };
        Unsigned::new(header, Payload::Plain(Bytes::from_static(b"payload"))).unwrap()
    }

    fn signed() -> (SigningKey, Bytes) {
        let key = SigningKey::from_seed(&[7; 32]);
        let bytes = unsigned().sign(&key).bytes().clone();
        (key, bytes)
    }

    #[test]
    fn what_was_signed_is_what_is_read() {
        let (key, bytes) = signed();
        let read = Unverified::parse(bytes.clone()).unwrap();
        assert_eq!(read.header(), unsigned().header());
        assert_eq!(read.leaf(), unsigned().leaf());
        assert_eq!(read.verify(&key.public_key()).unwrap().bytes(), &bytes);
    }

    #[test]
    fn no_changed_byte_stays_unnoticed() {
        let (key, bytes) = signed();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.to_vec();
                changed[at] ^= 1 << bit;
                let verdict = Unverified::parse(changed.into())
                    .is_ok_and(|event| event.verify(&key.public_key()).is_ok());
                assert!(!verdict, "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn a_proven_event_vouches_for_its_predecessor_of_the_same_key_only() {
        let key = SigningKey::from_seed(&[7; 32]);
        let first = unsigned();
        let link = |seq, prev| vec![Link { zone: "hcm-long-an".into(), seq, prev }];
        let next = |links| {
            let header = Header { index: 1, links, ..first.header().clone() };
            Unsigned::new(header, Payload::Plain(Bytes::new())).unwrap().sign(&key)
        };
        let second = next(link(2, first.leaf()));
        let with_garbage = |key: &SigningKey| {
            let mut bytes = first.clone().sign(key).bytes().to_vec();
            *bytes.last_mut().unwrap() ^= 1;
            Unverified::parse(bytes.into()).unwrap()
        };
        let unproven = with_garbage(&key);
        assert!(unproven.clone().verify(&key.public_key()).is_err());
        assert_eq!(*unproven.clone().vouched(&second).unwrap(), *unproven);
        assert!(unproven.clone().vouched(&next(link(3, first.leaf()))).is_none());
        assert!(unproven.clone().vouched(&next(link(2, second.leaf()))).is_none());
        let other_zone = Link { zone: "cluster".into(), seq: 2, prev: first.leaf() };
        assert!(unproven.vouched(&next(vec![other_zone])).is_none());
        assert!(with_garbage(&SigningKey::from_seed(&[8; 32])).vouched(&second).is_none());
    }

    #[test]
    fn an_event_cut_anywhere_is_no_event() {
        let (_, bytes) = signed();
        for length in 0..bytes.len() {
            assert!(Unverified::parse(bytes.slice(..length)).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn one_event_has_one_envelope() {
        let (_, bytes) = signed();
        let unknown_field = [&bytes[..], &[0x7a, 0x00]].concat();
        assert_eq!(Unverified::parse(unknown_field.into()), Err(Malformed::Envelope));
        let parts = proto::SignedEvent::decode(bytes).unwrap();
        let twice = [parts.encode_to_vec(), parts.encode_to_vec()].concat();
        assert_eq!(Unverified::parse(twice.into()), Err(Malformed::Envelope));
    }

    #[test]
    fn a_header_that_breaks_a_rule_is_refused_by_field() {
        let good = unsigned().header().clone();
        let link = |zone: &str| Link { zone: zone.into(), seq: 1, prev: Hash::ZERO };
        let cases: [(&str, Header); 7] = [
            ("origin", Header { origin: "HCM".into(), ..good.clone() }),
            ("epoch", Header { epoch: 0, ..good.clone() }),
            ("event_id", Header { event_id: uuid::Uuid::nil(), ..good.clone() }),
            ("alert", Header { alert: Some("hcm/1".into()), ..good.clone() }),
            ("links", Header { links: vec![], ..good.clone() }),
            ("links", Header { links: vec![link("b"), link("a")], ..good.clone() }),
            ("links", Header { links: vec![link("cluster"), link("local")], ..good }),
        ];
        for (expected, header) in cases {
            match Unsigned::new(header, Payload::Plain(Bytes::new())) {
                Err(Malformed::Field(field, _)) => assert_eq!(field, expected),
                other => panic!("{expected}: {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_too_large_is_refused_before_it_is_signed() {
        let payload = Payload::Plain(vec![0; PAYLOAD_BYTES].into());
        let refused = Unsigned::new(unsigned().header().clone(), payload);
        assert!(matches!(refused, Err(Malformed::TooLong { what: "payload", .. })));
    }
}
