//! Writing the rows of one alert, as its events add up.

use std::collections::BTreeSet;

use giapranh_domain::codes::Severity;
use giapranh_domain::{Alert, Event, Sealed, Status, UnitId, Verdict, ZoneId};
use rusqlite::{OptionalExtension as _, params};

use crate::drafts::padded;
use crate::pass::Pass;
use crate::rows::Standing;
use crate::text::Texts;
use crate::{ViewsError, erasures, links, search, text};

impl Pass<'_> {
    /// Replaces the rows of an alert.
    pub(crate) fn write(&self, alert: &Alert, events: &[Event]) -> Result<(), ViewsError> {
        let number = self.write_alert(alert)?;
        let seen_in = seen_in(alert, events);
        let tags = search::tags_of(alert, &seen_in);
        let words = Texts { tags, ..text::of_alert(alert) };
        let gone = alert.sealed == Some(Sealed::Erased);
        self.words.add(self.connection, number, (!gone).then_some(words))?;
        search::write(self.connection, number, alert)?;
        self.write_zones(alert, seen_in)?;
        self.write_hits(alert)?;
        links::write(self.connection, alert)
    }

    fn write_alert(&self, alert: &Alert) -> Result<i64, ViewsError> {
        let state = serde_json::to_string(alert)
            .map_err(|error| ViewsError::damaged(format!("an alert that is no JSON: {error}")))?;
        let content = alert.content.as_ref();
        let hidden = alert.hidden.as_ref();
        let shown_to = hidden.into_iter().flat_map(|hidden| &hidden.units);
        let asked = alert.asked.as_ref();
        let seen = asked.map_or(0, |asked| {
            let seen = asked.units.iter().filter_map(|unit| alert.acknowledged.get(unit));
            seen.filter(|seen| seen.version >= asked.version).count()
        });
        let number = self
            .connection
            .prepare_cached(
                "INSERT INTO alerts (id, issuer, responsible, category, status, version, severity,
                 headline, issued_ms, changed_ms, expires_ms, hidden_ms, shown_to, asked,
                 acknowledged, flags, sealed, erase_ms, erase_ground, state)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                 ?18, ?19, ?20)
                 ON CONFLICT (id) DO UPDATE SET responsible = excluded.responsible,
                 category = excluded.category, status = excluded.status,
                 version = excluded.version, severity = excluded.severity,
                 headline = excluded.headline, issued_ms = excluded.issued_ms,
                 changed_ms = excluded.changed_ms, expires_ms = excluded.expires_ms,
                 hidden_ms = excluded.hidden_ms, shown_to = excluded.shown_to,
                 asked = excluded.asked, acknowledged = excluded.acknowledged,
                 flags = excluded.flags, sealed = excluded.sealed, erase_ms = excluded.erase_ms,
                 erase_ground = excluded.erase_ground, state = excluded.state
                 RETURNING number",
            )?
            .query_row(
                params![
                    alert.id.to_string(),
                    alert.issuer().as_str(),
                    alert.responsible.as_str(),
                    alert.category,
                    standing(alert.status).code(),
                    alert.version,
                    content.map_or("", |content| &content.severity),
                    content.map_or("", |content| &content.headline),
                    alert.issued,
                    alert.changed,
                    alert.expires,
                    hidden.map_or(0, |hidden| hidden.until),
                    padded(shown_to.map(UnitId::as_str)),
                    asked.map_or(0, |asked| asked.units.len()),
                    seen,
                    alert.flags.len(),
                    alert.sealed.map_or("", Sealed::code),
                    erasures::due(self.connection, alert)?,
                    alert.erasure.as_ref().map_or("", |erasure| &erasure.ground),
                    state,
                ],
                |row| row.get(0),
            )?;
        Ok(number)
    }

    /// Only where they are others than before: they stand in two orders.
    fn write_zones(&self, alert: &Alert, seen_in: BTreeSet<ZoneId>) -> Result<(), ViewsError> {
        let id = alert.id.to_string();
        let order = (alert.changed, standing(alert.status).code().to_owned());
        let until = (alert.expires, alert.hidden.as_ref().map_or(0, |hidden| hidden.until));
        let content = alert.content.as_ref();
        let urgent = content.is_some_and(|content| content.severity == Severity::Critical.code());
        let rows: Vec<_> = seen_in
            .into_iter()
            .map(|zone| {
                let counted = (alert.zones.contains(&zone), urgent, alert.category.clone());
                (zone.to_string(), order.clone(), until, counted)
            })
            .collect();
        let mut known = self.connection.prepare_cached(
            "SELECT zone, changed_ms, status, expires_ms, hidden_ms, current, urgent,
             category FROM alert_zones
             WHERE alert = ?1 ORDER BY zone",
        )?;
        let known = known.query_map([&id], |row| {
            let (order, until) = ((row.get(1)?, row.get(2)?), (row.get(3)?, row.get(4)?));
            Ok((row.get(0)?, order, until, (row.get(5)?, row.get(6)?, row.get(7)?)))
        })?;
        if known.collect::<Result<Vec<_>, _>>()? == rows {
            return Ok(());
        }
        self.connection
            .prepare_cached("DELETE FROM alert_zones WHERE alert = ?1")?
            .execute([&id])?;
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO alert_zones VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for (zone, (changed, status), (expires, hidden), (current, urgent, category)) in rows {
            insert.execute(params![
                zone, changed, id, status, expires, hidden, current, urgent, category
            ])?;
        }
        Ok(())
    }

    fn write_hits(&self, alert: &Alert) -> Result<(), ViewsError> {
        let id = alert.id.to_string();
        self.connection.prepare_cached("DELETE FROM hits WHERE alert = ?1")?.execute([&id])?;
        self.connection.prepare_cached("DELETE FROM zone_hits WHERE alert = ?1")?.execute([&id])?;
        let mut hits =
            self.connection.prepare_cached("INSERT INTO hits VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let mut counted = self
            .connection
            .prepare_cached("INSERT INTO zone_hits VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let hidden = alert.hidden.as_ref().map_or(0, |hidden| hidden.until);
        for (event_id, hit) in &alert.hits {
            let Some(report) = &hit.report else { continue };
            let (event_id, recorded) = (event_id.to_string(), report.recorded);
            let (unit, answered) = (report.unit.as_str(), hit.is_answered());
            hits.execute(params![event_id, id, unit, recorded, answered])?;
            for zone in &alert.zones {
                let zone = zone.as_str();
                counted.execute(params![zone, recorded, event_id, id, answered, hidden])?;
            }
        }
        Ok(())
    }

    /// Whether an alert itself is here, and not only drafts of it.
    pub(crate) fn has_alert(&self, id: &str) -> Result<bool, ViewsError> {
        let mut known = self.connection.prepare_cached("SELECT 1 FROM alerts WHERE id = ?1")?;
        Ok(known.query_row([id], |_| Ok(())).optional()?.is_some())
    }
}

/// The zones whose members see an alert. Of one that is awaited all that is known is what units said
/// of it, and where.
fn seen_in(alert: &Alert, events: &[Event]) -> BTreeSet<ZoneId> {
    if !alert.all_zones.is_empty() {
        return alert.all_zones.clone();
    }
    let counts: BTreeSet<_> = alert
        .timeline
        .iter()
        .filter(|entry| entry.verdict == Verdict::Valid)
        .map(|entry| entry.event_id)
        .collect();
    let valid = events.iter().filter(|event| counts.contains(&event.meta.event_id));
    valid.flat_map(|event| event.meta.zones.iter().cloned()).collect()
}

fn standing(status: Status) -> Standing {
    match status {
        Status::Awaited => Standing::Awaited,
        Status::Active => Standing::Active,
        Status::Withdrawn => Standing::Withdrawn,
    }
}
