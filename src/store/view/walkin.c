#include "store/view/walkin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base32.h"
#include "base/base45.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"

/* badge/code.h, which this layer does not see */
#define SHORT_CODE_HEAD "TO0"
#define SHORT_CODE_BYTES 8

_Static_assert(sizeof SHORT_CODE_HEAD - 1 + BASE45_TEXT_LEN(SHORT_CODE_BYTES) == WALKIN_CODE_LEN, "a short code's length");
_Static_assert(BASE32_GROUP_BYTES <= SHORT_CODE_BYTES && BASE32_GROUP_CHARS + 1 == WALKIN_ALOUD_LEN, "its spoken form");

/* The author's key is in it: a station may add people of its own, but never speak of somebody, or take a code, whom others wrote. */
static struct hash hash_of(const struct store *store, const char *domain, const struct public_key *station, const char *subject) {
	char event[2 * HASH_LEN + 1];
	char key[2 * KEY_LEN + 1];
	str_hex(store->event.b, HASH_LEN, event);
	str_hex(station->b, KEY_LEN, key);
	char *text = xasprintf("%s\n%s\n%s\n%s\n", domain, event, key, subject);
	struct hash h = crypto_sha256(text, strlen(text));
	free(text);
	return h;
}

void walkin_id(const struct store *store, const struct public_key *station, const char *subject, char id[PERSON_ID_LEN + 1]) {
	struct hash h = hash_of(store, "turnout-walkin-1", station, subject);
	str_hex(h.b, PERSON_ID_LEN / 2, id);
}

void walkin_badge(const struct store *store, const struct public_key *station, const char *subject, struct walkin_badge *out) {
	struct hash h = hash_of(store, "turnout-walkin-code-1", station, subject);
	char plain[BASE32_GROUP_CHARS];
	memcpy(out->code, SHORT_CODE_HEAD, sizeof SHORT_CODE_HEAD);
	base45_encode(h.b, SHORT_CODE_BYTES, out->code + sizeof SHORT_CODE_HEAD - 1);
	base32_encode(h.b, plain);
	snprintf(out->aloud, sizeof out->aloud, "%.4s-%.4s", plain, plain + 4);
}

bool walkin_is_whole(const struct json *body) {
	const struct json *set = json_get(body, "set");
	const char *code = json_get_text(body, "code");
	return json_get_text(body, "id") != NULL && !str_empty(json_get_text(set, "name")) && json_get(set, "code") == NULL &&
	       json_get(set, "status") == NULL && code != NULL && strlen(code) == WALKIN_CODE_LEN && str_starts(code, SHORT_CODE_HEAD);
}

/* The spoken form is claimed, too: of two badges that are read aloud alike neither can be typed. */
static bool claims_its_own(const struct store *store, const struct view_record *r) {
	struct walkin_badge own;
	walkin_badge(store, &r->author, r->subject, &own);
	return str_eq(json_get_text(r->body, "code"), own.code) && str_eq(json_get_text(r->body, "aloud"), own.aloud);
}

static bool apply(struct store *store, const struct view_record *r, struct err *err) {
	char id[PERSON_ID_LEN + 1];
	if (!walkin_is_whole(r->body) || str_empty(r->subject)) {
		return view_ignore(store, r, IGNORE_WALKIN, err);
	}
	walkin_id(store, &r->author, r->subject, id);
	if (!str_eq(json_get_text(r->body, "id"), id)) {
		return view_ignore(store, r, IGNORE_OTHERS, err);
	}
	if (!claims_its_own(store, r)) {
		return view_ignore(store, r, IGNORE_CODE, err);
	}
	return view_touch(store, r, 'p', id, err) && view_touch(store, r, 'b', json_get_text(r->body, "code"), err);
}

/* It speaks of two things of other views, a person and a badge, and has none of its own. */
const struct store_view view_walkin = {
	.kinds = {{"walkin", RIGHT_STATION, PASS_REST, apply}},
};
