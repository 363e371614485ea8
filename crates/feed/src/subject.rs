//! The names that NATS routes by: subjects, streams and filters.
//!
//! `giapranh.v1.feed.<zone>.<province>.<unit>` is written by the unit's node, captured by the
//! province's stream and filtered by zone. What would change the meaning of a subject (a dot, a
//! wildcard) never gets into one, and the zone `local` has no subject at all.
//!
//! Beside the feeds there are two families of subjects that no stream captures: what each node says
//! of itself in each zone, `giapranh.v1.beacon.<zone>.<unit>`, and what nodes ask each other for,
//! `giapranh.v1.backfill.<responder>.<requester>`.

use std::fmt;
use std::str::FromStr;

use giapranh_record::{ZONE_LOCAL, is_token};

use crate::FeedError;

/// What all subjects of feeds begin with.
const PREFIX: &str = "giapranh.v1.feed.";

/// What all subjects of beacons begin with.
const BEACON: &str = "giapranh.v1.beacon.";
/// What all subjects begin with on which pages are served.
const BACKFILL: &str = "giapranh.v1.backfill.";
/// Where accounts isolate, subjects change their names on the way, so that what a node says and asks
/// can't be taken for what it hears and is asked: pages are asked for here,
const ASK: &str = "giapranh.v1.ask.";
/// go over lines between servers here,
const SERVE: &str = "giapranh.v1.serve.";
/// and beacons are heard here.
const HEARD: &str = "giapranh.v1.heard.";

/// Where the events of one unit for one zone are published.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    zone: String,
    province: String,
    unit: String,
}

impl Subject {
    /// The subject of a unit of a province in a zone.
    pub fn new(zone: &str, province: &str, unit: &str) -> Result<Self, FeedError> {
        let refused = |reason| FeedError::Subject {
            subject: format!("{PREFIX}{zone}.{province}.{unit}"),
            reason,
        };
        if !is_token(zone) || !is_token(unit) || !is_province(province) {
            return Err(refused("zone, province and unit must be ids"));
        }
        if zone == ZONE_LOCAL {
            return Err(refused("what is local is never published"));
        }
        let district = unit.strip_prefix(province);
        if !district.is_some_and(|rest| rest.is_empty() || rest.starts_with('_')) {
            return Err(refused("the unit is not of that province"));
        }
        Ok(Self { zone: zone.into(), province: province.into(), unit: unit.into() })
    }

    /// The zone that the event goes to.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// The province that owns the stream.
    pub fn province(&self) -> &str {
        &self.province
    }

    /// The unit whose node publishes.
    pub fn unit(&self) -> &str {
        &self.unit
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}.{}.{}", self.zone, self.province, self.unit)
    }
}

impl FromStr for Subject {
    type Err = FeedError;

    fn from_str(text: &str) -> Result<Self, FeedError> {
        let tokens: Vec<&str> = text.strip_prefix(PREFIX).unwrap_or_default().split('.').collect();
        let [zone, province, unit] = tokens[..] else {
            return Err(FeedError::Subject {
                subject: text.into(),
                reason: "a feed's subject is giapranh.v1.feed.<zone>.<province>.<unit>",
            });
        };
        Self::new(zone, province, unit)
    }
}

/// Whether `text` may be the id of a province: a token without the `_` that parts a province from
/// its district.
pub(crate) fn is_province(text: &str) -> bool {
    is_token(text) && !text.contains('_')
}

/// The stream that a province owns. Unique over all servers.
pub fn stream_name(province: &str) -> String {
    format!("FEED_{province}")
}

/// All that a province publishes for one zone.
pub fn filter(zone: &str, province: &str) -> String {
    format!("{PREFIX}{zone}.{province}.>")
}

/// All that a province publishes: what its stream captures.
pub(crate) fn captured(province: &str) -> String {
    filter("*", province)
}

/// Where a unit says in a zone what it holds. Either may be `*`.
pub(crate) fn beacon(zone: &str, unit: &str) -> String {
    format!("{BEACON}{zone}.{unit}")
}

/// Where `responder` is asked by `requester`. Either may be `*`.
pub(crate) fn backfill(responder: &str, requester: &str) -> String {
    format!("{BACKFILL}{responder}.{requester}")
}

/// The same as it is called where the requester has an account of its own.
pub(crate) fn ask(responder: &str, requester: &str) -> String {
    format!("{ASK}{responder}.{requester}")
}

/// The same between the accounts of the requester and the responder.
pub(crate) fn serve(responder: &str, requester: &str) -> String {
    format!("{SERVE}{responder}.{requester}")
}

/// What a beacon is called where it is heard in an account of one's own.
pub(crate) fn heard(zone: &str, unit: &str) -> String {
    format!("{HEARD}{zone}.{unit}")
}

/// The last token of a subject, if it is an id: the unit that speaks or asks.
pub(crate) fn speaker(subject: &str) -> Option<&str> {
    subject.rsplit_once('.').map(|(_, last)| last).filter(|last| is_token(last))
}

/// Refuses what is no id of a unit.
pub(crate) fn check_unit(unit: &str) -> Result<(), FeedError> {
    checked("unit", unit, is_token(unit), "it is no id")
}

/// Refuses what is no id of a zone that anything is said in.
pub(crate) fn check_zone(zone: &str) -> Result<(), FeedError> {
    let is_said = is_token(zone) && zone != ZONE_LOCAL;
    checked("zone", zone, is_said, "it is no id of a zone that is published")
}

fn checked(
    what: &'static str,
    value: &str,
    ok: bool,
    reason: &'static str,
) -> Result<(), FeedError> {
    if ok { Ok(()) } else { Err(FeedError::Value { what, value: value.into(), reason }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_reads_back_as_it_was_written() {
        for (zone, province, unit) in [
            ("hcm-long-an", "hcm", "hcm"),
            ("hcm-long-an", "long-an", "long-an_duc-hoa"),
            ("directory", "brvt", "brvt"),
        ] {
            let subject = Subject::new(zone, province, unit).unwrap();
            assert_eq!(subject.to_string(), format!("giapranh.v1.feed.{zone}.{province}.{unit}"));
            assert_eq!(subject.to_string().parse::<Subject>().unwrap(), subject);
        }
    }

    #[test]
    fn what_is_no_subject_of_a_feed_is_refused() {
        for text in [
            "",
            "giapranh.v1.feed.",
            "giapranh.v1.feed.z.hcm",
            "giapranh.v1.feed.z.hcm.hcm.more",
            "giapranh.v1.feed.*.hcm.hcm",
            "giapranh.v1.feed.z.hcm.>",
            "giapranh.v1.feed.local.hcm.hcm",
            "giapranh.v1.feed.z.hcm.long-an",
            "giapranh.v1.feed.z.hcm.hcmx",
            "giapranh.v1.feed.z.hcm_q1.hcm_q1",
            "giapranh.v2.feed.z.hcm.hcm",
            "$JS.API.STREAM.DELETE.FEED_hcm",
        ] {
            assert!(text.parse::<Subject>().is_err(), "{text}");
        }
    }
}
