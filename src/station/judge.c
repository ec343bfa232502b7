#include "station/judge.h"

#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "badge/pretix.h"
#include "base/alloc.h"
#include "base/str.h"
#include "station/badge_find.h"
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

/* First what the file knows of the text, whatever it looks like: a revoked badge of ours must not count by its signature, and other
 * systems' codes stand on the roster. */
bool judge_code(struct judge *judge, const char *text, struct utc_ms now, struct judged *out, struct err *err) {
	bool found = false;
	if (!badge_find(judge->store, text, &out->badge, &found, err)) {
		return false;
	}
	if (found) {
		out->state = out->badge.revoked ? BADGE_REVOKED : BADGE_VALID;
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
