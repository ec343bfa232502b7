#include "import/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "import/people_alias.h"
#include "import/people_export.h"
#include "import/people_row.h"
#include "import/person_value.h"
#include "import/table_read.h"

void people_fini(struct people *p) {
	for (size_t i = 0; i < p->count; i++) {
		person_fini(&p->items[i]);
		free(p->keys[i]);
		for (int field = 0; p->cells != NULL && field < PERSON_FIELD_COUNT; field++) {
			free(p->cells[i].text[field]);
		}
		free(p->cells != NULL ? p->cells[i].id : NULL);
	}
	free(p->cells);
	fault_list_fini(&p->bad);
	fault_list_fini(&p->notes);
	fault_list_fini(&p->passed);
	for (size_t i = 0; i < p->column_count; i++) {
		free(p->columns[i].header);
	}
	free(p->items);
	free(p->lines);
	free(p->keys);
	free(p->columns);
	free(p->sheet);
	free(p->alike);
	free(p->unread);
	free(p->file);
	*p = (struct people){0};
}

static void keep_person(struct people_row_reader *r, struct person *p) {
	struct people *out = r->out;
	if (out->count == out->cap) {
		out->cap = out->cap ? out->cap * 2 : 64;
		out->items = xrealloc(out->items, out->cap, sizeof *out->items);
		out->lines = xrealloc(out->lines, out->cap, sizeof *out->lines);
		out->keys = xrealloc(out->keys, out->cap, sizeof *out->keys);
		if (r->layout->id >= 0) {
			out->cells = xrealloc(out->cells, out->cap, sizeof *out->cells);
		}
	}
	if (r->layout->id >= 0) {
		people_export_keep(r->t, r->layout, r->row, &out->cells[out->count]);
	}
	out->items[out->count] = *p;
	out->lines[out->count] = r->t->rows[r->row].line;
	out->keys[out->count++] = *r->key != '\0' ? xstrdup(r->key) : NULL;
	*p = (struct person){0};
}

/* ---- the table ---- */

/* Which field a column is, as the roster has fields. */
static const char *target_key(const struct people_layout *layout, size_t column) {
	int target = layout->target[column];
	if (target == PEOPLE_OTHER || target == PEOPLE_NUMBER) {
		return NULL;
	}
	return target >= PEOPLE_IS_CANCELLED ? person_field_key(PERSON_REGISTRATION) : people_target_key(target);
}

/* The sheet's name is a column like any other, unless one of the table means that field already. */
static void describe_sheet_field(const struct people_layout *layout, struct people *out) {
	for (size_t c = 0; c < layout->width; c++) {
		if (layout->sheet_field < 0 || layout->target[c] == layout->sheet_field) {
			return;
		}
	}
	out->columns[out->column_count].header = xstrdup("--sheet-name-is");
	out->columns[out->column_count].sheet = true;
	out->columns[out->column_count++].target =
		layout->sheet_field < 0 ? NULL : person_field_key((enum person_field)layout->sheet_field);
}

static void describe(const struct table *t, const struct people_layout *layout, struct people *out) {
	str_copy(out->encoding, sizeof out->encoding, t->encoding);
	out->delimiter = t->delimiter;
	out->sheet = t->sheet ? xstrdup(t->sheet) : NULL;
	out->sheets = t->parts.count;
	out->alike = xstrdup(strbuf_str(&t->alike));
	out->alike_count = t->alike_count;
	out->unread = xstrdup(strbuf_str(&t->unread));
	out->header_line = t->rows[layout->header].line;
	out->columns = xcalloc(layout->width + 1, sizeof *out->columns);
	out->column_count = layout->width;
	for (size_t c = 0; c < layout->width; c++) {
		out->columns[c].header = xstrdup(layout->name[c]);
		out->columns[c].target = target_key(layout, c);
		out->columns[c].second = layout->second[c];
		out->columns[c].id = layout->id == (int)c;
		out->columns[c].unused = layout->target[c] == PEOPLE_NUMBER;
	}
	describe_sheet_field(layout, out);
	for (size_t i = 0; i < t->notes.count; i++) {
		fault_list_add(&out->notes, &t->notes.items[i]);
	}
	out->notes.total = t->notes.total;
	if (layout->unheaded != 0) {
		struct fault wider = table_wider(t, layout->header);
		fault_list_add(&out->passed, &wider);
	}
	for (size_t c = 0; c < layout->width; c++) {
		if (layout->statuses[c]) {
			struct fault fault = {.kind = FAULT_STATUSES_UNUSED, .value = layout->name[c]};
			fault.at = table_place(t, layout->header, c + 1);
			fault_list_add(&out->passed, &fault);
		}
	}
}

static bool read_rows(const struct table *t, const struct people_layout *layout, struct people *people, struct err *err) {
	struct people_row_reader r = {.t = t, .layout = layout, .out = people};
	bool ok = true;
	for (size_t row = layout->first; ok && row < layout->end; row++) {
		struct person p = {0};
		if (people_row_read(&r, row, &p) == PEOPLE_ROW_PERSON) {
			keep_person(&r, &p);
		}
		person_fini(&p);
		ok = people->count <= PEOPLE_MAX ||
		     fault_fail(err, &(struct fault){.kind = FAULT_PEOPLE_MANY, .at.line = t->rows[row].line, .number = PEOPLE_MAX});
	}
	mapstr_fini(&r.codes);
	mapstr_fini(&r.keys);
	return ok;
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
	bool ok = read_rows(t, &layout, &people, err);
	people_layout_fini(&layout);
	if (!ok) {
		people_fini(&people);
		return false;
	}
	*out = people;
	return true;
}

#define ROWS_BESIDE 1000 /* of a table of people: titles, headers, groups, footers */

bool people_read(const char *path, const struct people_options *opt, struct people *out, struct err *err) {
	struct table_options how = {
		.encoding = opt ? opt->encoding : NULL, .sheet = opt ? opt->sheet : NULL, .rows_max = PEOPLE_MAX + ROWS_BESIDE};
	struct table t = {0};
	if (!table_read(path, &how, &t, err)) {
		return false;
	}
	bool ok = people_from_table(&t, opt, out, err) ||
		  fault_wrap(err, &(struct fault_place){.file = file_base_name(path), .sheet = t.sheet});
	if (ok) {
		out->file = xstrdup(str_eq(path, "-") ? "standard input" : file_base_name(path));
	}
	table_fini(&t);
	return ok;
}
