#include "base/alloc.h"
#include "base/str.h"
#include "event/admission.h"
#include "store/checkins.h"
#include "store/view_rows.h"

#include <stdlib.h>
#include <string.h>

static int64_t first_63_bits(const char *text) {
	struct hash h = crypto_sha256(text, strlen(text));
	uint64_t value = 0;
	for (int i = 0; i < 8; i++) {
		value = value << 8 | h.b[i];
	}
	return (int64_t)(value >> 1);
}

int64_t checkin_who_code(const char *code) { return first_63_bits(code); }

int64_t checkin_who_person(const char *person) {
	char *text = xasprintf("person %s", person);
	int64_t who = first_63_bits(text);
	free(text);
	return who;
}

bool view_checkin_apply(struct store *store, const struct view_record *r, struct err *err) {
	const char *code = json_get_text(r->body, "code");
	const char *person = json_get_text(r->body, "person");
	const char *point = json_get_text(r->body, "point");
	const char *shown = json_get_text(r->body, "shown");
	if ((code == NULL) == (person == NULL) || str_empty(point) || shown == NULL || outcome_find(shown) == OUTCOME_COUNT) {
		return view_ignore(store, r, "it is no whole check-in", err);
	}
	struct stmt *s = store->sql[SQL_CHECKIN_INSERT];
	stmt_int(s, 1, r->id);
	stmt_int(s, 2, code ? checkin_who_code(code) : checkin_who_person(person));
	stmt_text(s, 3, point);
	stmt_text(s, 4, code);
	stmt_text(s, 5, person);
	stmt_text(s, 6, shown);
	stmt_text(s, 7, str_or_empty(json_get_text(r->body, "how")));
	int64_t at = 0;
	if (json_int(json_get(r->body, "at"), &at)) {
		stmt_int(s, 8, at);
	} else {
		stmt_null(s, 8);
	}
	return stmt_run(s, err);
}

bool view_undo_apply(struct store *store, const struct view_record *r, struct err *err) {
	struct hash log;
	const char *hex = json_get_text(r->body, "log");
	int64_t seq = json_get_int(r->body, "seq", 0);
	if (hex == NULL || !str_unhex(hex, log.b, HASH_LEN) || seq <= 0) {
		return view_ignore(store, r, "it does not say what is undone", err);
	}
	struct stmt *s = store->sql[SQL_UNDO_INSERT];
	stmt_blob(s, 1, log.b, HASH_LEN);
	stmt_int(s, 2, seq);
	stmt_int(s, 3, r->id);
	return stmt_run(s, err);
}

bool view_anchor_apply(struct store *store, const struct view_record *r, struct err *err) {
	static const char *const ranks[] = {"staff", "hub", "ntp"}; /* rising */
	const char *rank = json_get_text(r->body, "rank");
	int64_t value = 0;
	for (size_t i = 0; i < COUNT_OF(ranks); i++) {
		value = str_eq(rank, ranks[i]) ? (int64_t)i + 1 : value;
	}
	if (value == 0) {
		return view_ignore(store, r, "it names no rank of clock that exists", err);
	}
	struct stmt *s = store->sql[SQL_ANCHOR_INSERT];
	stmt_int(s, 1, r->id);
	stmt_int(s, 2, value);
	stmt_int(s, 3, r->utc_ms - r->mono_ms);
	return stmt_run(s, err);
}
