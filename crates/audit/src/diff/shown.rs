//! What follows from two logs, and which of it differs: ids and names of fields, never contents.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use giapranh_domain::AlertId;
use giapranh_log::{Identity, Reader};
use giapranh_views::{AlertQuery, PAGE, StatusFilter, UnitQuery, Views};
use serde::Serialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::source::LogSource;
use crate::{AuditError, trust};

/// What is shown otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ViewsDifference {
    /// Whether the digests are the same.
    pub same: bool,
    /// Alerts that one side alone shows, or that differ.
    pub alerts: Vec<AlertDifference>,
    /// Events on both sides that are judged otherwise.
    pub judged: Vec<JudgedDifferently>,
    /// Units that one side alone knows, or knows otherwise.
    pub units: Vec<String>,
    /// Zones likewise.
    pub zones: Vec<String>,
}

/// An alert that is not shown alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlertDifference {
    /// Which one.
    pub alert: String,
    /// `first` or `second` when that side alone shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<&'static str>,
    /// The fields that differ: `status`, `content.headline`.
    pub fields: Vec<String>,
}

/// An event that is not judged alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct JudgedDifferently {
    pub event_id: String,
    pub first: String,
    pub second: String,
}

/// The views of a log at a position, in a directory that goes with them.
pub(crate) struct Shown {
    views: Views,
    pub digest: String,
    _scratch: TempDir,
}

impl Shown {
    pub fn at(
        log: &Path,
        identity: &Identity,
        position: u64,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, AuditError> {
        let scratch = tempfile::tempdir().map_err(AuditError::io(&std::env::temp_dir()))?;
        let source = LogSource::until(Reader::open(log)?, position);
        let registrar = trust::unit(&identity.registrar)?;
        let rebuilt = giapranh_views::rebuild(scratch.path(), &registrar, &source, progress)?;
        let views = Views::open(scratch.path())?;
        Ok(Self { views, digest: rebuilt.digest_after, _scratch: scratch })
    }

    pub fn compare(&self, other: &Self) -> Result<ViewsDifference, AuditError> {
        if self.digest == other.digest {
            return Ok(ViewsDifference { same: true, ..ViewsDifference::default() });
        }
        let (here, there) = (self.verdicts()?, other.verdicts()?);
        let judged = here.iter().filter_map(|(event_id, first)| {
            let second = there.get(event_id).filter(|second| *second != first)?;
            let (event_id, first) = (event_id.clone(), first.clone());
            Some(JudgedDifferently { event_id, first, second: second.clone() })
        });
        let units = differing(&self.units()?, &other.units()?);
        let zones = differing(&self.zones()?, &other.zones()?);
        let judged = judged.collect();
        Ok(ViewsDifference { same: false, alerts: self.alerts(other)?, judged, units, zones })
    }

    fn alerts(&self, other: &Self) -> Result<Vec<AlertDifference>, AuditError> {
        let (here, there) = (self.ids()?, other.ids()?);
        let mut differences = Vec::new();
        for id in here.union(&there) {
            let only = match (here.contains(id), there.contains(id)) {
                (true, false) => Some("first"),
                (false, true) => Some("second"),
                _ => None,
            };
            let mut fields = BTreeSet::new();
            if only.is_none() {
                let (one, two) = (self.alert(id)?, other.alert(id)?);
                compare("", &one, &two, &mut fields);
            }
            if only.is_some() || !fields.is_empty() {
                let fields = fields.into_iter().collect();
                differences.push(AlertDifference { alert: id.to_string(), only, fields });
            }
        }
        Ok(differences)
    }

    fn ids(&self) -> Result<BTreeSet<AlertId>, AuditError> {
        let mut ids = BTreeSet::new();
        let mut query =
            AlertQuery { status: Some(StatusFilter::All), limit: PAGE, ..AlertQuery::default() };
        loop {
            let page = self.views.alerts(&query, 0)?;
            ids.extend(page.rows.into_iter().map(|row| row.id));
            query.after = page.next;
            if query.after.is_none() {
                return Ok(ids);
            }
        }
    }

    fn alert(&self, id: &AlertId) -> Result<Value, AuditError> {
        let alert = self.views.alert(id, None, 0)?;
        Ok(serde_json::to_value(alert).unwrap_or_default())
    }

    /// Each event's verdict and why, by id.
    fn verdicts(&self) -> Result<BTreeMap<String, String>, AuditError> {
        let mut verdicts = BTreeMap::new();
        let mut after = 0;
        loop {
            let entries = self.views.entries(after, PAGE, None, 0)?;
            let Some(last) = entries.last() else { return Ok(verdicts) };
            after = last.position;
            verdicts.extend(entries.into_iter().map(|entry| {
                let verdict = match entry.why {
                    Some(why) => format!("{} ({why})", entry.verdict),
                    None => entry.verdict,
                };
                (entry.event_id.to_string(), verdict)
            }));
        }
    }

    fn units(&self) -> Result<BTreeMap<String, Value>, AuditError> {
        let units = self.views.units(&UnitQuery::default())?;
        let row = |unit: &giapranh_views::UnitRow| {
            (unit.id.to_string(), serde_json::to_value(unit).unwrap_or_default())
        };
        Ok(units.iter().map(row).collect())
    }

    fn zones(&self) -> Result<BTreeMap<String, Value>, AuditError> {
        let zones = self.views.zones()?;
        let row = |zone: &giapranh_views::ZoneRow| {
            (zone.id.to_string(), serde_json::to_value(zone).unwrap_or_default())
        };
        Ok(zones.iter().map(row).collect())
    }
}

fn differing(one: &BTreeMap<String, Value>, other: &BTreeMap<String, Value>) -> Vec<String> {
    let ids: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    ids.into_iter().filter(|id| one.get(*id) != other.get(*id)).cloned().collect()
}

/// The paths of the fields in which two values differ. A list is one field.
fn compare(path: &str, one: &Value, other: &Value, fields: &mut BTreeSet<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for name in names {
                let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let of = |object: &serde_json::Map<String, Value>| {
                    object.get(name).cloned().unwrap_or_default()
                };
                compare(&below, &of(one), &of(other), fields);
            }
        }
        (one, other) if one != other => {
            fields.insert(path.to_owned());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_and_not_told() {
        let one = serde_json::json!({"a": {"b": 1, "c": [1]}, "d": null, "e": 5});
        let other = serde_json::json!({"a": {"b": 2, "c": [2]}, "e": 5, "f": {"g": 1}});
        let mut fields = BTreeSet::new();
        compare("", &one, &other, &mut fields);
        assert!(fields.iter().eq(["a.b", "a.c", "f"]));
    }
}
