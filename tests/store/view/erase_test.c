/* Erasing removes the bodies of one subject, and what they spoke of is computed without them. */
#include "store/view/erase.h"

#include "lib/meet.h"

#include "base/alloc.h"
#include "store/file/state.h"
#include "store/log/erasure.h"
#include "store/write/append.h"

static void append_erase(struct store *store, const char *body) {
	struct err err = {0};
	struct draft draft = {.kind = "erase", .author = AUTHOR_ORGANISER, .subject = "", .body = body};
	assert_ok(store_append(store, &draft, NULL, &err));
}

static void one_subject_goes_and_the_rest_stays(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout"), before[65], after[65];
	int64_t people = event_sample_number(path, "SELECT count(*) FROM view_person");
	int64_t bodies = event_sample_number(path, "SELECT count(*) FROM record WHERE body IS NOT NULL");
	struct store *store = event_sample_open(path);
	meet_erase(store, "0000000000000000000c");
	assert_true(store->unclean); /* the write-ahead log may hold them still */
	meet_assert_sound(store);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person"), people - 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE body IS NULL"), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE body IS NOT NULL"),
			 bodies); /* one went, the erase record came */
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_touch WHERE thing = 'p0000000000000000000c'"), 0);
	event_sample_digest(path, before);
	store = event_sample_open(path);
	assert_ok(store_rebuild(store, &err)); /* who is erased stays so */
	bool any = false;
	assert_ok(erasure_known(store, NULL, &any, &err));
	assert_true(any);
	store_close(store);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	free(path);
}

static void a_record_that_names_nobody(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	bool any = true;
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	assert_ok(store_begin(store, &err));
	append_erase(store, "{}");
	append_erase(store, "{\"subject\":\"\"}"); /* of no subject are the organiser's own records */
	append_erase(store, "{\"subject\":\"Олена\"}");
	assert_ok(store_commit(store, &err) && erasure_known(store, NULL, &any, &err));
	assert_false(any);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'thing'"), 3);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE body IS NULL"), 0);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(one_subject_goes_and_the_rest_stays),
		TEST(a_record_that_names_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
