#include "import/person_value.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"
#include "base/utf8.h"
#include "event/fold.h"
#include "import/alias.h"
#include "import/registration_text.h"
#include "import/yes_no.h"

const char *person_cell_text(const char *cell) {
	return cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@", cell[1]) != NULL ? cell + 1 : cell;
}

/* ---- nothing ---- */

/* Nearly every cell is something, and is told by its first letter, without folding it: the words below begin with these. */
static bool may_be_nothing(const char *value) {
	enum { LONGEST = 40 }; /* bytes of such a word, and marks around it */
	if (strnlen(value, LONGEST) == LONGEST) {
		return false;
	}
	uint32_t first = utf8_next(&value);
	if (!utf8_is_letter(first)) {
		return true;
	}
	static const char letters[] = "нНвВоОnNuUeE";
	const char *at = letters;
	for (uint32_t c = utf8_next(&at); c != 0; c = utf8_next(&at)) {
		if (c == first) {
			return true;
		}
	}
	return false;
}

bool person_value_is_nothing(enum person_field field, const char *value) {
	static const char *const nothing[] = {
		"немає",      "нема",        "нет",         "нету",          "відсутний", "відсутня", "відсутне",
		"відсутнии",  "отсутствует", "не має",      "none",          "null",      "nil",      "na",
		"n a",        "nan",         "not given",   "not specified", "no data",   "невідомо", "неизвестно",
		"не вказано", "не указано",  "немає даних", "нет данных",    "не маю",    "unknown",  "empty",
	};
	static const char *const nameless[] = {"немає", "нет", "na", "n a", "не вказано", "не указано"};
	/* In these the words are answers; and None, Null and Na are people's names. */
	if (*value == '\0' || field == PERSON_PHOTO_CONSENT || field == PERSON_REGISTRATION) {
		return *value == '\0';
	}
	bool name = field == PERSON_NAME;
	/* Phones and addresses are told without folding, too: a number alone is nothing as a name only. */
	if (!may_be_nothing(value) || (!name && strpbrk(value, "0123456789@") != NULL)) {
		return false;
	}
	char *folded = fold_text(value);
	/* "-", "…" are marks that stand for nothing; a number is nobody's name. */
	bool found = *folded == '\0' || (name && folded[strspn(folded, "0123456789 ")] == '\0');
	for (size_t i = 0; i < (name ? COUNT_OF(nameless) : COUNT_OF(nothing)) && !found; i++) {
		found = str_eq(folded, name ? nameless[i] : nothing[i]);
	}
	free(folded);
	return found;
}

/* ---- e-mail ---- */

/* One @ with text on both sides, no white space inside (RFC 5321 has more; what is posted to is not our business). */
static bool is_address(const char *text) {
	const char *at = strchr(text, '@');
	return at != NULL && at != text && at[1] != '\0' && strchr(at + 1, '@') == NULL;
}

/* What no address of ours begins or ends with: a full stop behind a sentence, marks around it. */
static char *trim_marks(char *text) {
	static const char marks[] = ".:'\"`*!?[]{}";
	while (*text != '\0' && strchr(marks, *text) != NULL) {
		text++;
	}
	for (size_t n = strlen(text); n > 0 && strchr(marks, text[n - 1]) != NULL; n--) {
		text[n - 1] = '\0';
	}
	return text;
}

/* "a @ example.org": the gaps around the sign are nobody's. */
static void close_gaps(char *text) {
	char *to = text;
	for (const char *at = text; *at != '\0'; at++) {
		const char *next = at + strspn(at, " ");
		bool gap = *at == ' ' && (*next == '@' || (to != text && to[-1] == '@'));
		if (!gap) {
			*to++ = *at;
		}
	}
	*to = '\0';
}

/* Lower case. Of "Ann <a@example.org>" the address; of several the first. */
static enum fault_kind set_email(struct person *p, const char *value) {
	static const char between[] = " ,;<>()/|\\";
	char *text = xstrdup(value), *rest = NULL, *found = NULL;
	bool more = false;
	for (char *c = text; *c != '\0'; c++) {
		*c = str_lower_char(*c);
	}
	close_gaps(text);
	for (char *word = strtok_r(text, between, &rest); word != NULL; word = strtok_r(NULL, between, &rest)) {
		word = trim_marks(str_starts(word, "mailto:") ? word + strlen("mailto:") : word);
		if (!is_address(word)) {
			continue;
		}
		more = more || (found != NULL && !str_eq(found, word));
		found = found ? found : word;
	}
	/* "a@example,org" is an address that was mistyped: half of it would be somebody else's. */
	bool whole = found != NULL && (strchr(strchr(found, '@'), '.') != NULL || strpbrk(value, between) == NULL);
	if (whole) {
		person_set(p, PERSON_EMAIL, found);
	}
	free(text);
	return !whole ? FAULT_NO_EMAIL : more ? FAULT_EMAIL_MORE : FAULT_NONE;
}

/* ---- years ---- */

static void set_year(struct person *p, int year) {
	char text[12];
	snprintf(text, sizeof text, "%d", year);
	person_set(p, PERSON_BIRTH_YEAR, text);
}

/* "1.1.84", "01/12/84" -> 1984; 0 for what is no such date. Two digits are of this century up to 25. */
static int year_of_short_date(const char *value) {
	int numbers[3];
	int n = 0;
	const char *at = value;
	for (; *at != '\0' && n < 3; n++) {
		size_t digits = strspn(at, "0123456789");
		if (digits == 0 || digits > 2) {
			return 0;
		}
		numbers[n] = digits == 1 ? at[0] - '0' : (at[0] - '0') * 10 + (at[1] - '0');
		at += digits;
		size_t parted = strspn(at, "./- ");
		if (n < 2 && parted == 0) {
			return 0;
		}
		at += parted;
	}
	bool date =
		n == 3 && strpbrk(at, "0123456789") == NULL && numbers[0] >= 1 && numbers[0] <= 31 && numbers[1] >= 1 && numbers[1] <= 31;
	return !date ? 0 : numbers[2] <= 25 ? 2000 + numbers[2] : 1900 + numbers[2];
}

/* The number that a spreadsheet has for a date when the cell lost its format: 30682 is 1 January 1984. */
static int year_of_serial(const char *value) {
	enum { FIRST = 3654, LAST = 54789, UNIX_EPOCH = 25569 }; /* 1910 to 2049 */
	int64_t serial = 0;
	char date[40];
	if (strlen(value) > 5 || !str_to_i64(value, &serial) || serial < FIRST || serial > LAST || (serial >= 1900 && serial < 10000)) {
		return 0;
	}
	tz_format_date(serial - UNIX_EPOCH, date);
	return (int)strtol(date, NULL, 10);
}

/* "1984", "12.05.1984", "1984-05-12", "1.1.84" -> "1984"; a text without digits is no year and no error. */
static bool set_birth_year(struct person *p, const char *value) {
	bool digits = false;
	for (const char *at = value; *at != '\0';) {
		size_t n = strspn(at, "0123456789");
		digits = digits || n > 0;
		if (n == 4 && (strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0)) {
			set_year(p, (at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 + at[3] - '0');
			return true;
		}
		at += n > 0 ? n : 1;
	}
	int year = year_of_short_date(value);
	year = year != 0 ? year : year_of_serial(value);
	if (year != 0) {
		set_year(p, year);
	}
	return year != 0 || !digits;
}

/* ---- words ---- */

/* ISO 639-1 where the value tells; else as it is. */
static void set_language(struct person *p, const char *value) {
	static const struct {
		const char *name, *code;
	} names[] = {
		{"українська", "uk"}, {"украинский", "uk"}, {"ukrainian", "uk"}, {"ua", "uk"},       {"укр", "uk"},
		{"російська", "ru"},  {"русский", "ru"},    {"russian", "ru"},   {"рус", "ru"},      {"англійська", "en"},
		{"английский", "en"}, {"english", "en"},    {"англ", "en"},      {"польська", "pl"}, {"polish", "pl"},
		{"німецька", "de"},   {"german", "de"},
	};
	char *folded = alias_fold(value);
	const char *code = NULL;
	for (size_t i = 0; i < COUNT_OF(names) && code == NULL; i++) {
		char *name = alias_fold(names[i].name);
		code = str_eq(name, folded) ? names[i].code : NULL;
		free(name);
	}
	char two[3] = {str_lower_char(value[0]), value[0] ? str_lower_char(value[1]) : '\0', '\0'};
	bool tag = two[0] >= 'a' && two[0] <= 'z' && two[1] >= 'a' && two[1] <= 'z' &&
		   (value[2] == '\0' || value[2] == '-' || value[2] == '_');
	person_set(p, PERSON_LANGUAGE, code ? code : tag ? two : value);
	free(folded);
}

/* Words of three languages for one of two answers; what is none of them stays as it is written. */
static const char *one_of_two(const char *value, const char *const first[], const char *const second[], const char *const answers[2]) {
	char *folded = fold_text(value);
	const char *answer = value;
	for (int side = 0; side < 2; side++) {
		for (const char *const *word = side == 0 ? first : second; *word != NULL; word++) {
			answer = str_eq(folded, *word) ? answers[side] : answer;
		}
	}
	free(folded);
	return answer;
}

static const char *sex_of(const char *value) {
	static const char *const women[] = {"f",   "female",  "w",       "woman",   "ж",      "жін", "жіноча", "жінка",
					    "жен", "женскии", "женская", "женщина", "жиноча", "жин", "жинка",  NULL};
	static const char *const men[] = {"m",        "male",    "man", "ч",   "чол",     "чоловіча", "чоловік",
					  "чоловича", "чоловик", "м",   "муж", "мужскои", "мужчина",  NULL};
	return one_of_two(value, women, men, (const char *const[2]){"f", "m"});
}

static const char *consent_of(const char *value) {
	static const char *const agreed[] = {"згоден", "згодна", "згода", "согласен", "согласна", NULL}, *const refused[] = {NULL};
	const char *const answers[2] = {"yes", "no"};
	enum yes_no said = yes_no_read(value);
	return said == YES_NO_NEITHER ? one_of_two(value, agreed, refused, answers) : answers[said == YES_NO_NO];
}

static void set_registration(struct person *p, const char *value) {
	enum registration said = registration_find(value);
	said = said != REGISTRATION_UNSAID ? said : registration_read(value);
	person_set(p, PERSON_REGISTRATION, said != REGISTRATION_UNSAID ? registration_word(said) : value);
}

enum fault_kind person_value_set(struct person *p, enum person_field field, const char *value) {
	switch (field) {
	case PERSON_EMAIL: return set_email(p, value);
	case PERSON_BIRTH_YEAR: return set_birth_year(p, value) ? FAULT_NONE : FAULT_NO_YEAR;
	case PERSON_LANGUAGE: set_language(p, value); return FAULT_NONE;
	case PERSON_SEX: person_set(p, field, sex_of(value)); return FAULT_NONE;
	case PERSON_PHOTO_CONSENT: person_set(p, field, consent_of(value)); return FAULT_NONE;
	case PERSON_REGISTRATION: set_registration(p, value); return FAULT_NONE;
	default: person_set(p, field, value); return FAULT_NONE;
	}
}
