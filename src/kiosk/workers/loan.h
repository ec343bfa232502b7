/* The event file lent to another command of this user at this machine (net/lending.h). Between the lender's thread and the store thread: the one asks,
 * the other closes the file and waits until it is back; scans wait in its mailbox meanwhile. */
#ifndef TURNOUT_KIOSK_WORKERS_LOAN_H
#define TURNOUT_KIOSK_WORKERS_LOAN_H

#include <stdbool.h>

struct loan;
struct loan_request;

/* Gives a request to the store thread, which frees it (loan_end); false when it cannot take it. */
typedef bool loan_send(void *context, struct loan_request *request);

/* NULL where nobody can borrow it; then why is logged. */
struct loan *loan_open(const char *path, loan_send *send, void *context);
/* Before the store thread ends: nothing is lent any more, and what was lent is back as far as this process can tell. NULL is fine. */
void loan_stop(struct loan *loan);
/* After the store thread has ended. NULL is fine. */
void loan_close(struct loan *loan);

/* --- the store thread's side --- */

/* Somebody still waits for it. */
bool loan_is_wanted(const struct loan_request *request);
/* The file is closed: tells who waits, and waits until it is given back. At once when nobody waits any more. */
void loan_give(struct loan_request *request);
void loan_end(struct loan_request *request); /* NULL is fine */

#endif
