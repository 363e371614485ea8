//! Whose word is the directory: the registrars, one after the other, and the founders who name one
//! when a key is lost or stolen.
//!
//! The founding provinces' keys and a threshold are the root of trust. Everybody's anchor names the
//! first registrar, whose first events name the founders; from then on a registrar hands over by
//! its last word, or the threshold of founders signs a [`Statement`] that puts another in its place
//! and says how far the one before counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Refused;
use super::state::State;
use crate::UnitId;
use crate::wire::hex;
use crate::wire::proto::{self, directory_change::Change};

/// An event of the zone `directory`.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Who said it.
    pub origin: UnitId,
    /// In which life of its log.
    pub epoch: u32,
    /// Its place in the feed of its origin and epoch, from 1.
    pub seq: u64,
    /// Its leaf hash.
    pub leaf: [u8; 32],
    /// What it says.
    pub changed: proto::DirectoryChanged,
    /// The keys whose signature under a statement in it holds, with the number of the change. What
    /// stands here was checked: this crate knows no signatures.
    pub signed_by: BTreeSet<(usize, [u8; 32])>,
}

impl Word {
    /// The change by which the founders put its origin in the place of the registrar, if it is one.
    pub(super) fn replacement(&self) -> Option<(usize, &proto::RegistrarNamed)> {
        if self.seq != 1 {
            return None;
        }
        let changes = self.changed.changes.iter().enumerate();
        changes.filter_map(|(at, change)| Some((at, change.change.as_ref()?))).find_map(
            |(at, change)| match change {
                Change::RegistrarNamed(named) if !named.signatures.is_empty() => Some((at, named)),
                _ => None,
            },
        )
    }
}

/// While a unit keeps the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Who.
    pub unit: UnitId,
    /// In which life of its log.
    pub epoch: u32,
    /// The head at which it began: what it says with seq `n` makes head `base + n`.
    pub base: u64,
}

/// Whose keys, how many of them together, name a registrar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founders {
    /// Unit and key.
    pub keys: BTreeMap<UnitId, [u8; 32]>,
    /// How many must sign.
    pub threshold: usize,
    /// The head at which they were named.
    pub head: u64,
    /// The leaf hash of the event that made it.
    pub leaf: [u8; 32],
}

impl Founders {
    /// Whether enough of them have signed the change of that number.
    pub(super) fn have_signed(&self, at: usize, signed_by: &BTreeSet<(usize, [u8; 32])>) -> bool {
        let keys: BTreeSet<&[u8; 32]> = self.keys.values().collect();
        keys.into_iter().filter(|key| signed_by.contains(&(at, **key))).count() >= self.threshold
    }
}

/// A text that founders sign, and the signatures that came with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The number of the change in its event.
    pub at: usize,
    /// What is signed, byte for byte.
    pub text: String,
    /// Key and signature, unchecked.
    pub signatures: Vec<(Vec<u8>, Vec<u8>)>,
}

/// The statements in an event.
pub fn statements(changed: &proto::DirectoryChanged) -> Vec<Statement> {
    let numbered = changed.changes.iter().enumerate();
    let statement = |(at, change): (usize, &proto::DirectoryChange)| {
        let (text, signatures) = match change.change.as_ref()? {
            Change::RegistrarNamed(named) => (registrar_text(named), &named.signatures),
            Change::FoundersNamed(named) => (founders_text(named), &named.signatures),
            _ => return None,
        };
        let signatures = signatures.iter();
        let signatures = signatures.map(|by| (by.public_key.clone(), by.signature.clone()));
        Some(Statement { at, text, signatures: signatures.collect() })
    };
    numbered.filter_map(statement).collect()
}

/// What founders sign to name a registrar: lines that a person can read.
pub fn registrar_text(named: &proto::RegistrarNamed) -> String {
    format!(
        "giapranh/v1/registrar\nunit {}\nepoch {}\nkey {}\nafter {}\nleaf {}\n",
        named.unit,
        named.epoch,
        hex::text(&named.public_key),
        named.last_head,
        hex::text(&named.last_hash),
    )
}

/// What founders sign to name those who come after them. It says whom they follow, so that it counts
/// once: not the newest head, because the directory goes on while the signatures are gathered.
pub fn founders_text(named: &proto::FoundersNamed) -> String {
    let mut text = format!(
        "giapranh/v1/founders\nafter {}\nleaf {}\nthreshold {}\n",
        named.last_head,
        hex::text(&named.last_hash),
        named.threshold
    );
    for founder in &named.founders {
        // Writing to a string can't fail.
        let _ = writeln!(text, "founder {} {}", founder.unit, hex::text(&founder.public_key));
    }
    text
}

impl State {
    pub(super) fn name_founders(
        &mut self,
        at: usize,
        named: &proto::FoundersNamed,
        signed_by: &BTreeSet<(usize, [u8; 32])>,
    ) -> Result<(), Refused> {
        if let Some(before) = &self.founders {
            if (named.last_head, &named.last_hash[..]) != (before.head, &before.leaf[..]) {
                let message = format!(
                    "This does not follow on the founders that are named now, since the head {}: it \
                     was said before, or others were named since it was signed.",
                    before.head
                );
                return Err(("other-founders", message));
            }
            if !before.have_signed(at, signed_by) {
                let message = "The founders before have not signed this, or too few of them.";
                return Err(("below-threshold", message.to_owned()));
            }
        }
        let mut keys = BTreeMap::new();
        for founder in &named.founders {
            let unit = self.living(&founder.unit)?;
            let key = super::nodes::key(&unit, &founder.public_key)?;
            if keys.values().any(|other| *other == key) || keys.insert(unit.clone(), key).is_some()
            {
                return Err(("founder", format!("The founder {unit} or its key is there twice.")));
            }
        }
        let threshold = usize::try_from(named.threshold).unwrap_or(usize::MAX);
        // With half of them or less two parts of the founders could name two registrars.
        if threshold > keys.len() || threshold * 2 <= keys.len() {
            let message = format!(
                "Of {} founders more than half and at most all must sign, not {threshold}.",
                keys.len()
            );
            return Err(("threshold", message));
        }
        self.founders = Some(Founders { keys, threshold, head: self.head, leaf: self.leaf });
        Ok(())
    }

    /// Whether a unit keeps or kept the directory in that epoch of its log.
    pub(super) fn has_kept(&self, unit: &UnitId, epoch: u32) -> bool {
        self.terms.iter().any(|term| term.unit == *unit && term.epoch == epoch)
    }

    /// Whether a unit keeps the directory, or will after this event, in that epoch of its log.
    pub(super) fn keeps(&self, unit: &UnitId, epoch: u32) -> bool {
        let mut terms = self.next.iter().chain([self.term()]);
        terms.any(|term| term.unit == *unit && term.epoch == epoch)
    }

    /// Whether the node of the unit that is named counts, with this key and epoch.
    pub(super) fn is_enrolled_as(&self, named: &proto::RegistrarNamed) -> bool {
        let unit = named.unit.parse::<UnitId>().ok();
        let node = unit.and_then(|unit| self.nodes.get(&unit));
        node.and_then(|node| self.tenure(node, self.head)).is_some_and(|tenure| {
            tenure.epoch == named.epoch && named.public_key == tenure.public_key
        })
    }

    /// The registrar's last word, or the first of one whom the founders named.
    pub(super) fn name_registrar(&mut self, named: &proto::RegistrarNamed) -> Result<(), Refused> {
        if !named.signatures.is_empty() {
            // Its term began before this event was taken in: `Directory::replacing`.
            let term = self.term();
            return if term.unit.as_str() == named.unit && term.base == named.last_head {
                Ok(())
            } else {
                let message = "The founders' statement does not fit the directory's head.";
                Err(("below-threshold", message.to_owned()))
            };
        }
        let unit = self.living(&named.unit)?;
        if unit == self.term().unit {
            return Err(("registrar", format!("{unit} keeps the directory already.")));
        }
        if !self.is_enrolled_as(named) {
            let message =
                format!("{unit} has no node that is enrolled with this key and epoch now.");
            return Err(("registrar", message));
        }
        if self.has_kept(&unit, named.epoch) {
            // What it said after its term ended would begin to count.
            let message = format!(
                "{unit} kept the directory before with this key: it takes a new one first (giapranh \
                 node close, giapranh node rotate)."
            );
            return Err(("registrar", message));
        }
        self.next = Some(Term { unit, epoch: named.epoch, base: self.head });
        Ok(())
    }
}
