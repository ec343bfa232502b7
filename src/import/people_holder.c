#include "import/people_holder.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "event/fold.h"
#include "event/likeness.h"
#include "event/phone.h"

enum agreement { NOTHING_SAID, AGREE, DIFFER };

static enum agreement compare(const char *a, const char *b) {
	return *a == '\0' || *b == '\0' ? NOTHING_SAID : str_eq(a, b) ? AGREE : DIFFER;
}

static enum agreement compare_folded(const struct person *a, const struct person *b, enum person_field field) {
	char *x = fold_text(person_text(a, field)), *y = fold_text(person_text(b, field));
	enum agreement answer = compare(x, y);
	free(x);
	free(y);
	return answer;
}

static enum agreement compare_phones(const struct person *a, const struct person *b) {
	char x[PHONE_DIGITS_MAX], y[PHONE_DIGITS_MAX];
	phone_digits(person_text(a, PERSON_PHONE), x);
	phone_digits(person_text(b, PERSON_PHONE), y);
	return compare(x, y);
}

static enum likeness compare_names(const char *a, const char *b) {
	struct name_words x, y;
	name_words_read(a, &x);
	name_words_read(b, &y);
	enum likeness likeness = name_words_compare(&x, &y);
	name_words_fini(&x);
	name_words_fini(&y);
	return likeness;
}

bool people_holder_same(const struct person *a, const struct person *b) {
	const char *one = person_text(a, PERSON_NAME), *other = person_text(b, PERSON_NAME);
	enum likeness names = str_eq(one, other) ? LIKENESS_ALIKE : compare_names(one, other);
	enum agreement email = compare_folded(a, b, PERSON_EMAIL), phone = compare_phones(a, b);
	if (names == LIKENESS_NONE || (email == DIFFER && phone != AGREE) || (phone == DIFFER && email != AGREE)) {
		return false;
	}
	return names == LIKENESS_ALIKE ||
	       (compare_folded(a, b, PERSON_ORGANISATION) != DIFFER && compare_folded(a, b, PERSON_COMMUNITY) != DIFFER);
}

const struct person *people_holder_other(struct mapstr *held, const char *value, const struct person *people, size_t count,
					 const struct person *p, size_t *index) {
	bool made = false;
	if (str_empty(value)) {
		return NULL;
	}
	int64_t *place = mapstr_place(held, value, &made);
	if (made) {
		*place = (int64_t)count + 1;
		return NULL;
	}
	*index = (size_t)*place - 1;
	return people_holder_same(&people[*index], p) ? NULL : &people[*index];
}
