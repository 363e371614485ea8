//! Who may ask for what: the one table of everything that is served. The router is made from it, so
//! nothing is served that has no row, and a test tries every row as everybody.
//!
//! The administrator reads no payload, and the auditor changes nothing, but says what a search is for. Whose role is enough still
//! sees only what lies in the zones of the own unit, and of commands only those that
//! [`Act::roles`](giapranh_domain::Act::roles) allows.

mod table;

pub use table::READERS;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, patch, post};
use giapranh_domain::codes::Role;

use crate::App;
use crate::console::{Desk, refusal, sign_in};
use crate::principal::{Principal, has_role, identify};
use crate::problem::Problem;
use crate::surface::Surface;

/// Who is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    /// Officers with one of these roles.
    pub roles: &'static [Role],
    /// The owner of the socket, without a secret.
    pub machine: bool,
    /// Every officer, also one whose password has to be changed first.
    pub signed_in: bool,
    /// Everybody; nobody is asked who that is.
    pub anyone: bool,
}

impl Who {
    const fn roles(roles: &'static [Role]) -> Self {
        Self { roles, machine: false, signed_in: false, anyone: false }
    }

    const fn and_the_machine(self) -> Self {
        Self { machine: true, ..self }
    }

    const SIGNED_IN: Self = Self { signed_in: true, ..Self::roles(Role::ALL) };
    const ANYONE: Self = Self { anyone: true, ..Self::roles(&[]) };

    /// Lets somebody in, or says who would be.
    fn admit(&self, principal: &Principal) -> Result<(), Problem> {
        match principal {
            Principal::Unmanned => Ok(()),
            Principal::Machine if self.machine || self.anyone => Ok(()),
            Principal::Anonymous if self.anyone => Ok(()),
            Principal::Machine | Principal::Anonymous => Err(Problem::unauthenticated()),
            Principal::Officer(..) if self.anyone || self.signed_in => Ok(()),
            Principal::Officer(officer, _) if officer.must_change => {
                Err(Problem::password_to_change())
            }
            Principal::Officer(officer, _) if has_role(officer, self.roles) => Ok(()),
            Principal::Officer(..) => Err(Problem::role(self.roles)),
        }
    }
}

/// A row of the table, as a test or a page reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// `GET` stands for `HEAD` as well.
    pub method: Method,
    /// With the parameters in braces.
    pub path: &'static str,
    /// Who is let in.
    pub who: Who,
    /// Whether it is answered on the socket alone: nobody else's programs reach that.
    pub socket_only: bool,
}

/// Every row.
pub fn access() -> Vec<Access> {
    table::rows().into_iter().map(|row| row.access).collect()
}

/// A row with what answers.
struct Row {
    access: Access,
    serve: MethodRouter<App>,
    /// Read by people: a refusal is a page.
    is_page: bool,
}

impl Row {
    fn new(method: Method, path: &'static str, who: Who, serve: MethodRouter<App>) -> Self {
        // What shows is for every surface; what changes something is for the socket, unless the row
        // says otherwise.
        let socket_only = method != Method::GET;
        Self { access: Access { method, path, who, socket_only }, serve, is_page: false }
    }

    fn get<T: 'static>(path: &'static str, who: Who, handler: impl Handler<T, App>) -> Self {
        Self::new(Method::GET, path, who, get(handler))
    }

    fn post<T: 'static>(path: &'static str, who: Who, handler: impl Handler<T, App>) -> Self {
        Self::new(Method::POST, path, who, post(handler))
    }

    fn patch<T: 'static>(path: &'static str, who: Who, handler: impl Handler<T, App>) -> Self {
        Self::new(Method::PATCH, path, who, patch(handler))
    }

    fn delete<T: 'static>(path: &'static str, who: Who, handler: impl Handler<T, App>) -> Self {
        Self::new(Method::DELETE, path, who, delete(handler))
    }

    fn page(self) -> Self {
        Self { is_page: true, ..self }
    }

    fn on_loopback(mut self) -> Self {
        self.access.socket_only = false;
        self
    }

    fn on_socket(mut self) -> Self {
        self.access.socket_only = true;
        self
    }

    /// Takes bodies of that size at most.
    fn at_most(self, bytes: usize) -> Self {
        Self { serve: self.serve.layer(DefaultBodyLimit::max(bytes)), ..self }
    }
}

/// The router of a surface.
pub fn router(surface: Surface, app: &App) -> Router<App> {
    let mut router = Router::new();
    for Row { access, serve, is_page } in table::rows() {
        let door = Door { app: app.clone(), surface, access: access.clone(), is_page };
        router = router.route(access.path, serve.route_layer(from_fn_with_state(door, gate)));
    }
    router
}

/// What changes something and is answered to browsers all the same.
pub fn is_open_to_browsers(method: &Method, path: &str) -> bool {
    table::BROWSERS.iter().any(|(open, at)| open == method && *at == path)
}

/// What stands before a handler; an open stream asks it again.
#[derive(Clone)]
pub struct Door {
    app: App,
    surface: Surface,
    access: Access,
    is_page: bool,
}

impl Door {
    /// Whether somebody who was let in would be let in again.
    pub fn admits(&self, principal: &Principal) -> bool {
        self.access.who.admit(principal).is_ok()
    }

    async fn open(&self, headers: &HeaderMap) -> Result<Principal, Problem> {
        if self.access.socket_only && self.surface != Surface::Socket {
            return Err(Problem::socket_only());
        }
        if self.access.who.anyone {
            return Ok(Principal::Anonymous);
        }
        let principal = identify(&self.app, self.surface, headers).await?;
        self.access.who.admit(&principal)?;
        Ok(principal)
    }
}

/// Lets a request through with its principal. Whatever a page refuses is a page as well.
async fn gate(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let asked = door.is_page.then(|| (request.headers().clone(), request.uri().clone()));
    let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
    let (principal, answer) = match door.open(request.headers()).await {
        Ok(principal) => {
            request.extensions_mut().insert(principal.clone());
            request.extensions_mut().insert(door.clone());
            (principal, next.run(request).await)
        }
        Err(problem) => (Principal::Anonymous, problem.into_response()),
    };
    match (asked, answer.extensions().get::<Problem>()) {
        // A page that was asked for comes after the form to sign in.
        (Some((_, uri)), Some(problem)) if is_get && problem.is_unauthenticated() => {
            sign_in::first(uri.path_and_query().map_or("/", |place| place.as_str()))
        }
        (Some((headers, uri)), Some(problem)) => {
            let desk = Desk::new(&door.app, principal, &headers, &uri);
            refusal::page(&desk, problem)
        }
        _ => answer,
    }
}
