#include "base/alloc.h"
#include "base/str.h"
#include "event/admission.h"
#include "store/read/checkins.h"
#include "store/view/view_rows.h"

#include <stdlib.h>
#include <string.h>

#define SIGNED_HEAD "TO1"   /* badge/code.h, which this layer does not see */
#define SIGNED_TEXT_LEN 120 /* characters */

const char *checkin_stub(const char *code, char *stub) {
	bool is_signed = str_starts(code, SIGNED_HEAD) && strlen(code) == SIGNED_TEXT_LEN;
	str_copy(stub, is_signed ? CHECKIN_STUB_LEN + 1 : BADGE_CODE_MAX + 1, code);
	return stub;
}

int64_t checkin_who_code(const char *code) {
	char stub[BADGE_CODE_MAX + 1];
	checkin_stub(code, stub);
	return crypto_index63(stub, strlen(stub));
}

int64_t checkin_who_person(const char *person) {
	char *text = xasprintf("person %s", person);
	int64_t who = crypto_index63(text, strlen(text));
	free(text);
	return who;
}

/* What a check-in's body says; false when it is no whole one. */
static bool read_body(const struct json *body, struct checkin_draft *out) {
	const char *shown = json_get_text(body, "shown");
	*out = (struct checkin_draft){.code = json_get_text(body, "code"),
				      .person = json_get_text(body, "person"),
				      .point = json_get_text(body, "point"),
				      .shown = shown ? outcome_find(shown) : OUTCOME_COUNT};
	out->has_at = json_int(json_get(body, "at"), &out->at.v);
	if (out->has_at && !record_times_ok(0, out->at.v)) {
		return false;
	}
	return (out->code == NULL) != (out->person == NULL) && !str_empty(out->point) && out->shown != OUTCOME_COUNT;
}

/* A check-in's texts, as far as they can be read without building a tree. */
struct plain {
	char code[BADGE_CODE_MAX + 1], person[PERSON_ID_LEN + 1], point[64], shown[16];
	unsigned seen; /* a bit a member */
	bool odd;
};

static void take_member(void *context, const char *key, const char *value) {
	struct plain *p = context;
	const struct {
		const char *key;
		char *to;
		size_t cap;
	} members[] = {{"code", p->code, sizeof p->code},
		       {"person", p->person, sizeof p->person},
		       {"point", p->point, sizeof p->point},
		       {"shown", p->shown, sizeof p->shown},
		       {"how", NULL, 0}};
	for (unsigned i = 0; i < COUNT_OF(members); i++) {
		if (strcmp(members[i].key, key) == 0) {
			p->odd = p->odd || (p->seen & 1u << i) != 0 ||
				 (members[i].to != NULL && !str_copy(members[i].to, members[i].cap, value));
			p->seen |= 1u << i;
			return;
		}
	}
	p->odd = true; /* of another version, or doubled: the parser decides */
}

bool view_checkin_plain(struct store *store, const struct view_record *r, const char *body, bool *done, struct err *err) {
	struct plain p;
	p.code[0] = p.person[0] = p.point[0] = p.shown[0] = '\0';
	p.seen = 0;
	p.odd = false;
	*done = json_each_text(body, take_member, &p) && !p.odd;
	struct checkin_draft said = {.code = p.seen & 1 ? p.code : NULL,
				     .person = p.seen & 2 ? p.person : NULL,
				     .point = p.point,
				     .shown = outcome_find(p.shown)};
	*done = *done && (said.code == NULL) != (said.person == NULL) && p.point[0] != '\0' && said.shown != OUTCOME_COUNT;
	struct view_record plain = *r;
	plain.checkin = &said;
	return !*done || view_apply(store, &plain, err);
}

bool view_checkin_apply(struct store *store, const struct view_record *r, struct err *err) {
	struct checkin_draft said;
	if (r->checkin != NULL) {
		said = *r->checkin;
	} else if (!read_body(r->body, &said)) {
		return view_ignore(store, r, IGNORE_CHECKIN, err);
	}
	int64_t who = said.code ? checkin_who_code(said.code) : checkin_who_person(said.person);
	struct stmt *s = store->sql[SQL_CHECKIN_INSERT];
	stmt_int(s, 1, who);
	stmt_int(s, 2, r->id);
	stmt_text(s, 3, said.point);
	stmt_text(s, 4, outcome_word(said.shown));
	if (said.has_at) {
		stmt_int(s, 5, said.at.v);
	} else {
		stmt_null(s, 5);
	}
	if (!stmt_run(s, err)) {
		return false;
	}
	if (store->seen.known) {
		seen_add(&store->seen, who, r->id);
	}
	/* A duplicate is somebody who is inside already, perhaps by another of their badges: they take one place. */
	if (str_eq(said.point, POINT_ARRIVAL) || !outcome_admits(said.shown) || said.shown == OUTCOME_DUPLICATE) {
		return true;
	}
	s = store->sql[SQL_VISIT_INSERT];
	stmt_text(s, 1, said.point);
	stmt_int(s, 2, who);
	stmt_int(s, 3, r->id);
	return stmt_run(s, err);
}

bool view_undo_apply(struct store *store, const struct view_record *r, struct err *err) {
	struct hash log;
	const char *hex = json_get_text(r->body, "log");
	int64_t seq = json_get_int(r->body, "seq", 0);
	if (hex == NULL || !str_unhex(hex, log.b, HASH_LEN) || seq <= 0) {
		return view_ignore(store, r, IGNORE_UNDO, err);
	}
	struct stmt *s = store->sql[SQL_UNDO_INSERT];
	stmt_blob(s, 1, log.b, HASH_LEN);
	stmt_int(s, 2, seq);
	stmt_int(s, 3, r->id);
	seen_doubt(&store->seen);
	return stmt_run(s, err);
}

/* How far UTC is ahead of the boot clock: as the body says, when somebody else's clock told it, else as the record's own times say. */
static bool read_ahead(const struct view_record *r, int64_t *ahead_ms) {
	const struct json *said = json_get(r->body, "ahead_ms");
	*ahead_ms = r->utc_ms - r->mono_ms;
	return said == NULL || (json_int(said, ahead_ms) && record_times_ok(0, *ahead_ms));
}

bool view_anchor_apply(struct store *store, const struct view_record *r, struct err *err) {
	static const char *const ranks[] = {[ANCHOR_STAFF] = "staff", [ANCHOR_HUB] = "hub", [ANCHOR_NTP] = "ntp"};
	const char *rank = json_get_text(r->body, "rank");
	int64_t value = 0;
	int64_t ahead_ms = 0;
	for (size_t i = ANCHOR_STAFF; i < COUNT_OF(ranks); i++) {
		value = str_eq(rank, ranks[i]) ? (int64_t)i : value;
	}
	if (!read_ahead(r, &ahead_ms)) {
		return view_ignore(store, r, IGNORE_CLOCK, err);
	}
	if (value == 0) {
		return view_ignore(store, r, IGNORE_RANK, err);
	}
	struct stmt *s = store->sql[SQL_ANCHOR_INSERT];
	stmt_int(s, 1, r->id);
	stmt_int(s, 2, value);
	stmt_int(s, 3, ahead_ms);
	seen_doubt(&store->seen);
	return stmt_run(s, err);
}
