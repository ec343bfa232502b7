/* Whom the event thanks, and the pictures that belong to it: put, read back, taken off; the same in every file. */
#include "store/read/credits.h"

#include "lib/meet.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/read/assets.h"
#include "store/write/assets.h"
#include "store/write/edit.h"

#define GOOD "{\"group\":\"funder\",\"name:uk\":\"Фонд\",\"sentence:uk\":\"За підтримки Фонду\",\"min_width\":\"20\"}"

static void put(struct store *store, const char *key, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && credit_put(store, key, set, &err) && store_commit(store, &err));
}

static void put_and_taken_off(void **state) {
	struct err err = {0};
	struct credits credits;
	struct store *store = scratch_event(*state, "e.turnout");
	put(store, "fund", GOOD);
	put(store, "fund", "{\"min_width\":\"\",\"order\":\"3\"}");
	assert_ok(credits_load(store, &credits, NULL, &err));
	assert_int_equal(credits.count, 1);
	assert_true(credits.items[0].min_w == 0 && credits.items[0].order == 3 && credits.items[0].group == CREDIT_FUNDER);
	assert_string_equal(credit_words(&credits.items[0], "sentence", "uk"), "За підтримки Фонду");
	credits_fini(&credits);
	assert_ok(store_begin(store, &err) && credit_remove(store, "fund", &err) && store_commit(store, &err));
	assert_ok(credits_load(store, &credits, NULL, &err));
	assert_int_equal(credits.count, 0);
	assert_ok(store_begin(store, &err));
	assert_false(credit_remove(store, "fund", &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_false(credit_put(store, "other", "{\"group\":\"funder\"}", &err)); /* judged as it will be */
	assert_holds(err.text, "has no name");
	store_rollback(store);
	put(store, "fund", "{\"group\":\"partner\"}"); /* comes back as it was, with what is set now */
	assert_ok(credits_load(store, &credits, NULL, &err));
	assert_true(credits.count == 1 && credits.items[0].group == CREDIT_PARTNER);
	assert_non_null(credit_words(&credits.items[0], "name", "uk"));
	credits_fini(&credits);
	meet_assert_sound(store);
	store_close(store);
}

/* All of it together has to have room on a screen's pages. */
static void not_too_many_words(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	char *said = xcalloc(1, CREDIT_DISCLAIMER_MAX + 1), key[16];
	memset(said, 'x', CREDIT_DISCLAIMER_MAX);
	char *set = xasprintf("{\"group\":\"funder\",\"name\":\"X\",\"disclaimer:en\":\"%s\"}", said);
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < CREDITS_SAID_MAX / CREDIT_DISCLAIMER_MAX; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_ok(credit_put(store, key, set, &err));
	}
	assert_false(credit_put(store, "more", set, &err));
	assert_holds(err.text, "8000");
	store_rollback(store);
	store_close(store);
	free(set);
	free(said);
}

static void no_more_than_there_may_be(void **state) {
	struct err err = {0};
	char key[16];
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < CREDITS_MAX; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_ok(credit_put(store, key, GOOD, &err));
	}
	assert_false(credit_put(store, "more", GOOD, &err));
	assert_holds(err.text, "40");
	assert_ok(credit_put(store, "k0", GOOD, &err));
	store_rollback(store);
	store_close(store);
}

/* --- files ----------------------------------------------------------------------------------------------------------------------------------- */

static char *noise(size_t n) {
	char *bytes = xmalloc(n);
	uint32_t seed = 3;
	for (size_t i = 0; i < n; i++) {
		seed = seed * 1664525u + 1013904223u;
		bytes[i] = (char)(seed >> 24);
	}
	return bytes;
}

static void assert_there(struct store *store, const char *id, const char *bytes, size_t n) {
	struct err err = {0};
	struct strbuf out = {0};
	bool whole = false;
	strbuf_adds(&out, "before");
	assert_ok(asset_read(store, id, &out, &whole, &err));
	assert_true(whole);
	assert_int_equal(out.len, 6 + n);
	assert_memory_equal(out.data + 6, bytes, n);
	strbuf_fini(&out);
}

static int64_t records(struct store *store) {
	struct err err = {0};
	int64_t n = 0;
	assert_ok(db_number(store->db, "SELECT count(*) FROM record", &n, &err));
	return n;
}

static void files_in_parts(void **state) {
	struct err err = {0};
	char id[ASSET_ID_TEXT];
	struct store *store = scratch_event(*state, "e.turnout");
	static const size_t sizes[] = {1, ASSET_PART_BYTES, ASSET_PART_BYTES + 1, ASSET_BYTES_MAX};
	char *bytes = noise(ASSET_BYTES_MAX + 1);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		assert_ok(store_begin(store, &err) && asset_put(store, bytes, sizes[i], id, &err) && store_commit(store, &err));
		assert_there(store, id, bytes, sizes[i]);
		int64_t before = records(store);
		assert_ok(store_begin(store, &err) && asset_put(store, bytes, sizes[i], id, &err) && store_commit(store, &err));
		assert_int_equal(records(store), before); /* it is there */
	}
	assert_ok(store_begin(store, &err));
	assert_false(asset_put(store, bytes, 0, id, &err));
	assert_false(asset_put(store, bytes, ASSET_BYTES_MAX + 1, id, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	store_rollback(store);
	meet_assert_sound(store);
	store_close(store);
	free(bytes);
}

static void write_part(struct store *store, const char *id, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) &&
		  edit_append(store, &(struct edit_draft){.kind = "asset", .id = id, .set = set, .subject = ""}, &err) &&
		  store_commit(store, &err));
}

/* Another program may write anything: what is not whole is no file, and nobody stumbles over it. */
static void parts_that_do_not_fit(void **state) {
	struct err err = {0};
	struct strbuf out = {0};
	bool whole = true;
	struct store *store = scratch_event(*state, "e.turnout");
	struct hash hash = crypto_sha256("ab", 2);
	char id[ASSET_ID_TEXT], name[80];
	str_hex(hash.b, HASH_LEN, id);
	static const struct {
		const char *part, *set;
		bool whole;
	} steps[] = {{"0", "{\"parts\":\"2\",\"data\":\"YQ==\"}", false}, {"01", "{\"parts\":\"2\",\"data\":\"Yg==\"}", false},
		     {"1", "{\"parts\":\"3\",\"data\":\"Yg==\"}", false}, {"1", "{\"parts\":\"2\",\"data\":\"Yw==\"}", false},
		     {"1", "{\"parts\":\"2\",\"data\":\"Yg==\"}", true},  {"2", "{\"parts\":\"2\",\"data\":\"Yg==\"}", true},
		     {"-1", "{\"parts\":\"2\",\"data\":\"Yg==\"}", true}, {"64", "{\"parts\":\"65\",\"data\":\"Yg==\"}", true},
		     {"1", "{\"parts\":\"2\",\"data\":\"!\"}", false},    {"1", "{\"parts\":2,\"data\":\"Yg==\"}", false},
		     {"1", "{\"parts\":\"2\",\"data\":\"Yg==\"}", true},  {"1", "{\"data\":\"\"}", false}};
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		snprintf(name, sizeof name, "%s/%s", id, steps[i].part);
		write_part(store, name, steps[i].set);
		assert_ok(asset_read(store, id, &out, &whole, &err));
		assert_int_equal(whole, steps[i].whole);
		assert_int_equal(out.len, whole ? 2 : 0);
		strbuf_reset(&out);
	}
	write_part(store, "no such name", "{\"parts\":\"1\",\"data\":\"YQ==\"}");
	meet_assert_sound(store); /* computed again it is the same */
	strbuf_fini(&out);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(put_and_taken_off), TEST(no_more_than_there_may_be), TEST(not_too_many_words),
		TEST(files_in_parts),    TEST(parts_that_do_not_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
