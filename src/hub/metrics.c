#include "hub/metrics.h"

#include <stddef.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "hub/hub_private.h"
#include "sync/http_transport.h"

struct gathered {
	struct strbuf up, logs, records;
};

static bool note_figures(void *context, const struct hub_figures *f, struct err *err) {
	struct gathered *g = context;
	char event[17];
	(void)err;
	str_hex(f->event.b, 8, event);
	strbuf_addf(&g->up, "turnout_event_up{event=\"%s\"} %d\n", event, f->problem[0] == '\0');
	if (f->problem[0] == '\0') {
		strbuf_addf(&g->logs, "turnout_logs{event=\"%s\"} %lld\n", event, (long long)f->logs);
		strbuf_addf(&g->records, "turnout_records{event=\"%s\"} %lld\n", event, (long long)f->records);
	} else {
		log_warn("hub", "event %s cannot be counted: %s", event, f->problem);
	}
	return true;
}

static void head(struct strbuf *out, const char *name, const char *type, const char *help) {
	strbuf_addf(out, "# HELP turnout_%s %s\n# TYPE turnout_%s %s\n", name, help, name, type);
}

static void counter(struct strbuf *out, const char *name, const char *help, atomic_llong *value) {
	head(out, name, "counter", help);
	strbuf_addf(out, "turnout_%s %lld\n", name, atomic_load(value));
}

void hub_metrics(struct hub *hub, struct http_answer *answer) {
	struct gathered g = {.up = {0}};
	struct strbuf *out = &answer->body;
	struct err err = {0};
	bool ok = hub->db.ops->figures(hub->db.self, note_figures, &g, &err);
	answer->status = 200;
	/* Prometheus' text format, version 0.0.4. */
	answer->type = "text/plain; version=0.0.4; charset=utf-8";
	head(out, "up", "gauge", "Whether the store answers.");
	strbuf_addf(out, "turnout_up %d\n", ok);
	head(out, "event_up", "gauge", "Whether the event's records can be read.");
	strbuf_adds(out, strbuf_str(&g.up));
	head(out, "logs", "gauge", "Logs held of an event.");
	strbuf_adds(out, strbuf_str(&g.logs));
	head(out, "records", "gauge", "Records held of an event.");
	strbuf_adds(out, strbuf_str(&g.records));
	counter(out, "exchanges_total", "Exchange requests since the start.", &hub->counts.exchanges);
	counter(out, "exchanges_refused_total", "Requests that were refused: not of an event here, not opening, no member.",
		&hub->counts.refused);
	counter(out, "exchanges_failed_total", "Requests that failed because the store did.", &hub->counts.failed);
	counter(out, "records_taken_total", "Records that were new here.", &hub->counts.taken);
	counter(out, "records_given_total", "Records given to others.", &hub->counts.given);
	counter(out, "runs_held_back_total", "Runs that wait for another day: their stations brought more than a day's share.",
		&hub->counts.later);
	counter(out, "exchanges_slowed_total",
		"Answers that were kept back: their stations asked for more than their share while others waited.", &hub->counts.slowed);
	counter(out, "enrolled_total", "Stations that used a pairing code.", &hub->counts.enrolled);
	counter(out, "door_denied_total", "Wrong tokens and codes.", &hub->counts.denied);
	if (!ok) {
		log_warn("hub", "the store cannot be counted: %s", err.text);
	}
	strbuf_fini(&g.up);
	strbuf_fini(&g.logs);
	strbuf_fini(&g.records);
}
