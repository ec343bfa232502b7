/* Stations that behave oddly, and those that do not: by books that are made up. */
#include "store/read/odd.h"

#include "lib/testing.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"

#define TEN INT64_C(1778742000000)
#define MINUTE INT64_C(60000)
#define LINES_MAX 4000

struct book {
	struct checkin *lines;
	size_t count;
	char text[600]; /* what was told: "STATION REASON COUNT from LINE[ with STATION]" each */
};

static void open_book(struct book *b) { *b = (struct book){.lines = xcalloc(LINES_MAX, sizeof *b->lines)}; }

/* In the books' order: times only grow. */
static struct checkin *add(struct book *b, int station, int person, const char *point, int64_t ms) {
	assert_in_range(b->count, 0, LINES_MAX - 1);
	struct checkin *c = &b->lines[b->count++];
	*c = (struct checkin){.code = "", .name = "", .how = "camera", .point = point, .shown = OUTCOME_ACCEPTED, .utc = {TEN + ms}};
	c->station.b[0] = (uint8_t)station;
	snprintf(c->person, sizeof c->person, "%d", person);
	return c;
}

static bool note(void *context, const struct odd *odd, struct err *err) {
	struct book *b = context;
	size_t n = strlen(b->text);
	(void)err;
	snprintf(b->text + n, sizeof b->text - n, "%d %s %lld from %d", odd->from->station.b[0], odd_word(odd->reason),
		 (long long)odd->count, (int)(odd->from - b->lines));
	n = strlen(b->text);
	if (odd->other != NULL) {
		snprintf(b->text + n, sizeof b->text - n, " with %d", odd->other->b[0]);
	}
	n = strlen(b->text);
	snprintf(b->text + n, sizeof b->text - n, "\n");
	return true;
}

/* Closes the book. */
static void tells(struct book *b, const char *wanted) {
	struct err err = {0};
	assert_ok(odd_each(&(struct checkins){.items = b->lines, .count = b->count}, note, b, &err));
	assert_string_equal(b->text, wanted);
	free(b->lines);
}

static void no_alarm_at_honest_doors(void **state) {
	(void)state;
	struct book b;
	open_book(&b);
	tells(&b, "");
	open_book(&b);
	for (int i = 0; i < 1200; i++) { /* twenty a minute for an hour at one door, forty at the other; and two who go to both by turns */
		add(&b, 1, i, POINT_ARRIVAL, i * INT64_C(3000));
		add(&b, 2, 5000 + i, POINT_ARRIVAL, i * INT64_C(3000) + 10);
		add(&b, 2, 9000 + i, POINT_ARRIVAL, i * INT64_C(3000) + 1500);
	}
	tells(&b, "");
	open_book(&b);
	for (int i = 0; i < 8; i++) { /* a box that goes from door to door, a session an hour */
		static const char *const doors[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
		for (int n = 0; n < 40; n++) {
			add(&b, 1, n, doors[i], i * 60 * MINUTE + n * INT64_C(4000));
		}
	}
	tells(&b, "");
}

static void in_bulk(void **state) {
	(void)state;
	struct book b;
	open_book(&b);
	add(&b, 1, 0, POINT_ARRIVAL, 0);
	for (int i = 0; i < ODD_BULK; i++) {
		add(&b, 1, 1 + i, POINT_ARRIVAL, MINUTE + i * INT64_C(100));
	}
	tells(&b, "1 bulk 20 from 1\n");
	open_book(&b);
	for (int i = 0; i < ODD_BULK - 1; i++) {
		add(&b, 1, 1 + i, POINT_ARRIVAL, i);
	}
	tells(&b, "");
	/* Not what staff said the time of, nor what does not stand. */
	open_book(&b);
	for (int i = 0; i < 100; i++) {
		struct checkin *c = add(&b, 1, i, POINT_ARRIVAL, 0);
		c->stated = i % 4 == 0;
		c->is_void = i % 4 == 1;
		c->undone = i % 4 == 2;
		c->shown = i % 4 == 3 ? OUTCOME_REVOKED : OUTCOME_ACCEPTED;
	}
	tells(&b, "");
	/* Of a clock that nobody set the span is known all the same; what lies before the jump is no part of it. */
	open_book(&b);
	for (int i = 0; i < 2 * ODD_BULK - 2; i++) {
		struct checkin *c = add(&b, 1, i, POINT_ARRIVAL, i < ODD_BULK - 1 ? 0 : 1);
		c->approximate = i >= ODD_BULK - 1;
	}
	tells(&b, "");
}

static void faster_than_hands(void **state) {
	(void)state;
	struct book b;
	open_book(&b);
	for (int i = 0; i <= 100; i++) {
		add(&b, 3, i, POINT_ARRIVAL, i * INT64_C(900));
	}
	tells(&b, "3 fast 67 from 0\n");
}

static void at_new_points(void **state) {
	(void)state;
	struct book b;
	static const char *const points[] = {"a", "b", "c", "d"};
	open_book(&b);
	add(&b, 1, 0, POINT_ARRIVAL, 0);
	for (int i = 0; i < ODD_POINTS; i++) {
		add(&b, 1, i, points[i], 60 * MINUTE + i * MINUTE);
		add(&b, 1, 10 + i, points[i], 60 * MINUTE + i * MINUTE);
	}
	tells(&b, "1 points 4 from 1\n");
	open_book(&b);
	for (int i = 0; i < ODD_POINTS; i++) {
		add(&b, 1, i, points[i], i * 5 * MINUTE);
	}
	tells(&b, "");
}

/* Five people who were in two places; told of both stations once, whichever came first in the books. */
static void at_two_stations_at_once(void **state) {
	(void)state;
	struct book b;
	open_book(&b);
	for (int i = 0; i < ODD_TOGETHER; i++) {
		add(&b, i % 2 == 0 ? 2 : 1, i, POINT_ARRIVAL, i * MINUTE);
		add(&b, i % 2 == 0 ? 1 : 2, i, "a", i * MINUTE + 3000);
		add(&b, 3, i, "b", i * MINUTE + 20000);
	}
	tells(&b, "1 together 5 from 1 with 2\n");
	open_book(&b);
	for (int i = 0; i < 50; i++) { /* one person again and again is one */
		add(&b, 1 + i % 2, 7, POINT_ARRIVAL, i * INT64_C(4000));
	}
	tells(&b, "");
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_alarm_at_honest_doors), cmocka_unit_test(in_bulk),
		cmocka_unit_test(faster_than_hands),        cmocka_unit_test(at_new_points),
		cmocka_unit_test(at_two_stations_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
