/* The thread that owns the label printer: it reads who somebody is through a connection of its own, draws their label and gives it to the printer, one at a
 * time. Nobody waits for it: neither the store thread nor the screen's, and a printer that hangs holds up nothing but labels.
 *
 * What came out is told (PRINT_DONE), so that the store thread puts it on record; so is what the printer is like, for staff. */
#ifndef TURNOUT_KIOSK_WORKERS_PRINT_WORKER_H
#define TURNOUT_KIOSK_WORKERS_PRINT_WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mailbox.h"
#include "event/person.h"
#include "kiosk/workers/print_queue.h"
#include "office/slip_print.h"
#include "paper/label_media.h"
#include "paper/picture.h"
#include "paper/printer.h"

struct print_worker;

struct print_worker_options {
	const char *path;    /* the event file */
	const char *printer; /* paper/printer.h; "": this device has none */
	enum label_size size;
	int64_t fresh_ms;   /* as in struct print_queue; 0 */
	mailbox_wake *wake; /* called from the thread after a message was posted; may be NULL */
	void *context;
};

#define PRINT_LOADED_MAX 3

enum print_kind {
	PRINT_STATE, /* everything below but the last lines; comes first, and whenever it changes */
	PRINT_DONE,  /* a label came out: person, again */
};

struct print_message { /* for print_message_free */
	enum print_kind kind;
	bool there; /* this device has a printer */
	bool asked; /* it was looked at since the start: */
	enum printer_trouble trouble;
	char reason[80]; /* the printer's own word for it; "" */
	char printer[PRINTER_NAME_MAX], model[PRINTER_MODEL_MAX];
	struct label_medium loaded[PRINT_LOADED_MAX]; /* the first of those that it says are in it */
	size_t loaded_count;                          /* 0: it does not say */
	enum label_size size;
	bool printing;          /* a label is with the printer */
	size_t waiting, missed; /* labels */
	bool slip;              /* one waits, or is with the printer */
	int slips;              /* so many came out since the start */
	size_t batch;           /* of those that wait: what staff asked for */
	bool no_such_badge;     /* the code that staff held up last is nobody's */
	struct raster picture;  /* a test label as it comes out, where it has changed; width 0: it has not */
	int number;             /* of that picture, from 1 on; 0: there was none yet */
	/* PRINT_DONE: */
	char person[PERSON_ID_LEN + 1];
	bool again;
};
void print_message_free(struct print_message *message); /* NULL is fine */

bool print_worker_open(const struct print_worker_options *options, struct print_worker **out, struct err *err) TURNOUT_MUST_CHECK;
/* What waits is not printed. NULL is fine. */
void print_worker_close(struct print_worker *worker);

/* All of these: false when too many wait (then nothing was taken). */
/* Somebody signed in: their label, where none was printed for them before. */
bool print_worker_check_in(struct print_worker *worker, const char *person);
/* Staff want it once more, by whatever badge of theirs. */
bool print_worker_again(struct print_worker *worker, const char *code, size_t n);
bool print_worker_test(struct print_worker *worker);
/* A paper for staff, with that time on it: of the day to which it belongs. */
bool print_worker_slip(struct print_worker *worker, enum slip_what what, struct utc_ms now);
/* Everybody who is let in; `fresh`: for whom none was printed. */
bool print_worker_all(struct print_worker *worker, bool fresh);
/* Likewise for whom none was printed and who comes on the day after that of `now` (event/coming.h). */
bool print_worker_tomorrow(struct print_worker *worker, struct utc_ms now);
/* What was not printed: now, or never; and of what staff asked for no more. */
bool print_worker_retry(struct print_worker *worker);
bool print_worker_forget(struct print_worker *worker);
bool print_worker_stop(struct print_worker *worker);
/* Staff look at the printer's screen: for some seconds it is asked every other moment. At first the picture is made. */
bool print_worker_watch(struct print_worker *worker);

struct print_message *print_worker_take(struct print_worker *worker);

#endif
