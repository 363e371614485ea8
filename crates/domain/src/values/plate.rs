//! A vehicle's plate.

use super::{NotAValue, without_marks};

/// A plate in one spelling: capitals and digits without dots, dashes and spaces, đ as D.
///
/// The forms are those of circulars 58/2020/TT-BCA and 24/2023/TT-BCA, and of what still runs from
/// before them:
///
/// | form | as on the vehicle |
/// |---|---|
/// | car, also blue, yellow and of joint ventures (one or two letters) | `51A-123.45`, `80A-123.45`, `51LD-123.45`, old `51A-1234` |
/// | motorcycle (letter and digit, since 2023 also two letters) | `59-X1 123.45`, `59-AA 123.45`, old `59-X1 1234` |
/// | electric motorcycle | `59-MĐ1 123.45` |
/// | diplomats, organisations, foreigners | `41-291-NG-01`, `80-123-NN-01` |
/// | army (two letters) | `KT 12-34` |
///
/// `?` stands for a character that could not be read. Another form, a foreign one for example, is
/// kept as written and is unrecognised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Plate {
    value: String,
    form: Option<Form>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// Place, series of so many characters, number.
    Civil {
        series: usize,
    },
    Diplomatic,
    Army,
}

/// Where civil plates come from, by circular 24/2023/TT-BCA, and 80 for the traffic police's own
/// department. Those of before July 2025 go on.
const PLACES: [u8; 81] = [
    11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
    36, 37, 38, 39, 40, 41, 43, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 88,
    89, 90, 92, 93, 94, 95, 97, 98, 99,
];

/// `p` a digit of the place, `l` a letter, `d` a digit; capitals are themselves.
const FORMS: [(&str, Form); 12] = [
    ("pplddddd", Form::Civil { series: 1 }),
    ("ppldddd", Form::Civil { series: 1 }),
    ("ppldddddd", Form::Civil { series: 2 }),
    ("ppllddddd", Form::Civil { series: 2 }),
    ("pplldddd", Form::Civil { series: 2 }),
    ("pplldddddd", Form::Civil { series: 3 }),
    ("ppdddNGdd", Form::Diplomatic),
    ("ppdddQTdd", Form::Diplomatic),
    ("ppdddCVdd", Form::Diplomatic),
    ("ppdddNNdd", Form::Diplomatic),
    ("lldddd", Form::Army),
    ("llddddd", Form::Army),
];

impl Plate {
    /// Longest text, characters.
    const LONGEST: usize = 32;

    /// A plate as somebody wrote it. With `partial` a character may be `?`, and a part is enough.
    pub fn parse(written: &str, partial: bool) -> Result<Self, NotAValue> {
        let written = written.trim();
        let read = written.chars().filter(|c| c.is_alphanumeric()).count();
        if read < 2 || written.chars().count() > Self::LONGEST {
            return Err(NotAValue::shape("A plate has at least two characters that were read."));
        }
        if written.contains('?') && !partial {
            let message = "A plate with ? for a character that was not read is partial: say so.";
            return Err(NotAValue { rule: "partial", message });
        }
        let bare = spelling(written);
        let form = FORMS.iter().find(|(pattern, _)| fits(pattern, &bare)).map(|(_, form)| *form);
        // A part of a plate in our letters has one spelling, too.
        let ours = bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'?');
        let value = if form.is_some() || (partial && ours) { bare } else { written.to_owned() };
        Ok(Self { value, form })
    }

    /// The one spelling; as written when it is unrecognised.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Whether it has a form of this country.
    pub fn is_recognised(&self) -> bool {
        self.form.is_some()
    }

    /// As on the vehicle. `59X11234` is a motorcycle's `59-X1 1234` as well as a car's `59X-112.34`.
    pub fn display(&self, motorcycle: bool) -> String {
        let value = self.value.as_str();
        match self.form {
            None => value.to_owned(),
            Some(Form::Army) => format!("{} {}-{}", &value[..2], &value[2..4], &value[4..]),
            Some(Form::Diplomatic) => {
                format!("{}-{}-{}-{}", &value[..2], &value[2..5], &value[5..7], &value[7..])
            }
            Some(Form::Civil { series }) => {
                let old = motorcycle && series == 1 && value.len() == 8;
                let (head, number) = value.split_at(2 + series + usize::from(old));
                let number = match number.len() {
                    5 => format!("{}.{}", &number[..3], &number[3..]),
                    _ => number.to_owned(),
                };
                if motorcycle || head.ends_with(|c: char| c.is_ascii_digit()) {
                    format!("{}-{} {number}", &head[..2], &head[2..])
                } else {
                    format!("{head}-{number}")
                }
            }
        }
    }
}

fn spelling(written: &str) -> String {
    let plain = |c: char| if matches!(c, 'Đ' | 'đ') { 'D' } else { c.to_ascii_uppercase() };
    without_marks(written).chars().map(plain).collect()
}

/// Whether a spelling has the form of a pattern; `?` may be any character.
fn fits(pattern: &str, bare: &str) -> bool {
    if pattern.len() != bare.len() || !bare.is_ascii() {
        return false;
    }
    let characters = pattern.bytes().zip(bare.bytes()).all(|(wanted, byte)| {
        byte == b'?'
            || match wanted {
                b'p' | b'd' => byte.is_ascii_digit(),
                b'l' => byte.is_ascii_uppercase(),
                word => byte == word,
            }
    });
    characters && (!pattern.starts_with("pp") || is_place(&bare[..2]))
}

fn is_place(text: &str) -> bool {
    text.contains('?') || text.parse().is_ok_and(|code: u8| PLACES.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_plate_has_one_spelling() {
        let cases = [
            ("51A-123.45", false, "51A12345", "51A-123.45"),
            ("51a 12345", false, "51A12345", "51A-123.45"),
            ("80A-123.45", false, "80A12345", "80A-123.45"),
            ("51LD-123.45", false, "51LD12345", "51LD-123.45"),
            ("52N-1234", false, "52N1234", "52N-1234"),
            ("59-X1 123.45", true, "59X112345", "59-X1 123.45"),
            ("59X1-12345", true, "59X112345", "59-X1 123.45"),
            ("59-AA 123.45", true, "59AA12345", "59-AA 123.45"),
            ("59-X1 1234", true, "59X11234", "59-X1 1234"),
            ("59X-112.34", false, "59X11234", "59X-112.34"),
            ("59-MĐ1 123.45", true, "59MD112345", "59-MD1 123.45"),
            ("41-291-NG-01", false, "41291NG01", "41-291-NG-01"),
            ("80-123-NN-45", false, "80123NN45", "80-123-NN-45"),
            ("KT 12-34", false, "KT1234", "KT 12-34"),
        ];
        for (written, motorcycle, value, display) in cases {
            let plate = Plate::parse(written, false).unwrap();
            assert!(plate.is_recognised(), "{written}");
            assert_eq!((plate.as_str(), plate.display(motorcycle).as_str()), (value, display));
            assert_eq!(Plate::parse(value, false).unwrap(), plate);
        }
    }

    #[test]
    fn what_was_not_read_is_a_question_mark() {
        let plate = Plate::parse("59-X1 12?.4?", true).unwrap();
        assert_eq!((plate.as_str(), plate.is_recognised()), ("59X112?4?", true));
        assert_eq!(plate.display(true), "59-X1 12?.4?");
        assert!(Plate::parse("??A-123.45", true).unwrap().is_recognised());
        let part = Plate::parse("123.4", true).unwrap();
        assert_eq!((part.as_str(), part.is_recognised()), ("1234", false));
        assert_eq!(Plate::parse("59-X1 12?.45", false).unwrap_err().rule, "partial");
        for bad in ["", "?????", "5?", " - "] {
            assert_eq!(Plate::parse(bad, true).unwrap_err().rule, "shape", "{bad}");
        }
    }

    #[test]
    fn another_form_is_kept_as_written() {
        for written in [
            "1A-2345 Phnom Penh",
            "13A-123.45",
            "00A-123.45",
            "ກກ 1234",
            "51A-123",
            "5A-12345",
            "T51-123.45",
        ] {
            let plate = Plate::parse(&format!(" {written}"), false).unwrap();
            assert_eq!((plate.as_str(), plate.is_recognised()), (written, false));
        }
        assert!(Plate::parse(&"5".repeat(33), false).is_err());
    }
}
