#include "event/event_day.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void event_calendar_begin(struct event_calendar *c, const int64_t *days, size_t count) {
	*c = (struct event_calendar){.day_count = count};
	c->days = xcalloc(count + 1, sizeof *c->days);
	if (count != 0) {
		memcpy(c->days, days, count * sizeof *days);
	}
}

void event_calendar_add(struct event_calendar *c, const struct day_session *session) {
	if (session->end_day > session->day) {
		ARRAY_GROW(&c->nights, items);
		c->nights.items[c->nights.count++] = *session;
	}
	if (c->firsts.count == 0 || c->firsts.items[c->firsts.count - 1].day < session->day) {
		ARRAY_GROW(&c->firsts, items);
		c->firsts.items[c->firsts.count++] = *session;
	}
}

void event_calendar_fini(struct event_calendar *c) {
	free(c->days);
	free(c->nights.items);
	free(c->firsts.items);
	*c = (struct event_calendar){0};
}

static bool names(const struct event_calendar *c, int64_t day) {
	for (size_t i = 0; i < c->day_count; i++) {
		if (c->days[i] == day) {
			return true;
		}
	}
	return false;
}

bool event_calendar_has(const struct event_calendar *c, int64_t day) { return c->day_count == 0 || names(c, day); }

static const struct day_session *first_of(const struct event_calendar *c, int64_t day) {
	for (size_t i = 0; i < c->firsts.count; i++) {
		if (c->firsts.items[i].day == day) {
			return &c->firsts.items[i];
		}
	}
	return NULL;
}

static bool runs(const struct day_session *s, struct utc_ms moment) { return s->start.v <= moment.v && moment.v < s->end.v; }

/* The day before, as long as a session of it goes on and none of this date has begun. */
static int64_t after_midnight(const struct event_calendar *c, struct utc_ms moment, int64_t date) {
	const struct day_session *first = first_of(c, date);
	for (size_t i = 0; i < c->nights.count; i++) {
		const struct day_session *s = &c->nights.items[i];
		bool of_one_day = s->end.v - s->start.v <= DAY_SESSION_MS;
		if (s->day == date - 1 && of_one_day && runs(s, moment) && event_calendar_has(c, s->day) &&
		    (first == NULL || moment.v < first->start.v)) {
			return s->day;
		}
	}
	return date;
}

/* Of a date that is no day of the event. */
static int64_t beside_the_days(const struct event_calendar *c, struct utc_ms moment, int64_t date) {
	for (size_t i = 0; i < c->nights.count; i++) {
		if (runs(&c->nights.items[i], moment) && names(c, c->nights.items[i].day)) {
			return c->nights.items[i].day;
		}
	}
	for (size_t i = 0; i < c->firsts.count; i++) {
		int64_t ahead = c->firsts.items[i].start.v - moment.v;
		if (ahead > 0 && ahead <= DAY_DOORS_MS && names(c, c->firsts.items[i].day)) {
			return c->firsts.items[i].day;
		}
	}
	return date;
}

int64_t event_day_of(const struct event_calendar *c, struct utc_ms moment, int64_t date) {
	return event_calendar_has(c, date) ? after_midnight(c, moment, date) : beside_the_days(c, moment, date);
}
