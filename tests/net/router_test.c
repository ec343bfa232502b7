#include "net/router.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

struct seen {
	const char *who;
	char values[ROUTE_VALUES_MAX][32];
	size_t count;
};

static void note(void *context, const struct route_values *values, const char *who) {
	struct seen *seen = context;
	seen->who = who;
	seen->count = values->count;
	for (size_t i = 0; i < values->count; i++) {
		snprintf(seen->values[i], sizeof seen->values[i], "%.*s", (int)values->items[i].n, values->items[i].text);
	}
}

#define HANDLER(name)                                                                                          \
	static void name(void *context, const struct http_request *request, const struct route_values *values, \
			 struct http_answer *answer) {                                                         \
		(void)request, (void)answer;                                                                   \
		note(context, values, #name);                                                                  \
	}
HANDLER(list)
HANDLER(add)
HANDLER(one)
HANDLER(deep)
HANDLER(anything)

static const struct route routes[] = {
	{"GET", "/events", list, "read or add"}, {"POST", "/events", add, "read or add"},          {"GET", "/events", list, "read or add"},
	{"GET", "/events/*", one, "only read"},  {"GET", "/events/*/people/*", deep, "only read"}, {NULL, "/any", anything, NULL},
};
static const struct router router = {routes, COUNT_OF(routes), "there is nothing"};

static struct seen ask(const char *method, const char *path, struct http_answer *answer) {
	struct seen seen = {.who = NULL};
	struct http_request request = {.method = method, .path = path, .query = ""};
	*answer = (struct http_answer){0};
	router_serve(&router, &seen, &request, answer);
	return seen;
}

static void a_row_for_each(void **state) {
	(void)state;
	static const struct {
		const char *method, *path, *who, *first, *second;
	} known[] = {
		{"GET", "/events", "list", NULL, NULL},   {"HEAD", "/events", "list", NULL, NULL},
		{"POST", "/events", "add", NULL, NULL},   {"GET", "/events/7f3k", "one", "7f3k", NULL},
		{"GET", "/events/*", "one", "*", NULL},   {"GET", "/events/a/people/Олена", "deep", "a", "Олена"},
		{"BREW", "/any", "anything", NULL, NULL},
	};
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		struct http_answer answer;
		struct seen seen = ask(known[i].method, known[i].path, &answer);
		assert_string_equal(seen.who, known[i].who);
		assert_int_equal(seen.count, (known[i].first != NULL) + (known[i].second != NULL));
		assert_true(known[i].first == NULL || str_eq(seen.values[0], known[i].first));
		assert_true(known[i].second == NULL || str_eq(seen.values[1], known[i].second));
		strbuf_fini(&answer.body);
	}
}

static void nothing_is_there(void **state) {
	(void)state;
	static const char *const paths[] = {"",  "/",           "/event",    "/eventsx",          "/events/",
					    "*", "/events/a/b", "/events//", "/events/a/people/", "/events/a/people/b/c"};
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		struct http_answer answer;
		assert_null(ask("GET", paths[i], &answer).who);
		assert_int_equal(answer.status, 404);
		assert_string_equal(strbuf_str(&answer.body), "there is nothing\n");
		assert_int_equal(answer.header_count, 0);
		strbuf_fini(&answer.body);
	}
}

static void the_method_is_another(void **state) {
	(void)state;
	static const struct {
		const char *method, *path, *allow, *says;
	} known[] = {{"DELETE", "/events", "GET, HEAD, POST", "read or add\n"},
		     {"POST", "/events/a", "GET, HEAD", "only read\n"},
		     {"get", "/events/a", "GET, HEAD", "only read\n"}};
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		struct http_answer answer;
		assert_null(ask(known[i].method, known[i].path, &answer).who);
		assert_int_equal(answer.status, 405);
		assert_int_equal(answer.header_count, 1);
		assert_string_equal(answer.headers[0].name, "Allow");
		assert_string_equal(answer.headers[0].value, known[i].allow);
		assert_string_equal(strbuf_str(&answer.body), known[i].says);
		strbuf_fini(&answer.body);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_row_for_each), cmocka_unit_test(nothing_is_there),
					   cmocka_unit_test(the_method_is_another)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
