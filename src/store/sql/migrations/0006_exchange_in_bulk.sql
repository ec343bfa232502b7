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
