#include "station/badge_find.h"

#include "badge/code.h"
#include "base/str.h"
#include "event/code_form.h"

/* Looking for a code of another system by its spoken form. */
struct spoken {
	const char *aloud;
	char code[BADGE_CODE_MAX + 1];
	int different; /* codes of that form */
};

static bool compare_spoken(void *context, const char *code, bool *enough, struct err *err) {
	struct spoken *spoken = context;
	char aloud[CODE_ALOUD_MAX];
	(void)err;
	code_read_aloud(code, aloud);
	if (str_eq(aloud, spoken->aloud) && !str_eq(code, spoken->code)) {
		str_copy(spoken->code, sizeof spoken->code, code);
		*enough = ++spoken->different > 1;
	}
	return true;
}

/* The spoken form of issued codes is kept; that of the roster's is computed of each of them, as they are asked for by hand only: some 50 ms for
 * 100,000 people. Two badges of one form are none: nobody can tell which. */
static bool find_spoken(struct store *store, const char *aloud, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) {
	struct spoken spoken = {.aloud = aloud};
	bool ok = badge_by_aloud(store, aloud, code, found, err);
	if (!ok || *found) {
		return ok;
	}
	if (!roster_codes_each(store, compare_spoken, &spoken, err)) {
		return false;
	}
	*found = spoken.different == 1;
	str_copy(code, BADGE_CODE_MAX + 1, spoken.code);
	return true;
}

/* As another reader would give it, the roster has it perhaps. */
static bool find_form(struct store *store, const char *text, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) {
	char form[BADGE_CODE_MAX + 1];
	struct badge_row badge;
	if (code_form(text, form)) {
		str_copy(code, BADGE_CODE_MAX + 1, form);
		if (!badge_get(store, form, &badge, found, err)) {
			return false;
		}
		if (*found) {
			return true;
		}
	}
	return badge_by_form(store, form, code, found, err);
}

bool badge_find(struct store *store, const char *text, struct badge_row *out, bool *found, struct err *err) {
	char aloud[CODE_ALOUD_MAX];
	char code[BADGE_CODE_MAX + 1];
	struct code parsed;
	if (!badge_get(store, text, out, found, err)) {
		return false;
	}
	bool exact = *found;
	bool ok = exact || !code_normalise_read_aloud(text, aloud) || find_spoken(store, aloud, code, found, err);
	ok = ok && (*found || code_parse(text, &parsed) != CODE_FOREIGN || find_form(store, text, code, found, err));
	return ok && (!*found || exact || badge_get(store, code, out, found, err));
}
