//! Logs of a small cluster and a real founded one, and what an auditor makes of them.

#![allow(clippy::unwrap_used, reason = "what is not as expected fails the test")]

mod container;
mod diff;
mod forged;
mod logs;
mod proven;
mod raw;
mod registrars;
mod world;
