//! The two surfaces, and what each refuses before a handler sees the request.
//!
//! A page from elsewhere that is open in the same browser can send requests to a loopback address,
//! and by rebinding its name it can even read the answers. So that surface only shows, and answers
//! only to this machine's own names.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// Where a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// The owner's Unix socket: everything.
    Socket,
    /// A loopback address: only what shows.
    Loopback,
}

/// The methods that the loopback surface answers to.
pub const READ_METHODS: &str = "GET, HEAD";

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // What is shown is personal, and withdrawn when it ends: no copy may stay behind.
    (header::CACHE_CONTROL, "no-store"),
];

/// Refuses what the surface does not answer to.
pub async fn guard(State(surface): State<Surface>, mut request: Request, next: Next) -> Response {
    if surface == Surface::Loopback {
        if !is_own_name(&request) {
            return Problem::foreign_host().into_response();
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Problem::read_only().into_response();
        }
    }
    // For what one surface shows and the other does not.
    request.extensions_mut().insert(surface);
    next.run(request).await
}

/// Sets the headers that every answer carries.
pub async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether every name under which the request asks for this server is this machine's own.
fn is_own_name(request: &Request) -> bool {
    request.uri().authority().is_none_or(is_loopback)
        && host(request.headers()).is_some_and(|name| is_loopback(&name))
}

/// The one Host header, if it is there once and well-formed.
fn host(headers: &HeaderMap) -> Option<Authority> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?.parse().ok()?;
    hosts.next().is_none().then_some(host)
}

fn is_loopback(authority: &Authority) -> bool {
    // User information has no place in a Host header, and hides the name from a reader.
    if authority.as_str().contains('@') {
        return false;
    }
    let name = authority.host();
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name.eq_ignore_ascii_case("localhost")
        || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_this_machine_are_its_own() {
        let own = |name: &str| name.parse().is_ok_and(|name| is_loopback(&name));
        for name in ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "127.1.2.3", "[::1]:9"] {
            assert!(own(name), "{name}");
        }
        for name in [
            "giapranh.example",
            "localhost.example",
            "127.0.0.1.example",
            "10.0.0.1",
            "[::2]",
            "localhost@evil.example",
            "evil.example@localhost",
        ] {
            assert!(!own(name), "{name}");
        }
    }
}
