/* What the matching of people (people_match.h) works on and comes to; and its first step, which gathers the file's rows into people. */
#ifndef TURNOUT_IMPORT_PEOPLE_MATCHER_H
#define TURNOUT_IMPORT_PEOPLE_MATCHER_H

#include "base/crypto.h"
#include "base/mapstr.h"
#include "base/strbuf.h"
#include "import/people.h"
#include "import/people_correct.h"
#include "import/people_known.h"
#include "import/people_traits.h"

#define MATCH_NONE SIZE_MAX

struct match_person {
	char id[PERSON_ID_LEN + 1];
	size_t known;     /* index among the known, or MATCH_NONE: a new person */
	size_t first_row; /* the file's rows of this person, by `next` */
	bool by_id;       /* the row names them by the id that they have on this roster */
};

/* A row whose code is somebody's whom others brought, and who has another name: the row goes without it. */
struct match_stranger {
	size_t row, known;
};

/* A row that may be somebody who is on the roster already: for people to settle. */
struct match_doubt {
	size_t row, known;
	char id[PERSON_ID_LEN + 1]; /* of whom the row stands for */
};

struct match {
	struct match_person *items;
	size_t count, cap;
	struct {
		struct match_stranger *items; /* by row */
		size_t count, cap;
	} strangers;
	struct {
		struct match_doubt *items; /* by row */
		size_t count, cap;
	} doubts;
	size_t *next;    /* by row: the person's next row, or MATCH_NONE */
	size_t repeated; /* rows that are not their person's first */
};

struct match_input {
	const struct hash *event;
	const struct people *people;
	struct known_people *known;
	const char *key; /* header of the key column; NULL: none */
	bool same;       /* a doubt about one row and one person is none: they are the same */
};

/* --- at work --- */

struct row {
	struct traits traits;
	size_t nth;    /* such row of its group, from 1, rows of the same person counted once; 0: not that person's first */
	size_t person; /* index in the result */
};

struct namesake { /* people of the roster in one group, as a list */
	size_t known, next;
};

struct group {
	size_t first, last; /* namesakes; those before `first` all have their rows */
};

struct matcher {
	const struct match_input *in;
	struct match *out;
	struct row *rows;
	struct traits_maker maker;
	struct mapstr keys;     /* of the roster -> index + 1 */
	struct mapstr group_of; /* of the roster -> index in groups + 1 */
	struct mapstr in_file;  /* key -> index in out + 1 */
	struct {
		struct namesake *items;
		size_t count, cap;
	} namesakes;
	struct {
		struct group *items;
		size_t count, cap;
	} groups;
	struct traits *have; /* by person in out: what its rows say, the first that says it */
	size_t have_cap;
	size_t *person_of; /* by known: index in out, or MATCH_NONE */
	size_t *keeper;    /* by known: the row, plus one, that has their id and their name; 0: none */
	struct corrections corrections;
	int key_field; /* known_field() of the key column, or -1 */
};

/* Reads the rows and tells which of them are one person: by the file alone, so that one file always falls into the same people. */
void matcher_gather(struct matcher *m);

/* Only what is stronger than the level they met on tells two rows apart: who has one code may well have two addresses. */
bool matcher_rows_contradict(const struct traits *a, const struct traits *b, enum level level);
void matcher_add_traits(struct traits *have, const struct traits *t);
/* The person of the roster whom the row of a list of ours names by their id; MATCH_NONE. */
size_t matcher_named(const struct matcher *m, size_t row);
/* The key from which the id of a new person derives: the strongest of the first row. True when it is more than a name. */
bool matcher_own_key(const struct matcher *m, size_t person, struct strbuf *key);
/* The key of those of whom there is nothing but a name. */
void matcher_name_key(const struct row *row, struct strbuf *out);

#endif
