//! A node in an account of its own: it imports, as services, exactly what it uses.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bytes::Bytes;
use giapranh_feed::outbox::{Outgoing, last_published, publish};
use giapranh_feed::owner::{ensure_consumers, ensure_stream};
use giapranh_feed::{Line, LineConfig, LineState, Login, Seed, Subject};
use giapranh_testkit::server::{NatsServer, StartOptions};
use tempfile::TempDir;

use crate::support::{Kept, Pulling, event, in_time, policy, spec};

/// The nodes, each with the province that it publishes in. Streams: `hcm` and `long-an`.
const NODES: [(&str, &str); 3] =
    [("hcm", "hcm"), ("hcm_q1", "hcm"), ("long-an_duc-hoa", "long-an")];
const PROVINCES: [&str; 2] = ["hcm", "long-an"];

struct Isolated {
    server: NatsServer,
    seeds: BTreeMap<String, Seed>,
    // Dropped after the server.
    _dir: TempDir,
}

impl Isolated {
    fn start() -> Self {
        let names = NODES.iter().map(|(unit, _)| (*unit).to_owned());
        let owners = PROVINCES.iter().map(|province| format!("owner of {province}"));
        let seeds = names.chain(owners).map(|name| (name, Seed::generate().unwrap())).collect();
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("nats.conf");
        std::fs::write(&config, accounts(&seeds)).unwrap();
        let options = StartOptions { store_dir: dir.path().join("store"), port: None };
        Self { server: NatsServer::start_configured(options, &config).unwrap(), seeds, _dir: dir }
    }

    async fn node(&self, unit: &str) -> Line {
        let login = Login::Nkey(self.seeds[unit].clone());
        let plain = LineConfig::new(self.server.url(), unit);
        self.connect(LineConfig { login, isolated: true, ..plain }).await
    }

    /// The same user without our rules.
    async fn raw(&self, unit: &str) -> async_nats::Client {
        async_nats::ConnectOptions::with_nkey(self.seeds[unit].text().to_owned())
            .custom_inbox_prefix(LineConfig::inbox_prefix(unit))
            .connect(self.server.url())
            .await
            .unwrap()
    }

    async fn owner(&self, province: &str) -> Line {
        let login = Login::Nkey(self.seeds[&format!("owner of {province}")].clone());
        self.connect(LineConfig { login, ..LineConfig::new(self.server.url(), province) }).await
    }

    async fn connect(&self, config: LineConfig) -> Line {
        let line = Line::connect(&config).await.unwrap();
        in_time("the line to come up", line.up()).await.unwrap();
        line
    }

    /// The stream of `hcm`, and durables in it for two nodes.
    async fn set_up(&self) -> Line {
        let owner = self.owner("hcm").await;
        ensure_stream(&owner, "hcm", &policy()).await.unwrap();
        let specs = [spec("hcm_q1", &["z"]), spec("long-an_duc-hoa", &["z"])];
        ensure_consumers(&owner, "hcm", &specs).await.unwrap();
        owner
    }
}

fn accounts(seeds: &BTreeMap<String, Seed>) -> String {
    let mut text = String::from("jetstream {}\naccounts {\n");
    for province in PROVINCES {
        let owner = seeds[&format!("owner of {province}")].public();
        let mut exports = String::new();
        for (unit, of) in NODES {
            let to = format!("accounts: [\"NODE_{unit}\"]");
            for (subject, kind) in owned(province, unit, of) {
                writeln!(exports, "    {{service: \"{subject}\", {kind} {to}}}").unwrap();
            }
        }
        write!(
            text,
            "  OWN_{province} {{\n    jetstream: enabled\n    users: [{{nkey: {owner}}}]\n    exports: [\n{exports}    ]\n  }}\n"
        )
        .unwrap();
    }
    for (unit, of) in NODES {
        let (mut imports, mut publish) = (String::new(), String::new());
        for province in PROVINCES {
            for (subject, _) in owned(province, unit, of) {
                let domain = format!("$JS.{province}.API.CONSUMER.");
                let here = subject.replace("$JS.API.CONSUMER.", &domain);
                writeln!(
                    imports,
                    "      {{service: {{account: \"OWN_{province}\", subject: \"{subject}\"}}, to: \"{here}\"}}"
                )
                .unwrap();
                write!(publish, "\"{here}\", ").unwrap();
            }
        }
        let nkey = seeds[unit].public();
        write!(
            text,
            "  \"NODE_{unit}\" {{\n    users: [{{nkey: {nkey}, permissions: {{publish: {{allow: [{publish}]}}, subscribe: {{allow: [\"_INBOX_{unit}.>\"]}}}}}}]\n    imports: [\n{imports}    ]\n  }}\n"
        )
        .unwrap();
    }
    text + "  SYS {}\n}\nsystem_account: SYS\n"
}

/// What a node uses of a province, by the owner's subjects; `of` is the node's own province.
fn owned(province: &str, unit: &str, of: &str) -> Vec<(String, &'static str)> {
    let stream = format!("FEED_{province}");
    let mut services = vec![
        (format!("$JS.API.CONSUMER.INFO.{stream}.{unit}"), ""),
        (format!("$JS.API.CONSUMER.MSG.NEXT.{stream}.{unit}"), "response_type: stream,"),
        (format!("$JS.ACK.{stream}.{unit}.>"), ""),
    ];
    if province == of {
        let own = format!("giapranh.v1.feed.*.{province}.{unit}");
        services.push((format!("$JS.API.DIRECT.GET.{stream}.{own}"), ""));
        services.push((own, ""));
    }
    services
}

fn by(unit: &str, number: u128) -> Outgoing {
    Outgoing { origin: unit.into(), ..event(number, "z") }
}

#[tokio::test]
async fn a_node_publishes_reads_back_its_own_and_pulls_through_what_it_imports() {
    let isolated = Isolated::start();
    let owner = isolated.set_up().await;
    let (hcm, q1) = (isolated.node("hcm").await, isolated.node("hcm_q1").await);
    let duc_hoa = isolated.node("long-an_duc-hoa").await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&duc_hoa, "long-an_duc-hoa", &sink);

    let events: Vec<_> = (1..=1000).map(|number| by("hcm_q1", number)).collect();
    publish(&q1, "hcm", &events).await.unwrap();
    publish(&hcm, "hcm", &[by("hcm", 2000)]).await.unwrap();
    let taken = sink.at_least(1001).await;
    let bytes: Vec<_> = taken.iter().map(|arrival| arrival.bytes.clone()).collect();
    let expected: Vec<_> = events.iter().map(|event| event.bytes.clone()).collect();
    assert_eq!(bytes[..1000], expected);
    assert_eq!(taken[1000].subject, "giapranh.v1.feed.z.hcm.hcm");

    let own = Subject::new("z", "hcm", "hcm_q1").unwrap();
    assert_eq!(last_published(&q1, &own).await.unwrap(), Some(by("hcm_q1", 1000).bytes));
    let none = Subject::new("other", "hcm", "hcm_q1").unwrap();
    assert_eq!(last_published(&q1, &none).await.unwrap(), None);
    // A duplicate is recognised through the imports too, and an id that a sibling took is no loss.
    publish(&q1, "hcm", &[by("hcm_q1", 1000)]).await.unwrap();
    publish(&hcm, "hcm", &[Outgoing { bytes: Bytes::from_static(b"poison"), ..by("hcm", 3000) }])
        .await
        .unwrap();
    publish(&q1, "hcm", &[by("hcm_q1", 3000)]).await.unwrap();
    assert_eq!(last_published(&q1, &own).await.unwrap(), Some(by("hcm_q1", 3000).bytes));
    assert_eq!(sink.at_least(1003).await.len(), 1003);

    // Acknowledged: the owner has nothing to remove, and a new pull gets nothing old.
    pulling.stop().await;
    publish(&hcm, "hcm", &[by("hcm", 4000)]).await.unwrap();
    let again = Kept::new(0);
    let pulling = Pulling::start(&duc_hoa, "long-an_duc-hoa", &again);
    assert_eq!(again.at_least(1).await[0].bytes, by("hcm", 4000).bytes);
    pulling.stop().await;
    drop(owner);
}

#[tokio::test]
async fn a_pull_that_was_abandoned_swallows_events_for_seconds_only() {
    let isolated = Isolated::start();
    let _owner = isolated.set_up().await;
    let unit = "long-an_duc-hoa";
    // As a client that was frozen or cut off: the server can't tell it from one that waits.
    let gone = isolated.raw(unit).await;
    let next = format!("$JS.hcm.API.CONSUMER.MSG.NEXT.FEED_hcm.{unit}");
    let pull = r#"{"batch":256,"expires":4000000000,"idle_heartbeat":2000000000}"#;
    let _unread = gone.subscribe(format!("_INBOX_{unit}.gone")).await.unwrap();
    gone.publish_with_reply(next, format!("_INBOX_{unit}.gone"), pull.into()).await.unwrap();
    gone.flush().await.unwrap();

    let hcm = isolated.node("hcm").await;
    let started = Instant::now();
    publish(&hcm, "hcm", &[by("hcm", 1), by("hcm", 2)]).await.unwrap();
    let line = isolated.node(unit).await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&line, unit, &sink);
    let taken = sink.at_least(2).await;
    assert_eq!(taken[0].bytes, by("hcm", 1).bytes);
    assert!(started.elapsed() < Duration::from_secs(12), "{:?}", started.elapsed());
    pulling.stop().await;
}

#[tokio::test]
async fn pulling_through_imports_goes_on_soon_after_the_server_was_killed() {
    let mut isolated = Isolated::start();
    let _owner = isolated.set_up().await;
    let unit = "long-an_duc-hoa";
    let (hcm, line) = (isolated.node("hcm").await, isolated.node(unit).await);
    let sink = Kept::new(0);
    let pulling = Pulling::start(&line, unit, &sink);
    publish(&hcm, "hcm", &[by("hcm", 1)]).await.unwrap();
    sink.at_least(1).await;

    isolated.server.restart().unwrap();
    let started = Instant::now();
    let mut state = hcm.state();
    let again = state.wait_for(|state| matches!(state, LineState::Up { connection: 2, .. }));
    in_time("the line to come up again", again).await.unwrap();
    publish(&hcm, "hcm", &[by("hcm", 2)]).await.unwrap();
    let taken = sink.at_least(2).await;
    assert_eq!(taken.last().unwrap().bytes, by("hcm", 2).bytes);
    assert!(started.elapsed() < Duration::from_secs(12), "{:?}", started.elapsed());
    pulling.stop().await;
}
