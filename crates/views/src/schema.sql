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
    -- Who answers for it now.
    responsible TEXT NOT NULL,
    category TEXT NOT NULL,
    -- 'awaited', 'active' or 'withdrawn': what does not depend on the clock.
    status TEXT NOT NULL,
    version INTEGER NOT NULL,
    severity TEXT NOT NULL,
    headline TEXT NOT NULL,
    issued_ms INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    -- Until when it is shown to fewer units; 0: to everybody.
    hidden_ms INTEGER NOT NULL,
    -- The units that it is still shown to meanwhile, with a space before and after each.
    shown_to TEXT NOT NULL,
    -- How many units are to acknowledge it, and how many of these have.
    asked INTEGER NOT NULL,
    acknowledged INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    -- Why what it says is not shown: 'waiting', 'altered' or 'erased'; empty: it is.
    sealed TEXT NOT NULL,
    -- From when on this node has to erase it; 0: it has, or nothing says when.
    erase_ms INTEGER NOT NULL,
    -- The code of its issuer's word about that; empty: there is none.
    erase_ground TEXT NOT NULL,
    -- The folded alert, as JSON. The last, so that the others are read without it.
    state TEXT NOT NULL
) STRICT;
-- The order of the list of alerts, and what their standing at a moment follows from; the same of each
-- category, because of some there are few among very many.
CREATE INDEX alerts_by_change ON alerts (changed_ms, id, status, expires_ms, hidden_ms);
CREATE INDEX alerts_by_category
    ON alerts (category, changed_ms, id, status, expires_ms, hidden_ms);
CREATE INDEX alerts_of ON alerts (responsible, changed_ms, id, status, expires_ms, hidden_ms);
CREATE INDEX alerts_of_category
    ON alerts (responsible, category, changed_ms, id, status, expires_ms, hidden_ms);

CREATE INDEX alerts_to_erase ON alerts (erase_ms) WHERE erase_ms > 0;
-- Those whose key has not come.
CREATE INDEX alerts_sealed ON alerts (id) WHERE sealed = 'waiting';

-- That this node destroyed the keys of an alert, and whether it has told others.
CREATE TABLE erasures (
    alert TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    why TEXT NOT NULL,
    noted_ms INTEGER NOT NULL,
    confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1))
) STRICT, WITHOUT ROWID;

-- The words of an alert, folded as text.rs says: of the names of whom it is about, of places, and all
-- others; and by which tags a search is narrowed before it is read.
CREATE VIRTUAL TABLE alert_words USING fts5 (
    names, places, text, tags, columnsize = 0, tokenize = "unicode61 remove_diacritics 2"
);
-- A word that an amendment takes back is taken out of the file by 'secure-delete', which walks the
-- alerts with that word: a millisecond or two. In a backlog that would be most of the work, so there
-- it lies in the file until the index is merged, part by part, once there is nothing to show. Of which
-- alerts says word_remains: where one of these is erased before, the index is merged at once.
-- Deleting takes the text that was indexed, so it is kept here.

CREATE TABLE word_remains (
    number INTEGER PRIMARY KEY
) STRICT;

-- The names of whom an alert is about, for the search. The key is the same for every order and spelling:
-- the words without marks, ascending, with a space between.
CREATE TABLE alert_names (
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    written TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (number, field, written)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_names_by_key ON alert_names (key, number DESC);

-- The words that stand in such keys, and in those of how many alerts: what one letter off may mean.
CREATE TABLE name_words (
    word TEXT PRIMARY KEY,
    alerts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Plates, phones, accounts and everything else that has a number: capitals and digits alone, and the
-- same from its end.
CREATE TABLE alert_numbers (
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    backwards TEXT NOT NULL,
    -- As the alert shows it.
    written TEXT NOT NULL,
    -- A plate of which not everything was read.
    partial INTEGER NOT NULL CHECK (partial IN (0, 1)),
    PRIMARY KEY (number, field, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_numbers_by_value ON alert_numbers (value, number DESC);
CREATE INDEX alert_numbers_by_end ON alert_numbers (backwards);
CREATE INDEX alert_numbers_partial ON alert_numbers (value, number) WHERE partial = 1;

-- Whom an alert is about, by what namesakes are told apart.
CREATE TABLE alert_persons (
    number INTEGER PRIMARY KEY,
    -- As written; and its year, NULL where it is not said.
    born TEXT NOT NULL,
    year INTEGER,
    -- Empty: not said, or not known.
    sex TEXT NOT NULL,
    place TEXT NOT NULL
) STRICT;

-- Who is a member of one of these sees the alert: every zone that it ever had, because all of them
-- learn what becomes of it. The rows of a zone are in the order of the list of alerts, with what their
-- standing follows from.
CREATE TABLE alert_zones (
    zone TEXT NOT NULL,
    changed_ms INTEGER NOT NULL,
    alert TEXT NOT NULL,
    status TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    hidden_ms INTEGER NOT NULL,
    -- Whether it is in force there, or was at last.
    current INTEGER NOT NULL CHECK (current IN (0, 1)),
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    category TEXT NOT NULL,
    PRIMARY KEY (zone, changed_ms, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_zones_of ON alert_zones (alert, zone, current);
CREATE INDEX alert_zones_by_category
    ON alert_zones (zone, category, changed_ms, alert, status, expires_ms, hidden_ms);

CREATE TABLE hits (
    event_id TEXT PRIMARY KEY,
    alert TEXT NOT NULL,
    unit TEXT NOT NULL,
    recorded_ms INTEGER NOT NULL,
    answered INTEGER NOT NULL CHECK (answered IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX hits_of_alert ON hits (alert, answered);

-- The same by zone and time, to be counted: of each zone in which the alert is in force, or was at last.
CREATE TABLE zone_hits (
    zone TEXT NOT NULL,
    recorded_ms INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    alert TEXT NOT NULL,
    answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
    -- Until when the alert is shown to fewer units.
    hidden_ms INTEGER NOT NULL,
    PRIMARY KEY (zone, recorded_ms, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX zone_hits_of ON zone_hits (alert);

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
-- What a viewer sees of the feed: what concerns everybody, what the unit itself said, and what was
-- said in each of its zones.
CREATE INDEX entries_loose ON entries (position) WHERE alert IS NULL;
CREATE INDEX entries_of_unit ON entries (acting_unit);
CREATE TABLE entry_zones (
    zone TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (zone, position)
) STRICT, WITHOUT ROWID;

-- What is to be done by whom: of alerts, and of this node's drafts. What does not depend on the
-- clock, so that a row that has ended by itself stays until its alert changes.
CREATE TABLE obligations (
    alert TEXT NOT NULL,
    duty TEXT NOT NULL,
    -- The hit or the submission that it is about; empty: none.
    subject TEXT NOT NULL,
    unit TEXT NOT NULL,
    -- The province in whose stream the unit publishes.
    province TEXT NOT NULL,
    -- Who answers for the alert.
    responsible TEXT NOT NULL,
    -- 0: urgent, 1: not.
    rank INTEGER NOT NULL CHECK (rank IN (0, 1)),
    begun_ms INTEGER NOT NULL,
    due_ms INTEGER NOT NULL,
    escalates_ms INTEGER,
    escalates_to TEXT,
    ends_ms INTEGER,
    PRIMARY KEY (alert, duty, subject, unit)
) STRICT;
-- Each in the order of the list; what has not begun, or has ended, is left out without a look at
-- the row.
CREATE INDEX obligations_of_unit ON obligations
    (unit, rank, due_ms, alert, duty, subject, begun_ms, ends_ms, responsible);
CREATE INDEX obligations_of_province ON obligations
    (province, rank, due_ms, alert, duty, subject, unit, begun_ms, ends_ms, responsible);
CREATE INDEX obligations_escalating ON obligations
    (escalates_to, rank, due_ms, alert, duty, subject, unit, escalates_ms, begun_ms, ends_ms,
        responsible)
    WHERE escalates_to IS NOT NULL;
-- When the next of them comes a stage further.
CREATE INDEX obligations_begin ON obligations (begun_ms);
CREATE INDEX obligations_due ON obligations (due_ms);
CREATE INDEX obligations_escalate ON obligations (escalates_ms) WHERE escalates_ms IS NOT NULL;

-- Of which of them, and how far they had come, this node's hook was told.
CREATE TABLE due_noted (
    key TEXT NOT NULL,
    stage TEXT NOT NULL,
    PRIMARY KEY (key, stage)
) STRICT, WITHOUT ROWID;

-- When, and by which event, each officer of this node said last what the officer's searches are for.
-- What was said is sealed, and stays in the log.
CREATE TABLE purposes (
    officer TEXT PRIMARY KEY,
    event_id TEXT NOT NULL,
    stated_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was shown what, and how. Nothing here is what anybody typed.
CREATE TABLE accesses (
    position INTEGER PRIMARY KEY,
    -- Empty: a program or person at the socket of a node without officers.
    officer TEXT NOT NULL,
    unit TEXT NOT NULL,
    act TEXT NOT NULL,
    source TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    -- How many alerts were shown.
    results INTEGER NOT NULL,
    -- The events that say the purpose, and what was typed; NULL: there is none.
    purpose TEXT,
    search TEXT
) STRICT;
CREATE INDEX accesses_by ON accesses (officer, at_ms);
CREATE INDEX accesses_at ON accesses (at_ms);
CREATE TABLE access_results (
    alert TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (alert, position)
) STRICT, WITHOUT ROWID;

-- The newest draft of each alert at this node.
CREATE TABLE drafts (
    alert TEXT PRIMARY KEY,
    unit TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- 'issue', 'amend', 'withdraw', 'hide' or 'reveal'; empty: what is newer than this program.
    proposes TEXT NOT NULL,
    -- Empty where it proposes no text.
    headline TEXT NOT NULL,
    changed_ms INTEGER NOT NULL,
    -- 0: nobody waits.
    due_ms INTEGER NOT NULL,
    -- The officers, none of whom releases it, with a space before and after each.
    written_by TEXT NOT NULL,
    -- From when on what was discarded has to be erased; 0: it was not.
    erase_ms INTEGER NOT NULL,
    -- The folded draft, as JSON.
    draft TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_of_unit ON drafts (unit, changed_ms, alert);
CREATE INDEX drafts_to_erase ON drafts (erase_ms) WHERE erase_ms > 0;

-- That two alerts may belong together.
CREATE TABLE links (
    -- Where it was proposed, and by which event.
    alert TEXT NOT NULL,
    link TEXT NOT NULL,
    other TEXT NOT NULL,
    relation TEXT NOT NULL,
    -- 'proposed', 'confirmed' or 'rejected'.
    state TEXT NOT NULL,
    grounds TEXT NOT NULL,
    -- The unit that proposed it, and the program, where no person found it.
    unit TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    recorded_ms INTEGER NOT NULL,
    PRIMARY KEY (alert, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_to ON links (other);

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
