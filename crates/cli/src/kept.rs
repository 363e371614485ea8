//! What is kept between two commands for one node: the session, and reports that wait for the line.
//!
//! It lies in the user's own folder (`$XDG_STATE_HOME/giapranh`, or `~/.local/state/giapranh`), for the
//! user alone, and apart from the node's directory, which may be another user's. A file is there whole
//! or not at all.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use giapranh_record::Hash;

use crate::exit::{Exit, Failure};
use crate::next::quoted;
use crate::say;

/// Hexadecimal digits of a node's folder: enough that no two of a machine are the same.
const NAME_DIGITS: usize = 16;

/// The folder of one node, which need not be there.
#[derive(Debug, Clone)]
pub struct Kept {
    dir: PathBuf,
}

impl Kept {
    /// The folder for the node of a directory.
    pub fn of(node: &Path) -> Result<Self, Failure> {
        let home =
            |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
        let state = home("XDG_STATE_HOME").or_else(|| Some(home("HOME")?.join(".local/state")));
        let state = state.ok_or_else(|| {
            Failure::new(Exit::Failed, say!("no-home")).next("export XDG_STATE_HOME=\"$PWD\"")
        })?;
        // The same node by whichever way it is named.
        let node = fs::canonicalize(node)
            .or_else(|_| std::path::absolute(node))
            .unwrap_or_else(|_| node.to_owned());
        let mut name = Hash::of(&[node.as_os_str().as_encoded_bytes()]).to_string();
        name.truncate(NAME_DIGITS);
        Ok(Self { dir: state.join("giapranh").join(name) })
    }

    /// The session's file.
    pub fn session(&self) -> PathBuf {
        self.dir.join("session.json")
    }

    /// The folder of reports that wait.
    pub fn hits(&self) -> PathBuf {
        self.dir.join("hits")
    }

    /// Removes folders in which nothing lies any more.
    pub fn tidy(&self) {
        // One that is not empty stays.
        let _ = fs::remove_dir(self.hits());
        let _ = fs::remove_dir(&self.dir);
    }
}

/// Writes a file for its owner alone, and makes the folder for it.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    fs::set_permissions(dir, Permissions::from_mode(0o700))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = dir.join(format!(".{name}.{}", std::process::id()));
    let written = write_whole(&new, bytes).and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        // The part that was written is ours, and of no use.
        let _ = fs::remove_file(&new);
    }
    written.and_then(|()| File::open(dir)?.sync_all())
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // One that an earlier process of this number left behind.
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Reads a file that others must not be able to read; `None` when it is not there.
pub fn read_private(path: &Path) -> Result<Option<String>, Failure> {
    let shown = path.display().to_string();
    let failed = |error: io::Error| Failure::new(Exit::Failed, format!("{shown}: {error}"));
    let mode = match fs::metadata(path) {
        Ok(found) => found.permissions().mode(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    if mode & 0o077 != 0 {
        return Err(Failure::new(Exit::Failed, say!("key-not-private", path = shown.as_str()))
            .next(format!("chmod 600 {}", quoted(path))));
    }
    fs::read_to_string(path).map(Some).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_for_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/session.json");
        for text in ["first", "second"] {
            write(&path, text.as_bytes()).unwrap();
            assert_eq!(read_private(&path).unwrap().as_deref(), Some(text));
        }
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        assert!(read_private(&path).unwrap_err().next.unwrap().starts_with("chmod 600 "));
        assert_eq!(read_private(Path::new("/nowhere/x")).unwrap(), None);
    }
}
