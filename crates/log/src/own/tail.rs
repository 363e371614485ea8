//! Whether this log holds all that its node ever published. As long as it may not, nothing is signed:
//! a number that was given away once would be given a second time.
//!
//! ```text
//!            marker ahead, a claim, an index missing      a copy that signed on, by evidence
//!   Whole ────────────────────────────────────▶ Behind ──────────────────────────▶ Forked
//!     ▲                                           │                                  │
//!     └──────── the events arrived ───────────────┘◀──── the operator decided ───────┘
//!     └──────── the node has looked everywhere ◀── Unknown (no marker)
//! ```
//!
//! The state is computed from what is durable (the log, the marker, the claims), so that a restart
//! in the middle of a recovery comes to the same.

use giapranh_record::{Hash, ZONE_LOCAL};
use rusqlite::OptionalExtension as _;

use super::Own;
use crate::store::{FeedKey, Store};
use crate::{LogError, Mark};

/// Most claims that are kept; whoever makes more is not believed more.
const CLAIMS: u64 = 4_096;

/// How this node's own events stand in its log. Only [`Tail::Whole`] signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tail {
    /// Nothing is known to be missing.
    Whole,
    /// Events are missing that this node has published, or may have.
    Behind {
        /// Which, as far as it is known.
        lacks: Vec<Lack>,
        #[allow(missing_docs)]
        reason: String,
    },
    /// Nobody knows yet whether something is missing: see [`crate::Log::tail_confirmed`].
    Unknown {
        #[allow(missing_docs)]
        reason: String,
    },
    /// Somebody else signs as this node does, or did. An operator decides.
    Forked {
        #[allow(missing_docs)]
        reason: String,
    },
}

/// Own events that are missing: both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Lack {
    pub epoch: u32,
    pub zone: String,
    pub from_seq: u64,
    pub until_seq: u64,
}

/// What somebody says that he holds of this node's own events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    #[allow(missing_docs)]
    pub epoch: u32,
    #[allow(missing_docs)]
    pub zone: String,
    #[allow(missing_docs)]
    pub seq: u64,
    /// Leaf hash of the event at that seq.
    pub hash: Hash,
    /// The unit, or the stream; for people, and for [`crate::Log::disregard`].
    pub said_by: String,
}

impl Tail {
    /// Why nothing is signed; `None` when all is well.
    pub fn refusal(&self) -> Option<&str> {
        match self {
            Self::Whole => None,
            Self::Behind { reason, .. } | Self::Unknown { reason } | Self::Forked { reason } => {
                Some(reason)
            }
        }
    }
}

/// Remembers what others hold beyond this log. The rest is forgotten.
pub(super) fn remember(own: &Own, store: &Store, claims: Vec<Claim>) -> Result<(), LogError> {
    for claim in claims {
        // Where something is here already, another content is a fork, and that takes an event with our
        // signature: a bare word would let any member keep this unit from working.
        let known = here(own, store, &claim)?.is_some();
        // Nobody can lack what an epoch published that was ended, or what is never published.
        let counts = claim.epoch >= own.epoch && claim.zone != ZONE_LOCAL && claim.seq > 0;
        if known || !counts {
            continue;
        }
        let full = "SELECT COUNT(*) >= ?1 FROM claims";
        if store.connection.query_row(full, [CLAIMS], |row| row.get(0))? {
            tracing::warn!(said_by = claim.said_by, "too much is said of this node's own events");
            return Ok(());
        }
        let Claim { epoch, zone, seq, hash, said_by } = claim;
        store
            .connection
            .prepare_cached(
                "INSERT INTO claims (said_by, epoch, zone, seq, hash) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET seq = excluded.seq, hash = excluded.hash
                 WHERE excluded.seq > seq",
            )?
            .execute((said_by, epoch, zone, seq, hash.0))?;
    }
    Ok(())
}

/// Where this node stands. Claims that have come true are forgotten.
pub(super) fn look(own: &Own, store: &Store) -> Result<Tail, LogError> {
    if let Some(reason) = own.aside.clone() {
        return Ok(Tail::Forked { reason });
    }
    if let Some(reason) = forked(own, store)? {
        return Ok(Tail::Forked { reason });
    }
    let (marked, claimed) = (marked(own, store)?, claimed(own, store)?);
    if let Some(Missing { reason, other: true, .. }) = &marked {
        return Ok(Tail::Forked { reason: reason.clone() });
    }
    let missing: Vec<Missing> = [claimed, marked, gap(own, store)].into_iter().flatten().collect();
    let Some(first) = missing.first() else {
        return Ok(match &own.unknown {
            Some(reason) => Tail::Unknown { reason: reason.clone() },
            None => Tail::Whole,
        });
    };
    let mut lacks: Vec<Lack> = Vec::new();
    for lack in missing.iter().flat_map(|missing| &missing.lacks) {
        let known = |known: &&mut Lack| known.epoch == lack.epoch && known.zone == lack.zone;
        match lacks.iter_mut().find(known) {
            Some(known) => known.until_seq = known.until_seq.max(lack.until_seq),
            None => lacks.push(lack.clone()),
        }
    }
    Ok(Tail::Behind { lacks, reason: first.reason.clone() })
}

struct Missing {
    reason: String,
    lacks: Vec<Lack>,
    /// Whether another event is in its place.
    other: bool,
}

fn forked(own: &Own, store: &Store) -> Result<Option<String>, LogError> {
    if store.forked.contains(&(own.unit.clone(), own.epoch)) {
        return Ok(Some(format!(
            "there are two events under one number of epoch {}, both signed with this node's key: \
             a copy of this node signs, too, or an older copy of it was started. Stop the other \
             one and decide the fork, or begin a new epoch",
            own.epoch
        )));
    }
    let later: Option<u32> = store
        .connection
        .prepare_cached("SELECT MAX(epoch) FROM feeds WHERE origin = ?1 AND epoch > ?2")?
        .query_row((&own.unit, own.epoch), |row| row.get(0))?;
    Ok(later.map(|epoch| {
        format!(
            "this node has begun epoch {epoch} elsewhere, and this log is of epoch {}",
            own.epoch
        )
    }))
}

fn marked(own: &Own, store: &Store) -> Result<Option<Missing>, LogError> {
    let Some(Mark { epoch, index, leaf }) = own.marked.filter(|mark| mark.epoch >= own.epoch)
    else {
        return Ok(None);
    };
    let here: Option<[u8; 32]> = store
        .connection
        .prepare_cached(
            "SELECT leaf FROM events WHERE origin = ?1 AND epoch = ?2 AND local = 0 AND idx = ?3",
        )?
        .query_row((&own.unit, epoch, index), |row| row.get(0))
        .optional()?;
    let published = format!("index {index} of epoch {epoch} may have been published");
    Ok(match here.map(Hash) {
        Some(here) if here == leaf => None,
        Some(_) => Some(Missing {
            reason: format!("{published} with another content than this log holds there"),
            lacks: Vec::new(),
            other: true,
        }),
        None => Some(Missing {
            reason: format!(
                "{published}, and this log does not hold it: it lost its tail. It comes back from \
                 the stream and from peers; if nobody has it, restore the newest backup of the log"
            ),
            lacks: Vec::new(),
            other: false,
        }),
    })
}

fn claimed(own: &Own, store: &Store) -> Result<Option<Missing>, LogError> {
    let mut missing: Option<Missing> = None;
    for claim in claims(store)? {
        if here(own, store, &claim)?.is_some() || claim.epoch < own.epoch {
            // When a log is opened nothing is written yet.
            if !store.connection.is_autocommit() {
                forget(store, &claim)?;
            }
            continue;
        }
        let Claim { epoch, zone, seq, said_by, .. } = claim;
        let said = format!("{said_by} holds seq {seq} of this node in zone {zone}, epoch {epoch}");
        let head = store.head(&feed(own, epoch, &zone)).seq;
        let lack = Lack { epoch, zone, from_seq: head + 1, until_seq: seq };
        let reason = format!("{said}, and this log ends at {head}: it lost its tail");
        missing.get_or_insert(Missing { reason, lacks: Vec::new(), other: false }).lacks.push(lack);
    }
    Ok(missing)
}

/// What this node published has no gaps: where one is, the rest is still to come.
fn gap(own: &Own, store: &Store) -> Option<Missing> {
    (own.published != own.next_index).then(|| {
        let lacks = store.gaps(&own.unit, own.epoch);
        let lack =
            |(zone, from_seq, until_seq)| Lack { epoch: own.epoch, zone, from_seq, until_seq };
        let reason = format!(
            "of the {} events that this node has published in epoch {} only {} are here",
            own.next_index, own.epoch, own.published
        );
        Missing { reason, lacks: lacks.into_iter().map(lack).collect(), other: false }
    })
}

/// What others said that has not come true.
pub(super) fn claims(store: &Store) -> Result<Vec<Claim>, LogError> {
    let claims = store
        .connection
        .prepare_cached("SELECT said_by, epoch, zone, seq, hash FROM claims ORDER BY 2, 3, 4, 1")?
        .query_map((), |row| {
            let (said_by, epoch, zone, seq) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(Claim { epoch, zone, seq, hash: Hash(row.get(4)?), said_by })
        })?
        .collect::<Result<_, _>>()?;
    Ok(claims)
}

/// The leaf hash that this log has at the place.
fn here(own: &Own, store: &Store, claim: &Claim) -> Result<Option<Hash>, LogError> {
    store.leaf_of(&feed(own, claim.epoch, &claim.zone), claim.seq)
}

fn feed(own: &Own, epoch: u32, zone: &str) -> FeedKey {
    FeedKey { origin: own.unit.clone(), epoch, zone: zone.to_owned() }
}

fn forget(store: &Store, claim: &Claim) -> Result<(), LogError> {
    store
        .connection
        .prepare_cached("DELETE FROM claims WHERE said_by = ?1 AND epoch = ?2 AND zone = ?3")?
        .execute((&claim.said_by, claim.epoch, &claim.zone))?;
    Ok(())
}
