#include "store/write/signatures.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/log/record.h"
#include "store/write/about.h"

const char *signature_by_word(enum signature_by by) {
	static const char *const words[] = {[SIGNED_BY_SELF] = "self", [SIGNED_BY_GUARDIAN] = "guardian", [SIGNED_BY_STAFF] = "staff"};
	_Static_assert(COUNT_OF(words) == SIGNERS, "whoever signs has a word");
	return words[by];
}

static const struct handwriting EMPTY;

static void write_body(const struct signature_draft *draft, size_t step, struct strbuf *out) {
	struct json_writer w = {.out = out};
	strbuf_reset(out);
	json_open(&w, NULL, '{');
	json_put_text(&w, "person", draft->person);
	json_put_text(&w, "point", draft->point);
	json_put_text(&w, "day", draft->day);
	json_put_text(&w, "by", signature_by_word(draft->by));
	handwriting_write(draft->drawn != NULL ? draft->drawn : &EMPTY, step, &w);
	about_put_salt(&w);
	json_close(&w, '}');
}

bool signature_append(struct store *store, const struct signature_draft *draft, struct err *err) {
	char subject[RECORD_SUBJECT_MAX + 1];
	struct strbuf body = {0};
	if (!about_subject(store, draft->person, subject, err)) {
		return false;
	}
	size_t step = 1;
	write_body(draft, step, &body);
	while (body.len > RECORD_BODY_MAX && step < HANDWRITING_POINTS_MAX) {
		step *= 2;
		write_body(draft, step, &body);
	}
	return about_append(store, "signature", subject, &body, NULL, err);
}
