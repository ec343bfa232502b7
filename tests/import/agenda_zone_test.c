#include "import/agenda_zone.h"

#include "lib/testing.h"

#include <stdlib.h>

#include "base/alloc.h"

#define MAY_14 INT64_C(1778767200000) /* 2026-05-14T14:00Z */

static void zones_by_name_only(void **state) {
	(void)state;
	static const char *const wrong[] = {"", "/etc/passwd", "../../etc/localtime", "Mars/Olympus", "Europe/Kyiv\n", "."};
	struct tz *tz = agenda_zone("Europe/Kyiv");
	assert_non_null(tz);
	tz_close(tz);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_null(agenda_zone(wrong[i]));
		assert_null(agenda_zone_named(wrong[i]));
	}
}

static void as_people_write_them(void **state) {
	(void)state;
	static const struct {
		const char *name;
		int offset_min;
		bool utc;
	} rows[] = {
		{"Europe/Kyiv", 180, false},
		{"Europe/Kiev", 180, false},
		{"Europe/Kyiv (EEST)", 180, false},
		{"FLE Standard Time", 180, false},
		{"GMT Standard Time", 60, false},
		{"America/New_York", -240, false},
		{"UTC+3", 180, false},
		{"utc + 3", 180, false},
		{"UTC −4", -240, false},
		{"GMT–0430", -270, false},
		{"+05:30", 330, false},
		{"UTC", 0, true},
		{"gmt", 0, true},
		{"Z", 0, true},
		{"Etc/UTC", 0, true},
		{"(UTC+02:00) Helsinki, Kyiv", 180, false},
		{"UTC+3 (Київ)", 180, false},
		{"Київ", 180, false},
		{"New Delhi", 330, false},
	};
	struct agenda_zones zones = {0};
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < COUNT_OF(rows); i++) {
			struct agenda_named_zone zone = agenda_zones_find(&zones, rows[i].name);
			if (zone.tz == NULL || tz_civil(zone.tz, (struct utc_ms){MAY_14}).offset_min != rows[i].offset_min ||
			    zone.utc != rows[i].utc) {
				fail_msg("\"%s\" is another zone", rows[i].name);
			}
		}
	}
	assert_int_equal(zones.count, COUNT_OF(rows)); /* each was looked for once */
	assert_null(agenda_zones_find(&zones, "Mars/Olympus").tz);
	assert_null(agenda_zones_find(&zones, "UTC+30").tz);
	assert_null(agenda_zones_find(&zones, "MSK").tz);
	assert_null(agenda_zones_find(&zones, "La Paz").tz); /* in Bolivia and in Mexico */
	assert_null(agenda_zones_find(&zones, "(").tz);
	assert_null(agenda_zones_find(&zones, "").tz);
	agenda_zones_fini(&zones);
}

static void a_file_of_many_names(void **state) {
	(void)state;
	struct agenda_zones zones = {0};
	assert_non_null(agenda_zones_find(&zones, "Europe/Kyiv").tz);
	for (int i = 0; i < AGENDA_ZONES_MAX; i++) {
		char *name = xasprintf("no%d", i);
		assert_null(agenda_zones_find(&zones, name).tz);
		free(name);
	}
	assert_int_equal(zones.count, AGENDA_ZONES_MAX);
	assert_non_null(agenda_zones_find(&zones, "Europe/Kyiv").tz);
	assert_null(agenda_zones_find(&zones, "Europe/Warsaw").tz);
	agenda_zones_fini(&zones);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_by_name_only),
		cmocka_unit_test(as_people_write_them),
		cmocka_unit_test(a_file_of_many_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
