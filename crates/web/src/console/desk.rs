//! What every page works with: who looks, in which language, at what moment.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use giapranh_domain::codes::{AccessAct, Role};
use giapranh_domain::time::rfc3339;
use giapranh_domain::{Act, AlertId, Command, Directory, Language, UnitId, ZoneId};
use giapranh_views::{DueQuery, Purpose, Viewer, Views, ViewsError};
use serde::Deserialize;
use tokio::time::timeout;
use uuid::Uuid;

use super::account::Habits;
use super::address::Address;
use super::as_of::Shown;
use super::words::Moment;
use super::{Words, assets};
use crate::App;
use crate::access::{AUDITORS, READERS, WRITERS};
use crate::api::commands::carry_out;
use crate::api::condition::Condition;
use crate::api::read;
use crate::backend::Accepted;
use crate::officers::Officer;
use crate::past::{Past, past, read_past};
use crate::principal::{Principal, has_role};
use crate::problem::Problem;
use crate::purpose;
use crate::trail::{Shows, Trail};

/// As long as an answer waits until what was done is shown.
const UNTIL_SHOWN: Duration = Duration::from_secs(1);

/// As many as the mark beside "due" counts.
const COUNTED: usize = 99;

/// The moment that an address names.
#[derive(Deserialize)]
struct Named {
    as_of: Option<String>,
}

/// Whether a page can show the past.
fn shows_the_past(path: &str) -> bool {
    matches!(path, "/" | "/alerts" | "/due" | "/notices") || path.starts_with("/alerts/")
}

/// One officer at one page, at one moment.
pub struct Desk {
    /// Every sentence, in the officer's language.
    pub words: Words,
    /// How this browser likes the console.
    pub habits: Habits,
    /// The node's clock, milliseconds since 1970.
    pub now: u64,
    /// The newest log position that is shown.
    pub position: u64,
    /// How much is due for the officer's unit, up to a hundred.
    pub due: usize,
    /// The page, as a path of this node with its query.
    pub place: String,
    /// The moment of the past that the page shows; `None`: the present.
    pub past: Option<Shown>,
    views: Option<Past>,
    principal: Principal,
    viewer: Option<Viewer>,
    directory: Arc<Directory>,
    app: App,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let principal = Principal::from_request_parts(parts, app).await?;
        let mut desk = Self::new(app, principal, &parts.headers, &parts.uri);
        desk.due = desk.count_due().await?;
        desk.look_back(&parts.uri).await?;
        Ok(desk)
    }
}

impl Desk {
    /// Who looks at a page, before anything is read.
    pub fn new(app: &App, principal: Principal, headers: &HeaderMap, uri: &Uri) -> Self {
        let habits = Habits::of(headers);
        let viewer = principal.viewer(app);
        Self {
            words: Words(habits.language.unwrap_or_default()),
            habits,
            now: app.backend.now_ms(),
            // Taken before anything is read, so that nothing lies between the page and the stream.
            position: *app.backend.position().borrow(),
            due: 0,
            past: None,
            views: None,
            place: uri.path_and_query().map_or("/", |place| place.as_str()).to_owned(),
            principal,
            viewer,
            directory: app.backend.directory(),
            app: app.clone(),
        }
    }

    /// Draws a page.
    pub fn page(&self, template: &impl Template) -> Result<Response, Problem> {
        let text = template.render().map_err(|error| {
            tracing::error!(%error, "a page could not be drawn");
            Problem::internal("The page could not be drawn; the node's own log says why.")
        })?;
        let language = HeaderValue::from_static(self.words.tag());
        Ok(([(header::CONTENT_LANGUAGE, language)], Html(text)).into_response())
    }

    /// After something was done: another page, which says so.
    #[expect(clippy::unused_self, reason = "pages have nothing but the desk")]
    pub fn go(&self, to: &str) -> Response {
        let mark = if to.contains('?') { '&' } else { '?' };
        Redirect::to(&format!("{to}{mark}done=1")).into_response()
    }

    /// Another page in place of this one.
    #[expect(clippy::unused_self, reason = "pages have nothing but the desk")]
    pub fn open(&self, at: &str) -> Response {
        Redirect::to(at).into_response()
    }

    /// Whether the page before did what was asked.
    pub fn done(&self) -> bool {
        let query = self.place.split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|pair| pair == "done=1")
    }

    /// Reads the views, as far as the officer sees them.
    pub async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Views, Option<&Viewer>, u64) -> Result<T, ViewsError> + Send + 'static,
    ) -> Result<T, Problem> {
        let viewer = self.viewer.clone();
        if let Some(past) = &self.views {
            return read_past(&self.app, past, viewer, look).await;
        }
        Ok(read(&self.app, move |views, now| look(views, viewer.as_ref(), now)).await?)
    }

    /// Reads what tells something of alerts, and notes that it is shown before it gives it.
    pub async fn show<T: Shows + Send + 'static>(
        &self,
        act: AccessAct,
        query: Option<&str>,
        look: impl FnOnce(&Views, Option<&Viewer>, u64) -> Result<T, ViewsError> + Send + 'static,
    ) -> Result<T, Problem> {
        let found = self.read(look).await?;
        Trail::of_page(&self.app, &self.principal).shown(act, query, found).await
    }

    /// Does something in the officer's name. `key` makes that it happens once, however often the form
    /// is sent; `version` is the one that the officer saw, where that counts. The next page shows it:
    /// so long this waits.
    pub async fn act(
        &self,
        act: Act,
        key: Option<Uuid>,
        version: Option<u32>,
    ) -> Result<Accepted, Problem> {
        let command =
            Command { unit: None, key, drafted_by: String::new(), approved_by: String::new(), act };
        let condition = Condition::exactly(version);
        let accepted = carry_out(&self.app, &self.principal, None, condition, command).await?;
        let mut position = self.app.backend.position();
        let shown = position.wait_for(|position| *position >= accepted.position);
        // Views that are being rebuilt take longer; what was done is in the log all the same.
        let _ = timeout(UNTIL_SHOWN, shown).await;
        Ok(accepted)
    }

    /// What the officer said in this session that searches are for.
    pub async fn purpose(&self) -> Result<Option<Purpose>, Problem> {
        purpose::stated(&self.app, &self.principal).await
    }

    /// Who has signed in; `None` while nobody has an account.
    pub fn officer(&self) -> Option<&Officer> {
        self.principal.officer()
    }

    /// The officer's name, or else the id.
    pub fn name(&self) -> &str {
        self.officer()
            .map_or("", |officer| officer.name.as_deref().unwrap_or_else(|| officer.id.as_str()))
    }

    /// Whether it is known who looks.
    pub fn is_known(&self) -> bool {
        matches!(self.principal, Principal::Officer(..) | Principal::Unmanned)
    }

    /// Whether nobody has an account at this node yet.
    pub fn is_unmanned(&self) -> bool {
        self.principal == Principal::Unmanned
    }

    /// Whether the officer has one of these roles, so that what they may do is offered. In the past
    /// nothing can be done.
    pub fn may(&self, roles: &[Role]) -> bool {
        self.past.is_none() && self.is_one_of(roles)
    }

    fn is_one_of(&self, roles: &[Role]) -> bool {
        match &self.principal {
            Principal::Officer(officer, _) => !officer.must_change && has_role(officer, roles),
            Principal::Unmanned => true,
            Principal::Machine | Principal::Anonymous => false,
        }
    }

    /// Whether the officer reads what is shared.
    pub fn reads(&self) -> bool {
        self.is_one_of(READERS.roles)
    }

    /// Whether the officer works with drafts.
    pub fn writes(&self) -> bool {
        self.is_one_of(WRITERS.roles)
    }

    /// Whether the officer looks after who was shown what.
    pub fn audits(&self) -> bool {
        self.is_one_of(AUDITORS.roles)
    }

    /// Who asks.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The unit for which the officer acts; the node's own while nobody has an account.
    pub fn unit(&self) -> UnitId {
        self.officer().map_or_else(|| self.app.backend.unit(), |officer| officer.unit.clone())
    }

    /// What the officer sees; `None`: everything.
    pub fn viewer(&self) -> Option<&Viewer> {
        self.viewer.as_ref()
    }

    /// The directory as the node uses it.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The node.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// A unit as people call it; one that is not in the directory by its id.
    pub fn unit_name(&self, unit: &str) -> String {
        let known = unit.parse().ok().and_then(|id: UnitId| self.directory.unit(&id));
        known.map_or_else(|| unit.to_owned(), |unit| unit.name_at(self.directory.head()).to_owned())
    }

    /// A zone as people call it; the reserved ones have words.
    pub fn zone_name(&self, zone: &str) -> String {
        if ["cluster", "directory", "local"].contains(&zone) {
            return self.words.code("zone", zone).into_owned();
        }
        let known = zone.parse().ok().and_then(|id: ZoneId| self.directory.zone(&id));
        known.map_or_else(|| zone.to_owned(), |zone| zone.name.clone())
    }

    /// The zones that the officer sees, by id.
    pub fn zones(&self) -> Vec<(String, String)> {
        let named = |zone: &ZoneId| (zone.to_string(), self.zone_name(zone.as_str()));
        match &self.viewer {
            Some(viewer) => viewer.zones.iter().map(named).collect(),
            None => self.directory.zones().map(|zone| named(&zone.id)).collect(),
        }
    }

    /// Where an alert's page is.
    pub fn alert_path(&self, alert: &str) -> String {
        match alert.parse::<AlertId>() {
            Ok(id) => self.kept(format!("/alerts/{id}")),
            Err(_) => "/alerts".to_owned(),
        }
    }

    /// An address of a page that shows the same moment as this one.
    pub fn kept(&self, address: String) -> String {
        match &self.past {
            Some(past) => Address::of(&address).with("as_of", &past.asked).into(),
            None => address,
        }
    }

    /// Where a file of the console is, under a name that changes with it.
    #[expect(clippy::unused_self, reason = "pages have nothing but the desk")]
    pub fn asset(&self, name: &str) -> String {
        assets::path(name)
    }

    /// Whether the page lies in that part of the console.
    pub fn is_in(&self, part: &str) -> bool {
        let path = self.place.split('?').next().unwrap_or_default();
        path == part || (part != "/" && path.starts_with(part))
    }

    /// The unit whose node this is, as people call it.
    pub fn node_name(&self) -> String {
        self.unit_name(self.app.backend.unit().as_str())
    }

    /// The language that this page is not in.
    pub fn other_tag(&self) -> &'static str {
        match self.words.0 {
            Language::Vietnamese => "en",
            Language::English => "vi",
        }
    }

    /// How much is due, as the mark beside the word.
    pub fn due_count(&self) -> String {
        if self.due > COUNTED { format!("{COUNTED}+") } else { self.due.to_string() }
    }

    /// How far off a moment is: `còn 3 phút`, or `quá 3 phút`.
    pub fn clock(&self, due: impl Moment) -> String {
        let due = due.ms();
        let (key, from, to) =
            if due > self.now { ("left", self.now, due) } else { ("over", due, self.now) };
        self.words.x(key, self.words.age(from, to))
    }

    /// Whether that moment has passed.
    pub fn is_over(&self, due: impl Moment) -> bool {
        due.ms() <= self.now
    }

    /// A moment for programs.
    #[expect(clippy::unused_self, reason = "pages have nothing but the desk")]
    pub fn iso(&self, moment: impl Moment) -> String {
        rfc3339(moment.ms())
    }

    /// A severity as part of a class: what is newer than this program looks like any other.
    #[expect(clippy::unused_self, reason = "pages have nothing but the desk")]
    pub fn class_of<'a>(&self, severity: &'a str) -> &'a str {
        match severity {
            "critical" | "important" => severity,
            _ => "routine",
        }
    }

    /// The sentences that the script says, as JSON.
    pub fn script_words(&self) -> String {
        let words = self.words;
        let open = |key: &str| words.x(key, "{x}");
        let open_n = |key: &str| words.with(key, &[("n", fluent_bundle::FluentValue::from("{x}"))]);
        serde_json::json!({
            "open": words.t("line-open"), "away": words.t("line-away"),
            "paused": words.t("line-paused"), "resume": words.t("feed-resume"),
            "fresh": open_n("feed-new"), "left": open("left"), "over": open("over"),
            "s": open_n("age-seconds"), "min": open_n("age-minutes"),
            "h": open_n("age-hours"), "d": open_n("age-days"),
        })
        .to_string()
    }

    /// What stands under every page that is printed.
    pub fn printed(&self) -> String {
        self.words.x("printed", self.words.moment(self.now))
    }

    /// Turns to the moment of the past that the address names, on pages that show it.
    async fn look_back(&mut self, uri: &Uri) -> Result<(), Problem> {
        let asked = Query::<Named>::try_from_uri(uri).ok().and_then(|Query(asked)| asked.as_of);
        let Some(asked) = asked.filter(|_| shows_the_past(uri.path()) && self.reads()) else {
            return Ok(());
        };
        let found = past(&self.app, &asked).await?;
        if let Some(viewer) = self.viewer.clone() {
            let hidden = read(&self.app, move |views, now| views.hidden_from(&viewer, now)).await?;
            self.viewer.iter_mut().for_each(|viewer| viewer.barred.clone_from(&hidden));
        }
        self.past = Some(Shown::of(&self.place, asked, found.position, found.moment_ms));
        (self.now, self.position) = (found.moment_ms, found.position);
        self.views = Some(found);
        Ok(())
    }

    async fn count_due(&self) -> Result<usize, Problem> {
        if !self.reads() {
            return Ok(0);
        }
        let query = DueQuery {
            units: Some([self.unit()].into()),
            not_by: self.officer().map(|officer| officer.id.clone()),
            limit: COUNTED + 1,
            ..DueQuery::default()
        };
        let count = move |views: &Views, viewer: Option<&Viewer>, now| {
            views.due(&DueQuery { viewer: viewer.cloned(), ..query }, now)
        };
        Ok(self.read(count).await?.rows.len())
    }
}
