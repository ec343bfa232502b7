#include "station/judge.h"

#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "badge/pretix.h"
#include "base/alloc.h"
#include "base/str.h"
#include "event/code_form.h"
#include "store/read/settings.h"
#include "store/store.h"

#define FOREIGN_CODE_MAX 64 /* characters that another system's code may plausibly have */

static void read_pretix_keys(struct judge *judge) {
	char *text = setting_get(judge->store, "pretix_keys");
	char *parts[PRETIX_KEYS_MAX];
	size_t n = str_empty(text) ? 0 : str_split(text, ',', parts, COUNT_OF(parts));
	for (size_t i = 0; i < n; i++) {
		struct err wrong = {0};
		/* One that cannot be read is passed over: the others may be good. */
		if (pretix_key_read(parts[i], &judge->pretix_keys[judge->pretix_key_count], &wrong)) {
			judge->pretix_key_count++;
		}
	}
	free(text);
}

void judge_init(struct judge *judge, struct store *store) {
	*judge = (struct judge){.store = store};
	read_pretix_keys(judge);
}

/* Text that a QR with an address, a contact or a network would carry, or that no ticket system prints. */
static bool looks_like_no_code(const char *text) {
	return strlen(text) > FOREIGN_CODE_MAX || strstr(text, "://") != NULL || strpbrk(text, " \t\n") != NULL;
}

static enum badge_state judge_pretix(const struct judge *judge, const struct pretix_ticket *ticket, struct utc_ms now, struct judged *out) {
	if (!pretix_verify(ticket, judge->pretix_keys, judge->pretix_key_count, NULL)) {
		return BADGE_UNKNOWN;
	}
	out->valid_from = ticket->valid_from;
	out->valid_until = ticket->valid_until;
	out->wrong_day = clock_is_set(now) && ((ticket->valid_from != 0 && now.v < ticket->valid_from * 1000) ||
					       (ticket->valid_until != 0 && now.v > ticket->valid_until * 1000));
	return BADGE_VALID;
}

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
static bool find_spoken(struct judge *judge, const char *aloud, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) {
	struct spoken spoken = {.aloud = aloud};
	bool ok = badge_by_aloud(judge->store, aloud, code, found, err);
	if (!ok || *found) {
		return ok;
	}
	if (!roster_codes_each(judge->store, compare_spoken, &spoken, err)) {
		return false;
	}
	*found = spoken.different == 1;
	str_copy(code, BADGE_CODE_MAX + 1, spoken.code);
	return true;
}

/* As another reader would give it, the roster has it perhaps. */
static bool find_form(struct judge *judge, const char *text, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) {
	char form[BADGE_CODE_MAX + 1];
	struct badge_row badge;
	if (code_form(text, form)) {
		str_copy(code, BADGE_CODE_MAX + 1, form);
		if (!badge_get(judge->store, form, &badge, found, err)) {
			return false;
		}
		if (*found) {
			return true;
		}
	}
	return badge_by_form(judge->store, form, code, found, err);
}

static bool look_up(struct judge *judge, const char *text, struct judged *out, bool *found, struct err *err) {
	char aloud[CODE_ALOUD_MAX];
	char code[BADGE_CODE_MAX + 1];
	struct code parsed;
	if (!badge_get(judge->store, text, &out->badge, found, err)) {
		return false;
	}
	bool exact = *found;
	bool ok = exact || !code_normalise_read_aloud(text, aloud) || find_spoken(judge, aloud, code, found, err);
	ok = ok && (*found || code_parse(text, &parsed) != CODE_FOREIGN || find_form(judge, text, code, found, err));
	if (!ok || (*found && !exact && !badge_get(judge->store, code, &out->badge, found, err))) {
		return false;
	}
	out->state = out->badge.revoked ? BADGE_REVOKED : BADGE_VALID;
	return true;
}

/* First what the file knows of the text, whatever it looks like: a revoked badge of ours must not count by its signature, and other
 * systems' codes stand on the roster. */
bool judge_code(struct judge *judge, const char *text, struct utc_ms now, struct judged *out, struct err *err) {
	bool found = false;
	if (!look_up(judge, text, out, &found, err)) {
		return false;
	}
	if (found) {
		return true;
	}
	str_copy(out->badge.code, sizeof out->badge.code, text);
	struct code code;
	struct pretix_ticket ticket;
	switch (code_parse(text, &code)) {
	case CODE_SIGNED:
		switch (code_verify(&code, store_event(judge->store), store_organiser(judge->store))) {
		case CODE_OK: out->state = BADGE_VALID; break;
		case CODE_WRONG_EVENT: out->state = BADGE_OTHER_EVENT; break;
		case CODE_FORGED: out->state = BADGE_UNKNOWN; break;
		}
		break;
	case CODE_SHORT: out->state = BADGE_SHORT_UNHEARD; break;
	case CODE_MALFORMED: out->state = BADGE_NOT_OURS; break;
	case CODE_FOREIGN:
		if (pretix_parse(text, &ticket)) {
			out->state = judge_pretix(judge, &ticket, now, out);
		} else {
			out->state = looks_like_no_code(text) || !roster_has_foreign_codes(judge->store) ? BADGE_NOT_OURS : BADGE_UNKNOWN;
		}
		break;
	}
	return true;
}
