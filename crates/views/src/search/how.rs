//! How well what is stored fits what was typed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{Asked, Word};
use super::index::bare_words;
use super::spelling::{canonical, plain};
use crate::text::words_of;

/// Longest text of a reason, characters.
const EXCERPT: usize = 160;

/// How a stored text fits what was typed, the surest first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// As it was typed, whatever the case of its letters.
    Exact,
    /// The same number, written in another way: with `+84`, spaces, the prefix of before 2018.
    SameNumber,
    /// By the other convention: *hoà* and *hòa*, *Lý* and *Lí*.
    Spelling,
    /// The same letters; marks are missing, or others.
    Marks,
    /// The same words in another order.
    Order,
    /// A plate of which a character was not read, here or there.
    Unread,
    /// The same words in another order, marks missing or others.
    OrderMarks,
    /// All typed words are in it, with their marks.
    Within,
    /// All typed words are in it, but for their marks.
    WithinMarks,
    /// A number that ends, or begins, in what was typed.
    Part,
    /// One letter or digit is another one, missing, too many, or changed places with the next.
    OneOff,
    /// All of it was typed, and one word more.
    WordMore,
    /// All typed words are in it, one of them one letter off.
    WithinOneOff,
    /// All typed words are somewhere in the alert.
    Words,
}

impl How {
    /// Every one.
    pub const ALL: [Self; 14] = [
        Self::Exact,
        Self::SameNumber,
        Self::Spelling,
        Self::Marks,
        Self::Order,
        Self::Unread,
        Self::OrderMarks,
        Self::Within,
        Self::WithinMarks,
        Self::Part,
        Self::OneOff,
        Self::WordMore,
        Self::WithinOneOff,
        Self::Words,
    ];

    /// As it is written.
    pub fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::SameNumber => "same-number",
            Self::Spelling => "spelling",
            Self::Marks => "marks",
            Self::Order => "order",
            Self::Unread => "unread",
            Self::OrderMarks => "order-marks",
            Self::Within => "within",
            Self::WithinMarks => "within-marks",
            Self::Part => "part",
            Self::OneOff => "one-off",
            Self::WordMore => "word-more",
            Self::WithinOneOff => "within-one-off",
            Self::Words => "words",
        }
    }

    /// What is as sure has the same.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Exact | Self::SameNumber => 0,
            Self::Spelling => 1,
            Self::Marks => 2,
            Self::Order | Self::Unread => 3,
            Self::OrderMarks => 4,
            Self::Within => 5,
            Self::WithinMarks | Self::Part => 6,
            Self::OneOff => 7,
            Self::WordMore => 8,
            Self::WithinOneOff => 9,
            Self::Words => 10,
        }
    }
}

/// Why an alert was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Match {
    /// How well it fits.
    pub how: How,
    /// Which field of the alert: its name in the messages, or the kind of an identifier.
    pub field: String,
    /// What stands there; of a long text its beginning.
    pub text: String,
}

impl Match {
    pub(super) fn new(how: How, field: &str, text: &str) -> Self {
        let text = match text.char_indices().nth(EXCERPT) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        Self { how, field: field.to_owned(), text }
    }
}

/// How a stored name fits the typed words; `None`: not all of them are in it.
pub(super) fn of_name(typed: &[Word], written: &str) -> Option<How> {
    let stored: Vec<&str> = words_of(written).collect();
    let bare = bare_words(written);
    if stored.len() == typed.len() {
        let all = |same: &dyn Fn(&Word, &str) -> bool| {
            typed.iter().zip(&stored).all(|(word, stored)| same(word, stored))
        };
        if all(&|word, stored| word.plain == plain(stored)) {
            return Some(How::Exact);
        }
        if all(&|word, stored| word.canonical == canonical(stored)) {
            return Some(How::Spelling);
        }
        if typed.iter().map(|word| &word.bare).eq(&bare) {
            return Some(How::Marks);
        }
    }
    let mut left = counted(bare);
    let within = typed.iter().all(|word| take(&mut left, &word.bare));
    if !within {
        return None;
    }
    let is_whole = stored.len() == typed.len();
    let mut left = counted(stored.into_iter().map(canonical));
    let marked = typed.iter().all(|word| take(&mut left, &word.canonical));
    Some(match (is_whole, marked) {
        (true, true) => How::Order,
        (true, false) => How::OrderMarks,
        (false, true) => How::Within,
        (false, false) => How::WithinMarks,
    })
}

fn counted(words: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
    counts
}

fn take(left: &mut BTreeMap<String, usize>, word: &str) -> bool {
    left.get_mut(word).is_some_and(|count| {
        let is_left = *count > 0;
        *count = count.saturating_sub(1);
        is_left
    })
}

/// In which texts of an alert typed words stand, those with the most first.
pub(super) fn in_texts(texts: &[(&'static str, String)], asked: &Asked) -> Vec<Match> {
    let last = asked.words.last().map(|word| word.bare.as_str()).unwrap_or_default();
    let holds = |text: &str| {
        let stored = bare_words(text);
        let typed = asked.words.iter().filter(|word| {
            stored.contains(&word.bare)
                || word.bare == last && stored.iter().any(|stored| stored.starts_with(last))
        });
        typed.count()
    };
    let mut found: Vec<_> = texts.iter().map(|(field, text)| (holds(text), *field, text)).collect();
    found.retain(|(count, ..)| *count > 0);
    found.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    found.into_iter().map(|(_, field, text)| Match::new(How::Words, field, text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fits_in_one_way() {
        let how = |typed: &str, written| of_name(&Asked::of(typed).unwrap().names, written);
        for (typed, written, expected) in [
            ("nguyễn văn ví dụ", "Nguyễn Văn Ví Dụ", Some(How::Exact)),
            ("Trần Hòa Ví Dụ", "TRẦN HOÀ VÍ DỤ", Some(How::Spelling)),
            ("Lí Ví Dụ", "Lý Ví Dụ", Some(How::Spelling)),
            ("nguyen van vi du", "Nguyễn Văn Ví Dụ", Some(How::Marks)),
            ("Nguyển Vản Vì Du", "Nguyễn Văn Ví Dụ", Some(How::Marks)),
            ("Dụ Ví Văn Nguyễn", "Nguyễn Văn Ví Dụ", Some(How::Order)),
            ("du vi van nguyen", "Nguyễn Văn Ví Dụ", Some(How::OrderMarks)),
            ("Ví Dụ", "Nguyễn Văn Ví Dụ", Some(How::Within)),
            ("vi du", "Nguyễn Văn Ví Dụ", Some(How::WithinMarks)),
            ("Dụ Dụ", "Nguyễn Văn Ví Dụ", None),
            ("Nguyễn Mẫu", "Nguyễn Văn Ví Dụ", None),
        ] {
            assert_eq!(how(typed, written), expected, "{typed} {written}");
        }
    }

    #[test]
    fn the_surest_comes_first_and_has_the_lowest_rank() {
        assert!(How::ALL.is_sorted());
        for (first, second) in How::ALL.iter().zip(&How::ALL[1..]) {
            assert!(first.rank() <= second.rank(), "{first:?} {second:?}");
        }
        for how in How::ALL {
            assert_eq!(serde_json::to_value(how).unwrap(), how.code());
        }
    }
}
