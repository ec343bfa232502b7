#include "store/read/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/fold.h"
#include "event/keyboard_layout.h"
#include "event/name_match.h"
#include "store/file/state.h"
#include "store/read/places.h"

#define OLD_MS 60000      /* a place that is new on the roster is suggested after a minute at the latest */
#define WORDS_MAX 100000  /* of one field; more are left out */
#define TYPED_WORDS_MAX 8 /* further ones are not looked at */

struct known_word {
	char *text, *folded; /* the latter with a space before each word */
	char *district, *region, *community;
	int64_t people;
};

struct known_list {
	struct known_word *items;
	size_t count, cap;
	struct mapstr places; /* of each in `items`, by what tells it from others */
	struct mapstr texts;  /* of the first of that text */
};

struct suggester {
	struct store *store;
	const struct given_names *given;
	struct known_list lists[PERSON_FIELD_COUNT]; /* of those that are suggested */
	int64_t read_ms;                             /* 0: never */
};

static const enum person_field FIELDS[] = {PERSON_COMMUNITY, PERSON_DISTRICT, PERSON_REGION, PERSON_SETTLEMENT, PERSON_ORGANISATION};

bool suggest_has(enum person_field field) {
	for (size_t i = 0; i < COUNT_OF(FIELDS); i++) {
		if (FIELDS[i] == field) {
			return true;
		}
	}
	return false;
}

struct suggester *suggester_open(struct store *store, const struct given_names *given) {
	struct suggester *s = xcalloc(1, sizeof *s);
	s->store = store;
	s->given = given;
	return s;
}

static void list_fini(struct known_list *list) {
	for (size_t i = 0; i < list->count; i++) {
		struct known_word *k = &list->items[i];
		free(k->text);
		free(k->folded);
		free(k->district);
		free(k->region);
		free(k->community);
	}
	free(list->items);
	mapstr_fini(&list->places);
	mapstr_fini(&list->texts);
	*list = (struct known_list){0};
}

static void forget(struct suggester *s) {
	for (size_t i = 0; i < COUNT_OF(FIELDS); i++) {
		list_fini(&s->lists[FIELDS[i]]);
	}
}

void suggester_close(struct suggester *s) {
	if (s != NULL) {
		forget(s);
		free(s);
	}
}

/* --- what is known ---------------------------------------------------------------------------------------------------------------------- */

static void add(struct suggester *s, enum person_field field, const struct suggestion *one, int64_t people) {
	struct known_list *list = &s->lists[field];
	bool made;
	if (one->text[0] == '\0' || list->count == WORDS_MAX) {
		return;
	}
	int64_t *namesake = mapstr_place(&list->texts, one->text, &made);
	if (!made && one->region[0] == '\0' && one->district[0] == '\0') { /* the roster says no more of it */
		list->items[*namesake].people += people;
		return;
	}
	*namesake = made ? (int64_t)list->count : *namesake;
	char *key = xasprintf("%s\n%s\n%s\n%s", one->text, one->community, one->district, one->region);
	int64_t *place = mapstr_place(&list->places, key, &made);
	free(key);
	if (!made) {
		list->items[*place].people += people;
		return;
	}
	*place = (int64_t)list->count;
	char *folded = fold_text(one->text);
	ARRAY_GROW(list, items);
	list->items[list->count++] = (struct known_word){.text = xstrdup(one->text),
							 .folded = xasprintf(" %s", folded),
							 .district = xstrdup(one->district),
							 .region = xstrdup(one->region),
							 .community = xstrdup(one->community),
							 .people = people};
	free(folded);
}

static void add_place(struct suggester *s, enum person_field field, const struct place *place) {
	const bool settlement = field == PERSON_SETTLEMENT, community = field == PERSON_COMMUNITY || settlement,
		   district = field == PERSON_DISTRICT || community;
	struct suggestion one = {.text = ""};
	bool fits = str_copy(one.text, sizeof one.text,
			     settlement  ? place->settlement
			     : community ? place->community
			     : district  ? place->district
					 : place->region);
	str_copy(one.community, sizeof one.community, settlement ? place->community : "");
	str_copy(one.district, sizeof one.district, community ? place->district : "");
	str_copy(one.region, sizeof one.region, district ? place->region : "");
	if (fits) {
		add(s, field, &one, 0);
	}
}

static bool take_place(void *context, const struct place *place, struct err *err) {
	static const enum person_field fields[] = {PERSON_COMMUNITY, PERSON_DISTRICT, PERSON_REGION, PERSON_SETTLEMENT};
	(void)err;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		add_place(context, fields[i], place);
	}
	return true;
}

struct roster {
	struct suggester *suggester;
	enum person_field field;
};

static bool take_roster(void *context, struct stmt *row, struct err *err) {
	const struct roster *roster = context;
	struct suggestion one = {.text = ""};
	(void)err;
	bool fits = str_copy(one.text, sizeof one.text, str_or_empty(stmt_col_text(row, 0))) &&
		    str_copy(one.district, sizeof one.district, str_or_empty(stmt_col_text(row, 1))) &&
		    str_copy(one.region, sizeof one.region, str_or_empty(stmt_col_text(row, 2))) &&
		    str_copy(one.community, sizeof one.community, str_or_empty(stmt_col_text(row, 3)));
	if (fits) {
		add(roster->suggester, roster->field, &one, stmt_col_int(row, 4));
	}
	return true;
}

static bool read_roster(struct suggester *s, enum person_field field, struct err *err) {
	struct roster roster = {s, field};
	bool place = field == PERSON_COMMUNITY || field == PERSON_SETTLEMENT, district = field == PERSON_DISTRICT;
	char *sql = xasprintf(
		"SELECT coalesce(fields ->> '$.%s', ''), %s, %s, %s, count(*) FROM view_person WHERE status = 'active' GROUP BY 1, 2, 3, 4 "
		"HAVING length(coalesce(fields ->> '$.%s', '')) > 0 ORDER BY 1, 2, 3, 4 LIMIT %d",
		person_field_key(field), place ? "coalesce(fields ->> '$.district', '')" : "''",
		place || district ? "coalesce(fields ->> '$.region', '')" : "''",
		field == PERSON_SETTLEMENT ? "coalesce(fields ->> '$.community', '')" : "''", person_field_key(field), WORDS_MAX);
	bool ok = db_each(s->store->db, sql, take_roster, &roster, err);
	free(sql);
	return ok;
}

static bool read_again(struct suggester *s, struct err *err) {
	int64_t now = clock_mono().v + 1;
	if (s->read_ms != 0 && now - s->read_ms < OLD_MS) {
		return true;
	}
	forget(s);
	s->read_ms = now;
	bool ok = places_each(s->store, take_place, s, err);
	for (size_t i = 0; ok && i < COUNT_OF(FIELDS); i++) {
		ok = read_roster(s, FIELDS[i], err);
	}
	return ok;
}

/* --- what is meant ---------------------------------------------------------------------------------------------------------------------- */

struct search {
	const struct known_word *best[SUGGEST_MAX];
	int costs[SUGGEST_MAX];
	size_t count;
};

static bool is_before(const struct known_word *a, int a_cost, const struct known_word *b, int b_cost) {
	if (a_cost != b_cost) {
		return a_cost < b_cost;
	}
	if (a->people != b->people) {
		return a->people > b->people;
	}
	int order = strcmp(a->folded, b->folded);
	order = order != 0 ? order : strcmp(a->region, b->region);
	return order != 0 ? order < 0 : strcmp(a->district, b->district) < 0;
}

static void keep(struct search *search, const struct known_word *known, int cost) {
	size_t at = search->count;
	while (at > 0 && is_before(known, cost, search->best[at - 1], search->costs[at - 1])) {
		at--;
	}
	if (at == SUGGEST_MAX) {
		return;
	}
	search->count -= search->count == SUGGEST_MAX;
	memmove(&search->best[at + 1], &search->best[at], (search->count - at) * sizeof *search->best);
	memmove(&search->costs[at + 1], &search->costs[at], (search->count - at) * sizeof *search->costs);
	search->best[at] = known;
	search->costs[at] = cost;
	search->count++;
}

/* Every typed word begins a word of it. */
static void search_beginnings(const struct known_list *list, const char *folded, struct search *search) {
	char *work = xstrdup(folded), *words[TYPED_WORDS_MAX];
	size_t n = str_split(work, ' ', words, COUNT_OF(words));
	for (size_t w = 0; w < n; w++) {
		words[w] = xasprintf(" %s", words[w]);
	}
	for (size_t i = 0; i < list->count; i++) {
		bool all = true;
		for (size_t w = 0; all && w < n; w++) {
			all = strstr(list->items[i].folded, words[w]) != NULL;
		}
		if (all) {
			const char *whole = list->items[i].folded + 1;
			keep(search, &list->items[i], str_eq(whole, folded) ? 0 : str_starts(whole, folded) ? 1 : 2);
		}
	}
	for (size_t w = 0; w < n; w++) {
		free(words[w]);
	}
	free(work);
}

static void search_sounds(const struct suggester *s, const struct known_list *list, const char *typed, struct search *search) {
	struct name_query query;
	name_query_read(typed, s->given, &query);
	for (size_t i = 0; query.count != 0 && i < list->count; i++) {
		struct name_fits fits;
		if (name_match(&query, list->items[i].folded + 1, 1, &fits)) {
			keep(search, &list->items[i], fits.cost);
		}
	}
	name_query_fini(&query);
}

static void search_layouts(const struct known_list *list, const char *typed, struct search *search) {
	char *readings[LAYOUT_READINGS_MAX];
	size_t n = layout_readings(typed, readings);
	for (size_t i = 0; i < n; i++) {
		char *folded = fold_text(readings[i]);
		if (search->count == 0 && folded[0] != '\0') {
			search_beginnings(list, folded, search);
		}
		free(folded);
		free(readings[i]);
	}
}

bool suggester_find(struct suggester *s, enum person_field field, const char *typed, struct suggestions *out, struct err *err) {
	struct search search = {.count = 0};
	out->count = 0;
	if (!suggest_has(field)) {
		return true;
	}
	if (!read_again(s, err)) {
		s->read_ms = 0;
		return false;
	}
	char *folded = fold_text(typed);
	if (folded[0] != '\0') {
		search_beginnings(&s->lists[field], folded, &search);
		if (search.count == 0) {
			search_sounds(s, &s->lists[field], typed, &search);
		}
		if (search.count == 0) {
			search_layouts(&s->lists[field], typed, &search);
		}
	}
	free(folded);
	for (; out->count < search.count; out->count++) {
		const struct known_word *known = search.best[out->count];
		struct suggestion *one = &out->items[out->count];
		str_copy(one->text, sizeof one->text, known->text);
		str_copy(one->district, sizeof one->district, known->district);
		str_copy(one->region, sizeof one->region, known->region);
		str_copy(one->community, sizeof one->community, known->community);
	}
	return true;
}
