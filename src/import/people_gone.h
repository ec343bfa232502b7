/* Who stood in a list when it was imported before, and stands in it no more. An import removes nobody; the organiser should know. */
#ifndef TURNOUT_IMPORT_PEOPLE_GONE_H
#define TURNOUT_IMPORT_PEOPLE_GONE_H

#include "import/people_matcher.h"
#include "import/people_settle.h"

#define PEOPLE_GONE_LISTED 1000 /* further ones are only counted */

struct gone_person {
	char id[PERSON_ID_LEN + 1];
	char *name; /* and what tells them from their namesakes */
};

struct people_gone {               /* a zeroed struct is nobody */
	struct gone_person *items; /* by name */
	size_t count, cap;
	size_t total;
};
void people_gone_fini(struct people_gone *gone);

/* Those of whom this source said something, who are on the roster and have no row. Whoever a row may be is a doubt, and not told twice. */
void people_list_gone(const struct known_people *known, const struct match *match, const struct people_doubts *doubts,
		      struct people_gone *out);

#endif
