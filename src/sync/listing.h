/* Telling what is held, and learning what a peer holds: an event of a few hundred logs in one list, one of thousands in parts. Whoever answers gives
 * digests of parts; the asker compares them with its own and asks for those that differ, until they are small enough to be listed. What two sides
 * with k differences among n logs say to each other grows with k log n (range-based set reconciliation: A. Meyer, SRDS 2023). Pure. */
#ifndef TURNOUT_SYNC_LISTING_H
#define TURNOUT_SYNC_LISTING_H

#include "sync/message.h"

#define LISTING_LINES 1024 /* about so many of one answer; a part goes in whole */
#define LISTING_ASKS 256   /* parts that are asked for, and answered, at once */
#define LISTING_ROUNDS 64  /* of which none lists anything: parts of parts, that deep, there are never */

/* Answering: appends the lines of the parts that were asked for; of none: of everything. `all` is sorted. */
void listing_tell(const struct heads *all, const struct spans *asked, struct strbuf *text);

/* Asking: appends the "list" lines of the parts that are open; of none: of everything. */
void listing_ask(const struct spans *open, struct strbuf *text);

/* Takes what an answer lists, in place of what was known of the peer there. `own` is what we held when we asked, sorted. `open` gets what is to be
 * asked next: none when all is known. Of the answer's points those that do not belong to its lists stay in it. ERR_INPUT: its parts overlap. */
bool listing_take(struct heads *points, const struct heads *own, struct message *answer, struct spans *open,
		  struct err *err) TURNOUT_MUST_CHECK;

#endif
