//! The number of a bank account.

use super::{NotAValue, is_digits, without_marks};

/// A bank account's number. Banks here give 6 to 19 digits (the longest are those of cards, ISO/IEC
/// 7812), and people write them in groups. Some banks also give names in place of numbers
/// ("số đẹp", aliases): those are kept as written and are unrecognised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    value: String,
    recognised: bool,
}

impl Account {
    /// Fewest and most digits.
    pub const DIGITS: std::ops::RangeInclusive<usize> = 6..=19;

    /// An account as somebody wrote it.
    pub fn parse(written: &str) -> Result<Self, NotAValue> {
        let bare = without_marks(written);
        if is_digits(&bare) {
            if Self::DIGITS.contains(&bare.len()) {
                return Ok(Self { value: bare, recognised: true });
            }
            return Err(NotAValue::shape("An account has 6 to 19 digits."));
        }
        let name =
            (3..=32).contains(&bare.chars().count()) && bare.chars().all(char::is_alphanumeric);
        if name {
            return Ok(Self { value: written.trim().to_owned(), recognised: false });
        }
        Err(NotAValue::shape(
            "An account has 6 to 19 digits, or is a name of 3 to 32 letters and digits.",
        ))
    }

    /// The one spelling: digits only.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Whether it is a number; a name is kept as written.
    pub fn is_recognised(&self) -> bool {
        self.recognised
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_has_one_spelling() {
        for written in ["0000123456789", "0000 1234 56789", "0000-1234-56789", " 0000.123456789 "] {
            let account = Account::parse(written).unwrap();
            assert_eq!((account.as_str(), account.is_recognised()), ("0000123456789", true));
        }
        let alias = Account::parse(" VIDU2024 ").unwrap();
        assert_eq!((alias.as_str(), alias.is_recognised()), ("VIDU2024", false));
        for bad in ["", "12345", "12345678901234567890", "12/34567", "a"] {
            assert_eq!(Account::parse(bad).unwrap_err().rule, "shape", "{bad}");
        }
    }
}
