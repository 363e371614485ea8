//! Writing rows: one pass of the projection inside one transaction, live or rebuilding.

use std::collections::BTreeMap;

use giapranh_domain::directory::Why;
use giapranh_domain::{
    Alert, AlertId, Body, Directory, Draft, Event, Sealed, UnitId, Verdict, due,
};
use giapranh_record::{DataKey, Hash};
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::translate::{meta, opened};
use crate::words::Words;
use crate::{Source, SourceError, Stored, ViewsError, drafts, erasures, notes, obligations};

/// The verdict of an event whose ids are none of ours.
const UNREADABLE: &str = "unreadable";

/// What a pass writes to, and what it judges by.
pub(crate) struct Pass<'a> {
    /// Inside a transaction.
    pub connection: &'a Connection,
    pub source: &'a dyn Source,
    /// As it is at `until`.
    pub directory: &'a Directory,
    /// The position at which the pass ends.
    pub until: u64,
    pub words: Words,
}

impl<'a> Pass<'a> {
    /// A pass that ends at `until`, where the directory is as given.
    pub fn new(
        connection: &'a Connection,
        source: &'a dyn Source,
        directory: &'a Directory,
        until: u64,
    ) -> Self {
        Self { connection, source, directory, until, words: Words::default() }
    }

    /// Enters an event with the verdict on its header, and gives the alert that it touches, which is
    /// to be folded before the pass ends. What is local is this node's own note and no part of what
    /// the nodes share; a draft touches its alert all the same.
    pub fn enter(&self, stored: &Stored) -> Result<Option<AlertId>, ViewsError> {
        let header = stored.event.header();
        if header.is_local() {
            notes::enter_local(self.connection, stored)?;
            erasures::enter_local(self.connection, stored)?;
            let touches = |kind: &str| drafts::is_about_one(kind) || erasures::is_about_keys(kind);
            let known = meta(header).filter(|meta| touches(&meta.kind));
            return Ok(known.and_then(|meta| meta.alert));
        }
        erasures::enter_shared(self.connection, stored)?;
        let known = meta(header);
        let verdict = known.as_ref().map(|meta| self.directory.judge(meta));
        let zones: Vec<&str> = header.links.iter().map(|link| link.zone.as_str()).collect();
        let seqs: Vec<String> = header.links.iter().map(|link| link.seq.to_string()).collect();
        self.connection
            .prepare_cached(
                "INSERT INTO entries VALUES
                 (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                stored.position,
                header.event_id.to_string(),
                header.kind,
                header.alert,
                header.origin,
                header.epoch,
                header.acting_unit,
                header.recorded_ms,
                stored.arrived_ms,
                header.facts.category,
                zones.join(" "),
                seqs.join(" "),
                verdict.map_or(UNREADABLE, verdict_code),
                verdict.and_then(why_code),
            ])?;
        if header.alert.is_some() {
            let mut insert =
                self.connection.prepare_cached("INSERT INTO entry_zones VALUES (?1, ?2)")?;
            zones
                .iter()
                .try_for_each(|zone| insert.execute(params![zone, stored.position]).map(drop))?;
        }
        notes::enter_shared(self.connection, stored)?;
        Ok(known.and_then(|meta| meta.alert))
    }

    /// Folds an alert and the draft of it from all their events, and replaces their rows. `moved`: the
    /// directory may judge its earlier events in another way than when they were entered.
    pub fn fold(&self, id: &AlertId, moved: bool) -> Result<(), ViewsError> {
        let stored = self.source.of_alert(&id.to_string(), self.until)?;
        let mut events = self.opened(&stored)?;
        if events.is_empty() {
            let what = format!("it gave an event of the alert {id}, but gives none by its number");
            return Err(ViewsError::Contradiction { what });
        }
        // What was published may have ended the draft.
        let draft = Draft::fold(id, &events, self.directory);
        draft.iter().try_for_each(|draft| drafts::write(self.connection, draft))?;
        let waits = draft.as_ref().filter(|draft| !self.has_ended(&draft.unit));
        let mut asked: Vec<_> = waits.and_then(due::of_draft).into_iter().collect();
        events.retain(|event| !event.is_local());
        let mut responsible = id.issuer().clone();
        if !events.is_empty() {
            let alert = self.fold_shared(id, &events, moved)?;
            asked.extend(due::of_alert(&alert, self.directory));
            responsible = alert.responsible;
        }
        obligations::write(self.connection, id, &responsible, asked)
    }

    /// The events with what they say, as far as the node holds the keys. What this node was about to
    /// destroy is not shown from there on, whatever is left.
    fn opened(&self, stored: &[Stored]) -> Result<Vec<Event>, ViewsError> {
        let destroyed = stored.iter().any(erasures::is_of_destruction);
        let mut keys: BTreeMap<Hash, Option<DataKey>> = BTreeMap::new();
        let mut events = Vec::with_capacity(stored.len());
        for stored in stored {
            let event = opened(&stored.event, |commitment| {
                if destroyed {
                    return Ok(None);
                }
                if let Some(known) = keys.get(commitment) {
                    return Ok::<_, SourceError>(known.clone());
                }
                let key = self.source.key(commitment)?;
                keys.insert(*commitment, key.clone());
                Ok(key)
            })?;
            let shown = |event: Event| {
                if destroyed { event.without_payload(Sealed::Erased) } else { event }
            };
            events.extend(event.map(shown));
        }
        Ok(events)
    }

    fn has_ended(&self, unit: &UnitId) -> bool {
        self.directory.unit(unit).is_some_and(|unit| unit.ended.is_some())
    }

    /// Folds what units said to each other of an alert. A draft alone makes none.
    fn fold_shared(
        &self,
        id: &AlertId,
        events: &[Event],
        moved: bool,
    ) -> Result<Alert, ViewsError> {
        let alert = Alert::fold(id.clone(), events, self.directory);
        self.write(&alert, events)?;
        // The fold has the last word: it also reads the payload, which an entry's first judgement
        // does not.
        let judged = |event: &Event| (event.meta.event_id, self.directory.judge(&event.meta));
        let entered: BTreeMap<Uuid, Verdict> = events.iter().map(judged).collect();
        let moved = moved || may_turn(events);
        for entry in &alert.timeline {
            if moved || entered.get(&entry.event_id) != Some(&entry.verdict) {
                self.judge(&entry.event_id.to_string(), entry.verdict)?;
            }
        }
        Ok(alert)
    }

    /// Judges the entry of an event that is about no alert again.
    pub fn judge_at(&self, position: u64) -> Result<(), ViewsError> {
        let found = self.source.after(position.saturating_sub(1), 1)?;
        let stored = found.first().filter(|stored| stored.position == position);
        let Some(meta) = stored.and_then(|stored| meta(stored.event.header())) else {
            let what = format!("it gave another event at position {position} before");
            return Err(ViewsError::Contradiction { what });
        };
        self.judge(&meta.event_id.to_string(), self.directory.judge(&meta))
    }

    /// Writes the directory's rows.
    pub fn directory(&self) -> Result<(), ViewsError> {
        self.connection
            .execute_batch("DELETE FROM units; DELETE FROM zones; DELETE FROM zone_members;")?;
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO units VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for unit in self.directory.units() {
            insert.execute(params![
                unit.id.as_str(),
                unit.parent.as_ref().map(UnitId::as_str),
                unit.level.code(),
                unit.name,
                unit.official_code,
                unit.since,
                self.directory.node(&unit.id).is_some(),
            ])?;
        }
        let mut insert = self.connection.prepare_cached("INSERT INTO zones VALUES (?1, ?2, ?3)")?;
        let mut member =
            self.connection.prepare_cached("INSERT INTO zone_members VALUES (?1, ?2)")?;
        for zone in self.directory.zones() {
            insert.execute(params![zone.id.as_str(), zone.name, zone.since])?;
            for unit in &zone.members {
                member.execute([zone.id.as_str(), unit.as_str()])?;
            }
        }
        Ok(())
    }

    /// Indexes the words that have changed and notes how far the rows go. The last writes of a pass.
    /// Tells whether earlier words were left in the index.
    pub fn finish(&self) -> Result<bool, ViewsError> {
        self.words.index(self.connection)?;
        self.connection
            .prepare_cached("UPDATE meta SET cursor = ?1, directory_head = ?2")?
            .execute([self.until, self.directory.head()])?;
        Ok(self.words.left_some())
    }

    fn judge(&self, event_id: &str, verdict: Verdict) -> Result<(), ViewsError> {
        self.connection
            .prepare_cached("UPDATE entries SET verdict = ?2, why = ?3 WHERE event_id = ?1")?
            .execute(params![event_id, verdict_code(verdict), why_code(verdict)])?;
        Ok(())
    }
}

/// Whether a later event can turn the verdict on an earlier one: an adoption does, and so does a
/// version that leads to the zones of another one.
fn may_turn(events: &[Event]) -> bool {
    let amended = events.iter().filter(|event| matches!(event.body, Body::AlertAmended(_)));
    amended.take(2).count() == 2
        || events.iter().any(|event| matches!(event.body, Body::EventsAdopted(_)))
}

fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "valid",
        Verdict::Late => "late",
        Verdict::Disowned(_) => "disowned",
        Verdict::Waiting => "waiting",
    }
}

/// As it stands in JSON elsewhere too.
fn why_code(verdict: Verdict) -> Option<&'static str> {
    let Verdict::Disowned(why) = verdict else {
        return None;
    };
    Some(match why {
        Why::BeyondCut => "beyond-cut",
        Why::NotEnrolled => "not-enrolled",
        Why::UnitEnded => "unit-ended",
        Why::NotServed => "not-served",
        Why::NotInZone => "not-in-zone",
        Why::NotRegistrar => "not-registrar",
        Why::NotIssuer => "not-issuer",
        Why::NotAllowed => "not-allowed",
        Why::NoSecondPerson => "no-second-person",
        Why::NoExpiry => "no-expiry",
        Why::NotAnswerable => "not-answerable",
        Why::Inconsistent => "inconsistent",
    })
}
