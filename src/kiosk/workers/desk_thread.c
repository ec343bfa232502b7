#include "kiosk/workers/desk_thread.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "kiosk/workers/desk_reply.h"
#include "kiosk/workers/loan.h"
#include "store/log/share.h"
#include "store/read/checkins.h"
#include "store/read/labels.h"
#include "store/read/retention.h"
#include "store/write/erasing.h"

/* After the last of what came in, and after the first of it: what the screen shows is read again. */
#define SETTLE_MS 300
#define SETTLE_MOST_MS 2000
/* Between two looks at whether personal data are to be erased, where no exchange and nobody at this box brings one: days are what is waited for. */
#define RETENTION_LOOK_MS (60 * 60 * 1000)

void desk_request_free(void *message) {
	struct desk_request *r = message;
	channel_request_free(r->channel_request);
	loan_end(r->loan_request);
	visitor_free(r->visitor);
	free(r->deed);
	if (r->group != NULL) {
		crypto_wipe(r->group, sizeof *r->group);
	}
	free(r->group);
	free(r);
}

static void post(struct desk_thread *w, struct desk_message *m) {
	if (!mailbox_put_wait(w->worker->out, m)) {
		desk_message_free(m);
	}
}

static struct desk_message *message(struct desk_thread *w, enum desk_message_kind kind) {
	struct desk_message *m = xcalloc(1, sizeof *m);
	m->kind = kind;
	m->other = -1;
	m->saved = w->saved;
	m->waiting = w->waiting;
	m->last = w->last;
	m->last_approximate = w->last_approximate;
	m->standing = w->standing;
	return m;
}

static void post_failed(struct desk_thread *w, const struct err *err) {
	struct desk_message *m = message(w, DESK_FAILED);
	m->text = xstrdup(err->text);
	post(w, m);
}

static void warn(const char *what, const struct err *err) { log_warn("kiosk", "%s: %s", what, err->text); }

/* What staff are told of it; what is due is done when nobody is being served (attend). */
static void look_at_retention(struct desk_thread *w, struct desk_message *m) {
	struct err err = {0};
	w->retention_ms = clock_mono().v + RETENTION_LOOK_MS;
	w->erases = retention_look(w->at.store, &m->retention, &err) && m->retention.state == RETENTION_DUE;
	if (err.kind != ERR_NONE) {
		warn("when personal data are to be erased could not be looked up", &err);
	}
	/* All that is waited for is a keeper: a hub that told the time has yet to take that as a record. Once, not in every round. */
	struct set_clock clock = store_clock(w->at.store);
	bool unsent = m->retention.state == RETENTION_UNSENT && set_clock_voucher(&clock) >= VOUCHER_HUB;
	m->news = m->news || (unsent && !w->unsent);
	w->unsent = unsent;
}

static void post_news(struct desk_thread *w, bool news) {
	struct desk_message *m = message(w, DESK_COUNTED);
	m->news = news;
	struct backlog backlog;
	struct err err = {0};
	m->clock = store_clock(w->at.store);
	m->text = xstrdup(store_warning(w->at.store));
	if (store_backlog(w->at.store, &backlog, &err)) {
		w->waiting = m->waiting = backlog.checkins;
		m->acknowledged = backlog.ever;
		m->acknowledged_at = backlog.at;
	} else {
		warn("what is to be sent could not be counted", &err);
	}
	if (!role_name(w->at.store, store_station(w->at.store), m->station_name, sizeof m->station_name, &err)) {
		warn("this box's name could not be looked up", &err);
	}
	if (!helps_load(w->at.store, &m->helps, &err)) {
		warn("calls for help could not be read", &err);
	}
	if (!announcements_load(w->at.store, store_now(w->at.store), &m->announcements, &err)) {
		warn("announcements could not be read", &err);
	}
	look_at_retention(w, m);
	post(w, m);
}

static void post_counted(struct desk_thread *w) { post_news(w, false); }

/* Reads what the screen shows: twice, as one goes to the screen's thread, which frees it when it likes, and one stays here. */
static bool load_event(struct desk_thread *w, struct err *err) {
	struct desk_message *m = message(w, DESK_LOADED);
	struct kiosk_event *own = NULL;
	if (!kiosk_event_load(w->at.store, desk_place_point(&w->at), &own, err) ||
	    !kiosk_event_load(w->at.store, desk_place_point(&w->at), &m->event, err)) {
		kiosk_event_free(own);
		desk_message_free(m);
		return false;
	}
	logos_load(w->at.store, &own->credits, w->event == NULL ? NULL : &w->event->logos, &own->logos);
	logos_share(&own->logos, &m->event->logos);
	kiosk_event_free(w->event);
	w->event = own;
	m->event_id = *store_event(w->at.store);
	m->station = *store_station(w->at.store);
	post(w, m);
	return true;
}

static void count_own(struct desk_thread *w) {
	struct station_wrote wrote;
	struct err err = {0};
	if (!role_wrote(w->at.store, store_station(w->at.store), &wrote, &err)) {
		warn("this box's check-ins could not be counted", &err);
		return;
	}
	w->saved = wrote.scans;
	w->last.v = wrote.scans > 0 ? wrote.seen.v : 0;
	w->last_approximate = wrote.seen_approximate;
}

/* Of a box that has recorded nothing yet it is not known whether it would count. */
static void find_standing(struct desk_thread *w) {
	enum station_verdict verdict;
	struct err err = {0};
	bool counts = true;
	if (!role_verdict(w->at.store, store_station(w->at.store), &verdict, &err) || !role_station_counts(w->at.store, &counts, &err)) {
		warn("this box's role could not be looked up", &err);
		return;
	}
	w->standing = verdict == VERDICT_RETIRED ? STATION_RETIRED : counts || verdict == VERDICT_UNKNOWN ? STATION_GOOD : STATION_OUTSIDER;
}

/* --- what came in ------------------------------------------------------------------------------------------------------------------- */

/* The rules of admission and the session checked in at may be others now. A session that was cancelled meanwhile stays what it was: somebody
 * stands before this box. */
static void reopen_desk(struct desk_thread *w) {
	struct err err = {0};
	struct desk *desk = desk_open(w->at.store, desk_place_point(&w->at), &err);
	if (desk == NULL) {
		warn("this box's session stays as it was", &err);
		return;
	}
	desk_close(w->at.desk);
	w->at.desk = desk;
}

static void settle(struct desk_thread *w) {
	struct err err = {0};
	struct channel_effect effect = w->effect;
	w->effect = (struct channel_effect){0};
	w->first_ms = w->settle_ms = 0;
	if (effect.shown) {
		reopen_desk(w);
		if (!load_event(w, &err)) {
			warn("what changed cannot be shown", &err);
		}
	}
	if (effect.own) {
		count_own(w);
	}
	if (!erasure_clean(w->at.store)) {
		log_info("kiosk", "what was erased leaves the file's log a little later: somebody reads it now");
	}
	find_standing(w);
	post_counted(w);
}

static void serve_channel(struct desk_thread *w, struct channel_request *request) {
	channel_serve(request, w->at.store, &w->effect);
	const struct channel_effect *e = &w->effect;
	if (e->shown || e->own || e->erased || e->counted) {
		int64_t now = clock_mono().v;
		w->first_ms = w->first_ms == 0 ? now : w->first_ms;
		int64_t at = now + SETTLE_MS, most = w->first_ms + SETTLE_MOST_MS;
		w->settle_ms = at < most ? at : most;
	}
}

static int until_settled(const struct desk_thread *w) {
	int64_t left = w->settle_ms - clock_mono().v;
	return w->settle_ms == 0 ? -1 : left > 0 ? (int)left : 0;
}

/* --- scans -------------------------------------------------------------------------------------------------------------------------- */

/* Counted on, not counted again: nobody waits for that with a badge in hand. */
static void count_scan(struct desk_thread *w, struct desk_message *m, const struct desk_answer *answer) {
	if (answer->recorded) {
		w->standing = answer->outsider ? STATION_OUTSIDER : STATION_GOOD;
		w->saved++;
		w->waiting++;
		w->last = answer->now;
		w->last_approximate = !store_clock_is_sure(w->at.store);
	}
	m->standing = w->standing;
	m->saved = w->saved;
	m->waiting = w->waiting;
	m->last = w->last;
	m->last_approximate = w->last_approximate;
}

static void answer_scan(struct desk_thread *w, const struct desk_request *r, struct desk_answer *answer) {
	struct desk_message *m = message(w, DESK_ANSWERED);
	m->taken_us = r->taken_us;
	desk_reply_fill(m, answer);
	desk_reply_label(m, w->at.store, w->event);
	if (r->kind == REQUEST_VISITOR) {
		m->number = r->visitor->number;
		desk_reply_code(m, answer);
	}
	count_scan(w, m, answer);
	if (answer->outcome == OUTCOME_FULL) {
		desk_reply_other(m, w->at.store, answer, &w->event->sessions);
	}
	desk_answer_fini(answer);
	post(w, m);
}

static void refuse_scan(struct desk_thread *w, const struct desk_request *r, const struct err *err) {
	if (err->kind == ERR_REFUSED) { /* desk_take: this box was taken out of use */
		w->standing = STATION_RETIRED;
	}
	struct desk_message *m = message(w, DESK_ANSWERED);
	m->taken_us = r->taken_us;
	m->walk_in = r->kind == REQUEST_VISITOR;
	if (m->walk_in) { /* whoever filled it in may be gone, and nobody is told */
		m->number = r->visitor->number;
		warn("what somebody without a badge filled in could not be kept", err);
	}
	/* The file may have been moved before it was written, or after: then it stands in what was moved, and comes back with it. */
	m->unsure = m->walk_in && err->kind == ERR_GONE && !w->lost;
	m->gone = r->person && err->kind == ERR_NOT_FOUND;
	m->text = xstrdup(err->text);
	post(w, m);
}

/* Behind the first one those that wait, but nothing that came between them. Returns how many it makes. */
static size_t gather_scans(struct desk_thread *w, struct desk_request *scans[DESK_TOGETHER_MAX]) {
	size_t n = 1;
	while (n < DESK_TOGETHER_MAX && w->held == NULL) {
		struct desk_request *next = mailbox_take(w->worker->in, 0);
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
static void serve_scans(struct desk_thread *w, struct desk_request *first) {
	struct desk_request *scans[DESK_TOGETHER_MAX] = {first};
	size_t n = gather_scans(w, scans);
	struct desk_turn *turns = xcalloc(n, sizeof *turns);
	for (size_t i = 0; i < n; i++) {
		const struct desk_request *r = scans[i];
		turns[i].scan = (struct desk_scan){.text = r->text, .len = r->n, .person = r->person ? r->text : NULL, .how = r->how};
		turns[i].scan.by = r->by;
		turns[i].scan.although = r->although[0] != '\0' ? r->although : NULL;
	}
	for (size_t done = 0; done < n;) {
		struct err err = {0};
		size_t taken = desk_take_together(w->at.desk, &turns[done], n - done, &err);
		for (size_t i = done; i < done + taken && i < n; i++) {
			answer_scan(w, scans[i], &turns[i].answer);
		}
		done += taken;
		if (done < n) {
			refuse_scan(w, scans[done++], &err);
		}
	}
	for (size_t i = 1; i < n; i++) { /* the first is the caller's */
		desk_request_free(scans[i]);
	}
	free(turns);
}

/* --- several people together ------------------------------------------------------------------------------------------------------------- */

static struct desk_message *group_message(struct desk_thread *w, const struct group_sign_in *group) {
	struct desk_message *m = message(w, DESK_GROUP);
	m->number = group->number;
	m->group_count = group->count;
	return m;
}

/* What is told of one of them is told of a scan, too; of it all this needs is what came of it. */
static void answer_one_of(struct desk_thread *w, struct desk_message *m, struct desk_answer *answer, struct group_answer *out) {
	struct desk_message one = {.kind = DESK_ANSWERED, .outcome = answer->outcome, .unnamed = answer->unnamed};
	str_copy(one.person, sizeof one.person, answer->known ? answer->person.id : "");
	desk_reply_label(&one, w->at.store, w->event);
	count_scan(w, m, answer);
	*out = (struct group_answer){.kept = true,
				     .outcome = answer->outcome,
				     .not_listed = answer->not_listed,
				     .registration = answer->registration,
				     .label = one.label};
	m->news = m->news || answer->recorded;
	desk_answer_fini(answer);
}

static void refuse_one_of(struct desk_thread *w, const struct err *err, struct group_answer *out) {
	if (err->kind == ERR_REFUSED) { /* as refuse_scan */
		w->standing = STATION_RETIRED;
	}
	*out = (struct group_answer){.kept = false, .gone = err->kind == ERR_NOT_FOUND};
	warn("somebody of a group could not be signed in", err);
}

/* One sync of the disk for all of them; each by the same way as a scan. */
static void serve_group(struct desk_thread *w, const struct group_sign_in *group) {
	struct desk_turn turns[GROUP_TOGETHER_MAX] = {{.scan = {.text = NULL}}};
	struct desk_message *m = group_message(w, group);
	size_t n = group->count;
	for (size_t i = 0; i < n; i++) {
		turns[i].scan = (struct desk_scan){.person = group->ids[i], .how = "staff", .by = group->by};
	}
	for (size_t done = 0; done < n;) {
		struct err err = {0};
		size_t taken = desk_take_together(w->at.desk, &turns[done], n - done, &err);
		for (size_t i = done; i < done + taken; i++) {
			answer_one_of(w, m, &turns[i].answer, &m->group[i]);
		}
		done += taken;
		if (done < n) {
			refuse_one_of(w, &err, &m->group[done++]);
		}
	}
	m->standing = w->standing;
	post(w, m);
}

/* --- visitors without a badge ---------------------------------------------------------------------------------------------------------- */

static void serve_walk_in(struct desk_thread *w, const struct desk_request *r) {
	const struct desk_scan scan = {.how = "walk-in", .signature = r->visitor->signs ? &r->visitor->signature : NULL};
	struct desk_answer answer;
	struct err err = {0};
	if (!desk_walk_in(w->at.desk, r->visitor->set, &scan, &answer, &err)) {
		refuse_scan(w, r, &err);
		return;
	}
	answer_scan(w, r, &answer);
}

static struct desk_message *signed_message(struct desk_thread *w, const struct desk_request *r) {
	struct desk_message *m = message(w, DESK_SIGNED);
	str_copy(m->person, sizeof m->person, r->visitor->person);
	return m;
}

static void serve_signature(struct desk_thread *w, const struct desk_request *r) {
	struct err err = {0};
	struct desk_message *m = signed_message(w, r);
	m->kept = desk_sign(w->at.desk, r->visitor->person, &r->visitor->signature, &err);
	m->news = m->kept;
	if (!m->kept) {
		warn("a signature could not be kept", &err);
		m->text = xstrdup(err.text);
	}
	post(w, m);
}

static void serve_visitor(struct desk_thread *w, const struct desk_request *r) {
	(r->visitor->set != NULL ? serve_walk_in : serve_signature)(w, r);
}

static void refuse_visitor(struct desk_thread *w, const struct desk_request *r, const struct err *err) {
	if (r->visitor->set != NULL) {
		refuse_scan(w, r, err);
		return;
	}
	struct desk_message *m = signed_message(w, r);
	m->text = xstrdup(err->text);
	post(w, m);
}

static void serve_clock(struct desk_thread *w, const struct desk_request *r) {
	struct err err = {0};
	const struct utc_ms now = {r->now.v + clock_mono().v -
				   r->set.v}; /* it may have waited: for a merge, or for the file to come back */
	if (!store_set_clock(w->at.store, now, r->forced, &err)) {
		warn("that the clock was set could not be recorded", &err);
	}
	post_counted(w);
}

/* --- the personal data goes --------------------------------------------------------------------------------------------------------------- */

/* Of a file that has none any more: the screen says so, and nothing is asked of the file again. */
static void be_erased(struct desk_thread *w) {
	struct err err = {0};
	w->erased = true;
	w->saved = w->waiting = w->last.v = 0;
	w->effect = (struct channel_effect){0};
	w->first_ms = w->settle_ms = 0;
	str_copy(w->why_lost, sizeof w->why_lost, "the personal data of this event were erased from this box");
	struct desk_message *m = message(w, DESK_ERASED);
	m->event_id = *store_event(w->at.store);
	m->station = *store_station(w->at.store);
	if (!kiosk_event_load(w->at.store, POINT_ARRIVAL, &m->event, &err) || !retention_look(w->at.store, &m->retention, &err)) {
		desk_message_free(m);
		post_failed(w, &err);
		return;
	}
	post(w, m);
}

static void erase(struct desk_thread *w) {
	struct err err = {0};
	int64_t days = retention_days(w->at.store);
	w->erases = false;
	if (!desk_place_purge(&w->at, &err)) {
		warn("the personal data of this event could not be erased, and are tried again in an hour", &err);
		return;
	}
	log_info("kiosk",
		 "the personal data of this event were erased from this box, %d day%s after it, as the organiser set it (erase_after)",
		 (int)days, days == 1 ? "" : "s");
	be_erased(w);
}

/* --- the file closed for a while ------------------------------------------------------------------------------------------------------- */

#define REOPEN_MS 100 /* between two tries: whoever had it may still be ending */
#define LOOK_MS 1000  /* between two looks whether it is still there, or there again */
#define REST_MS 3000  /* without any request: then the file is made whole by itself */

/* What another wrote meanwhile is shown as what comes by an exchange is. */
static void settle_soon(struct desk_thread *w) {
	w->effect.shown = w->effect.own = true;
	w->first_ms = w->settle_ms = clock_mono().v;
}

/* While another program still has it: until it is back, or nobody wants it any more. A file that cannot be opened is told, as at the start. */
static void reopen(struct desk_thread *w) {
	struct err err = {0};
	bool open = desk_place_reopen(&w->at, &err);
	if (!open && err.kind == ERR_BUSY) {
		warn("the event file is not back yet", &err);
	}
	while (!open && err.kind == ERR_BUSY && !mailbox_stopped(w->worker->in)) {
		poll(NULL, 0, REOPEN_MS);
		err = (struct err){0};
		open = desk_place_reopen(&w->at, &err);
	}
	if (open && w->at.purged) {
		be_erased(w);
	} else if (open) {
		settle_soon(w);
	} else if (err.kind != ERR_BUSY) {
		post_failed(w, &err);
	}
}

static void serve_loan(struct desk_thread *w, struct loan_request *r) {
	if (loan_is_wanted(r)) {
		desk_place_close(&w->at);
		loan_give(r);
		reopen(w); /* else the kiosk ends, or it is told */
	}
}

/* Taken from under this box: nobody is told that they are saved until the right file is back. */
static void look(struct desk_thread *w) {
	struct err gone = {0};
	if (!desk_place_look(&w->at, &gone)) {
		warn("nobody is signed in until the event file is back", &gone);
		str_copy(w->why_lost, sizeof w->why_lost, gone.text);
		w->lost = true;
		w->standing = STATION_LOST;
		w->effect = (struct channel_effect){0};
		w->first_ms = w->settle_ms = 0;
		post(w, message(w, DESK_STANDING));
	}
}

/* --- what staff and visitors ask for ------------------------------------------------------------------------------------------------ */

static void serve_point(struct desk_thread *w, const struct desk_request *r) {
	struct err err = {0};
	if (!desk_place_stand(&w->at, r->text, &err) || !load_event(w, &err)) {
		warn("this box stays where it was", &err);
	}
}

/* Calls for help and closes a call: a record, which the others get at once. */
static void serve_help(struct desk_thread *w, const struct desk_request *r) {
	struct err err = {0};
	bool news = true;
	char point[POINT_MAX + 1];
	desk_point_now(w->at.desk, point);
	/* What a box writes that was taken out of use is heard by nobody. */
	const struct help_close close = {&r->log, r->seq, r->text};
	bool ok = store_begin(w->at.store, &err);
	if (ok) {
		ok = role_station_check(w->at.store, &err) &&
		     (r->kind == REQUEST_HELP ? help_call(w->at.store, point, &news, &err) : help_close(w->at.store, &close, &err));
		if (!ok) {
			store_rollback(w->at.store);
		}
	}
	ok = ok && store_commit(w->at.store, &err);
	if (!ok) {
		warn("a call for help could not be recorded", &err);
	}
	post_news(w, ok && news);
}

/* What staff did: a record, which the others get at once, and what this box shows of it. */
static void serve_deed(struct desk_thread *w, const struct desk_request *r) {
	struct err err = {0};
	struct desk_message *m = message(w, DESK_DONE);
	m->number = r->deed->number;
	m->kept = deed_do(w->at.store, r->deed, &err);
	if (!m->kept) {
		warn("what staff did could not be recorded", &err);
		m->text = xstrdup(err.text);
	} else if (r->deed->kind == DEED_UNDO) {
		count_own(w);
	}
	bool kept = m->kept;
	post(w, m);
	post_news(w, kept);
}

static void serve_own(struct desk_thread *w, const struct desk_request *r) {
	struct err err = {0};
	struct desk_message *m = message(w, DESK_OWN);
	m->number = r->number;
	if (!own_checkins_load(w->at.store, m->own, OWN_CHECKINS_SHOWN, &m->own_count, &err)) {
		warn("the last check-ins could not be read", &err);
	}
	post(w, m);
}

/* A printer took it: at every box whoever it is for has one now. */
static void serve_label(struct desk_thread *w, const struct desk_request *r) {
	const struct label_draft draft = {.person = r->text, .again = r->again, .by = r->by};
	struct err err = {0};
	bool ok = store_begin(w->at.store, &err);
	if (ok) {
		ok = role_station_check(w->at.store, &err) && label_append(w->at.store, &draft, &err);
		if (!ok) {
			store_rollback(w->at.store);
		}
	}
	ok = ok && store_commit(w->at.store, &err);
	if (!ok) {
		warn("that a label was printed could not be recorded", &err);
	}
}

static void serve_one(struct desk_thread *w, struct desk_request *r) {
	switch (r->kind) {
	case REQUEST_SCAN: serve_scans(w, r); break;
	case REQUEST_VISITOR: serve_visitor(w, r); break;
	case REQUEST_CLOCK: serve_clock(w, r); break;
	case REQUEST_POINT: serve_point(w, r); break;
	case REQUEST_DEED: serve_deed(w, r); break;
	case REQUEST_OWN: serve_own(w, r); break;
	case REQUEST_GROUP: serve_group(w, r->group); break;
	case REQUEST_HELP:
	case REQUEST_HELPED: serve_help(w, r); break;
	case REQUEST_LABEL: serve_label(w, r); break;
	case REQUEST_CHANNEL:
		serve_channel(w, r->channel_request);
		r->channel_request = NULL;
		break;
	case REQUEST_LOAN: serve_loan(w, r->loan_request); break;
	}
}

/* Of clocks, points and calls for help only the last one: visitors call more than once. */
static void keep_for_later(struct desk_thread *w, struct desk_request *r) {
	size_t kept = 0;
	for (size_t i = 0; i < w->later_count; i++) {
		if (r->kind != REQUEST_HELPED && r->kind != REQUEST_LABEL && w->later[i]->kind == r->kind) {
			desk_request_free(w->later[i]);
		} else {
			w->later[kept++] = w->later[i];
		}
	}
	w->later_count = kept;
	if (w->later_count == DESK_LATER_MAX) {
		log_warn("kiosk", "that a call for help was answered, or a label printed, could not be kept until the event file is back");
		desk_request_free(r);
		return;
	}
	w->later[w->later_count++] = r;
}

static void refuse_deed(struct desk_thread *w, const struct desk_request *r) {
	struct desk_message *m = message(w, DESK_DONE);
	m->number = r->deed->number;
	m->text = xstrdup(w->why_lost);
	post(w, m);
}

/* Takes the request. Until the file is back, or once it is erased, nobody is signed in, and nothing is exchanged. A call for help, a clock that staff set and the like wait for it. */
static void serve_without(struct desk_thread *w, struct desk_request *r) {
	struct err gone = {.kind = ERR_GONE};
	str_copy(gone.text, sizeof gone.text, w->why_lost);
	switch (r->kind) {
	case REQUEST_SCAN: refuse_scan(w, r, &gone); break;
	case REQUEST_VISITOR: refuse_visitor(w, r, &gone); break;
	case REQUEST_CHANNEL:
		channel_serve(r->channel_request, NULL, &w->effect);
		r->channel_request = NULL;
		break;
	case REQUEST_LOAN: break; /* there is nothing to lend */
	case REQUEST_DEED: refuse_deed(w, r); break;
	case REQUEST_OWN: break;                                        /* nor to show */
	case REQUEST_GROUP: post(w, group_message(w, r->group)); break; /* none of them is kept */
	case REQUEST_CLOCK:
	case REQUEST_POINT:
	case REQUEST_HELP:
	case REQUEST_HELPED:
	case REQUEST_LABEL:
		if (!w->erased) {
			keep_for_later(w, r);
			return;
		}
		break;
	}
	desk_request_free(r);
}

static void serve_later(struct desk_thread *w) {
	for (size_t i = 0; i < w->later_count; i++) {
		serve_one(w, w->later[i]);
		desk_request_free(w->later[i]);
	}
	w->later_count = 0;
}

static void look_for(struct desk_thread *w) {
	struct err err = {0};
	if (desk_place_reopen(&w->at, &err)) {
		log_info("kiosk", "the event file is back");
		w->lost = false;
		w->standing = STATION_GOOD;
		if (w->at.purged) {
			be_erased(w);
			return;
		}
		settle_soon(w);
		serve_later(w);
	} else if (!str_eq(err.text, w->why_lost)) {
		warn("the event file is not back yet", &err);
		str_copy(w->why_lost, sizeof w->why_lost, err.text);
	}
}

static struct desk_request *next_request(struct desk_thread *w) {
	int wait = until_settled(w);
	struct desk_request *r = w->held != NULL ? w->held : mailbox_take(w->worker->in, wait < 0 || wait > LOOK_MS ? LOOK_MS : wait);
	w->held = NULL;
	return r;
}

/* What is to be done beside requests: after each of them too, not only when none comes; in a busy hour there is always one. */
static void attend(struct desk_thread *w, bool idle) {
	int64_t now = clock_mono().v;
	w->busy_ms = idle ? w->busy_ms : now;
	if (w->erased) {
		desk_place_let_go(&w->at);
		return;
	}
	if (w->lost) {
		if (now >= w->look_ms) {
			w->look_ms = now + LOOK_MS;
			look_for(w);
		}
		return;
	}
	look(w);
	if (!w->lost && until_settled(w) == 0) {
		settle(w);
	}
	if (!w->lost && now >= w->retention_ms) {
		post_counted(w);
	}
	if (!w->lost && w->erases) {
		erase(w);
		return;
	}
	if (!w->lost && now >= w->busy_ms + REST_MS) {
		store_rest(w->at.store);
	}
}

static void serve(struct desk_thread *w) {
	while (w->lost || w->erased || w->at.desk != NULL) { /* without one there is nothing to serve (serve_loan) */
		struct desk_request *r = next_request(w);
		if (r != NULL) {
			if (w->lost || w->erased) {
				serve_without(w, r);
			} else {
				serve_one(w, r);
				desk_request_free(r);
			}
		} else if (mailbox_stopped(w->worker->in)) {
			return;
		}
		if (w->lost || w->erased || w->at.desk != NULL) {
			attend(w, r == NULL);
		}
	}
}

static void begin(struct desk_thread *w) {
	count_own(w);
	find_standing(w);
	desk_place_introduce(&w->at); /* nobody waits for it with a picture to see */
	post_counted(w);
	if (w->erases) { /* before anybody else's word is heard */
		erase(w);
	}
}

void *desk_thread_run(void *context) {
	struct desk_thread *w = context;
	struct err err = {0};
	w->at.path = w->path;
	bool open = desk_place_open(&w->at, w->point, w->now, &err);
	if (open && w->at.purged) {
		be_erased(w);
		serve(w);
	} else if (open && load_event(w, &err)) {
		begin(w);
		serve(w);
	} else {
		post_failed(w, &err);
	}
	if (w->held != NULL) {
		desk_request_free(w->held);
	}
	for (size_t i = 0; i < w->later_count; i++) {
		desk_request_free(w->later[i]);
	}
	desk_place_fini(&w->at);
	kiosk_event_free(w->event);
	return NULL;
}
