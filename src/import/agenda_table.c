#include "import/agenda_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/agenda_build.h"
#include "import/agenda_columns.h"
#include "import/agenda_dates.h"
#include "import/alias.h"
#include "import/fault.h"
#include "import/yes_no.h"

struct reader {
	const struct table *t;
	const struct tz *zone;
	const struct agenda_options *opt;
	struct agenda *out;
	struct agenda_columns cols;
	struct agenda_dates dates;
	size_t row;
	const char *value[TO_COUNT]; /* of this row; "" for none */
	size_t column[TO_COUNT];     /* that gave it, from 1 */
	char *speakers;              /* several columns in one */
};

/* ---- rows ---- */

static bool fail_cell(const struct reader *r, int target, enum fault_kind kind, struct err *err) {
	struct fault_place at = {.line = r->t->rows[r->row].line, .column = r->column[target]};
	return fault_fail(err, &(struct fault){.kind = kind, .at = at, .value = r->value[target]});
}

static bool fail_row(const struct reader *r, enum fault_kind kind, struct err *err) {
	return fault_fail(err, &(struct fault){.kind = kind, .at.line = r->t->rows[r->row].line, .value = r->value[SESSION_TITLE]});
}

/* Collects this row's values: of several columns for one field the first that is not empty; speakers all. */
static void collect(struct reader *r) {
	struct strbuf speakers = {0};
	for (int i = 0; i < TO_COUNT; i++) {
		r->value[i] = "";
		r->column[i] = 0;
	}
	for (size_t c = 0; c < r->cols.width; c++) {
		int target = r->cols.target[c];
		const char *cell = table_cell(r->t, r->row, c);
		if (target < 0 || *cell == '\0') {
			continue;
		}
		if (target == SESSION_SPEAKERS) {
			strbuf_addf(&speakers, "%s%s", speakers.len ? ", " : "", cell);
		}
		if (r->column[target] == 0) {
			r->value[target] = cell;
			r->column[target] = c + 1;
		}
	}
	free(r->speakers);
	r->speakers = strbuf_detach(&speakers);
	r->value[SESSION_SPEAKERS] = r->speakers;
}

/* A cell that may have a date, a time or both; of a date's own column a date. */
static bool read_when_cell(const struct reader *r, int target, struct time_text *out, struct err *err) {
	*out = (struct time_text){0};
	if (*r->value[target] == '\0') {
		return true;
	}
	size_t column = r->column[target] - 1;
	bool dates = target == TO_DATE || target == TO_END_DATE;
	enum agenda_date read = dates ? agenda_dates_read_date(&r->dates, column, r->value[target], out)
				      : agenda_dates_read(&r->dates, column, r->value[target], out);
	if (read == AGENDA_DATE_READ) {
		return !dates || out->has_day || fail_cell(r, target, FAULT_NO_DATE, err);
	}
	return fail_cell(r, target, read == AGENDA_DATE_NO_YEAR ? FAULT_DATE_NO_YEAR : FAULT_NO_TIME, err);
}

static struct civil civil_of(int64_t day, int minute) {
	struct civil c = {.hour = minute / 60 % 24, .minute = minute % 60};
	tz_from_days(day + minute / 1440, &c.year, &c.month, &c.day);
	return c;
}

/* An instant of the event's zone; one of the two odd hours is told. */
static struct utc_ms instant(const struct reader *r, int target, int64_t day, int minute) {
	struct civil local = civil_of(day, minute);
	struct utc_ms utc = tz_utc(r->zone, &local);
	struct civil taken = tz_civil(r->zone, utc);
	struct fault_place at = {.line = r->t->rows[r->row].line, .column = r->column[target]};
	agenda_note_hour(r->opt, agenda_hour(r->zone, &local), &local, &taken, &at);
	return utc;
}

/* A time with its own offset, as RFC 3339 has it. */
static bool exact(const struct reader *r, const char *text, struct utc_ms *utc, int *offset_min) {
	size_t n = strlen(text); /* "2026-05-14T10:30" alone has 16 */
	return n > 16 && (text[n - 1] == 'Z' || text[n - 1] == 'z' || text[n - 6] == '+' || text[n - 6] == '-') &&
	       tz_parse(r->zone, text, utc, offset_min);
}

static bool is_after(const struct reader *r, const struct session *s, int target, struct err *err) {
	return s->when.end.v >= s->when.start.v || fail_cell(r, target, FAULT_BEFORE_START, err);
}

/* The end by the clock: on its own day, the start's, or the day after that ("23:00-01:00"). */
static void set_end_clock(struct reader *r, struct session *s, const struct time_text *end, int minute) {
	int64_t start_day = (s->when.start.v + s->when.offset_min * INT64_C(60000)) / 86400000;
	int target = r->column[TO_END] != 0 ? TO_END : TO_START;
	struct civil local = civil_of(end->has_day ? end->day : start_day, minute);
	bool next = !end->has_day && tz_utc(r->zone, &local).v < s->when.start.v;
	s->when.end = instant(r, target, (end->has_day ? end->day : start_day) + next, minute);
}

static bool set_end(struct reader *r, struct session *s, const struct time_text *start, struct err *err) {
	struct time_text end;
	struct time_text date;
	int offset_min = 0;
	int minutes = AGENDA_DEFAULT_MINUTES;
	if (exact(r, r->value[TO_END], &s->when.end, &offset_min)) {
		return is_after(r, s, TO_END, err);
	}
	if (!read_when_cell(r, TO_END, &end, err) || !read_when_cell(r, TO_END_DATE, &date, err)) {
		return false;
	}
	if (!end.has_day && date.has_day) {
		end.has_day = true;
		end.day = date.day;
		end.has_time = end.has_time || date.has_time;
		end.minute = date.has_time ? date.minute : end.minute;
	}
	int target = r->column[TO_END] != 0 ? TO_END : r->column[TO_END_DATE] != 0 ? TO_END_DATE : TO_START;
	if (end.has_time || start->has_end) {
		set_end_clock(r, s, &end, end.has_time ? end.minute : start->end_minute);
		return is_after(r, s, target, err);
	}
	if (*r->value[TO_DURATION] != '\0' && !time_text_duration(r->value[TO_DURATION], &minutes)) {
		return fail_cell(r, TO_DURATION, FAULT_NO_DURATION, err);
	}
	s->when.end.v = s->when.start.v + minutes * INT64_C(60000);
	/* A later last day and no time: until that day is over. */
	if (*r->value[TO_DURATION] == '\0' && end.has_day && end.day > start->day) {
		set_end_clock(r, s, &end, 24 * 60);
	}
	return end.has_day && end.day < start->day ? fail_cell(r, target, FAULT_BEFORE_START, err) : true;
}

static bool set_when(struct reader *r, struct session *s, struct err *err) {
	struct time_text date;
	struct time_text start = {0};
	if (exact(r, r->value[TO_START], &s->when.start, &s->when.offset_min)) {
		start.day = (s->when.start.v + s->when.offset_min * INT64_C(60000)) / 86400000;
		return set_end(r, s, &start, err);
	}
	if (!read_when_cell(r, TO_DATE, &date, err)) {
		r->dates.has_day = false; /* the rows below that name none are of this day, not of the one before */
		return false;
	}
	if (!read_when_cell(r, TO_START, &start, err)) {
		return false;
	}
	if (date.has_day || start.has_day) {
		r->dates.day = start.has_day ? start.day : date.day;
		r->dates.has_day = true;
	}
	/* Both may stand in the date's column. */
	int target = TO_START;
	if (!start.has_time && date.has_time) {
		start = date;
		target = TO_DATE;
	}
	if (!start.has_time) {
		return fail_row(r, FAULT_START_NO_TIME, err);
	}
	if (!r->dates.has_day) {
		return fail_row(r, FAULT_START_NO_DATE, err);
	}
	start.day = r->dates.day;
	s->when.start = instant(r, target, start.day, start.minute);
	s->when.offset_min = tz_civil(r->zone, s->when.start).offset_min;
	return set_end(r, s, &start, err);
}

/* The only text of a row, in whatever column; NULL: there are several. */
static const char *only_cell(const struct reader *r) {
	const struct table_row *row = &r->t->rows[r->row];
	const char *only = NULL;
	for (size_t c = 0; c < row->count; c++) {
		const char *cell = r->t->cells[row->first + c];
		if (*cell != '\0' && only != NULL) {
			return NULL;
		}
		only = *cell != '\0' ? cell : only;
	}
	return only;
}

/* A row of nothing but a day's title. */
static enum agenda_date read_day_row(struct reader *r) {
	const char *only = only_cell(r);
	return only != NULL ? agenda_dates_take_title(&r->dates, only) : AGENDA_DATE_WRONG;
}

/* Tables of several days often have the header again for each. */
static bool begins_with(const char *text, const char *const *words, size_t n) {
	bool hit = false;
	if (*text == '\0') {
		return false;
	}
	char *here = alias_fold(text);
	for (size_t i = 0; i < n && !hit; i++) {
		char *word = alias_fold(words[i]);
		hit = str_starts(here, word);
		free(word);
	}
	free(here);
	return hit;
}

static bool is_cancelled(const char *status) {
	static const char *const words[] = {"cancel", "скасован", "відмінен", "отменен", "отменён", "withdrawn", "rejected"};
	return begins_with(status, words, COUNT_OF(words));
}

static bool read_row(struct reader *r, struct err *err) {
	collect(r);
	enum agenda_date title = read_day_row(r);
	if (title == AGENDA_DATE_NO_YEAR) {
		return fault_fail(err,
				  &(struct fault){.kind = FAULT_DATE_NO_YEAR, .at.line = r->t->rows[r->row].line, .value = only_cell(r)});
	}
	if (title == AGENDA_DATE_READ || table_same_row(r->t, r->row, r->t, r->cols.header)) {
		return true;
	}
	if (yes_no_read(r->value[TO_ALL_DAY]) == YES_NO_YES) {
		r->out->passed_over++;
		return true;
	}
	if (*r->value[SESSION_TITLE] == '\0') {
		/* Notes beside the table are passed over; a time without a title is a mistake. */
		return *r->value[TO_START] == '\0' || fail_row(r, FAULT_START_NO_TITLE, err);
	}
	struct session *s = agenda_new(r->out, err);
	if (s == NULL || !set_when(r, s, err)) {
		return false;
	}
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		agenda_set_text(s, (enum session_field)i, r->value[i]);
	}
	agenda_set_room(s, r->value[TO_ROOM]);
	int64_t capacity = 0;
	if (*r->value[TO_CAPACITY] != '\0' && (!str_to_i64(r->value[TO_CAPACITY], &capacity) || capacity < 0 || capacity > 1000000)) {
		return fail_cell(r, TO_CAPACITY, FAULT_NO_SEATS, err);
	}
	enum yes_no quiet = yes_no_read(r->value[SESSION_QUIET]);
	if (*r->value[SESSION_QUIET] != '\0' && quiet == YES_NO_NEITHER) {
		return fail_cell(r, SESSION_QUIET, FAULT_NO_YES_OR_NO, err);
	}
	session_set(s, SESSION_QUIET, quiet == YES_NO_NEITHER ? NULL : quiet == YES_NO_YES ? "yes" : "no");
	s->when.capacity = (int)capacity;
	s->cancelled = is_cancelled(r->value[TO_STATUS]);
	agenda_set_uid(s, r->value[TO_UID]);
	return true;
}

static bool try_row(struct reader *r, struct err *err) {
	struct agenda_attempt attempt;
	agenda_attempt_begin(&attempt, r->out);
	return read_row(r, &attempt.err) || agenda_attempt_failed(&attempt, r->opt, NULL, err);
}

bool agenda_from_table(const struct table *t, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		       struct err *err) {
	struct reader *r = xcalloc(1, sizeof *r);
	*r = (struct reader){.t = t, .zone = zone, .opt = opt, .out = out};
	bool ok = agenda_columns_find(t, opt, &r->cols, err);
	if (ok) {
		agenda_dates_decide(&r->dates, t, &r->cols, opt);
	}
	/* The first day's title may stand above the header. */
	for (r->row = 0; ok && r->row < r->cols.header; r->row++) {
		(void)read_day_row(r);
	}
	for (r->row = r->cols.header + 1; ok && r->row < t->count; r->row++) {
		ok = try_row(r, err);
	}
	free(r->speakers);
	free(r);
	return ok;
}
