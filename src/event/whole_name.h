/* Two names as they stand on lists: may they be one person's? Unlike what is typed into a search (event/name_match.h) both are whole, so the beginning of a word
 * is another name: Іван is not Іванна. */
#ifndef TURNOUT_EVENT_WHOLE_NAME_H
#define TURNOUT_EVENT_WHOLE_NAME_H

#include "event/name_match.h"

struct whole_name {  /* for whole_name_fini, which wipes it */
	char *words; /* folded */
	struct name_query query;
};

/* `given` is borrowed. */
void whole_name_read(const char *name, const struct given_names *given, struct whole_name *out);
void whole_name_fini(struct whole_name *name);

/* Is every word of the one that has fewer among those of the other: as it stands, in another spelling or form, as an initial, or one slip away in one of them? */
bool whole_names_fit(const struct whole_name *a, const struct whole_name *b);

#define NAME_CLAIM_LETTERS 3 /* what has fewer in common is anybody's */

enum name_claim {
	NAME_CLAIM_NONE,
	NAME_CLAIM_LIKE, /* in another spelling or form, as the other's initial, a slip apart */
	NAME_CLAIM_PART, /* every word of the one stands in the other */
	NAME_CLAIM_SAME, /* the same words, in any order */
};

/* May whoever says that this is their name be told of who is kept under that one, and how surely is it they? What they say has to fit as above, but an initial of
 * theirs is no word, and what fits has at least NAME_CLAIM_LETTERS letters beside the initials of the other: a stranger's telephone number and a letter are not
 * enough to learn whose it is. */
enum name_claim whole_name_claim(const struct whole_name *said, const struct whole_name *kept);

#endif
