//! Pages: events of a feed that one node asks of another, and the answer.
//!
//! Nothing of it is signed: the events prove themselves at the gate. What is checked here is that an
//! answer is one ([`Page::check`]), so that a peer which answers with something else, or with more
//! than fits, is left without having cost much.

use bytes::Bytes;
use prost::Message as _;

use crate::event::Malformed;
use crate::fields::{Fields, NotProtobuf};
use crate::limits::{EVENT_BYTES, PAGE_BYTES, PAGE_EVENTS, REQUEST_BYTES};
use crate::view::{EventView, too_long};
use crate::{Hash, ZONE_LOCAL, is_token, proto};

/// Which events of a feed are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct RangeRequest {
    pub zone: String,
    pub origin: String,
    pub epoch: u32,
    /// From 1.
    pub from_seq: u64,
    /// The last that is wanted; 0 for as far as there is.
    pub until_seq: u64,
}

/// Events of a feed, without a gap from the first that was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Page {
    /// Verbatim, at most [`PAGE_EVENTS`].
    pub events: Vec<Bytes>,
    /// How far the one that answers holds the feed without a gap.
    pub head_seq: u64,
}

impl RangeRequest {
    /// Its bytes.
    pub fn encode(&self) -> Bytes {
        let Self { zone, origin, epoch, from_seq, until_seq } = self.clone();
        proto::RangeRequest { zone, origin, epoch, from_seq, until_seq }.encode_to_vec().into()
    }

    /// Reads what a peer asks.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        too_long("request", bytes, REQUEST_BYTES)?;
        let raw =
            proto::RangeRequest::decode(bytes).map_err(|_| Malformed::NotProtobuf("request"))?;
        let proto::RangeRequest { zone, origin, epoch, from_seq, until_seq } = raw;
        let request = Self { zone, origin, epoch, from_seq, until_seq };
        request.check()?;
        Ok(request)
    }

    fn check(&self) -> Result<(), Malformed> {
        if !is_token(&self.zone) || !is_token(&self.origin) {
            return Err(Malformed::Field("request", "holds a character or length that ids don't"));
        }
        if self.zone == ZONE_LOCAL {
            return Err(Malformed::Field("zone", "is one that is never published"));
        }
        if self.epoch == 0 || self.from_seq == 0 {
            return Err(Malformed::Field("epoch", "and seq start from 1"));
        }
        if self.until_seq != 0 && self.until_seq < self.from_seq {
            return Err(Malformed::Field("until_seq", "lies before from_seq"));
        }
        if [self.from_seq, self.until_seq].into_iter().any(|seq| i64::try_from(seq).is_err()) {
            return Err(Malformed::Field("from_seq", "or until_seq exceeds 2^63 - 1"));
        }
        Ok(())
    }
}

impl Page {
    /// Room for events in a page, bytes, counted as [`Page::cost`] counts.
    pub const ROOM: usize = PAGE_BYTES - 16;

    /// What an event of that many bytes takes of a page: with its tag and length.
    pub const fn cost(event_bytes: usize) -> usize {
        event_bytes + 5
    }

    /// Its bytes. More than [`Page::ROOM`] or [`PAGE_EVENTS`] is refused by whoever reads it.
    pub fn encode(&self) -> Bytes {
        let Self { events, head_seq } = self.clone();
        proto::Page { events, head_seq }.encode_to_vec().into()
    }

    /// Reads what a peer answered; its events are parts of `bytes`.
    pub fn parse(bytes: &Bytes) -> Result<Self, Malformed> {
        too_long("page", bytes, PAGE_BYTES)?;
        let no_message = |NotProtobuf| Malformed::NotProtobuf("page");
        let mut page = Self { events: Vec::new(), head_seq: 0 };
        let mut fields = Fields::of(bytes);
        while let Some((number, value)) = fields.next().map_err(no_message)? {
            match number {
                1 => {
                    let event = value.bytes().map_err(no_message)?;
                    too_long("event", event, EVENT_BYTES)?;
                    if page.events.len() == PAGE_EVENTS {
                        return Err(Malformed::Field("events", "are more than 2048"));
                    }
                    page.events.push(bytes.slice_ref(event));
                }
                2 => page.head_seq = value.number().map_err(no_message)?,
                _ => {}
            }
        }
        if i64::try_from(page.head_seq).is_err() {
            return Err(Malformed::Field("head_seq", "exceeds 2^63 - 1"));
        }
        Ok(page)
    }

    /// Whether it answers the request: every event is one of that feed, each names the one before
    /// it, the first is the one that was wanted, and none is beyond the last. Who made them, the
    /// gate tells.
    pub fn check(&self, request: &RangeRequest) -> Result<(), Malformed> {
        let mut before: Option<Hash> = None;
        for (seq, bytes) in (request.from_seq..).zip(&self.events) {
            let event = EventView::parse(bytes)?;
            let header = &event.header;
            if header.origin != request.origin || header.epoch != request.epoch {
                return Err(Malformed::Field("events", "are of another feed than was asked for"));
            }
            let link = header
                .link(&request.zone)
                .ok_or(Malformed::Field("events", "are of another zone than was asked for"))?;
            if link.seq != seq || before.is_some_and(|leaf| leaf != link.prev) {
                return Err(Malformed::Field("events", "do not follow on each other"));
            }
            if request.until_seq != 0 && seq > request.until_seq {
                return Err(Malformed::Field("events", "are more than were asked for"));
            }
            before = Some(event.leaf);
        }
        Ok(())
    }
}
