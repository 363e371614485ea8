//! A date that is known only in part.

use jiff::ToSpan;
use jiff::civil::{Date, date as day};

use super::NotAValue;
use crate::time;

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// `1990`
    Year,
    /// `1990-05`
    Month,
    /// `1990-05-12`
    Day,
}

/// A day of the calendar, or the month or year in which it lies. Papers of older people often have
/// no more than a year, which is not the first of January.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

impl PartialDate {
    /// `1990`, `1990-05` or `1990-05-12`, a day that exists.
    pub fn parse(text: &str) -> Result<Self, NotAValue> {
        let (whole, precision) = match text.len() {
            4 => (format!("{text}-01-01"), Precision::Year),
            7 => (format!("{text}-01"), Precision::Month),
            _ => (text.to_owned(), Precision::Day),
        };
        let message = "Write 1990, 1990-05 or 1990-05-12, a day that exists.";
        let first = time::date(&whole).ok_or(NotAValue { rule: "date", message })?;
        Ok(Self { first, precision })
    }

    /// How much of it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The year, which is always known.
    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// The first day that it may be.
    pub fn earliest(self) -> Date {
        self.first
    }

    /// The last day that it may be.
    pub fn latest(self) -> Date {
        match self.precision {
            Precision::Year => day(self.first.year(), 12, 31),
            Precision::Month => self.first.last_of_month(),
            Precision::Day => self.first,
        }
    }

    /// Whether somebody born then is under an age on a day, whichever of the possible days it was.
    pub fn is_surely_under(self, years: i16, on: Date) -> bool {
        self.earliest().checked_add(i32::from(years).years()).is_ok_and(|birthday| birthday > on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_precision() {
        let cases = [
            ("1990", Precision::Year, "1990-01-01", "1990-12-31"),
            ("1992-02", Precision::Month, "1992-02-01", "1992-02-29"),
            ("1990-05-12", Precision::Day, "1990-05-12", "1990-05-12"),
        ];
        for (text, precision, earliest, latest) in cases {
            let date = PartialDate::parse(text).unwrap();
            assert_eq!(date.precision(), precision);
            assert_eq!(date.earliest().to_string(), earliest);
            assert_eq!(date.latest().to_string(), latest);
        }
        for bad in ["", "90", "1990-13", "1990-02-30", "12/05/1990", "199x", "khoảng 1990"] {
            assert_eq!(PartialDate::parse(bad).unwrap_err().rule, "date", "{bad}");
        }
    }

    #[test]
    fn who_may_be_of_age_is_not_surely_under_it() {
        let under = |born: &str, on: &str| {
            PartialDate::parse(born).unwrap().is_surely_under(18, on.parse().unwrap())
        };
        assert!(under("2006-06-02", "2024-06-01"));
        assert!(!under("2006-06-01", "2024-06-01"));
        assert!(under("2006-07", "2024-06-01") && !under("2006-06", "2024-06-01"));
        assert!(under("2007", "2024-06-01") && !under("2006", "2024-06-01"));
        assert!(under("2008-02-29", "2026-02-27") && !under("2008-02-29", "2026-02-28"));
    }
}
