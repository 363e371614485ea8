use giapranh_record::beacon::Unbelieved;

use super::*;

fn lacks(peers: &Peers, world: &World) -> Vec<(String, u64, Vec<String>)> {
    let shown = |lack: Lack| {
        let holders = lack.holders.into_iter().map(|holder| holder.unit).collect();
        (lack.feed.origin, lack.from_seq, holders)
    };
    peers.lacks(&world.heads, |_| true).into_iter().map(shown).collect()
}

fn findings(world: &World, peers: &mut Peers, said: Beacon) -> Vec<Finding> {
    world.hear(peers, &signed(said)).unwrap().findings
}

#[test]
fn what_others_hold_and_we_do_not_is_lacking_and_its_origin_is_asked_first() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold("tay-ninh", ZONE, 2);
    let said = signed(beacon("long-an", 1, &[("tay-ninh", 9)]));
    assert!(world.hear(&mut peers, &said).unwrap().more);
    findings(&world, &mut peers, beacon("tay-ninh", 1, &[("tay-ninh", 5)]));
    findings(&world, &mut peers, beacon("long-an_duc-hoa", 1, &[("tay-ninh", 2)]));
    let holders = vec!["tay-ninh".to_owned(), "long-an".to_owned()];
    assert_eq!(lacks(&peers, &world), [("tay-ninh".to_owned(), 3, holders)]);

    world.hold("tay-ninh", ZONE, 9);
    assert_eq!(lacks(&peers, &world), []);
}

#[test]
fn nothing_new_shows_nothing() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold("tay-ninh", ZONE, 5);
    let said = beacon("long-an", 1, &[("tay-ninh", 5)]);
    let heard = world.hear(&mut peers, &signed(said)).unwrap();
    assert_eq!((heard.findings, heard.more), (vec![], false));
    assert_eq!(lacks(&peers, &world), []);
    // What was compared once is not looked up again.
    world.hold("tay-ninh", ZONE, 6);
    let mut questions = |seq| {
        let said = signed(beacon("long-an", 2, &[("tay-ninh", seq)]));
        let admitted = peers.admit(&said, &world, &world.heads, 0).unwrap();
        peers.questions(&admitted, &world.heads)
    };
    assert_eq!(questions(5), []);
    assert_eq!(questions(4), [(feed("tay-ninh", ZONE), 4)]);
}

#[test]
fn who_holds_what_of_ours_is_noted_once() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold(ME, ZONE, 5);
    let said = |counter, seq| beacon("long-an", counter, &[(ME, seq)]);
    let delivered = |seq| {
        let (unit, zone) = ("long-an".to_owned(), ZONE.to_owned());
        vec![Finding::Delivered { unit, zone, heads: vec![(1, seq)] }]
    };
    assert_eq!(findings(&world, &mut peers, said(1, 5)), delivered(5));
    // Not before it is durable does it count as noted; until then it is not said twice a second.
    assert_eq!(findings(&world, &mut peers, said(2, 5)), []);
    world.now_ms += 1_000;
    assert_eq!(findings(&world, &mut peers, said(3, 5)), delivered(5));
    peers.noted("long-an", ZONE, 1, 5);
    world.now_ms += 1_000;
    assert_eq!(findings(&world, &mut peers, said(4, 5)), []);
}

#[test]
fn who_catches_up_step_by_step_does_not_fill_our_log_with_notes() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold(ME, ZONE, 100);
    let mut notes = 0;
    for step in 1..100 {
        world.now_ms += 1_000;
        let found = findings(&world, &mut peers, beacon("long-an", step, &[(ME, step)]));
        if found.iter().any(|finding| matches!(finding, Finding::Delivered { .. })) {
            notes += 1;
            peers.noted("long-an", ZONE, 1, step);
        }
    }
    assert_eq!(notes, 2, "once a minute");
    world.now_ms += 1_000;
    let all = findings(&world, &mut peers, beacon("long-an", 100, &[(ME, 100)]));
    assert!(matches!(all[..], [Finding::Delivered { .. }]), "{all:?}");
}

#[test]
fn a_beacon_that_names_invented_feeds_is_no_proof_to_be_kept() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold(ME, ZONE, 5);
    let names: Vec<String> = (0..200).map(|number| format!("bia-{number:03}")).collect();
    let mut heads: Vec<(&str, u64)> = names.iter().map(|name| (name.as_str(), 1)).collect();
    heads.push((ME, 5));
    assert_eq!(findings(&world, &mut peers, beacon("long-an", 1, &heads)), []);
    let honest = findings(&world, &mut peers, beacon("long-an", 2, &[(ME, 5)]));
    assert!(matches!(honest[..], [Finding::Delivered { .. }]), "{honest:?}");
}

#[test]
fn a_beacon_of_which_a_part_is_not_so_proves_no_delivery() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold(ME, ZONE, 5);
    let mut said = beacon("long-an", 1, &[(ME, 5)]);
    said.heads.push(FeedHead {
        epoch: 2,
        seq: 9,
        hash: Hash::of(&[b"none"]),
        ..said.heads[0].clone()
    });
    let found = findings(&world, &mut peers, said);
    assert!(matches!(found[..], [Finding::OwnElsewhere(_)]), "{found:?}");
}

#[test]
fn what_others_hold_of_ours_and_we_do_not_is_a_claim_on_our_tail() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold(ME, ZONE, 5);
    let claim = |seq, hash| {
        let (zone, said_by) = (ZONE.to_owned(), "long-an".to_owned());
        Finding::OwnElsewhere(Claim { epoch: 1, zone, seq, hash, said_by })
    };
    let longer = beacon("long-an", 1, &[(ME, 7)]);
    assert_eq!(findings(&world, &mut peers, longer), [claim(7, leaf(ME, 7))]);
    assert_eq!(lacks(&peers, &world), [(ME.to_owned(), 6, vec!["long-an".to_owned()])]);
    let mut other = beacon("long-an", 2, &[(ME, 4)]);
    other.heads[0].hash = leaf("another history", 4);
    assert_eq!(findings(&world, &mut peers, other), [claim(4, leaf("another history", 4))]);
}

#[test]
fn another_event_at_a_seq_that_we_hold_is_a_fork_to_be_proven_by_who_said_so() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold("tay-ninh", ZONE, 9);
    for (counter, seq) in [(1, 9), (5, 4)] {
        let mut said = beacon("long-an", counter, &[("tay-ninh", seq)]);
        said.heads[0].hash = leaf("another history", seq);
        let (feed, said_by) = (feed("tay-ninh", ZONE), "long-an".to_owned());
        let fork = Finding::Fork { feed, seq, said_by };
        // As long as it is said, it is asked for: the first question may have got lost.
        for _ in 0..2 {
            assert_eq!(findings(&world, &mut peers, said.clone()), std::slice::from_ref(&fork));
            said.counter += 1;
        }
    }
}

#[test]
fn a_beacon_of_our_own_unit_from_another_node_tells_a_clone() {
    let (world, mut peers) = (World::new(), nobody());
    let other = signed(beacon(ME, 1_001, &[]));
    let found = vec![Finding::Clone { counter: 1_001 }];
    assert_eq!(world.hear(&mut peers, &other).unwrap().findings, found);
    // What came from this node, and what an earlier life of it said, tells none.
    let ours = Beacon { instance: OURS, ..beacon(ME, 1_001, &[]) };
    assert_eq!(world.hear(&mut peers, &signed(ours)), Err(Unheard::Echo));
    let earlier = signed(beacon(ME, 1_000, &[]));
    assert_eq!(world.hear(&mut peers, &earlier), Err(Unheard::Replayed));
    // Nor does one that somebody else has made up.
    let forged = beacon(ME, 2_000, &[]).sign(&key("long-an")).unwrap();
    assert!(matches!(world.hear(&mut peers, &forged), Err(Unheard::Unbelieved(_))));
}

#[test]
fn the_number_that_a_stolen_key_said_silences_nobody_who_has_a_new_one() {
    let (mut world, mut peers) = (World::new(), nobody());
    let stolen = signed(beacon("long-an", u64::MAX >> 1, &[]));
    world.hear(&mut peers, &stolen).unwrap();
    world.epoch = 2;
    let renewed = signed(Beacon { epoch: 2, ..beacon("long-an", NOW, &[]) });
    world.hear(&mut peers, &renewed).unwrap();
    assert_eq!(world.hear(&mut peers, &renewed), Err(Unheard::Replayed));
    assert_eq!(world.hear(&mut peers, &stolen), Err(Unheard::Replayed));
}

#[test]
fn an_old_beacon_replayed_counts_for_nothing() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold("tay-ninh", ZONE, 9);
    let old = signed(beacon("long-an", 5, &[("tay-ninh", 3)]));
    world.hear(&mut peers, &old).unwrap();
    assert_eq!(world.hear(&mut peers, &old), Err(Unheard::Replayed));
    world.hear(&mut peers, &signed(beacon("long-an", 6, &[("tay-ninh", 9)]))).unwrap();
    assert_eq!(world.hear(&mut peers, &old), Err(Unheard::Replayed));
    assert_eq!(peers.holders(&feed("tay-ninh", ZONE), 9), ["long-an"]);
    // Of another zone it may have been overtaken.
    let cluster = Beacon { zone: "cluster".to_owned(), ..beacon("long-an", 4, &[]) };
    assert!(world.hear(&mut peers, &signed(cluster)).is_ok());
}

#[test]
fn a_beacon_in_another_units_name_counts_for_nothing() {
    let (world, mut peers) = (World::new(), nobody());
    let forged = beacon("long-an", 1, &[("tay-ninh", 9)]).sign(&key("tay-ninh")).unwrap();
    let refused = world.hear(&mut peers, &forged);
    let Err(Unheard::Unbelieved(Unbelieved::KeyOfAnother { .. })) = refused else {
        panic!("{refused:?}");
    };
    let mut bytes = signed(beacon("long-an", 1, &[("tay-ninh", 9)])).bytes().to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let torn = SignedBeacon::parse(bytes.into()).unwrap();
    let refused = world.hear(&mut peers, &torn);
    assert!(matches!(refused, Err(Unheard::Unbelieved(Unbelieved::Signature(_)))), "{refused:?}");
    assert_eq!(lacks(&peers, &world), []);
}

#[test]
fn a_key_that_was_revoked_speaks_for_nobody() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.revoked.insert(key("long-an").public_key().id());
    // It would shut the unit's mouth: nothing newer could follow.
    let stolen = signed(beacon("long-an", i64::MAX.cast_unsigned(), &[]));
    assert_eq!(world.hear(&mut peers, &stolen), Err(Unheard::NotCurrent));
    world.revoked.clear();
    assert!(world.hear(&mut peers, &signed(beacon("long-an", 2, &[]))).is_ok());
}

#[test]
fn of_a_zone_that_is_not_theirs_or_not_ours_nothing_is_heard() {
    let (mut world, mut peers) = (World::new(), nobody());
    let outside = signed(beacon("tien-giang", 1, &[("tay-ninh", 9)]));
    assert_eq!(world.hear(&mut peers, &outside), Err(Unheard::NotEntitled));
    world.zones.remove(&(ME.to_owned(), ZONE.to_owned()));
    let inside = signed(beacon("long-an", 1, &[("tay-ninh", 9)]));
    assert_eq!(world.hear(&mut peers, &inside), Err(Unheard::NotEntitled));
    assert_eq!(lacks(&peers, &world), []);
}

#[test]
fn whose_key_is_unknown_is_asked_for_the_directory_and_for_nothing_else() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.enrolled.clear();
    world.hold("brvt", "directory", 2);
    let said = |zone: &str, seq| {
        let said = beacon("long-an", seq, &[("brvt", seq)]);
        signed(Beacon { zone: zone.to_owned(), ..said })
    };
    for (zone, seq) in [("directory", 5), (ZONE, 6)] {
        let refused = world.hear(&mut peers, &said(zone, seq));
        let Err(Unheard::Unbelieved(Unbelieved::UnknownKey(_))) = refused else {
            panic!("{refused:?}");
        };
    }
    let of_directory = ("brvt".to_owned(), 3, vec!["long-an".to_owned()]);
    assert_eq!(lacks(&peers, &world), [of_directory]);
    // What anybody can say without a key must not fill the memory.
    for number in 0..1_000 {
        let unit = format!("x-{number}");
        let said = Beacon { zone: "directory".into(), ..beacon(&unit, 1, &[("brvt", 9)]) };
        world.hear(&mut peers, &signed(said)).unwrap_err();
    }
    assert_eq!(peers.lacks(&world.heads, |_| true)[0].holders.len(), 64);
}

#[test]
fn a_peer_that_has_started_is_recognised() {
    let (world, mut peers) = (World::new(), nobody());
    let new = |peers: &mut Peers, counter, instance| {
        let said = Beacon { instance: [instance; 16], ..beacon("long-an", counter, &[]) };
        world.hear(peers, &signed(said)).unwrap().new_instance
    };
    assert!(new(&mut peers, 1, 1));
    assert!(!new(&mut peers, 2, 1));
    assert!(new(&mut peers, 3, 2));
}

#[test]
fn a_local_chain_that_went_back_is_told() {
    let (world, mut peers) = (World::new(), nobody());
    let mut hear = |counter, count, history| {
        let local = LocalHead { count, hash: leaf(history, count) };
        let said = Beacon { local, ..beacon("long-an", counter, &[]) };
        findings(&world, &mut peers, said)
    };
    let back = |was, now| vec![Finding::LocalWentBack { unit: "long-an".to_owned(), was, now }];
    assert_eq!(hear(1, 4, "local"), []);
    assert_eq!(hear(2, 9, "local"), []);
    assert_eq!(hear(3, 7, "local"), back(9, 7));
    assert_eq!(hear(4, 7, "another"), back(7, 7));
}

#[test]
fn who_left_a_zone_is_forgotten_there() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hear(&mut peers, &signed(beacon("long-an", 1, &[("tay-ninh", 9)]))).unwrap();
    assert!(peers.has_spoken("long-an", ZONE));
    world.zones.remove(&("long-an".to_owned(), ZONE.to_owned()));
    peers.retain(|unit, zone| world.is_entitled(unit, zone));
    assert!(!peers.has_spoken("long-an", ZONE));
    assert_eq!(lacks(&peers, &world), []);
}
