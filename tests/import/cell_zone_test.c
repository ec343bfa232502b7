#include "import/cell_zone.h"

#include "lib/testing.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

/* What stands before the zone, and the zone; NULL: the text names none and is left as it is. */
static void cuts(const char *cell, const char *head, const char *zone) {
	char name[CELL_ZONE_MAX] = "";
	char *text = xstrdup(cell);
	bool cut = cell_zone_cut(text, name);
	if (cut != (zone != NULL) || !str_eq(text, zone != NULL ? head : cell) || (cut && !str_eq(name, zone))) {
		print_error("\"%s\" is \"%s\" in \"%s\"\n", cell, text, name);
		fail();
	}
	free(text);
}

static void zones_behind_a_time(void **state) {
	(void)state;
	static const struct {
		const char *cell, *head, *zone;
	} rows[] = {
		{"10:00 UTC", "10:00", "UTC"},
		{"10:00utc", "10:00", "utc"},
		{"2026-05-14 10:00 GMT", "2026-05-14 10:00", "GMT"},
		{"2026-05-14T07:00:00Z", "2026-05-14T07:00:00", "Z"},
		{"2026-05-14T07:00:00.000Z", "2026-05-14T07:00:00.000", "Z"},
		{"10:00 UTC+3", "10:00", "UTC+3"},
		{"10:00 UTC −4", "10:00", "UTC −4"},
		{"10:00 GMT-0400", "10:00", "GMT-0400"},
		{"10:00 (UTC)", "10:00", "UTC"},
		{"10:00-11:00 (UTC+3)", "10:00-11:00", "UTC+3"},
		{"10:00-11:00 UTC", "10:00-11:00", "UTC"},
		{"10:00 +03:00", "10:00", "+03:00"},
		{"10:00+0300", "10:00", "+0300"},
		{"2026-05-14 10:00:00+03", "2026-05-14 10:00:00", "+03"},
		{"2026-05-14T10:00-04:00", "2026-05-14T10:00", "-04:00"},
		{"2026-05-14T10:00:00-0400", "2026-05-14T10:00:00", "-0400"},
		{"2026-05-14 10:00:00-04:00", "2026-05-14 10:00:00", "-04:00"},
		{"14.05.2026 10:00 -0400", "14.05.2026 10:00", "-0400"},
		{"2026-05-14 10:00-04:00", "2026-05-14 10:00", "-04:00"}, /* a range would take 18 hours */
		{"10:00 Europe/Kyiv", "10:00", "Europe/Kyiv"},
		{"10:00 (Europe/Kyiv)", "10:00", "Europe/Kyiv"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		cuts(rows[i].cell, rows[i].head, rows[i].zone);
	}
}

static void what_is_no_zone(void **state) {
	(void)state;
	static const char *const rows[] = {"",
					   "Z",
					   "UTC",
					   "10:00",
					   "10:00-11:30",
					   "10:00 - 11:30",
					   "2026-05-14",
					   "2026-05-14 10:00-11:30",
					   "2026-05-14 22:00-02:00",
					   "2026-05-14T10:00",
					   "14-05-2026",
					   "10:00-1130",
					   "10:00 CET",
					   "10:00 EST",
					   "10:00 (CET)",
					   "10:00 +1",
					   "05/14/2026 10:00",
					   "10:00 05/14/2026",
					   "10:00 (online)",
					   "-",
					   "+",
					   "(",
					   ")",
					   "+03:00"};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		cuts(rows[i], NULL, NULL);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_behind_a_time),
		cmocka_unit_test(what_is_no_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
