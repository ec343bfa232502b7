/* Clocks that are wrong: what the books say about them afterwards. The machine's clocks are this test's own: the two system calls that
 * base/clock.c makes are defined here. */
#include "store/write/clock.h"

#include "lib/event_sample.h"

#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "station/desk.h"
#include "store/read/checkins.h"

#undef clock_gettime /* it is given another meaning here */

#define MAY_14 INT64_C(1778745600000) /* 2026-05-14 11:00 in Kyiv */
#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static struct {
	int64_t utc_ms, mono_ms;
	bool synchronised;
} machine;

int clock_gettime(clockid_t id, struct timespec *ts);
int clock_gettime(clockid_t id, struct timespec *ts) {
	if (id != CLOCK_REALTIME && id != CLOCK_BOOTTIME) {
		return (int)syscall(SYS_clock_gettime, id, ts);
	}
	int64_t ms = id == CLOCK_REALTIME ? machine.utc_ms : machine.mono_ms;
	ts->tv_sec = ms / 1000;
	ts->tv_nsec = (long)(ms % 1000) * 1000000;
	return 0;
}

int adjtimex(struct timex *state) {
	state->status = machine.synchronised ? 0 : STA_UNSYNC;
	return machine.synchronised ? TIME_OK : TIME_ERROR;
}

static void pass(int64_t ms) {
	machine.utc_ms += ms;
	machine.mono_ms += ms;
}

/* One station, open, whose machine has just booted with its wall clock at `utc_ms`. */
struct bench {
	struct scratch *scratch;
	struct store *store;
	char *path;
};

static void open_bench(struct bench *b, struct scratch *s, int64_t utc_ms) {
	machine.utc_ms = MAY_14;
	machine.mono_ms = 5000;
	machine.synchronised = false;
	b->scratch = s;
	b->path = event_sample_make(s, "e.turnout");
	event_sample_device(s, 8);
	machine.utc_ms = utc_ms;
	b->store = event_sample_open(b->path);
}

static void close_bench(struct bench *b) {
	store_close(b->store);
	free(b->path);
}

static struct record_ref scan(struct bench *b, const char *code) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(b->store, POINT_ARRIVAL, &err);
	assert_ok(desk != NULL && desk_take(desk, &(struct desk_scan){.text = code, .len = strlen(code), .how = "camera"}, &answer, &err));
	assert_true(answer.recorded);
	struct record_ref ref = answer.ref;
	desk_answer_fini(&answer);
	desk_close(desk);
	return ref;
}

/* What the books say of a check-in, and at which place of them. */
static struct checkin in_books(struct bench *b, const struct record_ref *ref, size_t *place) {
	struct err err = {0};
	struct checkins list;
	struct checkin found = {0};
	assert_ok(checkins_load(b->store, &list, &err));
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].record == ref->id) {
			found = list.items[i];
			*place = i;
		}
	}
	checkins_fini(&list);
	assert_int_equal(found.record, ref->id);
	return found;
}

static void was_at(struct bench *b, const struct record_ref *ref, int64_t utc_ms) {
	size_t place = 0;
	struct checkin c = in_books(b, ref, &place);
	assert_int_equal(c.utc.v, utc_ms);
	assert_false(c.approximate);
}

static void perhaps_at(struct bench *b, const struct record_ref *ref, int64_t utc_ms) {
	size_t place = 0;
	struct checkin c = in_books(b, ref, &place);
	assert_int_equal(c.utc.v, utc_ms);
	assert_true(c.approximate);
}

static int64_t anchors(struct bench *b, const char *rank) {
	char sql[200];
	snprintf(sql, sizeof sql,
		 "SELECT count(*) FROM record WHERE kind = 'anchor' AND json_extract(body, '$.rank') = '%s' AND id >> 40 = (SELECT max(id) "
		 "FROM "
		 "log)",
		 rank);
	return event_sample_number(b->path, sql);
}

/* The hub says that it is `utc_ms` now. */
static void hub_says(struct bench *b, int64_t utc_ms) {
	struct err err = {0};
	assert_ok(store_anchor_hub(b->store, utc_ms - machine.mono_ms, &err));
}

static void staff_say(struct bench *b, int64_t utc_ms, bool forced) {
	struct err err = {0};
	assert_ok(store_set_clock(b->store, (struct utc_ms){utc_ms}, forced, &err));
}

static void a_boot_in_1970(void **state) {
	struct bench b;
	open_bench(&b, *state, 5000);
	struct record_ref a = scan(&b, "CODE-A");
	perhaps_at(&b, &a, 5000);
	pass(10 * MINUTE);
	struct record_ref again = scan(&b, "CODE-B");
	perhaps_at(&b, &again, 5000 + 10 * MINUTE);
	pass(MINUTE);
	hub_says(&b, MAY_14);
	assert_int_equal(store_now(b.store).v, MAY_14);
	assert_true(store_clock(b.store).by_hub);
	was_at(&b, &a, MAY_14 - 11 * MINUTE); /* backwards too */
	was_at(&b, &again, MAY_14 - MINUTE);
	pass(MINUTE);
	struct record_ref later = scan(&b, "CODE-C");
	was_at(&b, &later, MAY_14 + MINUTE);
	assert_int_equal(anchors(&b, "hub"), 1);
	close_bench(&b);
}

static void nothing_anchors(void **state) {
	struct bench b;
	size_t before = 0, place = 0;
	open_bench(&b, *state, MAY_14 - 300 * DAY);
	staff_say(&b, MAY_14, false);
	struct record_ref known = scan(&b, "CODE-A");
	store_close(b.store);
	event_sample_device(b.scratch, 9);
	b.store = event_sample_open(b.path);
	struct record_ref unknown = scan(&b, "CODE-B");
	perhaps_at(&b, &unknown, machine.utc_ms);
	in_books(&b, &known, &before);
	in_books(&b, &unknown, &place);
	assert_true(place > before); /* it says an earlier time, and stands behind all that is sure */
	close_bench(&b);
}

static void a_jump_of_years(void **state) {
	struct bench b;
	open_bench(&b, *state, MAY_14);
	struct record_ref a = scan(&b, "CODE-A");
	pass(MINUTE);
	machine.utc_ms += 3652 * DAY; /* somebody's ten years */
	struct record_ref c = scan(&b, "CODE-B");
	perhaps_at(&b, &c, MAY_14 + MINUTE + 3652 * DAY);
	hub_says(&b, MAY_14 + 2 * MINUTE); /* it is a minute later there */
	was_at(&b, &a, MAY_14 + MINUTE);
	was_at(&b, &c, MAY_14 + 2 * MINUTE);
	pass(MINUTE);
	machine.utc_ms -= 7000 * DAY; /* what the machine does does not matter any more */
	assert_int_equal(store_now(b.store).v, MAY_14 + 3 * MINUTE);
	close_bench(&b);
}

static void a_step_backwards(void **state) {
	struct bench b;
	open_bench(&b, *state, MAY_14 + 3 * HOUR);
	struct record_ref a = scan(&b, "CODE-A");
	pass(MINUTE);
	machine.utc_ms -= 3 * HOUR; /* NTP found out */
	machine.synchronised = true;
	struct record_ref c = scan(&b, "CODE-A");
	was_at(&b, &a, MAY_14);
	was_at(&b, &c, MAY_14 + MINUTE);
	size_t place = 0;
	assert_int_equal(in_books(&b, &a, &place).duplicate_of, 0);
	assert_int_equal(in_books(&b, &c, &place).duplicate_of, a.id); /* first stays first */
	assert_int_equal(anchors(&b, "ntp"), 1);
	close_bench(&b);
}

static void drift_between_two_words_of_a_hub(void **state) {
	struct bench b;
	open_bench(&b, *state, 5000);
	struct record_ref a = scan(&b, "CODE-A");
	hub_says(&b, MAY_14);
	pass(HOUR);
	hub_says(&b, MAY_14 + HOUR + 1999); /* no other time */
	hub_says(&b, MAY_14 + HOUR - 2000);
	assert_int_equal(anchors(&b, "hub"), 1);
	assert_int_equal(store_now(b.store).v, MAY_14 + HOUR);
	was_at(&b, &a, MAY_14);
	pass(DAY);
	hub_says(&b, MAY_14 + HOUR + DAY - 4000); /* this machine gains four seconds a day */
	assert_int_equal(anchors(&b, "hub"), 2);
	was_at(&b, &a, MAY_14 - 4000); /* the later word counts for all of the log */
	assert_int_equal(store_now(b.store).v, MAY_14 + HOUR + DAY - 4000);
	close_bench(&b);
}

static void a_hub_speaks_before_the_log_begins(void **state) {
	struct bench b;
	open_bench(&b, *state, 5000);
	hub_says(&b, MAY_14);
	struct record_ref a = scan(&b, "CODE-A");
	was_at(&b, &a, MAY_14);
	assert_int_equal(anchors(&b, "hub"), 1);
	assert_int_equal(anchors(&b, "staff"), 0);
	close_bench(&b);
}

/* One boot, one log, several starts of the program: what the log has is not said again. */
static void a_log_that_goes_on(void **state) {
	struct bench b;
	open_bench(&b, *state, 5000);
	struct record_ref a = scan(&b, "CODE-A");
	hub_says(&b, MAY_14);
	store_close(b.store);
	pass(MINUTE);
	b.store = event_sample_open(b.path);
	hub_says(&b, MAY_14 + MINUTE + 500);
	struct record_ref c = scan(&b, "CODE-B");
	assert_memory_equal(&a.log, &c.log, sizeof a.log);
	assert_int_equal(anchors(&b, "hub"), 1);
	was_at(&b, &c, MAY_14 + MINUTE);
	hub_says(&b, MAY_14 + MINUTE + 500);
	assert_int_equal(store_now(b.store).v, MAY_14 + MINUTE); /* the screen says what the books say */
	close_bench(&b);
}

static void ntp_is_surer_than_a_hub(void **state) {
	struct bench b;
	open_bench(&b, *state, MAY_14);
	struct record_ref a = scan(&b, "CODE-A");
	machine.synchronised = true;
	hub_says(&b, MAY_14 + HOUR);
	assert_int_equal(anchors(&b, "hub"), 0);
	assert_int_equal(store_now(b.store).v, MAY_14);
	machine.synchronised = false;
	hub_says(&b, MAY_14 + HOUR);
	was_at(&b, &a, MAY_14 + HOUR);
	machine.synchronised = true; /* from now on the machine knows better, and the log says so with its next record */
	pass(MINUTE);
	struct record_ref c = scan(&b, "CODE-B");
	assert_int_equal(anchors(&b, "ntp"), 1);
	was_at(&b, &a, MAY_14);
	was_at(&b, &c, MAY_14 + MINUTE);
	close_bench(&b);
}

static void a_hub_is_surer_than_staff(void **state) {
	struct bench b;
	open_bench(&b, *state, 5000);
	struct record_ref a = scan(&b, "CODE-A");
	staff_say(&b, MAY_14 - HOUR, false);
	was_at(&b, &a, MAY_14 - HOUR);
	hub_says(&b, MAY_14);
	was_at(&b, &a, MAY_14);
	assert_int_equal(store_now(b.store).v, MAY_14);
	staff_say(&b, MAY_14 - 2 * HOUR, false); /* they see it on the screen until the hub speaks again; the books know better */
	was_at(&b, &a, MAY_14);
	hub_says(&b, MAY_14);
	assert_int_equal(store_now(b.store).v, MAY_14);
	assert_int_equal(anchors(&b, "hub"), 1);
	close_bench(&b);
}

static void a_forced_clock_is_nobody_elses(void **state) {
	struct bench b;
	open_bench(&b, *state, 5000);
	staff_say(&b, MAY_14 - DAY, true);
	struct record_ref a = scan(&b, "CODE-A");
	hub_says(&b, MAY_14);
	assert_int_equal(store_now(b.store).v, MAY_14 - DAY);
	was_at(&b, &a, MAY_14 - DAY);
	assert_int_equal(anchors(&b, "hub"), 0);
	close_bench(&b);
}

static void a_hub_whose_clock_is_wrong(void **state) {
	struct bench b;
	open_bench(&b, *state, MAY_14);
	struct record_ref a = scan(&b, "CODE-A");
	static const int64_t wrong[] = {-1, 0, 5000, INT64_C(1767225600000) - 10000, INT64_MAX, INT64_MIN, INT64_C(1) << 53};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err err = {0};
		assert_false(store_anchor_hub(b.store, wrong[i], &err));
		assert_int_equal(err.kind, ERR_INPUT);
	}
	assert_int_equal(anchors(&b, "hub"), 0);
	perhaps_at(&b, &a, MAY_14);
	close_bench(&b);
}

/* What others' logs say is judged by the views. */
static void anchors_that_are_none(void **state) {
	struct bench b;
	open_bench(&b, *state, 5000);
	struct record_ref a = scan(&b, "CODE-A");
	static const char *const bodies[] = {
		"{\"rank\":\"hub\",\"ahead_ms\":\"x\"}",
		"{\"rank\":\"hub\",\"ahead_ms\":9007199254740993}",
		"{\"rank\":\"hub\",\"ahead_ms\":1.5}",
		"{\"rank\":\"hub\",\"ahead_ms\":-9007199254740993}",
		"{\"rank\":\"astrologer\",\"ahead_ms\":1000000}",
		"{\"ahead_ms\":1000000}",
	};
	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		struct err err = {0};
		struct draft draft = {.kind = "anchor", .author = AUTHOR_STATION, .subject = "", .body = bodies[i]};
		assert_ok(store_begin(b.store, &err) && store_append(b.store, &draft, NULL, &err) && store_commit(b.store, &err));
	}
	perhaps_at(&b, &a, 5000);
	assert_int_equal(
		event_sample_number(b.path, "SELECT count(*) FROM view_ignored i JOIN record r ON r.id = i.record WHERE r.kind = 'anchor'"),
		(int64_t)COUNT_OF(bodies));
	close_bench(&b);
}

/* Invariant 3: in whatever order the logs came, the same books. */
static void the_order_of_arrival_does_not_matter(void **state) {
	struct bench b;
	char before[65], after[65];
	struct err err = {0};
	open_bench(&b, *state, 5000);
	struct record_ref a = scan(&b, "CODE-A");
	hub_says(&b, MAY_14 - HOUR);
	pass(HOUR);
	hub_says(&b, MAY_14 + 5000);
	staff_say(&b, MAY_14 + DAY, false);
	store_close(b.store);
	event_sample_digest(b.path, before);
	event_sample_sql(b.path, "UPDATE record SET id = ((100 - (id >> 40)) << 40) | (id & 1099511627775);"
				 "UPDATE signature SET log = 100 - log; UPDATE log SET id = 100 - id");
	b.store = event_sample_open(b.path);
	assert_ok(store_rebuild(b.store, &err));
	a.id = ((100 - (a.id >> 40)) << 40) | (a.id & ((INT64_C(1) << 40) - 1));
	was_at(&b, &a, MAY_14 + 5000 - HOUR);
	store_close(b.store);
	event_sample_digest(b.path, after);
	assert_string_equal(before, after);
	free(b.path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_boot_in_1970),
		TEST(nothing_anchors),
		TEST(a_jump_of_years),
		TEST(a_step_backwards),
		TEST(drift_between_two_words_of_a_hub),
		TEST(a_hub_speaks_before_the_log_begins),
		TEST(a_log_that_goes_on),
		TEST(ntp_is_surer_than_a_hub),
		TEST(a_hub_is_surer_than_staff),
		TEST(a_forced_clock_is_nobody_elses),
		TEST(a_hub_whose_clock_is_wrong),
		TEST(anchors_that_are_none),
		TEST(the_order_of_arrival_does_not_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
