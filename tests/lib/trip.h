/* A stick that travels between two boxes. */
#ifndef TURNOUT_TESTS_LIB_TRIP_H
#define TURNOUT_TESTS_LIB_TRIP_H

#include "lib/meet.h"

#include "sync/stick.h"

/* Two boxes of the sample event, and a stick. */
struct trip {
	struct scratch *s;
	struct store *laptop, *box;
	char *stick;
	char *folder; /* of the event on the stick */
};

/* cmocka's set-up and tear-down; *state is a struct trip. */
int trip_open(void **state);
int trip_close(void **state);
#define TRIP(f) cmocka_unit_test_setup_teardown(f, trip_open, trip_close)

bool trip_try(struct store *store, const char *folder, struct stick_report *report, struct err *err);
struct stick_report trip_visit(struct store *store, const char *folder); /* fails the test when it fails */

/* The path of a log's file on the stick, for free(). */
char *trip_log_file(const struct trip *t, const struct public_key *author);
void trip_read(const char *path, struct strbuf *out);
void trip_write(const char *path, const void *data, size_t n);

/* The laptop has whatever the stick has, and the other way round. */
void trip_assert_carries_all(const struct trip *t, const char *name);

#endif
