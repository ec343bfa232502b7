/* What somebody may mean who begins to type a community, a region, an organisation: those that are known already, from imported places and from the roster.
 *
 * They are read once and kept until they are old, so that a keystroke asks no file. For one thread. */
#ifndef TURNOUT_STORE_READ_SUGGEST_H
#define TURNOUT_STORE_READ_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "event/person.h"

struct store;
struct suggester;

#define SUGGEST_MAX 8
#define SUGGEST_TEXT_MAX 256 /* bytes; a longer one is not suggested */

struct suggestion {
	char text[SUGGEST_TEXT_MAX];
	char district[SUGGEST_TEXT_MAX], region[SUGGEST_TEXT_MAX]; /* of a place, where it is known: namesakes are told apart by them. "" */
	char community[SUGGEST_TEXT_MAX];                          /* of a settlement */
};

/* Fields of people's that are suggested: community, district, region, settlement, organisation. */
bool suggest_has(enum person_field field);

struct given_names;
struct suggester *suggester_open(struct store *store, const struct given_names *given); /* both must outlive it */
void suggester_close(struct suggester *suggester);                                      /* NULL is fine */

/* Whatever has words that begin like all those that were typed: what is just that first, then what begins like the whole, then what more people have. Where there is none, also what sounds so,
 * or was typed in another layout (event/name_match.h). */
struct suggestions {
	struct suggestion items[SUGGEST_MAX];
	size_t count;
};
bool suggester_find(struct suggester *suggester, enum person_field field, const char *typed, struct suggestions *out,
		    struct err *err) TURNOUT_MUST_CHECK;

#endif
