-- Version 4: two histories under one number are kept; a copy of an event may have the better
-- signature; what is said elsewhere of this node's own events is remembered; what is held is counted.

-- Two events of one author of which only one can be true. The one that came first is in the log, the
-- other one is here: evidence, never dropped. Only the decision is noted later.
CREATE TABLE forks (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Of the event that came later, and one of its places.
  origin           TEXT NOT NULL,
  epoch            INTEGER NOT NULL,
  zone             TEXT NOT NULL,
  seq              INTEGER NOT NULL,
  idx              INTEGER NOT NULL,
  -- The event in the log that rules it out.
  here             BLOB NOT NULL,
  here_position    INTEGER NOT NULL,
  -- The leaf hash and the bytes of the one that came later.
  other            BLOB NOT NULL,
  bytes            BLOB NOT NULL,
  found_ms         INTEGER NOT NULL,
  -- How far the log was when it was decided; NULL until then.
  decided_position INTEGER,
  UNIQUE (here, other)
) STRICT;
CREATE INDEX forks_of ON forks (origin, epoch);
CREATE INDEX forks_other ON forks (other);
CREATE TRIGGER forks_keep BEFORE UPDATE ON forks
WHEN OLD.decided_position IS NOT NULL
  OR (NEW.id, NEW.origin, NEW.epoch, NEW.zone, NEW.seq, NEW.idx, NEW.here, NEW.here_position,
      NEW.other, NEW.bytes, NEW.found_ms)
  IS NOT (OLD.id, OLD.origin, OLD.epoch, OLD.zone, OLD.seq, OLD.idx, OLD.here, OLD.here_position,
      OLD.other, OLD.bytes, OLD.found_ms)
BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER forks_stay BEFORE DELETE ON forks
BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER forks_once BEFORE INSERT ON forks
WHEN EXISTS (SELECT 1 FROM forks WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM forks WHERE here = NEW.here AND other = NEW.other)
BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;

-- The same event again, with a signature that holds, where the one in the log does not.
CREATE TABLE copies (
  position INTEGER PRIMARY KEY,
  bytes    BLOB NOT NULL
) STRICT;
CREATE TRIGGER copies_keep BEFORE UPDATE ON copies
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER copies_stay BEFORE DELETE ON copies
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER copies_once BEFORE INSERT ON copies
WHEN EXISTS (SELECT 1 FROM copies WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- What others say that they hold of this node's own events, and this log does not, or has otherwise.
-- Nothing is signed while there is any.
CREATE TABLE claims (
  said_by TEXT NOT NULL,
  epoch   INTEGER NOT NULL,
  zone    TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  PRIMARY KEY (said_by, epoch, zone)
) STRICT, WITHOUT ROWID;

-- How many events are held: of each origin; under '' of all; under '?' of those whose author is not
-- known.
CREATE TABLE holding (
  origin   TEXT PRIMARY KEY,
  messages INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO holding SELECT origin, COUNT(*) FROM held GROUP BY origin;
INSERT INTO holding SELECT '', COUNT(*) FROM held;
INSERT INTO holding SELECT '?', COUNT(*) FROM held WHERE reason = 'unknown-key';
CREATE TRIGGER held_one_more AFTER INSERT ON held
BEGIN
  INSERT INTO holding VALUES (NEW.origin, 1)
    ON CONFLICT (origin) DO UPDATE SET messages = messages + 1;
  UPDATE holding SET messages = messages + 1
    WHERE origin = '' OR (origin = '?' AND NEW.reason = 'unknown-key');
END;
CREATE TRIGGER held_one_less AFTER DELETE ON held
BEGIN
  UPDATE holding SET messages = messages - 1
    WHERE origin IN ('', OLD.origin) OR (origin = '?' AND OLD.reason = 'unknown-key');
  DELETE FROM holding WHERE origin = OLD.origin AND messages = 0;
END;
