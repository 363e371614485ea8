//! Answering other nodes.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::pin::{Pin, pin};
use std::time::{Duration, Instant};

use async_nats::HeaderMap;
use async_nats::service::endpoint::Endpoint;
use async_nats::service::error::Error as ServiceError;
use async_nats::service::{Request as Asked, Service, ServiceExt as _};
use bytes::Bytes;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use giapranh_record::limits::{KEY_EXCHANGE_BYTES, PAGE_BYTES};
use tracing::{debug, warn};

use super::rate::Rates;
use super::{BUSY, FAILED, MALFORMED, NOT_ENTITLED, NOT_HERE, RETRY_AFTER, SERVICE};
use super::{Pages, Refusal, Request};
use crate::subject::{backfill, check_unit, speaker};
use crate::traffic::one;
use crate::{FeedError, Line};

/// Most pages that are made at once, for all requesters.
pub const AT_ONCE: usize = 8;
/// Most pages that are made at once for one requester.
pub const AT_ONCE_OF_ONE: usize = 2;
/// When it is worth another try where all are at work: a page takes no longer.
const SOON: Duration = Duration::from_millis(50);
/// How long after the service could not be started it is tried again.
const RETRY: Duration = Duration::from_secs(1);

const _: () = assert!(AT_ONCE_OF_ONE * 2 <= AT_ONCE, "one leaves room for others");

/// Serves pages as the unit `unit` until `shutdown` is done or the line was closed. `version` is
/// what NATS's tools show: a semantic version. Fails at once when unit or version can't be that;
/// nothing else ends it.
pub async fn serve<P: Pages>(
    line: &Line,
    unit: &str,
    version: &str,
    pages: &P,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), FeedError> {
    check_unit(unit)?;
    if version.parse::<crate::Version>().is_err() {
        let (value, reason) = (version.to_owned(), "it is no semantic version");
        return Err(FeedError::Value { what: "version", value, reason });
    }
    run(line, unit, version, pages, pin!(shutdown)).await;
    Ok(())
}

async fn run<P: Pages>(
    line: &Line,
    unit: &str,
    version: &str,
    pages: &P,
    mut shutdown: Pin<&mut (impl Future<Output = ()> + Send)>,
) {
    loop {
        let up = tokio::select! {
            biased;
            () = &mut shutdown => return,
            up = line.up() => up,
        };
        if up.is_err() {
            return;
        }
        let (service, mut endpoint) = match start(line, unit, version).await {
            Ok(started) => started,
            Err(error) => {
                warn!(%error, "pages can't be served; trying again");
                tokio::time::sleep(RETRY).await;
                continue;
            }
        };
        let _until_dropped = Running(Some(service));
        // Subscriptions outlive connections: this ends with the line.
        tokio::select! {
            biased;
            () = &mut shutdown => {
                // So that who asks is told that nobody is there, and does not wait. Fails only when
                // the line has ended.
                let _ = endpoint.stop().await;
                return;
            }
            () = attend(line, &mut endpoint, pages) => {}
        }
    }
}

async fn start(line: &Line, unit: &str, version: &str) -> Result<(Service, Endpoint), FeedError> {
    let failed = |error| FeedError::unanswered("starting the service of pages", error);
    let (client, _) = line.client()?;
    let service = client
        .service_builder()
        .description("What a node's log holds of the feeds of a zone, for those who are in it")
        .metadata(HashMap::from([("unit".to_owned(), unit.to_owned())]))
        .start(SERVICE, version)
        .await
        .map_err(failed)?;
    let endpoint = service.endpoint_builder().name("pages").add(backfill(unit, "*")).await;
    match endpoint {
        Ok(endpoint) => Ok((service, endpoint)),
        Err(error) => {
            drop(Running(Some(service)));
            Err(failed(error))
        }
    }
}

/// A service that is to be seen until this is dropped.
struct Running(Option<Service>);

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(service) = self.0.take() {
            // It waits for nothing.
            let _ = service.stop().now_or_never();
        }
    }
}

/// A page, and who gets it.
struct Made {
    requester: String,
    page: Result<Bytes, Refusal>,
    asked: Asked,
}

/// Answers until the line is closed.
async fn attend<P: Pages>(line: &Line, endpoint: &mut Endpoint, pages: &P) {
    let mut rates = Rates::default();
    let mut at_work: BTreeMap<String, usize> = BTreeMap::new();
    let mut making = FuturesUnordered::new();
    loop {
        tokio::select! {
            biased;
            Some(made) = making.next() => {
                let Made { requester, page, asked } = made;
                let page = page.and_then(fits);
                rates.charge(&requester, page.as_ref().map_or(0, Bytes::len));
                if let Some(count) = at_work.get_mut(&requester) {
                    *count -= 1;
                }
                at_work.retain(|_, count| *count > 0);
                answer(line, &asked, page).await;
            }
            asked = endpoint.next() => {
                let Some(asked) = asked else { return };
                one(&line.counters().pages_requested);
                match admit(&asked, &mut rates, &at_work, making.len()) {
                    Err(refusal) => answer(line, &asked, Err(refusal)).await,
                    Ok(request) => {
                        let requester = request.requester.clone();
                        *at_work.entry(requester.clone()).or_default() += 1;
                        making.push(async move {
                            Made { requester, page: pages.answer(request).await, asked }
                        });
                    }
                }
            }
        }
    }
}

/// What is asked, if it may be answered now.
fn admit(
    asked: &Asked,
    rates: &mut Rates,
    at_work: &BTreeMap<String, usize>,
    making: usize,
) -> Result<Request, Refusal> {
    let malformed = |reason: &str| Refusal::Malformed(reason.to_owned());
    let message = &asked.message;
    let requester = speaker(&message.subject).ok_or_else(|| malformed("nobody asks"))?;
    rates.take(requester, Instant::now()).map_err(|retry_after| Refusal::Busy { retry_after })?;
    if message.payload.len() > KEY_EXCHANGE_BYTES {
        return Err(malformed("it is too long"));
    }
    let of_one = at_work.get(requester).copied().unwrap_or_default();
    if making >= AT_ONCE || of_one >= AT_ONCE_OF_ONE {
        return Err(Refusal::Busy { retry_after: SOON });
    }
    Ok(Request { requester: requester.to_owned(), bytes: message.payload.clone() })
}

fn fits(page: Bytes) -> Result<Bytes, Refusal> {
    if page.len() <= PAGE_BYTES {
        return Ok(page);
    }
    warn!(bytes = page.len(), most = PAGE_BYTES, "a page is too large and was not sent");
    Err(Refusal::Failed)
}

async fn answer(line: &Line, asked: &Asked, page: Result<Bytes, Refusal>) {
    let counters = line.counters();
    let mut headers = HeaderMap::new();
    let answer = match page {
        Ok(page) => {
            counters.pages_served.add(1, page.len());
            Ok(page)
        }
        Err(refusal) => {
            if let Refusal::Busy { retry_after } = refusal {
                one(&counters.pages_put_off);
                headers.insert(RETRY_AFTER, retry_after.as_millis().max(1).to_string().as_str());
            }
            Err(error(refusal))
        }
    };
    // A request without a reply subject can't be answered; nobody waits for it.
    if let Err(error) = asked.respond_with_headers(answer, headers).await {
        debug!(%error, "an answer was not sent");
    }
}

fn error(refusal: Refusal) -> ServiceError {
    let (code, status) = match refusal {
        Refusal::Malformed(reason) => (MALFORMED, reason),
        Refusal::NotEntitled => (NOT_ENTITLED, "not entitled to that zone".into()),
        Refusal::NotHere => (NOT_HERE, "nothing of that is here".into()),
        Refusal::Busy { .. } => (BUSY, "too much is asked; try again later".into()),
        Refusal::Failed => (FAILED, "it failed here".into()),
    };
    // One line: it becomes a header.
    ServiceError { code, status: status.replace(['\r', '\n'], " ") }
}
