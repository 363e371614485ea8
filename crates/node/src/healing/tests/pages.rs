use bytes::Bytes;
use giapranh_record::page::{Page, RangeRequest};
use giapranh_record::{Facts, Header, Link, Payload, Unsigned, limits};

use super::super::answers::{self, Verdict};
use super::*;

/// A feed of `tay-ninh`, from seq 1 on, that the unit has signed.
fn events(count: u64) -> Vec<Bytes> {
    let mut head = Head::EMPTY;
    let mut event = |seq: u64| {
        let link = head.next_link(ZONE);
        let event = signed_event("tay-ninh", seq, link);
        head = Head { seq, hash: event.leaf() };
        event.bytes().clone()
    };
    (1..=count).map(&mut event).collect()
}

fn signed_event(origin: &str, seq: u64, link: Link) -> giapranh_record::Verified {
    let header = Header {
        event_id: uuid::Builder::from_unix_timestamp_millis(NOW, &[seq.to_le_bytes()[0]; 10])
            .into_uuid(),
        kind: "test.kind".to_owned(),
        origin: origin.to_owned(),
        acting_unit: origin.to_owned(),
        epoch: 1,
        index: seq - 1,
        recorded_ms: NOW,
        directory_seq: 1,
        alert: None,
        drafted_by: None,
        approved_by: None,
        causes: Vec::new(),
        facts: Facts::default(),
        erase_by_ms: None,
        key_commitment: None,
        links: vec![link],
    };
    let payload = Payload::Plain(Bytes::from_static(b"example"));
    Unsigned::new(header, payload).unwrap().sign(&key(origin))
}

fn ask(from_seq: u64, until_seq: u64, why: Why) -> Ask {
    let (zone, origin) = (ZONE.to_owned(), "tay-ninh".to_owned());
    let request = RangeRequest { zone, origin, epoch: 1, from_seq, until_seq };
    Ask { to: "long-an".to_owned(), request, why }
}

fn read(ask: &Ask, events: Vec<Bytes>, head_seq: u64) -> Result<usize, Answer> {
    let answer = Page { events, head_seq }.encode();
    answers::read(ask, &answer).map(|events| events.len())
}

#[test]
fn a_page_that_was_asked_for_is_read() {
    let all = events(5);
    assert_eq!(read(&ask(1, 5, Why::Lack), all.clone(), 5), Ok(5));
    assert_eq!(read(&ask(3, 5, Why::Lack), all[2..4].to_vec(), 5), Ok(2));
    assert_eq!(read(&ask(4, 4, Why::Evidence), all[3..4].to_vec(), 5), Ok(1));
}

#[test]
fn a_wrong_sequence_is_nonsense() {
    let all = events(5);
    let lie = |events: Vec<Bytes>| read(&ask(1, 5, Why::Lack), events, 5);
    assert_eq!(lie(all[1..].to_vec()), Err(Answer::Nonsense), "it begins later");
    assert_eq!(lie([&all[..2], &all[3..]].concat()), Err(Answer::Nonsense), "one is left out");
    assert_eq!(lie(all.iter().rev().cloned().collect()), Err(Answer::Nonsense), "backwards");
    assert_eq!(lie(vec![all[0].clone(); 3]), Err(Answer::Nonsense), "the same again");
}

#[test]
fn a_wrong_previous_hash_is_nonsense() {
    let mut all = events(3);
    let stray = Link { zone: ZONE.to_owned(), seq: 2, prev: leaf("another history", 1) };
    all[1] = signed_event("tay-ninh", 2, stray).bytes().clone();
    assert_eq!(read(&ask(1, 3, Why::Lack), all, 3), Err(Answer::Nonsense));
}

#[test]
fn events_of_another_unit_are_nonsense() {
    let other = signed_event("long-an", 1, Head::EMPTY.next_link(ZONE));
    let lie = read(&ask(1, 3, Why::Lack), vec![other.bytes().clone()], 3);
    assert_eq!(lie, Err(Answer::Nonsense));
    let elsewhere = signed_event("tay-ninh", 1, Head::EMPTY.next_link("cluster"));
    let lie = read(&ask(1, 3, Why::Lack), vec![elsewhere.bytes().clone()], 3);
    assert_eq!(lie, Err(Answer::Nonsense));
}

#[test]
fn pages_that_never_end_are_cut_where_the_question_ended() {
    let all = events(5);
    assert_eq!(read(&ask(1, 4, Why::Lack), all, 5), Err(Answer::Nonsense));
    // Nothing, again and again, with the word that there is more.
    assert_eq!(read(&ask(1, 4, Why::Lack), vec![], u64::MAX >> 1), Err(Answer::Nonsense));
    assert_eq!(read(&ask(3, 4, Why::Lack), vec![], 2), Err(Answer::NotHere));
}

#[test]
fn a_page_bomb_is_nonsense_whatever_it_is_made_of() {
    let lack = ask(1, 1_000_000, Why::Lack);
    let large = Bytes::from(vec![0; limits::PAGE_BYTES + 1]);
    let many = Page { events: vec![Bytes::new(); limits::PAGE_EVENTS + 1], head_seq: 9 };
    let long = Page { events: vec![vec![0; limits::EVENT_BYTES + 1].into()], head_seq: 9 };
    for bomb in [large, many.encode(), long.encode(), Bytes::from_static(&[0xff; 40])] {
        assert_eq!(answers::read(&lack, &bomb), Err(Answer::Nonsense));
    }
}

#[test]
fn valid_bytes_with_a_bad_signature_speak_against_who_gave_them() {
    let lack = ask(3, 6, Why::Lack);
    let judged = |verdicts: &[Verdict]| answers::judged(&lack, verdicts);
    let bad = [Verdict::In, Verdict::Refused("signature"), Verdict::In];
    assert_eq!(judged(&bad), Answer::Nonsense);
    for reason in ["malformed", "subject", "key-of-another", "local"] {
        assert_eq!(judged(&[Verdict::Refused(reason), Verdict::Refused("fork")]), Answer::Nonsense);
    }
    assert_eq!(judged(&[Verdict::In; 4]), Answer::Taken { through_seq: 6 });
    assert_eq!(judged(&[Verdict::In; 2]), Answer::Taken { through_seq: 4 });
}

#[test]
fn what_the_author_or_the_directory_is_to_blame_for_does_not_speak_against_who_gave_it() {
    let lack = ask(3, 6, Why::Lack);
    let judged = |verdicts: &[Verdict]| answers::judged(&lack, verdicts);
    for reason in ["not-entitled", "key-of-another-epoch", "fork"] {
        assert_eq!(judged(&[Verdict::In, Verdict::Refused(reason)]), Answer::Barred, "{reason}");
    }
    let cut = Verdict::Refused("beyond-cut");
    assert_eq!(judged(&[Verdict::In, cut, cut]), Answer::BeyondCut);
    assert_eq!(judged(&[cut, Verdict::Refused("fork")]), Answer::Barred);
    assert_eq!(judged(&[cut, Verdict::Waits]), Answer::Barred);
    assert_eq!(judged(&[Verdict::In, Verdict::Waits]), Answer::Barred);
    // What proves a fork is there to be refused.
    let evidence = ask(3, 3, Why::Evidence);
    let judged = |verdict| answers::judged(&evidence, &[verdict]);
    assert_eq!(judged(Verdict::Refused("fork")), Answer::Taken { through_seq: 3 });
    // The very event that is here, or one of nobody, is no proof.
    for lie in [Verdict::In, Verdict::Refused("signature")] {
        assert_eq!(judged(lie), Answer::Nonsense);
    }
}
