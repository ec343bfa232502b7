/* Conditions: whom a rule or a point is for. "category=speaker,press": whose field has one of these values, by folded text; "meal": whose field says something
 * that is no "no"; "category!=guest": everybody else. Several, separated by ";", must all hold. Of somebody of whom nothing is known a condition holds never.
 * Pure. */
#ifndef TURNOUT_EVENT_CONDITION_H
#define TURNOUT_EVENT_CONDITION_H

#include <stdbool.h>

#include "base/err.h"
#include "event/person.h"

#define CONDITION_MAX 400 /* bytes */

/* ERR_USAGE says what it should look like. "" is fine: it holds for everybody. */
bool condition_check(const char *text, struct err *err) TURNOUT_MUST_CHECK;
/* `person` NULL: nothing is known of them. What is no condition holds for nobody. */
bool condition_holds(const char *text, const struct person *person);

/* One part after the other, for words: starts with *cursor as the text. False at the end. Pieces are not terminated. */
struct condition_part {
	const char *key;
	int key_len;
	bool has_values, negated;
	const char *values; /* separated by "," */
	int values_len;
};
bool condition_next(const char **cursor, struct condition_part *out);

#endif
