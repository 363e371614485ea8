//! Words of the index that nobody can type: what an alert has beside its words, so that a search for a
//! frequent word reads those alone that may be asked for, and may be near who looks.
//!
//! They are made of characters of Unicode's private use, which the index takes for letters and a
//! query for none. They narrow; what is seen is said by the rule of [`crate::viewer`].

use giapranh_domain::{UnitId, ZoneId};

/// What every tag begins with.
const TAG: char = '\u{e000}';
/// In place of what would end a word.
const DASH: char = '\u{e001}';
const LOW_DASH: char = '\u{e002}';

pub(super) fn zone(zone: &ZoneId) -> String {
    tag('z', zone.as_str())
}

/// Who answers for it.
pub(super) fn unit(unit: &UnitId) -> String {
    tag('u', unit.as_str())
}

pub(super) fn category(code: &str) -> String {
    tag('c', code)
}

/// Of a person; `None`: the year is not said.
pub(super) fn born(year: Option<i16>) -> String {
    tag('b', &year.map(|year| year.to_string()).unwrap_or_default())
}

/// Of a person; empty: it is not said.
pub(super) fn sex(code: &str) -> String {
    tag('s', code)
}

/// On no alert: who sees nothing is near nothing.
pub(super) fn nobody() -> String {
    tag('n', "")
}

fn tag(kind: char, code: &str) -> String {
    let letter = |c: char| match c {
        '-' => DASH,
        '_' => LOW_DASH,
        other => other,
    };
    let letters =
        code.chars().map(letter).filter(|c| c.is_alphanumeric() || [DASH, LOW_DASH].contains(c));
    [TAG, kind].into_iter().chain(letters).collect()
}
