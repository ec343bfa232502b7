/* All of the roster and all that imports ever said, for an import that compares a file with everything at once. They write nothing. */
#ifndef TURNOUT_STORE_READ_ROSTER_H
#define TURNOUT_STORE_READ_ROSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/json.h"

struct store;

/* Everyone, those removed and those joined into others too, by id. Texts are good during the call. */
struct roster_row {
	const char *id;
	const char *name;
	const char *fields; /* JSON object of the other standard fields */
	const char *custom; /* JSON object of the organiser's own columns */
	const char *code;   /* NULL: none */
	bool removed;
};
typedef bool roster_each_fn(void *context, const struct roster_row *row, struct err *err);
bool roster_each(struct store *store, roster_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* Everyone who was joined into somebody, and who that is in the end. */
typedef bool joined_each_fn(void *context, const char *person, const char *into, struct err *err);
bool joined_each(struct store *store, joined_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* Every edit that an import wrote and the views count, log by log in their order. */
struct said {
	const char *id; /* of the person or session */
	const char *source;
	const struct json *set; /* field -> value */
	int64_t log, seq;       /* the log as this file numbers it */
	struct utc_ms utc;      /* as the author's clock said */
};
enum said_kind { SAID_PERSON, SAID_SESSION };
typedef bool said_each_fn(void *context, const struct said *said, struct err *err);
bool said_each(struct store *store, enum said_kind kind, said_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
