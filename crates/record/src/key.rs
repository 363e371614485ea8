//! Keys and signatures: Ed25519 (RFC 8032), verified strictly.

use std::fmt;

use crate::Hash;

const KEY_DOMAIN: &[u8] = b"giapranh/v1/key\n";
const EVENT_DOMAIN: &[u8] = b"giapranh/v1/event\n";
const BEACON_DOMAIN: &[u8] = b"giapranh/v1/beacon\n";

/// Names a public key: SHA-256 over `giapranh/v1/key\n` and the key's 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub Hash);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The signature is not that of this key over these bytes, or the key is a weak one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not belong to these bytes and this key")]
pub struct BadSignature;

/// A public key that is a point of the curve in its one encoding, and not of small order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// The key in `bytes`; refused when it is no point of the curve, not the point's one encoding
    /// (RFC 8032 §5.1.3: y below p, no sign with x = 0), or of small order.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; 32] = bytes.try_into().ok()?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).ok()?;
        // Libraries differ in what they make of the few points with a second encoding.
        let canonical = key.to_edwards().compress().to_bytes() == *bytes;
        (canonical && !key.is_weak()).then_some(Self(key))
    }

    /// The key as 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        Self::from_bytes(&Hash::from_hex(text)?.0)
    }

    /// The key's 32 bytes.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The key as 64 hexadecimal digits.
    pub fn to_hex(self) -> String {
        Hash(self.to_bytes()).to_string()
    }

    /// The key's name.
    pub fn id(&self) -> KeyId {
        KeyId(Hash::of(&[KEY_DOMAIN, self.0.as_bytes()]))
    }

    /// Checks a signature of an event strictly: no malleable signature, no weak key.
    pub fn verify_event(&self, leaf: Hash, signature: &[u8; 64]) -> Result<(), BadSignature> {
        self.verify(&event_message(self.id(), leaf), signature)
    }

    /// Checks a signature of any message strictly.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.0.verify_strict(message, &signature).map_err(|_| BadSignature)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

/// Something that signs for a node. Signing must not block on input or output.
pub trait Signer: Send + Sync {
    /// The key that verifies what [`Signer::sign`] makes.
    fn public_key(&self) -> PublicKey;
    /// An Ed25519 signature over `message`.
    fn sign(&self, message: &[u8]) -> [u8; 64];
}

/// Which keys are enrolled, and to whom: what the append gate asks.
pub trait Keyring: Send + Sync {
    /// The key of that id and the unit whose node it is enrolled to.
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)>;
}

/// A signing key held in memory; wiped when dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key that grows from 32 random bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }
}

impl Signer for SigningKey {
    fn public_key(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        use ed25519_dalek::Signer as _;
        self.0.sign(message).to_bytes()
    }
}

/// What is signed for an event.
pub(crate) fn event_message(key_id: KeyId, leaf: Hash) -> Vec<u8> {
    [EVENT_DOMAIN, &key_id.0.0, &leaf.0].concat()
}

/// What is signed for a beacon, of which `hash` is the SHA-256.
pub(crate) fn beacon_message(key_id: KeyId, hash: Hash) -> Vec<u8> {
    [BEACON_DOMAIN, &key_id.0.0, &hash.0].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_key_and_leaf_only() {
        let (one, other) = (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]));
        let leaf = Hash::of(&[b"leaf"]);
        let signature = one.sign(&event_message(one.public_key().id(), leaf));
        assert_eq!(one.public_key().verify_event(leaf, &signature), Ok(()));
        assert!(one.public_key().verify_event(Hash::ZERO, &signature).is_err());
        assert!(other.public_key().verify_event(leaf, &signature).is_err());
    }

    #[test]
    fn a_key_of_small_order_is_no_key() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert!(PublicKey::from_bytes(&identity).is_none());
        assert!(PublicKey::from_bytes(&[0; 31]).is_none());
    }

    /// y = p + 3 is 3 in its second encoding; 3 and, with x ≠ 0, p + 3 both decompress.
    #[test]
    fn a_key_in_another_encoding_is_no_key() {
        let second = |low: u8| {
            let mut bytes = [0xff; 32];
            // p is 2^255 - 19, the byte order is little-endian.
            (bytes[0], bytes[31]) = (0xed + low, 0x7f);
            bytes
        };
        let first = |low: u8| {
            let mut bytes = [0; 32];
            bytes[0] = low;
            bytes
        };
        let mut on_the_curve = 0;
        for low in 0..=18 {
            assert!(PublicKey::from_bytes(&second(low)).is_none(), "p + {low}");
            on_the_curve += u32::from(PublicKey::from_bytes(&first(low)).is_some());
        }
        assert!(on_the_curve > 0, "none of the points would have been a key in any encoding");
    }
}
