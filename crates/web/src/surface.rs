//! The surfaces, and what each refuses before a handler sees the request.
//!
//! A page from elsewhere that is open in the same browser can send requests to a loopback address,
//! and by rebinding its name it can even read the answers. So that surface answers only to this machine's
//! own names, and takes a change from its own pages, or from who shows a secret in `Authorization`.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::access::Reach;
use crate::console::refusal;
use crate::principal::has_cookie;
use crate::problem::Problem;
use crate::{App, COMMAND_BYTES};

/// Where a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// The owner's Unix socket: everything.
    Socket,
    /// A loopback address: where browsers are.
    Loopback,
    /// An address that other machines reach, over TLS.
    Network,
}

/// Longest address that is answered, bytes: a question with every filter set has less than half of it.
const LONGEST_ADDRESS: usize = 8 * 1024;

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // What is shown is personal, and withdrawn when it ends: no copy may stay behind.
    (header::CACHE_CONTROL, "no-store"),
];

/// Refuses what the surface does not answer to.
pub async fn guard(
    State((surface, app)): State<(Surface, App)>,
    request: Request,
    next: Next,
) -> Response {
    if request.uri().to_string().len() > LONGEST_ADDRESS {
        return Problem::long_address().into_response();
    }
    let refused = match surface {
        Surface::Socket => None,
        Surface::Loopback => (!is_own_name(&request, is_loopback)).then(Problem::foreign_host),
        Surface::Network => {
            let is_own = |name: &Authority| is_one_of(&app.names, name);
            (!is_own_name(&request, is_own)).then(Problem::foreign_name)
        }
    };
    if let Some(refused) = refused {
        return refused.into_response();
    }
    // Whoever reaches it would be everybody.
    let is_file = request.uri().path().starts_with("/assets/");
    if surface == Surface::Network && !is_file && !app.backend.has_officers() {
        return refusal::for_all(&app, request.headers(), request.uri(), &Problem::no_officers());
    }
    // Before a byte of it is read.
    if announced(request.headers()) > COMMAND_BYTES as u64 {
        return refusal::for_all(
            &app,
            request.headers(),
            request.uri(),
            &Problem::body_too_large(),
        );
    }
    next.run(request).await
}

/// Whether a change may come in where browsers are. A secret in `Authorization` was put there by a program,
/// or by a page of this server; the cookie comes along by itself, so it counts from our own pages only.
pub fn may_change(surface: Surface, reach: Reach, headers: &HeaderMap) -> Result<(), Problem> {
    if surface == Surface::Socket {
        return Ok(());
    }
    if reach != Reach::OwnPages && !headers.contains_key(header::AUTHORIZATION) {
        return Err(Problem::read_only());
    }
    if is_from_own_page(surface, headers) { Ok(()) } else { Err(Problem::foreign_page()) }
}

/// Sets the headers that every answer carries.
pub async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    // Nothing is kept by anybody, but the files of the console, which say so themselves.
    let kept = response.headers_mut().remove(header::CACHE_CONTROL);
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if let Some(kept) = kept {
        response.headers_mut().insert(header::CACHE_CONTROL, kept);
    }
    response
}

/// How long the body is, by the header.
fn announced(headers: &HeaderMap) -> u64 {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// Whether every name under which the request asks for this server is its own.
fn is_own_name(request: &Request, is_own: impl Fn(&Authority) -> bool) -> bool {
    request.uri().authority().is_none_or(&is_own)
        && host(request.headers()).is_some_and(|name| is_own(&name))
}

/// Whether a name is one of those that the node was given.
fn is_one_of(names: &[String], authority: &Authority) -> bool {
    !authority.as_str().contains('@')
        && names.iter().any(|name| name.eq_ignore_ascii_case(authority.host()))
}

/// The one Host header, if it is there once and well-formed.
fn host(headers: &HeaderMap) -> Option<Authority> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?.parse().ok()?;
    hosts.next().is_none().then_some(host)
}

/// Whether a request that changes something was sent by a page of this server, or by no page at all.
/// Browsers say from where a request comes; a program that says nothing may not come with a cookie.
fn is_from_own_page(surface: Surface, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => is_of_host(surface, origin, headers),
        None => !has_cookie(headers) || headers.contains_key(header::AUTHORIZATION),
    }
}

/// Whether an origin is the host that was asked for. `null` is none.
fn is_of_host(surface: Surface, origin: &HeaderValue, headers: &HeaderMap) -> bool {
    let scheme = if surface == Surface::Network { "https://" } else { "http://" };
    let named = || origin.to_str().ok()?.strip_prefix(scheme)?.parse::<Authority>().ok();
    let (origin, host) = (named(), host(headers));
    origin.is_some() && origin == host
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
    fn a_change_comes_from_an_own_page_or_from_none() {
        let own = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static("127.0.0.1:8080"));
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_from_own_page(Surface::Loopback, &headers)
        };
        let cookie = ("cookie", "__Host-giapranh=x");
        assert!(own(&[]));
        assert!(!own(&[cookie]), "a cookie, and nothing that says from where");
        assert!(own(&[cookie, ("authorization", "Bearer x")]));
        for (site, is_own) in
            [("same-origin", true), ("none", true), ("same-site", false), ("cross-site", false)]
        {
            assert_eq!(own(&[("sec-fetch-site", site)]), is_own, "{site}");
            let origin = ("origin", "http://127.0.0.1:8080");
            assert_eq!(own(&[cookie, origin, ("sec-fetch-site", site)]), is_own, "{site}");
        }
        for (origin, is_own) in [
            ("http://127.0.0.1:8080", true),
            ("http://127.0.0.1", false),
            ("http://127.0.0.1:8081", false),
            ("https://127.0.0.1:8080", false),
            ("http://evil.example", false),
            ("null", false),
        ] {
            assert_eq!(own(&[cookie, ("origin", origin)]), is_own, "{origin}");
            assert_eq!(own(&[("origin", origin)]), is_own, "{origin}");
        }
    }

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
