//! What dies between the nodes, by topology, and that it costs nothing.

use std::time::Instant;

use giapranh_tests::cluster::{Failed, failed};
use giapranh_tests::topology::Topology;
use giapranh_tests::{api, story};
use serde_json::Value;

use crate::cast::{APPROVER, ISSUER};
use crate::teller::{Teller, text};
use crate::{DUC_HOA, HCM, LONG_AN};

const ZONE: [&str; 1] = ["hcm-long-an"];
/// Alerts that are issued one after the other while a server of a cluster is killed.
const ALERTS: usize = 30;

/// The outage of a topology.
pub fn of(topology: &Topology) -> fn(&mut Teller) -> Result<(), Failed> {
    match topology {
        Topology::Plain | Topology::Single => server_dies,
        Topology::Cluster => one_of_three_dies,
        Topology::Leaf(_) => hub_is_away,
    }
}

fn server_dies(teller: &mut Teller) -> Result<(), Failed> {
    let before = teller.issue(HCM, &story::vehicle("59X1-111.11", "Trước sự cố (ví dụ)"), &ZONE)?;
    teller.seen_at(&before, &[DUC_HOA])?;
    teller.cluster.nats.kill();
    let lost = |status: &Value| !status["outbox"]["waiting"].is_null();
    teller.cluster.wait_status(HCM, "without a line", lost)?;
    let during = teller.issue(HCM, &story::vehicle("59X1-222.22", "Trong sự cố (ví dụ)"), &ZONE)?;
    if teller.holds(DUC_HOA, &during)? != 0 {
        return Err(failed("an alert travelled without a server"));
    }
    teller.say(&format!(
        "nats-server is killed; {} is accepted all the same, durable at TP Hồ Chí Minh",
        text(&during, "alert")?
    ))?;
    let restarted = Instant::now();
    teller.cluster.nats.restart()?;
    teller.seen_at(&during, &[DUC_HOA, LONG_AN])?;
    let seconds = restarted.elapsed().as_secs_f64();
    teller.say(&format!("nats-server is back; that alert seen at Đức Hòa {seconds:.1} s later"))
}

fn one_of_three_dies(teller: &mut Teller) -> Result<(), Failed> {
    let dir = teller.cluster.node(HCM).dir.clone();
    let pass = api::Pass {
        approver: teller.officer(HCM, APPROVER)?.pass()?.officer,
        ..teller.officer(HCM, ISSUER)?.pass()?
    };
    let answers = story::issue_many_as(&dir, pass, ALERTS, ZONE[0]);
    let mut issued: Vec<Value> = answers.iter().take(ALERTS / 3).collect();
    teller.cluster.nats.rendered()?.kill("s1")?;
    let killed = Instant::now();
    issued.extend(answers);
    if issued.len() != ALERTS {
        return Err(failed(format!("{} of {ALERTS} alerts were accepted", issued.len())));
    }
    let accepted = killed.elapsed().as_secs_f64();
    for event in &issued {
        teller.seen_at(event, &[DUC_HOA, LONG_AN])?;
    }
    let seen = killed.elapsed().as_secs_f64();
    for event in &issued {
        if teller.holds(DUC_HOA, event)? != 1 {
            return Err(failed(format!("Đức Hòa stored {event} more than once")));
        }
    }
    teller.say(&format!(
        "one nats-server of three is killed while TP Hồ Chí Minh issues {ALERTS} alerts: all are \
         accepted (the last {accepted:.1} s after), and seen at Đức Hòa and Long An, once each, \
         {seen:.1} s after, without it"
    ))?;
    teller.cluster.nats.restart()?;
    let after = teller.issue(HCM, &story::vehicle("59X1-333.33", "Sau sự cố (ví dụ)"), &ZONE)?;
    let seen = teller.seen_at(&after, &[DUC_HOA, LONG_AN])?;
    teller.say(&format!("it is back; the next alert seen at {seen}"))
}

fn hub_is_away(teller: &mut Teller) -> Result<(), Failed> {
    teller.cluster.nats.rendered()?.stop("hub")?;
    let stopped = Instant::now();
    let own =
        teller.issue(LONG_AN, &story::vehicle("62F1-444.44", "Khi mất trục (ví dụ)"), &ZONE)?;
    let seen = teller.seen_at(&own, &[DUC_HOA])?;
    let hit = teller.hit(&text(&own, "alert")?)?;
    let answered = teller.seen_at(&hit, &[LONG_AN])?;
    let theirs = teller.issue(HCM, &story::vehicle("59X1-555.55", "Phía kia (ví dụ)"), &ZONE)?;
    // Everybody has noticed that the way between the provinces is cut.
    let unreached = |status: &Value| status["pulls"][LONG_AN] != "pulling";
    teller.cluster.wait_status(HCM, "cut off from Long An", unreached)?;
    let crossed = [(HCM, &own), (HCM, &hit), (DUC_HOA, &theirs), (LONG_AN, &theirs)];
    for (unit, event) in crossed {
        if teller.holds(unit, event)? != 0 {
            return Err(failed("an alert travelled between provinces without the hub"));
        }
    }
    teller.say(&format!(
        "the hub is stopped; inside Long An an alert is seen at {seen} and its hit at {answered}, \
         and nothing crosses to TP Hồ Chí Minh"
    ))?;
    let (away, restarted) = (stopped.elapsed().as_secs_f64(), Instant::now());
    teller.cluster.nats.rendered()?.start("hub")?;
    teller.seen_at(&own, &[HCM])?;
    teller.seen_at(&hit, &[HCM])?;
    teller.seen_at(&theirs, &[DUC_HOA, LONG_AN])?;
    let seconds = restarted.elapsed().as_secs_f64();
    teller.say(&format!(
        "the hub is back after {away:.1} s; what each side said meanwhile seen at the other {seconds:.1} s \
         later"
    ))
}
