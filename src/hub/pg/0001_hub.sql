-- A hub's store in PostgreSQL. Records are kept as they came; no views are computed here.
--
-- Every key of what belongs to an event begins with the event, so that a distributed PostgreSQL can spread events over machines. hub_kept, hub_code
-- and hub_tries are small and belong to the hub as a whole.

CREATE TABLE hub_kept (
    name text PRIMARY KEY,
    value bytea NOT NULL
);

CREATE TABLE hub_event (
    event bytea NOT NULL,
    organiser bytea NOT NULL,
    event_key bytea NOT NULL,
    invitation bytea,
    added timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (event)
);

-- One row a chain: a log, or a branch of one (then `log` is the branch's own key, `origin` the log's real id, `base` the chain it leaves after
-- seq `after`). `last_*`: its end; every run ends at a signed record, so that is signed.
CREATE TABLE hub_log (
    event bytea NOT NULL,
    log bytea NOT NULL,
    origin bytea NOT NULL,
    base bytea,
    after bigint NOT NULL DEFAULT 0,
    author bytea NOT NULL,
    last_seq bigint NOT NULL,
    last_hash bytea NOT NULL,
    PRIMARY KEY (event, log)
);
CREATE INDEX hub_log_origin ON hub_log (event, origin);

CREATE TABLE hub_record (
    event bytea NOT NULL,
    log bytea NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    mono_ms bigint NOT NULL,
    utc_ms bigint NOT NULL,
    subject text NOT NULL,
    body text,                      -- NULL: erased
    body_sha256 bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (event, log, seq)
);
CREATE INDEX hub_record_subject ON hub_record (event, subject) WHERE subject <> '';
-- What gives and takes rights: few among many.
CREATE INDEX hub_record_rights ON hub_record (event, log, seq) WHERE kind IN ('genesis', 'invite', 'close', 'role', 'retire', 'log');

CREATE TABLE hub_signature (
    event bytea NOT NULL,
    log bytea NOT NULL,
    seq bigint NOT NULL,
    signature bytea NOT NULL,
    PRIMARY KEY (event, log, seq)
);

-- The organiser's word that a subject was erased: where its record stands (log, seq), or the proof that came before it.
CREATE TABLE hub_erased (
    event bytea NOT NULL,
    subject text NOT NULL,
    log bytea,
    seq bigint,
    proof text,
    PRIMARY KEY (event, subject)
);

CREATE TABLE hub_code (
    event bytea NOT NULL,
    code bytea NOT NULL,
    until_ms bigint NOT NULL,
    taken_by bytea,
    PRIMARY KEY (event, code)
);
CREATE INDEX hub_code_code ON hub_code (code);

CREATE TABLE hub_tries (
    who text NOT NULL,
    time_window bigint NOT NULL,
    count integer NOT NULL,
    PRIMARY KEY (who, time_window)
);
