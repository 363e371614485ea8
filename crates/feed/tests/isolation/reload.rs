//! A changed directory reaches running servers without throwing anybody out but who is to go.

use std::time::Duration;

use crate::raw::{Message, Raw, Said};
use crate::world::{Kind, World};

const WAIT: Duration = Duration::from_secs(10);

/// Publishes as a unit in the zone `z`, as soon as the stream is there.
async fn publish(node: &mut Raw, unit: &str, text: &str) {
    let province = unit.split('_').next().unwrap();
    let subject = format!("giapranh.v1.feed.z.{province}.{unit}");
    for _ in 0..100 {
        let answer = node.request(unit, &subject, text, WAIT).await.unwrap();
        match answer {
            Some(Said::Message(ack)) if ack.payload.contains("\"seq\"") => return,
            // Interest travels from server to server.
            Some(Said::Message(ack)) if ack.is_no_responders() => {}
            other => panic!("{subject}: {other:?}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{subject} never reached a stream");
}

/// Leaves a pull standing that hands out what comes.
async fn pull(node: &mut Raw, unit: &str, province: &str) {
    let inbox = node.inbox(&format!("_INBOX_{unit}")).await.unwrap();
    let subject = format!("$JS.{province}.API.CONSUMER.MSG.NEXT.FEED_{province}.{unit}");
    let body = r#"{"batch":100,"expires":60000000000}"#;
    for _ in 0..100 {
        node.publish(&subject, Some(&inbox), &[], body).await.unwrap();
        let said = node.settle().await.unwrap();
        if !matches!(&said[..], [Said::Message(message)] if message.is_no_responders()) {
            assert_eq!(said, [], "{subject}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{subject} never reached a stream");
}

/// What comes next from a standing pull, acknowledged.
async fn arrival(node: &mut Raw) -> String {
    let Some(Said::Message(Message { reply: Some(ack), payload, .. })) =
        node.next(WAIT).await.unwrap()
    else {
        panic!("no message came")
    };
    node.publish(&ack, None, &[], "+ACK").await.unwrap();
    payload
}

/// Whether a node reaches the stream of a province.
async fn reaches(node: &mut Raw, unit: &str, province: &str) -> bool {
    let info = format!("$JS.{province}.API.CONSUMER.INFO.FEED_{province}.{unit}");
    let answer = node.request(unit, &info, "", Duration::from_millis(300)).await.unwrap();
    matches!(answer, Some(Said::Message(found)) if !found.is_no_responders())
}

/// Waits until it does, or does not any more.
async fn until_it_reaches(node: &mut Raw, unit: &str, province: &str, wanted: bool) {
    for _ in 0..200 {
        if reaches(node, unit, province).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{unit} reaches {province}: never {wanted}");
}

/// A province whose server's key was replaced or revoked is cut off until its server has the new
/// one; its own nodes work on.
async fn relink(world: &mut World, hcm: &mut Raw, dong_nai: &mut Raw) {
    until_it_reaches(hcm, "hcm", "dong-nai", true).await;
    until_it_reaches(dong_nai, "dong-nai", "hcm", true).await;

    world.unlinked = Some("dong-nai".into());
    assert_eq!(world.apply().await, ["hub"]);
    until_it_reaches(hcm, "hcm", "dong-nai", false).await;
    until_it_reaches(dong_nai, "dong-nai", "hcm", false).await;
    until_it_reaches(dong_nai, "dong-nai", "dong-nai", true).await;

    world.unlinked = None;
    world.relink("dong-nai");
    assert_eq!(world.apply().await, ["hub"]);
    assert!(!reaches(hcm, "hcm", "dong-nai").await, "it still has the old key");
    assert!(!reaches(dong_nai, "dong-nai", "hcm").await, "it still has the old key");
    world.servers.remove("dong-nai");
    world.start_server("dong-nai");
    until_it_reaches(hcm, "hcm", "dong-nai", true).await;

    world.relink("dong-nai");
    assert_eq!(world.apply().await, ["hub"]);
    until_it_reaches(hcm, "hcm", "dong-nai", false).await;
}

/// A unit, a province with its stream, and then nobody: added and taken away while others work.
async fn grow_and_shrink(kind: Kind) {
    let units = ["hcm", "hcm_q1", "long-an"];
    let mut world = World::start_with(kind, &["hcm", "long-an"], &units);
    for province in ["hcm", "long-an"] {
        world.make_stream(province, &units).await;
    }
    let mut hcm = world.node("hcm").await.unwrap();
    let mut q1 = world.node("hcm_q1").await.unwrap();
    let mut long_an = world.node("long-an").await.unwrap();
    let mut owner = world.owner("long-an").await.unwrap();
    pull(&mut hcm, "hcm", "long-an").await;
    publish(&mut long_an, "long-an", "before").await;
    assert_eq!(arrival(&mut hcm).await, "before");

    world.units.push("long-an_duc-hoa".into());
    world.apply().await;
    let mut duc_hoa = world.node("long-an_duc-hoa").await.unwrap();
    publish(&mut duc_hoa, "long-an_duc-hoa", "from a new unit").await;
    assert_eq!(arrival(&mut hcm).await, "from a new unit", "over the pull that stood before");
    world.make_stream("hcm", &["long-an_duc-hoa"]).await;
    pull(&mut duc_hoa, "long-an_duc-hoa", "hcm").await;
    publish(&mut q1, "hcm_q1", "to a new unit").await;
    assert_eq!(arrival(&mut duc_hoa).await, "to a new unit");

    world.provinces.push("dong-nai".into());
    world.units.push("dong-nai".into());
    world.apply().await;
    if kind == Kind::Leaf {
        world.start_server("dong-nai");
    }
    world.make_stream("dong-nai", &["hcm", "dong-nai"]).await;
    world.make_stream("hcm", &["dong-nai"]).await;
    let mut dong_nai = world.node("dong-nai").await.unwrap();
    publish(&mut long_an, "long-an", "still").await;
    assert_eq!(arrival(&mut hcm).await, "still", "over the pull that stood before");
    pull(&mut hcm, "hcm", "dong-nai").await;
    publish(&mut dong_nai, "dong-nai", "from a new province").await;
    assert_eq!(arrival(&mut hcm).await, "from a new province");

    world.units.retain(|unit| unit != "hcm_q1");
    world.apply().await;
    assert!(q1.settle().await.is_err(), "who was removed is thrown out");
    let refused = world.node("hcm_q1").await.err();
    assert_eq!(refused.as_deref(), Some("Authorization Violation"));
    let stayed = [&mut hcm, &mut long_an, &mut owner, &mut duc_hoa, &mut dong_nai];
    for node in stayed {
        assert_eq!(node.settle().await, Ok(Vec::new()), "the others stay");
    }
    publish(&mut long_an, "long-an", "after").await;
    assert_eq!(arrival(&mut hcm).await, "after", "over the pull that stood before");
    if kind == Kind::Leaf {
        relink(&mut world, &mut hcm, &mut dong_nai).await;
    }
}

#[tokio::test]
async fn one_server_takes_a_changed_directory_over() {
    grow_and_shrink(Kind::Single).await;
}

#[tokio::test]
async fn hub_and_leaves_take_a_changed_directory_over() {
    grow_and_shrink(Kind::Leaf).await;
}

#[tokio::test]
async fn a_cluster_takes_a_changed_directory_over() {
    grow_and_shrink(Kind::Cluster).await;
}
