//! What the logs of nodes hold, read on from where it was read before, and held against a ledger.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use giapranh_audit::Keys;
use giapranh_domain::Event;
use giapranh_domain::event::{Body, Kind};
use giapranh_log::{LOG_FILE, Reader, Stored};
use giapranh_node::Keyholder;
use giapranh_record::Hash;

use crate::cluster::{Failed, failed};
use crate::load::{Acknowledged, Ledger};

/// Events read at once.
const RANGE: usize = 1_024;

/// The published events of some nodes' logs.
pub struct Holdings {
    units: BTreeMap<&'static str, Held>,
    /// Who must come to hold what was issued for a zone.
    entitled: Box<Entitled>,
    /// How many of the ledger's first entries everybody holds who must.
    everywhere: usize,
}

/// The units that are entitled to a zone.
type Entitled = dyn Fn(&str) -> Vec<&'static str>;

struct Held {
    dir: PathBuf,
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
            dir,
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
        let keys = Keyholder::there(&self.dir).map_err(failed)?;
        loop {
            let stored = reader.after(self.position, RANGE).map_err(failed)?;
            let Some(last) = stored.last() else { return Ok(()) };
            self.position = last.position;
            for stored in &stored {
                self.note(unit, stored, keys.as_deref())?;
            }
        }
    }

    fn note(&mut self, unit: &str, stored: &Stored, keys: Option<&dyn Keys>) -> Result<(), Failed> {
        let header = stored.event.header();
        if header.is_local() {
            return Ok(());
        }
        *self.events.entry(header.event_id.to_string()).or_default() += 1;
        if header.origin != unit || header.kind != Kind::AlertIssued.code() {
            return Ok(());
        }
        let key = |commitment: &Hash| keys.map_or(Ok(None), |keys| keys.key(commitment));
        let event = giapranh_views::opened(&stored.event, key).map_err(failed)?;
        // What its own author can't read any more would never be found twice.
        let Some(Event { body: Body::AlertIssued(version), sealed: None, .. }) = event else {
            return Err(failed(format!("{unit} can't read its own alert {}", header.event_id)));
        };
        let headline = version.content.unwrap_or_default().headline;
        *self.headlines.entry(headline).or_default() += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(zone: &'static str, event_id: &str) -> Acknowledged {
        let (event_id, headline) = (event_id.to_owned(), event_id.to_owned());
        Acknowledged { unit: "hcm", zone, event_id, headline }
    }

    /// Two nodes' holdings, of which the first has these events, and the second has none.
    fn holdings(events: &[(&str, u32)]) -> Holdings {
        let units = ["hcm", "long-an"].map(|unit| (unit, PathBuf::from(unit)));
        let entitled = |zone: &str| if zone == "both" { vec!["hcm", "long-an"] } else { vec![] };
        let mut holdings = Holdings::of(units, entitled);
        if let Some(held) = holdings.units.get_mut("hcm") {
            held.events = events.iter().map(|(id, times)| ((*id).to_owned(), *times)).collect();
        }
        holdings
    }

    #[test]
    fn what_was_acknowledged_and_is_not_everywhere_is_lost() {
        let ledger = Ledger {
            acknowledged: vec![entry("own", "a"), entry("both", "a"), entry("own", "b")],
            unknown: vec!["c".to_owned()],
        };
        let mut holdings = holdings(&[("a", 1)]);
        assert_eq!(holdings.judge(&ledger), Verdict { lost: 2, doubled: 0 });
        assert_eq!(holdings.everywhere(&ledger.acknowledged), 1);
        assert_eq!(holdings.lacking(&ledger.acknowledged[1]), ["long-an"]);
        assert_eq!(holdings.recorded(&ledger.unknown), 0);
    }

    #[test]
    fn what_is_there_twice_is_doubled() {
        let mut holdings = holdings(&[("a", 2), ("b", 1)]);
        if let Some(held) = holdings.units.get_mut("long-an") {
            // The same command under two events: a client was not told, and it was recorded twice.
            held.headlines = [("d".to_owned(), 2)].into();
        }
        let verdict = holdings.judge(&Ledger::default());
        assert_eq!(verdict, Verdict { lost: 0, doubled: 2 });
    }
}
