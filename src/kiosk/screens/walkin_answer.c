#include "kiosk/screens/walkin_answer.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/phone.h"
#include "import/person_value.h"

#define DIGITS "0123456789"

/* The year of "1984", "12.05.1984", "1984-05-12", "1.1.84"; 0: there is none. Lists are read more generously: what stands there for a date nobody types here. */
static int64_t year_in(const char *text) {
	struct person p = {0};
	int64_t year = 0;
	for (const char *at = text; *at != '\0';) {
		size_t n = strspn(at, DIGITS);
		if (n == 4) {
			return (at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 + at[3] - '0';
		}
		at += n > 0 ? n : 1;
	}
	if (text[strspn(text, DIGITS)] != '\0') {
		person_value_set(&p, PERSON_BIRTH_YEAR, text);
		year = str_to_i64(person_text(&p, PERSON_BIRTH_YEAR), &year) ? year : 0;
	}
	person_fini(&p);
	return year;
}

static enum walkin_fault read_year(const char *text, int64_t last, char out[FIELD_BYTES_MAX]) {
	int64_t year = year_in(text);
	snprintf(out, FIELD_BYTES_MAX, "%d", (int)year);
	return year == 0 ? WALKIN_NO_YEAR : year < WALKIN_YEAR_FIRST || year > last ? WALKIN_YEAR_FAR : WALKIN_GOOD;
}

static enum walkin_fault read_value(enum person_field what, const char *text, char out[FIELD_BYTES_MAX]) {
	struct person p = {0};
	person_value_set(&p, what, text);
	str_copy(out, FIELD_BYTES_MAX, person_text(&p, what));
	person_fini(&p);
	switch (what) {
	case PERSON_NAME:
	case PERSON_NAME_LATIN:
	case PERSON_NAME_CERT: return utf8_has_letter(out) ? WALKIN_GOOD : WALKIN_NO_LETTER;
	case PERSON_PHONE: return phone_has_number(out) ? WALKIN_GOOD : WALKIN_NO_PHONE;
	case PERSON_EMAIL: return out[0] != '\0' ? WALKIN_GOOD : WALKIN_NO_EMAIL;
	default: return WALKIN_GOOD;
	}
}

enum walkin_fault walkin_answer_read(const struct form_field *field, const char *typed, int64_t last, char out[FIELD_BYTES_MAX]) {
	enum person_field what = person_field_find(field->key);
	char *clean = utf8_clean(typed, false);
	const char *text = str_trim(clean);
	enum walkin_fault fault = WALKIN_GOOD;
	str_copy(out, FIELD_BYTES_MAX, text);
	if (text[0] == '\0') {
		fault = field->required ? WALKIN_NOTHING : WALKIN_GOOD;
	} else if (what == PERSON_BIRTH_YEAR) {
		fault = read_year(text, last, out);
	} else if (what != PERSON_FIELD_COUNT) {
		fault = read_value(what, text, out);
	}
	crypto_wipe_text(clean);
	return fault;
}
