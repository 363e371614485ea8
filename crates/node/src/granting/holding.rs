//! Keys that came: opened, kept, and noted in the log.
//!
//! A key is kept before the log says so (`key.held`): cut off in between, it is found here at the next
//! look. After an outage keys come by the thousand, so those of one answer are one transaction of the
//! vault and one of the log.

use std::sync::Arc;

use giapranh_domain::event::Kind;
use giapranh_domain::{AlertId, UnitId, note_key};
use giapranh_log::{Log, Stored};
use giapranh_record::grant::{Grant, SealingKey};
use giapranh_record::{DataKey, Hash};
use giapranh_vault::{Granted, Kept, KeyBytes};

use super::Which;
use crate::author::draft;
use crate::sealing::Sealer;
use crate::standing::Standing;

/// What a node takes the keys in with that others grant it. Clones are the same.
#[derive(Clone)]
pub struct Holding {
    /// The unit whose node it is.
    pub unit: UnitId,
    /// Opens what is granted to it.
    pub sealing: Arc<SealingKey>,
    /// Where keys lie.
    pub sealer: Sealer,
    /// Says that they are here.
    pub log: Log,
    /// Under which directory.
    pub standing: Arc<Standing>,
}

impl Holding {
    /// Opens grants for events that are here, keeps their keys, and says so. Tells which keys nobody
    /// has to ask for any more. What is no key for this node is refused, and so is what opens
    /// something that was erased.
    pub async fn hold(&self, from: &str, grants: Vec<Grant>) -> Vec<Which> {
        let (this, of) = (self.clone(), from.to_owned());
        let kept = tokio::task::spawn_blocking(move || {
            let opened: Vec<(Which, DataKey)> =
                grants.iter().filter_map(|grant| this.open(&of, grant)).collect();
            let granted: Vec<Granted> = opened.iter().map(granted).collect();
            let kept = this.sealer.keys().keep(&granted)?;
            let which = opened.into_iter().map(|(which, _)| which);
            Ok::<Vec<(Which, Kept)>, giapranh_vault::VaultError>(which.zip(kept).collect())
        });
        let kept = match kept.await.map_err(|error| error.to_string()) {
            Ok(Ok(kept)) => kept,
            Ok(Err(error)) => return refused(from, &error.to_string()),
            Err(error) => return refused(from, &error),
        };
        let settled = kept.iter().map(|(which, _)| which.clone()).collect();
        let (fenced, here): (Vec<_>, Vec<_>) =
            kept.into_iter().partition(|(_, kept)| *kept == Kept::Fenced);
        for ((alert, _), _) in fenced {
            tracing::warn!(from, alert, "a grant is refused: what it opens was erased");
        }
        self.note(from, here.into_iter().map(|(which, _)| which).collect()).await;
        settled
    }

    fn open(&self, from: &str, grant: &Grant) -> Option<(Which, DataKey)> {
        match grant.open(self.unit.as_str(), &self.sealing) {
            Ok(key) => Some(((grant.alert.clone(), grant.commitment), key)),
            Err(error) => {
                tracing::warn!(from, alert = grant.alert, %error, "a grant is refused");
                None
            }
        }
    }

    /// Notes in the log that keys are here, each once.
    pub(super) async fn note(&self, from: &str, here: Vec<Which>) {
        let Ok(from) = from.parse::<UnitId>() else { return };
        if here.is_empty() {
            return;
        }
        let (unit, head) = (self.unit.clone(), self.standing.directory().head());
        let noted = self.log.submit(move |batch| {
            for (alert, commitment) in &here {
                // Only such alerts have a grant.
                let Ok(id) = alert.parse::<AlertId>() else { continue };
                if batch.of_alert(alert)?.iter().any(|stored| says_held(stored, commitment)) {
                    continue;
                }
                let decided = note_key(&unit, id, commitment.0, &from);
                let now_ms = batch.now_ms();
                batch.append(draft(decided, head, now_ms))?;
            }
            Ok(())
        });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "that keys are here could not be noted; later again");
        }
    }
}

/// What could not be kept is to be asked for again.
fn refused(from: &str, error: &str) -> Vec<Which> {
    tracing::warn!(from, error, "keys can't be kept");
    Vec::new()
}

fn granted(((alert, commitment), key): &(Which, DataKey)) -> Granted {
    let (commitment, key) = (commitment.0, KeyBytes::new(*key.expose()));
    Granted { commitment, key, subject: alert.clone() }
}

fn says_held(stored: &Stored, commitment: &Hash) -> bool {
    let event = &stored.event;
    event.header().kind == Kind::KeyHeld.code()
        && matches!(giapranh_views::to_domain(event).map(|event| event.body),
            Some(giapranh_domain::Body::KeyHeld(held)) if held.commitment == commitment.0)
}
