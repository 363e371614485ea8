-- Version 2: the keys of sealed payloads. A row is only ever appended and, when its key has to go,
-- overwritten where it lies, at the same length: so no copy of a key is left where SQLite moved a row.

CREATE TABLE data_keys (
  id         INTEGER PRIMARY KEY,
  -- Which key it is, as headers name it.
  commitment BLOB NOT NULL UNIQUE CHECK (length(commitment) = 32),
  -- Zeros once it was destroyed.
  key        BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

-- What a key is used for. One without a row lies in the pool.
CREATE TABLE key_uses (
  commitment BLOB PRIMARY KEY CHECK (length(commitment) = 32),
  -- The alert whose payloads it opens, or the event.
  subject    TEXT NOT NULL,
  -- When it has to be destroyed by itself; 0: it does not.
  until_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX key_uses_until ON key_uses (until_ms) WHERE until_ms > 0;

-- What was erased, and never comes back: whatever key opens it is refused.
CREATE TABLE fences (
  subject   TEXT PRIMARY KEY,
  fenced_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When this node was last known to run. One row.
CREATE TABLE presence (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  alive_ms INTEGER NOT NULL
) STRICT;
INSERT INTO presence VALUES (1, 0);
