/* Runs: what is taken for one, and where it belongs among the chains of its log. */
#include "store/log/run.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

#define RECORDS 3

struct made {
	struct key_pair key;
	struct run_event event;
	struct run_record records[RECORDS];
	struct run run;
	char first[400];
};

/* The text of a log's first record, which names event and author. */
static void write_first(struct made *m) {
	char event[2 * HASH_LEN + 1], key[2 * KEY_LEN + 1];
	str_hex(m->event.event.b, HASH_LEN, event);
	str_hex(m->key.public_key.b, KEY_LEN, key);
	snprintf(m->first, sizeof m->first, "{\"event\":\"%s\",\"key\":\"%s\"}", event, key);
}

static void sign(struct made *m) {
	char text[RECORD_HEAD_TEXT];
	struct err err = {0};
	run_fini(&m->run);
	if (m->run.from == 1) {
		struct record r = {.seq = 1,
				   .kind = m->records[0].kind,
				   .mono = {m->records[0].mono_ms},
				   .utc = {m->records[0].utc_ms},
				   .subject = "",
				   .body_sha256 = crypto_sha256(m->first, strlen(m->first))};
		m->run.log = record_hash(&r, NULL);
	}
	assert_ok(run_hash(&m->run, &m->event, &err));
	size_t n = record_head_text(&m->run.log, m->run.from + m->run.count - 1, &m->run.hashes[m->run.count - 1], text);
	key_pair_sign(&m->key, text, n, &m->run.signature);
	run_fini(&m->run);
}

static void make(struct made *m) {
	struct err err = {0};
	assert_ok(crypto_init(&err));
	*m = (struct made){.key = key_of_number(3), .event = {.event = {{9}}, .organiser = key_of_number(4).public_key}};
	write_first(m);
	m->records[0] = (struct run_record){.kind = "log", .subject = "", .body = m->first};
	m->records[1] = (struct run_record){.kind = "note", .mono_ms = 1, .subject = "", .body = "{}"};
	m->records[2] = (struct run_record){.kind = "note", .mono_ms = 2, .subject = "", .body = "{\"a\":1}"};
	m->run = (struct run){.author = m->key.public_key, .from = 1, .records = m->records, .count = RECORDS};
	sign(m);
}

static bool holds(struct made *m) {
	struct err err = {0};
	m->run.signature_holds = false;
	bool ok = run_verify(&m->run, &m->event, &err);
	assert_true(ok || err.kind == ERR_INPUT);
	run_fini(&m->run);
	return ok;
}

static void a_whole_run_holds(void **state) {
	(void)state;
	struct made m;
	make(&m);
	assert_true(holds(&m));
	m.run.count--; /* the signature is of the last record */
	assert_false(holds(&m));
	m.run.count++;
	m.run.signature.b[0] ^= 1;
	assert_false(holds(&m));
}

static void a_changed_record_is_refused(void **state) {
	(void)state;
	struct made m;
	make(&m);
	m.records[1].body = "{\"b\":1}";
	assert_false(holds(&m));
	m.records[1].body = "{}";
	assert_true(holds(&m));
	m.records[2].utc_ms++;
	assert_false(holds(&m));
}

static void a_log_of_another_event_or_author(void **state) {
	(void)state;
	struct made m;
	make(&m);
	m.event.event.b[0] ^= 1;
	assert_false(holds(&m));
	m.event.event.b[0] ^= 1;
	m.run.author = key_of_number(5).public_key;
	assert_false(holds(&m));
	m.run.author = m.key.public_key;
	m.run.log.b[0] ^= 1;
	assert_false(holds(&m));
}

/* The genesis of another event begins no log here, whoever signed it. */
static void only_the_events_own_genesis(void **state) {
	(void)state;
	struct made m;
	make(&m);
	struct run_record genesis = {.kind = "genesis", .subject = "", .body = "{}"};
	assert_true(run_begins_log(&genesis, &m.event.event, &m.event.organiser, &m.event));
	assert_false(run_begins_log(&genesis, &m.run.log, &m.event.organiser, &m.event));
	assert_false(run_begins_log(&genesis, &m.event.event, &m.key.public_key, &m.event));
	assert_true(run_begins_log(&m.records[0], &m.run.log, &m.key.public_key, &m.event));
	assert_false(run_begins_log(&m.records[1], &m.run.log, &m.key.public_key, &m.event));
	struct run_record erased = {.kind = "log", .subject = "00"};
	assert_false(run_begins_log(&erased, &m.run.log, &m.key.public_key, &m.event));
}

static void a_body_may_be_missing_of_a_subject_only(void **state) {
	(void)state;
	struct made m;
	struct err err = {0};
	make(&m);
	m.records[1].body = NULL;
	m.records[1].body_sha256 = crypto_sha256("{}", 2);
	assert_false(run_hash(&m.run, &m.event, &err));
	assert_holds(err.text, "record 2");
	m.records[1].subject = "00ff";
	sign(&m);
	assert_true(holds(&m));
}

static void sizes(void **state) {
	(void)state;
	struct made m;
	struct err err = {0};
	make(&m);
	m.run.count = 0;
	assert_false(run_hash(&m.run, &m.event, &err));
	m.run.count = RUN_RECORDS_MAX + 1;
	assert_false(run_hash(&m.run, &m.event, &err));
	m.run.count = RECORDS;
	m.run.from = 0;
	assert_false(run_hash(&m.run, &m.event, &err));
	m.run.from = (uint64_t)RECORD_INT_MAX + 1;
	assert_false(run_hash(&m.run, &m.event, &err));
	/* Six bodies of 48 KiB are more than a run may carry, five are not. */
	struct run_record many[6];
	char *body = xcalloc(RECORD_BODY_MAX + 1, 1);
	memset(body, 'x', RECORD_BODY_MAX);
	body[0] = '{';
	for (size_t i = 0; i < COUNT_OF(many); i++) {
		many[i] = (struct run_record){.kind = "note", .subject = "", .body = body};
	}
	struct run run = {.from = 2, .records = many, .count = 5};
	assert_ok(run_hash(&run, &m.event, &err));
	run_fini(&run);
	run.count = 6;
	assert_false(run_hash(&run, &m.event, &err));
	assert_holds(err.text, "larger");
	assert_null(run.hashes);
	free(body);
}

/* --- where it belongs ------------------------------------------------------------------------------------------------------------- */

struct held {
	const struct run *run;
	struct run_chain chains[2];
	uint64_t upto[2]; /* the chain holds the run's records up to that seq */
	int asked;
};

static bool find_holder(void *context, uint64_t seq, const struct hash *hash, const struct run_chain **out, struct err *err) {
	struct held *held = context;
	(void)err;
	held->asked++;
	*out = NULL;
	for (size_t i = 0; i < COUNT_OF(held->chains); i++) {
		bool known = seq >= held->run->from && seq < held->run->from + held->run->count &&
			     crypto_hash_eq(hash, &held->run->hashes[seq - held->run->from]);
		if (known && seq <= held->upto[i] && seq > held->chains[i].after) {
			*out = &held->chains[i];
		}
	}
	return true;
}

static struct run_place place_of(struct held *held, size_t count, const struct run *run) {
	struct err err = {0};
	struct run_place place;
	struct run_chains chains = {held->chains, count, find_holder, held};
	held->asked = 0;
	assert_ok(run_find_place(run, &chains, &place, &err));
	return place;
}

static void new_known_and_gap(void **state) {
	(void)state;
	struct made m;
	struct err err = {0};
	make(&m);
	assert_ok(run_hash(&m.run, &m.event, &err));
	struct held held = {.run = &m.run, .chains = {{.id = 1}, {.id = 2}}};
	struct run_place place = place_of(&held, 0, &m.run); /* nothing is held: the log begins */
	assert_int_equal(place.kind, PLACE_NEW);
	assert_null(place.chain);
	assert_int_equal(place.first, 0);
	assert_int_equal(held.asked, 0);
	held.chains[0].last = held.upto[0] = 2;
	place = place_of(&held, 1, &m.run);
	assert_int_equal(place.kind, PLACE_NEW);
	assert_int_equal(place.chain->id, 1);
	assert_int_equal(place.first, 2);
	held.chains[0].last = held.upto[0] = 3;
	place = place_of(&held, 1, &m.run);
	assert_int_equal(place.kind, PLACE_KNOWN);
	assert_int_equal(place.chain->id, 1);
	/* The second record reads otherwise here: a branch from the first one on. */
	held.upto[0] = 1;
	place = place_of(&held, 1, &m.run);
	assert_int_equal(place.kind, PLACE_NEW);
	assert_int_equal(place.first, 1);
	/* The branch holds the rest. */
	held.chains[1] = (struct run_chain){.id = 2, .after = 1, .last = 3};
	held.upto[1] = 3;
	place = place_of(&held, 2, &m.run);
	assert_int_equal(place.kind, PLACE_KNOWN);
	assert_int_equal(place.chain->id, 2);
	struct run later = m.run;
	later.from = 9; /* what comes before it is not here */
	place = place_of(&held, 2, &later);
	assert_int_equal(place.kind, PLACE_GAP);
	run_fini(&m.run);
}

static void heads_are_compared_as_sets(void **state) {
	(void)state;
	struct head a[] = {{.log = {{2}}, .seq = 1}, {.log = {{1}}, .seq = 9}, {.log = {{1}}, .seq = 3}};
	struct head b[] = {{.log = {{1}}, .seq = 3}, {.log = {{2}}, .seq = 1}, {.log = {{1}}, .seq = 9}};
	struct heads x = {a, 3, 3}, y = {b, 3, 3};
	heads_sort(&x);
	heads_sort(&y);
	assert_int_equal(a[0].seq, 3);
	assert_int_equal(a[2].log.b[0], 2);
	assert_true(heads_equal(&x, &y));
	b[1].hash.b[0] = 1;
	assert_false(heads_equal(&x, &y));
	b[1].hash.b[0] = 0;
	y.count = 2;
	assert_false(heads_equal(&x, &y));
}

static void a_digest_is_of_all_heads(void **state) {
	struct head items[2] = {{.seq = 258}, {.seq = 1}};
	memset(items[0].log.b, 1, HASH_LEN);
	memset(items[0].hash.b, 2, HASH_LEN);
	memset(items[1].log.b, 3, HASH_LEN);
	memset(items[1].hash.b, 4, HASH_LEN);
	uint8_t plain[2 * (2 * HASH_LEN + 8)] = {0};
	(void)state;
	memset(plain, 1, 32);
	plain[38] = 1; /* 258, big-endian */
	plain[39] = 2;
	memset(plain + 40, 2, 32);
	memset(plain + 72, 3, 32);
	plain[111] = 1;
	memset(plain + 112, 4, 32);
	struct hash wanted = crypto_sha256(plain, sizeof plain), got = heads_digest(items, 2);
	assert_true(crypto_hash_eq(&wanted, &got));
	items[1].seq = 2;
	got = heads_digest(items, 2);
	assert_false(crypto_hash_eq(&wanted, &got));
	wanted = crypto_sha256("", 0);
	got = heads_digest(NULL, 0);
	assert_true(crypto_hash_eq(&wanted, &got));
}

static void a_branch_has_a_name_of_its_own(void **state) {
	(void)state;
	struct hash log = {{1}}, first = {{2}}, other = {{3}};
	struct hash a = run_branch_key(&log, &first), b = run_branch_key(&log, &other), again = run_branch_key(&log, &first);
	assert_true(crypto_hash_eq(&a, &again));
	assert_false(crypto_hash_eq(&a, &b));
	assert_false(crypto_hash_eq(&a, &log));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_run_holds),
		cmocka_unit_test(a_changed_record_is_refused),
		cmocka_unit_test(a_log_of_another_event_or_author),
		cmocka_unit_test(only_the_events_own_genesis),
		cmocka_unit_test(a_body_may_be_missing_of_a_subject_only),
		cmocka_unit_test(sizes),
		cmocka_unit_test(new_known_and_gap),
		cmocka_unit_test(heads_are_compared_as_sets),
		cmocka_unit_test(a_digest_is_of_all_heads),
		cmocka_unit_test(a_branch_has_a_name_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
