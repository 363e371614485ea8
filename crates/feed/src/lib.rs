//! How events travel: the only crate that knows NATS.
//!
//! Each province owns one stream. Its nodes publish into it ([`outbox`]); every node that is
//! entitled to a zone pulls from a durable consumer on the owner's stream ([`inbox`]), which the
//! owner made ([`owner`]). What nodes hold they say in beacons ([`beacon`]), and what one lacks it asks
//! of another ([`backfill`]). All of it goes over one [`Line`] to the node's own server. A node alone
//! may keep that server itself ([`server`]).
//!
//! `JetStream` is transport and buffer, never the truth: what it acknowledged can be lost, arrive
//! twice or out of order. Whoever calls this crate keeps the events in a log and compares.
//!
//! Absent here: what an event means, whether it is authentic, and the log. Bytes come in, bytes go
//! out.

mod address;
pub mod authority;
pub mod backfill;
pub mod beacon;
mod error;
pub mod inbox;
mod line;
mod login;
mod monitor;
mod nkey;
pub mod outbox;
pub mod owner;
pub mod render;
pub mod server;
mod subject;
mod traffic;
mod version;

pub use error::FeedError;
pub use line::{Line, LineConfig, LineState};
pub use login::{Login, TlsFiles};
pub use nkey::{PublicNkey, Seed};
pub use subject::{Subject, filter, stream_name};
pub use traffic::{Amount, Traffic};
pub use version::{LEAST, Version};
