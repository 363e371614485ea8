//! When this node speaks, and of which zones.

use std::collections::BTreeMap;

/// How long after a change a beacon goes out: what changes meanwhile is said with it.
pub const AFTER_CHANGE_MS: u64 = 200;
/// Two beacons of a zone that only changes call for are at least so far apart: under a flood of
/// events a node says how far it is once a second, not with each.
pub const LEAST_GAP_MS: u64 = 1_000;

/// Which zones are to be spoken of, and when.
#[derive(Debug)]
pub struct Beacons {
    interval_ms: u64,
    zones: BTreeMap<String, Turn>,
}

#[derive(Debug, Clone, Copy)]
struct Turn {
    due_ms: u64,
    said_ms: Option<u64>,
}

impl Beacons {
    /// Speaks of every zone once an interval.
    pub fn new(interval_ms: u64) -> Self {
        Self { interval_ms, zones: BTreeMap::new() }
    }

    /// The zones that the node is in now. A new one is spoken of at once.
    pub fn in_zones<'a>(&mut self, zones: impl IntoIterator<Item = &'a str>, now_ms: u64) {
        let before = std::mem::take(&mut self.zones);
        for zone in zones {
            let new = Turn { due_ms: now_ms, said_ms: None };
            let turn = before.get(zone).copied().unwrap_or(new);
            self.zones.insert(zone.to_owned(), turn);
        }
    }

    /// What is held of a zone has changed.
    pub fn changed(&mut self, zone: &str, now_ms: u64) {
        if let Some(turn) = self.zones.get_mut(zone) {
            let least = turn.said_ms.map_or(0, |said| said + LEAST_GAP_MS);
            turn.due_ms = turn.due_ms.min(least.max(now_ms + AFTER_CHANGE_MS));
        }
    }

    /// Somebody has started who waits for what others know of a zone.
    pub fn asked(&mut self, zone: &str, now_ms: u64) {
        if let Some(turn) = self.zones.get_mut(zone) {
            let least = turn.said_ms.map_or(0, |said| said + AFTER_CHANGE_MS);
            turn.due_ms = turn.due_ms.min(least.max(now_ms));
        }
    }

    /// There is a line again: all zones are due.
    pub fn line_up(&mut self, now_ms: u64) {
        for turn in self.zones.values_mut() {
            turn.due_ms = turn.due_ms.min(now_ms);
        }
    }

    /// The zones to speak of now. Each is taken as said.
    pub fn due(&mut self, now_ms: u64) -> Vec<String> {
        let mut due = Vec::new();
        for (zone, turn) in &mut self.zones {
            if turn.due_ms <= now_ms {
                *turn = Turn { due_ms: now_ms + self.interval_ms, said_ms: Some(now_ms) };
                due.push(zone.clone());
            }
        }
        due
    }

    /// When [`Beacons::due`] next gives something.
    pub fn next_ms(&self) -> Option<u64> {
        self.zones.values().map(|turn| turn.due_ms).min()
    }
}
