//! What units have said about an alert, and what is still asked of them.

use giapranh_domain::alert::{Concluded, Hit, Link, Reply};
use giapranh_domain::time::rfc3339;
use giapranh_domain::{Alert, UnitId};
use uuid::Uuid;

use crate::commands::due::clock;
use crate::output::Facts;
use crate::say;
use crate::words::code;

/// For how long it is hidden, and to whom it is shown all the same.
pub fn hidden(alert: &Alert, now: u64, facts: &mut Facts) {
    let Some(hidden) = alert.hidden.as_ref().filter(|_| alert.is_hidden_at(now)) else { return };
    let units: Vec<&str> = hidden.units.iter().map(UnitId::as_str).collect();
    facts.push("hidden until", format!("{} ({})", rfc3339(hidden.until), hidden.reason));
    facts.push("shown to", units.join(", "));
}

/// Acknowledgements, flags, links and hits, each group for itself.
pub fn facts(alert: &Alert, now: u64) -> Vec<Facts> {
    let mut all = Vec::new();
    all.extend(acknowledged(alert, now));
    all.extend(flags(alert));
    all.extend(alert.links.iter().map(|(id, link)| link_facts(*id, link)));
    all.extend(alert.hits.iter().map(|(id, hit)| hit_facts(*id, hit, now)));
    all
}

/// Who has seen it, and of whom it is asked and who has not.
fn acknowledged(alert: &Alert, now: u64) -> Option<Facts> {
    if alert.acknowledged.is_empty() && alert.asked.is_none() {
        return None;
    }
    let mut facts = Facts::default();
    for (unit, said) in &alert.acknowledged {
        let officer = said.officer.as_ref().map(ToString::to_string).unwrap_or_default();
        let (unit, version) = (unit.to_string(), said.version);
        let moment = rfc3339(said.recorded);
        let said = say!(
            "acknowledged-by",
            unit = unit,
            officer = officer,
            version = version,
            moment = moment
        );
        facts.push("acknowledged", said);
    }
    if let Some(asked) = &alert.asked {
        let seen = |version: u32| version >= asked.version;
        let missing = asked
            .units
            .iter()
            .filter(|unit| alert.acknowledged.get(*unit).is_none_or(|said| !seen(said.version)));
        let missing: Vec<&str> = missing.map(UnitId::as_str).collect();
        facts.push(
            "to acknowledge by",
            format!("{} ({})", rfc3339(asked.due), left(asked.due, now)),
        );
        let missing = if missing.is_empty() { say!("nobody") } else { missing.join(", ") };
        facts.push("not acknowledged", missing);
    }
    Some(facts)
}

fn flags(alert: &Alert) -> Option<Facts> {
    let mut facts = Facts::default();
    for (unit, flag) in &alert.flags {
        let (unit, moment) = (unit.to_string(), rfc3339(flag.recorded));
        facts.push(
            "can't act",
            say!("flagged-by", unit = unit, moment = moment, why = flag.reason.as_str()),
        );
    }
    (!alert.flags.is_empty()).then_some(facts)
}

fn link_facts(id: Uuid, link: &Link) -> Facts {
    let mut facts = Facts::default();
    facts.push("link", id);
    let state = match () {
        () if link.is_rejected() => "rejected",
        () if link.is_confirmed() => "confirmed",
        () => "proposed",
    };
    facts.push("stands", code("link", state));
    if let Some(word) = &link.proposal {
        facts.push("other alert", &word.said.other);
        facts.push("relation", code("relation", &word.said.relation));
        facts.push("grounds", &word.said.grounds);
        let (moment, unit) = (rfc3339(word.recorded), word.unit.to_string());
        facts.push("proposed", say!("reported-by", moment = moment, unit = unit));
    }
    for word in link.decisions.values() {
        let said = code("link", &word.said.decision);
        let (unit, moment) = (&word.unit, rfc3339(word.recorded));
        facts.push("decided", format!("{said}: {} ({unit}, {moment})", word.said.grounds));
    }
    facts
}

fn hit_facts(id: Uuid, hit: &Hit, now: u64) -> Facts {
    let mut facts = Facts::default();
    facts.push("hit", id);
    match &hit.report {
        None => facts.push("reported", say!("report-not-here")),
        Some(report) => {
            let (moment, unit) = (rfc3339(report.recorded), report.unit.to_string());
            facts.push("reported", say!("reported-by", moment = moment, unit = unit));
            facts.push("urgency", code("urgency", &report.urgency));
            facts.push("version", report.hit.version);
            facts.push("place", &report.hit.place);
            facts.push("seen at", &report.hit.seen_at);
            facts.push("basis", &report.hit.basis);
            facts.push("certainty", code("certainty", &report.hit.certainty));
            facts.push("done", &report.hit.done);
        }
    }
    if hit.answers.is_empty() {
        facts.push("answer", say!("answer-none"));
    }
    for Reply { unit, recorded, answer, .. } in &hit.answers {
        let said = noted(code("result", &answer.result), &answer.note);
        facts.push("answer", format!("{said} ({unit}, {})", rfc3339(*recorded)));
    }
    if let Some((due, second)) = hit.due().filter(|_| !hit.is_answered()) {
        let clock = clock(difference(due, now), second <= now);
        facts.push("answer due", format!("{} ({clock})", rfc3339(due)));
    }
    for Concluded { unit, recorded, conclusion, withdraw_by, .. } in &hit.conclusions {
        let outcome = code("hit-outcome", &conclusion.outcome);
        let outcome = match conclusion.unit.as_str() {
            "" => outcome,
            to => format!("{outcome} → {to}"),
        };
        let said = noted(outcome, &conclusion.note);
        facts.push("outcome", format!("{said} ({unit}, {})", rfc3339(*recorded)));
        if let Some(by) = withdraw_by {
            facts.push("to withdraw by", format!("{} ({})", rfc3339(*by), left(*by, now)));
        }
    }
    facts
}

/// A word with what was noted to it.
fn noted(said: String, note: &str) -> String {
    if note.is_empty() { said } else { format!("{said}: {note}") }
}

fn left(due: u64, now: u64) -> String {
    clock(difference(due, now), false)
}

/// What is left of a time; less than nothing when it is over.
fn difference(due: u64, now: u64) -> i64 {
    let (due, now) = (i64::try_from(due), i64::try_from(now));
    due.unwrap_or(i64::MAX).saturating_sub(now.unwrap_or(i64::MAX))
}
