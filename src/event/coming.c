#include "event/coming.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"
#include "event/person.h"

/* As organisers head the column. */
static const char *const HEADS[] = {"days", "day", "дні", "день", "дни", "дата"};
#define BETWEEN ",; \t\n"

/* "14.05.2026", "14.05", "14.05." */
static bool read_dotted(const char *word, int of_year, int64_t *day) {
	int part[3] = {0, 0, of_year}, count = 0;
	for (const char *at = word; count < 3 && *at != '\0'; count++) {
		size_t n = strspn(at, "0123456789");
		if (n == 0 || n > 4) {
			return false;
		}
		part[count] = (int)strtol(at, NULL, 10);
		at += n;
		if (*at != '\0' && *at++ != '.') {
			return false;
		}
	}
	part[2] += part[2] < 100 ? 2000 : 0;
	if (count < 2 || !tz_date_valid(part[2], part[1], part[0])) {
		return false;
	}
	*day = tz_days(part[2], part[1], part[0]);
	return true;
}

bool person_comes(const struct person *person, int64_t day) {
	const char *said = person_custom_headed(person, HEADS, COUNT_OF(HEADS));
	int year, month, of_month;
	bool any = false, comes = false, read = true;
	if (str_empty(said)) {
		return true;
	}
	tz_from_days(day, &year, &month, &of_month);
	char *copy = xstrdup(said), *rest = copy, *word;
	while ((word = strsep(&rest, BETWEEN)) != NULL) {
		int64_t date;
		if (word[0] == '\0') {
			continue;
		}
		bool is_date = tz_parse_date(word, &date) || read_dotted(word, year, &date);
		read = read && is_date;
		comes = comes || (is_date && date == day);
		any = true;
	}
	free(copy);
	return comes || !any || !read;
}
