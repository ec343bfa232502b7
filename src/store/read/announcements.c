#include "store/read/announcements.h"

#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/member_words.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/anchor.h"
#include "store/view/announcement.h"
#include "store/view/void_terms.h"
#include "store/write/about.h"

#define SEQ_OF(record) "(" record " & 1099511627775)"

enum { STANDING, STATEMENTS };
static const char *const TEXTS[] = {
	[STANDING] =
		"SELECT " LOG_NAME("l") ", " SEQ_OF("a.record") ", a.words, (SELECT coalesce(r.mono_ms + (SELECT a.delta_ms " ANCHORS_OF(
			"l.id") " LIMIT 1), r.utc_ms) FROM record r WHERE r.id = a.record), a.until_ms FROM view_announcement a JOIN log l "
				"ON l.id = "
				"a.record >> 40 WHERE NOT " IS_VOID(
					"a.record") " AND NOT EXISTS (SELECT 1 FROM view_withdrawal w WHERE "
						    "w.log = " LOG_NAME("l") " AND w.seq = " SEQ_OF("a.record") " AND NOT " IS_VOID(
							    "w.record") ") ORDER BY 4 DESC, 1, 2 DESC",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool read_row(struct stmt *s, struct announcement *out, struct err *err) {
	const char *words = str_or_empty(stmt_col_text(s, 2));
	*out = (struct announcement){.seq = (uint64_t)stmt_col_int(s, 1), .utc = {stmt_col_int(s, 3)}, .until = {stmt_col_int(s, 4)}};
	out->words = json_parse(words, strlen(words), err);
	return out->words != NULL && stmt_take(s, 0, out->log.b, HASH_LEN);
}

bool announcements_each(struct store *store, announcement_fn *each, void *context, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, STANDING);
	bool ok = true;
	while (ok && stmt_row(s)) {
		struct announcement a;
		ok = read_row(s, &a, err) && each(context, &a, err);
		json_free(a.words);
	}
	return stmt_done(s, ok ? err : &(struct err){0}) && ok;
}

struct choosing {
	struct announcements *out;
	struct utc_ms now;
};

static bool choose(void *context, struct announcement *a, struct err *err) {
	const struct choosing *c = context;
	(void)err;
	if (c->out->count < ANNOUNCEMENTS_SHOWN_MAX && announcement_stands(a, c->now)) {
		c->out->items[c->out->count++] = *a;
		a->words = NULL;
	}
	return true;
}

bool announcements_load(struct store *store, struct utc_ms now, struct announcements *out, struct err *err) {
	*out = (struct announcements){0};
	if (!announcements_each(store, choose, &(struct choosing){out, now}, err)) {
		announcements_fini(out);
		return false;
	}
	return true;
}

void announcements_fini(struct announcements *list) {
	for (size_t i = 0; i < list->count; i++) {
		json_free(list->items[i].words);
	}
	*list = (struct announcements){0};
}

bool announcement_stands(const struct announcement *a, struct utc_ms now) {
	return a->until.v == 0 || !clock_is_set(now) || now.v < a->until.v;
}

const char *announcement_words(const struct announcement *a, const char *language) {
	return str_or_empty(member_words(a->words, "text", language));
}

static bool words_check(const struct json *words, struct err *err) {
	bool any = false;
	for (void *m = json_member_next(words, NULL); m != NULL; m = json_member_next(words, m)) {
		const char *text = str_or_empty(json_text(json_member_value(m)));
		if (!member_is_words(json_member_key(m), "text") || strlen(text) > ANNOUNCEMENT_MAX ||
		    !utf8_valid(text, strlen(text), NULL)) {
			return err_set(err, ERR_USAGE, "an announcement has words of %d bytes at most in a language, in UTF-8",
				       ANNOUNCEMENT_MAX);
		}
		any = any || text[0] != '\0';
	}
	return any || err_set(err, ERR_USAGE, "an announcement needs words");
}

static bool is_said(const void *context, const char *key, const char *value) {
	(void)context;
	(void)key;
	return value[0] != '\0';
}

bool announcement_append(struct store *store, const struct announcement_draft *draft, struct err *err) {
	char subject[RECORD_SUBJECT_MAX + 1];
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	if (!words_check(draft->words, err)) {
		return false;
	}
	json_open(&w, NULL, '{');
	json_put_members(&w, draft->words, is_said, NULL);
	if (draft->until.v > 0) {
		json_put_int(&w, "until", draft->until.v);
	}
	about_put_by(&w, draft->by);
	about_put_salt(&w);
	json_close(&w, '}');
	about_subject_new(subject); /* who writes to all names people, at times */
	return about_append(store, "announce", subject, &body, NULL, err);
}

bool announcement_withdraw(struct store *store, const struct hash *log, uint64_t seq, const char *by, struct err *err) {
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	about_put_ref(&w, log, seq);
	about_put_by(&w, by);
	json_close(&w, '}');
	return about_append(store, "withdraw", "", &body, NULL, err);
}
