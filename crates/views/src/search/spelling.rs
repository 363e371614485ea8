//! How one word of Vietnamese is spelled in many ways, and when two spellings are the same word.
//!
//! | kept apart by | so the same are |
//! |---|---|
//! | [`plain`] | the same letters, whatever their case or composition |
//! | [`canonical`] | also *hoà* and *hòa* (where the tone stands), *Lý* and *Lí* |
//! | [`bare`] | also *Đường* and *duong*: marks missing or others |

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use crate::text;

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
const NFD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();

/// A word in small letters, composed.
pub(super) fn plain(word: &str) -> String {
    NFC.normalize(&word.to_lowercase()).into_owned()
}

/// A word with its tone after its letters, and *i* for the *y* that is the whole vowel.
pub(super) fn canonical(word: &str) -> String {
    let (mut letters, mut tones) = (String::with_capacity(word.len()), String::new());
    for c in NFD.normalize(&word.to_lowercase()).chars() {
        if is_tone(c) { tones.push(c) } else { letters.push(c) }
    }
    with_i(&mut letters);
    letters + &tones
}

/// The letters alone: no marks, đ as d, and *i* for the *y* that is the whole vowel. What stands in the
/// keys of names.
pub(super) fn bare(word: &str) -> String {
    let mut letters = letters(word);
    with_i(&mut letters);
    letters
}

/// Small letters without marks.
pub(super) fn letters(text: &str) -> String {
    let lower = text.to_lowercase();
    let letters = NFD.normalize(&lower);
    let letters = letters.chars().filter(|c| !text::is_mark(*c));
    letters.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// The spellings that a word without marks has in the index of words, where *y* stays.
pub(super) fn written_as(bare: &str) -> impl Iterator<Item = String> {
    let with_y =
        bare.strip_suffix('i').filter(|head| is_onset(head)).map(|head| format!("{head}y"));
    [bare.to_owned()].into_iter().chain(with_y)
}

/// The words of a name in any order: what two spellings of it have in common.
pub(super) fn key(mut words: Vec<String>) -> String {
    words.sort_unstable();
    words.join(" ")
}

fn with_i(letters: &mut String) {
    if letters.strip_suffix('y').is_some_and(is_onset) {
        letters.pop();
        letters.push('i');
    }
}

/// Whether no vowel stands before the last one; *qu* is a consonant.
fn is_onset(head: &str) -> bool {
    let head = if head == "qu" { "q" } else { head };
    head.is_ascii() && !head.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// Every text that is one letter off a word in letters of `alphabet`: one other, one more, one less,
/// or two neighbours exchanged. Not the word itself.
pub(super) fn one_off(word: &str, alphabet: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut found = Vec::with_capacity((2 * letters.len() + 1) * (alphabet.len() + 1));
    for at in 0..=letters.len() {
        let (head, tail) = letters.split_at(at);
        let joined =
            |middle: &[char], tail: &[char]| head.iter().chain(middle).chain(tail).collect();
        found.extend(alphabet.chars().map(|c| joined(&[c], tail)));
        if let [first, rest @ ..] = tail {
            found.push(joined(&[], rest));
            found.extend(alphabet.chars().filter(|c| c != first).map(|c| joined(&[c], rest)));
        }
        if let [first, second, rest @ ..] = tail
            && first != second
        {
            found.push(joined(&[*second, *first], rest));
        }
    }
    found.retain(|other: &String| !other.is_empty());
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_has_many_spellings() {
        for (one, other) in
            [("Hoà", "hòa"), ("THUỶ", "Thủy"), ("Lý", "Lí"), ("Quý", "quí"), ("Mỹ", "mĩ")]
        {
            assert_eq!(canonical(one), canonical(other), "{one} {other}");
            assert_ne!(plain(one), plain(other), "{one} {other}");
            assert_eq!(bare(one), bare(other), "{one} {other}");
        }
        for (one, other) in [("Hoà", "Hoa"), ("Đức", "Dức"), ("Thúy", "Thúi"), ("Nguyễn", "Nguyển")]
        {
            assert_ne!(canonical(one), canonical(other), "{one} {other}");
        }
        for (word, letters) in [
            ("Nguyễn", "nguyen"),
            ("ĐƯỜNG", "duong"),
            ("Nguye\u{302}\u{303}n", "nguyen"),
            ("Thúy", "thuy"),
            ("Huy", "huy"),
            ("Lý", "li"),
            ("Quý", "qui"),
            ("Y", "i"),
        ] {
            assert_eq!(bare(word), letters, "{word}");
        }
        assert_eq!(written_as("li").collect::<Vec<_>>(), ["li", "ly"]);
        assert_eq!(written_as("mai").collect::<Vec<_>>(), ["mai"]);
        assert_eq!(plain("Nguye\u{302}\u{303}n"), plain("NGUYỄN"));
    }

    #[test]
    fn one_letter_off_is_each_of_four_slips_and_not_the_word() {
        let all = one_off("du", "adu");
        for slip in ["u", "d", "ud", "da", "au", "dua", "adu", "ddu"] {
            assert!(all.contains(&slip.to_owned()), "{slip}");
        }
        assert!(!all.contains(&"du".to_owned()));
        assert_eq!(one_off("", "a"), ["a"]);
        assert!(one_off("đ", "a").contains(&"a".to_owned()));
    }
}
