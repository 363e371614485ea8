//! Copying a node's log while it is written.

use std::path::Path;

use giapranh_log::{LOG_FILE, Reader};

use crate::{Config, NodeError};

/// Copies the log of the node in `dir`, as it is now, into a file that does not exist yet; gives
/// the position up to which it goes. The node may be running. The copy is a log by itself: it can be
/// verified and read anywhere.
///
/// The key and the marker are no part of it: one is secret, and the other must not go back in time.
pub fn back_up(dir: &Path, to: &Path) -> Result<u64, NodeError> {
    Config::load(dir)?;
    Reader::open(&dir.join(LOG_FILE))?.back_up(to)?;
    Ok(Reader::open(to)?.head()?)
}
