/* What both of the hub's stores are tested with: each test runs on a folder and on PostgreSQL, which is started for it. */
#ifndef TURNOUT_TESTS_HUB_DB_SUITE_H
#define TURNOUT_TESTS_HUB_DB_SUITE_H

#include "hub/db.h"
#include "lib/meet.h"

struct pg_server; /* the tests' own PostgreSQL */

enum suite_store { SUITE_FOLDER = 1, SUITE_PG = 2, SUITE_BOTH = 3 };

struct suite {
	struct scratch *scratch;
	enum suite_store on;
	struct pg_server *server; /* SUITE_PG */
	char *place;              /* the folder, or the URL of a database of this test's own */
	struct hub_db db;
	struct key_pair hub; /* the key of the hub that the store is one of */
};

/* cmocka's set-up and tear-down; *state is a struct suite then. */
int suite_open(void **state);
int suite_close(void **state);
#define SUITE_TEST(f) cmocka_unit_test_setup_teardown(f, suite_open, suite_close)

/* Runs tests on the stores they are for; where PostgreSQL is not installed it says so and skips that part. Returns how many failed. */
struct suite_tests {
	const char *name;
	const struct CMUnitTest *tests;
	size_t count;
	enum suite_store on;
};
int suite_run(const struct suite_tests *suites, size_t count);

/* The same store again, as another hub opens it; for hub_db's close. */
bool suite_open_db(const struct suite *suite, struct hub_db *out, struct err *err);
/* The hub ends and starts again. */
void suite_restart(struct suite *suite);
/* PostgreSQL dies in the middle of whatever it does, and starts again. From any thread; false when it does not come back. */
bool suite_crash_server(const struct suite *suite);

/* The sample event (lib/event_sample.h) as the organiser's open file, its hub being the suite's, and known to the store. For store_close. */
struct store *suite_event(const struct suite *suite, const char *name);
/* Publishes a file's event. */
void suite_publish(const struct suite *suite, struct store *store);

/* An exchange with the store as a hub makes it: lent for each request. For any thread. */
bool suite_talk(const struct hub_db *db, const struct key_pair *hub, struct exchange *x, struct exchange_report *report, struct err *err);
/* The same for an open file; fails the test when it does not come to its end. */
void suite_sync(const struct suite *suite, struct store *store, struct exchange_report *report);
/* Lends the event, with the hub's key filled in; fails the test when it cannot. */
void suite_lend(const struct suite *suite, const struct hash *event, struct hub_loan *loan);
void suite_give_back(const struct suite *suite, struct hub_loan *loan);
/* What the store tells of itself about the one event that it holds. */
struct hub_figures suite_figures(const struct suite *suite);
/* The store holds what the file holds, and gives it back whole: a fresh file NAME filled from it is the same. */
void suite_assert_holds(const struct suite *suite, struct store *store, const char *name);
/* How many of the event's records in the store hold `text`. */
int64_t suite_bodies_like(const struct suite *suite, const struct hash *event, const char *text);

/* Runs `work` in so many threads that begin together; contexts[i] is the i-th. */
#define SUITE_THREADS_MAX 32
void suite_threads(size_t count, void *(*work)(void *context), void *contexts, size_t size);

#endif
