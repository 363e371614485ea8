//! Server-Sent Events as they arrive.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;

/// Longest line that is taken in, bytes: an entry is far shorter.
const LINE_BYTES: usize = 1024 * 1024;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerEvent {
    /// The log position up to which everything was received.
    pub id: Option<u64>,
    /// `entry`, `position`, `reset`; empty for a bare id.
    pub name: String,
    /// What it says.
    pub data: String,
}

/// A stream of events.
pub struct Events {
    body: Incoming,
    parser: Parser,
}

impl Events {
    /// The events of a response's body.
    pub fn of(body: Incoming) -> Self {
        Self { body, parser: Parser::default() }
    }

    /// The next event; `None` when the line is down.
    pub async fn next(&mut self) -> Option<ServerEvent> {
        loop {
            if let Some(event) = self.parser.next() {
                return Some(event);
            }
            let chunk: Bytes = self.body.frame().await?.ok()?.into_data().unwrap_or_default();
            if !self.parser.take(&chunk) {
                return None;
            }
        }
    }
}

/// Finds events in bytes that are cut anywhere.
#[derive(Default)]
struct Parser {
    bytes: Vec<u8>,
    event: ServerEvent,
    begun: bool,
}

impl Parser {
    /// Takes bytes in; `false` when this can't be an event stream of a node.
    fn take(&mut self, chunk: &[u8]) -> bool {
        self.bytes.extend_from_slice(chunk);
        self.bytes.len() <= LINE_BYTES
    }

    fn next(&mut self) -> Option<ServerEvent> {
        while let Some(end) = self.bytes.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.bytes.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end_matches(['\n', '\r']);
            if !line.is_empty() {
                self.field(line);
            } else if self.begun {
                self.begun = false;
                return Some(std::mem::take(&mut self.event));
            }
        }
        None
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "id" => self.event.id = value.parse().ok(),
            "event" => value.clone_into(&mut self.event.name),
            "data" => {
                if !self.event.data.is_empty() {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            // A comment, or a field that is newer than this program.
            _ => return,
        }
        self.begun = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = "id: 7\n\n: comment\n\nid: 8\nevent: entry\ndata: {\"a\":\ndata: 1}\n\n\
        id:9\r\nevent:position\r\ndata:9\r\n\r\nid: 10\nevent: ent";

    fn parsed(cut: usize) -> Vec<ServerEvent> {
        let mut parser = Parser::default();
        let mut events = Vec::new();
        for chunk in STREAM.as_bytes().chunks(cut) {
            assert!(parser.take(chunk));
            events.extend(std::iter::from_fn(|| parser.next()));
        }
        events
    }

    #[test]
    fn events_are_the_same_wherever_the_bytes_are_cut() {
        let event = |id, name: &str, data: &str| ServerEvent {
            id: Some(id),
            name: name.into(),
            data: data.into(),
        };
        let expected =
            vec![event(7, "", ""), event(8, "entry", "{\"a\":\n1}"), event(9, "position", "9")];
        for cut in 1..=STREAM.len() {
            assert_eq!(parsed(cut), expected, "chunks of {cut} bytes");
        }
    }
}
