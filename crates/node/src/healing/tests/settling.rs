use super::*;

fn expected(units: &[&str]) -> Expected {
    units.iter().map(|unit| ((*unit).to_owned(), ZONE.to_owned())).collect()
}

#[test]
fn without_a_line_nobody_is_waited_for() {
    let mut settling = Settling::new(NOW, false);
    assert!(settling.is_settled(&expected(&["long-an"]), NOW));
}

#[test]
fn a_node_that_is_cut_off_goes_on() {
    let mut settling = Settling::new(NOW, true);
    let peers = expected(&["long-an"]);
    assert!(!settling.is_settled(&peers, NOW + SETTLING_MS - 1), "a bad line may still come up");
    assert!(settling.is_settled(&peers, NOW + SETTLING_MS));
}

#[test]
fn with_a_line_the_stream_and_the_peers_are_waited_for() {
    let mut settling = Settling::new(NOW, true);
    let peers = expected(&["long-an", "tay-ninh"]);
    settling.line_up(NOW + 20);
    settling.said(NOW + 30);
    settling.heard("long-an", ZONE, NOW + 40);
    settling.heard("tay-ninh", ZONE, NOW + 50);
    assert!(!settling.is_settled(&peers, NOW + 60), "the stream was not asked");
    settling.stream_asked();
    assert!(settling.is_settled(&peers, NOW + 60));
    assert!(settling.is_settled(&expected(&["brvt"]), NOW + 60), "once settled it stays");
}

#[test]
fn who_is_not_there_is_waited_for_a_moment_only() {
    let mut settling = Settling::new(NOW, true);
    let peers = expected(&["long-an", "tay-ninh"]);
    settling.line_up(NOW);
    settling.stream_asked();
    settling.said(NOW + 100);
    settling.heard("long-an", ZONE, NOW + 500);
    assert!(!settling.is_settled(&peers, NOW + 900));
    assert!(settling.is_settled(&peers, NOW + 1_200));

    // And never longer than this, whatever does not come.
    let mut settling = Settling::new(NOW, true);
    settling.line_up(NOW);
    assert!(!settling.is_settled(&peers, NOW + SETTLING_MS - 1));
    assert!(settling.is_settled(&peers, NOW + SETTLING_MS));
}

const PATIENCE: u64 = 45_000;
const LATE: u64 = NOW + 1_000_000;

#[test]
fn a_log_without_marker_is_known_to_be_whole_only_when_the_stream_and_peers_say_so() {
    let peers = expected(&["long-an", "tay-ninh"]);
    let mut settling = Settling::new(NOW, true);
    let confirmed =
        |settling: &Settling, now_ms| settling.is_confirmed(&peers, true, PATIENCE, now_ms);
    settling.heard("long-an", ZONE, NOW + 10);
    assert!(!confirmed(&settling, LATE), "no line");
    settling.line_up(NOW);
    assert!(!confirmed(&settling, LATE), "no stream");
    settling.stream_asked();
    assert!(!confirmed(&settling, LATE), "it was not there");
    settling.stream_read(true);
    assert!(!confirmed(&settling, NOW + 10));
    assert!(confirmed(&settling, NOW + PATIENCE), "one peer, and time for the other one");
    settling.heard("tay-ninh", ZONE, NOW + 20);
    assert!(confirmed(&settling, NOW + 20));
    assert!(
        !settling.is_confirmed(&peers, false, PATIENCE, LATE),
        "others know more of who is there"
    );
    settling.stream_read(false);
    assert!(!confirmed(&settling, LATE), "the directory has moved: other zones");
}

#[test]
fn a_log_without_marker_is_not_believed_to_be_whole_because_nobody_is_known() {
    let nobody = Expected::new();
    let mut settling = Settling::new(NOW, true);
    settling.line_up(NOW);
    settling.stream_read(true);
    settling.directory_moved(NOW + 500);
    let confirmed = |now_ms| settling.is_confirmed(&nobody, true, PATIENCE, now_ms);
    assert!(!confirmed(NOW + 500 + PATIENCE - 1), "the directory may just be coming");
    assert!(confirmed(NOW + 500 + PATIENCE));
    // Somebody is there, and does not speak.
    let peers = expected(&["long-an"]);
    assert!(!settling.is_confirmed(&peers, true, PATIENCE, LATE));
}
