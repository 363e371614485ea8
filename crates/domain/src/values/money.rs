//! An amount of money.

use super::NotAValue;

/// Whole đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(u64);

impl Money {
    /// A hundred thousand billion đồng: more is a slip of the hand. Policy of the program.
    pub const MOST: u64 = 100_000_000_000_000;

    /// An amount in đồng.
    pub fn vnd(amount: u64) -> Result<Self, NotAValue> {
        if amount > Self::MOST {
            let message = "The amount is in đồng: 100,000,000,000,000 at most.";
            return Err(NotAValue { rule: "range", message });
        }
        Ok(Self(amount))
    }

    /// In đồng.
    pub fn amount(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_an_end() {
        assert_eq!(Money::vnd(Money::MOST).unwrap().amount(), Money::MOST);
        assert_eq!(Money::vnd(Money::MOST + 1).unwrap_err().rule, "range");
    }
}
