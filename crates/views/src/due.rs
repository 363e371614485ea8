//! What is due: everything that has a clock, sorted by urgency, with who must act.

use std::collections::BTreeSet;

use giapranh_domain::codes::{Duty, Stage};
use giapranh_domain::time::rfc3339;
use giapranh_domain::{AlertId, Millis, Obligation, OfficerId, UnitId};
use rusqlite::{Connection, OptionalExtension as _, Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::merge::{List, merged};
use crate::obligations::{COLUMNS, obligation, subject};
use crate::query::{clamp, collect};
use crate::rows::Page;
use crate::viewer::{Sight, UNHIDDEN, array, near, sees};
use crate::{Viewer, Views, ViewsError};

const DUE: &str = include_str!("due.sql");
pub(crate) const NEXT: &str = "SELECT min(moment) FROM (
    SELECT min(begun_ms) AS moment FROM obligations WHERE begun_ms > ?1
    UNION ALL SELECT min(due_ms) FROM obligations WHERE due_ms > ?1
    UNION ALL SELECT min(escalates_ms) FROM obligations WHERE escalates_ms > ?1)";

/// A question for what is due; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DueQuery {
    /// To be done by one of these units, or come to it because another one did not act.
    pub units: Option<BTreeSet<UnitId>>,
    /// To be done by that province or a unit of it, or come to it. With `units` both are shown.
    pub province: Option<UnitId>,
    /// Of one of these kinds.
    pub duties: Option<BTreeSet<Duty>>,
    /// Without the drafts that this officer wrote: another one has to release them.
    pub not_by: Option<OfficerId>,
    /// Only what [`Views::due_noted`] does not hold at its present stage.
    pub unnoted: bool,
    /// Who looks; `None` sees everything.
    pub viewer: Option<Viewer>,
    /// The page after the one that gave this cursor.
    pub after: Option<String>,
    /// How many; 1 to [`crate::PAGE`], else the nearest of these.
    pub limit: usize,
}

/// Something that is to be done, at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct DueRow {
    pub duty: Duty,
    pub alert: AlertId,
    /// The hit or the submission that it is about.
    pub subject: Option<Uuid>,
    /// Whose it is, also after it has escalated.
    pub unit: UnitId,
    /// Who must act now.
    pub who: UnitId,
    pub stage: Stage,
    pub urgent: bool,
    pub begun: String,
    pub begun_ms: Millis,
    pub due: String,
    pub due_ms: Millis,
    /// How much time is left; below zero once it has passed.
    pub remaining_ms: i64,
    /// To whom it goes, and when.
    pub escalates_to: Option<UnitId>,
    pub escalates: Option<String>,
    pub escalates_ms: Option<Millis>,
    /// When it ends by itself.
    pub ends_ms: Option<Millis>,
    /// Of the alert, or of the draft where that is what is due; `None`: not here.
    pub headline: Option<String>,
    pub severity: Option<String>,
    pub category: Option<String>,
}

impl DueRow {
    fn of(obligation: Obligation, now: Millis) -> Option<Self> {
        let (stage, who) = (obligation.stage(now)?, obligation.who(now).clone());
        let (escalates_ms, escalates_to) = obligation.escalates.unzip();
        let signed = |moment: Millis| i64::try_from(moment).unwrap_or(i64::MAX);
        Some(Self {
            duty: obligation.duty,
            alert: obligation.alert,
            subject: obligation.subject,
            unit: obligation.unit,
            who,
            stage,
            urgent: obligation.urgent,
            begun: rfc3339(obligation.begun),
            begun_ms: obligation.begun,
            due: rfc3339(obligation.due),
            due_ms: obligation.due,
            remaining_ms: signed(obligation.due) - signed(now),
            escalates_to,
            escalates: escalates_ms.map(rfc3339),
            escalates_ms,
            ends_ms: obligation.ends,
            headline: None,
            severity: None,
            category: None,
        })
    }

    /// What it is a moment of.
    pub fn obligation(&self) -> Obligation {
        Obligation {
            duty: self.duty,
            alert: self.alert.clone(),
            subject: self.subject,
            unit: self.unit.clone(),
            urgent: self.urgent,
            begun: self.begun_ms,
            due: self.due_ms,
            escalates: self.escalates_ms.zip(self.escalates_to.clone()),
            ends: self.ends_ms,
        }
    }
}

impl Views {
    /// What is due, the most urgent first, then by the time until which it is to be done.
    pub fn due(&self, query: &DueQuery, now: Millis) -> Result<Page<DueRow>, ViewsError> {
        let after = query.after.as_deref().map(Place::parse).transpose()?.unwrap_or_default();
        let limit = clamp(query.limit);
        let sight = Sight::of(query.viewer.as_ref(), now);
        let duties = query.duties.as_ref();
        let duties = duties.map(|duties| array(duties.iter().map(|duty| duty.code())));
        let not_by = query.not_by.as_ref().map(OfficerId::as_str);
        let most = limit + 1;
        let mut rows = self.read(|views| {
            let mut parameters = sight.parameters().to_vec();
            parameters.extend(after.parameters());
            parameters.extend([
                (":duties", &duties as _),
                (":not_by", &not_by as _),
                (":unnoted", &query.unnoted as _),
                (":limit", &most as _),
            ]);
            let make = |row: &Row<'_>| due_row(row, now);
            merged(views, &lists(views, query)?, &parameters, most, make, |row| Ok(Some(row)))
        })?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| Place::of(&row.obligation()).cursor());
        Ok(Page { rows, next })
    }

    /// All that is to be done about one alert, by anybody, the most urgent first; nothing where the
    /// viewer does not see it. A draft that waits is its unit's own.
    pub fn due_of(
        &self,
        alert: &AlertId,
        viewer: Option<&Viewer>,
        now: Millis,
    ) -> Result<Vec<DueRow>, ViewsError> {
        let (sight, named) = (Sight::of(viewer, now), alert.to_string());
        let sql = format!(
            "SELECT {COLUMNS} FROM obligations WHERE alert = :alert AND (:now IS NOT NULL)
             AND iif(duty = 'approve', :viewer IS NULL OR unit = :viewer,
                EXISTS (SELECT 1 FROM alerts WHERE id = :alert AND {}))",
            sees()
        );
        self.read(|views| {
            let mut parameters = sight.parameters().to_vec();
            parameters.push((":alert", &named));
            let mut statement = views.prepare_cached(&sql)?;
            let mut rows = statement.query(parameters.as_slice())?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let obligation = obligation(row)?;
                let place = Place::of(&obligation);
                found.extend(DueRow::of(obligation, now).map(|row| (place, row)));
            }
            found.sort_by(|(a, _), (b, _)| a.cmp(b));
            Ok(found.into_iter().map(|(_, row)| row).collect())
        })
    }

    /// The next moment at which something begins, falls due or escalates; `None`: nothing that is
    /// known will.
    pub fn next_stage(&self, now: Millis) -> Result<Option<Millis>, ViewsError> {
        self.read(|views| Ok(views.prepare_cached(NEXT)?.query_row([now], |row| row.get(0))?))
    }

    /// What this node's hook was told of: the key of each obligation, and how far it had come.
    pub fn due_noted(&self) -> Result<BTreeSet<(String, String)>, ViewsError> {
        self.read(|views| {
            let noted = "SELECT key, stage FROM due_noted";
            let rows = collect(views, noted, (), |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.into_iter().collect())
        })
    }
}

/// What is asked of every unit lies by provinces; else one list for each that is asked for.
pub(crate) fn lists(views: &Connection, query: &DueQuery) -> Result<Vec<List>, ViewsError> {
    let mut lists = Vec::new();
    let mut add = |index, key, more, of: &str| {
        let sql = DUE
            .replace("{columns}", COLUMNS)
            .replace("{index}", index)
            .replace("{key}", key)
            .replace("{more}", more)
            // Told by the index alone, before the alert is looked up.
            .replace("{near}", &near("obligations.responsible", "obligations.alert"))
            .replace("{unhidden}", UNHIDDEN);
        lists.push(List::new(sql, Some(of)));
    };
    let everybody = query.units.is_none() && query.province.is_none();
    let provinces = match &query.province {
        Some(province) => vec![province.to_string()],
        None if everybody => provinces(views)?,
        None => Vec::new(),
    };
    for province in &provinces {
        add("obligations_of_province", "obligations.province", "true", province);
    }
    let units: BTreeSet<&UnitId> = query.units.iter().flatten().collect();
    for unit in &units {
        add("obligations_of_unit", "obligations.unit", "true", unit.as_str());
    }
    let above: BTreeSet<&UnitId> = units.into_iter().chain(&query.province).collect();
    for unit in above {
        let (index, key) = ("obligations_escalating", "obligations.escalates_to");
        add(index, key, "obligations.escalates_ms <= :now", unit.as_str());
    }
    Ok(lists)
}

/// The provinces with something to do: a walk along the index, from one to the next.
fn provinces(views: &Connection) -> Result<Vec<String>, ViewsError> {
    let mut next = views.prepare_cached(
        "SELECT province FROM obligations WHERE province > ?1 ORDER BY province LIMIT 1",
    )?;
    let (mut found, mut last) = (Vec::new(), String::new());
    while let Some(province) = next.query_row([&last], |row| row.get(0)).optional()? {
        last = province;
        found.push(last.clone());
    }
    Ok(found)
}

fn due_row(row: &Row<'_>, now: Millis) -> Result<(Place, DueRow), ViewsError> {
    let obligation = obligation(row)?;
    let place = Place::of(&obligation);
    let shown = DueRow::of(obligation, now)
        .ok_or_else(|| ViewsError::damaged("something due that is not due"))?;
    let due =
        DueRow { headline: row.get(11)?, severity: row.get(12)?, category: row.get(13)?, ..shown };
    Ok((place, due))
}

/// Where something stands in the order of the list.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    rank: u8,
    due: u64,
    alert: String,
    duty: String,
    subject: String,
    unit: String,
}

impl Place {
    fn of(obligation: &Obligation) -> Self {
        Self {
            rank: u8::from(!obligation.urgent),
            due: obligation.due,
            alert: obligation.alert.to_string(),
            duty: obligation.duty.code().to_owned(),
            subject: subject(obligation),
            unit: obligation.unit.to_string(),
        }
    }

    fn parameters(&self) -> [crate::viewer::Parameter<'_>; 6] {
        [
            (":rank", &self.rank),
            (":due", &self.due),
            (":alert", &self.alert),
            (":duty", &self.duty),
            (":subject", &self.subject),
            (":unit", &self.unit),
        ]
    }

    /// Opaque to the caller, in characters that a URL takes as they are.
    fn cursor(&self) -> String {
        let Self { rank, due, alert, duty, subject, unit } = self;
        format!("{rank}.{due:x}.{}.{duty}.{subject}.{unit}", alert.replace('/', "."))
    }

    fn parse(text: &str) -> Result<Self, ViewsError> {
        let parse = || {
            let mut parts = text.split('.');
            let mut part = || parts.next();
            let rank = part()?.parse().ok().filter(|rank| *rank <= 1)?;
            // What SQLite can hold.
            let due = i64::from_str_radix(part()?, 16).ok()?.try_into().ok()?;
            let alert: AlertId = [part()?, part()?, part()?].join("/").parse().ok()?;
            let duty = Duty::parse(part()?)?.code().to_owned();
            let subject = part()?.to_owned();
            let unit: UnitId = part()?.parse().ok()?;
            let whole = part().is_none();
            let place =
                Self { rank, due, alert: alert.to_string(), duty, subject, unit: unit.to_string() };
            whole.then_some(place)
        };
        parse().ok_or_else(|| ViewsError::bad_cursor(text))
    }
}
