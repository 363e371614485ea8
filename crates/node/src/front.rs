//! A running node, as its pages see it.

use std::collections::BTreeSet;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use giapranh_domain::{Act, Command, Directory, OfficerId, UnitId};
use giapranh_log::{LOG_FILE, LogError, Reader};
use giapranh_views::{Rebuilt, Unusual, Views};
use giapranh_web::{
    Accepted, Account, AsOf, AsOfError, AsOfState, Backend, Condition, IssuedToken, Judged,
    KeysError, KeysGranted, KeysWanted, NewOfficer, NewToken, Officer, OfficerChange, OfficerError,
    Peers, Said, Secret, Shelf, ShelfError, ShelfPage, ShelfQuery, Shelved, Showing, SignInError,
    SignedIn, SubmitError, TokenInfo, Which,
};
use tokio::sync::watch;
use uuid::Uuid;

use crate::healer::fork_pair;
use crate::officers::Officers;
use crate::run::Running;
use crate::{NodeError, auditor, quarantine, status, trail};

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Who has done something with a draft looks at it next, and who has said what a search is for searches:
/// so long the answer waits until it is shown.
const UNTIL_SHOWN: Duration = Duration::from_secs(1);

/// Answers for a running node.
pub(crate) struct Front(pub Arc<Running>);

impl Front {
    /// Reads the log's file where blocking is allowed.
    fn look<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Path) -> Result<T, NodeError> + Send + 'static,
    ) -> BoxFuture<Result<T, ShelfError>> {
        let path = self.0.dir.join(LOG_FILE);
        Box::pin(async move {
            let read = tokio::task::spawn_blocking(move || read(&path)).await;
            read.map_err(|error| ShelfError::Failed(error.to_string()))?
                .map_err(|error| ShelfError::Failed(error.to_string()))
        })
    }
}

impl Backend for Front {
    fn submit(
        &self,
        command: Command,
        condition: Condition,
    ) -> BoxFuture<Result<Accepted, SubmitError>> {
        let running = self.0.clone();
        Box::pin(async move {
            // A few seconds after the start at most. An error means that the node ends.
            let _ = running.healing.settled().wait_for(|settled| *settled).await;
            let is_read_next = is_read_next(&command.act);
            let accepted = running.author.clone().submit_if(command, condition).await?;
            if is_read_next {
                let mut position = running.position.clone();
                let shown = position.wait_for(|position| *position >= accepted.position);
                let _ = tokio::time::timeout(UNTIL_SHOWN, shown).await;
            }
            Ok(accepted)
        })
    }

    fn status(&self) -> BoxFuture<serde_json::Value> {
        let running = self.0.clone();
        Box::pin(async move {
            let status = tokio::task::spawn_blocking(move || status::status(&running)).await;
            let value = match status {
                Ok(Ok(status)) => serde_json::to_value(status).map_err(|error| error.to_string()),
                Ok(Err(error)) => Err(error.to_string()),
                Err(error) => Err(error.to_string()),
            };
            value.unwrap_or_else(|error| serde_json::json!({ "error": error }))
        })
    }

    fn peers(&self) -> BoxFuture<Peers> {
        let running = self.0.clone();
        Box::pin(async move {
            let Running { unit, standing, author, clock, healing, .. } = &*running;
            healing.peers(unit, &standing.directory(), &author.log, &**clock)
        })
    }

    fn fork_proofs(&self) -> BoxFuture<Result<BTreeSet<(String, String)>, String>> {
        let path = self.0.dir.join(LOG_FILE);
        let read = move || Ok(Reader::open(&path)?.fork_marks()?.iter().map(fork_pair).collect());
        Box::pin(async move {
            let read = tokio::task::spawn_blocking(read).await;
            read.map_err(|error| error.to_string())?.map_err(|error: LogError| error.to_string())
        })
    }

    fn directory(&self) -> Arc<Directory> {
        self.0.standing.directory()
    }

    fn unit(&self) -> UnitId {
        self.0.unit.clone()
    }

    fn rebuild(&self) -> BoxFuture<Result<Rebuilt, String>> {
        let projection = self.0.projection.clone();
        Box::pin(async move {
            let rebuilt = tokio::task::spawn_blocking(move || projection.rebuild()).await;
            rebuilt.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
        })
    }

    fn shelf(&self, on: Shelf, query: ShelfQuery) -> BoxFuture<Result<ShelfPage, ShelfError>> {
        self.look(move |log| quarantine::list(log, on, &query))
    }

    fn shelved(&self, on: Shelf, id: u64) -> BoxFuture<Result<Option<Shelved>, ShelfError>> {
        self.look(move |log| quarantine::show(log, on, id))
    }

    fn shelved_bytes(&self, on: Shelf, id: u64) -> BoxFuture<Result<Option<Vec<u8>>, ShelfError>> {
        self.look(move |log| Ok(quarantine::bytes(log, on, id)?.map(Vec::from)))
    }

    fn rejudge(&self, on: Shelf, which: Which) -> BoxFuture<Result<Judged, ShelfError>> {
        let running = self.0.clone();
        Box::pin(async move {
            let path = running.dir.join(LOG_FILE);
            quarantine::rejudge(&running.author.log, &path, on, which).await
        })
    }

    fn views(&self) -> Views {
        self.0.views.clone()
    }

    fn as_of(&self, moment: AsOf) -> BoxFuture<Result<AsOfState, AsOfError>> {
        let (past, now_ms) = (self.0.past.clone(), self.now_ms());
        Box::pin(async move {
            let asked = tokio::task::spawn_blocking(move || past.ask(moment, now_ms)).await;
            asked.unwrap_or_else(|error| Err(AsOfError::Failed(error.to_string())))
        })
    }

    fn forget_past(&self, position: u64) {
        self.0.past.forget(position);
    }

    fn barred(&self) -> Option<&'static str> {
        *self.0.barred.borrow()
    }

    fn note_access(&self, access: Showing) -> BoxFuture<Result<(), String>> {
        let running = self.0.clone();
        Box::pin(async move { running.author.note_access(access).await })
    }

    fn said(&self, event: Uuid) -> BoxFuture<Result<Option<Said>, String>> {
        let running = self.0.clone();
        Box::pin(async move {
            let read = tokio::task::spawn_blocking(move || {
                let reader = Reader::open(&running.dir.join(LOG_FILE))?;
                trail::said(&reader, &running.author.sealer, event)
            });
            let read = read.await.map_err(|error| error.to_string())?;
            read.map_err(|error: NodeError| error.to_string())
        })
    }

    fn grant_keys(&self, wanted: KeysWanted) -> BoxFuture<Result<KeysGranted, KeysError>> {
        let running = self.0.clone();
        Box::pin(async move {
            let granted = tokio::task::spawn_blocking(move || {
                let reader = Reader::open(&running.dir.join(LOG_FILE));
                let reader = reader.map_err(|error| KeysError::Failed(error.to_string()))?;
                auditor::grant(&reader, &running.author.sealer, &wanted)
            });
            granted.await.map_err(|error| KeysError::Failed(error.to_string()))?
        })
    }

    fn own_names(&self) -> BoxFuture<Result<Vec<Unusual>, String>> {
        let running = self.0.clone();
        Box::pin(async move {
            let found = tokio::task::spawn_blocking(move || trail::own_names(&running));
            let found = found.await.map_err(|error| error.to_string())?;
            found.map_err(|error| error.to_string())
        })
    }

    fn position(&self) -> watch::Receiver<u64> {
        self.0.position.clone()
    }

    fn alerts(&self) -> watch::Receiver<u64> {
        self.0.alerts.clone()
    }

    fn now_ms(&self) -> u64 {
        self.0.clock.now_ms()
    }

    fn has_officers(&self) -> bool {
        self.0.officers.are_there()
    }

    fn sign_in(&self, login: String, password: Secret) -> BoxFuture<Result<SignedIn, SignInError>> {
        Box::pin(self.0.officers.ask(move |officers| officers.sign_in(&login, &password)))
    }

    fn officer(&self, secret: Secret) -> BoxFuture<Result<Option<Officer>, String>> {
        Box::pin(self.0.officers.ask(move |officers| officers.officer(&secret)))
    }

    fn sign_out(&self, secret: Secret) -> BoxFuture<Result<(), String>> {
        Box::pin(self.0.officers.ask(move |officers| officers.sign_out(&secret)))
    }

    fn accounts(&self) -> BoxFuture<Result<Vec<Account>, OfficerError>> {
        Box::pin(self.0.officers.ask(Officers::accounts))
    }

    fn add_officer(&self, new: NewOfficer) -> BoxFuture<Result<Account, OfficerError>> {
        Box::pin(self.0.officers.ask(move |officers| officers.add(new)))
    }

    fn change_officer(
        &self,
        id: OfficerId,
        change: OfficerChange,
    ) -> BoxFuture<Result<Account, OfficerError>> {
        Box::pin(self.0.officers.ask(move |officers| officers.change(&id, change)))
    }

    fn change_password(
        &self,
        id: OfficerId,
        old: Secret,
        new: Secret,
    ) -> BoxFuture<Result<(), OfficerError>> {
        Box::pin(self.0.officers.ask(move |officers| officers.change_password(&id, &old, &new)))
    }

    fn tokens(&self, officer: OfficerId) -> BoxFuture<Result<Vec<TokenInfo>, OfficerError>> {
        Box::pin(self.0.officers.ask(move |officers| officers.tokens(&officer)))
    }

    fn issue_token(
        &self,
        officer: OfficerId,
        new: NewToken,
    ) -> BoxFuture<Result<IssuedToken, OfficerError>> {
        Box::pin(self.0.officers.ask(move |officers| officers.issue_token(&officer, &new)))
    }

    fn revoke_token(&self, officer: OfficerId, id: u64) -> BoxFuture<Result<bool, OfficerError>> {
        Box::pin(self.0.officers.ask(move |officers| officers.revoke_token(&officer, id)))
    }
}

/// Whether what it does is read right after it.
fn is_read_next(act: &Act) -> bool {
    is_on_draft(act) || matches!(act, Act::StatePurpose { .. })
}

/// Whether an act is on the draft about an alert, not on the alert.
pub(crate) fn is_on_draft(act: &Act) -> bool {
    matches!(
        act,
        Act::SaveDraft { .. }
            | Act::SubmitDraft { .. }
            | Act::ReturnDraft { .. }
            | Act::ApproveDraft { .. }
            | Act::DiscardDraft { .. }
    )
}
