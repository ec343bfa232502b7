#include "import/agenda_ical_time.h"

#include "base/str.h"
#include "import/agenda_ical_value.h"

void ical_clock_fini(struct ical_clock *clock) { ical_zones_fini(&clock->zones); }

struct ical_moment ical_moment_at(const struct ical_clock *clock, const struct ical_zone *zone, const struct civil *local) {
	struct ical_moment m = {.local = *local, .zone = zone};
	if (zone == NULL) {
		m.utc.v = ical_wall_ms(local);
		m.offset_min = tz_civil(clock->event_zone, m.utc).offset_min;
	} else {
		m.utc = ical_zone_utc(zone, local);
		m.offset_min = ical_zone_civil(zone, m.utc).offset_min;
	}
	return m;
}

struct ical_moment ical_moment_in(const struct ical_clock *clock, const struct ical_zone *zone, struct utc_ms utc) {
	struct civil local = zone ? ical_zone_civil(zone, utc) : ical_civil_of_wall(utc.v);
	struct ical_moment m = ical_moment_at(clock, zone, &local);
	m.utc = utc; /* of a wall time that comes twice it may be the second one */
	m.offset_min = zone ? local.offset_min : m.offset_min;
	return m;
}

/* Start and end of an entry mostly name the same. */
static bool is_told(const struct ical_clock *clock, const char *name) {
	const struct agenda_report *report = clock->opt->report;
	const struct fault *last = report != NULL && report->cells.count != 0 ? &report->cells.items[report->cells.count - 1] : NULL;
	return last != NULL && last->kind == FAULT_ZONE_UNKNOWN && last->at.line == clock->line && str_eq(last->value, name);
}

static bool tell_unknown(const struct ical_clock *clock, const char *name, struct err *err) {
	struct fault fault = {.kind = FAULT_ZONE_UNKNOWN, .at.line = clock->line, .value = name};
	return is_told(clock, name) || agenda_do_without(clock->opt, &fault, err);
}

bool ical_moment_of(struct ical_clock *clock, const struct ical_calendar *calendar, icalproperty *p, struct ical_moment *out,
		    struct err *err) {
	struct icaltimetype t = icaltime_null_time();
	if (!ical_time_of(p, &t)) {
		return fault_fail(err,
				  &(struct fault){.kind = FAULT_ICAL_NO_TIME, .value = icalproperty_kind_to_string(icalproperty_isa(p))});
	}
	struct civil local = ical_civil(t);
	const char *name = ical_tzid_of(p);
	const struct ical_zone *zone = calendar->floating;
	if (t.is_date) {
		local.hour = 0;
		local.minute = 0;
		local.second = 0;
	} else if (icaltime_is_utc(t)) {
		zone = NULL;
	} else if (*name != '\0') {
		const struct ical_zone *named = ical_zone_find(&clock->zones, calendar->component, name);
		if (named == NULL && !tell_unknown(clock, name, err)) {
			return false;
		}
		zone = named != NULL ? named : zone;
	}
	*out = ical_moment_at(clock, zone, &local);
	out->is_date = t.is_date;
	return true;
}

struct ical_length ical_length_of(struct icaldurationtype d) {
	struct ical_length length = {
		.days = (int)(d.weeks < 10000 && d.days < 10000 ? d.weeks * 7 + d.days : 0),
		.ms = (d.hours * INT64_C(3600) + d.minutes * INT64_C(60) + d.seconds) * 1000,
	};
	if (d.is_neg) {
		length.days = -length.days;
		length.ms = -length.ms;
	}
	return length;
}

struct utc_ms ical_moment_end(const struct ical_clock *clock, const struct ical_moment *start, struct ical_length length) {
	struct utc_ms end = start->utc;
	if (length.days != 0) {
		struct civil local = ical_civil_of_wall(ical_wall_ms(&start->local) + length.days * INT64_C(86400000));
		end = ical_moment_at(clock, start->zone, &local).utc;
	}
	end.v += length.ms;
	return end;
}

int64_t ical_moment_day(const struct ical_moment *m) { return tz_days(m->local.year, m->local.month, m->local.day); }
