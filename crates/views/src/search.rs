//! One box for names, plates, phones, accounts and words, as people type them: the right alert first,
//! and with each why it is there.
//!
//! The question is read in every way that it may be meant ([`asked`]); each way is looked up along an
//! index, the surest first ([`sources`]), and what is found is put in order by how well it fits
//! ([`how`]). What must hold:
//!
//! - What a viewer does not see is left out before anything is counted or cut.
//! - Two stored spellings never hide each other: they have one key.
//! - A word that everybody has costs no more than [`MOST`] rows of it: what is left is said to be more,
//!   to be narrowed.

mod asked;
mod how;
mod index;
mod sieve;
mod sources;
mod spelling;
mod tags;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use giapranh_domain::codes::Sex;
use giapranh_domain::{Alert, AlertId, Millis};
use rusqlite::{Connection, OptionalExtension as _, Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::asked::Asked;
use self::sieve::{Candidate, Sieve};
use crate::query::{clamp, id};
use crate::rows::Standing;
use crate::{AlertRow, Viewer, Views, ViewsError};

pub use how::{How, Match};
pub(crate) use index::{tags_of, write};

/// Most alerts that one way of reading the question gives, and all of them together: a page that
/// nobody reads to its end.
pub(crate) const MOST: usize = 300;
/// Most reasons that are given for an alert.
const REASONS: usize = 4;
/// Longest text of a question, characters.
pub const LONGEST_QUESTION: usize = 200;

/// A question; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// What was typed; of what lies beyond [`LONGEST_QUESTION`] nothing is read. Nothing is found for
    /// a text without a letter or digit.
    pub text: String,
    /// About a person born in that year, or of whom no year is said.
    pub born: Option<i16>,
    /// About a person of that sex, or of whom none is said.
    pub sex: Option<Sex>,
    /// With these words in a place.
    pub place: Option<String>,
    /// Of that category.
    pub category: Option<String>,
    /// Who looks; `None` sees everything.
    pub viewer: Option<Viewer>,
    /// The page after the one that gave this cursor.
    pub after: Option<String>,
    /// How many; 1 to [`crate::PAGE`], else the nearest of these.
    pub limit: usize,
}

/// An alert that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// The alert, as in every list.
    #[serde(flatten)]
    pub alert: AlertRow,
    /// Whom it is about, by what namesakes are told apart; `None` when it is about nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Brief>,
    /// Why it was found, the best reason first; never empty.
    pub because: Vec<Match>,
}

/// A person in a list. What is not said is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Brief {
    /// With its precision.
    pub born: String,
    /// `male` or `female`.
    pub sex: String,
    /// Where the person lives, or else was seen.
    pub place: String,
}

/// One page of what was found, the best first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SearchPage {
    /// The rows.
    pub rows: Vec<Found>,
    /// What to give as `after` for the next page; `None` on the last.
    pub next: Option<String>,
    /// There may be more than all pages hold: the question is to be narrowed.
    pub more: bool,
}

/// Where a candidate stands: how well it fits, whether it is known to fit what the question is narrowed
/// by, whether it is in force, when it changed.
type Place = (u8, bool, bool, Reverse<Millis>, String);

impl Views {
    /// Alerts that may be meant, the surest first.
    pub fn search(&self, query: &SearchQuery, now: Millis) -> Result<SearchPage, ViewsError> {
        let after = query.after.as_deref().map(parse_cursor).transpose()?;
        let Some(asked) = Asked::of(&query.text) else { return Ok(SearchPage::default()) };
        let limit = clamp(query.limit);
        self.read(|views| {
            let mut sieve = Sieve::new(views, query, now)?;
            sources::find(&mut sieve, &asked)?;
            let (found, more) = sieve.finish();
            let placed = found.into_iter().map(|one| (place(&one, query, &asked), one));
            let mut placed: BTreeMap<Place, Candidate> = placed.collect();
            if let Some(after) = after {
                placed = placed.split_off(&after);
                placed.remove(&after);
            }
            let rest = placed.len().saturating_sub(limit);
            let page: Vec<(Place, Candidate)> = placed.into_iter().take(limit).collect();
            let next = page.last().filter(|_| rest > 0).map(|(place, _)| cursor(place));
            let rows = rows(views, page, query, &asked, now)?;
            Ok(SearchPage { rows, next, more })
        })
    }

    /// What an officer of this node said last that the searches are for, and when.
    pub fn purpose_of(&self, officer: &str) -> Result<Option<Purpose>, ViewsError> {
        let newest = "SELECT event_id, stated_ms FROM purposes WHERE officer = ?1";
        self.read(|views| {
            let purpose = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?));
            let newest = views.prepare_cached(newest)?.query_row([officer], purpose).optional()?;
            newest
                .map(|(event_id, stated_ms)| Ok(Purpose { event_id: id(&event_id)?, stated_ms }))
                .transpose()
        })
    }
}

/// Whether somebody typed that name, in whatever order and spelling, alone or among other words.
pub fn is_same_name(name: &str, typed: &str) -> bool {
    let typed: BTreeSet<String> = index::bare_words(typed).into_iter().collect();
    let name = index::bare_words(name);
    name.len() > 1 && name.iter().all(|word| typed.contains(word))
}

/// That an officer said what the searches are for. What was said is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Purpose {
    pub event_id: Uuid,
    pub stated_ms: u64,
}

/// The statements of every way, for who looks at how they are planned.
#[cfg(test)]
pub(crate) fn statements(
    views: &Connection,
    query: &SearchQuery,
) -> Result<Vec<crate::merge::List>, ViewsError> {
    let sieve = Sieve::new(views, query, 0)?;
    Ok(sources::WAYS.map(|way| crate::merge::List::new(sieve.sql(way), None)).into())
}

fn place(one: &Candidate, query: &SearchQuery, asked: &Asked) -> Place {
    let rank = one.because.first().map_or(u8::MAX, |best| best.how.rank());
    let other_year = |year: &i16| one.year != Some(*year);
    let unfit = query.born.as_ref().or(asked.year.as_ref()).is_some_and(other_year)
        || query.sex.is_some_and(|sex| one.sex != sex.code());
    let past = !matches!(one.standing, Standing::Active | Standing::Hidden);
    (rank, unfit, past, Reverse(one.changed_ms), one.id.clone())
}

/// The rows of a page. An alert whose words alone were found says in which texts they are.
fn rows(
    views: &Connection,
    page: Vec<(Place, Candidate)>,
    query: &SearchQuery,
    asked: &Asked,
    now: Millis,
) -> Result<Vec<Found>, ViewsError> {
    let ids: BTreeSet<String> = page.iter().map(|(_, one)| one.id.clone()).collect();
    let mut known = crate::list::rows_by_id(views, &ids, query.viewer.as_ref(), now)?;
    let mut rows = Vec::with_capacity(page.len());
    for (_, Candidate { number, id, because, .. }) in page {
        let mut because: Vec<Match> = because.into_iter().collect();
        if because.iter().all(|reason| reason.how == How::Words) {
            because = how::in_texts(&texts_of(views, number)?, asked);
        }
        // One thing is found once, in the surest way.
        let mut told = BTreeSet::new();
        because.retain(|reason| told.insert((reason.field.clone(), reason.text.clone())));
        if because.len() > 1 {
            because.retain(|reason| reason.how != How::Words || !reason.text.is_empty());
        }
        because.truncate(REASONS);
        let person = person_of(views, number)?;
        rows.extend(known.remove(&id).map(|alert| Found { alert, person, because }));
    }
    Ok(rows)
}

fn person_of(views: &Connection, number: i64) -> Result<Option<Brief>, ViewsError> {
    let brief =
        |row: &Row<'_>| Ok(Brief { born: row.get(0)?, sex: row.get(1)?, place: row.get(2)? });
    let mut person =
        views.prepare_cached("SELECT born, sex, place FROM alert_persons WHERE number = ?1")?;
    Ok(person.query_row([number], brief).optional()?)
}

fn texts_of(views: &Connection, number: i64) -> Result<Vec<(&'static str, String)>, ViewsError> {
    let state: String = views
        .prepare_cached("SELECT state FROM alerts WHERE number = ?1")?
        .query_row([number], |row| row.get(0))?;
    let alert: Alert = serde_json::from_str(&state)
        .map_err(|error| ViewsError::damaged(format!("an alert as no JSON: {error}")))?;
    let mut texts = vec![("number", alert.id.to_string())];
    let mut add = |field, part: &str| texts.push((field, part.to_owned()));
    alert.content.iter().for_each(|content| crate::text::parts(content, &mut add));
    Ok(texts)
}

/// Opaque to the caller, in characters that a URL takes as they are.
fn cursor((rank, unfit, past, Reverse(changed), id): &Place) -> String {
    let flags = u8::from(*unfit) * 2 + u8::from(*past);
    format!("{rank:x}.{flags}.{changed:x}.{}", id.replace('/', "."))
}

fn parse_cursor(text: &str) -> Result<Place, ViewsError> {
    let parse = || {
        let mut parts = text.splitn(4, '.');
        let rank = u8::from_str_radix(parts.next()?, 16).ok()?;
        let flags: u8 = parts.next()?.parse().ok()?;
        let changed = u64::from_str_radix(parts.next()?, 16).ok()?;
        let id: AlertId = parts.next()?.replace('.', "/").parse().ok()?;
        Some((rank, flags & 2 != 0, flags & 1 != 0, Reverse(changed), id.to_string()))
    };
    parse().ok_or_else(|| ViewsError::bad_cursor(text))
}
