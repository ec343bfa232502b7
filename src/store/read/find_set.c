#include "store/read/find_set.h"

#include <limits.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/view/find_index.h"

enum { OF_KEY, FROM_KEY, OF_LESS, SIZE_OF, STATEMENTS };
static const char *const TEXTS[] = {
	[OF_KEY] = "SELECT id, text FROM find_word WHERE key = ?1",
	[FROM_KEY] = "SELECT id, text, key FROM find_word WHERE key >= ?1 ORDER BY key",
	[OF_LESS] = "SELECT w.id, w.text FROM find_less l JOIN find_word w ON w.id = l.word WHERE l.less = ?1",
	[SIZE_OF] = "SELECT count(*) FROM (SELECT 1 FROM find_posting WHERE word = ?1 LIMIT ?2)",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct reading {
	struct store *store;
	const struct name_query *query;
	size_t which;
	bool loosely;
	struct find_set *out;
};

/* The row's first two columns are a word's id and text. */
static void take_row(struct reading *r, struct stmt *s) {
	struct name_trial trial = name_try(r->query, r->which, str_or_empty(stmt_col_text(s, 1)), r->loosely);
	struct find_set *set = r->out;
	if (trial.fit == NAME_FIT_NONE) {
		return;
	}
	if (set->count == FIND_SET_MAX) {
		set->cut = true;
		return;
	}
	ARRAY_GROW(set, items);
	set->items[set->count++] = (struct find_hit){(int32_t)stmt_col_int(s, 0), trial.cost};
	set->least = trial.cost < set->least ? trial.cost : set->least;
}

static bool take_rows(struct reading *r, size_t statement, const char *text, struct err *err) {
	struct stmt *s = store_sql(r->store, &SQL, statement);
	stmt_text(s, 1, text);
	while (stmt_row(s)) {
		take_row(r, s);
	}
	return stmt_done(s, err);
}

static bool take_beginning(struct reading *r, const char *beginning, struct err *err) {
	struct stmt *s = store_sql(r->store, &SQL, FROM_KEY);
	stmt_text(s, 1, beginning);
	while (!r->out->cut && stmt_row(s) && str_starts(str_or_empty(stmt_col_text(s, 2)), beginning)) {
		take_row(r, s);
	}
	return stmt_done(s, err);
}

static bool take_beginnings(struct reading *r, struct err *err) {
	const struct name_query_word *word = &r->query->words[r->which];
	char keys[NAME_KEY_OPEN_MAX][NAME_SOUNDS_MAX + 1];
	size_t n = name_key_open(word->open, word->open_count, keys);
	bool ok = true;
	for (size_t i = 0; ok && i < n; i++) {
		ok = take_beginning(r, keys[i], err);
	}
	return ok;
}

static bool take_forms(struct reading *r, struct err *err) {
	const struct given_groups *groups = &r->query->words[r->which].groups;
	bool ok = true;
	for (size_t g = 0; ok && g < groups->count; g++) {
		const char *key;
		for (size_t i = 0; ok && (key = given_names_form(r->query->given, groups->items[g], i)) != NULL; i++) {
			ok = take_rows(r, OF_KEY, key, err);
		}
	}
	return ok;
}

/* A letter too few there, too many there, or another. */
static bool take_slips(struct reading *r, struct err *err) {
	const struct name_query_word *word = &r->query->words[r->which];
	struct find_less less;
	size_t n = find_index_less(word->text, &less);
	bool ok = take_rows(r, OF_KEY, word->key, err) && take_rows(r, OF_LESS, word->key, err);
	for (size_t i = 0; ok && i < n; i++) {
		ok = take_rows(r, OF_KEY, less.keys[i], err) && take_rows(r, OF_LESS, less.keys[i], err);
	}
	return ok;
}

static int by_id(const void *a, const void *b) {
	int32_t x = ((const struct find_hit *)a)->id, y = ((const struct find_hit *)b)->id;
	return (x > y) - (x < y);
}

static void sort_once(struct find_set *set) {
	size_t n = 0;
	if (set->count > 1) {
		qsort(set->items, set->count, sizeof *set->items, by_id);
	}
	for (size_t i = 0; i < set->count; i++) {
		if (n == 0 || set->items[n - 1].id != set->items[i].id) {
			set->items[n++] = set->items[i];
		}
	}
	set->count = n;
}

bool find_set_read(struct store *store, const struct name_query *query, size_t which, bool loosely, struct find_set *out, struct err *err) {
	struct reading r = {store, query, which, loosely, out};
	*out = (struct find_set){.least = INT_MAX};
	bool ok = take_beginnings(&r, err) && take_forms(&r, err) && (!loosely || take_slips(&r, err));
	sort_once(out);
	return ok;
}

void find_set_fini(struct find_set *set) {
	free(set->items);
	*set = (struct find_set){0};
}

const struct find_hit *find_set_get(const struct find_set *set, int32_t id) {
	const struct find_hit like = {.id = id};
	return set->count == 0 ? NULL : bsearch(&like, set->items, set->count, sizeof *set->items, by_id);
}

#define COUNTED_MAX 500 /* words whose people are counted; of more it is guessed */

bool find_set_size(struct store *store, const struct find_set *set, size_t most, size_t *size, struct err *err) {
	bool ok = true;
	size_t counted = 0;
	*size = 0;
	for (; ok && counted < set->count && counted < COUNTED_MAX && *size < most; counted++) {
		struct stmt *s = store_sql(store, &SQL, SIZE_OF);
		stmt_int(s, 1, set->items[counted].id);
		stmt_int(s, 2, (int64_t)(most - *size));
		*size += stmt_row(s) ? (size_t)stmt_col_int(s, 0) : 0;
		ok = stmt_done(s, err);
	}
	if (*size < most && counted < set->count) {
		*size = *size * set->count / counted;
	}
	return ok;
}
