//! Who asks: found once for each request, from where it came in and from the secret that it carries.
//!
//! A secret that is none, has expired or was ended is refused, never passed over: whoever meant to
//! act as an officer must not go on as somebody else. What an officer may is asked at each request,
//! so a role that was taken away is gone at once.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use giapranh_domain::codes::Role;
use giapranh_views::Viewer;

use crate::App;
use crate::officers::{Officer, Secret};
use crate::problem::Problem;
use crate::surface::Surface;

/// The cookie of a session that was begun on a page. The prefix makes browsers take it from this
/// very host only, over what they hold for safe.
pub const COOKIE: &str = "__Host-giapranh";
/// Carries the secret of a second officer, as `Authorization` carries that of the first.
const APPROVAL: HeaderName = HeaderName::from_static("giapranh-approval");

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// Whoever reaches a node at which nobody has an account yet.
    Unmanned,
    /// The owner of the socket, without a secret: the machine itself.
    Machine,
    /// Anybody.
    Anonymous,
    /// An officer, with the secret that was shown.
    Officer(Box<Officer>, Secret),
}

impl Principal {
    /// The officer, if somebody has signed in.
    pub fn officer(&self) -> Option<&Officer> {
        match self {
            Self::Officer(officer, _) => Some(officer),
            _ => None,
        }
    }

    /// What this one sees of all that is shown; `None` is everything.
    pub fn viewer(&self, app: &App) -> Option<Viewer> {
        self.officer().map(|officer| Viewer::of(&officer.unit, &app.backend.directory()))
    }
}

/// Whether an officer has one of these roles.
pub fn has_role(officer: &Officer, roles: &[Role]) -> bool {
    roles.iter().any(|role| officer.roles.contains(role))
}

/// Finds who asks.
pub async fn identify(
    app: &App,
    surface: Surface,
    headers: &HeaderMap,
) -> Result<Principal, Problem> {
    if let Some(secret) = carried(surface, headers)? {
        let officer = look_up(app, secret.clone()).await?;
        return Ok(Principal::Officer(Box::new(officer), secret));
    }
    Ok(match surface {
        _ if !app.backend.has_officers() => Principal::Unmanned,
        Surface::Socket => Principal::Machine,
        Surface::Loopback | Surface::Network => Principal::Anonymous,
    })
}

/// Who asked before, as that one is now; `None` when the session has ended meanwhile.
pub async fn renew(app: &App, principal: &Principal) -> Option<Principal> {
    match principal {
        Principal::Officer(_, secret) => {
            let officer = look_up(app, secret.clone()).await.ok()?;
            Some(Principal::Officer(Box::new(officer), secret.clone()))
        }
        Principal::Unmanned if app.backend.has_officers() => None,
        other => Some(other.clone()),
    }
}

/// The second officer who signs a command, if there is one: another one of the same unit, who may
/// approve.
pub async fn approver(
    app: &App,
    first: &Principal,
    headers: &HeaderMap,
) -> Result<Option<Officer>, Problem> {
    let Some(secret) = bearer(headers, &APPROVAL)? else { return Ok(None) };
    let second = look_up(app, secret).await?;
    let Some(first) = first.officer() else { return Err(Problem::unauthenticated()) };
    if second.id == first.id {
        return Err(Problem::approval(
            "The second officer is the first one; another officer has to sign.",
            "Người duyệt phải là cán bộ khác với người soạn.",
        ));
    }
    if second.unit != first.unit {
        return Err(Problem::approval(
            "The second officer is of another unit; one of your own unit has to sign.",
            "Người duyệt phải là cán bộ cùng đơn vị.",
        ));
    }
    if second.must_change {
        return Err(Problem::password_to_change());
    }
    if !has_role(&second, &[Role::Approver]) {
        return Err(Problem::role(&[Role::Approver]));
    }
    Ok(Some(second))
}

async fn look_up(app: &App, secret: Secret) -> Result<Officer, Problem> {
    let found = app.backend.officer(secret).await.map_err(Problem::unavailable)?;
    found.ok_or_else(Problem::unauthenticated)
}

/// The one secret that a request carries. A cookie counts where browsers are, and only without the
/// header.
fn carried(surface: Surface, headers: &HeaderMap) -> Result<Option<Secret>, Problem> {
    match bearer(headers, &header::AUTHORIZATION)? {
        None if surface != Surface::Socket => cookie(headers),
        secret => Ok(secret),
    }
}

fn bearer(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Secret>, Problem> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let read = || {
        let (scheme, secret) = value.to_str().ok()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| Secret::from(secret.trim()))
    };
    let secret = read().filter(|_| values.next().is_none());
    secret.map(Some).ok_or_else(Problem::unauthenticated)
}

/// Whether a browser shows a session of ours.
pub fn has_cookie(headers: &HeaderMap) -> bool {
    !matches!(cookie(headers), Ok(None))
}

/// The session's secret. Two of them are a cookie that somebody slipped in.
fn cookie(headers: &HeaderMap) -> Result<Option<Secret>, Problem> {
    let mut ours = None;
    for value in headers.get_all(header::COOKIE) {
        let text = value.to_str().map_err(|_| Problem::unauthenticated())?;
        for pair in text.split(';') {
            let Some((name, secret)) = pair.trim().split_once('=') else { continue };
            if name == COOKIE && ours.replace(Secret::from(secret)).is_some() {
                return Err(Problem::unauthenticated());
            }
        }
    }
    Ok(ours)
}

/// For handlers: the gate has put it there.
impl<S: Send + Sync> FromRequestParts<S> for Principal {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::unauthenticated)
    }
}

/// What who asks may see of what is shown; everything when there is none.
pub struct Sight(pub Option<Viewer>);

impl FromRequestParts<App> for Sight {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let principal = Principal::from_request_parts(parts, app).await?;
        Ok(Self(principal.viewer(app)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    type Found = Result<Option<Secret>, ()>;

    fn found(surface: Surface, pairs: &[(&'static str, &str)]) -> Found {
        carried(surface, &headers(pairs)).map_err(drop)
    }

    #[test]
    fn a_secret_comes_in_the_header_or_from_a_browser_in_the_cookie() {
        use Surface::{Loopback, Socket};
        let secret = |text: &str| Ok(Some(Secret::from(text)));
        for surface in [Socket, Loopback] {
            assert_eq!(found(surface, &[]), Ok(None));
            assert_eq!(found(surface, &[("authorization", "Bearer a")]), secret("a"));
            assert_eq!(found(surface, &[("authorization", "bearer a")]), secret("a"));
            for bad in ["", "Bearer", "Basic YTpi", "a"] {
                assert_eq!(found(surface, &[("authorization", bad)]), Err(()), "{bad}");
            }
            let two = [("authorization", "Bearer a"), ("authorization", "Bearer a")];
            assert_eq!(found(surface, &two), Err(()));
        }
        let cookie = [("cookie", "x=1; __Host-giapranh=a; y")];
        assert_eq!(found(Loopback, &cookie), secret("a"));
        assert_eq!(found(Socket, &cookie), Ok(None));
        let both = [("cookie", "__Host-giapranh=a"), ("authorization", "Bearer b")];
        assert_eq!(found(Loopback, &both), secret("b"));
        let twice = [("cookie", "__Host-giapranh=a; __Host-giapranh=b")];
        assert_eq!(found(Loopback, &twice), Err(()));
        assert_eq!(found(Loopback, &[("cookie", "giapranh=a; __host-giapranh=b")]), Ok(None));
    }
}
