#include "import/agenda_ical_series.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "import/agenda_ical_value.h"

#define YEAR_DAYS 366

struct opening {
	struct ical_clock *clock;
	const struct ical_series *series;
	const struct agenda_options *opt;
	struct ical_instances *out;
	struct mapstr seen;     /* instants that are there */
	struct mapstr excluded; /* instants, and "day N" */
	bool told;
};

void ical_instances_fini(struct ical_instances *list) {
	free(list->items);
	*list = (struct ical_instances){0};
}

bool ical_repeats(icalcomponent *c) {
	return icalcomponent_get_first_property(c, ICAL_RRULE_PROPERTY) != NULL ||
	       icalcomponent_get_first_property(c, ICAL_RDATE_PROPERTY) != NULL;
}

static bool note_key(struct mapstr *map, const char *prefix, int64_t number) {
	char key[48];
	bool made = false;
	snprintf(key, sizeof key, "%s%lld", prefix, (long long)number);
	mapstr_place(map, key, &made);
	return made;
}

static bool has_key(const struct mapstr *map, const char *prefix, int64_t number) {
	char key[48];
	snprintf(key, sizeof key, "%s%lld", prefix, (long long)number);
	return mapstr_find(map, key) != NULL;
}

static void add(struct opening *o, const struct ical_instance *instance) {
	const struct ical_moment *at = &instance->at;
	if (has_key(&o->excluded, "", at->utc.v) || has_key(&o->excluded, "day ", ical_moment_day(at)) ||
	    !note_key(&o->seen, "", at->utc.v)) {
		return;
	}
	ARRAY_GROW(o->out, items);
	o->out->items[o->out->count++] = *instance;
}

/* ---- a rule ---- */

struct span { /* of days by the wall time, both in it */
	int64_t first, last;
};

/* UNTIL is in UTC (3.3.10); libical compares it with wall times, so it is brought to the wall time of the zone first. */
static void localise_until(const struct opening *o, struct icalrecurrencetype *rule) {
	struct icaltimetype *until = &rule->until;
	if (icaltime_is_null_time(*until)) {
		return;
	}
	if (until->is_date) {
		until->is_date = 0;
		until->hour = 23;
		until->minute = 59;
		until->second = 59;
	} else if (icaltime_is_utc(*until)) {
		struct civil utc = ical_civil(*until);
		struct civil local = ical_moment_in(o->clock, o->series->start.zone, (struct utc_ms){ical_wall_ms(&utc)}).local;
		*until = ical_wall(&local);
	}
	until->zone = NULL;
}

static bool read_rule(const struct opening *o, icalproperty *p, struct icalrecurrencetype *rule, struct err *err) {
	icalvalue *v = icalproperty_get_value(p);
	if (v == NULL || icalvalue_isa(v) != ICAL_RECUR_VALUE) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_RULE});
	}
	*rule = icalvalue_get_recur(v);
	if (rule->freq < ICAL_DAILY_RECURRENCE || rule->freq > ICAL_YEARLY_RECURRENCE) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_RULE_FAST});
	}
	localise_until(o, rule);
	return true;
}

/* Where a rule by days or weeks that has no number of dates may begin without another date in the span: whole intervals later. */
static struct icaltimetype nearest_start(const struct opening *o, const struct icalrecurrencetype *rule, const struct span *span) {
	struct civil local = o->series->start.local;
	int64_t unit = rule->freq == ICAL_DAILY_RECURRENCE ? 1 : rule->freq == ICAL_WEEKLY_RECURRENCE ? 7 : 0;
	int64_t days = unit * (rule->interval > 0 ? rule->interval : 1);
	if (span != NULL && days != 0 && rule->count == 0) {
		int64_t skipped = (span->first - ical_moment_day(&o->series->start)) / days - 1;
		local = skipped > 0 ? ical_civil_of_wall(ical_wall_ms(&local) + skipped * days * 86400000) : local;
	}
	return ical_wall(&local);
}

/* Takes the rule's dates in the span; where there are more than ICAL_INSTANCES_MAX it takes so many and sets *more. */
static bool take_dates(struct opening *o, const struct icalrecurrencetype *rule, const struct span *span, struct mapstr *instead,
		       bool *more) {
	icalrecur_iterator *iterator = icalrecur_iterator_new(*rule, nearest_start(o, rule, span));
	int left = ICAL_INSTANCES_MAX;
	*more = false;
	if (iterator == NULL) {
		return false;
	}
	for (struct icaltimetype t = icalrecur_iterator_next(iterator); !icaltime_is_null_time(t) && ++o->clock->steps < ICAL_STEPS_MAX;
	     t = icalrecur_iterator_next(iterator)) {
		if (!tz_date_valid(t.year, t.month, t.day)) {
			break;
		}
		struct civil local = ical_civil(t);
		struct ical_instance instance = {.at = ical_moment_at(o->clock, o->series->start.zone, &local)};
		int64_t day = ical_moment_day(&instance.at);
		if (span != NULL && day > span->last) {
			break;
		}
		if (span != NULL && day < span->first) {
			continue;
		}
		*more = left-- == 0;
		if (*more) {
			break;
		}
		if (instead != NULL) {
			note_key(instead, "", instance.at.utc.v);
		} else {
			add(o, &instance);
		}
	}
	icalrecur_iterator_free(iterator);
	return true;
}

/* Whether the rule has DTSTART itself: then libical counts it, else COUNT is brought down by the one that it is. */
static bool has_start(const struct opening *o, struct icalrecurrencetype rule) {
	struct icaltimetype start = ical_wall(&o->series->start.local);
	icalrecur_iterator *iterator = icalrecur_iterator_new(rule, start);
	struct icaltimetype first = iterator ? icalrecur_iterator_next(iterator) : icaltime_null_time();
	if (iterator != NULL) {
		icalrecur_iterator_free(iterator);
	}
	return icaltime_compare(first, start) == 0;
}

static struct span span_of(const struct opening *o) {
	int64_t start = ical_moment_day(&o->series->start);
	return o->opt->has_days ? (struct span){o->opt->first_day, o->opt->last_day} : (struct span){start, start + YEAR_DAYS - 1};
}

static bool is_endless(const struct icalrecurrencetype *rule) { return rule->count == 0 && icaltime_is_null_time(rule->until); }

static void tell_opened(struct opening *o) {
	if (!o->told) {
		o->told = true;
		agenda_note(o->opt, &(struct fault){.kind = o->opt->has_days ? FAULT_RULE_FOR_EVENT : FAULT_RULE_FOR_YEAR,
						    .at.line = o->series->line,
						    .value = ical_text_property(o->series->component, ICAL_SUMMARY_PROPERTY)});
	}
}

static void forget_from(struct opening *o, size_t count) {
	o->out->count = count;
	mapstr_fini(&o->seen);
	for (size_t i = 0; i < count; i++) {
		note_key(&o->seen, "", o->out->items[i].at.utc.v);
	}
}

/* With `instead` the dates are noted there, not taken: those that EXRULE takes away. */
static bool open_rule(struct opening *o, icalproperty *p, struct mapstr *instead, struct err *err) {
	struct icalrecurrencetype rule = {0};
	struct span span = span_of(o);
	size_t before = o->out->count;
	bool more = false;
	if (!read_rule(o, p, &rule, err)) {
		return false;
	}
	if (rule.count > 0 && instead == NULL && !has_start(o, rule)) {
		rule.count--; /* the start counts, though no date of the rule's */
		if (rule.count == 0) {
			return true;
		}
	}
	bool endless = is_endless(&rule);
	bool ok = take_dates(o, &rule, endless ? &span : NULL, instead, &more);
	if (ok && more && !endless) {
		/* As good as endless: what was taken of it goes again, and its dates in the span come. */
		if (instead == NULL) {
			forget_from(o, before);
		}
		endless = true;
		ok = take_dates(o, &rule, &span, instead, &more);
	}
	if (endless && instead == NULL) {
		tell_opened(o);
	}
	if (o->clock->steps >= ICAL_STEPS_MAX) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_DATES_MANY, .number = ICAL_STEPS_MAX});
	}
	return ok || fault_fail(err, &(struct fault){.kind = FAULT_ICAL_RULE});
}

/* libical keeps one cursor for all properties of a component, and whoever reads another one moves it: they are collected first. */
struct properties {
	icalproperty **items;
	size_t count, cap;
};

static struct properties collect(icalcomponent *c, icalproperty_kind kind) {
	struct properties list = {0};
	for (icalproperty *p = icalcomponent_get_first_property(c, kind); p != NULL; p = icalcomponent_get_next_property(c, kind)) {
		ARRAY_GROW(&list, items);
		list.items[list.count++] = p;
	}
	return list;
}

static bool open_rules(struct opening *o, icalproperty_kind kind, struct mapstr *instead, struct err *err) {
	struct properties rules = collect(o->series->component, kind);
	bool ok = true;
	for (size_t i = 0; ok && i < rules.count; i++) {
		ok = open_rule(o, rules.items[i], instead, err);
	}
	free(rules.items);
	return ok;
}

/* ---- single dates ---- */

static bool read_excluded(struct opening *o, struct err *err) {
	struct properties dates = collect(o->series->component, ICAL_EXDATE_PROPERTY);
	bool ok = true;
	for (size_t i = 0; ok && i < dates.count; i++) {
		struct ical_moment at;
		ok = ical_moment_of(o->clock, o->series->calendar, dates.items[i], &at, err);
		if (ok && at.is_date) {
			note_key(&o->excluded, "day ", ical_moment_day(&at));
		} else if (ok) {
			note_key(&o->excluded, "", at.utc.v);
		}
	}
	free(dates.items);
	return ok;
}

/* A date alone is that day at the series' time. */
static bool add_rdate(struct opening *o, icalproperty *p, struct err *err) {
	struct ical_instance instance = {0};
	struct icalperiodtype period;
	if (!ical_moment_of(o->clock, o->series->calendar, p, &instance.at, err)) {
		return false;
	}
	if (instance.at.is_date) {
		struct civil local = instance.at.local;
		local.hour = o->series->start.local.hour;
		local.minute = o->series->start.local.minute;
		local.second = o->series->start.local.second;
		instance.at = ical_moment_at(o->clock, o->series->start.zone, &local);
	}
	if (ical_period_of(p, &period)) {
		instance.has_length = true;
		if (icaltime_is_null_time(period.end)) {
			instance.length = ical_length_of(period.duration);
		} else {
			struct civil end = ical_civil(period.end);
			instance.length.ms = ical_moment_at(o->clock, instance.at.zone, &end).utc.v - instance.at.utc.v;
		}
	}
	add(o, &instance);
	return true;
}

static bool add_rdates(struct opening *o, struct err *err) {
	struct properties dates = collect(o->series->component, ICAL_RDATE_PROPERTY);
	bool ok = true;
	for (size_t i = 0; ok && i < dates.count; i++) {
		ok = add_rdate(o, dates.items[i], err);
	}
	free(dates.items);
	return ok;
}

/* DTSTART of a series that goes on for ever is of the event's dates or none of them. */
static void add_start(struct opening *o) {
	struct ical_instance start = {.at = o->series->start};
	struct span span = span_of(o);
	int64_t day = ical_moment_day(&start.at);
	if (!o->told || (day >= span.first && day <= span.last)) {
		add(o, &start);
	}
}

static int compare(const void *a, const void *b) {
	const struct ical_instance *x = a;
	const struct ical_instance *y = b;
	return x->at.utc.v < y->at.utc.v ? -1 : x->at.utc.v > y->at.utc.v;
}

bool ical_series_open(struct ical_clock *clock, const struct ical_series *series, const struct agenda_options *opt,
		      struct ical_instances *out, struct err *err) {
	struct opening o = {.clock = clock, .series = series, .opt = opt, .out = out};
	bool ok = read_excluded(&o, err) && open_rules(&o, ICAL_EXRULE_PROPERTY, &o.excluded, err) &&
		  open_rules(&o, ICAL_RRULE_PROPERTY, NULL, err);
	if (ok) {
		add_start(&o);
		ok = add_rdates(&o, err);
	}
	if (ok && out->count != 0) {
		qsort(out->items, out->count, sizeof *out->items, compare);
	}
	mapstr_fini(&o.seen);
	mapstr_fini(&o.excluded);
	return ok;
}
