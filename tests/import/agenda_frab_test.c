#include "import/agenda_frab.h"

#include "agenda_texts.h"

#define SCHEDULE(conference, days) "{\"schedule\":{\"version\":\"1\",\"conference\":{" conference "\"days\":[" days "]}}}"
#define DAY(events) "{\"index\":1,\"date\":\"2026-05-14\",\"day_start\":\"2026-05-14T09:00:00+03:00\",\"rooms\":{\"Зала\":[" events "]}}"

static void entries_are_read(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	const char *text =
		SCHEDULE("\"title\":\"Форум\",\"time_zone_name\":\"Europe/Kyiv\",\"rooms\":[{\"name\":\"Зала\",\"capacity\":120}],"
			 "\"tracks\":[{\"name\":\"Трек\",\"color\":\"#0a5eb0\"}],",
			 DAY("{\"guid\":\"g1\",\"id\":7,\"date\":\"2026-05-14T10:30:00+03:00\",\"start\":\"10:30\",\"duration\":\"01:15\","
			     "\"room\":\"Зала\","
			     "\"title\":\"Тема\",\"subtitle\":\"під\",\"track\":\"Трек\",\"type\":\"lecture\",\"language\":\"uk\","
			     "\"abstract\":\"<p>a</p><p>b</p>\","
			     "\"persons\":[{\"public_name\":\"Олена\"},{\"name\":\"Їжак\",\"public_name\":null},{}]}"));
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	assert_string_equal(a.title, "Форум");
	assert_string_equal(a.timezone, "Europe/Kyiv");
	const struct session *s = &a.items[0];
	assert_string_equal(session_text(s, SESSION_SUBTITLE), "під");
	assert_string_equal(session_text(s, SESSION_TRACK), "Трек");
	assert_string_equal(session_text(s, SESSION_SPEAKERS), "Олена, Їжак");
	assert_string_equal(session_text(s, SESSION_ABSTRACT), "a\nb");
	assert_string_equal(session_text(s, SESSION_LANGUAGE), "uk");
	assert_string_equal(session_text(s, SESSION_KIND), "lecture");
	assert_string_equal(session_text(s, SESSION_COLOUR), "#0a5eb0");
	assert_int_equal(s->when.capacity, 120);
	char *got = show_agenda(&a);
	assert_string_equal(got, "2026-05-14T10:30+03:00..11:45 Зала|Тема|g1\n");
	free(got);
	agenda_fini(&a);
}

static void old_and_new_dialects(void **state) {
	/* Without guid, date and offset: the day's date; the night belongs to the day before. */
	expect_agenda(state,
		      SCHEDULE("", DAY("{\"id\":1,\"start\":\"09:30\",\"duration\":\"0:45\",\"title\":\"A\"},{\"id\":2,\"start\":\"01:00\","
				       "\"duration\":\"00:30\","
				       "\"title\":\"B\"}")),
		      "2026-05-14T09:30+03:00..10:15 Зала|A|1\n2026-05-15T01:00+03:00..01:30 Зала|B|2\n");
	/* An end in UTC, titles in several languages, a room as an object, days of a session. */
	expect_agenda(state,
		      SCHEDULE("", DAY("{\"guid\":\"g\",\"date\":\"2026-05-14T09:30:00Z\",\"end\":\"2026-05-14T10:00:00Z\",\"title\":{"
				       "\"en\":\"Break\"},"
				       "\"room\":{\"name\":\"Хол\"}},{\"code\":\"c\",\"date\":\"2026-05-14T09:30:00+03:00\",\"duration\":"
				       "\"1:00:00\",\"title\":\"D\","
				       "\"state\":\"canceled\"}")),
		      "2026-05-14T12:30+03:00..13:00 Хол|Break|g\n!2026-05-14T09:30+03:00..09:30 Зала|D|c\n");
}

/* 2026-03-29 has 23 hours in Kyiv; a local time without offset follows its zone. */
static void across_daylight_saving(void **state) {
	expect_agenda(state,
		      "{\"schedule\":{\"conference\":{\"time_zone_name\":\"Europe/Kyiv\",\"days\":["
		      "{\"date\":\"2026-03-28\",\"rooms\":{\"A\":[{\"guid\":\"1\",\"start\":\"10:00\",\"title\":\"x\"}]}},"
		      "{\"date\":\"2026-03-29\",\"rooms\":{\"A\":[{\"guid\":\"2\",\"start\":\"10:00\",\"title\":\"x\"}]}}]}}}",
		      "2026-03-28T10:00+02:00..10:30 A|x|1\n2026-03-29T10:00+03:00..10:30 A|x|2\n");
}

static void doubled_guids_are_told_apart(void **state) {
	expect_agenda(
		state,
		SCHEDULE("",
			 DAY("{\"guid\":\"g\",\"start\":\"11:00\",\"title\":\"B\"},{\"guid\":\"g\",\"start\":\"10:00\",\"title\":\"A\"}")),
		"2026-05-14T11:00+03:00..11:30 Зала|B|g#2\n2026-05-14T10:00+03:00..10:30 Зала|A|g\n");
}

static void errors_name_the_place(void **state) {
	refuse_agenda(state, "{\"schedule\":\n{\"conference\":]}", "line 2, column");
	refuse_agenda(state, "{}", "this JSON is no schedule");
	refuse_agenda(state, "[1,2,3]", "this JSON is no schedule");
	refuse_agenda(state, SCHEDULE("", DAY("")), "no session");
	refuse_agenda(state, SCHEDULE("", DAY("{\"guid\":\"g\",\"start\":\"9 o'clock\",\"title\":\"A\"}")),
		      "day 1: room \"Зала\": entry 1: \"A\": its start");
	refuse_agenda(state, SCHEDULE("", DAY("{\"guid\":\"g\",\"start\":\"09:00\"}")), "without a title");
	refuse_agenda(state, SCHEDULE("", DAY("{\"guid\":\"g\",\"date\":\"soon\",\"title\":\"A\"}")), "\"soon\" cannot be read");
	refuse_agenda(state, SCHEDULE("", DAY("{\"guid\":\"g\",\"start\":\"09:00\",\"duration\":\"999999:00\",\"title\":\"A\"}")),
		      "duration");
	refuse_agenda(state, SCHEDULE("", "{\"date\":\"14.05.2026\",\"rooms\":{}}"), "day 1: a day's date");
	refuse_agenda(state, SCHEDULE("", DAY("1")), "no JSON object");
	refuse_agenda(state, SCHEDULE("", "{\"rooms\":{\"A\":{}}}"), "no list of entries");
	refuse_agenda(state, SCHEDULE("", "{\"rooms\":{\"A\":[{\"start\":\"09:00\",\"title\":\"x\"}]}}"),
		      "neither it nor its day has a date");
}

#define HUB(events)                                                                                                                 \
	"{\"schedule\":{\"version\":\"v\",\"conference\":{\"title\":\"Форум\",\"time_zone_name\":\"Europe/Kyiv\",\"tracks\":[" \
	"{\"slug\":\"code\",\"name\":\"Код\",\"colors\":{\"light\":\"#102030\",\"dark\":\"#000000\"}}],\"rooms\":["              \
	"{\"name\":\"Зала\",\"guid\":\"r-1\",\"capacity\":40},{\"name\":\"Сцена\",\"guid\":\"r-2\",\"capacity\":null}],"   \
	"\"days\":[{\"index\":1,\"date\":\"2026-05-14\",\"start\":\"2026-05-14T09:00:00+03:00\"}]},\"events\":[" events "]}}"

/* The second version: one list of events, rooms by guid, tracks by slug. */
static void the_hubs_schedule(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	const char *text =
		HUB("{\"guid\":\"g1\",\"start\":\"2026-05-14T10:30:00+03:00\",\"end\":\"2026-05-14T11:15:00+03:00\",\"title\":\"Тема\","
		    "\"room\":{\"guid\":\"r-1\"},\"track\":{\"slug\":\"code\"},\"abstract\":{\"en\":null,\"uk\":\"текст\"},"
		    "\"participants\":[{\"name\":\"Олена\",\"role\":\"speaker\"},{\"name\":\"Їжак\"}]},"
		    "{\"guid\":\"g2\",\"start\":\"2026-05-15T00:15:00+03:00\",\"duration\":\"00:45\",\"title\":\"Ніч\","
		    "\"room\":{\"name\":\"Сцена\",\"guid\":\"r-2\"},\"track\":\"code\"}");
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	assert_string_equal(session_text(&a.items[0], SESSION_TRACK), "Код");
	assert_string_equal(session_text(&a.items[0], SESSION_COLOUR), "#102030");
	assert_string_equal(session_text(&a.items[0], SESSION_SPEAKERS), "Олена, Їжак");
	assert_string_equal(session_text(&a.items[0], SESSION_ABSTRACT), "текст");
	assert_int_equal(a.items[0].when.capacity, 40);
	assert_string_equal(session_text(&a.items[1], SESSION_TRACK), "Код");
	char *got = show_agenda(&a);
	assert_string_equal(got, "2026-05-14T10:30+03:00..11:15 Зала|Тема|g1\n2026-05-15T00:15+03:00..01:00 Сцена|Ніч|g2\n");
	free(got);
	agenda_fini(&a);
	refuse_agenda(state, HUB("{\"guid\":\"g\",\"start\":\"noon\",\"title\":\"A\"}"), "entry 1: \"A\": its start");
}

/* Under the day itself, and in rooms that stand by their guid or in a list. */
static void entries_elsewhere(void **state) {
	expect_agenda(
		state,
		SCHEDULE("\"rooms\":{\"r-1\":{\"name\":\"Зала\"}},",
			 "{\"date\":\"2026-05-14\",\"events\":[{\"id\":1,\"start\":\"09:00\",\"title\":\"A\",\"room\":\"Хол\"}],"
			 "\"rooms\":{\"r-1\":[{\"id\":2,\"start\":\"10:00\",\"title\":\"B\"}]}},"
			 "{\"date\":\"2026-05-15\",\"rooms\":[{\"name\":\"Сцена\",\"events\":[{\"id\":3,\"start\":\"10:00\",\"title\":"
			 "\"C\"}]}]}"),
		"2026-05-14T10:00+03:00..10:30 Зала|B|2\n2026-05-14T09:00+03:00..09:30 Хол|A|1\n2026-05-15T10:00+03:00..10:30 Сцена|C|3\n");
	refuse_agenda(state, SCHEDULE("", "{\"date\":\"2026-05-14\",\"rooms\":[1]}"), "day 1: its \"rooms\" is no object");
}

static void bad_entries_are_left_out(void **state) {
	expect_reported(
		state,
		SCHEDULE("\"time_zone_name\":\"Mars/Olympus\",",
			 DAY("{\"id\":1,\"start\":\"09:30\",\"title\":\"A\"},7,{\"id\":2,\"start\":\"late\",\"title\":\"B\"},"
			     "{\"id\":3,\"date\":\"2026-10-25\",\"start\":\"03:30\",\"title\":\"C\"},"
			     "{\"id\":4,\"date\":\"2026-03-29T03:30:00\",\"title\":\"D\"}")),
		"2026-05-14T09:30+03:00..10:00 Зала|A|1\n2026-10-25T03:30+03:00..04:00 Зала|C|3\n2026-03-29T04:30+03:00..05:00 Зала|D|4\n",
		"day 1: room \"Зала\": entry 2: an entry is no JSON object\n"
		"day 1: room \"Зала\": entry 3: \"B\": its start is wanted like 09:30, not \"late\"\n"
		"unknown time zone \"Mars/Olympus\": times that name none were taken in the event's\n"
		"day 1: room \"Зала\": entry 4: 2026-10-25 03:30 comes twice that day, for the clocks go back: the first was taken\n"
		"day 1: room \"Зала\": entry 5: 2026-03-29 03:30 does not exist, for the clocks go forward that day: 04:30 was taken\n");
}

/* The start is known, so the session is. */
static void what_is_done_without(void **state) {
	expect_reported(
		state,
		SCHEDULE("\"rooms\":[{\"name\":\"Зала\",\"capacity\":\"багато\"},{\"name\":\"Хол\",\"capacity\":-5},{\"name\":\"Двір\","
			 "\"capacity\":2.5}],",
			 DAY("{\"id\":1,\"start\":\"09:30\",\"end\":\"late\",\"duration\":\"00:45\",\"title\":\"A\"},"
			     "{\"id\":2,\"start\":\"10:30\",\"duration\":\"long\",\"title\":\"B\"},"
			     "{\"id\":3,\"start\":\"11:30\",\"end\":\"2026-05-13T12:00:00\",\"title\":\"C\"}")),
		"2026-05-14T09:30+03:00..10:15 Зала|A|1\n2026-05-14T10:30+03:00..11:00 Зала|B|2\n2026-05-14T11:30+03:00..12:00 Зала|C|3\n",
		"room \"Зала\": \"багато\" is no number of seats\nroom \"Хол\": \"-5\" is no number of seats\n"
		"room \"Двір\": \"2.5\" is no number of seats\n"
		"day 1: room \"Зала\": entry 1: \"A\": its end \"late\" cannot be read\n"
		"day 1: room \"Зала\": entry 2: \"B\": its duration is wanted like 00:45, not \"long\"\n"
		"day 1: room \"Зала\": entry 3: \"C\": its end \"2026-05-13T12:00:00\" does not fit its start\n");
}

static void seats_of_rooms(void **state) {
	static const struct {
		const char *capacity;
		int seats;
	} rows[] = {{"40", 40}, {"\"40\"", 40}, {"\"до 40\"", 40}, {"\"-\"", 0}, {"null", 0}, {"40.0", 40}, {"0", 0}, {"\"unlimited\"", 0}};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct agenda a = {0};
		struct err err = {0};
		char *text = xasprintf("{\"schedule\":{\"conference\":{\"rooms\":[{\"name\":\"Зала\",\"capacity\":%s}],\"days\":["
				       "{\"date\":\"2026-05-14\",\"rooms\":{\"Зала\":[{\"start\":\"10:00\",\"title\":\"A\"}]}}]}}}",
				       rows[i].capacity);
		assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
		assert_int_equal(a.items[0].when.capacity, rows[i].seats);
		agenda_fini(&a);
		free(text);
	}
}

static void hostile_json(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	struct strbuf text = {0};
	for (int i = 0; i < 1000000; i++) {
		strbuf_addc(&text, '[');
	}
	assert_false(read_bytes(*state, text.data, text.len, &a, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says("line 1");
	strbuf_fini(&text);
	assert_false(read_bytes(*state, "{\"a\":\"x\0y\"}", 11, &a, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	refuse_agenda(state, "{\"a\":\"\\u0000\"}", "line 1");
	refuse_agenda(state, "{\"a\":1,\"a\":2}", "line 1");
}

static const char *const SMALL =
	SCHEDULE("\"title\":\"Ф\",\"time_zone_name\":\"Europe/Kyiv\",",
		 DAY("{\"guid\":\"g\",\"date\":\"2026-05-14T10:30:00+03:00\",\"duration\":\"01:15\",\"title\":\"Т\","
		     "\"persons\":[{\"name\":\"О\"}],\"track\":null}"));

static void every_prefix_is_read_or_refused(void **state) { try_prefixes(state, SMALL); }

static void flipped_bytes_do_no_harm(void **state) { try_flips(state, SMALL); }

static void read_sample(void **state, const char *name, size_t count, const char *title, const char *first) {
	const struct scratch *s = *state;
	struct agenda a = {0};
	struct err err = {0};
	char *path = xasprintf("%s/schedule/%s", SAMPLES, name);
	bool here = sample(path) != NULL;
	if (here) {
		assert_ok(agenda_read(path, s->kyiv, NULL, &a, &err));
		assert_int_equal(a.count, count);
		assert_string_equal(a.title, title);
		char *got = show_agenda(&a);
		assert_memory_equal(got, first, strlen(first));
		free(got);
		agenda_fini(&a);
	}
	free(path);
	if (!here) {
		skip();
	}
}

static void the_frab_sample(void **state) {
	read_sample(state, "frab-camp2019.schedule.json", 79, "Chaos Communication Camp 2019",
		    "2019-08-21T11:00+02:00..11:30 Curie|Opening Ceremony|a0a0fcfe-b7fb-46e3-84b6-97a5406016b4\n");
}

static void the_pretalx_sample(void **state) {
	read_sample(state, "pretalx-democon.schedule.json", 36, "DemoCon",
		    "2020-12-14T09:00+01:00..09:30 Gray Room|Focused 5thgeneration hardware|8079583e-8321-506c-95af-fd2903a5f075\n");
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_read),
		cmocka_unit_test(old_and_new_dialects),
		cmocka_unit_test(across_daylight_saving),
		cmocka_unit_test(doubled_guids_are_told_apart),
		cmocka_unit_test(errors_name_the_place),
		cmocka_unit_test(the_hubs_schedule),
		cmocka_unit_test(entries_elsewhere),
		cmocka_unit_test(bad_entries_are_left_out),
		cmocka_unit_test(what_is_done_without),
		cmocka_unit_test(seats_of_rooms),
		cmocka_unit_test(hostile_json),
		cmocka_unit_test(every_prefix_is_read_or_refused),
		cmocka_unit_test(flipped_bytes_do_no_harm),
		cmocka_unit_test(the_frab_sample),
		cmocka_unit_test(the_pretalx_sample),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
