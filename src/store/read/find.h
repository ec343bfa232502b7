/* People by what somebody types of their name: any words of it, in any order and any usual spelling (event/name_match.h). Where nobody fits it is read as
 * typed in another keyboard layout, and then with one word a slip apart. Of a word that thousands have not all of them are looked at.
 *
 * Who is present is not known here. */
#ifndef TURNOUT_STORE_READ_FIND_H
#define TURNOUT_STORE_READ_FIND_H

#include "base/err.h"
#include "event/name_match.h"
#include "event/person.h"

struct store;
struct finder;

/* For as many searches as one likes; the store is borrowed and must outlive it. */
struct finder *finder_open(struct store *store);
void finder_close(struct finder *finder); /* NULL is fine */
/* The table that it goes by; the finder's. */
const struct given_names *finder_given(const struct finder *finder);

#define FIND_MAX 50        /* people that one search gives */
#define FIND_LETTERS_MIN 2 /* of the longest word: fewer find nobody */
#define FIND_QUERY_MAX 400 /* bytes; what is longer finds nobody */

struct found {
	char id[PERSON_ID_LEN + 1]; /* joins followed */
	int cost;                   /* struct name_fits */
	size_t words;               /* that were typed, and how each fits: */
	enum name_fit fit[NAME_QUERY_MAX];
	char typed[NAME_QUERY_MAX][40]; /* the word as it was read, cut where it is longer */
	char is[NAME_QUERY_MAX][40];    /* the name's word, folded, likewise */
};

struct finding {
	struct found items[FIND_MAX]; /* best first, of equals by their names */
	size_t count;                 /* at most as many as were asked for */
	bool more;                    /* there are others that fit */
	bool layout;                  /* what was typed is read as typed in another keyboard layout */
};

/* At most `limit` (1 to FIND_MAX). Nobody: true, with a count of 0. Reads one state of the file: not within a transaction. */
bool finder_find(struct finder *finder, const char *text, size_t limit, struct finding *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
