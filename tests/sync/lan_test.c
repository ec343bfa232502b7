/* Neighbours: two boxes that answer each other; a box that only asks; a door that is shut to strangers. */
#include "sync/lan.h"

#include "lib/event_sample.h"
#include "lib/net.h"
#include "lib/testing.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/read/audit.h"
#include "store/read/settings.h"
#include "store/write/sign.h"
#include "sync/http_transport.h"
#include "sync/replica_store.h"

/* One store has two users here, the server's thread and the worker's: each its own, on a file of its own. */
struct box {
	struct store *store;
	struct lan *lan;
	int opened;
};

static bool source_open(void *context, struct replica *out, struct err *err) {
	struct box *b = context;
	b->opened++;
	return replica_of_store(b->store, out, err);
}

static void source_close(void *context, struct replica *replica) {
	struct box *b = context;
	b->opened--;
	replica_fini(replica);
}

static struct replica_source source(struct box *b) {
	return (struct replica_source){.open = source_open, .close = source_close, .context = b};
}

static void box_open(struct box *b, const struct scratch *s, int device, struct store *copy_of) {
	struct err err = {0};
	char name[32];
	snprintf(name, sizeof name, "box-%d.turnout", device);
	event_sample_device(s, device);
	char *path = scratch_path(s, name);
	assert_ok(store_copy(copy_of, path, &err));
	b->store = event_sample_open(path);
	free(path);
}

static void start(struct box *b, const char *peer, bool quiet) {
	struct err err = {0};
	char problem[ERR_TEXT_MAX];
	struct sync_peer given = {.id = "given", .url_count = 1};
	str_copy(given.urls[0], SYNC_URL_MAX, str_or_empty(peer));
	struct lan_options options = {.answers = source(b),
				      .asks = source(b),
				      .event = *store_event(b->store),
				      .station = *store_station(b->store),
				      .quiet = quiet,
				      .given = &given,
				      .given_count = peer == NULL ? 0 : 1};
	assert_ok(lan_open(&options, &b->lan, problem, &err));
	assert_string_equal(problem, "");
}

static void url_of(const struct box *b, char url[64]) { snprintf(url, 64, "http://127.0.0.1:%u", lan_port(b->lan)); }

static void wait_up(struct box *b) {
	for (int waited = 0; waited < NET_LIMIT_MS; waited += 5) {
		struct sync_message *m = lan_take(b->lan);
		bool up = m != NULL && m->peer_count == 1 && m->peers[0].up;
		free(m);
		if (up) {
			return;
		}
		clock_sleep_ms(5);
	}
	fail_msg("the neighbour did not answer");
}

static void a_neighbour_answers_whoever_belongs_to_the_event(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct box a = {.opened = 0}, b = {.opened = 0};
	struct hash da, db;
	char url[64];
	struct store *organiser = scratch_event(s, "event.turnout");
	box_open(&a, s, 1, organiser);
	assert_ok(store_begin(organiser, &err));
	assert_ok(setting_put(organiser, "place", "Сорочинці", &err));
	assert_ok(store_commit(organiser, &err));
	assert_ok(store_sign(organiser, &err));
	box_open(&b, s, 2, organiser);
	store_close(organiser);
	start(&a, NULL, false);
	assert_true(lan_port(a.lan) != 0);
	url_of(&a, url);
	start(&b, url, true);
	assert_int_equal(lan_port(b.lan), 0);
	wait_up(&b);
	lan_close(b.lan);
	lan_close(a.lan);
	assert_int_equal(a.opened, 0);
	assert_int_equal(b.opened, 0);
	assert_ok(audit_digest(a.store, &da, &err) && audit_digest(b.store, &db, &err));
	assert_true(crypto_hash_eq(&da, &db)); /* what b alone knew */
	store_close(a.store);
	store_close(b.store);
}

static void strangers_get_nothing(void **state) {
	struct scratch *s = *state;
	struct box a = {.opened = 0};
	struct strbuf said = {0};
	struct store *organiser = scratch_event(s, "event.turnout");
	box_open(&a, s, 1, organiser);
	store_close(organiser);
	start(&a, NULL, false);
	static const char *const asks[] = {
		"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"GET " EXCHANGE_PATH " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"POST " EXCHANGE_PATH " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
	};
	static const char *const says[] = {"404", "405", "400"};
	for (size_t i = 0; i < COUNT_OF(asks); i++) {
		int fd = net_connect(lan_port(a.lan));
		assert_true(net_say(fd, asks[i]));
		strbuf_reset(&said);
		net_read_to_end(fd, &said);
		assert_holds(strbuf_str(&said), says[i]);
		close(fd);
	}
	strbuf_fini(&said);
	lan_close(a.lan);
	store_close(a.store);
}

static void the_events_id_is_not_announced(void **state) {
	(void)state;
	struct hash event, other;
	char tag[LAN_TAG_LEN + 1], second[LAN_TAG_LEN + 1], id[2 * HASH_LEN + 1];
	memset(event.b, 0xab, HASH_LEN);
	other = event;
	other.b[31] ^= 1;
	lan_tag(&event, tag);
	lan_tag(&other, second);
	str_hex(event.b, HASH_LEN, id);
	assert_int_equal(strlen(tag), LAN_TAG_LEN);
	assert_true(LAN_TAG_LEN < DISCOVER_ID_MAX);
	assert_string_not_equal(tag, second);
	assert_null(strstr(id, tag));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_neighbour_answers_whoever_belongs_to_the_event, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(strangers_get_nothing, scratch_open, scratch_close),
		cmocka_unit_test(the_events_id_is_not_announced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
