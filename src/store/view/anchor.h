/* Anchors: how far UTC is ahead of the boot clock of a log. */
#ifndef TURNOUT_STORE_VIEW_ANCHOR_H
#define TURNOUT_STORE_VIEW_ANCHOR_H

/* How sure an anchor is, rising; as view_anchor holds it. */
enum anchor_rank { ANCHOR_STAFF = 1, ANCHOR_HUB, ANCHOR_NTP };

/* SQL: the chains of the same log as chain q are p: a log is one boot of one machine, so what anchors one of its branches anchors all. */
#define SAME_LOG "(p.id = q.id OR p.hash = q.origin OR p.origin = coalesce(q.origin, q.hash))"
/* SQL: the anchors a that count for chains q, and their order, in which the one that counts most comes first. */
#define ANCHORS_FROM "FROM log q JOIN log p ON " SAME_LOG " JOIN view_anchor a ON a.record BETWEEN p.id << 40 AND (p.id + 1) << 40"
#define ANCHORS_ORDER "ORDER BY a.rank DESC, a.record & 1099511627775 DESC, a.delta_ms DESC"
/* Those of one chain; put "SELECT a.delta_ms " before it. */
#define ANCHORS_OF(chain) ANCHORS_FROM " WHERE q.id = " chain " " ANCHORS_ORDER

struct store_view;
extern const struct store_view view_anchor;

#endif
