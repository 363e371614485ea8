//! A node that is none: views over events in memory, and decisions that the test makes.

#![allow(dead_code, reason = "each test file uses another part of it")]
#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

pub mod http;
mod log;
pub mod officers;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use futures_util::future::BoxFuture;
use giapranh_domain::codes::Role;
use giapranh_domain::{Command, Directory, OfficerId, Rejection, UnitId};
use giapranh_views::{Projector, Rebuilt, Unusual, Views};
use giapranh_web::{
    Accepted, Account, AsOf, AsOfError, AsOfState, Backend, Building, Condition, IssuedToken,
    Judged, KeysError, KeysGranted, KeysWanted, NewOfficer, NewToken, Officer, OfficerChange,
    OfficerError, Past, Peers, Said, Secret, Shelf, ShelfError, ShelfPage, ShelfQuery, Shelved,
    Showing, SignInError, SignedIn, SubmitError, TokenInfo, Which,
};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use http::Surface;
use log::MemoryLog;
use officers::Book;

/// The node's clock: noon of a day on which the alerts below are in force.
pub const NOW_MS: u64 = 1_717_131_600_000;

type Decision = Box<dyn Fn(&Command) -> Result<Accepted, SubmitError> + Send + Sync>;

/// The version that everything has which a command is about.
pub const VERSION: u32 = 3;

/// What a test drives.
pub struct Node {
    dir: tempfile::TempDir,
    log: Mutex<(MemoryLog, Projector)>,
    position: watch::Sender<u64>,
    alerts: watch::Sender<u64>,
    decision: Mutex<Arc<Decision>>,
    /// What lies on the shelves, with the bytes; by number.
    shelves: Mutex<Vec<(Shelf, Shelved, Vec<u8>)>>,
    /// What became of the next that are judged again.
    judgement: Mutex<Result<Judged, ShelfError>>,
    /// Whom it has heard.
    pub peers: Mutex<Peers>,
    /// The forks of which it holds both events.
    pub fork_proofs: Mutex<BTreeSet<(String, String)>>,
    /// What was to be judged again.
    pub rejudged: Mutex<Vec<(Shelf, Which)>>,
    book: Mutex<Book>,
    /// Who was shown what.
    pub shown: Mutex<Vec<Showing>>,
    /// Why nobody is shown anything; why it can't be noted.
    pub barred: Mutex<Option<&'static str>>,
    pub unnoted: Mutex<Option<String>>,
    /// What the node showed at a position, once it was asked for.
    pub pasts: Mutex<BTreeMap<u64, tempfile::TempDir>>,
    /// How much later than [`NOW_MS`] it is.
    later_ms: AtomicU64,
}

/// A node whose API is being served.
pub struct Served {
    pub node: Arc<Node>,
    pub surface: Surface,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

impl Node {
    /// A node with a directory of two units and a zone, and nothing else: position 1.
    pub fn new() -> Arc<Self> {
        let dir = tempfile::tempdir().unwrap();
        let log = MemoryLog::founded();
        let registrar = "hcm".parse().unwrap();
        let projector = Projector::open(dir.path(), registrar, &log).unwrap();
        let refuse = |_: &Command| Err(SubmitError::Unavailable("no decision".into()));
        let node = Self {
            shown: Mutex::default(),
            barred: Mutex::default(),
            unnoted: Mutex::default(),
            dir,
            log: Mutex::new((log, projector)),
            position: watch::channel(0).0,
            alerts: watch::channel(0).0,
            decision: Mutex::new(Arc::new(Box::new(refuse))),
            shelves: Mutex::default(),
            judgement: Mutex::new(Ok(Judged::default())),
            peers: Mutex::new(Peers::none("hcm".parse().unwrap())),
            fork_proofs: Mutex::default(),
            rejudged: Mutex::default(),
            book: Mutex::default(),
            pasts: Mutex::default(),
            later_ms: AtomicU64::new(0),
        };
        node.project();
        Arc::new(node)
    }

    /// Issues an alert with this headline and shows it; its position.
    pub fn issue(&self, headline: &str) -> u64 {
        self.log.lock().unwrap().0.issue(headline);
        self.project()
    }

    /// Issues an alert of `unit` in a zone; its position.
    pub fn issue_in(&self, unit: &str, zone: &str, headline: &str) -> u64 {
        self.log.lock().unwrap().0.issue_in(unit, zone, headline);
        self.project()
    }

    /// Amends an alert of hcm and shows it.
    pub fn amend(&self, alert: &str, version: u32, headline: &str) -> u64 {
        self.log.lock().unwrap().0.amend(alert, version, headline);
        self.project()
    }

    /// An officer says what the searches are for, and it is shown.
    pub fn state_purpose(&self, officer: &str, purpose: &str) -> u64 {
        self.log.lock().unwrap().0.state_purpose(officer, purpose);
        self.project()
    }

    /// An officer was shown an alert, for what was said just before, and it is shown in turn.
    pub fn show_to(&self, officer: &str, alert: &str) -> u64 {
        self.log.lock().unwrap().0.show_to(officer, alert);
        self.project()
    }

    /// The accounts.
    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    /// An officer with these roles has signed in: the session's secret.
    pub fn signed_in(&self, id: &str, unit: &str, roles: &[Role]) -> String {
        let mut book = self.book();
        book.enlist(id, unit, roles);
        book.begin(id, self.now_ms())
    }

    /// Lets time pass on the node's clock.
    pub fn pass_ms(&self, ms: u64) {
        self.later_ms.fetch_add(ms, Ordering::SeqCst);
    }

    fn now_ms(&self) -> u64 {
        NOW_MS + self.later_ms.load(Ordering::SeqCst)
    }

    /// Reports a fork of long-an with these leaf hashes, and shows it.
    pub fn report_fork(&self, first: [u8; 32], second: [u8; 32]) {
        self.log.lock().unwrap().0.report_fork(first, second);
        self.project();
    }

    /// What the next commands become.
    pub fn decide(
        &self,
        decision: impl Fn(&Command) -> Result<Accepted, SubmitError> + Send + Sync + 'static,
    ) {
        *self.decision.lock().unwrap() = Arc::new(Box::new(decision));
    }

    /// The next commands are refused so.
    pub fn reject(&self, rejection: Rejection) {
        self.decide(move |_| Err(SubmitError::Rejected(rejection.clone())));
    }

    /// Puts a message on a shelf.
    pub fn put(&self, on: Shelf, message: Shelved, bytes: &[u8]) {
        self.shelves.lock().unwrap().push((on, message, bytes.to_vec()));
    }

    /// What the next messages that are judged again come to.
    pub fn judge(&self, judgement: Result<Judged, ShelfError>) {
        *self.judgement.lock().unwrap() = judgement;
    }

    fn shelved(&self, on: Shelf, id: u64) -> Option<(Shelved, Vec<u8>)> {
        let shelves = self.shelves.lock().unwrap();
        let found = shelves.iter().find(|(shelf, message, _)| *shelf == on && message.id == id);
        found.map(|(_, message, bytes)| (message.clone(), bytes.clone()))
    }

    /// The first one who asks for a position has to ask again.
    fn past(&self, moment: AsOf) -> Result<AsOfState, AsOfError> {
        let head = self.log.lock().unwrap().1.position();
        let position = match moment {
            AsOf::Position(0) => return Err(AsOfError::BeforeTheFirst),
            AsOf::Position(position) if position > head => {
                return Err(AsOfError::BeyondTheEnd { head });
            }
            AsOf::Position(position) => position,
            AsOf::Arrived(at) if at > self.now_ms() => return Err(AsOfError::Future),
            AsOf::Arrived(at) => match at.checked_sub(NOW_MS) {
                Some(later) => (later + 1).min(head),
                None => return Err(AsOfError::BeforeTheFirst),
            },
        };
        let mut pasts = self.pasts.lock().unwrap();
        if let Some(dir) = pasts.get(&position) {
            let views = Views::open(dir.path()).unwrap();
            let moment_ms = NOW_MS + position - 1;
            return Ok(AsOfState::Ready(Past { views, position, moment_ms, kept: Arc::new(()) }));
        }
        let dir = tempfile::tempdir().unwrap();
        let registrar = "hcm".parse().unwrap();
        let log = self.log.lock().unwrap();
        giapranh_views::build_as_of(dir.path(), &registrar, &log.0.until(position), position)
            .unwrap();
        pasts.insert(position, dir);
        Ok(AsOfState::Building(Building { position, done: 1, total: 2, ahead: 0 }))
    }

    /// Nothing more will be projected.
    fn project(&self) -> u64 {
        let mut log = self.log.lock().unwrap();
        let (source, projector) = &mut *log;
        let progress = projector.project(source, 512).unwrap();
        self.position.send_replace(progress.position);
        if progress.alerts_changed {
            self.alerts.send_replace(progress.position);
        }
        projector.position()
    }

    /// As what is served sees it.
    pub fn backend(self: &Arc<Self>) -> Arc<dyn Backend> {
        Arc::new(Front(self.clone()))
    }

    pub fn serve_unix(self: &Arc<Self>) -> Served {
        let path: PathBuf = self.dir.path().join("api.sock");
        let listener = UnixListener::bind(&path).unwrap();
        let (stop, stopped) = oneshot::channel();
        let backend: Arc<dyn Backend> = Arc::new(Front(self.clone()));
        let server = giapranh_web::serve_unix(listener, backend, async { drop(stopped.await) });
        let server = tokio::spawn(server);
        Served { node: self.clone(), surface: Surface::Unix(path), stop, server }
    }

    pub async fn serve_tcp(self: &Arc<Self>) -> Served {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let backend: Arc<dyn Backend> = Arc::new(Front(self.clone()));
        let server = giapranh_web::serve_tcp(listener, backend, async { drop(stopped.await) });
        let server = tokio::spawn(server);
        Served { node: self.clone(), surface: Surface::Tcp(address), stop, server }
    }
}

impl Served {
    /// Orders the server to stop and waits until it has.
    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.server.await.unwrap().unwrap();
    }
}

struct Front(Arc<Node>);

impl Backend for Front {
    fn submit(
        &self,
        command: Command,
        condition: Condition,
    ) -> BoxFuture<'static, Result<Accepted, SubmitError>> {
        if !condition.allows(command.act.alert().map(|_| VERSION)) {
            return ready(Err(SubmitError::Changed));
        }
        let decision = self.0.decision.lock().unwrap().clone();
        Box::pin(async move { decision(&command) })
    }

    fn barred(&self) -> Option<&'static str> {
        *self.0.barred.lock().unwrap()
    }

    fn note_access(&self, showing: Showing) -> BoxFuture<'static, Result<(), String>> {
        if let Some(why) = self.0.unnoted.lock().unwrap().clone() {
            return ready(Err(why));
        }
        self.0.shown.lock().unwrap().push(showing);
        ready(Ok(()))
    }

    fn said(&self, _: Uuid) -> BoxFuture<'static, Result<Option<Said>, String>> {
        ready(Ok(Some(Said { query: Some("ví dụ".into()), ..Said::default() })))
    }

    fn grant_keys(&self, wanted: KeysWanted) -> BoxFuture<'static, Result<KeysGranted, KeysError>> {
        if wanted.auditor.len() != 64 {
            return ready(Err(KeysError::Malformed("auditor")));
        }
        let alerts = wanted.keys.into_iter().map(|key| key.alert).collect();
        ready(Ok(KeysGranted { alerts, grants: "vi du".to_owned() }))
    }

    fn own_names(&self) -> BoxFuture<'static, Result<Vec<Unusual>, String>> {
        ready(Ok(Vec::new()))
    }

    fn status(&self) -> BoxFuture<'static, serde_json::Value> {
        Box::pin(async { serde_json::json!({ "unit": "hcm" }) })
    }

    fn peers(&self) -> BoxFuture<'static, Peers> {
        let peers = self.0.peers.lock().unwrap().clone();
        Box::pin(async move { peers })
    }

    fn fork_proofs(&self) -> BoxFuture<'static, Result<BTreeSet<(String, String)>, String>> {
        let proofs = self.0.fork_proofs.lock().unwrap().clone();
        Box::pin(async move { Ok(proofs) })
    }

    fn directory(&self) -> Arc<Directory> {
        self.0.log.lock().unwrap().1.directory()
    }

    fn unit(&self) -> UnitId {
        "hcm".parse().unwrap()
    }

    fn rebuild(&self) -> BoxFuture<'static, Result<Rebuilt, String>> {
        Box::pin(async { Err("the disk is full; make room and try again".to_owned()) })
    }

    fn shelf(
        &self,
        on: Shelf,
        query: ShelfQuery,
    ) -> BoxFuture<'static, Result<ShelfPage, ShelfError>> {
        let shelves = self.0.shelves.lock().unwrap();
        let asked = |message: &Shelved| {
            message.id > query.after && query.reason.as_ref().is_none_or(|r| *r == message.reason)
        };
        let lying = shelves.iter().filter(|(shelf, message, _)| *shelf == on && asked(message));
        let messages: Vec<Shelved> =
            lying.take(query.limit).map(|(_, message, _)| message.clone()).collect();
        let next = messages.last().map(|last| last.id);
        Box::pin(async move { Ok(ShelfPage { messages, next, ..ShelfPage::default() }) })
    }

    fn shelved(
        &self,
        on: Shelf,
        id: u64,
    ) -> BoxFuture<'static, Result<Option<Shelved>, ShelfError>> {
        let found = self.0.shelved(on, id).map(|(message, _)| message);
        Box::pin(async move { Ok(found) })
    }

    fn shelved_bytes(
        &self,
        on: Shelf,
        id: u64,
    ) -> BoxFuture<'static, Result<Option<Vec<u8>>, ShelfError>> {
        let found = self.0.shelved(on, id).filter(|(message, _)| !message.dropped);
        Box::pin(async move { Ok(found.map(|(_, bytes)| bytes)) })
    }

    fn rejudge(&self, on: Shelf, which: Which) -> BoxFuture<'static, Result<Judged, ShelfError>> {
        self.0.rejudged.lock().unwrap().push((on, which));
        let judged = self.0.judgement.lock().unwrap().clone();
        Box::pin(async move { judged })
    }

    fn views(&self) -> Views {
        Views::open(self.0.dir.path()).unwrap()
    }

    fn as_of(&self, moment: AsOf) -> BoxFuture<'static, Result<AsOfState, AsOfError>> {
        ready(self.0.past(moment))
    }

    fn forget_past(&self, position: u64) {
        self.0.pasts.lock().unwrap().remove(&position);
    }

    fn alerts(&self) -> watch::Receiver<u64> {
        self.0.alerts.subscribe()
    }

    fn position(&self) -> watch::Receiver<u64> {
        self.0.position.subscribe()
    }

    fn now_ms(&self) -> u64 {
        self.0.now_ms()
    }

    fn has_officers(&self) -> bool {
        self.0.book().has_officers()
    }

    fn sign_in(
        &self,
        login: String,
        password: Secret,
    ) -> BoxFuture<'static, Result<SignedIn, SignInError>> {
        ready(self.0.book().sign_in(&login, password.expose(), self.0.now_ms()))
    }

    fn officer(&self, secret: Secret) -> BoxFuture<'static, Result<Option<Officer>, String>> {
        ready(self.0.book().officer(secret.expose(), self.0.now_ms()))
    }

    fn sign_out(&self, secret: Secret) -> BoxFuture<'static, Result<(), String>> {
        self.0.book().end(secret.expose());
        ready(Ok(()))
    }

    fn accounts(&self) -> BoxFuture<'static, Result<Vec<Account>, OfficerError>> {
        ready(Ok(self.0.book().accounts()))
    }

    fn add_officer(&self, new: NewOfficer) -> BoxFuture<'static, Result<Account, OfficerError>> {
        ready(self.0.book().add(new))
    }

    fn change_officer(
        &self,
        id: OfficerId,
        change: OfficerChange,
    ) -> BoxFuture<'static, Result<Account, OfficerError>> {
        ready(self.0.book().change(&id, change))
    }

    fn change_password(
        &self,
        id: OfficerId,
        old: Secret,
        new: Secret,
    ) -> BoxFuture<'static, Result<(), OfficerError>> {
        ready(self.0.book().change_password(&id, &old, &new))
    }

    fn tokens(
        &self,
        officer: OfficerId,
    ) -> BoxFuture<'static, Result<Vec<TokenInfo>, OfficerError>> {
        ready(Ok(self.0.book().tokens(&officer)))
    }

    fn issue_token(
        &self,
        officer: OfficerId,
        new: NewToken,
    ) -> BoxFuture<'static, Result<IssuedToken, OfficerError>> {
        ready(self.0.book().issue(&officer, new, self.0.now_ms()))
    }

    fn revoke_token(
        &self,
        officer: OfficerId,
        id: u64,
    ) -> BoxFuture<'static, Result<bool, OfficerError>> {
        ready(Ok(self.0.book().revoke(&officer, id)))
    }
}

fn ready<T: Send + 'static>(answer: T) -> BoxFuture<'static, T> {
    Box::pin(std::future::ready(answer))
}
