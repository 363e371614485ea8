//! Writing rows: one pass of the projection inside one transaction, live or rebuilding.

use std::cell::RefCell;
use std::collections::BTreeMap;

use giapranh_domain::directory::Why;
use giapranh_domain::{Alert, AlertId, Body, Directory, Event, Status, UnitId, Verdict};
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::rows::Standing;
use crate::translate::{meta, to_domain};
use crate::{Source, Stored, ViewsError, notes, text};

/// The verdict of an event whose ids are none of ours.
const UNREADABLE: &str = "unreadable";
/// The answer that leaves a hit open.
const NEED_TIME: &str = "need-time";

/// Most alerts whose words wait to be indexed.
const WORDS: usize = 4_096;

/// What a pass writes to, and what it judges by.
pub(crate) struct Pass<'a> {
    /// Inside a transaction.
    pub connection: &'a Connection,
    pub source: &'a dyn Source,
    /// As it is at `until`.
    pub directory: &'a Directory,
    /// The position at which the pass ends.
    pub until: u64,
    words: RefCell<BTreeMap<i64, String>>,
}

impl<'a> Pass<'a> {
    /// A pass that ends at `until`, where the directory is as given.
    pub fn new(
        connection: &'a Connection,
        source: &'a dyn Source,
        directory: &'a Directory,
        until: u64,
    ) -> Self {
        Self { connection, source, directory, until, words: RefCell::default() }
    }

    /// Enters an event with the verdict on its header, and gives the alert that it touches, which is
    /// to be folded before the pass ends. What is local is this
    /// node's own note and no part of what the nodes share.
    pub fn enter(&self, stored: &Stored) -> Result<Option<AlertId>, ViewsError> {
        let header = stored.event.header();
        if header.is_local() {
            notes::enter_local(self.connection, stored)?;
            return Ok(None);
        }
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
        notes::enter_shared(self.connection, stored)?;
        Ok(known.and_then(|meta| meta.alert))
    }

    /// Folds an alert from all its events and replaces its rows. `moved`: the directory may judge
    /// its earlier events in another way than when they were entered.
    pub fn fold(&self, id: &AlertId, moved: bool) -> Result<(), ViewsError> {
        let stored = self.source.of_alert(&id.to_string(), self.until)?;
        let events: Vec<Event> = stored
            .iter()
            .filter(|stored| !stored.event.header().is_local())
            .filter_map(|stored| to_domain(&stored.event))
            .collect();
        if events.is_empty() {
            let what = format!("it gave an event of the alert {id}, but gives none by its number");
            return Err(ViewsError::Contradiction { what });
        }
        let alert = Alert::fold(id.clone(), &events, self.directory);
        self.write(&alert)?;
        // The fold has the last word: it also reads the payload, which an entry's first judgement
        // does not.
        let judged = |event: &Event| (event.meta.event_id, self.directory.judge(&event.meta));
        let entered: BTreeMap<Uuid, Verdict> = events.iter().map(judged).collect();
        let moved = moved || may_turn(&events);
        for entry in &alert.timeline {
            if moved || entered.get(&entry.event_id) != Some(&entry.verdict) {
                self.judge(&entry.event_id.to_string(), entry.verdict)?;
            }
        }
        Ok(())
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
    pub fn finish(&self) -> Result<(), ViewsError> {
        self.index()?;
        self.connection
            .prepare_cached("UPDATE meta SET cursor = ?1, directory_head = ?2")?
            .execute([self.until, self.directory.head()])?;
        Ok(())
    }

    fn judge(&self, event_id: &str, verdict: Verdict) -> Result<(), ViewsError> {
        self.connection
            .prepare_cached("UPDATE entries SET verdict = ?2, why = ?3 WHERE event_id = ?1")?
            .execute(params![event_id, verdict_code(verdict), why_code(verdict)])?;
        Ok(())
    }

    fn write(&self, alert: &Alert) -> Result<(), ViewsError> {
        let id = alert.id.to_string();
        let state = serde_json::to_string(alert)
            .map_err(|error| ViewsError::damaged(format!("an alert that is no JSON: {error}")))?;
        let content = alert.content.as_ref();
        let number: i64 = self
            .connection
            .prepare_cached(
                "INSERT INTO alerts (id, issuer, category, status, version, severity, headline,
                 issued_ms, changed_ms, expires_ms, state)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT (id) DO UPDATE SET category = excluded.category,
                 status = excluded.status, version = excluded.version,
                 severity = excluded.severity, headline = excluded.headline,
                 issued_ms = excluded.issued_ms, changed_ms = excluded.changed_ms,
                 expires_ms = excluded.expires_ms, state = excluded.state
                 RETURNING number",
            )?
            .query_row(
                params![
                    id,
                    alert.issuer().as_str(),
                    alert.category,
                    standing(alert.status).code(),
                    alert.version,
                    content.map_or("", |content| &content.severity),
                    content.map_or("", |content| &content.headline),
                    alert.issued,
                    alert.changed,
                    alert.expires,
                    state,
                ],
                |row| row.get(0),
            )?;
        let mut words = self.words.borrow_mut();
        words.insert(number, text::of_alert(alert));
        let many = words.len() >= WORDS;
        drop(words);
        if many {
            self.index()?;
        }
        for table in ["alert_zones", "hits"] {
            self.connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE alert = ?1"))?
                .execute([&id])?;
        }
        let mut zones =
            self.connection.prepare_cached("INSERT INTO alert_zones VALUES (?1, ?2)")?;
        for zone in &alert.zones {
            zones.execute([&id, zone.as_str()])?;
        }
        let mut hits =
            self.connection.prepare_cached("INSERT INTO hits VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (event_id, hit) in &alert.hits {
            let Some(report) = &hit.report else { continue };
            // The first answer is the one that counts.
            let answered =
                hit.answers.first().is_some_and(|reply| reply.answer.result != NEED_TIME);
            let unit = report.unit.as_str();
            hits.execute(params![event_id.to_string(), id, unit, report.recorded, answered])?;
        }
        Ok(())
    }
}

impl Pass<'_> {
    /// Indexes the words of alerts where they are others than before: most events change none. In
    /// ascending order, because the index is written out whenever it has to go back.
    fn index(&self) -> Result<(), ViewsError> {
        let mut known =
            self.connection.prepare_cached("SELECT text = ?2 FROM alert_words WHERE rowid = ?1")?;
        let mut insert = self
            .connection
            .prepare_cached("INSERT OR REPLACE INTO alert_words (rowid, text) VALUES (?1, ?2)")?;
        for (number, words) in self.words.take() {
            let known = known.query_row(params![number, words], |row| row.get(0)).optional()?;
            if known != Some(true) {
                insert.execute(params![number, words])?;
            }
        }
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

fn standing(status: Status) -> Standing {
    match status {
        Status::Awaited => Standing::Awaited,
        Status::Active => Standing::Active,
        Status::Withdrawn => Standing::Withdrawn,
    }
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
