//! That alerts belong together: each link stands with one of them and is shown with both.

use giapranh_domain::codes::Relation;
use giapranh_domain::time::rfc3339;
use giapranh_domain::{Alert, AlertId, Millis, UnitId};
use rusqlite::{Connection, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::query::id_in;
use crate::viewer::{Sight, sees};
use crate::{Viewer, Views, ViewsError};

/// A link, as one of its alerts shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct LinkRow {
    /// The event that proposed it.
    pub link: Uuid,
    /// With which it stands: who decides names this one.
    pub alert: AlertId,
    pub other: AlertId,
    /// Which of the two is not the one that was asked for.
    pub linked: AlertId,
    /// Of that one, if it is here.
    pub headline: Option<String>,
    /// A [`Relation`], or one that is newer than this program.
    pub relation: String,
    /// `proposed`, `confirmed` or `rejected`.
    pub state: String,
    pub grounds: String,
    /// Who proposed it.
    pub unit: UnitId,
    /// The program's name, where no person found it.
    pub proposed_by: Option<String>,
    pub recorded: String,
    pub recorded_ms: Millis,
}

impl LinkRow {
    /// In what the two belong together, if this program knows it.
    pub fn relation(&self) -> Option<Relation> {
        Relation::parse(&self.relation)
    }
}

impl Views {
    /// Every link of an alert, the oldest first. One to an alert that the viewer may not see is left
    /// out, and all of them when it may not see this one.
    pub fn links_of(
        &self,
        alert: &AlertId,
        viewer: Option<&Viewer>,
        now: Millis,
    ) -> Result<Vec<LinkRow>, ViewsError> {
        let sight = Sight::of(viewer, now);
        let named = alert.to_string();
        let sees = sees();
        let sql = format!(
            "SELECT link, alert, other, nullif(alerts.headline, ''), relation, links.state, grounds,
             unit, proposed_by, recorded_ms
             FROM links LEFT JOIN alerts ON alerts.id = iif(alert = :alert, other, alert)
             WHERE (alert = :alert OR other = :alert) AND (alerts.id IS NULL OR {sees})
             AND EXISTS (SELECT 1 FROM alerts WHERE id = :alert AND {sees})
             ORDER BY recorded_ms, link"
        );
        self.read(|views| {
            let mut parameters = sight.parameters().to_vec();
            parameters.push((":alert", &named));
            let mut statement = views.prepare_cached(&sql)?;
            let mut rows = statement.query(parameters.as_slice())?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(link_row(row, alert)?);
            }
            Ok(found)
        })
    }
}

/// Replaces the links that stand with an alert. What was decided before the proposal is here waits
/// for it.
pub(crate) fn write(connection: &Connection, alert: &Alert) -> Result<(), ViewsError> {
    let id = alert.id.to_string();
    connection.prepare_cached("DELETE FROM links WHERE alert = ?1")?.execute([&id])?;
    let mut insert = connection
        .prepare_cached("INSERT INTO links VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    for (event_id, link) in &alert.links {
        let (Some(proposal), Some(other)) = (&link.proposal, link.other()) else { continue };
        let state = match (link.is_rejected(), link.is_confirmed()) {
            (true, _) => "rejected",
            (false, true) => "confirmed",
            (false, false) => "proposed",
        };
        insert.execute(params![
            id,
            event_id.to_string(),
            other.to_string(),
            proposal.said.relation,
            state,
            proposal.said.grounds,
            proposal.unit.as_str(),
            proposal.said.proposed_by,
            proposal.recorded,
        ])?;
    }
    Ok(())
}

fn link_row(row: &Row<'_>, asked: &AlertId) -> Result<LinkRow, ViewsError> {
    let (alert, other): (AlertId, AlertId) = (id_in(row, 1)?, id_in(row, 2)?);
    let linked = if alert == *asked { other.clone() } else { alert.clone() };
    let recorded_ms = row.get(9)?;
    Ok(LinkRow {
        link: id_in(row, 0)?,
        alert,
        other,
        linked,
        headline: row.get(3)?,
        relation: row.get(4)?,
        state: row.get(5)?,
        grounds: row.get(6)?,
        unit: id_in(row, 7)?,
        proposed_by: Some(row.get::<_, String>(8)?).filter(|name| !name.is_empty()),
        recorded: rfc3339(recorded_ms),
        recorded_ms,
    })
}
