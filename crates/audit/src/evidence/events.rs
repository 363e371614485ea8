//! The events in an evidence file: each for itself, then each against those of its origin.
//!
//! Signatures are checked on all cores, some hundred events at a time; all else goes in order.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use giapranh_domain::directory::Why;
use giapranh_domain::{Directory, Verdict};
use giapranh_record::event::Event;
use giapranh_record::{Hash, Keyring as _, PublicKey};
use giapranh_views::to_domain;

use crate::evidence::chain::{Chain, Facts, Objection};
use crate::evidence::container::Part;
use crate::evidence::directory::Registry;
use crate::evidence::fault::{Code, Faults};
use crate::evidence::manifest::{FeedContext, Selection};
use crate::evidence::name::{At, Name};
use crate::evidence::report::{EventRow, Judgement};
use crate::ranges::Ranges;
use crate::tree::TreeId;
use crate::trust::Keys;

/// Events whose signatures are checked together, and their bytes: it bounds memory.
const TOGETHER: usize = 512;
const TOGETHER_BYTES: usize = 8 * 1024 * 1024;

/// The events so far.
#[derive(Default)]
pub(crate) struct Events {
    waiting: Vec<Waiting>,
    waiting_bytes: usize,
    chain: Chain,
    feeds: BTreeMap<(TreeId, String), Contained>,
    words: HashSet<Arc<str>>,
    /// In the order of the file.
    pub rows: Vec<EventRow>,
    /// Signatures checked.
    pub signatures: u64,
}

struct Waiting {
    at: At,
    range: (u64, u64),
    event: Event,
}

/// An event and the key that should have signed it, or why there is none.
type Signed = (Event, Result<PublicKey, Objection>);

/// What is contained of a feed.
struct Contained {
    seqs: Ranges,
    seq: u64,
    leaf: Hash,
}

/// The key that an event names, if it is one of its origin.
pub(crate) fn key_of(event: &Event, keys: &Keys) -> Result<PublicKey, Objection> {
    match keys.find(&event.key_id()) {
        None => Err((Code::UnknownKey, format!("the key {} is not enrolled", event.key_id()))),
        Some((_, owner)) if owner != event.header().origin => {
            let what = format!("the key is enrolled to {owner}, the event is of another unit");
            Err((Code::KeyOfAnother, what))
        }
        Some(_) if !keys.signs(&event.key_id(), event.header().epoch) => {
            let what = format!("the key is not the one of epoch {}", event.header().epoch);
            Err((Code::KeyOfAnotherEpoch, what))
        }
        Some((key, _)) => Ok(key),
    }
}

impl Events {
    /// Takes the part `event/<at>`.
    pub fn take(&mut self, at: At, part: Part, scene: &mut Scene<'_>) {
        self.waiting_bytes += part.bytes.len();
        match Event::parse(part.bytes.into()) {
            Ok(event) => self.waiting.push(Waiting { at, range: part.range, event }),
            Err(error) => {
                scene.faults.push(part.name, Some(part.range), Code::Malformed, error.to_string());
            }
        }
        if self.waiting.len() >= TOGETHER || self.waiting_bytes >= TOGETHER_BYTES {
            self.settle(scene);
        }
    }

    /// Judges what waits.
    pub fn settle(&mut self, scene: &mut Scene<'_>) {
        if self.waiting.is_empty() {
            return;
        }
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let keys = scene.registry.learner().keys();
        let signed: Vec<Signed> = waiting
            .iter()
            .map(|waiting| (waiting.event.clone(), key_of(&waiting.event, keys)))
            .collect();
        self.signatures += signed.iter().filter(|(_, key)| key.is_ok()).count() as u64;
        for (waiting, objection) in waiting.into_iter().zip(check_all(&signed)) {
            let before = scene.faults.count();
            let (name, range) = (Name::Event(waiting.at.clone()), Some(waiting.range));
            if let Some((code, what)) = objection {
                scene.faults.push(&name, range, code, what);
            }
            if self.judge(&waiting, &name, scene) {
                let sound = scene.faults.count() == before;
                let row = self.row(&waiting, sound, scene.registry.learner().directory());
                self.rows.push(row);
            }
        }
    }

    /// At the end: what is left of the directory joins the chain.
    pub fn finish(&mut self, scene: &mut Scene<'_>) {
        self.settle(scene);
        self.follow_directory(None, scene);
    }

    /// The feeds that contained events are linked to; the heads are not known here.
    pub fn feeds(&self) -> impl Iterator<Item = FeedContext> {
        self.feeds.iter().map(|((tree, zone), contained)| FeedContext {
            origin: tree.origin.clone(),
            epoch: tree.epoch,
            zone: zone.clone(),
            seqs: contained.seqs.to_string(),
            head_seq: contained.seq,
            head_hash: contained.leaf.to_string(),
        })
    }

    /// The row of an event, if it is contained.
    pub fn row_at(&mut self, at: &At) -> Option<&mut EventRow> {
        let place = self.rows.binary_search_by(|row| {
            let (origin, number) = (row.origin.as_ref(), (row.epoch, row.index));
            (origin, number).cmp(&(at.tree.origin.as_str(), (at.tree.epoch, at.index)))
        });
        place.ok().and_then(|place| self.rows.get_mut(place))
    }

    /// Judges an event by its place. Tells whether it is the one that its part is named after.
    fn judge(&mut self, waiting: &Waiting, name: &Name, scene: &mut Scene<'_>) -> bool {
        let range = Some(waiting.range);
        let (event, header) = (&waiting.event, waiting.event.header());
        if header.is_local() {
            let what = "the event is a note that its node never published";
            scene.faults.push(name, range, Code::Local, what);
            return false;
        }
        let facts = Facts::of(event);
        if (&facts.tree, facts.index) != (&waiting.at.tree, waiting.at.index) {
            let what = format!("the event says that it is {}/{}", facts.tree, facts.index);
            scene.faults.push(name, range, Code::Name, what);
            return false;
        }
        if let Some(what) = scene.not_selected(event) {
            scene.faults.push(name, range, Code::Manifest, what);
        }
        match scene.registry.leaves.get(&waiting.at) {
            None => {}
            Some(leaf) if *leaf == facts.leaf => {
                let what = "the event is contained in the directory already";
                scene.faults.push(name, range, Code::Order, what);
                return false;
            }
            Some(_) => {
                let what = "the directory has another event of this index";
                scene.faults.push(name, range, Code::Fork, what);
                return false;
            }
        }
        self.follow_directory(Some(&waiting.at), scene);
        for (code, what) in self.chain.take(&facts) {
            scene.faults.push(name, range, code, what);
        }
        self.note_feeds(facts);
        true
    }

    /// Gives the directory's events to the chain that come before an event of their origin; at the
    /// end all that are left.
    fn follow_directory(&mut self, before: Option<&At>, scene: &mut Scene<'_>) {
        while let Some(next) = scene.registry.next_waiting(before) {
            for (code, what) in self.chain.take(&next.facts) {
                scene.faults.push(&next.part, Some(next.range), code, what);
            }
        }
    }

    fn note_feeds(&mut self, facts: Facts) {
        for link in facts.links {
            let contained = self
                .feeds
                .entry((facts.tree.clone(), link.zone))
                .or_insert_with(|| Contained { seqs: Ranges::default(), seq: 0, leaf: facts.leaf });
            if link.seq > contained.seq {
                contained.seqs.push(link.seq);
                (contained.seq, contained.leaf) = (link.seq, facts.leaf);
            }
        }
    }

    fn row(&mut self, waiting: &Waiting, sound: bool, directory: &Directory) -> EventRow {
        let (at, header) = (&waiting.at, waiting.event.header());
        EventRow {
            origin: self.word(&at.tree.origin),
            epoch: at.tree.epoch,
            index: at.index,
            event_id: header.event_id,
            leaf: waiting.event.leaf(),
            kind: self.word(&header.kind),
            alert: header.alert.as_deref().map(|alert| self.word(alert)),
            recorded_ms: header.recorded_ms,
            verdict: judgement(&waiting.event, directory),
            sound,
            in_checkpoint: None,
        }
    }

    /// One copy of each word: there are many events and few of these.
    fn word(&mut self, text: &str) -> Arc<str> {
        if let Some(word) = self.words.get(text) {
            return word.clone();
        }
        let word: Arc<str> = text.into();
        self.words.insert(word.clone());
        word
    }
}

/// What events are judged by.
pub(crate) struct Scene<'a> {
    pub registry: &'a mut Registry,
    pub selection: &'a Selection,
    pub faults: &'a mut Faults,
}

impl Scene<'_> {
    /// Why an event is not among what was asked for.
    fn not_selected(&self, event: &Event) -> Option<String> {
        let header = event.header();
        match self.selection {
            Selection::Alert(alert) if header.alert.as_deref() != Some(alert) => {
                Some(format!("the event is not about the alert {alert}, which was asked for"))
            }
            Selection::Zone(zone) if header.link(zone).is_none() => {
                Some(format!("the event is not in the zone {zone}, which was asked for"))
            }
            Selection::ProofOf(_) | Selection::Consistency { .. } => {
                Some("no event was asked for".to_owned())
            }
            _ => None,
        }
    }
}

/// As a fold of its alert judges it.
fn judgement(event: &Event, directory: &Directory) -> Judgement {
    let Some(event) = to_domain(event) else {
        return Judgement::UNREADABLE;
    };
    Judgement::Judged(match directory.judge(&event.meta) {
        Verdict::Valid if !event.is_consistent() => Verdict::Disowned(Why::Inconsistent),
        verdict => verdict,
    })
}

/// Checks signatures, shared between the cores.
fn check_all(signed: &[Signed]) -> Vec<Option<Objection>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = signed.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = signed
            .chunks(share)
            .map(|share| scope.spawn(|| share.iter().map(check).collect::<Vec<_>>()))
            .collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, Vec<_>>| match worker.join() {
            Ok(checked) => checked,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        workers.into_iter().flat_map(join).collect()
    })
}

fn check((event, key): &Signed) -> Option<Objection> {
    match key {
        Err(objection) => Some(objection.clone()),
        Ok(key) => {
            event.check_signature(key).err().map(|error| (Code::Signature, error.to_string()))
        }
    }
}
