#include "store/read/signatures.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/void_terms.h"

#define SIGNED_BY(person) "t.thing = 'g' || " person
#define MAY_COUNT \
	"FROM view_touch t JOIN record r ON r.id = t.record WHERE r.body IS NOT NULL AND json_valid(r.body) AND NOT " IS_VOID("r.id")
#define OF_PERSON "(" SIGNED_BY("?1") " OR t.thing IN (SELECT 'g' || j.person FROM view_join j WHERE j.into_person = ?1))"
#define ROWS                                                                                                                    \
	"SELECT r.body, l.author, r.utc_ms FROM view_touch t JOIN record r ON r.id = t.record JOIN log l ON l.id = r.id >> 40 " \
	"WHERE r.body IS NOT NULL AND NOT " IS_VOID("r.id") " AND "

enum { HAS, OF_ONE, ALL, STATEMENTS };
static const char *const TEXTS[] = {
	[OF_ONE] = ROWS OF_PERSON " ORDER BY " LOG_NAME("l") ", r.id",
	[ALL] = ROWS "t.thing >= 'g' AND t.thing < 'h' ORDER BY " LOG_NAME("l") ", r.id",
	[HAS] = "SELECT 1 " MAY_COUNT " AND " OF_PERSON " AND r.body ->> '$.day' = ?2 LIMIT 1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool signature_has(struct store *store, const char *person, const char *day, bool *has, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, HAS);
	stmt_text(s, 1, person);
	stmt_text(s, 2, day);
	*has = stmt_row(s);
	return stmt_done(s, err);
}

static enum signature_by find_by(const char *word) {
	for (enum signature_by by = SIGNED_BY_SELF; by < SIGNERS; by++) {
		if (str_eq(signature_by_word(by), word)) {
			return by;
		}
	}
	return SIGNERS;
}

/* --- all of them ------------------------------------------------------------------------------------------------------------------------- */

struct reading {
	signature_each_fn *each;
	void *context;
	struct signature_row *row; /* large */
};

static bool read_row(void *context, struct stmt *s, struct err *err) {
	const struct reading *reading = context;
	struct signature_row *row = reading->row;
	const char *text = str_or_empty(stmt_col_text(s, 0));
	struct err wrong = {0};
	struct json *body = json_parse(text, strlen(text), &wrong);
	row->by = find_by(json_get_text(body, "by"));
	bool whole = row->by != SIGNERS && stmt_take(s, 1, row->station.b, KEY_LEN) && handwriting_read(body, &row->drawn);
	if (whole) {
		str_copy(row->person, sizeof row->person, str_or_empty(json_get_text(body, "person")));
		str_copy(row->point, sizeof row->point, str_or_empty(json_get_text(body, "point")));
		str_copy(row->day, sizeof row->day, str_or_empty(json_get_text(body, "day")));
		row->utc.v = stmt_col_int(s, 2);
	}
	json_free(body);
	return !whole || reading->each(reading->context, row, err);
}

bool signatures_each(struct store *store, const char *person, signature_each_fn *each, void *context, struct err *err) {
	struct reading reading = {each, context, xcalloc(1, sizeof(struct signature_row))};
	struct stmt *s = store_sql(store, &SQL, person == NULL ? ALL : OF_ONE);
	if (person != NULL) {
		stmt_text(s, 1, person);
	}
	bool ok = stmt_each(s, read_row, &reading, err);
	crypto_wipe(reading.row, sizeof *reading.row);
	free(reading.row);
	return ok;
}
