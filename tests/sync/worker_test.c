/* The thread that exchanges: with those who answer, and with those who hang, lie, refuse or are not there. */
#include "sync/worker.h"

#include "lib/event_sample.h"
#include "lib/net.h"
#include "lib/testing.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/log/share.h"
#include "store/read/audit.h"
#include "store/read/checkins.h"
#include "store/read/settings.h"
#include "store/write/enrolment.h"
#include "sync/http_transport.h"
#include "sync/replica_store.h"

/* The organiser's copy, which answers, and a box's, which asks. */
struct pair {
	const struct scratch *scratch;
	struct store *here, *there;
	struct replica answers;
	struct http_server *server;
	struct fairness *fairness;
	char url[SYNC_URL_MAX];
	struct sync_worker *worker;
	struct sync_message *last; /* of the worker's messages that told of peers */
	int64_t clock_ms;          /* that a keeper told */
	bool clock_told;
};

static void serve(void *context, const struct http_request *request, struct http_answer *answer) {
	struct pair *p = context;
	http_transport_answer(&p->answers, p->fairness, request, answer, NULL);
}

static bool source_open(void *context, struct replica *out, struct err *err) {
	struct pair *p = context;
	return replica_of_store(p->here, out, err);
}

static void source_close(void *context, struct replica *replica) {
	(void)context;
	replica_fini(replica);
}

static void keeper_clock(void *context, int64_t ahead_ms) {
	struct pair *p = context;
	p->clock_ms = ahead_ms;
	p->clock_told = true;
}

static void name_of(void *context, const struct public_key *key, char *name, size_t cap) {
	struct pair *p = context;
	struct err err;
	assert_ok(role_name(p->here, key, name, cap, &err));
}

static bool always(void *self) {
	(void)self;
	return true;
}

/* `there` speaks as the organiser, or (`station`) as some other box. */
static struct pair *pair_open(const struct scratch *s, bool station) {
	struct pair *p = xcalloc(1, sizeof *p);
	struct err err = {0};
	char *path = scratch_path(s, "here.turnout");
	p->scratch = s;
	event_sample_device(s, 1);
	p->there = scratch_event(s, "there.turnout");
	assert_ok(store_copy(p->there, path, &err));
	if (station) {
		char *key = scratch_path(s, "there.turnout.key");
		store_close(p->there);
		assert_int_equal(remove(key), 0);
		free(key);
		key = scratch_path(s, "there.turnout");
		p->there = event_sample_open(key);
		free(key);
	}
	p->here = event_sample_open_as(s, path, 2);
	free(path);
	assert_ok(replica_of_store(p->there, &p->answers, &err));
	p->answers.clock_sure = always;
	p->fairness = fairness_open(false);
	struct http_server_options options = {.address = "127.0.0.1", .serve = serve, .context = p};
	assert_ok(http_server_open(&options, &p->server, &err));
	snprintf(p->url, sizeof p->url, "http://127.0.0.1:%u", http_server_port(p->server));
	return p;
}

static void worker_start(struct pair *p, bool wants_keeper) {
	struct err err = {0};
	struct sync_worker_options options = {
		.source = {.open = source_open, .close = source_close, .keeper_clock = keeper_clock, .name_of = name_of, .context = p},
		.pace = {.every_ms = 3600000, .wait_most_ms = 3600000},
		/* Whoever waits for it waits for the test's time limit. */
		.client = {.direct = true, .total_ms = 86400000, .stall_s = 86400},
		.wants_keeper = wants_keeper};
	assert_ok(sync_worker_open(&options, &p->worker, &err));
}

/* After it both files are the test's again. */
static void threads_end(struct pair *p) {
	sync_worker_close(p->worker);
	http_server_close(p->server);
	p->worker = NULL;
	p->server = NULL;
}

static void pair_close(struct pair *p) {
	threads_end(p);
	fairness_close(p->fairness);
	free(p->last);
	replica_fini(&p->answers);
	store_close(p->here);
	store_close(p->there);
	free(p);
}

/* The next message of that kind. */
static struct sync_message *next(struct pair *p, enum sync_message_kind kind) {
	for (int waited = 0; waited < NET_LIMIT_MS; waited += 5) {
		struct sync_message *m = sync_worker_take(p->worker);
		if (m != NULL && m->kind == kind) {
			return m;
		}
		if (m == NULL) {
			clock_sleep_ms(5);
		}
		free(m);
	}
	fail_msg("no such message came");
	return NULL;
}

static void give(struct pair *p, const char *const *urls, size_t count) {
	struct sync_peer *peers = xcalloc(count + 1, sizeof *peers);
	for (size_t i = 0; i < count; i++) {
		snprintf(peers[i].id, sizeof peers[i].id, "peer %zu", i);
		peers[i].url_count = 1;
		str_copy(peers[i].urls[0], SYNC_URL_MAX, urls[i]);
	}
	sync_worker_give(p->worker, peers, count);
	free(peers);
}

/* How the only peer stands once that is known. */
static const struct sync_peer_state *outcome(struct pair *p) {
	for (;;) {
		free(p->last);
		p->last = next(p, SYNC_PEERS);
		if (p->last->peer_count == 1 && (p->last->peers[0].up || p->last->peers[0].trouble != TROUBLE_NONE)) {
			return &p->last->peers[0];
		}
	}
}

static void expect(struct pair *p, const char *url, enum trouble trouble) {
	give(p, &url, 1);
	const struct sync_peer_state *state = outcome(p);
	if (state->trouble != trouble) {
		fail_msg("trouble %d, not %d: %s", (int)state->trouble, (int)trouble, state->problem);
	}
	assert_int_equal(state->up, trouble == TROUBLE_NONE || trouble == TROUBLE_NO_KEEPER || trouble == TROUBLE_PACED);
	assert_int_equal(state->problem[0] == '\0', state->up);
}

static void put_setting(struct store *store, const char *key, const char *value) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	assert_ok(setting_put(store, key, value, &err));
	assert_ok(store_commit(store, &err));
}

static void check_in(struct store *store) {
	struct err err = {0};
	struct checkin_draft draft = {.code = "CODE-A", .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "camera"};
	assert_ok(store_begin(store, &err));
	assert_ok(checkin_append(store, &draft, NULL, &err));
	assert_ok(store_commit(store, &err));
}

/* --- those who answer ---------------------------------------------------------------------------------------------------------------- */

static void both_become_the_same_and_a_keeper_is_known(void **state) {
	struct pair *p = pair_open(*state, false);
	struct err err = {0};
	struct hash here, there;
	struct backlog backlog;
	put_setting(p->there, "place", "Сорочинці");
	check_in(p->here);
	worker_start(p, true);
	expect(p, p->url, TROUBLE_NONE);
	assert_true(p->last->peers[0].known);
	assert_true(crypto_key_eq(&p->last->peers[0].key, store_organiser(p->here)));
	threads_end(p);
	assert_ok(audit_digest(p->here, &here, &err) && audit_digest(p->there, &there, &err));
	assert_true(crypto_hash_eq(&here, &there));
	assert_ok(store_backlog(p->here, &backlog, &err));
	assert_int_equal(backlog.checkins, 0);
	assert_true(backlog.ever);
	assert_true(p->clock_told);
	int64_t off = p->clock_ms + clock_mono().v - clock_utc().v; /* one machine: its own two clocks */
	assert_true(off > -NET_LIMIT_MS && off < NET_LIMIT_MS);
	pair_close(p);
}

static void a_box_that_is_no_keeper_acknowledges_nothing(void **state) {
	struct pair *p = pair_open(*state, true);
	struct err err = {0};
	struct backlog backlog;
	check_in(p->here);
	worker_start(p, true);
	expect(p, p->url, TROUBLE_NO_KEEPER);
	threads_end(p);
	assert_ok(store_backlog(p->here, &backlog, &err));
	assert_int_equal(backlog.checkins, 1);
	assert_false(p->clock_told);
	pair_close(p);
}

static void a_neighbour_need_not_be_a_keeper(void **state) {
	struct pair *p = pair_open(*state, true);
	worker_start(p, false);
	expect(p, p->url, TROUBLE_NONE);
	pair_close(p);
}

static void a_round_that_was_asked_for_is_told(void **state) {
	struct pair *p = pair_open(*state, false);
	check_in(p->here);
	worker_start(p, true);
	sync_worker_now(p->worker); /* with nobody: over at once */
	struct sync_message *m = next(p, SYNC_ROUND);
	assert_int_equal(m->peer_count, 0);
	free(m);
	const char *const urls[] = {p->url, "http://127.0.0.1:1"};
	give(p, urls, 2);
	sync_worker_now(p->worker);
	m = next(p, SYNC_ROUND);
	assert_int_equal(m->peer_count, 2);
	assert_true(m->peers[0].up);
	assert_false(m->peers[1].up);
	assert_int_equal(m->peers[1].trouble, TROUBLE_UNREACHABLE);
	free(m);
	check_in(p->here); /* the worker waits for orders now */
	sync_worker_now(p->worker);
	m = next(p, SYNC_ROUND);
	assert_int_equal(m->sent, 1);
	assert_int_equal(m->received, 0);
	free(m);
	pair_close(p);
}

static void another_way_to_the_same_peer_is_tried(void **state) {
	struct pair *p = pair_open(*state, false);
	struct sync_peer peer = {.id = "two ways", .url_count = 2, .urls = {"http://127.0.0.1:1"}};
	str_copy(peer.urls[1], SYNC_URL_MAX, p->url);
	worker_start(p, true);
	sync_worker_give(p->worker, &peer, 1);
	assert_true(outcome(p)->up);
	pair_close(p);
}

static void peers_that_stay_keep_what_is_known_of_them(void **state) {
	struct pair *p = pair_open(*state, false);
	worker_start(p, true);
	expect(p, p->url, TROUBLE_NONE);
	const char *const urls[] = {p->url, p->url};
	give(p, urls, 2);
	struct sync_message *m = next(p, SYNC_PEERS);
	assert_int_equal(m->peer_count, 2);
	assert_true(m->peers[0].up);
	assert_false(m->peers[1].known); /* of another id: another one */
	free(m);
	give(p, urls, 0);
	for (size_t left = 2; left != 0;) {
		m = next(p, SYNC_PEERS);
		left = m->peer_count;
		free(m);
	}
	pair_close(p);
}

/* --- those who do not ---------------------------------------------------------------------------------------------------------------- */

static void expect_of_server(struct pair *p, const char *says, enum trouble trouble) {
	struct net_fake fake = {.says = says, .len = says == NULL ? 0 : strlen(says)};
	char url[64];
	net_fake_open(&fake);
	snprintf(url, sizeof url, "http://127.0.0.1:%u", fake.port);
	expect(p, url, trouble);
	net_fake_close(&fake);
}

static void liars_acknowledge_nothing(void **state) {
	struct pair *p = pair_open(*state, false);
	struct err err = {0};
	struct backlog backlog;
	check_in(p->here);
	worker_start(p, true);
	expect_of_server(p, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 17\r\n\r\n<html>Log in here", TROUBLE_PORTAL);
	expect_of_server(p, "HTTP/1.1 302 Found\r\nLocation: http://login/\r\nContent-Length: 0\r\n\r\n", TROUBLE_PORTAL);
	expect_of_server(p, "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 7\r\n\r\nrubbish",
			 TROUBLE_NOT_OURS);
	expect_of_server(p, "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", TROUBLE_PROXY);
	expect_of_server(p, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", TROUBLE_NOT_OURS);
	expect_of_server(p, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", TROUBLE_BUSY);
	expect_of_server(p,
			 "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 65\r\n\r\n"
			 "<title>400 The plain HTTP request was sent to HTTPS port</title>\r\n",
			 TROUBLE_WRONG_URL);
	expect_of_server(p, "HTTP/1.1 426 Upgrade\r\nContent-Length: 0\r\n\r\n", TROUBLE_NEWER);
	expect_of_server(p, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort", TROUBLE_CUT);
	expect(p, "http://127.0.0.1:1", TROUBLE_UNREACHABLE);
	expect(p, "ftp://127.0.0.1", TROUBLE_WRONG_URL);
	threads_end(p);
	assert_ok(store_backlog(p->here, &backlog, &err));
	assert_int_equal(backlog.checkins, 1);
	assert_false(backlog.ever);
	pair_close(p);
}

static void an_answer_to_somebody_else_acknowledges_nothing(void **state) {
	struct pair *p = pair_open(*state, false);
	struct err err = {0};
	struct strbuf request = {0}, answer = {0}, says = {0};
	struct respond_note note;
	struct replica replica;
	struct backlog backlog;
	/* A real answer of the organiser's, to an earlier request, said again. */
	assert_ok(replica_of_store(p->here, &replica, &err));
	struct exchange *x = exchange_open(&replica);
	assert_ok(exchange_request(x, &request, &err));
	assert_ok(respond(&p->answers, (struct octets){request.data, request.len}, &answer, &note, &err));
	strbuf_addf(&says, "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %zu\r\n\r\n", answer.len);
	strbuf_add(&says, answer.data, answer.len);
	check_in(p->here);
	worker_start(p, true);
	struct net_fake fake = {.says = says.data, .len = says.len};
	char url[64];
	net_fake_open(&fake);
	snprintf(url, sizeof url, "http://127.0.0.1:%u", fake.port);
	expect(p, url, TROUBLE_NOT_OURS);
	threads_end(p);
	net_fake_close(&fake);
	assert_ok(store_backlog(p->here, &backlog, &err));
	assert_int_equal(backlog.checkins, 1);
	exchange_close(x);
	replica_fini(&replica);
	strbuf_fini(&request);
	strbuf_fini(&answer);
	strbuf_fini(&says);
	pair_close(p);
}

static void a_retired_box_is_told_so(void **state) {
	struct pair *p = pair_open(*state, false);
	struct err err = {0};
	check_in(p->here);
	worker_start(p, true);
	expect(p, p->url, TROUBLE_NONE);
	sync_worker_close(p->worker);
	http_server_close(p->server);
	assert_ok(store_begin(p->there, &err));
	assert_ok(role_retire(p->there, store_station(p->here), &err));
	assert_ok(store_commit(p->there, &err));
	struct http_server_options options = {.address = "127.0.0.1", .serve = serve, .context = p};
	assert_ok(http_server_open(&options, &p->server, &err));
	snprintf(p->url, sizeof p->url, "http://127.0.0.1:%u", http_server_port(p->server));
	worker_start(p, true);
	expect(p, p->url, TROUBLE_RETIRED);
	threads_end(p);
	assert_false(role_station_check(p->here, &err)); /* the record of it never came */
	assert_non_null(strstr(err.text, "retired"));
	pair_close(p);
}

static void no_keys_no_exchange(void **state) {
	struct pair *p = pair_open(*state, false);
	char *path = scratch_path(*state, "here.turnout");
	store_close(p->here);
	event_sample_sql(path, "DELETE FROM meta WHERE key = 'event_key'");
	p->here = event_sample_open_as(*state, path, 2);
	worker_start(p, true);
	expect(p, p->url, TROUBLE_OWN);
	free(path);
	pair_close(p);
}

static void closing_ends_what_hangs(void **state) {
	struct pair *p = pair_open(*state, false);
	struct net_fake silent = {.says = NULL};
	char url[64];
	net_fake_open(&silent);
	snprintf(url, sizeof url, "http://127.0.0.1:%u", silent.port);
	worker_start(p, true);
	const char *const urls[] = {url};
	give(p, urls, 1);
	while (atomic_load(&silent.connections) == 0) {
		clock_sleep_ms(1);
	}
	sync_worker_close(p->worker);
	p->worker = NULL;
	net_fake_close(&silent);
	pair_close(p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(both_become_the_same_and_a_keeper_is_known),
		TEST(a_box_that_is_no_keeper_acknowledges_nothing),
		TEST(a_neighbour_need_not_be_a_keeper),
		TEST(a_round_that_was_asked_for_is_told),
		TEST(another_way_to_the_same_peer_is_tried),
		TEST(peers_that_stay_keep_what_is_known_of_them),
		TEST(liars_acknowledge_nothing),
		TEST(an_answer_to_somebody_else_acknowledges_nothing),
		TEST(a_retired_box_is_told_so),
		TEST(no_keys_no_exchange),
		TEST(closing_ends_what_hangs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
