#include "kiosk/desk_worker.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "station/desk.h"
#include "store/checkins.h"
#include "store/roles.h"

#define REQUESTS_MAX 64
#define MESSAGES_MAX 256

struct request { /* one allocation */
	bool is_clock, forced;
	struct utc_ms now;
	const char *how;
	int64_t taken_us;
	size_t n;
	char text[];
};

struct desk_worker {
	pthread_t thread;
	struct mailbox *in, *out;
	char *path, *point, *now;
	/* Of the thread alone: */
	struct store *store;
	struct desk *desk;
	struct kiosk_event *event; /* its own copy, for sessions by index */
	int64_t saved, waiting;
	struct utc_ms last;
};

void desk_message_free(struct desk_message *m) {
	if (m == NULL) {
		return;
	}
	kiosk_event_free(m->event);
	free(m->text);
	free(m->name);
	free(m->organisation);
	free(m->community);
	free(m->language);
	free(m);
}

static void drop_message(void *m) { desk_message_free(m); }

static void post(struct desk_worker *w, struct desk_message *m) {
	if (!mailbox_put_wait(w->out, m)) {
		desk_message_free(m);
	}
}

static struct desk_message *message(struct desk_worker *w, enum desk_message_kind kind) {
	struct desk_message *m = xcalloc(1, sizeof *m);
	m->kind = kind;
	m->other = -1;
	m->saved = w->saved;
	m->waiting = w->waiting;
	m->last = w->last;
	return m;
}

static void post_failed(struct desk_worker *w, const struct err *err) {
	struct desk_message *m = message(w, DESK_FAILED);
	m->text = xstrdup(err->text);
	post(w, m);
}

static void post_counted(struct desk_worker *w) {
	struct desk_message *m = message(w, DESK_COUNTED);
	m->clock = store_clock(w->store);
	m->text = xstrdup(store_warning(w->store));
	post(w, m);
}

static bool open_event(struct desk_worker *w, struct err *err) {
	w->store = store_open(w->path, STORE_WRITE, "turnout-kiosk", err);
	if (w->store == NULL) {
		return false;
	}
	if (w->now != NULL) {
		struct utc_ms now;
		int offset;
		if (!tz_parse(store_tz(w->store), w->now, &now, &offset)) {
			return err_set(err, ERR_USAGE, "\"%s\" is no time; write it like 2026-05-14T10:30", w->now);
		}
		if (!store_set_clock(w->store, now, true, err)) {
			return false;
		}
	}
	w->desk = desk_open(w->store, w->point, err);
	if (w->desk == NULL) {
		return false;
	}
	const struct session_row *at = desk_session(w->desk);
	const char *point = at == NULL ? POINT_ARRIVAL : at->id;
	struct desk_message *m = message(w, DESK_LOADED);
	if (!kiosk_event_load(w->store, point, &w->event, err) || !kiosk_event_load(w->store, point, &m->event, err)) {
		desk_message_free(m);
		return false;
	}
	post(w, m);
	return true;
}

static bool note_station(void *context, const struct station_row *row, struct err *err) {
	(void)err;
	struct desk_worker *w = context;
	if (memcmp(&row->key, store_station(w->store), sizeof row->key) == 0) {
		w->saved = w->waiting = row->checkins;
		w->last.v = row->checkins > 0 ? row->seen.v : 0;
	}
	return true;
}

static void count(struct desk_worker *w) {
	struct err err;
	if (!roles_each(w->store, note_station, w, &err)) {
		w->saved = w->waiting = 0;
	}
	post_counted(w);
}

/* A session that runs at the same time and has places left. */
static void find_other(struct desk_worker *w, struct desk_message *m) {
	const struct session_row *full = desk_session(w->desk);
	for (size_t i = 0; full != NULL && i < w->event->sessions.count; i++) {
		const struct session_row *row = &w->event->sessions.items[i];
		const struct session_when *when = &row->session.when;
		struct err ignored;
		int inside = 0;
		if (str_eq(row->id, full->id) || when->start.v >= full->session.when.end.v || when->end.v <= m->now.v ||
		    (when->capacity > 0 && (!checkin_inside(w->store, row->id, &inside, &ignored) || inside >= when->capacity))) {
			continue;
		}
		m->other = (int)i;
		m->other_places = when->capacity > 0 ? when->capacity - inside : 0;
		return;
	}
}

static char *known_text(const struct desk_answer *answer, enum person_field field) {
	const char *text = answer->known ? person_text(&answer->person.person, field) : "";
	return str_empty(text) ? NULL : xstrdup(text);
}

static void fill_answer(struct desk_worker *w, struct desk_message *m, const struct desk_answer *answer) {
	m->kept = true;
	m->outcome = answer->outcome;
	m->now = answer->now;
	m->first = answer->first;
	m->first_approximate = answer->first_approximate;
	m->name = known_text(answer, PERSON_NAME);
	m->organisation = known_text(answer, PERSON_ORGANISATION);
	m->community = known_text(answer, PERSON_COMMUNITY);
	m->language = known_text(answer, PERSON_LANGUAGE);
	if (answer->recorded) {
		w->saved++;
		w->waiting++;
		w->last = answer->now;
	}
	m->saved = w->saved;
	m->waiting = w->waiting;
	m->last = w->last;
	if (answer->outcome == OUTCOME_FULL) {
		find_other(w, m);
	}
}

static void serve_scan(struct desk_worker *w, const struct request *r) {
	struct desk_message *m = message(w, DESK_ANSWERED);
	struct desk_scan scan = {.text = r->text, .len = r->n, .how = r->how};
	struct desk_answer answer;
	struct err err;
	m->taken_us = r->taken_us;
	if (desk_take(w->desk, &scan, &answer, &err)) {
		fill_answer(w, m, &answer);
		desk_answer_fini(&answer);
	} else {
		m->text = xstrdup(err.text);
	}
	post(w, m);
}

static void serve(struct desk_worker *w) {
	struct request *r;
	while ((r = mailbox_take(w->in, -1)) != NULL) {
		if (r->is_clock) {
			struct err err;
			if (!store_set_clock(w->store, r->now, r->forced, &err)) {
				log_warn("kiosk", "that the clock was set could not be recorded: %s", err.text);
			}
			post_counted(w);
		} else {
			serve_scan(w, r);
		}
		free(r);
	}
}

static void *run(void *context) {
	struct desk_worker *w = context;
	struct err err;
	if (open_event(w, &err)) {
		count(w);
		serve(w);
	} else {
		post_failed(w, &err);
	}
	desk_close(w->desk);
	store_close(w->store);
	kiosk_event_free(w->event);
	return NULL;
}

static void worker_free(struct desk_worker *w) {
	free(w->path);
	free(w->point);
	free(w->now);
	free(w);
}

bool desk_worker_open(const struct desk_worker_options *options, struct desk_worker **out, struct err *err) {
	struct desk_worker *w = xcalloc(1, sizeof *w);
	w->path = xstrdup(options->path);
	w->point = xstrdup(options->point);
	w->now = options->now == NULL ? NULL : xstrdup(options->now);
	w->in = mailbox_open(REQUESTS_MAX, NULL, NULL);
	w->out = mailbox_open(MESSAGES_MAX, options->wake, options->context);
	int failed = pthread_create(&w->thread, NULL, run, w);
	if (failed != 0) {
		mailbox_close(w->in, NULL);
		mailbox_close(w->out, NULL);
		worker_free(w);
		return err_set(err, ERR_SYSTEM, "the store thread cannot be started: %s", strerror(failed));
	}
	*out = w;
	return true;
}

void desk_worker_close(struct desk_worker *w) {
	if (w == NULL) {
		return;
	}
	mailbox_stop(w->in);
	mailbox_stop(w->out);
	pthread_join(w->thread, NULL);
	mailbox_close(w->in, NULL);
	mailbox_close(w->out, drop_message);
	worker_free(w);
}

static bool send(struct desk_worker *w, struct request *r) {
	if (mailbox_put(w->in, r)) {
		return true;
	}
	free(r);
	return false;
}

bool desk_worker_scan(struct desk_worker *w, const char *text, size_t n, const char *how, int64_t taken_us) {
	struct request *r = xcalloc(1, sizeof *r + n + 1);
	r->how = how;
	r->taken_us = taken_us;
	r->n = n;
	memcpy(r->text, text, n);
	return send(w, r);
}

bool desk_worker_set_clock(struct desk_worker *w, struct utc_ms now, bool forced) {
	struct request *r = xcalloc(1, sizeof *r + 1);
	r->is_clock = true;
	r->forced = forced;
	r->now = now;
	return send(w, r);
}

struct desk_message *desk_worker_take(struct desk_worker *w) {
	return mailbox_take(w->out, 0);
}
