//! Searching: what people type, and what has to come first. Everybody in it is invented.

use std::collections::BTreeSet;

use giapranh_domain::codes::Sex;
use giapranh_domain::time::rfc3339;
use giapranh_domain::wire::proto;
use giapranh_domain::{Body, Directory};
use giapranh_record::event::Event;
use giapranh_views::{Found, How, Projector, SearchPage, SearchQuery, Viewer, Views};
use tempfile::TempDir;

use crate::cluster::{
    Cluster, EXPIRES_MS, Log, START_MS, Sketch, ZONE, allow, follow, projected, registrar,
};

mod ways;

/// Views of alerts that were issued in that order, as `hcm/2024/000001` and so on.
pub(super) struct Shown {
    cluster: Cluster,
    log: Log,
    dir: TempDir,
    projector: Projector,
    views: Views,
}

impl Shown {
    pub fn of(contents: Vec<proto::AlertContent>) -> Self {
        let (mut cluster, mut events) = Cluster::founded();
        let others = ["vehicle", "object", "identifier", "travelling-offender", "modus-operandi"];
        let leave = others.map(|category| allow("province", category, false)).into();
        events.push(cluster.decide(leave));
        for (number, content) in (1..).zip(contents) {
            events.push(publish(&mut cluster, number, 1, content));
        }
        let (dir, log) = (TempDir::new().unwrap(), Log::of(&events));
        let (projector, views) = projected(dir.path(), &log, 50);
        Self { cluster, log, dir, projector, views }
    }

    /// Another version of an alert.
    fn amend(&mut self, number: usize, version: u32, content: proto::AlertContent) {
        self.log.append(&publish(&mut self.cluster, number, version, content));
        follow(&mut self.projector, &self.log, 10);
    }

    fn search(&self, query: SearchQuery) -> SearchPage {
        let limit = if query.limit == 0 { 50 } else { query.limit };
        self.views.search(&SearchQuery { limit, ..query }, START_MS).unwrap()
    }

    fn asked(&self, text: &str) -> Vec<Found> {
        self.search(SearchQuery { text: text.to_owned(), ..SearchQuery::default() }).rows
    }

    /// The numbers of what is found.
    pub fn found(&self, text: &str) -> Vec<usize> {
        numbers(&self.asked(text))
    }

    /// What comes first, and why: `1 marks name`.
    #[track_caller]
    pub fn first(&self, text: &str, expected: &str) {
        let found = self.asked(text);
        let said = found.first().map_or("nothing".to_owned(), |first| {
            let because = &first.because[0];
            format!("{} {} {}", numbers(&found)[0], because.how.code(), because.field)
        });
        assert_eq!(said, expected, "{text:?}: {found:#?}");
    }
}

fn numbers(found: &[Found]) -> Vec<usize> {
    found.iter().map(|one| one.alert.id.to_string()[9..].parse().unwrap()).collect()
}

fn publish(
    cluster: &mut Cluster,
    number: usize,
    version: u32,
    content: proto::AlertContent,
) -> Event {
    let category = content.category.clone();
    let mut content = proto::AlertContent { expires: rfc3339(EXPIRES_MS), ..content };
    giapranh_domain::normal::content(&mut content);
    let said = proto::AlertVersion {
        version,
        content: Some(content),
        zones: vec![ZONE.to_owned()],
        ..Default::default()
    };
    let alert = Some(format!("hcm/2024/{number:06}"));
    let (kind, body) = match version {
        1 => ("alert.issued", Body::AlertIssued(said)),
        _ => ("alert.amended", Body::AlertAmended(said)),
    };
    let sketch = cluster.sketch(kind, body);
    cluster.publish("hcm", Sketch { alert, category, ..sketch })
}

fn of(category: &str) -> proto::AlertContent {
    proto::AlertContent { category: category.into(), ..Default::default() }
}

pub(super) fn wanted(person: proto::Person) -> proto::AlertContent {
    let wanted = proto::WantedPerson { person: Some(person), ..Default::default() };
    proto::AlertContent { wanted_person: Some(wanted), ..of("wanted-person") }
}

pub(super) fn person(name: &str) -> proto::Person {
    proto::Person { name: name.into(), ..Default::default() }
}

pub(super) fn vehicle(plate: &str) -> proto::AlertContent {
    let plate_partial = plate.contains('?') || plate.len() < 6;
    let vehicle = proto::Vehicle { plate: plate.into(), plate_partial, ..Default::default() };
    proto::AlertContent { vehicle: Some(vehicle), ..of("vehicle") }
}

pub(super) fn identifier(kind: &str, written: &str) -> proto::AlertContent {
    let identifier =
        proto::Identifier { kind: kind.into(), written: written.into(), ..Default::default() };
    proto::AlertContent { identifier: Some(identifier), ..of("identifier") }
}

pub(super) fn object(imei: &str) -> proto::AlertContent {
    let object = proto::Object { imei: imei.into(), ..Default::default() };
    proto::AlertContent { object: Some(object), ..of("object") }
}

/// A hundred namesakes: born from 1950 on, men and women in turn, in two places.
fn namesakes() -> Vec<proto::AlertContent> {
    let namesake = |number: usize| {
        wanted(proto::Person {
            born: format!("{}-05", 1950 + number / 2),
            sex: ["male", "female"][number % 2].into(),
            residence: ["xã Ví Dụ, huyện Mẫu", "phường Thử Nghiệm"][number / 50].into(),
            ..person("Nguyễn Văn Ví Dụ")
        })
    };
    (0..100).map(namesake).collect()
}

#[test]
fn a_hundred_namesakes_are_narrowed_to_the_one() {
    let mut contents = namesakes();
    contents
        .push(wanted(proto::Person { sex: "unknown".into(), ..person("Nguyễn Văn Ví Dụ") }));
    contents.push(vehicle("51F-123.45"));
    let shown = Shown::of(contents);
    let query = |born, sex, place: Option<&str>| SearchQuery {
        text: "nguyen van vi du".into(),
        born,
        sex,
        place: place.map(str::to_owned),
        limit: 500,
        ..SearchQuery::default()
    };
    assert_eq!(shown.search(query(None, None, None)).rows.len(), 101);
    // Of whom nothing is said may be the one, and comes after those who are.
    assert_eq!(numbers(&shown.search(query(Some(1990), None, None)).rows), [82, 81, 101]);
    let women = shown.search(query(Some(1990), Some(Sex::Female), None)).rows;
    assert_eq!(numbers(&women), [82, 101]);
    let brief = women[0].person.as_ref().unwrap();
    assert_eq!(
        (&*brief.born, &*brief.sex, &*brief.place),
        ("1990-05", "female", "phường Thử Nghiệm")
    );
    assert_eq!(shown.search(query(None, None, Some("huyen mau"))).rows.len(), 50);
    assert_eq!(shown.search(query(Some(1950), None, Some("thử nghiệm"))).rows.len(), 0);
    // The year may stand in the box.
    assert_eq!(shown.found("nguyễn văn ví dụ 1990")[..2], [82, 81]);
    let of =
        |category: &str| SearchQuery { category: Some(category.into()), ..query(None, None, None) };
    assert_eq!(shown.search(of("vehicle")).rows.len(), 0);
    assert_eq!(shown.search(of("wanted-person")).rows.len(), 101);
}

#[test]
fn pages_hold_each_once() {
    let shown = Shown::of(namesakes());
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let query =
            SearchQuery { text: "Ví Dụ".into(), limit: 7, after, ..SearchQuery::default() };
        let page = shown.search(query);
        assert!(page.rows.len() <= 7 && !page.more);
        all.extend(numbers(&page.rows));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (100, 100));
    let bad = |cursor: &str| {
        let after = Some(cursor.to_owned());
        let query = SearchQuery { text: "x".into(), after, limit: 1, ..SearchQuery::default() };
        shown.views.search(&query, START_MS).unwrap_err()
    };
    for cursor in ["", "x", "0.0.0", "0.0.0.hcm.2024", "zz.0.0.hcm.2024.000001"] {
        assert!(bad(cursor).to_string().contains("cursor"), "{cursor}");
    }
}

#[test]
fn what_an_amendment_takes_back_is_found_no_more_and_a_rebuild_changes_nothing() {
    let mut shown = Shown::of(vec![
        wanted(proto::Person { aliases: vec!["Tư Thử".into()], ..person("Trần Mẫu Một") }),
        vehicle("51F-123.45"),
    ]);
    assert_eq!((shown.found("Tu Thu"), shown.found("51f12345")), (vec![1], vec![2]));
    shown.amend(1, 2, wanted(person("Trần Mẫu Hai")));
    shown.amend(2, 2, vehicle("62C-543.21"));
    for gone in ["Tư Thử", "tu thu", "Một", "51F-123.45", "12345", "Tu Thi"] {
        assert_eq!(shown.found(gone), [0_usize; 0], "{gone}");
    }
    assert_eq!((shown.found("mau hai"), shown.found("62C 54321")), (vec![1], vec![2]));
    let rows = |views: &str| {
        let views = rusqlite::Connection::open(views).unwrap();
        let mut rows = Vec::new();
        for table in ["alert_names", "name_words", "alert_numbers", "alert_persons", "alert_words"]
        {
            let mut all = views.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = all.column_count();
            let mut of_table = all.query(()).unwrap();
            while let Some(row) = of_table.next().unwrap() {
                let value = |at| row.get::<_, rusqlite::types::Value>(at).unwrap();
                rows.push(format!("{table} {:?}", (0..columns).map(value).collect::<Vec<_>>()));
            }
        }
        rows
    };
    let path = shown.dir.path().join("views-7.db");
    let (before, digest) = (rows(path.to_str().unwrap()), shown.views.digest().unwrap());
    giapranh_views::rebuild(shown.dir.path(), &registrar(), &shown.log, &mut |_, _| {}).unwrap();
    assert_eq!(rows(path.to_str().unwrap()), before);
    assert_eq!(shown.views.digest().unwrap(), digest);
}

#[test]
fn nobody_finds_what_that_one_does_not_see() {
    let mut shown = Shown::of(vec![
        wanted(person("Nguyễn Văn Ví Dụ")),
        vehicle("51F-1?3.45"),
        identifier("phone", "0901 000 001"),
    ]);
    let viewer = |unit: &str, directory: &Directory| Viewer::of(&unit.parse().unwrap(), directory);
    let asked = ["ví dụ", "Nguyen Van Vi Du", "vi", "nguyen van vi di", "hcm/2024/000001"];
    let found = |shown: &Shown, unit: &str, text: &str| {
        let viewer = Some(viewer(unit, &shown.projector.directory()));
        numbers(
            &shown.search(SearchQuery { text: text.into(), viewer, ..SearchQuery::default() }).rows,
        )
    };
    for text in asked {
        assert_eq!(found(&shown, "long-an", text), [1], "{text}");
        assert_eq!(found(&shown, "ca-mau", text), [0_usize; 0], "{text}");
    }
    for text in ["51F12345", "51F-1?3.45", "0901000001", "+84901000001", "000001", "0901000002"] {
        assert_eq!(found(&shown, "ca-mau", text), [0_usize; 0], "{text}");
        assert!(!found(&shown, "long-an", text).is_empty(), "{text}");
    }
    let hiding = proto::Hiding { until: rfc3339(EXPIRES_MS), ..Default::default() };
    let hidden = shown.cluster.sketch("alert.hidden", Body::AlertHidden(hiding));
    let hidden = shown.cluster.publish("hcm", hidden);
    shown.log.append(&hidden);
    follow(&mut shown.projector, &shown.log, 10);
    for text in asked {
        assert_eq!(found(&shown, "long-an", text), [0_usize; 0], "{text}");
        assert_eq!(found(&shown, "hcm", text), [1], "{text}");
    }
}

/// Were they counted before they are left out, three hundred that nobody sees would hide the one.
#[test]
fn what_is_not_seen_takes_no_place() {
    let mut contents: Vec<_> = (0..2).map(|_| wanted(person("Nguyễn Văn Ví Dụ"))).collect();
    contents.extend((0..310).map(|_| wanted(person("Nguyễn Thị Ví Dụ"))));
    let mut shown = Shown::of(contents);
    // All but the first are hidden.
    for number in 2..=312 {
        let hiding = proto::Hiding { until: rfc3339(EXPIRES_MS), ..Default::default() };
        let sketch = shown.cluster.sketch("alert.hidden", Body::AlertHidden(hiding));
        let alert = Some(format!("hcm/2024/{number:06}"));
        let hidden = shown.cluster.publish("hcm", Sketch { alert, ..sketch });
        shown.log.append(&hidden);
    }
    follow(&mut shown.projector, &shown.log, 500);
    let directory = shown.projector.directory();
    for text in ["Nguyễn", "nguyen vi du", "ví dụ", "Nguyễn Văn Ví Dụ", "nguyen van vi di"]
    {
        let viewer = Some(Viewer::of(&"long-an".parse().unwrap(), &directory));
        let page =
            shown.search(SearchQuery { text: text.into(), viewer, ..SearchQuery::default() });
        assert_eq!((numbers(&page.rows), page.more), (vec![1], false), "{text}");
    }
    let everybody = shown.search(SearchQuery { text: "Nguyễn".into(), ..SearchQuery::default() });
    assert!(everybody.more && everybody.next.is_some());
}

#[test]
fn what_was_typed_is_never_more_than_text() {
    let shown = Shown::of(vec![wanted(person("Nguyễn Văn Ví Dụ")), vehicle("51F-123.45")]);
    for text in [
        "",
        " ",
        "\0",
        "\u{1b}[31m",
        "\"",
        "\" OR \"",
        "* OR names : \"vi\"",
        "') --",
        "?",
        "???",
        "????????",
        "*",
        "[a-z]*",
        "\u{e000}zhcm-long-an",
        "\u{e000}c",
        "NEAR(a b)",
        "<script>alert(1)</script>",
        "%",
        "\u{202e}",
        "/",
        "///",
        "hcm/2024/999999999999999999999",
        "{names} : x",
        "^vi",
        "-vi",
    ] {
        shown.asked(text);
    }
    for nothing in ["", "\0", "*", "???", "\u{e000}zhcm\u{e001}long\u{e001}an", "\u{e000}cvehicle"]
    {
        assert_eq!(shown.found(nothing), [0_usize; 0], "{nothing:?}");
    }
    assert_eq!(shown.found("ví\u{0}dụ \u{1b}"), [1]);
    assert_eq!(shown.found(&"a".repeat(10_000)), [0_usize; 0]);
    assert_eq!(shown.found(&format!("ví dụ{}", " ".repeat(10_000))), [1]);
    shown.asked(&"ví dụ 51F12345 ".repeat(1_000));
    let because = &shown.asked("Ví Dụ")[0].because;
    assert_eq!((because.len(), because[0].how), (1, How::Within), "once, in the surest way");
}
