-- The lines of the books: every check-in, with whose it is. Read by store/read/checkins.c, which puts them into their order.
WITH said AS (
    SELECT c.record, c.point, c.shown, c.at_ms, r.mono_ms, r.utc_ms, r.hash,
           -- what SQLite does not take for JSON would end the whole list
           iif(json_valid(r.body), r.body ->> '$.code', NULL) AS code,
           iif(json_valid(r.body), r.body ->> '$.person', NULL) AS person,
           iif(json_valid(r.body), r.body ->> '$.how', NULL) AS how
    FROM view_checkin c JOIN record r ON r.id = c.record
),
-- Whose: the person named, else the issued badge's (by the whole code, or by the beginning that check-ins keep of a signed one:
-- store/view/checkin.h), else the roster's own code. Materialized: else SQLite puts all of this in each place that names `raw`.
owned AS MATERIALIZED (
    SELECT s.*, coalesce(
        s.person,
        (SELECT nullif(person, '') FROM view_badge WHERE code = s.code),
        (SELECT nullif(person, '') FROM view_badge
         WHERE length(s.code) = 24 AND substr(s.code, 1, 3) = 'TO1' AND code BETWEEN s.code AND s.code || '~' LIMIT 1),
        (SELECT id FROM view_person p WHERE p.code = s.code AND p.status = 'active' ORDER BY id LIMIT 1)
    ) AS raw
    FROM said s
)
-- Then the join: a walk-in who turned out to be somebody registered is that person.
SELECT o.record, coalesce(j.into_person, o.raw), p.name, coalesce(o.code, ''), o.point, o.shown, o.how, o.at_ms, o.mono_ms, o.utc_ms,
       coalesce(l.origin, l.hash), l.author, o.hash
FROM owned o
JOIN log l ON l.id = o.record >> 40
LEFT JOIN view_join j ON j.person = o.raw
LEFT JOIN view_person p ON p.id = coalesce(j.into_person, o.raw)
