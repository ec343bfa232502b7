/* Which anchors a log lacks: what UTC this boot's clock stands for, where somebody knows it: the kernel's NTP, a hub, or staff who set the time.
 * Once a log for each, and again when the clock is set anew. */
#ifndef TURNOUT_STORE_WRITE_ANCHORS_H
#define TURNOUT_STORE_WRITE_ANCHORS_H

#include <stdbool.h>
#include <stdint.h>

struct chain;
struct store;

#define ANCHOR_BODY 80

/* The anchor that the log lacks by the store's present clock, as a record's body; false when it lacks none. */
bool anchors_missing(struct store *store, const struct chain *chain, char body[ANCHOR_BODY]);
/* The log has it now. */
void anchors_written(const struct store *store, struct chain *chain);

/* The log has a hub's word that says the same: what moved by less than two seconds is no other time, as it comes over a network. */
bool anchors_have_hub(const struct chain *chain, int64_t ahead_ms);

/* Reads what a continued log has. What cannot be read is written once more, which says the same. */
void anchors_read(struct store *store, struct chain *chain);

#endif
