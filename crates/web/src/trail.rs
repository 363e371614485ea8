//! Nobody is shown anything personal without a trace: who, when, which alerts, how, from where, what for.
//!
//! What was read is given only after the log says that it is shown ([`Trail::shown`]): no trail, no read.
//! What is noted are ids and codes; what was typed goes to the log sealed, under a key of its own.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use giapranh_domain::codes::{AccessAct, Category};
use giapranh_domain::{Alert, AlertId, Draft, OfficerId};
use giapranh_views::{AlertRow, DraftRow, DueRow, Entry, Found, LinkRow, Page, SearchPage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::App;
use crate::principal::Principal;
use crate::problem::Problem;
use crate::purpose;
use crate::surface::Surface;

/// That somebody is about to be shown alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Showing {
    /// Who; `None`: whoever reaches a node without officers.
    pub officer: Option<OfficerId>,
    /// How.
    pub act: AccessAct,
    /// From where: `console`, `api` or `socket`.
    pub source: &'static str,
    /// What is shown, in order.
    pub results: Vec<AlertId>,
    /// What was typed to find it.
    pub query: Option<String>,
    /// The event that says what for.
    pub purpose: Option<Uuid>,
    /// The event of which it is shown what it says: what somebody typed or stated.
    pub said: Option<Uuid>,
}

/// What an officer said or typed, as an auditor reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    /// What the searches are for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// The case that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    /// What was typed into a search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Its key was destroyed: its time has passed, or an alert was erased that it found.
    #[serde(default)]
    pub erased: bool,
}

/// How somebody came to it.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    /// By a page.
    Console,
    /// By the API, or the command line over it.
    Api(Surface),
}

impl Way {
    fn code(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Api(Surface::Socket) => "socket",
            Self::Api(_) => "api",
        }
    }
}

/// What tells somebody something of alerts.
pub trait Shows {
    /// Of which, in order.
    fn alerts(&self) -> Vec<AlertId>;

    /// Whether a person is shown with all that is known.
    fn is_of_a_person(&self) -> bool {
        false
    }
}

/// Who asks, and how: what turns what was read into what is shown.
pub struct Trail {
    app: App,
    principal: Principal,
    way: Way,
}

impl Trail {
    /// Of a page.
    pub fn of_page(app: &App, principal: &Principal) -> Self {
        Self { app: app.clone(), principal: principal.clone(), way: Way::Console }
    }

    /// Who asks.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// Gives what was read, once the log says that it is shown. Nothing is noted of nothing, but a
    /// search that found nothing is. A person is shown to who has said what for.
    pub async fn shown<T: Shows>(
        &self,
        act: AccessAct,
        query: Option<&str>,
        found: T,
    ) -> Result<T, Problem> {
        if act == AccessAct::View && found.is_of_a_person() {
            purpose::demand(&self.app, &self.principal).await?;
        }
        self.note(act, query, found.alerts()).await?;
        Ok(found)
    }

    /// Notes that these alerts are shown; when it has answered that is durable.
    pub async fn note(
        &self,
        act: AccessAct,
        query: Option<&str>,
        results: Vec<AlertId>,
    ) -> Result<(), Problem> {
        self.may_show()?;
        if results.is_empty() && query.is_none() {
            return Ok(());
        }
        self.write(act, query, results, None).await
    }

    /// Gives what was typed or stated by an event, once the log says that it is shown. It may name a
    /// person, so it takes a purpose as a person's alert does.
    pub async fn said(&self, event: Uuid, said: Said) -> Result<Said, Problem> {
        self.may_show()?;
        purpose::demand(&self.app, &self.principal).await?;
        self.write(AccessAct::Said, None, Vec::new(), Some(event)).await?;
        Ok(said)
    }

    fn may_show(&self) -> Result<(), Problem> {
        self.app.backend.barred().map_or(Ok(()), |why| Err(Problem::barred(why)))
    }

    async fn write(
        &self,
        act: AccessAct,
        query: Option<&str>,
        results: Vec<AlertId>,
        said: Option<Uuid>,
    ) -> Result<(), Problem> {
        let purpose = purpose::stated(&self.app, &self.principal).await?;
        let access = Showing {
            officer: self.principal.officer().map(|officer| officer.id.clone()),
            act,
            source: self.way.code(),
            results,
            query: query.map(str::to_owned),
            purpose: purpose.map(|purpose| purpose.event_id),
            said,
        };
        self.app.backend.note_access(access).await.map_err(|why| Problem::not_noted(&why))
    }
}

impl FromRequestParts<App> for Trail {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let principal = Principal::from_request_parts(parts, app).await?;
        let surface = parts.extensions.get::<Surface>().copied().unwrap_or(Surface::Network);
        Ok(Self { app: app.clone(), principal, way: Way::Api(surface) })
    }
}

impl Shows for Alert {
    fn alerts(&self) -> Vec<AlertId> {
        vec![self.id.clone()]
    }

    fn is_of_a_person(&self) -> bool {
        let category = Category::parse(&self.category);
        matches!(category, Some(Category::WantedPerson | Category::TravellingOffender))
            && self.content.is_some()
    }
}

impl Shows for Draft {
    fn alerts(&self) -> Vec<AlertId> {
        vec![self.id.clone()]
    }
}

impl Shows for AlertRow {
    fn alerts(&self) -> Vec<AlertId> {
        vec![self.id.clone()]
    }
}

impl Shows for DraftRow {
    fn alerts(&self) -> Vec<AlertId> {
        vec![self.alert.clone()]
    }
}

impl Shows for DueRow {
    fn alerts(&self) -> Vec<AlertId> {
        vec![self.alert.clone()]
    }
}

impl Shows for Found {
    fn alerts(&self) -> Vec<AlertId> {
        vec![self.alert.id.clone()]
    }
}

impl Shows for LinkRow {
    fn alerts(&self) -> Vec<AlertId> {
        vec![self.alert.clone(), self.other.clone()]
    }
}

impl Shows for Entry {
    fn alerts(&self) -> Vec<AlertId> {
        // Without a headline it is a number, and nothing is told of the alert.
        let named = self.headline.as_ref().and(self.alert.as_ref());
        named.and_then(|id| id.parse().ok()).into_iter().collect()
    }
}

impl Shows for SearchPage {
    fn alerts(&self) -> Vec<AlertId> {
        self.rows.alerts()
    }
}

impl<T: Shows> Shows for Page<T> {
    fn alerts(&self) -> Vec<AlertId> {
        self.rows.alerts()
    }
}

impl<T: Shows> Shows for Vec<T> {
    fn alerts(&self) -> Vec<AlertId> {
        let mut seen = std::collections::BTreeSet::new();
        let all = self.iter().flat_map(Shows::alerts);
        all.filter(|alert| seen.insert(alert.clone())).collect()
    }
}

impl<T: Shows> Shows for Option<T> {
    fn alerts(&self) -> Vec<AlertId> {
        self.as_ref().map_or_else(Vec::new, Shows::alerts)
    }

    fn is_of_a_person(&self) -> bool {
        self.as_ref().is_some_and(Shows::is_of_a_person)
    }
}

impl<A: Shows, B: Shows> Shows for (A, B) {
    fn alerts(&self) -> Vec<AlertId> {
        let mut alerts = self.0.alerts();
        let more = self.1.alerts().into_iter().filter(|alert| !alerts.contains(alert));
        let more: Vec<AlertId> = more.collect();
        alerts.extend(more);
        alerts
    }
}
