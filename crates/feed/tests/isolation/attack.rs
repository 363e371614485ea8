//! Tries things, and judges what the server made of them.

use std::time::Duration;

use bytes::Bytes;
use giapranh_feed::Line;
use giapranh_feed::outbox::{Outgoing, last_published, publish as publish_events};
use uuid::Uuid;

use crate::raw::{Raw, Said};
use crate::rows::{Outcome, Row, Try};
use crate::victim::{self, State, home, is_secret};
use crate::world::{Kind, World};

/// Longer than an answer takes, through all servers.
const WAIT: Duration = Duration::from_millis(250);
/// The same on a machine that is busy, where an answer is what is expected.
const PATIENCE: Duration = Duration::from_secs(3);

/// Who tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Node(&'static str),
    Owner(&'static str),
    /// Has the key that a province's server is known by at the hub.
    Server(&'static str),
    Hub,
}

impl Who {
    /// Which of a row's expectations is its.
    pub fn column(self) -> usize {
        match self {
            Self::Node("long-an_duc-hoa") => 1,
            Self::Node(_) => 0,
            Self::Owner(_) => 2,
            Self::Server(_) => 3,
            Self::Hub => 4,
        }
    }

    fn me(self) -> &'static str {
        match self {
            Self::Node(unit) | Self::Owner(unit) | Self::Server(unit) => unit,
            // Whom it would pass for.
            Self::Hub => "hcm",
        }
    }

    fn other(self) -> &'static str {
        if self.me() == "dong-nai" { "hcm" } else { "dong-nai" }
    }

    pub async fn connect(self, world: &World) -> Raw {
        let raw = match self {
            Self::Node(unit) => world.node(unit).await,
            Self::Owner(province) => world.owner(province).await,
            Self::Server(_) => Raw::connect(world.rogue_port, None, None).await,
            Self::Hub => {
                let (papers, seed) = (world.papers("auditor"), world.seed("operator"));
                Raw::connect(world.ports["hub"], Some(&papers), Some(seed)).await
            }
        };
        raw.unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }

    /// Requests that it may make: subject and payload.
    fn requests(self) -> Vec<(String, &'static str)> {
        let me = self.me();
        let pull = |api: &str, province: &str| {
            (
                format!("{api}.CONSUMER.MSG.NEXT.FEED_{province}.{me}"),
                // Nothing may be left: an empty answer is one, too.
                r#"{"batch":1,"no_wait":true}"#,
            )
        };
        let mut requests = vec![
            (format!("$JS.long-an.API.CONSUMER.INFO.FEED_long-an.{me}"), ""),
            pull("$JS.long-an.API", "long-an"),
            (format!("$JS.ACK.FEED_long-an.{me}.1.1.1.1.0"), "+ACK"),
        ];
        match self {
            Self::Node(_) => {
                let own = format!("giapranh.v1.feed.z.{0}.{me}", home(me));
                requests.push((format!("$JS.API.DIRECT.GET.FEED_{}.{own}", home(me)), ""));
                requests.push((own, "x"));
            }
            Self::Owner(_) => {
                requests.clear();
                requests.push((format!("$JS.API.STREAM.INFO.FEED_{me}"), ""));
                requests.push((format!("$JS.API.CONSUMER.LIST.FEED_{me}"), ""));
                requests.push((format!("$JS.API.CONSUMER.INFO.FEED_{me}.{me}"), ""));
            }
            Self::Server(_) | Self::Hub => {}
        }
        requests
    }

    fn fill(self, text: &str) -> String {
        text.replace("{me}", self.me())
            .replace("{home}", home(self.me()))
            .replace("{other}", self.other())
    }
}

/// What comes of a row. What was harmed or learnt is printed: it is what a failure is about.
pub async fn attack(world: &World, who: Who, row: &Row) -> Outcome {
    let mut owner = world.owner("long-an").await.unwrap();
    let before = victim::state(&mut owner, who.me()).await;
    let mut outcome = Outcome::Denied;
    let mut raw = who.connect(world).await;
    for (number, attempt) in row.tries.iter().enumerate() {
        let expected = row.expect[who.column()];
        // Once it was seen nothing better is waited for.
        let awaited = if outcome < expected { expected } else { Outcome::Denied };
        let seen = one(world, who, &mut raw, attempt, awaited).await;
        if matches!(attempt, Try::Listen(_)) && seen != Outcome::Denied {
            // It goes on hearing.
            raw = who.connect(world).await;
        }
        if seen > row.expect[who.column()] {
            println!("{who:?} {}: try {number} was {seen:?}", row.what);
        }
        outcome = outcome.max(seen);
    }
    if row.tries.iter().any(|attempt| matches!(attempt, Try::Reply(_))) {
        outcome = outcome.max(heard(&mut raw, outcome, WAIT).await);
    }
    let after = victim::state(&mut owner, who.me()).await;
    if before == after { outcome } else { changed(who, row, &before, &after) }
}

fn changed(who: Who, row: &Row, before: &State, after: &State) -> Outcome {
    if row.expect[who.column()] != Outcome::Allowed {
        println!("{who:?} {}: before {before:#?}\nafter {after:#?}", row.what);
    }
    Outcome::Allowed
}

async fn one(world: &World, who: Who, raw: &mut Raw, attempt: &Try, expected: Outcome) -> Outcome {
    match attempt {
        Try::Ask { subject, payload, headers } => {
            let mut outcome = Outcome::Denied;
            for api in ["$JS.API", "$JS.long-an.API", "$JS.DOMAIN_long-an.API"] {
                let subject = who.fill(&subject.replace("{api}", api));
                let awaited = if outcome < expected { expected } else { Outcome::Denied };
                let seen = ask(raw, who, &subject, &who.fill(payload), headers, awaited).await;
                outcome = outcome.max(seen);
                if !subject.contains(api) {
                    break;
                }
            }
            outcome
        }
        Try::Listen(subject) => listen(world, raw, &who.fill(subject)).await,
        Try::Reply(reply) => {
            for (subject, payload) in who.requests() {
                raw.publish(&subject, Some(&who.fill(reply)), &[], payload).await.unwrap();
            }
            // What else comes is waited for once, when all replies of the row were tried.
            judge(&raw.settle().await.unwrap()).unwrap_or(Outcome::Harmless)
        }
        Try::Own { subject, payload } => {
            match ask(raw, who, &who.fill(subject), &who.fill(payload), &[], Outcome::Harmless)
                .await
            {
                Outcome::Allowed => {
                    // Something for it to send on.
                    let mut node = world.node(who.me()).await.unwrap();
                    victim::publish(&mut node, who.me(), "z", "more").await;
                    tokio::time::sleep(WAIT).await;
                    Outcome::Harmless
                }
                seen => seen,
            }
        }
        Try::Poison => poison(world, who, raw).await,
    }
}

async fn ask(
    raw: &mut Raw,
    who: Who,
    subject: &str,
    payload: &str,
    headers: &[(&str, &str)],
    expected: Outcome,
) -> Outcome {
    let inbox = match who {
        Who::Node(_) | Who::Owner(_) => raw.inbox(&format!("_INBOX_{}", who.me())).await.unwrap(),
        // One that passes what a link carries.
        Who::Server(_) | Who::Hub => raw.inbox("$JS.operator.API.CONSUMER.INFO.x").await.unwrap(),
    };
    raw.publish(subject, Some(&inbox), headers, payload).await.unwrap();
    // What acknowledges a message may be left without an answer.
    let is_answered = expected >= Outcome::Refused && !subject.starts_with("$JS.ACK.");
    heard(raw, Outcome::Harmless, if is_answered { PATIENCE } else { WAIT }).await
}

/// What the server says to what was just sent.
async fn heard(raw: &mut Raw, silence: Outcome, wait: Duration) -> Outcome {
    let mut said: Vec<Said> = raw.settle().await.unwrap();
    if said.is_empty() {
        said.extend(raw.next(wait).await.unwrap());
    }
    judge(&said).unwrap_or(silence)
}

/// The best that was said, for whoever tries.
fn judge(said: &[Said]) -> Option<Outcome> {
    let one = |said: &Said| match said {
        Said::Error(error) if error.starts_with("Permissions Violation") => Outcome::Denied,
        Said::Error(error) => panic!("{error}"),
        Said::Message(message) if message.is_no_responders() => Outcome::Nobody,
        Said::Message(message) if message.payload.contains("\"error\"") => Outcome::Refused,
        Said::Message(_) => Outcome::Allowed,
    };
    said.iter().map(one).max()
}

/// Subscribes while others publish and pull; whether it hears anything.
async fn listen(world: &World, raw: &mut Raw, subject: &str) -> Outcome {
    raw.subscribe(subject).await.unwrap();
    if heard(raw, Outcome::Harmless, WAIT).await == Outcome::Denied {
        return Outcome::Denied;
    }
    let mut long_an = world.node("long-an").await.unwrap();
    for zone in ["z", "secret"] {
        let last =
            format!("$JS.API.DIRECT.GET.FEED_long-an.giapranh.v1.feed.{zone}.long-an.long-an");
        crate::world::ask(&mut long_an, "long-an", &last, "").await;
    }
    let mut dong_nai = world.node("dong-nai").await.unwrap();
    let info = "$JS.long-an.API.CONSUMER.INFO.FEED_long-an.dong-nai";
    crate::world::ask(&mut dong_nai, "dong-nai", info, "").await;
    match raw.next(WAIT).await.unwrap() {
        None => Outcome::Harmless,
        Some(said) => {
            println!("heard on {subject}: {said:?}{}", if is_secret(&said) { " !" } else { "" });
            Outcome::Allowed
        }
    }
}

/// Takes the message id of an event that the node of `long-an` then publishes.
async fn poison(world: &World, who: Who, raw: &mut Raw) -> Outcome {
    // A node's own event is acknowledged.
    let expected = if matches!(who, Who::Node(_)) { Outcome::Allowed } else { Outcome::Nobody };
    let event = Outgoing {
        event_id: Uuid::from_u128(
            u128::from(u64::MAX) + who.column() as u128 + who.me().len() as u128 * 7,
        ),
        kind: "alert.issued".into(),
        origin: "long-an".into(),
        recorded_ms: 1_700_000_000_000,
        zone: "poisoned".into(),
        bytes: Bytes::from(format!("what {who:?} tried to keep back")),
    };
    let id = format!("{}:poisoned", event.event_id);
    let subject = who.fill("giapranh.v1.feed.z.{home}.{me}");
    let seen = ask(raw, who, &subject, "poison", &[("Nats-Msg-Id", &id)], expected).await;
    if seen != Outcome::Allowed {
        return seen;
    }
    let line = Line::connect(&world.line("long-an")).await.unwrap();
    line.up().await.unwrap();
    publish_events(&line, "long-an", std::slice::from_ref(&event)).await.unwrap();
    let subject = giapranh_feed::Subject::new("poisoned", "long-an", "long-an").unwrap();
    let stored = last_published(&line, &subject).await.unwrap();
    line.drain().await;
    if stored == Some(event.bytes) { Outcome::Harmless } else { Outcome::Allowed }
}

/// Who can try in a topology.
pub fn everybody(kind: Kind) -> Vec<Who> {
    let mut all = vec![
        Who::Node("hcm"),
        Who::Node("hcm_q1"),
        Who::Node("dong-nai"),
        Who::Node("long-an_duc-hoa"),
        Who::Owner("hcm"),
    ];
    if kind == Kind::Leaf {
        all.extend([Who::Server("hcm"), Who::Hub]);
    }
    all
}
