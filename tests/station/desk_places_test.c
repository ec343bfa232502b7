/* A desk at a room's door, at an exit, and where something is handed out; rules; and what staff overrule. */
#include "station/desk.h"

#include "lib/desk_bench.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/read/checkins.h"
#include "store/read/notes.h"
#include "store/read/overrides.h"
#include "store/read/people.h"
#include "store/read/points.h"
#include "store/read/presence.h"

#define FIRST DESK_BENCH_SESSION /* 11:00 to 12:00, one place */
#define SECOND "22222222222222222222"
#define NIGHT "33333333333333333333"

static void add_session(struct desk_bench *b, const char *id, struct utc_ms start, struct utc_ms end) {
	struct err err = {0};
	bool changed;
	struct session s = {.uid = xstrdup(id)};
	session_set(&s, SESSION_TITLE, id);
	s.when = (struct session_when){.start = start, .end = end, .offset_min = 180, .place_offset_min = 180, .room = xstrdup("A")};
	assert_ok(store_begin(b->store, &err) &&
		  session_edit(b->store, &(struct session_edit){.id = id, .s = &s, .source = "x"}, &changed, &err) &&
		  store_commit(b->store, &err));
	session_fini(&s);
}

static void stand_at(struct desk_bench *b, const char *place) {
	desk_close(b->desk);
	b->desk = desk_open(b->store, place, &b->err);
	if (b->desk == NULL) {
		fail_msg("%s: %s", place, b->err.text);
	}
}

static void rule(struct desk_bench *b, const char *key, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(b->store, &err) && rule_put(b->store, key, set, &err) && store_commit(b->store, &err));
}

static void point(struct desk_bench *b, const char *key, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(b->store, &err) && point_put(b->store, key, set, &err) && store_commit(b->store, &err));
}

/* What is said to a code, and at whose door. */
static enum outcome at_door(struct desk_bench *b, const char *code, struct utc_ms when, const char *session) {
	struct err err = {0};
	struct desk_answer answer;
	const struct desk_scan scan = {.text = code, .len = strlen(code), .how = "camera", .has_at = true, .at = when};
	assert_ok(desk_take(b->desk, &scan, &answer, &err));
	assert_string_equal(answer.session, session);
	enum outcome outcome = answer.outcome;
	desk_answer_fini(&answer);
	return outcome;
}

static int inside(struct desk_bench *b, const char *session) {
	struct err err = {0};
	int n = -1;
	assert_ok(checkin_inside(b->store, session, &n, &err));
	return n;
}

/* --- rooms ---------------------------------------------------------------------------------------------------------------------------------- */

static void a_room_follows_the_agenda(void **state) {
	struct desk_bench *b = *state;
	add_session(b, SECOND, desk_bench_at(14, 12, 0), desk_bench_at(14, 13, 0));
	stand_at(b, "room:a"); /* in any spelling that folds alike */
	assert_string_equal(desk_stand(b->desk)->text, "room:A");
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 10, 0), FIRST), OUTCOME_ACCEPTED);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 30), FIRST), OUTCOME_DUPLICATE);
	/* The next one's doors are not open yet: the first is full. */
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 11, 40), FIRST), OUTCOME_FULL);
	/* Now they are: whoever may not go into the first goes into the second, and who sits in the first stays for it. */
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 11, 45), SECOND), OUTCOME_ACCEPTED);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 50), SECOND), OUTCOME_ACCEPTED);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 55), FIRST), OUTCOME_DUPLICATE); /* in both */
	assert_int_equal(at_door(b, "CODE-C", desk_bench_at(14, 12, 0), SECOND), OUTCOME_ACCEPTED);
	assert_int_equal(at_door(b, "CODE-C", desk_bench_at(14, 13, 10), SECOND), OUTCOME_DUPLICATE); /* after the last one, that one */
	assert_int_equal(inside(b, SECOND), 3);
}

/* Who comes late for what is on, and is early for what comes, comes for that; who is in at what is on stays with it. */
static void late_for_one_and_early_for_the_next(void **state) {
	struct desk_bench *b = *state;
	add_session(b, SECOND, desk_bench_at(14, 12, 0), desk_bench_at(14, 13, 0));
	stand_at(b, "room:A");
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 0), FIRST), OUTCOME_ACCEPTED);
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 11, 50), SECOND), OUTCOME_ACCEPTED);
}

static void a_room_that_is_none(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	assert_false(desk_set_point(b->desk, "room:Nowhere", &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_holds(err.text, "room called \"Nowhere\"");
	assert_false(desk_set_point(b->desk, "exit:room:Nowhere", &err));
	assert_false(desk_set_point(b->desk, "lunch", &err));
	assert_int_equal(desk_stand(b->desk)->at, STAND_ARRIVAL); /* it stays where it was */
}

/* A session past midnight: it is entered through the whole night. */
static void past_midnight(void **state) {
	struct desk_bench *b = *state;
	add_session(b, NIGHT, desk_bench_at(14, 22, 0), desk_bench_at(15, 2, 0));
	stand_at(b, "room:A");
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 23, 0), NIGHT), OUTCOME_LATE);
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(15, 1, 0), NIGHT), OUTCOME_LATE);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(15, 1, 30), NIGHT), OUTCOME_DUPLICATE);
}

/* --- exits ---------------------------------------------------------------------------------------------------------------------------------- */

static void who_leaves_makes_room(void **state) {
	struct desk_bench *b = *state;
	stand_at(b, FIRST);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 0), FIRST), OUTCOME_ACCEPTED);
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 11, 1), FIRST), OUTCOME_FULL);
	stand_at(b, "exit:room:A");
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 20), FIRST), OUTCOME_LEFT);
	assert_int_equal(inside(b, FIRST), 0);
	stand_at(b, FIRST);
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 11, 30), FIRST), OUTCOME_LATE);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 35), FIRST), OUTCOME_FULL); /* the seat is taken now */
	stand_at(b, "exit:" FIRST);
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 11, 40), FIRST), OUTCOME_LEFT);
	stand_at(b, FIRST);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 45), FIRST), OUTCOME_ACCEPTED); /* back again, and not late */
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 46), FIRST), OUTCOME_DUPLICATE);
	assert_int_equal(inside(b, FIRST), 1);
	desk_bench_books_say(b, "0 1 0 1 0 1 0= 0= "); /* refusals and exits are lines, too */
}

/* What the desk keeps of a room is what the file has, whoever wrote to it meanwhile. */
static void a_room_is_counted_right(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	add_session(b, SECOND, desk_bench_at(14, 12, 0), desk_bench_at(14, 13, 0));
	stand_at(b, "exit:" FIRST); /* somebody left once, so counting takes its time */
	assert_int_equal(at_door(b, "CODE-C", desk_bench_at(14, 10, 0), FIRST), OUTCOME_LEFT);
	stand_at(b, FIRST);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 0), FIRST), OUTCOME_ACCEPTED);
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 11, 1), FIRST), OUTCOME_FULL);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 2), FIRST), OUTCOME_DUPLICATE);
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 11, 3), FIRST), OUTCOME_FULL);
	struct strbuf name = {0}; /* behind the desk's back the seat becomes free … */
	assert_ok(store_begin(b->store, &err) && checkin_undo(b->store, NULL, &name, &err) &&
		  store_commit(b->store, &err)); /* the duplicate */
	assert_ok(store_begin(b->store, &err) && checkin_undo(b->store, NULL, &name, &err) && store_commit(b->store, &err));
	strbuf_fini(&name);
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 11, 4), FIRST), OUTCOME_ACCEPTED); /* … and is taken again */
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 5), FIRST), OUTCOME_FULL);
	assert_int_equal(inside(b, FIRST), 1);
}

/* Who leaves the event has left its rooms; who comes back is welcome, and counted once. */
static void leaving_the_event(void **state) {
	struct desk_bench *b = *state;
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 9, 0)), OUTCOME_ACCEPTED);
	stand_at(b, FIRST);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 0), FIRST), OUTCOME_ACCEPTED);
	stand_at(b, "exit");
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 10), ""), OUTCOME_LEFT);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 11), ""), OUTCOME_LEFT); /* again does no harm */
	assert_int_equal(at_door(b, "NOBODY", desk_bench_at(14, 11, 12), ""), OUTCOME_UNKNOWN);
	assert_int_equal(inside(b, FIRST), 0);
	stand_at(b, "arrival");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 12, 0)), OUTCOME_ACCEPTED);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 12, 1)), OUTCOME_DUPLICATE);
	desk_bench_books_say(b, "0 0 0 0 0= 0= "); /* "=": who came back had come before */
}

/* --- what is handed out ---------------------------------------------------------------------------------------------------------------------- */

static void lunch_once_a_day(void **state) {
	struct desk_bench *b = *state;
	point(b, "lunch", "{\"name\":\"Lunch\",\"often\":\"daily\"}");
	stand_at(b, "lunch");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 13, 0)), OUTCOME_GIVEN);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 13, 5)), OUTCOME_USED_UP);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(15, 13, 0)), OUTCOME_GIVEN);
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(15, 13, 1)), OUTCOME_GIVEN);
	int64_t given = 0;
	struct err err = {0};
	assert_ok(checkin_given(b->store, "lunch", &given, &err));
	assert_int_equal(given, 3);
	struct checkins books;
	assert_ok(checkins_load(b->store, &books, &err));
	assert_int_equal(checkins_counted(&books), 0); /* nobody arrived */
	checkins_fini(&books);
}

static void so_many_in_all_and_so_many_there_are(void **state) {
	struct desk_bench *b = *state;
	point(b, "coffee", "{\"name\":\"Coffee\",\"often\":\"2\",\"stock\":\"3\"}");
	stand_at(b, "coffee");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 9, 0)), OUTCOME_GIVEN);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 9, 1)), OUTCOME_GIVEN);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(15, 9, 1)), OUTCOME_USED_UP);
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 9, 2)), OUTCOME_GIVEN);
	assert_int_equal(desk_bench_scan(b, "CODE-C", desk_bench_at(14, 9, 3)), OUTCOME_FULL); /* none are left */
}

static void for_those_entitled(void **state) {
	struct desk_bench *b = *state;
	desk_bench_edit(b, 0, "{\"category\":\"Speaker\",\"custom:meal\":\"yes\"}");
	point(b, "lunch", "{\"name\":\"Lunch\",\"for\":\"category=speaker,press; meal\",\"often\":\"any\"}");
	stand_at(b, "lunch");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 13, 0)), OUTCOME_GIVEN);
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 13, 1)), OUTCOME_GIVEN);
	assert_int_equal(desk_bench_scan(b, "CODE-B", desk_bench_at(14, 13, 1)), OUTCOME_NOT_ENTITLED);
	desk_bench_registration(b, "CODE-A", "cancelled");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 13, 2)), OUTCOME_NOT_EXPECTED);
}

/* --- rules ---------------------------------------------------------------------------------------------------------------------------------- */

static void speakers_press_and_everybody(void **state) {
	struct desk_bench *b = *state;
	desk_bench_edit(b, 0, "{\"category\":\"speaker\"}");
	desk_bench_edit(b, 1, "{\"category\":\"press\"}");
	rule(b, "all", "{\"at\":\"sessions\",\"early\":\"10\"}");
	rule(b, "speakers", "{\"at\":\"sessions\",\"for\":\"category=speaker\",\"early\":\"60\",\"full\":\"yes\"}");
	rule(b, "press", "{\"at\":\"room:A\",\"for\":\"category=press\",\"may\":\"no\"}");
	stand_at(b, FIRST);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 9, 59), FIRST), OUTCOME_CLOSED);
	assert_int_equal(at_door(b, "CODE-C", desk_bench_at(14, 10, 49), FIRST), OUTCOME_CLOSED);
	assert_int_equal(at_door(b, "CODE-C", desk_bench_at(14, 10, 50), FIRST), OUTCOME_ACCEPTED);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 10, 51), FIRST), OUTCOME_ACCEPTED); /* though it is full */
	assert_int_equal(at_door(b, "CODE-B", desk_bench_at(14, 10, 52), FIRST), OUTCOME_NOT_ENTITLED);
	assert_int_equal(inside(b, FIRST), 2);
}

/* --- staff ---------------------------------------------------------------------------------------------------------------------------------- */

static struct desk_answer although(struct desk_bench *b, const char *code, struct utc_ms when, const char *why) {
	struct err err = {0};
	struct desk_answer answer;
	const struct desk_scan scan = {
		.text = code, .len = strlen(code), .how = "staff", .by = "olena", .although = why, .has_at = true, .at = when};
	assert_ok(desk_take(b->desk, &scan, &answer, &err));
	return answer;
}

static bool see_override(void *context, const struct override *o, struct err *err) {
	(void)err;
	assert_int_equal(o->refused, OUTCOME_FULL);
	assert_string_equal(o->reason, "Спікер");
	assert_string_equal(o->by, "olena");
	++*(int *)context;
	return true;
}

static void staff_let_in_although(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	int overrides = 0;
	stand_at(b, FIRST);
	assert_int_equal(at_door(b, "CODE-A", desk_bench_at(14, 11, 0), FIRST), OUTCOME_ACCEPTED);
	struct desk_answer answer = although(b, "CODE-B", desk_bench_at(14, 11, 1), "Спікер");
	assert_int_equal(answer.outcome, OUTCOME_ACCEPTED);
	assert_int_equal(answer.refused, OUTCOME_FULL);
	desk_answer_fini(&answer);
	assert_int_equal(inside(b, FIRST), 2);
	assert_ok(overrides_each(b->store, see_override, &overrides, &err));
	assert_int_equal(overrides, 1);
	struct checkins books;
	assert_ok(checkins_load(b->store, &books, &err));
	assert_string_equal(books.items[1].by, "olena");
	assert_string_equal(books.items[0].by, "");
	checkins_fini(&books);
	/* Nothing was to be overruled: it is no override. */
	answer = although(b, "CODE-B", desk_bench_at(14, 11, 2), "Спікер");
	assert_true(answer.outcome == OUTCOME_DUPLICATE && answer.refused == OUTCOME_COUNT);
	desk_answer_fini(&answer);
	answer = although(b, "NOBODY", desk_bench_at(14, 11, 2), "Спікер");
	assert_true(answer.outcome == OUTCOME_UNKNOWN && answer.refused == OUTCOME_COUNT);
	desk_answer_fini(&answer);
}

static void handed_out_although(void **state) {
	struct desk_bench *b = *state;
	point(b, "lunch", "{\"name\":\"Lunch\",\"stock\":\"0\"}");
	stand_at(b, "lunch");
	assert_int_equal(desk_bench_scan(b, "CODE-A", desk_bench_at(14, 13, 0)), OUTCOME_FULL);
	struct desk_answer answer = although(b, "CODE-A", desk_bench_at(14, 13, 1), "Спікер");
	assert_true(answer.outcome == OUTCOME_GIVEN && answer.refused == OUTCOME_FULL && answer.had == 1);
	desk_answer_fini(&answer);
}

static void notes_are_said_at_the_door(void **state) {
	struct desk_bench *b = *state;
	struct err err = {0};
	struct note_draft door = {.person = DESK_BENCH_OLENA, .text = "Пакунок", .door = true},
			  quiet = {.person = DESK_BENCH_OLENA, .text = "x"};
	assert_ok(store_begin(b->store, &err) && note_append(b->store, &door, &err) && note_append(b->store, &quiet, &err) &&
		  store_commit(b->store, &err));
	struct desk_answer answer = although(b, "CODE-A", desk_bench_at(14, 9, 0), NULL);
	assert_string_equal(answer.notes, "Пакунок");
	desk_answer_fini(&answer);
	answer = although(b, "CODE-B", desk_bench_at(14, 9, 0), NULL);
	assert_null(answer.notes);
	desk_answer_fini(&answer);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_bench_open, desk_bench_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_room_follows_the_agenda),
		TEST(late_for_one_and_early_for_the_next),
		TEST(a_room_that_is_none),
		TEST(past_midnight),
		TEST(who_leaves_makes_room),
		TEST(a_room_is_counted_right),
		TEST(leaving_the_event),
		TEST(lunch_once_a_day),
		TEST(so_many_in_all_and_so_many_there_are),
		TEST(for_those_entitled),
		TEST(speakers_press_and_everybody),
		TEST(staff_let_in_although),
		TEST(handed_out_although),
		TEST(notes_are_said_at_the_door),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
