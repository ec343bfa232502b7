/* Parts of the list of an event's logs, which is sorted by their ids: what two sides compare by digests, so that an event of many logs costs them
 * what differs and no more. Pure. */
#ifndef TURNOUT_SYNC_SPAN_H
#define TURNOUT_SYNC_SPAN_H

#include "store/log/run.h"

/* Logs from `from` on (with it), below `to` (without it). */
struct span {
	struct hash from, to;
	bool endless; /* no `to`: up to the last one */
};

struct spans {
	struct span *items;
	size_t count, cap;
};

void spans_fini(struct spans *spans);
void spans_add(struct spans *spans, const struct span *span);

#define SPAN_ALL ((struct span){.endless = true})

bool span_holds(const struct span *span, const struct hash *log);
/* Where the heads of a span stand in a sorted list (heads_sort): `*begin`, and how many they are. */
size_t span_slice(const struct span *span, const struct heads *heads, size_t *begin);

#endif
