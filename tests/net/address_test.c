/* Who is counted with whom, and which addresses a range holds. */
#include "net/address.h"

#include "lib/testing.h"

#include "base/alloc.h"

static void groups(void **state) {
	(void)state;
	static const struct {
		const char *address, *group;
	} cases[] = {
		{"192.0.2.1", "192.0.2.1"},
		{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{"2001:db8:1:2::", "2001:db8:1:2::/64"},
		{"2001:db8:1:3::1", "2001:db8:1:3::/64"},
		{"::1", "::/64"},
		{"fe80::1%eth0", "fe80::1%eth0"}, /* neighbours, each with one of their own */
		{"fe80::2", "fe80::2"},
		{"", ""},
		{"nobody", "nobody"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char group[ADDRESS_TEXT_MAX];
		address_group(cases[i].address, group);
		assert_string_equal(group, cases[i].group);
	}
}

static void one_spelling(void **state) {
	(void)state;
	char text[ADDRESS_TEXT_MAX];
	assert_true(address_normal("2001:0DB8:0:0::0001", text));
	assert_string_equal(text, "2001:db8::1");
	assert_true(address_normal("::ffff:192.0.2.7", text));
	assert_string_equal(text, "192.0.2.7");
	static const char *const wrong[] = {"", "unknown", "192.0.2", "192.0.2.1 ", "192.0.2.1:80", "fe80::1%eth0", "[::1]"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(address_normal(wrong[i], text));
	}
}

static bool in(const char *range, const char *address) {
	struct err err = {0};
	struct address_ranges ranges = {.count = 2};
	assert_ok(address_range_parse("198.51.100.7", &ranges.items[0], &err));
	assert_ok(address_range_parse(range, &ranges.items[1], &err));
	return address_ranges_hold(&ranges, address);
}

static void ranges(void **state) {
	(void)state;
	assert_true(in("10.0.0.0/8", "10.255.3.4"));
	assert_false(in("10.0.0.0/8", "11.0.0.0"));
	assert_true(in("10.0.0.5/31", "10.0.0.4"));
	assert_false(in("10.0.0.5/31", "10.0.0.6"));
	assert_true(in("127.0.0.1", "127.0.0.1"));
	assert_false(in("127.0.0.1", "127.0.0.2"));
	assert_true(in("::ffff:127.0.0.1", "127.0.0.1"));
	assert_true(in("2001:db8::/33", "2001:db8:7fff::1"));
	assert_false(in("2001:db8::/33", "2001:db8:8000::1"));
	assert_true(in("::1", "::1"));
	assert_true(in("::1", "198.51.100.7"));
	assert_false(in("::1", ""));
	assert_false(in("::1", "nobody"));
	assert_false(address_ranges_hold(&(struct address_ranges){.count = 0}, "::1"));
}

static void what_is_no_range_is_told(void **state) {
	(void)state;
	static const char *const wrong[] = {"",     "proxy.example", "10.0.0.0/0", "10.0.0.0/33", "10.0.0.0/",   "10.0.0.0/8x", "10.0.0/8",
					    "::/0", "::1/129",       "::1/+4",     "/8",          "10.0.0.0/-1", "10.0.0.1:80"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err err = {0};
		struct address_range range;
		if (address_range_parse(wrong[i], &range, &err)) {
			fail_msg("\"%s\" was taken", wrong[i]);
		}
		assert_int_equal(err.kind, ERR_USAGE);
		assert_holds(err.text, wrong[i]);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(groups), cmocka_unit_test(one_spelling), cmocka_unit_test(ranges),
					   cmocka_unit_test(what_is_no_range_is_told)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
