#include "import/agenda_apply.h"

#include "agenda_texts.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"

/* ---- helpers ---- */

#define HEADER "ID;Назва;Дата;Час;Зала;Спікер\n"

/* Imports a table, and checks "added/changed/unchanged/cancelled". */
static void expect(void **state, struct store *store, const char *source, const char *rows, const char *counts) {
	struct agenda a = {0};
	struct agenda_applied out = {0};
	struct err err = {0};
	char *text = xasprintf(HEADER "%s", rows);
	struct agenda_apply_options opt = {.source = source};
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err) && agenda_apply(store, &a, &opt, &out, &err));
	char got[100];
	snprintf(got, sizeof got, "%zu/%zu/%zu/%zu", out.added, out.changed, out.unchanged, out.cancelled);
	assert_string_equal(got, counts);
	assert_int_equal(out.sessions, out.added + out.changed + out.unchanged);
	agenda_fini(&a);
	free(text);
}

static void expect_list(struct store *store, const char *want) {
	struct sessions list = {0};
	struct err err = {0};
	struct strbuf got = {0};
	assert_ok(sessions_load(store, &list, &err));
	for (size_t i = 0; i < list.count; i++) {
		const struct session *s = &list.items[i].session;
		char start[TZ_TEXT_MAX];
		tz_format_offset(s->when.start, s->when.offset_min, start);
		strbuf_addf(&got, "%s%.16s %s|%s|%s\n", s->cancelled ? "!" : "", start, str_or_empty(s->when.room),
			    session_text(s, SESSION_TITLE), session_text(s, SESSION_SPEAKERS));
	}
	assert_string_equal(strbuf_str(&got), want);
	strbuf_fini(&got);
	sessions_fini(&list);
}

enum by_hand { HAND_ROOM, HAND_TITLE, HAND_CANCEL, HAND_REVIVE };

static void by_hand(struct store *store, const char *title, enum by_hand what, const char *value) {
	struct sessions list = {0};
	struct err err = {0};
	bool changed = false;
	assert_ok(sessions_load(store, &list, &err));
	const struct session_row *row = sessions_find(&list, title, &err);
	assert_ok(row != NULL);
	struct session after = row->session;
	if (what == HAND_ROOM) {
		after.when.room = xstrdup(value);
	} else if (what == HAND_TITLE) {
		after.field[SESSION_TITLE] = xstrdup(value);
	} else {
		after.cancelled = what == HAND_CANCEL;
	}
	struct session_edit edit = {.id = row->id, .before = &row->session, .s = &after};
	assert_ok(store_begin(store, &err) && session_edit(store, &edit, &changed, &err) && store_commit(store, &err));
	assert_true(changed);
	if (what == HAND_ROOM) {
		free(after.when.room);
	} else if (what == HAND_TITLE) {
		free(after.field[SESSION_TITLE]);
	}
	sessions_fini(&list);
}

#define DAY1 "1;Відкриття;14.05.2026;10:00;Велика;Олена\n2;Майстерня;14.05.2026;11:00;Мала;Їжак\n"

/* ---- tests ---- */

static void the_same_agenda_twice_changes_nothing(void **state) {
	struct store *store = scratch_event(*state, "e1");
	expect(state, store, "day1.csv", DAY1, "2/0/0/0");
	expect(state, store, "day1.csv", DAY1, "0/0/2/0");
	expect_list(store, "2026-05-14T10:00 Велика|Відкриття|Олена\n2026-05-14T11:00 Мала|Майстерня|Їжак\n");
	store_close(store);
}

static void changes_are_taken_and_missing_ones_cancelled(void **state) {
	struct store *store = scratch_event(*state, "e2");
	expect(state, store, "day1.csv", DAY1, "2/0/0/0");
	expect(state, store, "day1.csv", "2;Майстерня;14.05.2026;12:00;Нова;Їжак\n3;Кава;14.05.2026;11:30;Хол;\n", "1/1/0/1");
	expect_list(store, "!2026-05-14T10:00 Велика|Відкриття|Олена\n2026-05-14T11:30 Хол|Кава|\n2026-05-14T12:00 Нова|Майстерня|Їжак\n");
	expect(state, store, "day1.csv", "2;Майстерня;14.05.2026;12:00;Нова;Їжак\n3;Кава;14.05.2026;11:30;Хол;\n", "0/0/2/0");
	/* And back again. */
	expect(state, store, "day1.csv", DAY1, "0/2/0/1");
	expect_list(store, "2026-05-14T10:00 Велика|Відкриття|Олена\n2026-05-14T11:00 Мала|Майстерня|Їжак\n!2026-05-14T11:30 Хол|Кава|\n");
	store_close(store);
}

static void other_sources_are_left_alone(void **state) {
	struct store *store = scratch_event(*state, "e3");
	expect(state, store, "day1.csv", DAY1, "2/0/0/0");
	expect(state, store, "day2.csv", "1;Закриття;15.05.2026;10:00;Велика;\n", "1/0/0/0");
	expect_list(store,
		    "2026-05-14T10:00 Велика|Відкриття|Олена\n2026-05-14T11:00 Мала|Майстерня|Їжак\n2026-05-15T10:00 Велика|Закриття|\n");
	store_close(store);
}

static void two_laptops_make_the_same_sessions(void **state) {
	struct store *a = scratch_event(*state, "e4");
	struct store *b = copied_event(*state, a, "e4-copy");
	struct sessions la = {0};
	struct sessions lb = {0};
	struct err err = {0};
	expect(state, a, "day1.csv", DAY1, "2/0/0/0");
	expect(state, b, "day1.csv", DAY1, "2/0/0/0");
	assert_ok(sessions_load(a, &la, &err) && sessions_load(b, &lb, &err));
	assert_int_equal(la.count, lb.count);
	for (size_t i = 0; i < la.count; i++) {
		assert_string_equal(la.items[i].id, lb.items[i].id);
	}
	sessions_fini(&la);
	sessions_fini(&lb);
	store_close(a);
	store_close(b);
}

static void a_session_without_id_may_move(void **state) {
	struct store *store = scratch_event(*state, "e5");
	expect(state, store, "a.csv", ";Відкриття;14.05.2026;10:00;Велика;\n;Кава;14.05.2026;11:00;;\n;Кава;14.05.2026;15:00;;\n",
	       "3/0/0/0");
	expect(state, store, "a.csv", ";Відкриття;14.05.2026;10:30;Мала;\n;Кава;14.05.2026;11:15;;\n;Кава;14.05.2026;15:00;;\n", "0/2/1/0");
	expect_list(store, "2026-05-14T10:30 Мала|Відкриття|\n2026-05-14T11:15 |Кава|\n2026-05-14T15:00 |Кава|\n");
	store_close(store);
}

static void hand_corrections_stay_until_the_source_changes(void **state) {
	struct store *store = scratch_event(*state, "h1");
	expect(state, store, "a.csv", DAY1, "2/0/0/0");
	by_hand(store, "Відкриття", HAND_ROOM, "Двір");
	by_hand(store, "Майстерня", HAND_TITLE, "Велика майстерня");
	expect(state, store, "a.csv", DAY1, "0/0/2/0");
	/* Another field changes: the corrections stay. */
	expect(state, store, "a.csv", "1;Відкриття;14.05.2026;10:00;Велика;Софія\n2;Майстерня;14.05.2026;11:30;Мала;Їжак\n", "0/2/0/0");
	expect_list(store, "2026-05-14T10:00 Двір|Відкриття|Софія\n2026-05-14T11:30 Мала|Велика майстерня|Їжак\n");
	/* So they do when the time of day changes beside a room that was set by hand; a title that changes itself is the source's again. */
	expect(state, store, "a.csv", "1;Відкриття;14.05.2026;10:15;Велика;Софія\n2;Мала майстерня;14.05.2026;11:30;Мала;Їжак\n",
	       "0/2/0/0");
	expect_list(store, "2026-05-14T10:15 Двір|Відкриття|Софія\n2026-05-14T11:30 Мала|Мала майстерня|Їжак\n");
	expect(state, store, "a.csv", "1;Відкриття;14.05.2026;10:15;Велика;Софія\n2;Мала майстерня;14.05.2026;11:30;Мала;Їжак\n",
	       "0/0/2/0");
	/* The room changes in the source: its word counts. */
	expect(state, store, "a.csv", "1;Відкриття;14.05.2026;10:15;Нова;Софія\n2;Мала майстерня;14.05.2026;11:30;Мала;Їжак\n", "0/1/1/0");
	expect_list(store, "2026-05-14T10:15 Нова|Відкриття|Софія\n2026-05-14T11:30 Мала|Мала майстерня|Їжак\n");
	store_close(store);
}

static void what_staff_called_off_stays_off(void **state) {
	struct store *store = scratch_event(*state, "h2");
	expect(state, store, "a.csv", DAY1, "2/0/0/0");
	by_hand(store, "Майстерня", HAND_CANCEL, NULL);
	expect(state, store, "a.csv", DAY1, "0/0/2/0");
	expect_list(store, "2026-05-14T10:00 Велика|Відкриття|Олена\n!2026-05-14T11:00 Мала|Майстерня|Їжак\n");
	/* What the source dropped and staff brought back stays, too. */
	expect(state, store, "a.csv", "2;Майстерня;14.05.2026;11:00;Мала;Їжак\n", "0/0/1/1");
	by_hand(store, "Відкриття", HAND_REVIVE, NULL);
	expect(state, store, "a.csv", "2;Майстерня;14.05.2026;11:00;Мала;Їжак\n", "0/0/1/0");
	expect_list(store, "2026-05-14T10:00 Велика|Відкриття|Олена\n!2026-05-14T11:00 Мала|Майстерня|Їжак\n");
	store_close(store);
}

static void an_emptied_field_clears_only_the_sources_own(void **state) {
	struct store *store = scratch_event(*state, "h3");
	expect(state, store, "a.csv", DAY1, "2/0/0/0");
	expect(state, store, "a.csv", "1;Відкриття;14.05.2026;10:00;Велика;\n2;Майстерня;14.05.2026;11:00;Мала;Їжак\n", "0/1/1/0");
	expect_list(store, "2026-05-14T10:00 Велика|Відкриття|\n2026-05-14T11:00 Мала|Майстерня|Їжак\n");
	store_close(store);
}

#define ICS(inside) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Форум громад\r\n" inside "END:VCALENDAR\r\n"
#define VEVENT(uid, more) \
	"BEGIN:VEVENT\r\nUID:" uid "\r\nSUMMARY:T" uid "\r\nDTSTART:20260514T070000Z\r\nDURATION:PT1H\r\n" more "END:VEVENT\r\n"

static struct agenda_applied import_ics(void **state, struct store *store, const char *text, bool dry_run) {
	struct agenda a = {0};
	struct agenda_applied out = {0};
	struct err err = {0};
	struct agenda_apply_options opt = {.source = "a.ics", .dry_run = dry_run};
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err) && agenda_apply(store, &a, &opt, &out, &err));
	agenda_fini(&a);
	return out;
}

static void cancelled_entries_and_the_title(void **state) {
	struct store *store = scratch_event_titled(*state, "c1", "");
	struct agenda_applied out = import_ics(state, store, ICS(VEVENT("1", "LOCATION:A\r\n") VEVENT("2", "LOCATION:B\r\n")), false);
	assert_int_equal(out.added, 2);
	assert_true(out.titled);
	char *title = setting_get(store, "title");
	assert_string_equal(title, "Форум громад");
	free(title);
	out = import_ics(state, store, ICS(VEVENT("1", "LOCATION:A\r\nSTATUS:CANCELLED\r\n") VEVENT("2", "LOCATION:B\r\n")), false);
	assert_int_equal(out.changed, 1);
	assert_int_equal(out.cancelled, 1);
	assert_false(out.titled);
	expect_list(store, "!2026-05-14T10:00 A|T1|\n2026-05-14T10:00 B|T2|\n");
	store_close(store);
}

static void a_dry_run_changes_nothing(void **state) {
	struct store *store = scratch_event_titled(*state, "c2", "");
	struct agenda_applied dry = import_ics(state, store, ICS(VEVENT("1", "") VEVENT("2", "")), true);
	expect_list(store, "");
	struct agenda_applied wet = import_ics(state, store, ICS(VEVENT("1", "") VEVENT("2", "")), false);
	assert_memory_equal(&dry, &wet, sizeof dry);
	store_close(store);
}

static void repeated_entries_of_a_rule_are_updated(void **state) {
	struct store *store = scratch_event(*state, "c3");
	struct agenda_applied out = import_ics(state, store, ICS(VEVENT("r", "RRULE:FREQ=DAILY;COUNT=3\r\n")), false);
	assert_int_equal(out.added, 3);
	out = import_ics(state, store, ICS(VEVENT("r", "RRULE:FREQ=DAILY;COUNT=2\r\nLOCATION:Зала\r\n")), false);
	assert_int_equal(out.changed, 2);
	assert_int_equal(out.cancelled, 1);
	expect_list(store, "2026-05-14T10:00 Зала|Tr|\n2026-05-15T10:00 Зала|Tr|\n!2026-05-16T10:00 |Tr|\n");
	store_close(store);
}

static void a_sample_twice(void **state) {
	const struct scratch *s = *state;
	const char *path = sample(SAMPLES "/schedule/frab-camp2019.schedule.json");
	if (path == NULL) {
		skip();
	}
	struct store *store = scratch_event_titled(s, "c4", "");
	for (int round = 0; round < 2; round++) {
		struct agenda a = {0};
		struct agenda_applied out = {0};
		struct err err = {0};
		struct agenda_apply_options opt = {.source = "schedule.json"};
		assert_ok(agenda_read(path, s->kyiv, NULL, &a, &err) && agenda_apply(store, &a, &opt, &out, &err));
		assert_int_equal(round == 0 ? out.added : out.unchanged, 79);
		assert_int_equal(out.cancelled, 0);
		agenda_fini(&a);
	}
	store_close(store);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_agenda_twice_changes_nothing),  cmocka_unit_test(changes_are_taken_and_missing_ones_cancelled),
		cmocka_unit_test(other_sources_are_left_alone),           cmocka_unit_test(two_laptops_make_the_same_sessions),
		cmocka_unit_test(a_session_without_id_may_move),          cmocka_unit_test(hand_corrections_stay_until_the_source_changes),
		cmocka_unit_test(what_staff_called_off_stays_off),        cmocka_unit_test(an_emptied_field_clears_only_the_sources_own),
		cmocka_unit_test(cancelled_entries_and_the_title),        cmocka_unit_test(a_dry_run_changes_nothing),
		cmocka_unit_test(repeated_entries_of_a_rule_are_updated), cmocka_unit_test(a_sample_twice),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
