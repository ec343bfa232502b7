-- What the organiser called an invitation: each copy that is made for somewhere carries one of its own.
ALTER TABLE view_invitation ADD COLUMN name TEXT NOT NULL DEFAULT '';

-- By which invitation a station's log came, as the certificate in its first record says, whether or not it was open.
CREATE TABLE view_joined (
    invitation BLOB NOT NULL,
    key BLOB NOT NULL,
    log BLOB NOT NULL,
    PRIMARY KEY (invitation, key, log)
) STRICT, WITHOUT ROWID;

-- What of a station is out of the books: its check-ins and walk-ins from a record of a log on; of all its logs where `log` is empty.
CREATE TABLE view_void (
    key BLOB NOT NULL,
    log BLOB NOT NULL,
    first_seq INTEGER NOT NULL,
    PRIMARY KEY (key, log)
) STRICT, WITHOUT ROWID;

-- Who was "in already" takes no second place, unless the one who was first there is taken back or out of the books: then they do.
ALTER TABLE view_visit ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
