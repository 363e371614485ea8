//! The line lives through what servers do.

use std::sync::Arc;
use std::time::Duration;

use giapranh_feed::outbox::publish;
use giapranh_feed::{FeedError, Line, LineConfig, LineState};
use giapranh_testkit::ports::free_port;
use giapranh_testkit::server::{NatsServer, StartOptions};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::sync::Notify;

use crate::support::{Kept, Pulling, connect, event, in_time, setup, subscribe};

#[tokio::test]
async fn a_killed_server_that_comes_back_is_used_again() {
    let mut setup = setup().await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&setup.line, "long-an", &sink);
    let first = setup.line.up().await.unwrap();
    publish(&setup.line, "hcm", &[event(1, "z")]).await.unwrap();
    sink.at_least(1).await;

    setup.server.kill();
    let mut state = setup.line.state();
    let lost = state.wait_for(|state| matches!(state, LineState::Lost { .. }));
    in_time("the loss to be told", lost).await.unwrap();
    let down = publish(&setup.line, "hcm", &[event(2, "z")]).await.unwrap_err();
    assert!(matches!(down, FeedError::Down { .. }) && down.is_retryable(), "{down}");

    setup.server.restart().unwrap();
    let second = in_time("the line to come up again", setup.line.up()).await.unwrap();
    assert!(second > first, "a new connection has a new number");
    publish(&setup.line, "hcm", &[event(2, "z")]).await.unwrap();
    let taken = sink.at_least(2).await;
    assert_eq!(taken[0].bytes, event(1, "z").bytes);
    assert_eq!(taken.last().unwrap().bytes, event(2, "z").bytes);
    pulling.stop().await;
}

#[tokio::test]
async fn publishing_ends_at_once_when_the_server_dies_meanwhile() {
    let mut setup = setup().await;
    let line = setup.line.clone();
    let events: Vec<_> = (0..200_000).map(|number| event(number, "z")).collect();
    let publishing = tokio::spawn(async move { publish(&line, "hcm", &events).await });
    let mut state = setup.line.state();
    tokio::task::yield_now().await;
    setup.server.kill();
    in_time("the loss", state.wait_for(|state| matches!(state, LineState::Lost { .. })))
        .await
        .unwrap();
    // Well before an acknowledgement would time out.
    let ended = tokio::time::timeout(Duration::from_secs(3), publishing).await;
    let unknown = ended.expect("publishing to end").unwrap().unwrap_err();
    assert!(matches!(unknown, FeedError::Unanswered { .. } | FeedError::Down { .. }), "{unknown}");
    assert!(unknown.is_retryable());
}

#[tokio::test]
async fn a_server_that_comes_late_is_found() {
    let free = free_port().unwrap();
    let line = connect(&format!("nats://127.0.0.1:{free}")).await;
    let mut state = line.state();
    let failed = state.wait_for(|state| matches!(state, LineState::Connecting { reason: Some(_) }));
    in_time("the reason to be told", failed).await.unwrap();

    let store = tempfile::tempdir().unwrap();
    let options = StartOptions { store_dir: store.path().into(), port: Some(free) };
    let _server = NatsServer::start(options).unwrap();
    assert_eq!(in_time("the line to come up", line.up()).await.unwrap(), 1);
}

#[tokio::test]
async fn a_bad_address_fails_at_once() {
    let config = LineConfig::new("http://127.0.0.1:4222", "hcm");
    let Err(refused) = Line::connect(&config).await else { panic!("connected") };
    assert!(matches!(refused, FeedError::Address { .. }) && !refused.is_retryable());
}

#[tokio::test]
async fn a_drained_line_is_closed_and_says_so() {
    let setup = setup().await;
    publish(&setup.line, "hcm", &[event(1, "z")]).await.unwrap();
    setup.line.drain().await;
    assert_eq!(*setup.line.state().borrow(), LineState::Closed);
    let closed = publish(&setup.line, "hcm", &[event(2, "z")]).await.unwrap_err();
    assert_eq!(closed, FeedError::Down { state: LineState::Closed });
    assert!(!closed.is_retryable() && setup.line.up().await.is_err());
}

/// Says what a server says that has this version, and nothing more; the next version to the next
/// connection. Ends a connection when told to.
async fn pretend(
    listener: tokio::net::TcpListener,
    versions: &'static [&'static str],
    end: Arc<Notify>,
) {
    for version in versions {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let info = format!(
            "INFO {{\"server_id\":\"x\",\"version\":\"{version}\",\"headers\":true,\"jetstream\":true,\"max_payload\":1048576}}\r\n"
        );
        write.write_all(info.as_bytes()).await.unwrap();
        let mut lines = BufReader::new(read).lines();
        while let Some(Ok(Some(line))) = tokio::select! {
            line = lines.next_line() => Some(line),
            () = end.notified() => None,
        } {
            assert!(!line.contains("PUB"), "{line}");
            if line == "PING" {
                write.write_all(b"PONG\r\n").await.unwrap();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_travels_to_a_server_that_is_too_old_until_it_is_replaced() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("nats://{}", listener.local_addr().unwrap());
    let end = Arc::new(Notify::new());
    let server = tokio::spawn(pretend(listener, &["2.10.27", "2.15.1"], Arc::clone(&end)));
    let line = connect(&url).await;
    let mut state = line.state();
    let too_old = LineState::TooOld { server_version: "2.10.27".into(), least: "2.14.3".into() };
    in_time("the verdict", state.wait_for(|state| *state == too_old)).await.unwrap();

    let refused = publish(&line, "hcm", &[event(1, "z")]).await.unwrap_err();
    assert_eq!(refused, FeedError::Down { state: too_old });
    assert!(!refused.is_retryable());

    end.notify_one();
    let up = LineState::Up { server_version: "2.15.1".into(), connection: 2 };
    in_time("the second verdict", state.wait_for(|state| *state == up)).await.unwrap();
    line.drain().await;
    // Fails if anything was published to it.
    in_time("the pretended server to end", server).await.unwrap();
}
