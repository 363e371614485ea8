//! Searches: nobody searches without having said what for, and what is found says why.

mod support;

use std::sync::{Arc, Mutex};

use giapranh_domain::codes::Role;
use giapranh_domain::{Act, Command, Fault, Rejection, Ruling};
use giapranh_web::Accepted;
use support::http::Answer;
use support::{Node, Served};
use uuid::Uuid;

async fn of_browser(served: &Served, secret: &str, method: &str, path: &str, body: &str) -> Answer {
    let cookie = format!("__Host-giapranh={secret}");
    let headers = [
        ("host", "localhost"),
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let headers = if method == "GET" { &headers[..3] } else { &headers[..] };
    served.surface.send(method, path, headers, body).await
}

#[tokio::test]
async fn a_session_says_once_what_its_searches_are_for() {
    let node = Node::new();
    node.issue("Truy nã Trần Văn Ví Dụ");
    let secret = node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let other = node.signed_in("cb-2", "hcm", &[Role::Auditor]);
    let served = node.serve_unix();
    let asked =
        async |secret: &str, path: &str| served.surface.as_officer(secret, "GET", path, "").await;
    for path in ["/api/v1/search?q=vi+du", "/api/v1/alerts?words=vi"] {
        asked(&secret, path).await.problem(403, "purpose");
    }
    // The list alone is no search.
    assert_eq!(asked(&secret, "/api/v1/alerts").await.status, 200);

    node.pass_ms(1_000);
    node.state_purpose("cb-1", "Xác minh tin báo (ví dụ)");
    let found = asked(&secret, "/api/v1/search?q=tran+van+vi+du").await.json();
    assert_eq!(found["results"][0]["id"], "hcm/2024/000001", "{found}");
    assert_eq!(found["results"][0]["because"][0]["how"], "words");
    assert_eq!(asked(&secret, "/api/v1/alerts?words=vi").await.status, 200);
    asked(&other, "/api/v1/search?q=vi").await.problem(403, "purpose");

    node.pass_ms(60_000);
    let later = node.signed_in("cb-1", "hcm", &[Role::Duty]);
    asked(&later, "/api/v1/search?q=vi").await.problem(403, "purpose");
}

#[tokio::test]
async fn a_wrong_question_is_refused_and_repeats_nothing_of_it() {
    let node = Node::new();
    let secret = node.signed_in("cb-1", "hcm", &[Role::Duty]);
    node.state_purpose("cb-1", "Xác minh tin báo (ví dụ)");
    let served = node.serve_unix();
    for path in [
        "/api/v1/search",
        "/api/v1/search?q=x&born=Trần",
        "/api/v1/search?q=x&sex=unknown",
        "/api/v1/search?q=x&limit=0",
        "/api/v1/search?q=x&after=nowhere",
        "/api/v1/search?q=x&name=y",
    ] {
        let path = path.replace("Trần", "Tr%E1%BA%A7n");
        let answer = served.surface.as_officer(&secret, "GET", &path, "").await;
        let problem = answer.problem(400, "parameter");
        assert!(!problem.to_string().contains("Trần"), "{problem}");
    }
    for nothing in ["", "%20", "%00", "%22", "*", "NEAR("] {
        let path = format!("/api/v1/search?q={nothing}");
        let found = served.surface.as_officer(&secret, "GET", &path, "").await.json();
        assert_eq!(found["results"].as_array().unwrap().len(), 0, "{nothing}");
    }
}

#[tokio::test]
async fn a_page_asks_for_the_purpose_and_goes_on_to_what_was_asked() {
    let node = Node::new();
    node.issue("Truy nã Trần Văn Ví Dụ");
    let secret = node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let served = node.serve_tcp().await;
    let taken: Arc<Mutex<Vec<Command>>> = Arc::default();
    let kept = taken.clone();
    served.node.decide(move |command| {
        kept.lock().expect("nobody panicked").push(command.clone());
        Ok(Accepted { event_id: Uuid::nil(), alert: None, position: 1, zones: vec![] })
    });
    let form = of_browser(&served, &secret, "GET", "/search?q=vi+du", "").await;
    assert!(form.body.contains("value=\"/search?q=vi%20du\""), "{}", form.body);
    assert!(!form.body.contains("hcm/2024/000001"), "nothing is searched yet");
    let back = "back=%2Fsearch%3Fq%3Dvi%2520du";
    let body = format!("purpose=X%C3%A1c+minh&case_number=12&{back}");
    let stated = of_browser(&served, &secret, "POST", "/search/purpose", &body).await;
    assert_eq!(stated.status, 303, "{}", stated.body);
    assert_eq!(stated.headers["location"], "/search?q=vi%20du");
    let command = taken.lock().expect("nobody panicked").pop().unwrap();
    assert_eq!(
        command.act,
        Act::StatePurpose { purpose: "Xác minh".into(), case_number: "12".into() }
    );
    // Chosen from the list, alone or with something typed; what is on no list is not taken for it.
    let chosen = [
        ("usual=report&purpose=", "Xác minh tin báo, tố giác"),
        ("usual=report&purpose=+ng%C3%B5+12+", "Xác minh tin báo, tố giác: ngõ 12"),
        ("usual=%3Cb%3E&purpose=X", "X"),
    ];
    for (typed, recorded) in chosen {
        let body = format!("{typed}&case_number=12&{back}");
        of_browser(&served, &secret, "POST", "/search/purpose", &body).await;
        let command = taken.lock().expect("nobody panicked").pop().unwrap();
        let purpose = recorded.to_owned();
        assert_eq!(command.act, Act::StatePurpose { purpose, case_number: "12".into() });
    }
    for elsewhere in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2Fsearching"] {
        let body = format!("purpose=X%C3%A1c+minh&back={elsewhere}");
        let stated = of_browser(&served, &secret, "POST", "/search/purpose", &body).await;
        assert_eq!(stated.headers["location"], "/search", "{elsewhere}");
    }

    served.node.reject(Rejection {
        ruling: Ruling::Invalid,
        faults: vec![Fault::new("/purpose", "required", "A reason is missing.")],
    });
    let body = format!("purpose=x&case_number=12&{back}");
    let refused = of_browser(&served, &secret, "POST", "/search/purpose", &body).await;
    assert_eq!(refused.status, 422);
    for kept in ["id=\"purpose-fault\"", "value=\"12\"", "value=\"/search?q=vi%20du\""] {
        assert!(refused.body.contains(kept), "{kept}: {}", refused.body);
    }

    served.node.state_purpose("cb-1", "Xác minh (ví dụ)");
    let page = of_browser(&served, &secret, "GET", "/search?q=vi+du", "").await.body;
    for told in ["hcm/2024/000001", "data-test=\"purpose\"", "có các từ này", "value=\"vi du\""]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    let script = "/search?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&place=%3Cb%3E";
    let page = of_browser(&served, &secret, "GET", script, "").await.body;
    assert!(!page.contains("<script>alert") && !page.contains("<b>\""), "{page}");
}
