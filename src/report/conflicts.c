#include "report/conflicts.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/person.h"
#include "store/read/checkins.h"
#include "words/fields.h"

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
	while (part.len > 0 && part.data[part.len - 1] == ' ') {
		strbuf_truncate(&part, part.len - 1);
	}
	strbuf_addf(out, "%s…", strbuf_str(&part));
	strbuf_fini(&part);
}

static void add_station(struct strbuf *out, const struct conflict_reader *to, const struct conflict_station *station, size_t max) {
	char key[SHORT + 1];
	if (station->name[0] != '\0') {
		add_clipped(out, station->name, max);
	} else if (str_eq(station->role, "organiser")) {
		strbuf_adds(out, tongue_get_in(to->tongue, "a conflict", "the organiser"));
	} else {
		str_copy(key, sizeof key, station->key);
		words_fill_one(out, tongue_get_in(to->tongue, "a conflict", "box {key}"), "key", key);
	}
}

static const char *short_log(const struct conflict_record *record, char text[SHORT + 1]) {
	str_hex(record->log.b, SHORT / 2, text);
	return text;
}

/* That a box is retired is not cut off: its name is, and of one without a name its key alone is told where "box" before it does not fit. */
static void add_about_station(struct strbuf *out, const struct conflict_reader *to, const struct conflict_station *station) {
	const char *form = station->retired ? tongue_get_in(to->tongue, "a conflict", "{box} (retired)") : "{box}";
	struct strbuf box = {0}, around = {0};
	words_fill_one(&around, form, "box", "");
	size_t used = utf8_width(strbuf_str(&around)), room = used < CONFLICT_ABOUT_MAX ? CONFLICT_ABOUT_MAX - used : 0;
	add_station(&box, to, station, room);
	if (station->name[0] == '\0' && utf8_width(strbuf_str(&box)) > room) {
		strbuf_reset(&box);
		strbuf_addf(&box, "%.*s", SHORT, station->key);
	}
	words_fill_one(out, form, "box", strbuf_str(&box));
	strbuf_fini(&box);
	strbuf_fini(&around);
}

void conflict_about(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out) {
	struct strbuf text = {0};
	if (c->kind == CONFLICT_ERASED) {
		strbuf_adds(&text, c->erased.id);
	} else if (c->kind == CONFLICT_FIELD) {
		bool event = str_eq(c->edit.thing, "event");
		strbuf_adds(&text, event                ? tongue_get_in(to->tongue, "a conflict", "the event")
				   : str_empty(c->name) ? c->edit.id
							: c->name);
	} else if (c->person != NULL) {
		strbuf_adds(&text, !str_empty(c->name) ? c->name : !str_empty(c->code) ? c->code : c->person);
	} else {
		add_about_station(&text, to, &c->at.station);
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

static void add_point(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out) {
	struct strbuf where = {0};
	if (str_eq(c->point, POINT_ARRIVAL)) {
		strbuf_adds(out, tongue_get_in(to->tongue, "a conflict", "at arrival"));
		return;
	}
	add_clipped(&where, c->where, NAME_MAX_SHOWN);
	words_fill_one(out, tongue_get_in(to->tongue, "a conflict", "at \"{where}\""), "where", strbuf_str(&where));
	strbuf_fini(&where);
}

/* Two check-ins, or a check-in and the revocation of its badge. */
static void say_checkin(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out) {
	bool twice = c->kind == CONFLICT_DOUBLE;
	const struct conflict_record *first = twice ? &c->twice.first : &c->at;
	const struct conflict_record *then = twice ? &c->at : &c->revocation;
	struct strbuf point = {0}, time = {0}, box = {0}, later = {0}, later_box = {0};
	add_point(c, to, &point);
	add_time(&time, to->tz, first, NULL);
	add_station(&box, to, &first->station, NAME_MAX_SHOWN);
	add_time(&later, to->tz, then, first);
	add_station(&later_box, to, &then->station, NAME_MAX_SHOWN);
	const struct word_value values[] = {{"point", strbuf_str(&point)},
					    {"time", strbuf_str(&time)},
					    {"box", strbuf_str(&box)},
					    {"later", strbuf_str(&later)},
					    {"other_box", strbuf_str(&later_box)}};
	words_fill(out,
		   twice ? tongue_get_in(to->tongue, "a conflict", "{point}: {time} {box}, again {later} {other_box}")
			 : tongue_get_in(to->tongue, "a conflict", "{point} {time} {box}, badge revoked {later}"),
		   values, COUNT_OF(values));
	strbuf_fini(&point);
	strbuf_fini(&time);
	strbuf_fini(&box);
	strbuf_fini(&later);
	strbuf_fini(&later_box);
}

/* A check-in that a right clock would have refused. */
static void say_dates(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out) {
	struct strbuf point = {0}, time = {0}, box = {0};
	add_point(c, to, &point);
	add_time(&time, to->tz, &c->at, NULL);
	add_station(&box, to, &c->at.station, NAME_MAX_SHOWN);
	const struct word_value values[] = {{"point", strbuf_str(&point)}, {"time", strbuf_str(&time)}, {"box", strbuf_str(&box)}};
	words_fill(
		out,
		c->outside == OUTCOME_CLOSED
			? tongue_get_in(to->tongue, "a conflict", "{point} {time} {box}, outside the session's time: its clock was wrong")
			: tongue_get_in(to->tongue, "a conflict", "{point} {time} {box}, not a day to come on: its clock was wrong"),
		values, COUNT_OF(values));
	strbuf_fini(&point);
	strbuf_fini(&time);
	strbuf_fini(&box);
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
static void say_value(const char *value, const char *beside, const struct conflict_reader *to, struct strbuf *out) {
	struct strbuf text = {0};
	struct strbuf clipped = {0};
	size_t skip = common_words(value, beside);
	if (value[0] == '\0') {
		strbuf_adds(out, tongue_get_in(to->tongue, "a conflict", "nothing"));
		return;
	}
	bool late = utf8_width(value) > VALUE_MAX_SHOWN && skip != 0;
	strbuf_addf(&text, "%s%s", late ? "…" : "", late ? value + skip : value);
	add_clipped(&clipped, strbuf_str(&text), VALUE_MAX_SHOWN);
	words_fill_one(out, tongue_get_in(to->tongue, "a conflict", "\"{value}\""), "value", strbuf_str(&clipped));
	strbuf_fini(&text);
	strbuf_fini(&clipped);
}

static void say_field(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out) {
	struct strbuf field = {0}, shown = {0}, other = {0};
	add_clipped(&field, words_field(to->tongue, c->edit.field), FIELD_MAX_SHOWN);
	say_value(c->edit.shown, c->edit.other, to, &shown);
	say_value(c->edit.other, c->edit.shown, to, &other);
	const struct word_value values[] = {{"field", strbuf_str(&field)}, {"shown", strbuf_str(&shown)}, {"other", strbuf_str(&other)}};
	words_fill(out, tongue_get_in(to->tongue, "a conflict", "{field}: {shown} is shown, {other} was said too"), values,
		   COUNT_OF(values));
	strbuf_fini(&field);
	strbuf_fini(&shown);
	strbuf_fini(&other);
}

/* "record 12ab34cd:7 (checkin) does not count: …", or several at once. */
static void say_ignored(const struct conflict *c, const struct conflict_run *run, const struct conflict_reader *to, struct strbuf *out) {
	char log[SHORT + 1];
	struct str_number n = str_number(run->count);
	struct str_number first = str_number((int64_t)run->first);
	struct str_number last = str_number((int64_t)run->last);
	const struct word_value values[] = {
		{"log", short_log(&c->at, log)}, {"n", n.text},
		{"first", first.text},           {"last", last.text},
		{"kind", c->ignored.kind},       {"why", tongue_get_in(to->tongue, "why a record does not count", c->ignored.why)}};
	words_fill(out,
		   run->count == 1 ? tongue_get_in(to->tongue, "a conflict", "record {log}:{first} ({kind}) does not count: {why}")
				   : tongue_get_n(to->tongue, "{n} record, {log}:{first} to {last}, does not count: {why}",
						  "{n} records, {log}:{first} to {last}, do not count: {why}", (long)run->count),
		   values, COUNT_OF(values));
}

/* What is said of a log, or of people in numbers. */
static void say_count(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out) {
	char log[SHORT + 1];
	bool clock = c->kind == CONFLICT_CLOCK;
	int64_t count = clock ? c->count : c->erased.people;
	struct str_number n = str_number(count);
	const struct word_value values[] = {{"n", n.text}, {"log", short_log(&c->at, log)}, {"id", clock ? "" : c->erased.id}};
	words_fill(out,
		   clock ? tongue_get_n(to->tongue, "{n} check-in with times that nothing confirms (log {log})",
					"{n} check-ins with times that nothing confirms (log {log})", (long)count)
			 : tongue_get_n(to->tongue, "data of {n} person joined into them is left: turnout erase EVENT {id}",
					"data of {n} people joined into them is left: turnout erase EVENT {id}", (long)count),
		   values, COUNT_OF(values));
}

static void say_branch(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out) {
	char log[SHORT + 1];
	struct str_number after = str_number((int64_t)c->after);
	const struct word_value values[] = {{"log", short_log(&c->at, log)}, {"number", after.text}};
	words_fill(out, tongue_get_in(to->tongue, "a conflict", "log {log} goes on in two ways after record {number}: copied, or forged"),
		   values, COUNT_OF(values));
}

/* With what joins them on the command line, where a name would be both. */
static void say_alike(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out) {
	struct strbuf name = {0};
	add_clipped(&name, c->alike.name, NAME_MAX_SHOWN);
	const struct word_value values[] = {{"name", strbuf_str(&name)}, {"id", c->person}, {"other", c->alike.id}};
	words_fill(out,
		   c->alike.by == PERSON_EMAIL ? tongue_get_in(to->tongue, "a conflict", "same e-mail as {name}: join {id} {other}?")
					       : tongue_get_in(to->tongue, "a conflict", "same phone as {name}: join {id} {other}?"),
		   values, COUNT_OF(values));
	strbuf_fini(&name);
}

/* The words name the spans of store/read/odd.h. */
_Static_assert(ODD_BULK_MS == 2000 && ODD_FAST_MS == 60000 && ODD_POINTS_MS == 600000 && ODD_TOGETHER_MS == 5000, "as the words say");

static const char *odd_words(const struct conflict *c, const struct conflict_reader *to) {
	long n = (long)c->odd.count;
	switch (c->odd.reason) {
	case ODD_IN_BULK:
		return tongue_get_n(to->tongue, "{n} check-in in two seconds from {ref} on: from a file, or not made by hand",
				    "{n} check-ins in two seconds from {ref} on: from a file, or not made by hand", n);
	case ODD_TOO_FAST:
		return tongue_get_n(to->tongue, "{n} check-in in a minute from {ref} on: faster than hands can be, look at it",
				    "{n} check-ins in a minute from {ref} on: faster than hands can be, look at it", n);
	case ODD_NEW_POINTS:
		return tongue_get_n(to->tongue, "at {n} new point within ten minutes from {ref} on: look at it",
				    "at {n} new points within ten minutes from {ref} on: look at it", n);
	default:
		return tongue_get_n(to->tongue, "{n} person was here and at {box} within five seconds, from {ref} on",
				    "{n} people were here and at {box} within five seconds, from {ref} on", n);
	}
}

static void say_odd(const struct conflict *c, const struct conflict_reader *to, struct strbuf *out) {
	char log[SHORT + 1];
	struct str_number n = str_number(c->odd.count), seq = str_number((int64_t)c->at.seq);
	struct strbuf box = {0}, ref = {0};
	if (c->odd.reason == ODD_AT_ONCE) {
		add_station(&box, to, &c->odd.other, NAME_MAX_SHOWN);
	}
	strbuf_addf(&ref, "%s:%s", short_log(&c->at, log), seq.text);
	const struct word_value values[] = {{"n", n.text}, {"ref", strbuf_str(&ref)}, {"box", strbuf_str(&box)}};
	words_fill(out, odd_words(c, to), values, COUNT_OF(values));
	strbuf_fini(&box);
	strbuf_fini(&ref);
}

void conflict_say(const struct conflict *c, const struct conflict_run *run, const struct conflict_reader *to, struct strbuf *out) {
	switch (c->kind) {
	case CONFLICT_DOUBLE:
	case CONFLICT_REVOKED: say_checkin(c, to, out); break;
	case CONFLICT_DATES: say_dates(c, to, out); break;
	case CONFLICT_FIELD: say_field(c, to, out); break;
	case CONFLICT_BRANCH: say_branch(c, to, out); break;
	case CONFLICT_CLOCK:
	case CONFLICT_ERASED: say_count(c, to, out); break;
	case CONFLICT_ODD: say_odd(c, to, out); break;
	case CONFLICT_ALIKE: say_alike(c, to, out); break;
	default: say_ignored(c, run, to, out);
	}
}
