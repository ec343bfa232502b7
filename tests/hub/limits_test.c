/* Connections and databases share the files that a process may open. */
#include "hub/limits.h"

#include "lib/testing.h"

#include <sys/resource.h>

#include "base/alloc.h"
#include "hub/db_files.h"
#include "net/http_server.h"

static void what_the_limit_leaves(void **state) {
	(void)state;
	assert_int_equal(hub_connections(RLIM_INFINITY, 8), HUB_CONNECTIONS);
	assert_int_equal(hub_connections(1 << 20, 64), HUB_CONNECTIONS);
	assert_int_equal(hub_connections(0, 1), 0);
	assert_int_equal(hub_connections(256, 8), 0);
	static const unsigned threads[] = {1, 8, 64};
	for (size_t t = 0; t < COUNT_OF(threads); t++) {
		unsigned before = 0;
		for (uint64_t files = 0; files < 4096; files += 7) {
			unsigned n = hub_connections(files, threads[t]);
			assert_true(n >= before && n <= HUB_CONNECTIONS);
			/* Every event that is held open has its file, log, index and lock beside them. */
			assert_true(n == 0 || http_server_sockets(n, threads[t]) + 4 * HUB_OPEN_MAX < files);
			before = n;
		}
		assert_true(hub_connections(1024, threads[t]) > 0); /* what a process may by default */
	}
}

static void the_limit_is_raised_as_far_as_it_may(void **state) {
	(void)state;
	struct err err = {0};
	struct rlimit limit;
	unsigned connections = 0;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = 500;
	limit.rlim_max = limit.rlim_max < 1000 ? limit.rlim_max : 1000; /* for good: this test's process is its own */
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_ok(hub_limits(8, &connections, &err));
	assert_int_equal(connections, hub_connections(limit.rlim_max, 8));
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_int_equal(limit.rlim_cur, limit.rlim_max);
	limit.rlim_cur = limit.rlim_max = 200;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_false(hub_limits(8, &connections, &err));
	assert_holds(err.text, "LimitNOFILE");
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_the_limit_leaves), cmocka_unit_test(the_limit_is_raised_as_far_as_it_may)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
