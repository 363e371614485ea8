//! Rebuilding a stopped node's views from its log.

use std::path::Path;

use giapranh_audit::LogSource;
use giapranh_log::{LOG_FILE, Reader};
use giapranh_views::Rebuilt;

use crate::{Config, Keyholder, NodeError};

/// Folds the log into a new file and puts it in the old one's place. The node must not be running:
/// a running one does it itself.
pub fn rebuild(dir: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Rebuilt, NodeError> {
    let config = Config::load(dir)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let source = LogSource::whole(reader).with_keys(Keyholder::there(dir)?);
    Ok(giapranh_views::rebuild(dir, &config.anchor.registrar, &source, progress)?)
}
