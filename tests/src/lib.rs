//! A cluster of real nodes, for the tests of the whole and for the demonstration: real processes,
//! a real nats-server, real files.

pub mod api;
pub mod cluster;
pub mod story;
