#include "import/person_value.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "import/alias.h"

/* Lower case, one @ with text on both sides, no white space inside (RFC 5321 has more; what is posted to is not our business). */
static bool set_email(struct person *p, const char *value) {
	char *email = xstrdup(value);
	const char *at = strchr(email, '@');
	bool ok = at != NULL && at != email && at[1] != '\0' && strchr(at + 1, '@') == NULL && strpbrk(email, " ,;<>") == NULL;
	for (char *c = email; *c != '\0'; c++) {
		*c = str_lower_char(*c);
	}
	if (ok) {
		person_set(p, PERSON_EMAIL, email);
	}
	free(email);
	return ok;
}

/* "1984", "12.05.1984", "1984-05-12" -> "1984"; a text without digits is no year and no error. */
static bool set_birth_year(struct person *p, const char *value) {
	bool digits = false;
	for (const char *at = value; *at != '\0';) {
		size_t n = strspn(at, "0123456789");
		digits = digits || n > 0;
		if (n == 4 && (strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0)) {
			char year[5] = {at[0], at[1], at[2], at[3], '\0'};
			person_set(p, PERSON_BIRTH_YEAR, year);
			return true;
		}
		at += n > 0 ? n : 1;
	}
	return !digits;
}

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
	static const char *const yes[] = {"yes", "y", "true", "1", "так", "т", "да", "д", "згоден", "згодна", "згода", NULL};
	static const char *const no[] = {"no", "n", "false", "0", "ні", "ни", "нет", "н", NULL};
	return one_of_two(value, yes, no, (const char *const[2]){"yes", "no"});
}

enum fault_kind person_value_set(struct person *p, enum person_field field, const char *value) {
	switch (field) {
	case PERSON_EMAIL: return set_email(p, value) ? FAULT_NONE : FAULT_NO_EMAIL;
	case PERSON_BIRTH_YEAR: return set_birth_year(p, value) ? FAULT_NONE : FAULT_NO_YEAR;
	case PERSON_LANGUAGE: set_language(p, value); return FAULT_NONE;
	case PERSON_SEX: person_set(p, field, sex_of(value)); return FAULT_NONE;
	case PERSON_PHOTO_CONSENT: person_set(p, field, consent_of(value)); return FAULT_NONE;
	default: person_set(p, field, value); return FAULT_NONE;
	}
}
