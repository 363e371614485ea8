//! What a province does as the owner of its stream: the stream itself, and a durable consumer for
//! every node, with the zones that the directory entitles it to.

use std::sync::Arc;
use std::time::Duration;

use giapranh_feed::owner::{ConsumerSpec, StreamPolicy, ensure_consumers, ensure_stream};
use giapranh_feed::{FeedError, Line};
use tokio::sync::watch;

use crate::standing::Standing;

/// How long after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// Keeps stream and consumers in step with the directory, for as long as the node runs.
pub(crate) async fn run(
    province: String,
    line: Line,
    policy: StreamPolicy,
    standing: Arc<Standing>,
    mut directory_head: watch::Receiver<u64>,
) {
    let mut state = line.state();
    loop {
        if line.up().await.is_err() {
            return;
        }
        state.mark_unchanged();
        directory_head.mark_unchanged();
        let kept = keep(&province, &line, &policy, &standing).await;
        if let Err(error) = &kept {
            tracing::warn!(province, %error, "the stream is not in order; trying again");
        }
        tokio::select! {
            changed = directory_head.changed() => if changed.is_err() { return },
            changed = state.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(RETRY), if kept.is_err() => {}
        }
    }
}

async fn keep(
    province: &str,
    line: &Line,
    policy: &StreamPolicy,
    standing: &Standing,
) -> Result<(), FeedError> {
    let directory = standing.directory();
    let specs: Vec<ConsumerSpec> = directory
        .nodes()
        .map(|node| ConsumerSpec {
            node: node.unit.to_string(),
            zones: directory.entitled_zones(&node.unit).into_iter().map(Into::into).collect(),
        })
        .collect();
    ensure_stream(line, province, policy).await?;
    ensure_consumers(line, province, &specs).await
}
