#include "report/conflicts.h"

#include <inttypes.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "store/read/checkins.h"

#define NAME_MAX_SHOWN 14  /* columns of a station's name, or of a session's title */
#define VALUE_MAX_SHOWN 20 /* of a value */
#define FIELD_MAX_SHOWN 16
#define SHORT 8 /* hexadecimal digits of a key or a log */

/* At most `max` columns of the text; what is cut off is shown to be. */
static void add_clipped(struct strbuf *out, const char *text, size_t max) {
	if (utf8_width(text) <= max) {
		strbuf_adds(out, text);
		return;
	}
	struct strbuf part = {0};
	for (const char *at = text;;) {
		const char *from = at;
		size_t before = part.len;
		if (utf8_next(&at) == 0) {
			break;
		}
		strbuf_add(&part, from, (size_t)(at - from));
		if (utf8_width(strbuf_str(&part)) + 1 > max) {
			strbuf_truncate(&part, before);
			break;
		}
	}
	strbuf_addf(out, "%s…", strbuf_str(&part));
	strbuf_fini(&part);
}

static void add_station(struct strbuf *out, const struct conflict_station *station, size_t max) {
	if (station->name[0] != '\0') {
		add_clipped(out, station->name, max);
	} else if (str_eq(station->role, "organiser")) {
		strbuf_adds(out, "the organiser");
	} else {
		strbuf_addf(out, "box %.*s", SHORT, station->key);
	}
}

static const char *short_log(const struct conflict_record *record, char text[SHORT + 1]) {
	str_hex(record->log.b, SHORT / 2, text);
	return text;
}

void conflict_about(const struct conflict *c, struct strbuf *out) {
	struct strbuf text = {0};
	if (c->kind == CONFLICT_ERASED) {
		strbuf_adds(&text, c->erased.id);
	} else if (c->kind == CONFLICT_FIELD) {
		bool event = str_eq(c->edit.thing, "event");
		strbuf_adds(&text, event ? "the event" : str_empty(c->name) ? c->edit.id : c->name);
	} else if (c->kind == CONFLICT_DOUBLE || c->kind == CONFLICT_REVOKED) {
		strbuf_adds(&text, !str_empty(c->name) ? c->name : !str_empty(c->code) ? c->code : c->person);
	} else {
		add_station(&text, &c->at.station, CONFLICT_ABOUT_MAX);
		strbuf_adds(&text, c->at.station.retired ? " (retired)" : "");
	}
	add_clipped(out, strbuf_str(&text), CONFLICT_ABOUT_MAX);
	strbuf_fini(&text);
}

/* "2026-05-14 10:12", or the time of day alone where the date is that of `beside`; ≈ where nothing confirms it. */
static void add_time(struct strbuf *out, const struct tz *tz, const struct conflict_record *r, const struct conflict_record *beside) {
	char text[TZ_TEXT_MAX];
	tz_format(tz, r->utc, text);
	bool same_day = beside != NULL && tz_local_day(tz, r->utc) == tz_local_day(tz, beside->utc);
	strbuf_addf(out, "%s%.*s%s%.5s", r->approximate ? "≈" : "", same_day ? 0 : 10, text, same_day ? "" : " ", text + 11);
}

static void add_point(const struct conflict *c, struct strbuf *out) {
	if (str_eq(c->point, POINT_ARRIVAL)) {
		strbuf_adds(out, "at arrival");
	} else {
		strbuf_adds(out, "at \"");
		add_clipped(out, c->where, NAME_MAX_SHOWN);
		strbuf_addc(out, '"');
	}
}

static void say_double(const struct conflict *c, const struct tz *tz, struct strbuf *out) {
	add_point(c, out);
	strbuf_adds(out, ": ");
	add_time(out, tz, &c->twice.first, NULL);
	strbuf_addc(out, ' ');
	add_station(out, &c->twice.first.station, NAME_MAX_SHOWN);
	strbuf_adds(out, ", again ");
	add_time(out, tz, &c->at, &c->twice.first);
	strbuf_addc(out, ' ');
	add_station(out, &c->at.station, NAME_MAX_SHOWN);
}

static void say_revoked(const struct conflict *c, const struct tz *tz, struct strbuf *out) {
	add_point(c, out);
	strbuf_addc(out, ' ');
	add_time(out, tz, &c->at, NULL);
	strbuf_addc(out, ' ');
	add_station(out, &c->at.station, NAME_MAX_SHOWN);
	strbuf_adds(out, ", badge revoked ");
	add_time(out, tz, &c->revocation, &c->at);
}

/* Bytes of the words that both texts begin with. */
static size_t common_words(const char *a, const char *b) {
	size_t words = 0;
	for (size_t i = 0; a[i] != '\0' && a[i] == b[i]; i++) {
		words = a[i] == ' ' ? i + 1 : words;
	}
	return words;
}

/* A value beside the one it differs from: of a long one the part where it does. */
static void say_value(const char *value, const char *beside, struct strbuf *out) {
	struct strbuf text = {0};
	size_t skip = common_words(value, beside);
	if (value[0] == '\0') {
		strbuf_adds(out, "nothing");
		return;
	}
	bool late = utf8_width(value) > VALUE_MAX_SHOWN && skip != 0;
	strbuf_addf(&text, "%s%s", late ? "…" : "", late ? value + skip : value);
	strbuf_addc(out, '"');
	add_clipped(out, strbuf_str(&text), VALUE_MAX_SHOWN);
	strbuf_addc(out, '"');
	strbuf_fini(&text);
}

static void say_field(const struct conflict *c, struct strbuf *out) {
	add_clipped(out, c->edit.field, FIELD_MAX_SHOWN);
	strbuf_adds(out, ": ");
	say_value(c->edit.shown, c->edit.other, out);
	strbuf_adds(out, " is shown, ");
	say_value(c->edit.other, c->edit.shown, out);
	strbuf_adds(out, " was said too");
}

/* "record 12ab34cd:7 (checkin) does not count: …", or several at once. */
static void say_ignored(const struct conflict *c, const struct conflict_run *run, struct strbuf *out) {
	char log[SHORT + 1];
	short_log(&c->at, log);
	if (run->count == 1) {
		strbuf_addf(out, "record %s:%" PRIu64 " (%s) does not count: %s", log, run->first, c->ignored.kind, c->ignored.why);
	} else {
		strbuf_addf(out, "%" PRId64 " records, %s:%" PRIu64 " to %" PRIu64 ", do not count: %s", run->count, log, run->first,
			    run->last, c->ignored.why);
	}
}

void conflict_say(const struct conflict *c, const struct conflict_run *run, const struct tz *tz, struct strbuf *out) {
	char log[SHORT + 1];
	switch (c->kind) {
	case CONFLICT_DOUBLE: say_double(c, tz, out); break;
	case CONFLICT_REVOKED: say_revoked(c, tz, out); break;
	case CONFLICT_FIELD: say_field(c, out); break;
	case CONFLICT_BRANCH:
		strbuf_addf(out, "log %s goes on in two ways after record %" PRIu64 ": copied, or forged", short_log(&c->at, log),
			    c->after);
		break;
	case CONFLICT_CLOCK:
		strbuf_addf(out, "%" PRId64 " %s with times that nothing confirms (log %s)", c->count,
			    c->count == 1 ? "check-in" : "check-ins", short_log(&c->at, log));
		break;
	case CONFLICT_ERASED:
		strbuf_addf(out, "data of %" PRId64 " %s joined into them is left: turnout erase EVENT %s", c->erased.people,
			    c->erased.people == 1 ? "person" : "people", c->erased.id);
		break;
	default: say_ignored(c, run, out);
	}
}
