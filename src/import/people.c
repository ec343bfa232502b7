#include "import/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/fold.h"
#include "import/alias.h"
#include "import/people_alias.h"
#include "import/person_value.h"
#include "import/table_read.h"
#include "store/log/record.h"

struct reader {
	struct mapstr codes; /* -> index of who has it, plus one */
	const struct table *t;
	const struct people_layout *layout;
	struct people *out;
	size_t row;
	int column[PEOPLE_TARGET_COUNT];        /* the column that gave each value of this row */
	const char *value[PEOPLE_TARGET_COUNT]; /* NULL: none */
};

void people_fini(struct people *p) {
	for (size_t i = 0; i < p->count; i++) {
		person_fini(&p->items[i]);
		free(p->keys[i]);
	}
	fault_list_fini(&p->bad);
	for (size_t i = 0; i < p->column_count; i++) {
		free(p->columns[i].header);
	}
	free(p->items);
	free(p->lines);
	free(p->keys);
	free(p->columns);
	free(p->sheet);
	free(p->file);
	*p = (struct people){0};
}

void people_phone_digits(const char *phone, char digits[PEOPLE_PHONE_MAX]) {
	char all[PEOPLE_PHONE_MAX - 3] = ""; /* a country code may come before it */
	size_t n = 0;
	for (; *phone != '\0' && n + 1 < sizeof all; phone++) {
		if (str_is_digit(*phone)) {
			all[n++] = *phone;
		}
	}
	all[n] = '\0';
	/* "00" stands for "+". Ukrainian numbers come as 0XX…, 80XX… (the old way) or without the zero: all get the country code 380. */
	const char *core = str_starts(all, "00") ? all + 2 : all;
	n = strlen(core);
	const char *head = "";
	if (n == 10 && *core == '0') {
		head = "38";
	} else if (n == 11 && str_starts(core, "80")) {
		head = "3";
	} else if (n == 9 && core == all) {
		head = "380"; /* a spreadsheet took the leading zero off */
	}
	digits[0] = '\0';
	if (n >= 5) {
		snprintf(digits, PEOPLE_PHONE_MAX, "%s%s", head, core);
	}
}

/* ---- values ---- */

/* Programs that export for Excel put a ' before what it would take for a formula (the TAB that others put is gone already). */
static const char *without_guard(const char *cell) {
	return cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@", cell[1]) != NULL ? cell + 1 : cell;
}

/* Leaves the row out. `fault` says the column, from 1, where there is one. */
static bool refuse_row(struct reader *r, struct fault *fault) {
	fault->at.line = r->t->rows[r->row].line;
	fault_list_add(&r->out->bad, fault);
	return false;
}

/* ---- rows ---- */

/* Collects each field's value: the first of the highest rank that is not empty. False when the row is empty. */
static bool collect(struct reader *r) {
	int rank[PEOPLE_TARGET_COUNT];
	const struct table_row *row = &r->t->rows[r->row];
	for (int i = 0; i < PEOPLE_TARGET_COUNT; i++) {
		r->value[i] = NULL;
		rank[i] = -1;
	}
	bool any = false;
	for (size_t c = 0; c < row->count; c++) {
		const char *cell = without_guard(r->t->cells[row->first + c]);
		any = any || *cell != '\0';
		int target = r->layout->target[c];
		if (target == PEOPLE_OTHER || *cell == '\0' || r->layout->rank[c] <= rank[target]) {
			continue;
		}
		r->value[target] = cell;
		rank[target] = r->layout->rank[c];
		r->column[target] = (int)c + 1;
	}
	/* A screen name (rank 0) gives way to the parts of a registered one. */
	if (rank[PERSON_NAME] == 0 && r->value[PEOPLE_FAMILY] != NULL && r->value[PEOPLE_GIVEN] != NULL) {
		r->value[PERSON_NAME] = NULL;
	}
	return any;
}

static void set_name(struct reader *r, struct person *p) {
	if (r->value[PERSON_NAME] != NULL) {
		person_set(p, PERSON_NAME, r->value[PERSON_NAME]);
		return;
	}
	struct strbuf name = {0};
	for (int part = PEOPLE_FAMILY; part <= PEOPLE_PATRONYMIC; part++) {
		if (r->value[part] != NULL) {
			strbuf_addf(&name, "%s%s", name.len ? " " : "", r->value[part]);
		}
	}
	person_set(p, PERSON_NAME, strbuf_str(&name));
	strbuf_fini(&name);
}

static bool refuse_value(struct reader *r, enum fault_kind kind, int column, const char *value) {
	return refuse_row(r, &(struct fault){.kind = kind, .at.column = (size_t)column, .value = value});
}

static bool set_field(struct reader *r, struct person *p, int field) {
	const char *value = r->value[field];
	if (value == NULL) {
		return true;
	}
	if (strlen(value) > PERSON_VALUE_MAX) {
		return refuse_value(r, FAULT_VALUE_LONG, r->column[field], value);
	}
	if (field == PERSON_NAME || field >= PERSON_FIELD_COUNT) {
		return true; /* put together by set_name */
	}
	enum fault_kind kind = person_value_set(p, (enum person_field)field, value);
	return kind == FAULT_NONE || refuse_value(r, kind, r->column[field], value);
}

static bool set_others(struct reader *r, struct person *p) {
	const struct table_row *row = &r->t->rows[r->row];
	for (size_t c = 0; c < row->count; c++) {
		const char *value = without_guard(r->t->cells[row->first + c]);
		if (r->layout->target[c] != PEOPLE_OTHER || *value == '\0') {
			continue;
		}
		if (strlen(value) > PERSON_VALUE_MAX) {
			return refuse_value(r, FAULT_VALUE_LONG, (int)c + 1, value);
		}
		ARRAY_GROW(p, custom); /* headers are told apart already, so nothing is looked up here */
		p->custom[p->count++] = (struct person_custom){xstrdup(r->layout->name[c]), xstrdup(value)};
	}
	return true;
}

/* Bytes of the person as one JSON object, with some room for what else a record holds. */
static size_t record_size(const struct person *p) {
	struct strbuf quoted = {0};
	size_t size = 400;
	for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
		size += strlen(person_text(p, (enum person_field)i)) + 20;
	}
	for (size_t i = 0; i < p->count; i++) {
		size += strlen(p->custom[i].name) + strlen(p->custom[i].value) + 20;
	}
	if (size < RECORD_BODY_MAX / 2) {
		return size; /* quoting at most doubles it */
	}
	size = 400;
	for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
		json_quote(&quoted, person_text(p, (enum person_field)i));
		size += 20;
	}
	for (size_t i = 0; i < p->count; i++) {
		json_quote(&quoted, p->custom[i].name);
		json_quote(&quoted, p->custom[i].value);
		size += 20;
	}
	size += quoted.len;
	strbuf_fini(&quoted);
	return size;
}

static bool read_row(struct reader *r, struct person *p) {
	for (int field = 0; field < PEOPLE_TARGET_COUNT; field++) {
		if (!set_field(r, p, field)) {
			return false;
		}
	}
	set_name(r, p);
	const char *name = person_text(p, PERSON_NAME);
	if (*name == '\0') {
		return refuse_row(r, &(struct fault){.kind = FAULT_NO_NAME});
	}
	if (strlen(name) > PERSON_VALUE_MAX) {
		return refuse_value(r, FAULT_NAME_LONG, 0, name);
	}
	if (!set_others(r, p)) {
		return false;
	}
	return record_size(p) <= RECORD_BODY_MAX || refuse_row(r, &(struct fault){.kind = FAULT_PERSON_LONG});
}

/* Two names with a word in common can be one person's. */
static bool share_a_word(const char *a, const char *b) {
	char *x = fold_text(a), *y = fold_text(b), *words[32];
	size_t n = str_split(x, ' ', words, COUNT_OF(words));
	char *padded = xasprintf(" %s ", y);
	bool shared = false;
	for (size_t i = 0; i < n && !shared; i++) {
		char *word = xasprintf(" %s ", words[i]);
		shared = strstr(padded, word) != NULL;
		free(word);
	}
	free(padded);
	free(x);
	free(y);
	return shared;
}

/* One code is one person's: with another's name it is a mistake that somebody has to look at. */
static bool code_is_free(struct reader *r, const struct person *p) {
	const char *code = person_text(p, PERSON_CODE);
	bool made = false;
	if (*code == '\0') {
		return true;
	}
	int64_t *place = mapstr_place(&r->codes, code, &made);
	if (made) {
		*place = (int64_t)r->out->count + 1;
		return true;
	}
	const char *owner = person_text(&r->out->items[*place - 1], PERSON_NAME);
	if (share_a_word(owner, person_text(p, PERSON_NAME))) {
		return true;
	}
	return refuse_row(r, &(struct fault){.kind = FAULT_CODE_TAKEN,
					     .at.column = (size_t)r->column[PERSON_CODE],
					     .value = code,
					     .other = owner,
					     .number = (int64_t)r->out->lines[*place - 1]});
}

static void keep_person(struct reader *r, struct person *p) {
	struct people *out = r->out;
	if (out->count == out->cap) {
		out->cap = out->cap ? out->cap * 2 : 64;
		out->items = xrealloc(out->items, out->cap, sizeof *out->items);
		out->lines = xrealloc(out->lines, out->cap, sizeof *out->lines);
		out->keys = xrealloc(out->keys, out->cap, sizeof *out->keys);
	}
	const char *key = r->layout->key >= 0 ? without_guard(table_cell(r->t, r->row, (size_t)r->layout->key)) : "";
	out->items[out->count] = *p;
	out->lines[out->count] = r->t->rows[r->row].line;
	out->keys[out->count++] = *key != '\0' ? xstrdup(key) : NULL;
	*p = (struct person){0};
}

static void describe(const struct table *t, const struct people_layout *layout, struct people *out) {
	str_copy(out->encoding, sizeof out->encoding, t->encoding);
	out->delimiter = t->delimiter;
	out->sheet = t->sheet ? xstrdup(t->sheet) : NULL;
	out->header_line = t->rows[layout->header].line;
	out->columns = xcalloc(layout->width, sizeof *out->columns);
	out->column_count = layout->width;
	for (size_t c = 0; c < layout->width; c++) {
		out->columns[c].header = xstrdup(layout->name[c]);
		out->columns[c].target = layout->target[c] == PEOPLE_OTHER ? NULL : people_target_key(layout->target[c]);
	}
}

bool people_from_table(const struct table *t, const struct people_options *opt, struct people *out, struct err *err) {
	static const struct people_options plain = {0};
	struct people_layout layout = {0};
	struct people people = {0};
	if (t->count == 0) {
		return fault_fail(err, &(struct fault){.kind = FAULT_TABLE_EMPTY});
	}
	if (!people_layout_find(t, opt ? opt : &plain, &layout, err)) {
		return false;
	}
	describe(t, &layout, &people);
	struct reader r = {.t = t, .layout = &layout, .out = &people};
	bool ok = true;
	for (r.row = layout.first; ok && r.row < layout.end; r.row++) {
		struct person p = {0};
		if (collect(&r) && read_row(&r, &p) && code_is_free(&r, &p)) {
			keep_person(&r, &p);
		}
		person_fini(&p);
		ok = people.count <= PEOPLE_MAX ||
		     fault_fail(err, &(struct fault){.kind = FAULT_PEOPLE_MANY, .at.line = t->rows[r.row].line, .number = PEOPLE_MAX});
	}
	people_layout_fini(&layout);
	mapstr_fini(&r.codes);
	if (!ok) {
		people_fini(&people);
		return false;
	}
	*out = people;
	return true;
}

bool people_read(const char *path, const struct people_options *opt, struct people *out, struct err *err) {
	struct table_options how = {.encoding = opt ? opt->encoding : NULL, .sheet = opt ? opt->sheet : NULL};
	struct table t = {0};
	if (!table_read(path, &how, &t, err)) {
		return false;
	}
	bool ok = people_from_table(&t, opt, out, err) || fault_wrap(err, &(struct fault_place){.file = file_base_name(path)});
	if (ok) {
		out->file = xstrdup(str_eq(path, "-") ? "standard input" : file_base_name(path));
	}
	table_fini(&t);
	return ok;
}
