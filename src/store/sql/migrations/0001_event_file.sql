-- The event file, first version. What is a view can be dropped and computed again from `record` (invariant 2).

-- Facts of this copy of the file that are not records: event id, the invitation's seed, the event's sealing key, counters.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value ANY
) STRICT, WITHOUT ROWID;

-- One row a log. `id` is this file's own short number for it and never leaves the file; `hash` is the log's real id. The log's end is
-- its greatest record: a copy of it here would be one more page written by every check-in.
CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    author BLOB NOT NULL CHECK (length(author) = 32)
) STRICT;

-- The truth. `id` is log << 40 | seq, so that one log's records lie together and appending touches one page.
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    log INTEGER GENERATED ALWAYS AS (id >> 40) VIRTUAL,
    seq INTEGER GENERATED ALWAYS AS (id & 1099511627775) VIRTUAL,
    kind TEXT NOT NULL,
    mono_ms INTEGER NOT NULL,
    utc_ms INTEGER NOT NULL,
    subject TEXT NOT NULL,          -- random id of the person a body speaks of, else ''
    body TEXT,                      -- one line of JSON, byte for byte; NULL when it was erased
    body_sha256 BLOB NOT NULL CHECK (length(body_sha256) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE signature (
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;

-- Views from here on. ------------------------------------------------------------------------------------------------------------

-- Which records speak of which thing ('e' the event, 'p…' a person, 's…' a session, 'b…' a badge code).
CREATE TABLE view_touch (
    thing TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (thing, record)
) STRICT, WITHOUT ROWID;

-- What a key may write. Stations by invitation and editors by the organiser's word; the organiser itself stands in the genesis record.
CREATE TABLE view_role (
    key BLOB NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (key, role)
) STRICT, WITHOUT ROWID;

-- A retired key's logs end for the views at a record; a log that is not listed counts for nothing at all.
CREATE TABLE view_retired (
    key BLOB NOT NULL,
    log BLOB NOT NULL,
    last_seq INTEGER NOT NULL,
    PRIMARY KEY (key, log)
) STRICT, WITHOUT ROWID;

-- Invitations: 'open', or 'closed' for all stations but those in view_kept.
CREATE TABLE view_invitation (
    key BLOB PRIMARY KEY,
    status TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE view_kept (
    invitation BLOB NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (invitation, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE view_setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows are long, so the key is an index of its own: in one tree with the rows it would be twice as deep.
CREATE TABLE view_person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    fields TEXT NOT NULL,           -- JSON object of the other standard fields
    custom TEXT NOT NULL,           -- JSON object of the organiser's own columns
    code TEXT,                      -- printed by another system
    status TEXT NOT NULL,           -- active, removed
    subject TEXT NOT NULL,
    search TEXT NOT NULL            -- folded; left out of the digest
) STRICT;
CREATE INDEX view_person_code ON view_person (code, status, id) WHERE code IS NOT NULL;

-- Walk-ins that turned out to be one registered person: what records say, and whom each is in the end.
CREATE TABLE view_join_said (
    person TEXT PRIMARY KEY,
    into_person TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE view_join (
    person TEXT PRIMARY KEY,
    into_person TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX view_join_into ON view_join (into_person);

CREATE TABLE view_session (
    id TEXT PRIMARY KEY,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    offset_min INTEGER NOT NULL,
    room TEXT NOT NULL,
    capacity INTEGER NOT NULL,
    fields TEXT NOT NULL,           -- JSON object: title, track, speakers, …
    status TEXT NOT NULL,           -- active, cancelled
    source TEXT NOT NULL,
    uid TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX view_session_start ON view_session (start_ms);

CREATE TABLE view_badge (
    code TEXT PRIMARY KEY,
    person TEXT NOT NULL,           -- '' when only a revocation is known
    aloud TEXT NOT NULL,            -- the short form to read aloud, without its dash
    status TEXT NOT NULL            -- valid, revoked
) STRICT, WITHOUT ROWID;
-- A person's badges in the order they are asked for, answered from the index alone.
CREATE INDEX view_badge_person ON view_badge (person, status DESC, code, aloud);
CREATE INDEX view_badge_aloud ON view_badge (aloud);

-- One row a scan that was recorded. `who` is 63 bits of a hash over the code or over "person " and the id; code, person and method stand
-- in the record's body. Rows are asked for by who through an index in memory (store/file/seen.h); here they only ever come at the end.
CREATE TABLE view_checkin (
    record INTEGER PRIMARY KEY,
    who INTEGER NOT NULL,
    point TEXT NOT NULL,
    shown TEXT NOT NULL,
    at_ms INTEGER                   -- the time that staff stated, for check-ins from paper
) STRICT;

-- Those of them that let somebody into a session, for counting who is inside.
CREATE TABLE view_visit (
    session TEXT NOT NULL,
    who INTEGER NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (session, who, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE view_undo (
    log BLOB NOT NULL,
    seq INTEGER NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (log, seq, record)
) STRICT, WITHOUT ROWID;

-- Boot clock of the log plus delta is UTC; the best rank counts, and of equals the later record.
CREATE TABLE view_anchor (
    record INTEGER PRIMARY KEY,
    rank INTEGER NOT NULL,
    delta_ms INTEGER NOT NULL
) STRICT;

-- Records that the views do not count, and why.
CREATE TABLE view_ignored (
    record INTEGER PRIMARY KEY,
    reason TEXT NOT NULL
) STRICT;
