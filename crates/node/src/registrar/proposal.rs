//! What founders sign: who keeps the directory when a registrar's key is lost or stolen, and who comes
//! after them. A file that is passed around, each founder adding a signature under a text that a
//! person can read.

use std::path::Path;
use std::sync::Arc;

use giapranh_domain::directory::{
    Founders, Heard, Word, founders_text, registrar_text, statements,
};
use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{UnitId, time};
use giapranh_log::{Clock as _, Identity, LOG_FILE, Log, LogError, Open, Reader};
use giapranh_record::{Signer as _, ZONE_DIRECTORY};
use serde::{Deserialize, Serialize};

use crate::standing::Standing;
use crate::{Config, NodeError, SystemClock, founding, init, keys};

/// What founders are asked to sign, and who has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proposal {
    /// Who keeps the directory from here on, and how far the one before counts.
    Registrar(proto::RegistrarNamed),
    /// Who the founders are from here on, and how many of them must sign.
    Founders(proto::FoundersNamed),
}

impl Proposal {
    /// The text that is signed, byte for byte.
    pub fn text(&self) -> String {
        match self {
            Self::Registrar(named) => registrar_text(named),
            Self::Founders(named) => founders_text(named),
        }
    }

    /// Key and signature of everybody who has signed.
    pub fn signatures(&self) -> &[proto::FounderSignature] {
        match self {
            Self::Registrar(named) => &named.signatures,
            Self::Founders(named) => &named.signatures,
        }
    }

    fn signatures_mut(&mut self) -> &mut Vec<proto::FounderSignature> {
        match self {
            Self::Registrar(named) => &mut named.signatures,
            Self::Founders(named) => &mut named.signatures,
        }
    }
}

/// Proposes the node of `dir` as the registrar after the head that it knows; `after` is an earlier
/// head, when what came later is not to count.
pub fn propose(dir: &Path, after: Option<u64>) -> Result<Proposal, NodeError> {
    let config = Config::load(dir)?;
    let directory = crate::deploy::directory(dir)?;
    let head = after.unwrap_or_else(|| directory.head());
    let tenure = directory.tenure(&config.unit).ok_or_else(|| no_node(&config.unit))?;
    let place = usize::try_from(head).unwrap_or(usize::MAX).checked_sub(1);
    let word = place.and_then(|place| directory.counting().nth(place));
    let Some((unit, epoch, seq)) = word else {
        return Err(NodeError::Request(format!("the directory has no head {head}")));
    };
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let stored = reader.at_seq(unit.as_str(), epoch, ZONE_DIRECTORY, seq)?;
    let leaf = stored.map(|stored| stored.event.leaf().0.to_vec()).unwrap_or_default();
    Ok(Proposal::Registrar(proto::RegistrarNamed {
        unit: config.unit.to_string(),
        epoch: tenure.epoch,
        public_key: tenure.public_key.to_vec(),
        last_head: head,
        last_hash: leaf,
        signatures: Vec::new(),
    }))
}

/// Proposes these units as the founders, each with the key that its node has now, of whom so many
/// must sign. It follows on the founders that the directory names now, and counts once.
pub fn propose_founders(
    dir: &Path,
    units: &[UnitId],
    threshold: u32,
) -> Result<Proposal, NodeError> {
    let directory = crate::deploy::directory(dir)?;
    let founder = |unit: &UnitId| {
        let tenure = directory.tenure(unit).ok_or_else(|| no_node(unit))?;
        let public_key = tenure.public_key.to_vec();
        Ok::<_, NodeError>(proto::Founder { unit: unit.to_string(), public_key })
    };
    let before = directory.founders();
    Ok(Proposal::Founders(proto::FoundersNamed {
        founders: units.iter().map(founder).collect::<Result<_, _>>()?,
        threshold,
        signatures: Vec::new(),
        last_head: before.map_or(0, |before| before.head),
        last_hash: before.map(|before| before.leaf.to_vec()).unwrap_or_default(),
    }))
}

fn no_node(unit: &UnitId) -> NodeError {
    NodeError::Request(format!("{unit} has no node that the directory knows"))
}

/// Adds the signature of the node of `dir`, which is a founder's: by its key, or by one that was put
/// aside, because a founder stays one when its node takes another key. Signing twice changes nothing.
pub fn sign(dir: &Path, mut proposal: Proposal) -> Result<Proposal, NodeError> {
    let config = Config::load(dir)?;
    let directory = crate::deploy::directory(dir)?;
    let founders = directory.founders();
    let is_founder = |key: &giapranh_record::SigningKey| {
        let public_key = key.public_key().to_bytes();
        let names = |founders: &Founders| founders.keys.values().any(|key| *key == public_key);
        founders.is_some_and(names)
    };
    let Some(key) = keys::all(dir)?.into_iter().find(is_founder) else {
        let text = format!(
            "{} is no founder, or the key that it was named with is not here, so its signature \
             would count for nothing",
            config.unit
        );
        return Err(NodeError::Request(text));
    };
    let public_key = key.public_key().to_bytes();
    let signature = key.sign(proposal.text().as_bytes()).to_vec();
    let signatures = proposal.signatures_mut();
    signatures.retain(|by| by.public_key != public_key);
    signatures.push(proto::FounderSignature { public_key: public_key.to_vec(), signature });
    Ok(proposal)
}

/// Puts the node of `dir` in the registrar's place: its first word in the directory, with the
/// founders' signatures. The node must not be running. Gives the head that it made.
pub async fn take_the_directory(dir: &Path, proposal: Proposal) -> Result<u64, NodeError> {
    let Proposal::Registrar(named) = proposal else {
        let text = "this names founders, which the registrar's running node says: giapranh directory \
                    name-founders";
        return Err(NodeError::Request(text.to_owned()));
    };
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
        changes: vec![proto::DirectoryChange { change: Some(Change::RegistrarNamed(named)) }],
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
fn trial_word(config: &Config, identity: &Identity, changed: &proto::DirectoryChanged) -> Word {
    Word {
        origin: config.unit.clone(),
        epoch: identity.epoch,
        seq: 1,
        leaf: [0; 32],
        changed: changed.clone(),
        signed_by: giapranh_views::signed_by(&statements(changed)),
    }
}
