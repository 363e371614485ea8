//! The program in Vietnamese: the same facts, and JSON that does not change.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use common::{Answer, Node, giapranh};

const ALERTS: &str = r#"{"alerts":[{"id":"hcm/2024/000001","status":"active",
    "category":"wanted-person","severity":"critical","headline":"Truy nã VÍ DỤ",
    "zones":["hcm-long-an"],"changed":"2024-05-31T14:00:00+07:00","expires":null,
    "hits":3,"hits_unanswered":2}],"next":"abc"}"#;

const ALERT: &str = r#"{"id":"hcm/2024/000001","status":"withdrawn","responsible":"hcm","issuer_name":"Công an VÍ DỤ","version":2,
    "category":"wanted-person",
    "content":{"category":"wanted-person","headline":"Truy nã VÍ DỤ","severity":"critical",
        "required_action":"arrest","warnings":["armed","flight-risk"],
        "ground":{"kind":"wanted-decision","date":"2024-05-31","agency":"x","article":173}},
    "zones":["hcm-long-an"],"all_zones":["hcm-long-an"],"issued":1717138800000,
    "changed":1717138800000,"expires":1717138800000,"drafted_by":"cb-01","approved_by":"cb-02",
    "withdrawal":{"reason":"executed"},"hidden":null,"asked":null,"review":[0,0],
    "acknowledged":{},"flags":{},"links":{},"hits":{},
    "timeline":[{"event_id":"01900000-0000-7000-8000-000000000001","kind":"alert.issued",
        "unit":"hcm","recorded":1717138800000,
        "verdict":"disowned","why":"not-issuer"}]}"#;

#[test]
fn a_list_is_in_vietnamese() {
    let node = Node::answering(vec![Answer::ok(ALERTS)]);
    let (code, stdout, stderr) = giapranh(node.dir(), "vi", &["alert", "list"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stdout.starts_with("THÔNG BÁO "), "{stdout}");
    for part in [
        "TRẠNG THÁI  ",
        "HẾT HẠN",
        "TIN PHÁT HIỆN",
        "đang hiệu lực",
        "Truy nã",
        "đặc biệt quan trọng",
        "3 (2 chưa trả lời)",
    ] {
        assert!(stdout.contains(part), "{part}: {stdout}");
    }
    assert_eq!(stderr, "còn nữa: --after abc\n");
}

#[test]
fn an_alert_is_in_vietnamese() {
    let node = Node::answering(vec![Answer::ok(ALERT)]);
    let (code, stdout, stderr) = giapranh(node.dir(), "vi", &["alert", "show", "hcm/2024/000001"]);
    assert_eq!(code, Some(0), "{stderr}");
    for part in [
        "trạng thái",
        "đã thu hồi",
        "nội dung › việc cần làm",
        "bắt giữ",
        "có vũ khí, dễ bỏ trốn",
        "nội dung › căn cứ pháp lý › loại",
        "quyết định truy nã",
        "thu hồi › lý do",
        "đã bắt",
        "không có thẩm quyền: không phải đơn vị ban hành",
    ] {
        assert!(stdout.contains(part), "{part}: {stdout}");
    }
    for english in ["status", "category", "wanted-", "ground", "arrest", "disowned"] {
        assert!(!stdout.contains(english), "{english}: {stdout}");
    }
}

#[test]
fn json_is_the_same_in_every_language() {
    let shown = ["vi", "en"].map(|language| {
        let node = Node::answering(vec![Answer::ok(ALERT), Answer::new(404, "{}")]);
        let show = ["--output", "json", "alert", "show", "hcm/2024/000001"];
        let found = giapranh(node.dir(), language, &show);
        let (code, stdout, stderr) = giapranh(node.dir(), language, &show);
        let dir = node.dir().to_str().unwrap();
        (found, code, stdout.replace(dir, ""), stderr.replace(dir, ""))
    });
    assert_eq!(shown[0], shown[1]);
    assert_eq!(shown[0].1, Some(4));
}

#[test]
fn a_failure_and_its_way_out_are_in_vietnamese() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("node.toml"), "").unwrap();
    let (code, _, stderr) = giapranh(dir.path(), "vi", &["node", "status"]);
    assert_eq!(code, Some(5));
    let shown = dir.path().display();
    let expected =
        format!("lỗi: nút tại {shown} không chạy\n  gõ tiếp: giapranh node run --dir {shown}\n");
    assert_eq!(stderr, expected);
}

#[test]
fn the_option_counts_more_than_the_environment() {
    let dir = tempfile::tempdir().unwrap();
    let (_, _, stderr) = giapranh(dir.path(), "vi", &["--lang", "en", "alert", "list"]);
    assert!(stderr.starts_with("error: "), "{stderr}");
    let (_, _, stderr) = giapranh(dir.path(), "en", &["alert", "list", "--lang=vi"]);
    assert!(stderr.starts_with("lỗi: "), "{stderr}");
    let (code, stdout, _) = giapranh(dir.path(), "en", &["--lang", "vi", "--help"]);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("Cách dùng: giapranh"), "{stdout}");
    let (code, _, stderr) = giapranh(dir.path(), "vi", &["alrt"]);
    assert_eq!(code, Some(2));
    assert!(
        stderr.starts_with("lỗi: không có lệnh 'alrt'") && stderr.contains("alert"),
        "{stderr}"
    );
    // What is no language of ours is no reason to fail at night.
    let (_, _, stderr) = giapranh(dir.path(), "", &["alert", "list"]);
    assert!(stderr.starts_with("error: "), "{stderr}");
}

#[test]
fn the_tasks_are_shown_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    for (language, title) in [("en", "Withdraw an alert"), ("vi", "Thu hồi thông báo")] {
        for line in [&["tasks"][..], &["help", "tasks"], &["tasks", "--help"]] {
            let (code, stdout, stderr) = giapranh(dir.path(), language, line);
            assert_eq!(code, Some(0), "{stderr}");
            assert!(stdout.contains(title), "{stdout}");
            assert!(stdout.contains("\n  giapranh alert watch\n"), "{stdout}");
        }
    }
}
