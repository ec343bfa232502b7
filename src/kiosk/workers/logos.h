/* Logos of those whom the event thanks, as pixels: read once, in the store thread, and shared by whatever copies of the event there are. Only PNGs of a
 * limited size are read (a credit's `screen`): no record of anybody's holds up whoever stands before this box. */
#ifndef TURNOUT_KIOSK_WORKERS_LOGOS_H
#define TURNOUT_KIOSK_WORKERS_LOGOS_H

#include "event/credit.h"
#include "paper/picture.h"

struct store;

struct logo {
	char id[65]; /* the file's SHA-256 */
	struct raster raster;
};

struct logos {                                 /* a zeroed one is empty; for logos_fini */
	const struct logo *items[CREDITS_MAX]; /* one for each credit; NULL: it has none, or it is not here yet */
	size_t count;
};

/* Those that `known` (may be NULL) has are taken over. What cannot be read is left out, and said in the log: it keeps nothing else from the screen. */
void logos_load(struct store *store, const struct credits *credits, const struct logos *known, struct logos *out);
/* The same once more. */
void logos_share(const struct logos *from, struct logos *out);
/* One from its PNG's bytes, for logos_fini; NULL, and said in the log: it is none, or too large. */
const struct logo *logo_make(const char *id, const void *bytes, size_t n);
/* From any thread. */
void logos_fini(struct logos *logos);

#endif
