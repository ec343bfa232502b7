/* The fields of a person as options of a command: --organisation TEXT, … */
#ifndef TURNOUT_CLI_PERSON_FIELDS_H
#define TURNOUT_CLI_PERSON_FIELDS_H

#include "base/strbuf.h"
#include "cli/args.h"

/* The fields given as a JSON object: of an option that stands several times the last; "" clears. Values are checked as an import's are. `name`
 * is the field of that name, and may be NULL. */
bool person_fields_json(const struct args *args, const char *name, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
