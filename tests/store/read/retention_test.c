/* What an event file and its clock say of its personal data. The machine's wall clock is this test's own, and whether a time server keeps it: the two system
 * calls that base/clock.c makes are defined here. */
#include "store/read/retention.h"

#include "lib/event_sample.h"
#include "lib/meet.h"

#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/store.h"
#include "store/write/purge.h"
#include "store/write/sign.h"

#undef clock_gettime /* it is given another meaning here */

static struct {
	int64_t utc_ms;
	bool synchronised;
} machine;

int clock_gettime(clockid_t id, struct timespec *ts);
int clock_gettime(clockid_t id, struct timespec *ts) {
	if (id != CLOCK_REALTIME) {
		return (int)syscall(SYS_clock_gettime, id, ts);
	}
	ts->tv_sec = machine.utc_ms / 1000;
	ts->tv_nsec = 0;
	return 0;
}

int adjtimex(struct timex *state) {
	state->status = machine.synchronised ? 0 : STA_UNSYNC;
	return machine.synchronised ? TIME_OK : TIME_ERROR;
}

static struct utc_ms at(const char *text) {
	struct err err = {0};
	struct utc_ms out = {0};
	int offset;
	struct tz *tz = tz_open("UTC", &err);
	assert_true(tz_parse(tz, text, &out, &offset));
	tz_close(tz);
	return out;
}

static void put(struct store *store, const char *key, const char *value) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && setting_put(store, key, value, &err) && store_commit(store, &err));
}

static struct retention look(struct store *store) {
	struct retention r;
	struct err err = {0};
	assert_ok(retention_look(store, &r, &err));
	return r;
}

static void put_session(struct store *store, const char *id, const char *start, const char *end, bool cancelled) {
	struct err err = {0};
	bool changed;
	struct session s = {.when = {.start = at(start), .end = at(end)}, .cancelled = cancelled};
	session_set(&s, SESSION_TITLE, id);
	struct session_edit edit = {.id = id, .s = &s, .named = SESSION_NAMED_STATUS};
	assert_ok(store_begin(store, &err) && session_edit(store, &edit, &changed, &err) && store_commit(store, &err));
	session_fini(&s);
}

/* An event in UTC whose data are kept for ten days, at the organiser's; then as a box has it, which has sent all. */
static struct store *organisers(const struct scratch *s) {
	machine.utc_ms = at("2026-06-30T12:00:00Z").v;
	machine.synchronised = true;
	struct store *store = scratch_event(s, "organiser.turnout");
	put(store, "timezone", "UTC");
	return store;
}

static struct store *on_a_box(const struct scratch *s, struct store *organiser) {
	struct err err = {0};
	char *path = scratch_path(s, "box.turnout");
	assert_ok(store_sign(organiser, &err) && store_copy(organiser, path, &err));
	store_close(organiser);
	struct store *store = event_sample_open(path);
	meet_acknowledge_all(store);
	free(path);
	return store;
}

static void the_last_day_there_is(void **state) {
	struct store *store = organisers(*state);
	put(store, "erase_after", "10d");
	store = on_a_box(*state, store);
	assert_int_equal(look(store).state, RETENTION_NO_LAST_DAY);
	store_close(store);
}

static void the_dates_in_any_order(void **state) {
	struct store *store = organisers(*state);
	put(store, "erase_after", "10d");
	put(store, "dates", "2026-07-02,2026-06-28");
	store = on_a_box(*state, store);
	struct retention r = look(store);
	assert_int_equal(r.state, RETENTION_WAITS);
	assert_int_equal(r.day, tz_days(2026, 7, 13));
	store_close(store);
}

static void a_session_that_ends_later(void **state) {
	struct store *store = organisers(*state);
	put(store, "erase_after", "10d");
	put(store, "dates", "2026-06-01");
	put_session(store, "00000000000000000001", "2026-06-04T20:00:00Z", "2026-06-05T03:00:00Z", false);
	put_session(store, "00000000000000000002", "2026-06-03T20:00:00Z", "2026-06-06T00:00:00Z", false); /* to midnight */
	put_session(store, "00000000000000000003", "2029-06-03T20:00:00Z", "2029-06-06T00:00:00Z", true);  /* takes place never */
	store = on_a_box(*state, store);
	struct retention r = look(store);
	assert_int_equal(r.state, RETENTION_DUE);
	assert_int_equal(r.day, tz_days(2026, 6, 16));
	store_close(store);
}

static void the_organisers_own_is_kept(void **state) {
	struct store *store = organisers(*state);
	assert_int_equal(look(store).state, RETENTION_NONE);
	put(store, "erase_after", "10d");
	assert_int_equal(look(store).state, RETENTION_NO_LAST_DAY);
	put(store, "dates", "2026-06-01");
	assert_int_equal(look(store).state, RETENTION_OWN);
	put(store, "erase_after", "");
	assert_int_equal(look(store).state, RETENTION_NONE);
	store_close(store);
}

/* A box on 30 June with an event that is over since 1 June. */
static struct store *over(const struct scratch *s) {
	struct store *store = organisers(s);
	put(store, "dates", "2026-06-01");
	put(store, "erase_after", "10d");
	return on_a_box(s, store);
}

static void whose_clock(void **state) {
	struct store *store = over(*state);
	struct err err = {0};
	assert_int_equal(look(store).state, RETENTION_DUE);
	machine.synchronised = false;
	assert_int_equal(look(store).state, RETENTION_UNVOUCHED);
	assert_ok(store_set_clock(store, at("2099-06-30T12:00:00Z"), false, &err));
	assert_int_equal(look(store).state, RETENTION_UNVOUCHED);
	assert_ok(store_anchor_hub(store, at("2026-06-02T12:00:00Z").v - clock_mono().v, &err));
	assert_int_equal(look(store).state, RETENTION_WAITS);
	assert_ok(store_anchor_hub(store, at("2026-06-30T12:00:00Z").v - clock_mono().v, &err));
	assert_int_equal(look(store).state, RETENTION_DUE);
	assert_ok(store_set_clock(store, at("2026-06-30T12:00:00Z"), true, &err)); /* --now */
	assert_int_equal(look(store).state, RETENTION_UNVOUCHED);
	machine.synchronised = true; /* it is by that clock all the same */
	assert_int_equal(look(store).state, RETENTION_UNVOUCHED);
	store_close(store);
}

static void not_all_is_sent(void **state) {
	struct store *store = over(*state);
	struct err err = {0};
	struct draft draft = {.kind = "note", .author = AUTHOR_STATION, .subject = "", .body = "{}"};
	assert_ok(store_begin(store, &err) && store_append(store, &draft, NULL, &err) && store_commit(store, &err));
	assert_int_equal(look(store).state, RETENTION_UNSENT);
	meet_acknowledge_all(store);
	assert_int_equal(look(store).state, RETENTION_DUE);
	assert_ok(store_purge(store, &err));
	struct retention r = look(store);
	assert_int_equal(r.state, RETENTION_ERASED);
	assert_int_equal(r.day, tz_days(2026, 6, 30));
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(the_last_day_there_is),
		TEST(the_dates_in_any_order),
		TEST(a_session_that_ends_later),
		TEST(the_organisers_own_is_kept),
		TEST(whose_clock),
		TEST(not_all_is_sent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
