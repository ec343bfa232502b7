#include "import/agenda_ical_value.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

const char *ical_text_of(icalproperty *p) {
	icalvalue *v = p ? icalproperty_get_value(p) : NULL;
	if (v != NULL && icalvalue_isa(v) == ICAL_TEXT_VALUE) {
		return icalvalue_get_text(v);
	}
	return v != NULL && icalvalue_isa(v) == ICAL_X_VALUE ? icalvalue_get_x(v) : NULL;
}

const char *ical_text_property(icalcomponent *c, icalproperty_kind kind) {
	return str_or_empty(ical_text_of(icalcomponent_get_first_property(c, kind)));
}

const char *ical_x_property(icalcomponent *c, const char *name) {
	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_X_PROPERTY); p != NULL;
	     p = icalcomponent_get_next_property(c, ICAL_X_PROPERTY)) {
		if (str_eq_nocase(icalproperty_get_x_name(p), name)) {
			return ical_text_of(p);
		}
	}
	return NULL;
}

const char *ical_tzid_of(icalproperty *p) {
	icalparameter *parameter = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
	return str_or_empty(parameter ? icalparameter_get_tzid(parameter) : NULL);
}

bool ical_time_of(icalproperty *p, struct icaltimetype *out) {
	icalvalue *v = p ? icalproperty_get_value(p) : NULL;
	icalvalue_kind kind = v ? icalvalue_isa(v) : ICAL_NO_VALUE;
	if (kind == ICAL_DATETIME_VALUE || kind == ICAL_DATETIMEDATE_VALUE) {
		*out = icalvalue_get_datetime(v);
	} else if (kind == ICAL_DATE_VALUE) {
		*out = icalvalue_get_date(v);
	} else if (kind == ICAL_PERIOD_VALUE) {
		*out = icalvalue_get_period(v).start;
	} else if (kind == ICAL_DATETIMEPERIOD_VALUE) {
		struct icaldatetimeperiodtype either = icalvalue_get_datetimeperiod(v);
		*out = icaltime_is_null_time(either.time) ? either.period.start : either.time;
	} else {
		return false;
	}
	return tz_date_valid(out->year, out->month, out->day) && out->hour >= 0 && out->hour < 24 && out->minute >= 0 && out->minute < 60 &&
	       out->second >= 0 && out->second <= 60;
}

bool ical_offset_of(icalcomponent *c, icalproperty_kind kind, int *seconds) {
	icalproperty *p = icalcomponent_get_first_property(c, kind);
	icalvalue *v = p ? icalproperty_get_value(p) : NULL;
	if (v == NULL || icalvalue_isa(v) != ICAL_UTCOFFSET_VALUE) {
		return false;
	}
	*seconds = icalvalue_get_utcoffset(v);
	return *seconds > -86400 && *seconds < 86400;
}

bool ical_duration_of(icalproperty *p, struct icaldurationtype *out) {
	icalvalue *v = p ? icalproperty_get_value(p) : NULL;
	if (v == NULL || icalvalue_isa(v) != ICAL_DURATION_VALUE) {
		return false;
	}
	*out = icalvalue_get_duration(v);
	return true;
}

bool ical_period_of(icalproperty *p, struct icalperiodtype *out) {
	icalvalue *v = p ? icalproperty_get_value(p) : NULL;
	icalvalue_kind kind = v ? icalvalue_isa(v) : ICAL_NO_VALUE;
	if (kind == ICAL_PERIOD_VALUE) {
		*out = icalvalue_get_period(v);
		return true;
	}
	if (kind != ICAL_DATETIMEPERIOD_VALUE) {
		return false;
	}
	*out = icalvalue_get_datetimeperiod(v).period;
	return !icaltime_is_null_time(out->start);
}

static const char *find_unreadable(icalcomponent *c, const char *const *names, size_t count) {
	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_XLICERROR_PROPERTY); p != NULL;
	     p = icalcomponent_get_next_property(c, ICAL_XLICERROR_PROPERTY)) {
		const char *text = str_or_empty(ical_text_of(p));
		for (size_t i = 0; i < count; i++) {
			char in[40] = " in ";
			str_copy(in + strlen(in), sizeof in - strlen(in), names[i]);
			const char *at = strstr(text, in);
			/* The value follows after the sentence: what it says does not count. */
			if (at != NULL && str_starts(at + strlen(in), " property.")) {
				return names[i];
			}
		}
	}
	return NULL;
}

const char *ical_unreadable(icalcomponent *c) {
	static const char *const names[] = {"DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"};
	return find_unreadable(c, names, COUNT_OF(names));
}

const char *ical_unreadable_end(icalcomponent *c) {
	static const char *const names[] = {"DTEND", "DURATION"};
	return find_unreadable(c, names, COUNT_OF(names));
}

struct civil ical_civil(struct icaltimetype t) {
	return (struct civil){t.year, t.month, t.day, t.hour, t.minute, t.second > 59 ? 59 : t.second, 0};
}

struct icaltimetype ical_wall(const struct civil *c) {
	struct icaltimetype t = icaltime_null_time();
	t.year = c->year;
	t.month = c->month;
	t.day = c->day;
	t.hour = c->hour;
	t.minute = c->minute;
	t.second = c->second;
	return t;
}

int64_t ical_wall_ms(const struct civil *c) {
	return (tz_days(c->year, c->month, c->day) * 86400 + c->hour * 3600 + c->minute * 60 + c->second) * 1000;
}

struct civil ical_civil_of_wall(int64_t wall_ms) {
	struct civil c = {0};
	int64_t days = wall_ms / 86400000 - (wall_ms % 86400000 < 0);
	int seconds = (int)((wall_ms - days * 86400000) / 1000);
	tz_from_days(days, &c.year, &c.month, &c.day);
	c.hour = seconds / 3600;
	c.minute = seconds / 60 % 60;
	c.second = seconds % 60;
	return c;
}
