//! Sealed payloads: what an event says, for those who hold its key.
//!
//! XChaCha20-Poly1305 under the key of an alert, with the header's bytes as associated data, so that
//! a payload opens under its own header only. One ciphertext could be made to open under two keys to
//! two texts; therefore the header names the key by its *commitment*, and [`open`] takes no other.

use std::fmt;

use bytes::Bytes;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload as Message};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize as _, ZeroizeOnDrop};

use crate::event::{Event, Malformed};
use crate::{Hash, Payload};

const COMMITMENT_DOMAIN: &[u8] = b"giapranh/v1/data-key\n";
/// What the cipher adds to a text, bytes.
pub const TAG_BYTES: usize = 16;

/// The key that payloads are sealed with; wiped when dropped, and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey([u8; 32]);

impl DataKey {
    /// The key of these 32 random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key's bytes, for whoever keeps or grants it.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Names the key without telling it: SHA-256 over `giapranh/v1/data-key\n` and its 32 bytes.
    pub fn commitment(&self) -> Hash {
        Hash::of(&[COMMITMENT_DOMAIN, &self.0])
    }
}

impl Drop for DataKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for DataKey {}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

/// What one payload is sealed with: a key, and 24 bytes that were never used with it before.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Seal {
    pub key: DataKey,
    pub nonce: [u8; 24],
}

/// Why a payload does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is not sealed.
    #[error("the payload is not sealed")]
    Plain,
    /// The header names another key.
    #[error("the key is not the one that the header names")]
    OtherKey,
    /// Payload or header are not those that were sealed together.
    #[error("the payload does not open under its header and key: one of them was changed")]
    Altered,
}

/// Seals a text under a header's bytes.
pub(crate) fn seal(seal: &Seal, header: &[u8], text: &[u8]) -> Result<Payload, Malformed> {
    let cipher = XChaCha20Poly1305::new((&seal.key.0).into());
    let message = Message { msg: text, aad: header };
    let sealed = cipher.encrypt(&XNonce::from(seal.nonce), message);
    // Fails only for texts of 256 GiB.
    let ciphertext = sealed.map_err(|_| Malformed::Field("payload", "can't be sealed"))?.into();
    Ok(Payload::Sealed { nonce: seal.nonce, ciphertext })
}

/// What a sealed event says. The text is not wiped; what is wiped is the key.
pub fn open(event: &Event, key: &DataKey) -> Result<Bytes, OpenError> {
    let Payload::Sealed { nonce, ciphertext } = event.payload() else {
        return Err(OpenError::Plain);
    };
    if event.header().key_commitment != Some(key.commitment()) {
        return Err(OpenError::OtherKey);
    }
    let cipher = XChaCha20Poly1305::new((&key.0).into());
    let message = Message { msg: ciphertext, aad: event.header_bytes() };
    let text = cipher.decrypt(&XNonce::from(*nonce), message);
    text.map(Bytes::from).map_err(|_| OpenError::Altered)
}
