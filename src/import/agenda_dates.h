/* The dates of an agenda's table: one reading of 05/12/2026 for a whole column, dates without a year, and rows that are a day's title. */
#ifndef TURNOUT_IMPORT_AGENDA_DATES_H
#define TURNOUT_IMPORT_AGENDA_DATES_H

#include <stdbool.h>
#include <stdint.h>

#include "import/agenda_columns.h"
#include "import/time_text.h"

struct agenda_dates {
	const struct agenda_options *opt;
	bool month_first[TABLE_COLUMNS_MAX];
	bool month_first_elsewhere; /* in the titles of days */
	bool has_day;               /* the last one named, which holds for rows that name none */
	int64_t day;
};

/* Looks through the columns of dates and times. One cell that can only have the month first, or the day, decides for its column, and a
 * decided column for those that leave it open; then a header with "mm/dd" or "dd/mm" in it, then in which
 * reading alone there are dates of the event's, then opt->month_first, and else the day is first
 * (as one writes in Ukrainian, Russian and British English), which is told. Of a single-day event its day holds from the start. */
void agenda_dates_decide(struct agenda_dates *dates, const struct table *t, const struct agenda_columns *cols,
			 const struct agenda_options *opt);

enum agenda_date { AGENDA_DATE_READ, AGENDA_DATE_WRONG, AGENDA_DATE_NO_YEAR };

/* A cell of a column; a date without a year is in the event's dates, else in the year of the last one named. The plain one is for times. */
enum agenda_date agenda_dates_read(const struct agenda_dates *dates, size_t column, const char *text, struct time_text *out);
/* The same where a date is wanted: "15.05" is one. */
enum agenda_date agenda_dates_read_date(const struct agenda_dates *dates, size_t column, const char *text, struct time_text *out);

/* "День 2, 15 травня", "Friday 15 May", "15.05.2026", and of an event with dates "День 2: Громади": READ, and the day holds from here on. WRONG is another
 * text. After NO_YEAR, and after a "Day 9" that the event does not have, no day holds: the rows below are not those of the day before. */
enum agenda_date agenda_dates_take_title(struct agenda_dates *dates, const char *text);

#endif
