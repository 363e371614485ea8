//! Backfill: one node asks another for what it lacks, and is answered.
//!
//! A NATS micro-service on every node, `giapranh-backfill`, that NATS's own tools can see and ask
//! for its statistics. A request is answered with one message, a page, and whoever wants more asks
//! again. Who asks is the last token of the subject, which the server holds to be true where
//! accounts isolate; who may have what is judged by whoever answers. What is asked for and what a
//! page holds are bytes here, and a page proves itself by what is in it.
//!
//! What one requester can take is bounded in requests and bytes a second, and what all together can
//! keep busy at once is, too. Beyond that the answer is "later", at once, and costs nothing.

mod ask;
mod rate;
mod serve;

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;

pub use ask::{AskError, ask};
pub use rate::{BYTES_A_SECOND, REQUESTS_A_SECOND};
pub use serve::{AT_ONCE, AT_ONCE_OF_ONE, serve};

/// The name of the service, the same for all nodes; each has a subject of its own.
pub const SERVICE: &str = "giapranh-backfill";
/// When to try again, in milliseconds, on an answer that says "later".
const RETRY_AFTER: &str = "Giapranh-Retry-After-Ms";

/// Codes of the service's errors, as HTTP has them.
const MALFORMED: usize = 400;
const NOT_ENTITLED: usize = 403;
const NOT_HERE: usize = 404;
const BUSY: usize = 429;
const FAILED: usize = 500;

/// What one unit asks of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The unit that asks, as the subject names it.
    pub requester: String,
    /// Not looked at.
    pub bytes: Bytes,
}

/// Why a request gets no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It can't be read.
    Malformed(String),
    /// The requester is not in that zone.
    NotEntitled,
    /// There is nothing of that here.
    NotHere,
    /// Later.
    Busy {
        /// When it is worth another try.
        retry_after: Duration,
    },
    /// Something is wrong here. What, is for the log of this node, not for the requester.
    Failed,
}

/// Where pages come from.
///
/// `answer` is called for several requests at once, at most [`AT_ONCE`]. Its future may be dropped.
pub trait Pages: Send + Sync {
    /// A page of at most [`giapranh_record::limits::PAGE_BYTES`], for whoever asks.
    fn answer(&self, request: Request) -> impl Future<Output = Result<Bytes, Refusal>> + Send;
}

impl<F, A> Pages for F
where
    F: Fn(Request) -> A + Send + Sync,
    A: Future<Output = Result<Bytes, Refusal>> + Send,
{
    fn answer(&self, request: Request) -> impl Future<Output = Result<Bytes, Refusal>> + Send {
        self(request)
    }
}
