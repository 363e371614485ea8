//! What a node says of its feeds, and the pages that it gives out of them.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{BORDER, CLUSTER, Unit, append, give, publish, publish_all};
use giapranh_log::FeedKey;
use giapranh_record::Hash;
use giapranh_record::beacon::LocalHead;
use giapranh_record::event::Event;
use giapranh_record::page::Page;

fn feed(origin: &str, zone: &str) -> FeedKey {
    FeedKey { origin: origin.to_owned(), epoch: 1, zone: zone.to_owned() }
}

#[tokio::test]
async fn the_heads_are_those_before_the_first_gap_and_the_local_chain_is_told_apart() {
    let author = Unit::new("hcm", &[]);
    let unit = Unit::knowing("long-an", &[BORDER, CLUSTER], &[&author]);
    let zones = vec![vec![BORDER], vec![BORDER, CLUSTER], vec![BORDER, CLUSTER]];
    let events = publish_all(&author, zones).await;
    let log = unit.open();
    let said = |log: &giapranh_log::Log| {
        let log = log.clone();
        async move { log.submit(|batch| Ok((batch.heads(), batch.local_head()))).await.unwrap() }
    };
    assert_eq!(said(&log).await, (vec![], LocalHead::EMPTY));
    // Beyond a gap in one of its zones.
    give(&log, &events[1], CLUSTER).await;
    append(&log, &[BORDER]).await.unwrap();
    let (heads, local) = said(&log).await;
    let seqs: Vec<(FeedKey, u64)> =
        heads.into_iter().map(|(feed, head)| (feed, head.seq)).collect();
    let expected =
        [(feed("hcm", CLUSTER), 1), (feed("long-an", BORDER), 1), (feed("long-an", "local"), 1)];
    assert_eq!(seqs, expected);
    assert_eq!(local.count, 1, "the receipt");
    give(&log, &events[0], BORDER).await;
    let (heads, _) = said(&log).await;
    let here = heads.iter().find(|(at, _)| *at == feed("hcm", BORDER)).unwrap().1;
    assert_eq!((here.seq, here.hash), (2, Event::parse(events[1].clone()).unwrap().leaf()));
    // Asking moves nothing.
    let head = *log.head().borrow();
    said(&log).await;
    assert_eq!(*log.head().borrow(), head);
    log.close().await;
    let log = unit.open();
    assert_eq!(said(&log).await.0, heads, "a restart says the same");
}

#[tokio::test]
async fn a_range_holds_what_fits_without_a_gap() {
    let author = Unit::new("hcm", &[]);
    let unit = Unit::knowing("long-an", &[BORDER, CLUSTER], &[&author]);
    let mut zones = vec![vec![BORDER]; 5];
    zones[3] = vec![BORDER, CLUSTER];
    let events = publish_all(&author, zones).await;
    let log = unit.open();
    for at in [0, 1, 3] {
        give(&log, &events[at], if at == 3 { CLUSTER } else { BORDER }).await;
    }
    let reader = unit.reader();
    let range = |from, until, most| reader.range("hcm", 1, BORDER, from, until, most).unwrap();

    assert_eq!(range(1, 0, Page::ROOM), events[..2], "up to the gap");
    assert_eq!(range(1, 1, Page::ROOM), events[..1]);
    assert_eq!(range(2, 9, Page::ROOM), events[1..2]);
    assert_eq!(range(3, 0, Page::ROOM), [""; 0]);
    assert_eq!(range(4, 0, Page::ROOM), events[3..4]);
    let first = Page::cost(events[0].len());
    assert_eq!(range(1, 0, first), events[..1]);
    assert_eq!(range(1, 0, first - 1), [""; 0]);
    assert_eq!(reader.range("hcm", 2, BORDER, 1, 0, Page::ROOM).unwrap(), [""; 0]);
    assert_eq!(reader.range("hcm", 1, "elsewhere", 1, 0, Page::ROOM).unwrap(), [""; 0]);

    let leaf = |at: usize| Event::parse(events[at].clone()).unwrap().leaf();
    let hash = |seq| -> Option<Hash> { reader.hash_at("hcm", 1, BORDER, seq).unwrap() };
    assert_eq!(
        [hash(1), hash(2), hash(3), hash(4)],
        [Some(leaf(0)), Some(leaf(1)), None, Some(leaf(3))]
    );
}

#[tokio::test]
async fn a_page_holds_no_more_events_than_it_may() {
    let unit = Unit::new("hcm", &[BORDER]);
    let events = publish(&unit, 2_050, &[BORDER]).await;
    let range = unit.reader().range("hcm", 1, BORDER, 1, 0, usize::MAX).unwrap();
    assert_eq!(range, events[..2_048]);
    let page = Page { events: range, head_seq: 2_050 };
    assert_eq!(Page::parse(&page.encode()), Ok(page));
}
