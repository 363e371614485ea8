//! The feed: every event that units shared, in the order of this node's log.

use giapranh_domain::time::rfc3339;
use giapranh_domain::{Millis, ZoneId};
use rusqlite::Row;

use crate::merge::{List, merged};
use crate::query::{clamp, id_in};
use crate::rows::{Entry, FeedQuery, Page};
use crate::viewer::{Parameter, Sight, UNHIDDEN, array};
use crate::{Viewer, Views, ViewsError};

const FEED: &str = "SELECT entries.position, event_id, kind, entries.alert, origin, acting_unit,
    recorded_ms, arrived_ms, entries.category, zones, verdict, why, nullif(headline, ''),
    nullif(severity, ''), nullif(sealed, '')
    FROM {list} LEFT JOIN alerts ON alerts.id = entries.alert
    WHERE {key} AND {position} {after} :from AND {unhidden} AND {asked}
    ORDER BY {position} {order} LIMIT :limit";

/// What a filter asks of an entry, beside where it stands.
pub(crate) const ASKED: &str = "{position} > :after
    AND (:zone IS NULL OR EXISTS (SELECT 1 FROM entry_zones AS named
        WHERE named.zone = :zone AND named.position = entries.position))
    AND (:category IS NULL OR alerts.category = :category)
    AND (:severity IS NULL OR alerts.severity = :severity)
    AND (:kinds IS NULL OR entries.kind IN (SELECT value FROM json_each(:kinds)))";
/// A filter that finds little looks this far back for one page; who wants more asks for the next.
const LOOKED_AT: u64 = 20_000;

impl Views {
    /// The newest entries that a question asks for, the newest first. The next page begins before the
    /// position that stands with this one; it may hold more even when this one has few.
    pub fn newest(&self, query: &FeedQuery, now: Millis) -> Result<(Page<Entry>, u64), ViewsError> {
        let limit = clamp(query.limit);
        let end = query.before.unwrap_or(i64::MAX.unsigned_abs());
        let head = self.position()?;
        let after = query.after.max(end.min(head.saturating_add(1)).saturating_sub(LOOKED_AT));
        let sight = Sight::of(query.viewer.as_ref(), now);
        let kinds =
            (!query.kinds.is_empty()).then(|| array(query.kinds.iter().map(String::as_str)));
        let zone = query.zone.as_ref().map(ZoneId::as_str);
        let most = limit + 1;
        let asked: [Parameter<'_>; 7] = [
            (":from", &end),
            (":limit", &most),
            (":after", &after),
            (":zone", &zone),
            (":category", &query.category),
            (":severity", &query.severity),
            (":kinds", &kinds),
        ];
        let parameters = [sight.unhidden(), asked.to_vec()].concat();
        let key = |entry: Entry| (std::cmp::Reverse(entry.position), entry);
        let make = |row: &Row<'_>| Ok(key(entry(row)?));
        let lists = lists(query.viewer.as_ref(), "<", "DESC", ASKED);
        let mut rows = self.read(|views| {
            merged(views, &lists, &parameters, most, make, |entry| Ok(Some(entry)))
        })?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let from = match rows.last().filter(|_| more) {
            Some(last) => last.position,
            None => after.saturating_add(1),
        };
        let next = (more || after > query.after).then(|| from.to_string());
        Ok((Page { rows, next }, head))
    }

    /// The feed after a position, in the order of this node's log, as far as the viewer may see it.
    pub fn entries(
        &self,
        after: u64,
        limit: usize,
        viewer: Option<&Viewer>,
        now: Millis,
    ) -> Result<Vec<Entry>, ViewsError> {
        let key = |entry: Entry| (entry.position, entry);
        self.feed(&lists(viewer, ">", "ASC", "true"), after, limit, &Sight::of(viewer, now), key)
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
        self.feed(&lists(viewer, "<", "DESC", "true"), end, limit, &Sight::of(viewer, now), key)
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
pub(crate) fn lists(viewer: Option<&Viewer>, after: &str, order: &str, asked: &str) -> Vec<List> {
    let list = |from: &str, condition: &str, position: &str, key: Option<&str>| {
        let sql = FEED
            .replace("{list}", from)
            .replace("{key}", condition)
            .replace("{asked}", asked)
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
        severity: row.get(13)?,
        sealed: row.get(14)?,
    })
}
