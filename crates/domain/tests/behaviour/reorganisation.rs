//! The reorganisation of 2025, on a directory founded from the tables that are shipped.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use giapranh_domain::codes::EndCause;
use giapranh_domain::directory::{Unit, uncovered};
use giapranh_domain::founding::{Enrolment, enrolments, founding};
use giapranh_domain::reorganisation::{
    Ending, ReorganisationError, Sources, borders, first_step, second_step,
};
use giapranh_domain::wire::encode;
use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{Body, Directory, Level, Meta, UnitId, ZoneId};
use insta::assert_snapshot;
use uuid::Uuid;

use crate::stage::{SOURCES, id};

mod tables;
mod units;
mod zones;

const TABLES: Sources<'_> = Sources {
    units: include_str!("../../../../deploy/directory/units_2025.csv"),
    conversion: include_str!("../../../../deploy/directory/reorganisation_2025.csv"),
    adjacency: include_str!("../../../../deploy/directory/adjacency_communes_2025.csv"),
};
const BORDERS: borders::Tables<'_> =
    borders::Tables { before: SOURCES.adjacency, after: TABLES.adjacency };
const NODES: [&str; 7] =
    ["hcm", "hcm_cu-chi", "long-an", "long-an_duc-hoa", "tay-ninh", "dong-nai", "tien-giang"];
const COMMUNE: &str = "long-an_duc-hoa_my-hanh-nam";

static FOUNDED: LazyLock<Directory> = LazyLock::new(|| {
    let mut directory = Directory::new(id("hcm"));
    let mut events = founding(&SOURCES, "303/QCPH", "2024-01-01").unwrap().events;
    let enrolled = (1..).zip(NODES).map(|(key, unit)| Enrolment {
        unit: id(unit),
        public_key: [key; 32],
        serves: (unit == "long-an_duc-hoa").then(|| id(COMMUNE)).into_iter().collect(),
        nats_key: String::new(),
        nats_owner_key: String::new(),
        nats_link_key: String::new(),
        sealing_key: None,
    });
    let enrolled = enrolments(&enrolled.collect::<Vec<_>>());
    events.push(proto::DirectoryChanged { effective_from: "2024-01-01".into(), ..enrolled });
    for event in &events {
        apply(&mut directory, event);
    }
    directory
});
static AFTER_FIRST: LazyLock<Directory> = LazyLock::new(|| {
    let mut directory = FOUNDED.clone();
    let event = first(&directory).unwrap();
    apply(&mut directory, &event);
    directory
});
static AFTER_SECOND: LazyLock<Directory> = LazyLock::new(|| {
    let mut directory = AFTER_FIRST.clone();
    let event = second(&directory, &TABLES).unwrap();
    apply(&mut directory, &event);
    directory
});

fn apply(directory: &mut Directory, event: &proto::DirectoryChanged) {
    assert_eq!(directory.apply(directory.head() + 1, event), []);
}

fn endings() -> BTreeMap<UnitId, Ending> {
    let ending = |(index, unit): (u64, &str)| {
        (id(unit), Ending { epoch: 1, last: (index > 0).then_some((index, [9; 32])) })
    };
    (0..).zip(NODES).map(ending).collect()
}

fn first(directory: &Directory) -> Result<proto::DirectoryChanged, ReorganisationError> {
    first_step(directory, &endings(), "NQ 60", "2025-03-01")
}

fn second(
    directory: &Directory,
    tables: &Sources<'_>,
) -> Result<proto::DirectoryChanged, ReorganisationError> {
    second_step(directory, tables, &endings(), "NQ 202", "2025-07-01")
}

fn publish(directory: &mut Directory, day: &str, changes: Vec<Change>) {
    let changes = changes.into_iter().map(|change| proto::DirectoryChange { change: Some(change) });
    let event = proto::DirectoryChanged {
        decision: "ví dụ".into(),
        effective_from: day.into(),
        changes: changes.collect(),
    };
    apply(directory, &event);
}

fn of_level(directory: &Directory, level: Level) -> Vec<&Unit> {
    directory.units().filter(|unit| unit.level == level).collect()
}

fn counts(directory: &Directory) -> [usize; 3] {
    [Level::Province, Level::District, Level::Commune].map(|l| of_level(directory, l).len())
}

fn size(event: &proto::DirectoryChanged) -> usize {
    encode(&Body::DirectoryChanged(event.clone())).len()
}

fn zone(directory: &Directory, id: &str) -> BTreeSet<UnitId> {
    directory.zone(&id.parse().unwrap()).unwrap().members.clone()
}

/// An event about an alert that Đức Hòa issued before it ended, for the zone that it was in.
fn withdrawal(origin: &str, index: u64, head: u64) -> Meta {
    Meta {
        event_id: Uuid::from_u128(1),
        kind: "alert.withdrawn".into(),
        origin: id(origin),
        acting_unit: id(origin),
        epoch: 1,
        index,
        recorded: 0,
        directory_seq: head,
        alert: Some("long-an_duc-hoa/2024/000001".parse().unwrap()),
        drafted_by: Some("d-1".parse().unwrap()),
        approved_by: Some("d-2".parse().unwrap()),
        causes: Vec::new(),
        category: String::new(),
        urgency: String::new(),
        due: 0,
        expires: 0,
        outcome: String::new(),
        erase_by: 0,
        zones: vec!["hcm-long-an".parse().unwrap()],
        directory_link: None,
    }
}

#[test]
fn only_the_successor_withdraws_an_alert() {
    let directory = &*AFTER_SECOND;
    let judged = |origin: &str, index: u64, head: u64| {
        format!("{:?}", directory.judge(&withdrawal(origin, index, head)))
    };
    let heads = [FOUNDED.head(), AFTER_FIRST.head(), AFTER_SECOND.head()];
    let each = |origin: &str, index: u64| heads.map(|head| judged(origin, index, head));
    let (no_issuer, valid) = ("Disowned(NotIssuer)", "Valid");
    assert_eq!(each("long-an_duc-hoa", 2), [valid, "Disowned(UnitEnded)", "Disowned(UnitEnded)"]);
    assert_eq!(each("long-an_duc-hoa", 4), ["Disowned(BeyondCut)"; 3]);
    assert_eq!(each("long-an", 1), [no_issuer, valid, "Disowned(UnitEnded)"]);
    // Tây Ninh is in the zone only since it succeeded Long An.
    assert_eq!(each("tay-ninh", 9), ["Disowned(NotInZone)", "Disowned(NotInZone)", valid]);
    assert_eq!(each("hcm", 9), [no_issuer; 3]);
    let zone = "hcm-long-an".parse().unwrap();
    let entitled = directory.is_entitled(&id("tay-ninh"), &zone);
    assert!(entitled && !AFTER_FIRST.is_entitled(&id("tay-ninh"), &zone));
}

#[test]
fn nodes_that_end_are_cut_and_the_provinces_act_for_the_communes() {
    let cut = |directory: &Directory, unit: &str| -> Vec<String> {
        let cuts = directory.cuts(&id(unit)).iter();
        cuts.map(|cut| format!("{} {:?}", cut.cause, cut.last.map(|(index, _)| index))).collect()
    };
    assert_eq!(cut(&AFTER_FIRST, "hcm_cu-chi"), ["succeeded Some(1)"]);
    assert_eq!(cut(&AFTER_FIRST, "long-an_duc-hoa"), ["succeeded Some(3)"]);
    assert_eq!(cut(&AFTER_FIRST, "long-an"), [""; 0]);
    assert_eq!(cut(&AFTER_SECOND, "long-an"), ["succeeded Some(2)"]);
    let nodes = |directory: &Directory| -> Vec<String> {
        directory.nodes().map(|node| node.unit.to_string()).collect()
    };
    assert_eq!(nodes(&AFTER_FIRST), ["dong-nai", "hcm", "long-an", "tay-ninh", "tien-giang"]);
    assert_eq!(nodes(&AFTER_SECOND), ["dong-nai", "hcm", "tay-ninh"]);
    assert_eq!(AFTER_FIRST.node_of(&id(COMMUNE)), Some(&id("long-an")));
    assert_eq!(
        AFTER_FIRST.acting_units(&id("long-an")),
        BTreeSet::from([id("long-an"), id(COMMUNE)])
    );
    for commune in of_level(&AFTER_SECOND, Level::Commune) {
        let province = commune.parent.as_ref().unwrap();
        let acting = AFTER_SECOND.node_of(&commune.id);
        assert_eq!(acting, (province.as_str() != "dong-thap").then_some(province));
    }
}

#[test]
fn the_steps_are_taken_once_and_in_order() {
    let said = |result: Result<proto::DirectoryChanged, ReorganisationError>| {
        result.map(|event| event.changes.len()).unwrap_err().to_string()
    };
    let district = "ba-ria-vung-tau_ba-ria";
    assert_eq!(
        said(second(&FOUNDED, &TABLES)),
        format!(
            "the district {district} has not ended: take the first step, of 1 March 2025, before \
             this one"
        )
    );
    assert_eq!(
        said(first(&AFTER_FIRST)),
        "this step was taken before: there is no district that could end"
    );
    let head = AFTER_SECOND.head();
    assert_eq!(
        said(second(&AFTER_SECOND, &TABLES)),
        format!("this step was taken before: head {head} merged provinces")
    );
    assert_eq!(
        said(first_step(&FOUNDED, &endings(), "", "1/3/2025")),
        "\"1/3/2025\" is not the day from which the decision has effect; write it as 2025-03-01"
    );
    let earlier = said(first_step(&FOUNDED, &endings(), "", "2023-12-31"));
    assert!(earlier.starts_with("the step contradicts the directory: The decision before"));
}

#[test]
fn a_node_whose_end_is_unknown_stops_the_step() {
    let mut endings = endings();
    endings.remove(&id("hcm_cu-chi"));
    let refused = first_step(&FOUNDED, &endings, "", "2025-03-01").unwrap_err();
    assert_eq!(refused, ReorganisationError::NoEnding(vec![id("hcm_cu-chi")]));
    assert_snapshot!(refused, @"how far do the logs of these nodes count, whose units end: hcm_cu-chi? Wait until this node has all that they published, so that it can name their last events; or cut their feeds first, each in a decision of its own");
    endings.insert(id("hcm_cu-chi"), Ending { epoch: 2, last: None });
    assert_snapshot!(first_step(&FOUNDED, &endings, "", "2025-03-01").unwrap_err(), @"hcm_cu-chi: its node signs epoch 1, but an ending of epoch 2 was given");
    // A district without a node needs none, and one that was cut before is cut.
    let mut directory = FOUNDED.clone();
    let cut = |unit: &str| {
        Change::CutMade(proto::CutMade {
            origin: unit.into(),
            epoch: 1,
            cause: "revoked".into(),
            nothing: true,
            ..proto::CutMade::default()
        })
    };
    publish(&mut directory, "2025-01-01", vec![cut("hcm_cu-chi")]);
    endings.remove(&id("hcm_cu-chi"));
    first_step(&directory, &endings, "", "2025-03-01").unwrap();
    // Nor does one whose key nobody confirmed.
    let mut directory = FOUNDED.clone();
    let waiting = proto::NodeEnrolled {
        unit: "tay-ninh_trang-bang".into(),
        public_key: vec![77; 32],
        needs_confirmation: true,
        ..proto::NodeEnrolled::default()
    };
    publish(&mut directory, "2025-01-01", vec![Change::NodeEnrolled(waiting)]);
    let event = first(&directory).unwrap();
    apply(&mut directory, &event);
    assert_eq!(directory.cuts(&id("tay-ninh_trang-bang"))[0].last, None);
}

#[test]
fn who_keeps_the_directory_hands_it_over_before_it_ends() {
    let mut directory = AFTER_FIRST.clone();
    let named = |unit: &str, key: u8| {
        Change::RegistrarNamed(proto::RegistrarNamed {
            unit: unit.into(),
            epoch: 1,
            public_key: vec![key; 32],
            ..proto::RegistrarNamed::default()
        })
    };
    publish(&mut directory, "2025-06-01", vec![named("long-an", 3)]);
    assert_eq!(directory.registrar(), &id("long-an"));
    assert_snapshot!(second(&directory, &TABLES).unwrap_err(), @"long-an keeps the directory and ends by this step: hand the directory over first");
    publish(&mut directory, "2025-06-02", vec![named("tay-ninh", 5)]);
    let event = second(&directory, &TABLES).unwrap();
    apply(&mut directory, &event);
}
