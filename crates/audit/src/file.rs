//! A file that is made once, for its owner, and is whole or not there.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::AuditError;

/// Makes a file that must not exist, readable by its owner alone: it may hold personal data. When
/// writing fails, it is removed again.
pub(crate) fn create<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<T, AuditError>,
) -> Result<T, AuditError> {
    let file = File::options().write(true).create_new(true).mode(0o600).open(path);
    let file = file.map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => AuditError::Exists(path.to_owned()),
        _ => AuditError::Io { path: path.to_owned(), source },
    })?;
    let mut out = BufWriter::new(file);
    let written = write(&mut out).and_then(|written| {
        out.flush().and_then(|()| out.get_ref().sync_all()).map_err(AuditError::io(path))?;
        Ok(written)
    });
    if written.is_err() {
        // What was begun proves nothing, and would be in the way of the next try.
        let _ = std::fs::remove_file(path);
    }
    written
}
