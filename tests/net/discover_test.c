/* What needs no network; tests/e2e/discover.sh has two machines and a cable. */
#include "net/discover.h"

#include "lib/testing.h"

#include "base/alloc.h"

static void names_that_may_not_be_announced(void **state) {
	(void)state;
	static const struct {
		const char *event, *station;
	} wrong[] = {{"", "s"},
		     {"e", ""},
		     {"e", "Olena's"},
		     {"e", "ü"},
		     {"a b", "s"},
		     {"a=b", "s"},
		     {"e", "line\nbreak"},
		     {"e", "1234567890123456789012345678901234567890123456789012345678901234"}};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err err = {0};
		struct discover *d;
		struct discover_options options = {.event = wrong[i].event, .station = wrong[i].station, .port = 1};
		assert_false(discover_open(&options, &d, &err));
		assert_int_equal(err.kind, ERR_USAGE);
	}
}

static void without_a_bus(void **state) {
	(void)state;
	struct err err = {0};
	struct discover *d;
	struct discover_peer peers[2];
	setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
	struct discover_options options = {.event = "e", .station = "123456789012345678901234567890123456789012345678901234567890123"};
	for (int i = 0; i < 20; i++) { /* opening and closing at any moment */
		assert_ok(discover_open(&options, &d, &err));
		assert_int_equal(discover_state(d), DISCOVER_OFF);
		assert_int_equal(discover_peers(d, peers, 2), 0);
		discover_close(d);
	}
	discover_close(NULL);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(names_that_may_not_be_announced), cmocka_unit_test(without_a_bus)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
