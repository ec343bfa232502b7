#include "import/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "import/fault.h"

void table_fini(struct table *t) {
	free(t->rows);
	free(t->cells);
	free(t->sheet);
	for (size_t i = 0; i < t->parts.count; i++) {
		free(t->parts.items[i].sheet);
	}
	free(t->parts.items);
	strbuf_fini(&t->alike);
	strbuf_fini(&t->unread);
	fault_list_fini(&t->notes);
	strbuf_fini(&t->text);
	arena_fini(&t->arena);
	*t = (struct table){0};
}

const char *table_cell(const struct table *t, size_t row, size_t column) {
	return row < t->count && column < t->rows[row].count ? t->cells[t->rows[row].first + column] : "";
}

size_t table_unheaded(const struct table *t, size_t header, size_t end) {
	size_t rows[TABLE_COLUMNS_MAX + 1] = {0}, fields = t->rows[header].fields, most = 0;
	for (size_t row = header + 1; row < end; row++) {
		rows[t->rows[row].fields <= TABLE_COLUMNS_MAX ? t->rows[row].fields : 0]++;
	}
	rows[0] = 0;
	for (size_t n = fields + 1; fields != 0 && n <= TABLE_COLUMNS_MAX; n++) {
		most = rows[n] > rows[most] ? n : most;
	}
	return rows[most] > 1 && 2 * rows[most] >= end - header - 1 ? most : 0;
}

struct fault table_wider(const struct table *t, size_t header) {
	return (struct fault){.kind = FAULT_ROWS_WIDER, .at = table_place(t, header, 0)};
}

const char *table_beyond(const struct table *t, size_t row, size_t header, size_t unheaded) {
	const struct table_row *r = &t->rows[row];
	size_t fields = t->rows[header].fields;
	return fields != 0 && r->count > fields && r->fields != unheaded ? table_cell(t, row, r->count - 1) : NULL;
}

bool table_same_row(const struct table *a, size_t row, const struct table *b, size_t other) {
	size_t width = row < a->count ? a->rows[row].count : 0, others = other < b->count ? b->rows[other].count : 0;
	bool any = false;
	for (size_t c = 0; c < width || c < others; c++) {
		const char *cell = table_cell(a, row, c);
		if (!str_eq(cell, table_cell(b, other, c))) {
			return false;
		}
		any = any || *cell != '\0';
	}
	return any;
}

const char *table_sheet(const struct table *t, size_t row) {
	const char *sheet = t->sheet;
	for (size_t i = 0; i < t->parts.count && t->parts.items[i].first <= row; i++) {
		sheet = t->parts.items[i].sheet;
	}
	return sheet;
}

struct fault_place table_place(const struct table *t, size_t row, size_t column) {
	return (struct fault_place){.sheet = t->parts.count > 1 ? table_sheet(t, row) : NULL, .line = t->rows[row].line, .column = column};
}

void table_begin_part(struct table *t, const char *sheet) {
	ARRAY_GROW(&t->parts, items);
	t->parts.items[t->parts.count++] = (struct table_part){xstrdup(sheet), t->count};
}

void table_drop_rows(struct table *t, size_t from, size_t end) {
	memmove(&t->rows[from], &t->rows[end], (t->count - end) * sizeof *t->rows);
	t->count -= end - from;
}

bool table_begin_row(struct table *t, size_t line, struct err *err) {
	size_t most = t->rows_max != 0 ? t->rows_max : TABLE_ROWS_MAX;
	if (t->count >= most) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ROWS_MANY, .at.line = line, .number = (int64_t)most});
	}
	if (t->cell_count >= TABLE_CELLS_MAX) {
		return fault_fail(err, &(struct fault){.kind = FAULT_CELLS_MANY, .at.line = line, .number = TABLE_CELLS_MAX});
	}
	ARRAY_GROW(t, rows);
	t->rows[t->count++] = (struct table_row){.first = t->cell_count, .line = (uint32_t)line};
	return true;
}

void table_push(struct table *t, const char *cell) {
	if (t->cell_count == t->cell_cap) {
		t->cell_cap = t->cell_cap ? t->cell_cap * 2 : 256;
		t->cells = xrealloc(t->cells, t->cell_cap, sizeof *t->cells);
	}
	t->cells[t->cell_count++] = cell;
}

void table_end_row(struct table *t) {
	struct table_row *row = &t->rows[t->count - 1];
	while (t->cell_count > row->first && *t->cells[t->cell_count - 1] == '\0') {
		t->cell_count--;
	}
	row->count = (uint32_t)(t->cell_count - row->first);
	/* Empty rows are no rows; each that stays knows its line in the file, so faults still name the right one. */
	if (row->count == 0) {
		t->count--;
	}
}

/* True when utf8_clean would give the very same text. Letters known to be in NFC, followed by no combining mark: Latin up to U+02FF,
 * Cyrillic without its combining marks, general punctuation, currency signs and № (Unicode 15, DerivedNormalizationProps: NFC_QC). */
static bool is_clean(const unsigned char *s, size_t n) {
	bool gap = true; /* white space is not wanted at the start, twice, or at the end */
	for (size_t i = 0; i < n;) {
		unsigned char c = s[i];
		if (c > ' ' && c < 0x7F) {
			gap = false;
			i++;
			continue;
		}
		if (c == ' ' && !gap) {
			gap = true;
			i++;
			continue;
		}
		if (c >= 0xC2 && c <= 0xD4) {
			unsigned u = (unsigned)(c & 0x1F) << 6 | (s[i + 1] & 0x3F);
			if ((u >= 0xA1 && u <= 0x2FF) || (u >= 0x400 && u <= 0x482) || (u >= 0x48A && u <= 0x52F)) {
				gap = false;
				i += 2;
				continue;
			}
			return false;
		}
		if (c == 0xE2) {
			unsigned u = 0x2000 | (unsigned)(s[i + 1] & 0x3F) << 6 | (s[i + 2] & 0x3F);
			if ((u >= 0x2010 && u <= 0x2027) || (u >= 0x2030 && u <= 0x205E) || (u >= 0x20A0 && u <= 0x20BF) || u == 0x2116) {
				gap = false;
				i += 3;
				continue;
			}
		}
		return false;
	}
	return !gap || n == 0;
}

bool table_clean(struct table *t, char *cell, size_t n, bool lines, const char **out) {
	if (n > (size_t)TABLE_CELL_MAX * 4 || (n > TABLE_CELL_MAX && utf8_length(cell) > TABLE_CELL_MAX)) {
		return false;
	}
	*out = cell;
	if (is_clean((const unsigned char *)cell, n)) {
		return true;
	}
	char *clean = utf8_clean(cell, lines);
	size_t m = strlen(clean);
	/* Mostly shorter, and then the cell's own bytes will do. */
	if (m <= n) {
		memcpy(cell, clean, m + 1);
	} else {
		*out = arena_text(&t->arena, clean, m);
	}
	free(clean);
	return true;
}
