#include "import/zone_names.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"

static void is(const char *name, const char *zone) {
	const char *got = zone_of_windows(name);
	if (!str_eq(got, zone)) {
		print_error("\"%s\" is %s\n", name, str_or_empty(got));
		fail();
	}
}

static void windows_names(void **state) {
	(void)state;
	is("FLE Standard Time", "Europe/Kyiv");
	is("Pacific Standard Time (Mexico)", "America/Tijuana");
	is("UTC", "UTC");
	is("Standard Time", NULL);
	is("", NULL);
}

/* Editions differ by a place, in order and in spelling; what fits two zones as well, or none, is none. */
static void display_names(void **state) {
	(void)state;
	is("(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius", "Europe/Kyiv");
	is("(GMT+02:00) Helsinki, Kiev, Riga, Sofia, Tallinn", "Europe/Kyiv");
	is("(UTC+02:00) Вильнюс, Киев, Рига, София, Таллин, Хельсинки", "Europe/Kyiv");
	is("(UTC+03:00) Moscow, St. Petersburg, Volgograd", "Europe/Moscow");
	is("(UTC-07:00) Chihuahua, La Paz, Mazatlan", "America/Mazatlan");
	is("(UTC-04:00) La Paz", NULL);
	is("(UTC) Coordinated Universal Time", "UTC");
	is("(UTC+12:00) Coordinated Universal Time+12", "Etc/GMT-12");
	is("(UTC+02:00) Atlantis", NULL);
	is("(UTC+02:00)", NULL);
	is("Helsinki, Kyiv", NULL);
}

static void renamed_zones(void **state) {
	(void)state;
	assert_string_equal(zone_renamed("Europe/Kiev"), "Europe/Kyiv");
	assert_string_equal(zone_renamed("Europe/Kyiv"), "Europe/Kiev");
	assert_null(zone_renamed("Europe/Paris"));
}

/* Each that a table names is one of the system's. */
static void the_zones_are_there(void **state) {
	(void)state;
	static const char *const names[] = {
		"AUS Central Standard Time", "Central America Standard Time", "India Standard Time",        "Nepal Standard Time",
		"Yukon Standard Time",       "Qyzylorda Standard Time",       "Line Islands Standard Time", "UTC-02"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct err err = {0};
		assert_non_null(zone_of_windows(names[i]));
		struct tz *tz = tz_open(zone_of_windows(names[i]), &err);
		assert_non_null(tz);
		tz_close(tz);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_names),
		cmocka_unit_test(display_names),
		cmocka_unit_test(renamed_zones),
		cmocka_unit_test(the_zones_are_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
