/* Settings: which there are, what they may be, and what is made of them. */
#include "store/read/settings.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"

static const struct {
	const char *key, *good[4], *bad[6];
} CASES[] = {
	{"timezone", {"Europe/Kyiv", "UTC"}, {"Europe/Atlantis", "../etc/passwd"}},
	{"languages", {"uk", "uk,en,ru"}, {"ukr", "uk,", ",uk", "uk en", "UK"}},
	{"dates",
	 {"2026-05-14", "2026-05-14..2026-05-15", "2026-05-14, 2026-05-16..2026-05-17"},
	 {"14.05.2026", "2026-05-15..2026-05-14", "2026-02-30", "2026-05-14,", "2020-01-01..2026-01-01"}},
	{"changes_since", {"2026-05-13", "2026-05-13 18:00", "2026-05-13T18:00+03:00"}, {"13.05.2026", "yesterday", "2026-02-30", "18:00"}},
	{"late_minutes", {"0", "5", "100000"}, {"-1", "100001", "five", "5.5"}},
	{"unverified", {"welcome", "ask"}, {"yes", "Ask"}},
	{"hub",
	 {"http://10.0.0.2:8080", "https://hub.example"},
	 {"hub.example", "ftp://hub", "http://", "http:///x", "https://a b", "http://їжак"}},
	{"colour", {"#0a6b5e", "#FFFFFF"}, {"0a6b5e", "#0a6", "teal", "#0a6b5g", "#0a6b5e "}},
	{"panel_colour", {"#000000"}, {"black"}},
	{"agenda_url",
	 {"https://fair.example/agenda?day=1", "https://ярмарок.укр/програма"},
	 {"fair.example", "ftp://fair", "https://fair.example/a b", "javascript:alert(1)"}},
	{"staff_pin", {"1234", "12345678"}, {"123", "123456789", "12a4", "12 34"}},
	{"erase_after", {"1d", "90d", "3650d"}, {"90", "0d", "3651d", "-1d", "90 d", "90 days"}},
	{"title", {"anything", "Їжак"}, {NULL}},
};

static void what_they_may_be(void **state) {
	(void)state;
	for (size_t i = 0; i < COUNT_OF(CASES); i++) {
		struct err err = {0};
		assert_ok(setting_check(CASES[i].key, "", &err)); /* any may be cleared */
		for (size_t g = 0; g < COUNT_OF(CASES[i].good) && CASES[i].good[g] != NULL; g++) {
			assert_ok(setting_check(CASES[i].key, CASES[i].good[g], &err));
		}
		for (size_t b = 0; b < COUNT_OF(CASES[i].bad) && CASES[i].bad[b] != NULL; b++) {
			if (setting_check(CASES[i].key, CASES[i].bad[b], &err)) {
				fail_msg("%s may be \"%s\"", CASES[i].key, CASES[i].bad[b]);
			}
			assert_true(err.text[0] != '\0');
		}
	}
}

static void one_that_is_none(void **state) {
	(void)state;
	struct err err = {0};
	assert_false(setting_check("titel", "x", &err));
	assert_int_equal(err.kind, ERR_USAGE);
	const char *key;
	size_t n = 0;
	for (; setting_help(n, &key) != NULL; n++) {
		assert_holds(err.text, key); /* it tells which there are */
	}
	assert_true(n >= COUNT_OF(CASES));
}

static void put(struct store *store, const char *key, const char *value) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && setting_put(store, key, value, &err) && store_commit(store, &err));
}

static void refuses(struct store *store, const char *key, const char *value, enum err_kind kind) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	assert_false(setting_put(store, key, value, &err));
	assert_int_equal(err.kind, kind);
	store_rollback(store);
}

static void put_and_cleared(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	char large[2002];
	memset(large, 'x', sizeof large);
	large[2001] = '\0';
	put(store, "late_minutes", "7");
	assert_int_equal(setting_number(store, "late_minutes", 5), 7);
	put(store, "late_minutes", "");
	assert_int_equal(setting_number(store, "late_minutes", 5), 5);
	assert_null(setting_get(store, "late_minutes"));
	assert_int_equal(setting_number(store, "title", 5), 5); /* it is no number */
	refuses(store, "title", "\xff", ERR_USAGE);
	refuses(store, "title", large, ERR_USAGE);
	large[2000] = '\0';
	put(store, "title", large);
	refuses(store, "late_minutes", "x", ERR_USAGE);
	store_close(store);
}

static void days(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	int64_t list[4] = {0};
	assert_int_equal(setting_days(store, list, COUNT_OF(list)), 0);
	put(store, "dates", "2026-05-14..2026-05-15,2026-05-20");
	assert_int_equal(setting_days(store, list, COUNT_OF(list)), 3);
	assert_int_equal(list[1], list[0] + 1);
	assert_int_equal(list[2], list[0] + 6);
	assert_int_equal(setting_days(store, list, 2), 0); /* more than there is room for: none rather than some */
	store_close(store);
}

/* A relative path counts from the event file's folder; a picture that is not there is said at once. */
static void logos(void **state) {
	struct scratch *s = *state;
	struct store *store = scratch_event(s, "e.turnout");
	refuses(store, "logo", "logo.svg", ERR_NOT_FOUND);
	char *file = scratch_write(s, "logo.svg", "<svg/>", 6);
	put(store, "logo", "logo.svg");
	char *path = setting_logo_path(store, "logo.svg");
	assert_string_equal(path, file);
	free(path);
	path = setting_logo_path(store, "/x/logo.svg");
	assert_string_equal(path, "/x/logo.svg");
	free(path);
	free(file);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_they_may_be), TEST(one_that_is_none), TEST(put_and_cleared), TEST(days), TEST(logos),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
