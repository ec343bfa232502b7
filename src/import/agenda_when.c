#include "import/agenda_when.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/agenda_build.h"
#include "import/cell_zone.h"

#define DAY_MINUTES (24 * 60)
#define MINUTE_MS INT64_C(60000)

/* A cell's date and time, and the zone that it or its column names; its tz is NULL where none is named. */
struct when_text {
	struct time_text text;
	struct agenda_named_zone zone;
	int target; /* whose cell it is */
};

/* ---- zones ---- */

/* "Start Time (Europe/Kyiv)"; what stands in brackets may be anything else. */
static struct agenda_named_zone zone_of_header(struct agenda_row *r, size_t column) {
	struct agenda_named_zone found = {0};
	const char *header = table_cell(r->t, r->cols.header, column);
	for (const char *open = strpbrk(header, "(["); open != NULL && found.tz == NULL; open = strpbrk(open + 1, "([")) {
		char *inside = xstrndup(open + 1, strcspn(open + 1, ")]"));
		found = agenda_zones_find(&r->zones, str_trim(inside));
		free(inside);
	}
	return found;
}

/* What the row's column of zones says. */
static bool zone_of_row(struct agenda_row *r, struct agenda_named_zone *out, struct err *err) {
	*out = (struct agenda_named_zone){0};
	if (*r->value[TO_TIMEZONE] == '\0') {
		return true;
	}
	*out = agenda_zones_find(&r->zones, r->value[TO_TIMEZONE]);
	return out->tz != NULL || agenda_row_without(r, TO_TIMEZONE, FAULT_ZONE_UNKNOWN, err);
}

static struct agenda_named_zone first_of(struct agenda_named_zone a, struct agenda_named_zone b) { return a.tz != NULL ? a : b; }

/* ---- cells ---- */

static enum fault_kind read_text(const struct agenda_row *r, int target, const char *text, struct time_text *out) {
	size_t column = r->column[target] - 1;
	bool dates = target == TO_DATE || target == TO_END_DATE;
	enum agenda_date read =
		dates ? agenda_dates_read_date(&r->dates, column, text, out) : agenda_dates_read(&r->dates, column, text, out);
	if (read == AGENDA_DATE_READ) {
		return dates && !out->has_day ? FAULT_NO_DATE : FAULT_NONE;
	}
	return read == AGENDA_DATE_NO_YEAR ? FAULT_DATE_NO_YEAR : FAULT_NO_TIME;
}

/* A cell that may have a date, a time or both; of a date's own column a date. FAULT_NONE, or what is wrong with it; then it is as if it were empty. */
static enum fault_kind read_cell(struct agenda_row *r, int target, struct when_text *out) {
	char name[CELL_ZONE_MAX];
	*out = (struct when_text){.target = target};
	if (*r->value[target] == '\0') {
		return FAULT_NONE;
	}
	char *text = xstrdup(r->value[target]);
	if (cell_zone_cut(text, name)) {
		out->zone = agenda_zones_find(&r->zones, name);
	}
	enum fault_kind wrong = read_text(r, target, out->zone.tz != NULL ? text : r->value[target], &out->text);
	free(text);
	if (wrong != FAULT_NONE) {
		*out = (struct when_text){.target = target};
	} else if (out->zone.tz == NULL) {
		out->zone = zone_of_header(r, r->column[target] - 1);
	}
	return wrong;
}

/* A wrong one is told and done without. */
static bool read_end_cell(struct agenda_row *r, int target, struct when_text *out, struct err *err) {
	enum fault_kind wrong = read_cell(r, target, out);
	return wrong == FAULT_NONE || agenda_row_without(r, target, wrong, err);
}

/* ---- instants ---- */

static struct civil civil_of(int64_t day, int minute) {
	struct civil c = {.hour = minute / 60 % 24, .minute = minute % 60};
	tz_from_days(day + minute / DAY_MINUTES, &c.year, &c.month, &c.day);
	return c;
}

/* One of the two odd hours is told. */
static struct utc_ms instant(const struct agenda_row *r, int target, const struct tz *zone, int64_t day, int minute) {
	struct civil local = civil_of(day, minute);
	struct utc_ms utc = tz_utc(zone, &local);
	struct civil taken = tz_civil(zone, utc);
	struct fault_place at = {.line = r->t->rows[r->row].line, .column = r->column[target]};
	agenda_note_hour(r->opt, agenda_hour(zone, &local), &local, &taken, &at);
	return utc;
}

/* ---- the end ---- */

/* By the clock: on its own day, the start's, or the day after that ("23:00-01:00"). */
static struct utc_ms end_by_clock(const struct agenda_row *r, const struct session_when *when, const struct when_text *end, int minute) {
	int64_t day = end->text.has_day ? end->text.day : tz_local_day(end->zone.tz, when->start);
	struct civil local = civil_of(day, minute);
	bool next = !end->text.has_day && tz_utc(end->zone.tz, &local).v < when->start.v;
	return instant(r, end->target, end->zone.tz, day + next, minute);
}

/* Without a time of its own: the duration, else the end of a later last day, else the usual length. */
static bool end_without_clock(const struct agenda_row *r, struct session_when *when, const struct when_text *end, struct err *err) {
	int minutes = AGENDA_DEFAULT_MINUTES;
	bool duration = time_text_duration(r->value[TO_DURATION], &minutes);
	int64_t first = tz_local_day(end->zone.tz, when->start);
	if (*r->value[TO_DURATION] != '\0' && !duration && !agenda_row_without(r, TO_DURATION, FAULT_NO_DURATION, err)) {
		return false;
	}
	when->end.v = when->start.v + minutes * MINUTE_MS;
	if (!duration && end->text.has_day && end->text.day > first) {
		when->end = end_by_clock(r, when, end, DAY_MINUTES);
	}
	return !end->text.has_day || end->text.day >= first || agenda_row_without(r, end->target, FAULT_BEFORE_START, err);
}

/* All that the row says of it but a duration. Without a zone of its own it is in the row's, else in the start's. */
static bool read_end(struct agenda_row *r, const struct when_text *start, struct agenda_named_zone row, struct when_text *out,
		     struct err *err) {
	struct when_text date;
	if (!read_end_cell(r, TO_END, out, err) || !read_end_cell(r, TO_END_DATE, &date, err)) {
		return false;
	}
	out->target = r->column[TO_END] != 0 ? TO_END : r->column[TO_END_DATE] != 0 ? TO_END_DATE : start->target;
	out->zone = first_of(first_of(out->zone, date.zone), first_of(row, start->zone));
	if (!out->text.has_day && date.text.has_day) {
		out->text.has_day = true;
		out->text.day = date.text.day;
		out->text.minute = out->text.has_time ? out->text.minute : date.text.minute;
		out->text.has_time = out->text.has_time || date.text.has_time;
	}
	if (!out->text.has_time && start->text.has_end) { /* "10:00-11:30" */
		out->text.has_time = true;
		out->text.minute = start->text.end_minute;
		out->zone = start->zone;
	}
	return true;
}

static bool set_end(struct agenda_row *r, struct session_when *when, const struct when_text *start, struct agenda_named_zone row,
		    struct err *err) {
	struct when_text end;
	if (!read_end(r, start, row, &end, err)) {
		return false;
	}
	if (end.text.has_time) {
		when->end = end_by_clock(r, when, &end, end.text.minute);
		if (when->end.v >= when->start.v) {
			return true;
		}
		if (!agenda_row_without(r, end.target, FAULT_BEFORE_START, err)) {
			return false;
		}
		end.text.has_day = false;
	}
	return end_without_clock(r, when, &end, err);
}

/* ---- the start ---- */

/* A wrong date does not matter where the start has one of its own. */
static bool read_start(struct agenda_row *r, struct when_text *date, struct when_text *start, struct err *err) {
	enum fault_kind wrong_date = read_cell(r, TO_DATE, date);
	enum fault_kind wrong_start = read_cell(r, TO_START, start);
	bool whole = start->text.has_day && start->text.has_time;
	if (wrong_date != FAULT_NONE && !whole) {
		r->dates.has_day = false; /* the rows below that name none are of this day, not of the one before */
		return agenda_row_fail_cell(r, TO_DATE, wrong_date, err);
	}
	if (wrong_start != FAULT_NONE) {
		return agenda_row_fail_cell(r, TO_START, wrong_start, err);
	}
	return wrong_date == FAULT_NONE || agenda_row_without(r, TO_DATE, wrong_date, err);
}

/* The start with its time, wherever it stands; of a row without a date the day is that of the rows above it. */
static bool find_start(struct agenda_row *r, struct when_text *start, struct err *err) {
	struct when_text date;
	if (!read_start(r, &date, start, err)) {
		return false;
	}
	if (date.text.has_day || start->text.has_day) {
		r->dates.day = start->text.has_day ? start->text.day : date.text.day;
		r->dates.has_day = true;
	}
	struct agenda_named_zone named = first_of(start->zone, date.zone);
	if (!start->text.has_time) { /* both may stand in the date's column */
		*start = date;
	}
	start->zone = named;
	return start->text.has_time ? r->dates.has_day || agenda_row_fail(r, FAULT_START_NO_DATE, err)
				    : agenda_row_fail(r, FAULT_START_NO_TIME, err);
}

bool agenda_when_read(struct agenda_row *r, struct session_when *when, struct err *err) {
	struct agenda_named_zone row;
	struct when_text start;
	if (!find_start(r, &start, err) || !zone_of_row(r, &row, err)) {
		return false;
	}
	start.zone = first_of(first_of(start.zone, row), (struct agenda_named_zone){.tz = r->zone});
	when->start = instant(r, start.target, start.zone.tz, r->dates.day, start.text.minute);
	when->offset_min = tz_civil(start.zone.utc ? r->zone : start.zone.tz, when->start).offset_min;
	return set_end(r, when, &start, row, err);
}
