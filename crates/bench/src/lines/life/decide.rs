//! Deciding a command, when the alert that it is about was loaded and folded: whole contents that are
//! checked field by field, facts, ends.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use anyhow::{Result, ensure};

use giapranh_domain::wire::proto;
use giapranh_domain::{
    Act, Alert, AlertId, Command, Directory, Event, Millis, Status, UnitId, World, decide, time,
};
use giapranh_testkit::random::Random;
use uuid::Uuid;

use crate::context::Context;
use crate::fixture::RECEIVER;
use crate::measure::{Samples, microseconds};
use crate::people;
use crate::report::{Goal, Report, Unit};

const SEED: u64 = 6;
/// How long what is decided lasts, as long as every category may.
const LASTS_MS: Millis = 300 * 24 * 3_600_000;

/// What is decided, on what has happened.
struct Case<'a> {
    node: UnitId,
    alert: Alert,
    events: &'a [Event],
    command: Command,
    now: Millis,
}

/// Measures it.
pub fn run(
    context: &Context,
    report: &mut Report,
    directory: &Directory,
    alerts: &BTreeMap<AlertId, Vec<Event>>,
) -> Result<()> {
    let cases = cases(directory, alerts, context.size(2_000, 200))?;
    let mut samples = Samples::default();
    for _ in 0..context.size(20, 2) {
        for case in &cases {
            samples.push(one(directory, case)?);
        }
    }
    let what = format!("decide a command, p99 of {}", samples.len());
    let pair = crate::measure::Pair { ours: samples, floor: Samples::default() };
    report.line_at(&what, Unit::Microseconds, &pair, 99, Goal::Below(20.0));
    report.line_at("… p50", Unit::Microseconds, &pair, 50, Goal::None);
    Ok(())
}

fn one(directory: &Directory, case: &Case<'_>) -> Result<f64> {
    let nobody = BTreeSet::new();
    let world = World {
        directory,
        node: &case.node,
        epoch: 1,
        closed: false,
        alert: Some(&case.alert),
        events: case.events,
        draft: None,
        other: None,
        undecided_fork: &|_, _| false,
        last_number: &|_, _| 41,
        signed_by: &nobody,
        now: case.now,
    };
    let begun = Instant::now();
    let decided = decide(&world, &case.command);
    let took = begun.elapsed();
    ensure!(decided.is_ok(), "a command is refused: {decided:?}");
    Ok(microseconds(took))
}

/// Commands on alerts of the corpus, of every kind in turn.
fn cases<'a>(
    directory: &Directory,
    alerts: &'a BTreeMap<AlertId, Vec<Event>>,
    count: usize,
) -> Result<Vec<Case<'a>>> {
    let mut random = Random::new(SEED);
    let receiver: UnitId = RECEIVER.parse()?;
    let mut cases = Vec::with_capacity(count);
    let open = alerts.iter().filter_map(|(id, events)| {
        let alert = Alert::fold(id.clone(), events, directory);
        (alert.status == Status::Active).then_some((alert, events))
    });
    for (number, (alert, events)) in open.take(count).enumerate() {
        let now = events.iter().map(|event| event.meta.recorded).max().unwrap_or(0) + 60_000;
        let issuer = alert.responsible.clone();
        let id = alert.id.to_string();
        let content = Box::new(content(&mut random, &alert, now));
        let (node, act) = match number % 6 {
            0 => (issuer, Act::IssueAlert { zones: zones(&alert), content }),
            1 => {
                let reason = "bổ sung đặc điểm nhận dạng".to_owned();
                (issuer, Act::AmendAlert { alert: id, zones: Vec::new(), content, reason })
            }
            2 => {
                let withdrawal = people::withdrawal(&mut random);
                (issuer, Act::WithdrawAlert { alert: id, withdrawal })
            }
            3 => match open_hit(&alert, &issuer) {
                Some(hit) => {
                    (issuer, Act::AnswerHit { alert: id, hit, answer: people::answer("same") })
                }
                None => (receiver.clone(), flag(id)),
            },
            4 => (receiver.clone(), flag(id)),
            _ => {
                let hit = people::hit(&mut random, alert.version);
                let urgency = "urgent".to_owned();
                (receiver.clone(), Act::ReportHit { alert: id, urgency, hit })
            }
        };
        let released = matches!(
            act,
            Act::IssueAlert { .. } | Act::AmendAlert { .. } | Act::WithdrawAlert { .. }
        );
        let command = Command {
            unit: None,
            key: None,
            drafted_by: "cb-0001".to_owned(),
            approved_by: if released { "ld-0001".to_owned() } else { String::new() },
            act,
        };
        cases.push(Case { node, alert, events, command, now });
    }
    ensure!(!cases.is_empty(), "the corpus has no open alert");
    Ok(cases)
}

fn content(random: &mut Random, alert: &Alert, now: Millis) -> proto::AlertContent {
    people::content(random, &alert.category, &time::day(now + LASTS_MS))
}

fn zones(alert: &Alert) -> Vec<String> {
    alert.zones.iter().map(ToString::to_string).collect()
}

fn flag(alert: String) -> Act {
    let reason = "chưa đủ lực lượng (ví dụ)".to_owned();
    Act::FlagAlert { alert, flag: proto::Flag { reason, lifted: false } }
}

fn open_hit(alert: &Alert, by: &UnitId) -> Option<Uuid> {
    let mine = |hit: &giapranh_domain::alert::Hit| hit.answers.iter().any(|a| a.unit == *by);
    alert.hits.iter().find(|(_, hit)| hit.report.is_some() && !mine(hit)).map(|(id, _)| *id)
}
