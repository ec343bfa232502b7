/* Two walks: the first makes the keys, which are small, the second gives the people one by one. */
#include "report/people_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/read/settings.h"
#include "words/collate.h"
#include "words/words.h"

const char *const people_order_names[PEOPLE_ORDERS + 1] = {"name", "organisation", "category", "code", NULL};

struct place {
	char id[PERSON_ID_LEN + 1];
	size_t at, len; /* of its key */
};

struct people_ordering {
	struct store *store;
	enum people_order order;
	size_t limit; /* 0: none */
	struct collator *collator;
	bool family_last;
	struct strbuf keys;
	struct place *items;
	size_t count, cap;
};

/* The family name first, which is the last word where the event says so. */
static void add_name(struct people_ordering *o, const char *name) {
	const char *space = o->family_last ? strrchr(name, ' ') : NULL;
	if (space == NULL) {
		collator_key(o->collator, name, &o->keys);
		return;
	}
	char *turned = xasprintf("%s %.*s", space + 1, (int)(space - name), name);
	collator_key(o->collator, turned, &o->keys);
	free(turned);
}

static int by_key(const void *a, const void *b, void *keys) {
	const struct place *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int order = memcmp((const char *)keys + x->at, (const char *)keys + y->at, n);
	if (order == 0 && x->len != y->len) {
		order = x->len < y->len ? -1 : 1;
	}
	return order != 0 ? order : strcmp(x->id, y->id);
}

static void sort(struct people_ordering *o) {
	if (o->count > 1) {
		qsort_r(o->items, o->count, sizeof *o->items, by_key, o->keys.data);
	}
}

/* Of those that are kept, the first ones alone; their keys move together. */
static void cut(struct people_ordering *o) {
	struct strbuf keys = {0};
	sort(o);
	o->count = o->limit;
	for (size_t i = 0; i < o->count; i++) {
		struct place *place = &o->items[i];
		size_t at = keys.len;
		strbuf_add(&keys, o->keys.data + place->at, place->len);
		place->at = at;
	}
	strbuf_fini(&o->keys);
	o->keys = keys;
}

static bool note_place(void *context, const struct person_row *row, struct err *err) {
	static const enum person_field fields[] = {
		[PEOPLE_BY_NAME] = PERSON_NAME, [PEOPLE_BY_ORGANISATION] = PERSON_ORGANISATION, [PEOPLE_BY_CATEGORY] = PERSON_CATEGORY};
	struct people_ordering *o = context;
	(void)err;
	ARRAY_GROW(o, items);
	struct place *place = &o->items[o->count++];
	*place = (struct place){.at = o->keys.len};
	str_copy(place->id, sizeof place->id, row->id);
	if (o->order != PEOPLE_BY_NAME) {
		const char *text = o->order == PEOPLE_BY_CODE ? row->code : person_text(&row->person, fields[o->order]);
		strbuf_addc(&o->keys, text[0] == '\0' ? '\2' : '\1');
		collator_key(o->collator, text, &o->keys);
	}
	add_name(o, person_text(&row->person, PERSON_NAME));
	place->len = o->keys.len - place->at;
	if (o->limit > 0 && o->count >= 2 * o->limit) {
		cut(o);
	}
	return true;
}

/* --- what others see ------------------------------------------------------------------------------------------------------------------- */

bool people_ordering_open(struct store *store, enum people_order order, size_t limit, struct people_ordering **out, struct err *err) {
	char language[WORDS_CODE_MAX] = "";
	setting_first_language(store, language, sizeof language);
	struct collator *collator = collator_open(language, err);
	if (collator == NULL) {
		return false;
	}
	char *family = setting_get(store, "family_name");
	struct people_ordering *o = xcalloc(1, sizeof *o);
	*o = (struct people_ordering){
		.store = store, .order = order, .limit = limit, .collator = collator, .family_last = str_eq(family, "last")};
	free(family);
	*out = o;
	return true;
}

void people_ordering_close(struct people_ordering *o) {
	if (o != NULL) {
		collator_close(o->collator);
		strbuf_fini(&o->keys);
		free(o->items);
		free(o);
	}
}

bool people_ordering_add(struct people_ordering *o, const char *id, struct err *err) {
	struct person_row row = {0};
	bool found = false;
	bool ok = person_get(o->store, id, &row, &found, err) && (!found || note_place(o, &row, err));
	person_row_fini(&row);
	return ok;
}

bool people_ordering_give(struct people_ordering *o, person_each_fn *each, void *context, struct err *err) {
	bool ok = true;
	sort(o);
	size_t count = o->limit > 0 && o->count > o->limit ? o->limit : o->count;
	for (size_t i = 0; ok && i < count; i++) {
		struct person_row row = {0};
		bool found = false;
		ok = person_get(o->store, o->items[i].id, &row, &found, err) && (!found || each(context, &row, err));
		person_row_fini(&row);
	}
	return ok;
}

bool people_each_in_order(struct store *store, const char *query, enum people_order order, person_each_fn *each, void *context,
			  struct err *err) {
	struct people_ordering *o = NULL;
	bool ok = people_ordering_open(store, order, 0, &o, err) && people_each_anyhow(store, query, note_place, o, err) &&
		  people_ordering_give(o, each, context, err);
	people_ordering_close(o);
	return ok;
}
