/* The thread that counts the figures of the day for staff, through a connection of its own that only reads: no scan waits for them. It keeps them in memory as long as
 * somebody looks (store/read/totals.h), so that a commit is counted in a moment, and forgets them a while after. */
#ifndef TURNOUT_KIOSK_WORKERS_TOTALS_WORKER_H
#define TURNOUT_KIOSK_WORKERS_TOTALS_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/mailbox.h"
#include "event/tally.h"
#include "store/read/sessions.h"
#include "store/read/totals.h"

struct totals_worker;

#define TOTALS_ROWS_MAX 200

struct totals_row {            /* a category, a session or a point */
	char key[64];          /* its name, id or key */
	int64_t first, second; /* came and expected; inside and visited; given */
};

#define ROLL_MAX 500 /* more names nobody looks through on a screen: the printed list has them all */

struct roll_row {
	char name[256], about[192]; /* about: organisation or community; "" */
};

struct totals_message { /* for free(); figures, or a roll */
	uint64_t number;
	bool failed; /* they could not be counted; why is in the log */
	int64_t day;
	int64_t here, arrived, expected, of_them;
	int64_t quarters[TALLY_QUARTERS];
	struct totals_row categories[TOTALS_ROWS_MAX], places[TOTALS_ROWS_MAX];
	size_t category_count, place_count;
	/* Of a roll, by name: */
	int64_t roll_all; /* so many there are, those whom only a badge's code names among them */
	size_t roll_count;
	struct roll_row roll[];
};

/* `path`: the event file. `wake`: called from the thread after a message was posted; may be NULL. */
struct totals_worker_options {
	const char *path;
	mailbox_wake *wake;
	void *context;
};
bool totals_worker_open(const struct totals_worker_options *options, struct totals_worker **out, struct err *err) TURNOUT_MUST_CHECK;
void totals_worker_close(struct totals_worker *worker); /* NULL is fine */

/* The figures of the day to which `now` belongs; `number` comes back with them. Of several that wait only the last is answered. False when too many wait. */
bool totals_worker_ask(struct totals_worker *worker, struct utc_ms now, uint64_t number);
/* Who is here, or missing, on that day. */
bool totals_worker_roll(struct totals_worker *worker, struct utc_ms now, uint64_t number, enum totals_who who);
/* Nobody looks any more: what was counted is let go, also when nobody says so for a minute. */
void totals_worker_rest(struct totals_worker *worker);
struct totals_message *totals_worker_take(struct totals_worker *worker);

#endif
