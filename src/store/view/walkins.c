#include "store/view/walkins.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/view/view_rows.h"

#define SUBJECT_LEN 16
#define SALT_LEN 8
#define SHORT_CODE_HEAD "TO0"
#define SHORT_CODE_LEN 15

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

static bool is_whole(const struct json *body) {
	const struct json *set = json_get(body, "set");
	const char *code = json_get_text(body, "code");
	return json_get_text(body, "id") != NULL && !str_empty(json_get_text(set, "name")) && json_get(set, "code") == NULL &&
	       json_get(set, "status") == NULL && code != NULL && strlen(code) == SHORT_CODE_LEN && str_starts(code, SHORT_CODE_HEAD);
}

bool view_walkin_apply(struct store *store, const struct view_record *r, struct err *err) {
	char id[PERSON_ID_LEN + 1];
	if (!is_whole(r->body) || str_empty(r->subject)) {
		return view_ignore(store, r, IGNORE_WALKIN, err);
	}
	walkin_id(store, &r->author, r->subject, id);
	if (!str_eq(json_get_text(r->body, "id"), id)) {
		return view_ignore(store, r, IGNORE_OTHERS, err);
	}
	return view_touch(store, r, 'p', id, err) && view_touch(store, r, 'b', json_get_text(r->body, "code"), err);
}

static bool write_body(const struct walkin_draft *draft, const char *id, const char *salt, struct strbuf *out, struct err *err) {
	struct json_writer w = {.out = out};
	json_open(&w, NULL, '{');
	json_put_text(&w, "id", id);
	json_put_raw(&w, "set", draft->set);
	json_put_text(&w, "code", draft->code);
	json_put_text(&w, "aloud", draft->aloud);
	json_put_text(&w, "salt", salt); /* an erased body's hash must not betray what it said */
	json_close(&w, '}');
	struct json *body = json_parse(out->data, out->len, err);
	if (body == NULL) {
		return err_wrap(err, "a walk-in");
	}
	bool whole = is_whole(body) || err_set(err, ERR_USAGE, "a walk-in has a name, a short code, and no other code or status");
	json_free(body);
	return whole;
}

bool walkin_append(struct store *store, const struct walkin_draft *draft, char id[PERSON_ID_LEN + 1], struct err *err) {
	uint8_t random[SUBJECT_LEN + SALT_LEN];
	char subject[2 * SUBJECT_LEN + 1];
	char salt[2 * SALT_LEN + 1];
	struct strbuf body = {0};
	crypto_random(random, sizeof random);
	str_hex(random, SUBJECT_LEN, subject);
	str_hex(random + SUBJECT_LEN, SALT_LEN, salt);
	walkin_id(store, &identity_station(store->identity)->public_key, subject, id);
	struct draft record = {.kind = "walkin", .author = AUTHOR_STATION, .subject = subject};
	bool ok = write_body(draft, id, salt, &body, err);
	record.body = body.data;
	/* At once, as the check-in that follows asks for the badge. */
	ok = ok && store_append(store, &record, NULL, err) && view_flush(store, err);
	strbuf_fini(&body);
	return ok;
}
