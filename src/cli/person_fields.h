/* The fields of a person as options of a command: --organisation TEXT, … */
#ifndef TURNOUT_CLI_PERSON_FIELDS_H
#define TURNOUT_CLI_PERSON_FIELDS_H

#include "base/strbuf.h"
#include "cli/args.h"
#include "event/person.h"

/* What both a person on the roster and a walk-in may have: all but the name and the code, which a walk-in gets. */
#define PERSON_FIELD_OPTIONS                                                                                                             \
	{"name_latin", 0, "TEXT", "in Latin letters"}, {"name_certificate", 0, "TEXT", "as it stands on a certificate"},                 \
		{"position", 0, "TEXT", "what they do"}, {"organisation", 0, "TEXT", "where they do it"},                                \
		{"community", 0, "TEXT", "hromada"}, {"district", 0, "TEXT", "raion"}, {"region", 0, "TEXT", "oblast"},                  \
		{"settlement", 0, "TEXT", "town or village"}, {"category", 0, "TEXT", "gives the badge its colour"},                     \
		{"sex", 0, "TEXT", "f, m or x"}, {"birth_year", 0, "TEXT", "1984"}, {"phone", 0, "TEXT", "as it is written, +380 67 …"}, \
		{"email", 0, "TEXT", "one address"}, {"language", 0, "TEXT", "two letters: uk, en, or its name"},                        \
		{"photo_consent", 0, "TEXT", "yes or no"}, {"note", 0, "TEXT", "for staff"},                                             \
		{"registration", 0, "TEXT", "confirmed, or what keeps them out: pending, waiting, declined, cancelled"}, {               \
		"custom", 0, "NAME=TEXT", "a column of your own; may be given several times"                                             \
	}

/* The fields given as a JSON object: of an option that stands several times the last; "" clears. Values are checked as an import's are. `name`
 * is the field of that name, and may be NULL. */
bool person_fields_json(const struct args *args, const char *name, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
