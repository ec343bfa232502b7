#include "import/frab.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/agenda_build.h"
#include "import/agenda_zone.h"
#include "import/fault.h"
#include "import/seats_text.h"

#define DAY_MS INT64_C(86400000)
#define MINUTE_MS INT64_C(60000)
#define MINUTES_MAX (14 * 24 * 60) /* of one session */

void frab_fini(struct frab *f) {
	tz_close(f->own_zone);
	mapstr_fini(&f->rooms);
	mapstr_fini(&f->tracks);
	*f = (struct frab){0};
}

void frab_set_conference(struct frab *f, const char *title, const char *zone_name) {
	if (f->out->title == NULL && !str_empty(title)) {
		f->out->title = xstrdup(title);
	}
	struct tz *zone = str_empty(zone_name) || f->own_zone != NULL ? NULL : agenda_zone_named(zone_name);
	if (zone == NULL && f->own_zone == NULL && !str_empty(zone_name)) {
		agenda_note(f->opt, &(struct fault){.kind = FAULT_ZONE_IGNORED, .value = zone_name});
	}
	if (zone != NULL) {
		f->own_zone = zone;
		f->zone = zone;
		free(f->out->timezone);
		f->out->timezone = xstrdup(zone_name);
	}
}

bool frab_set_room(struct frab *f, const char *name, const char *capacity, struct err *err) {
	bool made = false;
	int seats = 0;
	struct fault fault = {.kind = FAULT_NO_SEATS, .at.room = name, .value = capacity};
	if (str_empty(name) || str_empty(capacity)) {
		return true;
	}
	if (!seats_text_read(capacity, &seats)) {
		return agenda_do_without(f->opt, &fault, err);
	}
	if (seats > 0 && f->rooms.count < FRAB_TRACKS_MAX) {
		*mapstr_place(&f->rooms, name, &made) = seats;
	}
	return true;
}

void frab_set_track(struct frab *f, const char *name, const char *colour) {
	uint8_t rgb[3];
	bool made = false;
	if (str_empty(name) || str_empty(colour) || colour[0] != '#' || !str_unhex(colour + 1, rgb, 3) ||
	    f->tracks.count >= FRAB_TRACKS_MAX) {
		return;
	}
	*mapstr_place(&f->tracks, name, &made) = (rgb[0] << 16 | rgb[1] << 8 | rgb[2]) + 1;
}

/* "9:30", "09:30", "09:30:00" as minutes after midnight. */
static bool read_clock(const char *text, int *minutes) {
	char work[16];
	char *parts[4];
	int64_t hour = 0;
	int64_t minute = 0;
	if (!str_copy(work, sizeof work, text)) {
		return false;
	}
	size_t n = str_split(work, ':', parts, COUNT_OF(parts));
	if (n < 2 || n > 3 || !str_to_i64(parts[0], &hour) || !str_to_i64(parts[1], &minute) || hour < 0 || hour > 23 || minute < 0 ||
	    minute > 59) {
		return false;
	}
	*minutes = (int)(hour * 60 + minute);
	return true;
}

/* "00:45", "1:30", "1:02:30" (days, hours, minutes), or bare minutes. */
static bool read_duration(const char *text, int64_t *minutes) {
	char work[24];
	char *parts[4];
	int64_t value[3] = {0};
	if (!str_copy(work, sizeof work, text)) {
		return false;
	}
	size_t n = str_split(work, ':', parts, COUNT_OF(parts));
	if (n < 1 || n > 3) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		if (!str_to_i64(parts[i], &value[i + 3 - n]) || value[i + 3 - n] < 0 || value[i + 3 - n] > MINUTES_MAX) {
			return false;
		}
	}
	int64_t all = value[0] * 1440 + value[1] * 60 + value[2];
	*minutes = all <= MINUTES_MAX ? all : *minutes;
	return all <= MINUTES_MAX;
}

bool frab_set_day(struct frab *f, const char *date, const char *day_start, struct err *err) {
	f->has_day = false;
	f->day_begin_min = 0;
	if (!str_empty(date)) {
		char day[11];
		str_copy(day, sizeof day, date);
		if (!tz_parse_date(day, &f->day)) {
			return fault_fail(err, &(struct fault){.kind = FAULT_DAY_DATE, .value = date});
		}
		f->has_day = true;
	}
	const char *clock = str_empty(day_start) ? NULL : strpbrk(day_start, "T ");
	/* "2026-05-14T09:00:00+03:00" or "09:00". */
	clock = clock != NULL ? clock + 1 : day_start;
	char head[6];
	if (!str_empty(clock)) {
		str_copy(head, sizeof head, clock);
		int begin = 0;
		f->day_begin_min = read_clock(head, &begin) ? begin : 0;
	}
	return true;
}

/* The schedule's names, which its two forms share. Where two name one field the first that says something counts. */
static const struct field {
	const char *name;
	size_t offset;
} IDS[] =
	{
		{"guid", offsetof(struct frab_entry, guid)},
		{"id", offsetof(struct frab_entry, id)},
		{"code", offsetof(struct frab_entry, code)},
},
  TEXTS[] = {
	  {"date", offsetof(struct frab_entry, date)},         {"start", offsetof(struct frab_entry, start)},
	  {"end", offsetof(struct frab_entry, end)},           {"duration", offsetof(struct frab_entry, duration)},
	  {"room", offsetof(struct frab_entry, room)},         {"title", offsetof(struct frab_entry, title)},
	  {"subtitle", offsetof(struct frab_entry, subtitle)}, {"track", offsetof(struct frab_entry, track)},
	  {"type", offsetof(struct frab_entry, kind)},         {"language", offsetof(struct frab_entry, language)},
	  {"abstract", offsetof(struct frab_entry, abstract)}, {"description", offsetof(struct frab_entry, description)},
	  {"state", offsetof(struct frab_entry, state)},       {"status", offsetof(struct frab_entry, state)},
};
_Static_assert(COUNT_OF(IDS) == FRAB_IDS, "room for every id's number");

static const char **place_of(struct frab_entry *e, const struct field *field) { return (const char **)((char *)e + field->offset); }

void frab_entry_read(struct frab_entry *e, const struct frab_source *source, const char *room) {
	for (size_t i = 0; i < COUNT_OF(IDS); i++) {
		*place_of(e, &IDS[i]) = source->id(source->entry, IDS[i].name, e->numbers[i]);
	}
	for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
		const char **place = place_of(e, &TEXTS[i]);
		*place = str_empty(*place) ? source->text(source->entry, TEXTS[i].name) : *place;
	}
	e->room = str_empty(e->room) ? room : e->room;
}

void frab_entry_fini(struct frab_entry *e) {
	strbuf_fini(&e->speakers);
	*e = (struct frab_entry){0};
}

void frab_add_speaker(struct frab_entry *e, const char *name) {
	if (!str_empty(name)) {
		strbuf_addf(&e->speakers, "%s%s", e->speakers.len ? ", " : "", name);
	}
}

/* What an entry can do without is told with its title. */
static bool do_without(const struct frab *f, const struct session *s, enum fault_kind kind, const char *value, struct err *err) {
	struct fault fault = {.kind = kind, .at = f->at, .value = value};
	fault.at.title = session_text(s, SESSION_TITLE);
	return agenda_do_without(f->opt, &fault, err);
}

static void note_hour(const struct frab *f, const struct civil *local, struct utc_ms taken) {
	struct civil shown = tz_civil(f->zone, taken);
	agenda_note_hour(f->opt, agenda_hour(f->zone, local), local, &shown, &f->at);
}

/* A date with its time. One without an offset reads the same in any zone's own clock, so that of UTC tells what was written. */
static bool set_whole(const struct frab *f, const char *text, struct session *s) {
	struct err ignored = {0};
	struct utc_ms wall;
	int offset_min = 0;
	struct tz *utc = tz_open("UTC", &ignored);
	bool ok = tz_parse(f->zone, text, &s->when.start, &s->when.offset_min);
	size_t n = strlen(text);
	if (ok && (text[n - 1] == 'Z' || text[n - 1] == 'z')) { /* UTC says when and not where */
		s->when.offset_min = tz_civil(f->zone, s->when.start).offset_min;
	} else if (ok && utc != NULL && tz_parse(utc, text, &wall, &offset_min) && wall.v != s->when.start.v) {
		struct civil local = tz_civil(utc, wall);
		note_hour(f, &local, s->when.start);
	}
	tz_close(utc);
	return ok;
}

static bool set_start(const struct frab *f, const struct frab_entry *e, struct session *s, struct err *err) {
	bool start_has_date = str_empty(e->date) && !str_empty(e->start) && strlen(e->start) > 10;
	const char *date = start_has_date ? e->start : e->date;
	if (!str_empty(date)) {
		/* Longer than a date alone: it has the time, too. */
		bool whole = strlen(date) > 10;
		if (whole ? !set_whole(f, date, s) : !tz_parse(f->zone, date, &s->when.start, &s->when.offset_min)) {
			return fault_fail(err,
					  &(struct fault){.kind = start_has_date ? FAULT_ENTRY_START : FAULT_ENTRY_DATE, .value = date});
		}
		if (whole) {
			return true;
		}
	}
	int minutes = 0;
	if (str_empty(e->start) || !read_clock(e->start, &minutes)) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ENTRY_START, .value = e->start});
	}
	int64_t day = f->day;
	if (!str_empty(e->date)) {
		if (!tz_parse_date(e->date, &day)) {
			return fault_fail(err, &(struct fault){.kind = FAULT_ENTRY_DATE, .value = e->date});
		}
	} else if (!f->has_day) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ENTRY_NO_DATE});
	} else if (minutes < f->day_begin_min) {
		day++; /* the night after */
	}
	struct civil local = {.hour = minutes / 60, .minute = minutes % 60};
	tz_from_days(day, &local.year, &local.month, &local.day);
	agenda_set_start(s, f->zone, &local);
	note_hour(f, &local, s->when.start);
	return true;
}

/* The end that is named; false when there is none that can be taken. */
static bool named_end(const struct frab *f, const struct frab_entry *e, struct session *s, enum fault_kind *wrong) {
	int offset_min = 0;
	*wrong = FAULT_NONE;
	if (str_empty(e->end)) {
		return false;
	}
	if (!tz_parse(f->zone, e->end, &s->when.end, &offset_min)) {
		*wrong = FAULT_ENTRY_END;
	} else if (s->when.end.v < s->when.start.v || s->when.end.v - s->when.start.v > MINUTE_MS * MINUTES_MAX) {
		*wrong = FAULT_ENTRY_END_BEFORE;
	}
	return *wrong == FAULT_NONE;
}

static bool set_end(const struct frab *f, const struct frab_entry *e, struct session *s, struct err *err) {
	int64_t minutes = AGENDA_DEFAULT_MINUTES;
	enum fault_kind wrong;
	if (named_end(f, e, s, &wrong)) {
		return true;
	}
	if (wrong != FAULT_NONE && !do_without(f, s, wrong, e->end, err)) {
		return false;
	}
	bool read = str_empty(e->duration) || read_duration(e->duration, &minutes);
	s->when.end.v = s->when.start.v + minutes * MINUTE_MS;
	return read || do_without(f, s, FAULT_ENTRY_DURATION, e->duration, err);
}

static void set_texts(const struct frab *f, const struct frab_entry *e, struct session *s) {
	agenda_set_text(s, SESSION_TITLE, e->title);
	agenda_set_text(s, SESSION_SUBTITLE, e->subtitle);
	agenda_set_text(s, SESSION_TRACK, e->track);
	agenda_set_text(s, SESSION_SPEAKERS, strbuf_str(&e->speakers));
	agenda_set_html(s, SESSION_ABSTRACT, str_empty(e->abstract) ? e->description : e->abstract);
	agenda_set_text(s, SESSION_LANGUAGE, e->language);
	agenda_set_text(s, SESSION_KIND, e->kind);
	agenda_set_room(s, e->room);
	const int64_t *colour = str_empty(e->track) ? NULL : mapstr_find(&f->tracks, e->track);
	if (colour != NULL) {
		char text[8];
		snprintf(text, sizeof text, "#%06x", (unsigned)(*colour - 1) & 0xFFFFFF);
		session_set(s, SESSION_COLOUR, text);
	}
	const int64_t *capacity = str_empty(e->room) ? NULL : mapstr_find(&f->rooms, e->room);
	s->when.capacity = capacity ? (int)*capacity : 0;
	s->cancelled = e->state != NULL && str_starts(e->state, "cancel");
}

bool frab_add(struct frab *f, const struct frab_entry *e, struct err *err) {
	struct session *s = agenda_new(f->out, err);
	if (s == NULL) {
		return false;
	}
	set_texts(f, e, s);
	if (str_empty(s->field[SESSION_TITLE])) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ENTRY_NO_TITLE});
	}
	if (!set_start(f, e, s, err) || !set_end(f, e, s, err)) {
		return fault_wrap(err, &(struct fault_place){.title = session_text(s, SESSION_TITLE)});
	}
	agenda_set_uid(s, !str_empty(e->guid) ? e->guid : !str_empty(e->id) ? e->id : e->code);
	return true;
}
