use super::*;

fn standing(peers: &Peers, world: &World) -> Vec<PeerStanding> {
    let units = ["long-an", ME, "tay-ninh"];
    let expected = units.map(|unit| (unit.to_owned(), ZONE.to_owned())).into();
    peers.standing(&expected, &world.heads, (NOW, world.now_ms))
}

#[test]
fn who_has_not_spoken_for_three_intervals_is_silent() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hear(&mut peers, &signed(beacon("long-an", 1, &[]))).unwrap();
    let silent = |world: &World, peers: &Peers| -> Vec<bool> {
        standing(peers, world).iter().map(|peer| peer.silent).collect()
    };
    world.now_ms = NOW + SILENT_INTERVALS * INTERVAL;
    assert_eq!(silent(&world, &peers), [false, false]);
    world.now_ms += 1;
    assert_eq!(silent(&world, &peers), [true, true]);
    let later = beacon("long-an", 2, &[]);
    world.hear(&mut peers, &signed(later)).unwrap();
    assert_eq!(silent(&world, &peers), [false, true]);
    assert_eq!(standing(&peers, &world)[1].heard_ms, None);
}

#[test]
fn what_either_side_lacks_is_counted() {
    let (mut world, mut peers) = (World::new(), nobody());
    world.hold(ME, ZONE, 9);
    world.hold("tay-ninh", ZONE, 2);
    let said = beacon("long-an", 1, &[(ME, 5), ("tay-ninh", 7)]);
    world.hear(&mut peers, &signed(said)).unwrap();
    let [long_an, tay_ninh] = &standing(&peers, &world)[..] else { panic!("two peers") };
    assert_eq!(long_an.zones, [(ZONE.to_owned(), Lag { we_lack: 5, it_lacks: 4 })].into());
    assert_eq!(tay_ninh.zones, [(ZONE.to_owned(), Lag { we_lack: 0, it_lacks: 9 })].into());
    assert_eq!((long_an.directory_seq, long_an.skew_ms), (3, Some(0)));
}

#[test]
fn a_clock_that_most_others_contradict_is_ours() {
    let (world, minute) = (World::new(), 60_000_i64);
    let skew = |minutes: &[i64]| {
        let mut peers = nobody();
        for (unit, minutes) in ["long-an", "long-an_duc-hoa", "tay-ninh"].iter().zip(minutes) {
            let sent_ms = NOW.saturating_add_signed(minutes * minute);
            let said = Beacon { sent_ms, ..beacon(unit, 1, &[]) };
            world.hear(&mut peers, &signed(said)).unwrap();
        }
        let told = standing(&peers, &world).iter().filter(|peer| peer.skewed).count();
        (peers.own_skew(NOW), told)
    };
    assert_eq!(skew(&[0, 0, 0]), (None, 0));
    assert_eq!(skew(&[2, 2, 2]), (None, 0));
    assert_eq!(skew(&[3]), (None, 1));
    assert_eq!(skew(&[0, 3]), (None, 0), "long-an_duc-hoa is not asked about");
    assert_eq!(skew(&[3, 0, 0]), (None, 1));
    assert_eq!(skew(&[3, 0, 5]), (Some(3 * minute), 2));
    assert_eq!(skew(&[-9, -4, -3]), (Some(-4 * minute), 2));
    assert_eq!(skew(&[-9, 0, 9]), (None, 2));
}
