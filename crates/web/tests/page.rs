//! The page as it is without a script.

mod support;

use support::Node;

#[tokio::test]
async fn the_page_lists_the_last_fifty_the_newest_first() {
    let served = Node::new().serve_tcp().await;
    for number in 1..=60 {
        served.node.issue(&format!("Tin số {number}."));
    }
    let answer = served.surface.get("/").await;
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    let page = answer.body;
    assert!(page.contains("<html lang=\"vi\""));
    assert!(page.contains("data-position=\"61\""), "{page}");
    let at = |number: u32| page.find(&format!("Tin số {number}."));
    assert!(at(60).unwrap() < at(11).unwrap());
    assert_eq!(at(10), None);
    for shown in ["Thông báo truy nã", "hcm/2024/000060", "hcm-long-an", "31/05/2024"] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn a_headline_is_text_whatever_it_says() {
    let served = Node::new().serve_tcp().await;
    served.node.issue("<script>alert(1)</script><img src=x onerror=alert(2)>{{rows}}");
    let page = served.surface.get("/").await.body;
    assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;&#60;img src=x"), "{page}");
    assert_eq!(page.matches("<script").count(), 3, "only the page's own: {page}");
    assert!(!page.contains("<img"));
}

#[tokio::test]
async fn the_page_loads_only_what_is_served() {
    let served = Node::new().serve_tcp().await;
    let page = served.surface.get("/").await.body;
    let mut loaded = 0;
    for attribute in ["src=\"", "href=\""] {
        for rest in page.split(attribute).skip(1) {
            let path = rest.split('"').next().unwrap();
            if path.starts_with("/assets/") {
                let kept = served.surface.get(path).await;
                assert_eq!(kept.status, 200, "{path}");
                let kept = kept.headers["cache-control"].to_str().unwrap();
                assert!(kept.contains("immutable"), "{path}: {kept}");
                loaded += 1;
            }
        }
    }
    assert_eq!(loaded, 5, "a picture, a style and three scripts");
}
