//! What a province's node does for the others: keeps its stream, and a consumer for each node that the
//! directory entitles to it.

use std::sync::Arc;
use std::time::Duration;

use giapranh_feed::owner::{ConsumerSpec, Ensured, StreamPolicy, ensure_consumers, ensure_stream};
use giapranh_feed::{FeedError, Line};
use giapranh_log::Tail;
use tokio::sync::{Notify, watch};

use crate::standing::Standing;

/// How long after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(2);
/// How often it is looked whether all is as it should be: a stream may be deleted, and a consumer get
/// ahead of its stream, without anybody being told.
const LOOK: Duration = Duration::from_secs(10);

/// The owner of a province's stream.
pub(crate) struct Owner {
    pub province: String,
    pub line: Line,
    pub policy: StreamPolicy,
    pub standing: Arc<Standing>,
    /// Whether this node has lost events of its own, which its stream may still hold.
    pub tail: watch::Receiver<Tail>,
    /// Tells the outbox that the stream is new and empty.
    pub rewind: Arc<Notify>,
    pub directory_head: watch::Receiver<u64>,
}

impl Owner {
    /// Keeps stream and consumers in step with the directory, for as long as the node runs.
    pub async fn run(mut self) {
        let mut state = self.line.state();
        let mut taken_back = false;
        loop {
            if self.line.up().await.is_err() {
                return;
            }
            state.mark_unchanged();
            self.directory_head.mark_unchanged();
            let behind = *self.tail.borrow_and_update() != Tail::Whole;
            let again = behind && !taken_back;
            let kept = self.keep(again).await;
            match &kept {
                Ok(()) => taken_back = behind,
                Err(error) => {
                    let province = &self.province;
                    tracing::warn!(province, %error, "the stream is not in order; trying again");
                }
            }
            tokio::select! {
                changed = self.directory_head.changed() => if changed.is_err() { return },
                changed = state.changed() => if changed.is_err() { return },
                changed = self.tail.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(if kept.is_err() { RETRY } else { LOOK }) => {}
            }
        }
    }

    /// `again`: this node itself is to be given once more all that the stream keeps of its province.
    async fn keep(&self, again: bool) -> Result<(), FeedError> {
        let (line, province) = (&self.line, self.province.as_str());
        let directory = self.standing.directory();
        let specs: Vec<ConsumerSpec> = directory
            .nodes()
            .map(|node| ConsumerSpec {
                node: node.unit.to_string(),
                zones: directory.entitled_zones(&node.unit).into_iter().map(Into::into).collect(),
            })
            .collect();
        if ensure_stream(line, province, &self.policy).await? == Ensured::Made {
            self.rewind.notify_one();
        }
        if again {
            tracing::info!(province, "taking back from the stream what this node may have lost");
            let others: Vec<ConsumerSpec> =
                specs.iter().filter(|spec| spec.node != province).cloned().collect();
            ensure_consumers(line, province, &others).await?;
        }
        ensure_consumers(line, province, &specs).await
    }
}
