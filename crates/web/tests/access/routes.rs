//! Rows and who tries them.

use std::sync::Arc;

use giapranh_domain::codes::Role;
use giapranh_web::{Accepted, Access, Reach, Shelf, Shelved, access};

use crate::support::http::Answer;
use crate::support::{Node, Served};

/// Who tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trier {
    /// Whoever reaches the socket of a node without officers.
    Unmanned,
    /// Whoever reaches its loopback address.
    UnmannedLoopback,
    /// The owner of the socket without a secret, once there are officers.
    Machine,
    /// Anybody at the loopback address, once there are officers.
    Anonymous,
    /// An officer with one role, at the socket.
    Officer(Role),
    /// The same at the loopback address.
    OfficerLoopback(Role),
    /// Whose password has to be changed first, and who has every role.
    MustChange,
    /// Whose session was ended.
    Ended,
}

impl Trier {
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Unmanned,
            Self::UnmannedLoopback,
            Self::Machine,
            Self::Anonymous,
            Self::MustChange,
            Self::Ended,
        ];
        for role in Role::ALL {
            all.extend([Self::Officer(*role), Self::OfficerLoopback(*role)]);
        }
        all
    }

    fn is_on_loopback(self) -> bool {
        matches!(self, Self::UnmannedLoopback | Self::Anonymous | Self::OfficerLoopback(_))
    }

    /// What the table says of it.
    pub fn is_let_in(self, row: &Access) -> bool {
        let who = &row.who;
        let is_officer = matches!(self, Self::OfficerLoopback(_));
        let is_reached = match row.reach {
            Reach::Socket => !self.is_on_loopback(),
            Reach::Network => row.is_read() || is_officer || !self.is_on_loopback(),
            Reach::OwnPages => true,
        };
        if !is_reached {
            return false;
        }
        match self {
            _ if who.anyone => true,
            Self::Unmanned | Self::UnmannedLoopback => true,
            Self::Machine => who.machine,
            Self::Anonymous | Self::Ended => false,
            Self::MustChange => who.signed_in,
            Self::Officer(role) | Self::OfficerLoopback(role) => {
                who.signed_in || who.roles.contains(&role)
            }
        }
    }
}

/// Nodes with and without officers, on both surfaces.
pub struct Tried {
    unmanned: [Served; 2],
    manned: [Served; 2],
}

impl Tried {
    pub async fn new() -> Self {
        let (unmanned, manned) = (filled(), filled());
        manned.signed_in("cb-1", "hcm", &[Role::Administrator]);
        Self {
            unmanned: [unmanned.serve_unix(), unmanned.serve_tcp().await],
            manned: [manned.serve_unix(), manned.serve_tcp().await],
        }
    }

    fn at(&self, trier: Trier) -> &Served {
        let served = match trier {
            Trier::Unmanned | Trier::UnmannedLoopback => &self.unmanned,
            _ => &self.manned,
        };
        &served[usize::from(trier.is_on_loopback())]
    }

    /// Sends a request as somebody. Each officer comes with a session of its own.
    pub async fn send(&self, trier: Trier, method: &str, path: &str, body: &str) -> Answer {
        let served = self.at(trier);
        let secret = match trier {
            Trier::Officer(role) | Trier::OfficerLoopback(role) => {
                Some(served.node.signed_in("cb-tried", "hcm", &[role]))
            }
            Trier::MustChange => {
                let secret = served.node.signed_in("cb-changes", "hcm", Role::ALL);
                served.node.book().account("cb-changes").must_change = true;
                Some(secret)
            }
            Trier::Ended => {
                let secret = served.node.signed_in("cb-ended", "hcm", Role::ALL);
                served.node.book().end(&secret);
                Some(secret)
            }
            _ => None,
        };
        match secret {
            Some(secret) => served.surface.as_officer(&secret, method, path, body).await,
            None => served.surface.send(method, path, &[("host", "localhost")], body).await,
        }
    }
}

fn filled() -> Arc<Node> {
    let node = Node::new();
    node.issue("Truy nã VÍ DỤ");
    for shelf in [Shelf::Quarantine, Shelf::Held] {
        node.put(shelf, Shelved { id: 1, ..Shelved::default() }, b"bytes");
    }
    node.decide(|_| {
        Ok(Accepted { event_id: uuid::Uuid::nil(), alert: None, position: 9, zones: vec![] })
    });
    node
}

/// An address of the row that names something which is there.
fn address(row: &Access) -> String {
    let id = match row.path {
        path if path.contains("/zones/") => "hcm-long-an",
        path if path.contains("/officers/") => "cb-1",
        _ => "1",
    };
    let alert = row.path.replace("{unit}/{year}/{number}", "hcm/2024/000001");
    alert
        .replace("{id}", id)
        .replace("{what}", "hit")
        .replace("{event}", "01900000-0000-7000-8000-000000000001")
        .replace("{*name}", "console.css")
}

/// Whether somebody was kept out, by what was answered.
fn was_kept_out(answer: &Answer) -> bool {
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok());
    if answer.status == 303 && to.is_some_and(|to| to.starts_with("/sign-in")) {
        return true;
    }
    if !matches!(answer.status, 401 | 403) {
        return false;
    }
    if !answer.headers["content-type"].to_str().unwrap().contains("problem+json") {
        return true;
    }
    let problem = answer.json();
    let kind = problem["type"].as_str().unwrap().rsplit(':').next().unwrap().to_owned();
    // What a handler says about a login that is wrong is no keeping out.
    ["unauthenticated", "role", "password", "read-only", "socket-only"].contains(&kind.as_str())
}

#[tokio::test]
async fn each_row_lets_in_whom_the_table_names_and_nobody_else() {
    let tried = Tried::new().await;
    for row in access() {
        let (method, path) = (row.method.as_str(), address(&row));
        for trier in Trier::all() {
            let body = if method == "GET" { "" } else { "{}" };
            let answer = tried.send(trier, method, &path, body).await;
            // The own password is for the officer, another's for administrators; cb-1 is another.
            let is_others = row.path == "/api/v1/officers/{id}/password";
            let expected = trier.is_let_in(&row) && (!is_others || administers(trier));
            let told = format!("{method} {path} as {trier:?}: {} {}", answer.status, answer.body);
            assert_ne!(was_kept_out(&answer), expected, "{told}");
            let failed = [404, 405, 500].contains(&answer.status);
            assert!(!failed || is_missing(&row), "{told}");
            if method == "GET" {
                let head = tried.send(trier, "HEAD", &path, "").await;
                assert_eq!(head.status, answer.status, "HEAD: {told}");
            }
        }
    }
}

fn administers(trier: Trier) -> bool {
    const BY: Role = Role::Administrator;
    matches!(trier, Trier::Officer(BY) | Trier::OfficerLoopback(BY) | Trier::Unmanned)
}

/// What answers that there is nothing, or that it failed, although somebody was let in.
fn is_missing(row: &Access) -> bool {
    row.path.contains("/drafts/")
        || row.path.starts_with("/api/v1/tokens/")
        || row.path == "/api/v1/views/rebuild"
}

#[tokio::test]
async fn nothing_is_served_that_has_no_row() {
    let tried = Tried::new().await;
    for path in ["/api/v1", "/api/v1/", "/api/v1/vault", "/sign-in/", "/api/v1/officers/cb-1/x"] {
        let answer = tried.send(Trier::Officer(Role::Administrator), "GET", path, "").await;
        answer.problem(404, "not-found");
    }
    let rows = access();
    for row in &rows {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            let has_row = rows.iter().any(|r| r.path == row.path && r.method.as_str() == method);
            if !has_row {
                let path = address(row);
                let answer = tried.send(Trier::Unmanned, method, &path, "{}").await;
                assert_eq!(answer.status, 405, "{method} {path}");
            }
        }
    }
}

/// A browser sends its cookie with whatever any page makes it send.
#[tokio::test]
async fn a_cookie_changes_something_from_own_pages_and_about_the_own_session_only() {
    let tried = Tried::new().await;
    let [_, loopback] = &tried.manned;
    for row in access().iter().filter(|row| !row.is_read()) {
        let is_of_pages = row.is_page || row.path == "/api/v1/session";
        assert_eq!(row.reach == Reach::OwnPages, is_of_pages, "{} {}", row.method, row.path);
        let secret = loopback.node.signed_in("cb-tried", "hcm", Role::ALL);
        let cookie = format!("__Host-giapranh={secret}");
        let (method, path) = (row.method.as_str(), address(row));
        let own = [("host", "localhost"), ("cookie", &cookie), ("sec-fetch-site", "same-origin")];
        let answer = loopback.surface.send(method, &path, &own, "{}").await;
        if !is_of_pages {
            answer.problem(403, "read-only");
        }
        // Not even with the secret: no page from elsewhere can have it, so this is none of ours.
        let bearer = format!("Bearer {secret}");
        let foreign = [
            ("host", "localhost"),
            ("authorization", bearer.as_str()),
            ("sec-fetch-site", "cross-site"),
        ];
        let answer = loopback.surface.send(method, &path, &foreign, "{}").await;
        assert_eq!(answer.status, 403, "{method} {path}: {}", answer.body);
    }
}
