//! Grants: the key of an alert's payloads for one node, and what nodes ask each other about keys.
//!
//! A grant is sealed with HPKE to the sealing key that the directory enrols for a node. It says who
//! made it nowhere: what it holds is proven by the commitment that the events' headers name, whoever
//! sends it. A grant is never in a log, because a log can't forget.

use std::fmt;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _};
use prost::Message as _;
use zeroize::Zeroizing;

use crate::event::Malformed;
use crate::limits::{GRANT_FILE_BYTES, GRANTS, KEY_EXCHANGE_BYTES};
use crate::seal::DataKey;
use crate::view::{hash, is_alert_id, too_long};
use crate::{Hash, is_token, proto};

const INFO: &[u8] = b"giapranh/v1/grant\n";

type Public = <X25519HkdfSha256 as hpke::Kem>::PublicKey;
type Private = <X25519HkdfSha256 as hpke::Kem>::PrivateKey;

/// The public half of a node's sealing key (X25519): what others grant keys to.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingPublicKey([u8; 32]);

impl SealingPublicKey {
    /// The key in `bytes`; refused when they are no 32 bytes of a usable key.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; 32] = bytes.try_into().ok()?;
        (bytes != [0; 32] && Public::from_bytes(&bytes).is_ok()).then_some(Self(bytes))
    }

    /// The key as 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        Self::from_bytes(&Hash::from_hex(text)?.0)
    }

    /// The key's 32 bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0
    }

    /// The key as 64 hexadecimal digits.
    pub fn to_hex(&self) -> String {
        Hash(self.0).to_string()
    }
}

impl fmt::Debug for SealingPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

/// A node's sealing key: what opens the grants that were made to it. The library wipes it.
pub struct SealingKey {
    private: Private,
    public: SealingPublicKey,
}

impl SealingKey {
    /// The key that grows from 32 random bytes (RFC 9180, `DeriveKeyPair`).
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let (private, public) = X25519HkdfSha256::derive_keypair(seed);
        Self { private, public: SealingPublicKey(public.to_bytes().into()) }
    }

    /// What others grant to.
    pub fn public_key(&self) -> &SealingPublicKey {
        &self.public
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(…)")
    }
}

/// A key for one node.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Grant {
    /// Which key it is.
    pub commitment: Hash,
    /// The alert whose payloads it opens.
    pub alert: String,
    /// The unit to whose node it is granted.
    pub to: String,
    pub encapsulated: [u8; 32],
    pub sealed: [u8; 48],
}

/// Why a grant gives no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum GrantError {
    #[error("the grant is for the node of {0}")]
    ForAnother(String),
    #[error("the grant does not open: it is for another key of this node, or was changed")]
    DoesNotOpen,
    #[error("the key in the grant is not the one that it names")]
    OtherKey,
}

impl Grant {
    /// Grants a key to a node. `ephemeral` is 32 random bytes that serve this one grant.
    pub fn seal(
        key: &DataKey,
        alert: &str,
        to: &str,
        recipient: &SealingPublicKey,
        ephemeral: [u8; 32],
    ) -> Option<Self> {
        let public = Public::from_bytes(&recipient.0).ok()?;
        let commitment = key.commitment();
        let (encapsulated, sealed) =
            hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
                &OpModeS::Base,
                &public,
                INFO,
                key.expose(),
                &bound(commitment, alert, to),
                &mut Given(ephemeral),
            )
            .ok()?;
        Some(Self {
            commitment,
            alert: alert.to_owned(),
            to: to.to_owned(),
            encapsulated: encapsulated.to_bytes().into(),
            sealed: sealed.try_into().ok()?,
        })
    }

    /// The key, if it is the one that the grant names, for this unit's node.
    pub fn open(&self, unit: &str, key: &SealingKey) -> Result<DataKey, GrantError> {
        if self.to != unit {
            return Err(GrantError::ForAnother(self.to.clone()));
        }
        let encapsulated =
            <X25519HkdfSha256 as hpke::Kem>::EncappedKey::from_bytes(&self.encapsulated)
                .map_err(|_| GrantError::DoesNotOpen)?;
        let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &key.private,
            &encapsulated,
            INFO,
            &self.sealed,
            &bound(self.commitment, &self.alert, &self.to),
        );
        let opened = Zeroizing::new(opened.map_err(|_| GrantError::DoesNotOpen)?);
        let bytes = opened.as_slice().try_into().map_err(|_| GrantError::DoesNotOpen)?;
        let key = DataKey::from_bytes(bytes);
        if key.commitment() == self.commitment { Ok(key) } else { Err(GrantError::OtherKey) }
    }

    fn to_proto(&self) -> proto::KeyGrant {
        proto::KeyGrant {
            commitment: self.commitment.0.to_vec().into(),
            alert: self.alert.clone(),
            to: self.to.clone(),
            encapsulated: self.encapsulated.to_vec().into(),
            sealed: self.sealed.to_vec().into(),
        }
    }

    fn from_proto(raw: proto::KeyGrant) -> Result<Self, Malformed> {
        if !is_alert_id(&raw.alert) || !is_token(&raw.to) {
            return Err(Malformed::Field("grant", "names no alert, or no unit"));
        }
        let encapsulated = raw.encapsulated.as_ref().try_into();
        let sealed = raw.sealed.as_ref().try_into();
        Ok(Self {
            commitment: hash("grant.commitment", &raw.commitment)?,
            alert: raw.alert,
            to: raw.to,
            encapsulated: encapsulated
                .map_err(|_| Malformed::Field("grant.encapsulated", "is not 32 bytes"))?,
            sealed: sealed.map_err(|_| Malformed::Field("grant.sealed", "is not 48 bytes"))?,
        })
    }
}

/// What a grant is bound to: each part with its length before it.
fn bound(commitment: Hash, alert: &str, to: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in [&commitment.0[..], alert.as_bytes(), to.as_bytes()] {
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// What one node asks another about keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyExchange {
    /// Which keys it wants: of which alert, and by which commitment.
    Wanted(Vec<(String, Hash)>),
    /// Which it grants.
    Offered(Vec<Grant>),
}

impl KeyExchange {
    /// Whether a request on the subject of pages is about keys.
    pub fn is_one(bytes: &[u8]) -> bool {
        // The tags of fields 14 and 15: bytes.
        matches!(bytes.first(), Some(0x72 | 0x7a))
    }

    /// Its bytes.
    pub fn encode(&self) -> bytes::Bytes {
        let empty = || proto::KeyExchange { wanted: Vec::new(), offered: None };
        let message = match self {
            Self::Wanted(wanted) => proto::KeyExchange {
                wanted: wanted.iter().map(wanted_to_proto).collect(),
                ..empty()
            },
            Self::Offered(grants) => {
                proto::KeyExchange { offered: Some(to_proto(grants)), ..empty() }
            }
        };
        message.encode_to_vec().into()
    }

    /// Reads what a peer asks.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        too_long("request", bytes, KEY_EXCHANGE_BYTES)?;
        let raw = proto::KeyExchange::decode(bytes);
        let raw = raw.map_err(|_| Malformed::NotProtobuf("request"))?;
        match raw {
            proto::KeyExchange { wanted, offered: Some(grants) } if wanted.is_empty() => {
                from_proto(grants).map(Self::Offered)
            }
            proto::KeyExchange { wanted, offered: None }
                if !wanted.is_empty() && wanted.len() <= GRANTS =>
            {
                let wanted = wanted.into_iter().map(wanted_from_proto);
                Ok(Self::Wanted(wanted.collect::<Result<_, _>>()?))
            }
            _ => Err(Malformed::Field("request", "wants nothing, too much, or two things at once")),
        }
    }
}

fn wanted_to_proto((alert, commitment): &(String, Hash)) -> proto::KeyWanted {
    proto::KeyWanted { alert: alert.clone(), commitment: commitment.0.to_vec().into() }
}

fn wanted_from_proto(raw: proto::KeyWanted) -> Result<(String, Hash), Malformed> {
    if !is_alert_id(&raw.alert) {
        return Err(Malformed::Field("wanted.alert", "names no alert"));
    }
    Ok((raw.alert, hash("wanted.commitment", &raw.commitment)?))
}

/// The bytes of grants.
pub fn encode(grants: &[Grant]) -> bytes::Bytes {
    to_proto(grants).encode_to_vec().into()
}

/// Reads the grants that a peer answered with.
pub fn parse(bytes: &[u8]) -> Result<Vec<Grant>, Malformed> {
    too_long("grants", bytes, KEY_EXCHANGE_BYTES)?;
    let raw = proto::KeyGrants::decode(bytes).map_err(|_| Malformed::NotProtobuf("grants"))?;
    from_proto(raw)
}

/// Reads the grants in a file, of which there may be many.
pub fn parse_file(bytes: &[u8]) -> Result<Vec<Grant>, Malformed> {
    too_long("file of grants", bytes, GRANT_FILE_BYTES)?;
    let raw = proto::KeyGrants::decode(bytes);
    let raw = raw.map_err(|_| Malformed::NotProtobuf("file of grants"))?;
    raw.grants.into_iter().map(Grant::from_proto).collect()
}

fn to_proto(grants: &[Grant]) -> proto::KeyGrants {
    proto::KeyGrants { grants: grants.iter().map(Grant::to_proto).collect() }
}

fn from_proto(raw: proto::KeyGrants) -> Result<Vec<Grant>, Malformed> {
    if raw.grants.len() > GRANTS {
        return Err(Malformed::Field("grants", "are more than 64"));
    }
    raw.grants.into_iter().map(Grant::from_proto).collect()
}

/// Randomness that was given: this crate has none of its own. The library draws exactly one key of it.
struct Given([u8; 32]);

impl TryRng for Given {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for (byte, given) in bytes.iter_mut().zip(self.0.iter().cycle()) {
            *byte = *given;
        }
        Ok(())
    }
}

impl TryCryptoRng for Given {}
