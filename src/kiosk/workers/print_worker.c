#include "kiosk/workers/print_worker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/alloc.h"
#include "base/log_limit.h"
#include "base/str.h"
#include "base/worker.h"
#include "event/coming.h"
#include "event/registration.h"
#include "kiosk/workers/event_reader.h"
#include "office/label_print.h"
#include "station/badge_find.h"
#include "store/read/labels.h"
#include "store/read/people.h"
#include "store/read/totals.h"
#include "words/words.h"

#define REQUESTS_MAX 256
#define MESSAGES_MAX 256
#define CALL_MS 6000    /* for one word with the printer */
#define JOB_LOOK_MS 400 /* between two looks whether a label is out */
#define AGAIN_MS 3000   /* before a printer that did not print is tried again */
#define WATCHED_MS 2000
#define WATCH_LASTS_MS 10000
#define IDLE_MS 30000
#define PREVIEW_DPI 203
#define LESS_URGENT 19 /* nice: whoever stands before the box comes first */

enum request_kind {
	REQUEST_CHECK_IN,
	REQUEST_AGAIN,
	REQUEST_TEST,
	REQUEST_SLIP,
	REQUEST_ALL,
	REQUEST_TOMORROW,
	REQUEST_RETRY,
	REQUEST_FORGET,
	REQUEST_STOP,
	REQUEST_WATCH
};

struct request {
	enum request_kind kind;
	bool fresh; /* of REQUEST_ALL: for whom none was printed */
	enum slip_what slip;
	struct utc_ms now; /* of a slip, and of REQUEST_TOMORROW */
	size_t n;
	char text[BADGE_CODE_MAX + 1]; /* a person's id, or a code */
};

/* One that is with the printer. */
struct job {
	int id; /* 0: none */
	struct print_entry entry;
	int64_t sent_ms, patience_ms; /* it may take so much longer than a label */
};

struct print_worker {
	struct worker worker;
	char *path, *printer;
	enum label_size size;
	atomic_int halt;
	/* Of the thread alone: */
	struct event_reader reader;
	struct words *words;
	struct print_queue queue;
	struct print_list printed; /* in this run */
	struct job job;
	int stray; /* a job that was given up and could not be taken back, as the printer did not answer; 0: none */
	struct printer_state *state;
	struct print_message told; /* last; without its picture */
	bool asked, no_such_badge, dirty;
	int pictures, slips;
	int64_t watched_ms;      /* until when staff look on */
	int64_t look_ms, try_ms; /* when the printer is looked at, and tried again, next */
	struct log_limit failures;
};

void print_message_free(struct print_message *m) {
	if (m != NULL) {
		raster_fini(&m->picture);
		free(m);
	}
}

static void drop_message(void *m) { print_message_free(m); }

static int64_t now_ms(void) { return clock_mono().v; }

static struct printer printer_of(const struct print_worker *w) {
	return (struct printer){.name = w->printer, .timeout_ms = CALL_MS, .halt = &w->halt};
}

static bool is_watched(const struct print_worker *w) { return now_ms() < w->watched_ms; }

static void post(struct print_worker *w, struct print_message *m) {
	if (!mailbox_put_wait(w->worker.out, m)) {
		print_message_free(m);
	}
}

/* --- what is told ------------------------------------------------------------------------------------------------------------------------- */

static bool waits_for_slip(const struct print_worker *w) {
	bool waits = w->job.id != 0 && w->job.entry.wish == PRINT_SLIP;
	for (size_t i = 0; !waits && i < w->queue.urgent; i++) {
		waits = w->queue.waiting.items[i].wish == PRINT_SLIP;
	}
	return waits;
}

static void fill(const struct print_worker *w, struct print_message *m) {
	const struct printer_state *state = w->state;
	*m = (struct print_message){.kind = PRINT_STATE,
				    .there = w->printer[0] != '\0',
				    .asked = w->asked,
				    .trouble = w->state->trouble,
				    .size = w->size,
				    .printing = w->job.id != 0,
				    .waiting = w->queue.waiting.count + (w->job.id != 0),
				    .missed = w->queue.missed.count,
				    .batch = w->queue.waiting.count - w->queue.urgent,
				    .no_such_badge = w->no_such_badge,
				    .slip = waits_for_slip(w),
				    .slips = w->slips,
				    .number = w->pictures};
	str_copy(m->printer, sizeof m->printer, w->printer);
	str_copy(m->reason, sizeof m->reason, w->state->reason);
	str_copy(m->model, sizeof m->model, w->state->model);
	while (state->says_ready && m->loaded_count < PRINT_LOADED_MAX && m->loaded_count < state->media.count) {
		m->loaded[m->loaded_count] = state->media.items[m->loaded_count];
		m->loaded_count++;
	}
}

static bool same_loaded(const struct print_message *a, const struct print_message *b) {
	bool equal = a->loaded_count == b->loaded_count;
	for (size_t i = 0; equal && i < a->loaded_count; i++) {
		const struct label_medium *m = &a->loaded[i], *n = &b->loaded[i];
		equal = m->x == n->x && m->y == n->y && m->y_most == n->y_most;
	}
	return equal;
}

/* How many wait is staff's to see, and each telling costs the screen a picture: nobody is told who does not look. */
static bool same_counts(const struct print_message *a, const struct print_message *b) {
	return a->printing == b->printing && a->waiting == b->waiting && a->batch == b->batch;
}

static bool same(const struct print_worker *w, const struct print_message *a, const struct print_message *b) {
	return a->asked == b->asked && a->trouble == b->trouble && a->missed == b->missed && a->no_such_badge == b->no_such_badge &&
	       a->slip == b->slip && a->slips == b->slips && str_eq(a->reason, b->reason) && str_eq(a->model, b->model) &&
	       same_loaded(a, b) && (!is_watched(w) || same_counts(a, b));
}

static void tell(struct print_worker *w) {
	struct print_message *m = xcalloc(1, sizeof *m);
	fill(w, m);
	if (same(w, m, &w->told) && !w->dirty) {
		print_message_free(m);
		return;
	}
	w->dirty = false;
	w->told = *m;
	post(w, m);
}

/* The picture of a test label, as what is loaded makes it. */
static void show_picture(struct print_worker *w) {
	struct label_text text;
	struct label_place place;
	struct raster raster = {0};
	struct err err = {0};
	label_text_test(w->reader.store, w->words, w->size, &text);
	bool placed = label_print_place(&text, w->size, w->state, &place, &err) || label_print_place(&text, w->size, NULL, &place, &err);
	if (placed && label_print_picture(&text, &place, PREVIEW_DPI, &raster, &err)) {
		struct print_message *m = xcalloc(1, sizeof *m);
		w->pictures++;
		fill(w, m);
		w->told = *m;
		m->picture = raster;
		post(w, m);
	} else {
		log_limit_warn(&w->failures, "no test label can be drawn: %s", err.text);
	}
	label_text_fini(&text);
}

/* --- the printer -------------------------------------------------------------------------------------------------------------------------- */

static void set_trouble(struct print_worker *w, enum printer_trouble trouble, const struct err *why) {
	if (trouble != PRINTER_FINE && trouble != w->state->trouble) {
		log_limit_warn(&w->failures, "%s", why->text[0] != '\0' ? why->text : printer_trouble_text(trouble));
	}
	w->state->trouble = trouble;
}

/* What it says last stays where it does not answer: its labels are in it still. True: it can print. */
static bool look(struct print_worker *w) {
	struct printer_state *state = xcalloc(1, sizeof *state);
	const struct printer printer = printer_of(w);
	struct err err = {0};
	bool first = !w->asked;
	if (printer_look(&printer, state, &err)) {
		set_trouble(w, state->trouble, &err);
		bool other = !label_media_equal(&state->media, &w->state->media);
		*w->state = *state;
		if (is_watched(w) && other) {
			show_picture(w);
		}
	} else if (atomic_load(&w->halt) == 0) {
		set_trouble(w, state->trouble, &err);
	}
	w->asked = true;
	w->dirty = w->dirty || first;
	w->look_ms = now_ms() + (is_watched(w) ? WATCHED_MS : IDLE_MS);
	free(state);
	return w->state->trouble == PRINTER_FINE || w->state->trouble == PRINTER_BUSY;
}

/* --- who it is ---------------------------------------------------------------------------------------------------------------------------- */

static bool look_at_file(struct print_worker *w, struct err *err) {
	bool other;
	return event_reader_look(&w->reader, &other, err) || (w->reader.store != NULL);
}

/* Here since the start, or by the event's records anywhere. */
static bool was_printed(const struct print_worker *w, const char *person) {
	struct err ignored = {0};
	int64_t count = 0;
	for (size_t i = 0; i < w->printed.count; i++) {
		if (str_eq(w->printed.items[i].person, person)) {
			return true;
		}
	}
	return w->reader.store != NULL && labels_count(w->reader.store, person, NULL, &count, &ignored) && count > 0;
}

static void remember(struct print_worker *w, const struct print_entry *entry) {
	ARRAY_GROW(&w->printed, items);
	w->printed.items[w->printed.count++] = *entry;
}

/* Whose badge staff hold up. */
static bool find_person(struct print_worker *w, const char *text, char person[PERSON_ID_LEN + 1], struct err *err) {
	struct badge_row badge;
	bool found = false;
	person[0] = '\0';
	if (!badge_find(w->reader.store, text, &badge, &found, err)) {
		return false;
	}
	if (found) {
		str_copy(person, PERSON_ID_LEN + 1, badge.person);
	}
	return person[0] == '\0' || person_root(w->reader.store, person, err);
}

static bool read_text(struct print_worker *w, const struct print_entry *entry, struct label_text *text, bool *found, struct err *err) {
	*found = true;
	if (entry->wish == PRINT_TEST) {
		label_text_test(w->reader.store, w->words, w->size, text);
		return true;
	}
	if (!look_at_file(w, err) || !label_text_read(w->reader.store, entry->person, text, found, err)) {
		return false;
	}
	if (*found && was_printed(w, entry->person)) {
		label_text_mark(w->reader.store, w->words, text);
	}
	return true;
}

/* --- one label ------------------------------------------------------------------------------------------------------------------------------ */

static void be_done(struct print_worker *w) {
	const struct print_entry *e = &w->job.entry;
	w->slips += e->wish == PRINT_SLIP;
	if (e->person[0] != '\0') {
		struct print_message *m = xcalloc(1, sizeof *m);
		m->kind = PRINT_DONE;
		m->again = was_printed(w, e->person);
		str_copy(m->person, sizeof m->person, e->person);
		remember(w, e);
		post(w, m);
	}
	print_queue_done(&w->queue, e->person, now_ms());
	w->job.id = 0;
}

static void give_up(struct print_worker *w) {
	const struct printer printer = printer_of(w);
	struct err err = {0};
	if (!printer_cancel(&printer, w->job.id, &err)) {
		w->stray = w->job.id; /* taken back as soon as it answers: else it would come out then */
	}
	print_queue_miss(&w->queue, &w->job.entry);
	w->job.id = 0;
	w->try_ms = now_ms() + AGAIN_MS;
}

static void follow_job(struct print_worker *w) {
	const struct printer printer = printer_of(w);
	enum printer_job state = PRINTER_JOB_WAITS;
	struct err err = {0};
	bool heard = printer_job(&printer, w->job.id, &state, &err);
	if (heard && (state == PRINTER_JOB_DONE || state == PRINTER_JOB_FORGOTTEN)) {
		be_done(w);
	} else if (heard && state == PRINTER_JOB_FAILED) {
		log_limit_warn(&w->failures, "the printer gave a label up");
		print_queue_miss(&w->queue, &w->job.entry);
		w->job.id = 0;
		w->try_ms = now_ms() + AGAIN_MS;
	} else if (now_ms() - w->job.sent_ms >= w->queue.fresh_ms + w->job.patience_ms) {
		give_up(w);
	} else if (now_ms() >= w->look_ms || !heard) {
		look(w);
		w->look_ms = now_ms() + WATCHED_MS;
	}
}

/* Before anything else is printed. */
static bool take_stray_back(struct print_worker *w) {
	const struct printer printer = printer_of(w);
	struct err err = {0};
	enum printer_job state;
	if (w->stray == 0) {
		return true;
	}
	if (printer_cancel(&printer, w->stray, &err) || printer_job(&printer, w->stray, &state, &err)) { /* or it is over */
		w->stray = 0;
	}
	return w->stray == 0;
}

static void miss_next(struct print_worker *w) {
	struct print_entry entry;
	print_queue_take(&w->queue, &entry);
	print_queue_miss(&w->queue, &entry);
}

static void try_later(struct print_worker *w, enum printer_trouble trouble, const struct err *why) {
	set_trouble(w, trouble, why);
	w->try_ms = now_ms() + AGAIN_MS;
}

/* What is to be printed. */
struct wanted {
	struct label_text text;
	struct slip slip;
	bool is_slip, found; /* nobody's label is not printed */
};

static void wanted_fini(struct wanted *wanted) {
	label_text_fini(&wanted->text);
	slip_fini(&wanted->slip);
}

static bool make_page(struct print_worker *w, const struct wanted *wanted, struct label_page *page, enum printer_trouble *trouble,
		      struct err *err) {
	return wanted->is_slip ? slip_page_make(&wanted->slip, w->size, w->state, page, trouble, err)
			       : label_page_make(&wanted->text, w->size, w->state, page, trouble, err);
}

/* It stays first in the queue until the printer has taken it. */
static void send_page(struct print_worker *w, const struct wanted *wanted) {
	const struct printer printer = printer_of(w);
	struct label_page page;
	enum printer_trouble trouble;
	struct err err = {0};
	int job = 0;
	bool made = make_page(w, wanted, &page, &trouble, &err);
	bool ok = made && label_page_send(&printer, &page, &job, &trouble, &err);
	if (ok) {
		print_queue_take(&w->queue, &w->job.entry);
		w->job.id = job;
		w->job.sent_ms = now_ms();
		w->job.patience_ms = label_page_patience_ms(&page);
	} else if (!made && trouble == PRINTER_REFUSES) { /* it is the label's own fault: no later try would do better */
		log_limit_warn(&w->failures, "a label cannot be drawn: %s", err.text);
		miss_next(w);
	} else if (job == PRINTER_JOB_UNKNOWN) { /* it may come out yet: only who stands there sees whether one is still wanted */
		miss_next(w);
		try_later(w, trouble, &err);
	} else {
		try_later(w, trouble, &err);
	}
	label_page_fini(&page);
}

static bool read_wanted(struct print_worker *w, const struct print_entry *entry, struct wanted *out, struct err *err) {
	if (!out->is_slip) {
		return read_text(w, entry, &out->text, &out->found, err);
	}
	struct slip_wish wish = {.what = (enum slip_what)(entry->slip - 1), .now = entry->now};
	out->found = true;
	return look_at_file(w, err) && totals_day(w->reader.store, entry->now, &wish.day, err) &&
	       slip_read(w->reader.store, w->words, &wish, &out->slip, err);
}

static void print_next(struct print_worker *w) {
	const struct print_entry entry = *print_queue_next(&w->queue);
	struct print_entry dropped;
	struct wanted wanted = {.is_slip = entry.wish == PRINT_SLIP};
	struct err err = {0};
	bool read = look_at_file(w, &err);
	if (read && entry.wish == PRINT_CHECK_IN && was_printed(w, entry.person)) {
		print_queue_take(&w->queue, &dropped);
		return;
	}
	if (!look(w) || !take_stray_back(w)) {
		w->try_ms = now_ms() + AGAIN_MS;
		return;
	}
	if (!read_wanted(w, &entry, &wanted, &err)) {
		log_limit_warn(&w->failures, "what is to be printed cannot be read: %s", err.text);
		event_reader_close(&w->reader);
		w->try_ms = now_ms() + AGAIN_MS;
	} else if (!wanted.found) {
		print_queue_take(&w->queue, &dropped);
	} else {
		send_page(w, &wanted);
	}
	wanted_fini(&wanted);
}

/* --- what is asked -------------------------------------------------------------------------------------------------------------------------- */

static void put(struct print_worker *w, enum print_wish wish, const char *person) {
	struct print_entry e = {.wish = wish, .asked_ms = now_ms()};
	str_copy(e.person, sizeof e.person, person);
	bool at_printer = w->job.id != 0 && wish == PRINT_CHECK_IN && str_eq(w->job.entry.person, person);
	if (w->printer[0] != '\0' && !at_printer) {
		print_queue_put(&w->queue, &e);
	}
}

static void put_slip(struct print_worker *w, const struct request *r) {
	const struct print_entry e = {.wish = PRINT_SLIP, .slip = (int)r->slip + 1, .now = r->now, .asked_ms = now_ms()};
	print_queue_put(&w->queue, &e);
}

static void put_again(struct print_worker *w, const struct request *r) {
	char person[PERSON_ID_LEN + 1] = "";
	struct err err = {0};
	if (!look_at_file(w, &err) || !find_person(w, r->text, person, &err)) {
		log_limit_warn(&w->failures, "whose badge it is cannot be looked up: %s", err.text);
	}
	w->no_such_badge = person[0] == '\0';
	if (!w->no_such_badge) {
		put(w, PRINT_AGAIN, person);
	}
}

struct gathering {
	struct print_worker *worker;
	bool fresh, dated;
	int64_t day; /* dated: only who comes on it */
};

static bool put_one(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	const struct gathering *g = context;
	bool comes = registration_admits(person_registration(&row->person)) && (!g->dated || person_comes(&row->person, g->day));
	if (comes && !(g->fresh && was_printed(g->worker, row->id))) {
		put(g->worker, PRINT_BATCH, row->id);
	}
	return true;
}

static void put_all(struct print_worker *w, const struct request *r) {
	bool dated = r->kind == REQUEST_TOMORROW;
	struct gathering g = {.worker = w, .fresh = dated || r->fresh, .dated = dated};
	struct err err = {0};
	print_queue_stop(&w->queue); /* asked for twice is not wanted twice */
	bool ok = look_at_file(w, &err) && (!dated || totals_day(w->reader.store, r->now, &g.day, &err));
	g.day++;
	if (!ok || !people_each(w->reader.store, NULL, put_one, &g, &err)) {
		log_limit_warn(&w->failures, "labels for everybody cannot be made: %s", err.text);
	}
}

static void watch(struct print_worker *w) {
	struct err err = {0};
	bool on = is_watched(w);
	w->watched_ms = now_ms() + WATCH_LASTS_MS;
	if (on) {
		return;
	}
	w->no_such_badge = false;
	w->look_ms = 0;
	if (!look_at_file(w, &err)) {
		log_limit_warn(&w->failures, "%s", err.text);
	}
	show_picture(w);
}

static void serve(struct print_worker *w, const struct request *r) {
	if (w->printer[0] == '\0') { /* a touch on a picture of before, or an event that wants labels of a box that has none */
		return;
	}
	switch (r->kind) {
	case REQUEST_CHECK_IN: put(w, PRINT_CHECK_IN, r->text); break;
	case REQUEST_AGAIN: put_again(w, r); break;
	case REQUEST_TEST: put(w, PRINT_TEST, ""); break;
	case REQUEST_SLIP: put_slip(w, r); break;
	case REQUEST_ALL:
	case REQUEST_TOMORROW: put_all(w, r); break;
	case REQUEST_RETRY: print_queue_retry(&w->queue, now_ms()); break;
	case REQUEST_FORGET: print_queue_forget(&w->queue); break;
	case REQUEST_STOP: print_queue_stop(&w->queue); break;
	case REQUEST_WATCH: watch(w); break;
	}
	if (r->kind != REQUEST_CHECK_IN && r->kind != REQUEST_WATCH) {
		w->try_ms = 0; /* staff have done something about it */
	}
}

/* --- the thread ------------------------------------------------------------------------------------------------------------------------------- */

static int wait_ms(const struct print_worker *w) {
	int64_t now = now_ms(), at = w->look_ms, stale = print_queue_deadline(&w->queue);
	if (w->printer[0] == '\0') {
		return -1;
	}
	if (w->job.id != 0) {
		return JOB_LOOK_MS;
	}
	if (w->queue.waiting.count > 0) {
		at = w->try_ms;
	}
	at = stale < at ? stale : at;
	return at <= now ? 0 : at - now > IDLE_MS ? IDLE_MS : (int)(at - now);
}

static void work(struct print_worker *w) {
	if (w->printer[0] == '\0') {
		return;
	}
	print_queue_pass(&w->queue, now_ms());
	if (w->job.id != 0) {
		follow_job(w);
	} else if (w->queue.waiting.count > 0 && now_ms() >= w->try_ms) {
		print_next(w);
	} else if (now_ms() >= w->look_ms) {
		look(w);
	}
}

static void *run(void *context) {
	struct print_worker *w = context;
	setpriority(PRIO_PROCESS, 0, LESS_URGENT); /* of this thread alone, on Linux */
	log_limit_init(&w->failures, "printer", "labels that were not printed");
	w->words = w->printer[0] == '\0' ? NULL : words_open_installed(); /* without one nothing is drawn */
	w->state = xcalloc(1, sizeof *w->state);
	w->dirty = true;
	tell(w);
	while (!mailbox_stopped(w->worker.in)) {
		struct request *r = mailbox_take(w->worker.in, wait_ms(w));
		log_limit_look(&w->failures);
		for (; r != NULL; r = mailbox_take(w->worker.in, 0)) {
			serve(w, r);
			free(r);
		}
		if (!mailbox_stopped(w->worker.in)) {
			work(w);
			tell(w);
		}
	}
	event_reader_close(&w->reader);
	print_queue_fini(&w->queue);
	free(w->printed.items);
	free(w->state);
	words_close(w->words);
	log_limit_fini(&w->failures);
	return NULL;
}

/* --- the kiosk's side ------------------------------------------------------------------------------------------------------------------------ */

static void release(struct print_worker *w) {
	worker_fini(&w->worker, NULL, drop_message);
	free(w->path);
	free(w->printer);
	free(w);
}

bool print_worker_open(const struct print_worker_options *options, struct print_worker **out, struct err *err) {
	struct print_worker *w = xcalloc(1, sizeof *w);
	w->path = xstrdup(options->path);
	w->printer = xstrdup(options->printer);
	w->size = options->size;
	w->queue.fresh_ms = options->fresh_ms > 0 ? options->fresh_ms : PRINT_FRESH_MS;
	w->reader = (struct event_reader){.path = w->path};
	struct worker_options worker = {.name = "the thread that prints labels",
					.in_max = REQUESTS_MAX,
					.out_max = MESSAGES_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = run,
					.self = w};
	if (!worker_start(&w->worker, &worker, err)) {
		release(w);
		return false;
	}
	*out = w;
	return true;
}

void print_worker_close(struct print_worker *w) {
	if (w != NULL) {
		atomic_store(&w->halt, 1);
		worker_join(&w->worker);
		release(w);
	}
}

static bool put_request(struct print_worker *w, struct request *r) {
	if (mailbox_put(w->worker.in, r)) {
		return true;
	}
	free(r);
	return false;
}

static bool send(struct print_worker *w, enum request_kind kind, bool fresh, const char *text, size_t n) {
	struct request *r = xcalloc(1, sizeof *r);
	r->kind = kind;
	r->fresh = fresh;
	r->n = n < sizeof r->text ? n : 0; /* longer than any code: nobody's */
	memcpy(r->text, text, r->n);
	return put_request(w, r);
}

bool print_worker_slip(struct print_worker *w, enum slip_what what, struct utc_ms now) {
	struct request *r = xcalloc(1, sizeof *r);
	*r = (struct request){.kind = REQUEST_SLIP, .slip = what, .now = now};
	return put_request(w, r);
}

bool print_worker_tomorrow(struct print_worker *w, struct utc_ms now) {
	struct request *r = xcalloc(1, sizeof *r);
	*r = (struct request){.kind = REQUEST_TOMORROW, .now = now};
	return put_request(w, r);
}

bool print_worker_check_in(struct print_worker *w, const char *person) { return send(w, REQUEST_CHECK_IN, false, person, strlen(person)); }
bool print_worker_again(struct print_worker *w, const char *code, size_t n) { return send(w, REQUEST_AGAIN, false, code, n); }
bool print_worker_test(struct print_worker *w) { return send(w, REQUEST_TEST, false, "", 0); }
bool print_worker_all(struct print_worker *w, bool fresh) { return send(w, REQUEST_ALL, fresh, "", 0); }
bool print_worker_retry(struct print_worker *w) { return send(w, REQUEST_RETRY, false, "", 0); }
bool print_worker_forget(struct print_worker *w) { return send(w, REQUEST_FORGET, false, "", 0); }
bool print_worker_stop(struct print_worker *w) { return send(w, REQUEST_STOP, false, "", 0); }
bool print_worker_watch(struct print_worker *w) { return send(w, REQUEST_WATCH, false, "", 0); }

struct print_message *print_worker_take(struct print_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
