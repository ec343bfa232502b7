#include "store/file/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"

#define BUCKETS_MIN 1024
#define ENTRIES_MAX 0xfffffffeU

/* `who` is a hash already: its low bits will do. */
static uint32_t *head_of(const struct seen *seen, int64_t who) { return &seen->heads[(size_t)who & (seen->buckets - 1)]; }

/* As many buckets as entries, doubling; the entries stay where they are, only the chains are laid anew. */
static void grow(struct seen *seen) {
	seen->buckets = seen->buckets == 0 ? BUCKETS_MIN : seen->buckets * 2;
	free(seen->heads);
	seen->heads = xcalloc(seen->buckets, sizeof *seen->heads);
	for (size_t i = 0; i < seen->count; i++) {
		uint32_t *head = head_of(seen, seen->items[i].who);
		seen->items[i].next = *head;
		*head = (uint32_t)i + 1;
	}
}

void seen_add(struct seen *seen, int64_t who, int64_t record) {
	if (seen->count >= ENTRIES_MAX) {
		return;
	}
	if (seen->count == seen->buckets) {
		grow(seen);
	}
	ARRAY_GROW(seen, items);
	uint32_t *head = head_of(seen, who);
	seen->items[seen->count] = (struct seen_entry){.who = who, .record = record, .next = *head};
	*head = (uint32_t)++seen->count;
}

struct seen_entry *seen_next(struct seen *seen, int64_t who, uint32_t *cursor) {
	if (seen->buckets == 0) {
		return NULL;
	}
	uint32_t at = *cursor == 0 ? *head_of(seen, who) : seen->items[*cursor - 1].next;
	while (at != 0 && seen->items[at - 1].who != who) {
		at = seen->items[at - 1].next;
	}
	*cursor = at;
	return at == 0 ? NULL : &seen->items[at - 1];
}

struct seen_found *seen_found(struct seen *seen, struct seen_entry *entry) {
	if (entry->found == 0) {
		ARRAY_GROW(&seen->found, items);
		seen->found.items[seen->found.count] = (struct seen_found){.round = 0};
		entry->found = (uint32_t)++seen->found.count;
	}
	return &seen->found.items[entry->found - 1];
}

int seen_point(struct seen *seen, const char *point) {
	for (size_t i = 0; i < seen->points.count; i++) {
		if (str_eq(seen->points.items[i], point)) {
			return (int)i;
		}
	}
	ARRAY_GROW(&seen->points, items);
	seen->points.items[seen->points.count] = xstrdup(point);
	return (int)seen->points.count++;
}

uint64_t seen_text(const char *text) {
	struct hash hash = crypto_sha256(text, strlen(text));
	uint64_t bits;
	memcpy(&bits, hash.b, sizeof bits);
	return bits;
}

void seen_doubt(struct seen *seen) { seen->round++; }

void seen_forget(struct seen *seen) {
	free(seen->items);
	free(seen->heads);
	free(seen->found.items);
	for (size_t i = 0; i < seen->points.count; i++) {
		free(seen->points.items[i]);
	}
	free(seen->points.items);
	*seen = (struct seen){0};
}
