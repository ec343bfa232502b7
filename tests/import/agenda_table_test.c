#include "import/agenda_table.h"

#include "agenda_texts.h"
#include "import/people.h"

static void headers_in_three_languages(void **state) {
	const char *want = "2026-05-14T10:30+03:00..11:15 Велика|Відкриття|відкриття\n";
	expect_agenda(state, "Назва;Дата;Початок;Кінець;Зала\nВідкриття;14.05.2026;10:30;11:15;Велика\n", want);
	expect_agenda(state, "Название;Дата;Время начала;Длительность;Место\nВідкриття;14 мая 2026;10.30;45 мин;Велика\n", want);
	expect_agenda(state, "Title,Start,End,Room\nВідкриття,2026-05-14 10:30,2026-05-14 11:15,Велика\n", want);
	expect_agenda(state, "Title\tDate\tTime\tRoom\nВідкриття\t2026-05-14\t10:30-11:15\tВелика\n", want);
	expect_agenda(state, "Title,Start,End,Room\nВідкриття,2026-05-14T10:30:00+03:00,2026-05-14T11:15:00+03:00,Велика\n", want);
}

static void all_fields(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	const char *text = "ID;Тема;Дата;Час;Трек;Спікер 1;Спікер 2;Опис;Мова;Формат;Кількість місць;Статус\n"
			   "s-1;Тема;14.05.2026;10:30;А;Олена;Їжак;\"рядок\nще\";uk;лекція;40;Скасовано\n";
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	const struct session *s = &a.items[0];
	assert_string_equal(s->uid, "s-1");
	assert_string_equal(session_text(s, SESSION_TRACK), "А");
	assert_string_equal(session_text(s, SESSION_SPEAKERS), "Олена, Їжак");
	assert_string_equal(session_text(s, SESSION_ABSTRACT), "рядок\nще");
	assert_string_equal(session_text(s, SESSION_LANGUAGE), "uk");
	assert_string_equal(session_text(s, SESSION_KIND), "лекція");
	assert_int_equal(s->when.capacity, 40);
	assert_true(s->cancelled);
	agenda_fini(&a);
}

static void dates_go_down_the_table(void **state) {
	expect_agenda(state,
		      "Програма форуму;;;\nДата;Час;Назва;Зала\n14.05.2026;10:00;A;1\n;11:00;B;1\nп'ятниця, 15 травня "
		      "2026;;;\n;9:00;C;2\n;;;Примітка про каву\n"
		      "2026-05-16;;;\n;08:00;D;2\n",
		      "2026-05-14T10:00+03:00..10:30 1|A|a\n2026-05-14T11:00+03:00..11:30 1|B|b\n2026-05-15T09:00+03:00..09:30 2|C|c\n"
		      "2026-05-16T08:00+03:00..08:30 2|D|d\n");
}

static void past_midnight_and_across_daylight_saving(void **state) {
	expect_agenda(state,
		      "Title,Date,Start,End\nNight,2026-05-14,23:30,00:30\nAll,2026-10-24,23:00,05:00\nSpring,2026-03-29,02:30,04:30\n",
		      "2026-05-14T23:30+03:00..00:30 |Night|night\n2026-10-24T23:00+03:00..06:00 |All|all\n2026-03-29T02:30+02:00..03:30 "
		      "|Spring|spring\n");
}

static void what_has_one_title_is_told_apart_by_time(void **state) {
	expect_agenda(state, "Title,Date,Start\nКава,2026-05-14,15:00\nКава,2026-05-14,11:00\nКава,2026-05-14,11:00\n",
		      "2026-05-14T15:00+03:00..15:30 |Кава|кава#2\n2026-05-14T11:00+03:00..11:30 |Кава|кава\n");
}

static void maps_name_columns(void **state) {
	const struct scratch *scratch = *state;
	const char *text = "Що,Коли саме\nТема,14.05.2026 10:30\n";
	const struct column_map maps[] = {{"title", "Що"}, {"start", "Коли саме"}};
	struct agenda_options opt = {.maps = maps, .map_count = 2};
	struct strbuf bytes = {0};
	struct agenda a = {0};
	struct err err = {0};
	strbuf_adds(&bytes, text);
	assert_ok(agenda_parse(&bytes, scratch->kyiv, &opt, &a, &err));
	assert_int_equal(a.count, 1);
	agenda_fini(&a);
	const struct column_map wrong[] = {{"shoe", "Що"}, {"start", "Коли саме"}};
	opt.maps = wrong;
	assert_false(agenda_parse(&bytes, scratch->kyiv, &opt, &a, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	strbuf_fini(&bytes);
}

static void who_comes_late_is_quiet(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	const char *text = "Title,Start,Quiet\nA,2026-05-14 10:00,Так\nB,2026-05-14 11:00,нет\nC,2026-05-14 12:00,\n";
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	assert_string_equal(session_text(&a.items[0], SESSION_QUIET), "yes");
	assert_string_equal(session_text(&a.items[1], SESSION_QUIET), "no");
	assert_string_equal(session_text(&a.items[2], SESSION_QUIET), "");
	agenda_fini(&a);
	const char *listed = "Назва,Початок,Лише за списком\nA,2026-05-14 10:00,Так\nB,2026-05-14 11:00,ні\n";
	assert_ok(read_bytes(*state, listed, strlen(listed), &a, &err));
	assert_string_equal(session_text(&a.items[0], SESSION_LISTED), "yes");
	assert_string_equal(session_text(&a.items[1], SESSION_LISTED), "no");
	agenda_fini(&a);
	refuse_agenda(state, "Title,Start,Listed\nA,2026-05-14 10:00,дещо\n", "line 2, column 3: \"дещо\" is neither yes nor no");
	refuse_agenda(state, "Title,Start,Quiet\nA,2026-05-14 10:00,дещо\n", "line 2, column 3: \"дещо\" is neither yes nor no");
}

static void cells_beyond_the_headers(void **state) {
	expect_reported(
		state, "Title,Start,Room\nA,2026-05-14 10:00,1\nB,2026-05-14 11:00,Hall, left\n,,,\n",
		"2026-05-14T10:00+03:00..10:30 1|A|a\n",
		"line 3: the row has more cells than there are headers (\"left\" stands beyond them): a cell that holds the separator "
		"needs quotation marks, and every column a header\n");
	/* Most have it: a column without a header, which means nothing, or a slip in all of them: told once. */
	expect_reported(
		state, "Title,Start\nA,2026-05-14 10:00,new\nB,2026-05-14 11:00,\n",
		"2026-05-14T10:00+03:00..10:30 |A|a\n2026-05-14T11:00+03:00..11:30 |B|b\n",
		"line 1: most rows have more cells than there are headers: is the separator in the data, or at the end of the rows? A "
		"cell that holds it needs quotation marks, and every column a header\n");
}

/* A session is never thrown away for its seats. */
static void cells_that_are_done_without(void **state) {
	expect_reported(state,
			"Title,Start,Seats,Quiet\nA,2026-05-14 10:00,до 40,\nB,2026-05-14 11:00,багато,мабуть\nC,2026-05-14 12:00,—,так\n",
			"2026-05-14T10:00+03:00..10:30 |A|a\n2026-05-14T11:00+03:00..11:30 |B|b\n2026-05-14T12:00+03:00..12:30 |C|c\n",
			"line 3, column 3: \"багато\" is no number of seats\nline 3, column 4: \"мабуть\" is neither yes nor no\n");
}

static void many_seats(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	const char *text = "Title,Start,Seats\nA,2026-05-14 10:00,до 40\nB,2026-05-14 11:00,30-40 осіб\nC,2026-05-14 12:00,необмежено\n";
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	assert_int_equal(a.items[0].when.capacity, 40);
	assert_int_equal(a.items[1].when.capacity, 40);
	assert_int_equal(a.items[2].when.capacity, 0);
	agenda_fini(&a);
}

/* "1 hour" and "давно" begin like a yes. */
static void only_a_yes_is_a_whole_day(void **state) {
	expect_agenda(
		state,
		"Title,Start,All day\nA,2026-05-14 10:00,1 hour\nB,2026-05-14 11:00,TRUE\nC,2026-05-14 12:00,1\nD,2026-05-14 13:00,FALSE\n",
		"2026-05-14T10:00+03:00..10:30 |A|a\n2026-05-14T13:00+03:00..13:30 |D|d\n");
}

static void errors_name_line_and_column(void **state) {
	refuse_agenda(state, "Title,Start\nA,2026-05-14 10:00\nB,whenever\n", "line 3, column 2: \"whenever\" is no date or time");
	refuse_agenda(state, "Title,Date,Start\nA,soon,10:00\n", "line 2, column 2: \"soon\"");
	refuse_agenda(state, "Title,Date,Start\nA,10:00,10:00\n", "line 2, column 2: \"10:00\" is no date");
	refuse_agenda(state, "Title,Date,Start\nA,,10:00\n", "line 2: \"A\" has no date");
	refuse_agenda(state, "Title,Date,Start\nA,2026-05-14,\n", "line 2: \"A\" has no time");
	refuse_agenda(state, "Title,Date,Start\nA,2026-05-14,10:00\n,,11:00\n", "line 3: a start without a title");
	refuse_agenda(state, "Title,Start,Capacity\nA,2026-05-14 10:00,many\n", "line 2, column 3: \"many\"");
	refuse_agenda(state, "Title,Start,Duration\nA,2026-05-14 10:00,long\n", "line 2, column 3: \"long\" is no duration");
	refuse_agenda(state, "Title,Start,End\nA,2026-05-14 10:00,2026-05-13 10:00\n", "line 2, column 3: \"2026-05-13 10:00\" is before");
	refuse_agenda(state, "Товар,Ціна\nХліб,30\n", "no column with the sessions' titles; there are: \"Товар\", \"Ціна\"");
	refuse_agenda(state, "Title,Room\nA,B\n", "no column with the sessions' start");
	refuse_agenda(state, "Title,Start\n", "no session");
	refuse_agenda(state, "", "empty");
}

static void midnight_is_the_end_of_a_day(void **state) {
	expect_agenda(state, "Title,Date,Start,End\nNight,2026-05-14,22:00,24:00\nBall,2026-05-14,21:00-24:00,\nLate,2026-05-14,24:00,\n",
		      "2026-05-14T22:00+03:00..00:00 |Night|night\n2026-05-14T21:00+03:00..00:00 |Ball|ball\n"
		      "2026-05-15T00:00+03:00..00:30 |Late|late\n");
}

/* As Google Calendar writes them: a last day of its own, and whole days, which are no sessions. */
static void last_days(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	const char *text = "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Location\n"
			   "Camp,06/10/2026,9:00 AM,06/25/2026,5:30 PM,FALSE,Wood\nHoliday,06/11/2026,,06/12/2026,,TRUE,\n"
			   "Fair,06/13/2026,10:00 AM,06/14/2026,,False,Hall\n";
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	assert_int_equal(a.count, 2);
	assert_int_equal(a.passed_over, 1);
	assert_int_equal(a.items[0].when.end.v - a.items[0].when.start.v, (15 * 24 + 8) * 3600000L + 1800000);
	assert_int_equal(a.items[1].when.end.v - a.items[1].when.start.v, (24 + 14) * 3600000L);
	agenda_fini(&a);
	refuse_agenda(state, "Title,Date,Start,End date\nA,2026-05-14,10:00,2026-05-13\n",
		      "line 2, column 4: \"2026-05-13\" is before the start");
	refuse_agenda(state, "Title,Date,Start,End date\nA,2026-05-14,10:00,later\n", "line 2, column 4: \"later\"");
}

static void titles_of_days(void **state) {
	const char *table = "День 1, 14 травня;;\nЧас;Назва;Зала\n10:00;A;1\nДень 2 — 15 травня;;\nЧас;Назва;Зала\n10:00;B;1\n"
			    "Friday 15th May;;\n11:00;C;1\n16.05;;\n10:00;D;1\nDay 1;;\n12:00;E;2\n;Обід надворі;\n";
	struct agenda_options opt = {.has_days = true, .first_day = tz_days(2026, 5, 14), .last_day = tz_days(2026, 5, 16)};
	expect_reported_with(state, table, &opt,
			     (const char *const[2]){"2026-05-14T10:00+03:00..10:30 1|A|a\n2026-05-15T10:00+03:00..10:30 1|B|b\n"
						    "2026-05-15T11:00+03:00..11:30 1|C|c\n2026-05-16T10:00+03:00..10:30 1|D|d\n"
						    "2026-05-14T12:00+03:00..12:30 2|E|e\n",
						    "line 13: \"Обід надворі\" has no time of its start\n"});
	expect_reported_with(
		state, "Час;Назва\nДень 1. 14 травня (четвер);\n10:00;A\n2-й день, п’ятниця;\n10:00;B\n\"Субота\n16.05.2026\";\n10:00;C\n",
		&opt,
		(const char *const[2]){
			"2026-05-14T10:00+03:00..10:30 |A|a\n2026-05-15T10:00+03:00..10:30 |B|b\n2026-05-16T10:00+03:00..10:30 |C|c\n",
			""});
	/* Without the event's dates the year comes from a date above, or from nowhere; then no row below is of the day before. */
	expect_reported(state, "Time,Title\n2026-05-14,\n10:00,A\n15 May,\n10:00,B\n",
			"2026-05-14T10:00+03:00..10:30 |A|a\n2026-05-15T10:00+03:00..10:30 |B|b\n", "");
	expect_reported(state, "Time,Title\n15 May,\n10:00,B\n2026-05-16 11:00,C\nDay 7,\n12:00,D\n",
			"2026-05-16T11:00+03:00..11:30 |C|c\n",
			"line 2: \"15 May\" has no year, and the event has no dates that would tell it\nline 3: \"B\" has no date, and no "
			"row above it either\n"
			"line 5: a start without a title\nline 6: \"D\" has no date, and no row above it either\n");
}

/* Rows without a date are of the event's day when it has one alone. */
static void an_event_of_one_day(void **state) {
	struct agenda_options opt = {.has_days = true, .first_day = tz_days(2026, 5, 14), .last_day = tz_days(2026, 5, 14)};
	expect_reported_with(state, "Час;Назва\n10:00-11:30;A\n12:00;B\n", &opt,
			     (const char *const[2]){"2026-05-14T10:00+03:00..11:30 |A|a\n2026-05-14T12:00+03:00..12:30 |B|b\n", ""});
	opt.last_day++;
	expect_reported_with(
		state, "Час;Назва\n10:00;A\n2026-05-15 12:00;B\n", &opt,
		(const char *const[2]){"2026-05-15T12:00+03:00..12:30 |B|b\n", "line 2: \"A\" has no date, and no row above it either\n"});
}

static void bad_rows_are_left_out(void **state) {
	expect_reported(state,
			"Title,Date,Start,Seats\nA,2026-05-14,10:00,20\nB,2026-05-14,whenever,\nC,32.05.2026,10:00,\nD,,11:00,\nE,2026-05-"
			"14,12:00,some\n",
			"2026-05-14T10:00+03:00..10:30 |A|a\n2026-05-14T12:00+03:00..12:30 |E|e\n",
			"line 3, column 3: \"whenever\" is no date or time (wanted are 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)\n"
			"line 4, column 2: \"32.05.2026\" is no date or time (wanted are 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)\n"
			"line 5: \"D\" has no date, and no row above it either\nline 6, column 4: \"some\" is no number of seats\n");
	refuse_agenda(state, "Title,Date,Start\nA,2026-05-14,never\n", "line 2, column 3");
}

static void odd_hours_are_told(void **state) {
	expect_reported(state, "Title,Start,End\nA,25.10.2026 03:30,25.10.2026 05:00\nB,2026-03-29 02:30,2026-03-29 03:15\n",
			"2026-10-25T03:30+03:00..06:00 |A|a\n2026-03-29T02:30+02:00..03:15 |B|b\n",
			"line 2, column 2: 2026-10-25 03:30 comes twice that day, for the clocks go back: the first was taken\n"
			"line 3, column 3: 2026-03-29 03:15 does not exist, for the clocks go forward that day: 04:15 was taken\n");
}

static const char *const SMALL =
	"sep=;\nНазва;Дата;Час;Зала;Спікер;Тривалість\n\"Те\"\"ма\";14 травня 2026;10:30-11:00;З;О;1 год 30 хв\nБ;;12.30;;;\n";

static void every_prefix_is_read_or_refused(void **state) { try_prefixes(state, SMALL); }

static void flipped_bytes_do_no_harm(void **state) { try_flips(state, SMALL); }

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_in_three_languages),
		cmocka_unit_test(all_fields),
		cmocka_unit_test(dates_go_down_the_table),
		cmocka_unit_test(past_midnight_and_across_daylight_saving),
		cmocka_unit_test(what_has_one_title_is_told_apart_by_time),
		cmocka_unit_test(maps_name_columns),
		cmocka_unit_test(midnight_is_the_end_of_a_day),
		cmocka_unit_test(last_days),
		cmocka_unit_test(titles_of_days),
		cmocka_unit_test(an_event_of_one_day),
		cmocka_unit_test(bad_rows_are_left_out),
		cmocka_unit_test(cells_beyond_the_headers),
		cmocka_unit_test(cells_that_are_done_without),
		cmocka_unit_test(many_seats),
		cmocka_unit_test(odd_hours_are_told),
		cmocka_unit_test(errors_name_line_and_column),
		cmocka_unit_test(who_comes_late_is_quiet),
		cmocka_unit_test(only_a_yes_is_a_whole_day),
		cmocka_unit_test(every_prefix_is_read_or_refused),
		cmocka_unit_test(flipped_bytes_do_no_harm),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
