//! Numbers of identity papers.

use super::{NotAValue, PartialDate, is_digits, without_marks};
use crate::codes::{IdentityKind, Sex};

/// A number of an identity card: 9 digits (chứng minh nhân dân), or 12 (the last of those, căn cước
/// công dân, căn cước).
///
/// Of the 12, decree 137/2015/NĐ-CP and circular 59/2021/TT-BCA say: three are the province or the
/// country of the registration of birth, one the century and the sex, two the year of birth, six
/// are random. No province has the code 000, so invented people have numbers that begin with it, and
/// those agree with everything.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdentityNumber(String);

/// What else is said of the person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Born {
    /// Empty in papers that don't state it.
    pub sex: Option<Sex>,
    /// With its precision.
    pub date: Option<PartialDate>,
}

/// In what a number of 12 digits does not agree with what is said of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// No province has that code.
    Province,
    /// The digit of century and sex is that of the other sex.
    Sex,
    /// The person was born in another year.
    Year,
}

impl Mismatch {
    /// One sentence.
    pub fn message(self) -> &'static str {
        match self {
            Self::Province => "No province has the number's first three digits: read it again.",
            Self::Sex => "The number's fourth digit is one of the other sex: read it again.",
            Self::Year => {
                "The number's fifth and sixth digits are another year of birth: read it again."
            }
        }
    }
}

impl IdentityNumber {
    /// A number as somebody wrote it.
    pub fn parse(kind: IdentityKind, written: &str) -> Result<Self, NotAValue> {
        let bare = without_marks(written);
        let fits = match kind {
            IdentityKind::Cccd => bare.len() == 12,
            IdentityKind::Cmnd => bare.len() == 9 || bare.len() == 12,
            IdentityKind::Passport => return Passport::parse(written).map(|number| Self(number.0)),
        };
        if fits && is_digits(&bare) {
            return Ok(Self(bare));
        }
        let message = "A cccd has 12 digits, a cmnd 9 or 12, a passport 6 to 12 letters or digits.";
        Err(NotAValue::shape(message))
    }

    /// Without spaces and dashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In what it does not agree with what is said of the person. Only 12 digits say anything.
    pub fn mismatch(&self, person: Born) -> Option<Mismatch> {
        if self.0.len() != 12 || !is_digits(&self.0) || self.0.starts_with("000") {
            return None;
        }
        let part = |from: usize, to: usize| self.0[from..to].parse::<u16>().unwrap_or(0);
        let (place, century, year) = (part(0, 3), part(3, 4), part(4, 6));
        // From 100 on they are countries, of which the circular's list grows.
        if place < 100 && !PROVINCES.contains(&place) {
            return Some(Mismatch::Province);
        }
        let sex = if century % 2 == 0 { Sex::Male } else { Sex::Female };
        if person.sex.is_some_and(|said| said != Sex::Unknown && said != sex) {
            return Some(Mismatch::Sex);
        }
        let year = 1900 + century / 2 * 100 + year;
        let other = |date: PartialDate| i16::try_from(year).ok() != Some(date.year());
        person.date.is_some_and(other).then_some(Mismatch::Year)
    }
}

/// Codes of provinces by circular 59/2021/TT-BCA: those of the 63 provinces of before July 2025,
/// which the numbers keep.
const PROVINCES: [u16; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

/// A passport's number: 6 to 12 letters and digits in capitals (ICAO Doc 9303 has 9 places; some
/// countries write more). Ours are one letter and seven digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passport(String);

impl Passport {
    /// A number as somebody wrote it.
    pub fn parse(written: &str) -> Result<Self, NotAValue> {
        let bare = without_marks(written).to_ascii_uppercase();
        let fits =
            (6..=12).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_alphanumeric());
        let message = "A passport's number has 6 to 12 letters or digits.";
        fits.then_some(Self(bare)).ok_or(NotAValue::shape(message))
    }

    /// In capitals, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_digits_of_its_kind() {
        use IdentityKind::{Cccd, Cmnd, Passport};
        let cases = [
            (Cccd, "000 090 000 001", "000090000001"),
            (Cmnd, "000.000.001", "000000001"),
            (Cmnd, "000090000001", "000090000001"),
            (Passport, "c0000 001", "C0000001"),
        ];
        for (kind, written, value) in cases {
            assert_eq!(IdentityNumber::parse(kind, written).unwrap().as_str(), value);
        }
        let bad = [
            (Cccd, "123456789"),
            (Cccd, "00009000000x"),
            (Cmnd, "12345678"),
            (Cmnd, ""),
            (Passport, "C00"),
            (Passport, "Đ0000001"),
        ];
        for (kind, written) in bad {
            assert_eq!(
                IdentityNumber::parse(kind, written).unwrap_err().rule,
                "shape",
                "{written}"
            );
        }
    }

    #[test]
    fn twelve_digits_agree_with_the_person() {
        let born =
            |sex, date: &str| Born { sex: Sex::parse(sex), date: PartialDate::parse(date).ok() };
        let number = |text| IdentityNumber::parse(IdentityKind::Cccd, text).unwrap();
        let cases = [
            ("079090000000", born("male", "1990-05"), None),
            ("079190000000", born("female", "1990"), None),
            ("080305000000", born("female", "2005-01-01"), None),
            ("079090000000", born("unknown", ""), None),
            ("101090000000", born("male", "1990"), None),
            ("000000000000", born("female", "1990"), None),
            ("079190000000", born("male", "1990"), Some(Mismatch::Sex)),
            ("079091000000", born("male", "1990"), Some(Mismatch::Year)),
            ("079290000000", born("male", "1990"), Some(Mismatch::Year)),
            ("003090000000", born("male", "1990"), Some(Mismatch::Province)),
        ];
        for (text, person, mismatch) in cases {
            assert_eq!(number(text).mismatch(person), mismatch, "{text}");
        }
        let old = IdentityNumber::parse(IdentityKind::Cmnd, "123456789").unwrap();
        assert_eq!(old.mismatch(born("male", "1990")), None);
    }
}
