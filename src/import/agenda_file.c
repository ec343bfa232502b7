#include "import/agenda_file.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "import/agenda_build.h"
#include "import/agenda_frab.h"
#include "import/agenda_frab_xml.h"
#include "import/agenda_ical.h"
#include "import/encoding.h"
#include "import/fault.h"
#include "import/table_read.h"

static bool read_table(const struct strbuf *bytes, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		       struct err *err) {
	struct table_options how = {.encoding = opt ? opt->encoding : NULL, .sheet = opt ? opt->sheet : NULL, .lines = true};
	struct table t = {0};
	if (!table_parse(bytes, &how, &t, err)) {
		return false;
	}
	bool ok = agenda_from_table(&t, zone, opt, out, err);
	table_fini(&t);
	return ok;
}

/* The first characters behind byte order mark and white space. */
static const char *beginning(const struct strbuf *bytes) {
	const char *at = strbuf_str(bytes);
	at += str_starts(at, "\xEF\xBB\xBF") ? 3 : 0;
	while (str_is_space(*at)) {
		at++;
	}
	return at;
}

/* What a file is, is told by how it begins, never by its name. */
static bool read_text(const struct strbuf *bytes, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		      struct err *err) {
	const char *at = beginning(bytes);
	char head[16];
	str_copy(head, sizeof head, at);
	if (*at == '{' || *at == '[') {
		return agenda_frab_parse(bytes->data, bytes->len, zone, out, err);
	}
	if (*at == '<') {
		size_t skipped = (size_t)(at - bytes->data); /* an XML declaration may not stand behind white space, and often does */
		return agenda_frab_xml_parse(at, bytes->len - skipped, zone, out, err);
	}
	if (str_eq_nocase(head, "BEGIN:VCALENDAR")) {
		return agenda_ical_parse(bytes->data, bytes->len, zone, out, err);
	}
	return read_table(bytes, zone, opt, out, err);
}

/* UTF-16 and UTF-32 begin with a mark, or hold zero bytes where text of ours does not; a workbook is no text at all. */
static bool is_wide(const struct strbuf *bytes) {
	const unsigned char *s = (const unsigned char *)strbuf_str(bytes);
	if (bytes->len < 4 || memcmp(s, "PK", 2) == 0) {
		return false;
	}
	return (s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF) || s[0] == 0 || s[1] == 0;
}

bool agenda_parse(const struct strbuf *bytes, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		  struct err *err) {
	struct agenda agenda = {0};
	struct strbuf text = {0};
	bool ok = true;
	if (is_wide(bytes)) {
		char name[ENCODING_NAME_MAX];
		ok = encoding_to_utf8(bytes->data, bytes->len, opt ? opt->encoding : NULL, &text, name, err) &&
		     read_text(&text, zone, opt, &agenda, err);
	} else {
		ok = read_text(bytes, zone, opt, &agenda, err);
	}
	ok = ok && (agenda.count != 0 || fault_fail(err, &(struct fault){.kind = FAULT_NO_SESSIONS}));
	strbuf_fini(&text);
	if (!ok) {
		agenda_fini(&agenda);
		return false;
	}
	agenda_finish(&agenda);
	*out = agenda;
	return true;
}

bool agenda_read(const char *path, const struct tz *zone, const struct agenda_options *opt, struct agenda *out, struct err *err) {
	struct strbuf bytes = {0};
	bool ok =
		file_read(path, AGENDA_FILE_MAX, &bytes, err)
			? agenda_parse(&bytes, zone, opt, out, err) || fault_wrap(err, &(struct fault_place){.file = file_base_name(path)})
			: fault_of_file(err, path, AGENDA_FILE_MAX);
	strbuf_fini(&bytes);
	return ok;
}
