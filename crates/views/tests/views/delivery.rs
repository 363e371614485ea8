//! Who holds what of an alert, by what peers said.

use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{AlertId, Body, Directory, UnitId};
use giapranh_views::{Delivery, EventDelivery, Projector, Views, rebuild};

use crate::cluster::{
    ALERT, Cluster, Log, START_MS, Sketch, ZONE, enrol, projected, register, registrar, version,
    zone,
};

/// Ho Chi Minh City with two neighbours in a zone, and one of them in another.
fn founded() -> (Cluster, Log) {
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.decide(vec![
        register("dong-nai", "", "province"),
        register("tay-ninh", "", "province"),
        enrol("dong-nai", &[]),
        enrol("tay-ninh", &[]),
        zone("other", &["hcm", "long-an", "dong-nai"]),
    ]));
    (cluster, Log::of(&events))
}

fn redrawn(id: &str, joined: &[&str], left: &[&str]) -> Change {
    let texts = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
    let (joined, left) = (texts(joined), texts(left));
    Change::ZoneRedrawn(proto::ZoneRedrawn { id: id.into(), joined, left, ..Default::default() })
}

struct Shown {
    views: Views,
    projector: Projector,
    dir: tempfile::TempDir,
}

fn shown(log: &Log) -> Shown {
    let dir = tempfile::tempdir().unwrap();
    let (projector, views) = projected(dir.path(), log, 2);
    Shown { views, projector, dir }
}

impl Shown {
    fn directory(&self) -> std::sync::Arc<Directory> {
        self.projector.directory()
    }

    fn delivery(&self, node: &str) -> Option<Delivery> {
        let (alert, node): (AlertId, UnitId) = (ALERT.parse().unwrap(), node.parse().unwrap());
        self.views.delivery(&alert, &node, &self.directory(), None, 0).unwrap()
    }
}

/// `held of all: unit since-second or not, ! where it may not read any more`.
fn text(event: &EventDelivery) -> String {
    let node = |node: &giapranh_views::NodeDelivery| {
        let since = node.held_since_ms.map(|since| (since - START_MS) / 1_000);
        let since = since.map_or_else(|| "-".to_owned(), |since| since.to_string());
        format!(" {}{}={since}", if node.entitled { "" } else { "!" }, node.unit)
    };
    let nodes: String = event.nodes.iter().map(node).collect();
    format!("{}/{}:{nodes}", event.held, event.held + event.missing)
}

fn texts(delivery: Option<Delivery>) -> Vec<String> {
    delivery.unwrap().events.iter().map(text).collect()
}

#[test]
fn an_event_is_held_since_its_feed_was_first_said_to_reach_it() {
    let (mut cluster, mut log) = founded();
    log.append(&cluster.issue(ALERT, "Truy nã"));
    log.append(&cluster.issue("hcm/2024/000002", "Tin khác"));
    log.append(&cluster.amend("Truy nã, bổ sung"));
    assert_eq!(texts(shown(&log).delivery("hcm")), ["0/1: long-an=-", "0/1: long-an=-"]);
    // The seventh thing that anybody said is the first beacon.
    log.append(&cluster.heard("long-an", ZONE, &[(1, 2)]));
    let first = ["1/1: long-an=8", "0/1: long-an=-"];
    assert_eq!(texts(shown(&log).delivery("hcm")), first);
    // Of another zone, of another epoch, and what is said again, change nothing.
    log.append(&cluster.heard("long-an", "other", &[(1, 9)]));
    log.append(&cluster.heard("long-an", ZONE, &[(2, 9)]));
    log.append(&cluster.heard("long-an", ZONE, &[(1, 2)]));
    assert_eq!(texts(shown(&log).delivery("hcm")), first);
    log.append(&cluster.heard("long-an", ZONE, &[(1, 7)]));
    let both = ["1/1: long-an=8", "1/1: long-an=16"];
    assert_eq!(texts(shown(&log).delivery("hcm")), both);
}

#[test]
fn an_event_of_two_zones_is_held_by_who_holds_either() {
    let (mut cluster, mut log) = founded();
    let body = Body::AlertIssued(version(1, "Truy nã", &[ZONE, "other"]));
    let sketch = cluster.sketch("alert.issued", body);
    let zones = vec![ZONE.into(), "other".into()];
    log.append(&cluster.publish("hcm", Sketch { zones, ..sketch }));
    assert_eq!(texts(shown(&log).delivery("hcm")), ["0/2: dong-nai=- long-an=-"]);
    log.append(&cluster.heard("dong-nai", "other", &[(1, 1)]));
    log.append(&cluster.heard("long-an", ZONE, &[(1, 1)]));
    log.append(&cluster.heard("long-an", "other", &[(1, 1)]));
    assert_eq!(texts(shown(&log).delivery("hcm")), ["2/2: dong-nai=6 long-an=8"]);
}

#[test]
fn who_left_the_zone_is_shown_as_holding_what_it_holds_and_who_joined_as_lacking_it() {
    let (mut cluster, mut log) = founded();
    log.append(&cluster.issue(ALERT, "Truy nã"));
    log.append(&cluster.heard("long-an", ZONE, &[(1, 1)]));
    log.append(&cluster.decide(vec![redrawn(ZONE, &["tay-ninh"], &["long-an"])]));
    assert_eq!(texts(shown(&log).delivery("hcm")), ["0/1: !long-an=6 tay-ninh=-"]);
}

#[test]
fn only_what_the_node_itself_published_has_a_delivery() {
    let (mut cluster, mut log) = founded();
    assert_eq!(shown(&log).delivery("hcm"), None);
    log.append(&cluster.issue(ALERT, "Truy nã"));
    log.append(&cluster.hit("long-an"));
    let delivery = shown(&log).delivery("hcm").unwrap();
    let kinds: Vec<&str> = delivery.events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["alert.issued"]);
    // At the other one, whose hit it is.
    assert_eq!(texts(shown(&log).delivery("long-an")), ["0/1: hcm=-"]);
    assert_eq!(texts(shown(&log).delivery("dong-nai")), Vec::<String>::new());
}

#[test]
fn a_rebuild_shows_the_same_delivery_and_the_digest_does_not_know_it() {
    let (mut cluster, mut log) = founded();
    log.append(&cluster.issue(ALERT, "Truy nã"));
    log.append(&cluster.amend("Truy nã, bổ sung"));
    let bare = log.clone();
    log.append(&cluster.heard("long-an", ZONE, &[(1, 1)]));
    let nonsense = Body::DeliveryNoted(b"no beacon".as_slice().into());
    log.append(&cluster.note("hcm", "delivery.noted", nonsense));
    log.append(&cluster.heard("long-an", ZONE, &[(1, 2)]));
    let noted = shown(&log);
    assert_eq!(noted.views.digest().unwrap(), shown(&bare).views.digest().unwrap());
    let before = noted.delivery("hcm");
    assert_eq!(texts(before.clone()), ["1/1: long-an=7", "1/1: long-an=10"]);
    rebuild(noted.dir.path(), &registrar(), &log, &mut |_, _| {}).unwrap();
    assert_eq!(noted.delivery("hcm"), before);
}
