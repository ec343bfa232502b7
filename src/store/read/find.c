#include "store/read/find.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/keyboard_layout.h"
#include "event/script.h"
#include "store/file/state.h"
#include "store/read/people.h"
#include "store/view/find_index.h"

enum { WORDS_OF, WORDS_FROM, SIZE_OF, PEOPLE_OF, LESS_OF, PERSON_AT, IS_ACTIVE, STATEMENTS };
static const char *const TEXTS[] = {
	[WORDS_OF] = "SELECT id FROM find_word WHERE key = ?1",
	[WORDS_FROM] = "SELECT id, key FROM find_word WHERE key >= ?1 ORDER BY key",
	[SIZE_OF] = "SELECT count(*) FROM (SELECT 1 FROM find_posting WHERE word = ?1 LIMIT ?2)",
	[PEOPLE_OF] = "SELECT person, words FROM find_posting WHERE word = ?1",
	[LESS_OF] = "SELECT word FROM find_less WHERE less = ?1",
	[PERSON_AT] = "SELECT id, words FROM find_person WHERE n = ?1",
	[IS_ACTIVE] = "SELECT status = 'active' FROM view_person WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define WORDS_MAX 4000  /* of the index that one typed word may mean: more than begin with two usual letters */
#define PEOPLE_MAX 4000 /* looked at in one search */

struct finder {
	struct store *store;
	struct given_names *given;
};

struct finder *finder_open(struct store *store) {
	struct finder *finder = xcalloc(1, sizeof *finder);
	finder->store = store;
	finder->given = given_names_open();
	return finder;
}

const struct given_names *finder_given(const struct finder *finder) { return finder->given; }

void finder_close(struct finder *finder) {
	if (finder != NULL) {
		given_names_close(finder->given);
		free(finder);
	}
}

/* --- the words of the index that a typed one may mean ---------------------------------------------------------------------------------------- */

struct ids {
	int64_t *items;
	size_t count, cap;
};

static void add_id(struct ids *ids, int64_t id) {
	if (ids->count < WORDS_MAX) {
		ARRAY_GROW(ids, items);
		ids->items[ids->count++] = id;
	}
}

static bool add_rows(struct finder *f, struct ids *ids, size_t statement, const char *text, struct err *err) {
	struct stmt *s = store_sql(f->store, &SQL, statement);
	stmt_text(s, 1, text);
	while (stmt_row(s)) {
		add_id(ids, stmt_col_int(s, 0));
	}
	return stmt_done(s, err);
}

static bool add_key(struct finder *f, struct ids *ids, const char *key, struct err *err) { return add_rows(f, ids, WORDS_OF, key, err); }

static bool add_beginning(struct finder *f, struct ids *ids, const char *beginning, struct err *err) {
	struct stmt *s = store_sql(f->store, &SQL, WORDS_FROM);
	stmt_text(s, 1, beginning);
	while (ids->count < WORDS_MAX && stmt_row(s) && str_starts(stmt_col_text(s, 1), beginning)) {
		add_id(ids, stmt_col_int(s, 0));
	}
	return stmt_done(s, err);
}

static bool add_forms(struct finder *f, struct ids *ids, const struct name_query_word *word, struct err *err) {
	bool ok = true;
	for (size_t g = 0; ok && g < word->groups.count; g++) {
		const char *key;
		for (size_t i = 0; ok && (key = given_names_form(f->given, word->groups.items[g], i)) != NULL; i++) {
			ok = add_key(f, ids, key, err);
		}
	}
	return ok;
}

/* Those one slip apart: a letter too few there, too many there, or another. */
static bool add_slips(struct finder *f, struct ids *ids, const struct name_query_word *word, struct err *err) {
	struct find_less less;
	size_t n = find_index_less(word->text, &less);
	bool ok = add_key(f, ids, word->key, err) && add_rows(f, ids, LESS_OF, word->key, err);
	for (size_t i = 0; ok && i < n; i++) {
		ok = add_key(f, ids, less.keys[i], err) && add_rows(f, ids, LESS_OF, less.keys[i], err);
	}
	return ok;
}

static int by_id(const void *a, const void *b) {
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void sort_once(struct ids *ids) {
	size_t n = 0;
	if (ids->count > 1) {
		qsort(ids->items, ids->count, sizeof *ids->items, by_id);
	}
	for (size_t i = 0; i < ids->count; i++) {
		if (n == 0 || ids->items[n - 1] != ids->items[i]) {
			ids->items[n++] = ids->items[i];
		}
	}
	ids->count = n;
}

static bool words_for(struct finder *f, const struct name_query_word *word, bool slips, struct ids *out, struct err *err) {
	char keys[NAME_KEY_OPEN_MAX][NAME_SOUNDS_MAX + 1];
	size_t n = name_key_open(word->open, word->open_count, keys);
	bool ok = add_forms(f, out, word, err);
	for (size_t i = 0; ok && i < n; i++) {
		ok = add_beginning(f, out, keys[i], err);
	}
	ok = ok && (!slips || add_slips(f, out, word, err));
	sort_once(out);
	return ok;
}

/* How many people have one of them, as far as that is fewer than `most`. */
static bool size_of(struct finder *f, const struct ids *ids, size_t most, size_t *size, struct err *err) {
	bool ok = true;
	*size = 0;
	for (size_t i = 0; ok && i < ids->count && *size < most; i++) {
		struct stmt *s = store_sql(f->store, &SQL, SIZE_OF);
		stmt_int(s, 1, ids->items[i]);
		stmt_int(s, 2, (int64_t)(most - *size));
		*size += stmt_row(s) ? (size_t)stmt_col_int(s, 0) : 0;
		ok = stmt_done(s, err);
	}
	return ok;
}

/* --- the people that fit -------------------------------------------------------------------------------------------------------------------- */

struct search {
	struct finder *finder;
	struct name_query query;         /* what is typed, in one reading */
	struct ids sets[NAME_QUERY_MAX]; /* of each typed word: the words of the index that it may mean */
	size_t any;                      /* the typed word that may be any */
	int slips;
	size_t limit;
	struct finding *out;
	char names[FIND_MAX][80]; /* of those in `out`, for their order */
};

static int compare(const struct found *a, const char *a_name, const struct found *b, const char *b_name) {
	if (a->cost != b->cost) {
		return a->cost < b->cost ? -1 : 1;
	}
	int order = strcmp(a_name, b_name);
	return order != 0 ? order : strcmp(a->id, b->id);
}

static void take_away(struct search *s, size_t at) {
	s->out->count--;
	memmove(&s->out->items[at], &s->out->items[at + 1], (s->out->count - at) * sizeof *s->out->items);
	memmove(s->names[at], s->names[at + 1], (s->out->count - at) * sizeof *s->names);
}

/* False when a better one of the same person is there already. */
static bool make_way(struct search *s, const struct found *one) {
	for (size_t i = 0; i < s->out->count; i++) {
		if (str_eq(s->out->items[i].id, one->id)) {
			if (s->out->items[i].cost <= one->cost) {
				return false;
			}
			take_away(s, i);
			return true;
		}
	}
	return true;
}

static void keep(struct search *s, const struct found *one, const char *name) {
	if (!make_way(s, one)) {
		return;
	}
	size_t at = s->out->count;
	while (at > 0 && compare(one, name, &s->out->items[at - 1], s->names[at - 1]) < 0) {
		at--;
	}
	if (s->out->count == s->limit) {
		s->out->more = true;
		if (at == s->limit) {
			return;
		}
		s->out->count--;
	}
	memmove(&s->out->items[at + 1], &s->out->items[at], (s->out->count - at) * sizeof *s->out->items);
	memmove(s->names[at + 1], s->names[at], (s->out->count - at) * sizeof *s->names);
	s->out->items[at] = *one;
	str_copy(s->names[at], sizeof s->names[at], name);
	s->out->count++;
}

static void copy_word(const char *words, size_t at, char *out, size_t cap) {
	while (at-- > 0 && strchr(words, ' ') != NULL) {
		words = strchr(words, ' ') + 1;
	}
	size_t n = strcspn(words, " ");
	n = utf8_cut(words, n < cap - 1 ? n : cap - 1);
	memcpy(out, words, n);
	out[n] = '\0';
}

static void tell(const struct name_query *query, const struct name_fits *fits, const char *words, struct found *one) {
	one->cost = fits->cost;
	one->words = query->count;
	for (size_t i = 0; i < query->count; i++) {
		one->fit[i] = fits->words[i].fit;
		copy_word(query->words[i].text, 0, one->typed[i], sizeof one->typed[i]);
		copy_word(words, fits->words[i].at, one->is[i], sizeof one->is[i]);
	}
}

/* Makes of the id that of the person they are in the end, who may be on the roster no more: then *there is false. */
static bool follow_joins(struct finder *f, char id[PERSON_ID_LEN + 1], bool *there, struct err *err) {
	char before[PERSON_ID_LEN + 1];
	*there = true;
	str_copy(before, sizeof before, id);
	if (!person_root(f->store, id, err)) {
		return false;
	}
	if (str_eq(before, id)) { /* the index has nobody who is gone */
		return true;
	}
	struct stmt *s = store_sql(f->store, &SQL, IS_ACTIVE);
	stmt_text(s, 1, id);
	*there = stmt_row(s) && stmt_col_int(s, 0) != 0;
	return stmt_done(s, err);
}

static bool look_at(struct search *s, int64_t person, struct err *err) {
	struct finder *f = s->finder;
	struct name_fits fits;
	struct stmt *q = store_sql(f->store, &SQL, PERSON_AT);
	stmt_int(q, 1, person);
	struct found one = {.words = 0};
	char *words = NULL;
	if (stmt_row(q) && name_match(&s->query, str_or_empty(stmt_col_text(q, 1)), s->slips, &fits)) {
		words = xstrdup(str_or_empty(stmt_col_text(q, 1)));
		str_copy(one.id, sizeof one.id, str_or_empty(stmt_col_text(q, 0)));
		tell(&s->query, &fits, words, &one);
	}
	bool there = false, ok = stmt_done(q, err) && (words == NULL || follow_joins(f, one.id, &there, err));
	if (ok && there) {
		keep(s, &one, words);
	}
	free(words);
	return ok;
}

static bool has(const struct ids *ids, int64_t id) {
	return ids->count != 0 && bsearch(&id, ids->items, ids->count, sizeof *ids->items, by_id) != NULL;
}

/* Has the person, whose words are `words`, one of each typed word's? Cheap, and passes few who do not fit. */
static bool may_fit(const struct search *s, const struct find_ids *words) {
	for (size_t q = 0; q < s->query.count; q++) {
		bool any = s->any == q;
		for (size_t i = 0; i < words->count && !any; i++) {
			any = has(&s->sets[q], words->items[i]);
		}
		if (!any) {
			return false;
		}
	}
	return true;
}

static bool read_words(struct stmt *s, int column, struct find_ids *out) {
	size_t n;
	const void *blob = stmt_col_blob(s, column, &n);
	out->count = n / sizeof *out->items;
	if (blob == NULL || out->count > COUNT_OF(out->items)) {
		return false;
	}
	memcpy(out->items, blob, out->count * sizeof *out->items);
	return true;
}

/* Everybody who has one of the words of that set. */
static bool look_at_all(struct search *s, const struct ids *set, struct err *err) {
	struct ids people = {0};
	size_t looked = 0;
	bool ok = true;
	for (size_t i = 0; ok && i < set->count && looked < PEOPLE_MAX; i++) {
		struct stmt *q = store_sql(s->finder->store, &SQL, PEOPLE_OF);
		stmt_int(q, 1, set->items[i]);
		for (; looked < PEOPLE_MAX && stmt_row(q); looked++) {
			struct find_ids words;
			if (read_words(q, 1, &words) && may_fit(s, &words)) {
				add_id(&people, stmt_col_int(q, 0));
			}
		}
		ok = stmt_done(q, err);
	}
	sort_once(&people);
	for (size_t i = 0; ok && i < people.count; i++) {
		ok = look_at(s, people.items[i], err);
	}
	free(people.items);
	return ok;
}

/* The set of the fewest people, but for that of the word which may be anything. */
static bool find_rarest(struct search *s, size_t *rarest, struct err *err) {
	size_t fewest = PEOPLE_MAX + 1;
	bool ok = true;
	*rarest = s->any == 0 ? 1 : 0;
	for (size_t i = 0; ok && i < s->query.count; i++) {
		size_t size = 0;
		ok = i == s->any || size_of(s->finder, &s->sets[i], fewest, &size, err);
		if (i != s->any && size < fewest) {
			fewest = size;
			*rarest = i;
		}
	}
	return ok;
}

/* Which word of what was typed need not be as it is there. */
struct laxity {
	size_t slipped; /* may be one slip apart, as far as the index finds it; NO_WORD: none */
	size_t any;     /* is compared letter by letter, with everybody who has the others; NO_WORD: none */
};
#define NO_WORD NAME_QUERY_MAX

static bool search_by(struct search *s, struct laxity lax, struct err *err) {
	size_t rarest = 0;
	bool ok = true, all = true;
	s->any = lax.any;
	s->slips = lax.slipped != NO_WORD || lax.any != NO_WORD;
	for (size_t i = 0; ok && all && i < s->query.count; i++) {
		ok = i == s->any || words_for(s->finder, &s->query.words[i], i == lax.slipped, &s->sets[i], err);
		all = i == s->any || s->sets[i].count != 0;
	}
	ok = ok && (!all || (find_rarest(s, &rarest, err) && look_at_all(s, &s->sets[rarest], err)));
	for (size_t i = 0; i < s->query.count; i++) {
		free(s->sets[i].items);
		s->sets[i] = (struct ids){0};
	}
	return ok;
}

/* --- what was typed, and how it may be read ------------------------------------------------------------------------------------------------------ */

static size_t longest_word(const struct name_query *query) {
	size_t longest = 0;
	for (size_t i = 0; i < query->count; i++) {
		size_t n = utf8_length(query->words[i].text);
		longest = n > longest ? n : longest;
	}
	return longest;
}

enum pass { PASS_STRICT, PASS_SLIPS, PASS_LETTERS, PASSES };

static bool search_text(struct search *s, const char *text, enum pass pass, struct err *err) {
	name_query_read(text, s->finder->given, &s->query);
	bool ok = true, any = longest_word(&s->query) >= FIND_LETTERS_MIN && (pass != PASS_LETTERS || s->query.count > 1);
	if (any && pass == PASS_STRICT) {
		ok = search_by(s, (struct laxity){NO_WORD, NO_WORD}, err);
	}
	for (size_t i = 0; ok && any && pass != PASS_STRICT && s->out->count == 0 && i < s->query.count; i++) {
		ok = search_by(s, pass == PASS_SLIPS ? (struct laxity){i, NO_WORD} : (struct laxity){NO_WORD, i}, err);
	}
	name_query_fini(&s->query);
	return ok;
}

#define READINGS_MAX (2 + LAYOUT_READINGS_MAX)

struct readings {
	char *items[READINGS_MAX];
	size_t count, layouts; /* from `layouts` on those of other keyboard layouts */
};

static void read_all_ways(const char *text, struct readings *out) {
	*out = (struct readings){.items = {xstrdup(text)}, .count = 1};
	char *twin = name_in_other_script(text);
	if (twin != NULL) {
		out->items[out->count++] = twin;
	}
	out->layouts = out->count;
	out->count += layout_readings(text, out->items + out->count);
}

bool finder_find(struct finder *finder, const char *text, size_t limit, struct finding *out, struct err *err) {
	struct search s = {.finder = finder, .limit = limit < 1 ? 1 : limit > FIND_MAX ? FIND_MAX : limit, .out = out};
	struct readings readings;
	bool ok = true;
	out->count = 0;
	out->more = out->layout = false;
	if (strlen(text) > FIND_QUERY_MAX) {
		return true;
	}
	read_all_ways(text, &readings);
	for (enum pass pass = PASS_STRICT; pass < PASSES; pass++) {
		for (size_t i = 0; ok && out->count == 0 && i < readings.count; i++) {
			ok = search_text(&s, readings.items[i], pass, err);
			out->layout = out->count != 0 && i >= readings.layouts;
		}
	}
	for (size_t i = 0; i < readings.count; i++) {
		free(readings.items[i]);
	}
	return ok;
}
