#include "import/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "import/table_csv.h"
#include "import/xlsx.h"

void table_fini(struct table *t) {
	free(t->rows);
	free(t->cells);
	free(t->sheet);
	strbuf_fini(&t->text);
	arena_fini(&t->arena);
	*t = (struct table){0};
}

const char *table_cell(const struct table *t, size_t row, size_t column) {
	return row < t->count && column < t->rows[row].count ? t->cells[t->rows[row].first + column] : "";
}

bool table_begin_row(struct table *t, size_t line, struct err *err) {
	if (t->count >= TABLE_ROWS_MAX) {
		return err_set(err, ERR_INPUT, "line %zu: more than %d rows, the most this program takes", line, TABLE_ROWS_MAX);
	}
	if (t->cell_count >= TABLE_CELLS_MAX) {
		return err_set(err, ERR_INPUT, "line %zu: more than %d cells, the most this program takes", line, TABLE_CELLS_MAX);
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
	if (m <= n) {
		memcpy(cell, clean, m + 1);
	} else {
		*out = arena_text(&t->arena, clean, m);
	}
	free(clean);
	return true;
}

static bool parse_csv(const struct strbuf *bytes, const struct table_options *opt, struct table *t, struct err *err) {
	return encoding_to_utf8(strbuf_str(bytes), bytes->len, opt->encoding, &t->text, t->encoding, err) &&
	       table_csv_parse(t, opt->lines, err);
}

/* What a file is that people take for a table, by its beginning; NULL when it may be one. */
static const char *no_table(const char *data, size_t n) {
	static const struct {
		const char *head, *what;
	} kinds[] = {{"%PDF", "a PDF"},
		     {"\x89PNG", "a picture"},
		     {"\xff\xd8\xff", "a picture"},
		     {"GIF8", "a picture"},
		     {"{", "JSON"},
		     {"[{", "JSON"},
		     {"<!DOCTYPE", "a web page"},
		     {"<html", "a web page"},
		     {"<?xml", "XML"},
		     {"BEGIN:VCALENDAR", "a calendar"},
		     {"SQLite format 3", "a database"}};
	size_t at = n >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	while (at < n && str_is_space(data[at])) {
		at++;
	}
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		size_t length = strlen(kinds[i].head);
		if (n - at >= length && memcmp(data + at, kinds[i].head, length) == 0) {
			return kinds[i].what;
		}
	}
	return NULL;
}

bool table_parse(const struct strbuf *bytes, const struct table_options *opt, struct table *out, struct err *err) {
	static const struct table_options plain = {0};
	struct table t = {0};
	const struct table_options *o = opt ? opt : &plain;
	const char *data = strbuf_str(bytes);
	bool ok = false;
	if (bytes->len >= 4 && memcmp(data, "\xD0\xCF\x11\xE0", 4) == 0) {
		/* Compound File Binary, [MS-CFB] 2.2 */
		err_set(err, ERR_INPUT,
			"this is an old Excel file (.xls) or one with a password: save it as .xlsx without password, or as CSV");
	} else if (bytes->len >= 4 && (memcmp(data, "PK\3\4", 4) == 0 || memcmp(data, "PK\5\6", 4) == 0)) {
		ok = xlsx_parse(bytes, o->sheet, o->lines, &t, err);
	} else if (no_table(data, bytes->len) != NULL) {
		err_set(err, ERR_INPUT, "this is %s, no table: CSV and Excel (.xlsx) are taken", no_table(data, bytes->len));
	} else {
		ok = parse_csv(bytes, o, &t, err);
	}
	if (ok && t.count == 0) {
		ok = err_set(err, ERR_INPUT, "the table is empty");
	}
	if (!ok) {
		table_fini(&t);
		return false;
	}
	*out = t;
	return true;
}

bool table_read(const char *path, const struct table_options *opt, struct table *out, struct err *err) {
	struct strbuf bytes = {0};
	bool ok = file_read(path, TABLE_FILE_MAX, &bytes, err) &&
		  (table_parse(&bytes, opt, out, err) || err_wrap(err, "%s", str_eq(path, "-") ? "standard input" : file_base_name(path)));
	strbuf_fini(&bytes);
	return ok;
}
