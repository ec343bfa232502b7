#include "import/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "import/places_katottg.h"
#include "import/table_read.h"

struct row {
	const struct table *t;
	const struct places_columns *columns;
	size_t row;
	const char *above[PLACE_COUNT]; /* what the last row that said something said */
	const char *value[PLACE_COUNT];
};

static const char *cell_of(const struct row *r, int level) {
	size_t column = r->columns->column[level];
	return column == NO_COLUMN ? "" : table_cell(r->t, r->row, column);
}

/* Another region ends the district above, and so on inwards. */
static void carry(struct row *r) {
	bool anew = false;
	for (int level = 0; level < PLACE_COUNT; level++) {
		const char *cell = cell_of(r, level);
		bool other = *cell != '\0' && !str_eq(cell, r->above[level]);
		r->above[level] = *cell != '\0' ? cell : anew ? "" : r->above[level];
		anew = anew || other;
		r->value[level] = *cell == '\0' && r->columns->carried[level] ? r->above[level] : cell;
	}
}

static bool fits(const struct row *r, struct err *err) {
	for (int level = 0; level < PLACE_COUNT; level++) {
		if (utf8_length(cell_of(r, level)) > PLACE_NAME_MAX) {
			struct fault fault = {.kind = FAULT_PLACE_LONG,
					      .at = table_place(r->t, r->row, r->columns->column[level] + 1),
					      .value = cell_of(r, level),
					      .number = PLACE_NAME_MAX};
			return fault_fail(err, &fault);
		}
	}
	return true;
}

/* The row only says what those below it belong to. */
static bool is_heading(const struct row *r) {
	bool any = false;
	for (int level = 0; level < PLACE_SETTLEMENT; level++) {
		bool said = *cell_of(r, level) != '\0';
		if (said && !r->columns->carried[level]) {
			return false;
		}
		any = any || said;
	}
	return any && *cell_of(r, PLACE_SETTLEMENT) == '\0';
}

/* Where settlements are listed below their community, its own row is a heading, too; its line costs nothing and keeps one that has none. */
static void take_row(struct row *r, struct places *out) {
	const struct place place = {r->value[PLACE_REGION], r->value[PLACE_DISTRICT], r->value[PLACE_COMMUNITY],
				    r->value[PLACE_SETTLEMENT]};
	bool named = *cell_of(r, PLACE_COMMUNITY) != '\0' || *cell_of(r, PLACE_SETTLEMENT) != '\0';
	if (named) {
		places_add(out, &place);
	} else if (!is_heading(r)) {
		struct fault fault = {.kind = FAULT_ROW_NO_PLACE, .at = table_place(r->t, r->row, 0)};
		fault_list_add(&out->bad, &fault);
	}
}

static void note_columns(const struct table *t, const struct places_columns *columns, struct places *out) {
	for (size_t c = 0; c < t->rows[columns->header].count; c++) {
		const char *header = table_cell(t, columns->header, c);
		bool used = *header == '\0';
		for (int level = 0; level < PLACE_COUNT; level++) {
			used = used || columns->column[level] == c;
			if (columns->column[level] == c && columns->carried[level]) {
				fault_add_name(&out->carried, header);
			}
		}
		if (!used) {
			fault_add_name(&out->unused, header);
		}
	}
}

static bool read_table(const struct table *t, const struct places_options *opt, struct places *out, struct err *err) {
	struct places_columns columns;
	if (!places_columns_find(t, opt, &columns, err)) {
		return false;
	}
	struct row r = {.t = t, .columns = &columns, .above = {"", "", "", ""}};
	note_columns(t, &columns, out);
	for (r.row = columns.header + 1; r.row < t->count; r.row++) {
		if (table_same_row(t, r.row, t, columns.header)) {
			continue; /* the header again, at the top of another page */
		}
		carry(&r);
		if (!fits(&r, err)) {
			return false;
		}
		take_row(&r, out);
	}
	return true;
}

static bool read_any(const struct table *t, const struct places_options *opt, struct places *out, struct err *err) {
	struct katottg_columns official;
	bool ok = katottg_find(t, &official) ? katottg_read(t, &official, out, err) : read_table(t, opt, out, err);
	return ok && (out->blocks.count != 0 || fault_fail(err, &(struct fault){.kind = FAULT_NO_PLACE}));
}

bool places_read(const char *path, const struct places_options *opt, struct places *out, struct err *err) {
	struct table_options how = {.encoding = opt->encoding, .sheet = opt->sheet, .rows_max = PLACES_MAX};
	struct table t = {0};
	struct places places = {0};
	if (!table_read(path, &how, &t, err)) {
		return false;
	}
	bool ok = read_any(&t, opt, &places, err) || fault_wrap(err, &(struct fault_place){.file = file_base_name(path)});
	table_fini(&t);
	if (!ok) {
		places_fini(&places);
		return false;
	}
	*out = places;
	return true;
}
