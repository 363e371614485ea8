//! Who may do what on servers of rendered configurations, tried out on real ones.

mod raw;
mod reload;
mod world;
