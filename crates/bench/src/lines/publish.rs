//! How fast events get into JetStream, acknowledged.

use std::time::Instant;

use anyhow::Result;
use bytes::Bytes;
use giapranh_feed::outbox::{self, Outgoing};
use giapranh_feed::owner::{StreamPolicy, ensure_stream};
use giapranh_feed::{Line, LineConfig};
use giapranh_testkit::server::{NatsServer, StartOptions};
use uuid::Uuid;

use crate::context::Context;
use crate::floor::publish::Stream;
use crate::measure::rate;
use crate::report::{Goal, Report, Unit};

/// Events that are sent and not acknowledged, as in `giapranh-feed`.
const WINDOW: usize = 128;
const PROVINCE: &str = "hcm";
const ZONE: &str = "hcm-long-an";

/// Measures it.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let store_dir = context.fresh("publish")?;
    let server = NatsServer::start(StartOptions { store_dir, port: None })?;
    let (_, mut events) = context.published()?;
    events.truncate(context.size(20_000, 2_000));
    let bytes: Vec<Bytes> = events.iter().map(|event| event.bytes.clone()).collect();
    let (line, stream) = context.runtime.block_on(async {
        let config = LineConfig::new(server.url(), PROVINCE);
        let line = Line::connect(&config).await?;
        line.up().await?;
        ensure_stream(&line, PROVINCE, &StreamPolicy::default()).await?;
        anyhow::Ok((line, Stream::create(&server.url()).await?))
    })?;
    let pair = context.turns(3).take(
        |round| {
            let outgoing: Vec<Outgoing> = (0..)
                .zip(&bytes)
                .map(|(number, bytes)| outgoing(round, number, bytes.clone()))
                .collect();
            let begun = Instant::now();
            context.runtime.block_on(outbox::publish(&line, PROVINCE, &outgoing))?;
            Ok(rate(bytes.len(), begun.elapsed()))
        },
        |_| {
            let begun = Instant::now();
            context.runtime.block_on(stream.publish(&bytes, WINDOW))?;
            Ok(rate(bytes.len(), begun.elapsed()))
        },
    )?;
    report.line("publish and acknowledgement", Unit::PerSecond, &pair, Goal::None);
    Ok(())
}

/// With an id that the stream has not seen.
fn outgoing(round: usize, number: u128, bytes: Bytes) -> Outgoing {
    Outgoing {
        event_id: Uuid::from_u128(((round as u128) << 64) | number),
        kind: "alert.issued".to_owned(),
        origin: PROVINCE.to_owned(),
        recorded_ms: 1_704_042_000_000,
        zone: ZONE.to_owned(),
        bytes,
    }
}
