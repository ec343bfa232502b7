/* Which labels wait for the printer, and which were left: pure. What a visitor waited for is not printed when nobody waits any more; it is told to staff,
 * who say whether it is still wanted. So a printer that comes back does not begin with fifty labels of an hour ago. */
#ifndef TURNOUT_KIOSK_WORKERS_PRINT_QUEUE_H
#define TURNOUT_KIOSK_WORKERS_PRINT_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "event/person.h"

enum print_wish {
	PRINT_TEST,     /* staff try the printer */
	PRINT_SLIP,     /* a paper for staff, who stand there */
	PRINT_AGAIN,    /* staff want somebody's once more, and stand there */
	PRINT_CHECK_IN, /* somebody signed in */
	PRINT_BATCH,    /* one of many that staff want, whenever the printer has time */
};

struct print_entry {
	enum print_wish wish;
	char person[PERSON_ID_LEN + 1]; /* "" of a test and of a slip */
	int slip;                       /* which one, from 1 on; 0: it is none */
	struct utc_ms now;              /* printed on that */
	int64_t asked_ms;
};

#define PRINT_FRESH_MS (3 * 60 * 1000)    /* so long a visitor's label is worth printing */
#define PRINT_PATIENT_MS (10 * 60 * 1000) /* so long a batch waits for a printer out of which nothing comes */
#define PRINT_WAITING_MAX 64              /* but for a batch */
#define PRINT_BATCH_MAX 100000

struct print_list {
	struct print_entry *items;
	size_t count, cap;
};

struct print_queue { /* a zeroed one is empty; for print_queue_fini */
	struct print_list waiting, missed;
	size_t urgent;    /* of those that wait: all but a batch's */
	int64_t fresh_ms; /* so long a visitor's label is worth printing; 0: PRINT_FRESH_MS */
	int64_t moved_ms; /* when the last one came out */
};

void print_queue_fini(struct print_queue *queue);

/* False: that one waits already. What was missed of theirs is wanted now. Beyond the room there is, it is among the missed. */
bool print_queue_put(struct print_queue *queue, const struct print_entry *entry);
/* What waited too long is among the missed now; of a test and of a slip nothing is left. True: something changed. */
bool print_queue_pass(struct print_queue *queue, int64_t now_ms);
/* When that happens next; INT64_MAX: never. */
int64_t print_queue_deadline(const struct print_queue *queue);

/* The one to be printed next: who stands there before a batch. NULL: none. Good until the queue changes. */
const struct print_entry *print_queue_next(const struct print_queue *queue);
/* It is with the printer: it waits no longer. */
void print_queue_take(struct print_queue *queue, struct print_entry *out);
/* It came out, whoever asked for it: that person's ("": nobody's) is wanted no more. */
void print_queue_done(struct print_queue *queue, const char *person, int64_t now_ms);
/* It did not, and nobody waits for it any more. */
void print_queue_miss(struct print_queue *queue, const struct print_entry *entry);

/* Staff want those that were missed after all, or do not. */
void print_queue_retry(struct print_queue *queue, int64_t now_ms);
void print_queue_forget(struct print_queue *queue);
/* Nothing of a batch is printed any more. */
void print_queue_stop(struct print_queue *queue);

#endif
