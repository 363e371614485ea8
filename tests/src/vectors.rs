//! The test vectors of `docs/SPEC.md`: valid and broken bytes of everything that a verifier reads,
//! each with its verdict, for whoever writes one in another language.
//!
//! What must hold: the same seeds give the same bytes on every machine, and every verdict is that
//! of the page, not that of our code; `tests/tests/vectors.rs` holds our code against them.

mod checkpoint;
mod consistency;
mod curve;
mod directory;
mod event;
mod evidence;
mod history;
mod inclusion;
mod index;
mod log;
mod merkle;
mod succession;
mod wire;
mod world;

use std::io;
use std::path::Path;

use index::Collection;

/// The command that writes them anew.
pub const COMMAND: &str = "make vectors";

/// Writes every vector and `index.json` into `dir`.
pub fn generate(dir: &Path) -> io::Result<()> {
    let mut collection = Collection::new(dir)?;
    event::add(&mut collection)?;
    merkle::add(&mut collection)?;
    checkpoint::add(&mut collection)?;
    inclusion::add(&mut collection)?;
    consistency::add(&mut collection)?;
    directory::add(&mut collection)?;
    evidence::add(&mut collection)?;
    log::add(&mut collection)?;
    collection.finish()
}
