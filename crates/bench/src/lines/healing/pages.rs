//! Having again what one peer holds: read from its log in pages, checked, through the gate.

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use giapranh_log::{Arrival, LOG_FILE, Outcome, Reader};
use giapranh_record::event::Event;
use giapranh_record::page::{Page, RangeRequest};

use crate::context::Context;
use crate::corpus::Published;
use crate::fixture::{self, Node, RECEIVER};
use crate::floor::append::Table;
use crate::measure::{Pair, rate};
use crate::report::{Goal, Report, Unit};

/// Events in a transaction of the floor: as many as the gate takes in one.
const IN_TRANSACTION: usize = 256;

/// Measures a whole backlog and a quarter of it: what is missing costs what it costs, the log that
/// is there already costs nothing.
pub fn measure(context: &Context, report: &mut Report) -> Result<()> {
    let (_, published) = context.published()?;
    for (part, goal) in [(4, Goal::None), (1, Goal::RatioAtLeast(0.4))] {
        let events = &published[..published.len() / part];
        let pair = both(context, events)?;
        let what = format!("catch up with {} events, page by page", events.len());
        report.line(&what, Unit::PerSecond, &pair, goal);
    }
    Ok(())
}

fn both(context: &Context, events: &[Published]) -> Result<Pair> {
    let peer = context.fresh("pages-peer")?.join("node");
    context.founded_node(&peer)?;
    context.runtime.block_on(async {
        let node = fixture::open(&peer, RECEIVER)?;
        take(&node, events.iter().flat_map(fixture::arrivals).collect()).await?;
        node.log.close().await;
        anyhow::Ok(())
    })?;
    let reader = Reader::open(&peer.join(LOG_FILE))?;
    context.turns(3).take(
        |_| {
            let node = context.fresh("pages")?.join("node");
            context.founded_node(&node)?;
            context.runtime.block_on(caught_up(&node, &reader, events))
        },
        |_| {
            let path = context.fresh("pages-floor")?.join("floor.db");
            let mut table = Table::create(&path)?;
            let begun = Instant::now();
            table.append(events.iter().map(|event| &event.bytes), IN_TRANSACTION)?;
            Ok(rate(events.len(), begun.elapsed()))
        },
    )
}

/// How fast a node has all of it, one feed after the other.
async fn caught_up(dir: &std::path::Path, peer: &Reader, events: &[Published]) -> Result<f64> {
    let node = fixture::open(dir, RECEIVER)?;
    let feeds: std::collections::BTreeSet<(&str, &str)> = events
        .iter()
        .flat_map(|event| event.zones.iter().map(|zone| (event.origin.as_str(), zone.as_str())))
        .collect();
    let begun = Instant::now();
    let mut appended = 0;
    for (origin, zone) in feeds {
        let mut from_seq = 1;
        loop {
            let (origin, zone) = (origin.to_owned(), zone.to_owned());
            let request = RangeRequest { zone, origin, epoch: 1, from_seq, until_seq: 0 };
            let page = answer(peer, &request)?;
            let page = Page::parse(&page)?;
            page.check(&request)?;
            let Some(last) = page.events.last() else { break };
            let link = Event::parse(last.clone())?;
            let link = link.header().link(&request.zone).context("an event of another zone")?;
            from_seq = link.seq + 1;
            let arrival = |bytes: &Bytes| Arrival {
                subject: format!("giapranh.v1.feed.{}.x.{}", request.zone, request.origin),
                named: Some((request.zone.clone(), request.origin.clone())),
                bytes: bytes.clone(),
            };
            appended += take(&node, page.events.iter().map(arrival).collect()).await?;
        }
    }
    let took = begun.elapsed();
    node.log.close().await;
    ensure!(appended == events.len(), "{appended} of {} came", events.len());
    Ok(rate(appended, took))
}

/// As a peer answers.
fn answer(peer: &Reader, request: &RangeRequest) -> Result<Bytes> {
    let RangeRequest { zone, origin, epoch, from_seq, until_seq } = request;
    let events = peer.range(origin, *epoch, zone, *from_seq, *until_seq, Page::ROOM)?;
    Ok(Page { events, head_seq: 0 }.encode())
}

async fn take(node: &Node, arrivals: Vec<Arrival>) -> Result<usize> {
    let outcomes = node.log.arrive(arrivals).await?;
    Ok(outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Appended(_))).count())
}
