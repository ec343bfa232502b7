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

struct ordering {
	enum people_order order;
	struct collator *collator;
	bool family_last;
	struct strbuf keys;
	struct place *items;
	size_t count, cap;
};

/* The family name first, which is the last word where the event says so. */
static void add_name(struct ordering *o, const char *name) {
	const char *space = o->family_last ? strrchr(name, ' ') : NULL;
	if (space == NULL) {
		collator_key(o->collator, name, &o->keys);
		return;
	}
	char *turned = xasprintf("%s %.*s", space + 1, (int)(space - name), name);
	collator_key(o->collator, turned, &o->keys);
	free(turned);
}

static bool note_place(void *context, const struct person_row *row, struct err *err) {
	static const enum person_field fields[] = {
		[PEOPLE_BY_NAME] = PERSON_NAME, [PEOPLE_BY_ORGANISATION] = PERSON_ORGANISATION, [PEOPLE_BY_CATEGORY] = PERSON_CATEGORY};
	struct ordering *o = context;
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
	return true;
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

static bool open_ordering(struct store *store, enum people_order order, struct ordering *out, struct err *err) {
	char language[WORDS_CODE_MAX] = "";
	char *family = setting_get(store, "family_name");
	setting_first_language(store, language, sizeof language);
	*out = (struct ordering){.order = order, .collator = collator_open(language, err), .family_last = str_eq(family, "last")};
	free(family);
	return out->collator != NULL;
}

static bool give(struct store *store, const struct ordering *o, person_each_fn *each, void *context, struct err *err) {
	bool ok = true;
	for (size_t i = 0; ok && i < o->count; i++) {
		struct person_row row = {0};
		bool found = false;
		ok = person_get(store, o->items[i].id, &row, &found, err) && (!found || each(context, &row, err));
		person_row_fini(&row);
	}
	return ok;
}

bool people_each_in_order(struct store *store, const char *query, enum people_order order, person_each_fn *each, void *context,
			  struct err *err) {
	struct ordering o;
	bool ok = open_ordering(store, order, &o, err) && people_each_anyhow(store, query, note_place, &o, err);
	if (ok && o.count > 1) {
		qsort_r(o.items, o.count, sizeof *o.items, by_key, o.keys.data);
	}
	ok = ok && give(store, &o, each, context, err);
	collator_close(o.collator);
	strbuf_fini(&o.keys);
	free(o.items);
	return ok;
}
