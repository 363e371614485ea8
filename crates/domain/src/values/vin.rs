//! The number on a vehicle's frame.

use super::{NotAValue, without_marks};

/// A vehicle identification number: 17 of the letters and digits without I, O and Q (ISO 3779).
/// Its check digit is not looked at: makers here and in Europe don't set it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vin(String);

impl Vin {
    /// A number as it stands on the frame or in the papers.
    pub fn parse(written: &str) -> Result<Self, NotAValue> {
        let bare = without_marks(written).to_ascii_uppercase();
        let allowed = |byte: u8| {
            byte.is_ascii_digit()
                || (byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'O' | b'Q'))
        };
        if bare.len() == 17 && bare.bytes().all(allowed) {
            return Ok(Self(bare));
        }
        let message = "A VIN has 17 letters and digits, never I, O or Q; \
                       write an older frame number among the marks.";
        Err(NotAValue::shape(message))
    }

    /// Its 17 letters and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vin_has_seventeen_without_look_alikes() {
        assert_eq!(Vin::parse(" vdvdvdvd-000000000").unwrap().as_str(), "VDVDVDVD000000000");
        for bad in
            ["", "VDVDVDVD00000000", "VDVDVDVD0000000000", "VIDVDVDV000000000", "VĐVDVDVD000000000"]
        {
            assert!(Vin::parse(bad).is_err(), "{bad}");
        }
    }
}
