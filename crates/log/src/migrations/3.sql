-- Version 3: a log has further epochs, each signed with a key of its own. The first stands in
-- identity.

CREATE TABLE epochs (
  epoch      INTEGER PRIMARY KEY,
  public_key BLOB NOT NULL
) STRICT;
CREATE TRIGGER epochs_keep BEFORE UPDATE ON epochs
BEGIN SELECT RAISE(ABORT, 'an epoch is never changed'); END;
CREATE TRIGGER epochs_stay BEFORE DELETE ON epochs
BEGIN SELECT RAISE(ABORT, 'an epoch is never deleted'); END;
CREATE TRIGGER epochs_once BEFORE INSERT ON epochs
WHEN NEW.epoch <= (SELECT MAX(epoch) FROM (SELECT epoch FROM identity UNION SELECT epoch FROM epochs))
BEGIN SELECT RAISE(ABORT, 'an epoch follows on the one before'); END;
