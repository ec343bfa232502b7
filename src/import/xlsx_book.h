/* What a workbook says about itself: its sheets, where its strings are, which cell styles are dates.
 * ECMA-376 part 1, 18.2 (workbook) and 18.8 (styles); part 2, 9.3 (relationships). */
#ifndef TURNOUT_IMPORT_XLSX_BOOK_H
#define TURNOUT_IMPORT_XLSX_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "import/xlsx_package.h"

/* XLSX_DATE | XLSX_TIME: both. A plain number that is shown with leading zeros ("00000") has its digits above them (xlsx_style_digits). */
enum xlsx_style { XLSX_PLAIN = 0, XLSX_DATE = 1, XLSX_TIME = 2, XLSX_DIGIT = 4 };
static inline int xlsx_style_digits(int style) { return style / XLSX_DIGIT; }

struct xlsx_sheet {
	char *name;
	char *part; /* NULL: the package does not say */
	bool visible;
	bool cells; /* a worksheet: no sheet that is a chart, a dialogue or a macro */
};

struct xlsx_book {
	struct xlsx_sheet *sheets;
	size_t count, cap;     /* of the sheets; at least one */
	char *strings_part;    /* NULL: there are none */
	unsigned char *styles; /* enum xlsx_style of every cell format (cellXfs), by index */
	size_t style_count;
	bool date_1904;
};

bool xlsx_book_read(struct xlsx_package *package, struct xlsx_book *out, struct err *err) TURNOUT_MUST_CHECK;
void xlsx_book_fini(struct xlsx_book *book);

/* The sheet with that name; NULL fills `err` with those there are. */
const struct xlsx_sheet *xlsx_book_find(const struct xlsx_book *book, const char *name, struct err *err) TURNOUT_MUST_CHECK;

/* What a number format shows: built-in id, or the code of a custom one. */
int xlsx_style_of_id(int id);
int xlsx_style_of_code(const char *code);

/* Excel's serial number as text: days since 1899-12-30 (with the day 1900-02-29 that never was before 61) or 1904-01-01. False when it
 * is no date Excel knows. */
bool xlsx_date_text(double serial, int style, bool date_1904, char text[40]) TURNOUT_MUST_CHECK;

#endif
