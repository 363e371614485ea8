//! What makes an event provable, without knowing what it says.
//!
//! An event is two byte strings, the *header* (never personal) and the *payload*, with a signature.
//! This crate turns bytes into an [`Unverified`] event, an unverified event and a key into a
//! [`Verified`] one, and a [`Draft`] into signed bytes. It holds the hash, the chain of a feed, the
//! Merkle tree of an origin, the checkpoint over it and the proofs that lead to it; and the bytes by
//! which nodes tell each other how far they are ([`beacon`], [`page`]) and grant each other the keys of
//! sealed payloads ([`seal`], [`grant`]).
//!
//! Absent here: input, output, clocks, randomness, threads, and any idea of what a kind means.

pub mod beacon;
pub mod chain;
pub mod checkpoint;
pub mod event;
mod fields;
pub mod grant;
pub mod hash;
pub mod header;
pub mod key;
pub mod limits;
pub mod merkle;
pub mod page;
pub mod proof;
pub mod receipt;
pub mod seal;
mod token;
pub mod view;

pub use event::{Draft, Malformed, Unsigned, Unverified, Verified};
pub use grant::{Grant, SealingKey, SealingPublicKey};
pub use hash::Hash;
pub use header::{Facts, Header, Link, Payload};
pub use key::{BadSignature, KeyId, Keyring, PublicKey, Signer, SigningKey};
pub use seal::{DataKey, Seal};
pub use token::is_token;

/// The messages of `record.proto`, `receipt.proto` and `exchange.proto`, as generated.
#[allow(missing_docs, clippy::pedantic)]
pub mod proto {
    include!(concat!(env!("OUT_DIR"), "/giapranh.v1.rs"));
}

/// The feed that is never published: a node's own notes.
pub const ZONE_LOCAL: &str = "local";
/// The registrar's feed: units, zones, keys.
pub const ZONE_DIRECTORY: &str = "directory";
/// The feed of every unit of the cluster.
pub const ZONE_CLUSTER: &str = "cluster";
