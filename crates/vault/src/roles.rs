//! Roles as text codes: what they mean is the domain's. Stored in order with a space between them.

use std::collections::BTreeSet;

use crate::Fault;

const LONGEST: usize = 32;

/// Checks codes, so that they can be stored as one text.
pub(crate) fn join(codes: &BTreeSet<String>) -> Result<String, Fault> {
    if codes.iter().all(|code| is_code(code)) {
        Ok(codes.iter().map(String::as_str).collect::<Vec<_>>().join(" "))
    } else {
        Err(Fault::Roles)
    }
}

pub(crate) fn split(stored: &str) -> BTreeSet<String> {
    stored.split_ascii_whitespace().map(str::to_owned).collect()
}

fn is_code(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'-'))
}
