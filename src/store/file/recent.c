#include "store/file/recent.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static size_t size_of(const struct recent_record *r) { return strlen(r->kind) + strlen(r->subject) + strlen(r->body); }

static void forget_one(struct recent *recent, struct recent_record *r) {
	recent->bytes -= size_of(r);
	free(r->texts);
}

static const char *put(char **at, const char *text) {
	char *to = *at;
	size_t n = strlen(text) + 1;
	memcpy(to, text, n);
	*at += n;
	return to;
}

static void forget_from(struct recent *recent, size_t count) {
	while (recent->count > count) {
		forget_one(recent, &recent->items[--recent->count]);
	}
}

/* Those that are durable; the present transaction's stay. */
static void forget_older_half(struct recent *recent) {
	size_t n = recent->committed / 2;
	if (n == 0) {
		return;
	}
	recent->before = recent->items[n - 1].hash;
	for (size_t i = 0; i < n; i++) {
		forget_one(recent, &recent->items[i]);
	}
	recent->count -= n;
	recent->committed -= n;
	memmove(recent->items, recent->items + n, recent->count * sizeof *recent->items);
}

void recent_add(struct recent *recent, const struct hash *log, const struct hash *before, const struct recent_record *r) {
	if (recent->count == 0 || !crypto_hash_eq(&recent->log, log)) {
		forget_from(recent, 0);
		recent->committed = 0;
		recent->log = *log;
		recent->before = *before;
	}
	ARRAY_GROW(recent, items);
	struct recent_record *item = &recent->items[recent->count++];
	*item = *r;
	char *at = item->texts = xmalloc(size_of(r) + 3);
	item->kind = put(&at, r->kind);
	item->subject = put(&at, r->subject);
	item->body = put(&at, r->body);
	recent->bytes += size_of(item);
	if (recent->bytes > RECENT_BYTES_MAX) {
		forget_older_half(recent);
	}
}

void recent_commit(struct recent *recent) { recent->committed = recent->count; }

void recent_rollback(struct recent *recent) { forget_from(recent, recent->committed); }

void recent_fini(struct recent *recent) {
	forget_from(recent, 0);
	free(recent->items);
	*recent = (struct recent){.count = 0};
}
