#include "store/write/about.h"

#include "base/crypto.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/view/views.h"

enum { SUBJECT_OF, STATEMENTS };
static const char *const TEXTS[] = {
	[SUBJECT_OF] = "SELECT subject FROM view_person WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define SALT_LEN 8 /* bytes */
#define SUBJECT_LEN 16

void about_put_by(struct json_writer *w, const char *by) {
	if (!str_empty(by)) {
		json_put_text(w, "by", by);
	}
}

void about_put_ref(struct json_writer *w, const struct hash *log, uint64_t seq) {
	char hex[2 * HASH_LEN + 1];
	str_hex(log->b, HASH_LEN, hex);
	json_put_text(w, "log", hex);
	json_put_int(w, "seq", (int64_t)seq);
}

void about_put_salt(struct json_writer *w) {
	uint8_t random[SALT_LEN];
	char salt[2 * SALT_LEN + 1];
	crypto_random(random, sizeof random);
	str_hex(random, SALT_LEN, salt);
	json_put_text(w, "salt", salt);
}

void about_subject_new(char out[RECORD_SUBJECT_MAX + 1]) {
	uint8_t random[SUBJECT_LEN];
	crypto_random(random, sizeof random);
	str_hex(random, SUBJECT_LEN, out);
}

bool about_subject(struct store *store, const char *person, char out[RECORD_SUBJECT_MAX + 1], struct err *err) {
	if (!views_flush(store, err)) {
		return false;
	}
	struct stmt *s = store_sql(store, &SQL, SUBJECT_OF);
	stmt_text(s, 1, person);
	bool found = stmt_row(s) && str_copy(out, RECORD_SUBJECT_MAX + 1, str_or_empty(stmt_col_text(s, 0)));
	return stmt_done(s, err) && (found || err_set(err, ERR_NOT_FOUND, "whoever is meant is not on the roster any more"));
}

bool about_append(struct store *store, const char *kind, const char *subject, struct strbuf *body, struct record_ref *ref,
		  struct err *err) {
	struct draft draft = {.kind = kind, .author = AUTHOR_STATION, .subject = subject, .body = strbuf_str(body)};
	bool ok = store_append(store, &draft, ref, err);
	if (body->len > 0) {
		crypto_wipe(body->data, body->len);
	}
	strbuf_fini(body);
	return ok;
}
