#include "store/read/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/write/edit.h"

enum { LIST_GET, STATEMENTS };
static const char *const TEXTS[] = {
	[LIST_GET] = "SELECT places FROM view_place WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define ID_LEN 20 /* hexadecimal digits */

/* Two laptops that import one list make the same ids. */
static void list_id(const struct store *store, const struct place_list *list, int part, char id[ID_LEN + 1]) {
	char event[2 * HASH_LEN + 1];
	str_hex(store->event.b, HASH_LEN, event);
	char *text = xasprintf("turnout-places-1\n%s\n%s\n%s\n%d\n", event, list->region, list->district, part);
	struct hash h = crypto_sha256(text, strlen(text));
	str_hex(h.b, ID_LEN / 2, id);
	free(text);
}

static bool is_there(struct store *store, const char *id, const char *places, bool *same, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, LIST_GET);
	stmt_text(s, 1, id);
	*same = str_eq(stmt_row(s) ? str_or_empty(stmt_col_text(s, 0)) : "", places);
	return stmt_done(s, err);
}

bool places_put(struct store *store, const struct place_list *list, int part, struct err *err) {
	char id[ID_LEN + 1];
	bool same = false;
	if (strlen(list->places) > PLACE_LIST_MAX) {
		return err_set(err, ERR_USAGE, "a list of places is longer than %d bytes", PLACE_LIST_MAX);
	}
	list_id(store, list, part, id);
	if (!is_there(store, id, list->places, &same, err) || same) {
		return same;
	}
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	json_open(&w, NULL, '{');
	json_put_text(&w, "region", list->region);
	json_put_text(&w, "district", list->district);
	json_put_text(&w, "places", list->places);
	json_close(&w, '}');
	bool ok = edit_append(store, &(struct edit_draft){.kind = "places", .id = id, .set = set.data, .subject = ""}, err);
	strbuf_fini(&set);
	return ok;
}

struct reading {
	place_each_fn *each;
	void *context;
};

static bool read_district(void *context, struct stmt *row, struct err *err) {
	const struct reading *reading = context;
	struct place place = {str_or_empty(stmt_col_text(row, 0)), str_or_empty(stmt_col_text(row, 1)), "", ""};
	char *lines = xstrdup(str_or_empty(stmt_col_text(row, 2)));
	bool ok = true;
	for (char *line = lines, *next; ok && line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL) {
			*next++ = '\0';
		}
		char *tab = strchr(line, '\t');
		if (tab != NULL) {
			*tab++ = '\0';
		}
		place.community = line;
		place.settlement = tab == NULL ? "" : tab;
		ok = reading->each(reading->context, &place, err);
	}
	free(lines);
	return ok;
}

bool places_each(struct store *store, place_each_fn *each, void *context, struct err *err) {
	struct reading reading = {each, context};
	return db_each(store->db, "SELECT region, district, places FROM view_place ORDER BY id", read_district, &reading, err);
}
