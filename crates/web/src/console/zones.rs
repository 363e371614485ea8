//! `/zones`: the border zones on a map and in a list beside it with the same numbers, and how the
//! neighbours' nodes are.
//!
//! The map is one file for all pages, whose parts a page refers to: `deploy/map/draw.py` draws it. A
//! zone that is not on it stands in the list alone.

use std::sync::OnceLock;

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use giapranh_views::ZoneCounts;
use serde::Deserialize;

use super::Desk;
use super::address::Address;
use crate::api::zones::Period;
use crate::peers::{Peer, Peers, TailState};
use crate::problem::Problem;

/// Where on the map the names of provinces and the numbers of zones stand.
const PLACES: &str = include_str!("../../assets/zones.csv");

/// What is asked for, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Anything else than a period is the usual one.
    period: String,
}

/// A place on the map.
struct Place {
    kind: &'static str,
    id: &'static str,
    x: i32,
    y: i32,
}

fn places() -> &'static [Place] {
    static PLACES_READ: OnceLock<Vec<Place>> = OnceLock::new();
    PLACES_READ.get_or_init(|| {
        let place = |line: &'static str| {
            let mut cells = line.split(',');
            let (kind, id) = (cells.next()?, cells.next()?);
            Some(Place { kind, id, x: cells.next()?.parse().ok()?, y: cells.next()?.parse().ok()? })
        };
        PLACES.lines().filter_map(place).collect()
    })
}

/// A zone as it is shown.
struct Zone {
    counts: ZoneCounts,
    name: String,
    /// Where its alerts are listed.
    alerts: String,
    /// Where its number stands on the map.
    place: Option<&'static Place>,
    /// How much there is, of four: what its line is drawn by.
    level: u8,
}

#[derive(Template)]
#[template(path = "zones.html")]
struct ZonesPage<'a> {
    desk: &'a Desk,
    period: Period,
    zones: Vec<Zone>,
    peers: Peers,
}

/// `GET /zones`.
pub async fn show(
    desk: Desk,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter?;
    let period = Period::ALL.into_iter().find(|period| period.code() == filter.period);
    let period = period.unwrap_or_default();
    let look = move |views: &giapranh_views::Views, viewer: Option<&_>, now| {
        views.zone_counts(viewer, period.since(now), now)
    };
    let counts = desk.read(look).await?;
    let most = counts.iter().map(|zone| zone.active).max().unwrap_or(0);
    let zones = counts.into_iter().map(|counts| zone(&desk, counts, most)).collect();
    let peers = desk.app().backend.peers().await;
    desk.page(&ZonesPage { desk: &desk, period, zones, peers })
}

fn zone(desk: &Desk, counts: ZoneCounts, most: u64) -> Zone {
    let id = counts.zone.as_str();
    Zone {
        name: desk.zone_name(id),
        alerts: Address::of("/alerts").with("zone", id).into(),
        place: places().iter().find(|place| place.kind == "zone" && place.id == id),
        level: level(counts.active, most),
        counts,
    }
}

/// Nothing, some, much, most: in thirds of the zone that has most.
fn level(count: u64, most: u64) -> u8 {
    match count {
        0 => 0,
        _ if count * 3 <= most => 1,
        _ if count * 3 <= most * 2 => 2,
        _ => 3,
    }
}

impl ZonesPage<'_> {
    fn periods(&self) -> [(&'static str, bool); 4] {
        Period::ALL.map(|period| (period.code(), period == self.period))
    }

    /// Width and height of the map.
    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn size(&self) -> String {
        let size = places().iter().find(|place| place.kind == "size");
        size.map_or_else(|| "0 0".to_owned(), |size| format!("{} {}", size.x, size.y))
    }

    /// The provinces that are on the map, as people call them, and where.
    fn provinces(&self) -> Vec<(String, i32, i32)> {
        let provinces = places().iter().filter(|place| place.kind == "province");
        let named = |place: &Place| {
            let name = self.desk.unit_name(place.id);
            let plain = ["Tỉnh ", "Thành phố "].iter().find_map(|kind| name.strip_prefix(kind));
            (plain.unwrap_or(&name).to_owned(), place.x, place.y)
        };
        provinces.map(named).collect()
    }

    fn on_map(&self) -> impl Iterator<Item = (&Zone, &'static Place)> {
        self.zones.iter().filter_map(|zone| Some((zone, zone.place?)))
    }

    fn map(&self, part: &str) -> String {
        format!("{}#{part}", self.desk.asset("zones.svg"))
    }

    /// What a number on the map says, for who points at it or has it read out.
    fn told(&self, zone: &Zone) -> String {
        let ZoneCounts { active, urgent, hits, .. } = zone.counts;
        let values = [
            ("zone", zone.name.as_str().into()),
            ("active", active.into()),
            ("urgent", urgent.into()),
            ("hits", hits.into()),
        ];
        self.desk.words.with("zones-told", &values)
    }

    fn own_tail(&self) -> bool {
        self.peers.tail.state == TailState::Whole
    }

    /// How long a neighbour has been silent.
    fn heard(&self, peer: &Peer) -> String {
        match peer.silent_ms {
            Some(silent) => {
                let age = self.desk.words.age(self.desk.now.saturating_sub(silent), self.desk.now);
                self.desk.words.x("zones-ago", age)
            }
            None => self.desk.words.t("zones-never").into_owned(),
        }
    }

    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn lacks_here(&self, peer: &Peer) -> u64 {
        peer.zones.iter().map(|zone| zone.lacks_here).sum()
    }

    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn lacks_there(&self, peer: &Peer) -> u64 {
        peer.zones.iter().map(|zone| zone.lacks_there).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTLINES: &str = include_str!("../../assets/zones.svg");

    #[test]
    fn a_zone_is_drawn_by_thirds_of_what_the_fullest_has() {
        let levels: Vec<u8> = (0..=9).map(|count| level(count, 9)).collect();
        assert_eq!(levels, [0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
        assert_eq!((level(0, 0), level(1, 1)), (0, 3));
    }

    #[test]
    fn the_outlines_are_light_and_every_place_is_on_them() {
        assert!(OUTLINES.len() < 160 * 1024, "{}", OUTLINES.len());
        let size = places().iter().find(|place| place.kind == "size").unwrap();
        assert!(OUTLINES.contains(&format!("viewBox=\"0 0 {} {}\"", size.x, size.y)));
        let zones: Vec<&Place> = places().iter().filter(|place| place.kind == "zone").collect();
        assert_eq!(zones.len(), 11);
        for Place { id, x, y, .. } in &zones {
            assert!(OUTLINES.contains(&format!("<path id=\"{id}\"")), "{id}");
            assert!((0..size.x).contains(x) && (0..size.y).contains(y), "{id}");
        }
        assert_eq!(places().iter().filter(|place| place.kind == "province").count(), 7);
        for part in ["land", "districts", "frame"] {
            assert!(OUTLINES.contains(&format!("<path id=\"{part}\"")), "{part}");
        }
    }
}
