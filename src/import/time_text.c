/* One pass over the text, by numbers, words and signs. Whatever is not understood makes it fail: a cell that is half read would put a
 * session at a wrong time. */
#include "import/time_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"
#include "base/utf8.h"

#define DURATION_MAX (14 * 24 * 60)

/* Beginnings of the months' names as utf8_fold_marks leaves them; Ukrainian, Russian, English, parted by spaces. */
static const char *const MONTHS[12] = {
	"січ янв jan", "лют фев feb", "бер мар mar", "кві апр apr", "тра мая маи may", "чер июн jun",
	"лип июл jul", "сер авг aug", "вер сен sep", "жов окт oct", "лис ноя nov",     "гру дек dec",
};

/* Words that say nothing we need: weekdays by their beginning (with their full stops gone), little words whole. */
static const char *const WEEKDAYS[] = {"пон", "вів", "п’я", "пʼя", "сер", "чет", "пят", "п'я", "суб", "нед", "пн",  "вт",  "ср",  "чт",
				       "пт",  "сб",  "нд",  "вс",  "вто", "сре", "вос", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const char *const LITTLE[] = {"з",    "від", "о", "об", "в",  "с",  "от", "р",  "року", "рік", "г", "год", "года", "at",
				     "from", "of",  "t", "y",  "st", "nd", "rd", "th", "го",   "те",  "е", "the", "on"};
static const char *const UNTIL[] = {"до", "по", "to", "till", "until"};

struct lexer {
	const char *at;
	struct time_reading how;
	struct time_text out;
	bool range;      /* a dash or "до" was seen: the next time is the end */
	int month;       /* named, not used yet */
	int month_day;   /* the number beside it */
	int clock_count; /* times seen */
};

static bool in_list(const char *word, const char *const *list, size_t n, bool beginning) {
	for (size_t i = 0; i < n; i++) {
		if (beginning ? str_starts(word, list[i]) : str_eq(word, list[i])) {
			return true;
		}
	}
	return false;
}

static int month_of(const char *word) {
	for (int m = 0; m < 12; m++) {
		char names[40];
		char *parts[4];
		str_copy(names, sizeof names, MONTHS[m]);
		size_t n = str_split(names, ' ', parts, COUNT_OF(parts));
		for (size_t i = 0; i < n; i++) {
			char *folded = utf8_fold_marks(parts[i]);
			bool hit = str_starts(word, folded);
			free(folded);
			if (hit) {
				return m + 1;
			}
		}
	}
	return 0;
}

static int take_number(struct lexer *l, int *digits) {
	int value = 0;
	*digits = 0;
	while (str_is_digit(*l->at) && *digits < 6) {
		value = value * 10 + (*l->at++ - '0');
		(*digits)++;
	}
	return value;
}

static bool set_day(struct lexer *l, int year, int month, int day) {
	if (year < 100) {
		year += 2000;
	}
	if (l->out.has_day || !tz_date_valid(year, month, day)) {
		return false;
	}
	l->out.has_day = true;
	l->out.day = tz_days(year, month, day);
	return true;
}

/* After "n SEP n SEP": the third number and what the three mean. */
static bool take_date(struct lexer *l, int first, int first_digits, int second, char separator) {
	int digits = 0;
	int third = take_number(l, &digits);
	if (first_digits == 4) {
		return (digits == 1 || digits == 2) && set_day(l, first, second, third);
	}
	if (digits != 2 && digits != 4) {
		return false;
	}
	bool open = separator == '/' || separator == '-'; /* with full stops the day comes first everywhere */
	bool month_first = open && first <= 12 && (second > 12 || l->how.month_first);
	if (open && first != second) {
		l->out.order = first > 12 ? TIME_ORDER_DAY : second > 12 ? TIME_ORDER_MONTH : TIME_ORDER_EITHER;
	}
	return set_day(l, third, month_first ? first : second, month_first ? second : first);
}

/* "15.05" where a date is looked for; false leaves all as it was. */
static bool take_day_and_month(struct lexer *l, int first, int second, char separator) {
	bool month_first = separator == '/' && (second > 12 || l->how.month_first);
	int month = month_first ? first : second;
	int day = month_first ? second : first;
	if (!l->how.dates || l->out.has_day || l->month != 0 || l->month_day != 0 || month < 1 || month > 12 || day < 1 || day > 31) {
		return false;
	}
	l->month = month;
	l->month_day = day;
	return true;
}

/* "AM", "p.m.": moves past it. */
static bool take_half(struct lexer *l, int *hour) {
	const char *at = l->at;
	while (*at == ' ') {
		at++;
	}
	char half = str_lower_char(*at);
	const char *m = at[0] != '\0' && at[1] == '.' ? at + 2 : at + 1;
	if ((half != 'a' && half != 'p') || str_lower_char(*m) != 'm') {
		return *hour <= 24;
	}
	if (*hour < 1 || *hour > 12) {
		return false;
	}
	/* 12 AM is midnight, 12 PM noon. */
	*hour = *hour % 12 + (half == 'p' ? 12 : 0);
	l->at = m + (m[1] == '.' ? 2 : 1);
	return true;
}

static bool set_clock(struct lexer *l, int hour, int minute) {
	if (!take_half(l, &hour) || minute > 59 || hour > 24 || (hour == 24 && minute != 0) || l->clock_count >= 2) {
		return false;
	}
	int at = hour * 60 + minute;
	if (l->clock_count++ == 0) {
		l->out.has_time = true;
		l->out.minute = at;
		return !l->range;
	}
	l->out.has_end = true;
	l->out.end_minute = at;
	return l->range;
}

/* The seconds of "10:30:00", also with a fraction. */
static bool pass_seconds(struct lexer *l) {
	if (*l->at == ':' && str_is_digit(l->at[1])) {
		int digits = 0;
		l->at++;
		if (take_number(l, &digits) > 60 || digits != 2) {
			return false;
		}
		if (*l->at == '.') {
			l->at += 1 + strspn(l->at + 1, "0123456789");
		}
	}
	return true;
}

static bool lone_number(struct lexer *l, int value, int digits) {
	if (digits == 4 && l->month != 0 && l->month_day != 0) {
		bool ok = set_day(l, value, l->month, l->month_day);
		l->month = 0;
		l->month_day = 0;
		return ok;
	}
	if (digits <= 2 && l->month_day == 0 && value >= 1 && value <= 31) {
		l->month_day = value;
		return true;
	}
	return false;
}

/* What a number means is told by the sign behind it: "10:30" and "10.30" are times, three numbers with one sign between them a date, a lone
 * one is a day or a year beside a month's name. */
static bool take_numbers(struct lexer *l) {
	int digits = 0;
	int more = 0;
	int first = take_number(l, &digits);
	char separator = *l->at;
	bool joined = strchr(":./-", separator) != NULL && separator != '\0' && str_is_digit(l->at[1]);
	if (!joined) {
		return lone_number(l, first, digits);
	}
	const char *before = l->at;
	l->at++;
	int second = take_number(l, &more);
	if (separator != ':' && more <= 2 && *l->at == separator && str_is_digit(l->at[1])) {
		l->at++;
		return take_date(l, first, digits, second, separator);
	}
	if ((separator == '.' || separator == '/') && digits <= 2 && more <= 2 && take_day_and_month(l, first, second, separator)) {
		return true;
	}
	if ((separator == ':' || separator == '.') && digits <= 2 && more == 2) {
		return pass_seconds(l) && set_clock(l, first, second);
	}
	l->at = before;
	return false;
}

/* One word, folded: a month, a weekday, "до", or nothing we need. */
static bool take_word(struct lexer *l) {
	const char *from = l->at;
	for (const char *next = l->at; *next != '\0';) {
		uint32_t c = utf8_next(&next);
		if (!utf8_is_letter(c) && c != '\'' && c != 0x2019 && c != 0x2BC) {
			break;
		}
		l->at = next;
	}
	if (l->at == from) {
		return false;
	}
	char *raw = xstrndup(from, (size_t)(l->at - from));
	char *word = utf8_fold_marks(raw);
	bool ok = true;
	int month = month_of(word);
	if (in_list(word, UNTIL, COUNT_OF(UNTIL), false)) {
		l->range = true;
		/* Some weekdays begin like months (середа, серпень): behind a number it is the month. */
	} else if (month != 0 && l->month == 0 && !l->out.has_day &&
		   (l->month_day != 0 || !in_list(word, WEEKDAYS, COUNT_OF(WEEKDAYS), true))) {
		l->month = month;
	} else {
		ok = in_list(word, LITTLE, COUNT_OF(LITTLE), false) || in_list(word, WEEKDAYS, COUNT_OF(WEEKDAYS), true);
	}
	free(word);
	free(raw);
	return ok;
}

static bool take_sign(struct lexer *l) {
	const char *next = l->at;
	uint32_t c = utf8_next(&next);
	if (c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || (c == '\n' && l->clock_count == 1 && !l->range)) {
		l->range = l->clock_count > 0;
	} else if (c != ' ' && c != ',' && c != '.' && c != ';' && c != '|' && c != '(' && c != ')' && c != '\n') {
		return false;
	}
	l->at = next;
	return true;
}

bool time_text_read(const char *text, struct time_text *out) { return time_text_read_as(text, &(struct time_reading){0}, out); }

bool time_text_read_as(const char *text, const struct time_reading *how, struct time_text *out) {
	struct lexer l = {.at = text, .how = *how};
	while (*l.at != '\0') {
		if (str_is_digit(*l.at) ? !take_numbers(&l) : !take_sign(&l) && !take_word(&l)) {
			return false;
		}
	}
	if (how->no_year && l.month != 0 && l.month_day != 0 && !l.out.has_day) {
		l.out.has_day = true;
		l.out.no_year = true;
		l.out.month = l.month;
		l.out.month_day = l.month_day;
		l.month = 0;
		l.month_day = 0;
	}
	if (l.month != 0 || l.month_day != 0 || (l.range && !l.out.has_end) || (!l.out.has_day && !l.out.has_time)) {
		return false;
	}
	*out = l.out;
	return true;
}

/* What a unit behind a number multiplies by; 0 for no unit we know. */
static int unit_of(const char **at) {
	static const struct {
		const char *name;
		int minutes;
	} units[] = {
		{"хвилин", 1}, {"хв", 1},   {"минут", 1}, {"мин", 1},    {"minutes", 1}, {"minute", 1},
		{"min", 1},    {"m", 1},    {"'", 1},     {"годин", 60}, {"год", 60},    {"часов", 60},
		{"часа", 60},  {"час", 60}, {"ч", 60},    {"hours", 60}, {"hour", 60},   {"h", 60},
	};
	while (**at == ' ') {
		(*at)++;
	}
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		if (str_starts(*at, units[i].name)) {
			*at += strlen(units[i].name);
			while (**at != '\0' && **at != ' ' && !str_is_digit(**at)) {
				(*at)++; /* endings: хвилини, годину, mins. */
			}
			while (**at == ' ') {
				(*at)++;
			}
			return units[i].minutes;
		}
	}
	return 0;
}

bool time_text_duration(const char *text, int *minutes) {
	struct lexer l = {.at = text};
	int digits = 0;
	int total = 0;
	int value = take_number(&l, &digits);
	if (digits == 0 || digits > 5) {
		return false;
	}
	if ((*l.at == ':' || *l.at == '.') && str_is_digit(l.at[1])) {
		int more = 0;
		l.at++;
		total = value * 60 + take_number(&l, &more);
		if (more != 2 || !pass_seconds(&l) || (*l.at != '\0' && unit_of(&l.at) != 60)) {
			return false;
		}
	} else {
		int unit = unit_of(&l.at);
		total = value * (unit ? unit : 1);
		if (unit == 60 && str_is_digit(*l.at)) {
			total += take_number(&l, &digits);
			unit_of(&l.at);
		}
	}
	*minutes = total;
	return *l.at == '\0' && total <= DURATION_MAX;
}
