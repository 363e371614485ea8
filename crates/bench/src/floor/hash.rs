//! Reading the bytes of all events in order, and hashing each with the hash before it.

use anyhow::Result;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

/// The hash at the end of the chain.
pub fn chain(connection: &Connection) -> Result<[u8; 32]> {
    let mut newest = [0; 32];
    super::read::each(connection, usize::MAX >> 1, |bytes| {
        let mut sha = Sha256::new();
        sha.update(newest);
        sha.update(bytes);
        newest = sha.finalize().into();
        Ok(())
    })?;
    Ok(newest)
}
