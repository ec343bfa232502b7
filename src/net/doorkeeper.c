#include "net/doorkeeper.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

/* Chains get no longer than there are connections, whatever addresses somebody chooses. */
#define BUCKETS 1024

struct doorkeeper_group {
	struct doorkeeper_group *next;
	char name[ADDRESS_TEXT_MAX];
	unsigned count;
};

struct doorkeeper {
	struct doorkeeper_options options;
	pthread_mutex_t busy; /* guards what follows */
	unsigned count;
	struct doorkeeper_group *buckets[BUCKETS];
};

struct doorkeeper *doorkeeper_open(const struct doorkeeper_options *options) {
	struct doorkeeper *d = xcalloc(1, sizeof *d);
	d->options = *options;
	pthread_mutex_init(&d->busy, NULL);
	return d;
}

void doorkeeper_close(struct doorkeeper *d) {
	if (d != NULL) {
		pthread_mutex_destroy(&d->busy);
		free(d);
	}
}

/* FNV-1a. */
static struct doorkeeper_group **bucket_of(struct doorkeeper *d, const char *name) {
	uint32_t hash = 2166136261U;
	for (; *name != '\0'; name++) {
		hash = (hash ^ (uint8_t)*name) * 16777619U;
	}
	return &d->buckets[hash % BUCKETS];
}

/* Where the group is, or would be put. */
static struct doorkeeper_group **find(struct doorkeeper *d, const char *name) {
	struct doorkeeper_group **at = bucket_of(d, name);
	while (*at != NULL && !str_eq((*at)->name, name)) {
		at = &(*at)->next;
	}
	return at;
}

bool doorkeeper_admits(struct doorkeeper *d, const char *address) {
	char name[ADDRESS_TEXT_MAX];
	unsigned most = d->options.connections_of_one + DOORKEEPER_SPARE(d->options.connections_of_one);
	bool free_of_limit = address_ranges_hold(d->options.proxies, address);
	address_group(address, name);
	pthread_mutex_lock(&d->busy);
	const struct doorkeeper_group *group = *find(d, name);
	bool ok = d->count < d->options.connections + DOORKEEPER_SPARE(d->options.connections) &&
		  (free_of_limit || group == NULL || group->count < most);
	pthread_mutex_unlock(&d->busy);
	return ok;
}

struct doorkeeper_group *doorkeeper_enter(struct doorkeeper *d, const char *address, bool *over) {
	char name[ADDRESS_TEXT_MAX];
	bool free_of_limit = address_ranges_hold(d->options.proxies, address);
	address_group(address, name);
	pthread_mutex_lock(&d->busy);
	struct doorkeeper_group **at = find(d, name);
	struct doorkeeper_group *group = *at;
	if (group == NULL) {
		group = *at = xcalloc(1, sizeof *group);
		str_copy(group->name, sizeof group->name, name);
	}
	group->count++;
	d->count++;
	*over = d->count > d->options.connections || (!free_of_limit && group->count > d->options.connections_of_one);
	pthread_mutex_unlock(&d->busy);
	return group;
}

void doorkeeper_leave(struct doorkeeper *d, struct doorkeeper_group *group) {
	pthread_mutex_lock(&d->busy);
	d->count--;
	if (--group->count == 0) {
		*find(d, group->name) = group->next;
		free(group);
	}
	pthread_mutex_unlock(&d->busy);
}
