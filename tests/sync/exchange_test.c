/* Two event files exchange until they are the same, whatever lies between them. */
#include "sync/exchange.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "station/desk.h"
#include "store/audit.h"
#include "store/edit.h"
#include "store/people.h"
#include "sync/replica_store.h"
#include "sync/respond.h"

/* One exchange to its end; false when a side said no. */
static bool talk(struct exchange *x, const struct replica *other, struct exchange_report *report, struct err *err) {
	bool ok = true;
	exchange_begin(x, true);
	for (int i = 0; ok && i < 1000; i++) {
		struct strbuf request = {0}, answer = {0};
		struct respond_note note;
		ok = exchange_request(x, &request, err);
		if (ok && exchange_state(x) == EXCHANGE_DONE) {
			strbuf_fini(&request);
			break;
		}
		assert_true(!ok || request.len <= 256 * 1024);
		ok = ok && respond(other, (struct octets){request.data, request.len}, &answer, &note, err) &&
		     exchange_answer(x, (struct octets){answer.data, answer.len}, err);
		strbuf_fini(&request);
		strbuf_fini(&answer);
	}
	exchange_report(x, report);
	return ok;
}

static void sync_stores(struct store *a, struct store *b, struct exchange_report *report) {
	struct err err = {0};
	struct replica ra, rb;
	assert_ok(replica_of_store(a, &ra, &err) && replica_of_store(b, &rb, &err));
	struct exchange *x = exchange_open(&ra);
	assert_ok(talk(x, &rb, report, &err));
	exchange_close(x);
	replica_fini(&ra);
	replica_fini(&rb);
}

static void assert_same(struct store *a, struct store *b) {
	struct err err = {0};
	struct hash da, db;
	assert_ok(audit_digest(a, &da, &err) && audit_digest(b, &db, &err));
	assert_true(crypto_hash_eq(&da, &db));
}

static void no_fault(void *context, const char *sentence) {
	(void)context;
	print_error("%s\n", sentence);
	fail();
}

static void assert_sound(struct store *s) {
	struct err err = {0};
	struct audit audit;
	assert_ok(audit_verify(s, &audit, no_fault, NULL, &err));
}

static void copy(const char *from, const char *to) {
	struct err err = {0};
	struct store *store = store_open(from, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(store_copy(store, to, &err));
	store_close(store);
}

static void check_in(struct store *store, const char *code) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, "arrival", &err);
	assert_ok(desk != NULL);
	assert_ok(desk_take(desk, &(struct desk_scan){.text = code, .len = strlen(code), .how = "camera"}, &answer, &err));
	desk_answer_fini(&answer);
	desk_close(desk);
}

static void two_copies_become_the_same(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	char *a = event_sample_make(s, "a.turnout");
	char *b = scratch_path(s, "b.turnout");
	copy(a, b);
	event_sample_device(s, 7);
	struct store *sa = event_sample_open(a);
	event_sample_device(s, 8);
	struct store *sb = event_sample_open(b);
	for (int i = 0; i < 200; i++) {
		check_in(i % 2 ? sa : sb, i % 3 ? "CODE-A" : "CODE-B");
	}
	sync_stores(sa, sb, &report);
	assert_true(report.sent > 0 && report.received > 0 && report.wrong == 0);
	assert_same(sa, sb);
	sync_stores(sb, sa, &report);
	assert_int_equal(report.received, 0);
	assert_int_equal(report.sent, 0);
	assert_sound(sa);
	assert_sound(sb);
	store_close(sa);
	store_close(sb);
	free(a);
	free(b);
}

/* A new file that knows nothing but the event's keys. */
static struct store *adopt(const struct scratch *s, struct store *from, const char *name, int device) {
	struct err err = {0};
	struct store_origin origin;
	char *path = scratch_path(s, name);
	assert_ok(store_origin(from, &origin, &err));
	assert_ok(store_adopt(path, &origin, &err));
	event_sample_device(s, device);
	struct store *store = event_sample_open(path);
	free(path);
	return store;
}

static void an_empty_file_is_filled(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open(a);
	struct store *sb = adopt(s, sa, "b.turnout", 9);
	sync_stores(sb, sa, &report);
	assert_true(report.received > 0);
	assert_same(sa, sb);
	assert_sound(sb);
	check_in(sb, "CODE-A");
	sync_stores(sa, sb, &report);
	assert_true(report.received > 0);
	assert_same(sa, sb);
	store_close(sa);
	store_close(sb);
	free(a);
}

static void erased_bodies_come_with_their_proof(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	int subjects = 0;
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open(a);
	struct store *sb = adopt(s, sa, "b.turnout", 9);
	sync_stores(sb, sa, &report);
	struct person_row row;
	assert_ok(person_resolve(sa, "CODE-A", &row, &err));
	char id[PERSON_ID_LEN + 1];
	str_copy(id, sizeof id, row.id);
	person_row_fini(&row);
	assert_ok(store_begin(sa, &err));
	assert_ok(erasure_of_person(sa, id, &subjects, &err));
	assert_ok(store_commit(sa, &err));
	assert_true(subjects > 0);
	assert_sound(sa);
	/* One that had the bodies, and one that never did. */
	struct store *sc = adopt(s, sa, "c.turnout", 10);
	sync_stores(sb, sa, &report);
	sync_stores(sc, sa, &report);
	assert_int_equal(report.wrong, 0);
	assert_same(sa, sb);
	assert_same(sa, sc);
	assert_sound(sb);
	assert_sound(sc);
	/* Passed on by one that has it from another. */
	struct store *sd = adopt(s, sa, "d.turnout", 11);
	sync_stores(sd, sc, &report);
	assert_same(sa, sd);
	assert_int_equal(event_sample_number(a, "SELECT count(*) FROM record WHERE body LIKE '%Олена%'"), 0);
	store_close(sa);
	store_close(sb);
	store_close(sc);
	store_close(sd);
	free(a);
}

/* A device whose state and file were set back to an earlier state, within one boot, writes on twice. */
static void a_log_of_two_branches(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	char *a = event_sample_make(s, "a.turnout");
	char *b = scratch_path(s, "b.turnout");
	char *command = xasprintf("cp -r %s/device-7 %s/device-8", s->folder, s->folder);
	event_sample_device(s, 7);
	struct store *sa = event_sample_open(a);
	check_in(sa, "CODE-A");
	store_close(sa);
	copy(a, b);
	assert_int_equal(system(command), 0);
	sa = event_sample_open(a);
	event_sample_device(s, 8);
	struct store *sb = event_sample_open(b);
	for (int i = 0; i < 100; i++) {
		check_in(sa, "CODE-B");
		check_in(sb, i % 2 ? "CODE-A" : "CODE-D");
		if (i % 30 == 0) {
			struct store *sc = adopt(s, sa,
						 i == 0    ? "c.turnout"
						 : i == 30 ? "d.turnout"
						 : i == 60 ? "e.turnout"
							   : "f.turnout",
						 20 + i);
			sync_stores(sc, i % 60 ? sa : sb, &report);
			sync_stores(sc, i % 60 ? sb : sa, &report);
			sync_stores(sc, i % 60 ? sa : sb, &report);
			store_close(sc);
		}
	}
	sync_stores(sa, sb, &report);
	assert_int_equal(report.wrong, 0);
	assert_same(sa, sb);
	assert_sound(sa);
	assert_sound(sb);
	assert_int_equal(event_sample_number(a, "SELECT count(*) FROM log WHERE origin IS NOT NULL"), 1);
	struct store *sc = adopt(s, sa, "g.turnout", 30);
	sync_stores(sc, sa, &report);
	assert_same(sa, sc);
	assert_sound(sc);
	sync_stores(sc, sb, &report);
	assert_int_equal(report.received + report.sent, 0);
	store_close(sc);
	store_close(sa);
	store_close(sb);
	free(command);
	free(a);
	free(b);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(two_copies_become_the_same, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(an_empty_file_is_filled, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(erased_bodies_come_with_their_proof, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_log_of_two_branches, scratch_open, scratch_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
