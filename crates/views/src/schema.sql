-- Everything here follows from the log. A change of this file is a new schema version and a new
-- file name: old views are dropped and projected again, never migrated.

CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- Position in the log up to which everything below is projected.
    cursor INTEGER NOT NULL,
    registrar TEXT NOT NULL,
    directory_head INTEGER NOT NULL
) STRICT;

CREATE TABLE alerts (
    -- Only in this file: the row of alert_words.
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    issuer TEXT NOT NULL,
    category TEXT NOT NULL,
    -- 'awaited', 'active' or 'withdrawn': what does not depend on the clock.
    status TEXT NOT NULL,
    version INTEGER NOT NULL,
    severity TEXT NOT NULL,
    headline TEXT NOT NULL,
    issued_ms INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    -- The folded alert, as JSON.
    state TEXT NOT NULL
) STRICT;
CREATE INDEX alerts_by_change ON alerts (changed_ms, id);

-- The words of an alert, folded as text.rs says.
CREATE VIRTUAL TABLE alert_words USING fts5 (
    text, tokenize = "unicode61 remove_diacritics 2"
);
-- A word that an amendment takes back is found no more, and lies in the file until the index is
-- merged or made anew. 'secure-delete' would take it out at once, but walks all alerts with that
-- word, so that each amendment would cost more with every alert; it is for what must be forgotten.
-- Deleting takes the text that was indexed, so it is kept here.

CREATE TABLE alert_zones (
    alert TEXT NOT NULL,
    zone TEXT NOT NULL,
    PRIMARY KEY (alert, zone)
) STRICT, WITHOUT ROWID;

CREATE TABLE hits (
    event_id TEXT PRIMARY KEY,
    alert TEXT NOT NULL,
    unit TEXT NOT NULL,
    recorded_ms INTEGER NOT NULL,
    answered INTEGER NOT NULL CHECK (answered IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX hits_of_alert ON hits (alert, answered);

CREATE TABLE entries (
    position INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    alert TEXT,
    origin TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    acting_unit TEXT NOT NULL,
    recorded_ms INTEGER NOT NULL,
    arrived_ms INTEGER NOT NULL,
    category TEXT NOT NULL,
    -- Ascending, with a space between.
    zones TEXT NOT NULL,
    -- Its number in each of them, in that order.
    seqs TEXT NOT NULL,
    verdict TEXT NOT NULL,
    why TEXT
) STRICT;
-- Which entries a change of the directory reaches.
CREATE INDEX entries_of_alert ON entries (alert);
CREATE INDEX entries_of_origin ON entries (origin);
CREATE INDEX entries_waiting ON entries (position) WHERE verdict = 'waiting';

CREATE TABLE units (
    id TEXT PRIMARY KEY,
    parent TEXT,
    level TEXT NOT NULL,
    name TEXT NOT NULL,
    official_code TEXT NOT NULL,
    since INTEGER NOT NULL,
    has_node INTEGER NOT NULL CHECK (has_node IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE zones (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE zone_members (
    zone TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (zone, unit)
) STRICT, WITHOUT ROWID;

-- Since when a peer is known to hold this node's own events of a zone and epoch, up to a number.
CREATE TABLE deliveries (
    zone TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    unit TEXT NOT NULL,
    seq INTEGER NOT NULL,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (zone, epoch, unit, seq)
) STRICT, WITHOUT ROWID;

-- What units said about forks; whether they had the authority stands in entries.
CREATE TABLE fork_reports (
    event_id TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    zone TEXT NOT NULL,
    seq INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    -- Leaf hashes in hexadecimal digits, the smaller one first.
    first_hash TEXT NOT NULL,
    second_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX fork_reports_of ON fork_reports (origin, epoch);

-- What officers of this node decided about them.
CREATE TABLE fork_decisions (
    position INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    officer TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_ms INTEGER NOT NULL
) STRICT;
