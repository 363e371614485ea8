-- The log of one node. Append-only; the bytes are the author's, verbatim.
-- application_id and user_version are set by the code that creates the file. This is version 1, as
-- it was released; what changes it stands in migrations/.

-- Whose log it is. One row.
CREATE TABLE identity (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  unit       TEXT NOT NULL,
  epoch      INTEGER NOT NULL,
  public_key BLOB NOT NULL,
  registrar  TEXT NOT NULL,
  anchor     BLOB NOT NULL
) STRICT;

CREATE TABLE events (
  position   INTEGER PRIMARY KEY,
  event_id   BLOB NOT NULL UNIQUE,
  origin     TEXT NOT NULL,
  epoch      INTEGER NOT NULL,
  -- 1 for what is never published; it is counted apart.
  local      INTEGER NOT NULL,
  idx        INTEGER NOT NULL,
  alert      TEXT,
  leaf       BLOB NOT NULL,
  arrived_ms INTEGER NOT NULL,
  bytes      BLOB NOT NULL,
  UNIQUE (origin, epoch, local, idx)
) STRICT;

CREATE INDEX events_of_alert ON events (alert, position) WHERE alert IS NOT NULL;

-- What one origin published to one zone in one epoch.
CREATE TABLE feeds (
  id     INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  epoch  INTEGER NOT NULL,
  zone   TEXT NOT NULL,
  UNIQUE (origin, epoch, zone)
) STRICT;

-- One row for each link of an event that this node is entitled to.
CREATE TABLE links (
  feed     INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (feed, seq)
) STRICT, WITHOUT ROWID;

-- Append-only. `INSERT OR REPLACE` deletes without asking a delete trigger unless
-- recursive_triggers is on, so the insert itself is guarded too.
CREATE TRIGGER events_keep BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_once BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
  OR EXISTS (SELECT 1 FROM events WHERE event_id = NEW.event_id)
  OR EXISTS (SELECT 1 FROM events WHERE origin = NEW.origin AND epoch = NEW.epoch
             AND local = NEW.local AND idx = NEW.idx)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER links_keep BEFORE UPDATE ON links
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER links_stay BEFORE DELETE ON links
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER links_once BEFORE INSERT ON links
WHEN EXISTS (SELECT 1 FROM links WHERE feed = NEW.feed AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER identity_keep BEFORE UPDATE ON identity
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER identity_stay BEFORE DELETE ON identity
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER identity_once BEFORE INSERT ON identity
WHEN EXISTS (SELECT 1 FROM identity)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER feeds_keep BEFORE UPDATE ON feeds
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER feeds_stay BEFORE DELETE ON feeds
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER feeds_once BEFORE INSERT ON feeds
WHEN EXISTS (SELECT 1 FROM feeds WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM feeds WHERE origin = NEW.origin AND epoch = NEW.epoch
             AND zone = NEW.zone)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- What failed the gate, with its reason. Nothing is dropped in silence.
CREATE TABLE quarantine (
  id         INTEGER PRIMARY KEY,
  arrived_ms INTEGER NOT NULL,
  subject    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  detail     TEXT NOT NULL,
  hash       BLOB NOT NULL,
  times      INTEGER NOT NULL DEFAULT 1,
  bytes      BLOB NOT NULL,
  UNIQUE (hash, reason)
) STRICT;

-- What failed only because something else is not here yet.
CREATE TABLE held (
  id         INTEGER PRIMARY KEY,
  arrived_ms INTEGER NOT NULL,
  subject    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  origin     TEXT NOT NULL,
  -- The zone that the subject named.
  zone       TEXT NOT NULL,
  hash       BLOB NOT NULL UNIQUE,
  bytes      BLOB NOT NULL
) STRICT;

CREATE INDEX held_of ON held (origin);

-- The places that an event held for a gap would take, one a zone: it comes in as soon as the feed
-- of any of them has reached the place before.
CREATE TABLE awaited (
  origin TEXT NOT NULL,
  epoch  INTEGER NOT NULL,
  zone   TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  held   INTEGER NOT NULL,
  PRIMARY KEY (origin, epoch, zone, seq, held)
) STRICT, WITHOUT ROWID;

CREATE INDEX awaited_by ON awaited (held);
CREATE TRIGGER awaited_no_more AFTER DELETE ON held
BEGIN DELETE FROM awaited WHERE held = OLD.id; END;

-- How far the log was verified at an earlier start. One row.
CREATE TABLE verified (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL
) STRICT;
INSERT INTO verified VALUES (1, 0);
