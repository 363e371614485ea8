//! How much there is in each border zone, for a period: what a map shows.
//!
//! Counted along two orders that hold all that is asked, so that no alert is read. What is hidden from
//! anybody at that moment is in no number, so no number tells of it.

use giapranh_domain::{Millis, ZoneId};
use rusqlite::named_params;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::query::{collect, id_in};
use crate::viewer::array;
use crate::{Viewer, Views, ViewsError};

/// What a zone has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct ZoneCounts {
    pub zone: ZoneId,
    /// Alerts that are in force now.
    pub active: u64,
    /// Those of them that are urgent.
    pub urgent: u64,
    /// Alerts that changed in the period, whatever their standing.
    pub changed: u64,
    /// Hits that were reported in the period.
    pub hits: u64,
    /// Those of them that nobody has answered.
    pub unanswered: u64,
    /// When the newest of its alerts changed.
    pub newest_ms: Option<Millis>,
}

pub(crate) const ALERTS: &str = "SELECT
    sum(current AND status = 'active' AND expires_ms > :now),
    sum(current AND status = 'active' AND expires_ms > :now AND urgent),
    sum(changed_ms >= :since), max(changed_ms)
    FROM alert_zones WHERE zone = :zone AND hidden_ms <= :now";
pub(crate) const HITS: &str = "SELECT count(*), coalesce(sum(NOT answered), 0) FROM zone_hits
    WHERE zone = :zone AND recorded_ms >= :since AND hidden_ms <= :now";
/// Border zones, and what is said to the whole cluster.
const ZONES: &str = "SELECT id FROM (SELECT id FROM zones UNION SELECT 'cluster' AS id)
    WHERE :zones IS NULL OR id IN (SELECT value FROM json_each(:zones)) ORDER BY id";

impl Views {
    /// What each zone has that the viewer is a member of, by id; zones without anything too.
    pub fn zone_counts(
        &self,
        viewer: Option<&Viewer>,
        since: Millis,
        now: Millis,
    ) -> Result<Vec<ZoneCounts>, ViewsError> {
        let zones = viewer.map(|viewer| array(viewer.zones.iter().map(ZoneId::as_str)));
        self.read(|views| {
            let asked = named_params! { ":zones": zones };
            let zones: Vec<ZoneId> = collect(views, ZONES, asked, |row| id_in(row, 0))?;
            let mut alerts = views.prepare_cached(ALERTS)?;
            let mut hits = views.prepare_cached(HITS)?;
            let mut counts = Vec::with_capacity(zones.len());
            for zone in zones {
                let asked = named_params! { ":zone": zone.as_str(), ":since": since, ":now": now };
                let (active, urgent, changed, newest_ms) = alerts.query_row(asked, |row| {
                    let count = |at| row.get(at).map(Option::<u64>::unwrap_or_default);
                    Ok((count(0)?, count(1)?, count(2)?, row.get(3)?))
                })?;
                let (hits, unanswered) =
                    hits.query_row(asked, |row| Ok((row.get(0)?, row.get(1)?)))?;
                counts.push(ZoneCounts {
                    zone,
                    active,
                    urgent,
                    changed,
                    hits,
                    unanswered,
                    newest_ms,
                });
            }
            Ok(counts)
        })
    }
}
