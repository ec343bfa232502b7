/* When a box erases an event's personal data by itself: every reason not to, and the first moment at which it does. */
#include "event/retention.h"

#include "lib/testing.h"

#include "base/alloc.h"

static struct tz *kyiv, *samoa, *kiritimati;

static int zones_open(void **state) {
	struct err err = {0};
	(void)state;
	kyiv = tz_open("Europe/Kyiv", &err);
	samoa = tz_open("Pacific/Pago_Pago", &err);
	kiritimati = tz_open("Pacific/Kiritimati", &err);
	return kyiv == NULL || samoa == NULL || kiritimati == NULL;
}

static int zones_close(void **state) {
	(void)state;
	tz_close(kyiv);
	tz_close(samoa);
	tz_close(kiritimati);
	return 0;
}

static struct utc_ms at(const char *utc) {
	struct utc_ms out = {0};
	int offset;
	assert_true(tz_parse(kyiv, utc, &out, &offset));
	return out;
}

/* An event whose last day is 15 May 2026 and that is kept for 90 days, seen on 1 September by a box that has sent all and asks a time server. */
static struct retention_facts due(void) {
	return (struct retention_facts){.keep_days = 90,
					.has_last_day = true,
					.last_day = tz_days(2026, 5, 15),
					.tz = kyiv,
					.now = at("2026-09-01T12:00:00Z"),
					.voucher = VOUCHER_NETWORK};
}

static enum retention_state decide(const struct retention_facts *facts) { return retention_decide(facts).state; }

static void how_many_days(void **state) {
	(void)state;
	int64_t days = 0;
	assert_true(retention_parse("90d", &days));
	assert_int_equal(days, 90);
	assert_true(retention_parse("1d", &days) && days == 1);
	assert_true(retention_parse("3650d", &days) && days == 3650);
	static const char *const none[] = {"",    "d",     "90",     "90D", "90dd",
					   "0d",  "3651d", "-90d",   "+9d", " 90d",
					   "9 d", "1.5d",  "90d,1d", "12w", "99999999999999999999d",
					   "0x9d"};
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		if (retention_parse(none[i], &days)) {
			fail_msg("\"%s\" is taken for a number of days", none[i]);
		}
	}
}

static void everything_that_keeps_it(void **state) {
	(void)state;
	struct retention_facts f = due();
	assert_int_equal(decide(&f), RETENTION_DUE);
	f.keep_days = 0;
	assert_int_equal(decide(&f), RETENTION_NONE);
	f.keep_days = -90; /* would be due before the event */
	assert_int_equal(decide(&f), RETENTION_NONE);
	f.keep_days = RETENTION_DAYS_MAX + 1;
	assert_int_equal(decide(&f), RETENTION_NONE);
	f = due();
	f.organiser = true;
	struct retention own = retention_decide(&f);
	assert_int_equal(own.state, RETENTION_OWN);
	assert_int_equal(own.day, tz_days(2026, 8, 14)); /* on the boxes */
	f = due();
	f.has_last_day = false;
	assert_int_equal(decide(&f), RETENTION_NO_LAST_DAY);
	f = due();
	f.unsent = 1;
	assert_int_equal(decide(&f), RETENTION_UNSENT);
	f.unsent = -1; /* a number that cannot be is not "all is sent" */
	assert_int_equal(decide(&f), RETENTION_UNSENT);
	f.voucher = VOUCHER_NOBODY; /* all reasons at once: what can be done about it first */
	assert_int_equal(decide(&f), RETENTION_UNSENT);
	f = due();
	f.erased = true;
	f.erased_day = tz_days(2026, 8, 20);
	struct retention r = retention_decide(&f);
	assert_int_equal(r.state, RETENTION_ERASED);
	assert_int_equal(r.day, f.erased_day);
}

static void who_says_what_day_it_is(void **state) {
	(void)state;
	struct retention_facts f = due();
	f.voucher = VOUCHER_HUB;
	assert_int_equal(decide(&f), RETENTION_DUE);
	f.voucher = VOUCHER_NOBODY;
	assert_int_equal(decide(&f), RETENTION_UNVOUCHED);
	f.voucher = VOUCHER_STAFF;
	assert_int_equal(decide(&f), RETENTION_UNVOUCHED);
	f.now = at("2099-01-01T00:00:00Z"); /* a year typed wrong */
	assert_int_equal(decide(&f), RETENTION_UNVOUCHED);
	f.now = at("2026-05-15T12:00:00Z");
	assert_int_equal(decide(&f), RETENTION_WAITS);
}

static void the_day_and_its_beginning(void **state) {
	(void)state;
	struct retention_facts f = due();
	f.keep_days = 1;
	f.now = at("2026-05-16T23:59:59+03:00"); /* the one whole day is not over */
	struct retention r = retention_decide(&f);
	assert_int_equal(r.state, RETENTION_WAITS);
	assert_int_equal(r.day, tz_days(2026, 5, 17));
	f.now.v += 1000;
	assert_int_equal(decide(&f), RETENTION_DUE);
	f.now = at("2026-05-15T23:59:59+03:00");
	assert_int_equal(decide(&f), RETENTION_WAITS);
	f = due();
	f.keep_days = 3650;
	r = retention_decide(&f);
	assert_int_equal(r.state, RETENTION_WAITS);
	assert_int_equal(r.day, tz_days(2036, 5, 13)); /* three leap days on the way */
}

/* By the calendar of the event's place. */
static void elsewhere(void **state) {
	(void)state;
	struct retention_facts f = due();
	f.keep_days = 1;
	f.now = at("2026-05-17T10:30:00Z");
	assert_int_equal(decide(&f), RETENTION_DUE);
	f.tz = samoa; /* 16 May, 23:30 */
	assert_int_equal(decide(&f), RETENTION_WAITS);
	f.now = at("2026-05-17T11:00:00Z");
	assert_int_equal(decide(&f), RETENTION_DUE);
	f.tz = kiritimati; /* fourteen hours ahead */
	f.now = at("2026-05-16T09:59:59Z");
	assert_int_equal(decide(&f), RETENTION_WAITS);
	f.now.v += 1000;
	assert_int_equal(decide(&f), RETENTION_DUE);
}

static void clocks_that_are_wrong(void **state) {
	(void)state;
	struct retention_facts f = due();
	f.now = (struct utc_ms){0}; /* 1970: not "before the event", simply not yet */
	assert_int_equal(decide(&f), RETENTION_WAITS);
	f.now.v = -1;
	assert_int_equal(decide(&f), RETENTION_WAITS);
	f.now.v = INT64_MIN / 2;
	assert_int_equal(decide(&f), RETENTION_WAITS);
	f = due();
	f.last_day = -1; /* an event before 1970 is over as well */
	struct retention r = retention_decide(&f);
	assert_int_equal(r.state, RETENTION_DUE);
	assert_int_equal(r.day, 90);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(how_many_days),
		cmocka_unit_test(everything_that_keeps_it),
		cmocka_unit_test(who_says_what_day_it_is),
		cmocka_unit_test(the_day_and_its_beginning),
		cmocka_unit_test(elsewhere),
		cmocka_unit_test(clocks_that_are_wrong),
	};
	return cmocka_run_group_tests(tests, zones_open, zones_close);
}
