//! The API's own document, and the pages that show it.

mod support;

use giapranh_domain::codes::Role;
use giapranh_web::{PROBLEM_TYPES, access};
use support::Node;

#[tokio::test]
async fn the_document_is_given_to_everybody_and_names_every_route() {
    let node = Node::new();
    node.signed_in("cb-1", "hcm", Role::ALL);
    let served = node.serve_tcp().await;
    let answer = served.surface.get("/api/v1/openapi.json").await;
    assert_eq!(
        (answer.status, &answer.headers["content-type"]),
        (200, &"application/json".parse().unwrap())
    );
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.0");
    for row in access().iter().filter(|row| row.is_api()) {
        let method = row.method.as_str().to_lowercase();
        assert!(document["paths"][row.path][&method].is_object(), "{method} {}", row.path);
    }
}

#[tokio::test]
async fn the_page_shows_the_same_in_both_languages() {
    let node = Node::new();
    let secret = node.signed_in("cb-1", "hcm", &[Role::Administrator]);
    let served = node.serve_tcp().await;
    let cookie = format!("__Host-giapranh={secret}");
    for (language, title) in [("vi", "Tần suất"), ("en", "How often")] {
        let cookie = format!("{cookie}; giapranh-language={language}");
        let headers = [("host", "localhost"), ("cookie", cookie.as_str())];
        let page = served.surface.send("GET", "/api", &headers, "").await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains(title));
        for row in access().iter().filter(|row| row.is_api()) {
            let line = format!("<code>{} {}</code>", row.method, row.path);
            assert!(page.body.contains(&line), "{line}");
        }
        for known in PROBLEM_TYPES {
            let anchor = format!("id=\"problem-{}\"", known.code);
            assert!(page.body.contains(&anchor), "{anchor}");
        }
        // Each link to a type leads to one.
        let types = served.surface.send("GET", "/api/schemas", &headers, "").await.body;
        let named = page.body.split("/api/schemas#").skip(1);
        for name in named.map(|rest| rest.split('"').next().unwrap()) {
            assert!(types.contains(&format!("<h2 id=\"{name}\">")), "{name}");
        }
        for name in types.split("<a href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(name == "main" || types.contains(&format!("<h2 id=\"{name}\">")), "{name}");
        }
    }
}
