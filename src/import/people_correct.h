/* Rows that were corrected at their source: which new person of a file is one whom the source named otherwise before.
 *
 * "New" are people of the file whom nothing joins with the roster (`open` rows), "gone" are people whom this source brought and whose rows
 * the file has no more (`open` known). Two of them are one person, for sure, when they share an e-mail address or a phone that nobody else has, in
 * the file or of the source's people, whatever became of the name (but for another name with another of the two contacts: a doubt); or when their names are alike or one slip apart (event/likeness.h), a
 * second field agrees (enum correct_second), and nobody else would do as well. Years of birth that differ tell any
 * two apart. What else looks alike is a doubt, for people to settle; also somebody of the same names whom others brought, as far as no
 * second field differs. */
#ifndef TURNOUT_IMPORT_PEOPLE_CORRECT_H
#define TURNOUT_IMPORT_PEOPLE_CORRECT_H

#include <stdbool.h>
#include <stddef.h>

enum correct_second {
	CORRECT_EMAIL,
	CORRECT_PHONE,
	CORRECT_ORGANISATION,
	CORRECT_COMMUNITY,
	CORRECT_POSITION,
	CORRECT_BIRTH_YEAR,
	CORRECT_SECONDS
};

struct correct_person { /* texts are borrowed; NULL or "": nothing */
	const char *name;
	const char *second[CORRECT_SECONDS]; /* as compared: folded, lower case, digits */
	bool open;
	bool mine; /* this source brought them; of rows always */
};

struct correct_input {
	const struct correct_person *rows, *known;
	size_t row_count, known_count;
};

struct correction {
	size_t row, known;
	bool sure;
	bool only; /* of a doubt: neither of the two has another */
};

struct corrections { /* a zeroed struct is empty; at most one for each row */
	struct correction *items;
	size_t count, cap;
};

/* Adds what was found, by row. */
void people_correct(const struct correct_input *in, struct corrections *out);
void corrections_fini(struct corrections *list);

#endif
