//! What is found passes through here: only what the viewer sees, and what the question is narrowed to,
//! is kept; each alert once, with every reason.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use giapranh_domain::Millis;
use giapranh_domain::codes::Sex;
use rusqlite::{CachedStatement, Connection, Row};

use super::how::Match;
use super::spelling::{bare, written_as};
use super::{MOST, SearchQuery, tags};
use crate::list::{STANDING, own_units};
use crate::rows::Standing;
use crate::text::{WORDS, words_of};
use crate::viewer::{Parameter, Sight, sees};
use crate::{Viewer, ViewsError};

/// A way to candidates: `{from}` has a column with the alert's row, `{found}` says in which field what
/// stands.
const CANDIDATES: &str =
    "SELECT alerts.number, alerts.id, alerts.changed_ms, {standing} AS standing,
    persons.year, coalesce(persons.sex, ''), {found}
    FROM {from} CROSS JOIN alerts ON alerts.number = {number}
    LEFT JOIN alert_persons AS persons ON persons.number = alerts.number
    WHERE {condition}
    AND (:category IS NULL OR alerts.category = :category)
    AND (:born IS NULL OR coalesce(persons.year, :born) = :born AND persons.number IS NOT NULL)
    AND (:sex IS NULL OR persons.sex IN (:sex, ''))
    AND {in_place} AND {sees}
    {order} LIMIT :most";
const IN_PLACE: &str = "EXISTS (SELECT 1 FROM alert_words AS placed
    WHERE placed.alert_words MATCH :place AND placed.rowid = alerts.number)";

/// A way to candidates.
pub(super) struct Way {
    /// What is read, in its order.
    pub from: &'static str,
    /// The column that holds the alert's row.
    pub number: &'static str,
    /// Which rows; may name `:key`, `:number`, `:until` and `:pattern`.
    pub condition: &'static str,
    /// The field and the text of a row, two columns.
    pub found: &'static str,
    pub order: &'static str,
}

/// An alert that may be meant.
pub(super) struct Candidate {
    pub number: i64,
    pub id: String,
    pub changed_ms: Millis,
    pub standing: Standing,
    pub year: Option<i16>,
    /// Empty: not said.
    pub sex: String,
    pub because: BTreeSet<Match>,
}

/// Keeps what may be shown.
pub(super) struct Sieve<'a> {
    views: &'a Connection,
    sight: Sight,
    category: Option<String>,
    born: Option<i16>,
    sex: Option<&'static str>,
    /// The words of a place, as the index takes them.
    place: Option<String>,
    /// By which tags a query of the index of words is narrowed, as the index takes them.
    narrow: Vec<String>,
    found: BTreeMap<i64, Candidate>,
    more: Cell<bool>,
}

impl<'a> Sieve<'a> {
    pub fn new(
        views: &'a Connection,
        query: &SearchQuery,
        now: Millis,
    ) -> Result<Self, ViewsError> {
        let place = query.place.as_deref().and_then(in_places);
        let mut narrow: Vec<String> = place.iter().cloned().collect();
        if let Some(viewer) = &query.viewer {
            narrow.push(any(near(views, viewer)?));
        }
        narrow.extend(query.category.as_deref().map(|code| any([tags::category(code)])));
        narrow.extend(query.born.map(|year| any([tags::born(Some(year)), tags::born(None)])));
        let sex = query.sex.map(Sex::code);
        narrow.extend(sex.map(|code| any([tags::sex(code), tags::sex("")])));
        Ok(Self {
            views,
            sight: Sight::of(query.viewer.as_ref(), now),
            category: query.category.clone(),
            born: query.born,
            sex,
            place,
            narrow,
            found: BTreeMap::new(),
            more: Cell::new(false),
        })
    }

    pub fn views(&self) -> &'a Connection {
        self.views
    }

    /// A query of the index of words, narrowed.
    pub fn narrowed(&self, words: String) -> String {
        let all: Vec<String> = [words].into_iter().chain(self.narrow.iter().cloned()).collect();
        all.join(" AND ")
    }

    /// Whether as much was found as anybody reads.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    pub fn sql(&self, way: &Way) -> String {
        let in_place = if self.place.is_some() { IN_PLACE } else { "true" };
        CANDIDATES
            .replace("{from}", way.from)
            .replace("{number}", way.number)
            .replace("{condition}", way.condition)
            .replace("{found}", way.found)
            .replace("{order}", way.order)
            .replace("{in_place}", in_place)
            .replace("{sees}", &sees())
            .replace("{standing}", STANDING)
    }

    /// Prepares a way, with all that stays the same bound once.
    pub fn open(&self, way: &Way) -> Result<Open<'a>, ViewsError> {
        let mut statement = self.views.prepare_cached(&self.sql(way))?;
        let mut bound: Vec<Parameter<'_>> = self.sight.parameters().to_vec();
        let filters: [Parameter<'_>; 4] = [
            (":category", &self.category),
            (":born", &self.born),
            (":sex", &self.sex),
            (":most", &MOST),
        ];
        bound.extend(filters);
        if self.place.is_some() {
            bound.push((":place", &self.place));
        }
        for (name, value) in bound {
            statement.raw_bind_parameter(name, value)?;
        }
        Ok(Open(statement))
    }

    /// Takes what a way leads to; `why` gives the reasons of a row, and leaves it out without any.
    pub fn take(
        &mut self,
        open: &mut Open<'_>,
        parameters: &[Parameter<'_>],
        mut why: impl FnMut(&Row<'_>, i64) -> Result<Vec<Match>, ViewsError>,
    ) -> Result<(), ViewsError> {
        for (name, value) in parameters {
            open.0.raw_bind_parameter(*name, *value)?;
        }
        let (mut rows, mut count) = (open.0.raw_query(), 0);
        while let Some(row) = rows.next()? {
            count += 1;
            let number = row.get(0)?;
            let reasons = why(row, number)?;
            if reasons.is_empty() {
                continue;
            }
            let candidate = match self.found.entry(number) {
                std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::btree_map::Entry::Vacant(new) => new.insert(candidate(row)?),
            };
            candidate.because.extend(reasons);
        }
        if count >= MOST {
            self.more.set(true);
        }
        Ok(())
    }

    /// Everything that was found, and whether there may be more.
    pub fn finish(self) -> (Vec<Candidate>, bool) {
        let more = self.more.get() || self.found.len() >= MOST;
        (self.found.into_values().collect(), more)
    }
}

/// A way that is prepared.
pub(super) struct Open<'a>(CachedStatement<'a>);

fn candidate(row: &Row<'_>) -> Result<Candidate, ViewsError> {
    let standing: String = row.get(3)?;
    Ok(Candidate {
        number: row.get(0)?,
        id: row.get(1)?,
        changed_ms: row.get(2)?,
        standing: Standing::parse(&standing)
            .ok_or_else(|| ViewsError::damaged(format!("a status {standing}")))?,
        year: row.get(4)?,
        sex: row.get(5)?,
        because: BTreeSet::new(),
    })
}

/// The tags of what may be near a viewer: the zones, and who answers for anything.
fn near(views: &Connection, viewer: &Viewer) -> Result<Vec<String>, ViewsError> {
    let mut near = vec![tags::nobody()];
    near.extend(viewer.zones.iter().map(tags::zone));
    near.extend(own_units(views, viewer)?.into_iter().map(tags::unit));
    Ok(near)
}

/// One of these words or tags; there has to be one.
pub(super) fn any(words: impl IntoIterator<Item = String>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("\"{word}\"")).collect();
    format!("({})", quoted.join(" OR "))
}

/// All words in a place; `None` when there is none.
fn in_places(typed: &str) -> Option<String> {
    let words = words_of(typed).take(WORDS).map(|word| any(written_as(&bare(word))));
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| format!("places : ({})", words.join(" AND ")))
}
