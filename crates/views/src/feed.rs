//! The feed: every event that units shared, in the order of this node's log.

use giapranh_domain::time::rfc3339;
use giapranh_domain::{Millis, ZoneId};
use rusqlite::Row;

use crate::merge::{List, merged};
use crate::query::{clamp, id_in};
use crate::rows::Entry;
use crate::viewer::{Parameter, Sight, UNHIDDEN};
use crate::{Viewer, Views, ViewsError};

const FEED: &str = "SELECT entries.position, event_id, kind, entries.alert, origin, acting_unit,
    recorded_ms, arrived_ms, entries.category, zones, verdict, why, nullif(headline, '')
    FROM {list} LEFT JOIN alerts ON alerts.id = entries.alert
    WHERE {key} AND {position} {after} :from AND {unhidden}
    ORDER BY {position} {order} LIMIT :limit";

impl Views {
    /// The feed after a position, in the order of this node's log, as far as the viewer may see it.
    pub fn entries(
        &self,
        after: u64,
        limit: usize,
        viewer: Option<&Viewer>,
        now: Millis,
    ) -> Result<Vec<Entry>, ViewsError> {
        let key = |entry: Entry| (entry.position, entry);
        self.feed(&lists(viewer, ">", "ASC"), after, limit, &Sight::of(viewer, now), key)
    }

    /// The newest entries of the feed, the newest first.
    pub fn latest(
        &self,
        limit: usize,
        viewer: Option<&Viewer>,
        now: Millis,
    ) -> Result<Vec<Entry>, ViewsError> {
        let key = |entry: Entry| (std::cmp::Reverse(entry.position), entry);
        let end = i64::MAX.unsigned_abs();
        self.feed(&lists(viewer, "<", "DESC"), end, limit, &Sight::of(viewer, now), key)
    }

    fn feed<K: Ord>(
        &self,
        lists: &[List],
        from: u64,
        limit: usize,
        sight: &Sight,
        key: impl Fn(Entry) -> (K, Entry),
    ) -> Result<Vec<Entry>, ViewsError> {
        let limit = clamp(limit);
        let asked: [Parameter<'_>; 2] = [(":from", &from), (":limit", &limit)];
        // Whether it is in a zone of the viewer's is told by the list, so that no list names those.
        let parameters = [sight.unhidden(), asked.to_vec()].concat();
        let make = |row: &Row<'_>| Ok(key(entry(row)?));
        self.read(|views| merged(views, lists, &parameters, limit, make, |entry| Ok(Some(entry))))
    }
}

/// Everything, or what the viewer's unit said, what was said in each of its zones, and what is about
/// no alert.
pub(crate) fn lists(viewer: Option<&Viewer>, after: &str, order: &str) -> Vec<List> {
    let list = |from: &str, condition: &str, position: &str, key: Option<&str>| {
        let sql = FEED
            .replace("{list}", from)
            .replace("{key}", condition)
            .replace("{position}", position)
            .replace("{after}", after)
            .replace("{order}", order)
            .replace("{unhidden}", UNHIDDEN);
        List::new(sql, key)
    };
    let position = "entries.position";
    let Some(viewer) = viewer else {
        return vec![list("entries", ":key IS NULL", position, None)];
    };
    let loose = "entries INDEXED BY entries_loose";
    let of_unit = "entries INDEXED BY entries_of_unit";
    let unit = viewer.unit.as_str();
    let mut lists = vec![
        list(loose, ":key IS NULL AND entries.alert IS NULL", position, None),
        list(of_unit, "acting_unit = :key", position, Some(unit)),
    ];
    let in_zone = "entry_zones AS list CROSS JOIN entries ON entries.position = list.position";
    lists.extend(
        viewer
            .zones
            .iter()
            .map(ZoneId::as_str)
            .map(|zone| list(in_zone, "list.zone = :key", "list.position", Some(zone))),
    );
    lists
}

fn entry(row: &Row<'_>) -> Result<Entry, ViewsError> {
    let recorded_ms = row.get(6)?;
    let zones: String = row.get(9)?;
    Ok(Entry {
        position: row.get(0)?,
        event_id: id_in(row, 1)?,
        kind: row.get(2)?,
        alert: row.get(3)?,
        origin: row.get(4)?,
        unit: row.get(5)?,
        recorded: rfc3339(recorded_ms),
        recorded_ms,
        arrived_ms: row.get(7)?,
        category: row.get(8)?,
        zones: zones.split(' ').map(str::to_owned).collect(),
        verdict: row.get(10)?,
        why: row.get(11)?,
        headline: row.get(12)?,
    })
}
