//! The vault of one node, in SQLite: what it must be able to forget: its officers, their
//! sessions and API tokens, and the keys of sealed payloads ([`DataKeys`]).
//!
//! ```text
//! login, password ─▶ locked? ─▶ Argon2id (two at once, no lock held) ─▶ one transaction: still not
//!                                locked, still that password? ─▶ a session, or a failure counted
//! secret ─▶ SHA-256 ─▶ one indexed read ─▶ whose it is, and what the officer may at this moment
//! ```
//!
//! [`Vault`] is the handle. It lies apart from the log because the log never forgets: an event names
//! an officer by a pseudonymous id, and who that is stands here alone, until [`Vault::remove`]. An id
//! is never given twice, so that an old event never comes to point at another person.
//!
//! What must hold:
//! - A password is kept as its Argon2id hash, a secret as its SHA-256; neither is ever written down
//!   otherwise, logged, or shown in an error. There is no default password.
//! - An unknown login and a wrong password look the same and cost the same ([`Vault::sign_in`]).
//! - What an officer may is looked up at each request, so a change counts at once. A new password,
//!   another unit, disabling: each ends the officer's sessions and tokens.
//! - One enabled administrator is always left, once there is a first.
//! - What was removed is gone from the bytes of the file after [`Vault::purge`].
//!
//! All calls block, some for as long as a hash takes: give them a thread that may wait.
//!
//! Absent here: what a role means (but for the administrator's, who must not shut everybody out),
//! what a route asks for, the domain, the network, a clock (`now_ms` comes in: milliseconds since
//! 1970-01-01T00:00:00Z).

mod base32;
mod data_key;
mod error;
mod file;
mod hashing;
mod lockout;
mod officer;
mod password;
mod roles;
mod secret;
mod session;
mod sign_in;
mod token;
mod vault;

pub use data_key::{Commitment, DataKeys, Granted, Kept, KeyBytes};
pub use error::{Fault, VaultError};
pub use file::KEYS_FILE;
pub use hashing::Cost;
pub use lockout::{FAILURES_ALLOWED, FIRST_LOCK_MS, LONGEST_LOCK_MS};
pub use officer::{ADMINISTRATOR, NewOfficer, Officer};
pub use secret::Secret;
pub use session::{Kind, SESSION_IDLE_MS, SESSION_LIFE_MS, Session, SessionInfo};
pub use sign_in::SignInError;
pub use token::{LONGEST_TOKEN_LIFE_MS, TokenInfo};
pub use vault::Vault;
