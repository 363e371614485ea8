//! A phone number.

use super::{NotAValue, is_digits};

/// A phone number in one spelling: `+84` and the national number.
///
/// The numbering is that of circular 22/2014/TT-BTTTT on the plan of telecommunication numbers as
/// it stands after the moves of 2017 (area codes begin with 2) and of September 2018 (mobile numbers
/// of 11 digits lost one: 0162–0169 became 032–039, 012x 07x and 08x, 018x and 0199 05x). A number
/// of before September 2018 means the one that it became.
///
/// A number with another country's code is recognised by its form. One with a prefix that nobody
/// has been given, or a short one, is kept as written and is unrecognised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phone {
    value: String,
    line: Line,
}

/// What a number leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Mobile,
    Landline,
    /// 1800 and 1900.
    Service,
    Foreign,
    Unrecognised,
}

/// First digits of mobile numbers after the trunk 0: what operators use.
const MOBILE: [&str; 5] = ["3[2-9]", "5[25689]", "7[06-9]", "8[1-9]", "9[0-46-9]"];

/// Of September 2018: old prefix and new one, after the trunk 0.
const RENUMBERED: [(&str, &str); 21] = [
    ("162", "32"),
    ("163", "33"),
    ("164", "34"),
    ("165", "35"),
    ("166", "36"),
    ("167", "37"),
    ("168", "38"),
    ("169", "39"),
    ("120", "70"),
    ("121", "79"),
    ("122", "77"),
    ("126", "76"),
    ("128", "78"),
    ("123", "83"),
    ("124", "84"),
    ("125", "85"),
    ("127", "81"),
    ("129", "82"),
    ("186", "56"),
    ("188", "58"),
    ("199", "59"),
];

impl Phone {
    /// Longest text, characters.
    const LONGEST: usize = 32;

    /// A number as somebody wrote it.
    pub fn parse(written: &str) -> Result<Self, NotAValue> {
        let written = written.trim();
        let digits = written.chars().filter(char::is_ascii_digit).count();
        if digits < 3 || written.chars().count() > Self::LONGEST {
            return Err(NotAValue::shape("A phone number has at least three digits."));
        }
        let found = bare(written).and_then(|bare| recognise(&bare));
        Ok(found.unwrap_or_else(|| Self { value: written.to_owned(), line: Line::Unrecognised }))
    }

    /// The one spelling: `+84901234567`; as written when it is unrecognised.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Whether its prefix is known.
    pub fn is_recognised(&self) -> bool {
        self.line != Line::Unrecognised
    }

    /// Whether it is a number of this country at whose end a person may be.
    pub fn is_of_a_person(&self) -> bool {
        matches!(self.line, Line::Mobile | Line::Landline)
    }

    /// As people here write it: `0901 234 567`.
    pub fn display(&self) -> String {
        match (self.line, self.value.strip_prefix("+84")) {
            (Line::Mobile, Some(national)) => {
                format!("0{} {} {}", &national[..3], &national[3..6], &national[6..])
            }
            (Line::Landline, Some(national)) => format!("0{national}"),
            _ => self.value.clone(),
        }
    }
}

/// Without the marks between groups; `None` when there is anything else in it.
fn bare(written: &str) -> Option<String> {
    let mark = |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '/' | '–');
    let bare: String = written.chars().filter(|c| !mark(*c)).collect();
    is_digits(bare.strip_prefix('+').unwrap_or(&bare)).then_some(bare)
}

fn recognise(bare: &str) -> Option<Phone> {
    let international = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00"));
    if let Some(number) = international {
        let Some(national) = number.strip_prefix("84") else {
            let whole = (7..=15).contains(&number.len()) && !number.starts_with('0');
            return whole.then(|| Phone { value: format!("+{number}"), line: Line::Foreign });
        };
        // "+84 (0)90…" is what some business cards say.
        return national_number(national.strip_prefix('0').unwrap_or(national));
    }
    if let Some(national) = bare.strip_prefix('0') {
        return national_number(national);
    }
    if matches!(bare.get(..4), Some("1800" | "1900")) && matches!(bare.len(), 8 | 10) {
        return Some(Phone { value: bare.to_owned(), line: Line::Service });
    }
    bare.strip_prefix("84").and_then(national_number)
}

fn national_number(digits: &str) -> Option<Phone> {
    let phone = |digits: &str, line| Some(Phone { value: format!("+84{digits}"), line });
    match digits.len() {
        9 if is_mobile(digits) => phone(digits, Line::Mobile),
        10 if is_landline(digits) => phone(digits, Line::Landline),
        10 => {
            let (_, new) = RENUMBERED.iter().find(|(old, _)| digits.starts_with(old))?;
            phone(&format!("{new}{}", &digits[3..]), Line::Mobile)
        }
        _ => None,
    }
}

fn is_mobile(digits: &str) -> bool {
    let second = digits.chars().nth(1);
    MOBILE.iter().any(|range| {
        digits.starts_with(&range[..1]) && second.is_some_and(|second| within(&range[1..], second))
    })
}

/// Whether a character is in a set as `[06-9]` writes it.
fn within(set: &str, c: char) -> bool {
    let mut rest = set.trim_matches(['[', ']']).chars().peekable();
    while let Some(first) = rest.next() {
        let last =
            if rest.next_if_eq(&'-').is_some() { rest.next().unwrap_or(first) } else { first };
        if (first..=last).contains(&c) {
            return true;
        }
    }
    false
}

/// Hanoi and Ho Chi Minh City have 24 and 28, the other provinces three digits.
fn is_landline(digits: &str) -> bool {
    let area: u16 = digits[..3].parse().unwrap_or(0);
    digits.starts_with("24")
        || digits.starts_with("28")
        || matches!(
            area,
            203..=216 | 218..=222 | 225..=229 | 232..=239 | 251 | 252 | 254..=263 | 269..=277
                | 290..=294 | 296 | 297 | 299
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_spelling() {
        for written in [
            "0901234567",
            "0901 234 567",
            "090-123-4567",
            "090.123.4567",
            "+84901234567",
            "+84 901 234 567",
            "84901234567",
            "0084901234567",
            "+84 (0)901 234 567",
            " (090) 1234567",
        ] {
            let phone = Phone::parse(written).unwrap();
            assert_eq!(
                (phone.as_str(), phone.is_recognised()),
                ("+84901234567", true),
                "{written}"
            );
            assert_eq!(phone.display(), "0901 234 567");
        }
    }

    #[test]
    fn an_old_prefix_means_what_it_became() {
        let cases = [
            ("01621234567", "+84321234567"),
            ("01691234567", "+84391234567"),
            ("0120 123 4567", "+84701234567"),
            ("0121 123 4567", "+84791234567"),
            ("0122 123 4567", "+84771234567"),
            ("0123 123 4567", "+84831234567"),
            ("0124 123 4567", "+84841234567"),
            ("0125 123 4567", "+84851234567"),
            ("0126 123 4567", "+84761234567"),
            ("0127 123 4567", "+84811234567"),
            ("0128 123 4567", "+84781234567"),
            ("0129 123 4567", "+84821234567"),
            ("0186 123 4567", "+84561234567"),
            ("+84188 123 4567", "+84581234567"),
            ("0199 123 4567", "+84591234567"),
        ];
        for (old, new) in cases {
            assert_eq!(Phone::parse(old).unwrap().as_str(), new, "{old}");
        }
    }

    #[test]
    fn other_lines_are_recognised_by_their_form() {
        let cases = [
            ("028 3838 7342", "+842838387342"),
            ("(0272) 3 826 282", "+842723826282"),
            ("1900 1234", "19001234"),
            ("+855 12 345 678", "+85512345678"),
        ];
        for (written, value) in cases {
            let phone = Phone::parse(written).unwrap();
            assert_eq!((phone.as_str(), phone.is_recognised()), (value, true), "{written}");
        }
    }

    #[test]
    fn an_unknown_prefix_is_kept_as_written() {
        for written in [
            "0201 234 5678",
            "0401234567",
            "0953 123 456",
            "113",
            "01611234567",
            "+84 12",
            "090123456x",
            "0800 12",
        ] {
            let phone = Phone::parse(&format!(" {written} ")).unwrap();
            assert_eq!((phone.as_str(), phone.is_recognised()), (written, false));
        }
        for bad in ["", "12", "không rõ", &"1".repeat(33)] {
            assert_eq!(Phone::parse(bad).unwrap_err().rule, "shape", "{bad}");
        }
    }
}
