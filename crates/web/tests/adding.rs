//! What one officer adds to an alert: the form, the page that repeats it, and what is sent.

mod support;

use std::fmt::Write;
use std::sync::{Arc, Mutex};

use giapranh_domain::codes::Role;
use giapranh_domain::{Act, Command, Fault, Rejection, Ruling};
use giapranh_web::Accepted;
use support::http::Answer;
use support::{Node, Served};
use uuid::Uuid;

const ALERT: &str = "/alerts/hcm/2024/000001";
const KEY: &str = "0190f000-0000-7000-8000-000000000001";

/// A browser's form, as an officer with every role that adds something.
async fn post(served: &Served, path: &str, fields: &[(&str, &str)]) -> Answer {
    let pair = |(name, text): &(&str, &str)| format!("{}={}", encoded(name), encoded(text));
    let body: Vec<String> = fields.iter().map(pair).collect();
    let headers = [("host", "localhost"), ("content-type", "application/x-www-form-urlencoded")];
    served.surface.send("POST", path, &headers, &body.join("&")).await
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut text, byte| {
        write!(text, "%{byte:02X}").expect("text takes everything");
        text
    })
}

/// Takes every command, and keeps it.
fn taken(served: &Served) -> Arc<Mutex<Vec<Command>>> {
    let taken: Arc<Mutex<Vec<Command>>> = Arc::default();
    let kept = taken.clone();
    served.node.decide(move |command| {
        kept.lock().expect("nobody panicked").push(command.clone());
        Ok(Accepted { event_id: Uuid::nil(), alert: None, position: 1, zones: vec![] })
    });
    taken
}

/// A hit, with what the form carries beside.
fn hit<'a>(what: &'a str, place: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", KEY),
        ("of", "00000000-0000-0000-0000-000000000000"),
        ("version", "1"),
        ("do", what),
        ("/urgency", "urgent"),
        ("/hit/place", place),
        ("/hit/seen_at", "31/05/2024 11:59"),
        ("/hit/basis", "Giống ảnh (ví dụ)"),
        ("/hit/certainty", "probable"),
        ("/hit/done", "Đang theo dõi (ví dụ)\r\nhai dòng"),
    ]
}

async fn served() -> Served {
    let served = Node::new().serve_tcp().await;
    served.node.issue("Truy nã VÍ DỤ");
    served
}

#[tokio::test]
async fn a_hit_is_looked_at_before_it_is_sent() {
    let served = served().await;
    let taken = taken(&served);
    let form = served.surface.get(&format!("{ALERT}/add/hit")).await;
    assert_eq!(form.status, 200);
    assert!(
        form.body.contains("name=\"/hit/seen_at\" value=\"31/05/2024 12:00\""),
        "{}",
        form.body
    );

    let shown = post(&served, &format!("{ALERT}/add/hit"), &hit("look", "Bến xe Ví Dụ")).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    for told in ["Bến xe Ví Dụ", "Khẩn", "Giáp ranh TP Hồ Chí Minh – Long An", "value=\"send\""]
    {
        assert!(shown.body.contains(told), "{told}: {}", shown.body);
    }
    assert!(taken.lock().unwrap().is_empty(), "nothing is sent by looking");

    let again = post(&served, &format!("{ALERT}/add/hit"), &hit("edit", "Bến xe Ví Dụ")).await;
    assert!(again.body.contains("name=\"/hit/place\" value=\"Bến xe Ví Dụ\""), "{}", again.body);
    assert!(taken.lock().unwrap().is_empty());

    let sent = post(&served, &format!("{ALERT}/add/hit"), &hit("send", "Bến xe Ví Dụ")).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(sent.headers["location"], "/alerts/hcm/2024/000001?done=1");
    let command = taken.lock().unwrap().pop().unwrap();
    assert_eq!(command.key, Some(KEY.parse().unwrap()));
    let Act::ReportHit { alert, urgency, hit } = command.act else { panic!("{command:?}") };
    assert_eq!((alert.as_str(), urgency.as_str()), ("hcm/2024/000001", "urgent"));
    assert_eq!((hit.version, hit.place.as_str()), (1, "Bến xe Ví Dụ"));
    assert_eq!(hit.seen_at, "2024-05-31T11:59:00+07:00");
    assert_eq!(hit.done, "Đang theo dõi (ví dụ)\nhai dòng");
}

#[tokio::test]
async fn what_is_at_fault_is_named_at_its_field_and_nothing_is_typed_twice() {
    let served = served().await;
    let taken = taken(&served);
    let mut fields = hit("look", "Bến xe Ví Dụ");
    fields.retain(|(name, _)| !matches!(*name, "/urgency" | "/hit/basis"));
    let answer = post(&served, &format!("{ALERT}/add/hit"), &fields).await;
    assert_eq!(answer.status, 422);
    for part in ["href=\"#f-urgency\"", "href=\"#f-hit-basis\""] {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    assert!(answer.body.contains("value=\"Bến xe Ví Dụ\""));
    assert!(taken.lock().unwrap().is_empty());

    served.node.reject(Rejection {
        ruling: Ruling::Conflict,
        faults: vec![Fault::new("/hit/place", "shape", "The place is none.")],
    });
    let answer = post(&served, &format!("{ALERT}/add/hit"), &hit("send", "Bến xe Ví Dụ")).await;
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("value=\"Bến xe Ví Dụ\"") && answer.body.contains("#f-hit-place"));
}

#[tokio::test]
async fn what_is_typed_is_text_on_the_way_there_and_back() {
    let served = served().await;
    let script = "\"><script>alert(1)</script>";
    for what in ["look", "edit"] {
        let page = post(&served, &format!("{ALERT}/add/hit"), &hit(what, script)).await.body;
        assert!(page.contains("&#60;script&#62;alert(1)"), "{page}");
        assert!(!page.contains("<script>alert"), "{page}");
    }
}

#[tokio::test]
async fn each_addition_becomes_its_act() {
    let served = served().await;
    let taken = taken(&served);
    let of = "0190f000-0000-7000-8000-000000000009";
    let carried = [("key", KEY), ("of", of), ("version", "1"), ("do", "send")];
    for (what, fields, act) in [
        ("answer", [("/answer/result", "same")].as_slice(), "answer-hit"),
        ("conclusion", &[("/conclusion/outcome", "gone")], "conclude-hit"),
        ("flag", &[("/flag/reason", "Đường ngập (ví dụ)")], "flag-alert"),
        ("lifting", &[("/flag/reason", "Hết ngập (ví dụ)")], "flag-alert"),
        ("link", &[("/link/other", "hcm/2024/000002")], "propose-link"),
        ("decision", &[("/decision/decision", "confirmed")], "decide-link"),
    ] {
        let form = served.surface.get(&format!("{ALERT}/add/{what}?of={of}")).await;
        assert_eq!(form.status, 200, "{what}");
        let fields = [&carried, fields].concat();
        let answer = post(&served, &format!("{ALERT}/add/{what}"), &fields).await;
        assert_eq!(answer.status, 303, "{what}: {}", answer.body);
        let command = taken.lock().unwrap().pop().unwrap();
        let sent = serde_json::to_value(&command).unwrap();
        assert_eq!(sent["act"], act);
        let about = sent.get("hit").or_else(|| sent.get("link"));
        if matches!(what, "answer" | "conclusion" | "decision") {
            assert_eq!(about.and_then(|about| about.as_str()), Some(of), "{what}");
        }
        assert_eq!(sent["flag"]["lifted"] == true, what == "lifting", "{what}");
    }
}

#[tokio::test]
async fn nothing_is_added_to_what_is_not_there_or_not_seen() {
    let node = Node::new();
    node.issue_in("hcm", "tan-nhut-my-hanh", "Truy nã VÍ DỤ");
    let secret = node.signed_in("cb-1", "long-an", &[Role::Duty]);
    let served = node.serve_tcp().await;
    let cookie = format!("__Host-giapranh={secret}");
    let of_browser = async |method: &str, path: &str| {
        let headers = [
            ("host", "localhost"),
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let body: Vec<String> = hit("look", "Ví Dụ")
            .iter()
            .map(|(n, t)| format!("{}={}", encoded(n), encoded(t)))
            .collect();
        let body = if method == "GET" { String::new() } else { body.join("&") };
        served.surface.send(method, path, &headers, &body).await.status
    };
    for method in ["GET", "POST"] {
        assert_eq!(of_browser(method, &format!("{ALERT}/add/hit")).await, 404, "of another zone");
        assert_eq!(of_browser(method, "/alerts/hcm/2024/000009/add/hit").await, 404, "not there");
        assert_eq!(of_browser(method, &format!("{ALERT}/add/nothing")).await, 404, "no such thing");
    }
}

#[tokio::test]
async fn the_page_says_what_each_version_changed() {
    let served = served().await;
    let before = served.surface.get(ALERT).await.body;
    assert!(!before.contains("data-test=\"step\""));
    served.node.amend("hcm/2024/000001", 2, "Truy nã VÍ DỤ lần hai");
    served.node.amend("hcm/2024/000001", 3, "Truy nã VÍ DỤ lần ba");
    let page = served.surface.get(ALERT).await.body;
    assert_eq!(page.matches("data-test=\"step\"").count(), 2);
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    let third = at("<del class=\"changed-from text\">Truy nã VÍ DỤ lần hai</del>");
    let second = at("<del class=\"changed-from text\">Truy nã VÍ DỤ</del>");
    assert!(third < second, "the newest first");
    assert!(at("<ins class=\"changed-to text\">Truy nã VÍ DỤ lần ba</ins>") < second);
}
