//! What registrars and founders do with files at hand: endings of nodes for a reorganisation, what
//! units ask for, and the statements that founders sign ([`Proposal`]).

mod proposal;

use std::collections::BTreeMap;
use std::path::Path;

use giapranh_domain::event::{Body, Kind};
use giapranh_domain::{Directory, UnitId, Verdict, time};
use giapranh_log::{Clock as _, LOG_FILE, Reader};
use serde::Serialize;

use crate::{Config, NodeError, SystemClock};

pub use proposal::{Proposal, propose, propose_founders, sign, take_the_directory};

/// How far a node's log counts: its closing event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Closed {
    pub unit: UnitId,
    pub epoch: u32,
    pub index: u64,
    pub leaf: [u8; 32],
}

/// The nodes that were closed, by the log in `dir`: what a cut then names. A closing event without
/// authority closes nothing: not one beyond a cut, nor one of a key that does not count.
pub fn closed(dir: &Path) -> Result<BTreeMap<UnitId, Closed>, NodeError> {
    let directory = crate::deploy::directory(dir)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let mut found = BTreeMap::new();
    for stored in reader.of_zone("cluster", 0, reader.head()?)? {
        if stored.event.header().kind != Kind::NodeClosed.code() {
            continue;
        }
        let Some(event) = giapranh_views::to_domain(&stored.event) else { continue };
        let meta = &event.meta;
        let own = meta.acting_unit == meta.origin;
        if !own || directory.judge(meta) != Verdict::Valid {
            continue;
        }
        let (unit, epoch, leaf) = (meta.origin.clone(), meta.epoch, stored.event.leaf().0);
        let closed = Closed { unit: unit.clone(), epoch, index: meta.index, leaf };
        let newest = found.get(&unit).map_or(0, |known: &Closed| known.epoch);
        if epoch >= newest {
            found.insert(unit, closed);
        }
    }
    Ok(found)
}

/// A request for a zone that waits for the lead's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ZoneRequest {
    pub event_id: String,
    pub unit: String,
    pub zone: String,
    pub until_ms: u64,
    pub until: String,
    pub reason: String,
}

/// The requests for zones that nobody has answered and whose time is not over.
pub fn zone_requests(dir: &Path) -> Result<Vec<ZoneRequest>, NodeError> {
    let directory = crate::deploy::directory(dir)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let now = SystemClock.now_ms();
    let mut open = Vec::new();
    for stored in reader.of_zone("cluster", 0, reader.head()?)? {
        let Some(event) = giapranh_views::to_domain(&stored.event) else { continue };
        let Body::ZoneRequested(said) = &event.body else { continue };
        let Ok(zone) = said.zone.parse() else { continue };
        let unit = &event.meta.acting_unit;
        let answered = directory.is_member(unit, &zone, directory.head());
        let counts = directory.judge(&event.meta) == Verdict::Valid;
        if counts && !answered && said.until_ms > now {
            open.push(ZoneRequest {
                event_id: event.meta.event_id.to_string(),
                unit: unit.to_string(),
                zone: zone.to_string(),
                until_ms: said.until_ms,
                until: time::rfc3339(said.until_ms),
                reason: said.reason.clone(),
            });
        }
    }
    Ok(open)
}

/// The founders of a directory, for an anchor's file.
pub fn anchor(dir: &Path) -> Result<crate::Anchor, NodeError> {
    let config = Config::load(dir)?;
    let directory: Directory = crate::deploy::directory(dir)?;
    let mut anchor = config.anchor;
    if let Some(founders) = directory.founders() {
        anchor.threshold = founders.threshold;
        anchor.founders = founders
            .keys
            .iter()
            .map(|(unit, key)| (unit.clone(), giapranh_record::Hash(*key).to_string()))
            .collect();
    }
    Ok(anchor)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use giapranh_log::{Log, Open};

    use super::*;
    use crate::init::{Exchange, identity, init};
    use crate::standing::Standing;
    use crate::{founding, keys};

    /// Appends a closing event to the registrar's log, in a unit's name, under a head.
    async fn close(dir: &Path, acting: &str, head: u64) {
        let (config, key) = (Config::load(dir).unwrap(), keys::load(dir).unwrap());
        let identity = identity(dir, &config, &key).unwrap();
        let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
        let standing = Standing::load(&reader, &config.unit, &config.anchor.registrar).unwrap();
        let standing = Arc::new(standing);
        let (signer, clock) = (Arc::new(key), Arc::new(SystemClock));
        let open = Open { signer, keyring: standing.clone(), entitlement: standing, clock };
        let log = Log::open(dir, &identity, open).unwrap();
        let mut draft = founding::draft(
            &config,
            head,
            giapranh_domain::wire::proto::DirectoryChanged::default(),
        );
        draft.kind = Kind::NodeClosed.code().to_owned();
        draft.acting_unit = acting.to_owned();
        draft.zones = vec!["cluster".to_owned()];
        draft.payload = giapranh_record::Payload::Plain(bytes::Bytes::new());
        log.submit(move |batch| batch.append(draft)).await.unwrap();
        log.close().await;
    }

    #[tokio::test]
    async fn a_closing_event_without_authority_closes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        let hcm: UnitId = "hcm".parse().unwrap();
        let made = init(dir, &hcm, None, BTreeSet::new(), Exchange::default()).unwrap();
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/directory");
        let requests = [made.enrolment];
        founding::found(dir, &data, &requests, "303/QCPH", "2020-10-29").await.unwrap();
        // Before it was enrolled; then in a name that is not its own.
        close(dir, "hcm", 9).await;
        assert_eq!(closed(dir).unwrap(), BTreeMap::new());
        close(dir, "long-an", 10).await;
        assert_eq!(closed(dir).unwrap(), BTreeMap::new());
        close(dir, "hcm", 10).await;
        let found = closed(dir).unwrap();
        assert_eq!(found.keys().collect::<Vec<_>>(), [&hcm]);
        assert_eq!(found[&hcm].epoch, 1);
    }
}
