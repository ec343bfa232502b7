#include "import/xlsx_book.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"
#include "import/fault.h"

#define STYLES_MAX 100000
#define PART_TEXT_MAX 1024
#define SHEETS_MAX 1000
#define DIGITS_MAX 30 /* of a number that is shown with leading zeros */

void xlsx_book_fini(struct xlsx_book *book) {
	for (size_t i = 0; i < book->count; i++) {
		free(book->sheets[i].name);
		free(book->sheets[i].part);
	}
	free(book->sheets);
	free(book->strings_part);
	free(book->styles);
	*book = (struct xlsx_book){0};
}

static struct xml_tree *open_tree(struct xlsx_package *package, const char *part, struct err *err) {
	struct strbuf text = {0};
	struct xml_tree *tree = NULL;
	if (xlsx_package_read(package, part, &text, err)) {
		tree = xml_tree_open(strbuf_str(&text), text.len, err);
		if (tree == NULL) {
			fault_wrap(err, &(struct fault_place){.part = part});
		}
	}
	strbuf_fini(&text);
	return tree;
}

/* "xl/workbook.xml" -> "xl/_rels/workbook.xml.rels" */
static char *rels_of(const char *part) {
	const char *slash = strrchr(part, '/');
	int folder = slash ? (int)(slash + 1 - part) : 0;
	return xasprintf("%.*s_rels/%s.rels", folder, part, part + folder);
}

/* A relationship's target as the name of a part: relative to the folder of the part it belongs to, or from the root. */
static char *resolve_slashes(const char *part, const char *target) {
	if (*target == '/') {
		return xstrdup(target + 1);
	}
	const char *slash = strrchr(part, '/');
	size_t folder = slash ? (size_t)(slash - part) : 0;
	while (str_starts(target, "../")) {
		target += 3;
		for (bool up = false; folder > 0 && !up;) {
			folder--;
			up = part[folder] == '/';
		}
	}
	target += str_starts(target, "./") ? 2 : 0;
	return folder == 0 ? xstrdup(target) : xasprintf("%.*s/%s", (int)folder, part, target);
}

static char *resolve(const char *part, const char *target) {
	char *slashes = xstrdup(target);
	for (char *c = slashes; *c != '\0'; c++) {
		*c = *c == '\\' ? '/' : *c; /* as Windows writes them */
	}
	char *name = resolve_slashes(part, slashes);
	free(slashes);
	return name;
}

/* The first relationship whose id is `id`, or (id NULL) whose type ends in `type`; NULL when there is none. */
static const struct xml_node *find_relation(const struct xml_tree *rels, const char *id, const char *type) {
	const struct xml_node *r = rels ? xml_child(xml_tree_root(rels), "Relationship") : NULL;
	for (; r != NULL; r = xml_sibling(r, "Relationship")) {
		const char *target = xml_node_attribute(r, "Target");
		bool found =
			id ? str_eq(xml_node_attribute(r, "Id"), id) : str_ends_nocase(str_or_empty(xml_node_attribute(r, "Type")), type);
		if (found && target != NULL && strlen(target) < PART_TEXT_MAX) {
			return r;
		}
	}
	return NULL;
}

/* The part that a relationship leads to; NULL for none. */
static char *part_of(const struct xml_node *relation, const char *part) {
	return relation ? resolve(part, xml_node_attribute(relation, "Target")) : NULL;
}

static char *find_workbook(struct xlsx_package *package, struct err *err) {
	char *part = NULL;
	if (xlsx_package_has(package, "_rels/.rels")) {
		struct xml_tree *rels = open_tree(package, "_rels/.rels", err);
		if (rels == NULL) {
			return NULL;
		}
		part = part_of(find_relation(rels, NULL, "/officeDocument"), "");
		xml_tree_close(rels);
	}
	if (part == NULL && xlsx_package_has(package, "xl/workbook.xml")) {
		part = xstrdup("xl/workbook.xml");
	}
	if (part == NULL) {
		fault_fail(err, &(struct fault){.kind = FAULT_BOOK_NONE});
	}
	return part;
}

const struct xlsx_sheet *xlsx_book_find(const struct xlsx_book *book, const char *name, struct err *err) {
	struct strbuf names = {0};
	for (size_t i = 0; i < book->count; i++) {
		if (str_eq_nocase(book->sheets[i].name, name)) {
			strbuf_fini(&names);
			return &book->sheets[i];
		}
		fault_add_name(&names, book->sheets[i].name);
	}
	fault_fail(err, &(struct fault){.kind = FAULT_BOOK_NO_SHEET, .value = name, .other = strbuf_str(&names)});
	strbuf_fini(&names);
	return NULL;
}

/* The built-in formats (18.8.30) that show dates and times, those of East Asian locales among them. */
int xlsx_style_of_id(int id) {
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 34 || id == 35 || id == 36 || (id >= 50 && id <= 58)) {
		return XLSX_DATE;
	}
	if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || id == 32 || id == 33) {
		return XLSX_TIME;
	}
	return id == 22 ? XLSX_DATE | XLSX_TIME : XLSX_PLAIN;
}

/* How many digits a whole number is filled up to with zeros: "00000" and "000-00-00" make codes and phone numbers. 0 for formats that make
 * a quantity: with a decimal point, thousands, a percent sign, an exponent or a fraction, or without more than one zero. */
static int leading_zeros(const char *code) {
	int zeros = 0;
	for (const char *at = code; *at != '\0' && *at != ';'; at++) {
		const char *end = NULL;
		if (*at == '"' || *at == '[') {
			end = strchr(at + 1, *at == '"' ? '"' : ']');
			at = end ? end : at + strlen(at) - 1;
		} else if ((*at == '\\' || *at == '_' || *at == '*') && at[1] != '\0') {
			at++;
		} else if (strchr(".,%Ee/#?@GgRrBbAa", *at) != NULL) {
			return 0;
		} else if (*at == '0') {
			zeros++;
		}
	}
	return zeros > 1 && zeros <= DIGITS_MAX ? zeros : 0;
}

/* 18.8.31: in the first section of the code, outside quotes, escapes and brackets (but [h] [m] [s] count), y and d make a date, h and s
 * a time; m is months unless there is a time and no date. */
int xlsx_style_of_code(const char *code) {
	int style = XLSX_PLAIN;
	bool months = false;
	for (const char *at = code; *at != '\0' && *at != ';'; at++) {
		char c = str_lower_char(*at);
		const char *end = NULL;
		if (c == '"') {
			end = strchr(at + 1, '"');
			at = end ? end : at + strlen(at) - 1;
		} else if (c == '[') {
			char inside = str_lower_char(at[1]);
			end = strchr(at, ']');
			bool elapsed = (inside == 'h' || inside == 'm' || inside == 's') && end != NULL && end - at <= 3;
			style |= elapsed ? XLSX_TIME : 0;
			at = end ? end : at + strlen(at) - 1;
		} else if ((c == '\\' || c == '_' || c == '*') && at[1] != '\0') {
			at++;
		} else if (c == 'y' || c == 'd') {
			style |= XLSX_DATE;
		} else if (c == 'h' || c == 's') {
			style |= XLSX_TIME;
		}
		months = months || c == 'm';
	}
	style = style == XLSX_PLAIN && months ? XLSX_DATE : style;
	return style == XLSX_PLAIN ? leading_zeros(code) * XLSX_DIGIT : style;
}

static int attribute_number(const struct xml_node *node, const char *name) {
	int64_t value = -1;
	return str_to_i64(str_or_empty(xml_node_attribute(node, name)), &value) && value >= 0 && value < 1000000 ? (int)value : -1;
}

static int style_of_format(const struct xml_node *root, int id) {
	const struct xml_node *f = xml_child(xml_child(root, "numFmts"), "numFmt");
	for (; f != NULL; f = xml_sibling(f, "numFmt")) {
		if (attribute_number(f, "numFmtId") == id) {
			return xlsx_style_of_code(str_or_empty(xml_node_attribute(f, "formatCode")));
		}
	}
	return xlsx_style_of_id(id);
}

static bool read_styles(struct xlsx_package *package, const char *part, struct xlsx_book *book, struct err *err) {
	struct xml_tree *tree = open_tree(package, part, err);
	if (tree == NULL) {
		return false;
	}
	const struct xml_node *root = xml_tree_root(tree);
	size_t cap = 0;
	int last_id = -1; /* neighbouring formats share their id; looking it up once a run keeps this linear enough */
	int last_style = XLSX_PLAIN;
	for (const struct xml_node *x = xml_child(xml_child(root, "cellXfs"), "xf"); x != NULL && book->style_count < STYLES_MAX;
	     x = xml_sibling(x, "xf")) {
		if (book->style_count == cap) {
			cap = cap ? cap * 2 : 64;
			book->styles = xrealloc(book->styles, cap, 1);
		}
		int id = attribute_number(x, "numFmtId");
		last_style = id == last_id ? last_style : style_of_format(root, id);
		last_id = id;
		book->styles[book->style_count++] = (unsigned char)last_style;
	}
	xml_tree_close(tree);
	return true;
}

static void add_sheet(const struct xml_tree *rels, const char *part, const struct xml_node *sheet, struct xlsx_book *book) {
	const char *state = xml_node_attribute(sheet, "state");
	const struct xml_node *relation = find_relation(rels, str_or_empty(xml_node_attribute(sheet, "id")), NULL);
	ARRAY_GROW(book, sheets);
	book->sheets[book->count++] = (struct xlsx_sheet){
		.name = xstrdup(str_or_empty(xml_node_attribute(sheet, "name"))),
		.part = part_of(relation, part),
		.visible = state == NULL || str_eq(state, "visible"),
		.cells = relation == NULL || str_ends_nocase(str_or_empty(xml_node_attribute(relation, "Type")), "/worksheet"),
	};
}

static bool read_sheets(struct xlsx_package *package, const char *part, const struct xml_node *workbook, struct xlsx_book *book,
			struct err *err) {
	char *rels_part = rels_of(part);
	struct xml_tree *rels = open_tree(package, rels_part, err);
	bool ok = rels != NULL;
	const struct xml_node *sheet = xml_child(xml_child(workbook, "sheets"), "sheet");
	for (; ok && sheet != NULL && book->count < SHEETS_MAX; sheet = xml_sibling(sheet, "sheet")) {
		add_sheet(rels, part, sheet, book);
	}
	ok = ok && (book->count != 0 || fault_fail(err, &(struct fault){.kind = FAULT_BOOK_NO_SHEETS}));
	char *styles = ok ? part_of(find_relation(rels, NULL, "/styles"), part) : NULL;
	if (ok) {
		book->strings_part = part_of(find_relation(rels, NULL, "/sharedStrings"), part);
		ok = styles == NULL || !xlsx_package_has(package, styles) || read_styles(package, styles, book, err);
	}
	free(styles);
	free(rels_part);
	xml_tree_close(rels);
	return ok;
}

bool xlsx_book_read(struct xlsx_package *package, struct xlsx_book *out, struct err *err) {
	char *part = find_workbook(package, err);
	struct xml_tree *tree = part ? open_tree(package, part, err) : NULL;
	bool ok = tree != NULL;
	if (ok) {
		const struct xml_node *root = xml_tree_root(tree);
		const char *date_1904 = str_or_empty(xml_node_attribute(xml_child(root, "workbookPr"), "date1904"));
		out->date_1904 = str_eq(date_1904, "1") || str_eq(date_1904, "true");
		ok = read_sheets(package, part, root, out, err);
	}
	xml_tree_close(tree);
	free(part);
	return ok;
}

bool xlsx_date_text(double serial, int style, bool date_1904, char text[40]) {
	if (!(serial >= 0) || serial > 2958466) { /* 9999-12-31 */
		return false;
	}
	int64_t seconds = llround(serial * 86400);
	int64_t days = seconds / 86400;
	int minutes = (int)(seconds % 86400 / 60);
	/* Day 0 is no date in Excel: a number below 1 is a time of day, whatever its format. As a time alone whole days count as hours. */
	if (style == XLSX_TIME || (days == 0 && !date_1904)) {
		snprintf(text, 40, "%02d:%02d", (int)(days * 24) + minutes / 60, minutes % 60);
		return true;
	}
	/* Excel counts a 29 February 1900 (serial 60) that never was: before it the days are one further on. */
	int64_t base = date_1904 ? tz_days(1904, 1, 1) : tz_days(1899, 12, days < 60 ? 31 : 30);
	tz_format_date(base + days, text);
	if (style & XLSX_TIME) {
		size_t n = strlen(text);
		snprintf(text + n, 40 - n, " %02d:%02d", minutes / 60, minutes % 60);
	}
	return true;
}
