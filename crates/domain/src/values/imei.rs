//! The number of a mobile device.

use super::{NotAValue, is_digits, without_marks};

/// An IMEI: 15 digits, the last one a check digit by Luhn (3GPP TS 23.003, annex B).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Imei(String);

impl Imei {
    /// A number as the device shows it (`*#06#`), also with the groups of its box.
    pub fn parse(written: &str) -> Result<Self, NotAValue> {
        let bare: String = without_marks(written).chars().filter(|c| *c != '/').collect();
        if !is_digits(&bare) || bare.len() != 15 {
            return Err(NotAValue::shape("An IMEI has 15 digits (dial *#06#)."));
        }
        if !luhn(&bare) {
            let message = "The IMEI's last digit does not agree with the others: read it again.";
            return Err(NotAValue { rule: "checksum", message });
        }
        Ok(Self(bare))
    }

    /// Its 15 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') << (place % 2);
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_finds_a_slip() {
        // The example of the standard's tables.
        for good in
            ["490154203237518", "49-015420-323751-8", "490154 203237 518", "000000000000000"]
        {
            assert_eq!(Imei::parse(good).unwrap().as_str().len(), 15, "{good}");
        }
        assert_eq!(Imei::parse("490154203237517").unwrap_err().rule, "checksum");
        assert_eq!(Imei::parse("490154203235718").unwrap_err().rule, "checksum");
        for bad in [
            "",
            "49015420323751",
            "4901542032375180",
            "49015420323751x",
            "４９０１５４２０３２３７５１８",
        ] {
            assert_eq!(Imei::parse(bad).unwrap_err().rule, "shape", "{bad}");
        }
    }
}
