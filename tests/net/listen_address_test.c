/* Where a server listens, as people write it. */
#include "net/listen_address.h"

#include "lib/testing.h"

#include "base/alloc.h"

static void right(const char *text, const char *address, unsigned port, const char *url) {
	struct err err = {0};
	struct listen_address at;
	char said[LISTEN_URL_MAX];
	assert_ok(listen_address_parse(text, &at, &err));
	assert_string_equal(at.address, address);
	assert_int_equal(at.port, port);
	listen_address_url(&at, "http", said);
	assert_string_equal(said, url);
}

static void addresses(void **state) {
	(void)state;
	right("127.0.0.1:8080", "127.0.0.1", 8080, "http://127.0.0.1:8080");
	right("0.0.0.0:0", "0.0.0.0", 0, "http://0.0.0.0:0");
	right("[::1]:65535", "::1", 65535, "http://[::1]:65535");
	right("[fe80::1%eth0]:80", "fe80::1%eth0", 80, "http://[fe80::1%eth0]:80");
	right(":8080", "::", 8080, "http://[::]:8080");
}

static void what_is_none_is_told(void **state) {
	static const char *const wrong[] = {
		"",       "8080",    "127.0.0.1",     "127.0.0.1:",    "127.0.0.1:65536", "127.0.0.1:-1",   "127.0.0.1:+80",
		"::1:80", "[::1:80", "::1]:80",       "[]:80",         "[::1]80",         "[127.0.0.1]:80", "[abc:80",
		"a]:80",  "a:1:2",   "127.0.0.1:80 ", "127.0.0.1:0x1f"};
	char longer[LISTEN_ADDRESS_MAX + 10];
	struct err err = {0};
	struct listen_address at;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		if (listen_address_parse(wrong[i], &at, &err)) {
			fail_msg("\"%s\" was taken", wrong[i]);
		}
		assert_int_equal(err.kind, ERR_USAGE);
		assert_holds(err.text, wrong[i]);
	}
	memset(longer, '1', sizeof longer);
	memcpy(longer + sizeof longer - 4, ":80", 4);
	assert_false(listen_address_parse(longer, &at, &err));
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(addresses), cmocka_unit_test(what_is_none_is_told)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
