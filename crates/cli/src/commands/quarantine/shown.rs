//! What lies beside the log, for people. A payload is never read: its bytes are digits.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use giapranh_node::quarantine::Shelf;
use serde::Deserialize;
use serde_json::Value;

use crate::output::{self, Facts, Rows, text};
use crate::say;
use crate::words::code;

/// Bytes on one line of a dump.
const LINE_BYTES: usize = 16;

/// What is shown of a message; the node says more.
#[derive(Debug, Deserialize)]
struct Message {
    id: u64,
    reason: String,
    detail: String,
    subject: String,
    times: u64,
    first: String,
    sha256: String,
    size: u64,
    dropped: bool,
    rejudged: u64,
    last_judged: Option<String>,
    waits_for: Option<Awaited>,
    header: Option<Header>,
    decisions: Vec<Decision>,
    left: bool,
}

#[derive(Debug, Deserialize)]
struct Header {
    event_id: String,
    kind: String,
    origin: String,
    acting_unit: String,
    epoch: u32,
    index: u64,
    recorded: String,
    directory_seq: u64,
    zones: Vec<FeedPlace>,
    key_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct FeedPlace {
    origin: String,
    epoch: u32,
    zone: String,
    seq: u64,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
enum Awaited {
    Key { key_id: String },
    Directory { head: u64 },
    Before { places: Vec<FeedPlace> },
}

impl Awaited {
    fn sentence(&self) -> String {
        match self {
            Self::Key { key_id } => say!("waits-for-key", key = key_id.as_str()),
            Self::Directory { head } => say!("waits-for-directory", head = head.to_string()),
            Self::Before { places } => {
                let place = |at: &FeedPlace| {
                    let FeedPlace { origin, epoch, zone, seq } = at;
                    say!(
                        "waits-for-place",
                        seq = seq.to_string(),
                        origin = origin.as_str(),
                        zone = zone.as_str(),
                        epoch = epoch.to_string(),
                    )
                };
                places.iter().map(place).collect::<Vec<_>>().join(&format!(", {} ", say!("or")))
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct Decision {
    judged: String,
    reason: String,
    outcome: String,
    why: Option<String>,
    position: Option<u64>,
}

/// What became of a message, as `appended at position 7` or `quarantined (fork)`.
fn became(outcome: &str, why: Option<&str>, position: Option<u64>) -> String {
    let outcome = code("outcome", outcome);
    match (why, position) {
        (_, Some(position)) => {
            say!("became-at", outcome = outcome, position = position.to_string())
        }
        (Some(why), None) => format!("{outcome} ({})", code("gate", why)),
        (None, None) => outcome,
    }
}

#[derive(Debug, Deserialize)]
struct Page {
    messages: Vec<Message>,
    next: Option<u64>,
    by_reason: BTreeMap<String, u64>,
}

/// Prints a page of a shelf.
pub fn page(shelf: Shelf, page: Value) -> Result<()> {
    let Page { messages, next, by_reason } = Page::deserialize(page)?;
    let last = match shelf {
        Shelf::Quarantine => "DETAIL",
        Shelf::Held => "WAITS FOR",
    };
    let mut rows = Rows::new(&["ID", "FIRST", "REASON", "TIMES", "BYTES", "SUBJECT", last]);
    for message in &messages {
        let waits_for = message.waits_for.as_ref().map(Awaited::sentence);
        let size = if message.dropped { say!("dropped") } else { message.size.to_string() };
        rows.push([
            &message.id,
            &message.first,
            &code("gate", &message.reason),
            &message.times,
            &size,
            &message.subject,
            &waits_for.as_ref().unwrap_or(&message.detail),
        ]);
    }
    output::rows(&rows)?;
    if let Some(next) = next {
        output::note(&say!("more", next = next.to_string()));
    }
    if messages.is_empty() {
        let reasons: Vec<String> =
            by_reason.iter().map(|(reason, times)| format!("{reason} ({times})")).collect();
        let there = if reasons.is_empty() { say!("nothing") } else { reasons.join(", ") };
        output::note(&say!("shelf-none", shelf = shelf.name(), there = there));
    }
    Ok(())
}

/// Prints a message.
pub fn message(message: Value) -> Result<()> {
    let message = Message::deserialize(message)?;
    let mut facts = Facts::default();
    facts.push("message", message.id);
    facts.push("reason", text::line(&code("gate", &message.reason)));
    if !message.left {
        lying(&mut facts, &message);
    }
    facts.push("SHA-256", &message.sha256);
    for Decision { judged, reason, outcome, why, position } in &message.decisions {
        let became = became(outcome, why.as_deref(), *position);
        let reason = code("gate", reason);
        let moment = judged.as_str();
        let sentence = say!("judged-was", moment = moment, reason = reason, became = became);
        facts.push("judged again", sentence);
    }
    if let Some(header) = &message.header {
        of_header(&mut facts, header);
    }
    Ok(output::facts(&facts)?)
}

fn lying(facts: &mut Facts, message: &Message) {
    facts.push("detail", text::line(&message.detail));
    if let Some(awaited) = &message.waits_for {
        facts.push("waits for", awaited.sentence());
    }
    facts.push("subject", text::line(&message.subject));
    facts.push("came first", &message.first);
    facts.push("times", message.times);
    let size = message.size.to_string();
    facts.push("bytes", if message.dropped { say!("bytes-dropped", size = size) } else { size });
    if let Some(last) = &message.last_judged {
        let (times, last) = (message.rejudged, last.as_str());
        facts.push("judged again", say!("judged-stayed", times = times, last = last));
    }
}

fn of_header(facts: &mut Facts, header: &Header) {
    facts.push("event", &header.event_id);
    facts.push("kind", code("kind", &header.kind));
    facts.push("origin", &header.origin);
    facts.push("acting unit", &header.acting_unit);
    facts.push("epoch", header.epoch);
    facts.push("index", header.index);
    let zones: Vec<String> =
        header.zones.iter().map(|at| format!("{} (seq {})", at.zone, at.seq)).collect();
    facts.push("zones", zones.join(", "));
    facts.push("recorded", &header.recorded);
    facts.push("directory head", header.directory_seq);
    facts.push("key", header.key_id.as_deref().unwrap_or_default());
}

#[derive(Debug, Deserialize)]
struct Judged {
    #[serde(rename = "judged")]
    all: u64,
    outcomes: BTreeMap<String, u64>,
    messages: Vec<JudgedOne>,
}

#[derive(Debug, Deserialize)]
struct JudgedOne {
    id: u64,
    outcome: String,
    why: Option<String>,
    position: Option<u64>,
}

/// Prints what became of those that were judged again.
pub fn judged(judged: Value) -> Result<()> {
    let Judged { all, outcomes, messages } = Judged::deserialize(judged)?;
    let mut rows = Rows::new(&["ID", "NOW"]);
    for one in &messages {
        rows.push([&one.id, &became(&one.outcome, one.why.as_deref(), one.position)]);
    }
    if !messages.is_empty() {
        output::rows(&rows)?;
    }
    let outcomes: Vec<String> = outcomes
        .iter()
        .map(|(name, number)| format!("{number} {}", code("outcome", name)))
        .collect();
    let sentence = match all {
        0 => say!("judged-nothing"),
        judged => say!("judged", count = judged, outcomes = outcomes.join(", ")),
    };
    Ok(output::line(&sentence)?)
}

/// Bytes as digits, on one line.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut digits, byte| {
        // Writing to a String can't fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Bytes as digits, with the place of each line's first; nothing in them is read as text.
pub fn dump(bytes: &[u8]) -> String {
    let mut dump = String::new();
    for (number, line) in bytes.chunks(LINE_BYTES).enumerate() {
        let _ = write!(dump, "{:08x} ", number * LINE_BYTES);
        for byte in line {
            let _ = write!(dump, " {byte:02x}");
        }
        dump.push('\n');
    }
    dump
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_digits_with_their_place() {
        let bytes: Vec<u8> = (0x1b..0x2c).collect();
        assert_eq!(
            dump(&bytes),
            "00000000  1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27 28 29 2a\n00000010  2b\n"
        );
        assert_eq!(hexadecimal(&bytes[..3]), "1b1c1d");
        assert_eq!(dump(&[]), "");
    }

    #[test]
    fn what_is_awaited_is_named() {
        let awaited = |json: &str| serde_json::from_str::<Awaited>(json).unwrap().sentence();
        assert_eq!(
            awaited(
                r#"{"what":"before","places":[{"origin":"hcm","epoch":1,"zone":"a","seq":2},
                    {"origin":"hcm","epoch":1,"zone":"b","seq":3}]}"#
            ),
            "seq 2 of hcm in a (epoch 1), or seq 3 of hcm in b (epoch 1)"
        );
        assert_eq!(awaited(r#"{"what":"directory","head":5}"#), "the directory's head 5");
    }
}
