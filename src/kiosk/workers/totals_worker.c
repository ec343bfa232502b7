#include "kiosk/workers/totals_worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/worker.h"
#include "kiosk/workers/event_reader.h"
#include "report/roll.h"

#define WAITING_MAX 8
#define KEPT_MS 60000 /* after the last question */

struct request {
	uint64_t number;
	struct utc_ms now;
	bool rest; /* nobody looks any more; else: */
	bool roll;
	enum totals_who who; /* of a roll */
};

struct totals_worker {
	struct worker worker;
	char *path;
	/* The thread's own: */
	struct event_reader reader;
	struct totals *totals;
};

/* Before the file that they were counted from is closed. */
static void forget(void *context) {
	struct totals_worker *w = context;
	totals_close(w->totals);
	w->totals = NULL;
}

static bool count(struct totals_worker *w, struct utc_ms now, struct err *err) {
	bool other, changed;
	int64_t day;
	if (!event_reader_look(&w->reader, &other, err) || !totals_day(w->reader.store, now, &day, err)) {
		return false;
	}
	if (w->totals != NULL && totals_of_day(w->totals) == day) {
		return totals_refresh(w->totals, &changed, err);
	}
	forget(w);
	return totals_open(w->reader.store, day, &w->totals, err) && store_shrink(w->reader.store, err);
}

static void put_text(char *out, size_t cap, const char *text) {
	size_t n = utf8_cut(text, cap - 1);
	memcpy(out, text, n);
	out[n] = '\0';
}

static void put_row(struct totals_row *row, const char *key, int64_t first, int64_t second) {
	*row = (struct totals_row){.first = first, .second = second};
	put_text(row->key, sizeof row->key, key);
}

static void fill(const struct totals *totals, struct totals_message *m) {
	const struct tally_counts *c = totals_counts(totals);
	m->day = totals_of_day(totals);
	m->here = c->here;
	m->arrived = c->arrived;
	m->expected = c->expected;
	m->of_them = c->of_them;
	for (size_t i = 0; i < TALLY_QUARTERS; i++) {
		m->quarters[i] = c->quarters[i];
	}
	for (size_t i = 0; i < c->category_count && m->category_count < TOTALS_ROWS_MAX; i++) {
		const struct tally_category *k = &c->categories[i];
		if (k->arrived > 0 || k->expected > 0) {
			put_row(&m->categories[m->category_count++], k->name, k->arrived, k->expected);
		}
	}
	for (size_t i = 1; i < c->place_count && m->place_count < TOTALS_ROWS_MAX; i++) {
		const struct tally_place_count *p = &c->places[i];
		if (p->given > 0 || p->visited > 0) {
			put_row(&m->places[m->place_count++], p->key, p->given > 0 ? p->given : p->inside, p->given > 0 ? -1 : p->visited);
		}
	}
}

static bool put_person(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	struct totals_message *m = context;
	const char *organisation = person_text(&row->person, PERSON_ORGANISATION);
	struct roll_row *to = &m->roll[m->roll_count++];
	put_text(to->name, sizeof to->name, person_text(&row->person, PERSON_NAME));
	put_text(to->about, sizeof to->about, organisation[0] != '\0' ? organisation : person_text(&row->person, PERSON_COMMUNITY));
	return true;
}

static bool fill_roll(struct totals_worker *w, enum totals_who who, struct totals_message *m, struct err *err) {
	m->roll_all = who == TOTALS_HERE ? m->here : m->expected - m->of_them;
	return roll_each(w->reader.store, w->totals, who, ROLL_MAX, put_person, m, err) && store_shrink(w->reader.store, err);
}

static void answer(struct totals_worker *w, const struct request *r) {
	struct totals_message *m = xcalloc(1, sizeof *m + (r->roll ? ROLL_MAX * sizeof *m->roll : 0));
	struct err err = {0};
	m->number = r->number;
	bool ok = count(w, r->now, &err);
	if (ok) {
		fill(w->totals, m);
	}
	if (!ok || (r->roll && !fill_roll(w, r->who, m, &err))) {
		log_warn("kiosk", "the figures of the day could not be counted: %s", err.text);
		m->failed = true;
		forget(w);
	}
	if (!mailbox_put(w->worker.out, m)) {
		free(m);
	}
}

static void *run(void *context) {
	struct totals_worker *w = context;
	while (!mailbox_stopped(w->worker.in)) {
		struct request *r = mailbox_take(w->worker.in, w->totals != NULL ? KEPT_MS : -1), *later;
		while (r != NULL && (later = mailbox_take(w->worker.in, 0)) != NULL) {
			free(r);
			r = later;
		}
		if (r == NULL || r->rest) {
			event_reader_close(&w->reader); /* which forgets */
		} else {
			answer(w, r);
		}
		free(r);
	}
	event_reader_close(&w->reader);
	return NULL;
}

bool totals_worker_open(const struct totals_worker_options *options, struct totals_worker **out, struct err *err) {
	struct totals_worker *w = xcalloc(1, sizeof *w);
	w->path = xstrdup(options->path);
	w->reader = (struct event_reader){.path = w->path, .closing = forget, .context = w};
	struct worker_options worker = {.name = "the thread that counts the figures of the day",
					.in_max = WAITING_MAX,
					.out_max = WAITING_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = run,
					.self = w};
	if (!worker_start(&w->worker, &worker, err)) {
		totals_worker_close(w);
		return false;
	}
	*out = w;
	return true;
}

void totals_worker_close(struct totals_worker *w) {
	if (w != NULL) {
		worker_join(&w->worker);
		worker_fini(&w->worker, NULL, NULL);
		free(w->path);
		free(w);
	}
}

static bool put_request(struct totals_worker *w, const struct request *request) {
	struct request *r = xcalloc(1, sizeof *r);
	*r = *request;
	if (mailbox_put(w->worker.in, r)) {
		return true;
	}
	free(r);
	return false;
}

bool totals_worker_ask(struct totals_worker *w, struct utc_ms now, uint64_t number) {
	return put_request(w, &(struct request){.number = number, .now = now});
}

bool totals_worker_roll(struct totals_worker *w, struct utc_ms now, uint64_t number, enum totals_who who) {
	return put_request(w, &(struct request){.number = number, .now = now, .roll = true, .who = who});
}

void totals_worker_rest(struct totals_worker *w) {
	(void)put_request(w, &(struct request){.rest = true}); /* where too many wait, a minute without one says it, too */
}

struct totals_message *totals_worker_take(struct totals_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
