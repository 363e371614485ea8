//! Pages are asked for and served; who asks too much waits, and nobody else does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::future::join_all;
use giapranh_feed::backfill::{
    AT_ONCE, AT_ONCE_OF_ONE, AskError, Pages, REQUESTS_A_SECOND, Refusal, Request, SERVICE, ask,
    serve,
};
use giapranh_feed::{FeedError, Line};
use giapranh_record::limits::{KEY_EXCHANGE_BYTES, PAGE_BYTES};
use serde_json::Value;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;

use crate::support::{Setup, connect, in_time, setup, stranger};

struct Serving {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), FeedError>>,
}

impl Serving {
    /// Serves as `long-an`, once others can ask.
    async fn start(setup: &Setup, pages: impl Pages + 'static) -> (Line, Self) {
        let line = connect(&setup.server.url()).await;
        let (stop, stopped) = oneshot::channel::<()>();
        let own = line.clone();
        let task = tokio::spawn(async move {
            let shutdown = async move {
                let _ = stopped.await;
            };
            serve(&own, "long-an", "1.2.3", &pages, shutdown).await
        });
        let there = async {
            while let Err(AskError::Unanswered(_)) = ask_as(&setup.line, "prober", "").await {}
        };
        in_time("the service", there).await;
        (line, Self { stop, task })
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        in_time("the service to stop", self.task).await.unwrap().unwrap();
    }
}

async fn ask_as(line: &Line, unit: &str, text: &str) -> Result<Bytes, AskError> {
    in_time("an answer", ask(line, unit, "long-an", Bytes::from(text.to_owned()))).await
}

/// Says who asked what, or refuses as it is told.
async fn echo(request: Request) -> Result<Bytes, Refusal> {
    let text = String::from_utf8(request.bytes.to_vec()).unwrap();
    match text.as_str() {
        "foreign" => Err(Refusal::NotEntitled),
        "old" => Err(Refusal::NotHere),
        "nonsense" => Err(Refusal::Malformed("not\r\na request".into())),
        "broken" => Err(Refusal::Failed),
        "later" => Err(Refusal::Busy { retry_after: Duration::from_millis(1234) }),
        "full" => Ok(Bytes::from(vec![7; PAGE_BYTES])),
        "bomb" => Ok(Bytes::from(vec![7; PAGE_BYTES + 1])),
        _ => Ok(Bytes::from(format!("{} {text}", request.requester))),
    }
}

#[tokio::test]
async fn a_page_goes_to_whoever_asked_and_a_refusal_says_why() {
    let setup = setup().await;
    let (serving_line, serving) = Serving::start(&setup, echo).await;
    let asked = async |text| ask_as(&setup.line, "hcm_q1", text).await;
    assert_eq!(asked("please").await, Ok(Bytes::from_static(b"hcm_q1 please")));
    assert_eq!(asked("foreign").await, Err(AskError::NotEntitled));
    assert_eq!(asked("old").await, Err(AskError::NotHere));
    assert_eq!(asked("nonsense").await, Err(AskError::Refused("not  a request".into())));
    assert!(matches!(asked("broken").await, Err(AskError::Refused(_))));
    let retry_after = Duration::from_millis(1234);
    assert_eq!(asked("later").await, Err(AskError::Busy { retry_after }));

    assert_eq!(asked("full").await.unwrap().len(), PAGE_BYTES);
    let before = serving_line.traffic();
    assert!(matches!(asked("bomb").await, Err(AskError::Refused(_))));
    assert_eq!(serving_line.traffic().pages_served, before.pages_served, "it was never sent");
    let long = "x".repeat(KEY_EXCHANGE_BYTES + 1);
    assert_eq!(asked(&long).await, Err(AskError::Refused("it is too long".into())));

    let (asking, serving_counts) = (setup.line.traffic(), serving_line.traffic());
    assert_eq!(asking.pages_received.messages, 3, "the prober's, a small one, a full one");
    assert_eq!(asking.pages_received, serving_counts.pages_served);
    serving.stop().await;
    assert!(matches!(asked("please").await, Err(AskError::Unanswered(_))));
}

#[tokio::test]
async fn whoever_answers_with_more_than_a_page_is_not_believed() {
    let setup = setup().await;
    let client = stranger(&setup.server).await.client();
    let mut requests = client.subscribe("giapranh.v1.backfill.long-an.*").await.unwrap();
    let bomb = tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            let bytes = Bytes::from(vec![0; PAGE_BYTES + 1]);
            client.publish(request.reply.unwrap(), bytes).await.unwrap();
        }
    });
    let answered = async {
        loop {
            match ask_as(&setup.line, "hcm", "please").await {
                // It does not listen yet.
                Err(AskError::Unanswered(_)) => {}
                answered => break answered,
            }
        }
    };
    let asked = in_time("the bomb", answered).await;
    bomb.abort();
    assert!(matches!(asked, Err(AskError::Refused(_))), "{asked:?}");
}

#[tokio::test]
async fn nobody_is_there_is_known_at_once() {
    let setup = setup().await;
    let nobody = tokio::time::timeout(Duration::from_secs(5), ask_as(&setup.line, "hcm", "x"));
    assert!(matches!(nobody.await.unwrap(), Err(AskError::Unanswered(_))));
    let own = ask(&setup.line, "hcm", "hcm", Bytes::new()).await;
    assert!(matches!(own, Err(AskError::Refused(_))));
    for unit in ["", "*", "a.b", ">"] {
        let asked = ask(&setup.line, unit, "long-an", Bytes::new()).await;
        assert!(matches!(asked, Err(AskError::Refused(_))), "{unit}");
        let asked = ask(&setup.line, "hcm", unit, Bytes::new()).await;
        assert!(matches!(asked, Err(AskError::Refused(_))), "{unit}");
        let never = std::future::pending::<()>;
        assert!(serve(&setup.line, unit, "1.0.0", &echo, never()).await.is_err(), "{unit}");
    }
    assert!(serve(&setup.line, "hcm", "new", &echo, std::future::pending()).await.is_err());
}

#[tokio::test]
async fn whoever_floods_is_put_off_and_another_is_served() {
    let setup = setup().await;
    let (serving_line, serving) = Serving::start(&setup, echo).await;
    let flood = (0..3 * REQUESTS_A_SECOND).map(|_| ask_as(&setup.line, "hcm", "x"));
    let (flood, other) = tokio::join!(join_all(flood), ask_as(&setup.line, "dong-nai", "y"));
    assert_eq!(other, Ok(Bytes::from_static(b"dong-nai y")));
    let served = flood.iter().filter(|answer| answer.is_ok()).count();
    let put_off =
        flood.iter().filter(|answer| matches!(answer, Err(AskError::Busy { .. }))).count();
    assert_eq!(served + put_off, flood.len(), "put off, and told so");
    assert!(served > 0 && put_off > 0, "{served} {put_off}");
    assert_eq!(serving_line.traffic().pages_put_off, put_off as u64);

    // It is served again soon.
    let again = async { while ask_as(&setup.line, "hcm", "x").await.is_err() {} };
    tokio::time::timeout(Duration::from_secs(5), again).await.unwrap();
    serving.stop().await;
}

#[tokio::test]
async fn slow_pages_are_bounded_and_leave_room_for_others() {
    let setup = setup().await;
    let (go, most, now) = (Arc::new(Semaphore::new(0)), AtomicUsize::new(0), AtomicUsize::new(0));
    let most = Arc::new(most);
    let (held, seen) = (Arc::clone(&go), Arc::clone(&most));
    let now = Arc::new(now);
    let slow = move |request: Request| {
        let (held, seen, now) = (Arc::clone(&held), Arc::clone(&seen), Arc::clone(&now));
        async move {
            if request.requester == "prober" {
                return Ok(Bytes::new());
            }
            seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            held.acquire().await.unwrap().forget();
            now.fetch_sub(1, Ordering::SeqCst);
            Ok(Bytes::from(request.requester))
        }
    };
    let (_line, serving) = Serving::start(&setup, slow).await;
    let units: Vec<String> = (0..AT_ONCE).map(|number| format!("u{number}")).collect();
    // One alone has no more than its share, and is told so while its pages are not there yet.
    let own = join_all((0..4).map(|_| ask_as(&setup.line, "u0", "x")));
    let others = join_all(units[1..].iter().map(|unit| ask_as(&setup.line, unit, "x")));
    let let_go = async {
        while most.load(Ordering::SeqCst) < AT_ONCE {
            tokio::task::yield_now().await;
        }
        go.add_permits(100);
    };
    let (own, others, ()) = tokio::join!(own, others, in_time("all to be at work", let_go));
    let served =
        |answers: &[Result<Bytes, AskError>]| answers.iter().filter(|it| it.is_ok()).count();
    assert_eq!(served(&own), AT_ONCE_OF_ONE);
    assert_eq!(served(&own) + served(&others), AT_ONCE, "the rest is told to come later");
    assert_eq!(most.load(Ordering::SeqCst), AT_ONCE);
    serving.stop().await;
}

#[tokio::test]
async fn the_service_is_seen_by_the_tools_of_nats() {
    let setup = setup().await;
    let (_line, serving) = Serving::start(&setup, echo).await;
    ask_as(&setup.line, "hcm", "please").await.unwrap();
    ask_as(&setup.line, "hcm", "foreign").await.unwrap_err();
    let client = stranger(&setup.server).await.client();
    let told = async |verb: &str| -> Value {
        let answer = client.request(format!("$SRV.{verb}.{SERVICE}"), Bytes::new()).await.unwrap();
        serde_json::from_slice(&answer.payload).unwrap()
    };
    let ping = told("PING").await;
    assert_eq!(ping["type"], "io.nats.micro.v1.ping_response");
    assert_eq!((&ping["name"], &ping["version"]), (&SERVICE.into(), &"1.2.3".into()));
    assert_eq!(ping["metadata"]["unit"], "long-an");
    let info = told("INFO").await;
    assert_eq!(info["endpoints"][0]["subject"], "giapranh.v1.backfill.long-an.*");
    let stats = told("STATS").await;
    let endpoint = &stats["endpoints"][0];
    assert_eq!(endpoint["name"], "pages");
    assert!(endpoint["num_requests"].as_u64().unwrap() >= 3, "{stats}");
    assert_eq!(endpoint["num_errors"], 1);
    assert_eq!(endpoint["last_error"], "403:not entitled to that zone");
    serving.stop().await;
    let gone = async {
        let ping = || client.request(format!("$SRV.PING.{SERVICE}"), Bytes::new());
        while !matches!(tokio::time::timeout(Duration::from_millis(100), ping()).await, Ok(Err(_)))
        {
        }
    };
    in_time("the tools to be told that nobody is there", gone).await;
}

#[tokio::test]
async fn serving_goes_on_when_the_server_was_killed() {
    let mut setup = setup().await;
    let (_line, serving) = Serving::start(&setup, echo).await;
    setup.server.restart().unwrap();
    let again = async {
        loop {
            if let Ok(page) = ask_as(&setup.line, "hcm", "again").await {
                break page;
            }
            tokio::task::yield_now().await;
        }
    };
    assert_eq!(in_time("a page", again).await, Bytes::from_static(b"hcm again"));
    serving.stop().await;
}
