//! Which units touch and are in no common zone.

use serde::{Deserialize, Serialize};

use super::Directory;
use crate::UnitId;

/// Two units that touch, by id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Border {
    /// One of them.
    pub a: UnitId,
    /// The other.
    pub b: UnitId,
    /// How long their border is.
    pub shared_m: u64,
}

/// Two units that touch and are in no common zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Apart {
    pub a: UnitId,
    pub b: UnitId,
    pub shared_m: u64,
}

/// The borders that no zone covers now. A unit that has ended touches nobody.
pub fn uncovered(directory: &Directory, borders: &[Border]) -> Vec<Apart> {
    let head = directory.head();
    let alive = |id: &UnitId| directory.unit(id).is_some_and(|unit| unit.is_alive(head));
    let together = |border: &Border| {
        directory.zones().any(|zone| {
            directory.is_member(&border.a, &zone.id, head)
                && directory.is_member(&border.b, &zone.id, head)
        })
    };
    let apart = borders.iter().filter(|border| alive(&border.a) && alive(&border.b));
    apart
        .filter(|border| !together(border))
        .map(|border| Apart { a: border.a.clone(), b: border.b.clone(), shared_m: border.shared_m })
        .collect()
}
