//! What was typed, in every way that it may be meant.

use std::collections::BTreeSet;

use giapranh_domain::AlertId;
use giapranh_domain::values::{Phone, Url};

use super::LONGEST_QUESTION;
use super::index::number_of;
use super::spelling::{bare, canonical, plain};
use crate::text::{WORDS, words_of};

/// Fewest characters of a number.
const SHORTEST_NUMBER: usize = 3;

/// A typed word, by what others are told apart from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub plain: String,
    pub canonical: String,
    pub bare: String,
}

/// What was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Every word.
    pub words: Vec<Word>,
    /// Those without a digit: a name has no others.
    pub names: Vec<Word>,
    /// What may be a number, as numbers are stored; `?` stands in plates alone.
    pub numbers: BTreeSet<String>,
    /// The same in another way: what a phone's number is by its country, or by its prefix of today.
    pub others: BTreeSet<String>,
    /// An alert's own number.
    pub id: Option<AlertId>,
    /// A year that may be one of birth.
    pub year: Option<i16>,
}

impl Asked {
    /// `None` when there is no letter or digit.
    pub fn of(text: &str) -> Option<Self> {
        let text: String = text.chars().take(LONGEST_QUESTION).map(shown).collect();
        let words: Vec<Word> = words_of(&text).take(WORDS).map(word).collect();
        if words.is_empty() {
            return None;
        }
        let is_name = |word: &&Word| !word.bare.contains(|c: char| c.is_ascii_digit());
        let names = words.iter().filter(is_name).cloned().collect();
        let (mut numbers, mut others) = (BTreeSet::new(), BTreeSet::new());
        let parts: Vec<&str> = text.split_whitespace().collect();
        for written in [text.trim()].into_iter().map(str::to_owned).chain(runs(&parts)) {
            add_number(&written, &mut numbers, &mut others);
        }
        others.retain(|other| !numbers.contains(other));
        Some(Self { names, numbers, others, id: id(&text), year: year(&words), words })
    }
}

/// A control character is none of what was meant; it ends a word.
fn shown(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

fn word(written: &str) -> Word {
    Word { plain: plain(written), canonical: canonical(written), bare: bare(written) }
}

/// Of `sđt 0901 234 567 của Ví Dụ` the parts with digits that stand together.
fn runs(parts: &[&str]) -> Vec<String> {
    let has_digit = |part: &&str| part.contains(|c: char| c.is_ascii_digit());
    let runs = parts.chunk_by(|one, other| has_digit(one) == has_digit(other));
    runs.filter(|run| run.first().is_some_and(has_digit)).map(|run| run.join(" ")).collect()
}

fn add_number(written: &str, numbers: &mut BTreeSet<String>, others: &mut BTreeSet<String>) {
    let value = number_of(written);
    let is_address = written.contains('.') && !written.contains(char::is_whitespace);
    if let Some(url) = Url::parse(written).ok().filter(|_| is_address) {
        numbers.insert(number_of(url.as_str()));
    }
    let has_digit = value.contains(|c: char| c.is_ascii_digit());
    let read = value.chars().filter(|c| *c != '?').count();
    if (!has_digit && !written.contains('@')) || read < SHORTEST_NUMBER {
        return;
    }
    if let Some(phone) = Phone::parse(written).ok().filter(Phone::is_recognised) {
        others.insert(number_of(phone.as_str()));
    }
    // Also of a number whose prefix nobody knows, or with a slip in it.
    match (value.strip_prefix('0'), value.strip_prefix("84")) {
        (Some(rest), _) if rest.len() >= 8 => drop(others.insert(format!("84{rest}"))),
        (_, Some(rest)) if rest.len() >= 8 => drop(others.insert(format!("0{rest}"))),
        _ => {}
    }
    numbers.insert(value);
}

/// `hcm/2024/000123`, also in capitals and without the zeros.
fn id(text: &str) -> Option<AlertId> {
    let text = text.trim().to_lowercase();
    let (head, number) = text.rsplit_once('/')?;
    let number: u32 = number.parse().ok()?;
    format!("{head}/{number:06}").parse().ok()
}

fn year(words: &[Word]) -> Option<i16> {
    let mut years = words.iter().filter_map(|word| match word.bare.parse() {
        Ok(year @ 1900..=2100) if word.bare.len() == 4 => Some(year),
        _ => None,
    });
    years.next().filter(|_| years.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn numbers(text: &str, expected: &[&str], others: &[&str]) {
        let asked = Asked::of(text).unwrap();
        assert_eq!(asked.numbers.iter().collect::<Vec<_>>(), expected, "{text}");
        assert_eq!(asked.others.iter().collect::<Vec<_>>(), others, "{text}");
    }

    #[test]
    fn a_number_is_read_in_every_way_that_it_may_be_meant() {
        numbers("0901 234 567", &["0901234567"], &["84901234567"]);
        numbers("+84 901 234 567", &["84901234567"], &["0901234567"]);
        numbers("01621234567", &["01621234567"], &["841621234567", "84321234567"]);
        numbers("sđt 0901.234.567", &["0901234567", "SDT0901234567"], &["84901234567"]);
        numbers("51F-1?3.45", &["51F1?345"], &[]);
        numbers("59-MĐ1 123.45", &["59MD112345"], &[]);
        numbers("KT 12-34", &["1234", "KT1234"], &[]);
        numbers("https://Vi-Du.example/x", &["VIDUEXAMPLEX"], &[]);
        numbers("@vi_du", &["VIDU"], &[]);
        numbers("Nguyễn Văn Ví Dụ", &[], &[]);
        numbers("12", &[], &[]);
    }

    #[test]
    fn words_an_alert_and_a_year_are_recognised() {
        let asked = Asked::of(" HCM/2024/123 ").unwrap();
        assert_eq!(asked.id.unwrap().to_string(), "hcm/2024/000123");
        let asked = Asked::of("Ví Dụ 1990\u{7}\u{1b}[31m").unwrap();
        assert_eq!((asked.year, asked.names.len(), asked.words.len()), (Some(1990), 2, 4));
        for nothing in ["", " ", "*-?\u{200b}", "\u{e000}z"] {
            let words = Asked::of(nothing).map(|asked| asked.words);
            assert!(words.is_none_or(|words| words.len() == 1), "{nothing:?}");
        }
        assert_eq!(Asked::of(&"a ".repeat(10_000)).unwrap().words.len(), WORDS);
        assert_eq!(Asked::of(&"a".repeat(10_000)).unwrap().words[0].bare.len(), LONGEST_QUESTION);
    }
}
