//! The ways from what was typed to alerts, the surest first. Each goes along an index; what costs more
//! is tried only while less was found than anybody reads.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension as _;

use super::asked::{Asked, Word};
use super::how::{How, Match, of_name};
use super::index::backwards;
use super::sieve::{Sieve, Way, any};
use super::spelling::{key, one_off, written_as};
use crate::ViewsError;
use crate::viewer::Parameter;

/// Fewest letters of a word, and characters of a number, that a slip is looked for in.
const SHORTEST_SLIP: usize = 3;
const SHORTEST_NUMBER_SLIP: usize = 6;
/// Longest word of which every slip is tried.
const LONGEST_SLIP: usize = 20;
/// Fewest characters that a number is found by in part.
const SHORTEST_PART: usize = 4;
/// Most characters of a plate, `59MĐ112345`, and most digits that stand together in one.
const LONGEST_PLATE: usize = 10;
const PLATE_DIGITS: usize = 6;
/// Fewest letters of a beginning.
const SHORTEST_BEGINNING: usize = 3;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "0123456789";
const CAPITALS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// After everything that begins in the same way.
const LAST: char = '\u{10ffff}';

const BY_ID: Way = Way {
    from: "(SELECT number FROM alerts WHERE id = :key) AS named",
    number: "named.number",
    condition: "true",
    found: "'number', alerts.id",
    order: "",
};
const BY_NUMBER: Way = Way {
    from: "alert_numbers",
    number: "alert_numbers.number",
    condition: "alert_numbers.value = :key",
    found: "alert_numbers.field, alert_numbers.written",
    order: "ORDER BY alert_numbers.number DESC",
};
const BY_BEGINNING: Way = Way {
    condition: "alert_numbers.value >= :key AND alert_numbers.value < :until
        AND alert_numbers.value GLOB :pattern",
    order: "ORDER BY alert_numbers.value",
    ..BY_NUMBER
};
const BY_END: Way = Way {
    condition: "alert_numbers.backwards >= :key AND alert_numbers.backwards < :until
        AND alert_numbers.value GLOB :pattern",
    order: "ORDER BY alert_numbers.backwards",
    ..BY_NUMBER
};
const UNREAD: Way = Way {
    condition: "alert_numbers.number = :number AND alert_numbers.value = :key",
    order: "",
    ..BY_NUMBER
};
/// Few plates were not read whole, so all of them are held against what was typed.
pub(crate) const PARTIAL: &str =
    "SELECT value, number FROM alert_numbers INDEXED BY alert_numbers_partial WHERE partial = 1";
const BY_NAME: Way = Way {
    from: "alert_names",
    number: "alert_names.number",
    condition: "alert_names.key = :key",
    found: "alert_names.field, alert_names.written",
    order: "ORDER BY alert_names.number DESC",
};
const BY_WORDS: Way = Way {
    from: "alert_words",
    number: "alert_words.rowid",
    condition: "alert_words MATCH :key",
    found: "'', ''",
    order: "ORDER BY alert_words.rowid DESC",
};

/// Every way that [`plans`](crate::plans) looks at.
#[cfg(test)]
pub(crate) const WAYS: [&Way; 7] =
    [&BY_ID, &BY_NUMBER, &BY_BEGINNING, &BY_END, &UNREAD, &BY_NAME, &BY_WORDS];

/// Takes in what one way leads to.
type Find<'a> = dyn Fn(&mut Sieve<'_>) -> Result<(), ViewsError> + 'a;

/// Finds what may be meant.
pub(super) fn find(sieve: &mut Sieve<'_>, asked: &Asked) -> Result<(), ViewsError> {
    let slips = slips(sieve, asked)?;
    let ways: [&Find<'_>; 9] = [
        &|sieve| by_id(sieve, asked),
        &|sieve| by_number(sieve, asked),
        &|sieve| by_name(sieve, asked),
        &|sieve| unread(sieve, asked),
        &|sieve| within_names(sieve, asked),
        &|sieve| by_slip(sieve, asked, &slips),
        &|sieve| parts_of_numbers(sieve, asked),
        &|sieve| within_names_by_slip(sieve, asked, &slips),
        &|sieve| in_texts(sieve, asked),
    ];
    for way in ways {
        if sieve.is_full() {
            break;
        }
        way(sieve)?;
    }
    Ok(())
}

fn by_id(sieve: &mut Sieve<'_>, asked: &Asked) -> Result<(), ViewsError> {
    let Some(id) = &asked.id else { return Ok(()) };
    let mut way = sieve.open(&BY_ID)?;
    sieve.take(&mut way, &[(":key", &id.to_string())], |row, _| stands(row, How::Exact))
}

fn by_number(sieve: &mut Sieve<'_>, asked: &Asked) -> Result<(), ViewsError> {
    let mut way = sieve.open(&BY_NUMBER)?;
    let typed = asked.numbers.iter().map(|number| (number, How::Exact));
    let others = asked.others.iter().map(|number| (number, How::SameNumber));
    for (number, how) in typed.chain(others).filter(|(number, _)| !number.contains('?')) {
        sieve.take(&mut way, &[(":key", number)], |row, _| stands(row, how))?;
    }
    Ok(())
}

/// Names with the same words, or all but one of them.
fn by_name(sieve: &mut Sieve<'_>, asked: &Asked) -> Result<(), ViewsError> {
    let words = bare(&asked.names);
    if words.is_empty() {
        return Ok(());
    }
    let mut way = sieve.open(&BY_NAME)?;
    let named = |row: &rusqlite::Row<'_>, _| {
        let written: String = row.get(7)?;
        let how = of_name(&asked.names, &written).unwrap_or(How::OrderMarks);
        Ok(vec![Match::new(how, &row.get::<_, String>(6)?, &written)])
    };
    sieve.take(&mut way, &[(":key", &key(words.clone()))], named)?;
    // Of two words one alone says too little.
    let shorter: BTreeSet<String> = match words.len() {
        0..=2 => BTreeSet::new(),
        _ => (0..words.len()).map(|left_out| key(without(&words, left_out))).collect(),
    };
    for key in &shorter {
        sieve.take(&mut way, &[(":key", key)], |row, _| stands(row, How::WordMore))?;
    }
    Ok(())
}

/// Plates of which a character was not read, by who typed or by who wrote the alert.
fn unread(sieve: &mut Sieve<'_>, asked: &Asked) -> Result<(), ViewsError> {
    for number in &asked.numbers {
        if number.contains('?') {
            let begins = number.split('?').next().unwrap_or_default();
            let ends = backwards(number.rsplit('?').next().unwrap_or_default());
            let (way, key) = if begins.len() >= ends.len() {
                (&BY_BEGINNING, begins)
            } else {
                (&BY_END, &*ends)
            };
            within(sieve, way, key, number, How::Unread)?;
        }
    }
    let typed: Vec<&String> = asked.numbers.iter().filter(|n| may_be_plate(n)).collect();
    if typed.is_empty() {
        return Ok(());
    }
    let mut way = sieve.open(&UNREAD)?;
    let mut partial = sieve.views().prepare_cached(PARTIAL)?;
    let mut rows = partial.query(())?;
    while let Some(row) = rows.next()? {
        let value = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        if typed.iter().any(|typed| may_be_one(typed, value)) {
            let (value, number): (String, i64) = (value.to_owned(), row.get(1)?);
            let parameters: [Parameter<'_>; 2] = [(":key", &value), (":number", &number)];
            sieve.take(&mut way, &parameters, |row, _| stands(row, How::Unread))?;
        }
    }
    Ok(())
}

/// Whether it may be a plate, or what was read of one: of digits alone there are few.
fn may_be_plate(number: &str) -> bool {
    let longest =
        if number.bytes().all(|byte| byte.is_ascii_digit()) { PLATE_DIGITS } else { LONGEST_PLATE };
    (SHORTEST_PART..=longest).contains(&number.len())
}

/// Whether two plates may be one: the shorter stands in the longer, `?` for any character.
fn may_be_one(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    let agree = |(a, b): (&u8, &u8)| a == b || *a == b'?' || *b == b'?';
    // Of what both read enough has to be the same, or everything fits.
    let read = |part: &[u8]| {
        part.iter().zip(short).filter(|(a, b)| **a != b'?' && **b != b'?').count() >= SHORTEST_PART
    };
    !short.is_empty()
        && long.windows(short.len()).any(|part| part.iter().zip(short).all(agree) && read(part))
}

/// Numbers that begin or end in what was typed.
fn parts_of_numbers(sieve: &mut Sieve<'_>, asked: &Asked) -> Result<(), ViewsError> {
    let typed = asked.numbers.iter().filter(|number| number.len() >= SHORTEST_PART);
    for number in typed.filter(|number| !number.contains('?')) {
        within(sieve, &BY_END, &backwards(number), &format!("?*{number}"), How::Part)?;
        within(sieve, &BY_BEGINNING, number, &format!("{number}?*"), How::Part)?;
    }
    Ok(())
}

fn within(
    sieve: &mut Sieve<'_>,
    way: &Way,
    begins: &str,
    pattern: &str,
    how: How,
) -> Result<(), ViewsError> {
    let mut way = sieve.open(way)?;
    let until = format!("{begins}{LAST}");
    let parameters: [Parameter<'_>; 3] =
        [(":key", &begins), (":until", &until), (":pattern", &pattern)];
    sieve.take(&mut way, &parameters, |row, _| stands(row, how))
}

/// Names of which all typed words are a part.
fn within_names(sieve: &mut Sieve<'_>, asked: &Asked) -> Result<(), ViewsError> {
    if asked.names.is_empty() {
        return Ok(());
    }
    let words: Vec<String> = bare(&asked.names).iter().map(|word| any(written_as(word))).collect();
    let words = sieve.narrowed(format!("names : ({})", words.join(" AND ")));
    let mut way = sieve.open(&BY_WORDS)?;
    let views = sieve.views();
    sieve.take(&mut way, &[(":key", &words)], |_, number| {
        let mut names = names_of(views, number)?;
        names.retain(|(_, written)| of_name(&asked.names, written).is_some());
        // The words stand in several of its names: the index of all words finds that.
        let how = |written: &str| of_name(&asked.names, written).unwrap_or(How::Words);
        Ok(names.iter().map(|(field, written)| Match::new(how(written), field, written)).collect())
    })
}

/// A word with a slip, and what it may mean.
struct Slip {
    at: usize,
    meant: Vec<String>,
}

/// What each word may mean that is in no name, or is in one by chance: the words of names that are one
/// letter off.
fn slips(sieve: &Sieve<'_>, asked: &Asked) -> Result<Vec<Slip>, ViewsError> {
    let mut known = sieve.views().prepare_cached("SELECT 1 FROM name_words WHERE word = ?1")?;
    let mut slips = Vec::new();
    for (at, word) in asked.names.iter().enumerate() {
        let mut meant = Vec::new();
        if word.bare.len() <= LONGEST_SLIP {
            for other in one_off(&word.bare, LETTERS) {
                if known.query_row([&other], |_| Ok(())).optional()?.is_some() {
                    meant.push(other);
                }
            }
        }
        slips.push(Slip { at, meant });
    }
    Ok(slips)
}

/// Names and numbers that are one letter off.
fn by_slip(sieve: &mut Sieve<'_>, asked: &Asked, slips: &[Slip]) -> Result<(), ViewsError> {
    let words = bare(&asked.names);
    let mut way = sieve.open(&BY_NAME)?;
    let long = words.len() > 1 || words.iter().any(|word| word.len() > SHORTEST_SLIP);
    for Slip { at, meant } in slips.iter().filter(|_| long) {
        for other in meant {
            let mut words = words.clone();
            words[*at].clone_from(other);
            let key = key(words);
            sieve.take(&mut way, &[(":key", &key)], |row, _| stands(row, How::OneOff))?;
        }
    }
    let mut way = sieve.open(&BY_NUMBER)?;
    let numbers = asked.numbers.iter().chain(&asked.others);
    let read = |number: &&String| {
        (SHORTEST_NUMBER_SLIP..=LONGEST_SLIP).contains(&number.len()) && !number.contains('?')
    };
    let mut tried = BTreeSet::new();
    for number in numbers.filter(read) {
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        tried.extend(one_off(number, if digits { DIGITS } else { CAPITALS }));
    }
    for other in tried.iter().filter(|other| other.len() >= SHORTEST_NUMBER_SLIP) {
        sieve.take(&mut way, &[(":key", other)], |row, _| stands(row, How::OneOff))?;
    }
    Ok(())
}

/// Names of which all typed words are a part, one of them one letter off.
fn within_names_by_slip(
    sieve: &mut Sieve<'_>,
    asked: &Asked,
    slips: &[Slip],
) -> Result<(), ViewsError> {
    let words = bare(&asked.names);
    let mut way = sieve.open(&BY_WORDS)?;
    let views = sieve.views();
    for Slip { at, meant } in slips {
        let shortest = SHORTEST_SLIP + usize::from(words.len() == 1);
        if meant.is_empty() || words[*at].len() < shortest {
            continue;
        }
        let others = without(&words, *at);
        let mut all: Vec<String> = others.iter().map(|word| any(written_as(word))).collect();
        all.push(any(meant.iter().flat_map(|word| written_as(word))));
        let query = sieve.narrowed(format!("names : ({})", all.join(" AND ")));
        sieve.take(&mut way, &[(":key", &query)], |_, number| {
            let names = names_of(views, number)?;
            let fits = |(_, written): &&(String, String)| {
                let stored = super::index::bare_words(written);
                meant.iter().any(|word| stored.contains(word))
                    && others.iter().all(|word| stored.contains(word))
            };
            let fitting = names.iter().filter(fits);
            Ok(fitting.map(|(field, name)| Match::new(How::WithinOneOff, field, name)).collect())
        })?;
    }
    Ok(())
}

/// Alerts in which all typed words stand, somewhere; the last may be a beginning.
fn in_texts(sieve: &mut Sieve<'_>, asked: &Asked) -> Result<(), ViewsError> {
    let mut words: Vec<String> =
        asked.words.iter().map(|word| any(written_as(&word.bare))).collect();
    if let (Some(last), Some(typed)) = (words.last_mut(), asked.words.last())
        && typed.bare.len() >= SHORTEST_BEGINNING
    {
        *last = format!("({last} OR \"{}\"*)", typed.bare);
    }
    let query = sieve.narrowed(format!("{{names places text}} : ({})", words.join(" AND ")));
    let mut way = sieve.open(&BY_WORDS)?;
    sieve.take(&mut way, &[(":key", &query)], |_, _| Ok(vec![Match::new(How::Words, "", "")]))
}

fn stands(row: &rusqlite::Row<'_>, how: How) -> Result<Vec<Match>, ViewsError> {
    let (field, text): (String, String) = (row.get(6)?, row.get(7)?);
    Ok(vec![Match::new(how, &field, &text)])
}

fn names_of(
    views: &rusqlite::Connection,
    number: i64,
) -> Result<Vec<(String, String)>, ViewsError> {
    let sql = "SELECT field, written FROM alert_names WHERE number = ?1";
    crate::query::collect(views, sql, [number], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn bare(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.bare.clone()).collect()
}

fn without(words: &[String], at: usize) -> Vec<String> {
    let others = words.iter().enumerate().filter(|(index, _)| *index != at);
    others.map(|(_, word)| word.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::{may_be_one, may_be_plate};

    #[test]
    fn a_phone_or_an_account_is_no_plate() {
        for plate in ["51F12345", "59MD112345", "1?3.47", "12345", "KT1234"] {
            assert!(may_be_plate(plate), "{plate}");
        }
        for other in ["123", "0901000008", "000012345678", "RLHPC40V0000VDU01"] {
            assert!(!may_be_plate(other), "{other}");
        }
    }

    #[test]
    fn what_was_not_read_may_be_anything() {
        for (one, other, may) in [
            ("51F1?345", "51F12345", true),
            ("51F1?345", "51F1?345", true),
            ("51F1?345", "51F12?45", true),
            ("51F12345", "51F1?345", true),
            ("51F1?345", "51F13445", false),
            ("51F12345", "1234?", true),
            ("51F12345", "2345", true),
            ("51F12345", "345", false),
            ("????????", "51F12345", false),
            ("", "51F12345", false),
        ] {
            assert_eq!(may_be_one(one, other), may, "{one} {other}");
            assert_eq!(may_be_one(other, one), may, "{other} {one}");
        }
    }
}
