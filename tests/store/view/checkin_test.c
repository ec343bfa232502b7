/* What a check-in's record becomes: which of its bodies are whole, and for whom it stands. */
#include "store/view/checkin.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"
#include "store/write/append.h"

static void a_signed_code_is_named_by_its_beginning(void **state) {
	(void)state;
	char code[122], stub[BADGE_CODE_MAX + 1];
	memset(code, 'A', sizeof code);
	memcpy(code, "TO1", 3);
	code[121] = '\0';
	assert_string_equal(checkin_stub(code, stub), code); /* one character more than a signed code has */
	code[120] = '\0';
	assert_int_equal(strlen(checkin_stub(code, stub)), CHECKIN_STUB_LEN);
	assert_true(str_starts(code, stub));
	assert_true(checkin_who_code(code) == checkin_who_code(stub));
	code[2] = '2'; /* of no version that is known */
	assert_string_equal(checkin_stub(code, stub), code);
	assert_string_equal(checkin_stub("TO1", stub), "TO1");
	assert_string_equal(checkin_stub("", stub), "");
}

static void a_code_is_no_person(void **state) {
	(void)state;
	assert_true(checkin_who_code("a") != checkin_who_person("a"));
	assert_true(checkin_who_code("person a") == checkin_who_person("a")); /* so the body decides whose it is (store/read/presence.c) */
	assert_true(checkin_who_person("a") >= 0);
}

/* Appends records as a station would; returns how many of them the view counts. */
static int64_t counted(const struct scratch *s, const char *const bodies[], size_t n) {
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	assert_ok(store_begin(store, &err));
	for (size_t i = 0; i < n; i++) {
		struct draft draft = {.kind = "checkin", .author = AUTHOR_STATION, .subject = "", .body = bodies[i]};
		assert_ok(store_append(store, &draft, NULL, &err));
	}
	assert_ok(store_commit(store, &err));
	store_close(store);
	int64_t rows = event_sample_number(path, "SELECT count(*) FROM view_checkin");
	assert_int_equal(rows + event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'checkin'"), (int64_t)n);
	free(path);
	return rows;
}

static void bodies_that_are_whole(void **state) {
	static const char *const bodies[] = {
		"{\"code\":\"A\",\"point\":\"arrival\",\"shown\":\"accepted\",\"how\":\"camera\"}",
		"{\"person\":\"0a\",\"point\":\"s\",\"shown\":\"late\"}",
		"{\"code\":\"A\",\"point\":\"arrival\",\"shown\":\"accepted\",\"at\":1778745600000}",
		"{\"code\":\"A\",\"point\":\"arrival\",\"shown\":\"revoked\",\"newer\":[1]}",
	};
	assert_int_equal(counted(*state, bodies, COUNT_OF(bodies)), COUNT_OF(bodies));
}

static void bodies_that_are_not(void **state) {
	static const char *const bodies[] = {
		"{}",
		"{\"code\":\"A\",\"person\":\"0a\",\"point\":\"arrival\",\"shown\":\"accepted\"}",
		"{\"point\":\"arrival\",\"shown\":\"accepted\"}",
		"{\"code\":\"A\",\"point\":\"\",\"shown\":\"accepted\"}",
		"{\"code\":\"A\",\"point\":\"arrival\",\"shown\":\"welcome\"}",
		"{\"code\":\"A\",\"point\":\"arrival\"}",
		"{\"code\":7,\"point\":\"arrival\",\"shown\":\"accepted\"}",
		"{\"code\":\"A\",\"point\":\"arrival\",\"shown\":\"accepted\",\"at\":9007199254740992}",
	};
	assert_int_equal(counted(*state, bodies, COUNT_OF(bodies)), 0);
}

/* The quick reading says the same as the parser, or leaves it to the parser. */
static void quick_reading(void **state) {
	(void)state;
	bool (*read)(const char *, struct checkin_text *) = view_checkin.kinds[0].read_checkin;
	struct checkin_text text;
	assert_non_null(read);
	assert_true(read("{\"code\":\"A\",\"point\":\"p\",\"shown\":\"late\",\"how\":\"camera\"}", &text));
	assert_string_equal(text.said.code, "A");
	assert_null(text.said.person);
	assert_string_equal(text.said.point, "p");
	assert_int_equal(text.said.shown, OUTCOME_LATE);
	assert_true(read("{\"person\":\"0a\",\"point\":\"p\",\"shown\":\"accepted\"}", &text));
	assert_string_equal(text.said.person, "0a");
	static const char *const left[] = {
		"",
		"{",
		"{}",
		"[]",
		"{\"code\":\"A\",\"code\":\"B\",\"point\":\"p\",\"shown\":\"late\"}",
		"{\"code\":\"A\",\"point\":\"p\",\"shown\":\"late\",\"at\":1}",
		"{\"code\":\"A\",\"point\":\"p\",\"shown\":\"late\",\"newer\":\"x\"}",
		"{\"code\":\"A\",\"point\":\"0123456789012345678901234567890123456789012345678901234567890123\",\"shown\":\"late\"}",
		"{\"code\":\"A\",\"person\":\"0a\",\"point\":\"p\",\"shown\":\"late\"}",
		"{\"code\":\"A\",\"point\":\"p\",\"shown\":\"never\"}",
	};
	for (size_t i = 0; i < COUNT_OF(left); i++) {
		if (read(left[i], &text)) {
			fail_msg("read: %s", left[i]);
		}
	}
}

static bool count_one(void *context, const struct hash *log, uint64_t seq, struct err *err) {
	(void)log;
	(void)err;
	assert_true(seq > 0);
	return ++*(int *)context < 2;
}

static void all_of_one_code(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	int n = 0;
	assert_ok(checkin_each_of_code(store, "nobody's", count_one, &n, &err));
	assert_int_equal(n, 0);
	assert_false(checkin_each_of_code(store, "CODE-A", count_one, &n, &err)); /* its caller has enough of two */
	assert_int_equal(n, 2);
	store_close(store);
	free(path);
}

/* A duplicate, a refusal and an arrival take no place in a room. */
static void who_takes_a_place(void **state) {
	static const char *const bodies[] = {
		"{\"code\":\"A\",\"point\":\"s\",\"shown\":\"accepted\"}",       "{\"code\":\"B\",\"point\":\"s\",\"shown\":\"late\"}",
		"{\"code\":\"C\",\"point\":\"s\",\"shown\":\"duplicate\"}",      "{\"code\":\"D\",\"point\":\"s\",\"shown\":\"full\"}",
		"{\"code\":\"E\",\"point\":\"arrival\",\"shown\":\"accepted\"}",
	};
	struct scratch *s = *state;
	char *path = scratch_path(s, "e.turnout");
	assert_int_equal(counted(s, bodies, COUNT_OF(bodies)), COUNT_OF(bodies));
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_visit WHERE NOT again"), 2);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_visit WHERE again"), 1);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_signed_code_is_named_by_its_beginning),
		TEST(a_code_is_no_person),
		TEST(bodies_that_are_whole),
		TEST(bodies_that_are_not),
		TEST(quick_reading),
		TEST(all_of_one_code),
		TEST(who_takes_a_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
