//! Who may do what on servers of rendered configurations, tried out on real ones.

mod attack;
mod entry;
mod files;
mod matrix;
mod page;
mod raw;
mod reload;
mod rows;
mod victim;
mod world;
