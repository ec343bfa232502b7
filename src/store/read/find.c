#include "store/read/find.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/keyboard_layout.h"
#include "event/script.h"
#include "store/file/state.h"
#include "store/read/find_set.h"
#include "store/read/people.h"
#include "store/view/find_index.h"

enum { PEOPLE_OF, PERSON_AT, IS_ACTIVE, STATEMENTS };
static const char *const TEXTS[] = {
	[PEOPLE_OF] = "SELECT person, words FROM find_posting WHERE word = ?1",
	[PERSON_AT] = "SELECT id, words FROM find_person WHERE n = ?1",
	[IS_ACTIVE] = "SELECT status = 'active' FROM view_person WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define PEOPLE_MAX 200000 /* looked over in one search */
#define EQUALS_MAX 300    /* of people who fit equally as many are put in order by their names; of more it does not matter who is shown */

#define NO_WORD SIZE_MAX

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

/* --- the people that fit -------------------------------------------------------------------------------------------------------------------- */

struct search {
	struct finder *finder;
	const struct name_query *query;              /* what is typed, in one reading */
	const struct find_set *sets[NAME_QUERY_MAX]; /* of each typed word; NULL: it may be any */
	int slips;
	size_t limit, equals; /* those that were looked at and cost what the worst of a full list costs */
	struct finding *out;
	char names[FIND_MAX][80]; /* of those in `out`, for their order */
};

static bool is_full(const struct search *s) { return s->out->count == s->limit; }

static int worst(const struct search *s) { return s->out->items[s->out->count - 1].cost; }

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
	bool full = is_full(s);
	int before = full ? worst(s) : INT_MAX;
	if (full) {
		s->out->more = true;
		s->equals += one->cost == before;
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
	s->equals = full && worst(s) == before ? s->equals : 0;
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
	if (stmt_row(q) && name_match(s->query, str_or_empty(stmt_col_text(q, 1)), s->slips, &fits)) {
		words = xstrdup(str_or_empty(stmt_col_text(q, 1)));
		str_copy(one.id, sizeof one.id, str_or_empty(stmt_col_text(q, 0)));
		tell(s->query, &fits, words, &one);
	}
	bool there = false, ok = stmt_done(q, err) && (words == NULL || follow_joins(f, one.id, &there, err));
	if (ok && there) {
		keep(s, &one, words);
	}
	free(words);
	return ok;
}

/* The least that somebody costs who has these words; -1 when a typed word is none of them. Cheap, and passes few who do not fit. */
static int least_cost(const struct search *s, const struct find_ids *words) {
	int cost = 0;
	for (size_t q = 0; q < s->query->count; q++) {
		int least = s->sets[q] == NULL ? 0 : INT_MAX;
		for (size_t i = 0; i < words->count && s->sets[q] != NULL; i++) {
			const struct find_hit *hit = find_set_get(s->sets[q], words->items[i]);
			least = hit != NULL && hit->cost < least ? hit->cost : least;
		}
		if (least == INT_MAX) {
			return -1;
		}
		cost += least;
	}
	return cost;
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

/* Is it certain without a look that they change nothing in the list? */
static bool is_idle(const struct search *s, int least) {
	return is_full(s) && s->out->more && (least > worst(s) || (least == worst(s) && s->equals >= EQUALS_MAX));
}

/* A statement that is stepped must not be used again meanwhile, so people are looked at when all that have the word are known. */
struct people {
	struct candidate {
		int64_t person;
		int least;
	} * items;
	size_t count, cap;
};

static bool look_at_people(struct search *s, int32_t word, size_t *looked, struct err *err) {
	struct people people = {0};
	struct stmt *q = store_sql(s->finder->store, &SQL, PEOPLE_OF);
	stmt_int(q, 1, word);
	for (; *looked < PEOPLE_MAX && stmt_row(q); ++*looked) {
		struct find_ids words;
		int least = read_words(q, 1, &words) ? least_cost(s, &words) : -1;
		if (least >= 0 && !is_idle(s, least)) {
			ARRAY_GROW(&people, items);
			people.items[people.count++] = (struct candidate){stmt_col_int(q, 0), least};
		}
	}
	bool ok = stmt_done(q, err);
	for (size_t i = 0; ok && i < people.count; i++) {
		ok = is_idle(s, people.items[i].least) || look_at(s, people.items[i].person, err);
	}
	free(people.items);
	return ok;
}

static int by_cost(const void *a, const void *b) {
	const struct find_hit *x = a, *y = b;
	return x->cost != y->cost ? (x->cost > y->cost) - (x->cost < y->cost) : (x->id > y->id) - (x->id < y->id);
}

/* Everybody who has one of the words of that set, those first who fit best by it: whoever comes later costs more, and at last too much. */
static bool look_at_all(struct search *s, size_t base, struct err *err) {
	const struct find_set *set = s->sets[base];
	struct find_hit *order = xcalloc(set->count + 1, sizeof *order);
	size_t looked = 0;
	int others = 0;
	bool ok = true;
	for (size_t i = 0; i < s->query->count; i++) {
		others += i == base || s->sets[i] == NULL ? 0 : s->sets[i]->least;
	}
	memcpy(order, set->items, set->count * sizeof *order);
	qsort(order, set->count, sizeof *order, by_cost);
	for (size_t i = 0; ok && i < set->count && looked < PEOPLE_MAX && !is_idle(s, order[i].cost + others); i++) {
		ok = look_at_people(s, order[i].id, &looked, err);
	}
	s->out->more = s->out->more || (looked >= PEOPLE_MAX && s->out->count != 0);
	free(order);
	return ok;
}

#define ROUND_FIRST 64 /* people counted of each set at first; four times as many in each round after */
#define ROUND_LAST 262144
_Static_assert(ROUND_LAST >= PEOPLE_MAX, "as many as are looked over");

/* The set of the fewest people, but for that of the word which may be anything. All are counted a little before one is counted far: the commonest
 * given name has thousands, and it is the rarest that matters. */
static bool find_rarest(struct search *s, size_t *rarest, struct err *err) {
	size_t fewest = SIZE_MAX, sets = 0;
	bool ok = true;
	for (size_t i = 0; i < s->query->count; i++) {
		*rarest = s->sets[i] != NULL ? i : *rarest;
		sets += s->sets[i] != NULL;
	}
	if (sets == 1) { /* as while the first word is typed, whose beginning thousands have */
		return true;
	}
	*rarest = NO_WORD;
	for (size_t most = ROUND_FIRST; ok && *rarest == NO_WORD && most <= ROUND_LAST; most *= 4) {
		for (size_t i = 0; ok && i < s->query->count; i++) {
			size_t size = 0;
			ok = s->sets[i] == NULL || find_set_size(s->finder->store, s->sets[i], most, &size, err);
			if (s->sets[i] != NULL && (size < most || most == ROUND_LAST) && size < fewest) {
				fewest = size;
				*rarest = i;
			}
		}
	}
	return ok;
}

/* With the sets that there are. */
static bool search_sets(struct search *s, struct err *err) {
	size_t rarest = NO_WORD;
	for (size_t i = 0; i < s->query->count; i++) {
		if (s->sets[i] != NULL && s->sets[i]->count == 0) {
			return true;
		}
	}
	bool ok = find_rarest(s, &rarest, err) && (rarest == NO_WORD || look_at_all(s, rarest, err));
	for (size_t i = 0; i < s->query->count; i++) {
		s->out->more = s->out->more || (s->sets[i] != NULL && s->sets[i]->cut && s->out->count != 0);
	}
	return ok;
}

/* --- what was typed, and how it may be read ------------------------------------------------------------------------------------------------------ */

/* Is there enough to go by, without that word? */
static bool is_enough(const struct name_query *query, size_t without) {
	for (size_t i = 0; i < query->count; i++) {
		if (i != without && utf8_length(query->words[i].text) >= FIND_LETTERS_MIN) {
			return true;
		}
	}
	return false;
}

enum pass { PASS_STRICT, PASS_SLIPS, PASS_LETTERS, PASSES };

struct reading {
	char *text;
	struct name_query query;
	struct find_set sets[NAME_QUERY_MAX]; /* strict ones */
	bool read, layout;                    /* its sets were made; it is one of another keyboard layout */
};

static bool read_sets(struct finder *f, struct reading *r, struct err *err) {
	bool ok = true;
	name_query_read(r->text, f->given, &r->query);
	for (size_t i = 0; ok && is_enough(&r->query, NO_WORD) && i < r->query.count; i++) {
		ok = find_set_read(f->store, &r->query, i, false, &r->sets[i], err);
	}
	r->read = true;
	return ok;
}

/* One word may be one slip apart, as far as the index finds it. */
static bool search_with_slip(struct search *s, const struct reading *r, size_t which, struct err *err) {
	struct find_set slips;
	bool ok = find_set_read(s->finder->store, &r->query, which, true, &slips, err);
	s->sets[which] = &slips;
	ok = ok && search_sets(s, err);
	s->sets[which] = &r->sets[which];
	find_set_fini(&slips);
	return ok;
}

/* One word is compared letter by letter, with everybody who has the others. */
static bool search_with_any(struct search *s, const struct reading *r, size_t which, struct err *err) {
	s->sets[which] = NULL;
	bool ok = search_sets(s, err);
	s->sets[which] = &r->sets[which];
	return ok;
}

static bool search_reading(struct search *s, struct reading *r, enum pass pass, struct err *err) {
	if (!r->read && !read_sets(s->finder, r, err)) {
		return false;
	}
	size_t count = r->query.count;
	bool ok = true, any = is_enough(&r->query, NO_WORD);
	s->query = &r->query;
	s->slips = pass != PASS_STRICT;
	for (size_t i = 0; i < count; i++) {
		s->sets[i] = &r->sets[i];
	}
	if (any && pass == PASS_STRICT) {
		ok = search_sets(s, err);
	}
	for (size_t i = 0; ok && any && pass == PASS_SLIPS && s->out->count == 0 && i < count; i++) {
		ok = search_with_slip(s, r, i, err);
	}
	for (size_t i = 0; ok && pass == PASS_LETTERS && s->out->count == 0 && i < count; i++) {
		ok = !is_enough(&r->query, i) || search_with_any(s, r, i, err);
	}
	return ok;
}

#define READINGS_MAX (2 + LAYOUT_READINGS_MAX)

struct readings {
	struct reading items[READINGS_MAX];
	size_t count;
};

/* What else the typed text may be: needed only where nobody is found by it as it stands. */
static void read_other_ways(const char *text, struct readings *out) {
	char *layouts[LAYOUT_READINGS_MAX], *twin = name_in_other_script(text);
	size_t n = layout_readings(text, layouts);
	if (twin != NULL) {
		out->items[out->count++].text = twin;
	}
	for (size_t i = 0; i < n; i++) {
		out->items[out->count++] = (struct reading){.text = layouts[i], .layout = true};
	}
}

static void readings_fini(struct readings *readings) {
	for (size_t i = 0; i < readings->count; i++) {
		struct reading *r = &readings->items[i];
		for (size_t k = 0; k < r->query.count; k++) {
			find_set_fini(&r->sets[k]);
		}
		name_query_fini(&r->query);
		crypto_wipe_text(r->text);
	}
}

/* As it stands; then what else it may be, each way strictly first and with slips after. */
static bool search_text(struct search *s, const char *text, struct err *err) {
	struct readings *readings = xcalloc(1, sizeof *readings);
	readings->items[readings->count++].text = xstrdup(text);
	bool ok = search_reading(s, &readings->items[0], PASS_STRICT, err);
	if (ok && s->out->count == 0) {
		read_other_ways(text, readings);
	}
	for (enum pass pass = PASS_STRICT; pass < PASSES; pass++) {
		for (size_t i = pass == PASS_STRICT; ok && s->out->count == 0 && i < readings->count; i++) {
			ok = search_reading(s, &readings->items[i], pass, err);
			s->out->layout = s->out->count != 0 && readings->items[i].layout;
		}
	}
	readings_fini(readings);
	free(readings);
	return ok;
}

bool finder_find(struct finder *finder, const char *text, size_t limit, struct finding *out, struct err *err) {
	struct search s = {.finder = finder, .limit = limit < 1 ? 1 : limit > FIND_MAX ? FIND_MAX : limit, .out = out};
	out->count = 0;
	out->more = out->layout = false;
	if (strlen(text) > FIND_QUERY_MAX) {
		return true;
	}
	/* One state of the file for all statements of one search, and its locks are taken once. */
	if (!db_begin_read(finder->store->db, err)) {
		return false;
	}
	bool ok = search_text(&s, text, err);
	db_rollback(finder->store->db);
	crypto_wipe(s.names, sizeof s.names);
	return ok;
}
