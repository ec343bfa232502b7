/* Which sheets are read, and what is said of the others. */
#include "import/xlsx.h"

#include "base/alloc.h"
#include "base/str.h"
#include "import/fault.h"
#include "import/xlsx_book.h"
#include "import/xlsx_package.h"
#include "import/xlsx_sheet.h"

#define LOOK_ROWS 20 /* among so many the headers are looked for that tell sheets of one shape */

struct choice {
	struct xlsx_reading *reading;
	const struct xlsx_sheet *first; /* the sheet that was read */
	size_t head;                    /* the row of its headers in the table */
	bool all;
};

static bool read_sheet(struct xlsx_reading *reading, const struct xlsx_sheet *sheet, struct table *t, struct err *err) {
	return (sheet->part != NULL || fault_fail(err, &(struct fault){.kind = FAULT_BOOK_SHEET_MISSING, .value = sheet->name})) &&
	       (xlsx_sheet_read(reading, sheet, t, err) || fault_wrap(err, &(struct fault_place){.sheet = sheet->name}));
}

static bool begin_sheet(struct choice *c, const struct xlsx_sheet *sheet, struct table *t, struct err *err) {
	c->first = sheet;
	table_begin_part(t, sheet->name);
	return read_sheet(c->reading, sheet, t, err);
}

/* The first visible one with something in it: covers that are charts, and sheets that nobody filled, are passed over. Where all are empty
 * or hidden, the first. */
static bool read_first(struct choice *c, struct table *t, struct err *err) {
	const struct xlsx_book *book = c->reading->book;
	const struct xlsx_sheet *fallback = &book->sheets[0];
	for (size_t i = 0; i < book->count; i++) {
		const struct xlsx_sheet *sheet = &book->sheets[i];
		if (!sheet->visible || !sheet->cells) {
			continue;
		}
		if (!read_sheet(c->reading, sheet, t, err)) {
			return false;
		}
		fallback = sheet;
		if (t->count != 0) {
			c->first = sheet;
			table_begin_part(t, sheet->name);
			t->parts.items[0].first = 0;
			return true;
		}
	}
	return begin_sheet(c, fallback, t, err);
}

/* The first row with two cells that say something: titles above the headers mostly have one. */
static size_t head_row(const struct table *t, size_t from) {
	for (size_t row = from; row < t->count && row < from + LOOK_ROWS; row++) {
		size_t filled = 0;
		for (size_t c = 0; c < t->rows[row].count; c++) {
			filled += *table_cell(t, row, c) != '\0';
		}
		if (filled > 1) {
			return row;
		}
	}
	return SIZE_MAX;
}

/* A sheet that cannot be read is none that looks alike: it was not asked for, so it stops nothing. */
static bool looks_alike(struct choice *c, const struct xlsx_sheet *sheet, const struct table *t) {
	struct table peek = {0};
	struct err ignored = {0};
	c->reading->rows_max = LOOK_ROWS;
	bool alike = sheet->visible && sheet->cells && sheet->part != NULL && xlsx_sheet_read(c->reading, sheet, &peek, &ignored) &&
		     table_same_row(t, c->head, &peek, head_row(&peek, 0));
	c->reading->rows_max = 0;
	table_fini(&peek);
	return alike;
}

/* Behind the first sheet's rows, without its own title and headers: the table has one header. */
static bool append_sheet(struct choice *c, const struct xlsx_sheet *sheet, struct table *t, struct err *err) {
	size_t first = t->count;
	table_begin_part(t, sheet->name);
	if (!read_sheet(c->reading, sheet, t, err)) {
		return false;
	}
	size_t head = head_row(t, first);
	if (head != SIZE_MAX) { /* it is there, as the sheet looks alike */
		table_drop_rows(t, first, head + 1);
	}
	return true;
}

static bool read_others(struct choice *c, struct table *t, struct err *err) {
	const struct xlsx_book *book = c->reading->book;
	c->head = head_row(t, 0);
	for (size_t i = 0; i < book->count; i++) {
		const struct xlsx_sheet *sheet = &book->sheets[i];
		if (sheet == c->first) {
			continue;
		}
		if (!looks_alike(c, sheet, t)) {
			fault_add_name(&t->unread, sheet->name);
		} else if (c->all) {
			if (!append_sheet(c, sheet, t, err)) {
				return false;
			}
		} else {
			fault_add_name(&t->alike, sheet->name);
			t->alike_count++;
		}
	}
	return true;
}

static bool read_book(struct xlsx_reading *reading, const char *wanted, struct table *t, struct err *err) {
	struct choice c = {.reading = reading};
	struct err ignored = {0};
	/* A sheet that is called so is meant by its name. */
	c.all = wanted != NULL && str_eq_nocase(wanted, TABLE_SHEETS_ALL) && xlsx_book_find(reading->book, wanted, &ignored) == NULL;
	if (wanted == NULL || c.all) {
		return read_first(&c, t, err) && read_others(&c, t, err);
	}
	const struct xlsx_sheet *sheet = xlsx_book_find(reading->book, wanted, err);
	return sheet != NULL && begin_sheet(&c, sheet, t, err);
}

bool xlsx_parse(const struct strbuf *bytes, const char *sheet, bool lines, struct table *t, struct err *err) {
	struct xlsx_book book = {0};
	struct xlsx_package *package = xlsx_package_open(bytes, err);
	if (package == NULL) {
		return false;
	}
	struct xlsx_reading reading = {.package = package, .book = &book, .lines = lines, .texts = t};
	str_copy(t->encoding, sizeof t->encoding, "UTF-8");
	bool ok = xlsx_book_read(package, &book, err) && read_book(&reading, sheet, t, err);
	if (ok) {
		t->sheet = xstrdup(t->parts.items[0].sheet);
	}
	xlsx_reading_fini(&reading);
	xlsx_book_fini(&book);
	xlsx_package_close(package);
	return ok;
}
