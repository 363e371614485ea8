//! A unit's node: the library that wires the log, the views, the feeds and the pages.
//!
//! ```text
//! web ──Command──▶ author ──Draft──▶ log ──tail──▶ outbox ──▶ NATS
//!                                     │  ▲
//!                                     │  └─arrivals── inbox ◀── NATS
//!                                     └─▶ projection ──▶ views ──▶ web
//!                                              └──▶ standing (keys, zones) ──▶ log's gate, owner
//! ```
//!
//! [`run`] is a node's life; [`init`], [`founding`], [`audit`] and [`rebuild`] need no running node.
//! Absent here: any SQL, any NATS subject, any HTTP route, any rule of the domain.

pub mod audit;
mod author;
mod clock;
mod config;
mod error;
pub mod founding;
mod inbox;
pub mod init;
mod keys;
mod outbox;
mod owner;
mod projection;
mod rebuild;
mod run;
mod source;
mod standing;
mod status;

pub use clock::SystemClock;
pub use config::{Anchor, Config, Enrolment, Overrides, SOCKET_FILE};
pub use error::NodeError;
pub use rebuild::rebuild;
pub use run::run;
