//! What registrars and founders do with files at hand: endings of nodes for a reorganisation, and the
//! statement that founders sign when a registrar's key is lost or stolen.

use std::collections::BTreeMap;
use std::path::Path;

use giapranh_domain::directory::{Heard, statements};
use giapranh_domain::event::{Body, Kind};
use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{Directory, UnitId, time};
use giapranh_log::{Clock as _, LOG_FILE, Log, LogError, Open, Reader};
use giapranh_record::{Signer as _, ZONE_DIRECTORY};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::standing::Standing;
use crate::{Config, NodeError, SystemClock, founding, init, keys};

/// How far a node's log counts: its closing event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Closed {
    pub unit: UnitId,
    pub epoch: u32,
    pub index: u64,
    pub leaf: [u8; 32],
}

/// The nodes that were closed, by the log in `dir`: what a cut then names.
pub fn closed(dir: &Path) -> Result<BTreeMap<UnitId, Closed>, NodeError> {
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let mut found = BTreeMap::new();
    for stored in reader.of_zone("cluster", 0, reader.head()?)? {
        let header = stored.event.header();
        if header.kind != Kind::NodeClosed.code() {
            continue;
        }
        let Ok(unit) = header.origin.parse::<UnitId>() else { continue };
        let (epoch, index, leaf) = (header.epoch, header.index, stored.event.leaf().0);
        let closed = Closed { unit: unit.clone(), epoch, index, leaf };
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
        let counts = directory.judge(&event.meta) == giapranh_domain::Verdict::Valid;
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

/// What founders sign, and who has: a file that is passed around.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    /// The registrar that the founders are asked to name, and how far the one before counts.
    pub registrar: proto::RegistrarNamed,
}

impl Succession {
    /// The text that is signed, byte for byte.
    pub fn text(&self) -> String {
        giapranh_domain::directory::registrar_text(&self.registrar)
    }
}

/// Proposes the node of `dir` as the registrar after the head that it knows; `after` is an earlier
/// head, when what came later is not to count.
pub fn propose(dir: &Path, after: Option<u64>) -> Result<Succession, NodeError> {
    let config = Config::load(dir)?;
    let directory = crate::deploy::directory(dir)?;
    let head = after.unwrap_or_else(|| directory.head());
    let tenure = directory.tenure(&config.unit).ok_or_else(|| {
        NodeError::Request(format!("{} has no node that the directory knows", config.unit))
    })?;
    let place = usize::try_from(head).unwrap_or(usize::MAX).checked_sub(1);
    let word = place.and_then(|place| directory.counting().nth(place));
    let Some((unit, epoch, seq)) = word else {
        return Err(NodeError::Request(format!("the directory has no head {head}")));
    };
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let stored = reader.at_seq(unit.as_str(), epoch, ZONE_DIRECTORY, seq)?;
    let leaf = stored.map(|stored| stored.event.leaf().0.to_vec()).unwrap_or_default();
    Ok(Succession {
        registrar: proto::RegistrarNamed {
            unit: config.unit.to_string(),
            epoch: tenure.epoch,
            public_key: tenure.public_key.to_vec(),
            last_head: head,
            last_hash: leaf,
            signatures: Vec::new(),
        },
    })
}

/// Adds the signature of the node of `dir`, which is a founder's. Signing twice changes nothing.
pub fn sign(dir: &Path, mut succession: Succession) -> Result<Succession, NodeError> {
    let config = Config::load(dir)?;
    let key = keys::load(dir)?;
    let public_key = key.public_key().to_bytes();
    let directory = crate::deploy::directory(dir)?;
    let is_founder = |founders: &giapranh_domain::directory::Founders| {
        founders.keys.values().any(|founder| *founder == public_key)
    };
    if !directory.founders().is_some_and(is_founder) {
        let text =
            format!("{} is no founder, so its signature would count for nothing", config.unit);
        return Err(NodeError::Request(text));
    }
    let signature = key.sign(succession.text().as_bytes()).to_vec();
    let signatures = &mut succession.registrar.signatures;
    signatures.retain(|by| by.public_key != public_key);
    signatures.push(proto::FounderSignature { public_key: public_key.to_vec(), signature });
    Ok(succession)
}

/// Puts the node of `dir` in the registrar's place: its first word in the directory, with the
/// founders' signatures. The node must not be running. Gives the head that it made.
pub async fn take_the_directory(dir: &Path, succession: Succession) -> Result<u64, NodeError> {
    let config = Config::load(dir)?;
    let key = keys::load(dir)?;
    let identity = init::identity(dir, &config, &key)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let standing = Arc::new(Standing::load(&reader, &config.unit, &config.anchor.registrar)?);
    let directory = standing.directory();
    let newest = directory.decisions().last().map(|last| last.effective_from.clone());
    let changed = proto::DirectoryChanged {
        decision: "các tỉnh sáng lập chỉ định đơn vị giữ danh bạ".to_owned(),
        effective_from: newest.unwrap_or_default().max(time::day(SystemClock.now_ms())),
        changes: vec![proto::DirectoryChange {
            change: Some(Change::RegistrarNamed(succession.registrar)),
        }],
    };
    let seqs = reader.heads_of(&identity.unit, identity.epoch)?;
    if seqs.contains_key(ZONE_DIRECTORY) {
        let text = "this node has written to the directory in this epoch before; close it and take \
                    new keys first (giapranh node close, giapranh node rotate)";
        return Err(NodeError::Request(text.to_owned()));
    }
    // Tried before anything is written: enough founders, of this very directory.
    let trial = trial_word(&config, &identity, &changed);
    let mut after = (*directory).clone();
    let heard = after.hear(trial);
    if !matches!(heard, Heard::Rewritten(_)) || *after.registrar() != config.unit {
        let text = "the founders have not signed this, too few of them have, or the directory does \
                    not have the head that they signed";
        return Err(NodeError::Request(text.to_owned()));
    }
    let (signer, clock) = (Arc::new(key), Arc::new(SystemClock));
    let open = Open { signer, keyring: standing.clone(), entitlement: standing, clock };
    let log = Log::open(dir, &identity, open)?;
    let draft = founding::draft(&config, directory.head(), changed);
    let appended: Result<_, LogError> = log.submit(move |batch| batch.append(draft)).await;
    log.close().await;
    appended?;
    Ok(after.head())
}

/// The word as the directory would hear it, signatures checked.
fn trial_word(
    config: &Config,
    identity: &giapranh_log::Identity,
    changed: &proto::DirectoryChanged,
) -> giapranh_domain::directory::Word {
    giapranh_domain::directory::Word {
        origin: config.unit.clone(),
        epoch: identity.epoch,
        seq: 1,
        leaf: [0; 32],
        changed: changed.clone(),
        signed_by: giapranh_views::signed_by(&statements(changed)),
    }
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
