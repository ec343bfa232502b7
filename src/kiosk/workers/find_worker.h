/* The thread that looks for people by name, through a connection of its own that only reads: nobody who types waits for a merge, and no badge for who types.
 *
 * What it tells is what everybody may see who stands behind the visitor: given name, initial, community (UX: never who is present). Whoever says "this is me" is
 * asked for the last digits of their telephone; they are compared here and go no further, and whom somebody guesses at in vain is for staff alone
 * (guesses.h), whatever the screen believes. */
#ifndef TURNOUT_KIOSK_WORKERS_FIND_WORKER_H
#define TURNOUT_KIOSK_WORKERS_FIND_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mailbox.h"
#include "event/person.h"
#include "event/phone.h"
#include "kiosk/workers/visitor.h"
#include "store/read/suggest.h"

struct find_worker;

struct find_worker_options {
	const char *path;   /* the event file */
	mailbox_wake *wake; /* called from the thread after a message was posted; may be NULL */
	void *context;
};

#define FOUND_ROWS_MAX 5
#define FOUND_DIGITS PHONE_LAST_DIGITS

struct found_row {
	char id[PERSON_ID_LEN + 1];
	char name[128], community[128]; /* cut with "…" */
	bool can_confirm;               /* has a telephone, and was not guessed at */
};

enum found_kind {
	FOUND_PEOPLE,      /* to a search */
	FOUND_SUGGESTIONS, /* how what is typed may go on */
	FOUND_TWIN,        /* to a filled-in form: the first row is somebody on the roster who may be the same person; count 0: nobody is */
	FOUND_FAILED,      /* to any of them: the search could not answer; why is in the log */
	FOUND_CONFIRMED,   /* to digits, as all that follow: they are theirs */
	FOUND_WRONG,       /* tries_left; 0: staff alone can say who they are */
	FOUND_GONE,        /* whoever was chosen is not on the roster any more */
	FOUND_NOT_COMPARED, /* they cannot be compared now, and no try is lost; why is in the log */
};

struct found_message { /* for find_message_free; wipes what it holds */
	enum found_kind kind;
	uint64_t number; /* of what was asked */
	int64_t asked_us;
	struct found_row rows[FOUND_ROWS_MAX]; /* FOUND_CONFIRMED, FOUND_WRONG: the first one is whom it is about */
	size_t count;
	bool more; /* others fit as well */
	int tries_left;
	struct suggestions suggestions;
};
void find_message_free(struct found_message *message); /* NULL is fine */

bool find_worker_open(const struct find_worker_options *options, struct find_worker **out, struct err *err) TURNOUT_MUST_CHECK;
void find_worker_close(struct find_worker *worker); /* NULL is fine */

/* Of several searches that wait only the last is made. `number` and `asked_us` come back with the answer. False when too many wait. */
bool find_worker_find(struct find_worker *worker, const char *text, uint64_t number, int64_t asked_us);
bool find_worker_confirm(struct find_worker *worker, const char *person, const char *digits, uint64_t number);
/* How what somebody types into that field of the form may go on: FOUND_SUGGESTIONS. */
bool find_worker_suggest(struct find_worker *worker, enum person_field field, const char *text, uint64_t number);
/* Is whoever filled in a form on the roster already (store/read/twins.h)? Each time that somebody is told of counts as digits that were wrong do, until their right
 * ones come; of whom no try is left nobody is told, nor of whom they said not to be. The visitor stays the caller's: FOUND_TWIN. */
bool find_worker_twin(struct find_worker *worker, const struct visitor *visitor, uint64_t number);
/* Staff said who they are: what was guessed wrong before counts no more. Nothing comes back. */
bool find_worker_vouched(struct find_worker *worker, const char *person);

struct found_message *find_worker_take(struct find_worker *worker);

#endif
