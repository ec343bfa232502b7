/* Two streams, never a tree, as sheets may be large: first the strings that cells refer to by number, then the cells. Rows and cells come
 * in rising order; what is left out between them is empty. */
#include "import/xlsx_sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "import/fault.h"

#define STRINGS_MAX 10000000

enum cell_kind { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOL, CELL_DATE, CELL_ERROR };

struct sheet {
	struct xlsx_reading *reading;
	const char *name;
	struct table *t; /* into which texts go: those that are shared, or the cells of the sheet */
	bool enough;     /* as many rows as were wanted: the rest is not read */

	struct strbuf text;
	bool in_value; /* inside <v>, or <t> outside phonetic hints */
	int phonetic;  /* depth inside <rPh> */
	bool in_row;
	uint32_t row;    /* number of the open row */
	uint32_t column; /* of the open cell, from 1 */
	uint32_t pushed; /* columns pushed in this row */
	enum cell_kind kind;
	int style;
};

/* 380501234567 -> "380501234567" */
static bool all_digits(const char *text) {
	const char *at = *text == '-' ? text + 1 : text;
	if (!str_is_digit(*at)) {
		return false;
	}
	while (str_is_digit(*at)) {
		at++;
	}
	return *at == '\0' && at - text <= 20;
}

/* Excel stores doubles with up to 17 digits: 15 are what it shows, so 0.1 + 0.2 is 0.3 again. Digits alone stay as stored, long codes among
 * them. */
void xlsx_number_text(const char *stored, char text[40]) {
	double value = 0;
	str_copy(text, 40, stored);
	if (all_digits(stored) || !str_to_double(stored, &value) || !isfinite(value)) {
		return;
	}
	if (floor(value) == value && fabs(value) < 1e21) {
		snprintf(text, 40, "%.0f", value);
		return;
	}
	snprintf(text, 40, "%.15g", value);
	char *comma = strchr(text, ','); /* the locale's */
	if (comma != NULL) {
		*comma = '.';
	}
}

static bool fail_cell(const struct sheet *s, enum fault_kind kind, struct err *err) {
	struct fault fault = {.kind = kind, .at = {.line = s->row, .column = s->column, .form = FAULT_AT_CELL}};
	fault.number = kind == FAULT_BOOK_COLUMNS_MANY ? TABLE_COLUMNS_MAX : 0;
	return fault_fail(err, &fault);
}

static bool fail_row(const struct sheet *s, enum fault_kind kind, const char *value, struct err *err) {
	return fault_fail(err, &(struct fault){.kind = kind, .at = {.line = s->row, .form = FAULT_AT_ROW}, .value = value});
}

static bool fail_long_text(struct err *err) {
	return fault_fail(err, &(struct fault){.kind = FAULT_BOOK_TEXT_LONG, .number = TABLE_CELL_MAX});
}

/* "BC12" -> column 55, row 12; false when it is no reference. */
static bool parse_reference(const char *text, uint32_t *column, uint32_t *row) {
	uint32_t c = 0;
	while (*text >= 'A' && *text <= 'Z' && c < 100000) {
		c = c * 26 + (uint32_t)(*text++ - 'A') + 1;
	}
	int64_t r = 0;
	if (c == 0 || !str_is_digit(*text) || !str_to_i64(text, &r) || r < 1 || r > 10000000) {
		return false;
	}
	*column = c;
	*row = (uint32_t)r;
	return true;
}

/* ---- shared strings ---- */

static bool strings_open(void *context, const char *name, const struct xml_attributes *attributes, struct err *err) {
	(void)attributes;
	(void)err;
	struct sheet *s = context;
	if (str_eq(name, "si")) {
		strbuf_reset(&s->text);
	} else if (str_eq(name, "rPh")) {
		s->phonetic++;
	} else if (str_eq(name, "t")) {
		s->in_value = s->phonetic == 0;
	}
	return true;
}

/* Four hexadecimal digits between "_x" and "_"; -1 where there are none. */
static int escaped_unit(const char *at) {
	int unit = 0;
	if (at[0] != '_' || at[1] != 'x') {
		return -1;
	}
	for (int i = 2; i < 6; i++) {
		int digit = str_hex_digit(at[i]);
		if (digit < 0) {
			return -1;
		}
		unit = unit * 16 + digit;
	}
	return at[6] == '_' ? unit : -1;
}

size_t xlsx_unescape(char *text, size_t n) {
	enum { ESCAPE = 7 };
	if (n < ESCAPE || strstr(text, "_x") == NULL) {
		return n;
	}
	char *to = text;
	for (const char *at = text; *at != '\0';) {
		int unit = escaped_unit(at);
		if (unit < 0) {
			*to++ = *at++;
			continue;
		}
		at += ESCAPE;
		if (unit >= 0xD800 && unit <= 0xDBFF) {
			int low = escaped_unit(at);
			bool pair = low >= 0xDC00 && low <= 0xDFFF;
			unit = pair ? 0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00) : 0;
			at += pair ? ESCAPE : 0;
		}
		bool character = unit != 0 && !(unit >= 0xDC00 && unit <= 0xDFFF) && unit != 0xFFFE && unit != 0xFFFF;
		to += character ? utf8_put((uint32_t)unit, to) : 0;
	}
	*to = '\0';
	return (size_t)(to - text);
}

static bool take_text(struct sheet *s, const char **out, struct err *err) {
	char *text = arena_text(&s->t->arena, strbuf_str(&s->text), s->text.len);
	size_t n = xlsx_unescape(text, s->text.len);
	return table_clean(s->t, text, n, s->reading->lines, out) || fail_long_text(err);
}

static bool strings_close(void *context, const char *name, struct err *err) {
	struct sheet *s = context;
	if (str_eq(name, "t")) {
		s->in_value = false;
	} else if (str_eq(name, "rPh")) {
		s->phonetic -= s->phonetic > 0;
	} else if (str_eq(name, "si")) {
		struct xlsx_texts *shared = &s->reading->shared;
		if (shared->count >= STRINGS_MAX) {
			return fault_fail(err, &(struct fault){.kind = FAULT_BOOK_TEXTS_MANY, .number = STRINGS_MAX});
		}
		ARRAY_GROW(shared, items);
		return take_text(s, &shared->items[shared->count++], err);
	}
	return true;
}

static bool any_text(void *context, const char *text, size_t n, struct err *err) {
	struct sheet *s = context;
	if (!s->in_value) {
		return true;
	}
	if (s->text.len + n > (size_t)TABLE_CELL_MAX * 4) {
		return s->in_row ? fail_cell(s, FAULT_BOOK_CELL_LONG, err) : fail_long_text(err);
	}
	strbuf_add(&s->text, text, n);
	return true;
}

/* ---- cells ---- */

static bool open_row(struct sheet *s, const struct xml_attributes *attributes, struct err *err) {
	char reference[16];
	int64_t row = 0;
	if (xml_attribute(attributes, "r", reference, sizeof reference)) {
		if (!str_to_i64(reference, &row) || row <= s->row || row > 10000000) {
			return fault_fail(err, &(struct fault){.kind = FAULT_BOOK_ROW_ORDER, .number = s->row, .value = reference});
		}
		s->row = (uint32_t)row;
	} else {
		s->row++;
	}
	s->in_row = true;
	s->column = 0;
	s->pushed = 0;
	return table_begin_row(s->t, s->row, err);
}

static enum cell_kind kind_of(const char *type) {
	if (*type == '\0' || str_eq(type, "n")) {
		return CELL_NUMBER;
	}
	if (str_eq(type, "s")) {
		return CELL_SHARED;
	}
	if (str_eq(type, "b")) {
		return CELL_BOOL;
	}
	if (str_eq(type, "e")) {
		return CELL_ERROR;
	}
	return str_eq(type, "d") ? CELL_DATE : CELL_TEXT; /* str, inlineStr */
}

static bool open_cell(struct sheet *s, const struct xml_attributes *attributes, struct err *err) {
	char text[24];
	uint32_t column = s->column + 1;
	if (xml_attribute(attributes, "r", text, sizeof text)) {
		uint32_t row = 0;
		if (!parse_reference(text, &column, &row) || row != s->row || column <= s->column) {
			return fail_row(s, FAULT_BOOK_CELL_ORDER, text, err);
		}
	}
	s->column = column;
	xml_attribute(attributes, "t", text, sizeof text);
	s->kind = kind_of(text);
	int64_t style = -1;
	xml_attribute(attributes, "s", text, sizeof text);
	const struct xlsx_book *book = s->reading->book;
	bool known = str_to_i64(text, &style) && style >= 0 && (size_t)style < book->style_count;
	s->style = known ? book->styles[style] : XLSX_PLAIN;
	strbuf_reset(&s->text);
	return true;
}

static bool sheet_open(void *context, const char *name, const struct xml_attributes *attributes, struct err *err) {
	struct sheet *s = context;
	if (str_eq(name, "row")) {
		return s->in_row ? fail_row(s, FAULT_BOOK_ROW_INSIDE, NULL, err) : open_row(s, attributes, err);
	}
	if (!s->in_row) {
		return true;
	}
	if (str_eq(name, "c")) {
		return open_cell(s, attributes, err);
	}
	if (str_eq(name, "rPh")) {
		s->phonetic++;
	}
	s->in_value = str_eq(name, "v") || (str_eq(name, "t") && s->phonetic == 0);
	return true;
}

/* "2026-05-14T10:30:00Z" -> "2026-05-14 10:30" */
static void iso_text(const char *stored, char text[40]) {
	str_copy(text, 40, stored);
	if (strlen(text) >= 16 && text[10] == 'T') {
		text[10] = ' ';
		text[16] = '\0';
	}
}

/* As it is shown under a format like "00000". */
static void fill_with_zeros(int digits, char text[40]) {
	size_t n = strlen(text);
	if (all_digits(text) && *text != '-' && n < (size_t)digits) {
		size_t zeros = (size_t)digits - n;
		memmove(text + zeros, text, n + 1);
		memset(text, '0', zeros);
	}
}

static void number_text(const struct sheet *s, const char *stored, char text[40]) {
	double serial = 0;
	int shown = s->style & (XLSX_DATE | XLSX_TIME);
	if (shown == XLSX_PLAIN || !str_to_double(stored, &serial) || !xlsx_date_text(serial, shown, s->reading->book->date_1904, text)) {
		xlsx_number_text(stored, text);
		fill_with_zeros(xlsx_style_digits(s->style), text);
	}
}

/* "#N/A" and its like: the formula had no answer, and neither have we. */
static void note_error(struct sheet *s, const char *stored) {
	struct fault fault = {.kind = FAULT_CELL_ERROR, .value = stored};
	fault.at = (struct fault_place){.sheet = s->name, .line = s->row, .column = s->column, .form = FAULT_AT_CELL};
	fault_list_add(&s->t->notes, &fault);
}

static bool cell_value(struct sheet *s, const char **out, struct err *err) {
	const char *stored = strbuf_str(&s->text);
	char text[40];
	text[0] = '\0';
	int64_t index = -1;
	switch (s->kind) {
	case CELL_SHARED:
		if (!str_to_i64(stored, &index) || index < 0 || (size_t)index >= s->reading->shared.count) {
			return fail_cell(s, FAULT_BOOK_TEXT_MISSING, err);
		}
		*out = s->reading->shared.items[index];
		return true;
	case CELL_TEXT: return take_text(s, out, err) || fail_cell(s, FAULT_BOOK_CELL_LONG, err);
	case CELL_BOOL: str_copy(text, sizeof text, str_eq(stored, "1") ? "TRUE" : "FALSE"); break;
	case CELL_DATE: iso_text(stored, text); break;
	case CELL_ERROR: note_error(s, stored); break;
	case CELL_NUMBER: number_text(s, stored, text); break;
	}
	size_t n = strlen(text);
	return table_clean(s->t, arena_text(&s->t->arena, text, n), n, s->reading->lines, out);
}

static bool close_cell(struct sheet *s, struct err *err) {
	if (s->text.len == 0) {
		return true;
	}
	if (s->column > TABLE_COLUMNS_MAX) {
		return fail_cell(s, FAULT_BOOK_COLUMNS_MANY, err);
	}
	const char *value = NULL;
	if (!cell_value(s, &value, err)) {
		return false;
	}
	for (; s->pushed + 1 < s->column; s->pushed++) {
		table_push(s->t, "");
	}
	table_push(s->t, value);
	s->pushed = s->column;
	return true;
}

static bool sheet_close(void *context, const char *name, struct err *err) {
	struct sheet *s = context;
	s->in_value = false;
	if (str_eq(name, "row") && s->in_row) {
		table_end_row(s->t);
		s->in_row = false;
		s->enough = s->reading->rows_max != 0 && s->t->count >= s->reading->rows_max;
		return !s->enough;
	}
	if (str_eq(name, "rPh")) {
		s->phonetic -= s->phonetic > 0;
	} else if (s->in_row && str_eq(name, "c")) {
		return close_cell(s, err);
	}
	return true;
}

static bool read_texts(struct xlsx_reading *reading, struct err *err) {
	static const struct xml_handler strings = {strings_open, strings_close, any_text};
	const char *part = reading->book->strings_part;
	if (reading->shared.read || part == NULL || !xlsx_package_has(reading->package, part)) {
		return true;
	}
	reading->shared.read = true;
	struct sheet s = {.reading = reading, .t = reading->texts};
	bool ok = xlsx_package_stream(reading->package, part, &strings, &s, err);
	strbuf_fini(&s.text);
	return ok || fault_wrap(err, &(struct fault_place){.texts = true});
}

bool xlsx_sheet_read(struct xlsx_reading *reading, const struct xlsx_sheet *sheet, struct table *t, struct err *err) {
	static const struct xml_handler cells = {sheet_open, sheet_close, any_text};
	struct sheet s = {.reading = reading, .name = sheet->name, .t = t};
	bool ok = read_texts(reading, err) && (xlsx_package_stream(reading->package, sheet->part, &cells, &s, err) || s.enough);
	strbuf_fini(&s.text);
	return ok;
}

void xlsx_reading_fini(struct xlsx_reading *reading) {
	free(reading->shared.items);
	reading->shared = (struct xlsx_texts){0};
}
