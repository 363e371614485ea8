//! What every line needs: how it is to be measured, where, and the nodes that were made for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use ed25519_dalek::VerifyingKey;
use giapranh_record::Signer as _;
use tokio::runtime::Runtime;

use crate::backlog::{self, Backlog};
use crate::corpus::{Corpus, Published, VERSION};
use crate::fixture::{self, RECEIVER};
use crate::floor::{self, signatures};
use crate::ingestion::Ingestion;
use crate::measure::Turns;

/// Events in a transaction where only the end counts.
const BATCH: usize = 4_096;

/// How, where and with what it is measured.
pub struct Context {
    /// Small sizes: to see that all of it runs, not to quote.
    pub quick: bool,
    /// Leaves floors out.
    pub ours_only: bool,
    /// The program that is measured as a process.
    pub giapranh: PathBuf,
    /// Where everything is made.
    pub work: PathBuf,
    /// As a node has one.
    pub runtime: Runtime,
}

impl Context {
    /// One of two sizes.
    pub fn size(&self, whole: usize, quick: usize) -> usize {
        if self.quick { quick } else { whole }
    }

    /// So many turns, fewer when it has to be quick.
    pub fn turns(&self, rounds: usize) -> Turns {
        let rounds = if self.quick { rounds.min(3) } else { rounds };
        Turns { rounds, ours_only: self.ours_only }
    }

    /// How many events a backlog has, the directory's apart.
    pub fn events(&self) -> usize {
        self.size(200_000, 20_000)
    }

    /// Why no node can be run as a process, if so.
    pub fn no_program(&self) -> Option<String> {
        let absent = !self.giapranh.exists();
        absent.then(|| format!("{} is not there; build giapranh-cli", self.giapranh.display()))
    }

    /// A directory of its own for a line; what lay there is gone.
    pub fn fresh(&self, name: &str) -> Result<PathBuf> {
        let dir = self.work.join(name);
        if dir.exists() {
            std::fs::remove_dir_all(&dir)?;
        }
        std::fs::create_dir_all(&dir)?;
        Ok(dir)
    }

    /// The file with the backlog.
    pub fn backlog(&self) -> Result<PathBuf> {
        let path = self.work.join(format!("backlog-{VERSION}-{}", self.events()));
        self.once(&path, |path| backlog::create(path, Corpus::new()?, self.events()))
    }

    /// The same events, sealed, those of the directory apart.
    pub fn sealed(&self) -> Result<Vec<Published>> {
        let path = self.work.join(format!("sealed-{VERSION}-{}", self.events()));
        let create = |path: &Path| backlog::create(path, Corpus::new()?.sealed(), self.events());
        let mut backlog = Backlog::open(&self.once(&path, create)?)?;
        backlog.founding()?;
        backlog.collect()
    }

    /// The directory's events and the backlog's.
    pub fn published(&self) -> Result<(Vec<Published>, Vec<Published>)> {
        let mut backlog = Backlog::open(&self.backlog()?)?;
        let founding = backlog.founding()?;
        Ok((founding, backlog.collect::<Result<_>>()?))
    }

    /// A node in `dir` that has the directory and nothing else.
    pub fn founded_node(&self, dir: &Path) -> Result<()> {
        let founding = Backlog::open(&self.backlog()?)?.founding()?;
        self.runtime.block_on(fixture::make_founded(dir, RECEIVER, &founding))
    }

    /// The directory of a node that has taken in the whole backlog. Not to be changed.
    pub fn full_node(&self) -> Result<PathBuf> {
        self.once(&self.work.join("full-node"), |dir| {
            self.founded_node(dir)?;
            let mut backlog = Backlog::open(&self.backlog()?)?;
            backlog.founding()?;
            self.runtime.block_on(async {
                let mut ingestion = Ingestion::open(dir)?;
                ingestion.take(backlog).await?;
                ingestion.close().await;
                anyhow::Ok(())
            })
        })
    }

    /// A copy of that node that a line may change, as its end left it.
    pub fn copy_of_full_node(&self, name: &str) -> Result<PathBuf> {
        let (from, to) = (self.full_node()?, self.fresh(name)?);
        for entry in std::fs::read_dir(from)? {
            let entry = entry?;
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
        Ok(to)
    }

    /// The bytes of the same events in a table of the floor.
    pub fn table(&self) -> Result<PathBuf> {
        self.once(&self.work.join("table.db"), |path| {
            let (founding, events) = self.published()?;
            let bytes = founding.iter().chain(&events).map(|event| &event.bytes);
            floor::append::Table::create(path)?.append(bytes, BATCH)
        })
    }

    /// This program as a process of its own.
    pub fn child(arguments: &[&str]) -> Result<String> {
        let program = std::env::current_exe()?;
        let output = Command::new(program).arg("--child").args(arguments).output()?;
        anyhow::ensure!(
            output.status.success(),
            "the child {arguments:?} ended with {}:\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).context("what a child says")
    }

    /// Makes what is not there yet: a file or directory with that name is a whole one.
    pub fn once(&self, path: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        if !path.exists() {
            let unfinished = self.fresh("unfinished")?.join("it");
            make(&unfinished)?;
            std::fs::rename(&unfinished, path)?;
        }
        Ok(path.to_owned())
    }
}

/// The signatures of events, as the floor verifies them.
pub fn signatures_of(events: &[Published]) -> Result<Vec<signatures::Signed>> {
    let mut keys = BTreeMap::new();
    for event in events {
        if !keys.contains_key(&event.origin) {
            let bytes = fixture::key(&event.origin).public_key().to_bytes();
            keys.insert(event.origin.clone(), VerifyingKey::from_bytes(&bytes)?);
        }
    }
    let key_of = |origin: &str| keys.get(origin).copied().context("an unknown origin");
    signatures::of(events.iter().map(|event| &event.bytes), key_of)
}
