//! What the web needs of a node, and nothing more of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use giapranh_domain::{AlertId, Command, Directory, OfficerId, Rejection, UnitId, ZoneId};
use giapranh_views::{Rebuilt, Unusual, Views};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use uuid::Uuid;

use crate::api::condition::Condition;
use crate::auditor::{KeysError, KeysGranted, KeysWanted};
use crate::officers::{
    Account, IssuedToken, NewOfficer, NewToken, Officer, OfficerChange, OfficerError, Secret,
    SignInError, SignedIn, TokenInfo,
};
use crate::past::{AsOf, AsOfError, AsOfState};
use crate::peers::Peers;
use crate::shelf::{Judged, Shelf, ShelfError, ShelfPage, ShelfQuery, Shelved, Which};
use crate::trail::{Said, Showing};

/// A running node. Called from many requests at the same time.
pub trait Backend: Send + Sync + 'static {
    /// Decides a command and appends its event, if what it is about still has the version that the condition
    /// names: nothing comes between looking and appending. Answers only when the event is durable. The same
    /// command under the same key is answered as before, whatever has changed since.
    fn submit(
        &self,
        command: Command,
        condition: Condition,
    ) -> BoxFuture<'static, Result<Accepted, SubmitError>>;

    /// How the node is, as a JSON object. Holds no personal data.
    fn status(&self) -> BoxFuture<'static, serde_json::Value>;

    /// Whom the node has heard, and what healing has left to do.
    fn peers(&self) -> BoxFuture<'static, Peers>;

    /// The directory at its head, as the node uses it.
    fn directory(&self) -> Arc<Directory>;

    /// The unit whose node it is.
    fn unit(&self) -> UnitId;

    /// Builds the views anew from the log. The error says what failed and what to do.
    fn rebuild(&self) -> BoxFuture<'static, Result<Rebuilt, String>>;

    /// What lies on a shelf, without headers.
    fn shelf(
        &self,
        on: Shelf,
        query: ShelfQuery,
    ) -> BoxFuture<'static, Result<ShelfPage, ShelfError>>;

    /// One message on a shelf, or what was decided about one that left it.
    fn shelved(
        &self,
        on: Shelf,
        id: u64,
    ) -> BoxFuture<'static, Result<Option<Shelved>, ShelfError>>;

    /// Its verbatim bytes; `None` when it is not there, or they were dropped.
    fn shelved_bytes(
        &self,
        on: Shelf,
        id: u64,
    ) -> BoxFuture<'static, Result<Option<Vec<u8>>, ShelfError>>;

    /// Takes messages through the gate again. Answers only when what it says is durable.
    fn rejudge(&self, on: Shelf, which: Which) -> BoxFuture<'static, Result<Judged, ShelfError>>;

    /// The forks of which the log holds both events: their leaf hashes in hexadecimal digits, the
    /// smaller one first.
    fn fork_proofs(&self) -> BoxFuture<'static, Result<BTreeSet<(String, String)>, String>>;

    /// What the node shows.
    fn views(&self) -> Views;

    /// What the node showed at a moment, or how far it has come to show that: who asks sets it going,
    /// and has to ask again. What nobody asks for any more is given up.
    fn as_of(&self, moment: AsOf) -> BoxFuture<'static, Result<AsOfState, AsOfError>>;

    /// Drops the past at a position, which could not be read: it is made again when it is asked for.
    fn forget_past(&self, position: u64);

    /// Why nobody is shown anything personal now; `None`: everybody is who may.
    fn barred(&self) -> Option<&'static str>;

    /// Writes into the log that somebody is about to be shown alerts. Answers only when that is durable;
    /// the error says why it could not be.
    fn note_access(&self, access: Showing) -> BoxFuture<'static, Result<(), String>>;

    /// What an officer said by an event, of the purpose of searches or of a search; `None` when there is
    /// no such event.
    fn said(&self, event: Uuid) -> BoxFuture<'static, Result<Option<Said>, String>>;

    /// Grants keys to an auditor: those that this node holds, of alerts that its log has under those
    /// commitments. What was erased has none.
    fn grant_keys(&self, wanted: KeysWanted) -> BoxFuture<'static, Result<KeysGranted, KeysError>>;

    /// The officers who looked up their own name, as far as what they typed can still be read.
    fn own_names(&self) -> BoxFuture<'static, Result<Vec<Unusual>, String>>;

    /// The newest log position that the views show. Changes only after they do.
    fn position(&self) -> watch::Receiver<u64>;

    /// The same, but for notes of who was shown what, which change nothing of what alerts say. Whoever
    /// waits for something to show would be woken by its own note.
    fn alerts(&self) -> watch::Receiver<u64>;

    /// The node's clock, milliseconds since 1970.
    fn now_ms(&self) -> u64;

    /// Whether anybody has an account: from the first one on, everybody has to sign in. Known without
    /// waiting; never false again while the node runs, and true before the first account is answered.
    fn has_officers(&self) -> bool;

    /// Begins a session. Costs what hashing a password costs, on a thread that may wait; no other
    /// call waits for it.
    fn sign_in(
        &self,
        login: String,
        password: Secret,
    ) -> BoxFuture<'static, Result<SignedIn, SignInError>>;

    /// Whose a secret of a session or token is, with the roles of this moment; `None` when it is
    /// none, has expired or was ended. The error says what failed and what to do.
    fn officer(&self, secret: Secret) -> BoxFuture<'static, Result<Option<Officer>, String>>;

    /// Ends the session; a secret that is none any more is no error.
    fn sign_out(&self, secret: Secret) -> BoxFuture<'static, Result<(), String>>;

    /// All accounts, by unit and login.
    fn accounts(&self) -> BoxFuture<'static, Result<Vec<Account>, OfficerError>>;

    /// Makes an account.
    fn add_officer(&self, new: NewOfficer) -> BoxFuture<'static, Result<Account, OfficerError>>;

    /// Changes an account; the account as it is then.
    fn change_officer(
        &self,
        id: OfficerId,
        change: OfficerChange,
    ) -> BoxFuture<'static, Result<Account, OfficerError>>;

    /// An officer changes the own password, which ends the officer's sessions and tokens.
    fn change_password(
        &self,
        id: OfficerId,
        old: Secret,
        new: Secret,
    ) -> BoxFuture<'static, Result<(), OfficerError>>;

    /// The tokens of an officer, the newest first.
    fn tokens(
        &self,
        officer: OfficerId,
    ) -> BoxFuture<'static, Result<Vec<TokenInfo>, OfficerError>>;

    /// Issues a token of an officer.
    fn issue_token(
        &self,
        officer: OfficerId,
        new: NewToken,
    ) -> BoxFuture<'static, Result<IssuedToken, OfficerError>>;

    /// Ends a token at once; `false` when the officer has none with that number.
    fn revoke_token(
        &self,
        officer: OfficerId,
        id: u64,
    ) -> BoxFuture<'static, Result<bool, OfficerError>>;
}

/// A command became an event, and the event is durable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Accepted {
    /// The event.
    pub event_id: Uuid,
    /// The alert that it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<AlertId>,
    /// Its place in this node's log.
    pub position: u64,
    /// The zones that it goes to.
    pub zones: Vec<ZoneId>,
}

/// A command became nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmitError {
    /// It breaks rules: the sender corrects it.
    Rejected(Rejection),
    /// What it is about has another version than the condition names, or is not there.
    Changed,
    /// The node accepts nothing now: why, and what to do. The same command may pass later.
    Unavailable(String),
}
