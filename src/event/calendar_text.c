#include "event/calendar_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"
#include "base/utf8.h"

#define LINE_MAX_BYTES 75 /* RFC 5545, 3.1 */

/* Folds it: a line goes on behind CR LF and a space, which count as well, and no character is parted. */
static void put_line(struct strbuf *out, const char *line) {
	size_t left = strlen(line), room = LINE_MAX_BYTES;
	while (left > room) {
		size_t n = utf8_cut(line, room);
		strbuf_add(out, line, n);
		strbuf_adds(out, "\r\n ");
		line += n;
		left -= n;
		room = LINE_MAX_BYTES - 1;
	}
	strbuf_adds(out, line);
	strbuf_adds(out, "\r\n");
}

/* TEXT, 3.3.11. */
static void put_text(struct strbuf *out, const char *name, const char *text) {
	char *cut = xstrdup(text);
	struct strbuf line = {0};
	if (strlen(cut) > CALENDAR_WORDS_MAX) {
		cut[utf8_cut(cut, CALENDAR_WORDS_MAX - strlen("…"))] = '\0';
	}
	strbuf_addf(&line, "%s:", name);
	for (const char *c = cut; *c != '\0'; c++) {
		if (*c == '\n') {
			strbuf_adds(&line, "\\n");
			continue;
		}
		if (strchr("\\;,", *c) != NULL) {
			strbuf_addc(&line, '\\');
		}
		strbuf_addc(&line, *c);
	}
	if (strlen(cut) < strlen(text)) {
		strbuf_adds(&line, "…");
	}
	put_line(out, strbuf_str(&line));
	strbuf_fini(&line);
	free(cut);
}

static void put_time(struct strbuf *out, const char *name, struct utc_ms utc) {
	int year, month, day;
	int64_t minutes = utc.v / 60000, days = minutes >= 0 ? minutes / 1440 : -((1439 - minutes) / 1440);
	int minute = (int)(minutes - days * 1440);
	char line[64];
	tz_from_days(days, &year, &month, &day);
	snprintf(line, sizeof line, "%s:%04d%02d%02dT%02d%02d00Z", name, year, month, day, minute / 60, minute % 60);
	put_line(out, line);
}

static void put_entry(struct strbuf *out, const struct calendar_entry *entry, const char *place) {
	const struct session *s = entry->session;
	struct strbuf where = {0};
	char uid[64];
	snprintf(uid, sizeof uid, "UID:%s@turnout", entry->id);
	put_line(out, "BEGIN:VEVENT");
	put_line(out, uid);
	put_time(out, "DTSTAMP", s->when.start); /* it has to be there; a time of its own would make another code each time */
	put_time(out, "DTSTART", s->when.start);
	if (s->when.end.v > s->when.start.v) {
		put_time(out, "DTEND", s->when.end);
	}
	put_text(out, "SUMMARY", session_text(s, SESSION_TITLE));
	strbuf_adds(&where, str_or_empty(s->when.room));
	strbuf_addf(&where, "%s%s", where.len > 0 && !str_empty(place) ? ", " : "", str_or_empty(place));
	if (where.len > 0) {
		put_text(out, "LOCATION", strbuf_str(&where));
	}
	put_line(out, "END:VEVENT");
	strbuf_fini(&where);
}

void calendar_text_of(const struct calendar_entry *entries, size_t count, const char *place, struct strbuf *out) {
	put_line(out, "BEGIN:VCALENDAR");
	put_line(out, "VERSION:2.0");
	put_line(out, "PRODID:turnout");
	for (size_t i = 0; i < count; i++) {
		put_entry(out, &entries[i], place);
	}
	strbuf_adds(out, "END:VCALENDAR\r\n");
}

void calendar_text(const struct session *s, const char *id, const char *place, struct strbuf *out) {
	calendar_text_of(&(struct calendar_entry){s, id}, 1, place, out);
}
