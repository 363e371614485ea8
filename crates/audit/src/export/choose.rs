//! Which events are exported, and where their bytes lie.

use std::collections::{BTreeMap, BTreeSet};

use giapranh_domain::directory::{Heard, Term};
use giapranh_domain::{Directory, UnitId};
use giapranh_log::{Identity, Reader, Stored};
use giapranh_record::{Hash, ZONE_DIRECTORY, ZONE_LOCAL};
use giapranh_views::to_word;

use crate::AuditError;
use crate::evidence::{At, FeedContext};
use crate::export::Select;
use crate::ranges::Ranges;
use crate::tree::TreeId;
use crate::trust;

/// Events read at once.
const RANGE: usize = 512;

/// An event that is exported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub at: At,
    pub position: u64,
}

/// What made a head of the directory until founders undid it.
pub(crate) struct Undone {
    /// The head by which they did.
    pub by: u64,
    /// The head that it made.
    pub head: u64,
    pub place: Place,
}

/// What is exported.
pub(crate) struct Chosen {
    /// By head, from 1.
    pub directory: Vec<Place>,
    /// In the order of the file.
    pub undone: Vec<Undone>,
    /// In the order of the file; none of the directory.
    pub events: Vec<Place>,
    pub feeds: Vec<FeedContext>,
}

/// A feed's seqs, as they are found, and the newest's leaf hash.
#[derive(Default)]
struct Found {
    seqs: Vec<u64>,
    newest: (u64, Option<Hash>),
}

/// Goes through the log as far as `head`.
pub(crate) fn choose(
    reader: &Reader,
    identity: &Identity,
    select: &Select,
    head: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Chosen, AuditError> {
    let (directory, undone) = directory(reader, identity)?;
    let of_directory: BTreeSet<u64> = directory.iter().map(|place| place.position).collect();
    let (mut events, mut feeds) = (Vec::new(), BTreeMap::<(TreeId, String), Found>::new());
    let mut matched = 0_u64;
    let mut take = |stored: &Stored| {
        let header = stored.event.header();
        if header.is_local() {
            return;
        }
        matched += 1;
        if of_directory.contains(&stored.position) {
            return;
        }
        let at = at(stored);
        for link in &header.links {
            let found = feeds.entry((at.tree.clone(), link.zone.clone())).or_default();
            found.seqs.push(link.seq);
            if link.seq > found.newest.0 {
                found.newest = (link.seq, Some(stored.event.leaf()));
            }
        }
        events.push(Place { at, position: stored.position });
    };
    let asked = match select {
        Select::Alert(alert) => {
            reader.of_alert(&alert.to_string(), head)?.iter().for_each(take);
            format!("event about {alert}")
        }
        Select::Zone(zone) if zone.as_str() == ZONE_LOCAL => {
            let what = "what is local is a node's own note and is never exported";
            return Err(AuditError::Request(what.to_owned()));
        }
        Select::Zone(zone) => {
            scan(reader, (0, head), progress, &mut |stored| {
                if stored.event.header().link(zone.as_str()).is_some() {
                    take(stored);
                }
            })?;
            format!("event of the zone {zone}")
        }
        Select::Range(from, to) => {
            if *from == 0 || from > to {
                let what =
                    format!("{from}..{to} is no range; positions begin with 1, as 1..{head}");
                return Err(AuditError::Request(what));
            }
            if *to > head {
                return Err(AuditError::BeyondTheEnd { asked: *to, head });
            }
            scan(reader, (from - 1, *to), progress, &mut take)?;
            format!("published event at positions {from} to {to}")
        }
    };
    if matched == 0 {
        return Err(AuditError::Nothing(asked));
    }
    events.sort_unstable();
    Ok(Chosen { directory, undone, events, feeds: contexts(reader, feeds)? })
}

/// The events that make the directory's heads, from the first, whoever kept it then; and what made
/// heads in this log until founders undid it, because keys come from there.
pub(crate) fn directory(
    reader: &Reader,
    identity: &Identity,
) -> Result<(Vec<Place>, Vec<Undone>), AuditError> {
    let mut directory = Directory::new(trust::unit(&identity.registrar)?);
    // By the head after which others went on.
    let mut undone: BTreeMap<u64, Vec<Word>> = BTreeMap::new();
    for stored in reader.of_zone(ZONE_DIRECTORY, 0, reader.head()?)? {
        let Some(word) = to_word(&stored.event) else { continue };
        let (terms, head) = (directory.terms().to_vec(), directory.head());
        if let Heard::Rewritten(_) = directory.hear(word) {
            let common = common(&terms, directory.terms());
            if common < head {
                undone.entry(common).or_insert_with(|| words(&terms, common, head));
            }
        }
    }
    let mut places = Vec::new();
    for word in words(directory.terms(), 0, directory.head()) {
        let Some(place) = place(reader, &word)? else { break };
        places.push(place);
    }
    let mut found = Vec::new();
    for term in directory.terms().iter().skip(1) {
        for (word, head) in undone.remove(&term.base).into_iter().flatten().zip(term.base + 1..) {
            let Some(place) = place(reader, &word)? else { break };
            found.push(Undone { by: term.base + 1, head, place });
        }
    }
    Ok((places, found))
}

/// A word of the directory: who said it, in which epoch, and its seq.
type Word = (UnitId, u32, u64);

/// Up to which head two histories of the directory are the same.
fn common(before: &[Term], after: &[Term]) -> u64 {
    let same = before.iter().zip(after).take_while(|(before, after)| before == after).count();
    let bases = [before.get(same), after.get(same)].into_iter().flatten().map(|term| term.base);
    bases.min().unwrap_or(0)
}

/// The words that made the heads after one up to another.
fn words(terms: &[Term], after: u64, head: u64) -> Vec<Word> {
    let ends = terms.iter().skip(1).map(|next| next.base).chain([head]);
    let of_term = terms.iter().zip(ends).flat_map(|(term, end)| {
        let heads = term.base.max(after) + 1..=end;
        heads.map(move |head| (term.unit.clone(), term.epoch, head - term.base))
    });
    of_term.collect()
}

fn place(reader: &Reader, (unit, epoch, seq): &Word) -> Result<Option<Place>, AuditError> {
    let stored = reader.at_seq(unit.as_str(), *epoch, ZONE_DIRECTORY, *seq)?;
    Ok(stored.map(|stored| Place { at: at(&stored), position: stored.position }))
}

fn at(stored: &Stored) -> At {
    let header = stored.event.header();
    let tree = TreeId { origin: header.origin.clone(), epoch: header.epoch };
    At { tree, index: header.index }
}

fn scan(
    reader: &Reader,
    (after, until): (u64, u64),
    progress: &mut dyn FnMut(u64, u64),
    take: &mut dyn FnMut(&Stored),
) -> Result<(), AuditError> {
    let mut position = after;
    while position < until {
        let stored = reader.after(position, RANGE)?;
        let Some(last) = stored.last() else { break };
        position = last.position;
        stored.iter().filter(|stored| stored.position <= until).for_each(&mut *take);
        progress(position.min(until), until);
    }
    Ok(())
}

/// Where the chosen events stand in their feeds, and where this log's copies of these end.
fn contexts(
    reader: &Reader,
    feeds: BTreeMap<(TreeId, String), Found>,
) -> Result<Vec<FeedContext>, AuditError> {
    let mut contexts = Vec::with_capacity(feeds.len());
    let mut heads = BTreeMap::new();
    for ((tree, zone), mut found) in feeds {
        if !heads.contains_key(&tree) {
            heads.insert(tree.clone(), reader.heads_of(&tree.origin, tree.epoch)?);
        }
        let (mut seq, mut hash) = found.newest;
        // Of a zone that the node is not entitled to it keeps no feed.
        if let Some(head) = heads.get(&tree).and_then(|heads| heads.get(&zone))
            && head.seq > seq
            && let Some(stored) = reader.at_seq(&tree.origin, tree.epoch, &zone, head.seq)?
        {
            (seq, hash) = (head.seq, Some(stored.event.leaf()));
        }
        found.seqs.sort_unstable();
        let mut seqs = Ranges::default();
        found.seqs.into_iter().for_each(|seq| seqs.push(seq));
        contexts.push(FeedContext {
            origin: tree.origin,
            epoch: tree.epoch,
            zone,
            seqs: seqs.to_string(),
            head_seq: seq,
            head_hash: hash.unwrap_or(Hash::ZERO).to_string(),
        });
    }
    Ok(contexts)
}
