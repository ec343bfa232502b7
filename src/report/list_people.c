#include "report/list_people.h"

#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/json.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "store/read/people.h"

/* The fields in the order of the list, and where they show. */
static const struct field_column {
	enum person_field field;
	unsigned forms;
} FIELDS[] = {
	{PERSON_EMAIL, LIST_ALL},        {PERSON_ORGANISATION, LIST_ALL}, {PERSON_COMMUNITY, LIST_ALL},   {PERSON_REGION, LIST_BOTH},
	{PERSON_CATEGORY, LIST_ALL},     {PERSON_POSITION, LIST_BOTH},    {PERSON_NAME_LATIN, LIST_BOTH}, {PERSON_NAME_CERT, LIST_BOTH},
	{PERSON_DISTRICT, LIST_BOTH},    {PERSON_SETTLEMENT, LIST_BOTH},  {PERSON_SEX, LIST_BOTH},        {PERSON_BIRTH_YEAR, LIST_BOTH},
	{PERSON_REGISTRATION, LIST_ALL}, {PERSON_PHONE, LIST_BOTH},       {PERSON_LANGUAGE, LIST_BOTH},   {PERSON_PHOTO_CONSENT, LIST_BOTH},
	{PERSON_NOTE, LIST_BOTH},
};
/* All but the name, which comes first, and the code, which is the badge's. */
_Static_assert(COUNT_OF(FIELDS) == PERSON_FIELD_COUNT - 2, "every field of a person is listed");

#define FIXED_BEFORE 2 /* id, name */
#define FIXED_AFTER 5  /* code, aloud, status, badge, custom */

/* The organiser's own columns, which CSV has one by one. */
struct names {
	char **items;
	char **headers; /* of each; import/people_export.h reads them back */
	size_t count, cap;
	struct mapstr seen;
};

struct people_list {
	struct listing *listing;
	struct names names;
	struct strbuf custom;
};

static bool note_names(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	struct names *names = context;
	for (size_t i = 0; i < row->person.count; i++) {
		bool made = false;
		mapstr_place(&names->seen, row->person.custom[i].name, &made);
		if (made) {
			ARRAY_GROW(names, items);
			names->items[names->count++] = xstrdup(row->person.custom[i].name);
		}
	}
	return true;
}

static const char *custom_json(struct people_list *list, const struct person *p) {
	struct json_writer w = {.out = &list->custom};
	strbuf_reset(&list->custom);
	json_open(&w, NULL, '{');
	for (size_t i = 0; i < p->count; i++) {
		json_put_text(&w, p->custom[i].name, p->custom[i].value);
	}
	json_close(&w, '}');
	return strbuf_str(&list->custom);
}

/* As it stands on the badge; of a badge that was issued it is on record. */
static const char *spoken_form(const struct person_row *row, char aloud[CODE_ALOUD_MAX]) {
	if (row->aloud[0] != '\0' || row->code[0] == '\0') {
		return row->aloud;
	}
	code_read_aloud(row->code, aloud);
	return aloud;
}

static bool put_person(void *context, const struct person_row *row, struct err *err) {
	struct people_list *list = context;
	struct listing *l = list->listing;
	listing_text(l, row->id);
	listing_text(l, person_text(&row->person, PERSON_NAME));
	for (size_t i = 0; i < COUNT_OF(FIELDS); i++) {
		listing_text(l, person_text(&row->person, FIELDS[i].field));
	}
	listing_text(l, row->code);
	char aloud[CODE_ALOUD_MAX];
	listing_text(l, spoken_form(row, aloud));
	listing_text(l, badge_status_word(row));
	listing_text(l, badge_status_word(row));
	listing_json(l, custom_json(list, &row->person));
	for (size_t i = 0; i < list->names.count; i++) {
		listing_text(l, str_or_empty(person_custom(&row->person, list->names.items[i])));
	}
	return listing_row(l, err);
}

/* No column has another one's header, nor one that means something else to an import. */
static bool is_taken(const char *name) {
	static const char *const fixed[] = {"id", PERSON_BADGE_COLUMN, "status", "aloud", "custom"};
	bool taken = name[0] == '\0' || person_field_find(name) != PERSON_FIELD_COUNT || str_starts(name, PERSON_CUSTOM_PREFIX);
	for (size_t i = 0; i < COUNT_OF(fixed); i++) {
		taken = taken || str_eq(name, fixed[i]);
	}
	return taken;
}

static void make_headers(struct names *names) {
	names->headers = xcalloc(names->count, sizeof *names->headers);
	for (size_t i = 0; i < names->count; i++) {
		names->headers[i] = xasprintf("%s%s", is_taken(names->items[i]) ? PERSON_CUSTOM_PREFIX : "", names->items[i]);
	}
}

static struct column *make_columns(const struct names *names, size_t *count) {
	*count = FIXED_BEFORE + COUNT_OF(FIELDS) + FIXED_AFTER + names->count;
	struct column *columns = xcalloc(*count, sizeof *columns);
	struct column *at = columns;
	*at++ = (struct column){"id", NULL, LIST_ALL};
	*at++ = (struct column){"name", NULL, LIST_ALL};
	for (size_t i = 0; i < COUNT_OF(FIELDS); i++) {
		*at++ = (struct column){person_field_key(FIELDS[i].field), NULL, FIELDS[i].forms};
	}
	*at++ = (struct column){"code", NULL, LIST_BOTH};
	*at++ = (struct column){"aloud", "badge", LISTING_TABLE | LISTING_JSON};
	*at++ = (struct column){"status", NULL, LISTING_TABLE | LISTING_JSON};
	*at++ = (struct column){PERSON_BADGE_COLUMN, NULL, LISTING_CSV}; /* a column "status" would be taken for that of a registration */
	*at++ = (struct column){"custom", NULL, LISTING_JSON};
	for (size_t i = 0; i < names->count; i++) {
		*at++ = (struct column){names->headers[i], NULL, LISTING_CSV};
	}
	return columns;
}

bool list_people(struct store *store, const struct list_options *options, struct err *err) {
	struct people_list list = {0};
	if (options->form == LISTING_CSV && !people_each(store, options->query, note_names, &list.names, err)) {
		return false;
	}
	make_headers(&list.names);
	struct listing_options how = {.form = options->form, .bom = options->bom};
	struct column *columns = make_columns(&list.names, &how.count);
	how.columns = columns;
	list.listing = listing_open(options->out, &how);
	bool ok = people_each_in_order(store, options->query, options->order, put_person, &list, err) && listing_finish(list.listing, err);
	listing_close(list.listing);
	for (size_t i = 0; i < list.names.count; i++) {
		free(list.names.items[i]);
		free(list.names.headers[i]);
	}
	free(list.names.headers);
	free(list.names.items);
	mapstr_fini(&list.names.seen);
	strbuf_fini(&list.custom);
	free(columns);
	return ok;
}
