//! What tests need and the product does not. Never a dependency of anything that ships.

pub mod exchange;
pub mod figures;
pub mod ports;
pub mod random;
pub mod rendered;
pub mod server;
pub mod streams;
