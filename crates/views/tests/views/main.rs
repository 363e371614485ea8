//! Views against a log in memory that holds real, signed events.

mod cluster;
mod convergence;
mod projector;
mod queries;
mod rebuild;
