-- The vault of one node: what it must be able to forget. application_id and user_version are set by
-- the code that creates the file. This is version 1; what changes it comes in a file of its own.

CREATE TABLE officers (
  -- Pseudonymous; stands in events.
  id           TEXT PRIMARY KEY,
  unit         TEXT NOT NULL,
  -- In lower case.
  login        TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  -- Codes in order, with a space between them.
  roles        TEXT NOT NULL,
  -- Argon2id as a PHC string, which says what it cost.
  password     TEXT NOT NULL,
  -- 1 as long as the password is one that somebody else knows.
  must_change  INTEGER NOT NULL CHECK (must_change IN (0, 1)),
  disabled     INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  created_ms   INTEGER NOT NULL,
  signed_in_ms INTEGER
) STRICT, WITHOUT ROWID;

-- Every id that was ever given, also to an officer who was removed.
CREATE TABLE ids (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Failed sign-ins in a row.
CREATE TABLE attempts (
  -- An officer's id; "?" and a number for logins that nobody has.
  whose           TEXT PRIMARY KEY,
  failures        INTEGER NOT NULL,
  last_ms         INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Sessions and API tokens.
CREATE TABLE sessions (
  -- AUTOINCREMENT: one that ended never lends its number to another.
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  -- SHA-256 of the secret.
  secret     BLOB NOT NULL UNIQUE CHECK (length(secret) = 32),
  officer    TEXT NOT NULL REFERENCES officers (id) ON DELETE CASCADE,
  created_ms INTEGER NOT NULL,
  -- Written at most once a minute.
  seen_ms    INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  -- Of a token what it is called and the roles that it was issued for; NULL for a session.
  token      TEXT,
  scopes     TEXT,
  CHECK ((token IS NULL) = (scopes IS NULL))
) STRICT;

CREATE INDEX sessions_of_officer ON sessions (officer);

-- What the numbers of unknown logins are made with. One row.
CREATE TABLE strangers (
  id  INTEGER PRIMARY KEY CHECK (id = 1),
  key BLOB NOT NULL
) STRICT;

INSERT INTO strangers VALUES (1, randomblob(32));
