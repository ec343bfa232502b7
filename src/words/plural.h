/* The rule that gives a number its plural form, as .po headers write it: a C expression over n.
 * GNU gettext manual, "Additional functions for plural forms". */
#ifndef TURNOUT_WORDS_PLURAL_H
#define TURNOUT_WORDS_PLURAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define PLURAL_RULE_MAX 1000 /* bytes of a rule */

struct plural;

/* ERR_INPUT names the column. */
bool plural_parse(const char *rule, size_t n, struct plural **out, struct err *err) TURNOUT_MUST_CHECK;
void plural_free(struct plural *plural); /* NULL is fine */

/* The form of n. Division by zero gives 0. */
unsigned plural_form(const struct plural *plural, unsigned long n);

#endif
