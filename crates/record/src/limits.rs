//! The sizes that an event, a beacon and a page may have, and how they fit together.

/// Largest header, bytes: room for [`LINKS`] links and [`CAUSES`] causes.
pub const HEADER_BYTES: usize = 16 * 1024;
/// Largest payload, bytes.
pub const PAYLOAD_BYTES: usize = 240 * 1024;
/// What sealing adds to a payload, bytes: nonce, tag, and the tags and lengths of the fields.
pub const SEALING_BYTES: usize = 64;
/// Largest event with its envelope, bytes.
pub const EVENT_BYTES: usize = HEADER_BYTES + PAYLOAD_BYTES + ENVELOPE_BYTES;
/// Most zones that one event may go to.
pub const LINKS: usize = 64;
/// Most events that one event may answer.
pub const CAUSES: usize = 64;
/// Longest id of a unit or zone, kind, officer or code, bytes.
pub const TOKEN_BYTES: usize = 64;
/// Largest beacon with its envelope, bytes.
pub const BEACON_BYTES: usize = 256 * 1024;
/// Most feeds that one beacon may speak of.
pub const BEACON_HEADS: usize = 2_000;
/// Largest page, bytes: with the headers of the message it stays under 512 KiB.
pub const PAGE_BYTES: usize = 512 * 1024 - MESSAGE_HEADERS_BYTES;
/// Most events in one page. The smallest event that is one has some 200 bytes.
pub const PAGE_EVENTS: usize = 2_048;
/// Largest request for a page, bytes.
pub const REQUEST_BYTES: usize = 512;

/// Most keys that are asked for, granted or offered at once.
pub const GRANTS: usize = 64;
/// Largest file of grants, bytes: those of 200,000 alerts.
pub const GRANT_FILE_BYTES: usize = 64 * 1024 * 1024;
/// Largest request about keys, and largest answer to one, bytes.
pub const KEY_EXCHANGE_BYTES: usize = 32 * 1024;

/// What a NATS message may carry beside its payload, bytes.
const MESSAGE_HEADERS_BYTES: usize = 4 * 1024;
/// Key id, signature, and the tags and lengths of the four fields.
const ENVELOPE_BYTES: usize = 32 + 64 + 32;
/// NATS's default limit of a message, headers included.
const NATS_PAYLOAD_BYTES: usize = 1024 * 1024;

const _: () = assert!(2 * EVENT_BYTES < NATS_PAYLOAD_BYTES, "a message holds any event");
const _: () = assert!(EVENT_BYTES + 32 < PAGE_BYTES, "a page holds any event");
const _: () = assert!(PAGE_BYTES + MESSAGE_HEADERS_BYTES < NATS_PAYLOAD_BYTES);
const _: () = assert!(BEACON_BYTES + MESSAGE_HEADERS_BYTES < NATS_PAYLOAD_BYTES);
// A head: the origin, epoch, seq and hash, each with its tag and length, and its own.
const _: () = assert!(
    BEACON_HEADS * (TOKEN_BYTES + 2 + 6 + 11 + 34 + 3) + 1024 < BEACON_BYTES,
    "a beacon holds as many heads as it may"
);
const _: () = assert!(2 * (TOKEN_BYTES + 2) + 6 + 22 < REQUEST_BYTES);
const _: () = assert!(LINKS * (TOKEN_BYTES + 64) + CAUSES * 20 + 1024 < HEADER_BYTES);
// A grant: commitment, alert, unit, encapsulated and sealed key, each with its tag and length.
const _: () = assert!(GRANTS * (34 + 98 + 66 + 34 + 50 + 4) + 16 < KEY_EXCHANGE_BYTES);
