//! What peers ask is answered: ranges of feeds out of this node's log, and keys, to those who are in
//! the zone.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use giapranh_domain::UnitId;
use giapranh_feed::Line;
use giapranh_feed::backfill::{self, Refusal, Request};
use giapranh_log::Reader;
use giapranh_record::grant::KeyExchange;
use giapranh_record::page::{Page, RangeRequest};

use super::{Healing, registry};
use crate::granting::Granting;
use crate::healing::Feed;
use crate::standing::Standing;

/// Serves until the line is closed. Rates and how much at once are bounded by the feed.
pub(crate) async fn serve(
    line: Line,
    unit: UnitId,
    log: PathBuf,
    standing: Arc<Standing>,
    healing: Arc<Healing>,
    granting: Granting,
) {
    let reader = match Reader::open(&log) {
        Ok(reader) => Arc::new(Mutex::new(reader)),
        Err(error) => {
            tracing::error!(%error, "nothing is served to peers");
            return;
        }
    };
    let pages = move |request: Request| {
        let (reader, standing, healing) = (reader.clone(), standing.clone(), healing.clone());
        let granting = granting.clone();
        async move {
            if KeyExchange::is_one(&request.bytes) {
                return granting.answer(request).await;
            }
            let asked = admit(&request, &standing, &healing)?;
            let page = tokio::task::spawn_blocking(move || page(&reader, &asked)).await;
            page.map_err(|_| Refusal::Failed)?
        }
    };
    let (version, never) = (env!("CARGO_PKG_VERSION"), std::future::pending());
    if let Err(error) = backfill::serve(&line, unit.as_str(), version, &pages, never).await {
        tracing::error!(%error, "nothing is served to peers");
    }
}

/// A range, and how far it can be served.
struct Asked {
    request: RangeRequest,
    head_seq: u64,
}

fn admit(request: &Request, standing: &Standing, healing: &Healing) -> Result<Asked, Refusal> {
    let malformed = |error: giapranh_record::Malformed| Refusal::Malformed(error.to_string());
    let range = RangeRequest::parse(&request.bytes).map_err(malformed)?;
    if !registry::is_entitled(&standing.directory(), &request.requester, &range.zone) {
        return Err(Refusal::NotEntitled);
    }
    let RangeRequest { zone, origin, epoch, .. } = range.clone();
    let head = healing.state().heads.get(&Feed { origin, epoch, zone }).copied();
    match head {
        Some(head) if head.seq >= range.from_seq => {
            Ok(Asked { request: range, head_seq: head.seq })
        }
        _ => Err(Refusal::NotHere),
    }
}

fn page(reader: &Mutex<Reader>, asked: &Asked) -> Result<Bytes, Refusal> {
    let Asked { request, head_seq } = asked;
    let until_seq = match request.until_seq {
        0 => *head_seq,
        until_seq => until_seq.min(*head_seq),
    };
    let reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
    let RangeRequest { zone, origin, epoch, from_seq, .. } = request;
    let events = reader.range(origin, *epoch, zone, *from_seq, until_seq, Page::ROOM);
    match events {
        Ok(events) => Ok(Page { events, head_seq: *head_seq }.encode()),
        Err(error) => {
            tracing::error!(%error, "a page can't be read");
            Err(Refusal::Failed)
        }
    }
}
