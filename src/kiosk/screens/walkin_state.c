#include "kiosk/screens/walkin_state.h"

#include "base/str.h"

struct walkin *walkin_of(const struct model *m) {
	return model_state(m, SCREEN_WALKIN);
}

static const struct form *form_of(const struct model *m) { return &m->event->form; }

const struct form_field *walkin_field(const struct model *m) {
	const struct walkin *s = walkin_of(m);
	return m->event != NULL && s->at < form_of(m)->count ? &form_of(m)->items[s->at] : NULL;
}

#define YEAR_ANY 2099 /* while nobody knows what year it is */

static int64_t year_of(int64_t day) {
	int year = 0, month, of_month;
	tz_from_days(day, &year, &month, &of_month);
	return year;
}

int64_t walkin_year(const struct model *m) {
	return year_of(clock_is_set(m->now) ? tz_local_day(m->event->tz, m->now) : m->event->day_count > 0 ? m->event->days[0] : 0);
}

int64_t walkin_year_last(const struct model *m) {
	int64_t now = clock_is_set(m->now) ? year_of(tz_local_day(m->event->tz, m->now)) : 0;
	int64_t last = m->event->day_count > 0 ? year_of(m->event->days[m->event->day_count - 1]) : 0;
	int64_t year = now > last ? now : last;
	return year > 0 ? year : YEAR_ANY;
}

bool walkin_is_minor(const struct model *m) { return form_is_minor(form_of(m), &walkin_of(m)->answers, walkin_year(m)); }

const char *walkin_name(const struct model *m) {
	int name = form_find(form_of(m), person_field_key(PERSON_NAME));
	return name < 0 ? "" : form_answers_get(&walkin_of(m)->answers, (size_t)name);
}

bool walkin_is_asked(const struct model *m, size_t field) {
	const struct form_answers *answers = &walkin_of(m)->answers;
	/* Who wants no data to be kept is asked for none. */
	return form_is_asked(form_of(m), answers, field, walkin_year(m)) &&
	       (!form_is_unnamed(form_of(m), answers) || str_eq(form_of(m)->items[field].key, FORM_PROCESSING));
}

struct walkin_place walkin_place(const struct model *m) {
	struct walkin_place place = {.which = 0};
	for (size_t i = 0; i < form_of(m)->count; i++) {
		place.of += walkin_is_asked(m, i);
		place.which += i <= walkin_of(m)->at && walkin_is_asked(m, i);
	}
	return place;
}

void walkin_enter_stage(struct model *m, enum walkin_stage stage) {
	walkin_of(m)->stage = stage;
	walkin_of(m)->since_ms = m->ms;
}

bool walkin_is_open(const struct model *m) {
	for (size_t i = 0; i < m->depth; i++) {
		if (m->stack[i] == SCREEN_WALKIN) {
			return true;
		}
	}
	return false;
}
