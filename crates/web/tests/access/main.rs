//! Every row of the table of routes as everybody, and every act as every role, on real servers: what
//! comes of it is what the table says, and what `docs/ACCESS.md` says.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

#[path = "../support/mod.rs"]
mod support;

mod acts;
mod document;
mod routes;
