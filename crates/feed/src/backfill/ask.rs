//! Asking another node.

use std::time::Duration;

use async_nats::service::{NATS_SERVICE_ERROR, NATS_SERVICE_ERROR_CODE};
use async_nats::{Message, RequestError, RequestErrorKind};
use bytes::Bytes;
use giapranh_record::limits::PAGE_BYTES;

use super::{BUSY, NOT_ENTITLED, NOT_HERE, RETRY_AFTER};
use crate::subject::{ask as asked, backfill, check_unit};
use crate::traffic::one;
use crate::{FeedError, Line};

/// How long an answer may take: a page of a rural line.
const PATIENCE: Duration = Duration::from_secs(10);
/// What "later" means when it was not said, and the longest that is believed.
const LATER: Duration = Duration::from_secs(1);
const LATER_MOST: Duration = Duration::from_secs(60);
/// Longest reason of another that is shown.
const REASON_CHARS: usize = 200;

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Nobody is there, or no answer came in time. Another may have it.
    #[error("no answer: {0}")]
    Unanswered(String),
    /// The responder says that this unit is not in that zone.
    #[error("the unit is not entitled to that, says who was asked")]
    NotEntitled,
    /// The responder has nothing of that.
    #[error("who was asked has nothing of that")]
    NotHere,
    /// Too much was asked of it.
    #[error("who was asked is busy; try again in {} ms", retry_after.as_millis())]
    Busy {
        /// When it is worth another try.
        retry_after: Duration,
    },
    /// The responder failed, could not read the request, or answered with something that is no
    /// page. Trying the same again does not help.
    #[error("refused: {0}")]
    Refused(String),
}

/// Asks `to` for a page, as the unit `from`, which has to be the one that this node is. The bytes
/// are at most [`PAGE_BYTES`] and else whatever was answered.
pub async fn ask(line: &Line, from: &str, to: &str, request: Bytes) -> Result<Bytes, AskError> {
    let unusable = |error: FeedError| AskError::Refused(error.to_string());
    check_unit(from).and_then(|()| check_unit(to)).map_err(unusable)?;
    if from == to {
        return Err(AskError::Refused("nobody asks itself".into()));
    }
    let (client, connection) =
        line.client().map_err(|error| AskError::Unanswered(error.to_string()))?;
    let subject = if line.is_isolated() { asked(to, from) } else { backfill(to, from) };
    // Into an inbox of its own: the one that all requests share keeps a place for each that was
    // not answered, for ever.
    let request = async_nats::Request::new()
        .payload(request)
        .inbox(client.new_inbox())
        .timeout(Some(PATIENCE));
    one(&line.counters().pages_asked);
    let answer = tokio::select! {
        biased;
        answer = client.send_request(subject, request) => answer.map_err(|error| failed(&error))?,
        () = line.left(connection) => return Err(AskError::Unanswered("the line was lost".into())),
    };
    let page = judge(answer)?;
    line.counters().pages_received.add(1, page.len());
    Ok(page)
}

fn judge(answer: Message) -> Result<Bytes, AskError> {
    let header = |name: &str| {
        answer.headers.as_ref().and_then(|headers| headers.get(name)).map(ToString::to_string)
    };
    let Some(code) = header(NATS_SERVICE_ERROR_CODE) else {
        return match answer.payload.len() {
            0..=PAGE_BYTES => Ok(answer.payload),
            size => Err(AskError::Refused(format!("a page of {size} bytes; {PAGE_BYTES} may be"))),
        };
    };
    Err(match code.parse() {
        Ok(NOT_ENTITLED) => AskError::NotEntitled,
        Ok(NOT_HERE) => AskError::NotHere,
        Ok(BUSY) => {
            let milliseconds = header(RETRY_AFTER).and_then(|text| text.parse().ok());
            let retry_after = milliseconds.map_or(LATER, Duration::from_millis).min(LATER_MOST);
            AskError::Busy { retry_after }
        }
        _ => {
            let reason = header(NATS_SERVICE_ERROR).unwrap_or_default();
            // Another's words: a line of them, and no more.
            let reason = reason.chars().filter(|it| !it.is_control()).take(REASON_CHARS);
            AskError::Refused(reason.collect())
        }
    })
}

fn failed(error: &RequestError) -> AskError {
    match error.kind() {
        RequestErrorKind::NoResponders => AskError::Unanswered("it is not there".into()),
        RequestErrorKind::TimedOut => {
            AskError::Unanswered(format!("nothing within {} s", PATIENCE.as_secs()))
        }
        RequestErrorKind::InvalidSubject | RequestErrorKind::MaxPayloadExceeded => {
            AskError::Refused(error.to_string())
        }
        RequestErrorKind::Other => AskError::Unanswered(error.to_string()),
    }
}
