/* What a walk-in's record must say, and whose it is. What stations can do by it is tested in tests/store/write/walkins_test.c. */
#include "store/view/walkin.h"

#include "lib/testing.h"

#include "badge/code.h"
#include "base/alloc.h"
#include "base/base45.h"
#include "base/json.h"
#include "store/file/state.h"

static bool whole(const char *text) {
	struct err err = {0};
	struct json *body = json_parse(text, strlen(text), &err);
	assert_ok(body != NULL);
	bool is = walkin_is_whole(body);
	json_free(body);
	return is;
}

static void a_name_a_short_code_and_no_more_say(void **state) {
	(void)state;
	assert_true(whole("{\"id\":\"a\",\"set\":{\"name\":\"N\"},\"code\":\"TO0ABCDEFGHIJKL\"}"));
	assert_true(whole("{\"id\":\"a\",\"set\":{\"name\":\"N\",\"phone\":\"1\"},\"code\":\"TO0ABCDEFGHIJKL\",\"newer\":1}"));
	static const char *const wrong[] = {
		"{\"set\":{\"name\":\"N\"},\"code\":\"TO0ABCDEFGHIJKL\"}",
		"{\"id\":\"a\",\"set\":{\"name\":\"\"},\"code\":\"TO0ABCDEFGHIJKL\"}",
		"{\"id\":\"a\",\"set\":{},\"code\":\"TO0ABCDEFGHIJKL\"}",
		"{\"id\":\"a\",\"code\":\"TO0ABCDEFGHIJKL\"}",
		"{\"id\":\"a\",\"set\":{\"name\":\"N\"}}",
		"{\"id\":\"a\",\"set\":{\"name\":\"N\"},\"code\":\"TO0ABCDEFGHIJK\"}",
		"{\"id\":\"a\",\"set\":{\"name\":\"N\"},\"code\":\"TO0ABCDEFGHIJKLM\"}",
		"{\"id\":\"a\",\"set\":{\"name\":\"N\"},\"code\":\"TO1ABCDEFGHIJKL\"}",
		"{\"id\":\"a\",\"set\":{\"name\":\"N\",\"code\":\"K\"},\"code\":\"TO0ABCDEFGHIJKL\"}",
		"{\"id\":\"a\",\"set\":{\"name\":\"N\",\"status\":\"removed\"},\"code\":\"TO0ABCDEFGHIJKL\"}",
	};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		if (whole(wrong[i])) {
			fail_msg("whole: %s", wrong[i]);
		}
	}
}

/* Made of who wrote it, in which event, of whom: so nobody else's can be spoken of. */
static void the_id_is_its_authors(void **state) {
	(void)state;
	char a[PERSON_ID_LEN + 1], b[PERSON_ID_LEN + 1];
	struct store store = {.event = {{1}}}, other = {.event = {{2}}};
	struct public_key station = {{1}}, stranger = {{2}};
	walkin_id(&store, &station, "0a", a);
	walkin_id(&store, &station, "0a", b);
	assert_string_equal(a, b);
	assert_int_equal(strlen(a), PERSON_ID_LEN);
	walkin_id(&store, &stranger, "0a", b);
	assert_string_not_equal(a, b);
	walkin_id(&store, &station, "0b", b);
	assert_string_not_equal(a, b);
	walkin_id(&other, &station, "0a", b);
	assert_string_not_equal(a, b);
}

/* The code's text is told in store/view/walkin.h, so that an auditor can make it with sha256sum: here it is spelt out. */
static void the_code_is_its_authors(void **state) {
	(void)state;
	struct store store = {.event = {{1}}}, other = {.event = {{2}}};
	struct public_key station = {{1}}, stranger = {{2}};
	struct walkin_badge a, b;
	static const char zeros[] = "00000000000000000000000000000000000000000000000000000000000000";
	char *text = xasprintf("turnout-walkin-code-1\n01%s\n01%s\n0a\n", zeros, zeros);
	struct hash h = crypto_sha256(text, strlen(text));
	char code[BASE45_TEXT_LEN(8) + 1];
	free(text);
	base45_encode(h.b, 8, code);
	walkin_badge(&store, &station, "0a", &a);
	assert_memory_equal(a.code, "TO0", 3);
	assert_string_equal(a.code + 3, code);
	char aloud[CODE_ALOUD_MAX];
	code_read_aloud(a.code, aloud);
	assert_string_equal(a.aloud, aloud);
	walkin_badge(&store, &stranger, "0a", &b);
	assert_string_not_equal(a.code, b.code);
	walkin_badge(&store, &station, "0b", &b);
	assert_string_not_equal(a.code, b.code);
	walkin_badge(&other, &station, "0a", &b);
	assert_string_not_equal(a.code, b.code);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_a_short_code_and_no_more_say),
		cmocka_unit_test(the_id_is_its_authors),
		cmocka_unit_test(the_code_is_its_authors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
