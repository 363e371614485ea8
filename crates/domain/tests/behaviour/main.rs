//! What the domain does, seen from outside: given what has happened, when somebody acts, then this.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod adoption;
mod answer;
mod changes;
mod clocks;
mod content;
mod directory;
mod drafts;
mod fold;
mod forks;
mod founding;
mod keys;
mod life;
mod marks;
mod permutation;
mod refusal;
mod reorganisation;
mod stage;
mod success;
mod words;
