//! Views against a log in memory that holds real, signed events.

#![allow(clippy::unwrap_used, reason = "what is not as expected fails the test")]

mod cluster;
mod convergence;
mod delivery;
mod desk;
mod drafts;
mod due;
mod forks;
mod links;
mod obligations;
mod projector;
mod queries;
mod rebuild;
mod sealed;
mod search;
mod viewers;
mod words;
mod zones;
