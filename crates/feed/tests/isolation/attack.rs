//! Tries things, and judges what the server made of them.

use std::time::Duration;

use bytes::Bytes;
use giapranh_feed::Line;
use giapranh_feed::outbox::{Outgoing, last_published, publish as publish_events};
use uuid::Uuid;

use crate::raw::{Raw, Said};
use crate::rows::{Outcome, Row, Try};
use crate::told::Told;
use crate::victim::{self, State, home, is_secret};
use crate::world::{Kind, World};

/// Longer than an answer takes, through all servers.
const WAIT: Duration = Duration::from_millis(250);
/// The same on a machine that is busy, where an answer is what is expected.
const PATIENCE: Duration = Duration::from_secs(3);

/// A beacon that whoever tries may say.
const OWN_BEACON: &str = "a beacon of its own";

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
                requests.push((format!("giapranh.v1.ask.long-an.{me}"), "please"));
                requests.push((format!("giapranh.v1.beacon.z.{me}"), OWN_BEACON));
            }
            Self::Owner(_) => {
                requests.clear();
                requests.push((format!("$JS.API.STREAM.INFO.FEED_{me}"), ""));
                requests.push((format!("$JS.API.CONSUMER.LIST.FEED_{me}"), ""));
                requests.push((format!("$JS.API.CONSUMER.INFO.FEED_{me}.{me}"), ""));
            }
            Self::Server(_) => {
                requests.push((format!("giapranh.v1.ask.long-an.{me}"), "please"));
                requests.push((format!("giapranh.v1.beacon.z.{me}"), OWN_BEACON));
            }
            Self::Hub => requests.push((format!("giapranh.v1.serve.long-an.{me}"), "please")),
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
pub async fn attack(world: &World, told: &Told, who: Who, row: &Row) -> Outcome {
    told.forget();
    let mut owner = world.owner("long-an").await.unwrap();
    let before = victim::state(&mut owner, who.me()).await;
    let mut outcome = Outcome::Denied;
    let mut raw = who.connect(world).await;
    for (number, attempt) in row.tries.iter().enumerate() {
        let expected = row.expect[who.column()];
        // Once it was seen nothing better is waited for.
        let awaited = if outcome < expected { expected } else { Outcome::Denied };
        let seen = one(world, told, who, &mut raw, attempt, awaited).await;
        let listens = matches!(attempt, Try::Listen(_) | Try::Hear { .. } | Try::Overhear(_));
        if listens && seen != Outcome::Denied {
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
        if !matches!(who, Who::Owner(_)) {
            let asked = || told.was_told(|_, text| text == "please");
            assert!(until(PATIENCE, asked).await, "{who:?} {}: nobody answered", row.what);
        }
        if told.was_told(|subject, text| is_forged(who, subject, text)) {
            outcome = Outcome::Allowed;
        }
    }
    let after = victim::state(&mut owner, who.me()).await;
    if before == after { outcome } else { changed(who, row, &before, &after) }
}

/// Whether something reached the node of `long-an` that whoever tries could not say or ask as itself.
fn is_forged(who: Who, subject: &str, text: &str) -> bool {
    !subject.ends_with(&format!(".{}", who.me()))
        || subject.contains(".heard.") != (text == OWN_BEACON)
}

fn changed(who: Who, row: &Row, before: &State, after: &State) -> Outcome {
    if row.expect[who.column()] != Outcome::Allowed {
        println!("{who:?} {}: before {before:#?}\nafter {after:#?}", row.what);
    }
    Outcome::Allowed
}

async fn one(
    world: &World,
    told: &Told,
    who: Who,
    raw: &mut Raw,
    attempt: &Try,
    expected: Outcome,
) -> Outcome {
    match attempt {
        Try::Say { zone, unit } => say(told, raw, zone, &who.fill(unit), expected).await,
        Try::Hear { subject, zone } => {
            let said = format!("giapranh.v1.beacon.{zone}.long-an");
            hear(raw, &who.fill(subject), expected, || told.say(&said, HEARD)).await
        }
        Try::Overhear(subject) => {
            let other = who.other();
            let mut asking = world.node(other).await.unwrap();
            let asked = format!("giapranh.v1.ask.long-an.{other}");
            let bytes = format!("PUB {asked} _INBOX_{other}.1 {}\r\n{HEARD}\r\n", HEARD.len());
            let (request, mut requests) = tokio::sync::mpsc::unbounded_channel();
            let task = tokio::spawn(async move {
                while requests.recv().await.is_some() {
                    asking.send(bytes.as_bytes()).await.unwrap();
                }
            });
            let seen = hear(raw, &who.fill(subject), expected, || request.send(()).unwrap()).await;
            task.abort();
            seen
        }
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

/// What only those may hear who are meant.
const HEARD: &str = "for those who are meant";
/// How often it is said: interest travels from server to server.
const TIMES: usize = 5;

/// Says a beacon; whether the node of `long-an` heard it.
async fn say(told: &Told, raw: &mut Raw, zone: &str, unit: &str, expected: Outcome) -> Outcome {
    let mut outcome = Outcome::Denied;
    for kind in ["beacon", "heard"] {
        told.forget();
        let subject = format!("giapranh.v1.{kind}.{zone}.{unit}");
        raw.publish(&subject, None, &[], "said").await.unwrap();
        let taken = judge(&raw.settle().await.unwrap()).unwrap_or(Outcome::Harmless);
        outcome = outcome.max(taken);
        if taken == Outcome::Denied {
            continue;
        }
        let is_awaited = expected == Outcome::Allowed && outcome < expected;
        // Of the two, what is expected may come by the other.
        let wait = if is_awaited && kind == "heard" { PATIENCE } else { WAIT };
        if until(wait, || told.was_told(|_, text| text == "said")).await {
            return Outcome::Allowed;
        }
    }
    outcome
}

/// Whether it is so within that time.
async fn until(wait: Duration, is: impl Fn() -> bool) -> bool {
    let so = async {
        while !is() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(wait, so).await.is_ok()
}

/// Subscribes while something is said that is for others; whether it was heard.
async fn hear(raw: &mut Raw, subject: &str, expected: Outcome, say: impl Fn()) -> Outcome {
    raw.subscribe(subject).await.unwrap();
    if judge(&raw.settle().await.unwrap()) == Some(Outcome::Denied) {
        return Outcome::Denied;
    }
    let wait = if expected == Outcome::Allowed { PATIENCE } else { WAIT } / 5;
    for _ in 0..TIMES {
        say();
        while let Some(said) = raw.next(wait).await.unwrap() {
            if matches!(&said, Said::Message(message) if message.payload == HEARD) {
                return Outcome::Allowed;
            }
        }
    }
    Outcome::Harmless
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
