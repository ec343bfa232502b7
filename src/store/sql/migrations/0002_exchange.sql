-- What the exchange with other files needs.

-- A log that its owner continued in two ways (invariant 5: misbehaviour, or a machine that was set back) is kept whole: the branch that
-- came second is a chain of its own here. For it `hash` is SHA-256 of "turnout-branch-1\n<log>\n<hash of its first record>\n"; `origin` is
-- the log's real id, `base` the chain it leaves, `after` the last seq the two share.
ALTER TABLE log ADD COLUMN origin BLOB;
ALTER TABLE log ADD COLUMN base INTEGER;
ALTER TABLE log ADD COLUMN after INTEGER NOT NULL DEFAULT 0;
CREATE INDEX log_origin ON log (origin) WHERE origin IS NOT NULL;

-- Subjects whose personal data the organiser had erased. `record` is the organiser's word here in this file; `proof` is it as another
-- file sent it along, while the log it stands in has not come this far (store/log/erasure.h).
CREATE TABLE erased (
    subject TEXT PRIMARY KEY,
    record INTEGER,
    proof TEXT
) STRICT, WITHOUT ROWID;

-- How far a keeper (hub or organiser) has said that it holds a log. No record and no view: each copy knows its own.
CREATE TABLE acknowledged (
    log BLOB NOT NULL,              -- log.hash: of a branch its own
    keeper BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,         -- when, by this device's clock
    PRIMARY KEY (log, keeper)
) STRICT, WITHOUT ROWID;
