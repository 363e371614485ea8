//! A checkpoint that an auditor kept from earlier, held against a log: does the log still hold
//! exactly what was signed then?

use giapranh_log::{LogError, Reader};
use serde::Serialize;

use crate::AuditError;
use crate::note::Note;
use crate::ranges::Ranges;
use crate::tree::{Held, TreeId};
use crate::trust::Keys;

/// How a checkpoint stands to a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The log holds exactly what was signed.
    Holds,
    /// It is no checkpoint of a unit whose key is enrolled.
    NotACheckpoint,
    /// The log holds as many events, and others than were signed.
    OtherRoot,
    /// The log does not hold all that was signed, so nothing can be compared.
    Incomplete,
    /// The log can't be read where it should hold them.
    Unreadable,
}

/// A checkpoint and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    /// The file that it was in.
    pub name: String,
    /// The origin that it names.
    pub origin: String,
    /// The epoch that it names.
    pub epoch: u32,
    /// Events signed; 0 when it can't be opened.
    pub size: u64,
    /// The root that was signed.
    pub root: String,
    /// How it stands to the log.
    pub standing: Standing,
    /// How many of these events the log holds.
    pub held: u64,
    /// Indices of those that the log does not hold.
    pub missing: Ranges,
    /// The same in a sentence.
    pub what: String,
}

impl Kept {
    /// Whether the log still holds exactly what was signed then.
    pub fn holds(&self) -> bool {
        self.standing == Standing::Holds
    }
}

/// Holds a checkpoint against a log whose keys are known.
pub(crate) fn hold(reader: &Reader, keys: &Keys, note: &Note) -> Result<Kept, AuditError> {
    let named = note.tree();
    let mut kept = Kept {
        name: note.name.clone(),
        origin: named.as_ref().map(|tree| tree.origin.clone()).unwrap_or_default(),
        epoch: named.map_or(0, |tree| tree.epoch),
        size: 0,
        root: String::new(),
        standing: Standing::NotACheckpoint,
        held: 0,
        missing: Ranges::default(),
        what: String::new(),
    };
    let checkpoint = match note.open(keys) {
        Ok(checkpoint) => checkpoint,
        Err(why) => return Ok(Kept { what: why, ..kept }),
    };
    let (tree, size) = (TreeId::of(&checkpoint), checkpoint.size);
    (kept.size, kept.root) = (checkpoint.size, checkpoint.root.to_string());
    let held = match Held::read(reader, &tree, Some(size)) {
        Ok(held) => held,
        Err(AuditError::Log(error @ LogError::Damaged { .. })) => {
            return Ok(Kept { standing: Standing::Unreadable, what: error.to_string(), ..kept });
        }
        Err(error) => return Err(error),
    };
    kept.held = held.count;
    (kept.standing, kept.what) = if !held.missing.is_empty() {
        let what = format!(
            "the log holds {} of the {size} events that {tree} signed for; index {} is missing",
            held.count, held.missing
        );
        (Standing::Incomplete, what)
    } else if held.grown.root(size) == Some(checkpoint.root) {
        (Standing::Holds, format!("the log still holds exactly the {size} events of {tree} signed"))
    } else {
        let what = format!("the log holds {size} events of {tree}, and others than were signed");
        (Standing::OtherRoot, what)
    };
    kept.missing = held.missing;
    Ok(kept)
}
