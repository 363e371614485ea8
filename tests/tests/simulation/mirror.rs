//! What a log holds, read along with it: how far each feed is contiguous, and every event by its
//! place. The healing core asks it, and so do the checks.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use giapranh_domain::event::Kind;
use giapranh_log::{Reader, Stored};
use giapranh_node::healing::{Feed, Heads};
use giapranh_record::Hash;
use giapranh_record::beacon::LocalHead;
use giapranh_record::chain::Head;
use giapranh_record::page::{Page, RangeRequest};
use uuid::Uuid;

/// A log, as far as it was read.
#[derive(Default)]
pub struct Mirror {
    position: u64,
    feeds: BTreeMap<Feed, BTreeMap<u64, (Hash, Bytes, Uuid)>>,
    pub heads: Heads,
    pub local: Option<LocalHead>,
    /// Everything that is not local, with its zones.
    pub events: BTreeMap<Uuid, BTreeSet<String>>,
    /// Leaf hashes of what each origin published, by epoch and index.
    pub indexes: BTreeMap<(String, u32, u64), Hash>,
    /// In the order of the log.
    pub alerts: Vec<String>,
    /// The same, with their alerts.
    pub hits: Vec<(Uuid, String)>,
    /// Receipts and notes.
    pub locals: u64,
}

impl Mirror {
    /// Reads on; gives the zones of which more is held than before.
    pub fn follow(
        &mut self,
        reader: &Reader,
        me: (&str, u32),
        entitled: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        let mut changed = BTreeSet::new();
        loop {
            let stored = reader.after(self.position, 1_000).expect("a log that can be read");
            for one in &stored {
                self.take(one, me, entitled, &mut changed);
            }
            let Some(last) = stored.last() else { return changed };
            self.position = last.position;
        }
    }

    fn take(
        &mut self,
        stored: &Stored,
        (unit, epoch): (&str, u32),
        entitled: &BTreeSet<String>,
        changed: &mut BTreeSet<String>,
    ) {
        let (header, leaf) = (stored.event.header(), stored.event.leaf());
        if header.is_local() {
            self.locals += 1;
            if header.origin == unit && header.epoch == epoch {
                self.local = Some(LocalHead { count: header.index + 1, hash: leaf });
            }
            return;
        }
        let zones = header.links.iter().map(|link| link.zone.clone()).collect();
        assert!(self.events.insert(header.event_id, zones).is_none(), "an event is there twice");
        let index = (header.origin.clone(), header.epoch, header.index);
        assert!(self.indexes.insert(index, leaf).is_none(), "an index is there twice");
        let takes = |zone: &String| header.origin == unit || entitled.contains(zone);
        for link in header.links.iter().filter(|link| takes(&link.zone)) {
            let (origin, zone) = (header.origin.clone(), link.zone.clone());
            let feed = Feed { origin, epoch: header.epoch, zone };
            let places = self.feeds.entry(feed.clone()).or_default();
            places.insert(link.seq, (leaf, stored.event.bytes().clone(), header.event_id));
            let head = self.heads.entry(feed).or_insert(Head::EMPTY);
            while let Some((hash, ..)) = places.get(&(head.seq + 1)) {
                *head = Head { seq: head.seq + 1, hash: *hash };
            }
            changed.insert(link.zone.clone());
        }
        let alert = header.alert.clone().unwrap_or_default();
        if header.kind == Kind::AlertIssued.code() {
            self.alerts.push(alert);
        } else if header.kind == Kind::HitReported.code() {
            self.hits.push((header.event_id, alert));
        }
    }

    /// How far each feed goes, without those that hold nothing contiguous.
    pub fn whole_heads(&self) -> Heads {
        let some = |(_, head): &(&Feed, &Head)| head.seq > 0;
        self.heads.iter().filter(some).map(|(feed, head)| (feed.clone(), *head)).collect()
    }

    pub fn hash_at(&self, feed: &Feed, seq: u64) -> Option<Hash> {
        self.feeds.get(feed)?.get(&seq).map(|(hash, ..)| *hash)
    }

    /// What the node answers to who asks: `None` when it has nothing of it.
    pub fn page(&self, request: &RangeRequest, most: usize) -> Option<Page> {
        let RangeRequest { zone, origin, epoch, from_seq, until_seq } = request.clone();
        let feed = Feed { origin, epoch, zone };
        let head_seq = self.heads.get(&feed)?.seq;
        let last = if until_seq == 0 { head_seq } else { until_seq.min(head_seq) };
        let events: Vec<Bytes> = self.feeds[&feed]
            .range(from_seq..)
            .take_while(|(seq, _)| **seq <= last)
            .map(|(_, (_, bytes, _))| bytes.clone())
            .take(most)
            .collect();
        (!events.is_empty()).then_some(Page { events, head_seq })
    }

    /// What it holds of a zone, of all origins but these.
    pub fn of_zone(&self, zone: &str, without: &BTreeSet<&str>) -> BTreeSet<Uuid> {
        let feeds = self.feeds.iter();
        let of_zone =
            feeds.filter(|(feed, _)| feed.zone == zone && !without.contains(feed.origin.as_str()));
        of_zone.flat_map(|(_, places)| places.values().map(|(.., id)| *id)).collect()
    }
}
