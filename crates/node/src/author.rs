//! From a command to a durable event: load the alert from the log, decide, append. All of it in the
//! writer's transaction, so that two commands never decide on the same past, and one that is sent
//! twice under a key of its own is decided once.

mod again;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use giapranh_domain::directory::statements;
use giapranh_domain::event::Kind;
use giapranh_domain::{
    Act, Alert, AlertId, Command, Decided, Directory, Draft, Event, Rejection, Sealed, UnitId,
    World, decide, wire,
};
use giapranh_log::{Batch, Log, LogError, Stored};
use giapranh_record::event::Event as Recorded;
use giapranh_record::{Facts, Payload, Seal, ZONE_DIRECTORY};
use giapranh_web::{Accepted, Condition, SubmitError};
use tokio::time::{Instant, sleep};

use self::again::Known;
use crate::front::is_on_draft;
use crate::sealing::{SealError, Sealer, sealed_with};
use crate::standing::Standing;

/// How long a decision of the registrar waits for the one before it to take effect here.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long what somebody typed can be read by an auditor: a year.
pub(crate) const TEXT_LIFE_MS: u64 = 365 * 24 * 60 * 60 * 1_000;
/// How often it looks whether that one has.
const LOOK: Duration = Duration::from_millis(10);

/// Takes commands for a node: what stands behind `POST /api/v1/commands`.
#[derive(Clone)]
pub struct Author {
    /// The unit whose node decides.
    pub unit: UnitId,
    /// Which life of its log.
    pub epoch: u32,
    /// Where events become durable.
    pub log: Log,
    /// The directory that is decided under.
    pub standing: Arc<Standing>,
    /// What payloads are sealed with.
    pub sealer: Sealer,
}

impl Author {
    /// Decides a command and, when it is not refused, answers once its event is durable.
    pub async fn submit(self, command: Command) -> Result<Accepted, SubmitError> {
        self.submit_if(command, Condition::default()).await
    }

    /// The same, if what it is about has the version that is meant.
    pub async fn submit_if(
        self,
        command: Command,
        condition: Condition,
    ) -> Result<Accepted, SubmitError> {
        let deadline = Instant::now() + PATIENCE;
        let order = Arc::new((command, condition));
        loop {
            let (author, order) = (self.clone(), order.clone());
            let submitted = self.log.submit(move |batch| author.take(batch, &order.0, &order.1));
            match submitted.await {
                Ok(Taken::Done(accepted)) => {
                    tracing::info!(
                        event_id = %accepted.event_id,
                        position = accepted.position,
                        "accepted"
                    );
                    return Ok(accepted);
                }
                Ok(Taken::Refused(rejection)) => return Err(SubmitError::Rejected(rejection)),
                Ok(Taken::Changed) => return Err(SubmitError::Changed),
                Ok(Taken::NotSealed(why)) => return Err(SubmitError::Unavailable(why)),
                Ok(Taken::NotNow) if Instant::now() < deadline => sleep(LOOK).await,
                Ok(Taken::NotNow) => {
                    let text = "the decision before has not taken effect here yet; try again";
                    return Err(SubmitError::Unavailable(text.to_owned()));
                }
                Err(LogError::Malformed(error)) => {
                    return Err(SubmitError::Rejected(Rejection::one(
                        giapranh_domain::Ruling::Invalid,
                        "",
                        "record",
                        format!("{error}."),
                    )));
                }
                Err(error) => return Err(SubmitError::Unavailable(error.to_string())),
            }
        }
    }

    /// Whether the registrar, this node, has said more than the directory has taken in: what is
    /// decided now would not know of it, and might contradict it.
    fn is_behind(&self, batch: &Batch<'_>, directory: &Directory) -> bool {
        let term = directory.terms().last();
        term.is_some_and(|term| {
            term.unit == self.unit
                && term.epoch == self.epoch
                && term.base + batch.own_seq(ZONE_DIRECTORY) > directory.head()
        })
    }

    /// In the writer's transaction: what is looked at here is what is decided on.
    fn take(
        &self,
        batch: &mut Batch<'_>,
        command: &Command,
        condition: &Condition,
    ) -> Result<Taken, LogError> {
        match again::look_up(batch, self, command)? {
            Known::Fresh => {}
            Known::Before(accepted) => return Ok(Taken::Done(accepted)),
            Known::Refused(rejection) => return Ok(Taken::Refused(rejection)),
        }
        let directory = self.standing.directory();
        if matches!(command.act, Act::ChangeDirectory(_)) && self.is_behind(batch, &directory) {
            return Ok(Taken::NotNow);
        }
        let about = About::of(batch, self, &command.act, &directory)?;
        if !condition.allows(about.version(command, &self.unit)) {
            return Ok(Taken::Changed);
        }
        self.decide_and_append(batch, command, &about, &directory)
    }

    fn decide_and_append(
        &self,
        batch: &mut Batch<'_>,
        command: &Command,
        about: &About,
        directory: &Directory,
    ) -> Result<Taken, LogError> {
        let failure = RefCell::new(None);
        let last_number = |unit: &UnitId, year: u16| {
            batch.last_number(unit.as_str(), year).unwrap_or_else(|error| {
                failure.replace(Some(error));
                0
            })
        };
        let signed_by = match &command.act {
            Act::ChangeDirectory(changed) => giapranh_views::signed_by(&statements(changed)),
            _ => BTreeSet::new(),
        };
        let world = World {
            directory,
            node: &self.unit,
            epoch: self.epoch,
            closed: batch.newest_kind() == Some(Kind::NodeClosed.code()),
            alert: about.alert.as_ref(),
            events: about.known.as_ref().map_or(&[], |known| known.shared.as_slice()),
            draft: about.draft.as_ref(),
            other: about.other.as_ref(),
            undecided_fork: &|origin, epoch| batch.is_forked(origin.as_str(), epoch),
            last_number: &last_number,
            signed_by: &signed_by,
            now: batch.now_ms(),
        };
        let decided = decide(&world, command);
        if let Some(error) = failure.into_inner() {
            return Err(error);
        }
        let decided = match decided {
            Ok(decided) => decided,
            Err(rejection) => return Ok(Taken::Refused(rejection)),
        };
        let alert = decided.alert.clone();
        let sealed = decided.kind.is_sealed();
        let answers =
            alert.as_ref().map(|alert| directory.answers_for(alert.issuer(), directory.head()));
        let is_own = answers == Some(&decided.acting_unit);
        let zones = decided.zones.iter().cloned().collect();
        let mut draft = draft(decided, directory.head(), batch.now_ms());
        draft.event_id = command.key.unwrap_or(draft.event_id);
        let event_id = draft.event_id;
        let appended = if sealed {
            let seal = match self.seal(about, alert.as_ref(), is_own) {
                Ok(seal) => seal,
                Err(SealError::NoKey) => return Ok(Taken::Refused(no_key())),
                Err(error) => return Ok(Taken::NotSealed(error.to_string())),
            };
            let commitment = seal.key.commitment();
            let before = about.known.as_ref().map_or(&[][..], |known| known.stored.as_slice());
            let is_first = !before.iter().any(|stored| {
                sealed_with(&stored.event).is_some_and(|(sealed, _)| sealed == commitment)
            });
            let appended = batch.append_sealed(draft, &seal)?;
            let subject = alert.as_ref().map_or_else(|| event_id.to_string(), ToString::to_string);
            let until = if alert.is_none() { batch.now_ms() + TEXT_LIFE_MS } else { 0 };
            if is_first {
                self.sealer.used(&seal, subject, until);
            }
            appended
        } else {
            batch.append(draft)?
        };
        if let Act::DecideFork { origin, epoch, .. } = &command.act {
            batch.release_fork(origin, *epoch)?;
        }
        Ok(Taken::Done(Accepted { event_id, alert, position: appended.position, zones }))
    }
}

impl Author {
    /// What a payload is sealed with: one about an alert with the alert's key. Who answers for an alert
    /// and has no key of it begins a new one: what it says must not wait for others.
    fn seal(
        &self,
        about: &About,
        alert: Option<&AlertId>,
        is_own: bool,
    ) -> Result<Seal, SealError> {
        match (alert, &about.known) {
            (Some(_), Some(known)) => self.sealer.seal_for(&known.stored, is_own),
            _ => self.sealer.seal_anew(),
        }
    }

    /// The event with what it says, as far as the key is here.
    fn opened(&self, event: &Recorded) -> Result<Option<Event>, LogError> {
        giapranh_views::opened(event, |commitment| self.sealer.key(commitment))
            .map_err(|error| LogError::Elsewhere(error.to_string()))
    }
}

fn no_key() -> Rejection {
    let message = "The alert is sealed here: its key has not come yet.";
    Rejection::one(giapranh_domain::Ruling::Conflict, "/alert", "sealed", message)
}

/// What became of a command.
enum Taken {
    Done(Accepted),
    Refused(Rejection),
    /// What it is about is not the version that was meant.
    Changed,
    /// Sent again in a moment it may pass.
    NotNow,
    /// There is nothing to seal it with, and why.
    NotSealed(String),
}

/// What a command is about, as the log holds it at this moment.
struct About {
    known: Option<Named>,
    alert: Option<Alert>,
    draft: Option<Draft>,
    other: Option<Alert>,
}

impl About {
    fn of(
        batch: &mut Batch<'_>,
        author: &Author,
        act: &Act,
        directory: &Directory,
    ) -> Result<Self, LogError> {
        let known = author.named(batch, act.alert())?;
        let other = author.named(batch, act.other_alert())?;
        let fold = |known: &Named| Alert::fold(known.id.clone(), &known.shared, directory);
        Ok(Self {
            alert: known.as_ref().map(fold),
            draft: known.as_ref().and_then(|known| known.draft(directory)),
            other: other.as_ref().map(fold),
            known,
        })
    }

    /// The version of the alert, or of the draft where the act is on that; `None` when it is not here, or is
    /// another unit's draft.
    fn version(&self, command: &Command, node: &UnitId) -> Option<u32> {
        if is_on_draft(&command.act) {
            let unit = command.unit.as_deref().unwrap_or(node.as_str());
            return self.draft.as_ref().filter(|d| d.unit.as_str() == unit).map(|d| d.version);
        }
        let is_here = self.known.as_ref().is_some_and(|known| !known.shared.is_empty());
        self.alert.as_ref().filter(|_| is_here).map(|alert| alert.version)
    }
}

/// An alert that a command names, as its events are in the log.
struct Named {
    id: AlertId,
    /// What units said of it: the alert follows from that alone.
    shared: Vec<Event>,
    /// All of it, with what this node noted for itself.
    all: Vec<Event>,
    /// The same as it lies in the log.
    stored: Vec<Stored>,
}

impl Named {
    /// The newest draft about it.
    fn draft(&self, directory: &Directory) -> Option<Draft> {
        Draft::fold(&self.id, &self.all, directory)
    }
}

impl Author {
    /// `None` when no alert is named, or what was typed is the number of none.
    fn named(&self, batch: &mut Batch<'_>, text: Option<&str>) -> Result<Option<Named>, LogError> {
        let Some(id) = text.and_then(|text| text.parse::<AlertId>().ok()) else { return Ok(None) };
        let stored = batch.of_alert(&id.to_string())?;
        let mut all: Vec<Event> = Vec::with_capacity(stored.len());
        for stored in &stored {
            all.extend(self.opened(&stored.event)?);
        }
        if stored.iter().any(|stored| stored.event.header().kind == Kind::KeysDestroyed.code()) {
            all = all.iter().map(|event| event.without_payload(Sealed::Erased)).collect();
        }
        let shared = all.iter().filter(|event| !event.is_local()).cloned().collect();
        Ok(Some(Named { id, shared, all, stored }))
    }
}

/// What was decided, as the record takes it.
pub(crate) fn draft(decided: Decided, directory_seq: u64, now_ms: u64) -> giapranh_record::Draft {
    giapranh_record::Draft {
        event_id: event_id(now_ms),
        kind: decided.kind.code().to_owned(),
        acting_unit: decided.acting_unit.into(),
        directory_seq,
        alert: decided.alert.map(Into::into),
        drafted_by: decided.drafted_by.map(Into::into),
        approved_by: decided.approved_by.map(Into::into),
        causes: decided.causes,
        facts: Facts {
            category: decided.category,
            offence: decided.offence,
            urgency: decided.urgency,
            due_ms: decided.due,
            expires_ms: decided.expires,
            outcome: decided.outcome,
        },
        erase_by_ms: Some(decided.erase_by).filter(|erase_by| *erase_by != 0),
        zones: decided.zones.into_iter().map(Into::into).collect(),
        payload: Payload::Plain(wire::encode(&decided.body)),
    }
}

/// A new event id: a UUID of version 7, of that moment.
pub(crate) fn event_id(now_ms: u64) -> uuid::Uuid {
    let nanoseconds = u32::try_from(now_ms % 1000).unwrap_or(0) * 1_000_000;
    let timestamp = uuid::Timestamp::from_unix(uuid::NoContext, now_ms / 1000, nanoseconds);
    uuid::Uuid::new_v7(timestamp)
}

#[cfg(test)]
mod tests;
