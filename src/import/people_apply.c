#include "import/people_apply.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/registration.h"
#include "import/fault.h"
#include "import/people_known.h"
#include "import/people_match.h"
#include "import/people_settle.h"
#include "import/person_value.h"

#define PROGRESS_EVERY 500

struct column {    /* a field that the file speaks of */
	char *key; /* in records */
	int field; /* known_field() */
};

struct apply {
	struct store *store;
	const struct people *people;
	const struct people_apply_options *opt;
	const char *source;
	struct people_applied *out;
	struct known_people known;
	struct match match;
	struct column *columns;
	size_t column_count;
	struct mapstr customs;            /* header -> index in columns + 1 */
	int standard[PERSON_FIELD_COUNT]; /* index in columns, or -1 */
	const char **values;              /* by column: of the person at hand; NULL for an empty cell */
	struct source_memory memory;
	bool other_sheet;      /* than the one that was read the last time: who is not in it is not gone */
	struct strbuf set;     /* what the source sets */
	struct strbuf restore; /* what a hand had set, set again */
};

static void add_column(struct apply *a, char *key) { a->columns[a->column_count++] = (struct column){key, known_field(&a->known, key)}; }

static void find_columns(struct apply *a) {
	const struct people *people = a->people;
	a->columns = xcalloc(people->column_count + PERSON_FIELD_COUNT, sizeof *a->columns);
	a->values = xcalloc(people->column_count + PERSON_FIELD_COUNT, sizeof *a->values);
	for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
		a->standard[i] = -1;
	}
	for (size_t c = 0; c < people->column_count; c++) {
		const char *target = people->columns[c].target;
		bool made = false;
		if (people->columns[c].unused) {
			continue;
		}
		if (target == NULL || people->columns[c].second) {
			*mapstr_place(&a->customs, people->columns[c].header, &made) = (int64_t)a->column_count + 1;
			add_column(a, xasprintf("%s%s", PERSON_CUSTOM_PREFIX, people->columns[c].header));
		}
		if (target == NULL) {
			continue;
		}
		enum person_field field = person_field_find(target);
		field = field == PERSON_FIELD_COUNT ? PERSON_NAME : field; /* a part of the name */
		if (a->standard[field] < 0) {
			a->standard[field] = (int)a->column_count;
			add_column(a, xstrdup(person_field_key(field)));
		}
	}
	if (a->opt->applicants && a->standard[PERSON_REGISTRATION] < 0) {
		a->standard[PERSON_REGISTRATION] = (int)a->column_count;
		add_column(a, xstrdup(person_field_key(PERSON_REGISTRATION)));
	}
}

static int by_stranger_row(const void *row, const void *stranger) {
	size_t a = *(const size_t *)row, b = ((const struct match_stranger *)stranger)->row;
	return (a > b) - (a < b);
}

static bool goes_without_code(const struct apply *a, size_t row) {
	return a->match.strangers.count != 0 &&
	       bsearch(&row, a->match.strangers.items, a->match.strangers.count, sizeof *a->match.strangers.items, by_stranger_row) != NULL;
}

/* Who gave back one ticket and holds another is expected. */
static const char *better_registration(const char *a, const char *b) {
	if (a == NULL || b == NULL) {
		return a != NULL ? a : b;
	}
	enum registration x = registration_find(a);
	enum registration y = registration_find(b);
	return y != REGISTRATION_UNSAID && (x == REGISTRATION_UNSAID || y < x) ? b : a;
}

/* The first of the person's rows that says something counts, cell by cell; of registrations the one that lets in. */
static void collect_values(struct apply *a, const struct match_person *p) {
	for (size_t c = 0; c < a->column_count; c++) {
		a->values[c] = NULL;
	}
	for (size_t r = p->first_row; r != MATCH_NONE; r = a->match.next[r]) {
		const struct person *person = &a->people->items[r];
		for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
			const char **value = a->standard[i] >= 0 ? &a->values[a->standard[i]] : NULL;
			if (value != NULL && i == PERSON_REGISTRATION) {
				*value = better_registration(*value, person->field[i]);
			} else if (value != NULL && *value == NULL && (i != PERSON_CODE || !goes_without_code(a, r))) {
				*value = person->field[i];
			}
		}
		for (size_t i = 0; i < person->count; i++) {
			const int64_t *place = mapstr_find(&a->customs, person->custom[i].name);
			if (place != NULL && a->values[*place - 1] == NULL) {
				a->values[*place - 1] = person->custom[i].value;
			}
		}
	}
}

/* Of applicants of whom the file says nothing nobody has decided yet. Whom another list or a hand put on the roster is there by that, and stays as they are. */
static void assume_registration(struct apply *a, const struct match_person *p) {
	const char **value = a->standard[PERSON_REGISTRATION] >= 0 ? &a->values[a->standard[PERSON_REGISTRATION]] : NULL;
	if (!a->opt->applicants || p->by_id || value == NULL || registration_find(*value) != REGISTRATION_UNSAID) {
		return;
	}
	const struct known_cell *cell =
		p->known == MATCH_NONE ? NULL : known_cell(&a->known.items[p->known], a->columns[a->standard[PERSON_REGISTRATION]].field);
	bool ours = p->known == MATCH_NONE || (cell != NULL && cell->mine);
	*value = ours ? registration_word(REGISTRATION_PENDING) : NULL;
}

struct edit_texts {
	struct json_writer set, restore;
	bool visible; /* something shows differently afterwards */
};

/* One cell of somebody whom the roster has; people_apply.h says what is written when. */
static void compare_cell(struct edit_texts *edit, const struct column *column, const char *value, const struct known_person *p) {
	static const struct known_cell nothing = {0};
	const struct known_cell *cell = known_cell(p, column->field);
	cell = cell ? cell : &nothing;
	if (value == NULL) {
		if (cell->mine && !str_empty(cell->said) && str_eq(cell->now, cell->said)) {
			json_put_text(&edit->set, column->key, "");
			edit->visible = true;
		}
		return;
	}
	if (cell->said != NULL && strcmp(cell->said, value) == 0) {
		return;
	}
	json_put_text(&edit->set, column->key, value);
	if (str_eq(cell->now, value)) {
		return; /* the hand was first; it is on record now that the source says so too */
	}
	/* Somebody entered by hand whom an import meets for the first time: what the source says goes on record, and the hand's value is
	 * set again over it. */
	if (cell->said == NULL && cell->now != NULL && !p->sourced) {
		json_put_text(&edit->restore, column->key, cell->now);
		return;
	}
	edit->visible = true;
}

static const char *custom_name(const struct column *column) {
	return str_starts(column->key, PERSON_CUSTOM_PREFIX) ? column->key + strlen(PERSON_CUSTOM_PREFIX) : NULL;
}

/* The row that names the person by their id; others may have gone along with it. */
static size_t row_of_id(const struct apply *a, const struct match_person *p) {
	size_t r = p->first_row;
	for (size_t at = r; at != MATCH_NONE; at = a->match.next[at]) {
		const struct known_person *named = known_person(&a->known, a->people->cells[at].id);
		if (named != NULL && named->root == p->known) {
			return at;
		}
	}
	return r;
}

/* One cell of a list of ours that was edited: it is compared with what the roster has now. An emptied cell clears; one that could not be
 * understood, or whose code is somebody else's, was told and leaves what there is. */
static void compare_edited(struct edit_texts *edit, const struct apply *a, const struct match_person *p, const struct column *column) {
	const struct known_cell *cell = known_cell(&a->known.items[p->known], column->field);
	size_t row = row_of_id(a, p);
	const struct person *person = &a->people->items[row];
	const char *now = cell != NULL ? str_or_empty(cell->now) : "", *name = custom_name(column), *text, *value;
	bool emptied;
	if (name != NULL) {
		text = value = str_or_empty(person_custom(person, name));
		emptied = text[0] == '\0';
	} else {
		enum person_field field = person_field_find(column->key);
		text = a->people->cells[row].text[field];
		value = field == PERSON_CODE && goes_without_code(a, row) ? "" : person_text(person, field);
		emptied = text != NULL && person_value_is_nothing(field, text);
	}
	if (text != NULL && !str_eq(text, now) && !str_eq(value, now) && (value[0] != '\0' || emptied)) {
		json_put_text(&edit->set, column->key, value);
		edit->visible = true;
	}
}

static bool write_edit(struct apply *a, const struct match_person *p, const struct edit_texts *edit, struct err *err) {
	if (a->opt->dry_run || !edit->set.comma) {
		return true;
	}
	/* An edited list is a hand's work, whatever the file is called. */
	const char *source = p->by_id ? NULL : a->source;
	struct person_edit set = {.id = p->id, .set_json = a->set.data, .source = source, .fresh = p->known == MATCH_NONE};
	struct person_edit restore = {.id = p->id, .set_json = a->restore.data};
	return (person_edit(a->store, &set, err) && (!edit->restore.comma || person_edit(a->store, &restore, err))) ||
	       err_wrap(err, "line %zu", a->people->lines[p->first_row]);
}

/* What somebody decided by hand stays though the file says again what it said before, or first now: as compare_cell has it. */
static void count_registration(struct apply *a, const struct match_person *p) {
	int column = a->standard[PERSON_REGISTRATION];
	const char *value = column >= 0 ? a->values[column] : NULL;
	enum registration said = registration_find(value), stands = said;
	if (value != NULL && p->known != MATCH_NONE && !p->by_id) {
		const struct known_person *known = &a->known.items[p->known];
		const struct known_cell *cell = known_cell(known, a->columns[column].field);
		bool by_hand = cell != NULL && cell->now != NULL && (cell->said != NULL ? str_eq(cell->said, value) : !known->sourced);
		stands = by_hand ? registration_find(cell->now) : said;
	}
	a->out->registrations[stands]++;
	a->out->confirmed += !registration_admits(said) && stands == REGISTRATION_CONFIRMED;
}

static bool apply_person(struct apply *a, const struct match_person *p, struct err *err) {
	strbuf_reset(&a->set);
	strbuf_reset(&a->restore);
	struct edit_texts edit = {.set = {.out = &a->set}, .restore = {.out = &a->restore}};
	collect_values(a, p);
	assume_registration(a, p);
	count_registration(a, p);
	json_open(&edit.set, NULL, '{');
	json_open(&edit.restore, NULL, '{');
	for (size_t c = 0; c < a->column_count; c++) {
		if (p->by_id) {
			compare_edited(&edit, a, p, &a->columns[c]);
		} else if (p->known != MATCH_NONE) {
			compare_cell(&edit, &a->columns[c], a->values[c], &a->known.items[p->known]);
		} else if (a->values[c] != NULL) {
			json_put_text(&edit.set, a->columns[c].key, a->values[c]);
		}
	}
	/* The writer's comma tells whether a member was written; closing sets it, so it is kept over that. */
	bool any = edit.set.comma;
	bool restore = edit.restore.comma;
	json_close(&edit.set, '}');
	json_close(&edit.restore, '}');
	edit.set.comma = any;
	edit.restore.comma = restore;
	if (p->known == MATCH_NONE) {
		a->out->added++;
	} else if (edit.visible) {
		a->out->changed++;
	} else {
		a->out->unchanged++;
	}
	return write_edit(a, p, &edit, err);
}

static int by_id(const void *a, const void *b) {
	return strcmp(((const struct match_person *)a)->id, ((const struct match_person *)b)->id);
}

static size_t code_column(const struct people *people) {
	for (size_t c = 0; c < people->column_count; c++) {
		if (str_eq(people->columns[c].target, person_field_key(PERSON_CODE))) {
			return c + 1;
		}
	}
	return 0;
}

/* Codes that are somebody else's: told, or where no bad row may be they refuse all. */
static bool tell_strangers(struct apply *a, struct err *err) {
	for (size_t i = 0; i < a->match.strangers.count; i++) {
		const struct match_stranger *s = &a->match.strangers.items[i];
		struct fault fault = {.kind = FAULT_CODE_OTHERS,
				      .at = {.line = a->people->lines[s->row], .column = code_column(a->people)},
				      .value = a->people->items[s->row].field[PERSON_CODE],
				      .other = str_or_empty(known_now(&a->known.items[s->known], PERSON_NAME))};
		if (a->opt->strict) {
			fault.refused = a->match.strangers.count;
			return fault_fail(err, &fault);
		}
		fault_list_add(&a->out->codes, &fault);
	}
	return true;
}

/* What was said of the source before counts, but for what the caller says now. */
static void recall(struct apply *a) {
	source_memory_load(a->store, "people", a->source, &a->memory);
	if (a->opt->memory != NULL) {
		a->other_sheet = !str_eq(a->memory.sheet, a->opt->memory->sheet);
		source_memory_forget_options(&a->memory);
		source_memory_take_options(&a->memory, a->opt->memory);
	}
}

/* Where every row says by its id who it is, nothing is left to be remembered. */
static bool all_by_id(const struct apply *a) {
	bool all = a->people->cells != NULL;
	for (size_t i = 0; all && i < a->match.count; i++) {
		all = a->match.items[i].by_id;
	}
	return all;
}

static bool remember(struct apply *a, struct err *err) {
	if (all_by_id(a)) {
		return true;
	}
	people_list_doubts(&(struct settling){a->people, &a->known, &a->match, &a->memory}, a->opt->settled, &a->out->doubts);
	if (a->people->cells == NULL && !a->other_sheet) {
		people_list_gone(&a->known, &a->match, &a->out->doubts, &a->out->gone);
	}
	return a->opt->dry_run || source_memory_save(a->store, "people", a->source, &a->memory, err);
}

static bool apply_all(struct apply *a, struct err *err) {
	recall(a);
	if (a->opt->same && !a->opt->dry_run && !people_join_doubts(a->store, &a->memory, &a->out->joined, err)) {
		return false;
	}
	if (!known_people_load(a->store, a->source, &a->known, err)) {
		return false;
	}
	struct match_input in = {store_event(a->store), a->people, &a->known, a->opt->key, a->opt->same};
	people_match(&in, &a->match);
	find_columns(a);
	if (!tell_strangers(a, err)) {
		return false;
	}
	/* In the order of the ids, so that every table of the store grows at its end or page after page. */
	if (a->match.count != 0) { /* every row may have been a bad one */
		qsort(a->match.items, a->match.count, sizeof *a->match.items, by_id);
	}
	for (size_t i = 0; i < a->match.count; i++) {
		if (a->opt->progress != NULL && i % PROGRESS_EVERY == 0) {
			a->opt->progress(a->opt->progress_context, i, a->match.count);
		}
		if (!apply_person(a, &a->match.items[i], err)) {
			return false;
		}
	}
	a->out->repeated = a->match.repeated;
	return remember(a, err);
}

/* Strictly every cell has to be good, too. */
static bool check_rows(const struct people *people, struct err *err) {
	const struct fault_list *wrong = people->bad.total != 0 ? &people->bad : &people->notes;
	if (wrong->total == 0) {
		return true;
	}
	struct fault first = wrong->items[0];
	first.refused = people->bad.total + people->notes.total;
	return fault_fail(err, &first);
}

static void apply_fini(struct apply *a) {
	for (size_t c = 0; c < a->column_count; c++) {
		free(a->columns[c].key);
	}
	free(a->columns);
	free(a->values);
	mapstr_fini(&a->customs);
	match_fini(&a->match);
	source_memory_fini(&a->memory);
	known_people_fini(&a->known);
	strbuf_fini(&a->set);
	strbuf_fini(&a->restore);
}

bool people_apply(struct store *store, const struct people *people, const struct people_apply_options *opt, struct people_applied *out,
		  struct err *err) {
	static const struct people_apply_options plain = {0};
	struct people_applied counted = {.rows = people->count + people->bad.total, .bad = people->bad.total, .notes = people->notes.total};
	struct apply a = {.store = store, .people = people, .opt = opt ? opt : &plain, .out = &counted};
	a.source = a.opt->source ? a.opt->source : people->file;
	if (str_empty(a.source)) {
		return fault_fail(err, &(struct fault){.kind = FAULT_NO_SOURCE});
	}
	if (a.opt->strict && !check_rows(people, err)) {
		return false;
	}
	bool ok = a.opt->dry_run || store_begin(store, err);
	if (ok) {
		ok = apply_all(&a, err);
		if (!a.opt->dry_run && ok) {
			ok = store_commit(store, err);
		} else if (!a.opt->dry_run) {
			store_rollback(store);
		}
	}
	if (ok && a.opt->progress != NULL) {
		a.opt->progress(a.opt->progress_context, a.match.count, a.match.count);
	}
	apply_fini(&a);
	if (ok) {
		*out = counted;
	} else {
		people_applied_fini(&counted);
	}
	return ok;
}

void people_applied_fini(struct people_applied *applied) {
	fault_list_fini(&applied->codes);
	people_doubts_fini(&applied->doubts);
	people_gone_fini(&applied->gone);
	*applied = (struct people_applied){0};
}
