/* Who is let in, who is sent away, who is not even heard. */
#include "net/doorkeeper.h"

#include "lib/testing.h"

#include <stdio.h>

#include "base/alloc.h"

enum { ALL = 40, ONE = 8 };

struct crowd {
	struct doorkeeper *d;
	struct doorkeeper_group *in[2 * ALL];
	size_t count;
};

/* Lets in as many of n as are let in; returns how many of them were to be sent away. */
static size_t come(struct crowd *c, const char *address, size_t n) {
	size_t sent_away = 0;
	for (size_t i = 0; i < n && doorkeeper_admits(c->d, address); i++) {
		bool over;
		c->in[c->count++] = doorkeeper_enter(c->d, address, &over);
		sent_away += over;
	}
	return sent_away;
}

static void go(struct crowd *c, size_t n) {
	while (n-- > 0) {
		doorkeeper_leave(c->d, c->in[--c->count]);
	}
}

static void open_with(struct crowd *c, const struct address_ranges *proxies) {
	*c = (struct crowd){.d = doorkeeper_open(&(struct doorkeeper_options){ALL, ONE, proxies})};
}

static void of_one_address(void **state) {
	(void)state;
	struct crowd c;
	struct address_ranges none = {.count = 0};
	open_with(&c, &none);
	assert_int_equal(come(&c, "192.0.2.1", ONE), 0);
	assert_int_equal(come(&c, "192.0.2.1", ONE), DOORKEEPER_SPARE(ONE)); /* and no more came in */
	assert_int_equal(c.count, ONE + DOORKEEPER_SPARE(ONE));
	assert_int_equal(come(&c, "192.0.2.2", 1), 0); /* another does not feel it */
	go(&c, DOORKEEPER_SPARE(ONE) + 2);
	assert_int_equal(come(&c, "192.0.2.1", 1), 0);
	assert_int_equal(come(&c, "192.0.2.1", 1), 1);
	go(&c, c.count);
	doorkeeper_close(c.d);
}

static void a_network_of_ipv6_is_one(void **state) {
	(void)state;
	struct crowd c;
	struct address_ranges none = {.count = 0};
	open_with(&c, &none);
	size_t sent_away = 0;
	for (int i = 0; i < ONE + 2; i++) {
		char address[ADDRESS_TEXT_MAX];
		snprintf(address, sizeof address, "2001:db8::%x", i + 1);
		sent_away += come(&c, address, 1);
	}
	assert_int_equal(sent_away, 2);
	assert_int_equal(come(&c, "2001:db8:0:1::1", 1), 0);
	go(&c, c.count);
	doorkeeper_close(c.d);
}

static void in_all_and_behind_a_proxy(void **state) {
	(void)state;
	struct crowd c;
	struct err err = {0};
	struct address_ranges proxies = {.count = 1};
	assert_ok(address_range_parse("10.0.0.0/8", &proxies.items[0], &err));
	open_with(&c, &proxies);
	assert_int_equal(come(&c, "10.1.2.3", ALL), 0);
	assert_int_equal(come(&c, "192.0.2.1", 1), 1);
	assert_int_equal(come(&c, "10.1.2.3", ALL), DOORKEEPER_SPARE(ALL) - 1);
	assert_false(doorkeeper_admits(c.d, "192.0.2.3"));
	go(&c, c.count);
	assert_true(doorkeeper_admits(c.d, "192.0.2.3"));
	doorkeeper_close(c.d);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(of_one_address), cmocka_unit_test(a_network_of_ipv6_is_one),
					   cmocka_unit_test(in_all_and_behind_a_proxy)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
