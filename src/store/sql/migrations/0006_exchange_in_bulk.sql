-- What keeps an event of many logs, or of a station that brings far too much, exchanging. Nothing of this is a record or a view: each copy knows its
-- own, and what is here follows from the other tables or only paces.

-- The last signed record of each chain: what an exchange begins with. `log` is log.id.
CREATE TABLE log_end (
    log INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO log_end (log, seq, hash)
SELECT s.log, s.seq, r.hash FROM (SELECT log, max(seq) AS seq FROM signature GROUP BY log) s
JOIN record r ON r.id = s.log << 40 | s.seq JOIN log l ON l.id = s.log;

-- What was taken in of each station (its key), and by each invitation how many stations joined (its key, where a log is a station): what quotas go by
-- (store/file/quota.h). `day` counts from 1970 in UTC, and the three figures behind it are of that day; held_day is the last on which something of it
-- was held back. Bytes are those of bodies and 200 a record.
CREATE TABLE brought (
    key BLOB PRIMARY KEY,
    all_logs INTEGER NOT NULL,
    all_bytes INTEGER NOT NULL,
    day INTEGER NOT NULL,
    logs INTEGER NOT NULL,
    records INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    held_day INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO brought (key, all_logs, all_bytes, day, logs, records, bytes)
SELECT l.author, count(*), sum((SELECT coalesce(sum(200 + coalesce(length(CAST(r.body AS BLOB)), 0)), 0) FROM record r
    WHERE r.id > l.id << 40 AND r.id < (l.id + 1) << 40)), 0, 0, 0, 0
FROM log l WHERE l.author <> (SELECT value FROM meta WHERE key = 'organiser') GROUP BY l.author;
