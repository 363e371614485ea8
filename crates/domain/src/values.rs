//! What officers type that has a form of its own: plates, numbers, addresses. Each is parsed once
//! into a value that can't be wrong, has one spelling for all, and says where its rule comes from.
//!
//! Three answers are kept apart: a value that is understood; one whose form nobody here knows but
//! somebody may need (a foreign plate, a new prefix), which is kept as written and said to be
//! *unrecognised*; and one that can only be a slip, which is refused with [`NotAValue`].

mod account;
mod identity;
mod imei;
mod money;
mod partial_date;
mod phone;
mod plate;
mod url;
mod vin;

pub use account::Account;
pub use identity::{Born, IdentityNumber, Mismatch, Passport};
pub use imei::Imei;
pub use money::Money;
pub use partial_date::{PartialDate, Precision};
pub use phone::Phone;
pub use plate::Plate;
pub use url::{Handle, Url};
pub use vin::Vin;

/// A text is no value of that kind: which rule it breaks, and what to do. Never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NotAValue {
    /// The rule's code in a fault: `shape`, `checksum`, …
    pub rule: &'static str,
    /// One sentence.
    pub message: &'static str,
}

impl NotAValue {
    const fn shape(message: &'static str) -> Self {
        Self { rule: "shape", message }
    }
}

/// A text without the marks that people put between groups of digits and letters.
fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '–' | '_')).collect()
}

/// Only the digits 0 to 9, at least one.
fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
