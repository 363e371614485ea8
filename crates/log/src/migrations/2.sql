-- Version 2: quarantine has a bound, and what is judged again leaves a trace. People name the ids,
-- so each is given once and never again.

CREATE TABLE quarantine_2 (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  arrived_ms INTEGER NOT NULL,
  subject    TEXT NOT NULL,
  -- Whose share of the room it takes: the province that the subject names; '' when it names none,
  -- or when it came before this version.
  sender     TEXT NOT NULL,
  reason     TEXT NOT NULL,
  detail     TEXT NOT NULL,
  hash       BLOB NOT NULL,
  size       INTEGER NOT NULL,
  times      INTEGER NOT NULL DEFAULT 1,
  -- How often it was judged again and stayed, and when last.
  judged     INTEGER NOT NULL DEFAULT 0,
  judged_ms  INTEGER,
  -- NULL once they were dropped to make room.
  bytes      BLOB,
  UNIQUE (hash, reason)
) STRICT;
INSERT INTO quarantine_2 (id, arrived_ms, subject, sender, reason, detail, hash, size, times, bytes)
  SELECT id, arrived_ms, subject, '', reason, detail, hash, length(bytes), times, bytes
  FROM quarantine ORDER BY id;
DROP TABLE quarantine;
ALTER TABLE quarantine_2 RENAME TO quarantine;
CREATE INDEX quarantine_of ON quarantine (sender, id);
CREATE INDEX quarantine_room ON quarantine (sender, id, size) WHERE bytes IS NOT NULL;
CREATE INDEX quarantine_dropped ON quarantine (id) WHERE bytes IS NULL;
CREATE INDEX quarantine_by_reason ON quarantine (reason, id, times);

-- Of the oldest messages of a sender that sent very many only the number is kept.
CREATE TABLE quarantine_tally (
  sender    TEXT NOT NULL,
  reason    TEXT NOT NULL,
  messages  INTEGER NOT NULL,
  times     INTEGER NOT NULL,
  newest_ms INTEGER NOT NULL,
  PRIMARY KEY (sender, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_2 (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  arrived_ms INTEGER NOT NULL,
  subject    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  origin     TEXT NOT NULL,
  -- The zone that the subject named.
  zone       TEXT NOT NULL,
  hash       BLOB NOT NULL UNIQUE,
  judged     INTEGER NOT NULL DEFAULT 0,
  judged_ms  INTEGER,
  bytes      BLOB NOT NULL
) STRICT;
INSERT INTO held_2 (id, arrived_ms, subject, reason, origin, zone, hash, bytes)
  SELECT id, arrived_ms, subject, reason, origin, zone, hash, bytes FROM held ORDER BY id;
DROP TABLE held;
ALTER TABLE held_2 RENAME TO held;
CREATE INDEX held_of ON held (origin);
CREATE TRIGGER awaited_no_more AFTER DELETE ON held
BEGIN DELETE FROM awaited WHERE held = OLD.id; END;

-- What left quarantine or the held ones because somebody had it judged again, or lies there for
-- another reason since: when, what, and how it was decided. Append-only.
CREATE TABLE rejudged (
  id         INTEGER PRIMARY KEY,
  judged_ms  INTEGER NOT NULL,
  -- 'quarantine' or 'held', and its id there.
  shelf      TEXT NOT NULL,
  number     INTEGER NOT NULL,
  arrived_ms INTEGER NOT NULL,
  subject    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  hash       BLOB NOT NULL,
  times      INTEGER NOT NULL,
  -- 'appended', 'duplicate', 'held' or 'quarantined'; for the last two the reason, for the first
  -- the position.
  outcome    TEXT NOT NULL,
  why        TEXT,
  position   INTEGER
) STRICT;
CREATE INDEX rejudged_number ON rejudged (shelf, number);
CREATE TRIGGER rejudged_keep BEFORE UPDATE ON rejudged
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER rejudged_stay BEFORE DELETE ON rejudged
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER rejudged_once BEFORE INSERT ON rejudged
WHEN EXISTS (SELECT 1 FROM rejudged WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
