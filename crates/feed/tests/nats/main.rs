//! The feed against a real nats-server: one test binary, a server a test.

#![allow(clippy::unwrap_used, reason = "what is not as expected fails the test")]

mod backfill;
mod beacon;
mod contract;
mod inbox;
mod isolated;
mod line;
mod login;
mod lost;
mod outbox;
mod owner;
mod server;
mod support;
