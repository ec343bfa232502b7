#include "cli/dates.h"

#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"

/* Genitive where the language has it: a date says "14 травня". */
static const char *const MONTHS[3][12] = {
	{"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"},
	{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
};

struct day {
	int year, month, day;
};

static struct day day_of(int64_t days) {
	struct day d;
	tz_from_days(days, &d.year, &d.month, &d.day);
	return d;
}

static const char *const *months_of(const char *languages) {
	return MONTHS[str_starts(languages, "uk") ? 0 : str_starts(languages, "ru") ? 1 : 2];
}

/* A run of days that follow one another; month and year only where the next run's own do not say them. */
struct run {
	struct day from, to;
	const struct day *next; /* the beginning of the run after it; NULL */
};

static void add_run(struct strbuf *out, const struct run *run, const char *const *months) {
	struct day from = run->from;
	struct day to = run->to;
	const struct day *next = run->next;
	bool month_later = next != NULL && next->year == to.year && next->month == to.month;
	bool year_later = next != NULL && next->year == to.year;
	strbuf_addf(out, "%d", from.day);
	if (from.month != to.month || from.year != to.year) {
		strbuf_addf(out, " %s", months[from.month - 1]);
		if (from.year != to.year) {
			strbuf_addf(out, " %d", from.year);
		}
		strbuf_addf(out, " – %d", to.day);
	} else if (from.day != to.day) {
		strbuf_addf(out, "–%d", to.day);
	}
	if (!month_later) {
		strbuf_addf(out, " %s", months[to.month - 1]);
	}
	if (!year_later) {
		strbuf_addf(out, " %d", to.year);
	}
}

char *dates_text(const int64_t *days, size_t count, const char *languages) {
	struct strbuf out = {0};
	const char *const *months = months_of(languages);
	for (size_t i = 0; i < count;) {
		size_t last = i;
		while (last + 1 < count && days[last + 1] == days[last] + 1) {
			last++;
		}
		struct day next = last + 1 < count ? day_of(days[last + 1]) : (struct day){0};
		strbuf_adds(&out, i == 0 ? "" : ", ");
		struct run run = {day_of(days[i]), day_of(days[last]), last + 1 < count ? &next : NULL};
		add_run(&out, &run, months);
		i = last + 1;
	}
	return strbuf_detach(&out);
}
