//! What a machine watches.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod support;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use giapranh_web::monitor::{Family, Monitored, Unready, may_listen, serve_monitor};
use support::http::Surface;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

#[derive(Default)]
struct Watched(Mutex<Vec<Unready>>);

impl Monitored for Watched {
    fn unready(&self) -> BoxFuture<'static, Vec<Unready>> {
        let reasons = self.0.lock().unwrap().clone();
        Box::pin(async move { reasons })
    }

    fn metrics(&self) -> BoxFuture<'static, Vec<Family>> {
        let forks = Family::gauge("giapranh_forks", "Forks that nobody has decided.");
        Box::pin(async move { vec![forks.with(&[], 2_u64)] })
    }
}

async fn watched() -> (Arc<Watched>, Surface, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let surface = Surface::Tcp(listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let watched = Arc::new(Watched::default());
    tokio::spawn(serve_monitor(listener, watched.clone(), async { drop(stopped.await) }));
    (watched, surface, stop)
}

#[tokio::test]
async fn a_node_lives_whatever_it_waits_for_and_is_ready_without_reasons() {
    let (watched, surface, _stop) = watched().await;
    assert_eq!(surface.get("/livez").await.body, "ok\n");
    let ready = surface.get("/readyz").await;
    assert_eq!((ready.status, ready.body.as_str()), (200, "ready\n"));
    let reason = Unready { code: "tail-behind", text: "Own events are missing.".into() };
    watched.0.lock().unwrap().push(reason);
    assert_eq!(surface.get("/livez").await.status, 200);
    let unready = surface.get("/readyz").await;
    assert_eq!(unready.status, 503);
    assert_eq!(unready.body, "tail-behind: Own events are missing.\n");
    assert_eq!(unready.headers["cache-control"], "no-store");
    let headers = [("host", "localhost"), ("accept", "application/json")];
    let json = surface.send("GET", "/readyz", &headers, "").await;
    assert_eq!(json.status, 503);
    let expected = serde_json::json!({
        "ready": false,
        "reasons": [{ "code": "tail-behind", "text": "Own events are missing." }]
    });
    assert_eq!(json.json(), expected);
}

#[tokio::test]
async fn figures_come_as_prometheus_reads_them_and_nothing_else_is_served() {
    let (_watched, surface, _stop) = watched().await;
    let metrics = surface.get("/metrics").await;
    assert_eq!(metrics.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    let expected = "# HELP giapranh_forks Forks that nobody has decided.\n\
                    # TYPE giapranh_forks gauge\ngiapranh_forks 2\n";
    assert_eq!(metrics.body, expected);
    for path in ["/", "/api/v1/status", "/metrics/"] {
        assert_eq!(surface.get(path).await.status, 404, "{path}");
    }
    assert_eq!(surface.post("/readyz", "").await.status, 405);
}

#[test]
fn the_monitor_listens_for_others_only_when_that_is_said() {
    let address = |text: &str| text.parse::<SocketAddr>().unwrap();
    for own in ["127.0.0.1:9464", "[::1]:9464"] {
        assert!(may_listen(address(own), false).is_ok());
    }
    for open in ["0.0.0.0:9464", "10.1.2.3:9464", "[::]:9464"] {
        assert!(may_listen(address(open), false).is_err());
        assert!(may_listen(address(open), true).is_ok());
    }
}
