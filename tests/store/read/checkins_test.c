/* Boxes whose clock was never set, which know nothing of the day: their check-ins in the books, and the doubles. The wall clock is this test's
 * own: the system calls that base/clock.c makes are defined here. */
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
#include "store/read/settings.h"

#undef clock_gettime /* it is given another meaning here */

#define TEN INT64_C(1778742000000) /* 14 May 2026, 10:00 in Kyiv */
#define DAY INT64_C(86400000)
#define UNSET (-1)

static bool clock_unset; /* it stands in January 1970 */

int clock_gettime(clockid_t id, struct timespec *ts);
int clock_gettime(clockid_t id, struct timespec *ts) {
	long rc = syscall(SYS_clock_gettime, id, ts);
	if (id == CLOCK_REALTIME && clock_unset) {
		*ts = (struct timespec){.tv_sec = 600};
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

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(it_doubles_an_arrival_on_any_day),
		TEST(two_of_them_double_each_other),
		TEST(the_only_day_is_the_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
