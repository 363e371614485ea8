//! Who is let in, and what a person reads who is not.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use giapranh_feed::authority::Authority;
use giapranh_feed::outbox::publish;
use giapranh_feed::owner::ensure_stream;
use giapranh_feed::{FeedError, Line, LineConfig, LineState, Login, Seed, TlsFiles};
use giapranh_testkit::server::{NatsServer, StartOptions};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::support::{event, in_time, policy};

/// A server that asks for an nkey and for a certificate.
struct Guarded {
    server: NatsServer,
    authority: Authority,
    seed: Seed,
    dir: TempDir,
}

impl Guarded {
    fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let authority = Authority::create(Timestamp::now()).unwrap();
        let issued = authority.server(&["127.0.0.1".into()], Timestamp::now()).unwrap();
        issued.write(&path("server.pem"), &path("server.key")).unwrap();
        std::fs::write(path("ca.pem"), authority.certificate()).unwrap();
        let seed = Seed::generate().unwrap();
        let text = format!(
            "tls {{\n cert_file: \"{}\"\n key_file: \"{}\"\n ca_file: \"{}\"\n verify: true\n}}\n\
             authorization {{ users: [ {{ nkey: {} }} ] }}\n",
            path("server.pem").display(),
            path("server.key").display(),
            path("ca.pem").display(),
            seed.public()
        );
        std::fs::write(path("nats.conf"), text).unwrap();
        let options = StartOptions { store_dir: path("store"), port: None };
        let server = NatsServer::start_configured(options, &path("nats.conf")).unwrap();
        let guarded = Self { server, authority, seed, dir };
        guarded.issue(&guarded.authority, "node");
        guarded
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A certificate for a node, under this name.
    fn issue(&self, authority: &Authority, name: &str) {
        let issued = authority.client("hcm", Timestamp::now()).unwrap();
        issued
            .write(&self.path(&format!("{name}.pem")), &self.path(&format!("{name}.key")))
            .unwrap();
    }

    fn files(&self, ca: &str, name: &str) -> TlsFiles {
        TlsFiles {
            ca: self.path(ca),
            certificate: self.path(&format!("{name}.pem")),
            key: self.path(&format!("{name}.key")),
        }
    }

    /// As it should be.
    fn config(&self) -> LineConfig {
        LineConfig {
            login: Login::Nkey(self.seed.clone()),
            tls: Some(self.files("ca.pem", "node")),
            ..LineConfig::new(self.server.url().replace("nats://", "tls://"), "hcm")
        }
    }
}

/// What is told of a line that does not come up, once it says this.
async fn told(line: &Line, part: &str) -> String {
    let mut state = line.state();
    let told = state.wait_for(|state| match state {
        LineState::Connecting { reason } | LineState::Lost { reason } => {
            reason.as_ref().is_some_and(|reason| reason.contains(part))
        }
        LineState::Up { .. } => panic!("let in"),
        _ => false,
    });
    let Ok(Ok(told)) = tokio::time::timeout(std::time::Duration::from_secs(20), told).await else {
        panic!("it never said {part:?} but {}", *line.state().borrow());
    };
    told.to_string()
}

async fn connect(config: LineConfig) -> Line {
    Line::connect(&config).await.unwrap()
}

fn remove(path: &Path) {
    std::fs::remove_file(path).unwrap();
}

#[tokio::test]
async fn a_node_with_a_key_and_a_certificate_is_let_in() {
    let guarded = Guarded::start();
    let line = connect(guarded.config()).await;
    in_time("the line to come up", line.up()).await.unwrap();
    ensure_stream(&line, "hcm", &policy()).await.unwrap();
    publish(&line, "hcm", &[event(1, "z")]).await.unwrap();
}

#[tokio::test]
async fn whoever_lacks_one_of_them_is_not_and_reads_what_to_look_at() {
    let guarded = Guarded::start();
    let other = Authority::create(Timestamp::now()).unwrap();
    std::fs::write(guarded.path("other-ca.pem"), other.certificate()).unwrap();
    guarded.issue(&other, "other");

    let unknown = Seed::generate().unwrap();
    let nkey = unknown.public().to_string();
    let stranger = connect(LineConfig { login: Login::Nkey(unknown), ..guarded.config() }).await;
    told(&stranger, &nkey).await;

    let tls = Some(guarded.files("ca.pem", "other"));
    let foreign = connect(LineConfig { tls, ..guarded.config() }).await;
    told(&foreign, "other.pem").await;

    let tls = Some(guarded.files("other-ca.pem", "node"));
    let impostor = connect(LineConfig { tls, ..guarded.config() }).await;
    told(&impostor, "other-ca.pem").await;

    // Plain text is turned into TLS by the server; the node then has no certificate to show.
    for url in [guarded.server.url(), guarded.config().url] {
        let bare = LineConfig { url, tls: None, ..guarded.config() };
        told(&connect(bare).await, "invalid peer certificate").await;
    }
    for line in [stranger, foreign, impostor] {
        assert!(!line.state().borrow().to_string().contains(guarded.seed.text()));
    }
}

#[tokio::test]
async fn files_that_can_not_be_used_are_named_at_once() {
    let guarded = Guarded::start();
    guarded.issue(&guarded.authority, "second");
    std::fs::write(guarded.path("empty.pem"), "").unwrap();
    std::fs::write(guarded.path("broken.pem"), "-----BEGIN CERTIFICATE-----\n!\n").unwrap();
    std::fs::copy(guarded.path("node.key"), guarded.path("open.key")).unwrap();
    std::fs::set_permissions(guarded.path("open.key"), Permissions::from_mode(0o644)).unwrap();

    let good = || guarded.files("ca.pem", "node");
    for (files, name) in [
        (guarded.files("missing.pem", "node"), "missing.pem"),
        (guarded.files("empty.pem", "node"), "empty.pem"),
        (guarded.files("broken.pem", "node"), "broken.pem"),
        (guarded.files("node.key", "node"), "node.key"),
        (TlsFiles { certificate: guarded.path("empty.pem"), ..good() }, "empty.pem"),
        (TlsFiles { key: guarded.path("missing.key"), ..good() }, "missing.key"),
        (TlsFiles { key: guarded.path("open.key"), ..good() }, "open.key"),
        (TlsFiles { key: guarded.path("second.key"), ..good() }, "second.key"),
    ] {
        let refused = Line::connect(&LineConfig { tls: Some(files), ..guarded.config() }).await;
        let Err(refused) = refused else { panic!("{name} was taken") };
        let kind = matches!(refused, FeedError::File { .. } | FeedError::NotPrivate { .. });
        let text = refused.to_string();
        assert!(kind && text.contains(name) && !refused.is_retryable(), "{text}");
        assert!(!text.contains("PRIVATE KEY"), "{text}");
    }
}

#[tokio::test]
async fn renewed_files_are_used_by_the_next_connection() {
    let mut guarded = Guarded::start();
    let line = connect(guarded.config()).await;
    in_time("the line to come up", line.up()).await.unwrap();

    let files = guarded.files("ca.pem", "node");
    guarded.server.kill();
    remove(&files.certificate);
    remove(&files.key);
    let mut state = line.state();
    let lost = state.wait_for(|state| matches!(state, LineState::Lost { .. }));
    in_time("the loss to be told", lost).await.unwrap();
    guarded.server.restart().unwrap();
    told(&line, "node.pem").await;

    guarded.issue(&guarded.authority, "node");
    in_time("the line to come up again", line.up()).await.unwrap();
}
