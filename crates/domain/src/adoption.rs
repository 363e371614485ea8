//! Late events that count again, because their origin said so in a newer epoch.
//!
//! A node that lost its newest events and began a new epoch finds some of them come back from peers:
//! they are *late*, and count only once it adopts them. Whether an event is adopted follows from the
//! alert's events and the directory alone, so every node that holds these comes to the same.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::event::{Body, Event, Kind};
use crate::{Directory, Verdict};

/// The late events of one alert that count.
pub(crate) struct Adopted(BTreeSet<Uuid>);

impl Adopted {
    /// The verdict on an event of that alert, adoption included.
    pub fn judge(&self, event: &Event, directory: &Directory) -> Verdict {
        if self.0.contains(&event.meta.event_id) {
            directory.judge_adopted(&event.meta)
        } else {
            directory.judge(&event.meta)
        }
    }
}

/// Which late events of an alert count. One does when an adoption names it that counts itself, of
/// the same origin in a newer epoch, in the name of who answers for the unit that said it. A late
/// adoption may be adopted in its turn: its epoch is newer than what it names, so looking from the
/// newest epoch down decides each.
pub(crate) fn adopted(events: &[Event], directory: &Directory) -> Adopted {
    let mut adopted = Adopted(BTreeSet::new());
    let mut adoptions: Vec<&Event> =
        events.iter().filter(|event| matches!(event.body, Body::EventsAdopted(_))).collect();
    if adoptions.is_empty() {
        return adopted;
    }
    adoptions.sort_by_key(|event| std::cmp::Reverse(event.meta.epoch));
    let by_id: BTreeMap<Uuid, &Event> =
        events.iter().map(|event| (event.meta.event_id, event)).collect();
    let is_issue = |event: &Event| event.meta.kind == Kind::AlertIssued.code();
    let counts_by_itself = |event: &Event| {
        is_issue(event) && directory.judge(&event.meta) == Verdict::Valid && event.is_consistent()
    };
    // The number was given again: the paper that bears it now is the one that counts.
    let number_taken = events.iter().any(counts_by_itself);
    for adoption in adoptions {
        if adopted.judge(adoption, directory) != Verdict::Valid {
            continue;
        }
        let by = &adoption.meta;
        for late in by.causes.iter().filter_map(|id| by_id.get(id)) {
            let said = &late.meta;
            let own = said.origin == by.origin && said.epoch < by.epoch;
            let answers = directory.answers_for(&said.acting_unit, by.directory_seq);
            let free = !(is_issue(late) && number_taken);
            if own && *answers == by.acting_unit && free {
                adopted.0.insert(said.event_id);
            }
        }
    }
    adopted
}
