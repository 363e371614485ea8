//! Reading the past: by the API and on pages.

mod support;

use giapranh_domain::codes::Role;
use support::Node;

#[tokio::test]
async fn the_past_is_made_ready_and_read() {
    let node = Node::new();
    let first = node.issue("Trước");
    node.issue("Sau");
    let served = node.serve_tcp().await;
    let surface = &served.surface;
    let answer = surface.get(&format!("/api/v1/alerts?as_of={first}")).await;
    let problem = answer.problem(409, "as-of-not-ready");
    assert_eq!(
        (&problem["making"]["position"], &problem["making"]["done"]),
        (&first.into(), &1.into())
    );
    assert_eq!(answer.headers["retry-after"], "1");
    let moment = surface.get(&format!("/api/v1/as-of?at={first}")).await;
    assert_eq!((moment.status, &moment.json()["position"]), (200, &first.into()));
    let then = surface.get(&format!("/api/v1/alerts?as_of={first}")).await.json();
    assert_eq!(then["alerts"].as_array().unwrap().len(), 1);
    assert_eq!(then["alerts"][0]["headline"], "Trước");
    let id = then["alerts"][0]["id"].as_str().unwrap().to_owned();
    let one = surface.get(&format!("/api/v1/alerts/{id}?as_of={first}")).await;
    assert_eq!(one.status, 200, "{}", one.body);
    let entries = surface.get(&format!("/api/v1/entries?as_of={first}")).await.json();
    assert_eq!(entries["entries"].as_array().unwrap().len() as u64, first);
    let now = surface.get("/api/v1/alerts").await.json();
    assert_eq!(now["alerts"].as_array().unwrap().len(), 2);
    for bad in ["", "x", "0", "99", "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"] {
        surface.get(&format!("/api/v1/alerts?as_of={bad}")).await.problem(400, "parameter");
        surface.get(&format!("/api/v1/as-of?at={bad}")).await.problem(400, "parameter");
    }
}

#[tokio::test]
async fn what_a_viewer_sees_of_the_past_is_judged_now() {
    let node = Node::new();
    let position = node.issue("Chỉ trong vùng");
    let inside = node.signed_in("cb-a", "long-an", &[Role::Duty]);
    let outside = node.signed_in("cb-b", "hcm_binh-chanh_tan-nhut", &[Role::Duty]);
    let administrator = node.signed_in("cb-c", "hcm", &[Role::Administrator]);
    let served = node.serve_tcp().await;
    let path = format!("/api/v1/alerts?as_of={position}");
    served.surface.as_officer(&inside, "GET", &path, "").await;
    let seen = served.surface.as_officer(&inside, "GET", &path, "").await.json();
    assert_eq!(seen["alerts"].as_array().unwrap().len(), 1);
    let seen = served.surface.as_officer(&outside, "GET", &path, "").await.json();
    assert!(seen["alerts"].as_array().unwrap().is_empty());
    for path in [path, format!("/api/v1/as-of?at={position}")] {
        served.surface.as_officer(&administrator, "GET", &path, "").await.problem(403, "role");
        served.surface.get(&path).await.problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_page_of_the_past_says_so_and_leads_back() {
    let node = Node::new();
    let first = node.issue("Trước");
    node.issue("Sau");
    let served = node.serve_tcp().await;
    let surface = &served.surface;
    let at = format!("/?as_of={first}");
    let making = surface.get(&at).await;
    assert_eq!(making.status, 202, "{}", making.body);
    assert_eq!(making.headers["refresh"], "3");
    assert!(making.body.contains("<progress"), "{}", making.body);
    let part = format!("/as-of?making={first}&back=/?as_of={first}");
    let headers = [("host", "localhost"), ("hx-request", "true")];
    let there = surface.send("GET", &part, &headers, "").await;
    assert_eq!(there.headers["hx-redirect"], at);
    let page = surface.get(&at).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Trước") && !page.body.contains("Sau"), "{}", page.body);
    assert!(page.body.contains("banner past") && page.body.contains("data-test=\"present\""));
    assert!(!page.body.contains("live."), "nothing of it is live");
    assert!(page.body.contains(&format!("?as_of={first}")), "links stay in the past");
    assert!(!surface.get("/").await.body.contains("banner past"));
}

#[tokio::test]
async fn a_moment_is_chosen_by_a_form() {
    let node = Node::new();
    let first = node.issue("Trước");
    let served = node.serve_tcp().await;
    let surface = &served.surface;
    assert_eq!(surface.get("/as-of").await.status, 200);
    let to = surface.get(&format!("/as-of?position={first}&to=/alerts")).await;
    assert_eq!(
        (to.status, to.headers["location"].to_str().unwrap()),
        (303, &*format!("/alerts?as_of={first}"))
    );
    let to = surface.get(&format!("/as-of?position={first}&to=https://evil.example/")).await;
    assert_eq!(to.headers["location"], format!("/?as_of={first}"));
    for bad in ["position=x", "position=99", "date=2999-01-01&time=00:00", "date=2000-01-01"] {
        let page = surface.get(&format!("/as-of?{bad}")).await;
        assert_eq!(page.status, 400, "{bad}");
        assert!(page.body.contains("as-of-fault"), "{bad}");
    }
}
