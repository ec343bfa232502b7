/* libical parses; what it would take without bounds (nesting, rules by seconds, zones' rules) is refused before it sees it. Wall times
 * become instants in agenda_ical_time.c, never in libical. */
#include "import/agenda_ical.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "import/agenda_build.h"
#include "import/agenda_ical_entry.h"
#include "import/agenda_ical_series.h"
#include "import/agenda_ical_text.h"
#include "import/agenda_ical_time.h"
#include "import/agenda_ical_value.h"

struct placed { /* a date of a series, made a session */
	size_t entry;
	struct utc_ms original; /* where the series has it */
	size_t session;
};

struct reader {
	struct ical_clock clock;
	const struct agenda_options *opt;
	struct agenda *out;
	struct ical_entries entries;
	struct ical_calendar *calendars;
	struct {
		struct placed *items;
		size_t count, cap;
	} placed;
	struct mapstr by_time; /* "UID, newline, start in UTC" and "UID, newline, day" -> 1 + index in placed; 0: taken back */
	struct mapstr uids;    /* that were given out */
};

struct event { /* an entry while it is read */
	const struct ical_entry *entry;
	const struct ical_calendar *calendar;
	struct ical_moment start;
	struct ical_length length;
};

/* ---- one entry ---- */

/* The length that an entry names; false when there is none that can be taken, and then *wrong is what is to be told of it. */
static bool named_length(struct reader *r, struct event *e, struct fault *wrong) {
	icalproperty *end = icalcomponent_get_first_property(e->entry->component, ICAL_DTEND_PROPERTY);
	icalproperty *duration = icalcomponent_get_first_property(e->entry->component, ICAL_DURATION_PROPERTY);
	const char *unreadable = ical_unreadable_end(e->entry->component);
	struct icaldurationtype read;
	struct ical_moment m;
	struct err err = {0};
	if (unreadable != NULL) {
		*wrong = (struct fault){.kind = FAULT_ICAL_NO_TIME, .value = unreadable};
	} else if (end != NULL && !ical_moment_of(&r->clock, e->calendar, end, &m, &err)) {
		*wrong = (struct fault){.kind = FAULT_ICAL_NO_TIME, .value = "DTEND"};
	} else if (end != NULL) {
		e->length = (struct ical_length){.ms = m.utc.v - e->start.utc.v};
	} else if (duration != NULL && ical_duration_of(duration, &read)) {
		e->length = ical_length_of(read);
	} else {
		return false;
	}
	if (wrong->kind == FAULT_NONE && ical_moment_end(&r->clock, &e->start, e->length).v < e->start.utc.v) {
		*wrong = (struct fault){.kind = FAULT_ICAL_END_BEFORE,
					.value = ical_text_property(e->entry->component, ICAL_SUMMARY_PROPERTY)};
	}
	return wrong->kind == FAULT_NONE;
}

static bool read_length(struct reader *r, struct event *e, struct err *err) {
	struct fault wrong = {0};
	if (named_length(r, e, &wrong)) {
		return true;
	}
	wrong.at.line = e->entry->line;
	e->length = (struct ical_length){.ms = INT64_C(60000) * AGENDA_DEFAULT_MINUTES};
	return wrong.kind == FAULT_NONE || agenda_do_without(r->opt, &wrong, err);
}

static bool is_cancelled(const struct event *e) {
	icalproperty *p = icalcomponent_get_first_property(e->entry->component, ICAL_STATUS_PROPERTY);
	icalvalue *v = p ? icalproperty_get_value(p) : NULL;
	return e->calendar->cancels ||
	       (v != NULL && icalvalue_isa(v) == ICAL_STATUS_VALUE && icalvalue_get_status(v) == ICAL_STATUS_CANCELLED);
}

static void set_when(struct reader *r, const struct ical_moment *start, struct ical_length length, struct session *s) {
	s->when.start = start->utc;
	s->when.end = ical_moment_end(&r->clock, start, length);
	s->when.end.v = s->when.end.v < start->utc.v ? start->utc.v : s->when.end.v;
	s->when.offset_min = start->offset_min;
}

static void set_texts(const struct event *e, struct session *s) {
	icalcomponent *c = e->entry->component;
	struct strbuf tracks = {0};
	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_CATEGORIES_PROPERTY); p != NULL;
	     p = icalcomponent_get_next_property(c, ICAL_CATEGORIES_PROPERTY)) {
		strbuf_addf(&tracks, "%s%s", tracks.len ? ", " : "", str_or_empty(ical_text_of(p)));
	}
	agenda_set_text(s, SESSION_TITLE, ical_text_property(c, ICAL_SUMMARY_PROPERTY));
	agenda_set_html(s, SESSION_ABSTRACT, ical_text_property(c, ICAL_DESCRIPTION_PROPERTY));
	agenda_set_text(s, SESSION_TRACK, strbuf_str(&tracks));
	agenda_set_room(s, ical_text_property(c, ICAL_LOCATION_PROPERTY));
	if (str_empty(s->field[SESSION_TITLE])) {
		session_set(s, SESSION_TITLE, "?");
	}
	s->cancelled = is_cancelled(e);
	strbuf_fini(&tracks);
}

/* Wall times of one of the two odd hours are told where they stand: of UTC there are none. */
static void note_hour(const struct reader *r, const struct event *e, const struct ical_moment *at) {
	if (at->zone != NULL) {
		struct civil taken = ical_zone_civil(at->zone, at->utc);
		agenda_note_hour(r->opt, ical_zone_hour(at->zone, &at->local), &at->local, &taken,
				 &(struct fault_place){.line = e->entry->line});
	}
}

static bool add_session(struct reader *r, const struct event *e, const struct ical_instance *instance, const char *uid, struct err *err) {
	struct session *s = agenda_new(r->out, err);
	if (s == NULL) {
		return false;
	}
	set_texts(e, s);
	set_when(r, &instance->at, instance->has_length ? instance->length : e->length, s);
	agenda_set_uid(s, uid);
	note_hour(r, e, &instance->at);
	return true;
}

/* ---- the dates of a series ---- */

static int64_t *place_of(struct reader *r, const char *uid, const char *form, int64_t number) {
	char *key = xasprintf("%s\n%s%lld", uid, form, (long long)number);
	bool made = false;
	int64_t *place = mapstr_place(&r->by_time, key, &made);
	free(key);
	return place;
}

/* The UID and its date, or date and time where that is taken. */
static char *instance_uid(struct reader *r, const char *uid, const struct ical_moment *at) {
	char date[TZ_TEXT_MAX];
	bool made = false;
	tz_format_offset(at->utc, at->offset_min, date);
	char *name = xasprintf("%s/%.10s", uid, date);
	mapstr_place(&r->uids, name, &made);
	if (!made) {
		free(name);
		name = xasprintf("%s/%.16s", uid, date);
	}
	return name;
}

/* Two entries under one UID may have a date in common: it is one session. */
static bool add_instance(struct reader *r, const struct event *e, const struct ical_instance *instance, struct err *err) {
	int64_t *place = place_of(r, e->entry->uid, "", instance->at.utc.v);
	if (*place != 0) {
		return true;
	}
	*place = (int64_t)r->placed.count + 1;
	int64_t *day = place_of(r, e->entry->uid, "day ", ical_moment_day(&instance->at));
	*day = *day != 0 ? *day : (int64_t)r->placed.count + 1;
	ARRAY_GROW(&r->placed, items);
	r->placed.items[r->placed.count++] = (struct placed){(size_t)(e->entry - r->entries.items), instance->at.utc, r->out->count};
	char *uid = instance_uid(r, e->entry->uid, &instance->at);
	bool ok = add_session(r, e, instance, uid, err);
	free(uid);
	return ok;
}

static bool add_series(struct reader *r, const struct event *e, struct err *err) {
	struct ical_series series = {e->entry->component, e->calendar, e->start, e->entry->line};
	struct ical_instances list = {0};
	bool ok = ical_series_open(&r->clock, &series, r->opt, &list, err);
	for (size_t i = 0; ok && i < list.count; i++) {
		ok = add_instance(r, e, &list.items[i], err);
	}
	ical_instances_fini(&list);
	return ok;
}

/* ---- changed instances ---- */

static struct placed *find_placed(struct reader *r, const struct event *e, const struct ical_moment *at) {
	const int64_t *place =
		at->is_date ? place_of(r, e->entry->uid, "day ", ical_moment_day(at)) : place_of(r, e->entry->uid, "", at->utc.v);
	return *place > 0 ? &r->placed.items[*place - 1] : NULL;
}

/* One that became a whole day is no session any more, and takes place at its old time no more either. */
static void change_one(struct reader *r, const struct event *e, struct placed *p) {
	struct session *s = &r->out->items[p->session];
	if (e->start.is_date) {
		s->cancelled = true;
		return;
	}
	set_texts(e, s);
	set_when(r, &e->start, e->length, s);
	note_hour(r, e, &e->start);
}

/* All from `at` on that have no RECURRENCE-ID of their own, by as much as this one was moved, on the wall. */
static void change_onward(struct reader *r, const struct event *e, const struct ical_moment *at) {
	struct ical_moment before = ical_moment_in(&r->clock, e->start.zone, at->utc);
	int64_t moved = ical_wall_ms(&e->start.local) - (at->is_date ? ical_wall_ms(&e->start.local) : ical_wall_ms(&before.local));
	for (size_t i = 0; i < r->placed.count; i++) {
		struct placed *p = &r->placed.items[i];
		if (p->original.v < at->utc.v || !str_eq(r->entries.items[p->entry].uid, e->entry->uid)) {
			continue;
		}
		struct ical_moment was = ical_moment_in(&r->clock, e->start.zone, p->original);
		int64_t wall = ical_wall_ms(&was.local) + moved;
		if (at->is_date) { /* a day alone: its time of day is the new one */
			wall = ical_moment_day(&was) * 86400000 + ical_wall_ms(&e->start.local) - ical_moment_day(&e->start) * 86400000;
		}
		struct civil local = ical_civil_of_wall(wall);
		struct ical_moment now = ical_moment_at(&r->clock, e->start.zone, &local);
		set_texts(e, &r->out->items[p->session]);
		set_when(r, &now, e->length, &r->out->items[p->session]);
	}
}

static bool read_change(struct reader *r, const struct event *e, struct err *err) {
	struct ical_moment at;
	if (!ical_moment_of(&r->clock, e->calendar, e->entry->recurrence, &at, err)) {
		return false;
	}
	struct placed *p = find_placed(r, e, &at);
	r->out->passed_over += e->start.is_date;
	if (p != NULL && e->entry->onward && !e->start.is_date) {
		change_onward(r, e, &at);
	} else if (p != NULL) {
		change_one(r, e, p);
	} else if (!e->start.is_date) {
		char *uid = instance_uid(r, e->entry->uid, &at);
		struct ical_instance alone = {.at = e->start};
		bool ok = add_session(r, e, &alone, uid, err);
		free(uid);
		return ok;
	}
	return true;
}

/* ---- the whole ---- */

static bool read_entry(struct reader *r, const struct ical_entry *entry, struct err *err) {
	struct event e = {.entry = entry, .calendar = &r->calendars[entry->calendar]};
	const char *title = ical_text_property(entry->component, ICAL_SUMMARY_PROPERTY);
	icalproperty *start = icalcomponent_get_first_property(entry->component, ICAL_DTSTART_PROPERTY);
	const char *unreadable = ical_unreadable(entry->component);
	if (start == NULL) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_NO_START, .value = title});
	}
	if (unreadable != NULL) {
		enum fault_kind kind = str_eq(unreadable, "RRULE") ? FAULT_ICAL_RULE : FAULT_ICAL_NO_TIME;
		return fault_fail(err, &(struct fault){.kind = kind, .value = unreadable});
	}
	if (!ical_moment_of(&r->clock, e.calendar, start, &e.start, err) || (!e.start.is_date && !read_length(r, &e, err))) {
		return false;
	}
	if (entry->recurrence != NULL) {
		return read_change(r, &e, err);
	}
	if (e.start.is_date) {
		r->out->passed_over++;
		return true;
	}
	struct ical_instance alone = {.at = e.start};
	return ical_repeats(entry->component) ? add_series(r, &e, err) : add_session(r, &e, &alone, entry->uid, err);
}

/* Takes back what a refused entry has added. */
static void take_back(struct reader *r, size_t placed) {
	struct mapstr *map = &r->by_time;
	size_t cursor = 0;
	for (const char *key = mapstr_next(map, &cursor); key != NULL; key = mapstr_next(map, &cursor)) {
		int64_t *place = mapstr_find(map, key);
		*place = *place > (int64_t)placed ? 0 : *place;
	}
	r->placed.count = placed;
}

static bool try_entry(struct reader *r, const struct ical_entry *entry, struct err *err) {
	struct agenda_attempt attempt;
	size_t placed = r->placed.count;
	agenda_attempt_begin(&attempt, r->out);
	r->clock.line = entry->line;
	if (read_entry(r, entry, &attempt.err)) {
		return true;
	}
	if (r->placed.count != placed) {
		take_back(r, placed);
	}
	return agenda_attempt_failed(&attempt, r->opt, &(struct fault_place){.line = entry->line}, err);
}

/* The series and what stands alone first; then what changes a series from a date on, by those dates; single changes last. */
enum round { ROUND_ENTRIES, ROUND_ONWARD, ROUND_CHANGES, ROUND_COUNT };

static enum round round_of(const struct ical_entry *e) {
	return e->recurrence == NULL ? ROUND_ENTRIES : e->onward ? ROUND_ONWARD : ROUND_CHANGES;
}

static int compare_onward(const void *a, const void *b) {
	const struct ical_entry *const *x = a;
	const struct ical_entry *const *y = b;
	struct icaltimetype s = icaltime_null_time();
	struct icaltimetype t = icaltime_null_time();
	bool known = ical_time_of((*x)->recurrence, &s) && ical_time_of((*y)->recurrence, &t);
	int order = known ? icaltime_compare_date_only(s, t) : 0;
	return order ? order : (*x > *y) - (*x < *y);
}

static bool read_round(struct reader *r, enum round round, struct err *err) {
	const struct ical_entry **list = xcalloc(r->entries.count + 1, sizeof *list);
	size_t count = 0;
	bool ok = true;
	for (size_t i = 0; i < r->entries.count; i++) {
		const struct ical_entry *e = &r->entries.items[i];
		if (!e->outdated && round_of(e) == round) {
			list[count++] = e;
		}
	}
	if (round == ROUND_ONWARD) {
		qsort(list, count, sizeof *list, compare_onward);
	}
	for (size_t i = 0; ok && i < count; i++) {
		ok = try_entry(r, list[i], err);
	}
	free(list);
	return ok;
}

/* X-WR-TIMEZONE is the zone of times that name none; one that nobody knows is told, and the event's is taken. */
static void read_calendar(struct reader *r, size_t number) {
	icalcomponent *c = r->entries.calendars[number];
	const char *name = ical_x_property(c, "X-WR-CALNAME");
	const char *zone = ical_x_property(c, "X-WR-TIMEZONE");
	icalproperty *method = icalcomponent_get_first_property(c, ICAL_METHOD_PROPERTY);
	icalvalue *v = method ? icalproperty_get_value(method) : NULL;
	struct ical_calendar *calendar = &r->calendars[number];
	*calendar = (struct ical_calendar){.component = c, .floating = ical_zone_of(&r->clock.zones, r->clock.event_zone)};
	calendar->cancels = v != NULL && icalvalue_isa(v) == ICAL_METHOD_VALUE && icalvalue_get_method(v) == ICAL_METHOD_CANCEL;
	if (!str_empty(zone)) {
		const struct ical_zone *own = ical_zone_find(&r->clock.zones, c, zone);
		calendar->floating = own ? own : calendar->floating;
		if (own == NULL) {
			agenda_note(r->opt, &(struct fault){.kind = FAULT_ZONE_IGNORED, .value = zone});
		}
	}
	if (r->out->title == NULL && !str_empty(name)) {
		r->out->title = xstrdup(name);
	}
	if (r->out->timezone == NULL && !str_empty(zone)) {
		r->out->timezone = xstrdup(zone);
	}
}

static bool read_all(struct reader *r, icalcomponent *root, const struct ical_text *text, struct err *err) {
	ical_entries_collect(root, text, &r->entries);
	r->calendars = xcalloc(r->entries.calendar_count + 1, sizeof *r->calendars);
	for (size_t i = 0; i < r->entries.calendar_count; i++) {
		read_calendar(r, i);
	}
	bool ok = true;
	for (enum round round = ROUND_ENTRIES; ok && round < ROUND_COUNT; round++) {
		ok = read_round(r, round, err);
	}
	return ok;
}

static void reader_fini(struct reader *r) {
	ical_clock_fini(&r->clock);
	ical_entries_fini(&r->entries);
	free(r->calendars);
	free(r->placed.items);
	mapstr_fini(&r->by_time);
	mapstr_fini(&r->uids);
}

bool agenda_ical_parse(const struct agenda_input *in, struct agenda *out, struct err *err) {
	struct reader r = {.clock = {.event_zone = in->zone, .opt = in->opt}, .opt = in->opt, .out = out};
	struct ical_text text = {0};
	if (!ical_text_read(in->bytes, in->n, &text, err)) {
		ical_text_fini(&text);
		return false;
	}
	icalerror_set_errors_are_fatal(0); /* the library's own switch; its default ends the process on a bad file */
	icalcomponent *root = icalparser_parse_string(strbuf_str(&text.text));
	bool calendar = root != NULL && (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT ||
					 icalcomponent_count_components(root, ICAL_VCALENDAR_COMPONENT) != 0);
	bool ok = calendar ? read_all(&r, root, &text, err) : fault_fail(err, &(struct fault){.kind = FAULT_ICAL_NONE});
	if (root != NULL) {
		icalcomponent_free(root);
	}
	reader_fini(&r);
	ical_text_fini(&text);
	return ok;
}
