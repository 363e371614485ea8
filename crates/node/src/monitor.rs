//! What a machine watches of a running node: why it is not ready, and its figures. Units, zones and
//! codes are the only labels; nothing is personal.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use giapranh_feed::{Line, LineState};
use giapranh_log::{LOG_FILE, Reader, Tail};
use giapranh_web::monitor::{Family, Monitored, Unready};
use giapranh_web::{Finding, TailState};

use crate::healing::SKEW_MS;
use crate::run::Running;

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Answers for a running node.
pub(crate) struct Watch(pub Arc<Running>);

impl Monitored for Watch {
    fn unready(&self) -> BoxFuture<Vec<Unready>> {
        let running = self.0.clone();
        Box::pin(async move { unready(&running) })
    }

    fn metrics(&self) -> BoxFuture<Vec<Family>> {
        let running = self.0.clone();
        Box::pin(async move {
            let read = tokio::task::spawn_blocking(move || metrics(&running)).await;
            read.unwrap_or_else(|error| {
                tracing::error!(%error, "the figures can't be read");
                Vec::new()
            })
        })
    }
}

/// Why the node can't do its work now, cheapest first.
fn unready(running: &Running) -> Vec<Unready> {
    let log = &running.author.log;
    let mut reasons = Vec::new();
    let mut say = |code, text: String| reasons.push(Unready { code, text });
    if !running.healing.is_settled() {
        say("settling", "the node has just started and asks whether its log is whole".to_owned());
    }
    let tail = log.tail().borrow().clone();
    if let Some(reason) = tail.refusal() {
        let code = match tail {
            Tail::Behind { .. } => "tail-behind",
            Tail::Forked { .. } => "tail-forked",
            Tail::Unknown { .. } | Tail::Whole => "tail-unknown",
        };
        say(code, reason.to_owned());
    }
    if *log.full().borrow() {
        say("log-full", "the disk of the log is full: free space on it".to_owned());
    }
    if let Some(reason) = running.views_wait.borrow().as_ref() {
        say("views-wait", format!("{reason}: free space on the disk"));
    }
    let (head, shown) = (*log.head().borrow(), *running.position.borrow());
    if shown < head {
        say("views-behind", format!("the views show {shown} of {head} positions; they catch up"));
    }
    if let Some(line) = running.nats.line()
        && !is_up(line)
    {
        say("no-line", format!("NATS is not there: {}", line.state().borrow().clone()));
    }
    reasons
}

fn is_up(line: &Line) -> bool {
    matches!(*line.state().borrow(), LineState::Up { .. })
}

fn metrics(running: &Running) -> Vec<Family> {
    let mut families = log_figures(running);
    families.extend(healing_figures(running));
    if let Some(line) = running.nats.line() {
        families.extend(line_figures(line));
    }
    families
}

fn log_figures(running: &Running) -> Vec<Family> {
    let log = &running.author.log;
    let (head, shown) = (*log.head().borrow(), *running.position.borrow());
    let checked = log.checked().borrow().clone();
    let gauge = Family::gauge;
    let mut families = vec![
        gauge("giapranh_log_position", "Newest position of the log.").with(&[], head),
        gauge("giapranh_views_position", "Newest position that the views show.").with(&[], shown),
        gauge("giapranh_checked_position", "How far every signature was checked strictly.")
            .with(&[], checked.position),
        gauge("giapranh_log_faults", "Events in the log that do not hold.")
            .with(&[], checked.faults.len() as u64),
        gauge("giapranh_log_full", "Whether the disk of the log has no room.")
            .with(&[], *log.full().borrow()),
        gauge("giapranh_views_waiting", "Whether the views wait for room on the disk.")
            .with(&[], running.views_wait.borrow().is_some()),
        gauge(
            "giapranh_log_ahead_milliseconds",
            "By how much the newest time in the log is ahead of the clock.",
        )
        .with(&[], log.ahead_ms()),
        Family::counter(
            "giapranh_arrivals_left_total",
            "Arrivals that were left because too much is held.",
        )
        .with(&[], log.left()),
    ];
    match Reader::open(&running.dir.join(LOG_FILE)).and_then(|reader| reader.counts()) {
        Ok(counts) => {
            let mut waiting = gauge("giapranh_held_events", "Events that wait, by reason.");
            for (reason, count) in &counts.held {
                waiting = waiting.with(&[("reason", reason)], *count);
            }
            let mut quarantined =
                gauge("giapranh_quarantined_messages", "Messages that failed the gate, by reason.");
            for (reason, count) in &counts.quarantined {
                quarantined = quarantined.with(&[("reason", reason)], *count);
            }
            families.extend([waiting, quarantined]);
        }
        Err(error) => tracing::warn!(%error, "what is held can't be counted"),
    }
    families
}

fn healing_figures(running: &Running) -> Vec<Family> {
    let (log, directory) = (&running.author.log, running.standing.directory());
    let peers = running.healing.peers(&running.unit, &directory, log, &*running.clock);
    let gauge = Family::gauge;
    let mut tail =
        gauge("giapranh_tail", "How this node's own tail stands: 1 for the state it is in.");
    for state in [TailState::Whole, TailState::Behind, TailState::Unknown, TailState::Forked] {
        tail = tail.with(&[("state", state.code())], peers.tail.state == state);
    }
    let mut heard = gauge("giapranh_peer_silent_milliseconds", "Since when a peer was not heard.");
    let mut here =
        gauge("giapranh_lacks_here_events", "Events that a peer holds and this node not.");
    let mut there = gauge("giapranh_lacks_there_events", "Events of this node that a peer lacks.");
    let mut skew = gauge("giapranh_peer_skew_milliseconds", "A peer's clock less this one's.");
    let mut found = gauge("giapranh_peer_findings", "What a person should look at, by peer.");
    for peer in &peers.peers {
        let unit = peer.unit.as_str();
        if let Some(silent_ms) = peer.silent_ms {
            heard = heard.with(&[("peer", unit)], silent_ms);
        }
        if let Some(skew_ms) = peer.skew_ms {
            skew = skew.with(&[("peer", unit)], skew_ms);
        }
        for zone in &peer.zones {
            let labels = [("peer", unit), ("zone", zone.zone.as_str())];
            here = here.with(&labels, zone.lacks_here);
            there = there.with(&labels, zone.lacks_there);
        }
        for finding in Finding::ALL {
            let labels = [("peer", unit), ("finding", finding.code())];
            found = found.with(&labels, peer.findings.contains(&finding));
        }
    }
    let (forks, undecided, lacking, cloned) = {
        let state = running.healing.state();
        let undecided = state.forked.len() as u64;
        (state.forks as u64, undecided, state.wants.lacking() as u64, state.cloned_ms.is_some())
    };
    let skewed = peers.skew_ms.is_some_and(|skew_ms| skew_ms.unsigned_abs() > SKEW_MS);
    let mut families = vec![
        tail,
        heard,
        here,
        there,
        skew,
        found,
        gauge("giapranh_own_clock_wrong", "Whether most peers contradict this clock.")
            .with(&[], skewed),
        gauge("giapranh_forks", "Two events under one number: pairs in the log.").with(&[], forks),
        gauge("giapranh_forks_undecided", "Epochs that are held until somebody decides.")
            .with(&[], undecided),
        gauge("giapranh_feeds_lacking", "Feeds of which events are missing.").with(&[], lacking),
        gauge("giapranh_cloned", "Whether another node speaks for this unit.").with(&[], cloned),
    ];
    families.extend(counted(running));
    families
}

fn counted(running: &Running) -> Vec<Family> {
    let counters = &running.healing.counters;
    let count = |name, help, labels: &[(&'static str, &str)], count: u64| {
        Family::counter(name, help).with(labels, count)
    };
    let of = |counter: &std::sync::atomic::AtomicU64| counter.load(Relaxed);
    let events =
        Family::counter("giapranh_events_arrived_total", "New events, by the way they came.")
            .with(&[("by", "stream")], of(&counters.by_stream))
            .with(&[("by", "backfill")], of(&counters.by_backfill));
    let beacons =
        Family::counter("giapranh_beacons_judged_total", "Beacons, by what became of them.")
            .with(&[("verdict", "believed")], of(&counters.heard))
            .with(&[("verdict", "replayed")], of(&counters.replayed))
            .with(&[("verdict", "refused")], of(&counters.unbelieved));
    vec![
        events,
        beacons,
        count(
            "giapranh_backfill_duplicates_total",
            "Events that came by backfill and were here already.",
            &[],
            of(&counters.twice_by_backfill),
        ),
        count(
            "giapranh_pages_refused_total",
            "Answers of peers that were nonsense.",
            &[],
            of(&counters.nonsense),
        ),
        count("giapranh_deliveries_noted_total", "Deliveries noted.", &[], of(&counters.noted)),
        count(
            "giapranh_claims_not_shown_total",
            "Claims on this node's own events that could not be shown.",
            &[],
            of(&counters.unshown),
        ),
    ]
}

fn line_figures(line: &Line) -> Vec<Family> {
    let traffic = line.traffic();
    let messages = Family::counter("giapranh_messages_total", "Messages over the line, by kind.");
    let bytes = Family::counter("giapranh_bytes_total", "Bytes over the line, by kind.");
    let amounts = [
        ("published", traffic.published),
        ("pulled", traffic.pulled),
        ("beacons-sent", traffic.beacons_sent),
        ("beacons-heard", traffic.beacons_heard),
        ("pages-received", traffic.pages_received),
        ("pages-served", traffic.pages_served),
    ];
    let (messages, bytes) =
        amounts.into_iter().fold((messages, bytes), |(messages, bytes), (kind, amount)| {
            let labels = [("kind", kind)];
            (messages.with(&labels, amount.messages), bytes.with(&labels, amount.bytes))
        });
    let single = [
        ("giapranh_stream_knew_total", "Published messages that the stream had.", traffic.known),
        ("giapranh_pulled_duplicates_total", "Pulled and here already.", traffic.duplicates),
        ("giapranh_beacons_dropped_total", "Beacons that were dropped.", traffic.beacons_dropped),
        ("giapranh_pages_asked_total", "Pages asked of others.", traffic.pages_asked),
        ("giapranh_pages_requested_total", "Pages others asked for.", traffic.pages_requested),
        ("giapranh_pages_put_off_total", "Pages put off.", traffic.pages_put_off),
    ];
    let single = single.map(|(name, help, count)| Family::counter(name, help).with(&[], count));
    [
        messages,
        bytes,
        Family::gauge("giapranh_line_up", "Whether NATS is there.").with(&[], is_up(line)),
    ]
    .into_iter()
    .chain(single)
    .collect()
}
