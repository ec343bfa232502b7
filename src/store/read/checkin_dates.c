/* The decision is the door's own (event/admission.h), asked again with the time that the books have; nothing is written, and whatever corrects a
 * clock or a date later corrects the answer. */
#include "store/read/checkin_dates.h"

#include "base/str.h"
#include "store/file/state.h"
#include "store/read/calendar.h"

bool checkin_dates_load(struct store *store, struct checkin_dates *out, struct err *err) {
	*out = (struct checkin_dates){.tz = store->tz};
	bool ok = calendar_load(store, &out->calendar, err) && sessions_load(store, &out->sessions, err);
	for (size_t i = 0; ok && i < out->sessions.count; i++) {
		bool made = false;
		*mapstr_place(&out->places, out->sessions.items[i].id, &made) = (int64_t)i;
	}
	return ok;
}

void checkin_dates_fini(struct checkin_dates *dates) {
	mapstr_fini(&dates->places);
	sessions_fini(&dates->sessions);
	event_calendar_fini(&dates->calendar);
}

/* A ticket that was made for a time says so itself, whatever it is shown at. */
static bool is_outside_ticket(const struct checkin_when *w) {
	return (w->valid_from != 0 && w->utc.v / 1000 < w->valid_from) || (w->valid_until != 0 && w->utc.v / 1000 > w->valid_until);
}

enum outcome checkin_dates_judge(const struct checkin_dates *d, const struct checkin_when *w) {
	struct admission_facts facts = {.now = w->utc};
	if (is_outside_ticket(w)) {
		return OUTCOME_WRONG_DAY;
	}
	if (str_eq(w->point, POINT_ARRIVAL)) {
		int64_t day = event_day_of(&d->calendar, w->utc, tz_local_day(d->tz, w->utc));
		facts.event_day = event_calendar_has(&d->calendar, day);
		return admission_outside(facts);
	}
	const int64_t *place = mapstr_find(&d->places, w->point);
	if (place == NULL) {
		return OUTCOME_COUNT;
	}
	admission_put_session(&facts, &d->sessions.items[*place].session.when, d->tz);
	return admission_outside(facts);
}
