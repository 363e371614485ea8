//! The event stream: none missing, none twice, whatever happens to the line.

mod support;

use std::time::Duration;

use support::Node;
use support::http::Sent;

const EVENTS: &str = "/api/v1/events";

fn position(at: u64) -> Sent {
    Sent { id: at.to_string(), name: "position".into(), data: at.to_string() }
}

#[tokio::test]
async fn a_stream_begins_where_it_is_told_to() {
    let served = Node::new().serve_unix();
    for number in 1..=3 {
        served.node.issue(&format!("Tin {number}"));
    }
    for (path, headers, first) in [
        (EVENTS, &[][..], 4),
        ("/api/v1/events?after=2", &[], 2),
        // The browser repeats the address when it comes back.
        ("/api/v1/events?after=1", &[("last-event-id", "3")], 3),
        ("/api/v1/events?after=1", &[("last-event-id", "")], 1),
    ] {
        let mut events = served.surface.events(path, headers).await;
        assert_eq!(events.next().await.unwrap(), position(first), "{path} {headers:?}");
        assert_eq!(events.headers["content-type"], "text/event-stream");
        assert_eq!(events.headers["x-accel-buffering"], "no");
    }
    let headers = [("host", "localhost"), ("last-event-id", "x")];
    let answer = served.surface.send("GET", EVENTS, &headers, "").await;
    answer.problem(400, "parameter");
}

#[tokio::test]
async fn a_new_entry_arrives_with_its_position() {
    let served = Node::new().serve_tcp().await;
    let mut events = served.surface.events(EVENTS, &[]).await;
    assert_eq!(events.next().await.unwrap(), position(1));
    served.node.issue("Truy nã VÍ DỤ");
    let event = events.next().await.unwrap();
    assert_eq!((event.id.as_str(), event.name.as_str()), ("2", "entry"));
    let entry: giapranh_views::Entry = serde_json::from_str(&event.data).unwrap();
    assert_eq!((entry.position, entry.verdict.as_str()), (2, "valid"));
    assert_eq!(entry.headline.as_deref(), Some("Truy nã VÍ DỤ"));
    // Once the client has everything, the next event is the next entry and nothing again.
    for expected in 3..=9 {
        served.node.issue("Tin");
        assert_eq!(events.next().await.unwrap().id, expected.to_string());
    }
}

/// While entries are written the client loses its line again and again, at another place each time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_comes_back_misses_none_and_gets_none_twice() {
    const ENTRIES: u64 = 300;
    let served = Node::new().serve_unix();
    let node = served.node.clone();
    let writing = tokio::task::spawn_blocking(move || {
        for number in 0..ENTRIES {
            node.issue(&format!("Tin {number}"));
        }
    });
    let mut seen: Vec<u64> = Vec::new();
    let mut last = String::from("1");
    let mut lines = 0;
    while seen.len() < usize::try_from(ENTRIES).unwrap() {
        lines += 1;
        let mut events = served.surface.events(EVENTS, &[("last-event-id", &last)]).await;
        for _ in 0..=lines % 7 {
            let event = events.next().await.unwrap();
            if event.name == "entry" {
                seen.push(event.id.parse().unwrap());
            }
            last = event.id;
        }
    }
    writing.await.unwrap();
    let expected: Vec<u64> = (2..2 + ENTRIES).collect();
    assert_eq!(seen, expected);
    assert!(lines > 10, "{lines}");
}

/// What is asked for comes once and in order, whatever is left out between, and however often the line is
/// lost: also where the last id that was seen is that of a heartbeat in the midst of what was left out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_filtered_client_that_comes_back_misses_none_and_gets_none_twice() {
    const ENTRIES: u64 = 600;
    let served = Node::new().serve_unix();
    let node = served.node.clone();
    let writing = tokio::task::spawn_blocking(move || {
        (0..ENTRIES)
            .filter_map(|number| {
                // Far more is left out than is asked for, and not evenly.
                let is_asked_for = number % 7 == 0 && number % 4 != 0;
                let zone = if is_asked_for { "tan-nhut-my-hanh" } else { "hcm-long-an" };
                let position = node.issue_in("hcm", zone, &format!("Tin {number}"));
                is_asked_for.then_some(position)
            })
            .collect::<Vec<u64>>()
    });
    let path = format!("{EVENTS}?zone=tan-nhut-my-hanh&kind=alert.issued,alert.amended");
    let mut seen: Vec<u64> = Vec::new();
    let mut last = String::from("1");
    let mut lines = 0;
    while seen.len() < 64 {
        lines += 1;
        let mut events = served.surface.events(&path, &[("last-event-id", &last)]).await;
        for _ in 0..=lines % 5 {
            let event = events.next().await.unwrap();
            if event.name == "entry" {
                seen.push(event.id.parse().unwrap());
            }
            last = event.id;
        }
    }
    assert_eq!(seen, writing.await.unwrap());
    assert!(lines > 10, "{lines}");
}

#[tokio::test]
async fn each_filter_brings_what_it_names() {
    let served = Node::new().serve_unix();
    let first = served.node.issue("Tin 1");
    let second = served.node.issue_in("hcm", "tan-nhut-my-hanh", "Tin 2");
    served.node.report_fork([1; 32], [2; 32]);
    for (question, expected) in [
        ("zone=hcm-long-an", vec![first, second + 1]),
        ("zone=tan-nhut-my-hanh", vec![second]),
        ("category=wanted-person", vec![first, second]),
        ("category=vehicle", vec![]),
        ("severity=important", vec![first, second]),
        ("severity=critical", vec![]),
        ("kind=fork.found", vec![second + 1]),
        ("kind=alert.issued,fork.found&zone=hcm-long-an", vec![first, second + 1]),
        ("alert=hcm/2024/000002", vec![second]),
        ("alert=hcm/2024/000002&kind=fork.found", vec![]),
    ] {
        let path = format!("{EVENTS}?after=1&{question}");
        let mut events = served.surface.events(&path, &[]).await;
        assert_eq!(events.next().await.unwrap(), position(1));
        for position in expected {
            assert_eq!(events.next().await.unwrap().id, position.to_string(), "{question}");
        }
    }
    for question in ["zone=X", "category=x", "severity=x", "kind=", "kind=x.y", "alert=1", "x=1"] {
        let answer = served.surface.get(&format!("{EVENTS}?{question}")).await;
        answer.problem(400, "parameter");
    }
}

/// So that it does not come back to where the last entry was that it got.
#[tokio::test(start_paused = true)]
async fn a_heartbeat_takes_a_filtered_client_past_what_it_did_not_ask_for() {
    let served = Node::new().serve_unix();
    let mut events = served.surface.events(&format!("{EVENTS}?category=vehicle"), &[]).await;
    assert_eq!(events.next().await.unwrap(), position(1));
    for number in 0..5 {
        served.node.issue(&format!("Tin {number}"));
    }
    let event = events.next().await.unwrap();
    assert_eq!(event, position(6));
}

#[tokio::test]
async fn many_clients_get_the_same() {
    let served = Node::new().serve_unix();
    let mut streams = Vec::new();
    for _ in 0..20 {
        streams.push(served.surface.events(EVENTS, &[]).await);
    }
    for number in 0..5 {
        served.node.issue(&format!("Tin {number}"));
    }
    // A stream that was opened late in the loop above still began before the first entry.
    for events in &mut streams {
        for expected in 2..=6 {
            assert_eq!(events.next_entry().await.id, expected.to_string());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_quiet_stream_says_where_it_is() {
    let served = Node::new().serve_unix();
    let mut events = served.surface.events(EVENTS, &[]).await;
    let begun = tokio::time::Instant::now();
    assert_eq!(events.next().await.unwrap(), position(1));
    assert_eq!(events.next().await.unwrap(), position(1));
    assert_eq!(begun.elapsed().as_secs(), 15);
}

#[tokio::test(start_paused = true)]
async fn a_position_of_another_log_is_reset() {
    let served = Node::new().serve_unix();
    let mut events = served.surface.events("/api/v1/events?after=99", &[]).await;
    let reset = Sent { id: "1".into(), name: "reset".into(), data: "1".into() };
    assert_eq!(events.next().await.unwrap(), reset);
    served.node.issue("Tin");
    assert_eq!(events.next_entry().await.id, "2");
}

#[tokio::test]
async fn views_that_are_behind_are_waited_for() {
    let served = Node::new().serve_unix();
    let mut events = served.surface.events("/api/v1/events?after=3", &[]).await;
    for number in 2..=4 {
        served.node.issue(&format!("Tin {number}"));
    }
    // Positions 2 and 3 are older than what was asked for.
    assert_eq!(events.next().await.unwrap().name, "position");
    assert_eq!(events.next_entry().await.id, "4");
}

#[tokio::test]
async fn open_streams_do_not_hold_up_the_end() {
    let served = Node::new().serve_unix();
    let mut events = served.surface.events(EVENTS, &[]).await;
    assert_eq!(events.next().await.unwrap(), position(1));
    let begun = std::time::Instant::now();
    served.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    assert_eq!(events.next().await, None);
}

/// More than a socket takes in for a client that does not read.
const FLOOD: u64 = 1_200;

#[tokio::test]
async fn there_are_only_so_many_streams_and_who_does_not_read_keeps_no_place() {
    let served = Node::new().serve_unix();
    let headers = [("host", "localhost")];
    let mut stalled = served.surface.events("/api/v1/events?after=1", &[]).await;
    assert_eq!(stalled.next().await.unwrap(), position(1));
    let mut others = Vec::new();
    for _ in 1..256 {
        others.push(served.surface.open("GET", EVENTS, &headers, "").await);
    }
    let refused = served.surface.get(EVENTS).await;
    refused.problem(503, "unavailable");
    assert_eq!(refused.headers["retry-after"], "1");
    for number in 0..FLOOD {
        served.node.issue(&format!("Tin {number}, {}", "x".repeat(800)));
    }
    drop(others);
    // Its place is free after a while, for all that it leaves unread.
    tokio::time::pause();
    let mut rounds = 0;
    let mut places = Vec::new();
    while places.len() < 256 {
        let asked = served.surface.open("GET", "/api/v1/events?after=999999", &headers, "").await;
        if asked.status() == 200 {
            places.push(asked);
        } else {
            rounds += 1;
            assert!(rounds < 50, "only {} places are free", places.len());
            tokio::time::advance(Duration::from_secs(5)).await;
        }
    }
    tokio::time::resume();
    drop(places);
    // When it reads again it gets what fitted, the end, and from there the rest: none is missing.
    let mut last = 1;
    while let Some(event) = stalled.next().await {
        let at: u64 = event.id.parse().unwrap();
        assert!(at == last || at == last + 1, "{at} after {last}");
        last = at;
    }
    assert!(last > 1 && last < FLOOD, "{last} of {FLOOD} were kept for it");
    let mut again = served.surface.events(EVENTS, &[("last-event-id", &last.to_string())]).await;
    while last < FLOOD + 1 {
        let event = again.next_entry().await;
        last += 1;
        assert_eq!(event.id, last.to_string());
    }
}
