#include "import/agenda_ical_zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/agenda_ical_value.h"
#include "import/agenda_zone.h"

#define PARTS_MAX 200  /* STANDARD and DAYLIGHT in one VTIMEZONE */
#define ENDLESS_MAX 20 /* of them with a rule that does not end: real zones have two */
#define FIRST_YEAR 1900
#define LAST_YEAR 2199

struct change {
	int64_t utc_ms;   /* from then on */
	int from_s, to_s; /* seconds east of UTC before and after */
};

struct ical_zone {
	icalcomponent *calendar; /* whose name it is; NULL: it was made of `tz` */
	char *name;
	const struct tz *tz; /* one of */
	struct tz *own;
	struct {
		struct change *items; /* the two; in order of time, one at least */
		size_t count, cap;
	} changes;
	int endless; /* rules that do not end */
};

/* One whose name nobody knows is kept, too, so that each is looked for once. */
static bool is_known(const struct ical_zone *z) { return z->tz != NULL || z->changes.count != 0; }

static void zone_free(struct ical_zone *z) {
	free(z->name);
	free(z->changes.items);
	tz_close(z->own);
	free(z);
}

void ical_zones_fini(struct ical_zones *zones) {
	for (size_t i = 0; i < zones->count; i++) {
		zone_free(zones->items[i]);
	}
	free(zones->items);
	*zones = (struct ical_zones){0};
}

static const struct ical_zone *keep(struct ical_zones *zones, struct ical_zone *zone) {
	ARRAY_GROW(zones, items);
	zones->items[zones->count++] = zone;
	return zone;
}

/* ---- a VTIMEZONE ---- */

struct part { /* STANDARD or DAYLIGHT */
	int from_s, to_s;
	struct icaltimetype start;
};

static void add_change(struct ical_zone *z, const struct part *p, const struct civil *onset) {
	ARRAY_GROW(&z->changes, items);
	z->changes.items[z->changes.count++] = (struct change){ical_wall_ms(onset) - p->from_s * INT64_C(1000), p->from_s, p->to_s};
}

static bool none(const short *list) { return list[0] == ICAL_RECURRENCE_ARRAY_MAX; }

static bool one_at_most(const short *list, int max) {
	return none(list) || (list[1] == ICAL_RECURRENCE_ARRAY_MAX && list[0] >= 0 && list[0] <= max);
}

/* Yearly, in named months, by days; hours and minutes say nothing that DTSTART does not (Lotus Notes writes them). */
static bool usable(const struct icalrecurrencetype *r) {
	bool by_day = !none(r->by_day) || !none(r->by_month_day);
	return r->freq == ICAL_YEARLY_RECURRENCE && r->interval <= 1 && none(r->by_year_day) && none(r->by_week_no) &&
	       none(r->by_set_pos) && one_at_most(r->by_second, 59) && one_at_most(r->by_minute, 59) && one_at_most(r->by_hour, 23) &&
	       (!by_day || !none(r->by_month));
}

static bool listed(const short *list, size_t max, int value, int from_end) {
	for (size_t i = 0; i < max && list[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
		if (list[i] == value || list[i] == from_end) {
			return true;
		}
	}
	return false;
}

/* Whether the rule has the day of that month, which has `days`. */
static bool has_day(const struct icalrecurrencetype *r, int64_t date, int day, int days) {
	if (!none(r->by_month_day) && !listed(r->by_month_day, ICAL_BY_MONTHDAY_SIZE, day, day - days - 1)) {
		return false;
	}
	int weekday = (int)((date + 4) % 7 + 7) % 7 + 1; /* 1970-01-01 was a Thursday; libical counts from Sunday, 1 */
	for (size_t i = 0; i < ICAL_BY_DAY_SIZE && r->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
		int position = icalrecurrencetype_day_position(r->by_day[i]);
		if ((int)icalrecurrencetype_day_day_of_week(r->by_day[i]) == weekday &&
		    (position == 0 || position == (day - 1) / 7 + 1 || position == -((days - day) / 7 + 1))) {
			return true;
		}
	}
	return none(r->by_day);
}

static bool is_over(const struct part *p, const struct icalrecurrencetype *r, const struct civil *onset) {
	if (icaltime_is_null_time(r->until)) {
		return false;
	}
	struct civil until = ical_civil(r->until);
	if (r->until.is_date) {
		until.hour = 23;
		until.minute = 59;
	}
	int64_t at = ical_wall_ms(onset) - (icaltime_is_utc(r->until) ? p->from_s * INT64_C(1000) : 0);
	return at > ical_wall_ms(&until);
}

/* The rule's onsets in one month; false when there are no more. */
static bool add_month(struct ical_zone *z, const struct part *p, const struct icalrecurrencetype *r, struct civil at, int *left) {
	int64_t first = tz_days(at.year, at.month, 1);
	int days = (int)(tz_days(at.year + at.month / 12, at.month % 12 + 1, 1) - first);
	bool by_day = !none(r->by_day) || !none(r->by_month_day);
	struct civil start = ical_civil(p->start);
	for (int day = 1; day <= days; day++) {
		at.day = day;
		if (by_day ? !has_day(r, first + day - 1, day, days) : day != p->start.day) {
			continue;
		}
		if (is_over(p, r, &at) || (r->count > 0 && *left <= 0)) {
			return false;
		}
		if (ical_wall_ms(&at) >= ical_wall_ms(&start)) {
			(*left)--;
			if (at.year >= FIRST_YEAR) {
				add_change(z, p, &at);
			}
		}
	}
	return true;
}

static void add_rule(struct ical_zone *z, const struct part *p, const struct icalrecurrencetype *r) {
	struct civil at = ical_civil(p->start);
	int left = r->count;
	at.hour = none(r->by_hour) ? at.hour : r->by_hour[0];
	at.minute = none(r->by_minute) ? at.minute : r->by_minute[0];
	/* Outlook's zones begin in 1601: nothing of that is of use, unless a number of changes is counted from there. */
	at.year = r->count == 0 && at.year < FIRST_YEAR ? FIRST_YEAR : at.year;
	for (bool more = true; more && at.year <= LAST_YEAR; at.year++) {
		for (int month = 1; more && month <= 12; month++) {
			at.month = month;
			if (none(r->by_month) ? month == p->start.month : listed(r->by_month, ICAL_BY_MONTH_SIZE, month, month)) {
				more = add_month(z, p, r, at, &left);
			}
		}
	}
}

static bool read_part(struct ical_zone *z, icalcomponent *c) {
	struct part p = {0};
	icalproperty *start = icalcomponent_get_first_property(c, ICAL_DTSTART_PROPERTY);
	icalvalue *v = start ? icalproperty_get_value(start) : NULL;
	if (v == NULL || (icalvalue_isa(v) != ICAL_DATETIME_VALUE && icalvalue_isa(v) != ICAL_DATETIMEDATE_VALUE) ||
	    !ical_offset_of(c, ICAL_TZOFFSETFROM_PROPERTY, &p.from_s) || !ical_offset_of(c, ICAL_TZOFFSETTO_PROPERTY, &p.to_s)) {
		return false;
	}
	p.start = icalvalue_get_datetime(v);
	if (p.start.year < 1000 || p.start.year > LAST_YEAR || p.start.month < 1 || p.start.month > 12 || p.start.day < 1 ||
	    p.start.day > 31) {
		return false;
	}
	struct civil first = ical_civil(p.start);
	add_change(z, &p, &first);
	for (icalproperty *d = icalcomponent_get_first_property(c, ICAL_RDATE_PROPERTY); d != NULL;
	     d = icalcomponent_get_next_property(c, ICAL_RDATE_PROPERTY)) {
		struct icaltimetype t;
		if (ical_time_of(d, &t)) {
			struct civil onset = ical_civil(t);
			add_change(z, &p, &onset);
		}
	}
	icalproperty *rule = icalcomponent_get_first_property(c, ICAL_RRULE_PROPERTY);
	v = rule ? icalproperty_get_value(rule) : NULL;
	if (v != NULL) {
		struct icalrecurrencetype r = {0};
		if (icalvalue_isa(v) != ICAL_RECUR_VALUE || (r = icalvalue_get_recur(v), !usable(&r))) {
			return false;
		}
		z->endless += r.count == 0 && icaltime_is_null_time(r.until);
		if (z->endless > ENDLESS_MAX) {
			return false;
		}
		add_rule(z, &p, &r);
	}
	return ical_unreadable(c) == NULL;
}

static int compare_changes(const void *a, const void *b) {
	const struct change *x = a;
	const struct change *y = b;
	return x->utc_ms < y->utc_ms ? -1 : x->utc_ms > y->utc_ms;
}

static bool read_vtimezone(struct ical_zone *z, icalcomponent *vtimezone) {
	int parts = 0;
	for (icalcomponent *c = icalcomponent_get_first_component(vtimezone, ICAL_ANY_COMPONENT); c != NULL;
	     c = icalcomponent_get_next_component(vtimezone, ICAL_ANY_COMPONENT)) {
		icalcomponent_kind kind = icalcomponent_isa(c);
		if (kind != ICAL_XSTANDARD_COMPONENT && kind != ICAL_XDAYLIGHT_COMPONENT) {
			continue;
		}
		if (++parts > PARTS_MAX || !read_part(z, c)) {
			return false;
		}
	}
	if (z->changes.count != 0) {
		qsort(z->changes.items, z->changes.count, sizeof *z->changes.items, compare_changes);
	}
	return z->changes.count != 0;
}

static icalcomponent *find_vtimezone(icalcomponent *calendar, const char *name) {
	for (icalcomponent *c = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT); c != NULL;
	     c = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT)) {
		if (str_eq(ical_text_property(c, ICAL_TZID_PROPERTY), name)) {
			return c;
		}
	}
	return NULL;
}

/* ---- names ---- */

const struct ical_zone *ical_zone_find(struct ical_zones *zones, icalcomponent *calendar, const char *name) {
	for (size_t i = 0; i < zones->count; i++) {
		if (zones->items[i]->calendar == calendar && str_eq(zones->items[i]->name, name)) {
			return is_known(zones->items[i]) ? zones->items[i] : NULL;
		}
	}
	icalcomponent *vtimezone = find_vtimezone(calendar, name);
	struct ical_zone *z = xcalloc(1, sizeof *z);
	z->calendar = calendar;
	z->name = xstrdup(name);
	if (vtimezone == NULL || !read_vtimezone(z, vtimezone)) {
		z->changes.count = 0;
		z->own = agenda_zone_named(name);
		z->tz = z->own;
	}
	keep(zones, z);
	return is_known(z) ? z : NULL;
}

const struct ical_zone *ical_zone_of(struct ical_zones *zones, const struct tz *tz) {
	for (size_t i = 0; i < zones->count; i++) {
		if (zones->items[i]->calendar == NULL && zones->items[i]->tz == tz) {
			return zones->items[i];
		}
	}
	struct ical_zone *z = xcalloc(1, sizeof *z);
	z->tz = tz;
	return keep(zones, z);
}

/* ---- times in it ---- */

/* The offset in force after the first n changes. */
static int offset_after(const struct ical_zone *z, size_t n) { return n == 0 ? z->changes.items[0].from_s : z->changes.items[n - 1].to_s; }

static size_t changes_until(const struct ical_zone *z, int64_t utc_ms) {
	size_t n = 0;
	while (n < z->changes.count && z->changes.items[n].utc_ms <= utc_ms) {
		n++;
	}
	return n;
}

struct utc_ms ical_zone_utc(const struct ical_zone *z, const struct civil *local) {
	if (z->tz != NULL) {
		return tz_utc(z->tz, local);
	}
	/* As there: the first instant that shows this wall time; in a gap, the offset before it moves the time on. */
	int64_t wall = ical_wall_ms(local);
	size_t n = changes_until(z, wall - 86400000);
	int64_t gap = wall - offset_after(z, n) * INT64_C(1000);
	for (size_t i = n; i <= z->changes.count; i++) {
		int64_t utc = wall - offset_after(z, i) * INT64_C(1000);
		bool begun = i == 0 || z->changes.items[i - 1].utc_ms <= utc;
		if (begun && (i == z->changes.count || utc < z->changes.items[i].utc_ms)) {
			return (struct utc_ms){utc};
		}
		if (!begun) {
			break;
		}
		gap = utc;
	}
	return (struct utc_ms){gap};
}

struct civil ical_zone_civil(const struct ical_zone *z, struct utc_ms utc) {
	if (z->tz != NULL) {
		return tz_civil(z->tz, utc);
	}
	int offset = offset_after(z, changes_until(z, utc.v));
	struct civil c = ical_civil_of_wall(utc.v + offset * INT64_C(1000));
	c.offset_min = offset / 60;
	return c;
}

enum agenda_hour ical_zone_hour(const struct ical_zone *z, const struct civil *local) {
	if (z->tz != NULL) {
		return agenda_hour(z->tz, local);
	}
	struct utc_ms first = ical_zone_utc(z, local);
	struct civil back = ical_zone_civil(z, first);
	if (ical_wall_ms(&back) != ical_wall_ms(local)) {
		return AGENDA_HOUR_NEVER;
	}
	size_t n = changes_until(z, first.v);
	int64_t again = n < z->changes.count ? ical_wall_ms(local) - z->changes.items[n].to_s * INT64_C(1000) : 0;
	return n < z->changes.count && again >= z->changes.items[n].utc_ms && again > first.v ? AGENDA_HOUR_TWICE : AGENDA_HOUR_PLAIN;
}
