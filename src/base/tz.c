#include "base/tz.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define MS_PER_DAY INT64_C(86400000)

struct tz {
	GTimeZone *zone;
};

struct tz *tz_open(const char *name, struct err *err) {
	GTimeZone *zone = str_empty(name) ? NULL : g_time_zone_new_identifier(name);
	if (zone == NULL) {
		err_set(err, ERR_INPUT, "unknown time zone \"%s\" (a name like Europe/Kyiv is wanted, and the package tzdata)",
			str_or_empty(name));
		return NULL;
	}
	struct tz *tz = xmalloc(sizeof *tz);
	tz->zone = zone;
	return tz;
}

void tz_close(struct tz *tz) {
	if (tz != NULL) {
		g_time_zone_unref(tz->zone);
		free(tz);
	}
}

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/* Days from civil and back: H. Hinnant, "chrono-compatible low-level date algorithms". Eras of 400 years (146097 days) that begin in March,
 * so that the leap day comes last. From March on every five months have 153 days; 719468 days lie between 0000-03-01 and 1970-01-01. */
int64_t tz_days(int year, int month, int day) {
	int64_t y = (int64_t)year - (month <= 2 ? 1 : 0);
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

void tz_from_days(int64_t days, int *year, int *month, int *day) {
	int64_t z = days + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2 ? 1 : 0));
}

bool tz_date_valid(int year, int month, int day) {
	if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) {
		return false;
	}
	int y = 0;
	int m = 0;
	int d = 0;
	/* There and back: 31 April comes back as 1 May. */
	tz_from_days(tz_days(year, month, day), &y, &m, &d);
	return y == year && m == month && d == day;
}

#define CIVIL_FIRST_MS INT64_C(-62135596800000) /* 0001-01-01; instants beyond are taken as these */
#define CIVIL_LAST_MS INT64_C(253402300799999)  /* 9999-12-31 */
#define DAYS_FIRST (CIVIL_FIRST_MS / MS_PER_DAY)
#define DAYS_LAST (CIVIL_LAST_MS / MS_PER_DAY)
#define OFFSET_MOST (24 * 60) /* minutes; no place has more than 14 hours */

static int64_t within(int64_t value, int64_t least, int64_t most) { return value < least ? least : value > most ? most : value; }

/* Records of others may hold any number: dates far off are told as the first and the last that have a name, offsets likewise. */
static struct civil civil_at(int64_t local_ms, int offset_min) {
	local_ms = within(local_ms, CIVIL_FIRST_MS, CIVIL_LAST_MS);
	struct civil c = {.offset_min = offset_min};
	int64_t days = floor_div(local_ms, MS_PER_DAY);
	int seconds = (int)((local_ms - days * MS_PER_DAY) / 1000);
	tz_from_days(days, &c.year, &c.month, &c.day);
	c.hour = seconds / 3600;
	c.minute = seconds / 60 % 60;
	c.second = seconds % 60;
	return c;
}

struct civil tz_civil(const struct tz *tz, struct utc_ms utc) {
	utc.v = within(utc.v, CIVIL_FIRST_MS, CIVIL_LAST_MS);
	gint interval = g_time_zone_find_interval(tz->zone, G_TIME_TYPE_UNIVERSAL, floor_div(utc.v, 1000));
	int offset = g_time_zone_get_offset(tz->zone, interval);
	return civil_at(utc.v + (int64_t)offset * 1000, offset / 60);
}

static gint64 offset_at(const struct tz *tz, gint64 utc) {
	return g_time_zone_get_offset(tz->zone, g_time_zone_find_interval(tz->zone, G_TIME_TYPE_UNIVERSAL, utc));
}

struct utc_ms tz_utc(const struct tz *tz, const struct civil *local) {
	gint64 wall = tz_days(local->year, local->month, local->day) * 86400 + local->hour * 3600 + local->minute * 60 + local->second;
	/* First as if no change came since the day before: that is the earlier reading of a repeated hour, and moves on by the gap in a
	 * skipped one. If a change lies between, what holds after it, unless nothing does. */
	gint64 before = offset_at(tz, wall - 86400), first = wall - before, after = offset_at(tz, first), second = wall - after;
	bool changed = after != before && offset_at(tz, second) == after;
	return (struct utc_ms){(changed ? second : first) * 1000};
}

int64_t tz_offset_day(struct utc_ms utc, int offset_min) {
	enum { DAY_MS = 24 * 60 * 60 * 1000 };
	int64_t local = utc.v + (int64_t)offset_min * 60000;
	return local >= 0 ? local / DAY_MS : -((DAY_MS - 1 - local) / DAY_MS);
}

int64_t tz_local_day(const struct tz *tz, struct utc_ms utc) {
	struct civil c = tz_civil(tz, utc);
	return tz_days(c.year, c.month, c.day);
}

static void format_civil(const struct civil *c, char text[TZ_TEXT_MAX]) {
	int off = abs(c->offset_min);
	snprintf(text, TZ_TEXT_MAX, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c->year, c->month, c->day, c->hour, c->minute, c->second,
		 c->offset_min < 0 ? '-' : '+', off / 60 % 100, off % 60);
}

void tz_format(const struct tz *tz, struct utc_ms utc, char text[TZ_TEXT_MAX]) {
	struct civil c = tz_civil(tz, utc);
	format_civil(&c, text);
}

void tz_format_offset(struct utc_ms utc, int offset_min, char text[TZ_TEXT_MAX]) {
	offset_min = (int)within(offset_min, -OFFSET_MOST, OFFSET_MOST);
	struct civil c = civil_at(within(utc.v, CIVIL_FIRST_MS, CIVIL_LAST_MS) + (int64_t)offset_min * 60000, offset_min);
	format_civil(&c, text);
}

void tz_format_date(int64_t days, char text[TZ_TEXT_MAX]) {
	int year = 0;
	int month = 0;
	int day = 0;
	tz_from_days(within(days, DAYS_FIRST, DAYS_LAST), &year, &month, &day);
	snprintf(text, TZ_TEXT_MAX, "%04d-%02d-%02d", year, month, day);
}

/* Exactly n digits at *at. */
static bool digits(const char **at, int n, int *out) {
	int value = 0;
	for (int i = 0; i < n; i++) {
		if (!str_is_digit((*at)[i])) {
			return false;
		}
		value = value * 10 + ((*at)[i] - '0');
	}
	*at += n;
	*out = value;
	return true;
}

static bool literal(const char **at, char c) {
	if (**at != c) {
		return false;
	}
	(*at)++;
	return true;
}

static bool read_date(const char **at, struct civil *c) {
	return digits(at, 4, &c->year) && literal(at, '-') && digits(at, 2, &c->month) && literal(at, '-') && digits(at, 2, &c->day) &&
	       tz_date_valid(c->year, c->month, c->day);
}

static bool read_time(const char **at, struct civil *c) {
	if (!digits(at, 2, &c->hour) || !literal(at, ':') || !digits(at, 2, &c->minute)) {
		return false;
	}
	if (literal(at, ':')) {
		if (!digits(at, 2, &c->second)) {
			return false;
		}
		if (literal(at, '.')) {
			while (str_is_digit(**at)) {
				(*at)++;
			}
		}
	}
	return c->hour < 24 && c->minute < 60 && c->second < 60;
}

static bool read_offset(const char **at, int *offset_min) {
	if (literal(at, 'Z') || literal(at, 'z')) {
		*offset_min = 0;
		return true;
	}
	int sign = **at == '-' ? -1 : 1;
	if (**at != '-' && **at != '+') {
		return false;
	}
	(*at)++;
	int hours = 0;
	int minutes = 0;
	if (!digits(at, 2, &hours)) {
		return false;
	}
	literal(at, ':');
	if (**at != '\0' && !digits(at, 2, &minutes)) {
		return false;
	}
	*offset_min = sign * (hours * 60 + minutes);
	return hours <= 14 && minutes < 60;
}

bool tz_parse(const struct tz *tz, const char *text, struct utc_ms *utc, int *offset_min) {
	struct civil c = {0};
	const char *at = text;
	if (!read_date(&at, &c)) {
		return false;
	}
	if ((literal(&at, 'T') || literal(&at, 't') || literal(&at, ' ')) && !read_time(&at, &c)) {
		return false;
	}
	if (*at == '\0') {
		*utc = tz_utc(tz, &c);
		*offset_min = tz_civil(tz, *utc).offset_min;
		return true;
	}
	if (!read_offset(&at, offset_min) || *at != '\0') {
		return false;
	}
	int64_t seconds = tz_days(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 + c.second;
	utc->v = (seconds - (int64_t)*offset_min * 60) * 1000;
	return true;
}

bool tz_parse_date(const char *text, int64_t *days) {
	struct civil c = {0};
	const char *at = text;
	if (!read_date(&at, &c) || *at != '\0') {
		return false;
	}
	*days = tz_days(c.year, c.month, c.day);
	return true;
}

bool tz_is_time(const char *text) {
	struct err ignored = {0};
	struct utc_ms utc;
	int offset;
	struct tz *zone = tz_open("UTC", &ignored);
	bool ok = zone != NULL && tz_parse(zone, text, &utc, &offset);
	tz_close(zone);
	return ok;
}
