/* A record's text form, its hash, and what may be said in one. */
#include "store/log/record.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

static struct record one(void) {
	return (struct record){.seq = 7,
			       .kind = "checkin",
			       .mono = {123456},
			       .utc = {1778745600000},
			       .subject = "00ff",
			       .body_sha256 = crypto_sha256("{}", 2)};
}

static void is_hash(const struct hash *hash, const char *text) {
	struct hash expected = crypto_sha256(text, strlen(text));
	assert_memory_equal(hash->b, expected.b, HASH_LEN);
}

/* The text that record.h promises to auditors, spelt out here. SHA-256 of "{}" begins 44136fa3. */
#define BODY "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void the_hash_is_of_the_text(void **state) {
	(void)state;
	struct record r = one();
	struct hash first = record_hash(&r, NULL);
	is_hash(&first, "turnout-record-1\n" ZEROS "\n7\ncheckin\n123456\n1778745600000\n00ff\n" BODY "\n");
	r.subject = "";
	r.utc.v = -1;
	r.mono.v = 0;
	r.seq = UINT64_C(9007199254740991);
	struct hash second = record_hash(&r, &(struct hash){{0xab}});
	is_hash(&second,
		"turnout-record-1\nab00000000000000000000000000000000000000000000000000000000000000\n9007199254740991\ncheckin\n0\n-"
		"1\n\n" BODY "\n");
}

static void every_field_changes_the_hash(void **state) {
	(void)state;
	struct record r = one(), other[6];
	struct hash hash = record_hash(&r, NULL), before = {{1}};
	for (size_t i = 0; i < COUNT_OF(other); i++) {
		other[i] = r;
	}
	other[0].seq++;
	other[1].kind = "checkout";
	other[2].mono.v++;
	other[3].utc.v--;
	other[4].subject = "00fe";
	other[5].body_sha256.b[31] ^= 1;
	for (size_t i = 0; i < COUNT_OF(other); i++) {
		struct hash changed = record_hash(&other[i], NULL);
		assert_false(crypto_hash_eq(&hash, &changed));
	}
	struct hash later = record_hash(&r, &before);
	assert_false(crypto_hash_eq(&hash, &later));
}

static void a_head_names_log_seq_and_hash(void **state) {
	(void)state;
	char text[RECORD_HEAD_TEXT];
	size_t n = record_head_text(&(struct hash){{0}}, 64, &(struct hash){{0xff}}, text);
	assert_string_equal(text, "turnout-head-1\n" ZEROS "\n64\nff00000000000000000000000000000000000000000000000000000000000000\n");
	assert_int_equal(n, strlen(text));
}

static bool may(const struct record *r, const char *body) {
	struct err err = {0};
	bool ok = record_check(r, body, &err);
	assert_true(ok || (err.kind == ERR_INPUT && err.text[0] != '\0'));
	return ok;
}

static void kinds_and_subjects(void **state) {
	(void)state;
	struct record r = one();
	static const char *const kinds[] = {"", "Checkin", "check in", "checkin2", "abcdefghijklmnopq", "кава"};
	assert_true(may(&r, "{}"));
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		r.kind = kinds[i];
		assert_false(may(&r, "{}"));
	}
	r.kind = "abcdefghijklmno-"; /* as long as may be */
	assert_int_equal(strlen(r.kind), RECORD_KIND_MAX);
	assert_true(may(&r, "{}"));
	char subject[RECORD_SUBJECT_MAX + 2];
	memset(subject, 'a', sizeof subject);
	subject[RECORD_SUBJECT_MAX] = '\0';
	r.subject = subject;
	assert_true(may(&r, "{}"));
	subject[RECORD_SUBJECT_MAX] = 'a';
	subject[RECORD_SUBJECT_MAX + 1] = '\0';
	assert_false(may(&r, "{}"));
	r.subject = "0F";
	assert_false(may(&r, "{}"));
	r.subject = "";
	assert_true(may(&r, "{}"));
}

static void times_beyond_all_years(void **state) {
	(void)state;
	assert_true(record_times_ok(0, 0));
	assert_true(record_times_ok(RECORD_INT_MAX, -RECORD_INT_MAX));
	assert_false(record_times_ok(-1, 0)); /* the boot clock begins with 0 */
	assert_false(record_times_ok(RECORD_INT_MAX + 1, 0));
	assert_false(record_times_ok(0, RECORD_INT_MAX + 1));
	assert_false(record_times_ok(0, INT64_MIN));
	struct record r = one();
	r.utc.v = RECORD_INT_MAX + 1;
	assert_false(may(&r, "{}"));
}

static void bodies(void **state) {
	(void)state;
	struct record r = one();
	static const char *const wrong[] = {"", "[]", " {}", "{\n}", "{\"a\":\"\xff\"}"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(may(&r, wrong[i]));
	}
	assert_true(may(&r, "{\"a\":\"Їжак\"}"));
	assert_true(may(&r, "{what it says is judged by the views"));
	char *large = xcalloc(RECORD_BODY_MAX + 2, 1);
	memset(large, 'x', RECORD_BODY_MAX);
	large[0] = '{';
	assert_true(may(&r, large));
	large[RECORD_BODY_MAX] = 'x';
	assert_false(may(&r, large));
	free(large);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_hash_is_of_the_text),       cmocka_unit_test(every_field_changes_the_hash),
		cmocka_unit_test(a_head_names_log_seq_and_hash), cmocka_unit_test(kinds_and_subjects),
		cmocka_unit_test(times_beyond_all_years),        cmocka_unit_test(bodies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
