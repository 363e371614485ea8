//! How much anyone may ask of a server, and why so much.

/// Most bytes in a message, its headers included. An event stays below; pages of a backfill are
/// half of it. The server's own default, written down because nodes rely on it.
pub(super) const PAYLOAD_BYTES: u64 = 1024 * 1024;
/// Most bytes that wait for one connection before it counts as too slow and is closed. A pull hands
/// out 256 events at once, which are far smaller than they may be.
pub(super) const PENDING_BYTES: u64 = 64 * 1024 * 1024;
/// How long the server waits for a connection that takes nothing.
pub(super) const WRITE_DEADLINE: &str = "10s";
/// Longest line of the protocol: subjects here are below 300 bytes.
pub(super) const CONTROL_LINE_BYTES: u64 = 4096;
/// Most connections to one server: every node of the country's provinces and districts, twice, while
/// all of them connect anew.
pub(super) const CONNECTIONS: u64 = 4096;
/// Most connections of one node: the one that it has, the one that replaces it, a person's look.
pub(super) const NODE_CONNECTIONS: u64 = 4;
/// Most subscriptions of a node's connection: an inbox for each province's pull, answers, beacons of
/// each zone that it is in, and its service.
pub(super) const NODE_SUBSCRIPTIONS: u64 = 512;
/// How long a node may take to answer another: as long as that one waits.
pub(super) const ANSWER: &str = "10s";
/// Most connections of a province's owner: each node of a province may hold one.
pub(super) const OWNER_CONNECTIONS: u64 = 16;
/// A peer that is silent is asked so often, and given up after so many unanswered questions: within
/// 45 s. Links between provinces go through equipment that forgets them.
pub(super) const PING_INTERVAL: &str = "15s";
pub(super) const PINGS: u64 = 2;
/// How long a handshake may take; a rural line is slow, and a stranger holds no place for long.
pub(super) const TLS_SECONDS: u64 = 5;
/// A server that is told to stop asks its clients to leave during so long.
pub(super) const LAME_DUCK: &str = "30s";
pub(super) const LAME_DUCK_GRACE: &str = "5s";
/// One line in the log for so many attempts that fail alike: a link may be down for days.
pub(super) const ERROR_REPORTS: u64 = 60;
/// A log that is longer is put aside; so many are kept.
pub(super) const LOG_BYTES: u64 = 16 * 1024 * 1024;
pub(super) const LOGS: u64 = 4;

/// What the stream of a province may take on disk: its policy's 128 MiB on each of three servers,
/// and room for consumers.
pub(super) const STREAM_MIB: u64 = 512;
/// What a server sets aside on disk unless told otherwise. Fixed, because the server can't change it
/// while it runs: room for the 34 provinces of today and as many again.
pub(super) const STORE_MIB: u64 = 34 * 2 * STREAM_MIB;
/// The same for a server that has one province's stream.
pub(super) const LEAF_STORE_MIB: u64 = 2 * STREAM_MIB;
/// Streams are on disk; a little memory for what the server keeps there by itself.
pub(super) const MEMORY_MIB: u64 = 64;
/// Most consumers of a province's stream: one for each node there could be.
pub(super) const CONSUMERS: u64 = 2048;

const _: () = assert!(LEAF_STORE_MIB >= STREAM_MIB && CONNECTIONS > CONSUMERS);
