/* Time zones and the texts of times. Zone data come from the system's tzdata through GLib; a value is never changed after it was
 * made, so threads may share it. Civil dates are of the proleptic Gregorian calendar. */
#ifndef TURNOUT_BASE_TZ_H
#define TURNOUT_BASE_TZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct tz;

struct civil {
	int year, month, day;     /* month 1-12, day 1-31 */
	int hour, minute, second; /* 0-23, 0-59, 0-59 */
	int offset_min;           /* minutes east of UTC that were in force */
};

/* An IANA zone name ("Europe/Kyiv"), "UTC", or a fixed offset "+03:00". NULL and ERR_INPUT when the system does not know it. */
struct tz *tz_open(const char *name, struct err *err) TURNOUT_MUST_CHECK;
void tz_close(struct tz *tz); /* NULL is fine */

/* Local time of an instant. */
struct civil tz_civil(const struct tz *tz, struct utc_ms utc);

/* The instant of a local time; offset_min of the input is ignored. In the hour that a clock change repeats, the first one is
 * taken; in the hour that it skips, the time is moved on by the gap. */
struct utc_ms tz_utc(const struct tz *tz, const struct civil *local);

/* Days since 1970-01-01 of a civil date, and back. */
int64_t tz_days(int year, int month, int day);
void tz_from_days(int64_t days, int *year, int *month, int *day);
bool tz_date_valid(int year, int month, int day); /* years 1900-2199 */

/* The local date of an instant as days since 1970-01-01. */
int64_t tz_local_day(const struct tz *tz, struct utc_ms utc);
/* The same at a fixed offset, minutes east of UTC: of what keeps its offset, so that another tzdata moves nothing. */
int64_t tz_offset_day(struct utc_ms utc, int offset_min);

#define TZ_TEXT_MAX 40

/* Instants and days before the year 1 and after 9999 are written as the first and the last of them, never half. */
/* RFC 3339 with offset: 2026-05-14T10:30:00+03:00 (no fraction), in the zone, or at a fixed offset in minutes. */
void tz_format(const struct tz *tz, struct utc_ms utc, char text[TZ_TEXT_MAX]);
void tz_format_offset(struct utc_ms utc, int offset_min, char text[TZ_TEXT_MAX]);

/* Reads YYYY-MM-DD[(T| )HH:MM[:SS[.fff]]][Z|±HH:MM]; without an offset the time is local in `tz`. A bare date is its midnight. */
bool tz_parse(const struct tz *tz, const char *text, struct utc_ms *utc, int *offset_min) TURNOUT_MUST_CHECK;

/* Whether tz_parse would take the text in any zone. */
bool tz_is_time(const char *text);

/* "2026-05-14" to days since 1970-01-01 and back. */
bool tz_parse_date(const char *text, int64_t *days) TURNOUT_MUST_CHECK;
void tz_format_date(int64_t days, char text[TZ_TEXT_MAX]);

#endif
