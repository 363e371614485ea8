//! An evidence file before it is written: numbers and hashes, the bytes come from the log.

use std::collections::BTreeMap;
use std::path::Path;

use giapranh_log::{LogError, Reader};
use giapranh_record::proof::{Consistency, Inclusion};

use crate::evidence::{At, Counts, FeedContext, MANIFEST_BYTES, Manifest, Name, PARTS, Writer};
use crate::export::Made;
use crate::export::choose::{Place, Undone};
use crate::export::trees::Tree;
use crate::tree::TreeId;
use crate::{AuditError, file};

/// Everything that goes into a file.
pub(crate) struct Outline<'a> {
    pub reader: &'a Reader,
    /// Without counts, directory head and feeds, which follow from the rest.
    pub manifest: Manifest,
    pub directory: Vec<Place>,
    pub undone: Vec<Undone>,
    pub events: Vec<Place>,
    pub feeds: Vec<FeedContext>,
    pub trees: BTreeMap<TreeId, Tree>,
    pub remarks: Vec<String>,
}

/// Takes the next part.
type Put<'a> = dyn FnMut(Name, &[u8]) -> Result<(), AuditError> + 'a;

impl Outline<'_> {
    /// Writes the file, which must not exist.
    pub fn write(
        mut self,
        path: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Made, AuditError> {
        let counts = self.counts();
        self.manifest.counts = counts.clone();
        self.manifest.directory_head = counts.directory;
        self.manifest.feeds = std::mem::take(&mut self.feeds);
        let manifest = serde_json::to_vec_pretty(&self.manifest)
            .map_err(|error| AuditError::Request(format!("the manifest is no JSON: {error}")))?;
        let Counts { directory, events, checkpoints, inclusions, consistencies } = counts;
        let undone = self.undone.len() as u64;
        let total = 1 + directory + undone + events + checkpoints + inclusions + consistencies;
        if total > PARTS || manifest.len() > MANIFEST_BYTES {
            let what =
                format!("this is more than one evidence file holds ({PARTS} parts): choose less");
            return Err(AuditError::Request(what));
        }
        let mut done = 0;
        let mut step = || {
            done += 1;
            progress(done, total);
        };
        let (parts, bytes) = file::create(path, |out| {
            let failed = |error| AuditError::io(path)(error);
            let mut writer = Writer::new(out).map_err(failed)?;
            let mut put = |name: Name, bytes: &[u8]| {
                step();
                writer.part(&name, bytes).map_err(failed)
            };
            put(Name::Manifest, &manifest)?;
            self.parts(&mut put)?;
            let (_, parts, bytes) = writer.end().map_err(failed)?;
            Ok((parts, bytes))
        })?;
        let counts = self.manifest.counts;
        Ok(Made { path: path.to_owned(), bytes, parts, counts, remarks: self.remarks })
    }

    /// Every part after the manifest, in order.
    fn parts(&self, put: &mut Put<'_>) -> Result<(), AuditError> {
        for (place, head) in self.directory.iter().zip(1..) {
            put(Name::Directory(head), &self.bytes(place)?)?;
        }
        for Undone { by, head, place } in &self.undone {
            put(Name::Undone(*by, *head), &self.bytes(place)?)?;
        }
        for place in &self.events {
            put(Name::Event(place.at.clone()), &self.bytes(place)?)?;
        }
        for (id, tree) in &self.trees {
            for (size, note) in &tree.checkpoints {
                put(Name::Checkpoint(id.clone(), *size), note.as_bytes())?;
            }
        }
        for (id, tree) in &self.trees {
            for index in &tree.indices {
                let at = At { tree: id.clone(), index: *index };
                put(Name::Inclusion(at), inclusion(id, tree, *index)?.as_bytes())?;
            }
        }
        for (id, tree) in &self.trees {
            for (old, new) in &tree.consistencies {
                let name = Name::Consistency(id.clone(), *old, *new);
                put(name, consistency(id, tree, (*old, *new))?.as_bytes())?;
            }
        }
        Ok(())
    }

    fn counts(&self) -> Counts {
        let sum = |count: fn(&Tree) -> usize| self.trees.values().map(count).sum::<usize>() as u64;
        Counts {
            directory: self.directory.len() as u64,
            events: self.events.len() as u64,
            checkpoints: sum(|tree| tree.checkpoints.len()),
            inclusions: sum(|tree| tree.indices.len()),
            consistencies: sum(|tree| tree.consistencies.len()),
        }
    }

    fn bytes(&self, place: &Place) -> Result<bytes::Bytes, AuditError> {
        let before = place.position.saturating_sub(1);
        match self.reader.after(before, 1)?.pop() {
            Some(stored) if stored.position == place.position => Ok(stored.event.bytes().clone()),
            _ => Err(AuditError::Log(LogError::Damaged {
                path: std::path::PathBuf::from("the log"),
                position: before,
                detail: "an event that was there is not there any more".to_owned(),
            })),
        }
    }
}

fn inclusion(id: &TreeId, tree: &Tree, index: u64) -> Result<String, AuditError> {
    let proof = tree.checkpoints.last_key_value().and_then(|(size, note)| {
        let (leaf, path) = (tree.grown.leaf(index)?, tree.grown.inclusion(index, *size)?);
        Some(Inclusion { leaf, index, path, note: note.clone() }.to_text())
    });
    proof.ok_or_else(|| AuditError::Nothing(format!("event {index} in the tree of {id}")))
}

fn consistency(id: &TreeId, tree: &Tree, (old, new): (u64, u64)) -> Result<String, AuditError> {
    let proof = tree.checkpoints.get(&new).and_then(|note| {
        let path = tree.grown.consistency(old, new)?;
        Some(Consistency { old, path, note: note.clone() }.to_text())
    });
    proof.ok_or_else(|| AuditError::Nothing(format!("tree of {new} events of {id}")))
}
