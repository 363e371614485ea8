//! Who may ask for what: the one table of everything that is served. The router is made from it, so
//! nothing is served that has no row, and a test tries every row as everybody.
//!
//! The administrator reads no payload, and the auditor changes nothing, but says what a search is for, and
//! takes keys along that are the auditor's own.
//! Whose role is enough still sees only what lies in the zones of the own unit, and of commands only
//! those that [`Act::roles`](giapranh_domain::Act::roles) allows.

mod table;

pub use table::{AUDITORS, READERS, WRITERS};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, patch, post};
use giapranh_domain::codes::Role;

use crate::console::{Desk, refusal, sign_in};
use crate::principal::{Principal, has_role, identify};
use crate::problem::Problem;
use crate::rate::{Allowance, Pace};
use crate::surface::{Surface, may_change};
use crate::{App, COMMAND_BYTES};

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

/// From where a row is answered, beside the socket, which answers everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nobody else's programs reach it.
    Socket,
    /// Every surface. What changes something takes the secret in `Authorization` where browsers are: no
    /// page from elsewhere can make a browser send that.
    Network,
    /// Every surface; from this server's own pages with the browser's cookie as well.
    OwnPages,
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
    /// From where.
    pub reach: Reach,
    /// How often.
    pub pace: Pace,
    /// Whether it is read by people; what is not is the API, or a file of the console.
    pub is_page: bool,
    /// Longest body, bytes.
    pub body_bytes: usize,
}

impl Access {
    /// Whether it only shows something.
    pub fn is_read(&self) -> bool {
        self.method == Method::GET
    }

    /// Whether programs ask for it.
    pub fn is_api(&self) -> bool {
        self.path.starts_with("/api/v1/")
    }
}

/// Every row.
pub fn access() -> Vec<Access> {
    table::rows().into_iter().map(|row| row.access).collect()
}

/// A row with what answers.
struct Row {
    access: Access,
    serve: MethodRouter<App>,
}

impl Row {
    fn new(method: Method, path: &'static str, who: Who, serve: MethodRouter<App>) -> Self {
        let pace = if method == Method::GET { Pace::Reading } else { Pace::Writing };
        let access = Access {
            method,
            path,
            who,
            reach: Reach::Network,
            pace,
            is_page: false,
            body_bytes: COMMAND_BYTES,
        };
        Self { access, serve }
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

    /// Read by people: a refusal is a page, and forms come from it.
    fn page(mut self) -> Self {
        self.access.is_page = true;
        self.by_cookie()
    }

    fn by_cookie(mut self) -> Self {
        self.access.reach = Reach::OwnPages;
        self
    }

    fn on_socket(mut self) -> Self {
        self.access.reach = Reach::Socket;
        self
    }

    /// Looks through what there is, which costs more than to show it.
    fn searching(mut self) -> Self {
        self.access.pace = Pace::Searching;
        self
    }

    /// Takes bodies of that size at most.
    fn at_most(mut self, bytes: usize) -> Self {
        self.access.body_bytes = bytes;
        Self { serve: self.serve.layer(DefaultBodyLimit::max(bytes)), ..self }
    }
}

/// The router of a surface.
pub fn router(surface: Surface, app: &App) -> Router<App> {
    let mut router = Router::new();
    for Row { access, serve } in table::rows() {
        let door = Door { app: app.clone(), surface, access: access.clone() };
        router = router.route(access.path, serve.route_layer(from_fn_with_state(door, gate)));
    }
    router
}

/// What stands before a handler; an open stream asks it again.
#[derive(Clone)]
pub struct Door {
    app: App,
    surface: Surface,
    access: Access,
}

impl Door {
    /// Whether somebody who was let in would be let in again.
    pub fn admits(&self, principal: &Principal) -> bool {
        self.access.who.admit(principal).is_ok()
    }

    async fn open(&self, headers: &HeaderMap) -> Result<(Principal, Option<Allowance>), Problem> {
        let Access { who, reach, .. } = &self.access;
        if self.surface != Surface::Socket {
            if *reach == Reach::Socket {
                return Err(Problem::socket_only());
            }
            if !self.access.is_read() {
                may_change(self.surface, *reach, headers)?;
            }
        }
        if self.access.is_api() {
            is_json(headers)?;
        }
        if who.anyone {
            return Ok((Principal::Anonymous, None));
        }
        let principal = identify(&self.app, self.surface, headers).await?;
        who.admit(&principal)?;
        let allowance = self.allowance(&principal)?;
        Ok((principal, allowance))
    }

    /// What is left to an officer; the machine's own socket asks as often as it likes.
    fn allowance(&self, principal: &Principal) -> Result<Option<Allowance>, Problem> {
        match principal.officer() {
            Some(officer) if self.surface != Surface::Socket => {
                let now_ms = self.app.backend.now_ms();
                self.app.rates.take(&officer.id, self.access.pace, now_ms).map(Some)
            }
            _ => Ok(None),
        }
    }
}

/// Whether a body is said to be JSON, or nothing is said of it.
fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let Some(media) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let essence = media.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
    if essence.trim().eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(Problem::not_json())
    }
}

/// Lets a request through with its principal. Whatever a page refuses is a page as well.
async fn gate(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let asked = door.access.is_page.then(|| (request.headers().clone(), request.uri().clone()));
    let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
    let (principal, allowance, answer) = match door.open(request.headers()).await {
        Ok((principal, allowance)) => {
            request.extensions_mut().insert(principal.clone());
            request.extensions_mut().insert(door.clone());
            request.extensions_mut().insert(door.surface);
            (principal, allowance, next.run(request).await)
        }
        Err(problem) => (Principal::Anonymous, problem.allowance(), problem.into_response()),
    };
    let mut answer = match (asked, answer.extensions().get::<Problem>()) {
        // A page that was asked for comes after the form to sign in.
        (Some((_, uri)), Some(problem)) if is_get && problem.is_unauthenticated() => {
            sign_in::first(uri.path_and_query().map_or("/", |place| place.as_str()))
        }
        (Some((headers, uri)), Some(problem)) => {
            let desk = Desk::new(&door.app, principal, &headers, &uri);
            refusal::page(&desk, problem)
        }
        _ => answer,
    };
    if let Some(allowance) = allowance {
        allowance.tell(answer.headers_mut());
    }
    answer
}
