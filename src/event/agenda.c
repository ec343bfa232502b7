#include "event/agenda.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"

static const char *const KEYS[] = {
	[SESSION_TITLE] = "title",       [SESSION_SUBTITLE] = "subtitle", [SESSION_TRACK] = "track", [SESSION_SPEAKERS] = "speakers",
	[SESSION_ABSTRACT] = "abstract", [SESSION_LANGUAGE] = "language", [SESSION_KIND] = "kind",   [SESSION_COLOUR] = "colour",
	[SESSION_QUIET] = "quiet",       [SESSION_LISTED] = "listed",
};
_Static_assert(COUNT_OF(KEYS) == SESSION_FIELD_COUNT, "every field has a key");

const char *session_field_key(enum session_field field) { return KEYS[field]; }

enum session_field session_field_find(const char *key) {
	int i = 0;
	while (i < SESSION_FIELD_COUNT && !str_eq(KEYS[i], key)) {
		i++;
	}
	return (enum session_field)i;
}

void session_fini(struct session *s) {
	free(s->uid);
	free(s->when.room);
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		free(s->field[i]);
	}
	*s = (struct session){0};
}

void agenda_fini(struct agenda *a) {
	for (size_t i = 0; i < a->count; i++) {
		session_fini(&a->items[i]);
	}
	free(a->items);
	free(a->title);
	free(a->timezone);
	*a = (struct agenda){0};
}

struct session *agenda_add(struct agenda *a) {
	ARRAY_GROW(a, items);
	struct session *s = &a->items[a->count++];
	*s = (struct session){0};
	return s;
}

void session_set(struct session *s, enum session_field field, const char *value) {
	char *copy = str_empty(value) ? NULL : xstrdup(value);
	free(s->field[field]);
	s->field[field] = copy;
}

const char *session_text(const struct session *s, enum session_field field) { return str_or_empty(s->field[field]); }

static int end_offset(const struct session_when *when, int start_offset_min, const struct tz *tz) {
	bool agrees = tz_civil(tz, when->start).offset_min == start_offset_min;
	return agrees ? tz_civil(tz, when->end).offset_min : start_offset_min;
}

int session_end_offset(const struct session_when *when, const struct tz *tz) { return end_offset(when, when->offset_min, tz); }

int session_end_place_offset(const struct session_when *when, const struct tz *tz) { return end_offset(when, when->place_offset_min, tz); }
