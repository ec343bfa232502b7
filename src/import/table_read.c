#include "import/table_read.h"

#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "import/encoding.h"
#include "import/table_csv.h"
#include "import/xlsx.h"

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
