//! Reports that are kept until the node has judged them: a file each, whose name is the key. So two
//! commands at once never write over each other's.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use giapranh_domain::Command;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kept::{Kept, read_private, write};
use crate::session::Credential;

/// A report that waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// What the node is told, with its key.
    pub command: Command,
    /// Who reported it, as that one had signed in; nobody where nobody has an account.
    #[serde(default)]
    pub whose: Option<String>,
    /// Why the node refused it when it was sent again; empty while it was not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub refused: String,
}

impl Waiting {
    /// A report of who has signed in, under a new key.
    pub fn new(mut command: Command, credential: Option<&Credential>) -> Self {
        command.key = Some(Uuid::now_v7());
        Self { command, whose: credential.map(Credential::whose), refused: String::new() }
    }

    /// Under which the node knows it.
    pub fn key(&self) -> Uuid {
        self.command.key.unwrap_or_default()
    }

    /// The alert that it is about.
    pub fn alert(&self) -> &str {
        self.command.act.alert().unwrap_or_default()
    }
}

/// The reports of one node.
#[derive(Debug)]
pub struct Shelf {
    kept: Kept,
}

impl Shelf {
    /// Those for the node of a directory.
    pub fn of(node: &Path) -> Result<Self> {
        Ok(Self { kept: Kept::of(node)? })
    }

    fn path(&self, key: Uuid) -> PathBuf {
        self.kept.hits().join(format!("{key}.json"))
    }

    /// Keeps one, in the place of what was kept under its key.
    pub fn keep(&self, waiting: &Waiting) -> Result<()> {
        let path = self.path(waiting.key());
        let text = serde_json::to_vec(waiting)?;
        write(&path, &text).with_context(|| path.display().to_string())
    }

    /// Lets one go; `false` when it is not there.
    pub fn let_go(&self, key: Uuid) -> Result<bool> {
        let path = self.path(key);
        let gone = match fs::remove_file(&path) {
            Ok(()) => true,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        self.kept.tidy();
        Ok(gone)
    }

    /// All of them, the oldest first.
    pub fn all(&self) -> Result<Vec<Waiting>> {
        let dir = self.kept.hits();
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).with_context(|| dir.display().to_string()),
        };
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.with_context(|| dir.display().to_string())?.path();
            // What is only half written has another name.
            if path.extension().is_some_and(|ext| ext == "json") {
                paths.push(path);
            }
        }
        // A key begins with the time at which it was made.
        paths.sort();
        let mut all = Vec::new();
        for path in paths {
            // One that another command has let go meanwhile is none.
            let Some(text) = read_private(&path)? else { continue };
            let waiting: Waiting =
                serde_json::from_str(&text).with_context(|| path.display().to_string())?;
            all.push(waiting);
        }
        Ok(all)
    }
}
