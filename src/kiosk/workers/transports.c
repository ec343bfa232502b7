#include "kiosk/workers/transports.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "kiosk/workers/channel_replica.h"

enum user { USER_HUB, USER_NEAR, USER_ANSWERS, USER_STICK, USER_COUNT }; /* threads that exchange */

struct transports {
	struct transports_options options;
	char hub[SYNC_URL_MAX]; /* that is exchanged with now */
	struct channel_replica *replicas[USER_COUNT];
	struct sync_worker *hub_worker;
	struct lan *lan;
	struct stick_worker *sticks;
};

/* A line and a reading connection each: they exchange at the same time and must not wait for one another. */
static struct replica_source source(struct transports *r, enum user user) {
	r->replicas[user] = channel_replica_open(r->options.path, desk_worker_channel(r->options.desk));
	return channel_replica_source(r->replicas[user]);
}

static void warn(const struct err *err) { log_warn("kiosk", "%s", err->text); }

static void open_hub(struct transports *r) {
	struct err err = {0};
	struct sync_worker_options options = {.source = source(r, USER_HUB),
					      .pace = {.every_ms = ROUND_EVERY_MS},
					      .wants_keeper = true,
					      .wake = r->options.wake,
					      .context = r->options.context};
	if (!sync_worker_open(&options, &r->hub_worker, &err)) {
		warn(&err);
		return;
	}
	sync_worker_give(r->hub_worker, NULL, 0); /* that there is none is told too */
}

static void open_lan(struct transports *r) {
	struct err err = {0};
	char problem[ERR_TEXT_MAX];
	size_t count = r->options.peer_count < TRANSPORT_PEERS_MAX ? r->options.peer_count : TRANSPORT_PEERS_MAX;
	struct sync_peer *given = xcalloc(count + 1, sizeof *given);
	for (size_t i = 0; i < count; i++) {
		given[i].url_count = 1;
		snprintf(given[i].id, sizeof given[i].id, "given %zu", i + 1);
		if (!str_copy(given[i].urls[0], SYNC_URL_MAX, r->options.peers[i])) {
			given[i].url_count = 0;
		}
	}
	struct lan_options options = {.answers = source(r, USER_ANSWERS),
				      .asks = source(r, USER_NEAR),
				      .event = r->options.event,
				      .station = r->options.station,
				      .port = r->options.lan_port,
				      .quiet = r->options.no_lan,
				      .given = given,
				      .given_count = count,
				      .wake = r->options.wake,
				      .context = r->options.context};
	if (!lan_open(&options, &r->lan, problem, &err)) {
		warn(&err);
	} else if (problem[0] != '\0') {
		log_warn("kiosk", "not all of the network can be used: %s", problem);
	} else if (!r->options.no_lan) {
		log_info("kiosk", "answers other boxes on port %u", lan_port(r->lan));
	}
	free(given);
}

static void open_sticks(struct transports *r) {
	struct err err = {0};
	struct stick_worker_options options = {
		.source = source(r, USER_STICK), .given = r->options.stick, .wake = r->options.wake, .context = r->options.context};
	if (!stick_worker_open(&options, &r->sticks, &err)) {
		warn(&err);
	}
}

struct transports *transports_open(const struct transports_options *options) {
	struct transports *r = xcalloc(1, sizeof *r);
	r->options = *options;
	open_hub(r);
	open_lan(r);
	open_sticks(r);
	return r;
}

void transports_close(struct transports *r) {
	if (r == NULL) {
		return;
	}
	sync_worker_close(r->hub_worker);
	lan_close(r->lan);
	stick_worker_close(r->sticks);
	for (size_t i = 0; i < USER_COUNT; i++) {
		channel_replica_close(r->replicas[i]);
	}
	free(r);
}

void transports_set_hub(struct transports *r, const char *url) {
	struct sync_peer peer = {.id = "hub", .url_count = 1};
	const char *wanted = r->options.hub != NULL ? r->options.hub : str_or_empty(url);
	if (str_eq(wanted, r->hub) || r->hub_worker == NULL) {
		return;
	}
	if (!str_copy(r->hub, sizeof r->hub, wanted)) {
		log_warn("kiosk", "the hub's address is longer than %d bytes", SYNC_URL_MAX - 1);
		r->hub[0] = '\0';
	}
	str_copy(peer.urls[0], SYNC_URL_MAX, r->hub);
	sync_worker_give(r->hub_worker, &peer, r->hub[0] != '\0' ? 1 : 0);
}

void transports_poke(struct transports *r) {
	if (r->hub_worker != NULL) {
		sync_worker_poke(r->hub_worker);
	}
	if (r->lan != NULL) {
		lan_poke(r->lan);
	}
}

void transports_now(struct transports *r) {
	if (r->hub_worker != NULL) {
		sync_worker_now(r->hub_worker);
	}
	if (r->lan != NULL) {
		lan_now(r->lan);
	}
}

struct sync_message *transports_take(struct transports *r, enum transport *transport) {
	struct sync_message *m = r->hub_worker != NULL ? sync_worker_take(r->hub_worker) : NULL;
	*transport = TRANSPORT_HUB;
	if (m == NULL && r->lan != NULL) {
		m = lan_take(r->lan);
		*transport = TRANSPORT_NEAR;
	}
	return m;
}

enum discover_state transports_near_state(struct transports *r) { return r->lan == NULL ? DISCOVER_OFF : lan_state(r->lan); }

void transports_stick_look(struct transports *r) {
	if (r->sticks != NULL) {
		stick_worker_look(r->sticks);
	}
}

void transports_stick_visit(struct transports *r, const char *folder) {
	if (r->sticks != NULL) {
		stick_worker_visit(r->sticks, folder);
	}
}

void transports_stick_end(struct transports *r) {
	if (r->sticks != NULL) {
		stick_worker_end(r->sticks);
	}
}

struct stick_message *transports_take_stick(struct transports *r) {
	return r->sticks == NULL ? NULL : stick_worker_take(r->sticks);
}
