/* Who came, on which day, and how many of those expected. */
#include "store/read/came.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "station/desk.h"
#include "store/read/checkins.h"
#include "store/read/people.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"

#define TEN INT64_C(1778742000000) /* 14 May 2026, 10:00 in Kyiv */
#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)
#define FIRST 20587 /* 14 May 2026, days since 1970-01-01 */

static void add_person(struct store *store, const char *id, const char *code, const char *registration) {
	struct err err = {0};
	struct person p = {0};
	person_set(&p, PERSON_NAME, code);
	person_set(&p, PERSON_CODE, code);
	person_set(&p, PERSON_REGISTRATION, registration);
	assert_ok(person_edit(store, &(struct person_edit){.id = id, .set = &p, .fresh = true}, &err));
	person_fini(&p);
}

static struct store *make(struct scratch *s) {
	struct err err = {0};
	bool changed;
	struct store *store = scratch_event(s, "came");
	struct session party = {.uid = xstrdup("p"),
				.when = {.start = {TEN + 12 * HOUR}, .end = {TEN + 16 * HOUR}, .offset_min = 180, .place_offset_min = 180}};
	session_set(&party, SESSION_TITLE, "Вечірка");
	assert_ok(store_begin(store, &err));
	add_person(store, "0000000000000000000a", "A", NULL);
	add_person(store, "0000000000000000000b", "B", "confirmed");
	add_person(store, "0000000000000000000c", "C", "cancelled");
	add_person(store, "0000000000000000000d", "D", NULL);
	assert_ok(session_edit(store, &(struct session_edit){.id = "11111111111111111111", .s = &party}, &changed, &err));
	assert_ok(setting_put(store, "dates", "2026-05-14..2026-05-15", &err) && store_commit(store, &err));
	session_fini(&party);
	return store;
}

static void take(struct store *store, const char *point, const char *code, int64_t at) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, point, &err);
	struct desk_scan scan = {.text = code, .len = strlen(code), .how = "staff", .has_at = true, .at = {at}};
	assert_ok(desk != NULL && desk_take(desk, &scan, &answer, &err));
	desk_answer_fini(&answer);
	desk_close(desk);
}

static void walk_in(struct store *store, int64_t at) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, POINT_ARRIVAL, &err);
	struct desk_scan scan = {.how = "walk-in", .has_at = true, .at = {at}};
	assert_ok(desk != NULL && desk_walk_in(desk, "{\"name\":\"Гість\"}", &scan, &answer, &err));
	desk_answer_fini(&answer);
	desk_close(desk);
}

static void count_came(struct store *store, struct came *came) {
	struct err err = {0};
	struct checkins books;
	assert_ok(checkins_load(store, &books, &err) && came_count(store, &books, came, &err));
	checkins_fini(&books);
}

static void everybody_once(void **state) {
	struct err err = {0};
	struct came came;
	struct strbuf name = {0};
	struct store *store = make(*state);
	take(store, POINT_ARRIVAL, "A", TEN);
	take(store, POINT_ARRIVAL, "A", TEN + HOUR);               /* again */
	take(store, "11111111111111111111", "A", TEN + 15 * HOUR); /* after midnight: the party is the first day's */
	take(store, POINT_ARRIVAL, "A", TEN + DAY);
	take(store, "11111111111111111111", "B", TEN + 13 * HOUR); /* who never was at the door came, too */
	take(store, POINT_ARRIVAL, "C", TEN);                      /* is not let in */
	walk_in(store, TEN + DAY);
	take(store, POINT_ARRIVAL, "D", TEN);
	assert_ok(store_begin(store, &err) && checkin_undo(store, NULL, &name, &err) && store_commit(store, &err));
	count_came(store, &came);
	assert_int_equal(came.people, 3);
	assert_int_equal(came.expected, 3);
	assert_int_equal(came.of_them, 2);
	assert_int_equal(came.dayless, 0);
	assert_int_equal(came.count, 2);
	assert_int_equal(came.days[0].day, FIRST);
	assert_int_equal(came.days[0].people, 2);
	assert_int_equal(came.days[1].day, FIRST + 1);
	assert_int_equal(came.days[1].people, 2);
	came_fini(&came);
	strbuf_fini(&name);
	store_close(store);
}

static void a_day_without_anybody(void **state) {
	struct came came;
	struct store *store = make(*state);
	take(store, POINT_ARRIVAL, "B", TEN + DAY);
	count_came(store, &came);
	assert_int_equal(came.count, 2);
	assert_int_equal(came.days[0].people, 0);
	assert_int_equal(came.days[1].people, 1);
	came_fini(&came);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(everybody_once), TEST(a_day_without_anybody)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
