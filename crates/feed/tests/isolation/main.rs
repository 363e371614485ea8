//! Who may do what on servers of rendered configurations, tried out on real ones.

#![allow(clippy::unwrap_used, reason = "what is not as expected fails the test")]
#![expect(clippy::print_stdout, reason = "what was seen is what a failure is about")]

mod attack;
mod entry;
mod exchange;
mod files;
mod matrix;
mod page;
mod raw;
mod reload;
mod rows;
mod supervised;
mod told;
mod victim;
mod world;
