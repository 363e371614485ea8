//! Views against a log in memory that holds real, signed events.

#![allow(clippy::unwrap_used, reason = "what is not as expected fails the test")]

mod cluster;
mod convergence;
mod delivery;
mod forks;
mod projector;
mod queries;
mod rebuild;
mod words;
