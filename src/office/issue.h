/* Badges for people: whoever has one keeps it, whoever has none gets a code.
 *
 * First the selection is read (issue_read), which changes nothing and needs no key; then, where codes are lacking, they are made
 * (issue_codes), which needs the organiser's key. A code is in the event file before anybody prints it (office/badge_paper.h). */
#ifndef TURNOUT_OFFICE_ISSUE_H
#define TURNOUT_OFFICE_ISSUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "event/registration.h"
#include "report/people_order.h"
#include "store/read/people.h"
#include "store/store.h"

struct issue_options {     /* a zeroed struct is the default */
	const char *query; /* whom, as enum issue_by says; NULL: everybody */
	bool short_codes;  /* of new badges: short ones, for tiny labels; else signed ones, which every station knows at once */
	bool reissue;      /* badges they have are revoked and get new codes */
	bool fresh;        /* only those whose badge was not printed before, as far as printing is on record */
	enum people_order order;
};

/* How a query found them. Words of a name mean its owners: nobody else whose organisation has these words, too. */
enum issue_by {
	ISSUE_BY_NAME,  /* it is their whole name, with its words in any order */
	ISSUE_BY_WORDS, /* nobody has that name; all its words are whole words of theirs */
	ISSUE_BY_FIELDS /* nobody's name has them; they are in any field that is searched, also within its words */
};

/* One who gets a badge; texts are owned. */
struct issue_holder {
	char id[PERSON_ID_LEN + 1];
	char *name, *position, *organisation, *community, *region, *category;
	char *code;   /* NULL: one must be issued */
	char *old;    /* to be revoked; NULL */
	bool printed; /* a badge with this code was printed before */
};

struct issue { /* a zeroed struct is empty */
	struct issue_holder *items;
	size_t count, cap;
	enum issue_by by;                    /* of a query */
	size_t lacking;                      /* how many must get a new code, or got one */
	size_t revoking;                     /* how many of them have a badge that is revoked then */
	size_t passed;                       /* people whose badge was printed before, and whom `fresh` leaves out */
	size_t left_out[REGISTRATION_COUNT]; /* people who are not let in and get no badge, by why */
};

/* Fills the empty list, in the order that is wanted. ERR_NOT_FOUND when nobody is selected, or nobody who is let in. issue_fini frees it, also on
 * failure. */
bool issue_read(struct store *store, const struct issue_options *options, struct issue *out, struct err *err) TURNOUT_MUST_CHECK;
/* Gives codes to those who lack one, all in one transaction: after true they are on disk. The list must have been read from this very
 * store, opened for writing, so that nobody else issued in between. */
bool issue_codes(struct store *store, const struct issue_options *options, struct issue *list, struct err *err) TURNOUT_MUST_CHECK;
/* After printing: puts on record that these badges were printed, in a transaction of its own; nothing when all were before. */
bool issue_note_printed(struct store *store, const struct issue *list, struct err *err) TURNOUT_MUST_CHECK;
/* True when issue_note_printed has something to note. */
bool issue_has_unnoted(const struct issue *list);
void issue_fini(struct issue *list);

#endif
