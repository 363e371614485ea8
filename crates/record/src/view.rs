//! An event as it lies in its bytes: everything is checked, nothing is copied. For whoever looks at
//! many events and keeps none; [`crate::event::Event`] is the same for keeping.

use uuid::Uuid;

use crate::event::Malformed;
use crate::fields::{Fields, NotProtobuf};
use crate::key::event_message;
use crate::limits::{CAUSES, EVENT_BYTES, HEADER_BYTES, LINKS, PAYLOAD_BYTES, TOKEN_BYTES};
use crate::{BadSignature, Hash, KeyId, PublicKey, ZONE_LOCAL, is_token};

/// A well-formed event. Says nothing about who made it.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct EventView<'a> {
    pub header: HeaderView<'a>,
    pub payload: PayloadView<'a>,
    pub key_id: KeyId,
    pub signature: &'a [u8; 64],
    pub leaf: Hash,
}

/// [`crate::Header`], borrowed.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct HeaderView<'a> {
    pub event_id: Uuid,
    pub kind: &'a str,
    pub origin: &'a str,
    pub acting_unit: &'a str,
    pub epoch: u32,
    pub index: u64,
    pub recorded_ms: u64,
    pub directory_seq: u64,
    pub alert: Option<&'a str>,
    pub drafted_by: Option<&'a str>,
    pub approved_by: Option<&'a str>,
    pub causes: Vec<Uuid>,
    pub facts: FactsView<'a>,
    pub erase_by_ms: Option<u64>,
    pub key_commitment: Option<Hash>,
    pub links: Vec<LinkView<'a>>,
}

/// [`crate::Facts`], borrowed.
#[derive(Debug, Clone, Copy, Default)]
#[allow(missing_docs)]
pub struct FactsView<'a> {
    pub category: &'a str,
    pub offence: u32,
    pub urgency: &'a str,
    pub due_ms: u64,
    pub expires_ms: u64,
    pub outcome: &'a str,
}

/// [`crate::Link`], borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct LinkView<'a> {
    pub zone: &'a str,
    pub seq: u64,
    pub prev: Hash,
}

/// [`crate::Payload`], borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PayloadView<'a> {
    Plain(&'a [u8]),
    Sealed { nonce: &'a [u8; 24], ciphertext: &'a [u8] },
}

impl<'a> EventView<'a> {
    /// Reads an event from its verbatim bytes.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        too_long("event", bytes, EVENT_BYTES)?;
        let [header, payload, key_id, signature] = envelope("event", bytes)?;
        let view = Self {
            header: HeaderView::parse(header)?,
            payload: PayloadView::parse(payload)?,
            key_id: Hash::from_slice(key_id)
                .map(KeyId)
                .ok_or(Malformed::Field("key_id", "is not 32 bytes"))?,
            signature: signature
                .try_into()
                .map_err(|_| Malformed::Field("signature", "is not 64 bytes"))?,
            leaf: Hash::leaf(header, payload),
        };
        let sealed = matches!(view.payload, PayloadView::Sealed { .. });
        if sealed != view.header.key_commitment.is_some() {
            return Err(Malformed::Field(
                "key_commitment",
                "must stand with a sealed payload only",
            ));
        }
        Ok(view)
    }

    /// Checks the signature strictly.
    pub fn check_signature(&self, key: &PublicKey) -> Result<(), BadSignature> {
        if key.id() != self.key_id {
            return Err(BadSignature);
        }
        key.verify(&event_message(self.key_id, self.leaf), self.signature)
    }
}

impl<'a> HeaderView<'a> {
    /// The header in `bytes`, every field checked.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        too_long("header", bytes, HEADER_BYTES)?;
        let mut raw = Raw::default();
        raw.read(bytes).map_err(|_| Malformed::NotProtobuf("header"))?;
        let Raw { header, event_id, causes, key_commitment, links } = raw;
        let link = |(zone, seq, prev)| -> Result<_, Malformed> {
            Ok(LinkView { zone, seq, prev: hash("links.prev", prev)? })
        };
        let header = Self {
            event_id: uuid("event_id", event_id)?,
            causes: causes.into_iter().map(|id| uuid("causes", id)).collect::<Result<_, _>>()?,
            key_commitment: match key_commitment {
                [] => None,
                some => Some(hash("key_commitment", some)?),
            },
            links: links.into_iter().map(link).collect::<Result<_, _>>()?,
            ..header
        };
        header.check()?;
        Ok(header)
    }

    /// Whether the event stays with its author: it has the one link `local`.
    pub fn is_local(&self) -> bool {
        self.links.iter().any(|link| link.zone == ZONE_LOCAL)
    }

    /// The link to `zone`, if the event goes there.
    pub fn link(&self, zone: &str) -> Option<&LinkView<'a>> {
        self.links.iter().find(|link| link.zone == zone)
    }

    /// What must hold of every header, whoever wrote it.
    pub(crate) fn check(&self) -> Result<(), Malformed> {
        if self.event_id.get_version_num() != 7 {
            return Err(Malformed::Field("event_id", "is not a UUID of version 7"));
        }
        let officer = |id: Option<&str>| id.is_none_or(is_token);
        let fact = |text: &str| text.is_empty() || is_token(text);
        let rules: [(&'static str, bool); 10] = [
            ("kind", is_kind(self.kind)),
            ("origin", is_token(self.origin)),
            ("acting_unit", is_token(self.acting_unit)),
            ("alert", self.alert.is_none_or(is_alert_id)),
            ("drafted_by", officer(self.drafted_by)),
            ("approved_by", officer(self.approved_by)),
            ("facts.category", fact(self.facts.category)),
            ("facts.urgency", fact(self.facts.urgency)),
            ("facts.outcome", fact(self.facts.outcome)),
            ("links", self.links.iter().all(|link| is_token(link.zone))),
        ];
        if let Some((field, _)) = rules.into_iter().find(|(_, holds)| !holds) {
            return Err(Malformed::Field(field, "holds a character or length that ids don't"));
        }
        if self.epoch == 0 {
            return Err(Malformed::Field("epoch", "starts from 1"));
        }
        // What SQLite and every clock can hold.
        let numbers = [self.index, self.recorded_ms, self.directory_seq, self.facts.due_ms];
        let more = [self.facts.expires_ms, self.erase_by_ms.unwrap_or(0)];
        let seqs = self.links.iter().map(|link| link.seq);
        if numbers.into_iter().chain(more).chain(seqs).any(|n| i64::try_from(n).is_err()) {
            return Err(Malformed::Field("index", "or another number exceeds 2^63 - 1"));
        }
        if self.causes.len() > CAUSES {
            return Err(Malformed::Field("causes", "are more than 64"));
        }
        self.check_links()
    }

    fn check_links(&self) -> Result<(), Malformed> {
        let links = &self.links;
        if links.is_empty() || links.len() > LINKS {
            return Err(Malformed::Field("links", "are none, or more than 64"));
        }
        if !links.is_sorted_by(|a, b| a.zone < b.zone) {
            return Err(Malformed::Field("links", "are not in ascending order, each zone once"));
        }
        if self.is_local() && links.len() > 1 {
            return Err(Malformed::Field("links", "join the zone \"local\" with another"));
        }
        if links.iter().any(|l| l.seq == 0 || (l.seq == 1) != (l.prev == Hash::ZERO)) {
            return Err(Malformed::Field(
                "links",
                "start from 1 with a prev of zeros, and only so",
            ));
        }
        Ok(())
    }
}

impl<'a> PayloadView<'a> {
    /// The payload in `bytes`.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        too_long("payload", bytes, PAYLOAD_BYTES)?;
        let form = form(bytes).map_err(|_| Malformed::NotProtobuf("payload"))?;
        match form {
            Some(Form::Plain(plain)) => Ok(Self::Plain(plain)),
            Some(Form::Sealed { nonce, ciphertext }) => Ok(Self::Sealed {
                nonce: nonce
                    .try_into()
                    .map_err(|_| Malformed::Field("payload.sealed.nonce", "is not 24 bytes"))?,
                ciphertext,
            }),
            None => Err(Malformed::Field("payload", "is neither plain nor sealed")),
        }
    }
}

/// The fields of an envelope: exactly these, from 1 on, once each, in this order, all of them bytes,
/// in their shortest encoding.
pub(crate) fn envelope<'a, const FIELDS: usize>(
    what: &'static str,
    bytes: &'a [u8],
) -> Result<[&'a [u8]; FIELDS], Malformed> {
    let mut rest = bytes;
    let mut fields: [&[u8]; FIELDS] = [&[]; FIELDS];
    for (number, field) in (1_u8..).zip(&mut fields) {
        let [tag, after @ ..] = rest else { return Err(Malformed::NotProtobuf(what)) };
        // Bytes are of wire type 2.
        if *tag != number << 3 | 2 {
            return Err(Malformed::Envelope);
        }
        let (length, after) = shortest_length(what, after)?;
        let (value, after) = after.split_at_checked(length).ok_or(Malformed::NotProtobuf(what))?;
        (*field, rest) = (value, after);
    }
    if rest.is_empty() { Ok(fields) } else { Err(Malformed::Envelope) }
}

/// A length of at most four bytes: nothing here has 2^28.
fn shortest_length<'a>(
    what: &'static str,
    bytes: &'a [u8],
) -> Result<(usize, &'a [u8]), Malformed> {
    let mut length = 0;
    for (at, &byte) in bytes.iter().enumerate().take(4) {
        length |= usize::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            let shortest = at == 0 || byte != 0;
            return if shortest {
                Ok((length, &bytes[at + 1..]))
            } else {
                Err(Malformed::Envelope)
            };
        }
    }
    Err(Malformed::NotProtobuf(what))
}

/// A header's fields before their contents are looked at.
#[derive(Default)]
struct Raw<'a> {
    header: HeaderView<'a>,
    event_id: &'a [u8],
    causes: Vec<&'a [u8]>,
    key_commitment: &'a [u8],
    links: Vec<(&'a str, u64, &'a [u8])>,
}

impl<'a> Raw<'a> {
    fn read(&mut self, bytes: &'a [u8]) -> Result<(), NotProtobuf> {
        let non_empty = |text: &'a str| (!text.is_empty()).then_some(text);
        let header = &mut self.header;
        let mut fields = Fields::of(bytes);
        while let Some((number, value)) = fields.next()? {
            match number {
                1 => self.event_id = value.bytes()?,
                2 => header.kind = value.text()?,
                3 => header.origin = value.text()?,
                4 => header.acting_unit = value.text()?,
                5 => header.epoch = value.short_number()?,
                6 => header.index = value.number()?,
                7 => header.recorded_ms = value.number()?,
                8 => header.directory_seq = value.number()?,
                9 => header.alert = non_empty(value.text()?),
                10 => header.drafted_by = non_empty(value.text()?),
                11 => header.approved_by = non_empty(value.text()?),
                12 => self.causes.push(value.bytes()?),
                13 => header.facts.merge(value.bytes()?)?,
                14 => header.erase_by_ms = Some(value.number()?).filter(|ms| *ms != 0),
                15 => self.key_commitment = value.bytes()?,
                16 => self.links.push(link(value.bytes()?)?),
                _ => {}
            }
        }
        Ok(())
    }
}

impl<'a> FactsView<'a> {
    /// A message field that stands twice is merged, field by field.
    fn merge(&mut self, bytes: &'a [u8]) -> Result<(), NotProtobuf> {
        let mut fields = Fields::inside(bytes);
        while let Some((number, value)) = fields.next()? {
            match number {
                1 => self.category = value.text()?,
                2 => self.offence = value.short_number()?,
                3 => self.urgency = value.text()?,
                4 => self.due_ms = value.number()?,
                5 => self.expires_ms = value.number()?,
                6 => self.outcome = value.text()?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn link(bytes: &[u8]) -> Result<(&str, u64, &[u8]), NotProtobuf> {
    let mut link: (&str, u64, &[u8]) = ("", 0, &[]);
    let mut fields = Fields::inside(bytes);
    while let Some((number, value)) = fields.next()? {
        match number {
            1 => link.0 = value.text()?,
            2 => link.1 = value.number()?,
            3 => link.2 = value.bytes()?,
            _ => {}
        }
    }
    Ok(link)
}

enum Form<'a> {
    Plain(&'a [u8]),
    Sealed { nonce: &'a [u8], ciphertext: &'a [u8] },
}

fn form(bytes: &[u8]) -> Result<Option<Form<'_>>, NotProtobuf> {
    let mut form = None;
    let mut fields = Fields::of(bytes);
    while let Some((number, value)) = fields.next()? {
        match number {
            1 => form = Some(Form::Plain(value.bytes()?)),
            2 => {
                let (mut nonce, mut ciphertext): (&[u8], &[u8]) = match form {
                    Some(Form::Sealed { nonce, ciphertext }) => (nonce, ciphertext),
                    _ => (&[], &[]),
                };
                let mut sealed = Fields::inside(value.bytes()?);
                while let Some((number, value)) = sealed.next()? {
                    match number {
                        1 => nonce = value.bytes()?,
                        2 => ciphertext = value.bytes()?,
                        _ => {}
                    }
                }
                form = Some(Form::Sealed { nonce, ciphertext });
            }
            _ => {}
        }
    }
    Ok(form)
}

pub(crate) fn too_long(what: &'static str, bytes: &[u8], limit: usize) -> Result<(), Malformed> {
    let bytes = bytes.len();
    if bytes > limit { Err(Malformed::TooLong { what, bytes, limit }) } else { Ok(()) }
}

/// Tokens with dots between them, the whole no longer than one.
fn is_kind(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes.first(), Some(b'a'..=b'z' | b'0'..=b'9'))
        && bytes.len() <= TOKEN_BYTES
        && bytes.iter().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
}

/// `<unit>/<year>/<number>`; what stands between the slashes is the domain's to judge.
pub(crate) fn is_alert_id(text: &str) -> bool {
    let mut parts = text.split('/');
    let three = [parts.next(), parts.next(), parts.next()];
    text.len() <= TOKEN_BYTES + 32
        && parts.next().is_none()
        && three.into_iter().all(|part| part.is_some_and(is_token))
}

fn uuid(field: &'static str, bytes: &[u8]) -> Result<Uuid, Malformed> {
    Uuid::from_slice(bytes).map_err(|_| Malformed::Field(field, "is not 16 bytes"))
}

pub(crate) fn hash(field: &'static str, bytes: &[u8]) -> Result<Hash, Malformed> {
    Hash::from_slice(bytes).ok_or(Malformed::Field(field, "is not 32 bytes"))
}
