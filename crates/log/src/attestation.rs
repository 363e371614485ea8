//! Receipts of this node: in the transaction in which something arrives, it attests what stands in
//! the log and since when. So that "what did this unit know at that time" can be proven.

use giapranh_record::event::Event;
use giapranh_record::receipt::{KIND, Receipt, Running};
use giapranh_record::{Draft, Facts, Hash, ZONE_LOCAL};

use crate::own::Own;
use crate::store::Store;
use crate::{Identity, LogError};

/// The running hash of the log, and how far receipts attest it.
#[derive(Debug, PartialEq)]
pub(crate) struct Attestation {
    running: Running,
    attested: u64,
}

impl Attestation {
    /// Continues after the newest receipt in the log. What came since then, while nothing could be
    /// signed, is still to be attested.
    pub fn load(store: &mut Store, identity: &Identity) -> Result<Self, LogError> {
        let newest = newest_receipt(store, &identity.unit)?;
        let attested = newest.map_or(0, |receipt| receipt.running.position);
        let mut running = newest.map_or(Running::EMPTY, |receipt| receipt.running);
        let mut statement = store.connection.prepare(
            "SELECT position, arrived_ms, leaf FROM events WHERE position > ?1 ORDER BY position",
        )?;
        let mut rows = statement.query([attested])?;
        while let Some(row) = rows.next()? {
            running.position = row.get::<_, u64>(0)?.saturating_sub(1);
            running = running.then(row.get(1)?, Hash(row.get(2)?));
        }
        drop(rows);
        drop(statement);
        store.any_arrived = store
            .connection
            .prepare("SELECT 1 FROM events WHERE position > ?1 AND origin <> ?2")?
            .exists((attested, &identity.unit))?;
        Ok(Self { running, attested })
    }

    /// Takes in what a transaction has inserted.
    pub fn follow(&mut self, store: &mut Store) {
        for (position, (arrived_ms, leaf)) in std::mem::take(&mut store.fresh) {
            self.running.position = position - 1;
            self.running = self.running.then(arrived_ms, leaf);
        }
    }

    /// The receipt for everything that none attests yet; `None` when this node may not sign.
    pub fn receipt(&mut self, own: &Own, now_ms: u64) -> Option<Draft> {
        if own.tail().refusal().is_some() {
            return None;
        }
        let receipt = Receipt { first: self.attested + 1, running: self.running };
        self.attested = self.running.position;
        Some(Draft {
            event_id: event_id(now_ms),
            kind: KIND.to_owned(),
            acting_unit: own.unit.clone(),
            directory_seq: 0,
            alert: None,
            drafted_by: None,
            approved_by: None,
            causes: Vec::new(),
            facts: Facts::default(),
            erase_by_ms: None,
            zones: vec![ZONE_LOCAL.to_owned()],
            payload: receipt.to_payload(),
        })
    }
}

/// In whichever epoch: what is attested is the log, which has all of them.
fn newest_receipt(store: &Store, unit: &str) -> Result<Option<Receipt>, LogError> {
    let mut statement = store.connection.prepare(
        "SELECT position, bytes FROM events WHERE origin = ?1 AND local = 1
         ORDER BY epoch DESC, idx DESC",
    )?;
    let mut rows = statement.query([unit])?;
    while let Some(row) = rows.next()? {
        let (position, bytes): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let damaged = |detail: String| LogError::Damaged {
            path: store.connection.path().unwrap_or_default().into(),
            position: position.saturating_sub(1),
            detail: format!("the event at position {position}: {detail}"),
        };
        let event = Event::parse(bytes.into()).map_err(|error| damaged(error.to_string()))?;
        if event.header().kind == KIND {
            let receipt = Receipt::from_payload(event.payload());
            return receipt.map(Some).map_err(|error| damaged(error.to_string()));
        }
    }
    Ok(None)
}

/// A UUID of version 7, of that moment.
fn event_id(now_ms: u64) -> uuid::Uuid {
    let nanoseconds = u32::try_from(now_ms % 1000).unwrap_or(0) * 1_000_000;
    let timestamp = uuid::Timestamp::from_unix(uuid::NoContext, now_ms / 1000, nanoseconds);
    uuid::Uuid::new_v7(timestamp)
}
