//! Finding alerts by words: as people type them, as the alert reads now, and nothing stays behind.

use giapranh_views::{AlertQuery, Views};
use tempfile::TempDir;

use crate::cluster::{ALERT, Cluster, Log, START_MS, projected};

fn found(views: &Views, words: &str) -> Vec<String> {
    let query = AlertQuery { words: Some(words.to_owned()), limit: 50, ..AlertQuery::default() };
    let page = views.alerts(&query, START_MS).unwrap();
    page.rows.into_iter().map(|row| row.id.to_string()).collect()
}

#[test]
fn words_are_found_with_and_without_their_marks() {
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.issue(ALERT, "Truy nã Nguyễn Văn Ví Dụ, Đường Lê Lợi"));
    events.push(cluster.issue("hcm/2024/000002", "Truy nã Trần Thị Thử"));
    let dir = TempDir::new().unwrap();
    let (_projector, views) = projected(dir.path(), &Log::of(&events), 10);
    for words in [
        "nguyễn văn ví dụ",
        "nguyen van vi du",
        "DUONG LE LOI",
        "Đường",
        "đuong",
        "lợi đường",
        "Nguye\u{302}\u{303}n",
        "ngu",
        "truy nguy",
        "hcm/2024/000001",
    ] {
        assert_eq!(found(&views, words), [ALERT], "{words}");
    }
    for words in ["vi ngu thử", "nguyễnvăn", "\"", "", "* OR *", "NOT nguyen"] {
        assert_eq!(found(&views, words), Vec::<String>::new(), "{words}");
    }
    assert_eq!(found(&views, "truy na").len(), 2);
}

#[test]
fn an_alert_is_found_by_what_it_says_now() {
    let (mut cluster, mut events) = Cluster::founded();
    events.push(cluster.issue(ALERT, "Zebra"));
    let dir = TempDir::new().unwrap();
    let mut log = Log::of(&events);
    let (mut projector, views) = projected(dir.path(), &log, 10);
    assert_eq!(found(&views, "zebra"), [ALERT]);
    log.append(&cluster.amend("Okapi"));
    projector.project(&log, 10).unwrap();
    assert_eq!((found(&views, "zebra").len(), found(&views, "okapi").len()), (0, 1));
}

/// What was taken back is gone when the index is made anew.
#[test]
fn a_word_that_is_gone_leaves_no_trace_in_views_made_anew() {
    let (mut cluster, mut events) = Cluster::founded();
    for number in 2..=40 {
        let alert = format!("hcm/2024/{number:06}");
        events.push(cluster.issue(&alert, &format!("Zebraword{number}")));
    }
    events.push(cluster.issue(ALERT, "Qwertzuiop"));
    let dir = TempDir::new().unwrap();
    let mut log = Log::of(&events);
    let (mut projector, views) = projected(dir.path(), &log, 100);
    let in_the_index = |word: &str| {
        let path = dir.path().join("views-4.db");
        let connection = rusqlite::Connection::open(path).unwrap();
        let mut blocks = connection.prepare("SELECT block FROM alert_words_data").unwrap();
        let blocks = blocks.query_map((), |row| row.get::<_, Vec<u8>>(0)).unwrap();
        // The first letter can be shared with the word before it.
        let word = &word.as_bytes()[1..];
        blocks.map(Result::unwrap).any(|block| block.windows(word.len()).any(|w| w == word))
    };
    assert!(in_the_index("qwertzuiop"));
    log.append(&cluster.amend("Okapi"));
    projector.project(&log, 10).unwrap();
    assert_eq!((found(&views, "qwertzuiop").len(), found(&views, "okapi").len()), (0, 1));
    giapranh_views::rebuild(dir.path(), &"hcm".parse().unwrap(), &log, &mut |_, _| {}).unwrap();
    assert!(in_the_index("okapi"));
    assert!(!in_the_index("qwertzuiop"));
}
