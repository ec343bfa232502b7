-- Calls for help: a row each record. What closes one names it, as an undo names its check-in, so that either may come first.
CREATE TABLE view_help (
    record INTEGER PRIMARY KEY,
    point TEXT NOT NULL
) STRICT;
CREATE TABLE view_helped (
    log BLOB NOT NULL,
    seq INTEGER NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (log, seq, record)
) STRICT, WITHOUT ROWID;
