//! Beacons are heard in the zones that were asked for, once, and never pile up.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use giapranh_feed::beacon::{Heard, Listener, send};
use giapranh_feed::{FeedError, Line};

use crate::support::{Setup, connect, in_time, settled, setup};

fn zones(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

async fn say(line: &Line, zone: &str, unit: &str, text: &str) {
    send(line, zone, unit, Bytes::from(text.to_owned())).await.unwrap();
}

fn heard(zone: &str, unit: &str, text: &str) -> Heard {
    Heard { zone: zone.into(), unit: unit.into(), bytes: Bytes::from(text.to_owned()) }
}

/// A listener whose subscriptions have reached the server.
async fn listening(setup: &Setup, names: &[&str]) -> (Line, Listener) {
    let line = connect(&setup.server.url()).await;
    line.up().await.unwrap();
    let mut listener = Listener::new(&line);
    listen(&line, &mut listener, names).await;
    (line, listener)
}

async fn listen(line: &Line, listener: &mut Listener, names: &[&str]) {
    listener.listen_to(&zones(names)).await.unwrap();
    settled(line).await;
}

async fn next(listener: &mut Listener) -> Heard {
    in_time("a beacon", listener.next()).await.unwrap()
}

#[tokio::test]
async fn a_beacon_is_heard_once_by_each_who_asked_for_its_zone() {
    let setup = setup().await;
    let (_first, mut first) = listening(&setup, &["a", "b"]).await;
    let (_second, mut second) = listening(&setup, &["b"]).await;
    for (zone, unit, text) in
        [("a", "hcm", "1"), ("b", "long-an_duc-hoa", "2"), ("c", "hcm", "3"), ("b", "hcm", "4")]
    {
        say(&setup.line, zone, unit, text).await;
    }
    // One zone after the other: only within one is the order kept.
    let mut both = vec![next(&mut first).await, next(&mut first).await, next(&mut first).await];
    both.sort_by(|one, other| one.bytes.cmp(&other.bytes));
    assert_eq!(
        both,
        [heard("a", "hcm", "1"), heard("b", "long-an_duc-hoa", "2"), heard("b", "hcm", "4")]
    );
    assert_eq!(next(&mut second).await, heard("b", "long-an_duc-hoa", "2"));
    assert_eq!(next(&mut second).await, heard("b", "hcm", "4"));
    say(&setup.line, "b", "hcm", "last").await;
    assert_eq!(next(&mut first).await, heard("b", "hcm", "last"), "nothing twice");
    assert_eq!(next(&mut second).await, heard("b", "hcm", "last"), "nothing of another zone");
}

#[tokio::test]
async fn zones_come_and_go_without_a_gap_for_those_that_stay() {
    let setup = setup().await;
    let (line, mut listener) = listening(&setup, &["a", "b"]).await;
    say(&setup.line, "a", "hcm", "1").await;
    assert_eq!(next(&mut listener).await, heard("a", "hcm", "1"));
    listen(&line, &mut listener, &["b", "c"]).await;
    for (zone, text) in [("a", "2"), ("c", "3"), ("b", "4")] {
        say(&setup.line, zone, "hcm", text).await;
    }
    let mut both = vec![next(&mut listener).await, next(&mut listener).await];
    both.sort_by(|one, other| one.bytes.cmp(&other.bytes));
    assert_eq!(both, [heard("c", "hcm", "3"), heard("b", "hcm", "4")]);
}

#[tokio::test]
async fn hearing_goes_on_when_the_server_was_killed() {
    let mut setup = setup().await;
    let (line, mut listener) = listening(&setup, &["a"]).await;
    setup.server.restart().unwrap();
    let again = async {
        loop {
            // Each line comes back in its own time; what is said before is lost.
            let _ = send(&setup.line, "a", "hcm", Bytes::from_static(b"again")).await;
            if let Ok(heard) =
                tokio::time::timeout(Duration::from_millis(100), listener.next()).await
            {
                break heard.unwrap();
            }
        }
    };
    assert_eq!(in_time("a beacon after the restart", again).await, heard("a", "hcm", "again"));
    line.drain().await;
    assert_eq!(in_time("the end", async { while listener.next().await.is_some() {} }).await, ());
}

#[tokio::test]
async fn what_nobody_looks_at_is_dropped_and_counted() {
    let setup = setup().await;
    let (line, mut listener) = listening(&setup, &["a"]).await;
    let before = line.traffic();
    for number in 0..500 {
        say(&setup.line, "a", "hcm", &format!("{number:03}")).await;
    }
    say(&setup.line, "a", "long-an", "other").await;
    let all = async {
        while line.traffic().beacons_heard.messages - before.beacons_heard.messages < 501 {
            tokio::task::yield_now().await;
        }
    };
    in_time("all beacons to come", all).await;
    let traffic = line.traffic();
    assert_eq!(traffic.beacons_dropped, 496);
    assert_eq!(traffic.beacons_heard.bytes - before.beacons_heard.bytes, 500 * 3 + 5);
    assert_eq!(setup.line.traffic().beacons_sent.messages, 501);
    for number in 496..500 {
        assert_eq!(next(&mut listener).await, heard("a", "hcm", &number.to_string()));
    }
    assert_eq!(next(&mut listener).await, heard("a", "long-an", "other"));
}

#[tokio::test]
async fn what_is_no_id_is_neither_said_nor_listened_to() {
    let mut setup = setup().await;
    let mut listener = Listener::new(&setup.line);
    for zone in ["", "*", ">", "a.b", "local", "A"] {
        let said = send(&setup.line, zone, "hcm", Bytes::new()).await;
        assert!(matches!(said, Err(FeedError::Value { what: "zone", .. })), "{zone}");
        assert!(listener.listen_to(&zones(&[zone])).await.is_err(), "{zone}");
    }
    let said = send(&setup.line, "a", "*", Bytes::new()).await;
    assert!(matches!(said, Err(FeedError::Value { what: "unit", .. })));
    setup.server.kill();
    let down = async { while send(&setup.line, "a", "hcm", Bytes::new()).await.is_ok() {} };
    in_time("the line to be lost", down).await;
    let lost = send(&setup.line, "a", "hcm", Bytes::new()).await.unwrap_err();
    assert!(lost.is_retryable(), "{lost}");
}
