#include "store/read/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/write/edit.h"

enum { LIST_GET, LISTS_OF, STATEMENTS };
static const char *const TEXTS[] = {
	[LIST_GET] = "SELECT places FROM view_place WHERE id = ?1",
	[LISTS_OF] = "SELECT id, region, district FROM view_place WHERE source = ?1 ORDER BY id",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define ID_LEN 20 /* hexadecimal digits */

/* Two laptops that import one list make the same ids. */
static void list_id(const struct store *store, const struct place_list *list, char id[ID_LEN + 1]) {
	char event[2 * HASH_LEN + 1];
	str_hex(store->event.b, HASH_LEN, event);
	char *text = xasprintf("turnout-places-1\n%s\n%s\n%s\n%s\n%d\n", event, str_or_empty(list->source), list->region, list->district,
			       list->part);
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

static bool write_list(struct store *store, const char *id, const struct place_list *list, struct err *err) {
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	json_open(&w, NULL, '{');
	json_put_text(&w, "region", list->region);
	json_put_text(&w, "district", list->district);
	json_put_text(&w, "places", list->places);
	json_put_text(&w, "source", str_or_empty(list->source));
	json_close(&w, '}');
	bool ok = edit_append(store, &(struct edit_draft){.kind = "places", .id = id, .set = set.data, .subject = ""}, err);
	strbuf_fini(&set);
	return ok;
}

static bool put(struct store *store, const struct place_list *list, bool dry_run, bool *same, struct err *err) {
	char id[ID_LEN + 1];
	if (strlen(list->places) > PLACE_LIST_MAX) {
		return err_set(err, ERR_USAGE, "a list of places is longer than %d bytes", PLACE_LIST_MAX);
	}
	list_id(store, list, id);
	return is_there(store, id, list->places, same, err) && (*same || dry_run || write_list(store, id, list, err));
}

bool places_put(struct store *store, const struct place_list *list, struct err *err) {
	bool same = false;
	return put(store, list, false, &same, err);
}

/* --- all of a source ---------------------------------------------------------------------------------------------------------------- */

struct gone { /* lists that the source has no more */
	const struct mapstr *kept;
	struct {
		char *id, *region, *district;
	} * items;
	size_t count, cap;
};

static void note_gone(struct gone *gone, struct stmt *row) {
	const char *id = stmt_col_text(row, 0);
	if (mapstr_find(gone->kept, id) == NULL) {
		ARRAY_GROW(gone, items);
		gone->items[gone->count].id = xstrdup(id);
		gone->items[gone->count].region = xstrdup(stmt_col_text(row, 1));
		gone->items[gone->count++].district = xstrdup(stmt_col_text(row, 2));
	}
}

static bool find_gone(struct store *store, const char *source, struct gone *gone, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, LISTS_OF);
	stmt_text(s, 1, source);
	while (stmt_row(s)) {
		note_gone(gone, s);
	}
	return stmt_done(s, err);
}

/* First all are found and then they are written: nothing is read from a table that changes meanwhile. */
static bool take_away(struct store *store, const char *source, const struct mapstr *kept, bool dry_run, struct places_replaced *out,
		      struct err *err) {
	struct gone gone = {.kept = kept};
	bool ok = find_gone(store, source, &gone, err);
	out->removed = gone.count;
	for (size_t i = 0; i < gone.count; i++) {
		struct place_list list = {gone.items[i].region, gone.items[i].district, "", source, 0};
		ok = ok && (dry_run || write_list(store, gone.items[i].id, &list, err));
		free(gone.items[i].id);
		free(gone.items[i].region);
		free(gone.items[i].district);
	}
	free(gone.items);
	return ok;
}

bool places_replace(struct store *store, const char *source, const struct place_list *lists, size_t n, bool dry_run,
		    struct places_replaced *out, struct err *err) {
	struct mapstr kept = {0};
	bool ok = true;
	*out = (struct places_replaced){0};
	for (size_t i = 0; ok && i < n; i++) {
		struct place_list list = lists[i];
		char id[ID_LEN + 1];
		bool same = false;
		list.source = source;
		list_id(store, &list, id);
		mapstr_place(&kept, id, &(bool){false});
		ok = put(store, &list, dry_run, &same, err);
		out->unchanged += ok && same;
		out->changed += ok && !same;
	}
	ok = ok && take_away(store, source, &kept, dry_run, out, err);
	mapstr_fini(&kept);
	return ok;
}

/* --- reading -------------------------------------------------------------------------------------------------------------------------- */

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
