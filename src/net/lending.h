/* A file that one process writes, lent to another program of the same user for a moment: so that a command works while a server or a kiosk holds
 * the event file. Whoever holds it listens on sockets that are named after the file, in each of these folders that there is and that is this user's own:
 * $XDG_RUNTIME_DIR, /run/user/UID, the state folder that the user's programs share, and /tmp/turnout-UID, which is made. A borrower tries all of them:
 * so the two find each other though one was started without a variable, or with another (over ssh, by a service). A borrower connects and waits for one
 * line; the file is theirs until they close the connection, or end.
 *
 * Only processes of the same user are answered, and asked (SO_PEERCRED, unix(7)). */
#ifndef TURNOUT_NET_LENDING_H
#define TURNOUT_NET_LENDING_H

#include "base/err.h"

struct lender;

struct lender_options {
	const char *path;  /* of the file, without symbolic links */
	const char *state; /* the state folder; NULL: none */
	/* Both are called in the lender's thread, one after the other. `give`: nobody here writes the file any more; false: not now. */
	bool (*give)(void *context);
	void (*take_back)(void *context);
	void *context;
};

/* ERR_SYSTEM when there is no such folder, ERR_BUSY when another lends the file. */
bool lender_open(const struct lender_options *options, struct lender **out, struct err *err) TURNOUT_MUST_CHECK;
/* Ends the thread; what is lent is taken back first. NULL is fine. */
void lender_close(struct lender *lender);

/* Asks whoever lends the file; waits for it at most so long. What comes is to be closed (close(2)) when the file is closed again. -1: nobody
 * lends it (ERR_NOT_FOUND), or not now (ERR_BUSY). */
int borrow(const char *path, const char *state, int timeout_ms, struct err *err);

#endif
