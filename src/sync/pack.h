/* Building a message that keeps to the size of a chunk. */
#ifndef TURNOUT_SYNC_PACK_H
#define TURNOUT_SYNC_PACK_H

#include "sync/replica.h"

#define PACK_TEXT_MAX (900 * 1024) /* wanted size of a message's text; its last run may go beyond */
#define PACK_MAX (256 * 1024)      /* bytes packed */

/* Writes a whole message's text, its runs up to `cap` bytes. May be called again with a smaller cap. */
typedef bool pack_build_fn(void *context, size_t cap, struct strbuf *text, struct err *err);

/* Builds, packs and seals it in the replica's name, appended to `out`. Built again, smaller, when it does not pack well enough. ERR_INPUT
 * when even what must be said is too large: an event with too many logs. */
bool pack_message(const struct replica *replica, pack_build_fn *build, void *context, struct strbuf *out,
		  struct err *err) TURNOUT_MUST_CHECK;

#endif
