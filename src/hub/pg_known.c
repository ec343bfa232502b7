#include "hub/pg_known.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "hub/pg_change.h"

struct entry {
	struct hash event, state, digest;
	struct mono_ms since;
	uint64_t used; /* by the count of uses */
};

struct pg_known {
	pthread_mutex_t busy; /* guards all of it */
	struct entry items[PG_KNOWN_EVENTS];
	size_t count;
	uint64_t uses;
};

struct pg_known *pg_known_new(void) {
	struct pg_known *known = xcalloc(1, sizeof *known);
	pthread_mutex_init(&known->busy, NULL);
	return known;
}

void pg_known_free(struct pg_known *known) {
	if (known != NULL) {
		pthread_mutex_destroy(&known->busy);
		free(known);
	}
}

static struct entry *find(struct pg_known *known, const struct hash *event) {
	for (size_t i = 0; i < known->count; i++) {
		if (crypto_hash_eq(&known->items[i].event, event)) {
			return &known->items[i];
		}
	}
	return NULL;
}

/* A new one, or the place of the one that was used longest ago. */
static struct entry *make_room(struct pg_known *known) {
	if (known->count < PG_KNOWN_EVENTS) {
		return &known->items[known->count++];
	}
	struct entry *oldest = &known->items[0];
	for (size_t i = 1; i < known->count; i++) {
		oldest = known->items[i].used < oldest->used ? &known->items[i] : oldest;
	}
	return oldest;
}

bool pg_known_digest(struct pg_known *known, const struct hash *event, const struct hash *state, struct mono_ms now, struct hash *digest) {
	pthread_mutex_lock(&known->busy);
	struct entry *entry = find(known, event);
	bool holds = entry != NULL && crypto_hash_eq(&entry->state, state) && now.v - entry->since.v < PG_REMEMBERED_MS;
	if (holds) {
		entry->used = ++known->uses;
		*digest = entry->digest;
	}
	pthread_mutex_unlock(&known->busy);
	return holds;
}

void pg_known_put(struct pg_known *known, const struct hash *event, const struct hash *state, struct mono_ms now,
		  const struct hash *digest) {
	pthread_mutex_lock(&known->busy);
	struct entry *entry = find(known, event);
	entry = entry != NULL ? entry : make_room(known);
	*entry = (struct entry){*event, *state, *digest, now, ++known->uses};
	pthread_mutex_unlock(&known->busy);
}
