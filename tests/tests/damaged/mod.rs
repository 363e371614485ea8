//! What is damaged, how, and what comes of it.

pub mod file;
pub mod fixture;
