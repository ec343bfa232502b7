-- What was taken in of each station (its key), and by each invitation how many stations joined (its key, where a log is a station): what quotas go by.
-- `day` counts from 1970 in UTC, and the three figures behind it are of that day; held_day is the last on which something of it was held back.
CREATE TABLE hub_brought (
    event bytea NOT NULL,
    key bytea NOT NULL,
    all_logs bigint NOT NULL,
    all_bytes bigint NOT NULL,
    day bigint NOT NULL,
    logs bigint NOT NULL,
    records bigint NOT NULL,
    bytes bigint NOT NULL,
    held_day bigint,
    PRIMARY KEY (event, key)
);
INSERT INTO hub_brought (event, key, all_logs, all_bytes, day, logs, records, bytes)
SELECT l.event, l.author, count(*), sum((SELECT coalesce(sum(200 + coalesce(octet_length(r.body), 0)), 0) FROM hub_record r
    WHERE r.event = l.event AND r.log = l.log)), 0, 0, 0, 0
FROM hub_log l JOIN hub_event e ON e.event = l.event WHERE l.author <> e.organiser GROUP BY l.event, l.author;
