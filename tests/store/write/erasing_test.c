/* The organiser erases; a proof that comes along is taken for what it proves. */
#include "store/write/erasing.h"

#include "lib/craft.h"
#include "lib/meet.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/erasure.h"
#include "store/log/share.h"
#include "store/read/people.h"

#include "sync/replica_store.h"

#define OLENA "0000000000000000000a"
#define TARAS "0000000000000000000b" /* of the sample; d was joined into him */

static void all_who_are_that_person(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	int subjects = 0;
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path);
	assert_ok(store_begin(store, &err) && erasure_of_person(store, TARAS, &subjects, &err) && store_commit(store, &err));
	assert_int_equal(subjects, 2); /* and whoever was joined into him */
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person WHERE id IN ('" TARAS "', '0000000000000000000d')"),
			 0);
	assert_ok(store_begin(store, &err) && erasure_of_person(store, TARAS, &subjects, &err));
	assert_int_equal(subjects, 0); /* nothing is left of them */
	assert_ok(erasure_of_person(store, "nobody", &subjects, &err));
	assert_int_equal(subjects, 0);
	store_rollback(store);
	meet_assert_sound(store);
	store_close(store);
	free(path);
}

static void it_needs_the_organisers_key(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	int subjects = 0;
	char *path = event_sample_make(s, "e.turnout"), *key = scratch_path(s, "e.turnout.key");
	assert_int_equal(unlink(key), 0);
	struct store *store = event_sample_open(path);
	assert_ok(store_begin(store, &err));
	assert_false(erasure_of_person(store, OLENA, &subjects, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	store_rollback(store);
	store_close(store);
	free(path);
	free(key);
}

/* Free pages and the write-ahead log hold nothing of it, once nobody reads. */
static void it_is_gone_from_the_disk(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path);
	assert_true(erasure_clean(store)); /* nothing was erased: nothing to do */
	struct store *reader = store_open(path, STORE_READ, "reader", &err);
	assert_ok(reader != NULL && db_begin_read(reader->db, &err));
	int64_t people = 0;
	assert_ok(people_count(reader, &people, &err));
	meet_erase(store, OLENA);
	assert_false(erasure_clean(store)); /* somebody reads what was before */
	db_rollback(reader->db);
	store_close(reader);
	assert_true(erasure_clean(store));
	assert_false(store->unclean);
	store_close(store);
	free(path);
}

/* The organiser's log as runs, begun with the erase record: what proves it. */
static bool take_proof(struct store *store, struct run *run) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	bool ok = erasure_take(store, run, "the text as it came", &err);
	assert_true(ok || err.kind == ERR_INPUT);
	if (ok) {
		assert_ok(store_commit(store, &err));
	} else {
		store_rollback(store);
	}
	return ok;
}

static void a_proof_of_somebody_else(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path);
	struct craft_member member = craft_member_of(store);
	struct craft log;
	struct strbuf text = {0};
	struct message message;
	bool any = true;
	craft_join(&log, &member, store, 1, &text);
	strbuf_reset(&text);
	craft_piece(&log, '>', &text);
	craft_add(&log, &(struct craft_record){.kind = "erase", .subject = "", .body = "{\"subject\":\"0a\"}"}, &text);
	craft_sign(&log, &text);
	craft_read(&text, &message);
	assert_false(take_proof(store, &message.runs[0].run)); /* right in itself, and of a station */
	message_fini(&message);
	assert_ok(erasure_known(store, NULL, &any, &err));
	assert_false(any);
	strbuf_fini(&text);
	store_close(store);
	free(path);
}

static bool keep_subject(void *context, struct stmt *row, struct err *err) {
	(void)err;
	assert_true(str_copy(context, 65, stmt_col_text(row, 0)));
	return true;
}

static void the_organisers_proof_erases(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path), *other = meet_adopt(s, store, "other.turnout", 5);
	struct replica replica;
	struct exchange_report report;
	struct erasure_proof proof;
	struct message message;
	struct person_row row;
	bool found = true;
	meet_stores(other, store, &report);
	meet_erase(store, OLENA);
	char subject[65];
	struct strbuf all = {0};
	assert_ok(db_each(store->db, "SELECT subject FROM erased", keep_subject, subject, &err));
	assert_ok(erasure_proof(store, subject, &proof, &err));
	assert_ok(replica_of_store(store, &replica, &err));
	meet_read_runs(&replica, &proof.head, proof.from, &message);
	assert_true(take_proof(other, &message.runs[0].run));
	assert_true(take_proof(other, &message.runs[0].run)); /* again is nothing */
	message_fini(&message);
	replica_fini(&replica);
	assert_ok(person_get(other, OLENA, &row, &found, &err));
	assert_false(found);
	assert_ok(erasure_loose_proofs(other, &all, &err));
	assert_string_equal(all.data, "the text as it came"); /* to be passed on */
	strbuf_fini(&all);
	store_close(other);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(all_who_are_that_person),  TEST(it_needs_the_organisers_key), TEST(it_is_gone_from_the_disk),
		TEST(a_proof_of_somebody_else), TEST(the_organisers_proof_erases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
