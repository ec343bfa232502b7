#include "sync/lan.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "net/router.h"
#include "sync/http_transport.h"

#define STATION_DIGITS 16
#define CONNECTIONS 64 /* at most; neighbours are few */

struct lan {
	struct lan_options options;
	struct sync_peer *given;
	struct http_server *server;
	struct discover *discover;
	struct sync_worker *worker;
	atomic_bool found; /* discover knows something new */
	/* Of the server's only thread: */
	struct replica replica;
	bool has_replica;
	struct fairness *fairness;
};

void lan_tag(const struct hash *event, char tag[LAN_TAG_LEN + 1]) {
	static const char head[] = "turnout-lan-1\n";
	uint8_t text[sizeof head - 1 + HASH_LEN];
	memcpy(text, head, sizeof head - 1);
	memcpy(text + sizeof head - 1, event->b, HASH_LEN);
	struct hash hash = crypto_sha256(text, sizeof text);
	str_hex(hash.b, LAN_TAG_LEN / 2, tag);
}

/* --- answering ----------------------------------------------------------------------------------------------------------------------- */

static void exchange(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer) {
	struct lan *lan = context;
	const struct replica_source *source = &lan->options.answers;
	struct err err = {0};
	(void)values;
	lan->has_replica = lan->has_replica || source->open(source->context, &lan->replica, &err);
	if (!lan->has_replica) {
		log_warn("lan", "a neighbour was not answered: %s", err.text);
		http_answer_say(answer, 503, "this box cannot exchange now");
		return;
	}
	struct respond_note note;
	http_transport_answer(&lan->replica, lan->fairness, request, answer, &note);
	if (answer->status == 200 && note.refused != NULL) {
		log_info("lan", "%s was refused: %s", request->client, note.refused);
	}
}

static void serve(void *context, const struct http_request *request, struct http_answer *answer) {
	static const struct route routes[] = {{"POST", EXCHANGE_PATH, exchange, EXCHANGE_POSTED}};
	static const struct router router = {routes, COUNT_OF(routes), "there is " EXCHANGE_PATH};
	router_serve(&router, context, request, answer);
}

/* "::" serves IPv4 too (net/listener.c). */
static bool open_server(struct lan *lan, struct err *err) {
	struct http_server_options options = {
		.address = "::", .port = lan->options.port, .serve = serve, .context = lan, .connections = CONNECTIONS};
	struct err no_six = {0};
	if (http_server_open(&options, &lan->server, &no_six)) {
		return true;
	}
	options.address = "0.0.0.0"; /* a system without IPv6 */
	return http_server_open(&options, &lan->server, err);
}

/* --- finding ------------------------------------------------------------------------------------------------------------------------- */

static void on_found(void *context) {
	struct lan *lan = context;
	atomic_store(&lan->found, true);
	if (lan->options.wake != NULL) {
		lan->options.wake(lan->options.context);
	}
}

static void copy_peers(struct sync_peer *to, const struct sync_peer *from, size_t count) {
	for (size_t i = 0; i < count; i++) {
		to[i] = from[i];
	}
}

static void give_peers(struct lan *lan) {
	struct discover_peer *found = xcalloc(DISCOVER_PEERS_MAX, sizeof *found);
	struct sync_peer *peers = xcalloc(SYNC_PEERS_MAX, sizeof *peers);
	size_t count = lan->options.given_count;
	size_t more = lan->discover == NULL ? 0 : discover_peers(lan->discover, found, DISCOVER_PEERS_MAX);
	copy_peers(peers, lan->given, count);
	for (size_t i = 0; i < more && count < SYNC_PEERS_MAX; i++) {
		struct sync_peer *p = &peers[count++];
		str_copy(p->id, sizeof p->id, found[i].station);
		for (; p->url_count < found[i].url_count && p->url_count < SYNC_URLS_MAX; p->url_count++) {
			str_copy(p->urls[p->url_count], SYNC_URL_MAX, found[i].urls[p->url_count]);
		}
	}
	sync_worker_give(lan->worker, peers, count);
	free(found);
	free(peers);
}

static bool open_discover(struct lan *lan, struct err *err) {
	char tag[LAN_TAG_LEN + 1];
	char station[STATION_DIGITS + 1];
	lan_tag(&lan->options.event, tag);
	str_hex(lan->options.station.b, STATION_DIGITS / 2, station);
	struct discover_options options = {.event = tag, .station = station, .port = lan_port(lan), .wake = on_found, .context = lan};
	return discover_open(&options, &lan->discover, err);
}

/* --- the whole ----------------------------------------------------------------------------------------------------------------------- */

bool lan_open(const struct lan_options *options, struct lan **out, char problem[ERR_TEXT_MAX], struct err *err) {
	struct lan *lan = xcalloc(1, sizeof *lan);
	size_t count = options->given_count < SYNC_PEERS_MAX ? options->given_count : SYNC_PEERS_MAX;
	struct err missing = {0};
	problem[0] = '\0';
	lan->options = *options;
	lan->fairness = fairness_open(true);
	lan->options.given_count = count;
	lan->given = xcalloc(count + 1, sizeof *lan->given);
	copy_peers(lan->given, options->given, count);
	atomic_init(&lan->found, false);
	struct sync_worker_options worker = {.source = options->asks,
					     .pace = {LAN_ROUND_EVERY_MS, LAN_WAIT_MOST_MS},
					     .client = {.connect_ms = 1000, .total_ms = 20000, .stall_s = 5, .direct = true},
					     .wake = options->wake,
					     .context = options->context};
	if (!sync_worker_open(&worker, &lan->worker, err)) {
		lan_close(lan);
		return false;
	}
	if (!options->quiet && !open_server(lan, &missing)) {
		str_copy(problem, ERR_TEXT_MAX, missing.text);
	}
	if (!options->quiet && !open_discover(lan, &missing)) {
		str_copy(problem, ERR_TEXT_MAX, missing.text);
	}
	give_peers(lan);
	*out = lan;
	return true;
}

void lan_close(struct lan *lan) {
	if (lan == NULL) {
		return;
	}
	const struct replica_source *answers = &lan->options.answers;
	discover_close(lan->discover);
	sync_worker_close(lan->worker);
	/* http_server_close waits for a request that is being answered; this ends what that waits for. */
	if (lan->server != NULL && answers->stop != NULL) {
		answers->stop(answers->context);
	}
	http_server_close(lan->server);
	if (lan->has_replica) {
		answers->close(answers->context, &lan->replica);
	}
	fairness_close(lan->fairness);
	free(lan->given);
	free(lan);
}

void lan_poke(struct lan *lan) { sync_worker_poke(lan->worker); }

void lan_now(struct lan *lan) { sync_worker_now(lan->worker); }

struct sync_message *lan_take(struct lan *lan) {
	if (atomic_exchange(&lan->found, false)) {
		give_peers(lan);
	}
	return sync_worker_take(lan->worker);
}

uint16_t lan_port(const struct lan *lan) { return lan->server == NULL ? 0 : http_server_port(lan->server); }

enum discover_state lan_state(struct lan *lan) { return lan->discover == NULL ? DISCOVER_OFF : discover_state(lan->discover); }
