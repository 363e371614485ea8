//! How much there is in each border zone, for a period: what a map shows.
//!
//! Counted along orders that hold all that is asked, so that no alert is read. What is hidden from
//! anybody at that moment is in no number, so no number tells of it.

use giapranh_domain::{Millis, ZoneId};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params};
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

pub(crate) const IN_FORCE: &str = "SELECT count(*), coalesce(sum(urgent), 0)
    FROM alert_zones
    WHERE zone = :zone AND status = 'active' AND expires_ms > :now AND current AND hidden_ms <= :now";
pub(crate) const CHANGED: &str = "SELECT count(*) FROM alert_zones
    WHERE zone = :zone AND changed_ms >= :since AND hidden_ms <= :now";
pub(crate) const NEWEST: &str = "SELECT changed_ms FROM alert_zones
    WHERE zone = :zone AND hidden_ms <= :now ORDER BY changed_ms DESC LIMIT 1";
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
            zones.into_iter().map(|zone| counted(views, zone, since, now)).collect()
        })
    }
}

fn counted(
    views: &Connection,
    zone: ZoneId,
    since: Millis,
    now: Millis,
) -> Result<ZoneCounts, ViewsError> {
    let two = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let at_once = named_params! { ":zone": zone.as_str(), ":now": now };
    let since_then = named_params! { ":zone": zone.as_str(), ":now": now, ":since": since };
    let (active, urgent) = views.prepare_cached(IN_FORCE)?.query_row(at_once, two)?;
    let changed = views.prepare_cached(CHANGED)?.query_row(since_then, |row| row.get(0))?;
    let (hits, unanswered) = views.prepare_cached(HITS)?.query_row(since_then, two)?;
    let newest = views.prepare_cached(NEWEST)?.query_row(at_once, |row| row.get(0)).optional();
    Ok(ZoneCounts { zone, active, urgent, changed, hits, unanswered, newest_ms: newest? })
}
