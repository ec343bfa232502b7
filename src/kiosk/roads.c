#include "kiosk/roads.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "kiosk/line_replica.h"

struct roads {
	struct roads_options options;
	char hub[SYNC_URL_MAX]; /* that is exchanged with now */
	struct line_replica *replicas[ROAD_COUNT];
	struct sync_worker *workers[ROAD_COUNT];
};

static void open_worker(struct roads *r, enum road road, struct sync_worker_options *options) {
	struct err err;
	r->replicas[road] = line_replica_open(r->options.path, desk_worker_line(r->options.desk));
	options->source = line_replica_source(r->replicas[road]);
	options->wake = r->options.wake;
	options->context = r->options.context;
	if (!sync_worker_open(options, &r->workers[road], &err)) {
		log_warn("kiosk", "nothing is exchanged: %s", err.text);
	}
}

struct roads *roads_open(const struct roads_options *options) {
	struct roads *r = xcalloc(1, sizeof *r);
	r->options = *options;
	open_worker(r, ROAD_HUB, &(struct sync_worker_options){.pace = {.every_ms = ROUND_EVERY_MS}, .wants_keeper = true});
	return r;
}

void roads_close(struct roads *r) {
	if (r == NULL) {
		return;
	}
	for (size_t i = 0; i < ROAD_COUNT; i++) {
		sync_worker_close(r->workers[i]);
		line_replica_close(r->replicas[i]);
	}
	free(r);
}

void roads_set_hub(struct roads *r, const char *url) {
	struct sync_peer peer = {.id = "hub", .url_count = 1};
	const char *wanted = r->options.hub != NULL ? r->options.hub : str_or_empty(url);
	if (str_eq(wanted, r->hub) || r->workers[ROAD_HUB] == NULL) {
		return;
	}
	if (!str_copy(r->hub, sizeof r->hub, wanted)) {
		log_warn("kiosk", "the hub's address is longer than %d bytes", SYNC_URL_MAX - 1);
		r->hub[0] = '\0';
	}
	str_copy(peer.urls[0], SYNC_URL_MAX, r->hub);
	sync_worker_give(r->workers[ROAD_HUB], &peer, r->hub[0] != '\0' ? 1 : 0);
}

void roads_poke(struct roads *r) {
	for (size_t i = 0; i < ROAD_COUNT; i++) {
		if (r->workers[i] != NULL) {
			sync_worker_poke(r->workers[i]);
		}
	}
}

void roads_now(struct roads *r) {
	for (size_t i = 0; i < ROAD_COUNT; i++) {
		if (r->workers[i] != NULL) {
			sync_worker_now(r->workers[i]);
		}
	}
}

struct sync_message *roads_take(struct roads *r, enum road *road) {
	struct sync_message *m = NULL;
	for (*road = 0; *road < ROAD_COUNT; (*road)++) {
		if (r->workers[*road] != NULL && (m = sync_worker_take(r->workers[*road])) != NULL) {
			break;
		}
	}
	return m;
}
