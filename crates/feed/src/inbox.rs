//! Pulling: what another province published, from the durable that it made for this node.
//!
//! A batch is acknowledged only after the sink has committed it, event by event. Until then nothing
//! newer of that province is handed over, so that order is kept where NATS kept it. Events can come
//! twice: after a crash, a lost acknowledgement, or a sink that took longer than the server waits.
//! What comes is handed over as bytes, whatever it is; the sink judges it.

use std::future::Future;
use std::time::{Duration, Instant};

use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::pull::{self, MessagesError};
use async_nats::jetstream::consumer::{AckPolicy, PullConsumer};
use async_nats::jetstream::stream::{ConsumerError, ConsumerErrorKind};
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt};
use tokio::sync::watch;
use tokio::task::unconstrained;
use tracing::{debug, info, warn};

use crate::owner::ACK_WAIT;
use crate::subject::stream_name;
use crate::{FeedError, Line};

/// Most events in one batch.
const BATCH: usize = 256;
/// A batch is closed when it has this many bytes.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// How long one pull stands. Short: one whose client is gone may swallow events until it expires.
const EXPIRES: Duration = Duration::from_secs(4);
/// How often the server shows that the pull still stands; two missed and it is opened anew.
const HEARTBEAT: Duration = Duration::from_secs(2);
/// First and longest pause before something that failed is tried again.
const PAUSE: Duration = Duration::from_millis(100);
const PAUSE_MOST: Duration = Duration::from_secs(5);

const _: () = assert!(HEARTBEAT.as_millis() * 2 <= EXPIRES.as_millis(), "the server's rule");
// What a pull swallowed is handed out again when it has expired and the acknowledgement is overdue.
const _: () = assert!(EXPIRES.as_secs() + ACK_WAIT.as_secs() < 10, "what a person waits for");

/// Which durable to pull from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Durable {
    /// The province that owns the stream.
    pub province: String,
    /// The unit of this node, which the durable is named after.
    pub node: String,
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The subject, as received.
    pub subject: String,
    /// Not looked at: perhaps an event, perhaps too large, perhaps nonsense.
    pub bytes: Bytes,
}

/// Why a sink did not take a batch.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SinkError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Where arrivals go.
///
/// `Ok` means *durable*: whatever is good is in the log and whatever is not is in quarantine, and
/// both survive a crash. An error means that nothing is known; the same batch comes again, before
/// anything newer. The same event may come again at any time. The future may be dropped when the
/// node stops; what it had not answered comes again.
pub trait Sink: Send + Sync {
    /// Takes a batch, in the order of arrival.
    fn arrive(&self, batch: Vec<Arrival>) -> impl Future<Output = Result<(), SinkError>> + Send;
}

/// How pulling from one province stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PullState {
    /// Nothing comes at the moment.
    Waiting {
        /// For a person.
        reason: String,
    },
    /// What is published comes.
    Pulling,
}

/// Pulls until `shutdown` is done or the line was closed. Nothing else ends it: what fails is told
/// through `state` and tried again.
pub async fn pull<S: Sink>(
    line: &Line,
    durable: &Durable,
    sink: &S,
    state: &watch::Sender<PullState>,
    shutdown: impl Future<Output = ()> + Send,
) {
    let puller = Puller { line, durable, stream: stream_name(&durable.province), sink, state };
    tokio::select! {
        biased;
        () = shutdown => {}
        () = puller.run() => {}
    }
    puller.wait_for("stopped");
}

struct Puller<'a, S> {
    line: &'a Line,
    durable: &'a Durable,
    stream: String,
    sink: &'a S,
    state: &'a watch::Sender<PullState>,
}

impl<S: Sink> Puller<'_, S> {
    async fn run(&self) {
        let mut pause = Pause::default();
        self.wait_for("NATS is not there");
        while let Ok(connection) = self.line.up().await {
            let opened = Instant::now();
            let reason = match self.open().await {
                Ok(messages) => self.attend(messages, connection, &mut pause).await,
                Err(error) => error.to_string(),
            };
            debug!(stream = self.stream, reason, "not pulling");
            self.wait_for(&reason);
            if opened.elapsed() > PAUSE_MOST {
                pause = Pause::default();
            }
            pause.wait().await;
        }
    }

    /// Opens the durable. Needs the right to read it and to pull, none to make one.
    async fn open(&self) -> Result<pull::Stream, FeedError> {
        let doing = || format!("opening the consumer {} of {}", self.durable.node, self.stream);
        let (jetstream, _) = self.line.jetstream_of(&self.durable.province)?;
        let consumer: PullConsumer = jetstream
            .get_consumer_from_stream(&self.durable.node, &self.stream)
            .await
            .map_err(|error| self.open_error(doing(), &error))?;
        if consumer.cached_info().config.ack_policy != AckPolicy::Explicit {
            return Err(FeedError::refused(doing(), "it does not wait for acknowledgements"));
        }
        consumer
            .stream()
            .max_messages_per_batch(BATCH)
            .expires(EXPIRES)
            .heartbeat(HEARTBEAT)
            .messages()
            .await
            .map_err(|error| FeedError::unanswered(doing(), error))
    }

    /// Hands over what comes until the pull ends; why it ended.
    async fn attend(
        &self,
        mut messages: pull::Stream,
        connection: u64,
        pause: &mut Pause,
    ) -> String {
        self.tell(PullState::Pulling);
        loop {
            let first = tokio::select! {
                biased;
                first = messages.next() => first,
                () = self.line.left(connection) => return "NATS is not there".into(),
            };
            let Gathered { batch, ended } = gather(first, &mut messages);
            if !batch.is_empty() {
                self.hand_over(&batch, pause).await;
                if let Err(error) = acknowledge(&batch).await {
                    return error;
                }
            }
            if let Some(reason) = ended {
                return reason;
            }
        }
    }

    /// Returns when the sink has committed the batch.
    async fn hand_over(&self, batch: &[Message], pause: &mut Pause) {
        let arrival = |message: &Message| Arrival {
            subject: message.subject.to_string(),
            bytes: message.payload.clone(),
        };
        while let Err(error) = self.sink.arrive(batch.iter().map(arrival).collect()).await {
            warn!(stream = self.stream, events = batch.len(), %error, "a batch was not taken");
            self.wait_for(&error.to_string());
            pause.wait().await;
        }
        let bytes = batch.iter().map(|message| message.payload.len()).sum();
        self.line.counters().pulled.add(batch.len(), bytes);
        *pause = Pause::default();
        self.tell(PullState::Pulling);
    }

    fn open_error(&self, doing: String, error: &ConsumerError) -> FeedError {
        match error.kind() {
            ConsumerErrorKind::JetStream(answer)
                if answer.error_code() == ErrorCode::CONSUMER_NOT_FOUND =>
            {
                FeedError::refused(doing, "the province has not made it yet")
            }
            ConsumerErrorKind::JetStream(answer) => {
                FeedError::answered(doing, &self.stream, &answer)
            }
            _ => FeedError::unanswered(doing, error),
        }
    }

    fn wait_for(&self, reason: &str) {
        self.tell(PullState::Waiting { reason: reason.to_owned() });
    }

    fn tell(&self, next: PullState) {
        self.state.send_if_modified(|state| {
            let changed = *state != next;
            if changed && next == PullState::Pulling {
                info!(stream = self.stream, "pulling");
            }
            *state = next;
            changed
        });
    }
}

struct Gathered {
    batch: Vec<Message>,
    ended: Option<String>,
}

/// Adds to the first message what is here already, without waiting for more.
fn gather(first: Option<Result<Message, MessagesError>>, messages: &mut pull::Stream) -> Gathered {
    let mut gathered = Gathered { batch: Vec::new(), ended: None };
    let mut bytes = 0;
    let mut next = Some(first);
    while let Some(item) = next {
        match item {
            Some(Ok(message)) => {
                bytes += message.payload.len();
                gathered.batch.push(message);
            }
            Some(Err(error)) => gathered.ended = Some(error.to_string()),
            None => gathered.ended = Some("the server ended the pull".into()),
        }
        if gathered.ended.is_some() || gathered.batch.len() == BATCH || bytes >= BATCH_BYTES {
            break;
        }
        // Unconstrained, or the runtime's budget for one turn would end the batch early.
        next = unconstrained(messages.next()).now_or_never();
    }
    gathered
}

/// An acknowledgement that gets lost is made good by the server handing out the event again.
async fn acknowledge(batch: &[Message]) -> Result<(), String> {
    for message in batch {
        message.ack().await.map_err(|error| format!("acknowledging: {error}"))?;
    }
    Ok(())
}

/// The next pause; each is twice as long as the one before.
struct Pause(Duration);

impl Default for Pause {
    fn default() -> Self {
        Self(PAUSE)
    }
}

impl Pause {
    async fn wait(&mut self) {
        tokio::time::sleep(self.0).await;
        self.0 = (self.0 * 2).min(PAUSE_MOST);
    }
}
