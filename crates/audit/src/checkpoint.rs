//! A node's own tree as a signed checkpoint: to be kept by others, and held against the log later.

use giapranh_log::Reader;
use giapranh_record::Signer;
use giapranh_record::checkpoint::Checkpoint;
use serde::Serialize;

use crate::AuditError;
use crate::tree::{Grown, Held, TreeId};

/// A checkpoint and its note.
#[derive(Debug, Clone, Serialize)]
pub struct Signed {
    /// The unit whose tree it is.
    pub origin: String,
    /// Which life of its log.
    pub epoch: u32,
    /// Events published.
    pub size: u64,
    /// The tree's root.
    pub root: String,
    /// The signed note.
    pub note: String,
}

/// Signs what the node of a log has published so far. Works while the node runs.
pub fn sign(reader: &Reader, signer: &dyn Signer) -> Result<Signed, AuditError> {
    let (tree, grown) = own(reader, signer)?;
    let checkpoint = at(&tree, &grown, grown.size())?;
    let Checkpoint { origin, epoch, size, root } = checkpoint.clone();
    Ok(Signed { origin, epoch, size, root: root.to_string(), note: checkpoint.sign(signer) })
}

/// The tree of a log's own node, if the key is that node's.
pub(crate) fn own(reader: &Reader, signer: &dyn Signer) -> Result<(TreeId, Grown), AuditError> {
    let identity = reader.identity()?;
    if identity.public_key != signer.public_key() {
        return Err(AuditError::OtherKey(identity.unit));
    }
    let tree = TreeId { origin: identity.unit, epoch: identity.epoch };
    let held = Held::read(reader, &tree, None)?;
    if held.missing.is_empty() {
        return Ok((tree, held.grown));
    }
    Err(AuditError::OwnTreeIncomplete { tree: tree.to_string(), missing: held.missing.to_string() })
}

/// The checkpoint of a tree when it had that size.
pub(crate) fn at(tree: &TreeId, grown: &Grown, size: u64) -> Result<Checkpoint, AuditError> {
    let root = grown.root(size).ok_or_else(|| {
        AuditError::Nothing(format!("tree of {size} events of {tree}: it has {}", grown.size()))
    })?;
    Ok(Checkpoint { origin: tree.origin.clone(), epoch: tree.epoch, size, root })
}
