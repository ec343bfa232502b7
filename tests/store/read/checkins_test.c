/* The books: in which order, who counts, who may undo what; and boxes whose clock was never set, which know nothing of the day. The wall clock is
 * this test's own: the system calls that base/clock.c makes are defined here. */
#include "store/read/checkins.h"

#include "lib/event_sample.h"

#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "station/desk.h"
#include "store/read/conflicts.h"
#include "store/read/people.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/write/clock.h"

#undef clock_gettime /* it is given another meaning here */

#define TEN INT64_C(1778742000000) /* 14 May 2026, 10:00 in Kyiv */
#define DAY INT64_C(86400000)
#define UNSET (-1)

static bool clock_unset;   /* it stands in January 1970 */
static int64_t clock_says; /* what it stands at instead, in ms; 0: it is right */

int clock_gettime(clockid_t id, struct timespec *ts);
int clock_gettime(clockid_t id, struct timespec *ts) {
	long rc = syscall(SYS_clock_gettime, id, ts);
	if (id == CLOCK_REALTIME && clock_unset) {
		*ts = (struct timespec){.tv_sec = 600};
	}
	if (id == CLOCK_REALTIME && clock_says != 0) {
		*ts = (struct timespec){.tv_sec = clock_says / 1000};
	}
	return (int)rc;
}

int adjtimex(struct timex *state) {
	state->status = STA_UNSYNC;
	return TIME_ERROR;
}

/* Three copies of one event with two people: the organiser's, a good box's and one whose clock was never set. */
struct bench {
	struct scratch *s;
	char *organiser, *good, *unset;
};

static void open_bench(struct bench *b, struct scratch *s, const char *dates) {
	struct err err = {0};
	static const char *const codes[] = {"CODE-A", "CODE-B"};
	static const char *const ids[] = {"0000000000000000000a", "0000000000000000000b"};
	*b = (struct bench){s, scratch_path(s, "organiser"), scratch_path(s, "good"), scratch_path(s, "unset")};
	event_sample_device(s, 0);
	struct store *store = scratch_event(s, "organiser");
	assert_ok(store_begin(store, &err));
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		struct person p = {0};
		person_set(&p, PERSON_NAME, codes[i]);
		person_set(&p, PERSON_CODE, codes[i]);
		assert_ok(person_edit(store, &(struct person_edit){.id = ids[i], .set = &p, .fresh = true}, &err));
		person_fini(&p);
	}
	assert_ok(setting_put(store, "dates", dates, &err) && store_commit(store, &err));
	assert_ok(store_copy(store, b->good, &err) && store_copy(store, b->unset, &err));
	store_close(store);
}

static void close_bench(struct bench *b) {
	free(b->organiser);
	free(b->good);
	free(b->unset);
}

/* A scan by a device; `at` is what staff say, or UNSET: nobody says anything, and the clock was never set. */
static void take(const struct bench *b, int device, const char *code, int64_t at) {
	struct err err = {0};
	struct desk_answer answer;
	event_sample_device(b->s, device);
	clock_unset = at == UNSET;
	struct store *store = event_sample_open(at == UNSET ? b->unset : b->good);
	struct desk *desk = desk_open(store, POINT_ARRIVAL, &err);
	struct desk_scan scan = {.text = code, .len = strlen(code), .how = "camera", .has_at = at != UNSET, .at = {at}};
	assert_ok(desk != NULL && desk_take(desk, &scan, &answer, &err));
	assert_true(answer.recorded);
	desk_answer_fini(&answer);
	desk_close(desk);
	store_close(store);
	clock_unset = false;
}

static bool note_double(void *context, const struct conflict *c, struct err *err) {
	(void)err;
	if (c->kind == CONFLICT_DOUBLE) {
		strbuf_addf(context, "%s %s%s again %s%s;", c->name, c->twice.first.approximate ? "≈" : "",
			    c->twice.first.counts ? "counts" : "", c->at.approximate ? "≈" : "", c->at.counts ? "counts" : "");
	}
	return true;
}

/* What one file says: who was let in twice, and how many arrivals its books count. */
static void tells(const struct bench *b, const char *path, const char *doubles, int arrivals) {
	struct err err = {0};
	struct strbuf out = {0};
	struct checkins list;
	int counted = 0;
	event_sample_device(b->s, 0);
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL && conflicts_each(store, note_double, &out, &err) && checkins_load(store, &list, &err));
	for (size_t i = 0; i < list.count; i++) {
		counted += list.items[i].duplicate_of == 0;
	}
	assert_string_equal(strbuf_str(&out), doubles);
	assert_int_equal(counted, arrivals);
	checkins_fini(&list);
	strbuf_fini(&out);
	store_close(store);
}

/* Files that meet in this order and in the other one say the same. */
static void both_ways(const struct bench *b, const char *doubles, int arrivals) {
	event_sample_device(b->s, 0);
	char *other = scratch_path(b->s, "other");
	event_sample_merge(b->organiser, b->good);
	event_sample_merge(b->organiser, b->unset);
	struct err err = {0};
	struct store *store = event_sample_open(b->unset);
	assert_ok(store_copy(store, other, &err));
	store_close(store);
	event_sample_merge(other, b->good);
	tells(b, b->organiser, doubles, arrivals);
	tells(b, other, doubles, arrivals);
	free(other);
}

static void it_doubles_an_arrival_on_any_day(void **state) {
	struct bench b;
	open_bench(&b, *state, "2026-05-14..2026-05-16");
	take(&b, 1, "CODE-A", TEN);
	take(&b, 1, "CODE-A", TEN + DAY); /* an arrival of its own */
	take(&b, 2, "CODE-A", UNSET);
	take(&b, 2, "CODE-B", UNSET); /* nobody else let them in */
	both_ways(&b, "CODE-A counts again ≈;", 3);
	close_bench(&b);
}

static void two_of_them_double_each_other(void **state) {
	struct bench b;
	open_bench(&b, *state, "2026-05-14..2026-05-16");
	char *kept = b.unset;
	take(&b, 1, "CODE-A", UNSET);
	b.unset = b.good; /* so that the two know nothing of each other */
	take(&b, 2, "CODE-A", UNSET);
	b.unset = kept;
	both_ways(&b, "CODE-A ≈counts again ≈;", 1);
	close_bench(&b);
}

/* Who was at the rehearsal the day before came on the day too, whatever the box's clock said. */
static void the_only_day_is_the_day(void **state) {
	struct bench b;
	open_bench(&b, *state, "2026-05-14");
	take(&b, 1, "CODE-A", TEN - DAY);
	take(&b, 1, "CODE-B", TEN);
	take(&b, 2, "CODE-A", UNSET);
	take(&b, 2, "CODE-B", UNSET);
	both_ways(&b, "CODE-B counts again ≈;", 3);
	close_bench(&b);
}

/* Recorded as staff say it was, whatever the screen showed. */
static struct record_ref record_at(struct store *store, const char *code, const char *point, enum outcome shown, int64_t at) {
	struct err err = {0};
	struct record_ref ref;
	struct checkin_draft draft = {.code = code, .point = point, .shown = shown, .how = "paper", .has_at = true, .at = {at}};
	assert_ok(store_begin(store, &err) && checkin_append(store, &draft, &ref, &err) && store_commit(store, &err));
	return ref;
}

static struct checkin line_of(const struct checkins *list, const struct record_ref *ref, size_t *place) {
	struct checkin found = {0};
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].record == ref->id) {
			found = list->items[i];
			*place = i;
		}
	}
	assert_int_equal(found.record, ref->id);
	return found;
}

/* The earliest of a person at a point counts (arrival: on a day), whenever it was recorded; later ones are its duplicates, and nothing is dropped. */
static void the_earliest_counts(void **state) {
	struct err err = {0};
	struct checkins list;
	size_t at[7];
	struct store *store = scratch_event(*state, "books.turnout");
	const struct record_ref refs[] = {
		record_at(store, "K", POINT_ARRIVAL, OUTCOME_ACCEPTED, TEN),
		record_at(store, "K", POINT_ARRIVAL, OUTCOME_ACCEPTED, TEN - 1),   /* recorded later, and earlier */
		record_at(store, "K", POINT_ARRIVAL, OUTCOME_ACCEPTED, TEN + DAY), /* another day */
		record_at(store, "K", "s", OUTCOME_ACCEPTED, TEN),                 /* another point */
		record_at(store, "K", "s", OUTCOME_ACCEPTED, TEN + DAY),           /* a session has no days */
		record_at(store, "K", POINT_ARRIVAL, OUTCOME_REVOKED, TEN - 2),    /* it let nobody in */
		record_at(store, "L", POINT_ARRIVAL, OUTCOME_ACCEPTED, TEN + 1),   /* somebody else */
	};
	assert_ok(checkins_load(store, &list, &err));
	assert_int_equal(list.count, COUNT_OF(refs));
	struct checkin lines[COUNT_OF(refs)];
	for (size_t i = 0; i < COUNT_OF(refs); i++) {
		lines[i] = line_of(&list, &refs[i], &at[i]);
		assert_false(lines[i].approximate);
		assert_string_equal(lines[i].how, "paper");
	}
	assert_int_equal(lines[0].duplicate_of, refs[1].id);
	assert_int_equal(lines[1].duplicate_of, 0);
	assert_int_equal(lines[2].duplicate_of, 0);
	assert_int_equal(lines[3].duplicate_of, 0);
	assert_int_equal(lines[4].duplicate_of, refs[3].id);
	assert_int_equal(lines[5].duplicate_of, 0);
	assert_int_equal(lines[6].duplicate_of, 0);
	assert_true(at[5] < at[1] && at[1] < at[0] && at[0] < at[6] && at[6] < at[2]); /* by time */
	checkins_fini(&list);
	store_close(store);
}

/* What was undone counts no more, and who came after it does. */
static void after_an_undo(void **state) {
	struct err err = {0};
	struct checkins list;
	struct strbuf name = {0};
	char text[40];
	size_t at;
	struct store *store = scratch_event(*state, "books.turnout");
	struct record_ref first = record_at(store, "K", POINT_ARRIVAL, OUTCOME_ACCEPTED, TEN);
	struct record_ref second = record_at(store, "K", POINT_ARRIVAL, OUTCOME_DUPLICATE, TEN + 1);
	assert_ok(checkins_load(store, &list, &err));
	struct checkin line = line_of(&list, &first, &at);
	record_ref_text(&line.log, line.seq, text);
	checkins_fini(&list);
	assert_ok(store_begin(store, &err) && checkin_undo(store, text, &name, &err) && store_commit(store, &err));
	assert_string_equal(name.data, "K"); /* nobody is known behind it */
	assert_ok(checkins_load(store, &list, &err));
	assert_true(line_of(&list, &first, &at).undone);
	assert_int_equal(line_of(&list, &second, &at).duplicate_of, 0);
	checkins_fini(&list);
	assert_ok(store_begin(store, &err));
	assert_false(checkin_undo(store, text, &name, &err));
	assert_int_equal(err.kind, ERR_REFUSED); /* undone already */
	assert_false(checkin_undo(store, "00000000:1", &name, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	store_rollback(store);
	strbuf_fini(&name);
	store_close(store);
}

/* Another station's is the organiser's to undo. */
static void who_may_undo(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct checkins list;
	struct strbuf name = {0};
	char text[40], *path = scratch_path(s, "books.turnout"), *key = scratch_path(s, "books.turnout.key"),
		       *away = scratch_path(s, "away");
	size_t at;
	event_sample_device(s, 1);
	struct store *store = scratch_event(s, "books.turnout");
	struct record_ref ref = record_at(store, "K", POINT_ARRIVAL, OUTCOME_ACCEPTED, TEN);
	assert_ok(checkins_load(store, &list, &err));
	struct checkin line = line_of(&list, &ref, &at);
	record_ref_text(&line.log, line.seq, text);
	checkins_fini(&list);
	store_close(store);
	event_sample_device(s, 2);
	assert_int_equal(rename(key, away), 0);
	store = event_sample_open(path);
	assert_ok(store_begin(store, &err));
	assert_false(checkin_undo(store, text, &name, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	store_rollback(store);
	assert_int_equal(rename(away, key), 0);
	assert_ok(store_begin(store, &err) && checkin_undo(store, text, &name, &err) && store_commit(store, &err));
	assert_ok(checkins_load(store, &list, &err));
	assert_true(line_of(&list, &ref, &at).undone);
	checkins_fini(&list);
	strbuf_fini(&name);
	store_close(store);
	free(path);
	free(key);
	free(away);
}

/* --- dates that a clock in doubt could not ask for ----------------------------------------------------------------------------------------- */

static bool note_date(void *context, const struct conflict *c, struct err *err) {
	(void)err;
	if (c->kind == CONFLICT_DATES) {
		strbuf_addf(context, "%s %s%s;", c->name, outcome_word(c->outside), c->at.counts ? " counts" : "");
	}
	return true;
}

static void dates_are(struct store *store, const char *wanted) {
	struct err err = {0};
	struct strbuf out = {0};
	assert_ok(conflicts_each(store, note_date, &out, &err));
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
}

static void scan(struct store *store, const char *code, const char *point, enum outcome outcome) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, point, &err);
	assert_ok(desk != NULL && desk_take(desk, &(struct desk_scan){.text = code, .len = strlen(code), .how = "camera"}, &answer, &err));
	assert_int_equal(answer.outcome, outcome);
	desk_answer_fini(&answer);
	desk_close(desk);
}

static void set_clock(struct store *store, int64_t now) {
	struct err err = {0};
	assert_ok(store_set_clock(store, (struct utc_ms){now}, false, &err));
}

/* Nobody is refused; once staff say what day it is the books tell who came on none of the event's, and what is corrected again is told no more. */
static void who_came_on_another_day_is_told_when_the_clock_is_known(void **state) {
	struct bench b;
	struct err err = {0};
	struct checkins list;
	open_bench(&b, *state, "2026-05-14..2026-05-16");
	event_sample_device(*state, 1);
	struct store *store = event_sample_open(b.good);
	clock_says = TEN - 10 * DAY; /* before the event: it would refuse */
	scan(store, "CODE-A", POINT_ARRIVAL, OUTCOME_ACCEPTED);
	clock_says = TEN; /* a day of the event: nothing is asked */
	scan(store, "CODE-B", POINT_ARRIVAL, OUTCOME_ACCEPTED);
	dates_are(store, ""); /* nobody knows */
	assert_ok(checkins_load(store, &list, &err));
	assert_int_equal(list.count, 2);
	assert_true(list.items[0].clock_unsure && !list.items[1].clock_unsure);
	checkins_fini(&list);
	set_clock(store, TEN - 3 * DAY);
	dates_are(store, "CODE-A wrong-day counts;CODE-B wrong-day counts;");
	set_clock(store, TEN + DAY);
	dates_are(store, "");
	set_clock(store, TEN + 30 * DAY);
	assert_ok(checkins_load(store, &list, &err));
	assert_int_equal(list.count, 2);
	assert_true(list.items[0].outside == OUTCOME_WRONG_DAY && list.items[0].duplicate_of == 0 && !list.items[0].undone);
	checkins_fini(&list);
	store_close(store);
	clock_says = 0;
	close_bench(&b);
}

/* At a session. A clock that was right all along, and sessions that were moved since, make no conflict. */
static void who_came_outside_a_sessions_time(void **state) {
	struct bench b;
	struct err err = {0};
	bool changed = false;
	struct session session = {.when = {.start = {TEN}, .end = {TEN + DAY / 24}}};
	static const char id[] = "00000000000000000001";
	open_bench(&b, *state, "");
	event_sample_device(*state, 0);
	session_set(&session, SESSION_TITLE, "Honey");
	struct store *store = event_sample_open(b.organiser);
	assert_ok(store_begin(store, &err) && session_edit(store, &(struct session_edit){.id = id, .s = &session}, &changed, &err) &&
		  store_commit(store, &err));
	clock_says = TEN + 5 * DAY;
	scan(store, "CODE-A", id, OUTCOME_ACCEPTED);
	set_clock(store, TEN + 1000);
	scan(store, "CODE-B", id, OUTCOME_ACCEPTED);
	dates_are(store, "");
	set_clock(store, TEN + 6 * DAY); /* it was not the day, after all: both were let in by a clock that was wrong */
	dates_are(store, "CODE-A closed counts;CODE-B closed counts;");
	set_clock(store, TEN + 1000);
	dates_are(store, "");
	struct session moved = {.when = {.start = {TEN - 5 * DAY}, .end = {TEN - 5 * DAY + DAY / 24}}};
	session_set(&moved, SESSION_TITLE, "Honey");
	assert_ok(store_begin(store, &err) &&
		  session_edit(store, &(struct session_edit){.id = id, .before = &session, .s = &moved, .named = SESSION_NAMED_WHEN},
			       &changed, &err) &&
		  store_commit(store, &err));
	dates_are(store, "CODE-A closed counts;"); /* whose clock was wrong; the other's is not in doubt */
	store_close(store);
	session_fini(&session);
	session_fini(&moved);
	clock_says = 0;
	close_bench(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(the_earliest_counts),
		TEST(after_an_undo),
		TEST(who_may_undo),
		TEST(it_doubles_an_arrival_on_any_day),
		TEST(two_of_them_double_each_other),
		TEST(the_only_day_is_the_day),
		TEST(who_came_on_another_day_is_told_when_the_clock_is_known),
		TEST(who_came_outside_a_sessions_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
