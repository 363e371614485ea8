//! Files that are named on the command line.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;

use crate::exit::{Exit, Failure};
use crate::{next, say};

/// Reads a file that was named on the command line; `-` is stdin.
pub fn read_file(path: &Path) -> Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).with_context(|| say!("stdin-not-text"))?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(|error| {
        let shown = path.display().to_string();
        let sentence = match error.kind() {
            // What to type is for who knows what should be in the file.
            ErrorKind::NotFound => {
                let sentence = say!("file-not-there", path = shown);
                return Failure::new(Exit::NotFound, sentence).into();
            }
            ErrorKind::PermissionDenied => say!("file-not-ours", path = shown),
            _ => format!("{shown}: {error}"),
        };
        let line = format!("ls -la {}", next::quoted(path));
        Failure::new(Exit::Failed, sentence).next(line).into()
    })
}

/// Reads a JSON file that was named on the command line.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_str(&read_file(path)?).map_err(|error| not_understood(path, &error).into())
}

/// What stands in a file is something else than what was asked for.
pub fn not_understood(path: &Path, why: &impl std::fmt::Display) -> Failure {
    let (path, why) = (path.display().to_string(), why.to_string());
    Failure::new(Exit::Refused, say!("file-not-understood", path = path, why = why))
}

/// Writes a file that did not exist, for its owner alone, whole or not at all.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error: std::io::Error| {
        let shown = path.display();
        match error.kind() {
            ErrorKind::AlreadyExists => {
                let sentence = say!("file-exists", path = shown.to_string());
                Failure::new(Exit::Refused, sentence).next(format!("ls -l {}", next::quoted(path)))
            }
            _ => Failure::new(Exit::Failed, format!("{shown}: {error}")),
        }
    };
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    let written = file.write_all(bytes).and_then(|()| File::sync_all(&file));
    if written.is_err() {
        // The part that was written is ours, and of no use.
        let _ = std::fs::remove_file(path);
    }
    Ok(written.map_err(failed)?)
}
