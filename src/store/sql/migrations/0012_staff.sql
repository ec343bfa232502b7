-- Points that are no session, rules and staff (store/view/point.h, rule.h, staff.h): things that are nothing but their fields, each a JSON object of texts.
CREATE TABLE view_point (
    key TEXT PRIMARY KEY,
    fields TEXT NOT NULL,           -- event/point.h
    status TEXT NOT NULL            -- active, removed
) STRICT, WITHOUT ROWID;
CREATE TABLE view_rule (
    key TEXT PRIMARY KEY,
    fields TEXT NOT NULL,           -- event/rule.h
    status TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE view_staff (
    key TEXT PRIMARY KEY,
    fields TEXT NOT NULL,           -- event/staff.h
    status TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Who left, where (store/view/checkin.h).
CREATE TABLE view_exit (
    session TEXT NOT NULL,          -- its id; '' of the event
    who INTEGER NOT NULL,           -- as in view_visit
    record INTEGER NOT NULL,
    PRIMARY KEY (session, who, record)
) STRICT, WITHOUT ROWID;
-- What stands on all screens, and what was taken down (store/view/announcement.h).
CREATE TABLE view_announcement (
    record INTEGER PRIMARY KEY,
    words TEXT NOT NULL,            -- JSON object: text, text:uk, …
    until_ms INTEGER NOT NULL       -- UTC; 0: until it is taken down
) STRICT;
CREATE TABLE view_withdrawal (
    log BLOB NOT NULL,              -- of the announcement, by its log's name
    seq INTEGER NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (log, seq, record)
) STRICT, WITHOUT ROWID;
