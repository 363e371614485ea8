//! Moments and dates as people write them, without a clock.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = u64;

/// `Asia/Ho_Chi_Minh` has had one offset since 1975, so no time zone data is needed.
const VIETNAM: Offset = Offset::constant(7);

/// The year on the calendar in Vietnam.
pub fn year_at(moment: Millis) -> u16 {
    u16::try_from(in_vietnam(moment).map_or(1970, DateTime::year)).unwrap_or(1970)
}

/// The day on the calendar in Vietnam: `2024-05-31`.
pub fn day(moment: Millis) -> String {
    in_vietnam(moment).map_or_else(String::new, |local| local.strftime("%Y-%m-%d").to_string())
}

/// The hour of the day in Vietnam, 0 to 23.
pub fn hour(moment: Millis) -> i8 {
    in_vietnam(moment).map_or(0, DateTime::hour)
}

/// A moment as `2024-05-31T23:59:59+07:00`.
pub fn rfc3339(moment: Millis) -> String {
    in_vietnam(moment).map_or_else(
        || format!("{moment} ms"),
        |local| format!("{}+07:00", local.strftime("%Y-%m-%dT%H:%M:%S")),
    )
}

/// A moment from RFC 3339, or the end of a day in Vietnam from `2024-05-31`. `None` when there is
/// no such moment or day, or when it lies before 1970.
pub fn moment(text: &str) -> Option<Millis> {
    let timestamp: jiff::Timestamp = if text.len() == 10 {
        VIETNAM.to_timestamp(date(text)?.tomorrow().ok()?.at(0, 0, 0, 0)).ok()?
    } else {
        text.parse().ok().filter(|_| is_rfc3339(text))?
    };
    Millis::try_from(timestamp.as_millisecond()).ok()
}

/// The parser also takes what ISO 8601 and RFC 9557 allow, `[…]` with any text in it among that.
fn is_rfc3339(text: &str) -> bool {
    let mark = |at: usize, mark: u8| text.as_bytes().get(at) == Some(&mark);
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    text.len() <= 35
        && marks.iter().all(|(at, byte)| mark(*at, *byte))
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b':' | b'.' | b'T' | b'Z'))
}

/// The start of a day in Vietnam, from `2024-05-31`. `None` when the text is something else.
pub(crate) fn day_start(text: &str) -> Option<Millis> {
    let start = VIETNAM.to_timestamp(date(text)?.at(0, 0, 0, 0)).ok()?;
    Millis::try_from(start.as_millisecond()).ok()
}

/// A full date, `2024-05-31`. `None` when there is no such day.
pub fn date(text: &str) -> Option<Date> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shaped.then(|| text.parse().ok()).flatten()
}

/// A date with the precision it has: `1990`, `1990-05` or `1990-05-12`.
pub fn is_partial_date(text: &str) -> bool {
    match text.len() {
        4 => date(&format!("{text}-01-01")).is_some(),
        7 => date(&format!("{text}-01")).is_some(),
        _ => date(text).is_some(),
    }
}

fn in_vietnam(moment: Millis) -> Option<DateTime> {
    let timestamp = jiff::Timestamp::from_millisecond(i64::try_from(moment).ok()?).ok()?;
    Some(VIETNAM.to_datetime(timestamp))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_does_not_exist_is_no_date() {
        assert!(date("2024-02-29").is_some());
        for bad in ["2023-02-29", "2024-13-01", "2024-1-1", "29/02/2024", "", "2024-02-3x"] {
            assert!(date(bad).is_none(), "{bad}");
        }
        for good in ["1990", "1990-05", "1990-05-12"] {
            assert!(is_partial_date(good), "{good}");
        }
        for bad in ["90", "1990-5", "1990-00", "khoảng 1990"] {
            assert!(!is_partial_date(bad), "{bad}");
        }
    }

    #[test]
    fn a_day_ends_when_it_ends_in_vietnam() {
        let end = moment("2023-12-31").unwrap();
        assert_eq!(rfc3339(end), "2024-01-01T00:00:00+07:00");
        assert_eq!((year_at(end - 1), year_at(end)), (2023, 2024));
        assert_eq!(moment("2023-12-31T17:00:00Z"), Some(end));
        assert_eq!(moment("1969-01-01"), None);
        for bad in ["2023-12-31T17:00:00Z[x-note=hidden]", "20231231T170000Z", "2023-12-31 17Z"] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }
}
