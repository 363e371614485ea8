//! Days and moments as officers write them, `31/05/2024 14:00`, and as alerts carry them.
//!
//! What is neither stays as it was typed: a draft may be unfinished, and the check names the field.

/// As alerts carry it: `2024-05-31`, `1990-05`, or `2024-05-31T14:00:00+07:00`.
pub fn to_iso(typed: &str) -> String {
    let typed = typed.trim();
    parse(typed).unwrap_or_else(|| typed.to_owned())
}

fn parse(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    match words[..] {
        [day] => day_of(day),
        [day, time] if day.contains('/') => joined(day, time),
        // "14:00 31/05/2024" is as common.
        [time, day] => joined(day, time),
        _ => None,
    }
}

fn joined(day: &str, time: &str) -> Option<String> {
    let day = day_of(day).filter(|day| day.len() == 10)?;
    Some(format!("{day}T{}+07:00", time_of(time)?))
}

/// `31/05/2024`, or less of it.
fn day_of(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('/').collect();
    let two = |text: &str| number(text, 1..=2).map(|number| format!("{number:02}"));
    let year = |text: &str| number(text, 4..=4).map(|number| format!("{number:04}"));
    match parts[..] {
        [day, month, of] => Some(format!("{}-{}-{}", year(of)?, two(month)?, two(day)?)),
        [month, of] => Some(format!("{}-{}", year(of)?, two(month)?)),
        _ => None,
    }
}

/// `14:00`, `14:00:05` or `14h00`.
fn time_of(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split([':', 'h']).collect();
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, "0"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let two = |text: &str| number(text, 1..=2);
    Some(format!("{:02}:{:02}:{:02}", two(hour)?, two(minute)?, two(second)?))
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// As officers write it.
pub fn from_iso(carried: &str) -> String {
    let shown = match carried.len() {
        7 | 10 => shown_day(carried),
        25 => shown_moment(carried),
        _ => None,
    };
    // Only what is read back as the same is shown otherwise than it stands.
    shown.filter(|shown| to_iso(shown) == carried).unwrap_or_else(|| carried.to_owned())
}

fn shown_day(carried: &str) -> Option<String> {
    let parts: Vec<&str> = carried.split('-').collect();
    match parts[..] {
        [year, month, day] => Some(format!("{day}/{month}/{year}")),
        [year, month] => Some(format!("{month}/{year}")),
        _ => None,
    }
}

fn shown_moment(carried: &str) -> Option<String> {
    let (day, time) = carried.strip_suffix("+07:00")?.split_once('T')?;
    let time = time.strip_suffix(":00").filter(|time| time.len() == 5).unwrap_or(time);
    Some(format!("{} {time}", shown_day(day)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_written_as_people_write_them() {
        for (typed, carried) in [
            ("31/05/2024", "2024-05-31"),
            ("5/2024", "2024-05"),
            ("1990", "1990"),
            (" 1/5/2024 ", "2024-05-01"),
            ("31/05/2024 14:00", "2024-05-31T14:00:00+07:00"),
            ("31/05/2024 14:00:05", "2024-05-31T14:00:05+07:00"),
            ("14h30 31/05/2024", "2024-05-31T14:30:00+07:00"),
            ("2024-05-31", "2024-05-31"),
            ("2024-05-31T07:00:00Z", "2024-05-31T07:00:00Z"),
            ("khoảng tháng 5", "khoảng tháng 5"),
            ("31/05/24", "31/05/24"),
        ] {
            assert_eq!(to_iso(typed), carried, "{typed}");
        }
    }

    #[test]
    fn what_is_shown_is_read_back_as_it_was() {
        for (carried, shown) in [
            ("2024-05-31", "31/05/2024"),
            ("1990-05", "05/1990"),
            ("1990", "1990"),
            ("2024-05-31T14:00:00+07:00", "31/05/2024 14:00"),
            ("2024-05-31T14:00:05+07:00", "31/05/2024 14:00:05"),
            ("2024-05-31T07:00:00Z", "2024-05-31T07:00:00Z"),
            ("2024-99-99", "99/99/2024"),
            ("gần đây", "gần đây"),
            ("ấấấ-ấấ", "ấấấ-ấấ"),
        ] {
            assert_eq!(from_iso(carried), shown);
            assert_eq!(to_iso(&from_iso(carried)), carried);
        }
    }
}
