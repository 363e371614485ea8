//! A cluster of real nodes, for the tests of the whole and for the demonstration: real processes,
//! a real nats-server, real files. And the test vectors of the contract.

pub mod api;
pub mod cluster;
pub mod decoders;
pub mod holdings;
pub mod load;
pub mod officers;
pub mod program;
pub mod story;
pub mod topology;
pub mod vault;
pub mod vectors;
