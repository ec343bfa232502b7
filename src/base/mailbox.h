/* A bounded queue that carries pointers from threads to threads. Whoever puts a message in gives it away.
 *
 * It has two lanes, each with room for `cap` messages: what is in the second is taken only while the first is empty. */
#ifndef TURNOUT_BASE_MAILBOX_H
#define TURNOUT_BASE_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

struct mailbox;

/* Called, from the putting thread, after a message went in: wakes a reader that does not wait in mailbox_take. May be NULL. */
typedef void mailbox_wake(void *context);

struct mailbox *mailbox_open(size_t cap, mailbox_wake *wake, void *context);
/* Messages still inside go through `drop` (NULL: free). No thread may use it any more. NULL box is fine. */
void mailbox_close(struct mailbox *box, void (*drop)(void *));

/* False when it is full (the message stays the caller's) or stopped. Never waits. */
bool mailbox_put(struct mailbox *box, void *message);
/* The same into the second lane: what can wait. */
bool mailbox_put_second(struct mailbox *box, void *message);
/* Waits for room in the first lane; false only when stopped. */
bool mailbox_put_wait(struct mailbox *box, void *message);

/* The next message; NULL when there was none within timeout_ms (0: at once, -1: for ever) or the box is stopped and empty. */
void *mailbox_take(struct mailbox *box, int timeout_ms);

/* After this nothing goes in, and takers get what is left and then NULL. */
void mailbox_stop(struct mailbox *box);
bool mailbox_stopped(struct mailbox *box);

#endif
