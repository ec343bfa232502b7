#include "sync/span.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void spans_fini(struct spans *spans) {
	free(spans->items);
	*spans = (struct spans){0};
}

void spans_add(struct spans *spans, const struct span *span) {
	ARRAY_GROW(spans, items);
	spans->items[spans->count++] = *span;
}

bool span_holds(const struct span *span, const struct hash *log) {
	return memcmp(log->b, span->from.b, HASH_LEN) >= 0 && (span->endless || memcmp(log->b, span->to.b, HASH_LEN) < 0);
}

size_t span_slice(const struct span *span, const struct heads *heads, size_t *begin) {
	*begin = heads_find(heads, &span->from);
	size_t end = span->endless ? heads->count : heads_find(heads, &span->to);
	return end > *begin ? end - *begin : 0;
}
