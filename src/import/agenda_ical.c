/* libical parses; what it would take without bounds (nesting, rules by seconds, zones' rules) is refused before it sees it. Wall times
 * become instants here; only for zones that the file alone defines is libical asked. */
#include "import/agenda_ical.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "import/agenda_build.h"
#include "import/encoding.h"
#include "import/fault.h"
#include "import/ical_zone_names.h"

#define DEPTH_MAX 8 /* calendar, entry, alarm: RFC 5545 needs three */

struct zone {
	char *tzid;
	struct tz *tz;        /* one of */
	icaltimezone *theirs; /* the two; belongs to the calendar */
};

struct reader {
	const struct tz *event_zone;
	icalcomponent *calendar;
	struct agenda *out;
	struct {
		struct zone *items;
		size_t count, cap;
	} zones;
	struct {
		size_t *items; /* line of each BEGIN:VEVENT */
		size_t count, cap;
	} lines;
	struct mapstr instances; /* "UID, newline, start in UTC" -> 1 + index in out */
	size_t at;               /* number of the entry being read */
};

/* A time as an instant, and how it was written: rules go on by the wall time, not by the instant. */
struct moment {
	struct utc_ms utc;
	int offset_min;
	struct icaltimetype local;
	const struct zone *zone; /* NULL: UTC or the event's */
};

/* ---- text before libical ---- */

/* Joins folded lines (3.1): a line end followed by a space or tab is nothing. Bytes, for the fold may cut a character. */
static void unfold(const char *bytes, size_t n, struct strbuf *out) {
	strbuf_reserve(out, n);
	for (size_t i = 0; i < n;) {
		size_t end = bytes[i] == '\n' ? 1 : bytes[i] == '\r' && i + 1 < n && bytes[i + 1] == '\n' ? 2 : 0;
		if (end != 0 && i + end < n && (bytes[i + end] == ' ' || bytes[i + end] == '\t')) {
			i += end + 1;
		} else {
			strbuf_addc(out, bytes[i++]);
		}
	}
}

/* libical calls itself for every BEGIN and does not tell lines: the nesting is capped here, and the entries' lines are noted. */
static bool scan_lines(struct reader *r, const char *bytes, size_t n, struct err *err) {
	size_t line = 1;
	int depth = 0;
	for (const char *at = bytes; at != NULL && at < bytes + n; line++) {
		const char *end = memchr(at, '\n', (size_t)(bytes + n - at));
		char head[16];
		size_t length = (size_t)((end ? end : bytes + n) - at);
		size_t take = length < sizeof head - 1 ? length : sizeof head - 1;
		memcpy(head, at, take);
		head[take] = '\0';
		for (char *c = head; *c != '\0'; c++) {
			*c = str_lower_char(*c);
		}
		depth += str_starts(head, "begin:") ? 1 : str_starts(head, "end:") ? -1 : 0;
		if (depth > DEPTH_MAX) {
			return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_DEEP, .at.line = line});
		}
		if (depth < 0) {
			return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_END, .at.line = line});
		}
		if (str_starts(head, "begin:vevent")) {
			ARRAY_GROW(&r->lines, items);
			r->lines.items[r->lines.count++] = line;
		}
		at = end ? end + 1 : NULL;
	}
	return true;
}

/* ---- properties: each value's kind is looked at first, for VALUE= may make any property any kind ---- */

static const char *text_of(icalproperty *p) {
	icalvalue *v = p ? icalproperty_get_value(p) : NULL;
	if (v != NULL && icalvalue_isa(v) == ICAL_TEXT_VALUE) {
		return icalvalue_get_text(v);
	}
	return v != NULL && icalvalue_isa(v) == ICAL_X_VALUE ? icalvalue_get_x(v) : NULL;
}

static const char *text_property(icalcomponent *c, icalproperty_kind kind) {
	return str_or_empty(text_of(icalcomponent_get_first_property(c, kind)));
}

static const char *x_property(icalcomponent *c, const char *name) {
	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_X_PROPERTY); p != NULL;
	     p = icalcomponent_get_next_property(c, ICAL_X_PROPERTY)) {
		if (str_eq(icalproperty_get_x_name(p), name)) {
			return text_of(p);
		}
	}
	return NULL;
}

/* A date or date-time; false for any other kind and for years beyond ours. */
static bool time_of(icalproperty *p, struct icaltimetype *out) {
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

static const char *tzid_of(icalproperty *p) {
	icalparameter *parameter = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
	return str_or_empty(parameter ? icalparameter_get_tzid(parameter) : NULL);
}

/* ---- zones ---- */

/* "/freeassociation.sourceforge.net/Europe/Kyiv" and the like: the name may stand behind any number of parts. */
static struct tz *system_zone(const char *tzid) {
	struct tz *tz = agenda_zone(tzid);
	for (const char *at = tzid; tz == NULL && (at = strchr(at, '/')) != NULL;) {
		at++;
		tz = strchr(at, '/') != NULL || *tzid == '/' ? agenda_zone(at) : NULL;
	}
	return tz;
}

/* libical expands a zone's rules up to 2037 at once: only the yearly ones that real zones have are let through. */
static bool usable_rules(icalcomponent *vtimezone) {
	int parts = 0;
	for (icalcomponent *c = icalcomponent_get_first_component(vtimezone, ICAL_ANY_COMPONENT); c != NULL;
	     c = icalcomponent_get_next_component(vtimezone, ICAL_ANY_COMPONENT)) {
		icalproperty *p = icalcomponent_get_first_property(c, ICAL_RRULE_PROPERTY);
		icalvalue *v = p ? icalproperty_get_value(p) : NULL;
		if (v != NULL) {
			if (icalvalue_isa(v) != ICAL_RECUR_VALUE) {
				return false;
			}
			struct icalrecurrencetype rule = icalvalue_get_recur(v);
			if (rule.freq != ICAL_YEARLY_RECURRENCE || rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX ||
			    rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX || rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX) {
				return false;
			}
		}
		struct icaltimetype start;
		if (!time_of(icalcomponent_get_first_property(c, ICAL_DTSTART_PROPERTY), &start)) {
			icalproperty *s = icalcomponent_get_first_property(c, ICAL_DTSTART_PROPERTY);
			/* Outlook's zones begin in 1601. */
			if (s == NULL || icalvalue_isa(icalproperty_get_value(s)) != ICAL_DATETIME_VALUE) {
				return false;
			}
		}
		parts++;
	}
	return parts > 0 && parts <= 200;
}

static icaltimezone *file_zone(struct reader *r, const char *tzid) {
	icaltimezone *theirs = icalcomponent_get_timezone(r->calendar, tzid);
	icalcomponent *vtimezone = theirs ? icaltimezone_get_component(theirs) : NULL;
	return vtimezone != NULL && usable_rules(vtimezone) ? theirs : NULL;
}

static const struct zone *find_zone(struct reader *r, const char *tzid, struct err *err) {
	for (size_t i = 0; i < r->zones.count; i++) {
		if (str_eq(r->zones.items[i].tzid, tzid)) {
			return &r->zones.items[i];
		}
	}
	struct zone zone = {.tz = system_zone(tzid)};
	zone.theirs = zone.tz ? NULL : file_zone(r, tzid);
	if (zone.tz == NULL && zone.theirs == NULL) {
		const char *iana = ical_zone_of_windows(tzid);
		zone.tz = iana ? agenda_zone(iana) : NULL;
	}
	if (zone.tz == NULL && zone.theirs == NULL) {
		fault_fail(err, &(struct fault){.kind = FAULT_ICAL_ZONE, .value = tzid});
		return NULL;
	}
	zone.tzid = xstrdup(tzid);
	ARRAY_GROW(&r->zones, items);
	r->zones.items[r->zones.count++] = zone;
	return &r->zones.items[r->zones.count - 1];
}

static int64_t wall_ms(struct icaltimetype t) {
	return (tz_days(t.year, t.month, t.day) * 86400 + t.hour * 3600 + t.minute * 60 + t.second) * 1000;
}

/* A wall time as an instant: in the zone, or (zone NULL) in the event's. */
static struct moment moment_in(const struct reader *r, const struct zone *zone, struct icaltimetype t) {
	struct moment m = {.local = t, .zone = zone};
	if (zone != NULL && zone->theirs != NULL) {
		int daylight = 0;
		int offset = icaltimezone_get_utc_offset(zone->theirs, &t, &daylight);
		m.utc.v = wall_ms(t) - (int64_t)offset * 1000;
		m.offset_min = offset / 60;
		return m;
	}
	const struct tz *tz = zone ? zone->tz : r->event_zone;
	/* A leap second (60) has no place in civil time: it is taken for the one before. */
	struct civil civil = {t.year, t.month, t.day, t.hour, t.minute, t.second > 59 ? 59 : t.second, 0};
	m.utc = tz_utc(tz, &civil);
	m.offset_min = tz_civil(tz, m.utc).offset_min;
	return m;
}

static bool moment_of(struct reader *r, icalproperty *p, struct moment *out, struct err *err) {
	struct icaltimetype t = icaltime_null_time();
	if (!time_of(p, &t)) {
		return fault_fail(err,
				  &(struct fault){.kind = FAULT_ICAL_NO_TIME, .value = icalproperty_kind_to_string(icalproperty_isa(p))});
	}
	if (icaltime_is_utc(t)) {
		out->utc.v = wall_ms(t);
		out->offset_min = tz_civil(r->event_zone, out->utc).offset_min;
		out->local = t;
		out->zone = NULL;
		return true;
	}
	const char *tzid = tzid_of(p);
	const struct zone *zone = *tzid != '\0' ? find_zone(r, tzid, err) : NULL;
	if (*tzid != '\0' && zone == NULL) {
		return false;
	}
	*out = moment_in(r, zone, t);
	return true;
}

/* ---- entries ---- */

struct entry {
	icalcomponent *component;
	const char *uid;
	struct moment start;
	int64_t length_ms;
};

static bool read_length(struct reader *r, struct entry *e, struct err *err) {
	icalproperty *end = icalcomponent_get_first_property(e->component, ICAL_DTEND_PROPERTY);
	icalproperty *duration = icalcomponent_get_first_property(e->component, ICAL_DURATION_PROPERTY);
	e->length_ms = INT64_C(60000) * AGENDA_DEFAULT_MINUTES;
	if (end != NULL) {
		struct moment m;
		if (!moment_of(r, end, &m, err)) {
			return false;
		}
		e->length_ms = m.utc.v - e->start.utc.v;
	} else if (duration != NULL && icalvalue_isa(icalproperty_get_value(duration)) == ICAL_DURATION_VALUE) {
		e->length_ms = INT64_C(1000) * icaldurationtype_as_int(icalvalue_get_duration(icalproperty_get_value(duration)));
	}
	return e->length_ms >= 0 ||
	       fault_fail(err, &(struct fault){.kind = FAULT_ICAL_END_BEFORE, .value = text_property(e->component, ICAL_SUMMARY_PROPERTY)});
}

static bool is_cancelled(icalcomponent *c) {
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_STATUS_PROPERTY);
	icalvalue *v = p ? icalproperty_get_value(p) : NULL;
	return v != NULL && icalvalue_isa(v) == ICAL_STATUS_VALUE && icalvalue_get_status(v) == ICAL_STATUS_CANCELLED;
}

static void fill(const struct entry *e, const struct moment *start, struct session *s) {
	struct strbuf tracks = {0};
	for (icalproperty *p = icalcomponent_get_first_property(e->component, ICAL_CATEGORIES_PROPERTY); p != NULL;
	     p = icalcomponent_get_next_property(e->component, ICAL_CATEGORIES_PROPERTY)) {
		strbuf_addf(&tracks, "%s%s", tracks.len ? ", " : "", str_or_empty(text_of(p)));
	}
	agenda_set_text(s, SESSION_TITLE, text_property(e->component, ICAL_SUMMARY_PROPERTY));
	agenda_set_html(s, SESSION_ABSTRACT, text_property(e->component, ICAL_DESCRIPTION_PROPERTY));
	agenda_set_text(s, SESSION_TRACK, strbuf_str(&tracks));
	agenda_set_room(s, text_property(e->component, ICAL_LOCATION_PROPERTY));
	if (str_empty(s->field[SESSION_TITLE])) {
		session_set(s, SESSION_TITLE, "?");
	}
	s->when.start = start->utc;
	s->when.end.v = start->utc.v + e->length_ms;
	s->when.offset_min = start->offset_min;
	s->cancelled = is_cancelled(e->component);
	strbuf_fini(&tracks);
}

/* The place of the instance of `uid` that the rule puts at `utc`. */
static int64_t *instance_place(struct reader *r, const char *uid, struct utc_ms utc, bool *made) {
	char *key = xasprintf("%s\n%lld", uid, (long long)utc.v);
	int64_t *place = mapstr_place(&r->instances, key, made);
	free(key);
	return place;
}

static bool add_session(struct reader *r, const struct entry *e, const struct moment *start, const char *uid, struct err *err) {
	struct session *s = agenda_new(r->out, err);
	if (s == NULL) {
		return false;
	}
	fill(e, start, s);
	agenda_set_uid(s, uid);
	return true;
}

/* One instance of a rule: its uid is the UID and its date, or date and time where that is taken. Doubles (an RDATE on the rule) are one. */
static bool add_instance(struct reader *r, const struct entry *e, const struct moment *at, struct err *err) {
	bool made = false;
	int64_t *place = instance_place(r, e->uid, at->utc, &made);
	if (!made) {
		return true;
	}
	*place = (int64_t)r->out->count + 1;
	char date[TZ_TEXT_MAX];
	tz_format_offset(at->utc, at->offset_min, date);
	char *uid = xasprintf("%s/%.10s", e->uid, date);
	bool first = false;
	mapstr_place(&r->instances, uid, &first); /* the same map notes which uids were given out */
	if (!first) {
		free(uid);
		uid = xasprintf("%s/%.16s", e->uid, date);
	}
	bool ok = add_session(r, e, at, uid, err);
	free(uid);
	return ok;
}

/* True when an EXDATE names the instant, or (without a time) its day. */
static bool is_excluded(struct reader *r, const struct entry *e, const struct moment *at) {
	for (icalproperty *p = icalcomponent_get_first_property(e->component, ICAL_EXDATE_PROPERTY); p != NULL;
	     p = icalcomponent_get_next_property(e->component, ICAL_EXDATE_PROPERTY)) {
		struct moment out = {0};
		struct err ignored = {0};
		if (!moment_of(r, p, &out, &ignored)) {
			continue; /* an exception that cannot be read excepts nothing */
		}
		bool same_day = out.local.is_date && tz_days(out.local.year, out.local.month, out.local.day) ==
							     tz_days(at->local.year, at->local.month, at->local.day);
		if (same_day || (!out.local.is_date && out.utc.v == at->utc.v)) {
			return true;
		}
	}
	return false;
}

/* UNTIL is in UTC (3.3.10); libical compares it with wall times, so it is brought to the wall time of the zone first. */
static void localise_until(const struct reader *r, const struct entry *e, struct icalrecurrencetype *rule) {
	struct icaltimetype *until = &rule->until;
	if (icaltime_is_null_time(*until)) {
		return;
	}
	if (until->is_date) {
		until->is_date = 0;
		until->hour = 23;
		until->minute = 59;
		until->second = 59;
	} else if (icaltime_is_utc(*until) && !icaltime_is_utc(e->start.local)) {
		int offset_min = 0;
		struct utc_ms utc = {wall_ms(*until)};
		const struct zone *zone = e->start.zone;
		if (zone == NULL || zone->tz != NULL) {
			offset_min = tz_civil(zone ? zone->tz : r->event_zone, utc).offset_min;
		} else {
			int daylight = 0;
			offset_min = icaltimezone_get_utc_offset_of_utc_time(zone->theirs, until, &daylight) / 60;
		}
		icaltime_adjust(until, 0, 0, offset_min, 0);
	}
	until->zone = NULL;
}

static bool expand_rule(struct reader *r, const struct entry *e, icalproperty *p, struct err *err) {
	icalvalue *v = icalproperty_get_value(p);
	if (v == NULL || icalvalue_isa(v) != ICAL_RECUR_VALUE) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_RULE});
	}
	struct icalrecurrencetype rule = icalvalue_get_recur(v);
	if (rule.freq < ICAL_DAILY_RECURRENCE || rule.freq > ICAL_YEARLY_RECURRENCE) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_RULE_FAST});
	}
	localise_until(r, e, &rule);
	struct icaltimetype first = e->start.local;
	bool utc = icaltime_is_utc(first);
	first.zone = NULL;
	icalrecur_iterator *iterator = icalrecur_iterator_new(rule, first);
	if (iterator == NULL) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_RULE});
	}
	bool ok = true;
	int count = 0;
	for (struct icaltimetype t = icalrecur_iterator_next(iterator); ok && !icaltime_is_null_time(t) && count < ICAL_INSTANCES_MAX;
	     t = icalrecur_iterator_next(iterator), count++) {
		struct moment at = moment_in(r, e->start.zone, t);
		if (utc) {
			at.utc.v = wall_ms(t);
			at.offset_min = tz_civil(r->event_zone, at.utc).offset_min;
		}
		ok = is_excluded(r, e, &at) || add_instance(r, e, &at, err);
	}
	icalrecur_iterator_free(iterator);
	return ok;
}

static bool expand(struct reader *r, const struct entry *e, struct err *err) {
	icalproperty *rule = icalcomponent_get_first_property(e->component, ICAL_RRULE_PROPERTY);
	/* Without a rule, DTSTART is the first of the RDATEs' set (3.8.5.2). */
	bool ok = rule ? expand_rule(r, e, rule, err) : is_excluded(r, e, &e->start) || add_instance(r, e, &e->start, err);
	int count = 0;
	for (icalproperty *p = icalcomponent_get_first_property(e->component, ICAL_RDATE_PROPERTY);
	     ok && p != NULL && count < ICAL_INSTANCES_MAX; count++) {
		struct moment at;
		ok = moment_of(r, p, &at, err) && (at.local.is_date || add_instance(r, e, &at, err));
		/* libical keeps one cursor for all properties of a component, and add_instance, which reads others, moves it. */
		p = icalcomponent_get_next_property(e->component, ICAL_RDATE_PROPERTY);
	}
	return ok;
}

/* A changed instance takes the place of the one its rule made; where there is none it stands for itself, under the same uid. */
static bool override_instance(struct reader *r, const struct entry *e, icalproperty *recurrence_id, struct err *err) {
	struct moment at;
	if (!moment_of(r, recurrence_id, &at, err)) {
		return false;
	}
	bool made = false;
	int64_t *place = instance_place(r, e->uid, at.utc, &made);
	if (!made && *place > 0) {
		struct session *s = &r->out->items[*place - 1];
		char *uid = s->uid;
		s->uid = NULL;
		fill(e, &e->start, s);
		s->uid = uid;
		return true;
	}
	char date[TZ_TEXT_MAX];
	tz_format_offset(at.utc, at.offset_min, date);
	char *uid = xasprintf("%s/%.10s", e->uid, date);
	bool ok = add_session(r, e, &e->start, uid, err);
	free(uid);
	return ok;
}

/* Entries without RECURRENCE-ID come first, `overrides` in a second round. */
static bool read_entry(struct reader *r, icalcomponent *component, bool overrides, struct err *err) {
	struct entry e = {.component = component, .uid = text_property(component, ICAL_UID_PROPERTY)};
	icalproperty *recurrence_id = icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY);
	if ((recurrence_id != NULL) != overrides) {
		return true;
	}
	icalproperty *start = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
	if (start == NULL) {
		return fault_fail(err,
				  &(struct fault){.kind = FAULT_ICAL_NO_START, .value = text_property(component, ICAL_SUMMARY_PROPERTY)});
	}
	if (!moment_of(r, start, &e.start, err)) {
		return false;
	}
	if (e.start.local.is_date) {
		r->out->passed_over++;
		return true;
	}
	if (!read_length(r, &e, err)) {
		return false;
	}
	if (overrides) {
		return override_instance(r, &e, recurrence_id, err);
	}
	bool repeats = icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY) != NULL ||
		       icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY) != NULL;
	return repeats ? expand(r, &e, err) : add_session(r, &e, &e.start, e.uid, err);
}

static bool read_calendar(struct reader *r, icalcomponent *calendar, bool overrides, struct err *err) {
	r->calendar = calendar;
	for (icalcomponent *c = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); c != NULL;
	     c = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT), r->at++) {
		if (!read_entry(r, c, overrides, err)) {
			return r->at < r->lines.count ? fault_wrap(err, &(struct fault_place){.line = r->lines.items[r->at]}) : false;
		}
	}
	const char *name = x_property(calendar, "X-WR-CALNAME");
	const char *zone = x_property(calendar, "X-WR-TIMEZONE");
	if (r->out->title == NULL && !str_empty(name)) {
		r->out->title = xstrdup(name);
	}
	if (r->out->timezone == NULL && !str_empty(zone)) {
		r->out->timezone = xstrdup(zone);
	}
	return true;
}

static bool read_all(struct reader *r, icalcomponent *root, bool overrides, struct err *err) {
	r->at = 0;
	if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) {
		return read_calendar(r, root, overrides, err);
	}
	for (icalcomponent *c = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT); c != NULL;
	     c = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT)) {
		if (!read_calendar(r, c, overrides, err)) {
			return false;
		}
	}
	return true;
}

static void reader_fini(struct reader *r) {
	for (size_t i = 0; i < r->zones.count; i++) {
		free(r->zones.items[i].tzid);
		tz_close(r->zones.items[i].tz);
	}
	free(r->zones.items);
	free(r->lines.items);
	mapstr_fini(&r->instances);
}

bool agenda_ical_parse(const char *bytes, size_t n, const struct tz *zone, struct agenda *out, struct err *err) {
	struct reader r = {.event_zone = zone, .out = out};
	struct strbuf unfolded = {0};
	struct strbuf text = {0};
	char encoding[ENCODING_NAME_MAX];
	icalcomponent *root = NULL;
	bool ok = false;
	if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		bytes += 3;
		n -= 3;
	}
	if (!scan_lines(&r, bytes, n, err)) {
		goto out;
	}
	unfold(bytes, n, &unfolded);
	if (!encoding_to_utf8(strbuf_str(&unfolded), unfolded.len, NULL, &text, encoding, err)) {
		goto out;
	}
	icalerror_set_errors_are_fatal(0); /* the library's own switch; its default ends the process on a bad file */
	root = icalparser_parse_string(strbuf_str(&text));
	if (root == NULL ||
	    (icalcomponent_isa(root) != ICAL_VCALENDAR_COMPONENT && icalcomponent_count_components(root, ICAL_VCALENDAR_COMPONENT) == 0)) {
		fault_fail(err, &(struct fault){.kind = FAULT_ICAL_NONE});
		goto out;
	}
	ok = read_all(&r, root, false, err) && read_all(&r, root, true, err);
out:
	if (root != NULL) {
		icalcomponent_free(root);
	}
	reader_fini(&r);
	strbuf_fini(&text);
	strbuf_fini(&unfolded);
	return ok;
}
