//! SHA-256 as RFC 6962 uses it: leaves and inner nodes are told apart by their first byte.

use std::fmt;

use sha2::{Digest, Sha256};

const LEAF: [u8; 1] = [0x00];
const NODE: [u8; 1] = [0x01];

/// A SHA-256 value, 32 bytes; shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What stands where there is no predecessor.
    pub const ZERO: Self = Self([0; 32]);

    /// Plain SHA-256 over the parts, one after the other.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut sha = Sha256::new();
        for part in parts {
            sha.update(part);
        }
        Self(sha.finalize().into())
    }

    /// The leaf hash of an event: RFC 6962 §2.1 over the header and the payload, each with its
    /// length before it (4 bytes, big-endian). Key id and signature are not part of it.
    pub fn leaf(header: &[u8], payload: &[u8]) -> Self {
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
        Self::of(&[&LEAF, &length(header), header, &length(payload), payload])
    }

    /// An inner node of the Merkle tree.
    pub fn node(left: Self, right: Self) -> Self {
        Self::of(&[&NODE, &left.0, &right.0])
    }

    /// The hash in `bytes`, if they are 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The hash written as 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The first eight hexadecimal digits, for people.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lengths_keep_header_and_payload_apart() {
        assert_ne!(Hash::leaf(b"ab", b"c"), Hash::leaf(b"a", b"bc"));
    }

    #[test]
    fn hex_reads_back() {
        let hash = Hash::of(&[b"giap ranh"]);
        assert_eq!(Hash::from_hex(&hash.to_string()), Some(hash));
        assert_eq!(Hash::from_hex("zz"), None);
        assert_eq!(Hash::from_hex(&"đ".repeat(32)), None);
    }
}
