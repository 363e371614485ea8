//! One transaction of the writer, as commands and the gate see it.

use std::thread;

use giapranh_record::beacon::LocalHead;
use giapranh_record::chain::Head;
use giapranh_record::{Draft, Seal, Unsigned, ZONE_LOCAL};
use uuid::Uuid;

use crate::attestation::Attestation;
use crate::authentication::Candidate;
use crate::gate::{Gate, Room};
use crate::own::Own;
use crate::queue::{Answer, Arriving, Ended, Job};
use crate::store::{FeedKey, Store};
use crate::{Appended, Claim, LogError, Open, Outcome, Stored};

/// From how many events on signing is shared between the cores.
const SHARED_SIGNING: usize = 8;

/// The transaction that a command runs in.
pub struct Batch<'a> {
    pub(crate) store: &'a mut Store,
    pub(crate) own: &'a mut Own,
    pub(crate) open: &'a Open,
    pub(crate) now_ms: u64,
    /// Placed, but not signed yet: signing is shared between the cores at the end.
    pub(crate) unsigned: Vec<(u64, Unsigned)>,
    /// What this transaction still takes in from elsewhere.
    pub(crate) room: Room,
    /// Arrivals that were not kept.
    pub(crate) left: u64,
}

impl Batch<'_> {
    /// When the transaction began.
    pub fn now_ms(&self) -> u64 {
        self.now_ms
    }

    /// The kind of the newest event that this node published, or is to publish, in its epoch.
    pub fn newest_kind(&self) -> Option<&str> {
        self.own.newest_kind.as_deref()
    }

    /// How many events this node has published to a zone in its epoch, with those of this
    /// transaction.
    pub fn own_seq(&self, zone: &str) -> u64 {
        self.own.seq(self.store, zone)
    }

    /// Every event about an alert, in log order, with those of this transaction.
    pub fn of_alert(&mut self, alert: &str) -> Result<Vec<Stored>, LogError> {
        if self.unsigned.iter().any(|(_, event)| event.header().alert.as_deref() == Some(alert)) {
            self.sign_and_insert()?;
        }
        crate::reader::of_alert(&self.store.connection, alert, u64::MAX >> 1)
    }

    /// The event with an id, whoever's it is, also one of this transaction.
    pub fn with_id(&mut self, event_id: Uuid) -> Result<Option<Stored>, LogError> {
        if self.unsigned.iter().any(|(_, event)| event.header().event_id == event_id) {
            self.sign_and_insert()?;
        }
        crate::reader::with_id(&self.store.connection, event_id)
    }

    /// The last number that a unit has given in a year, by the alerts in the log and by what was noted
    /// for this node alone about alerts to come; 0 before the first.
    pub fn last_number(&self, unit: &str, year: u16) -> Result<u32, LogError> {
        let prefix = format!("{unit}/{year}/");
        let pending = self.unsigned.iter().filter_map(|(_, event)| {
            event.header().alert.as_deref()?.strip_prefix(&prefix)?.parse().ok()
        });
        let stored = crate::reader::last_number(&self.store.connection, unit, year)?;
        Ok(pending.chain([stored]).max().unwrap_or(0))
    }

    /// Appends an event of this node.
    pub fn append(&mut self, draft: Draft) -> Result<Appended, LogError> {
        self.place(draft, None)
    }

    /// Appends an event of this node whose payload, a plain one in the draft, is sealed. The key has to
    /// be durable already, and the nonce unused with it.
    pub fn append_sealed(&mut self, draft: Draft, seal: &Seal) -> Result<Appended, LogError> {
        self.place(draft, Some(seal))
    }

    fn place(&mut self, draft: Draft, seal: Option<&Seal>) -> Result<Appended, LogError> {
        let unsigned = self.own.place(self.store, draft, seal, self.now_ms)?;
        let appended = Appended {
            event_id: unsigned.header().event_id,
            position: self.store.take_position(),
            leaf: unsigned.leaf(),
        };
        self.unsigned.push((appended.position, unsigned));
        Ok(appended)
    }

    /// Every feed that is here and its newest event before the first gap, in order of origin, epoch
    /// and zone; the node's own chain that is never published with them. From memory: nothing is
    /// read or written. What the same transaction appended is in it.
    pub fn heads(&self) -> Vec<(FeedKey, Head)> {
        self.store.heads()
    }

    /// How long the chain is that this node never publishes, in its epoch.
    pub fn local_head(&self) -> LocalHead {
        let (origin, epoch) = (self.own.unit.clone(), self.own.epoch());
        let head = self.store.head(&FeedKey { origin, epoch, zone: ZONE_LOCAL.to_owned() });
        LocalHead { count: head.seq, hash: head.hash }
    }

    /// What others said that they hold of this node's own events, and has not come true: also before
    /// the last start.
    pub fn claims(&self) -> Result<Vec<Claim>, LogError> {
        Own::claims(self.store)
    }

    /// Whether an epoch of an origin has a fork that nobody has decided.
    pub fn is_forked(&self, origin: &str, epoch: u32) -> bool {
        self.store.forked.contains(&(origin.to_owned(), epoch))
    }

    /// Notes that somebody decided the forks of an epoch of an origin: what is here stays, and what
    /// is held because of them is judged again after this transaction. The decision itself is an
    /// event of its own, to be appended before. Gives how many forks there were.
    pub fn release_fork(&mut self, origin: &str, epoch: u32) -> Result<usize, LogError> {
        self.sign_and_insert()?;
        let released = self.gate().release_fork(origin, epoch)?;
        self.own.settle(self.store)?;
        Ok(released)
    }

    /// Does what one of the jobs wants; what is to be said at the end goes to `answers` even when
    /// it fails.
    pub(crate) fn run(&mut self, job: Job, answers: &mut Vec<Answer>) -> Result<(), LogError> {
        match job {
            Job::Act(act) => {
                let (answer, done) = act(self);
                answers.push(answer);
                done
            }
            Job::DirectoryChanged => {
                self.gate().hear_directory()?;
                self.gate().admit_due()
            }
            Job::Checked(position) => self.note_checked(position),
        }
    }

    pub(crate) fn arrive(
        &mut self,
        Arriving { candidates, sender }: Arriving,
        answers: &mut Vec<Answer>,
    ) -> Result<(), LogError> {
        let outcomes = self.admit_all(candidates);
        let (answer, done) = match outcomes {
            Err(error) if error.ends_transaction() => (None, Err(error)),
            outcomes => (Some(outcomes), Ok(())),
        };
        answers.push(Box::new(move |ended| {
            let answer = match ended {
                Ended::Durable => answer,
                Ended::Full => Some(Err(LogError::Full)),
            };
            let _ = answer.map(|answer| sender.send(answer));
        }));
        done
    }

    fn admit_all(&mut self, candidates: Vec<Candidate>) -> Result<Vec<Outcome>, LogError> {
        let mut outcomes = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let outcome = self.gate().admit(candidate)?;
            self.left += u64::from(matches!(outcome, Outcome::Left(_)));
            outcomes.push(outcome);
        }
        Ok(outcomes)
    }

    /// Before the commit: judges what need not wait any more, signs what is not signed yet, and
    /// attests what arrived.
    pub(crate) fn finish(&mut self, attestation: &mut Attestation) -> Result<(), LogError> {
        self.sign_and_insert()?;
        self.gate().admit_due()?;
        self.own.settle(self.store)?;
        attestation.follow(self.store);
        // As long as nothing is signed it stays to be done.
        if self.store.any_arrived
            && let Some(receipt) = attestation.receipt(self.own, self.now_ms)
        {
            self.append(receipt)?;
            self.sign_and_insert()?;
            attestation.follow(self.store);
            self.store.any_arrived = false;
        }
        Ok(())
    }

    fn note_checked(&mut self, position: u64) -> Result<(), LogError> {
        self.store
            .connection
            .prepare_cached("UPDATE verified SET position = MAX(position, ?1)")?
            .execute([position])?;
        Ok(())
    }

    pub(crate) fn gate(&mut self) -> Gate<'_> {
        Gate {
            store: self.store,
            own: self.own,
            keyring: self.open.keyring.as_ref(),
            entitlement: self.open.entitlement.as_ref(),
            now_ms: self.now_ms,
            room: &mut self.room,
        }
    }

    fn sign_and_insert(&mut self) -> Result<(), LogError> {
        let unsigned = std::mem::take(&mut self.unsigned);
        let signer = self.open.signer.as_ref();
        let sign_all = |events: Vec<(u64, Unsigned)>| {
            let sign = |(position, event): (u64, Unsigned)| (position, event.sign(signer));
            events.into_iter().map(sign).collect::<Vec<_>>()
        };
        let proven = if unsigned.len() < SHARED_SIGNING {
            sign_all(unsigned)
        } else {
            let mut first = unsigned;
            let second = first.split_off(first.len() / 2);
            thread::scope(|scope| {
                let other = scope.spawn(move || sign_all(second));
                let mut proven = sign_all(first);
                match other.join() {
                    Ok(more) => proven.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
                proven
            })
        };
        for (position, event) in proven {
            let zones: Vec<String> =
                event.header().links.iter().map(|link| link.zone.clone()).collect();
            self.store.insert(position, &event, &zones, self.now_ms)?;
        }
        Ok(())
    }
}
