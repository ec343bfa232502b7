/* Dates and times as people type them into the cells of an agenda. */
#ifndef TURNOUT_IMPORT_TIME_TEXT_H
#define TURNOUT_IMPORT_TIME_TEXT_H

#include <stdbool.h>
#include <stdint.h>

/* What a date in numbers says of its order by itself: 05/12/2026 may be either's, 05/14/2026 and 14/05/2026 can only be one's. */
enum time_order { TIME_ORDER_NONE, TIME_ORDER_DAY, TIME_ORDER_MONTH, TIME_ORDER_EITHER };

struct time_text {
	bool has_day, has_time, has_end;
	bool no_year;         /* has_day, but the year is missing: month and month_day are there instead of day */
	int month, month_day; /* 1-12, 1-31 */
	enum time_order order;
	int64_t day;    /* as tz_days() */
	int minute;     /* after midnight, 0-1440: 24:00 is the midnight after */
	int end_minute; /* of a range "10:00-11:30", 0-1440 */
};

struct time_reading {     /* a zeroed struct is the plain one */
	bool month_first; /* of 05/12/2026 and 05-12-2026 */
	bool dates;       /* a date is looked for: "15.05" is one, not a quarter past three */
	bool no_year;     /* a date may be without its year */
};

/* Reads, alone or together: 2026-05-14, 2026/05/14, 14.05.2026, 14/05/2026 (05/14/2026 is taken for what it can only be), 14.05.26, 14 травня 2026, 14 мая 2026, 14 May 2026, May 14, 2026; 10:30, 10.30, 10:30:00, 2:30 PM, 24:00; a second time behind a dash,
 * "до", "по", "to" or in a line of its own is the end. Names of weekdays and words like "з", "о", "at" are passed over. Input is valid UTF-8. False on anything
 * else, and when there is neither a date nor a time. */
bool time_text_read(const char *text, struct time_text *out);
bool time_text_read_as(const char *text, const struct time_reading *how, struct time_text *out);

/* "45", "45 хв", "1:30", "1.30", "1 год 30 хв", "90 min", "1h 30m" as minutes, at most two weeks. */
bool time_text_duration(const char *text, int *minutes);

#endif
