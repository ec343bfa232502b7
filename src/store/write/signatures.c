#include "store/write/signatures.h"

#include "base/crypto.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/log/record.h"
#include "store/view/views.h"
#include "store/write/append.h"

enum { SUBJECT_OF, STATEMENTS };
static const char *const TEXTS[] = {
	[SUBJECT_OF] = "SELECT subject FROM view_person WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define SALT_LEN 8

const char *signature_by_word(enum signature_by by) {
	static const char *const words[] = {[SIGNED_BY_SELF] = "self", [SIGNED_BY_GUARDIAN] = "guardian", [SIGNED_BY_STAFF] = "staff"};
	_Static_assert(COUNT_OF(words) == SIGNERS, "whoever signs has a word");
	return words[by];
}

static const struct handwriting EMPTY;

static void write_body(const struct signature_draft *draft, size_t step, const char *salt, struct strbuf *out) {
	struct json_writer w = {.out = out};
	strbuf_reset(out);
	json_open(&w, NULL, '{');
	json_put_text(&w, "person", draft->person);
	json_put_text(&w, "point", draft->point);
	json_put_text(&w, "day", draft->day);
	json_put_text(&w, "by", signature_by_word(draft->by));
	handwriting_write(draft->drawn != NULL ? draft->drawn : &EMPTY, step, &w);
	json_put_text(&w, "salt", salt); /* an erased body's hash must not betray what it said */
	json_close(&w, '}');
}

static bool read_subject(struct store *store, const char *person, char out[RECORD_SUBJECT_MAX + 1], struct err *err) {
	struct stmt *s = store_sql(store, &SQL, SUBJECT_OF);
	stmt_text(s, 1, person);
	bool found = stmt_row(s) && str_copy(out, RECORD_SUBJECT_MAX + 1, str_or_empty(stmt_col_text(s, 0)));
	return stmt_done(s, err) && (found || err_set(err, ERR_NOT_FOUND, "whoever signs is not on the roster any more"));
}

bool signature_append(struct store *store, const struct signature_draft *draft, struct err *err) {
	uint8_t random[SALT_LEN];
	char salt[2 * SALT_LEN + 1], subject[RECORD_SUBJECT_MAX + 1];
	struct strbuf body = {0};
	crypto_random(random, sizeof random);
	str_hex(random, SALT_LEN, salt);
	if (!views_flush(store, err) || !read_subject(store, draft->person, subject, err)) {
		return false;
	}
	size_t step = 1;
	write_body(draft, step, salt, &body);
	while (body.len > RECORD_BODY_MAX && step < HANDWRITING_POINTS_MAX) {
		step *= 2;
		write_body(draft, step, salt, &body);
	}
	bool ok = store_append(store, &(struct draft){.kind = "signature", .author = AUTHOR_STATION, .subject = subject, .body = body.data},
			       NULL, err);
	crypto_wipe(body.data, body.len);
	strbuf_fini(&body);
	return ok;
}
