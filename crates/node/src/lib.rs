//! A unit's node: the library that wires the log, the views, the feeds and the pages.
//!
//! ```text
//! web ──Command──▶ author ──Draft──▶ log ──tail──▶ outbox ──▶ NATS
//!                                     │  ▲
//!                                     │  ├─arrivals── inbox ◀── NATS
//!                                     │  └─pages──── healer ◀─beacons─▶ peers
//!                                     └─▶ projection ──▶ views ──▶ web
//!                                              └──▶ standing (keys, zones) ──▶ log's gate, owner
//! ```
//!
//! `officers` answers `web` for who may sign in (the vault); `reminder` reads the views, notes in the
//! log what is due, and then tells a program.
//!
//! [`run`] is a node's life; [`init`], [`founding`] and [`rebuild`] need no running node.
//! Absent here: any SQL, any NATS subject, any HTTP route, any rule of the domain.

pub mod auditor;
mod author;
mod backup;
mod clerk;
mod clock;
mod config;
mod console;
pub mod deploy;
mod eraser;
mod error;
pub mod founding;
mod front;
mod granting;
pub mod handover;
mod healer;
pub mod healing;
mod inbox;
pub mod init;
mod keys;
mod monitor;
mod nats;
mod officers;
mod outbox;
mod owner;
mod past;
mod projection;
pub mod quarantine;
mod rebuild;
pub mod registrar;
mod reminder;
pub mod restore;
mod run;
mod sealing;
mod standing;
mod status;
mod trail;

pub use author::Author;
pub use backup::back_up;
pub use clock::SystemClock;
pub use config::{Anchor, Config, Console, Due, Enrolment, Overrides, Pace, SOCKET_FILE, Tls};
pub use error::NodeError;
pub use granting::Holding;
pub use keys::load as signing_key;
pub use outbox::rewind;
pub use projection::{Projection, Shown};
pub use rebuild::rebuild;
pub use run::run;
pub use sealing::{Keyholder, Sealer};
pub use standing::Standing;
