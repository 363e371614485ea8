//! A table of alerts and a text index over them, as one would write it down first: every event is
//! decoded, its alert's row put in place, and its text, if it carries one, indexed again.

use std::path::Path;

use anyhow::Result;
use giapranh_domain::wire::proto::{AlertContent, Person};
use rusqlite::{Connection, params};

use super::read;

/// Events in a transaction.
const BATCH: usize = 4_096;

/// Makes the views of a table of events in a new file.
pub fn rebuild(events: &Connection, path: &Path) -> Result<()> {
    let views = Connection::open(path)?;
    views.pragma_update(None, "journal_mode", "WAL")?;
    views.pragma_update(None, "synchronous", "NORMAL")?;
    views.execute_batch(
        "CREATE TABLE alerts (number INTEGER PRIMARY KEY, id TEXT UNIQUE, category TEXT,
                              kind TEXT, headline TEXT, changed_ms INTEGER, events INTEGER);
         CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');",
    )?;
    views.execute_batch("BEGIN")?;
    let mut count = 0;
    read::each(events, usize::MAX >> 1, |bytes| {
        take_in(&views, bytes)?;
        count += 1;
        if count % BATCH == 0 {
            views.execute_batch("COMMIT; BEGIN")?;
        }
        Ok(())
    })?;
    views.execute_batch("COMMIT")?;
    views.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn take_in(views: &Connection, bytes: &[u8]) -> Result<()> {
    let read::Decoded { header, version } = read::decode(bytes)?;
    if header.alert.is_empty() {
        return Ok(());
    }
    let content = version.as_ref().and_then(|version| version.content.as_ref());
    let number: i64 = views
        .prepare_cached(
            "INSERT INTO alerts (id, category, kind, headline, changed_ms, events)
             VALUES (?1, ?2, ?3, ?4, ?5, 1)
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,
             headline = coalesce(excluded.headline, headline),
             changed_ms = excluded.changed_ms, events = events + 1
             RETURNING number",
        )?
        .query_row(
            params![
                header.alert,
                header.facts.as_ref().map(|facts| facts.category.as_str()),
                header.kind,
                content.map(|content| content.headline.as_str()),
                header.recorded_ms,
            ],
            |row| row.get(0),
        )?;
    let Some(content) = content else { return Ok(()) };
    let text = words(&header.alert, content);
    views.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([number])?;
    views
        .prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?
        .execute(params![number, text])?;
    Ok(())
}

/// Everything of an alert that somebody may search.
fn words(alert: &str, content: &AlertContent) -> String {
    let mut words = vec![alert, &content.headline, &content.case_number];
    if let Some(ground) = &content.ground {
        words.extend([ground.decision_number.as_str(), &ground.agency]);
    }
    let person = |person: &Option<Person>| {
        let Some(person) = person.clone() else { return String::new() };
        let numbers = person.identity_numbers.into_iter().map(|identity| identity.number);
        let places = [person.name, person.residence, person.last_known_place, person.marks];
        numbers.chain(places).collect::<Vec<_>>().join("\n")
    };
    let named = match (&content.wanted_person, &content.travelling_offender) {
        (Some(wanted), _) => person(&wanted.person),
        (_, Some(traveller)) => person(&traveller.person),
        _ => String::new(),
    };
    words.push(&named);
    if let Some(traveller) = &content.travelling_offender {
        words.extend([traveller.area.as_str(), &traveller.means_of_travel, &traveller.pattern]);
    }
    if let Some(way) = &content.modus_operandi {
        words.extend([way.kind_of_place.as_str(), &way.location, &way.target, &way.approach]);
    }
    words.join("\n")
}
