use super::*;

fn zones(due: &[String]) -> Vec<&str> {
    due.iter().map(String::as_str).collect()
}

#[test]
fn every_zone_is_spoken_of_once_an_interval() {
    let mut beacons = Beacons::new(INTERVAL);
    beacons.in_zones(["a", "b"], NOW);
    assert_eq!(zones(&beacons.due(NOW)), ["a", "b"]);
    assert_eq!(zones(&beacons.due(NOW + INTERVAL - 1)), [""; 0]);
    assert_eq!(beacons.next_ms(), Some(NOW + INTERVAL));
    beacons.in_zones(["b", "c"], NOW + 5);
    assert_eq!(zones(&beacons.due(NOW + 5)), ["c"]);
    assert_eq!(zones(&beacons.due(NOW + INTERVAL)), ["b"]);
}

#[test]
fn changes_are_said_together_and_at_most_once_a_second() {
    let mut beacons = Beacons::new(INTERVAL);
    beacons.in_zones(["a", "b"], NOW);
    beacons.due(NOW);
    let later = NOW + 5_000;
    for step in 0..10 {
        beacons.changed("a", later + step * 10);
    }
    assert_eq!(zones(&beacons.due(later + AFTER_CHANGE_MS - 1)), [""; 0]);
    assert_eq!(zones(&beacons.due(later + AFTER_CHANGE_MS)), ["a"]);
    let said = later + AFTER_CHANGE_MS;
    // Under a flood.
    let mut times = 0;
    for at in (said..said + 10_000).step_by(10) {
        beacons.changed("a", at);
        times += beacons.due(at).len();
    }
    assert!((8..=10).contains(&times), "{times}");
    beacons.changed("nowhere", said);
    assert!(beacons.next_ms().is_some());
}

#[test]
fn who_has_started_is_answered_at_once_and_a_flood_of_starts_is_not() {
    let mut beacons = Beacons::new(INTERVAL);
    beacons.in_zones(["a"], NOW);
    beacons.due(NOW);
    beacons.asked("a", NOW + 1_000);
    assert_eq!(zones(&beacons.due(NOW + 1_000)), ["a"]);
    beacons.asked("a", NOW + 1_001);
    assert_eq!(zones(&beacons.due(NOW + 1_001)), [""; 0]);
    assert_eq!(zones(&beacons.due(NOW + 1_000 + AFTER_CHANGE_MS)), ["a"]);
}

#[test]
fn when_there_is_a_line_again_all_is_said() {
    let mut beacons = Beacons::new(INTERVAL);
    beacons.in_zones(["a", "b"], NOW);
    beacons.due(NOW);
    beacons.line_up(NOW + 1);
    assert_eq!(zones(&beacons.due(NOW + 1)), ["a", "b"]);
}
