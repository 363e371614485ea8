//! What of an alert the search goes by, as rows: names, numbers, whom it is about, and the tags by which
//! the index of words is narrowed.
//!
//! Rows follow from the alert as it is now. They are replaced when they are others than before, and
//! what no name holds any more is no word.

use std::collections::BTreeSet;

use giapranh_domain::codes::IdentifierKind;
use giapranh_domain::values::PartialDate;
use giapranh_domain::wire::proto::{AlertContent, Identifier, Object, Person, Vehicle};
use giapranh_domain::{Alert, ZoneId};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::spelling::{bare, key};
use super::tags;
use crate::{ViewsError, text};

/// A number as it stands in a row.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    field: String,
    value: String,
    written: String,
    partial: bool,
}

/// Whom an alert is about; no alert is about two.
fn person(content: &AlertContent) -> Option<&Person> {
    let wanted = content.wanted_person.as_ref().and_then(|wanted| wanted.person.as_ref());
    let traveller = content.travelling_offender.as_ref();
    wanted.or_else(|| traveller.and_then(|traveller| traveller.person.as_ref()))
}

/// Replaces what the search goes by.
pub(crate) fn write(views: &Connection, number: i64, alert: &Alert) -> Result<(), ViewsError> {
    let content = alert.content.as_ref();
    let person = content.and_then(person);
    write_names(views, number, person)?;
    write_numbers(views, number, content)?;
    write_person(views, number, person)
}

/// By what the index of words is narrowed to what may be asked for, and to what may be near who looks.
pub(crate) fn tags_of(alert: &Alert, seen_in: &BTreeSet<ZoneId>) -> String {
    let person = alert.content.as_ref().and_then(person);
    let mut all = vec![tags::unit(&alert.responsible), tags::category(&alert.category)];
    all.extend(seen_in.iter().map(tags::zone));
    if let Some(person) = person {
        all.push(tags::born(year(person)));
        all.push(tags::sex(sex(person)));
    }
    all.join(" ")
}

fn year(person: &Person) -> Option<i16> {
    PartialDate::parse(&person.born).ok().map(PartialDate::year)
}

/// Empty where it is not said, or not known.
fn sex(person: &Person) -> &str {
    match person.sex.as_str() {
        "unknown" => "",
        said => said,
    }
}

/// The words of a name without marks, in the order in which they stand there.
pub(super) fn bare_words(name: &str) -> Vec<String> {
    text::words_of(name).map(bare).filter(|word| !word.is_empty()).collect()
}

fn write_names(views: &Connection, number: i64, person: Option<&Person>) -> Result<(), ViewsError> {
    let name = person.iter().map(|person| ("name", &person.name));
    let aliases = person.iter().flat_map(|person| &person.aliases).map(|alias| ("aliases", alias));
    let named =
        name.chain(aliases).map(|(field, written)| (field, written, key(bare_words(written))));
    let rows: BTreeSet<(String, String, String)> = named
        .filter(|(_, _, key)| !key.is_empty())
        .map(|(field, written, key)| (field.to_owned(), written.clone(), key))
        .collect();
    let known: BTreeSet<(String, String, String)> = views
        .prepare_cached("SELECT field, written, key FROM alert_names WHERE number = ?1")?
        .query_map([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    if known == rows {
        return Ok(());
    }
    let (before, now) = (words(&known), words(&rows));
    for word in before.difference(&now) {
        views
            .prepare_cached("UPDATE name_words SET alerts = alerts - 1 WHERE word = ?1")?
            .execute([word])?;
        views
            .prepare_cached("DELETE FROM name_words WHERE word = ?1 AND alerts <= 0")?
            .execute([word])?;
    }
    for word in now.difference(&before) {
        views
            .prepare_cached(
                "INSERT INTO name_words VALUES (?1, 1)
                 ON CONFLICT (word) DO UPDATE SET alerts = alerts + 1",
            )?
            .execute([word])?;
    }
    views.prepare_cached("DELETE FROM alert_names WHERE number = ?1")?.execute([number])?;
    let mut insert = views.prepare_cached("INSERT INTO alert_names VALUES (?1, ?2, ?3, ?4)")?;
    for (field, written, key) in rows {
        insert.execute(params![number, field, written, key])?;
    }
    Ok(())
}

fn words(names: &BTreeSet<(String, String, String)>) -> BTreeSet<&str> {
    names.iter().flat_map(|(_, _, key)| key.split(' ')).collect()
}

fn write_numbers(
    views: &Connection,
    number: i64,
    content: Option<&AlertContent>,
) -> Result<(), ViewsError> {
    let rows: BTreeSet<Number> = content.map(numbers).unwrap_or_default().into_iter().collect();
    let known: BTreeSet<Number> = views
        .prepare_cached(
            "SELECT field, value, written, partial FROM alert_numbers WHERE number = ?1",
        )?
        .query_map([number], |row| {
            let (field, value) = (row.get(0)?, row.get(1)?);
            Ok(Number { field, value, written: row.get(2)?, partial: row.get(3)? })
        })?
        .collect::<Result<_, _>>()?;
    if known == rows {
        return Ok(());
    }
    views.prepare_cached("DELETE FROM alert_numbers WHERE number = ?1")?.execute([number])?;
    let mut insert =
        views.prepare_cached("INSERT INTO alert_numbers VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for Number { field, value, written, partial } in rows {
        insert.execute(params![number, field, value, backwards(&value), written, partial])?;
    }
    Ok(())
}

/// Capitals and digits alone, and `?` for what was not read.
pub(super) fn number_of(written: &str) -> String {
    let letters = bare_of_number(written);
    letters.chars().filter(|c| c.is_alphanumeric() || *c == '?').collect()
}

fn bare_of_number(written: &str) -> String {
    if written.is_ascii() {
        return written.to_ascii_uppercase();
    }
    // As plates have it, an i is none for a y.
    let folded = super::spelling::letters(written);
    folded.to_uppercase()
}

pub(super) fn backwards(value: &str) -> String {
    value.chars().rev().collect()
}

fn numbers(content: &AlertContent) -> Vec<Number> {
    let mut all: Vec<Number> = Vec::new();
    let mut add = |field: &str, written: &str, partial: bool| {
        let value = number_of(written);
        let read = value.chars().filter(|c| *c != '?').count();
        // Two spellings of one number are one.
        if read >= 2 && !all.iter().any(|known| known.field == field && known.value == value) {
            let (field, written) = (field.to_owned(), written.to_owned());
            all.push(Number { field, value, written, partial });
        }
    };
    add("case_number", &content.case_number, false);
    if let Some(ground) = &content.ground {
        add("decision_number", &ground.decision_number, false);
    }
    if let Some(person) = person(content) {
        for identity in &person.identity_numbers {
            add("identity_numbers", &identity.number, false);
        }
    }
    if let Some(Vehicle { plate, plate_partial, vin, engine_number, .. }) = &content.vehicle {
        add("plate", plate, *plate_partial || plate.contains('?'));
        add("vin", vin, false);
        add("engine_number", engine_number, false);
    }
    if let Some(Object { serial, imei, .. }) = &content.object {
        add("serial", serial, false);
        add("imei", imei, false);
    }
    if let Some(identifier) = &content.identifier {
        add_identifier(identifier, &mut add);
    }
    all
}

/// By the one spelling and by what was written: an old prefix is found as well.
fn add_identifier(identifier: &Identifier, add: &mut dyn FnMut(&str, &str, bool)) {
    let known = IdentifierKind::parse(&identifier.kind);
    let field = known.map_or("written", IdentifierKind::code);
    add(field, &identifier.value, false);
    add(field, &identifier.written, false);
}

fn write_person(
    views: &Connection,
    number: i64,
    person: Option<&Person>,
) -> Result<(), ViewsError> {
    let Some(person) = person else {
        views.prepare_cached("DELETE FROM alert_persons WHERE number = ?1")?.execute([number])?;
        return Ok(());
    };
    let place = match person.residence.as_str() {
        "" => &person.last_known_place,
        _ => &person.residence,
    };
    let mut known = views.prepare_cached(
        "SELECT 1 FROM alert_persons WHERE number = ?1 AND (born, sex, place) = (?2, ?4, ?5)
         AND year IS ?3",
    )?;
    let row = params![number, person.born, year(person), sex(person), place];
    if known.query_row(row, |_| Ok(())).optional()?.is_none() {
        views
            .prepare_cached("INSERT OR REPLACE INTO alert_persons VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(row)?;
    }
    Ok(())
}
