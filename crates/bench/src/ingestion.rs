//! Taking in a backlog as a node does: a pull for each province hands batches to the log's gate, and
//! the projection follows.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use giapranh_audit::Keys;
use giapranh_log::{Arrival, Log, Outcome};
use giapranh_node::{Holding, NodeError, Projection, Sealer, Shown};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::corpus::Published;
use crate::fixture::{self, Node, RECEIVER, REGISTRAR};

/// Most messages in one batch, as in `giapranh-feed`.
const BATCH: usize = 256;
/// What a client holds ready of one pull.
const AHEAD: usize = 512;

/// A node that takes in and projects.
pub struct Ingestion {
    node: Node,
    showing: Option<Showing>,
    sealer: Option<Sealer>,
}

/// Its projection at work.
struct Showing {
    position: watch::Receiver<u64>,
    projecting: JoinHandle<NodeError>,
}

impl Ingestion {
    /// Opens the receiver in a directory.
    pub fn open(dir: &Path) -> Result<Self> {
        Self::open_with(dir, None)
    }

    /// The same with keys, for what is sealed.
    pub fn open_sealed(dir: &Path) -> Result<Self> {
        Self::open_with(dir, Some(Sealer::open(dir)?))
    }

    fn open_with(dir: &Path, sealer: Option<Sealer>) -> Result<Self> {
        let node = fixture::open(dir, RECEIVER)?;
        let keys = sealer.clone().map(|sealer| Arc::new(sealer) as Arc<dyn Keys>);
        let projection = Projection::open(dir.to_owned(), REGISTRAR.parse()?, keys)?;
        let (sender, position) = watch::channel(0);
        let shown = Shown {
            position: sender,
            alerts: watch::Sender::new(0),
            directory: watch::Sender::new(node.standing.directory().head()),
            waits: watch::Sender::new(None),
        };
        let run = projection.run(node.log.clone(), node.standing.clone(), shown);
        let showing = Some(Showing { position, projecting: tokio::spawn(run) });
        Ok(Self { node, showing, sealer })
    }

    /// Opens it without its views.
    pub fn open_log(dir: &Path) -> Result<Self> {
        Ok(Self { node: fixture::open(dir, RECEIVER)?, showing: None, sealer: None })
    }

    /// Takes events in; returns how many were new when all of them are durable and shown.
    pub async fn take(&mut self, events: impl Iterator<Item = Result<Published>>) -> Result<usize> {
        let mut pulls = JoinSet::new();
        let mut provinces: BTreeMap<String, mpsc::Sender<Arrival>> = BTreeMap::new();
        for event in events {
            let event = event?;
            let province = event.origin.split('_').next().unwrap_or_default();
            let sender = provinces.entry(province.to_owned()).or_insert_with(|| {
                let (sender, receiver) = mpsc::channel(AHEAD);
                pulls.spawn(pull(self.node.log.clone(), receiver));
                sender
            });
            for arrival in fixture::arrivals(&event) {
                sender.send(arrival).await.context("a pull has ended")?;
            }
        }
        drop(provinces);
        let mut appended = 0;
        while let Some(pulled) = pulls.join_next().await {
            appended += pulled??;
        }
        self.shown().await?;
        Ok(appended)
    }

    /// What takes in the keys that others grant this node, which has keys of its own.
    pub fn holding(&self) -> Result<Holding> {
        Ok(Holding {
            unit: RECEIVER.parse()?,
            sealing: Arc::new(fixture::sealing_key(RECEIVER)),
            sealer: self.sealer.clone().context("this node was opened without keys")?,
            log: self.node.log.clone(),
            standing: self.node.standing.clone(),
        })
    }

    /// Waits until everything in the log is shown.
    pub async fn shown(&mut self) -> Result<()> {
        let head = *self.node.log.head().borrow();
        if let Some(Showing { position, .. }) = &mut self.showing {
            position.wait_for(|position| *position >= head).await.context("the views stopped")?;
        }
        Ok(())
    }

    /// Waits until every signature was checked in the background; returns how many events were
    /// left to check when this was called.
    pub async fn checked(&mut self) -> Result<usize> {
        let head = *self.node.log.head().borrow();
        let mut checked = self.node.log.checked();
        let before = checked.borrow().position;
        let done =
            checked.wait_for(|checked| checked.position >= head || checked.stopped.is_some());
        let done = done.await.context("the check stopped")?.clone();
        ensure!(
            done.stopped.is_none() && done.faults.is_empty(),
            "the log does not hold: {done:?}"
        );
        Ok(usize::try_from(head.saturating_sub(before))?)
    }

    /// Ends, and waits until the log is closed.
    pub async fn close(self) {
        if let Some(Showing { projecting, .. }) = self.showing {
            projecting.abort();
            let _ = projecting.await;
        }
        self.node.log.close().await;
    }
}

/// Hands over what is here already, without waiting for more.
async fn pull(log: Log, mut arrivals: mpsc::Receiver<Arrival>) -> Result<usize> {
    let (mut batch, mut appended) = (Vec::with_capacity(BATCH), 0);
    while arrivals.recv_many(&mut batch, BATCH).await > 0 {
        for outcome in log.arrive(std::mem::take(&mut batch)).await? {
            match outcome {
                Outcome::Appended(_) => appended += 1,
                Outcome::Duplicate => {}
                other => bail!("an event of the corpus did not enter the log: {other:?}"),
            }
        }
    }
    Ok(appended)
}
