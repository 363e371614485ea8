//! What tests change in a stopped node's vault, as no program of ours would.

use std::path::Path;

use rusqlite::Connection;

use crate::cluster::{Failed, failed};

/// Makes the node in a directory one that was last known to run at a moment, milliseconds since 1970.
pub fn away_since(dir: &Path, alive_ms: u64) -> Result<(), Failed> {
    let vault = Connection::open(dir.join("keys.db")).map_err(failed)?;
    vault.execute("UPDATE presence SET alive_ms = ?1", [alive_ms]).map_err(failed)?;
    Ok(())
}
