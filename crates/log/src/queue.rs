//! What waits for the writer: commands and arrivals apart, so that neither waits behind the other.
//!
//! A transaction takes the commands that wait, then what need not wait any more, and then arrivals:
//! of either until there are [`EVENTS`] of them or [`BYTES`] bytes. So a command waits for the
//! transaction that is under way, whatever a peer sends, and then for its own; and an arrival waits
//! for as many such transactions as there are batches before it, of which each caller has two at
//! most.

use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::sync::{mpsc, oneshot};

use crate::authentication::Candidate;
use crate::batch::Batch;
use crate::gate::Room;
use crate::{LogError, Outcome};

/// Most commands in one transaction.
pub(crate) const ACTS: usize = 256;
/// Most commands waiting; whoever comes then waits for room.
const ACTS_WAITING: usize = 1_024;
/// Most batches of arrivals waiting; whoever comes then waits for room.
const BATCHES_WAITING: usize = 64;
/// Most arrivals in one batch: what is longer goes in parts, which other peers' batches come between.
pub(crate) const BATCH_EVENTS: usize = 512;
/// Most bytes in one batch, but for its last event.
pub(crate) const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Events that a transaction takes out of batches, and as many again of those that no longer wait. A
/// batch is never cut, so that there may be almost one more.
///
/// The bound of how long a command waits: for two transactions of at most twice as many events and a
/// batch, and [`ACTS`] commands.
pub(crate) const EVENTS: usize = 2 * BATCH_EVENTS;
/// Bytes that they have together, with the same exception.
pub(crate) const BYTES: usize = 2 * BATCH_BYTES;

/// Says how a transaction ended to whoever waits for it.
pub(crate) type Answer = Box<dyn FnOnce(Ended) + Send>;
/// A command: gives its answer, and what stops the transaction, if something does.
pub(crate) type Act = Box<dyn FnOnce(&mut Batch<'_>) -> (Answer, Result<(), LogError>) + Send>;

/// How a transaction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It is on the disk.
    Durable,
    /// The disk had no room, and nothing of it is there.
    Full,
}

pub(crate) enum Job {
    Act(Act),
    DirectoryChanged,
    Checked(u64),
}

/// What a peer sent.
pub(crate) struct Arriving {
    pub candidates: Vec<Candidate>,
    pub sender: oneshot::Sender<Result<Vec<Outcome>, LogError>>,
}

/// The ends to put something in.
#[derive(Clone)]
pub(crate) struct Jobs {
    pub acts: mpsc::Sender<Job>,
    pub arrivals: mpsc::Sender<Arriving>,
}

/// The end to take it out.
pub(crate) struct Queue {
    acts: mpsc::Receiver<Job>,
    arrivals: mpsc::Receiver<Arriving>,
    waker: Waker,
}

/// What one transaction does.
#[derive(Default)]
pub(crate) struct Work {
    pub acts: Vec<Job>,
    pub arrivals: Vec<Arriving>,
}

impl Work {
    fn is_empty(&self) -> bool {
        self.acts.is_empty() && self.arrivals.is_empty()
    }
}

impl Room {
    /// That of one transaction.
    pub fn whole() -> Self {
        Self { events: EVENTS, bytes: BYTES }
    }
}

/// Wakes the thread that takes things out.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Makes both ends.
pub(crate) fn queue() -> (Jobs, Queue) {
    let (acts, taken_acts) = mpsc::channel(ACTS_WAITING);
    let (arrivals, taken_arrivals) = mpsc::channel(BATCHES_WAITING);
    let queue = Queue { acts: taken_acts, arrivals: taken_arrivals, waker: Waker::noop().clone() };
    (Jobs { acts, arrivals }, queue)
}

impl Queue {
    /// To be called once on the thread that takes things out.
    pub fn belongs_here(&mut self) {
        self.waker = Arc::new(Unpark(thread::current())).into();
    }

    /// Adds what waits to `work`. Waits until there is something, if `patient`. `false` at the end:
    /// nothing is there and nothing will come.
    pub fn fill(&mut self, work: &mut Work, patient: bool) -> bool {
        loop {
            let open = self.take(work);
            if !work.is_empty() || !patient {
                return open || !work.is_empty();
            }
            if !open {
                return false;
            }
            thread::park();
        }
    }

    /// Takes what is there. Tells whether more can come.
    fn take(&mut self, work: &mut Work) -> bool {
        let waker = self.waker.clone();
        let mut context = Context::from_waker(&waker);
        let room = ACTS.saturating_sub(work.acts.len());
        let open = room == 0
            || self.acts.poll_recv_many(&mut context, &mut work.acts, room) != Poll::Ready(0);
        let size = |arriving: &Arriving| {
            let bytes = |candidate: &Candidate| candidate.arrival.bytes.len();
            let bytes: usize = arriving.candidates.iter().map(bytes).sum();
            (arriving.candidates.len(), bytes)
        };
        let (mut events, mut bytes) = (0, 0);
        for arriving in &work.arrivals {
            let (more, larger) = size(arriving);
            (events, bytes) = (events + more, bytes + larger);
        }
        while events < EVENTS && bytes < BYTES {
            match self.arrivals.poll_recv(&mut context) {
                Poll::Ready(Some(arriving)) => {
                    let (more, larger) = size(&arriving);
                    (events, bytes) = (events + more, bytes + larger);
                    work.arrivals.push(arriving);
                }
                Poll::Ready(None) => return open,
                Poll::Pending => return true,
            }
        }
        true
    }
}
