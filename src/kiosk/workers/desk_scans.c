#include "kiosk/workers/desk_scans.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/workers/desk_worker_private.h"
#include "store/read/presence.h"

/* A session that runs at the same time and has places left. */
static void find_other(struct desk_worker *w, struct desk_message *m) {
	const struct session_row *full = desk_session(w->desk);
	for (size_t i = 0; full != NULL && i < w->event->sessions.count; i++) {
		const struct session_row *row = &w->event->sessions.items[i];
		const struct session_when *when = &row->session.when;
		struct err ignored = {0};
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
	m->recorded = answer->recorded;
	m->outsider = answer->outsider;
	/* Counted on, not counted again: nobody waits for that with a badge in hand. */
	if (answer->recorded) {
		w->standing = answer->outsider ? STATION_OUTSIDER : STATION_GOOD;
		w->saved++;
		w->waiting++;
		w->last = answer->now;
	}
	m->standing = w->standing;
	m->saved = w->saved;
	m->waiting = w->waiting;
	m->last = w->last;
	if (answer->outcome == OUTCOME_FULL) {
		find_other(w, m);
	}
}

static void answer_scan(struct desk_worker *w, const struct request *r, struct desk_answer *answer) {
	struct desk_message *m = desk_worker_message(w, DESK_ANSWERED);
	m->taken_us = r->taken_us;
	fill_answer(w, m, answer);
	desk_answer_fini(answer);
	desk_worker_post(w, m);
}

static void refuse_scan(struct desk_worker *w, const struct request *r, const struct err *err) {
	if (err->kind == ERR_REFUSED) { /* desk_take: this box was taken out of use */
		w->standing = STATION_RETIRED;
	}
	struct desk_message *m = desk_worker_message(w, DESK_ANSWERED);
	m->taken_us = r->taken_us;
	m->text = xstrdup(err->text);
	desk_worker_post(w, m);
}

/* Scans that wait, and nothing that came between them. Returns how many. */
static size_t gather_scans(struct desk_worker *w, struct request *first, struct request *scans[DESK_TOGETHER_MAX]) {
	size_t n = 0;
	scans[n++] = first;
	while (n < DESK_TOGETHER_MAX && w->held == NULL) {
		struct request *next = mailbox_take(w->worker.in, 0);
		if (next == NULL) {
			break;
		}
		if (next->kind == REQUEST_SCAN) {
			scans[n++] = next;
		} else {
			w->held = next;
		}
	}
	return n;
}

/* All that wait share a sync of the disk, whether they are one or two hundred; each is answered after it. One that cannot be recorded is told so,
 * and the ones behind it are tried. */
void desk_scans_serve(struct desk_worker *w, struct request *first) {
	struct request *scans[DESK_TOGETHER_MAX];
	size_t n = gather_scans(w, first, scans);
	struct desk_turn *turns = xcalloc(n, sizeof *turns);
	for (size_t i = 0; i < n; i++) {
		turns[i].scan = (struct desk_scan){.text = scans[i]->text, .len = scans[i]->n, .how = scans[i]->how};
	}
	for (size_t done = 0; done < n;) {
		struct err err = {0};
		size_t taken = desk_take_together(w->desk, &turns[done], n - done, &err);
		for (size_t end = done + taken; done < end; done++) {
			answer_scan(w, scans[done], &turns[done].answer);
		}
		if (done < n) {
			refuse_scan(w, scans[done++], &err);
		}
	}
	for (size_t i = 1; i < n; i++) { /* the first is the caller's */
		desk_request_free(scans[i]);
	}
	free(turns);
}
