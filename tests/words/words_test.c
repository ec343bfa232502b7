/* The catalogues as built, the reader against broken ones, and plural rules of several languages. */
#include "words/words.h"

#include "lib/testing.h"
#include "lib/words_built.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "words/dates.h"
#include "words/mo.h"
#include "words/plural.h"

static void three_languages_at_once(void **state) {
	(void)state;
	struct words *w = words_built();
	int uk = words_language(w, "uk_UA.UTF-8"), ru = words_language(w, "ru"), en = words_language(w, "en");
	assert_true(uk >= 0 && ru >= 0 && en >= 0);
	assert_string_equal(words_get(w, uk, "Show your badge"), "Покажіть бейдж");
	assert_string_equal(words_get(w, ru, "Show your badge"), "Покажите бейдж");
	assert_string_equal(words_get(w, en, "Show your badge"), "Show your badge");
	assert_string_equal(words_get_in(w, uk, "in a date", "May"), "травня");
	assert_string_equal(words_get(w, uk, "no such message"), "no such message");
	assert_int_equal(words_language(w, "de"), -1);
	words_close(w);
}

static void the_first_language_of_a_list(void **state) {
	(void)state;
	struct words *w = words_built();
	int uk = words_language(w, "uk"), ru = words_language(w, "ru"), en = words_language(w, "en");
	assert_int_equal(words_language_of(w, "uk"), uk);
	assert_int_equal(words_language_of(w, "de_DE:ru_UA:uk"), ru);
	assert_int_equal(words_language_of(w, "en_US:uk"), en);
	assert_int_equal(words_language_of(w, ":uk:"), uk);
	assert_int_equal(words_language_of(w, "de:C"), -1);
	assert_int_equal(words_language_of(w, ""), -1);
	assert_int_equal(words_language_of(w, NULL), -1);
	words_close(w);
}

static void plural_forms_are_right(void **state) {
	(void)state;
	static const struct {
		long n;
		const char *uk, *en;
	} rows[] = {{0, "є {n} місць", "has {n} places left"},  {1, "є {n} місце", "has {n} place left"},
		    {2, "є {n} місця", "has {n} places left"},  {5, "є {n} місць", "has {n} places left"},
		    {11, "є {n} місць", "has {n} places left"}, {12, "є {n} місць", "has {n} places left"},
		    {21, "є {n} місце", "has {n} places left"}, {104, "є {n} місця", "has {n} places left"}};
	struct words *w = words_built();
	int uk = words_language(w, "uk"), en = words_language(w, "en");
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_string_equal(words_get_n(w, uk, "has {n} place left", "has {n} places left", rows[i].n), rows[i].uk);
		assert_string_equal(words_get_n(w, en, "has {n} place left", "has {n} places left", rows[i].n), rows[i].en);
	}
	words_close(w);
}

static void placeholders(void **state) {
	(void)state;
	struct strbuf out = {0};
	struct word_value values[] = {{"room", "Hall {time}"}, {"time", "10:30"}};
	words_fill(&out, "{room} began at {time}, {unknown} {", values, 2);
	assert_string_equal(strbuf_str(&out), "Hall {time} began at 10:30, {unknown} {");
	strbuf_fini(&out);
}

static void no_folder_leaves_english(void **state) {
	(void)state;
	char warning[256];
	struct words *w = words_open("/nonexistent", warning);
	assert_holds(warning, "/nonexistent");
	assert_int_equal(words_count(w), 1);
	assert_string_equal(words_get(w, 0, "Back"), "Back");
	words_close(w);
}

static unsigned form(const char *rule, unsigned long n) {
	struct plural *p;
	struct err err = {0};
	assert_ok(plural_parse(rule, strlen(rule), &p, &err));
	unsigned f = plural_form(p, n);
	plural_free(p);
	return f;
}

static void rules_of_other_languages(void **state) {
	(void)state;
	static const char polish[] = "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)";
	static const char arabic[] = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5";
	assert_int_equal(form(polish, 22), 1);
	assert_int_equal(form(polish, 12), 2);
	assert_int_equal(form(arabic, 103), 3);
	assert_int_equal(form(arabic, 111), 4);
	assert_int_equal(form(arabic, 100), 5);
	assert_int_equal(form("n != 1", 1), 0);
	assert_int_equal(form("!(n - 1) * 3 + 1", 1), 4);
	assert_int_equal(form("n/0 + n%0", 7), 0);
	assert_int_equal(form("10 - 4 - 3", 0), 3);
}

static void wrong_rules(void **state) {
	(void)state;
	static const char *const wrong[] = {"", "n ==", "(n", "n)", "n ? 1", "x", "n 1", "99999999999", "n &", "n = 1"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct plural *p = NULL;
		struct err err = {0};
		assert_false(plural_parse(wrong[i], strlen(wrong[i]), &p, &err));
		assert_holds(err.text, "plural rule");
	}
	struct strbuf deep = {0};
	struct plural *p = NULL;
	struct err err = {0};
	for (int i = 0; i < 900; i++) {
		strbuf_adds(&deep, "(");
	}
	assert_false(plural_parse(strbuf_str(&deep), deep.len, &p, &err));
	strbuf_reset(&deep);
	for (int i = 0; i < 900; i++) {
		strbuf_adds(&deep, "!");
	}
	assert_false(plural_parse(strbuf_str(&deep), deep.len, &p, &err));
	strbuf_fini(&deep);
}

/* Every beginning of a real catalogue, and every byte of it changed in turn: an error or a working catalogue, never a crash. */
static void broken_catalogues(void **state) {
	(void)state;
	struct err err = {0};
	struct strbuf file = {0};
	char *path = xasprintf("%s/share/locale/uk.mo", build_folder());
	assert_ok(file_read(path, MO_FILE_MAX, &file, &err));
	for (size_t n = 0; n < file.len; n += n < 200 ? 1 : 97) {
		struct mo *mo = NULL;
		if (mo_parse(file.data, n, &mo, &err)) {
			mo_get(mo, "Back", 0);
			mo_free(mo);
		}
	}
	for (size_t i = 0; i < file.len && i < 1600; i++) {
		char was = file.data[i];
		for (int k = 0; k < 2; k++) {
			struct mo *mo = NULL;
			file.data[i] = (char)(was ^ (k ? 0xff : 1));
			if (mo_parse(file.data, file.len, &mo, &err)) {
				mo_get(mo, "Back", 0);
				mo_get(mo, "has {n} place left", mo_plural(mo, 5));
				mo_free(mo);
			}
		}
		file.data[i] = was;
	}
	free(path);
	strbuf_fini(&file);
}

static void days_read_like_days(void **state) {
	(void)state;
	struct words *words = words_built();
	static const struct {
		int64_t days[4]; /* from 2026-05-01; ended by -1 */
		const char *language, *want;
	} cases[] = {
		{{13, 14, -1, 0}, "uk", "14–15 травня 2026"},
		{{13, -1, 0, 0}, "en", "14 May 2026"},
		{{13, 15, -1, 0}, "ru", "14, 16 мая 2026"},
		{{30, 31, -1, 0}, "en", "31 May – 1 June 2026"},
		{{13, 14, 40, -1}, "en", "14–15 May, 10 June 2026"},
		{{-1, 0, 0, 0}, "uk", ""},
		{{244, 245, -1, 0}, "uk", "31 грудня 2026 – 1 січня 2027"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t days[4];
		size_t n = 0;
		for (; cases[i].days[n] >= 0; n++) {
			days[n] = tz_days(2026, 5, 1) + cases[i].days[n];
		}
		struct strbuf text = {0};
		struct tongue tongue = {words, words_language(words, cases[i].language)};
		date_range_year(&text, &tongue, days, n);
		assert_string_equal(strbuf_str(&text), cases[i].want);
		strbuf_fini(&text);
	}
	words_close(words);
}

/* Times that nobody vouches for; eleven is eleven behind the sign, too. */
static void about_a_time(void **state) {
	(void)state;
	static const struct {
		const char *language, *local, *wanted;
		bool approximate;
	} cases[] = {{"uk", "2026-05-14 10:42", "о ≈10:42", true},
		     {"uk", "2026-05-14 11:05", "об ≈11:05", true},
		     {"uk", "2026-05-14 11:05", "об 11:05", false},
		     {"en", "2026-05-14 11:05", "at ≈11:05", true},
		     {"ru", "2026-05-14 11:05", "в ≈11:05", true}};
	struct err err = {0};
	struct tz *tz = tz_open("Europe/Kyiv", &err);
	struct words *words = words_built();
	assert_ok(tz != NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct strbuf time = {0}, text = {0};
		struct utc_ms utc;
		int offset_min = 0;
		assert_true(tz_parse(tz, cases[i].local, &utc, &offset_min));
		date_clock_about(&time, tz, utc, cases[i].approximate);
		struct tongue tongue = {words, words_language(words, cases[i].language)};
		date_at(&text, &tongue, strbuf_str(&time));
		assert_string_equal(strbuf_str(&text), cases[i].wanted);
		strbuf_fini(&time);
		strbuf_fini(&text);
	}
	words_close(words);
	tz_close(tz);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_languages_at_once),
		cmocka_unit_test(the_first_language_of_a_list),
		cmocka_unit_test(plural_forms_are_right),
		cmocka_unit_test(placeholders),
		cmocka_unit_test(no_folder_leaves_english),
		cmocka_unit_test(rules_of_other_languages),
		cmocka_unit_test(wrong_rules),
		cmocka_unit_test(broken_catalogues),
		cmocka_unit_test(days_read_like_days),
		cmocka_unit_test(about_a_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
