#include "import/table_read.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "import/encoding.h"
#include "import/fault.h"
#include "import/table_csv.h"
#include "import/xlsx.h"
#include "import/xlsx_package.h"

static bool parse_csv(const struct strbuf *bytes, const struct table_options *opt, struct table *t, struct err *err) {
	return encoding_to_utf8(strbuf_str(bytes), bytes->len, opt->encoding, &t->text, t->encoding, err) &&
	       table_csv_parse(t, opt->lines, err);
}

static bool is_zip(const struct strbuf *bytes) {
	return bytes->len >= 4 && (memcmp(strbuf_str(bytes), "PK\3\4", 4) == 0 || memcmp(strbuf_str(bytes), "PK\5\6", 4) == 0);
}

static bool has_bytes(const struct strbuf *bytes, size_t limit, const char *wanted, size_t n) {
	size_t length = bytes->len < limit ? bytes->len : limit;
	return memmem(strbuf_str(bytes), length, wanted, n) != NULL;
}
#define HAS(bytes, limit, wanted) has_bytes(bytes, limit, wanted, sizeof(wanted) - 1)

/* Compound File Binary ([MS-CFB] 2.2), in which Office kept its files before 2007 and still keeps what has a password. The names of the
 * streams in it are UTF-16. */
static enum fault_kind kind_of_compound(const struct strbuf *bytes) {
	if (HAS(bytes, SIZE_MAX, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")) {
		return FAULT_IS_LOCKED_BOOK;
	}
	return HAS(bytes, SIZE_MAX, "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0") ? FAULT_IS_WORD : FAULT_IS_OLD_EXCEL;
}

/* Other programs' documents that are ZIP files as well: OpenDocument by its first member, whose name and text stand in it as they are (ODF 1.3
 * part 2, 3.3: "mimetype", not deflated), others by what their directory names. FAULT_NONE for what may be a workbook of ours. */
static enum fault_kind kind_of_zip(const struct strbuf *bytes) {
	static const struct {
		const char *part;
		enum fault_kind kind;
	} parts[] = {{"Index/Document.iwa", FAULT_IS_NUMBERS},
		     {"Index.zip", FAULT_IS_NUMBERS},
		     {"xl/workbook.bin", FAULT_IS_BINARY_BOOK},
		     {"word/document.xml", FAULT_IS_WORD}};
	if (HAS(bytes, 200, "application/vnd.oasis.opendocument")) {
		return HAS(bytes, 200, "opendocument.text") ? FAULT_IS_WORD : FAULT_IS_OPEN_DOCUMENT;
	}
	struct err ignored = {0}; /* whoever reads the workbook meets it again */
	enum fault_kind kind = FAULT_NONE;
	struct xlsx_package *package = xlsx_package_open(bytes, &ignored);
	for (size_t i = 0; package != NULL && i < COUNT_OF(parts) && kind == FAULT_NONE; i++) {
		kind = xlsx_package_has(package, parts[i].part) ? parts[i].kind : FAULT_NONE;
	}
	xlsx_package_close(package);
	return kind;
}

static bool head_is(const char *data, const char *head, size_t n, bool any_case) {
	for (size_t i = 0; i < n; i++) {
		if (data[i] != head[i] && !(any_case && str_lower_char(data[i]) == str_lower_char(head[i]))) {
			return false;
		}
	}
	return true;
}

/* What a text is that people take for a table, by its beginning; FAULT_NONE when it may be one. */
static enum fault_kind kind_of_text(const char *data, size_t n) {
	static const struct {
		const char *head;
		enum fault_kind kind;
		bool any_case; /* what people and many programs write; else these very bytes */
	} kinds[] = {{"%PDF", FAULT_IS_PDF, false},
		     {"\x89PNG", FAULT_IS_PICTURE, false},
		     {"\xff\xd8\xff", FAULT_IS_PICTURE, false},
		     {"GIF8", FAULT_IS_PICTURE, false},
		     {"RIFF", FAULT_IS_PICTURE, false},
		     {"II*", FAULT_IS_PICTURE, false},
		     {"{\\rtf", FAULT_IS_WORD, false},
		     {"{", FAULT_IS_JSON, false},
		     {"[{", FAULT_IS_JSON, false},
		     {"<!DOCTYPE", FAULT_IS_WEB_PAGE, true},
		     {"<html", FAULT_IS_WEB_PAGE, true},
		     {"<?xml", FAULT_IS_XML, true},
		     {"[InternetShortcut]", FAULT_IS_SHORTCUT, true},
		     {"BEGIN:VCARD", FAULT_IS_CONTACTS, true},
		     {"BEGIN:VCALENDAR", FAULT_IS_CALENDAR, true},
		     {"SQLite format 3", FAULT_IS_DATABASE, false}};
	size_t at = n >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	while (at < n && str_is_space(data[at])) {
		at++;
	}
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		size_t head = strlen(kinds[i].head);
		if (n - at >= head && head_is(data + at, kinds[i].head, head, kinds[i].any_case)) {
			return kinds[i].kind;
		}
	}
	return FAULT_NONE;
}

#define XML_HEAD 4096     /* bytes among which a document says what it is */
#define SHORTCUT_MAX 4096 /* bytes of what Google Drive leaves in a folder in place of a sheet */

/* What a file is that people take for a table; FAULT_NONE when it may be one. */
static enum fault_kind no_table(const struct strbuf *bytes) {
	const char *data = strbuf_str(bytes);
	if (bytes->len >= 4 && memcmp(data, "\xD0\xCF\x11\xE0", 4) == 0) {
		return kind_of_compound(bytes);
	}
	if (is_zip(bytes)) {
		return kind_of_zip(bytes);
	}
	if (bytes->len >= 12 && memcmp(data + 4, "ftyp", 4) == 0) {
		return FAULT_IS_PICTURE; /* HEIF, as telephones take photographs of lists (ISO/IEC 14496-12, 4.3) */
	}
	enum fault_kind kind = kind_of_text(data, bytes->len);
	if (kind == FAULT_IS_XML && HAS(bytes, XML_HEAD, "office:spreadsheet")) {
		return FAULT_IS_OLD_EXCEL; /* SpreadsheetML 2003 */
	}
	if (kind == FAULT_IS_XML && HAS(bytes, XML_HEAD, "opendocument")) {
		return FAULT_IS_OPEN_DOCUMENT; /* .fods */
	}
	bool shortcut = kind == FAULT_IS_JSON && bytes->len < SHORTCUT_MAX &&
			(HAS(bytes, SIZE_MAX, "docs.google.com") || HAS(bytes, SIZE_MAX, "\"doc_id\""));
	return shortcut ? FAULT_IS_SHORTCUT : kind;
}

bool table_parse(const struct strbuf *bytes, const struct table_options *opt, struct table *out, struct err *err) {
	static const struct table_options plain = {0};
	const struct table_options *o = opt ? opt : &plain;
	struct table t = {.rows_max = o->rows_max};
	enum fault_kind kind = no_table(bytes);
	bool ok = false;
	if (kind != FAULT_NONE) {
		fault_fail(err, &(struct fault){.kind = kind});
	} else if (is_zip(bytes)) {
		ok = xlsx_parse(bytes, o->sheet, o->lines, &t, err);
	} else {
		ok = parse_csv(bytes, o, &t, err);
	}
	if (ok && t.count == 0) {
		ok = fault_fail(err, &(struct fault){.kind = FAULT_TABLE_EMPTY});
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
	bool ok = file_read(path, TABLE_FILE_MAX, &bytes, err)
			  ? table_parse(&bytes, opt, out, err) || fault_wrap(err, &(struct fault_place){.file = file_base_name(path)})
			  : fault_of_file(err, path, TABLE_FILE_MAX);
	strbuf_fini(&bytes);
	return ok;
}
