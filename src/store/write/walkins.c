#include "store/write/walkins.h"

#include "base/crypto.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/view/views.h"
#include "store/view/walkin.h"
#include "store/write/about.h"
#include "store/write/append.h"

#define SALT_LEN 8

static bool write_body(const struct walkin *walkin, const char *set, const char *salt, struct strbuf *out, struct err *err) {
	struct json_writer w = {.out = out};
	json_open(&w, NULL, '{');
	json_put_text(&w, "id", walkin->id);
	json_put_raw(&w, "set", set);
	json_put_text(&w, "code", walkin->badge.code);
	json_put_text(&w, "aloud", walkin->badge.aloud);
	json_put_text(&w, "salt", salt); /* an erased body's hash must not betray what it said */
	json_close(&w, '}');
	struct json *body = json_parse(out->data, out->len, err);
	if (body == NULL) {
		return err_wrap(err, "a walk-in");
	}
	bool whole = walkin_is_whole(body) || err_set(err, ERR_USAGE, "a walk-in has a name, and no other code or status");
	json_free(body);
	return whole;
}

bool walkin_append(struct store *store, const char *set, struct walkin *out, struct err *err) {
	uint8_t random[SALT_LEN];
	char subject[RECORD_SUBJECT_MAX + 1];
	char salt[2 * SALT_LEN + 1];
	struct strbuf body = {0};
	crypto_random(random, sizeof random);
	about_subject_new(subject);
	str_hex(random, SALT_LEN, salt);
	walkin_id(store, store_station(store), subject, out->id);
	walkin_badge(store, store_station(store), subject, &out->badge);
	struct draft record = {.kind = "walkin", .author = AUTHOR_STATION, .subject = subject};
	bool ok = write_body(out, set, salt, &body, err);
	record.body = body.data;
	/* At once, as the check-in that follows asks for the badge. */
	ok = ok && store_append(store, &record, NULL, err) && views_flush(store, err);
	crypto_wipe(body.data, body.len);
	strbuf_fini(&body);
	return ok;
}
