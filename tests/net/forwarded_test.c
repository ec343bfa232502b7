/* Whom a proxy speaks for, and who only says so. */
#include "net/forwarded.h"

#include "lib/testing.h"

#include "base/alloc.h"

static const char *client_of(const char *peer, const char *plain, const char *pairs) {
	static char client[ADDRESS_TEXT_MAX];
	struct err err = {0};
	struct address_ranges proxies = {.count = 2};
	assert_ok(address_range_parse("127.0.0.1", &proxies.items[0], &err));
	assert_ok(address_range_parse("10.1.0.0/16", &proxies.items[1], &err));
	struct forwarded headers = {plain, pairs};
	forwarded_client(&proxies, peer, &headers, client);
	return client;
}

static void only_a_named_proxy_is_believed(void **state) {
	(void)state;
	assert_string_equal(client_of("127.0.0.1", "192.0.2.7", NULL), "192.0.2.7");
	assert_string_equal(client_of("127.0.0.2", "192.0.2.7", NULL), "127.0.0.2");
	assert_string_equal(client_of("127.0.0.2", NULL, "for=192.0.2.7"), "127.0.0.2");
	assert_string_equal(client_of("127.0.0.1", NULL, NULL), "127.0.0.1");
	assert_string_equal(client_of("127.0.0.1", "", ""), "127.0.0.1");
}

static void the_rightmost_that_is_no_proxy(void **state) {
	(void)state;
	static const struct {
		const char *header, *client;
	} cases[] = {
		{"198.51.100.1, 192.0.2.7", "192.0.2.7"},
		{"198.51.100.1 ,192.0.2.7,10.1.2.3", "192.0.2.7"},
		{"192.0.2.7, 10.1.2.3, 10.1.2.4 ", "192.0.2.7"},
		{"10.1.2.3, 10.1.2.4", "10.1.2.3"}, /* nobody behind them: the farthest proxy itself */
		{"192.0.2.7, unknown, 10.1.2.4", "10.1.2.4"},
		{"192.0.2.7, unknown", "127.0.0.1"},
		{"192.0.2.7,", "127.0.0.1"},
		{",", "127.0.0.1"},
		{"\", 192.0.2.7", "192.0.2.7"}, /* a client's open quote */
		{"\\, 192.0.2.7", "192.0.2.7"},
		{"192.0.2.7:4711", "192.0.2.7"},
		{"2001:DB8::7", "2001:db8::7"},
		{"[2001:db8::7]:4711", "2001:db8::7"},
		{"[2001:db8::7]", "2001:db8::7"},
		{"[2001:db8::7]x", "127.0.0.1"},
		{"[2001:db8::7", "127.0.0.1"},
		{"::ffff:192.0.2.7", "192.0.2.7"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_string_equal(client_of("127.0.0.1", cases[i].header, NULL), cases[i].client);
	}
}

/* RFC 7239, 4: the examples of the text, and what is near them. */
static void forwarded_pairs(void **state) {
	(void)state;
	static const struct {
		const char *header, *client;
	} cases[] = {
		{"For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"},
		{"for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"},
		{"proto=http; for=\"192.0.2.60:80\"", "192.0.2.60"},
		{"for=192.0.2.43, for=198.51.100.17", "198.51.100.17"},
		{"for=198.51.100.17, for=10.1.0.9;by=\"a,b;c\"", "198.51.100.17"},
		{"for=\"_gazonk\"", "127.0.0.1"},
		{"for=_hidden, for=_SEVKISEK", "127.0.0.1"},
		{"for=unknown", "127.0.0.1"},
		{"for=", "127.0.0.1"},
		{"for", "127.0.0.1"},
		{"by=192.0.2.1", "127.0.0.1"},
		{"for=\"192.0.2.9, for=198.51.100.17", "198.51.100.17"},
		{"by=\"for=192.0.2.9\";for=198.51.100.17", "198.51.100.17"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_string_equal(client_of("127.0.0.1", NULL, cases[i].header), cases[i].client);
	}
}

/* A proxy that writes one of the two lets the other one through as the client made it up. */
static void headers_that_differ_are_not_believed(void **state) {
	(void)state;
	assert_string_equal(client_of("127.0.0.1", "192.0.2.7", "for=192.0.2.7"), "192.0.2.7");
	assert_string_equal(client_of("127.0.0.1", "192.0.2.7", "for=192.0.2.8"), "127.0.0.1");
	assert_string_equal(client_of("127.0.0.1", "192.0.2.7", "for=unknown"), "127.0.0.1");
}

static void what_is_long_ends(void **state) {
	(void)state;
	enum { LONG = 27000 };
	char *header = xcalloc(1, LONG + 1);
	memset(header, ',', LONG);
	assert_string_equal(client_of("127.0.0.1", header, NULL), "127.0.0.1");
	memset(header, '1', LONG);
	assert_string_equal(client_of("127.0.0.1", header, header), "127.0.0.1");
	for (size_t i = 0; i + 9 <= LONG; i += 9) {
		memcpy(header + i, "10.1.1.1,", 9);
	}
	memcpy(header + LONG - 9, "10.1.1.1 ", 9);
	header[LONG / 2] = 'x';
	assert_string_equal(client_of("127.0.0.1", header, NULL), "10.1.1.1");
	free(header);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(only_a_named_proxy_is_believed),
					   cmocka_unit_test(the_rightmost_that_is_no_proxy), cmocka_unit_test(forwarded_pairs),
					   cmocka_unit_test(headers_that_differ_are_not_believed), cmocka_unit_test(what_is_long_ends)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
