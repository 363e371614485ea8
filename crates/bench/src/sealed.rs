//! The keys of the corpus, where what alerts say is sealed: they follow from the alert's number, so
//! that every run seals to the same bytes.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use giapranh_record::event::Event;
use giapranh_record::{DataKey, Grant, Hash, Seal};
use giapranh_vault::{DataKeys, KeyBytes};
use uuid::Uuid;

use crate::corpus::Published;
use crate::fixture::{self, RECEIVER};

/// Keys put by in a transaction.
const AT_ONCE: usize = 4_096;

/// What a payload about an alert is sealed with.
pub fn seal(alert: &str, event_id: Uuid) -> Seal {
    let mut nonce = [0; 24];
    nonce.copy_from_slice(&Hash::of(&[event_id.as_bytes()]).0[..24]);
    Seal { key: key(alert), nonce }
}

/// The key of an alert.
pub fn key(alert: &str) -> DataKey {
    DataKey::from_bytes(Hash::of(&[b"giapranh-bench data key\n", alert.as_bytes()]).0)
}

/// The alerts that these events are about, each with the index of its first.
pub fn first_of_alerts(events: &[Published]) -> Result<BTreeMap<String, usize>> {
    let mut first = BTreeMap::new();
    for (index, event) in events.iter().enumerate() {
        if let Some(alert) = Event::parse(event.bytes.clone())?.header().alert.clone() {
            first.entry(alert).or_insert(index);
        }
    }
    Ok(first)
}

/// Puts the keys of alerts into the vault of a node, as if they had been granted before.
pub fn put_by<'a>(dir: &Path, alerts: impl Iterator<Item = &'a String>) -> Result<()> {
    let keys = DataKeys::open(dir)?;
    let alerts: Vec<&String> = alerts.collect();
    for alerts in alerts.chunks(AT_ONCE) {
        let (mut put, mut uses) = (Vec::new(), Vec::new());
        for alert in alerts {
            let key = key(alert);
            let commitment = key.commitment().0;
            put.push((commitment, KeyBytes::new(*key.expose())));
            uses.push((commitment, (*alert).clone(), 0));
        }
        keys.put_by(&put)?;
        keys.note_uses(&uses)?;
    }
    Ok(())
}

/// The key of an alert for the receiver.
pub fn grant(alert: &str) -> Result<Grant> {
    let ephemeral = Hash::of(&[b"giapranh-bench ephemeral\n", alert.as_bytes()]).0;
    let to = fixture::sealing_key(RECEIVER);
    Grant::seal(&key(alert), alert, RECEIVER, to.public_key(), ephemeral).context("a grant")
}
