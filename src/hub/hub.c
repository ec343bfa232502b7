#include "hub/hub.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "hub/enrolment.h"
#include "hub/hub_private.h"
#include "hub/metrics.h"
#include "net/router.h"
#include "sync/enrolment.h"
#include "sync/http_transport.h"

/* --- opening ------------------------------------------------------------------------------------------------------------------------------- */

static bool claim(struct hub *hub, const char *name, void *value, size_t n, bool *ours, struct err *err) {
	struct strbuf kept = {0};
	bool ok = hub->db.ops->claim(hub->db.self, name, (struct octets){value, n}, &kept, err);
	if (ok && kept.len != n) {
		ok = err_set(err, ERR_CORRUPT, "the hub's own %s cannot be read from its store", name);
	}
	*ours = ok && memcmp(kept.data, value, n) == 0;
	if (ok) {
		memcpy(value, kept.data, n);
		crypto_wipe(kept.data, kept.len);
	}
	strbuf_fini(&kept);
	return ok;
}

/* The key and the token are drawn anew at every start, and given up for those that are kept already. */
static bool take_key(struct hub *hub, struct err *err) {
	uint8_t seed[KEY_LEN];
	bool ours = false;
	crypto_random(seed, sizeof seed);
	bool ok = claim(hub, "key", seed, sizeof seed, &ours, err);
	crypto_key_from_seed(&hub->key, seed);
	crypto_wipe(seed, sizeof seed);
	return ok && pair_code_fingerprint(&hub->key.public_key, hub->pair_fingerprint, err);
}

bool hub_begin(struct hub *hub, char *token, struct err *err) {
	struct hub_token drawn;
	bool ours = false;
	hub_token_fingerprint(&hub->key.public_key, drawn.fingerprint);
	crypto_random(drawn.secret, sizeof drawn.secret);
	hub->token = crypto_sha256(drawn.secret, sizeof drawn.secret);
	bool ok = claim(hub, "token", hub->token.b, HASH_LEN, &ours, err);
	token[0] = '\0';
	if (ok && ours) {
		hub_token_text(&drawn, token);
	}
	crypto_wipe(&drawn, sizeof drawn);
	atomic_store(&hub->begun, ok); /* after the token, which other threads read when they see this */
	return ok;
}

bool hub_open(const struct hub_db *db, struct hub **out, struct err *err) {
	static const char *const complaints[] = {[COMPLAINT_EXCHANGE] = "exchanges that were refused",
						 [COMPLAINT_RUNS] = "stations with wrong or too many runs or requests",
						 [COMPLAINT_DOOR] = "who was refused at the door",
						 [COMPLAINT_STORE] = "failures of the store"};
	_Static_assert(COUNT_OF(complaints) == COMPLAINT_COUNT, "every complaint has its words");
	struct hub *hub = xcalloc(1, sizeof *hub);
	hub->db = *db;
	pulse_init(&hub->pulse);
	hub->fairness = fairness_open(false);
	for (size_t i = 0; i < COMPLAINT_COUNT; i++) {
		log_limit_init(&hub->complaints[i], "hub", complaints[i]);
	}
	if (!crypto_init(err) || !take_key(hub, err)) {
		hub_close(hub);
		return false;
	}
	*out = hub;
	return true;
}

void hub_close(struct hub *hub) {
	if (hub != NULL) {
		hub->db.ops->close(hub->db.self);
		pulse_fini(&hub->pulse);
		fairness_close(hub->fairness);
		for (size_t i = 0; i < COMPLAINT_COUNT; i++) {
			log_limit_fini(&hub->complaints[i]);
		}
		crypto_wipe(hub, sizeof *hub);
		free(hub);
	}
}

void hub_end(struct hub *hub) { atomic_store(&hub->ending, true); }

const struct public_key *hub_key(const struct hub *hub) { return &hub->key.public_key; }

#define REQUEST_MOST_MS 10000 /* of one: an honest one takes some milliseconds */

/* --- exchanges ------------------------------------------------------------------------------------------------------------------------------ */

static void note_exchange(struct hub *hub, const struct hash *event, const struct http_request *request, const struct http_answer *answer,
			  const struct respond_note *note) {
	char event_hex[17];
	char station[17];
	str_hex(event->b, 8, event_hex);
	str_hex(note->sender.b, 8, station);
	atomic_fetch_add(&hub->counts.exchanges, 1);
	atomic_fetch_add(&hub->counts.taken, (long long)note->taken);
	atomic_fetch_add(&hub->counts.given, (long long)note->given);
	if (answer->status != 200) {
		atomic_fetch_add(answer->status >= 500 ? &hub->counts.failed : &hub->counts.refused, 1);
	} else if (note->refused != NULL) {
		atomic_fetch_add(&hub->counts.refused, 1);
		log_limit_warn(&hub->complaints[COMPLAINT_EXCHANGE], "exchange refused=%s event=%s station=%s client=%s", note->refused,
			       event_hex, station, request->client);
	} else if (note->taken != 0 || note->given != 0 || note->wrong != 0) {
		log_info("hub", "exchange event=%s station=%s client=%s taken=%zu given=%zu wrong=%zu branched=%d", event_hex, station,
			 request->client, note->taken, note->given, note->wrong, note->branched);
	}
	atomic_fetch_add(&hub->counts.later, (long long)note->later);
	if (answer->keep_back_ms > 0) {
		atomic_fetch_add(&hub->counts.slowed, 1);
		log_limit_warn(&hub->complaints[COMPLAINT_RUNS], "slowed down while others wait: station=%s event=%s client=%s", station,
			       event_hex, request->client);
	}
	if (note->later != 0) {
		log_limit_warn(&hub->complaints[COMPLAINT_RUNS], "runs that wait for another day, from station=%s event=%s: %zu", station,
			       event_hex, note->later);
	}
	if (note->wrong != 0) {
		log_limit_warn(&hub->complaints[COMPLAINT_RUNS], "wrong runs from station=%s event=%s: %s", station, event_hex, note->why);
	}
}

static void exchange(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer) {
	struct hub *hub = context;
	struct hash event;
	struct hub_loan loan;
	struct respond_note note = {.taken = 0};
	struct err err = {0};
	(void)values;
	if (!envelope_event((struct octets){request->body, request->body_len}, &event, &err)) {
		http_answer_say(answer, err.kind == ERR_VERSION ? 426 : 400, err.text);
		atomic_fetch_add(&hub->counts.refused, 1);
		log_limit_warn(&hub->complaints[COMPLAINT_EXCHANGE], "exchange refused client=%s: %s", request->client, err.text);
		return;
	}
	if (!hub->db.ops->lend(hub->db.self, &event, &loan, &err)) {
		unsigned status = err.kind == ERR_NOT_FOUND ? 404 : 503; /* whatever is wrong with the store is not the asker's fault */
		http_answer_say(answer, status,
				err.kind == ERR_REFUSED ? "something is wrong with this hub's file of that event; its log says what to do"
				: status == 503         ? "this hub cannot reach its store now; try again later"
							: err.text);
		if (status == 503) {
			http_answer_header(answer, "Retry-After", "10");
			log_limit_warn(&hub->complaints[COMPLAINT_STORE], "the store failed: %s", err.text);
		} else {
			log_limit_warn(&hub->complaints[COMPLAINT_EXCHANGE], "exchange refused client=%s: %s", request->client, err.text);
		}
		atomic_fetch_add(status == 503 ? &hub->counts.failed : &hub->counts.refused, 1);
		return;
	}
	loan.replica.signer = hub->key;
	loan.replica.has_certificate = false;
	struct halt halt = {&hub->ending, {clock_mono().v + REQUEST_MOST_MS}};
	loan.replica.halt = &halt;
	http_transport_answer(&loan.replica, hub->fairness, request, answer, &note);
	hub->db.ops->give_back(hub->db.self, &loan);
	note_exchange(hub, &event, request, answer, &note);
}

/* --- the rest ------------------------------------------------------------------------------------------------------------------------------- */

static bool write_something(void *context, struct err *err) {
	struct hub *hub = context;
	return hub->db.ops->ping(hub->db.self, err);
}

static void health(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer) {
	struct hub *hub = context;
	struct err err = {0};
	(void)request, (void)values;
	if (pulse_feel(&hub->pulse, write_something, hub, &err)) {
		http_answer_say(answer, 200, "ok");
	} else {
		log_limit_warn(&hub->complaints[COMPLAINT_STORE], "the store cannot write: %s", err.text);
		http_answer_say(answer, 503, "the store cannot write");
		http_answer_header(answer, "Retry-After", "10");
	}
}

static void who_am_i(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer) {
	const struct hub *hub = context;
	(void)request, (void)values;
	struct json_writer w = {.out = &answer->body};
	char hex[2 * KEY_LEN + 1];
	str_hex(hub->key.public_key.b, KEY_LEN, hex);
	answer->status = 200;
	answer->type = "application/json";
	json_open(&w, NULL, '{');
	json_put_int(&w, "turnout-hub", 1);
	json_put_text(&w, "key", hex);
	json_close(&w, '}');
	strbuf_addc(&answer->body, '\n');
}

static void metrics(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer) {
	(void)request, (void)values;
	hub_metrics(context, answer);
}

static void enrolment(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer) {
	(void)values;
	hub_enrolment(context, request, answer);
}

#define ONLY_READ "this is only to be read"

void hub_serve(void *context, const struct http_request *request, struct http_answer *answer) {
	static const struct route routes[] = {
		{"POST", EXCHANGE_PATH, exchange, EXCHANGE_POSTED},
		{"POST", ENROLMENT_PATH, enrolment, "at the door one POSTs"},
		{"GET", "/healthz", health, ONLY_READ},
		{"GET", "/metrics", metrics, ONLY_READ},
		{"GET", HUB_PATH, who_am_i, ONLY_READ},
	};
	static const struct router router = {routes, COUNT_OF(routes),
					     "there are /healthz, /metrics, " HUB_PATH ", " EXCHANGE_PATH " and " ENROLMENT_PATH};
	struct hub *hub = context;
	if (!atomic_load(&hub->begun)) {
		http_answer_say(answer, 503, "this hub is starting; try again");
		http_answer_header(answer, "Retry-After", "1");
		return;
	}
	for (size_t i = 0; i < COMPLAINT_COUNT; i++) {
		log_limit_look(&hub->complaints[i]);
	}
	router_serve(&router, context, request, answer);
}
