#include "event/agenda.h"

#include "lib/testing.h"

#include "base/tz.h"

/* 2026-10-25 01:00 UTC: the clocks of Kyiv and Warsaw go back an hour. */
#define MIDNIGHT INT64_C(1792879200000) /* 2026-10-24T22:00Z, 01:00 in Kyiv */
#define HOUR INT64_C(3600000)

/* Over a change of the clocks the end has another offset than the start; a zone that does not agree any more says nothing. */
static void offsets_at_the_end(void **state) {
	(void)state;
	struct err err = {0};
	struct tz *kyiv = tz_open("Europe/Kyiv", &err);
	assert_ok(kyiv != NULL);
	struct session_when when = {.start = {MIDNIGHT}, .end = {MIDNIGHT + 5 * HOUR}, .offset_min = 180, .place_offset_min = 180};
	assert_int_equal(session_end_offset(&when, kyiv), 120);
	assert_int_equal(session_end_place_offset(&when, kyiv), 120);
	when.offset_min = -240; /* the source's zone is not known any more */
	assert_int_equal(session_end_offset(&when, kyiv), -240);
	assert_int_equal(session_end_place_offset(&when, kyiv), 120);
	when.place_offset_min = 60;
	assert_int_equal(session_end_place_offset(&when, kyiv), 60);
	tz_close(kyiv);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(offsets_at_the_end)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
