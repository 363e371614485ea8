//! What every decision of the registrar says beside its changes, and how a moment of the directory
//! is typed.

use clap::Args;
use giapranh_record::Hash;

use super::acting::Officers;
use crate::say;

/// The decision that a change of the directory rests on.
#[derive(Debug, Args)]
#[expect(clippy::struct_field_names, reason = "clap names the argument after the field")]
pub struct Decision {
    /// The decision that it carries out, as people cite it.
    #[arg(long, value_name = "TEXT")]
    pub decision: String,
    /// The day from which it has effect, such as 2025-03-01; today in Vietnam when left out.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub effective_from: Option<String>,
    #[command(flatten)]
    pub officers: Officers,
}

/// A head of the directory, as people name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// What was in force at the end of that day.
    Day(String),
    /// This head.
    Head(u64),
}

/// A day that exists, as `2025-02-28`.
pub fn day(text: &str) -> Result<String, String> {
    match giapranh_domain::time::date(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err(say!("write-a-day")),
    }
}

/// A day, or `head:12`.
pub fn at(text: &str) -> Result<At, String> {
    match text.strip_prefix("head:").map(str::parse) {
        Some(Ok(head)) => Ok(At::Head(head)),
        None if day(text).is_ok() => Ok(At::Day(text.to_owned())),
        _ => Err(say!("write-a-head")),
    }
}

/// A moment to come, or the end of a day, in milliseconds.
pub fn until(text: &str) -> Result<u64, String> {
    giapranh_domain::time::moment(text).ok_or_else(|| say!("write-until"))
}

/// The same, as it was typed: the node itself reads it.
pub fn until_text(text: &str) -> Result<String, String> {
    until(text).map(|_| text.to_owned())
}

/// 32 bytes as 64 hexadecimal digits.
pub fn hash(text: &str) -> Result<Hash, String> {
    Hash::from_hex(&text.to_ascii_lowercase()).ok_or_else(|| say!("write-a-hash"))
}
