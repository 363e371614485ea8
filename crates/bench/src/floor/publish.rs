//! Publishing into JetStream with so many on their way unacknowledged.

use std::collections::VecDeque;

use anyhow::Result;
use async_nats::jetstream::{self, stream};
use bytes::Bytes;

const SUBJECT: &str = "floor.publish";

/// A stream to publish into.
pub struct Stream(jetstream::Context);

impl Stream {
    /// Makes it.
    pub async fn create(url: &str) -> Result<Self> {
        let context = jetstream::new(async_nats::connect(url).await?);
        let config = stream::Config {
            name: "FLOOR_PUBLISH".to_owned(),
            subjects: vec![SUBJECT.to_owned()],
            ..Default::default()
        };
        context.create_stream(config).await?;
        Ok(Self(context))
    }

    /// Publishes all; returns when all are acknowledged.
    pub async fn publish(&self, events: &[Bytes], window: usize) -> Result<()> {
        let mut sent = VecDeque::with_capacity(window);
        for bytes in events {
            if sent.len() == window
                && let Some(oldest) = sent.pop_front()
            {
                oldest.await?;
            }
            sent.push_back(self.0.publish(SUBJECT, bytes.clone()).await?);
        }
        for oldest in sent {
            oldest.await?;
        }
        Ok(())
    }
}
