#include "sync/backoff.h"

/* A whole number from 0 to `most`. The bias of the remainder is less than 2^-40 here. */
static int64_t part(uint64_t random, int64_t most) { return (int64_t)(random % ((uint64_t)most + 1)); }

int64_t backoff_fail(struct backoff *b, uint64_t random, int64_t retry_after_s) {
	/* Doubles with each failure; the wait is between half of the span and all of it, so that boxes that failed together do not come
	 * back together. */
	int64_t span = 2 * BACKOFF_LEAST_MS;
	for (unsigned i = 0; i < b->failures && span < BACKOFF_MOST_MS; i++) {
		span *= 2;
	}
	span = span < BACKOFF_MOST_MS ? span : BACKOFF_MOST_MS;
	b->failures += b->failures < UINT32_MAX;
	b->line_up = false;
	int64_t wait = span / 2 + part(random, span / 2);
	int64_t asked_s = retry_after_s < BACKOFF_ASKED_MOST_S ? retry_after_s : BACKOFF_ASKED_MOST_S;
	return wait / 1000 >= asked_s ? wait : asked_s * 1000 + part(random, asked_s * 1000 / 4);
}

void backoff_reset(struct backoff *b) { *b = (struct backoff){.line_up = true}; }
