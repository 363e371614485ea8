//! Evidence files and logs. A file may have more faults than the one that its vector is about; a
//! sound one has none.

use std::collections::BTreeMap;
use std::path::Path;

use giapranh_audit::{Anchor, AuditError, evidence, trust};
use giapranh_domain::Verdict;
use giapranh_domain::directory::Why;
use giapranh_log::{LogError, Reader};
use giapranh_record::PublicKey;
use serde_json::{Value, json};

use super::{Entry, bytes, read};

/// How the sentences of a log's faults begin or end, and what the page calls them.
const SENTENCES: [(&str, &str); 16] = [
    ("are missing", "missing"),
    ("is missing", "missing"),
    ("a link to it is there", "missing"),
    ("follows on nothing", "missing"),
    ("the event is none", "malformed"),
    ("another hash than was noted", "hash"),
    ("the columns say something else", "columns"),
    ("is not enrolled", "unknown-key"),
    ("the key is enrolled to", "key-of-another"),
    ("the key is not the one of epoch", "key-of-another-epoch"),
    ("the signature does not belong", "signature"),
    ("stands at position", "links"),
    ("names another predecessor", "chain"),
    ("the copy beside it is none of this event", "copy"),
    ("the receipt attests", "receipt"),
    ("the receipt is none", "receipt"),
];

fn anchor(entry: &Entry) -> Option<Anchor> {
    entry.anchor.as_ref().map(|anchor| Anchor {
        registrar: Some(anchor.registrar.parse().unwrap()),
        public_key: PublicKey::from_hex(&anchor.public_key).unwrap(),
    })
}

pub fn evidence(entry: &Entry, dir: &Path) -> Result<String, String> {
    let file = bytes(entry, dir);
    let report = evidence::verify(&file[..], anchor(entry).as_ref(), &mut |_| {}).unwrap();
    if report.holds() {
        let parts = &report.parts;
        let mut found = json!({
            "directory": parts.directory,
            "events": parts.events,
            "checkpoints": parts.checkpoints,
            "inclusions": parts.inclusions,
            "consistencies": parts.consistencies,
        });
        let beyond = report.events.iter().filter_map(|row| {
            let place = format!("event/{}/{}/{}", row.origin, row.epoch, row.index);
            let verdict = serde_json::from_value(json!(row.verdict)).ok()?;
            Some((place, counts_for_nothing(verdict)?))
        });
        add(&mut found, &beyond.collect(), entry);
        read(entry, &found)?;
        return Ok("valid".to_owned());
    }
    let found: Vec<Value> =
        report.faults.iter().map(|fault| json!([fault.code, fault.part])).collect();
    let meant = report.faults.iter().any(|fault| {
        let in_part = entry.part.as_ref().is_none_or(|part| *part == fault.part);
        json!(fault.code) == entry.verdict.as_str() && in_part
    });
    if meant { Ok(entry.verdict.clone()) } else { Err(format!("finds {found:?}")) }
}

/// Whether an event lies beyond a cut, or beyond the last word of a registrar.
fn counts_for_nothing(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Late => Some("late"),
        Verdict::Disowned(Why::BeyondCut | Why::NotRegistrar) => Some("disowned"),
        _ => None,
    }
}

fn expects_beyond(entry: &Entry) -> bool {
    entry.expect.as_ref().is_some_and(|expected| expected.get("beyond").is_some())
}

/// An entry that says which events count for nothing says so of all of them.
fn add(found: &mut Value, beyond: &BTreeMap<String, &str>, entry: &Entry) {
    if expects_beyond(entry) {
        found["beyond"] = json!(beyond);
    }
}

/// The events of a log that count for nothing by the directory at its end.
fn beyond(path: &Path) -> BTreeMap<String, &'static str> {
    let reader = Reader::open(path).unwrap();
    let registrar = reader.identity().unwrap().registrar.parse().unwrap();
    let directory = trust::directory_of(&reader, registrar).unwrap();
    let stored = reader.after(0, 1_000).unwrap();
    let told = stored.iter().filter(|stored| !stored.event.header().is_local());
    let judged = told.filter_map(|stored| {
        let event = giapranh_views::to_domain(&stored.event)?;
        Some((stored.position.to_string(), counts_for_nothing(directory.judge(&event.meta))?))
    });
    judged.collect()
}

pub fn log(entry: &Entry, dir: &Path) -> Result<String, String> {
    let path = dir.join(entry.file.as_ref().unwrap());
    let verified = giapranh_audit::log::verify(&path, anchor(entry).as_ref(), &[], &mut |_, _| {});
    let report = match verified {
        Ok(report) => report,
        Err(AuditError::OtherAnchor { .. }) => return Ok("anchor".to_owned()),
        Err(AuditError::Log(LogError::NotALog(_) | LogError::Newer { .. })) => {
            return Ok("not-a-log".to_owned());
        }
        Err(AuditError::Log(LogError::Damaged { .. })) => return Ok("damaged".to_owned()),
        Err(error) => return Err(error.to_string()),
    };
    if report.holds() {
        let mut found = json!({
            "unit": report.unit,
            "events": report.events,
            "directory_head": report.directory_head,
        });
        if expects_beyond(entry) {
            add(&mut found, &beyond(&path), entry);
        }
        read(entry, &found)?;
        return Ok("valid".to_owned());
    }
    let code = |what: &str| {
        SENTENCES.iter().find(|(part, _)| what.contains(part)).map_or("nameless", |(_, code)| code)
    };
    let found: Vec<(u64, &str)> =
        report.faults.iter().map(|fault| (fault.position, code(&fault.what))).collect();
    let meant = entry.positions.iter().all(|at| found.contains(&(*at, entry.verdict.as_str())));
    let meant = meant && !entry.positions.is_empty();
    if meant { Ok(entry.verdict.clone()) } else { Err(format!("finds {found:?}")) }
}
