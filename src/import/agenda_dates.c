#include "import/agenda_dates.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"
#include "base/utf8.h"
#include "import/cell_zone.h"
#include "import/fault.h"

/* ---- the order of day and month ---- */

struct evidence { /* of one column; rows from 1, 0: none */
	size_t day, month, either;
	bool header_day, header_month;
	bool event_day, event_month; /* a cell that leaves it open is one of the event's dates when it is read so */
};

static bool holds_dates(int target) { return target == TO_DATE || target == TO_END_DATE || target == TO_START || target == TO_END; }

static void look_at_header(const char *header, struct evidence *e) {
	char *folded = utf8_fold_marks(header);
	e->header_month = strstr(folded, "mm/dd") != NULL || strstr(folded, "m/d/y") != NULL;
	e->header_day = strstr(folded, "dd/mm") != NULL || strstr(folded, "d/m/y") != NULL;
	free(folded);
}

/* As time_text_read_as, without the time zone that may stand at the end. */
static bool read_cell(const char *cell, bool month_first, struct time_text *read) {
	char zone[CELL_ZONE_MAX];
	char *text = xstrdup(cell);
	(void)cell_zone_cut(text, zone);
	bool ok = time_text_read_as(text, &(struct time_reading){.month_first = month_first}, read);
	free(text);
	return ok;
}

static bool is_of_event(const struct agenda_options *opt, const char *cell, bool month_first) {
	struct time_text read;
	return opt->has_days && read_cell(cell, month_first, &read) && read.day >= opt->first_day && read.day <= opt->last_day;
}

static struct evidence look_at(const struct table *t, const struct agenda_columns *cols, size_t column, const struct agenda_options *opt) {
	struct evidence e = {0};
	look_at_header(table_cell(t, cols->header, column), &e);
	for (size_t row = cols->header + 1; row < t->count; row++) {
		const char *cell = table_cell(t, row, column);
		struct time_text read;
		/* Most cells have no date of this form: the two signs are looked for first. */
		if (strpbrk(cell, "/-") == NULL || !read_cell(cell, false, &read)) {
			continue;
		}
		e.day = e.day == 0 && read.order == TIME_ORDER_DAY ? row : e.day;
		e.month = e.month == 0 && read.order == TIME_ORDER_MONTH ? row : e.month;
		if (read.order == TIME_ORDER_EITHER) {
			e.either = e.either == 0 ? row : e.either;
			e.event_day = e.event_day || is_of_event(opt, cell, false);
			e.event_month = e.event_month || is_of_event(opt, cell, true);
		}
	}
	return e;
}

static void tell(const struct agenda_dates *dates, const struct table *t, size_t column, const struct evidence *e) {
	bool mixed = e->day != 0 && e->month != 0;
	size_t row = mixed ? e->month : e->either;
	agenda_note(dates->opt, &(struct fault){.kind = mixed ? FAULT_DATES_MIXED : FAULT_DAY_FIRST,
						.at = {.line = t->rows[row].line, .column = column + 1},
						.value = table_cell(t, row, column),
						.other = mixed ? table_cell(t, e->day, column) : NULL});
}

/* What the column says by itself: TIME_ORDER_EITHER when it leaves it open, NONE when nothing hangs on it. */
static enum time_order order_of(const struct evidence *e) {
	if ((e->day != 0) != (e->month != 0)) {
		return e->month != 0 ? TIME_ORDER_MONTH : TIME_ORDER_DAY;
	}
	if (e->header_day != e->header_month) {
		return e->header_month ? TIME_ORDER_MONTH : TIME_ORDER_DAY;
	}
	if (e->event_day != e->event_month) {
		return e->event_month ? TIME_ORDER_MONTH : TIME_ORDER_DAY;
	}
	return e->either != 0 ? TIME_ORDER_EITHER : TIME_ORDER_NONE;
}

void agenda_dates_decide(struct agenda_dates *dates, const struct table *t, const struct agenda_columns *cols,
			 const struct agenda_options *opt) {
	struct evidence *found = xcalloc(cols->width + 1, sizeof *found);
	bool day = false;
	bool month = false;
	*dates = (struct agenda_dates){.opt = opt};
	for (size_t c = 0; c < cols->width; c++) {
		if (holds_dates(cols->target[c])) {
			found[c] = look_at(t, cols, c, opt);
			day = day || order_of(&found[c]) == TIME_ORDER_DAY;
			month = month || order_of(&found[c]) == TIME_ORDER_MONTH;
		}
	}
	/* What the table does not tell. */
	bool open = day == month;
	dates->month_first_elsewhere = open ? opt->month_first : month;
	for (size_t c = 0; c < cols->width; c++) {
		enum time_order order = order_of(&found[c]);
		dates->month_first[c] = order == TIME_ORDER_MONTH || (order != TIME_ORDER_DAY && dates->month_first_elsewhere);
		if ((found[c].day != 0 && found[c].month != 0) || (order == TIME_ORDER_EITHER && open && !opt->month_first)) {
			tell(dates, t, c, &found[c]);
		}
	}
	free(found);
	dates->has_day = opt->has_days && opt->first_day == opt->last_day;
	dates->day = opt->first_day;
}

/* ---- dates without a year ---- */

static bool set_year(struct time_text *read, int64_t like) {
	int year;
	int month;
	int day;
	tz_from_days(like, &year, &month, &day);
	if (!tz_date_valid(year, read->month, read->month_day)) {
		return false;
	}
	read->day = tz_days(year, read->month, read->month_day);
	return true;
}

/* An event over New Year has dates in two years: the one in which the date is the event's. */
static enum agenda_date add_year(const struct agenda_dates *dates, struct time_text *read) {
	const struct agenda_options *opt = dates->opt;
	if (!read->no_year) {
		return AGENDA_DATE_READ;
	}
	if (opt->has_days && set_year(read, opt->last_day) && read->day >= opt->first_day && read->day <= opt->last_day) {
		return AGENDA_DATE_READ;
	}
	if (!opt->has_days && !dates->has_day) {
		return AGENDA_DATE_NO_YEAR;
	}
	return set_year(read, opt->has_days ? opt->first_day : dates->day) ? AGENDA_DATE_READ : AGENDA_DATE_WRONG;
}

static enum agenda_date read_as(const struct agenda_dates *dates, const char *text, const struct time_reading *how, struct time_text *out) {
	*out = (struct time_text){0};
	return time_text_read_as(text, how, out) ? add_year(dates, out) : AGENDA_DATE_WRONG;
}

enum agenda_date agenda_dates_read(const struct agenda_dates *dates, size_t column, const char *text, struct time_text *out) {
	return read_as(dates, text, &(struct time_reading){.month_first = dates->month_first[column], .no_year = true}, out);
}

enum agenda_date agenda_dates_read_date(const struct agenda_dates *dates, size_t column, const char *text, struct time_text *out) {
	return read_as(dates, text, &(struct time_reading){.month_first = dates->month_first[column], .no_year = true, .dates = true}, out);
}

/* ---- titles of days ---- */

/* Moves *at past the first of the words that it begins with. */
static bool take_one_of(const char **at, const char *const *words, size_t n) {
	bool taken = false;
	for (size_t i = 0; i < n && !taken; i++) {
		char *word = utf8_fold_marks(words[i]);
		taken = str_starts(*at, word);
		*at += taken ? strlen(word) : 0;
		free(word);
	}
	return taken;
}

static int take_small_number(const char **at) {
	int number = 0;
	for (int i = 0; i < 2 && str_is_digit(**at); i++) {
		number = number * 10 + (*(*at)++ - '0');
	}
	return str_is_digit(**at) ? 0 : number;
}

/* Moves past "День 2", "Day 2:" or "2-й день". The number, or 0 where the text does not begin so. */
static int take_day_number(const char **text) {
	static const char *const words[] = {"день", "day"};
	static const char *const endings[] = {"-й", "-ий", "-ый", "й", "st", "nd", "rd", "th"};
	char *folded = utf8_fold_marks(*text);
	const char *at = folded;
	bool word = take_one_of(&at, words, COUNT_OF(words));
	at += word ? strspn(at, " #") : 0;
	int number = take_small_number(&at);
	if (number != 0 && !word) {
		take_one_of(&at, endings, COUNT_OF(endings));
		at += strspn(at, " ");
		word = take_one_of(&at, words, COUNT_OF(words));
	}
	number = word ? number : 0;
	/* Folding leaves as many characters of what was passed here as there were. */
	for (size_t skipped = utf8_length(folded) - utf8_length(at); number != 0 && skipped > 0; skipped--) {
		utf8_next(text);
	}
	free(folded);
	return number;
}

enum agenda_date agenda_dates_take_title(struct agenda_dates *dates, const char *text) {
	struct time_text read;
	int number = take_day_number(&text);
	while (*text != '\0' && (strchr(" ,.:;|-", *text) != NULL || str_starts(text, "–") || str_starts(text, "—"))) {
		utf8_next(&text);
	}
	struct time_reading how = {.month_first = dates->month_first_elsewhere, .dates = true, .no_year = true};
	enum agenda_date is = read_as(dates, text, &how, &read);
	is = is == AGENDA_DATE_READ && (!read.has_day || read.has_time) ? AGENDA_DATE_WRONG : is;
	int64_t day = is == AGENDA_DATE_READ ? read.day : dates->opt->first_day + number - 1;
	/* "День 2: Громади": by its number alone. */
	if (is == AGENDA_DATE_WRONG && number != 0 && dates->opt->has_days && day <= dates->opt->last_day) {
		is = AGENDA_DATE_READ;
	}
	if (is == AGENDA_DATE_READ) {
		dates->day = day;
		dates->has_day = true;
	} else if (is == AGENDA_DATE_NO_YEAR || number != 0) {
		dates->has_day = false;
	}
	return is;
}
