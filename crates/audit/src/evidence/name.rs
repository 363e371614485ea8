//! The names of parts, and their order.

use std::fmt;
use std::str::FromStr;

use giapranh_record::is_token;
use giapranh_record::limits::EVENT_BYTES;

use crate::evidence::{MANIFEST_BYTES, NOTE_BYTES};
use crate::tree::TreeId;

/// An index of a tree. Shown as `hcm/1/17`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub struct At {
    pub tree: TreeId,
    pub index: u64,
}

/// A part's name. Their order is that of the parts in a file: by what they are, then by origin (its
/// bytes), epoch and number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Name {
    Manifest,
    /// By head.
    Directory(u64),
    /// What a registrar said that the founders undid: by the head at which they named another one,
    /// and the head that it made before.
    Undone(u64, u64),
    Event(At),
    /// By size, here and below.
    Checkpoint(TreeId, u64),
    Inclusion(At),
    Consistency(TreeId, u64, u64),
}

impl Name {
    /// Most bytes that such a part may have.
    pub fn limit(&self) -> usize {
        match self {
            Self::Manifest => MANIFEST_BYTES,
            Self::Directory(_) | Self::Undone(..) | Self::Event(_) => EVENT_BYTES,
            Self::Checkpoint(..) | Self::Inclusion(_) | Self::Consistency(..) => NOTE_BYTES,
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.tree, self.index)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Manifest => f.write_str("manifest"),
            Self::Directory(seq) => write!(f, "directory/{seq}"),
            Self::Undone(by, head) => write!(f, "undone/{by}/{head}"),
            Self::Event(at) => write!(f, "event/{at}"),
            Self::Checkpoint(tree, size) => write!(f, "checkpoint/{tree}/{size}"),
            Self::Inclusion(at) => write!(f, "inclusion/{at}"),
            Self::Consistency(tree, old, new) => write!(f, "consistency/{tree}/{old}/{new}"),
        }
    }
}

/// The text names no part that there can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoName;

impl FromStr for Name {
    type Err = NoName;

    fn from_str(text: &str) -> Result<Self, NoName> {
        let fields: Vec<&str> = text.split('/').take(6).collect();
        let name = match fields[..] {
            ["manifest"] => Self::Manifest,
            ["directory", head] => Self::Directory(head_of(head)?),
            ["undone", by, head] => Self::Undone(head_of(by)?, head_of(head)?),
            ["event", origin, epoch, index] => Self::Event(at(origin, epoch, index)?),
            ["checkpoint", origin, epoch, size] => {
                Self::Checkpoint(tree(origin, epoch)?, number(size).ok_or(NoName)?)
            }
            ["inclusion", origin, epoch, index] => Self::Inclusion(at(origin, epoch, index)?),
            ["consistency", origin, epoch, old, new] => Self::Consistency(
                tree(origin, epoch)?,
                number(old).ok_or(NoName)?,
                number(new).ok_or(NoName)?,
            ),
            _ => return Err(NoName),
        };
        Ok(name)
    }
}

fn head_of(text: &str) -> Result<u64, NoName> {
    number(text).filter(|head| *head > 0).ok_or(NoName)
}

/// A number in decimal as we write it: no sign, no leading zero, at most 2^63 - 1.
pub(crate) fn number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text && i64::try_from(number).is_ok()).then_some(number)
}

fn tree(origin: &str, epoch: &str) -> Result<TreeId, NoName> {
    let epoch = number(epoch).and_then(|epoch| u32::try_from(epoch).ok());
    let epoch = epoch.filter(|epoch| *epoch > 0).ok_or(NoName)?;
    if !is_token(origin) {
        return Err(NoName);
    }
    Ok(TreeId { origin: origin.to_owned(), epoch })
}

fn at(origin: &str, epoch: &str, index: &str) -> Result<At, NoName> {
    Ok(At { tree: tree(origin, epoch)?, index: number(index).ok_or(NoName)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_in_their_one_spelling_and_have_the_order_of_the_file() {
        let ordered = [
            "manifest",
            "directory/1",
            "directory/2",
            "directory/10",
            "undone/5/5",
            "undone/5/10",
            "undone/10/10",
            "event/hcm/1/9",
            "event/hcm/1/10",
            "event/hcm/2/0",
            "event/long-an/1/0",
            "checkpoint/hcm/1/0",
            "checkpoint/hcm/1/40",
            "inclusion/hcm/1/9",
            "consistency/hcm/1/9/10",
            "consistency/hcm/1/9/11",
        ];
        let names: Vec<Name> = ordered.iter().map(|text| text.parse().unwrap()).collect();
        assert!(names.is_sorted_by(|a, b| a < b));
        assert!(names.iter().map(ToString::to_string).eq(ordered));
        for bad in [
            "",
            "Manifest",
            "manifest/1",
            "directory/0",
            "directory/01",
            "directory/+1",
            "undone/5",
            "undone/0/5",
            "undone/5/0",
            "event/hcm/1",
            "event/hcm/0/1",
            "event/hcm/4294967296/1",
            "event/HCM/1/1",
            "event/../1/1",
            "event/hcm/1/1/1",
            "event/hcm/1/9223372036854775808",
            "event/hcm/1/-1",
            "consistency/hcm/1/9",
            "consistency/hcm/1/9/10/11",
        ] {
            assert_eq!(bad.parse::<Name>(), Err(NoName), "{bad}");
        }
    }
}
