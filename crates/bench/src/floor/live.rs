//! The way of one event without anything of ours: a durable row at the sender, publish and
//! acknowledgement, a durable pull consumer, a durable row at the receiver.

use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use async_nats::jetstream::{self, consumer, stream};
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::runtime::Runtime;

use super::append::Table;

const STREAM: &str = "FLOOR";
const SUBJECT: &str = "floor.live";
/// Longer than any event takes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Both ends, ready.
pub struct Way {
    runtime: Runtime,
    sender: jetstream::Context,
    table: Table,
    committed: mpsc::Receiver<Instant>,
}

/// When an event was where.
pub struct Passed {
    /// From before the sender's commit to after the receiver's.
    pub whole: Duration,
    /// From after the sender's commit.
    pub from_committed: Duration,
}

impl Way {
    /// Makes stream and consumer on a server, and the two tables.
    pub fn open(url: &str, dir: &Path) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let (tell, committed) = mpsc::channel();
        let mut received = Table::create(&dir.join("received.db"))?;
        let sender = runtime.block_on(async {
            let sender = jetstream::new(async_nats::connect(url).await?);
            let config = stream::Config {
                name: STREAM.to_owned(),
                subjects: vec![SUBJECT.to_owned()],
                ..Default::default()
            };
            let stream = sender.create_stream(config).await?;
            let durable = consumer::pull::Config {
                durable_name: Some("receiver".to_owned()),
                ack_policy: consumer::AckPolicy::Explicit,
                ..Default::default()
            };
            stream.create_consumer(durable).await?;
            anyhow::Ok(sender)
        })?;
        let url = url.to_owned();
        // A runtime of its own, as another process would have.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let puller = jetstream::new(async_nats::connect(url).await?);
                let consumer: consumer::PullConsumer =
                    puller.get_consumer_from_stream("receiver", STREAM).await?;
                let mut messages = consumer.stream().messages().await?;
                while let Some(message) = messages.next().await {
                    let message = message?;
                    received.append([&message.payload].into_iter(), 1)?;
                    if tell.send(Instant::now()).is_err() {
                        break;
                    }
                    message.ack().await.map_err(|error| anyhow::anyhow!("{error}"))?;
                }
                anyhow::Ok(())
            })
        });
        let table = Table::create(&dir.join("sent.db"))?;
        Ok(Self { runtime, sender, table, committed })
    }

    /// Sends one event and waits until it has arrived.
    pub fn send(&mut self, bytes: &Bytes) -> Result<Passed> {
        let begun = Instant::now();
        self.table.append([bytes].into_iter(), 1)?;
        let committed = Instant::now();
        self.runtime.block_on(async {
            self.sender.publish(SUBJECT, bytes.clone()).await?.await?;
            anyhow::Ok(())
        })?;
        let arrived = self.committed.recv_timeout(PATIENCE).context("the floor's event is lost")?;
        Ok(Passed { whole: arrived - begun, from_committed: arrived - committed })
    }
}
