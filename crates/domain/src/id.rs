//! Ids as values that can't be wrong.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Longest id, bytes: it must fit a NATS subject's token.
const LONGEST: usize = 64;

/// A text is not an id of that kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not {expected}")]
pub struct NotAnId {
    text: String,
    expected: &'static str,
}

fn is_token(text: &str) -> bool {
    matches!(text.as_bytes().first(), Some(b'a'..=b'z' | b'0'..=b'9'))
        && text.len() <= LONGEST
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}

/// The text is shown in messages: what somebody pasted must not flood the terminal.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

macro_rules! token_id {
    ($(#[$doc:meta])* $name:ident, $expected:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if is_token(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(NotAnId { text: shown(text), expected: $expected })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

token_id!(
    /// A unit: `hcm`, `long-an_duc-hoa`. Given once by the registrar and never again.
    UnitId,
    "a unit's id such as long-an_duc-hoa (see: giapranh unit list)"
);
token_id!(
    /// A border zone: `hcm-long-an`, or one of the reserved `directory`, `cluster`, `local`.
    ZoneId,
    "a zone's id such as hcm-long-an (see: giapranh zone list)"
);
token_id!(
    /// An officer by the stable pseudonymous id that the unit gave: never a name.
    OfficerId,
    "an officer's id: letters a-z, digits and dashes, not a name"
);

impl UnitId {
    /// The province in whose stream the unit publishes: what stands before the first `_`.
    #[must_use]
    pub fn province(&self) -> Self {
        Self(self.0.split('_').next().unwrap_or(&self.0).to_owned())
    }
}

impl ZoneId {
    /// The registrar's feed.
    pub fn directory() -> Self {
        Self("directory".to_owned())
    }

    /// Every unit of the cluster.
    pub fn cluster() -> Self {
        Self("cluster".to_owned())
    }

    /// What a node keeps to itself.
    pub fn local() -> Self {
        Self("local".to_owned())
    }

    /// Whether units can't define it: it means something to the program.
    pub fn is_reserved(&self) -> bool {
        matches!(self.as_str(), "directory" | "cluster" | "local")
    }
}

/// An alert: issuing unit, year and that unit's own counter, as on the paper: `hcm/2024/000123`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
pub struct AlertId {
    issuer: UnitId,
    year: u16,
    number: u32,
}

impl AlertId {
    /// Largest number of a year: six digits.
    pub const LAST: u32 = 999_999;

    /// The id of a unit's alert. `None` when the number is 0 or over [`Self::LAST`].
    pub fn new(issuer: UnitId, year: u16, number: u32) -> Option<Self> {
        ((1..=Self::LAST).contains(&number) && (2000..=9999).contains(&year)).then_some(Self {
            issuer,
            year,
            number,
        })
    }

    /// The unit under whose name it was issued.
    pub fn issuer(&self) -> &UnitId {
        &self.issuer
    }

    /// The year in the number.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The counter in the number.
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Display for AlertId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{:06}", self.issuer, self.year, self.number)
    }
}

impl FromStr for AlertId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let parse = || {
            let mut parts = text.split('/');
            let issuer = parts.next()?.parse().ok()?;
            let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
            let number = parts.next().filter(|n| n.len() == 6)?.parse().ok()?;
            // `parse` takes "+1": what is not written as we write it is another text.
            let id = Self::new(issuer, year, number).filter(|id| id.to_string() == text);
            parts.next().is_none().then_some(id).flatten()
        };
        let expected = "an alert's number such as hcm/2024/000123 (see: giapranh alert list)";
        parse().ok_or_else(|| NotAnId { text: shown(text), expected })
    }
}

impl TryFrom<String> for AlertId {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        text.parse()
    }
}

impl From<AlertId> for String {
    fn from(id: AlertId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_number_reads_back_and_nothing_else_does() {
        let id: AlertId = "long-an_duc-hoa/2024/000123".parse().unwrap();
        assert_eq!(id.to_string(), "long-an_duc-hoa/2024/000123");
        assert_eq!(id.issuer().province().as_str(), "long-an");
        for bad in
            ["", "hcm/2024", "hcm/2024/1", "hcm/24/000001", "HCM/2024/000001", "hcm/2024/000000"]
        {
            assert!(bad.parse::<AlertId>().is_err(), "{bad}");
        }
        assert!("hcm/2024/+00001".parse::<AlertId>().is_err());
        assert!("hcm/2024/000001/2".parse::<AlertId>().is_err());
    }

    #[test]
    fn a_refused_id_is_shown_without_its_control_characters() {
        let error = format!("x\u{1b}[2J{}", "y".repeat(500)).parse::<UnitId>().unwrap_err();
        let text = error.to_string();
        assert!(!text.contains('\u{1b}') && text.len() < 200, "{text}");
    }
}
