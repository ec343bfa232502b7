#include "store/write/voiding.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/view/register.h"
#include "store/view/views.h"
#include "store/view/void.h"
#include "store/write/edit.h"

enum { IS_WHOLE, EFFECT, STATEMENTS };
static const char *const TEXTS[] = {
	[IS_WHOLE] = "SELECT 1 FROM view_void WHERE key = ?1 AND log = x''",
	[EFFECT] = "SELECT count(*) FILTER (WHERE is_void AND checkin), count(*) FILTER (WHERE is_void AND NOT checkin), "
		   "count(*) FILTER (WHERE checkin AND NOT is_void) FROM (SELECT r.kind = 'checkin' AS checkin, " IS_VOID(
			   "r.id") " AS is_void FROM log l JOIN record r ON r.id BETWEEN l.id << 40 AND (l.id << 40) + 1099511627775 WHERE "
				   "l.author = ?1 AND r.kind IN ('checkin', 'walkin') AND r.id NOT IN (SELECT record FROM view_ignored))",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* An edit of the station's thing, whose row is computed at once. */
static bool append(struct store *store, const char *key, const char *set, struct err *err) {
	struct edit_draft draft = {.kind = "void", .id = key, .set = set, .subject = ""};
	return edit_append(store, &draft, err) && views_flush(store, err);
}

static bool check_news(struct store *store, const struct public_key *key, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, IS_WHOLE);
	stmt_blob(s, 1, key->b, KEY_LEN);
	bool whole = stmt_row(s);
	return stmt_done(s, err) &&
	       (!whole || err_set(err, ERR_REFUSED, "everything that this station wrote is out of the books already; nothing was changed"));
}

bool station_void(struct store *store, const struct public_key *key, const struct void_from *from, size_t count, struct err *err) {
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	char hex[2 * KEY_LEN + 1];
	/* An editor's word would not count: it is the organiser's. */
	if (store_organiser_key(store, err) == NULL || !check_news(store, key, err)) {
		return false;
	}
	json_open(&w, NULL, '{');
	if (from == NULL) {
		json_put_text(&w, VOID_ALL, "yes");
	}
	for (size_t i = 0; from != NULL && i < count && i < VOID_FROM_MAX; i++) {
		str_hex(from[i].log.b, HASH_LEN, hex);
		json_put_int(&w, hex, (int64_t)from[i].seq);
	}
	json_close(&w, '}');
	str_hex(key->b, KEY_LEN, hex);
	bool ok = append(store, hex, strbuf_str(&set), err);
	strbuf_fini(&set);
	return ok;
}

struct restoring {
	struct json_writer w;
	size_t count;
};

static bool put_back(void *context, const char *field, const struct json *value, struct err *err) {
	struct restoring *r = context;
	int64_t seq = 0;
	(void)err;
	if (str_eq(field, VOID_ALL) && str_eq(json_text(value), "yes")) {
		json_put_text(&r->w, field, "no");
		r->count++;
	} else if (json_int(value, &seq) && seq != 0) {
		json_put_int(&r->w, field, 0);
		r->count++;
	}
	return true;
}

bool station_restore(struct store *store, const struct public_key *key, struct err *err) {
	struct strbuf set = {0};
	struct registers said = {0};
	struct restoring restoring = {.w = {.out = &set}};
	char hex[2 * KEY_LEN + 1];
	str_hex(key->b, KEY_LEN, hex);
	char *thing = xasprintf("%c%s", view_void.thing, hex);
	json_open(&restoring.w, NULL, '{');
	bool ok = store_organiser_key(store, err) != NULL && registers_read(store, thing, &said, err) &&
		  registers_each(&said, put_back, &restoring, err);
	json_close(&restoring.w, '}');
	if (ok && restoring.count == 0) {
		ok = err_set(err, ERR_REFUSED, "nothing that this station wrote is out of the books; nothing was changed");
	}
	ok = ok && append(store, hex, strbuf_str(&set), err);
	registers_fini(&said);
	free(thing);
	strbuf_fini(&set);
	return ok;
}

bool station_void_effect(struct store *store, const struct public_key *key, struct void_effect *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, EFFECT);
	*out = (struct void_effect){0};
	stmt_blob(s, 1, key->b, KEY_LEN);
	if (stmt_row(s)) {
		*out = (struct void_effect){stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 2)};
	}
	return stmt_done(s, err);
}
