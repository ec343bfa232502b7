/* Conflicts in words: plain, in 120 columns, in the singular and in the plural. */
#include "report/conflicts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "lib/words_built.h"

#define TEN INT64_C(1778742000000) /* 14 May 2026, 10:00 in Kyiv */
#define MINUTE INT64_C(60000)
#define WIDTH 120
#define KIND_WIDTH 11 /* "malformed  " */

static struct conflict_record record(const char *name, int64_t utc, bool approximate) {
	return (struct conflict_record){.station = {.key = "12ab34cd56ef7890", .name = name, .role = "station"},
					.log = {{0xfe, 0xdc, 0xba, 0x98, 0x76}},
					.seq = 7,
					.utc = {utc},
					.approximate = approximate};
}

static void in_ukrainian(void **state) {
	(void)state;
	struct err err = {0};
	struct words *words = words_built();
	struct tongue uk = {words, words_language(words, "uk")};
	struct tz *kyiv = tz_open("Europe/Kyiv", &err);
	struct conflict_reader to = {kyiv, &uk};
	struct conflict c = {.kind = CONFLICT_AUTHOR, .at = record("", 0, false)};
	struct strbuf about = {0}, text = {0};
	assert_non_null(kyiv);
	c.ignored.kind = "checkin";
	c.ignored.why = ignore_text(IGNORE_AUTHOR);
	conflict_about(&c, &to, &about);
	conflict_say(&c, &(struct conflict_run){1, 22, 22}, &to, &text);
	assert_string_equal(strbuf_str(&about), "пристрій 12ab34cd");
	assert_string_equal(strbuf_str(&text), "22 записи, від fedcba98:1 до 22, не враховуються: автор не має на це права");
	strbuf_reset(&about);
	c.at.station.retired = true; /* the word is longer than in English, and none of it is cut off */
	conflict_about(&c, &to, &about);
	assert_string_equal(strbuf_str(&about), "12ab34cd (відключено)");
	strbuf_reset(&about);
	c.at.station.name = "Вхід зі сторони парку";
	conflict_about(&c, &to, &about);
	assert_string_equal(strbuf_str(&about), "Вхід зі… (відключено)");
	strbuf_reset(&text);
	c = (struct conflict){.kind = CONFLICT_FIELD, .name = "Олена"};
	c.edit.thing = "person";
	c.edit.field = "organisation";
	c.edit.shown = "Школа";
	c.edit.other = "";
	conflict_say(&c, NULL, &to, &text);
	assert_string_equal(strbuf_str(&text), "організація: показано «Школа», також указано порожнє значення");
	strbuf_fini(&about);
	strbuf_fini(&text);
	tz_close(kyiv);
	words_close(words);
}

/* "ABOUT: SENTENCE" of a conflict must be that, and short enough for a table. */
static void says(const struct conflict *c, const struct conflict_run *run, const char *wanted) {
	struct err err = {0};
	struct strbuf about = {0};
	struct strbuf text = {0};
	struct tz *kyiv = tz_open("Europe/Kyiv", &err);
	assert_non_null(kyiv);
	struct conflict_reader to = {kyiv, NULL};
	conflict_about(c, &to, &about);
	assert_true(utf8_width(strbuf_str(&about)) <= CONFLICT_ABOUT_MAX);
	conflict_say(c, run, &to, &text);
	if (utf8_width(strbuf_str(&text)) + KIND_WIDTH + CONFLICT_ABOUT_MAX + 2 > WIDTH) {
		fail_msg("too wide: %s", strbuf_str(&text));
	}
	strbuf_addf(&about, ": %s", strbuf_str(&text));
	assert_string_equal(strbuf_str(&about), wanted);
	strbuf_fini(&about);
	strbuf_fini(&text);
	tz_close(kyiv);
}

static struct conflict at_point(enum conflict_kind kind, const char *point, const char *where) {
	return (struct conflict){.kind = kind,
				 .at = record("Вхід зі сторони парку", TEN + 5 * MINUTE, true),
				 .person = "0000000000000000000a",
				 .name = "Коваль-Задунайська Олександра Володимирівна",
				 .code = "CODE-A",
				 .point = point,
				 .where = where};
}

static void doubles(void **state) {
	(void)state;
	struct conflict c = at_point(CONFLICT_DOUBLE, "arrival", "arrival");
	c.twice.first = record("", TEN, false);
	says(&c, NULL, "Коваль-Задунайська Ол…: at arrival: 2026-05-14 10:00 box 12ab34cd, again ≈10:05 Вхід зі сторо…");
	c = at_point(CONFLICT_DOUBLE, "11111111111111111111", "Як написати грантову заявку");
	c.name = "";
	c.at.utc.v += 1440 * MINUTE; /* another day is said */
	c.at.station.name = "B";
	c.twice.first = record("Вхід зі сторони парку", TEN, true);
	says(&c, NULL, "CODE-A: at \"Як написати г…\": ≈2026-05-14 10:00 Вхід зі сторо…, again ≈2026-05-15 10:05 B");
	c.code = "";
	c.at.utc = c.twice.first.utc;
	says(&c, NULL, "0000000000000000000a: at \"Як написати г…\": ≈2026-05-14 10:00 Вхід зі сторо…, again ≈10:00 B");
}

static void revoked(void **state) {
	(void)state;
	struct conflict c = at_point(CONFLICT_REVOKED, "11111111111111111111", "Мед");
	c.revocation = record("", TEN - 1440 * MINUTE, true);
	says(&c, NULL, "Коваль-Задунайська Ол…: at \"Мед\" ≈2026-05-14 10:05 Вхід зі сторо…, badge revoked ≈2026-05-13 10:00");
	c.where = "Як написати грантову заявку";
	says(&c, NULL, "Коваль-Задунайська Ол…: at \"Як написати г…\" ≈2026-05-14 10:05 Вхід зі сторо…, badge revoked ≈2026-05-13 10:00");
}

static void fields(void **state) {
	(void)state;
	static const struct {
		const char *thing, *name, *field, *shown, *other, *says;
	} cases[] = {
		{"event", NULL, "place", "Львів", "Київ", "the event: place: \"Львів\" is shown, \"Київ\" was said too"},
		{"person", "Тарас", "position", "", "Учитель", "Тарас: position: nothing is shown, \"Учитель\" was said too"},
		{"person", "", "name", "", "Оля", "id: name: nothing is shown, \"Оля\" was said too"},
		{"person", "Тарас", "custom:Розмір футболки", "Дуже велика і дуже зелена", "Мала",
		 "Тарас: custom:Розмір ф…: \"Дуже велика і дуже…\" is shown, \"Мала\" was said too"},
		/* of long ones the words in which they differ */
		{"session", "Мед", "when", "2026-05-14 10:00 to 11:00, Зала А", "2026-05-14 10:00 to 12:00, Зала А",
		 "Мед: when: \"…11:00, Зала А\" is shown, \"…12:00, Зала А\" was said too"},
		{"session", "Мед", "abstract", "日本語日本語日本語日本語", "x",
		 "Мед: abstract: \"日本語日本語日本語…\" is shown, \"x\" was said too"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct conflict c = {.kind = CONFLICT_FIELD, .name = cases[i].name};
		c.edit.thing = cases[i].thing;
		c.edit.id = "id";
		c.edit.field = cases[i].field;
		c.edit.shown = cases[i].shown;
		c.edit.other = cases[i].other;
		says(&c, NULL, cases[i].says);
	}
}

static void records(void **state) {
	(void)state;
	struct conflict c = {.kind = CONFLICT_AUTHOR, .at = record("", 0, false)};
	c.at.station.retired = true;
	c.ignored.kind = "checkin";
	c.ignored.reason = ignore_word(IGNORE_AUTHOR);
	c.ignored.why = ignore_text(IGNORE_AUTHOR);
	says(&c, &(struct conflict_run){7, 7, 1},
	     "box 12ab34cd (retired): record fedcba98:7 (checkin) does not count: the author may not write this");
	says(&c, &(struct conflict_run){7, 9, 2},
	     "box 12ab34cd (retired): 2 records, fedcba98:7 to 9, do not count: the author may not write this");
	for (int reason = 0; reason < IGNORE_REASONS; reason++) { /* all of them fit, with the longest kind there is */
		struct strbuf wanted = {0};
		c.kind = CONFLICT_MALFORMED;
		c.at.station = (struct conflict_station){.key = "12ab34cd56ef7890", .name = "", .role = "organiser"};
		c.ignored.kind = "checkin";
		c.ignored.why = ignore_text((enum ignore_reason)reason);
		strbuf_addf(&wanted, "the organiser: record fedcba98:12345 (checkin) does not count: %s", c.ignored.why);
		says(&c, &(struct conflict_run){12345, 12345, 1}, strbuf_str(&wanted));
		assert_int_equal(ignore_find(ignore_word((enum ignore_reason)reason)), reason);
		strbuf_fini(&wanted);
	}
	assert_int_equal(ignore_find("no such word"), IGNORE_REASONS);
}

static void logs(void **state) {
	(void)state;
	struct conflict c = {.kind = CONFLICT_CLOCK, .at = record("Вхід А", 0, false), .count = 1};
	says(&c, NULL, "Вхід А: 1 check-in with times that nothing confirms (log fedcba98)");
	c.count = 21;
	says(&c, NULL, "Вхід А: 21 check-ins with times that nothing confirms (log fedcba98)");
	c = (struct conflict){.kind = CONFLICT_BRANCH, .at = record("Вхід зі сторони парку", 0, false), .after = 17};
	says(&c, NULL, "Вхід зі сторони парку: log fedcba98 goes on in two ways after record 17: copied, or forged");
}

static void alike(void **state) {
	(void)state;
	struct conflict c = {.kind = CONFLICT_ALIKE, .person = "0123456789abcdef0123", .name = "Коваль Олена"};
	c.alike.id = "0123456789abcdef4567";
	c.alike.name = "Коваль-Задунайська Олена Володимирівна";
	c.alike.by = PERSON_PHONE;
	says(&c, NULL, "Коваль Олена: same phone as Коваль-Задуна…: join 0123456789abcdef0123 0123456789abcdef4567?");
	c.alike.by = PERSON_EMAIL;
	says(&c, NULL, "Коваль Олена: same e-mail as Коваль-Задуна…: join 0123456789abcdef0123 0123456789abcdef4567?");
}

static void erased(void **state) {
	(void)state;
	struct conflict c = {.kind = CONFLICT_ERASED, .erased = {.id = "0123456789abcdef0123", .people = 1}};
	says(&c, NULL, "0123456789abcdef0123: data of 1 person joined into them is left: turnout erase EVENT 0123456789abcdef0123");
	c.erased.people = 12;
	says(&c, NULL, "0123456789abcdef0123: data of 12 people joined into them is left: turnout erase EVENT 0123456789abcdef0123");
}

static void stations_that_behave_oddly(void **state) {
	(void)state;
	struct conflict c = {.kind = CONFLICT_ODD,
			     .at = {.station = {.key = "3f9a01c27b8d1122", .name = "", .role = "station"}, .seq = 57}};
	c.at.log.b[0] = 0x12;
	c.odd.count = 10000;
	c.odd.reason = ODD_IN_BULK;
	says(&c, NULL, "box 3f9a01c2: 10000 check-ins in two seconds from 12000000:57 on: from a file, or not made by hand");
	c.odd.reason = ODD_TOO_FAST;
	says(&c, NULL, "box 3f9a01c2: 10000 check-ins in a minute from 12000000:57 on: faster than hands can be, look at it");
	c.odd.reason = ODD_NEW_POINTS;
	says(&c, NULL, "box 3f9a01c2: at 10000 new points within ten minutes from 12000000:57 on: look at it");
	c.odd.reason = ODD_AT_ONCE;
	c.odd.other = (struct conflict_station){.key = "8f9a01c27b8d1122", .name = "Вхід для учасників", .role = "station"};
	says(&c, NULL, "box 3f9a01c2: 10000 people were here and at Вхід для учас… within five seconds, from 12000000:57 on");
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stations_that_behave_oddly),
		cmocka_unit_test(doubles),
		cmocka_unit_test(revoked),
		cmocka_unit_test(fields),
		cmocka_unit_test(records),
		cmocka_unit_test(logs),
		cmocka_unit_test(alike),
		cmocka_unit_test(erased),
		cmocka_unit_test(in_ukrainian),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
