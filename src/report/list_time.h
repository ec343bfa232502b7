/* Times in lists: RFC 3339 for programs, to the minute for people. */
#ifndef TURNOUT_REPORT_LIST_TIME_H
#define TURNOUT_REPORT_LIST_TIME_H

#include "base/tz.h"
#include "report/listing.h"

/* `text` is the time as tz_format has it; it is cut in place for people. */
void list_time(struct listing *l, enum listing_form form, char text[TZ_TEXT_MAX]);

struct list_when {
	const struct tz *tz;
	struct utc_ms utc;
	bool approximate;
};
/* A corrected time; for people "≈" says that nothing confirms it. */
void list_corrected(struct listing *l, enum listing_form form, const struct list_when *when);

#endif
