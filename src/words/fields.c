#include "words/fields.h"

#include "base/alloc.h"
#include "base/str.h"

static const char *const KEYS[] = {
	MARK("a field", "name"),         MARK("a field", "name_latin"),    MARK("a field", "name_certificate"),
	MARK("a field", "family"),       MARK("a field", "given"),         MARK("a field", "patronymic"),
	MARK("a field", "position"),     MARK("a field", "organisation"),  MARK("a field", "community"),
	MARK("a field", "district"),     MARK("a field", "region"),        MARK("a field", "settlement"),
	MARK("a field", "category"),     MARK("a field", "sex"),           MARK("a field", "birth_year"),
	MARK("a field", "phone"),        MARK("a field", "email"),         MARK("a field", "language"),
	MARK("a field", "code"),         MARK("a field", "photo_consent"), MARK("a field", "note"),
	MARK("a field", "title"),        MARK("a field", "subtitle"),      MARK("a field", "track"),
	MARK("a field", "speakers"),     MARK("a field", "abstract"),      MARK("a field", "kind"),
	MARK("a field", "colour"),       MARK("a field", "when"),          MARK("a field", "status"),
	MARK("a field", "place"),        MARK("a field", "dates"),         MARK("a field", "timezone"),
	MARK("a field", "registration"), MARK("a field", "cancelled"),     MARK("a field", "declined"),
	MARK("a field", "waiting"),      MARK("a field", "pending"),       MARK("a field", "confirmed"),
	MARK("a field", "coming"),       MARK("a field", "number"),        MARK("a field", "quiet"),
	MARK("a field", "listed"),
};

const char *words_field(const struct tongue *tongue, const char *key) {
	for (size_t i = 0; i < COUNT_OF(KEYS); i++) {
		if (str_eq(KEYS[i], key)) {
			return tongue_get_in(tongue, "a field", key);
		}
	}
	return key;
}
