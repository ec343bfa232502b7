#include "import/table_read.h"

#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "import/encoding.h"
#include "import/fault.h"
#include "import/table_csv.h"
#include "import/xlsx.h"

static bool parse_csv(const struct strbuf *bytes, const struct table_options *opt, struct table *t, struct err *err) {
	return encoding_to_utf8(strbuf_str(bytes), bytes->len, opt->encoding, &t->text, t->encoding, err) &&
	       table_csv_parse(t, opt->lines, err);
}

/* What a file is that people take for a table, by its beginning; FAULT_NONE when it may be one. */
static enum fault_kind no_table(const char *data, size_t n) {
	static const struct {
		const char *head;
		enum fault_kind kind;
	} kinds[] = {{"%PDF", FAULT_IS_PDF},
		     {"\x89PNG", FAULT_IS_PICTURE},
		     {"\xff\xd8\xff", FAULT_IS_PICTURE},
		     {"GIF8", FAULT_IS_PICTURE},
		     {"{", FAULT_IS_JSON},
		     {"[{", FAULT_IS_JSON},
		     {"<!DOCTYPE", FAULT_IS_WEB_PAGE},
		     {"<html", FAULT_IS_WEB_PAGE},
		     {"<?xml", FAULT_IS_XML},
		     {"BEGIN:VCALENDAR", FAULT_IS_CALENDAR},
		     {"SQLite format 3", FAULT_IS_DATABASE}};
	if (n >= 4 && memcmp(data, "\xD0\xCF\x11\xE0", 4) == 0) {
		return FAULT_IS_OLD_EXCEL; /* Compound File Binary, [MS-CFB] 2.2 */
	}
	size_t at = n >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	while (at < n && str_is_space(data[at])) {
		at++;
	}
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		size_t length = strlen(kinds[i].head);
		if (n - at >= length && memcmp(data + at, kinds[i].head, length) == 0) {
			return kinds[i].kind;
		}
	}
	return FAULT_NONE;
}

bool table_parse(const struct strbuf *bytes, const struct table_options *opt, struct table *out, struct err *err) {
	static const struct table_options plain = {0};
	struct table t = {0};
	const struct table_options *o = opt ? opt : &plain;
	const char *data = strbuf_str(bytes);
	enum fault_kind kind = no_table(data, bytes->len);
	bool ok = false;
	if (bytes->len >= 4 && (memcmp(data, "PK\3\4", 4) == 0 || memcmp(data, "PK\5\6", 4) == 0)) {
		ok = xlsx_parse(bytes, o->sheet, o->lines, &t, err);
	} else if (kind != FAULT_NONE) {
		fault_fail(err, &(struct fault){.kind = kind});
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
