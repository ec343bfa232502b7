/* Conflicts in words: what a volunteer reads in the table of `turnout conflicts`. In English, with the kind
 * before them, they fit into 120 columns. */
#ifndef TURNOUT_REPORT_CONFLICTS_H
#define TURNOUT_REPORT_CONFLICTS_H

#include "base/strbuf.h"
#include "base/tz.h"
#include "store/read/conflicts.h"
#include "words/words.h"

/* Whom it is said to. */
struct conflict_reader {
	const struct tz *tz;         /* the event's */
	const struct tongue *tongue; /* NULL: in English */
};

/* Whom or what it is about, at most that many columns wide: a name, a box. */
#define CONFLICT_ABOUT_MAX 22
void conflict_about(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out);

/* Records one after the other that do not count for the same reason are one line of the table. */
struct conflict_run {
	uint64_t first, last; /* seq */
	int64_t count;
};
/* One sentence without a full stop. `run` is of the kinds AUTHOR, UNKNOWN and MALFORMED, and NULL of others. */
void conflict_say(const struct conflict *c, const struct conflict_run *run, const struct conflict_reader *to, struct strbuf *out);

#endif
