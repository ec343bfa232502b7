/* What this process recorded in its station's log since it opened the file, in memory: what is left of it when the file is overwritten under it
 * (sync/rescue.h). */
#ifndef TURNOUT_STORE_FILE_RECENT_H
#define TURNOUT_STORE_FILE_RECENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"

#define RECENT_BYTES_MAX (16 * 1024 * 1024) /* of texts; beyond that the older half is forgotten: some 30,000 check-ins are kept at least */

struct recent_record {
	uint64_t seq;
	const char *kind, *subject, *body;
	int64_t mono_ms, utc_ms;
	struct hash hash;
	char *texts; /* those above, of what is kept; its own */
};

struct recent {                  /* a zeroed struct is empty */
	struct hash log, before; /* `before`: the hash of the record before the first; zeros when that begins the log */
	struct recent_record *items;
	size_t count, cap, bytes;
	size_t committed; /* of them; the others go with a rollback */
};

/* The next record of a log; copied. Of another log than the last one's: those before it are forgotten. */
void recent_add(struct recent *recent, const struct hash *log, const struct hash *before, const struct recent_record *r);
void recent_commit(struct recent *recent);
void recent_rollback(struct recent *recent);
void recent_fini(struct recent *recent);

#endif
