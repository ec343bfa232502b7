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

static bool read_table(const struct strbuf *bytes, const struct agenda_input *in, struct agenda *out, struct err *err) {
	struct table_options how = {.encoding = in->opt->encoding, .sheet = in->opt->sheet, .lines = true};
	struct table t = {0};
	if (!table_parse(bytes, &how, &t, err)) {
		return false;
	}
	bool ok = agenda_from_table(&t, in->zone, in->opt, out, err);
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
static bool read_text(const struct strbuf *bytes, const struct agenda_input *how, struct agenda *out, struct err *err) {
	const char *at = beginning(bytes);
	struct agenda_input in = *how;
	char head[16];
	str_copy(head, sizeof head, at);
	in.bytes = strbuf_str(bytes);
	in.n = bytes->len;
	if (*at == '{' || *at == '[') {
		return agenda_frab_parse(&in, out, err);
	}
	if (*at == '<') {
		in.n -= (size_t)(at - in.bytes); /* an XML declaration may not stand behind white space, and often does */
		in.bytes = at;
		return agenda_frab_xml_parse(&in, out, err);
	}
	if (str_eq_nocase(head, "BEGIN:VCALENDAR")) {
		return agenda_ical_parse(&in, out, err);
	}
	return read_table(bytes, how, out, err);
}

/* UTF-16 and UTF-32 begin with a mark, or hold zero bytes where text of ours does not; a workbook is no text at all. */
static bool is_wide(const struct strbuf *bytes) {
	const unsigned char *s = (const unsigned char *)strbuf_str(bytes);
	if (bytes->len < 4 || memcmp(s, "PK", 2) == 0) {
		return false;
	}
	return (s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF) || s[0] == 0 || s[1] == 0;
}

static bool read_any(const struct strbuf *bytes, const struct agenda_input *how, struct agenda *out, struct err *err) {
	struct strbuf text = {0};
	char name[ENCODING_NAME_MAX];
	bool wide = is_wide(bytes);
	bool ok = (!wide || encoding_to_utf8(bytes->data, bytes->len, how->opt->encoding, &text, name, err)) &&
		  read_text(wide ? &text : bytes, how, out, err);
	strbuf_fini(&text);
	return ok;
}

/* Whether what the file has are series of which no date is the event's: that was told, and is no fault of the file. */
static bool is_elsewhere(const struct agenda_report *report) {
	for (size_t i = 0; report != NULL && i < report->notes.count; i++) {
		if (report->notes.items[i].kind == FAULT_RULE_FOR_EVENT) {
			return true;
		}
	}
	return false;
}

/* A file without a session: where entries were left out, they are why. */
static bool take_empty(const struct agenda_report *report, struct err *err) {
	if ((report == NULL || report->bad.total == 0) && is_elsewhere(report)) {
		return true;
	}
	if (report == NULL || report->bad.total == 0) {
		return fault_fail(err, &(struct fault){.kind = FAULT_NO_SESSIONS});
	}
	return report->bad.total == 1 ? fault_fail(err, &report->bad.items[0]) : agenda_refuse(report, err);
}

bool agenda_parse(const struct strbuf *bytes, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		  struct err *err) {
	static const struct agenda_options plain = {0};
	struct agenda_input how = {.zone = zone, .opt = opt ? opt : &plain};
	struct agenda agenda = {0};
	bool ok = read_any(bytes, &how, &agenda, err) && (agenda.count != 0 || take_empty(how.opt->report, err));
	if (!ok) {
		agenda_fini(&agenda);
		return false;
	}
	agenda_finish(&agenda);
	agenda_set_places(&agenda, zone);
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
