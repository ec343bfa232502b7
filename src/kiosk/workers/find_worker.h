/* The thread that looks for people by name, through a connection of its own that only reads: nobody who types waits for a merge, and no badge for who types.
 *
 * What it tells is what everybody may see who stands behind the visitor: given name, initial, community (UX: never who is present). Whoever says "this is me" is
 * asked for the last digits of their telephone; they are compared here and go no further, and whom somebody guesses at in vain is for staff alone from
 * then on. */
#ifndef TURNOUT_KIOSK_WORKERS_FIND_WORKER_H
#define TURNOUT_KIOSK_WORKERS_FIND_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mailbox.h"
#include "event/person.h"
#include "store/read/suggest.h"

struct find_worker;

struct find_worker_options {
	const char *path;   /* the event file */
	mailbox_wake *wake; /* called from the thread after a message was posted; may be NULL */
	void *context;
};

#define FOUND_ROWS_MAX 5
#define FOUND_TRIES 3  /* wrong digits for one person, from this box, until it is started again */
#define FOUND_DIGITS 4 /* of a telephone, its last ones */

struct found_row {
	char id[PERSON_ID_LEN + 1];
	char name[128], community[128];
	bool can_confirm; /* has a telephone, and was not guessed at */
};

struct found_message { /* for find_message_free; wipes what it holds */
	enum { FOUND_PEOPLE, FOUND_CONFIRMED, FOUND_WRONG, FOUND_SUGGESTIONS } kind;
	uint64_t number;                       /* of what was asked */
	int64_t asked_us;                      /* when; of FOUND_PEOPLE */
	struct found_row rows[FOUND_ROWS_MAX]; /* of people; FOUND_CONFIRMED, FOUND_WRONG: the first one is whom it is about */
	size_t count;
	bool more;      /* others fit as well */
	int tries_left; /* FOUND_WRONG */
	struct suggestions suggestions;
};
void find_message_free(struct found_message *message); /* NULL is fine */

bool find_worker_open(const struct find_worker_options *options, struct find_worker **out, struct err *err) TURNOUT_MUST_CHECK;
void find_worker_close(struct find_worker *worker); /* NULL is fine */

/* Of several searches that wait only the last is made. `number` and `asked_us` come back with the answer. False when too many wait. */
bool find_worker_find(struct find_worker *worker, const char *text, uint64_t number, int64_t asked_us);
bool find_worker_confirm(struct find_worker *worker, const char *person, const char *digits, uint64_t number);

/* How what somebody types into that field of the form may go on; FOUND_SUGGESTIONS. */
bool find_worker_suggest(struct find_worker *worker, enum person_field field, const char *text, uint64_t number);

struct found_message *find_worker_take(struct find_worker *worker);

#endif
