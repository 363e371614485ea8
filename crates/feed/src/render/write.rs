//! Putting rendered files where they belong.

use std::fs::{self, DirBuilder, File as Handle, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{File, Rendered};
use crate::{FeedError, Seed};

/// What writing did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Files that are new or other than before, below the directory. The rest was not touched.
    pub changed: Vec<PathBuf>,
}

/// Writes what was rendered below `out`. Everything is written beside it first; only then is file
/// after file replaced, each at once, and only where something differs. What else lies there
/// stays: stores, certificates, seeds.
pub fn write(rendered: &Rendered, out: &Path) -> Result<Written, FeedError> {
    make_dir(out)?;
    let pending = pending_dir(out)?;
    let written = write_through(rendered, out, &pending);
    // Left over when it fails, which the next run removes.
    let removed = fs::remove_dir_all(&pending);
    let changed = written?;
    removed.map_err(|error| failed(&pending, &error))?;
    Ok(Written { changed })
}

fn write_through(
    rendered: &Rendered,
    out: &Path,
    pending: &Path,
) -> Result<Vec<PathBuf>, FeedError> {
    let differs = |(path, file): &(&PathBuf, &File)| !is_same(&out.join(path), file);
    let changed: Vec<(&PathBuf, &File)> = rendered.files.iter().filter(differs).collect();
    for (path, file) in &changed {
        let path = pending.join(path);
        make_parent(&path)?;
        create(&path, file.text.as_bytes(), file.mode)?;
    }
    for (path, _) in &changed {
        let target = out.join(path);
        make_parent(&target)?;
        fs::rename(pending.join(path), &target).map_err(|error| failed(&target, &error))?;
    }
    Ok(changed.into_iter().map(|(path, _)| path.clone()).collect())
}

/// The text of the file that a leaf's configuration includes: the seed that the hub knows it by.
pub fn link_file(seed: &Seed) -> Zeroizing<String> {
    Zeroizing::new(format!("nkey: \"{}\"\n", seed.text()))
}

/// Writes a new file of this mode and syncs it. Never writes over one.
pub(crate) fn create(path: &Path, bytes: &[u8], mode: u32) -> Result<(), FeedError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(mode);
    let write = |mut file: Handle| {
        // The mask of the process may have taken bits away.
        file.set_permissions(fs::Permissions::from_mode(mode))?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    options.open(path).and_then(write).map_err(|error| failed(path, &error))
}

pub(crate) fn make_dir(path: &Path) -> Result<(), FeedError> {
    let made = DirBuilder::new().recursive(true).mode(0o750).create(path);
    made.map_err(|error| failed(path, &error))
}

fn make_parent(path: &Path) -> Result<(), FeedError> {
    path.parent().map_or(Ok(()), make_dir)
}

/// Beside the output, on the same file system, so that files can be moved from it.
fn pending_dir(out: &Path) -> Result<PathBuf, FeedError> {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".pending");
    let pending = match out.file_name() {
        Some(_) => out.with_file_name(name),
        // `.` or `/`: there is no beside.
        None => out.join(name),
    };
    match fs::remove_dir_all(&pending) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(&pending, &error)),
        _ => {}
    }
    let made = DirBuilder::new().mode(0o700).create(&pending);
    made.map_err(|error| failed(&pending, &error))?;
    Ok(pending)
}

fn is_same(path: &Path, file: &File) -> bool {
    let mode = fs::metadata(path).map(|found| found.permissions().mode() & 0o7777);
    mode.is_ok_and(|mode| mode == file.mode)
        && fs::read(path).is_ok_and(|bytes| bytes == file.text.as_bytes())
}

fn failed(path: &Path, error: &std::io::Error) -> FeedError {
    FeedError::File { path: path.to_owned(), reason: error.to_string() }
}
