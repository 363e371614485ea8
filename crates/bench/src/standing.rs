//! Views over many alerts that are in force, for what is listed from them: the receiver's, made by
//! the same projection as a node's, from a log in memory.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use giapranh_record::ZONE_DIRECTORY;
use giapranh_record::event::Event;
use giapranh_views::{Projector, Source, SourceError, Stored};

use crate::corpus::Corpus;
use crate::fixture::REGISTRAR;

/// Events made, and projected, at once.
const CHUNK: usize = 4_096;
/// Beside the views: the time that it is in the last event.
const TIME_FILE: &str = "now";

/// Events as a log gives them.
#[derive(Default)]
struct Log {
    events: Vec<Stored>,
    of_alert: HashMap<String, Vec<usize>>,
}

impl Log {
    fn push(&mut self, event: Event) {
        if let Some(alert) = &event.header().alert {
            self.of_alert.entry(alert.clone()).or_default().push(self.events.len());
        }
        let position = self.events.len() as u64 + 1;
        let arrived_ms = event.header().recorded_ms + 400;
        self.events.push(Stored { position, arrived_ms, event });
    }

    fn range(&self, after: u64, until: u64) -> impl Iterator<Item = &Stored> {
        let from = usize::try_from(after).unwrap_or(usize::MAX).min(self.events.len());
        self.events[from..].iter().take_while(move |stored| stored.position <= until)
    }
}

impl Source for Log {
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError> {
        Ok(self.range(after, u64::MAX).take(limit).cloned().collect())
    }

    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError> {
        let found = self.of_alert.get(alert).into_iter().flatten().map(|at| &self.events[*at]);
        Ok(found.filter(|stored| stored.position <= until).cloned().collect())
    }

    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError> {
        let linked = |stored: &&Stored| stored.event.header().link(ZONE_DIRECTORY).is_some();
        Ok(self.range(after, until).filter(linked).cloned().collect())
    }

    fn head(&self) -> Result<u64, SourceError> {
        Ok(self.events.len() as u64)
    }
}

/// Makes the views of so many alerts in a new directory.
pub fn create(dir: &Path, alerts: u64) -> Result<()> {
    std::fs::create_dir_all(dir)?;
    let (mut corpus, mut log) = (Corpus::staying_open()?, Log::default());
    let mut projector = Projector::open(dir, REGISTRAR.parse()?, &log)?;
    while corpus.so_far().0 < alerts {
        for published in corpus.take(CHUNK)? {
            log.push(Event::parse(published.bytes)?);
        }
        while projector.project(&log, CHUNK)?.applied > 0 {}
    }
    Ok(std::fs::write(dir.join(TIME_FILE), corpus.so_far().1.to_string())?)
}

/// The time that it is for whoever looks at them: when the last of it had just happened.
pub fn now_ms(dir: &Path) -> Result<u64> {
    Ok(std::fs::read_to_string(dir.join(TIME_FILE))?.parse()?)
}
