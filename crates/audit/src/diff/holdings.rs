//! Which events a log holds, as numbers and hashes, and how two such holdings differ.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use giapranh_log::Reader;
use giapranh_record::Hash;
use uuid::Uuid;

use crate::AuditError;
use crate::diff::{FeedDifference, Fork};
use crate::ranges::Ranges;
use crate::tree::TreeId;

/// Events read at once.
const RANGE: usize = 512;
/// Most forks that are listed.
const LISTED: usize = 1_000;

/// What a log holds, each list in order.
#[derive(Debug, Default)]
pub(crate) struct Holdings {
    /// By tree, whether it is local, and index.
    indices: Vec<((TreeId, bool, u64), Hash)>,
    ids: Vec<(Uuid, Hash)>,
    /// By feed and seq.
    seqs: BTreeMap<(TreeId, String), Vec<(u64, Hash)>>,
}

/// How two holdings differ.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    pub feeds: Vec<FeedDifference>,
    pub forks: Vec<Fork>,
    pub forks_omitted: u64,
    /// Events that one side alone holds.
    pub only: [u64; 2],
}

impl Compared {
    pub fn is_same(&self) -> bool {
        self.only == [0, 0] && self.forks.is_empty()
    }

    fn fork(&mut self, by: &'static str, which: String, first: Hash, second: Hash) {
        if self.forks.len() < LISTED {
            let (first, second) = (first.to_string(), second.to_string());
            self.forks.push(Fork { by, which, first, second });
        } else {
            self.forks_omitted += 1;
        }
    }
}

impl Holdings {
    /// Reads a log up to a position; with the node's own notes when `local`.
    pub fn read(
        reader: &Reader,
        until: u64,
        local: bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, AuditError> {
        let mut held = Self::default();
        let mut position = 0;
        while position < until {
            let stored = reader.after(position, RANGE)?;
            let Some(last) = stored.last() else { break };
            position = last.position;
            for stored in stored.iter().filter(|stored| stored.position <= until) {
                let (header, leaf) = (stored.event.header(), stored.event.leaf());
                if header.is_local() && !local {
                    continue;
                }
                let tree = TreeId { origin: header.origin.clone(), epoch: header.epoch };
                for link in &header.links {
                    let feed = (tree.clone(), link.zone.clone());
                    held.seqs.entry(feed).or_default().push((link.seq, leaf));
                }
                held.ids.push((header.event_id, leaf));
                held.indices.push(((tree, header.is_local(), header.index), leaf));
            }
            progress(position.min(until), until);
        }
        held.indices.sort_unstable();
        held.ids.sort_unstable();
        held.seqs.values_mut().for_each(|seqs| seqs.sort_unstable());
        Ok(held)
    }

    /// How many events.
    pub fn events(&self) -> u64 {
        self.indices.len() as u64
    }

    /// What the other side holds otherwise.
    pub fn compare(&self, other: &Self) -> Compared {
        let mut compared = Compared::default();
        merge(&self.ids, &other.ids, |id, one, two| match (one, two) {
            (Some(one), Some(two)) if one != two => {
                compared.fork("event-id", id.to_string(), one, two);
            }
            _ => {}
        });
        merge(&self.indices, &other.indices, |(tree, local, index), one, two| match (one, two) {
            (Some(one), Some(two)) if one != two => {
                let zone = if *local { "local/" } else { "" };
                compared.fork("index", format!("{tree}/{zone}{index}"), one, two);
            }
            (Some(_), None) => compared.only[0] += 1,
            (None, Some(_)) => compared.only[1] += 1,
            _ => {}
        });
        let none = Vec::new();
        let feeds: std::collections::BTreeSet<_> =
            self.seqs.keys().chain(other.seqs.keys()).collect();
        for feed in feeds {
            let (tree, zone) = feed;
            let mut only = [Ranges::default(), Ranges::default()];
            let here = self.seqs.get(feed).unwrap_or(&none);
            let there = other.seqs.get(feed).unwrap_or(&none);
            merge(here, there, |seq, one, two| match (one, two) {
                (Some(one), Some(two)) if one != two => {
                    compared.fork("seq", format!("{tree}/{zone}/{seq}"), one, two);
                }
                (Some(_), None) => only[0].push(*seq),
                (None, Some(_)) => only[1].push(*seq),
                _ => {}
            });
            let [only_first, only_second] = only;
            if !only_first.is_empty() || !only_second.is_empty() {
                let (TreeId { origin, epoch }, zone) = (tree.clone(), zone.clone());
                let feed = FeedDifference { origin, epoch, zone, only_first, only_second };
                compared.feeds.push(feed);
            }
        }
        compared
    }
}

/// Goes through two lists in order, side by side; tells each key with what each side has there.
fn merge<K: Ord>(
    one: &[(K, Hash)],
    other: &[(K, Hash)],
    mut tell: impl FnMut(&K, Option<Hash>, Option<Hash>),
) {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((here, _)), Some((there, _))) => here.cmp(there),
        };
        let here = if order.is_le() { left.next() } else { None };
        let there = if order.is_ge() { right.next() } else { None };
        if let Some((key, _)) = here.or(there) {
            tell(key, here.map(|(_, hash)| *hash), there.map(|(_, hash)| *hash));
        }
    }
}
