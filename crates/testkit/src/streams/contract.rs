//! What holds of streams, whatever stands behind them.

use super::{Message, NotThere, Published, Streams};

/// The names of the rules.
pub const CONTRACT: [&str; 6] = [
    "what is published comes in order, and only of the durable's zones",
    "what was not acknowledged comes again, and what was does not",
    "the same id is stored once",
    "the last of a subject is the newest of that origin in that zone",
    "where there is no stream, or no durable, that is said",
    "owning again changes nothing of a durable that is right",
];

const OWNER: &str = "hcm";
const SUBSCRIBER: &str = "long-an";

/// Holds streams of which none has been made yet to one of the rules of [`CONTRACT`].
///
/// # Panics
/// When the rule does not hold, and for a rule that is none.
pub fn check(rule: &str, streams: &mut dyn Streams) {
    let number = CONTRACT.iter().position(|known| *known == rule).expect("a rule of the contract");
    let rules: [fn(&mut dyn Streams); CONTRACT.len()] =
        [order, again, once, last, absent, owned_again];
    rules[number](streams);
}

fn own(streams: &mut dyn Streams) {
    let zones = vec!["giap".to_owned(), "cluster".to_owned()];
    streams.own(OWNER, &[(SUBSCRIBER.to_owned(), zones)]);
}

fn message(id: &str, zone: &str, origin: &str) -> Message {
    let (id, bytes) = (id.to_owned(), id.as_bytes().to_vec());
    Message { id, zone: zone.to_owned(), origin: origin.to_owned(), bytes }
}

fn publish(streams: &mut dyn Streams, id: &str, zone: &str) -> Published {
    streams.publish(OWNER, &message(id, zone, OWNER)).expect("a stream")
}

/// What comes, by id.
fn come(streams: &mut dyn Streams, most: usize) -> Vec<(u64, String)> {
    let deliveries = streams.pull(OWNER, SUBSCRIBER, most).expect("a durable");
    deliveries.into_iter().map(|delivery| (delivery.seq, delivery.message.id)).collect()
}

fn ids(streams: &mut dyn Streams, most: usize) -> Vec<String> {
    come(streams, most).into_iter().map(|(_, id)| id).collect()
}

fn order(streams: &mut dyn Streams) {
    own(streams);
    for (id, zone) in [("a", "giap"), ("b", "of-others"), ("c", "cluster"), ("d", "giap")] {
        assert_eq!(publish(streams, id, zone), Published::Stored);
    }
    assert_eq!(ids(streams, 2), ["a", "c"]);
    assert_eq!(ids(streams, 2), ["d"]);
}

fn again(streams: &mut dyn Streams) {
    own(streams);
    for id in ["a", "b", "c"] {
        publish(streams, id, "giap");
    }
    let came = come(streams, 9);
    streams.acknowledge(OWNER, SUBSCRIBER, &[came[1].0]).expect("a durable");
    publish(streams, "d", "giap");
    assert_eq!(ids(streams, 9), ["d"], "not before it is overdue");
    streams.overdue(OWNER, SUBSCRIBER).expect("a durable");
    let mut repeated = ids(streams, 9);
    repeated.sort();
    assert_eq!(repeated, ["a", "c", "d"]);
}

fn once(streams: &mut dyn Streams) {
    own(streams);
    assert_eq!(publish(streams, "a", "giap"), Published::Stored);
    assert_eq!(publish(streams, "a", "giap"), Published::Duplicate);
    assert_eq!(ids(streams, 9), ["a"]);
}

fn last(streams: &mut dyn Streams) {
    own(streams);
    assert_eq!(streams.last(OWNER, "giap", OWNER), Ok(None));
    publish(streams, "a", "giap");
    publish(streams, "b", "giap");
    publish(streams, "c", "cluster");
    streams.publish(OWNER, &message("d", "giap", "hcm_cu-chi")).expect("a stream");
    let id = |found: Result<Option<Message>, NotThere>| found.map(|found| found.map(|m| m.id));
    assert_eq!(id(streams.last(OWNER, "giap", OWNER)), Ok(Some("b".to_owned())));
}

fn absent(streams: &mut dyn Streams) {
    let none = NotThere::Stream(OWNER.to_owned());
    assert_eq!(streams.publish(OWNER, &message("a", "giap", OWNER)), Err(none.clone()));
    assert_eq!(streams.last(OWNER, "giap", OWNER), Err(none.clone()));
    assert_eq!(streams.pull(OWNER, SUBSCRIBER, 9), Err(none));
    own(streams);
    assert_eq!(streams.pull(OWNER, "tay-ninh", 9), Err(NotThere::Durable("tay-ninh".to_owned())));
}

fn owned_again(streams: &mut dyn Streams) {
    own(streams);
    publish(streams, "a", "giap");
    publish(streams, "b", "giap");
    let came = come(streams, 1);
    streams.acknowledge(OWNER, SUBSCRIBER, &[came[0].0]).expect("a durable");
    own(streams);
    assert_eq!(ids(streams, 9), ["b"]);
}
