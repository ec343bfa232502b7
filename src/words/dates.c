#include "words/dates.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"

static const char *const months[] = {
	MARK("in a date", "January"),   MARK("in a date", "February"), MARK("in a date", "March"),    MARK("in a date", "April"),
	MARK("in a date", "May"),       MARK("in a date", "June"),     MARK("in a date", "July"),     MARK("in a date", "August"),
	MARK("in a date", "September"), MARK("in a date", "October"),  MARK("in a date", "November"), MARK("in a date", "December"),
};
static const char *const weekdays[] = {
	MARK("weekday", "Monday"), MARK("weekday", "Tuesday"),  MARK("weekday", "Wednesday"), MARK("weekday", "Thursday"),
	MARK("weekday", "Friday"), MARK("weekday", "Saturday"), MARK("weekday", "Sunday"),
};
static const char *const short_weekdays[] = {
	MARK("weekday", "Mon"), MARK("weekday", "Tue"), MARK("weekday", "Wed"), MARK("weekday", "Thu"),
	MARK("weekday", "Fri"), MARK("weekday", "Sat"), MARK("weekday", "Sun"),
};

struct parts {
	int year, month, day, weekday; /* Monday is 0 */
};

static struct parts split(int64_t days) {
	struct parts p;
	tz_from_days(days, &p.year, &p.month, &p.day);
	p.weekday = (int)(((days + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
	return p;
}

void date_time(struct strbuf *out, int minutes_of_day) { strbuf_addf(out, "%02d:%02d", minutes_of_day / 60, minutes_of_day % 60); }

void date_clock(struct strbuf *out, const struct tz *tz, struct utc_ms utc) {
	struct civil c = tz_civil(tz, utc);
	date_time(out, c.hour * 60 + c.minute);
}

#define ABOUT "≈"

void date_clock_about(struct strbuf *out, const struct tz *tz, struct utc_ms utc, bool approximate) {
	strbuf_adds(out, approximate ? ABOUT : "");
	date_clock(out, tz, utc);
}

static const char *const at_words[] = {MARK("a time of day", "at {time}"), MARK("a time of day, at eleven", "at {time}")};

/* Ukrainian says "о 10:30" and "об 11:00": of all hours only eleven begins with a vowel there, as it is read. */
void date_at(struct strbuf *out, const struct tongue *t, const char *time) {
	bool eleven = str_starts(time, "11:") || str_starts(time, ABOUT "11:");
	words_fill_one(out, tongue_get_in(t, eleven ? "a time of day, at eleven" : "a time of day", at_words[eleven]), "time", time);
}

void date_tab(struct strbuf *out, const struct tongue *t, int64_t day) {
	struct parts p = split(day);
	strbuf_addf(out, "%s %d", tongue_get_in(t, "weekday", short_weekdays[p.weekday]), p.day);
}

static void fill_day(struct strbuf *out, const struct tongue *t, const char *pattern, const struct parts *p) {
	struct str_number number = str_number(p->day);
	struct word_value values[] = {{"day", number.text},
				      {"month", tongue_get_in(t, "in a date", months[p->month - 1])},
				      {"weekday", tongue_get_in(t, "weekday", weekdays[p->weekday])}};
	words_fill(out, pattern, values, COUNT_OF(values));
}

#define T(t, text) tongue_get(t, text)
void date_day(struct strbuf *out, const struct tongue *t, int64_t day) {
	struct parts p = split(day);
	fill_day(out, t, T(t, "{day} {month}"), &p);
}

void date_long(struct strbuf *out, const struct tongue *t, int64_t day) {
	struct parts p = split(day);
	struct strbuf text = {0};
	fill_day(&text, t, T(t, "{weekday}, {day} {month}"), &p);
	const char *rest = strbuf_str(&text);
	utf8_next(&rest);
	size_t first = (size_t)(rest - strbuf_str(&text));
	char *letter = xstrndup(strbuf_str(&text), first), *upper = utf8_upper(letter);
	strbuf_addf(out, "%s%s", upper, rest);
	free(letter);
	free(upper);
	strbuf_fini(&text);
}

/* Days that follow one another, and the first one after a gap. */
struct run {
	struct parts from, to;
	const struct parts *next; /* NULL: none */
	bool years;
};

static void put_year(struct strbuf *out, bool wanted, const struct parts *p) {
	if (wanted) {
		strbuf_addf(out, " %d", p->year);
	}
}

static void put_run(struct strbuf *out, const struct tongue *t, const struct run *run) {
	const struct parts *from = &run->from, *to = &run->to, *next = run->next;
	bool one_year = from->year == to->year, one_month = one_year && from->month == to->month;
	bool month_later = next != NULL && next->year == to->year && next->month == to->month;
	bool year_later = next != NULL && next->year == to->year;
	if (!one_month) {
		fill_day(out, t, T(t, "{day} {month}"), from);
		put_year(out, run->years && !one_year, from);
		strbuf_adds(out, " – ");
	}
	if (one_month && from->day != to->day) {
		struct str_number first = str_number(from->day), last = str_number(to->day);
		struct word_value values[] = {
			{"from", first.text}, {"to", last.text}, {"month", tongue_get_in(t, "in a date", months[to->month - 1])}};
		words_fill(out, month_later ? "{from}–{to}" : T(t, "{from}–{to} {month}"), values, COUNT_OF(values));
	} else {
		fill_day(out, t, month_later ? "{day}" : T(t, "{day} {month}"), to);
	}
	put_year(out, run->years && !year_later, to);
}

static void put_runs(struct strbuf *out, const struct tongue *t, const int64_t *days, size_t count, bool years) {
	for (size_t i = 0, last; i < count; i = last + 1) {
		for (last = i; last + 1 < count && days[last + 1] == days[last] + 1;) {
			last++;
		}
		bool more = last + 1 < count;
		struct parts next = more ? split(days[last + 1]) : (struct parts){0};
		struct run run = {split(days[i]), split(days[last]), more ? &next : NULL, years};
		strbuf_adds(out, i == 0 ? "" : ", ");
		put_run(out, t, &run);
	}
}

void date_range(struct strbuf *out, const struct tongue *t, const int64_t *days, size_t count) { put_runs(out, t, days, count, false); }

void date_range_year(struct strbuf *out, const struct tongue *t, const int64_t *days, size_t count) { put_runs(out, t, days, count, true); }
#undef T
