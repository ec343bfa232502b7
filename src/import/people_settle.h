/* Doubts of imports, whether a row is somebody who is there already: kept until somebody settles them (people_apply.h). */
#ifndef TURNOUT_IMPORT_PEOPLE_SETTLE_H
#define TURNOUT_IMPORT_PEOPLE_SETTLE_H

#include "import/people_matcher.h"
#include "import/source_memory.h"
#include "store/store.h"

struct people_doubt {
	size_t line;                /* of the row; 0: it was an earlier import's, and the file has it no more */
	char id[PERSON_ID_LEN + 1]; /* whom the row stands for */
	char like_id[PERSON_ID_LEN + 1];
	char *name, *like; /* "like" with the organisation or community, as far as it is known */
};

struct people_doubts {
	struct people_doubt *items;
	size_t count, cap;
};
void people_doubts_fini(struct people_doubts *doubts);

struct settling {
	const struct people *people;
	const struct known_people *known;
	const struct match *match;
	struct source_memory *memory;
};

/* Joins whom earlier imports added and were not sure of with whom they are like, and forgets those doubts. Counts those joined. */
bool people_join_doubts(struct store *store, struct source_memory *memory, size_t *joined, struct err *err) TURNOUT_MUST_CHECK;
/* Puts the doubts of this import to those that are remembered, drops those that are settled (`all_settled`: all), and lists what is left. */
void people_list_doubts(const struct settling *settling, bool all_settled, struct people_doubts *out);

#endif
