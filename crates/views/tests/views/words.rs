//! Finding alerts by words: as people type them, as the alert reads now, and nothing stays behind.

use giapranh_domain::Body;
use giapranh_domain::time::rfc3339;
use giapranh_domain::wire::proto;
use giapranh_record::event::Event;
use giapranh_views::{AlertQuery, Views};
use tempfile::TempDir;

use crate::cluster::{ALERT, Cluster, EXPIRES_MS, Log, START_MS, Sketch, ZONE, allow, projected};

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
        let path = dir.path().join("views-7.db");
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

fn issue(cluster: &mut Cluster, number: usize, content: proto::AlertContent) -> Event {
    let category = content.category.clone();
    let content = proto::AlertContent { expires: rfc3339(EXPIRES_MS), ..content };
    let zones = vec![ZONE.to_owned()];
    let version =
        proto::AlertVersion { version: 1, content: Some(content), zones, ..Default::default() };
    let alert = Some(format!("hcm/2024/{number:06}"));
    let sketch = cluster.sketch("alert.issued", Body::AlertIssued(version));
    cluster.publish("hcm", Sketch { alert, category, ..sketch })
}

fn contents() -> Vec<proto::AlertContent> {
    let of =
        |category: &str| proto::AlertContent { category: category.into(), ..Default::default() };
    let vehicle =
        proto::Vehicle {
            plate: "59X112345".into(), make: "Xe Ví Dụ".into(), ..Default::default()
        };
    let object = proto::Object { imei: "350000000000006".into(), ..Default::default() };
    let identifier = proto::Identifier {
        written: "0168 000 0001".into(),
        value: "0380000001".into(),
        operator: "Ngân hàng Ví Dụ".into(),
        ..Default::default()
    };
    let notice = proto::SituationNotice { text: "Trộm đêm".into(), ..Default::default() };
    let directive =
        proto::Directive { text: "Tăng cường tuần tra".into(), ..Default::default() };
    let misused = proto::MisusedIdentity { name: "Vô Can Ví Dụ".into(), ..Default::default() };
    let person = proto::Person {
        aliases: vec!["Tư Thử".into()],
        mother: "Mẹ Thử".into(),
        misused_identity: Some(misused),
        ..Default::default()
    };
    let wanted = proto::WantedPerson { person: Some(person), ..Default::default() };
    vec![
        proto::AlertContent { vehicle: Some(vehicle), ..of("vehicle") },
        proto::AlertContent { object: Some(object), ..of("object") },
        proto::AlertContent { identifier: Some(identifier), ..of("identifier") },
        proto::AlertContent { situation_notice: Some(notice), ..of("situation-notice") },
        proto::AlertContent { directive: Some(directive), ..of("directive") },
        proto::AlertContent { wanted_person: Some(wanted), ..of("wanted-person") },
    ]
}

#[test]
fn every_category_is_found_by_what_it_says_and_nobody_by_an_identity_that_was_misused() {
    let (mut cluster, mut events) = Cluster::founded();
    let contents = contents();
    let others = contents.iter().map(|content| content.category.as_str()).take(5);
    events.push(cluster.decide(others.map(|other| allow("province", other, false)).collect()));
    for (number, content) in (1..).zip(contents) {
        events.push(issue(&mut cluster, number, content));
    }
    let dir = TempDir::new().unwrap();
    let (_projector, views) = projected(dir.path(), &Log::of(&events), 10);
    for (words, number) in [
        ("59x1123", 1),
        ("xe vi du", 1),
        ("350000000000006", 2),
        ("0168 000", 3),
        ("0380000001", 3),
        ("ngan hang", 3),
        ("trom dem", 4),
        ("tuần tra", 5),
        ("tu thu", 6),
        ("mẹ thử", 6),
    ] {
        assert_eq!(found(&views, words), [format!("hcm/2024/{number:06}")], "{words}");
    }
    assert_eq!(found(&views, "vo can"), [""; 0]);
}
