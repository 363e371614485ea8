//! Points and signatures on edwards25519 that no honest signer makes: verifiers differ in them.

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT as B;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use sha2::{Digest as _, Sha512};

/// The points of small order, each in its one encoding: order 1, 2, 4, 4, 8, 8, 8, 8.
pub const SMALL_ORDER: [&str; 8] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
];

/// Points of small order in a second encoding: y of p or more, or a sign where x is 0.
pub const SMALL_ORDER_AGAIN: [&str; 6] = [
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

/// How many nonces are tried: each does with 1 in 8 at least.
const TRIES: u32 = 4096;

/// A key whose secret is known, and which may be the sum of a proper point and one of small order.
pub struct Key {
    secret: Scalar,
    pub bytes: [u8; 32],
}

/// 32 bytes out of 64 hexadecimal digits; of the constants above.
pub fn bytes(hex: &str) -> [u8; 32] {
    giapranh_record::Hash::from_hex(hex).map_or([0; 32], |hash| hash.0)
}

/// Every y from p to 2^255 - 1 that is a point, and is not of small order, with the sign of x.
pub fn second_encodings(sign: bool) -> Vec<[u8; 32]> {
    let encode = |low: u8| {
        let mut bytes = [0xff; 32];
        // p is 2^255 - 19, little-endian.
        (bytes[0], bytes[31]) = (0xed + low, if sign { 0xff } else { 0x7f });
        bytes
    };
    (0..19).map(encode).filter(|y| point(y).is_some_and(|point| !point.is_small_order())).collect()
}

pub fn is_point(bytes: &[u8; 32]) -> bool {
    point(bytes).is_some()
}

fn point(bytes: &[u8; 32]) -> Option<EdwardsPoint> {
    CompressedEdwardsY(*bytes).decompress()
}

/// A proper key; with `torsion` a point of small order is added.
pub fn key(secret: &[u8], torsion: Option<&[u8; 32]>) -> Key {
    let secret = wide(&[secret]);
    let point = torsion.and_then(point).map_or(secret * B, |torsion| secret * B + torsion);
    Key { secret, bytes: point.compress().to_bytes() }
}

impl Key {
    /// What stands where the secret is not needed: for keys of small order it is 0.
    pub fn of_small_order(bytes: [u8; 32]) -> Self {
        Self { secret: Scalar::ZERO, bytes }
    }

    /// A signature whose nonce was sought until `fits` says so of the challenge.
    pub fn sign_where(&self, message: &[u8], fits: impl Fn(&Scalar) -> bool) -> Option<[u8; 64]> {
        (0..TRIES).find_map(|n| {
            let nonce = wide(&[b"nonce", &n.to_be_bytes()]);
            let commitment = (nonce * B).compress().to_bytes();
            let challenge = wide(&[&commitment, &self.bytes, message]);
            fits(&challenge).then(|| join(&commitment, &(nonce + challenge * self.secret)))
        })
    }

    /// The signature with that R, as if its nonce were 0.
    pub fn sign_with(&self, commitment: &[u8; 32], message: &[u8]) -> [u8; 64] {
        let challenge = wide(&[commitment, &self.bytes, message]);
        join(commitment, &(challenge * self.secret))
    }

    /// Whether \[S\]B = R + \[k\]A, the equation without the cofactor, R as a point.
    pub fn holds(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.residue(message, signature).is_some_and(|rest| rest == EdwardsPoint::default())
    }

    /// Whether \[8\]\[S\]B = \[8\]R + \[8\]\[k\]A.
    pub fn holds_with_cofactor(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.residue(message, signature).is_some_and(|rest| rest.is_small_order())
    }

    fn residue(&self, message: &[u8], signature: &[u8; 64]) -> Option<EdwardsPoint> {
        let (commitment, response) = signature.split_at(32);
        let commitment: [u8; 32] = commitment.try_into().ok()?;
        let response = Scalar::from_bytes_mod_order(response.try_into().ok()?);
        let challenge = wide(&[&commitment, &self.bytes, message]);
        Some(response * B - point(&commitment)? - challenge * point(&self.bytes)?)
    }
}

/// Whether 8 divides the challenge: then it takes every point of small order to the neutral one.
pub fn divisible(challenge: &Scalar) -> bool {
    challenge.to_bytes()[0].trailing_zeros() >= 3
}

/// The signature with `times` L added to S.
pub fn malleated(signature: &[u8; 64], times: u32) -> [u8; 64] {
    const L: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut malleated = *signature;
    let mut carry = 0;
    for (byte, order) in malleated[32..].iter_mut().zip(L) {
        let sum = u32::from(*byte) + u32::from(order) * times + carry;
        [*byte, ..] = sum.to_le_bytes();
        carry = sum >> 8;
    }
    malleated
}

/// SHA-512 as a number, modulo L.
fn wide(parts: &[&[u8]]) -> Scalar {
    let mut sha = Sha512::new();
    parts.iter().for_each(|part| sha.update(part));
    Scalar::from_bytes_mod_order_wide(&sha.finalize().into())
}

fn join(commitment: &[u8; 32], response: &Scalar) -> [u8; 64] {
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(commitment);
    signature[32..].copy_from_slice(&response.to_bytes());
    signature
}
