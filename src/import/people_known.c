#include "import/people_known.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "store/read/roster.h"

struct loader {
	struct known_people *known;
	const char *source;
};

void known_people_fini(struct known_people *k) {
	for (size_t i = 0; i < k->count; i++) {
		free(k->items[i].cells);
	}
	free(k->items);
	free(k->edits.items);
	mapstr_fini(&k->by_id);
	mapstr_fini(&k->fields);
	arena_fini(&k->texts);
	*k = (struct known_people){0};
}

/* Fields are numbers, given out as keys are met; the standard ones come first, so theirs are enum person_field (known_people_load). */
int known_field(struct known_people *k, const char *key) {
	bool made = false;
	int64_t *place = mapstr_place(&k->fields, key, &made);
	if (made) {
		*place = ++k->field_count;
	}
	return (int)*place - 1;
}

const struct known_cell *known_cell(const struct known_person *p, int field) {
	for (size_t i = 0; i < p->count; i++) {
		if (p->cells[i].field == field) {
			return &p->cells[i];
		}
	}
	return NULL;
}

const char *known_now(const struct known_person *p, int field) {
	const struct known_cell *cell = field >= 0 ? known_cell(p, field) : NULL;
	return cell ? cell->now : NULL;
}

char *known_describe(const struct known_person *p) {
	const char *name = str_or_empty(known_now(p, PERSON_NAME)), *more = known_now(p, PERSON_COMMUNITY);
	more = !str_empty(more) ? more : known_now(p, PERSON_ORGANISATION);
	more = !str_empty(more) ? more : known_now(p, PERSON_EMAIL);
	return str_empty(more) ? xstrdup(name) : xasprintf("%s (%s)", name, more);
}

struct known_person *known_person(const struct known_people *k, const char *id) {
	const int64_t *place = mapstr_find(&k->by_id, id);
	return place ? &k->items[*place - 1] : NULL;
}

static struct known_cell *make_cell(struct known_person *p, int field) {
	for (size_t i = 0; i < p->count; i++) {
		if (p->cells[i].field == field) {
			return &p->cells[i];
		}
	}
	ARRAY_GROW(p, cells);
	p->cells[p->count] = (struct known_cell){.field = field};
	return &p->cells[p->count++];
}

static const char *keep(struct known_people *k, const char *text) { return arena_text(&k->texts, text, strlen(text)); }

static void set_now(struct known_people *k, struct known_person *p, const char *key, const char *value) {
	if (!str_empty(value)) {
		make_cell(p, known_field(k, key))->now = keep(k, value);
	}
}

struct object {
	struct known_people *known;
	struct known_person *person;
	const char *prefix; /* of its keys in records */
};

static void set_member(void *context, const char *key, const char *value) {
	const struct object *o = context;
	if (*o->prefix == '\0') {
		set_now(o->known, o->person, key, value);
		return;
	}
	char *whole = xasprintf("%s%s", o->prefix, key);
	set_now(o->known, o->person, whole, value);
	free(whole);
}

static bool set_object(struct object *o, const char *text) {
	if (json_each_text(text, set_member, o)) {
		return true;
	}
	struct err ignored = {0};
	struct json *object = json_parse(text, strlen(text), &ignored);
	for (void *m = json_member_next(object, NULL); m != NULL; m = json_member_next(object, m)) {
		set_member(o, json_member_key(m), json_text(json_member_value(m)));
	}
	bool ok = object != NULL;
	json_free(object);
	return ok;
}

static bool add_person(void *context, const struct roster_row *row, struct err *err) {
	struct known_people *k = ((struct loader *)context)->known;
	bool made = false;
	ARRAY_GROW(k, items);
	struct known_person *p = &k->items[k->count++];
	*p = (struct known_person){.removed = row->removed, .root = k->count - 1};
	str_copy(p->id, sizeof p->id, row->id);
	*mapstr_place(&k->by_id, p->id, &made) = (int64_t)k->count;
	set_now(k, p, "name", row->name);
	set_now(k, p, "code", row->code);
	struct object fields = {k, p, ""};
	struct object custom = {k, p, PERSON_CUSTOM_PREFIX};
	return (set_object(&fields, row->fields) && set_object(&custom, row->custom)) ||
	       err_set(err, ERR_CORRUPT, "the roster's table is damaged; \"turnout rebuild\" makes it again");
}

static bool note_joined(void *context, const char *person, const char *into, struct err *err) {
	(void)err;
	struct known_people *k = ((struct loader *)context)->known;
	struct known_person *p = known_person(k, person);
	const struct known_person *root = known_person(k, into);
	if (p != NULL && root != NULL) {
		p->root = root->root;
	}
	return true;
}

/* In one log the seq tells; between logs only their clocks can, and then the log's number, so that the answer is always the same. */
static bool is_later(const struct known_edit *edit, const struct known_edit *than) {
	if (edit->log == than->log) {
		return edit->seq >= than->seq;
	}
	return edit->utc_ms != than->utc_ms ? edit->utc_ms > than->utc_ms : edit->log > than->log;
}

/* What this source said counts before what others did, and the later before the earlier. */
static bool counts_more(const struct known_people *k, const struct known_cell *cell, bool mine) {
	if (cell->said == NULL || cell->mine != mine) {
		return cell->said == NULL || mine;
	}
	return is_later(&k->edits.items[k->edits.count - 1], &k->edits.items[cell->edit]);
}

static bool add_said(void *context, const struct said *said, struct err *err) {
	(void)err;
	const struct loader *loader = context;
	struct known_people *k = loader->known;
	struct known_person *p = known_person(k, said->id);
	if (p == NULL) {
		return true;
	}
	bool mine = str_eq(said->source, loader->source);
	p->sourced = true;
	p->mine = p->mine || mine;
	ARRAY_GROW(&k->edits, items);
	k->edits.items[k->edits.count++] = (struct known_edit){said->log, said->seq, said->utc.v};
	for (void *m = json_member_next(said->set, NULL); m != NULL; m = json_member_next(said->set, m)) {
		const char *value = json_text(json_member_value(m));
		struct known_cell *cell = make_cell(p, known_field(k, json_member_key(m)));
		if (value != NULL && counts_more(k, cell, mine)) {
			/* Mostly it is what the roster has, and then one copy will do. */
			cell->said = str_eq(cell->now, value) ? cell->now : keep(k, value);
			cell->mine = mine;
			cell->edit = (uint32_t)(k->edits.count - 1) & 0x7FFFFFFF;
		}
	}
	return true;
}

bool known_people_load(struct store *store, const char *source, struct known_people *out, struct err *err) {
	struct loader loader = {out, source};
	for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
		known_field(out, person_field_key((enum person_field)i));
	}
	return roster_each(store, add_person, &loader, err) && joined_each(store, note_joined, &loader, err) &&
	       (out->count == 0 || said_each(store, SAID_PERSON, add_said, &loader, err));
}
