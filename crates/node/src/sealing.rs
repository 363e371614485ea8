//! With which key a payload is sealed, and the keys that this node holds.
//!
//! A key is durable before the first event that is sealed with it: some lie in a pool, put by ahead in
//! one transaction, so that a command waits for one sync, its own. A thread fills the pool again and
//! notes what each key was used for. What the pool held when the node ended is not used any more:
//! whether it was, nobody would have to find out.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use giapranh_audit::Keys;
use giapranh_log::Stored;
use giapranh_record::event::Event;
use giapranh_record::{DataKey, Hash, Payload, Seal};
use giapranh_vault::{DataKeys, KeyBytes, VaultError};
use giapranh_views::SourceError;

/// Keys that lie ready.
const POOL: usize = 16;
/// What a key was used for that may have been used in an earlier life of the node.
const EARLIER: &str = "?";

/// Why something can't be sealed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealError {
    /// The alert has keys, and none of them is here.
    #[error("the key of this alert is not here")]
    NoKey,
    /// A nonce would serve twice.
    #[error("the system's randomness repeats itself, so nothing was sealed")]
    Repeats,
    #[error("a key can't be had: {0}")]
    Vault(#[from] VaultError),
}

/// The keys of a running node, for all who seal and open. Clones are the same.
#[derive(Clone)]
pub struct Sealer(Arc<Inner>);

struct Inner {
    keys: DataKeys,
    pool: Mutex<Vec<DataKey>>,
    work: Sender<Work>,
}

/// What is done off the writer's thread.
enum Work {
    Fill,
    Used(Hash, String, u64),
}

impl Sealer {
    /// Opens the keys in a node's directory.
    pub fn open(dir: &Path) -> Result<Self, VaultError> {
        let keys = DataKeys::open(dir)?;
        let earlier = keys.unused()?.into_iter().map(|key| (key, EARLIER.to_owned(), 0));
        keys.note_uses(&earlier.collect::<Vec<_>>())?;
        let (work, to_do) = channel();
        let pool = Mutex::new(fresh(&keys, POOL)?);
        let sealer = Self(Arc::new(Inner { keys, pool, work }));
        let weak = Arc::downgrade(&sealer.0);
        let run = move || {
            attend(&to_do, || weak.upgrade());
        };
        thread::Builder::new().name("keys".to_owned()).spawn(run).map_err(|error| {
            VaultError::NoRandomness(format!("no thread can be had to keep keys ready: {error}"))
        })?;
        Ok(sealer)
    }

    /// Where the keys lie.
    pub(crate) fn keys(&self) -> &DataKeys {
        &self.0.keys
    }

    /// The key with that commitment, if it is here.
    pub(crate) fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, VaultError> {
        find(&self.0.keys, commitment)
    }

    /// What the next payload about an alert is sealed with: the newest of its keys that is here; a new
    /// one where it has none, or `may_begin`.
    pub(crate) fn seal_for(&self, about: &[Stored], may_begin: bool) -> Result<Seal, SealError> {
        let used: Vec<(Hash, [u8; 24])> =
            about.iter().rev().filter_map(|stored| sealed_with(&stored.event)).collect();
        for (commitment, _) in &used {
            if let Some(key) = self.key(commitment)? {
                return Self::seal(key, &used);
            }
        }
        if used.is_empty() || may_begin { self.seal_anew() } else { Err(SealError::NoKey) }
    }

    /// What something is sealed with that has a key of its own.
    pub(crate) fn seal_anew(&self) -> Result<Seal, SealError> {
        let taken = {
            let mut pool = self.0.pool.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = pool.pop();
            if pool.len() < POOL / 2 {
                // Fails only when the thread has ended, and then the pool is filled below.
                let _ = self.0.work.send(Work::Fill);
            }
            taken
        };
        let key = match taken {
            Some(key) => key,
            None => fresh(&self.0.keys, 1)?.pop().ok_or(SealError::Repeats)?,
        };
        Self::seal(key, &[])
    }

    fn seal(key: DataKey, used: &[(Hash, [u8; 24])]) -> Result<Seal, SealError> {
        let mut nonce = [0; 24];
        getrandom::fill(&mut nonce).map_err(|error| VaultError::NoRandomness(error.to_string()))?;
        let seal = Seal { key, nonce };
        check(&seal, used)?;
        Ok(seal)
    }

    /// Notes, soon, what a key was used for; `until_ms`: when it goes by itself, or 0.
    pub(crate) fn used(&self, seal: &Seal, subject: String, until_ms: u64) {
        // Fails only when the node ends. What was not noted is found by the events themselves.
        let _ = self.0.work.send(Work::Used(seal.key.commitment(), subject, until_ms));
    }
}

impl Keys for Sealer {
    fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, SourceError> {
        self.key(commitment).map_err(SourceError::new)
    }
}

/// The keys in the directory of a node that may be stopped.
pub struct Keyholder(DataKeys);

impl Keyholder {
    /// Opens them; `None` where there are none.
    pub fn there(dir: &Path) -> Result<Option<Arc<dyn Keys>>, VaultError> {
        let keys = DataKeys::open_there(dir)?;
        Ok(keys.map(|keys| Arc::new(Self(keys)) as Arc<dyn Keys>))
    }
}

impl Keys for Keyholder {
    fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, SourceError> {
        find(&self.0, commitment).map_err(SourceError::new)
    }
}

/// A nonce serves once with a key: of two texts under one anybody learns what tells them apart.
fn check(seal: &Seal, used: &[(Hash, [u8; 24])]) -> Result<(), SealError> {
    if used.contains(&(seal.key.commitment(), seal.nonce)) {
        return Err(SealError::Repeats);
    }
    Ok(())
}

/// With which key, and which nonce, an event is sealed.
pub(crate) fn sealed_with(event: &Event) -> Option<(Hash, [u8; 24])> {
    match (event.payload(), event.header().key_commitment) {
        (Payload::Sealed { nonce, .. }, Some(commitment)) => Some((commitment, *nonce)),
        _ => None,
    }
}

fn find(keys: &DataKeys, commitment: &Hash) -> Result<Option<DataKey>, VaultError> {
    Ok(keys.find(&commitment.0)?.map(|key| DataKey::from_bytes(*key)))
}

/// New keys, durable.
fn fresh(keys: &DataKeys, count: usize) -> Result<Vec<DataKey>, VaultError> {
    let mut made = Vec::with_capacity(count);
    for _ in 0..count {
        let mut bytes = KeyBytes::default();
        getrandom::fill(&mut *bytes)
            .map_err(|error| VaultError::NoRandomness(error.to_string()))?;
        made.push(DataKey::from_bytes(*bytes));
    }
    let kept: Vec<_> =
        made.iter().map(|key| (key.commitment().0, KeyBytes::new(*key.expose()))).collect();
    keys.put_by(&kept)?;
    Ok(made)
}

/// Fills the pool and notes uses until nobody seals any more.
fn attend(to_do: &Receiver<Work>, sealer: impl Fn() -> Option<Arc<Inner>>) {
    while let Ok(first) = to_do.recv() {
        let Some(sealer) = sealer() else { return };
        let (mut fill, mut uses) = (false, Vec::new());
        for work in [first].into_iter().chain(to_do.try_iter()) {
            match work {
                Work::Fill => fill = true,
                Work::Used(commitment, subject, until) => {
                    uses.push((commitment.0, subject, until));
                }
            }
        }
        let mut done = sealer.keys.note_uses(&uses);
        if fill && done.is_ok() {
            done = sealer.fill();
        }
        if let Err(error) = done {
            // Who seals next makes a key by itself, and is told what is wrong.
            tracing::warn!(%error, "no keys could be put by");
        }
    }
}

impl Inner {
    fn fill(&self) -> Result<(), VaultError> {
        let there = self.pool.lock().unwrap_or_else(PoisonError::into_inner).len();
        let more = fresh(&self.keys, POOL.saturating_sub(there))?;
        self.pool.lock().unwrap_or_else(PoisonError::into_inner).extend(more);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_sealed_with_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let sealer = Sealer::open(dir.path()).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        // More than the pool holds.
        for _ in 0..POOL * 3 {
            let seal = sealer.seal_anew().unwrap();
            assert!(seen.insert(seal.key.commitment()));
            assert!(sealer.key(&seal.key.commitment()).unwrap().is_some(), "it is durable");
        }
    }

    #[test]
    fn a_nonce_that_served_before_is_refused_by_name() {
        let dir = tempfile::tempdir().unwrap();
        let sealer = Sealer::open(dir.path()).unwrap();
        let key = sealer.seal_anew().unwrap().key;
        let given = Sealer::seal(key.clone(), &[]).unwrap();
        // All that there are: whatever is drawn served before.
        let refused = check(&given, &[(key.commitment(), given.nonce)]);
        assert!(matches!(refused, Err(SealError::Repeats)), "{refused:?}");
        assert!(check(&given, &[(Hash::ZERO, given.nonce)]).is_ok(), "with another key it may");
    }

    #[test]
    fn what_the_pool_held_in_an_earlier_life_is_not_used_again() {
        let dir = tempfile::tempdir().unwrap();
        let first = Sealer::open(dir.path()).unwrap();
        let before: Vec<Hash> = {
            let pool = first.0.pool.lock().unwrap();
            pool.iter().map(DataKey::commitment).collect()
        };
        drop(first);
        let second = Sealer::open(dir.path()).unwrap();
        for _ in 0..POOL * 2 {
            assert!(!before.contains(&second.seal_anew().unwrap().key.commitment()));
        }
    }
}
