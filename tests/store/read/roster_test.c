/* All of the roster at once, and all that imports said: what counts and has a source, nothing else. */
#include "store/read/roster.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/read/people.h"
#include "store/write/edit.h"

static bool list_row(void *context, const struct roster_row *row, struct err *err) {
	(void)err;
	strbuf_addf(context, "%c%s%s ", row->id[PERSON_ID_LEN - 1], row->removed ? "-" : "", row->code ? row->code : "");
	return true;
}

static void everybody_is_on_it(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct strbuf out = {0};
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "DELETE FROM record WHERE kind = 'walkin'"); /* its id is a random one */
	struct store *store = event_sample_open(path);
	assert_ok(store_rebuild(store, &err));
	assert_ok(store_begin(store, &err) &&
		  person_edit(store, &(struct person_edit){.id = "0000000000000000000c", .set_json = "{\"code\":\"\"}", .status = NULL},
			      &err) &&
		  person_edit(store, &(struct person_edit){.id = "0000000000000000000b", .set_json = "{\"status\":\"removed\"}"}, &err) &&
		  store_commit(store, &err));
	assert_ok(roster_each(store, list_row, &out, &err));
	assert_string_equal(out.data, "aCODE-A b-CODE-B c dCODE-D "); /* d is joined into b, who is removed */
	strbuf_fini(&out);
	store_close(store);
	free(path);
}

static bool list_said(void *context, const struct said *said, struct err *err) {
	(void)err;
	assert_string_equal(said->source, "people.csv");
	assert_true(said->seq > 0 && said->set != NULL);
	strbuf_addf(context, "%c", said->id[strlen(said->id) - 1]);
	return true;
}

static void what_imports_said(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct strbuf out = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path);
	/* By hand, though its words look like an import's. */
	struct edit_draft by_hand = {.kind = "person", .id = "0000000000000000000a", .set = "{\"note\":\"\\\"source\\\":\"}"};
	assert_ok(store_begin(store, &err) && edit_append(store, &by_hand, &err) && store_commit(store, &err));
	assert_ok(said_each(store, SAID_PERSON, list_said, &out, &err));
	assert_string_equal(out.data, "abcd");
	strbuf_fini(&out);
	store_close(store);
	event_sample_sql(path, "INSERT INTO view_ignored SELECT id, 'author' FROM record WHERE kind = 'person' AND body LIKE '%000b\"%'");
	store = event_sample_open(path);
	assert_ok(said_each(store, SAID_PERSON, list_said, &out, &err)); /* what does not count was not said */
	assert_string_equal(out.data, "acd");
	strbuf_fini(&out);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(everybody_is_on_it),
		TEST(what_imports_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
