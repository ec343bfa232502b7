/* The tally: everybody once, whatever order lines come in, and the same when it is counted from the beginning. */
#include "event/tally.h"

#include "lib/testing.h"

#include "base/alloc.h"

#define DAY 20000
#define MIN INT64_C(60000)

static struct tally_line line(struct tally *t, const char *who, const char *place, int move, int minute) {
	return (struct tally_line){.who = tally_who(t, who, NULL),
				   .place = tally_place(t, place),
				   .move = (uint8_t)move,
				   .counts = true,
				   .utc = {DAY * 1440 * MIN + minute * MIN},
				   .day = DAY + minute / 1440,
				   .quarter = (int16_t)(minute % 1440 / 15)};
}

static int add(struct tally *t, const char *who, const char *place, int move, int minute) {
	struct tally_line l = line(t, who, place, move, minute);
	return tally_add(t, &l);
}

static void everybody_once(void **state) {
	(void)state;
	struct tally *t = tally_open(DAY);
	const struct tally_counts *c = tally_count(t);
	add(t, "a", "", TALLY_CAME, 600);
	add(t, "a", "", TALLY_CAME, 590); /* of another box, earlier */
	add(t, "b", "", TALLY_CAME, 601);
	add(t, "a", "", TALLY_CAME, 2040); /* on the next day */
	assert_true(c->arrived == 2 && c->here == 2);
	assert_true(c->quarters[39] == 1 && c->quarters[40] == 1);
	add(t, "b", "", TALLY_LEFT, 700);
	assert_true(c->arrived == 2 && c->here == 1);
	add(t, "b", "", TALLY_CAME, 710);
	assert_true(c->arrived == 2 && c->here == 2 && c->quarters[47] == 0);
	tally_close(t);
	tally_close(NULL);
}

static void sessions_and_points(void **state) {
	(void)state;
	struct tally *t = tally_open(DAY);
	int s = tally_place(t, "s"), lunch = tally_place(t, "lunch");
	add(t, "a", "s", TALLY_CAME, 600);
	add(t, "b", "s", TALLY_CAME, 600);
	add(t, "b", "s", TALLY_LEFT, 620);
	add(t, "c", "s", TALLY_LEFT, 620); /* was never in */
	assert_true(tally_count(t)->places[s].visited == 2 && tally_count(t)->places[s].inside == 1);
	add(t, "a", "", TALLY_LEFT, 630); /* out of the event is out of the room */
	assert_int_equal(tally_count(t)->places[s].inside, 0);
	/* Who is in a room is here, and is on the list for an evacuation, whether or not the entrance knows of them: b left the room alone. */
	assert_true(tally_count(t)->arrived == 2 && tally_count(t)->here == 1);
	assert_true(!tally_is_here(t, tally_find(t, "a")) && tally_is_here(t, tally_find(t, "b")) && !tally_is_here(t, tally_find(t, "c")));
	assert_true(tally_has_arrived(t, tally_find(t, "a")) && !tally_has_arrived(t, tally_find(t, "c")));
	add(t, "a", "lunch", TALLY_GOT, 800);
	add(t, "a", "lunch", TALLY_GOT, 801);
	add(t, "a", "lunch", TALLY_GOT, 2300);
	assert_int_equal(tally_count(t)->places[lunch].given, 2);
	tally_close(t);
}

static void categories_and_who_is_missing(void **state) {
	(void)state;
	struct tally *t = tally_open(DAY);
	const struct tally_counts *c = tally_count(t);
	int guest = tally_category_of(t, "guest"), press = tally_category_of(t, "press");
	tally_expect(t, guest, 10);
	tally_expect(t, press, 2);
	add(t, "a", "", TALLY_CAME, 600);
	tally_describe(t, tally_who(t, "a", NULL), guest, true);
	tally_describe(t, tally_who(t, "walkin", NULL), guest, false);
	add(t, "walkin", "", TALLY_CAME, 600);
	assert_true(c->expected == 12 && c->of_them == 1 && c->arrived == 2);
	assert_true(c->categories[guest].arrived == 2 && c->categories[guest].of_them == 1 && c->categories[guest].expected == 10);
	tally_describe(t, tally_who(t, "a", NULL), press, true); /* it was wrong */
	assert_true(c->categories[guest].arrived == 1 && c->categories[press].of_them == 1);
	tally_expect_nobody(t);
	assert_int_equal(c->expected, 0);
	tally_close(t);
}

static void what_is_taken_back(void **state) {
	(void)state;
	struct tally *t = tally_open(DAY);
	const struct tally_counts *c = tally_count(t);
	int first = add(t, "a", "", TALLY_CAME, 600);
	add(t, "a", "", TALLY_CAME, 660);
	struct tally_line l = *tally_line_at(t, first);
	l.counts = false;
	tally_change(t, first, &l);
	assert_true(c->arrived == 1 && c->quarters[40] == 0 && c->quarters[44] == 1);
	l.counts = true;
	l.day = DAY + 1; /* a clock was put right */
	tally_change(t, first, &l);
	assert_true(c->arrived == 1 && c->quarters[44] == 1);
	assert_true(tally_has_arrived(t, 0) && tally_is_here(t, 0));
	tally_close(t);
}

/* Lines in any order, with changes between, count as they do all at once. */
static void order_does_not_matter(void **state) {
	(void)state;
	enum { LINES = 300 };
	static const char *const people[] = {"a", "b", "c", "d", "e"};
	static const char *const places[] = {"", "s", "r", "lunch"};
	struct tally *t = tally_open(DAY), *u = tally_open(DAY);
	struct tally_line lines[LINES];
	uint32_t seed = 17;
	for (int i = 0; i < LINES; i++) {
		uint32_t r = seed = seed * 1664525 + 1013904223;
		const char *place = places[r >> 9 & 3];
		int move = (r >> 9 & 3) == 3 ? TALLY_GOT : (r >> 12 & 3) == 0 ? TALLY_LEFT : TALLY_CAME;
		lines[i] = line(t, people[(r >> 16) % 5], place, move, (int)(r >> 20) % 2000);
		(void)line(u, people[(r >> 16) % 5], place, move, 0); /* the same numbers */
		struct tally_line wrong = lines[i];
		wrong.counts = false;
		tally_change(t, tally_add(t, &wrong), &lines[i]);
	}
	for (int i = LINES - 1; i >= 0; i--) {
		tally_add(u, &lines[i]);
	}
	const struct tally_counts *a = tally_count(t), *b = tally_count(u);
	assert_true(a->arrived == b->arrived && a->here == b->here && a->arrived > 0);
	assert_memory_equal(a->quarters, b->quarters, sizeof a->quarters);
	for (size_t i = 0; i < a->place_count; i++) {
		assert_true(a->places[i].visited == b->places[i].visited && a->places[i].inside == b->places[i].inside &&
			    a->places[i].given == b->places[i].given);
	}
	tally_close(t);
	tally_close(u);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(everybody_once), cmocka_unit_test(sessions_and_points),
					   cmocka_unit_test(categories_and_who_is_missing), cmocka_unit_test(what_is_taken_back),
					   cmocka_unit_test(order_does_not_matter)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
