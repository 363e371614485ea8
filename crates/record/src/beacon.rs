//! Beacons: how far a node is in a zone, said and signed by itself.
//!
//! A beacon is no event: it is in no chain and proves nothing but what its author said once. That is
//! enough to find what is missing, who holds what, and two histories under one number. What must hold
//! of one is checked when it is read ([`SignedBeacon::parse`]); whose it is, by
//! [`SignedBeacon::verify`]; whether it is an old one again, only who remembers the one before it
//! can tell.

use bytes::Bytes;
use prost::Message as _;

use crate::event::Malformed;
use crate::fields::{Fields, NotProtobuf};
use crate::key::beacon_message;
use crate::limits::{BEACON_BYTES, BEACON_HEADS};
use crate::view::{envelope, hash, too_long};
use crate::{BadSignature, Hash, KeyId, Keyring, Signer, ZONE_LOCAL, is_token, proto};

/// What a node says of itself and of one zone. The meaning of the fields stands in
/// `proto/giapranh/v1/exchange.proto`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Beacon {
    pub unit: String,
    pub epoch: u32,
    pub zone: String,
    pub instance: [u8; 16],
    pub counter: u64,
    pub sent_ms: u64,
    pub directory_seq: u64,
    pub local: LocalHead,
    /// In ascending order of origin and epoch, each once; at most [`BEACON_HEADS`].
    pub heads: Vec<FeedHead>,
}

/// The chain that a node never publishes: its length and its newest leaf hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct LocalHead {
    pub count: u64,
    /// Zeros when there is none.
    pub hash: Hash,
}

/// How far a feed of the zone is held without a gap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub struct FeedHead {
    pub origin: String,
    pub epoch: u32,
    /// From 1.
    pub seq: u64,
    /// Leaf hash of the event with that seq.
    pub hash: Hash,
}

/// A well-formed beacon with its verbatim bytes. Says nothing about who made it until
/// [`SignedBeacon::verify`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBeacon {
    bytes: Bytes,
    beacon: Beacon,
    said: Hash,
    key_id: KeyId,
    signature: [u8; 64],
}

/// Why a beacon is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum Unbelieved {
    /// It may be enrolled by a word of the directory that is not here yet.
    #[error("the key {0} is not enrolled")]
    UnknownKey(KeyId),
    #[error("the key is enrolled to {owner}, not to {unit}")]
    KeyOfAnother { owner: String, unit: String },
    #[error(transparent)]
    Signature(#[from] BadSignature),
}

impl LocalHead {
    /// That of a node which has noted nothing for itself.
    pub const EMPTY: Self = Self { count: 0, hash: Hash::ZERO };
}

impl Beacon {
    /// Signs it. Refused when it breaks a rule that every reader holds it to: too many heads, or a
    /// head twice. The heads may come in any order.
    pub fn sign(mut self, signer: &dyn Signer) -> Result<SignedBeacon, Malformed> {
        self.heads.sort();
        self.check()?;
        let beacon = self.to_proto().encode_to_vec();
        let said = Hash::of(&[&beacon]);
        let key_id = signer.public_key().id();
        let signature = signer.sign(&beacon_message(key_id, said));
        let bytes = proto::SignedBeacon {
            beacon: beacon.into(),
            key_id: key_id.0.0.to_vec().into(),
            signature: signature.to_vec().into(),
        };
        let bytes = bytes.encode_to_vec().into();
        Ok(SignedBeacon { bytes, beacon: self, said, key_id, signature })
    }

    /// The head of a feed, if it is said.
    pub fn head(&self, origin: &str, epoch: u32) -> Option<&FeedHead> {
        let by = |head: &FeedHead| (head.origin.as_str(), head.epoch).cmp(&(origin, epoch));
        self.heads.binary_search_by(by).ok().and_then(|at| self.heads.get(at))
    }

    fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut raw = Raw::default();
        raw.read(bytes)?;
        let beacon = Self {
            unit: raw.unit.to_owned(),
            epoch: raw.epoch,
            zone: raw.zone.to_owned(),
            instance: raw
                .instance
                .try_into()
                .map_err(|_| Malformed::Field("instance", "is not 16 bytes"))?,
            counter: raw.counter,
            sent_ms: raw.sent_ms,
            directory_seq: raw.directory_seq,
            local: local(raw.local)?,
            heads: raw.heads.into_iter().map(head).collect::<Result<_, _>>()?,
        };
        beacon.check()?;
        Ok(beacon)
    }

    /// What must hold of every beacon, whoever speaks.
    fn check(&self) -> Result<(), Malformed> {
        if ![&self.unit, &self.zone].into_iter().all(|id| is_token(id)) {
            return Err(Malformed::Field("beacon", "holds a character or length that ids don't"));
        }
        if self.zone == ZONE_LOCAL {
            return Err(Malformed::Field("zone", "is one that is never published"));
        }
        if self.epoch == 0 || self.heads.iter().any(|head| head.epoch == 0) {
            return Err(Malformed::Field("epoch", "starts from 1"));
        }
        let numbers = [self.counter, self.sent_ms, self.directory_seq, self.local.count];
        let seqs = self.heads.iter().map(|head| head.seq);
        if numbers.into_iter().chain(seqs).any(|number| i64::try_from(number).is_err()) {
            return Err(Malformed::Field("counter", "or another number exceeds 2^63 - 1"));
        }
        if (self.local.count == 0) != (self.local.hash == Hash::ZERO) {
            return Err(Malformed::Field("local", "has a hash of zeros when empty, and only so"));
        }
        if self.heads.len() > BEACON_HEADS {
            return Err(Malformed::Field("heads", "are more than 2000"));
        }
        if self.heads.iter().any(|head| head.seq == 0 || !is_token(&head.origin)) {
            return Err(Malformed::Field("heads", "start from 1, of an origin that is an id"));
        }
        let key = |head: &FeedHead| (head.origin.clone(), head.epoch);
        if !self.heads.is_sorted_by(|a, b| key(a) < key(b)) {
            return Err(Malformed::Field("heads", "are not in ascending order, each feed once"));
        }
        Ok(())
    }

    fn to_proto(&self) -> proto::Beacon {
        let hash = |hash: Hash| hash.0.to_vec().into();
        let head = |head: &FeedHead| proto::FeedHead {
            origin: head.origin.clone(),
            epoch: head.epoch,
            seq: head.seq,
            hash: hash(head.hash),
        };
        proto::Beacon {
            unit: self.unit.clone(),
            epoch: self.epoch,
            zone: self.zone.clone(),
            instance: self.instance.to_vec().into(),
            counter: self.counter,
            sent_ms: self.sent_ms,
            directory_seq: self.directory_seq,
            local: Some(proto::LocalHead { count: self.local.count, hash: hash(self.local.hash) }),
            heads: self.heads.iter().map(head).collect(),
        }
    }
}

impl SignedBeacon {
    /// Reads what a peer sent.
    pub fn parse(bytes: Bytes) -> Result<Self, Malformed> {
        too_long("beacon", &bytes, BEACON_BYTES)?;
        let [beacon, key_id, signature] = envelope("beacon", &bytes)?;
        let said = Hash::of(&[beacon]);
        let key_id = KeyId(hash("key_id", key_id)?);
        let signature =
            signature.try_into().map_err(|_| Malformed::Field("signature", "is not 64 bytes"))?;
        let beacon = Beacon::parse(beacon)?;
        Ok(Self { bytes, beacon, said, key_id, signature })
    }

    /// What it says.
    pub fn beacon(&self) -> &Beacon {
        &self.beacon
    }

    /// The beacon as it was signed and sent.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The key that is said to have signed it. Whether it is one of the epoch that the beacon names
    /// is the directory's to judge.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// Proves that a key enrolled to the unit that speaks has signed it; strictly.
    pub fn verify(&self, keyring: &dyn Keyring) -> Result<(), Unbelieved> {
        let unit = &self.beacon.unit;
        let Some((key, owner)) = keyring.find(&self.key_id) else {
            return Err(Unbelieved::UnknownKey(self.key_id));
        };
        if owner != *unit {
            return Err(Unbelieved::KeyOfAnother { owner, unit: unit.clone() });
        }
        if key.id() != self.key_id {
            return Err(BadSignature.into());
        }
        Ok(key.verify(&beacon_message(self.key_id, self.said), &self.signature)?)
    }
}

/// A beacon's fields before their contents are looked at.
#[derive(Default)]
struct Raw<'a> {
    unit: &'a str,
    epoch: u32,
    zone: &'a str,
    instance: &'a [u8],
    counter: u64,
    sent_ms: u64,
    directory_seq: u64,
    local: &'a [u8],
    heads: Vec<&'a [u8]>,
}

impl<'a> Raw<'a> {
    fn read(&mut self, bytes: &'a [u8]) -> Result<(), Malformed> {
        let no_message = |NotProtobuf| Malformed::NotProtobuf("beacon");
        let mut fields = Fields::of(bytes);
        while let Some((number, value)) = fields.next().map_err(no_message)? {
            if number == 9 && self.heads.len() == BEACON_HEADS {
                return Err(Malformed::Field("heads", "are more than 2000"));
            }
            self.take(number, value).map_err(no_message)?;
        }
        Ok(())
    }

    fn take(&mut self, number: u32, value: crate::fields::Value<'a>) -> Result<(), NotProtobuf> {
        match number {
            1 => self.unit = value.text()?,
            2 => self.epoch = value.short_number()?,
            3 => self.zone = value.text()?,
            4 => self.instance = value.bytes()?,
            5 => self.counter = value.number()?,
            6 => self.sent_ms = value.number()?,
            7 => self.directory_seq = value.number()?,
            8 => self.local = value.bytes()?,
            9 => self.heads.push(value.bytes()?),
            _ => {}
        }
        Ok(())
    }
}

fn local(bytes: &[u8]) -> Result<LocalHead, Malformed> {
    let read = || -> Result<(u64, &[u8]), NotProtobuf> {
        let mut local: (u64, &[u8]) = (0, &[]);
        let mut fields = Fields::inside(bytes);
        while let Some((number, value)) = fields.next()? {
            match number {
                1 => local.0 = value.number()?,
                2 => local.1 = value.bytes()?,
                _ => {}
            }
        }
        Ok(local)
    };
    let (count, newest) = read().map_err(|NotProtobuf| Malformed::NotProtobuf("local head"))?;
    Ok(LocalHead { count, hash: hash("local.hash", newest)? })
}

fn head(bytes: &[u8]) -> Result<FeedHead, Malformed> {
    let read = || -> Result<(&str, u32, u64, &[u8]), NotProtobuf> {
        let mut head: (&str, u32, u64, &[u8]) = ("", 0, 0, &[]);
        let mut fields = Fields::inside(bytes);
        while let Some((number, value)) = fields.next()? {
            match number {
                1 => head.0 = value.text()?,
                2 => head.1 = value.short_number()?,
                3 => head.2 = value.number()?,
                4 => head.3 = value.bytes()?,
                _ => {}
            }
        }
        Ok(head)
    };
    let (origin, epoch, seq, leaf) =
        read().map_err(|NotProtobuf| Malformed::NotProtobuf("feed head"))?;
    Ok(FeedHead { origin: origin.to_owned(), epoch, seq, hash: hash("heads.hash", leaf)? })
}
