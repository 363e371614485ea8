use super::*;

const LATER: u64 = NOW + GRACE_MS;

fn lack(origin: &str, from_seq: u64, holders: &[(&str, u64)]) -> Lack {
    let holder = |(unit, seq): &(&str, u64)| Holder { unit: (*unit).to_owned(), seq: *seq };
    let holders = holders.iter().map(holder).collect();
    Lack { feed: feed(origin, ZONE), from_seq, holders }
}

/// To whom, from and until where.
fn asks(wants: &mut Wants, now_ms: u64) -> Vec<(String, u64, u64)> {
    next(wants, now_ms)
        .into_iter()
        .map(|ask| (ask.to, ask.request.from_seq, ask.request.until_seq))
        .collect()
}

fn next(wants: &mut Wants, now_ms: u64) -> Vec<Ask> {
    wants.next(ME, now_ms)
}

fn ask(to: &str, from: u64, until: u64) -> (String, u64, u64) {
    (to.to_owned(), from, until)
}

fn wanting(lacks: &[Lack]) -> Wants {
    let mut wants = Wants::new();
    wants.lacks(lacks.to_vec(), NOW);
    wants
}

#[test]
fn what_comes_by_itself_is_not_asked_for() {
    let mut wants = wanting(&[lack("tay-ninh", 3, &[("tay-ninh", 9)])]);
    assert_eq!(asks(&mut wants, LATER - 1), []);
    // It comes: the feed does not stand still.
    wants.lacks(vec![lack("tay-ninh", 5, &[("tay-ninh", 9)])], LATER - 1);
    assert_eq!(asks(&mut wants, LATER), []);
    assert_eq!(wants.next_ms(ME, LATER), Some(LATER - 1 + GRACE_MS));
    assert_eq!(asks(&mut wants, LATER - 1 + GRACE_MS), [ask("tay-ninh", 5, 9)]);
    wants.lacks(vec![], LATER);
    assert_eq!((wants.lacking(), wants.next_ms(ME, LATER)), (0, None));
}

#[test]
fn our_own_events_are_asked_for_at_once() {
    let mut wants = wanting(&[lack(ME, 3, &[("long-an", 9)])]);
    assert_eq!(asks(&mut wants, NOW), [ask("long-an", 3, 9)]);
}

#[test]
fn a_page_goes_on_where_the_one_before_ended_and_ends_where_the_holder_does() {
    let mut wants = wanting(&[lack("tay-ninh", 1, &[("tay-ninh", 600)])]);
    let mut from = 1;
    for page in 0..3 {
        let asked = next(&mut wants, LATER + page);
        assert_eq!(asked.len(), 1, "one at a time for a feed and a peer");
        assert_eq!(asks(&mut wants, LATER + page), []);
        assert_eq!((asked[0].request.from_seq, asked[0].request.until_seq), (from, 600));
        from += 200;
        wants.answered(&asked[0], &Answer::Taken { through_seq: from - 1 }, LATER + page);
        wants.lacks(vec![lack("tay-ninh", from, &[("tay-ninh", 600)])], LATER + page);
    }
    assert_eq!(asks(&mut wants, LATER + 9), [], "there is no more");
}

#[test]
fn pages_that_never_end_are_not_asked_for_again() {
    // It says that it holds any number, and answers with what does not lengthen the feed.
    let endless = || vec![lack("tay-ninh", 4, &[("tay-ninh", u64::MAX >> 1)])];
    let mut wants = wanting(&endless());
    let mut questions = 0;
    for second in 1..=60 {
        let now = NOW + second * 1_000;
        for asked in next(&mut wants, now) {
            questions += 1;
            wants.answered(&asked, &Answer::Taken { through_seq: 10_000 }, now);
        }
        wants.lacks(endless(), now);
    }
    assert!((1..=3).contains(&questions), "{questions} in a minute");
}

#[test]
fn who_answers_with_nonsense_rests_and_the_next_is_asked() {
    let holders = [("tay-ninh", 9), ("long-an", 9)];
    let mut wants = wanting(&[lack("tay-ninh", 3, &holders)]);
    let liar = next(&mut wants, LATER).remove(0);
    assert_eq!(liar.to, "tay-ninh");
    wants.answered(&liar, &Answer::Nonsense, LATER);
    assert!(wants.has_lied("tay-ninh") && !wants.has_lied("long-an"));
    let other = next(&mut wants, LATER).remove(0);
    assert_eq!(other.to, "long-an");
    wants.answered(&other, &Answer::Unanswered, LATER);
    // Each time for longer, and a word of it changes nothing; that nobody answered is forgotten
    // when he speaks.
    assert_eq!(asks(&mut wants, LATER + 1_000), []);
    wants.heard("tay-ninh");
    wants.heard("long-an");
    assert_eq!(asks(&mut wants, LATER + 1_000), [ask("long-an", 3, 9)]);
    wants.answered(&other, &Answer::NotHere, LATER + 1_000);
    assert_eq!(asks(&mut wants, LATER + 29_999), []);
    let again = next(&mut wants, LATER + 30_000).remove(0);
    assert_eq!(again.to, "tay-ninh");
    wants.answered(&again, &Answer::Nonsense, LATER + 30_000);
    let between = next(&mut wants, LATER + 31_000).remove(0);
    assert_eq!(between.to, "long-an");
    wants.answered(&between, &Answer::NotEntitled, LATER + 61_000);
    assert_eq!(asks(&mut wants, LATER + 89_999), []);
    assert_eq!(asks(&mut wants, LATER + 90_000)[0].0, "tay-ninh");
}

#[test]
fn a_peer_that_lies_holds_up_no_other_feed() {
    let liars = [lack("tay-ninh", 3, &[("tay-ninh", 9)]), lack("long-an", 1, &[("long-an", 4)])];
    let mut wants = wanting(&liars);
    let both = next(&mut wants, LATER);
    assert_eq!(both.len(), 2);
    let liar = both.iter().find(|ask| ask.to == "tay-ninh").unwrap();
    wants.answered(liar, &Answer::Nonsense, LATER);
    let honest = both.iter().find(|ask| ask.to == "long-an").unwrap();
    wants.answered(honest, &Answer::Taken { through_seq: 2 }, LATER);
    assert_eq!(asks(&mut wants, LATER), [ask("long-an", 3, 4)]);
}

#[test]
fn what_the_gate_does_not_take_now_is_not_asked_of_the_next() {
    let holders = [("tay-ninh", 9), ("long-an", 9)];
    let mut wants = wanting(&[lack("tay-ninh", 3, &holders)]);
    let first = next(&mut wants, LATER).remove(0);
    wants.answered(&first, &Answer::Barred, LATER);
    assert_eq!(asks(&mut wants, LATER + 29_999), []);
    // Then another one comes first: anybody can make a page that only waits.
    let second = next(&mut wants, LATER + 30_000).remove(0);
    assert_eq!(second.to, "long-an");
    wants.answered(&second, &Answer::Barred, LATER + 30_000);
    assert_eq!(asks(&mut wants, LATER + 60_000), [ask("tay-ninh", 3, 9)]);
}

#[test]
fn what_lies_beyond_a_cut_is_asked_of_each_who_holds_it_once() {
    let holders = [("tay-ninh", 9), ("long-an", 9)];
    let mut wants = wanting(&[lack("tay-ninh", 3, &holders)]);
    for holder in ["tay-ninh", "long-an"] {
        let asked = next(&mut wants, LATER).remove(0);
        assert_eq!(asked.to, holder);
        wants.answered(&asked, &Answer::BeyondCut, LATER);
    }
    // They go on saying that they hold it.
    for minute in 1..60 {
        let now_ms = LATER + minute * 60_000;
        wants.lacks(vec![lack("tay-ninh", 3, &holders)], now_ms);
        assert_eq!(asks(&mut wants, now_ms), []);
    }
}

#[test]
fn who_is_busy_is_left_alone_as_long_as_it_says_and_no_longer_than_a_minute() {
    for (said, waited) in [(2_000, 2_000), (u64::MAX, 60_000), (0, 50)] {
        let mut wants = wanting(&[lack("tay-ninh", 3, &[("tay-ninh", 9)])]);
        let first = next(&mut wants, LATER).remove(0);
        wants.answered(&first, &Answer::Busy { retry_after_ms: said }, LATER);
        assert_eq!(wants.next_ms(ME, LATER), Some(LATER + waited));
        assert_eq!(asks(&mut wants, LATER + waited - 1), []);
        assert_eq!(asks(&mut wants, LATER + waited).len(), 1);
    }
}

#[test]
fn no_more_feeds_than_these_are_asked_for_at_once_and_each_has_its_turn() {
    let units: Vec<String> = (0..20).map(|number| format!("u-{number:02}")).collect();
    let all: Vec<Lack> = units.iter().map(|unit| lack(unit, 1, &[(unit, 5)])).collect();
    let mut wants = wanting(&all);
    let mut asked = BTreeSet::new();
    for turn in 0..3 {
        let now = next(&mut wants, LATER + turn);
        assert!(now.len() <= FEEDS_AT_ONCE, "{}", now.len());
        for ask in now {
            wants.answered(&ask, &Answer::Taken { through_seq: 1 }, LATER + turn);
            asked.insert(ask.to);
        }
    }
    assert_eq!(asked.len(), 20);
}

#[test]
fn the_directory_comes_before_what_needs_it() {
    let mut directory = lack("brvt", 1, &[("brvt", 5)]);
    directory.feed.zone = "directory".to_owned();
    let mut wants = wanting(&[lack("a", 1, &[("a", 5)]), directory]);
    let first = next(&mut wants, LATER);
    assert_eq!(first.iter().map(|ask| ask.to.as_str()).collect::<Vec<_>>(), ["brvt"]);
    wants.answered(&first[0], &Answer::Unanswered, LATER);
    assert_eq!(asks(&mut wants, LATER), [ask("a", 1, 5)], "and nobody waits for who is away");
}

#[test]
fn who_says_he_has_more_of_the_directory_and_gives_none_holds_up_nothing() {
    let mut directory = lack("brvt", 1, &[("long-an", u64::MAX >> 1)]);
    directory.feed.zone = "directory".to_owned();
    let mut now = LATER;
    for answer in [Answer::Busy { retry_after_ms: 0 }, Answer::Unanswered, Answer::NotHere] {
        let mut wants = wanting(&[lack("a", 1, &[("a", 5)]), directory.clone()]);
        let first = next(&mut wants, now).remove(0);
        assert_eq!(first.to, "long-an");
        wants.answered(&first, &answer, now);
        // He speaks all the time, and is asked again before everything else.
        wants.heard("long-an");
        now += 60_000;
        let both: Vec<String> = next(&mut wants, now).into_iter().map(|ask| ask.to).collect();
        assert_eq!(both, ["long-an", "a"], "{answer:?}");
    }
}

#[test]
fn who_has_shown_another_history_is_not_asked_for_it_with_each_beacon() {
    let mut wants = Wants::new();
    let mut questions = 0;
    // Somebody has decided here, and the other one goes on in its own way.
    for beacon in 0..40 {
        let now = NOW + beacon * 15_000;
        wants.evidence(feed("tay-ninh", ZONE), 4 + beacon, "long-an".to_owned());
        for ask in next(&mut wants, now) {
            questions += 1;
            let through_seq = ask.request.from_seq;
            wants.answered(&ask, &Answer::Taken { through_seq }, now);
        }
    }
    assert_eq!(questions, 1, "in ten minutes");
}

#[test]
fn evidence_is_asked_of_who_has_it_and_copies_of_everybody_in_turn() {
    let mut wants = Wants::new();
    wants.evidence(feed("tay-ninh", ZONE), 4, "long-an".to_owned());
    let evidence = next(&mut wants, NOW).remove(0);
    assert_eq!((evidence.why, evidence.to.as_str()), (Why::Evidence, "long-an"));
    assert_eq!((evidence.request.from_seq, evidence.request.until_seq), (4, 4));
    wants.answered(&evidence, &Answer::NotHere, NOW);
    assert_eq!(asks(&mut wants, NOW + 100_000), [], "its next beacon says whether it is so");

    let doubt = Doubt {
        feed: feed("tay-ninh", ZONE),
        seq: 7,
        holders: vec!["tay-ninh".to_owned(), "long-an".to_owned()],
    };
    let (mut asked, mut now) = (Vec::new(), NOW);
    for _ in 0..3 {
        wants.doubts(vec![doubt.clone()]);
        let ask = next(&mut wants, now).remove(0);
        wants.answered(&ask, &Answer::Taken { through_seq: 7 }, now);
        asked.push(ask.to);
        now = wants.next_ms(ME, now).unwrap_or(now);
    }
    assert_eq!(asked, ["tay-ninh", "long-an", "tay-ninh"]);
    wants.doubts(vec![]);
    assert_eq!(asks(&mut wants, now + 100_000), [], "the signature is good now");
}

#[test]
fn what_is_asked_for_singly_has_a_bound() {
    let mut wants = Wants::new();
    for seq in 1..10_000 {
        wants.evidence(feed("tay-ninh", ZONE), seq, "long-an".to_owned());
    }
    let mut questions = 0;
    while let Some(ask) = next(&mut wants, NOW).pop() {
        wants.answered(&ask, &Answer::NotHere, NOW);
        questions += 1;
    }
    assert_eq!(questions, 256);
}

#[test]
fn what_nobody_can_show_is_not_waited_for() {
    let mut wants = wanting(&[lack(ME, 3, &[("long-an", 9), ("tay-ninh", 7)])]);
    let lacking = |wants: &Wants, now_ms| wants.is_lacking(|feed| feed.origin == ME, now_ms);
    assert!(lacking(&wants, NOW) && !wants.is_lacking(|feed| feed.origin == "long-an", NOW));
    for answer in [Answer::NotHere, Answer::Nonsense] {
        assert!(lacking(&wants, NOW));
        let asked = next(&mut wants, NOW).remove(0);
        assert!(lacking(&wants, NOW), "an answer may come");
        wants.answered(&asked, &answer, NOW);
    }
    assert!(!lacking(&wants, NOW));
    // Who did not answer may have it.
    let mut wants = wanting(&[lack(ME, 3, &[("long-an", 9)])]);
    let asked = next(&mut wants, NOW).remove(0);
    wants.answered(&asked, &Answer::Unanswered, NOW);
    assert!(lacking(&wants, NOW));
}
