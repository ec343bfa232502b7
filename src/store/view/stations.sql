-- All keys that wrote a log, have a role or were retired: those with logs first, as they came. Read by store/view/roles.c.
--
-- A log's end stands at its best anchor (ANCHORS_OF in store/view/anchor.h), else at its own clock; of an author's the latest one is told, with what is
-- beside it in that row (SQLite's rule for bare columns beside one max).
WITH ends AS MATERIALIZED (
    SELECT l.id, l.author, (SELECT max(id) FROM record WHERE id > l.id << 40 AND id < (l.id + 1) << 40) AS last, l.after,
           (SELECT a.delta_ms
            FROM log q
            JOIN log p ON (p.id = q.id OR p.hash = q.origin OR p.origin = coalesce(q.origin, q.hash))
            JOIN view_anchor a ON a.record BETWEEN p.id << 40 AND (p.id + 1) << 40
            WHERE q.id = l.id
            ORDER BY a.rank DESC, a.record & 1099511627775 DESC, a.delta_ms DESC LIMIT 1) AS delta
    FROM log l
),
wrote AS (
    SELECT e.author, count(*) AS logs, sum((e.last & 1099511627775) - e.after) AS records, max(coalesce(r.mono_ms + e.delta, r.utc_ms)) AS seen,
           e.delta IS NULL AS approximate
    FROM ends e LEFT JOIN record r ON r.id = e.last
    GROUP BY e.author
),
took AS (
    SELECT l.author, count(*) AS checkins FROM view_checkin c JOIN log l ON l.id = c.record >> 40 GROUP BY l.author
),
may AS (
    SELECT key, max(role = 'editor') AS editor, max(role = 'hub') AS hub, max(role = 'station') AS station, max(name) AS name
    FROM view_role
    GROUP BY key
),
keys AS (
    SELECT author AS key, min(id) AS first FROM log GROUP BY author
    UNION ALL
    SELECT key, NULL FROM (SELECT key FROM view_role UNION SELECT key FROM view_retired) WHERE key NOT IN (SELECT author FROM log)
)
SELECT k.key, m.editor, m.hub, m.station, m.name, EXISTS (SELECT 1 FROM view_retired x WHERE x.key = k.key), w.logs, w.records, t.checkins,
       w.seen, w.approximate
FROM keys k
LEFT JOIN may m ON m.key = k.key
LEFT JOIN wrote w ON w.author = k.key
LEFT JOIN took t ON t.author = k.key
ORDER BY k.first IS NULL, k.first, k.key
