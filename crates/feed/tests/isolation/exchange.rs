//! Beacons and pages between all nodes, over every topology.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::future::join_all;
use giapranh_feed::Line;
use giapranh_feed::backfill::{AskError, Refusal, Request, ask, serve};
use giapranh_feed::beacon::{Heard, Listener, send};
use tokio::sync::Notify;

use crate::raw;
use crate::world::{Kind, UNITS, World};

const PATIENCE: Duration = Duration::from_secs(30);

/// A node with the library's own line: it listens to `z` and `secret`, and serves pages.
struct Member {
    unit: String,
    line: Line,
    listener: Listener,
    stop: Arc<Notify>,
}

impl Member {
    async fn start(world: &World, unit: &str) -> Self {
        let line = Line::connect(&world.line(unit)).await.unwrap();
        let mut listener = Listener::new(&line);
        let zones = ["z".to_owned(), "secret".to_owned()].into();
        listener.listen_to(&zones).await.unwrap();
        tokio::time::timeout(PATIENCE, line.up()).await.unwrap().unwrap();
        let (own, own_unit, stop) = (line.clone(), unit.to_owned(), Arc::new(Notify::new()));
        let stopped = Arc::clone(&stop);
        tokio::spawn(async move {
            let name = own_unit.clone();
            let pages = move |request: Request| {
                let page = format!("{} answers {}", name, request.requester);
                async move { Ok::<_, Refusal>(Bytes::from(page)) }
            };
            serve(&own, &own_unit, "1.0.0", &pages, stopped.notified()).await.unwrap();
        });
        Self { unit: unit.to_owned(), line, listener, stop }
    }

    async fn say(&self, zone: &str, text: &str) {
        send(&self.line, zone, &self.unit, Bytes::from(text.to_owned())).await.unwrap();
    }

    /// What comes next, if anything does.
    async fn hear(&mut self, wait: Duration) -> Option<Heard> {
        tokio::time::timeout(wait, self.listener.next()).await.ok().flatten()
    }

    /// All that comes until all of these have come: zone, unit and what was said.
    async fn hear_until(&mut self, mut wanted: Vec<Said>) -> Vec<Said> {
        let mut all = Vec::new();
        while !wanted.is_empty() {
            let heard = self.hear(PATIENCE).await;
            let heard = heard.unwrap_or_else(|| panic!("{} waits for {wanted:?}", self.unit));
            let text = String::from_utf8(heard.bytes.to_vec()).unwrap();
            let said = (heard.zone, heard.unit, text);
            wanted.retain(|other| *other != said);
            all.push(said);
        }
        all
    }
}

/// Zone, unit and what was said.
type Said = (String, String, String);

async fn all(world: &World) -> Vec<Member> {
    let mut members = join_all(UNITS.map(|unit| Member::start(world, unit))).await;
    hear_all(&mut members).await;
    members
}

/// Waits until everybody hears everybody: lines between servers come up in their own time.
async fn hear_all(members: &mut [Member]) {
    let deadline = Instant::now() + PATIENCE;
    let mut met: BTreeMap<String, Vec<String>> = BTreeMap::new();
    while met.len() < members.len() || met.values().any(|known| known.len() < UNITS.len()) {
        assert!(Instant::now() < deadline, "{met:#?}");
        for member in members.iter() {
            member.say("z", "hello").await;
        }
        for member in members.iter_mut() {
            while let Some(heard) = member.hear(Duration::from_millis(50)).await {
                let known = met.entry(member.unit.clone()).or_default();
                if !known.contains(&heard.unit) {
                    known.push(heard.unit);
                }
            }
        }
    }
}

/// Each says this in each zone.
async fn say_all(members: &[Member], text: &str) {
    for member in members {
        member.say("secret", text).await;
        member.say("z", text).await;
    }
}

/// What a unit hears when each says this in each zone, and these are in `secret`.
fn expected(secret: &[&str], unit: &str, text: &str) -> Vec<Said> {
    let said = |zone: &str, unit: &str| (zone.to_owned(), unit.to_owned(), text.to_owned());
    let whispered = secret.iter().map(|other| said("secret", other));
    let whispered = whispered.filter(|_| secret.contains(&unit));
    let mut all: Vec<_> = UNITS.iter().map(|other| said("z", other)).chain(whispered).collect();
    all.sort();
    all
}

/// Each says something in each zone: who is in a zone hears it once, and nobody else does.
async fn round(members: &mut [Member], secret: &[&str]) {
    say_all(members, "before").await;
    for member in members.iter_mut() {
        member.hear_until(expected(secret, &member.unit, "before")).await;
    }
    // What else came of that comes before the end of this.
    for text in ["said", "end"] {
        say_all(members, text).await;
    }
    for member in members.iter_mut() {
        let mut heard = member.hear_until(expected(secret, &member.unit, "end")).await;
        heard.sort();
        let said = expected(secret, &member.unit, "said");
        let mut all = [expected(secret, &member.unit, "end"), said].concat();
        all.sort();
        assert_eq!(heard, all, "{}", member.unit);
    }
}

/// Waits until a unit hears what is said in `secret`, or does not any more.
async fn until_it_hears(members: &mut [Member], unit: &str, wanted: bool) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        say_all(members, "whispered").await;
        let mut heard = false;
        for member in members.iter_mut() {
            while let Some(said) = member.hear(Duration::from_millis(100)).await {
                heard |= member.unit == unit && said.zone == "secret";
            }
        }
        if heard == wanted {
            return;
        }
        assert!(Instant::now() < deadline, "{unit} hears it: never {wanted}");
    }
}

/// Each hears each beacon of its zones once and none of another's, and each is answered by each.
async fn exchange(kind: Kind) {
    let mut world = World::start(kind);
    let mut members = all(&world).await;
    round(&mut members, &["long-an"]).await;
    for from in &members {
        for to in members.iter().filter(|to| to.unit != from.unit) {
            let page = ask(&from.line, &from.unit, &to.unit, Bytes::from_static(b"?")).await;
            let expected = format!("{} answers {}", to.unit, from.unit);
            assert_eq!(page, Ok(Bytes::from(expected)));
        }
    }
    let from = &members[0];
    let gone = ask(&from.line, &from.unit, "nobody-there", Bytes::new());
    let gone = tokio::time::timeout(PATIENCE, gone).await.unwrap();
    assert!(matches!(gone, Err(AskError::Unanswered(_))), "{gone:?}");

    // NATS's own tools see the service, with the key of its node.
    let mut tool = world.node("hcm").await.unwrap();
    let seen = tool.request("hcm", "$SRV.PING.giapranh-backfill", "", PATIENCE).await.unwrap();
    let raw::Said::Message(seen) = seen.unwrap() else { panic!("it may not ask") };
    assert!(seen.payload.contains("ping_response"), "{seen:?}");

    // A unit joins the zone, and another line is that of a node that was there all the time.
    world.zones.push(("hcm_q1".into(), "secret".into()));
    let changed = world.apply().await;
    let untouched = changed.iter().filter(|name| *name == "dong-nai" || *name == "long-an").count();
    assert_eq!(untouched, 0, "servers of provinces that it does not concern: {changed:?}");
    until_it_hears(&mut members, "hcm_q1", true).await;
    round(&mut members, &["hcm_q1", "long-an"]).await;
    // And leaves it.
    world.zones.retain(|(unit, _)| unit != "hcm_q1");
    world.apply().await;
    until_it_hears(&mut members, "hcm_q1", false).await;
    round(&mut members, &["long-an"]).await;
    for member in &members {
        let state = member.line.state();
        let state = state.borrow().clone();
        let first = matches!(state, giapranh_feed::LineState::Up { connection: 1, .. });
        assert!(first, "{}: {state}", member.unit);
        member.stop.notify_one();
    }
}

#[tokio::test]
async fn on_one_server() {
    exchange(Kind::Single).await;
}

#[tokio::test]
async fn across_hub_and_leaves() {
    exchange(Kind::Leaf).await;
}

#[tokio::test]
async fn in_a_cluster() {
    exchange(Kind::Cluster).await;
}
