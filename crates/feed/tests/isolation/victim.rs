//! The stream that is aimed at, seen as its owner sees it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::raw::{Raw, Said};
use crate::world::{PROVINCES, UNITS, World, ask};

/// What only members of the zone `secret` may read.
pub const SECRET: &str = "SECRET";

/// Makes every stream and durable, and puts something into them. Each durable has one message out
/// that is not acknowledged.
pub async fn prepare(world: &World) {
    for province in PROVINCES {
        world.make_stream(province, &UNITS).await;
    }
    for unit in UNITS {
        let mut node = world.node(unit).await.unwrap();
        publish(&mut node, unit, "z", "open").await;
        publish(&mut node, unit, "secret", SECRET).await;
    }
    for unit in UNITS {
        let mut node = world.node(unit).await.unwrap();
        pull_one(&mut node, unit).await;
    }
}

/// Publishes on a unit's own subject, once the stream is there.
pub async fn publish(node: &mut Raw, unit: &str, zone: &str, text: &str) {
    let home = home(unit);
    ask(node, unit, &format!("giapranh.v1.feed.{zone}.{home}.{unit}"), text).await;
}

/// Pulls a message from `long-an`, until one comes.
pub async fn pull_one(node: &mut Raw, unit: &str) {
    let subject = format!("$JS.long-an.API.CONSUMER.MSG.NEXT.FEED_long-an.{unit}");
    ask(node, unit, &subject, r#"{"batch":1,"expires":5000000000}"#).await;
}

pub fn home(unit: &str) -> &str {
    unit.split('_').next().unwrap()
}

/// All that a unit other than `me` could be hurt by.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    stream: Value,
    messages: BTreeMap<String, u64>,
    durables: BTreeMap<String, Value>,
}

pub async fn state(owner: &mut Raw, me: &str) -> State {
    let info = json(owner, "$JS.API.STREAM.INFO.FEED_long-an", r#"{"subjects_filter":">"}"#).await;
    let own = format!(".long-an.{me}");
    let subjects = info["state"]["subjects"].as_object().cloned().unwrap_or_default();
    let messages = subjects
        .into_iter()
        // What is published there is published by the one who was poisoned.
        .filter(|(subject, _)| !subject.ends_with(&own) && !subject.contains(".poisoned."))
        .map(|(subject, count)| (subject, count.as_u64().unwrap()))
        .collect();
    let list = json(owner, "$JS.API.CONSUMER.LIST.FEED_long-an", "").await;
    let durable = |found: &Value| {
        let name = found["name"].as_str().unwrap().to_owned();
        let mut kept = json!({ "config": found["config"], "created": found["created"] });
        for key in ["delivered", "ack_floor"] {
            // Without the moment of the last activity.
            kept[key] = json!([found[key]["consumer_seq"], found[key]["stream_seq"]]);
        }
        for key in ["num_ack_pending", "num_redelivered", "num_waiting", "paused", "push_bound"] {
            kept[key] = found[key].clone();
        }
        (name != me).then_some((name, kept))
    };
    let durables = list["consumers"].as_array().unwrap().iter().filter_map(durable).collect();
    let stream = json!([info["config"], info["created"], info["state"]["num_deleted"]]);
    State { stream, messages, durables }
}

async fn json(owner: &mut Raw, subject: &str, payload: &str) -> Value {
    serde_json::from_str(&ask(owner, "long-an", subject, payload).await).unwrap()
}

/// Whether something was said that only the zone may know.
pub fn is_secret(said: &Said) -> bool {
    matches!(said, Said::Message(message) if message.payload.contains(SECRET))
}
