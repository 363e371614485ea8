//! What tests need and the product does not. Never a dependency of anything that ships.

pub mod server;
