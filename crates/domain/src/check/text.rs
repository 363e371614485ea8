//! Rules for single fields: texts, codes, lists, moments, numbers.

use std::ops::RangeInclusive;

use super::{Check, LIST, NAME, REASON, name_of};
use crate::time::{date, day_start, moment};
use crate::{Fault, Millis};

impl Check {
    /// A text that must be there.
    pub fn required(&mut self, field: &str, text: &str, longest: usize) {
        if text.trim().is_empty() {
            self.fault(field, "required", format!("{} is required.", name_of(field)));
        } else {
            self.optional(field, text, longest);
        }
    }

    /// A reason that must be given.
    pub fn reason(&mut self, field: &str, text: &str) {
        self.required(field, text, REASON);
    }

    pub(super) fn optional(&mut self, field: &str, text: &str, longest: usize) {
        let length = text.chars().count();
        if length > longest {
            let name = name_of(field);
            let message = format!("{name} has {length} characters, {longest} are allowed.");
            self.faults.push(Fault::new(field, "too-long", message).with("most", &longest));
        }
        if text.chars().any(is_hidden) {
            let name = name_of(field);
            let message = format!("{name} holds control or direction characters; type it again.");
            self.fault(field, "hidden-characters", message);
        }
    }

    /// Several texts below a field, each of which may be empty.
    pub(super) fn optionals(&mut self, at: &str, texts: &[(&str, &str)], longest: usize) {
        for (name, text) in texts {
            self.optional(&format!("{at}/{name}"), text, longest);
        }
    }

    /// A list of names, none of which is empty.
    pub(super) fn names(&mut self, field: &str, names: &[String]) {
        self.list(field, names.len());
        for (index, name) in names.iter().take(LIST).enumerate() {
            self.required(&format!("{field}/{index}"), name, NAME);
        }
    }

    pub(super) fn code<T>(
        &mut self,
        field: &str,
        text: &str,
        parse: fn(&str) -> Option<T>,
        list: fn() -> String,
    ) -> Option<T> {
        let found = parse(text);
        if found.is_none() {
            self.unknown(field, text, &list());
        }
        found
    }

    /// A code that may be left out.
    pub(super) fn optional_code<T>(
        &mut self,
        field: &str,
        text: &str,
        parse: fn(&str) -> Option<T>,
        list: fn() -> String,
    ) -> Option<T> {
        if text.is_empty() { None } else { self.code(field, text, parse, list) }
    }

    /// A list of codes, each of them once.
    pub(super) fn codes<T: Copy + PartialEq>(
        &mut self,
        field: &str,
        texts: &[String],
        parse: fn(&str) -> Option<T>,
        list: fn() -> String,
    ) {
        self.list(field, texts.len());
        let mut seen = Vec::new();
        for (index, text) in texts.iter().take(LIST).enumerate() {
            let field = format!("{field}/{index}");
            if let Some(found) = self.code(&field, text, parse, list) {
                if seen.contains(&found) {
                    self.twice(&field);
                }
                seen.push(found);
            }
        }
    }

    /// A list of units, each of them once. Whether there are such units is not known here.
    pub(super) fn units(&mut self, field: &str, units: &[String]) {
        self.list(field, units.len());
        for (index, text) in units.iter().take(LIST).enumerate() {
            let field = format!("{field}/{index}");
            if let Err(error) = text.parse::<crate::UnitId>() {
                self.fault(&field, "not-an-id", format!("{error}."));
            }
            if units[..index].contains(text) {
                self.twice(&field);
            }
        }
    }

    fn twice(&mut self, field: &str) {
        self.fault(field, "twice", "It stands in the list twice.");
    }

    /// A code that is not in its list.
    pub fn unknown(&mut self, field: &str, text: &str, list: &str) {
        let name = name_of(field);
        let fault = if text.is_empty() {
            Fault::new(field, "required", format!("{name} is required: one of {list}."))
        } else {
            Fault::new(field, "unknown-code", format!("{name} must be one of {list}."))
        };
        self.faults.push(fault.with("list", &list));
    }

    pub(super) fn list(&mut self, field: &str, length: usize) {
        if length > LIST {
            let name = name_of(field);
            let message = format!("{name} has {length} entries, {LIST} are allowed.");
            self.faults.push(Fault::new(field, "too-many", message).with("most", &LIST));
        }
    }

    /// A number of which 0 means that it is not known.
    pub(super) fn number(&mut self, field: &str, number: u32, range: RangeInclusive<u32>) {
        if number != 0 && !range.contains(&number) {
            let (least, most) = (range.start(), range.end());
            let message = format!("{} must be {least} to {most}.", name_of(field));
            let fault = Fault::new(field, "range", message);
            self.faults.push(fault.with("least", least).with("most", most));
        }
    }

    pub(super) fn moment(&mut self, field: &str, text: &str, required: bool) -> Option<Millis> {
        if text.is_empty() && !required {
            return None;
        }
        let found = moment(text);
        if found.is_none() {
            let message = "Write 2024-05-31 or 2024-05-31T14:00:00+07:00, a day that exists.";
            self.fault(field, if text.is_empty() { "required" } else { "date" }, message);
        }
        found
    }

    /// A moment or day that is over or has begun.
    pub(super) fn past_moment(
        &mut self,
        field: &str,
        text: &str,
        required: bool,
    ) -> Option<Millis> {
        // A day is meant from its start: otherwise nothing could have been today.
        let found = self.moment(field, text, required)?;
        let start = day_start(text).unwrap_or(found);
        if start > self.now.saturating_add(super::CLOCK_SKEW_MS) {
            self.fault(field, "ahead", "The moment lies in the future.");
        }
        Some(start)
    }

    /// The first of two moments is not after the second.
    pub(super) fn in_order(&mut self, field: &str, first: Option<Millis>, second: Option<Millis>) {
        if let (Some(first), Some(second)) = (first, second)
            && first > second
        {
            self.fault(field, "order", "It lies before what it must come after.");
        }
    }

    pub(super) fn date_not_ahead(&mut self, field: &str, text: &str) {
        let rule = if text.is_empty() { "required" } else { "date" };
        if date(text).is_none() {
            self.fault(field, rule, "Write the date as 2024-05-31, a day that exists.");
        } else if day_start(text).is_none_or(|start| start > self.now) {
            self.fault(field, "ahead", "The date must lie between 1970 and today.");
        }
    }
}

/// Control characters, those that change the direction of writing, and those that nobody sees: they
/// make a text show something else than it holds. Newline and tab are writing.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{115f}' | '\u{1160}' | '\u{3164}'
                | '\u{ffa0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}
