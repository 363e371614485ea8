//! The stream of new entries, as Server-Sent Events.
//!
//! The id of an event is the log position of its entry. A client that comes back names the last id
//! it saw and gets every later entry once, in log order: none is missing, none comes twice. To make
//! that hold before the first entry too, a stream begins with the position that it starts after.
//!
//! An officer gets what that officer sees, and as long as the session lasts: who it is and what it may
//! see is asked anew every [`HEARTBEAT`], on a busy stream as well. Who asks for a part of the feed only
//! gets that part, and the positions of the rest: it comes back to where it was, whatever it left out.
//!
//! A client that does not read costs one page and one event, whatever happens meanwhile, and after
//! [`STALLED`] nothing: its stream ends where it was, and when it reads again it comes back to there.

mod filter;

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use giapranh_domain::codes::AccessAct;
use giapranh_views::{Entry, Viewer, Views};
use tokio::sync::{OwnedSemaphorePermit, mpsc, watch};
use tokio::time::{Instant, timeout, timeout_at};

use crate::App;
use crate::access::Door;
use crate::api::{Parameters, read};
use crate::principal::{Principal, renew};
use crate::problem::Problem;
use crate::trail::Trail;
use filter::Filter;
pub use filter::Start;

/// How often a quiet stream says where it is, so that a client notices a dead line and comes back
/// to a position near the head.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How long views that are behind a client's position may take to catch up before the position is
/// declared to be of another log.
const CATCH_UP: Duration = HEARTBEAT;

/// Entries read at once: the most that is kept for a client.
const PAGE: usize = 256;

/// Most streams at a time on one surface.
pub const STREAMS: usize = 256;

/// For how long what has arrived waits for its key before it is told without: a key comes in
/// milliseconds, or it takes until somebody has it.
const KEY: Duration = Duration::from_secs(2);

/// How long a client may take to read one event.
const STALLED: Duration = Duration::from_secs(60);

/// Within this time after a session has ended its stream ends, or has sent nothing since.
const SESSION_ENDS: Duration = Duration::from_secs(60);

const _: () = assert!(HEARTBEAT.as_secs() < SESSION_ENDS.as_secs());
const _: () = assert!(STALLED.as_secs() <= SESSION_ENDS.as_secs());

/// `GET /api/v1/events`.
pub async fn events(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    principal: Principal,
    trail: Trail,
    headers: HeaderMap,
    Parameters(start): Parameters<Start>,
) -> Result<Response, Problem> {
    let filter = start.filter()?;
    // A browser that reconnects repeats the address it was opened with, so the header wins.
    let asked = last_event_id(&headers)?.or(start.after);
    let Ok(place) = app.streams.clone().try_acquire_owned() else {
        return Err(Problem::too_many_streams());
    };
    let cursor = match asked {
        Some(position) => position,
        // What the views hold: the channel knows nothing yet while a node starts.
        None => read(&app, |views, _| views.position()).await?,
    };
    let feed = Feed {
        stopping: app.stopping.clone(),
        position: app.backend.position(),
        alerts: app.backend.alerts(),
        watcher: Watcher::new(door, principal, &app),
        app,
        trail,
        cursor,
        read_to: cursor,
        filter,
        waiting: VecDeque::new(),
        sealed_until: None,
        opened: false,
    };
    let mut response = Sse::new(feed.into_stream(place)).into_response();
    // Proxies that collect an answer before they pass it on would hold alerts back.
    let name = HeaderName::from_static("x-accel-buffering");
    response.headers_mut().insert(name, HeaderValue::from_static("no"));
    Ok(response)
}

fn last_event_id(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(value) = headers.get("last-event-id") else {
        return Ok(None);
    };
    match value.to_str().unwrap_or("?") {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| {
            Problem::parameter("after", "Last-Event-ID must be a log position, a number.")
        }),
    }
}

/// Who follows a stream, and what that one sees.
struct Watcher {
    door: Door,
    principal: Principal,
    viewer: Option<Viewer>,
    /// When to ask again.
    asked_until: Instant,
}

impl Watcher {
    fn new(door: Door, principal: Principal, app: &App) -> Self {
        let viewer = principal.viewer(app);
        Self { door, principal, viewer, asked_until: Instant::now() + HEARTBEAT }
    }

    /// Whether the stream may go on; asked of the node only now and then.
    async fn may_stay(&mut self, app: &App) -> bool {
        if Instant::now() < self.asked_until {
            return true;
        }
        match renew(app, &self.principal).await.filter(|principal| self.door.admits(principal)) {
            Some(principal) => {
                *self = Self::new(self.door.clone(), principal, app);
                true
            }
            None => false,
        }
    }
}

/// One client's place in the log.
struct Feed {
    app: App,
    trail: Trail,
    watcher: Watcher,
    position: watch::Receiver<u64>,
    /// What it waits for.
    alerts: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    /// Everything up to here was sent, or is not what was asked for.
    cursor: u64,
    /// Everything up to here was read: what is asked for of it was sent, or waits.
    read_to: u64,
    filter: Filter,
    /// Read and not sent yet.
    waiting: VecDeque<Entry>,
    /// Until when the next one waits for its key.
    sealed_until: Option<Instant>,
    opened: bool,
}

/// What ended a wait.
enum Woken {
    New,
    Quiet,
    Stopping,
}

impl Feed {
    /// Follows the log in a task of its own, which waits for the client with each event.
    fn into_stream(
        mut self,
        place: OwnedSemaphorePermit,
    ) -> impl Stream<Item = Result<Event, Infallible>> {
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            let _place = place;
            loop {
                let event = tokio::select! {
                    event = self.next() => event,
                    () = sender.closed() => return,
                };
                let Some(event) = event else { return };
                match timeout(STALLED, sender.send(Ok(event))).await {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) => return,
                    Err(_) => {
                        tracing::info!(position = self.cursor, "a watcher reads nothing any more");
                        return;
                    }
                }
            }
        });
        stream::unfold(
            receiver,
            |mut receiver| async move { Some((receiver.recv().await?, receiver)) },
        )
    }

    /// The next event; `None` ends the stream, and the client comes back by itself.
    async fn next(&mut self) -> Option<Event> {
        if !self.opened {
            self.opened = true;
            return Some(self.open().await);
        }
        let quiet_at = Instant::now() + HEARTBEAT;
        loop {
            if !self.may_go_on().await {
                return None;
            }
            if let Some(entry) = self.waiting.pop_front() {
                self.cursor = entry.position;
                return Some(entry_event(&entry));
            }
            if let Err(error) = self.fill().await {
                tracing::warn!(?error, "an event stream ends: nothing can be shown now");
                return None;
            }
            if !self.waiting.is_empty() {
                continue;
            }
            match self.wait(quiet_at).await {
                Woken::New => {}
                Woken::Quiet if self.may_go_on().await => return self.quiet().await,
                Woken::Quiet | Woken::Stopping => return None,
            }
        }
    }

    /// Whether who follows may go on. What was read for other eyes is read again.
    async fn may_go_on(&mut self) -> bool {
        let seen_before = self.watcher.viewer.clone();
        let may_stay = self.watcher.may_stay(&self.app).await;
        if self.watcher.viewer != seen_before {
            self.waiting.clear();
            self.read_to = self.cursor;
        }
        may_stay
    }

    /// The first event: where the stream starts. A position beyond the log is another log's.
    async fn open(&mut self) -> Event {
        let cursor = self.cursor;
        let caught_up = self.position.wait_for(|position| *position >= cursor);
        if timeout(CATCH_UP, caught_up).await.is_ok_and(|position| position.is_ok()) {
            return self.heartbeat();
        }
        self.cursor = *self.position.borrow();
        self.read_to = self.cursor;
        let text = self.cursor.to_string();
        Event::default().id(&text).event("reset").data(text)
    }

    /// Reads what is new, nothing of what was read before being left to send. The position is taken
    /// before the entries: what is shown up to there is in what was read, so the cursor may move to it when
    /// nothing was.
    async fn fill(&mut self) -> Result<(), Problem> {
        loop {
            self.cursor = self.read_to.max(self.cursor);
            self.alerts.mark_unchanged();
            let announced = *self.position.borrow_and_update();
            if announced <= self.cursor {
                return Ok(());
            }
            let after = self.cursor;
            let viewer = self.watcher.viewer.clone();
            let look = move |views: &Views, now| {
                Ok((views.position()?, views.entries(after, PAGE, viewer.as_ref(), now)?))
            };
            let (shown, mut entries) = read(&self.app, look).await?;
            self.sealed_until = wait_for_key(&mut entries, self.app.backend.now_ms());
            if self.sealed_until.is_some() && entries.is_empty() {
                return Ok(());
            }
            let Some(last) = entries.last() else {
                // Views that are made anew may be behind what was announced before.
                self.cursor = announced.min(shown).max(self.cursor);
                self.read_to = self.cursor;
                return Ok(());
            };
            self.read_to = last.position;
            let wanted = entries.into_iter().filter(|entry| self.filter.takes(entry));
            let wanted: Vec<Entry> = wanted.collect();
            self.waiting.extend(self.trail.shown(AccessAct::List, None, wanted).await?);
            if !self.waiting.is_empty() {
                return Ok(());
            }
        }
    }

    async fn wait(&mut self, quiet_at: Instant) -> Woken {
        tokio::select! {
            // A closed channel is a node that stops.
            changed = self.alerts.changed() => match changed {
                Ok(()) => Woken::New,
                Err(_) => Woken::Stopping,
            },
            _ = self.stopping.wait_for(|stopping| *stopping) => Woken::Stopping,
            () = until(self.sealed_until) => Woken::New,
            _ = timeout_at(quiet_at, std::future::pending::<()>()) => Woken::Quiet,
        }
    }

    /// What is said after a while in which there was nothing to show: how far the log is by now.
    async fn quiet(&mut self) -> Option<Event> {
        if let Err(error) = self.fill().await {
            tracing::warn!(?error, "an event stream ends: nothing can be shown now");
            return None;
        }
        Some(match self.waiting.pop_front() {
            Some(entry) => {
                self.cursor = entry.position;
                entry_event(&entry)
            }
            None => self.heartbeat(),
        })
    }

    /// The position by itself. Its id counts for clients that ignore the event.
    fn heartbeat(&self) -> Event {
        let text = self.cursor.to_string();
        Event::default().id(&text).event("position").data(text)
    }
}

/// Leaves out what still waits for its key, and all after it; until when it waits.
fn wait_for_key(entries: &mut Vec<Entry>, now_ms: u64) -> Option<Instant> {
    let left_ms = |entry: &Entry| {
        let key_ms = u64::try_from(KEY.as_millis()).unwrap_or(0);
        let until_ms = entry.arrived_ms.saturating_add(key_ms);
        let waits = entry.sealed.as_deref() == Some("waiting");
        until_ms.checked_sub(now_ms).filter(|left_ms| waits && *left_ms > 0)
    };
    let (at, left_ms) =
        entries.iter().enumerate().find_map(|(at, entry)| Some((at, left_ms(entry)?)))?;
    entries.truncate(at);
    Some(Instant::now() + Duration::from_millis(left_ms))
}

async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

fn entry_event(entry: &Entry) -> Event {
    let id = entry.position.to_string();
    match Event::default().id(id).event("entry").json_data(entry) {
        Ok(event) => event,
        // An entry is plain data: if it can't be JSON, the page still learns that it is there.
        Err(_) => Event::default().event("entry").data("null"),
    }
}
