//! The sizes that an event may have, and how they fit together.

/// Largest header, bytes: room for [`LINKS`] links and [`CAUSES`] causes.
pub const HEADER_BYTES: usize = 16 * 1024;
/// Largest payload, bytes.
pub const PAYLOAD_BYTES: usize = 240 * 1024;
/// Largest event with its envelope, bytes.
pub const EVENT_BYTES: usize = HEADER_BYTES + PAYLOAD_BYTES + ENVELOPE_BYTES;
/// Most zones that one event may go to.
pub const LINKS: usize = 64;
/// Most events that one event may answer.
pub const CAUSES: usize = 64;
/// Longest id of a unit or zone, kind, officer or code, bytes.
pub const TOKEN_BYTES: usize = 64;

/// Key id, signature, and the tags and lengths of the four fields.
const ENVELOPE_BYTES: usize = 32 + 64 + 32;
/// NATS's default limit of a message, headers included.
const NATS_PAYLOAD_BYTES: usize = 1024 * 1024;

const _: () = assert!(2 * EVENT_BYTES < NATS_PAYLOAD_BYTES, "a page holds any event");
const _: () = assert!(LINKS * (TOKEN_BYTES + 64) + CAUSES * 20 + 1024 < HEADER_BYTES);
