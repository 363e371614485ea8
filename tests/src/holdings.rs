//! What the logs of nodes hold, read on from where it was read before, and held against a ledger.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use giapranh_domain::event::Body;
use giapranh_domain::wire;
use giapranh_log::{LOG_FILE, Reader, Stored};
use giapranh_record::Payload;

use crate::cluster::{Failed, failed};
use crate::load::{Acknowledged, Ledger};

/// Events read at once.
const RANGE: usize = 1_024;

/// The published events of some nodes' logs.
pub struct Holdings {
    units: BTreeMap<&'static str, Held>,
    /// Who must come to hold what was issued for a zone.
    entitled: Box<dyn Fn(&str) -> Vec<&'static str>>,
    /// How many of the ledger's first entries everybody holds who must.
    everywhere: usize,
}

struct Held {
    log: PathBuf,
    /// Read so far.
    position: u64,
    /// How often each event is there.
    events: HashMap<String, u32>,
    /// How often each headline of this unit's own alerts is there.
    headlines: HashMap<String, u32>,
}

/// How a ledger stands against the logs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Acknowledged commands whose event somebody lacks who must have it.
    pub lost: usize,
    /// Events, or commands, that are in a log twice.
    pub doubled: usize,
}

impl Holdings {
    /// Of the nodes in these directories.
    pub fn of(
        dirs: impl IntoIterator<Item = (&'static str, PathBuf)>,
        entitled: impl Fn(&str) -> Vec<&'static str> + 'static,
    ) -> Self {
        let held = |dir: PathBuf| Held {
            log: dir.join(LOG_FILE),
            position: 0,
            events: HashMap::new(),
            headlines: HashMap::new(),
        };
        let units = dirs.into_iter().map(|(unit, dir)| (unit, held(dir))).collect();
        Self { units, entitled: Box::new(entitled), everywhere: 0 }
    }

    /// Reads on. What a process committed stays, whatever kills it, so positions never go back.
    pub fn read_on(&mut self) -> Result<(), Failed> {
        self.units.iter_mut().try_for_each(|(unit, held)| held.read_on(unit))
    }

    /// How many of the ledger's first entries are held by everybody who must hold them.
    pub fn everywhere(&mut self, ledger: &[Acknowledged]) -> usize {
        while let Some(next) = ledger.get(self.everywhere)
            && self.lacking(next).is_empty()
        {
            self.everywhere += 1;
        }
        self.everywhere
    }

    /// Who lacks an event that must have it: its issuer, and whoever is entitled.
    pub fn lacking(&self, one: &Acknowledged) -> Vec<&'static str> {
        let mut must = (self.entitled)(one.zone);
        must.push(one.unit);
        must.retain(|unit| !self.units[unit].events.contains_key(&one.event_id));
        must
    }

    /// Holds a whole ledger against what was read.
    pub fn judge(&self, ledger: &Ledger) -> Verdict {
        let lost = ledger.acknowledged.iter().filter(|one| !self.lacking(one).is_empty()).count();
        let twice = |counts: &HashMap<String, u32>| counts.values().filter(|n| **n > 1).count();
        let doubled = self.units.values().map(|held| twice(&held.events) + twice(&held.headlines));
        Verdict { lost, doubled: doubled.sum() }
    }

    /// How many commands without an answer were recorded all the same.
    pub fn recorded(&self, unknown: &[String]) -> usize {
        let known = |headline: &&String| {
            self.units.values().any(|held| held.headlines.contains_key(headline.as_str()))
        };
        unknown.iter().filter(known).count()
    }
}

impl Held {
    fn read_on(&mut self, unit: &str) -> Result<(), Failed> {
        let reader = Reader::open(&self.log).map_err(failed)?;
        loop {
            let stored = reader.after(self.position, RANGE).map_err(failed)?;
            let Some(last) = stored.last() else { return Ok(()) };
            self.position = last.position;
            stored.iter().for_each(|stored| self.note(unit, stored));
        }
    }

    fn note(&mut self, unit: &str, stored: &Stored) {
        let header = stored.event.header();
        if header.is_local() {
            return;
        }
        *self.events.entry(header.event_id.to_string()).or_default() += 1;
        if header.origin == unit
            && let Payload::Plain(plain) = stored.event.payload()
            && let Body::AlertIssued(version) = wire::decode(&header.kind, plain.clone())
            && let Some(content) = version.content
        {
            *self.headlines.entry(content.headline).or_default() += 1;
        }
    }
}

/// The directories of units under one root, as [`Holdings::of`] takes them.
pub fn dirs<'a>(
    units: &'a [&'static str],
    dir_of: impl Fn(&str) -> &'a Path + 'a,
) -> impl Iterator<Item = (&'static str, PathBuf)> + 'a {
    units.iter().map(move |unit| (*unit, dir_of(unit).to_owned()))
}
