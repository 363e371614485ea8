//! A province's stream and its durables on a real server.

use std::collections::BTreeMap;

use async_nats::jetstream::consumer::PullConsumer;
use async_nats::jetstream::context::Context;
use async_nats::jetstream::{AckKind, Message as Handed};
use bytes::Bytes;
use futures_util::StreamExt as _;
use giapranh_feed::outbox::{Outgoing, last_published, publish};
use giapranh_feed::owner::{ConsumerSpec, ensure_consumers, ensure_stream};
use giapranh_feed::{FeedError, Subject, stream_name};
use giapranh_testkit::streams::{Delivery, Message, NotThere, Published, Streams};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::support::{Setup, bare, in_time, policy, stranger};

pub struct RealStreams {
    server: Context,
    /// Handed out and not acknowledged, by durable and number.
    pending: BTreeMap<(String, u64), Handed>,
    setup: Setup,
    runtime: Runtime,
}

impl RealStreams {
    pub fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let setup = runtime.block_on(bare());
        let server = runtime.block_on(stranger(&setup.server));
        Self { server, pending: BTreeMap::new(), setup, runtime }
    }

    async fn durable(&self, province: &str, subscriber: &str) -> Result<PullConsumer, NotThere> {
        let stream = stream_name(province);
        if self.server.get_stream(&stream).await.is_err() {
            return Err(NotThere::Stream(province.to_owned()));
        }
        let found = self.server.get_consumer_from_stream(subscriber, &stream).await;
        found.map_err(|_| NotThere::Durable(subscriber.to_owned()))
    }
}

fn absent(province: &str, error: &FeedError) -> NotThere {
    assert!(matches!(error, FeedError::NoStream { .. }), "{error}");
    assert!(error.is_retryable());
    NotThere::Stream(province.to_owned())
}

/// The contract's bytes are its ids.
fn message(zone: &str, origin: &str, bytes: &[u8]) -> Message {
    let id = String::from_utf8(bytes.to_vec()).unwrap();
    Message { id, zone: zone.to_owned(), origin: origin.to_owned(), bytes: bytes.to_vec() }
}

impl Streams for RealStreams {
    fn own(&mut self, province: &str, subscribers: &[(String, Vec<String>)]) {
        let spec = |(node, zones): &(String, Vec<String>)| ConsumerSpec {
            node: node.clone(),
            zones: zones.iter().cloned().collect(),
        };
        let specs: Vec<_> = subscribers.iter().map(spec).collect();
        let line = &self.setup.line;
        self.runtime.block_on(async {
            ensure_stream(line, province, &policy()).await.unwrap();
            ensure_consumers(line, province, &specs).await.unwrap();
        });
    }

    fn publish(&mut self, province: &str, message: &Message) -> Result<Published, NotThere> {
        let mut id = [0; 16];
        id[..message.id.len()].copy_from_slice(message.id.as_bytes());
        let event = Outgoing {
            event_id: Uuid::from_bytes(id),
            kind: "alert.issued".into(),
            origin: message.origin.clone(),
            recorded_ms: 1_700_000_000_000,
            zone: message.zone.clone(),
            bytes: Bytes::from(message.bytes.clone()),
        };
        let line = &self.setup.line;
        let known = line.traffic().known;
        let published = self.runtime.block_on(publish(line, province, &[event]));
        published.map_err(|error| absent(province, &error))?;
        let is_known = line.traffic().known > known;
        Ok(if is_known { Published::Duplicate } else { Published::Stored })
    }

    fn last(&self, province: &str, zone: &str, origin: &str) -> Result<Option<Message>, NotThere> {
        let subject = Subject::new(zone, province, origin).unwrap();
        let last = self.runtime.block_on(last_published(&self.setup.line, &subject));
        let last = last.map_err(|error| absent(province, &error))?;
        Ok(last.map(|bytes| message(zone, origin, &bytes)))
    }

    fn pull(
        &mut self,
        province: &str,
        subscriber: &str,
        most: usize,
    ) -> Result<Vec<Delivery>, NotThere> {
        let came = self.runtime.block_on(in_time("the end of the fetch", async {
            let durable = self.durable(province, subscriber).await?;
            let mut messages = durable.fetch().max_messages(most).messages().await.unwrap();
            let mut came = Vec::new();
            while let Some(message) = messages.next().await {
                came.push(message.unwrap());
            }
            Ok(came)
        }))?;
        let mut deliveries = Vec::new();
        for handed in came {
            let seq = handed.info().unwrap().stream_sequence;
            let subject: Subject = handed.subject.parse().unwrap();
            let message = message(subject.zone(), subject.unit(), &handed.payload);
            deliveries.push(Delivery { seq, message });
            self.pending.insert((subscriber.to_owned(), seq), handed);
        }
        Ok(deliveries)
    }

    fn acknowledge(
        &mut self,
        province: &str,
        subscriber: &str,
        seqs: &[u64],
    ) -> Result<(), NotThere> {
        self.runtime.block_on(self.durable(province, subscriber))?;
        for seq in seqs {
            let handed = self.pending.remove(&(subscriber.to_owned(), *seq)).unwrap();
            self.runtime.block_on(handed.double_ack()).unwrap();
        }
        Ok(())
    }

    fn overdue(&mut self, province: &str, subscriber: &str) -> Result<(), NotThere> {
        self.runtime.block_on(self.durable(province, subscriber))?;
        let all = std::mem::take(&mut self.pending);
        for ((of, seq), handed) in all {
            if of == subscriber {
                // As when its time is over, at once.
                self.runtime.block_on(handed.ack_with(AckKind::Nak(None))).unwrap();
            } else {
                self.pending.insert((of, seq), handed);
            }
        }
        Ok(())
    }
}
