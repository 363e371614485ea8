//! Floors: for each thing that we do, the simplest program that does only that. They use the same
//! libraries and none of our logic.

pub mod append;
pub mod cipher;
pub mod fold;
pub mod hash;
pub mod live;
pub mod page;
pub mod publish;
pub mod read;
pub mod rebuild;
pub mod signatures;
