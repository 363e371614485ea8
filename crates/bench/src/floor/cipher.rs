//! The cipher by itself: the same text under the same key, no header encoded, no key named.

use anyhow::{Result, anyhow};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

/// Encrypts a text.
pub fn encrypt(key: &[u8; 32], nonce: [u8; 24], aad: &[u8], msg: &[u8]) -> Result<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new(key.into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg, aad });
    sealed.map_err(|_| anyhow!("it can't be encrypted"))
}

/// Decrypts it.
pub fn decrypt(key: &[u8; 32], nonce: [u8; 24], aad: &[u8], msg: &[u8]) -> Result<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new(key.into());
    let text = cipher.decrypt(&XNonce::from(nonce), Payload { msg, aad });
    text.map_err(|_| anyhow!("it does not open"))
}
