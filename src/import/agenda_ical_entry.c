#include "import/agenda_ical_entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "event/fold.h"
#include "import/agenda_ical_value.h"

void ical_entries_fini(struct ical_entries *entries) {
	for (size_t i = 0; i < entries->count; i++) {
		free(entries->items[i].uid);
	}
	free(entries->items);
	free(entries->calendars);
	*entries = (struct ical_entries){0};
}

static void add_entry(struct ical_entries *out, icalcomponent *c, const struct ical_text *text) {
	struct ical_entry e = {.component = c, .calendar = out->calendar_count - 1};
	e.line = out->count < text->count ? text->lines[out->count] : 0;
	e.recurrence = icalcomponent_get_first_property(c, ICAL_RECURRENCEID_PROPERTY);
	icalparameter *range = e.recurrence ? icalproperty_get_first_parameter(e.recurrence, ICAL_RANGE_PARAMETER) : NULL;
	e.onward = range != NULL && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
	ARRAY_GROW(out, items);
	out->items[out->count++] = e;
}

static void add_calendar(struct ical_entries *out, icalcomponent *calendar, const struct ical_text *text) {
	if (out->calendar_count == out->calendar_cap) {
		out->calendar_cap = out->calendar_cap ? out->calendar_cap * 2 : 4;
		out->calendars = xrealloc(out->calendars, out->calendar_cap, sizeof *out->calendars);
	}
	out->calendars[out->calendar_count++] = calendar;
	for (icalcomponent *c = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); c != NULL;
	     c = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
		add_entry(out, c, text);
	}
}

/* ---- names ---- */

static char *folded_property(const struct ical_entry *e, icalproperty_kind kind) {
	return fold_text(ical_text_property(e->component, kind));
}

static bool same_place(const struct ical_entry *a, const struct ical_entry *b) {
	char *x = folded_property(a, ICAL_LOCATION_PROPERTY);
	char *y = folded_property(b, ICAL_LOCATION_PROPERTY);
	bool same = str_eq(x, y);
	free(x);
	free(y);
	return same;
}

/* A title's number is 1 + the first entry with it, or negative once it was seen in two places. */
static void count_places(const struct ical_entries *entries, struct mapstr *titles) {
	for (size_t i = 0; i < entries->count; i++) {
		const struct ical_entry *e = &entries->items[i];
		if (*ical_text_property(e->component, ICAL_UID_PROPERTY) != '\0') {
			continue;
		}
		bool made = false;
		char *title = folded_property(e, ICAL_SUMMARY_PROPERTY);
		int64_t *first = mapstr_place(titles, title, &made);
		if (made) {
			*first = (int64_t)i + 1;
		} else if (*first > 0 && !same_place(&entries->items[*first - 1], e)) {
			*first = -1;
		}
		free(title);
	}
}

static char *name_of(const struct ical_entry *e, const struct mapstr *titles) {
	const char *uid = ical_text_property(e->component, ICAL_UID_PROPERTY);
	if (*uid != '\0') {
		return xstrdup(uid);
	}
	char *title = folded_property(e, ICAL_SUMMARY_PROPERTY);
	const int64_t *places = mapstr_find(titles, title);
	char *place = places != NULL && *places < 0 ? folded_property(e, ICAL_LOCATION_PROPERTY) : xstrdup("");
	const char *shown = *title != '\0' ? title : "?";
	char *name = *place != '\0' ? xasprintf("%s / %s", shown, place) : xstrdup(shown);
	free(title);
	free(place);
	return name;
}

/* ---- versions ---- */

static int64_t sequence_of(const struct ical_entry *e) {
	icalproperty *p = icalcomponent_get_first_property(e->component, ICAL_SEQUENCE_PROPERTY);
	icalvalue *v = p ? icalproperty_get_value(p) : NULL;
	return v != NULL && icalvalue_isa(v) == ICAL_INTEGER_VALUE ? icalvalue_get_integer(v) : 0;
}

static int64_t stamp_of(const struct ical_entry *e, icalproperty_kind kind) {
	struct icaltimetype t;
	if (!ical_time_of(icalcomponent_get_first_property(e->component, kind), &t)) {
		return 0;
	}
	struct civil c = ical_civil(t);
	return ical_wall_ms(&c);
}

static int compare_versions(const struct ical_entry *a, const struct ical_entry *b) {
	int64_t differ = sequence_of(a) - sequence_of(b);
	differ = differ ? differ : stamp_of(a, ICAL_DTSTAMP_PROPERTY) - stamp_of(b, ICAL_DTSTAMP_PROPERTY);
	differ = differ ? differ : stamp_of(a, ICAL_LASTMODIFIED_PROPERTY) - stamp_of(b, ICAL_LASTMODIFIED_PROPERTY);
	return differ < 0 ? -1 : differ > 0;
}

static char *version_key(const struct ical_entry *e) {
	char *recurrence = e->recurrence ? icalproperty_as_ical_string_r(e->recurrence) : NULL;
	char *key = xasprintf("%s\n%s", e->uid, str_or_empty(recurrence));
	if (recurrence != NULL) {
		icalmemory_free_buffer(recurrence);
	}
	return key;
}

/* The map holds, for each key, 1 + the latest version so far. Whoever is older than another is outdated; equals stay side by side. */
static void mark_outdated(struct ical_entries *entries) {
	struct mapstr latest = {0};
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < entries->count; i++) {
			struct ical_entry *e = &entries->items[i];
			if (*ical_text_property(e->component, ICAL_UID_PROPERTY) == '\0') {
				continue;
			}
			bool made = false;
			char *key = version_key(e);
			int64_t *best = mapstr_place(&latest, key, &made);
			int order = made ? 1 : compare_versions(e, &entries->items[*best - 1]);
			if (round == 0 && order > 0) {
				*best = (int64_t)i + 1;
			}
			e->outdated = round == 1 && order < 0;
			free(key);
		}
	}
	mapstr_fini(&latest);
}

void ical_entries_collect(icalcomponent *root, const struct ical_text *text, struct ical_entries *out) {
	struct mapstr titles = {0};
	if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) {
		add_calendar(out, root, text);
	} else {
		for (icalcomponent *c = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT); c != NULL;
		     c = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT)) {
			add_calendar(out, c, text);
		}
	}
	count_places(out, &titles);
	for (size_t i = 0; i < out->count; i++) {
		out->items[i].uid = name_of(&out->items[i], &titles);
	}
	mark_outdated(out);
	mapstr_fini(&titles);
}
