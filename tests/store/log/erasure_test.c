/* Whose data is erased, and what proves it. */
#include "store/log/erasure.h"

#include "lib/meet.h"

#include <stdio.h>

#include "base/alloc.h"
#include "store/write/sign.h"

static bool known(struct store *store, const char *subject) {
	struct err err = {0};
	bool is = false;
	assert_ok(erasure_known(store, subject, &is, &err));
	return is;
}

static void names_of_subjects(void **state) {
	(void)state;
	char longest[66];
	memset(longest, 'a', sizeof longest);
	longest[65] = '\0';
	assert_false(erasure_subject_ok(longest));
	longest[64] = '\0';
	assert_true(erasure_subject_ok(longest));
	assert_true(erasure_subject_ok("0"));
	assert_false(erasure_subject_ok(""));
	assert_false(erasure_subject_ok(NULL));
	assert_false(erasure_subject_ok("0A"));
	assert_false(erasure_subject_ok("0 "));
}

static void a_proof_gives_way_to_the_record(void **state) {
	struct err err = {0};
	struct strbuf loose = {0};
	struct erasure_proof proof;
	struct store *store = scratch_event(*state, "e.turnout");
	assert_false(known(store, NULL));
	assert_false(erasure_proof(store, "0a", &proof, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_ok(store_begin(store, &err) && erasure_note_proof(store, "0a", "the proof\n", &err));
	assert_true(known(store, NULL) && known(store, "0a"));
	assert_false(known(store, "0b"));
	assert_ok(erasure_proof(store, "0a", &proof, &err));
	assert_string_equal(proof.text.data, "the proof\n");
	strbuf_fini(&proof.text);
	assert_ok(erasure_note_proof(store, "0a", "another\n", &err)); /* the first that came is kept */
	assert_ok(erasure_loose_proofs(store, &loose, &err));
	assert_string_equal(loose.data, "the proof\n");
	strbuf_reset(&loose);
	assert_ok(erasure_note(store, "0a", (INT64_C(1) << 40) | 1, &err)); /* the organiser's record came */
	assert_ok(erasure_loose_proofs(store, &loose, &err));
	assert_int_equal(loose.len, 0);
	assert_ok(erasure_note(store, "0a", (INT64_C(1) << 40) | 2, &err)); /* twice; the first stands */
	assert_ok(erasure_proof(store, "0a", &proof, &err));
	assert_int_equal(proof.from, 1);
	assert_int_equal(proof.text.len, 0);
	store_rollback(store);
	assert_false(known(store, NULL));
	strbuf_fini(&loose);
	store_close(store);
}

/* Nobody would take it, so it is no proof yet. */
static void a_record_that_is_not_signed(void **state) {
	struct err err = {0};
	struct erasure_proof proof;
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err));
	assert_ok(erasure_note(store, "0a", (INT64_C(1) << 40) | 1000, &err));
	assert_false(erasure_proof(store, "0a", &proof, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_holds(err.text, "not signed");
	store_rollback(store);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(names_of_subjects),
		TEST(a_proof_gives_way_to_the_record),
		TEST(a_record_that_is_not_signed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
