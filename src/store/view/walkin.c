#include "store/view/walkin.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"

#define SHORT_CODE_HEAD "TO0" /* badge/code.h, which this layer does not see */
#define SHORT_CODE_LEN 15

/* The author's key is in the id: a station may add people of its own, but never speak of somebody whom others wrote. */
void walkin_id(const struct store *store, const struct public_key *station, const char *subject, char id[PERSON_ID_LEN + 1]) {
	char event[2 * HASH_LEN + 1];
	char key[2 * KEY_LEN + 1];
	str_hex(store->event.b, HASH_LEN, event);
	str_hex(station->b, KEY_LEN, key);
	char *text = xasprintf("turnout-walkin-1\n%s\n%s\n%s\n", event, key, subject);
	struct hash h = crypto_sha256(text, strlen(text));
	str_hex(h.b, PERSON_ID_LEN / 2, id);
	free(text);
}

bool walkin_is_whole(const struct json *body) {
	const struct json *set = json_get(body, "set");
	const char *code = json_get_text(body, "code");
	return json_get_text(body, "id") != NULL && !str_empty(json_get_text(set, "name")) && json_get(set, "code") == NULL &&
	       json_get(set, "status") == NULL && code != NULL && strlen(code) == SHORT_CODE_LEN && str_starts(code, SHORT_CODE_HEAD);
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
	return view_touch(store, r, 'p', id, err) && view_touch(store, r, 'b', json_get_text(r->body, "code"), err);
}

/* It speaks of two things of other views, a person and a badge, and has none of its own. */
const struct store_view view_walkin = {
	.kinds = {{"walkin", RIGHT_STATION, PASS_REST, apply}},
};
