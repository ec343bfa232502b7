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
#include "event/yes_no.h"
#include "import/language_text.h"
#include "import/registration_text.h"

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
	static const char letters[] = "нНвВоОбБуУnNuUeEtTpP";
	const char *at = letters;
	for (uint32_t c = utf8_next(&at); c != 0; c = utf8_next(&at)) {
		if (c == first) {
			return true;
		}
	}
	return false;
}

/* "немає телефону", "no phone", "без пошти": in a field whose values have a form, words that begin so are none. */
static bool says_none(enum person_field field, const char *folded) {
	static const char *const beginnings[] = {"немає ", "нема ", "нет ", "без ", "no ", "without ", "не "};
	bool formed = field == PERSON_PHONE || field == PERSON_EMAIL || field == PERSON_BIRTH_YEAR || field == PERSON_SEX ||
		      field == PERSON_LANGUAGE;
	for (size_t i = 0; formed && i < COUNT_OF(beginnings); i++) {
		if (str_starts(folded, beginnings[i])) {
			return true;
		}
	}
	return false;
}

bool person_value_is_nothing(enum person_field field, const char *value) {
	static const char *const nothing[] = {
		"немає",        "нема",        "нет",         "нету",          "відсутний", "відсутня",   "відсутне",
		"відсутнии",    "отсутствует", "не має",      "none",          "null",      "nil",        "na",
		"n a",          "nan",         "not given",   "not specified", "no data",   "невідомо",   "неизвестно",
		"не вказано",   "не указано",  "немає даних", "нет данных",    "не маю",    "unknown",    "empty",
		"н д",          "нд",          "н а",         "не вказала",    "не вказав", "не указала", "не указал",
		"не визначено", "уточнюється", "уточнити",    "уточняется",    "tbd",       "tba",        "prefer not to say",
	};
	static const char *const nameless[] = {"немає", "нет", "na", "n a", "н д", "не вказано", "не указано"};
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
	bool found = *folded == '\0' || (name && folded[strspn(folded, "0123456789 ")] == '\0') || says_none(field, folded);
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

/* "1984", "12.05.1984", "1984-05-12", "1.1.84" -> "1984" */
static bool set_birth_year(struct person *p, const char *value) {
	for (const char *at = value; *at != '\0';) {
		size_t n = strspn(at, "0123456789");
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
	return year != 0;
}

/* ---- phones ---- */

/* "3,80671E+11": what a spreadsheet makes of a number that is too long for its column. The digits that are gone are gone. */
static bool is_rounded(const char *value) {
	size_t whole = strspn(value, "0123456789");
	const char *at = value + whole;
	at += whole == 1 && (*at == '.' || *at == ',') ? 1 + strspn(at + 1, "0123456789") : 0;
	return whole == 1 && (*at == 'E' || *at == 'e') && at[1] == '+' && at[2 + strspn(at + 2, "0123456789")] == '\0';
}

/* As it is written, without the stop behind it. An office's own exchange has numbers of one digit. */
static bool set_phone(struct person *p, const char *value) {
	if (strpbrk(value, "0123456789") == NULL || is_rounded(value)) {
		return false;
	}
	char *text = xstrdup(value);
	for (size_t n = strlen(text); n > 0 && strchr(" .,;", text[n - 1]) != NULL; n--) {
		text[n - 1] = '\0';
	}
	person_set(p, PERSON_PHONE, text);
	free(text);
	return true;
}

/* ---- words ---- */

static enum fault_kind set_language(struct person *p, const char *value) {
	char code[LANGUAGE_CODE_MAX];
	enum language_said said = language_read(value, code);
	if (said != LANGUAGE_NONE) {
		person_set(p, PERSON_LANGUAGE, code);
	}
	return said == LANGUAGE_NONE ? FAULT_NO_LANGUAGE : said == LANGUAGE_MORE ? FAULT_LANGUAGE_MORE : FAULT_NONE;
}

/* The answer whose words, of three languages and as they are folded, hold the text; NULL for what is none of them. */
struct answer {
	const char *means, *const *words;
};

static const char *answer_of(const char *value, const struct answer *answers, size_t count) {
	char *folded = fold_text(value);
	const char *means = NULL;
	for (size_t i = 0; i < count; i++) {
		for (const char *const *word = answers[i].words; *word != NULL; word++) {
			means = str_eq(folded, *word) ? answers[i].means : means;
		}
	}
	free(folded);
	return means;
}

static bool set_sex(struct person *p, const char *value) {
	static const char *const women[] = {"f",   "female",  "w",       "woman",   "ж",      "жін", "жіноча", "жінка",
					    "жен", "женскии", "женская", "женщина", "жиноча", "жин", "жинка",  NULL};
	static const char *const men[] = {"m",        "male",    "man", "ч",   "чол",     "чоловіча", "чоловік",
					  "чоловича", "чоловик", "м",   "муж", "мужскои", "мужчина",  NULL};
	/* Who is neither is called as they wrote it. */
	static const char *const others[] = {"x",    "other",     "non binary", "nonbinary", "diverse",    "х",          "інша",
					     "інше", "небінарна", "небінарнии", "другои",    "небинарныи", "небинарная", NULL};
	const struct answer answers[] = {{"f", women}, {"m", men}, {value, others}};
	const char *sex = answer_of(value, answers, COUNT_OF(answers));
	if (sex != NULL) {
		person_set(p, PERSON_SEX, sex);
	}
	return sex != NULL;
}

/* Who agrees to some pictures says to which: a consent in other words stays as it is written. */
static const char *consent_of(const char *value) {
	static const char *const agreed[] = {"згоден", "згодна", "згода", "согласен", "согласна", NULL};
	static const struct answer answers[] = {{"yes", agreed}};
	enum yes_no said = yes_no_read(value);
	const char *more = said == YES_NO_NEITHER ? answer_of(value, answers, COUNT_OF(answers)) : NULL;
	return said == YES_NO_YES ? "yes" : said == YES_NO_NO ? "no" : more != NULL ? more : value;
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
	case PERSON_LANGUAGE: return set_language(p, value);
	case PERSON_PHONE: return set_phone(p, value) ? FAULT_NONE : FAULT_NO_PHONE;
	case PERSON_SEX: return set_sex(p, value) ? FAULT_NONE : FAULT_NO_SEX;
	case PERSON_PHOTO_CONSENT: person_set(p, field, consent_of(value)); return FAULT_NONE;
	case PERSON_REGISTRATION: set_registration(p, value); return FAULT_NONE;
	default: person_set(p, field, value); return FAULT_NONE;
	}
}
