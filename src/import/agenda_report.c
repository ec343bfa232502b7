#include "import/agenda_report.h"

#include <stdio.h>

void agenda_report_fini(struct agenda_report *report) {
	fault_list_fini(&report->bad);
	fault_list_fini(&report->cells);
	fault_list_fini(&report->notes);
	strbuf_fini(&report->unused);
}

bool agenda_report_is_bad(const struct agenda_report *report) { return report->bad.total + report->cells.total != 0; }

bool agenda_refuse(const struct agenda_report *report, struct err *err) {
	struct fault first = report->bad.total != 0 ? report->bad.items[0] : report->cells.items[0];
	first.refused = report->bad.total + report->cells.total;
	return fault_fail(err, &first);
}

void agenda_attempt_begin(struct agenda_attempt *attempt, struct agenda *out) {
	*attempt = (struct agenda_attempt){.out = out, .count = out->count};
	attempt->err.fault = &attempt->fault;
}

bool agenda_attempt_failed(struct agenda_attempt *attempt, const struct agenda_options *opt, const struct fault_place *at,
			   struct err *err) {
	bool told = opt->report != NULL && attempt->err.has_fault && attempt->fault.kind != FAULT_SESSIONS_MANY;
	if (at != NULL) {
		fault_wrap(&attempt->err, at);
	}
	if (told) {
		while (attempt->out->count > attempt->count) {
			session_fini(&attempt->out->items[--attempt->out->count]);
		}
		fault_list_add(&opt->report->bad, &attempt->fault);
	} else if (attempt->err.has_fault) {
		fault_fail(err, &attempt->fault);
	} else {
		err_give(err, &attempt->err);
	}
	fault_fini(&attempt->fault);
	return told;
}

bool agenda_do_without(const struct agenda_options *opt, const struct fault *cell, struct err *err) {
	if (opt->report == NULL) {
		return fault_fail(err, cell);
	}
	fault_list_add(&opt->report->cells, cell);
	return true;
}

void agenda_note(const struct agenda_options *opt, const struct fault *note) {
	if (opt->report != NULL) {
		fault_list_add(&opt->report->notes, note);
	}
}

static bool same_wall(const struct civil *a, const struct civil *b) {
	return a->day == b->day && a->hour == b->hour && a->minute == b->minute;
}

enum agenda_hour agenda_hour(const struct tz *zone, const struct civil *local) {
	struct utc_ms first = tz_utc(zone, local);
	struct civil back = tz_civil(zone, first);
	if (!same_wall(&back, local)) {
		return AGENDA_HOUR_NEVER;
	}
	/* No change moves a clock by more than some hours; the wall time comes again as much later as the clock goes back. */
	int later_min = tz_civil(zone, (struct utc_ms){first.v + 4 * INT64_C(3600000)}).offset_min;
	int back_min = back.offset_min - later_min;
	struct civil again = tz_civil(zone, (struct utc_ms){first.v + back_min * INT64_C(60000)});
	return back_min > 0 && again.offset_min == later_min && same_wall(&again, local) ? AGENDA_HOUR_TWICE : AGENDA_HOUR_PLAIN;
}

void agenda_note_hour(const struct agenda_options *opt, enum agenda_hour hour, const struct civil *local, const struct civil *taken,
		      const struct fault_place *at) {
	char text[40];
	char instead[40];
	if (hour == AGENDA_HOUR_PLAIN) {
		return;
	}
	snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d", local->year, local->month, local->day, local->hour, local->minute);
	snprintf(instead, sizeof instead, "%02d:%02d", taken->hour, taken->minute);
	enum fault_kind kind = hour == AGENDA_HOUR_TWICE ? FAULT_HOUR_TWICE : FAULT_HOUR_NEVER;
	agenda_note(opt, &(struct fault){.kind = kind, .at = *at, .value = text, .other = instead});
}
