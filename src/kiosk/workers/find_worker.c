#include "kiosk/workers/find_worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/worker.h"
#include "event/public_name.h"
#include "kiosk/workers/event_reader.h"
#include "store/read/find.h"
#include "store/read/people.h"

#define REQUESTS_MAX 64
#define MESSAGES_MAX 64

struct request {
	bool confirm;
	bool suggest;
	enum person_field field; /* then */
	uint64_t number;
	int64_t asked_us;
	char person[PERSON_ID_LEN + 1], digits[FOUND_DIGITS + 1];
	char text[FIND_QUERY_MAX + 1];
};

struct find_worker {
	struct worker worker;
	char *path;
	/* Of the thread alone: */
	struct event_reader reader;
	struct finder *finder; /* NULL: the file was never open */
	struct suggester *suggester;
	struct mapstr wrong; /* tries that went wrong, by person */
};

static void request_free(void *message) {
	crypto_wipe(message, sizeof(struct request));
	free(message);
}

void find_message_free(struct found_message *message) {
	if (message != NULL) {
		crypto_wipe(message, sizeof *message);
		free(message);
	}
}

static void drop_message(void *message) { find_message_free(message); }

/* --- the file ------------------------------------------------------------------------------------------------------------------------------ */

static bool look(struct find_worker *w) {
	struct err err = {0};
	bool other;
	if (!event_reader_look(&w->reader, &other, &err)) {
		log_warn("find", "nobody can be looked for in the file that is there now: %s", err.text);
	} else if (other) {
		suggester_close(w->suggester);
		finder_close(w->finder);
		w->finder = finder_open(w->reader.store);
		w->suggester = suggester_open(w->reader.store, finder_given(w->finder));
	}
	return w->finder != NULL;
}

/* --- what is asked ---------------------------------------------------------------------------------------------------------------------------- */

/* The last digits; false where there are fewer: that is no number that anybody could be asked for. */
static bool last_digits(const char *phone, char out[FOUND_DIGITS + 1]) {
	size_t n = 0;
	for (size_t i = strlen(phone); i > 0 && n < FOUND_DIGITS; i--) {
		if (str_is_digit(phone[i - 1])) {
			out[FOUND_DIGITS - ++n] = phone[i - 1];
		}
	}
	out[FOUND_DIGITS] = '\0';
	return n == FOUND_DIGITS;
}

static bool may_confirm(const struct find_worker *w, const struct person_row *row) {
	char digits[FOUND_DIGITS + 1];
	const int64_t *wrong = mapstr_find(&w->wrong, row->id);
	return last_digits(person_text(&row->person, PERSON_PHONE), digits) && (wrong == NULL || *wrong < FOUND_TRIES);
}

static void fill_row(const struct find_worker *w, const struct person_row *row, struct found_row *out) {
	char *name = public_name(person_text(&row->person, PERSON_NAME), finder_given(w->finder));
	const char *from = person_text(&row->person, PERSON_COMMUNITY);
	str_copy(out->id, sizeof out->id, row->id);
	str_copy(out->name, sizeof out->name, name);
	str_copy(out->community, sizeof out->community, from[0] != '\0' ? from : person_text(&row->person, PERSON_ORGANISATION));
	out->can_confirm = may_confirm(w, row);
	free(name);
}

static void add_row(const struct find_worker *w, const char *id, struct found_message *m) {
	struct person_row row;
	struct err err = {0};
	bool found = false;
	if (!person_get_plain(w->reader.store, id, &row, &found, &err)) {
		log_warn("find", "%s", err.text);
		return;
	}
	if (found && !row.removed) {
		fill_row(w, &row, &m->rows[m->count++]);
	}
	person_row_fini(&row);
}

static void find(struct find_worker *w, const struct request *r, struct found_message *m) {
	struct finding finding = {.count = 0};
	struct err err = {0};
	if (!finder_find(w->finder, r->text, FOUND_ROWS_MAX, &finding, &err)) {
		log_warn("find", "nobody can be looked for: %s", err.text);
		return;
	}
	for (size_t i = 0; i < finding.count; i++) {
		add_row(w, finding.items[i].id, m);
	}
	m->more = finding.more;
	crypto_wipe(&finding, sizeof finding);
}

static void confirm(struct find_worker *w, const struct request *r, struct found_message *m) {
	struct person_row row;
	struct err err = {0};
	char digits[FOUND_DIGITS + 1];
	bool found = false, made;
	m->kind = FOUND_WRONG;
	if (!person_get_plain(w->reader.store, r->person, &row, &found, &err)) {
		log_warn("find", "%s", err.text);
		return;
	}
	if (found && may_confirm(w, &row) && last_digits(person_text(&row.person, PERSON_PHONE), digits) && str_eq(digits, r->digits)) {
		m->kind = FOUND_CONFIRMED;
	}
	int64_t *wrong = mapstr_place(&w->wrong, r->person, &made);
	*wrong = m->kind == FOUND_CONFIRMED ? 0 : *wrong + 1;
	m->tries_left = *wrong < FOUND_TRIES ? (int)(FOUND_TRIES - *wrong) : 0;
	if (found) {
		fill_row(w, &row, &m->rows[0]);
		m->count = 1;
	}
	person_row_fini(&row);
	crypto_wipe(digits, sizeof digits);
}

static void suggest(struct find_worker *w, const struct request *r, struct found_message *m) {
	struct err err = {0};
	if (!suggester_find(w->suggester, r->field, r->text, &m->suggestions, &err)) {
		log_warn("find", "nothing can be suggested: %s", err.text);
		m->suggestions.count = 0;
	}
}

/* Of searches behind one another only the last is made: whoever types is ahead of it. */
static struct request *next_request(struct find_worker *w, struct request **held) {
	struct request *r = *held != NULL ? *held : mailbox_take(w->worker.in, -1), *next;
	*held = NULL;
	while (r != NULL && !r->confirm && (next = mailbox_take(w->worker.in, 0)) != NULL) {
		if (next->confirm) {
			*held = next;
			break;
		}
		request_free(r);
		r = next;
	}
	return r;
}

static void *run(void *context) {
	struct find_worker *w = context;
	struct request *r, *held = NULL;
	while ((r = next_request(w, &held)) != NULL) {
		struct found_message *m = xcalloc(1, sizeof *m);
		m->number = r->number;
		m->asked_us = r->asked_us;
		if (!look(w)) {
			m->kind = r->confirm ? FOUND_WRONG : FOUND_PEOPLE;
		} else if (r->suggest) {
			m->kind = FOUND_SUGGESTIONS;
			suggest(w, r, m);
		} else if (r->confirm) {
			confirm(w, r, m);
		} else {
			find(w, r, m);
		}
		request_free(r);
		if (!mailbox_put_wait(w->worker.out, m)) {
			find_message_free(m);
		}
	}
	suggester_close(w->suggester);
	finder_close(w->finder);
	event_reader_close(&w->reader);
	mapstr_fini(&w->wrong);
	return NULL;
}

/* --- the kiosk's side ------------------------------------------------------------------------------------------------------------------------ */

static void release(struct find_worker *w) {
	worker_fini(&w->worker, request_free, drop_message);
	free(w->path);
	free(w);
}

bool find_worker_open(const struct find_worker_options *options, struct find_worker **out, struct err *err) {
	struct find_worker *w = xcalloc(1, sizeof *w);
	w->path = xstrdup(options->path);
	w->reader.path = w->path;
	struct worker_options worker = {.name = "the thread that finds people",
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

void find_worker_close(struct find_worker *w) {
	if (w != NULL) {
		worker_join(&w->worker);
		release(w);
	}
}

static bool send(struct find_worker *w, struct request *r) {
	if (mailbox_put(w->worker.in, r)) {
		return true;
	}
	request_free(r);
	return false;
}

bool find_worker_find(struct find_worker *w, const char *text, uint64_t number, int64_t asked_us) {
	struct request *r = xcalloc(1, sizeof *r);
	r->number = number;
	r->asked_us = asked_us;
	str_copy(r->text, sizeof r->text, text);
	return send(w, r);
}

bool find_worker_confirm(struct find_worker *w, const char *person, const char *digits, uint64_t number) {
	struct request *r = xcalloc(1, sizeof *r);
	r->confirm = true;
	r->number = number;
	str_copy(r->person, sizeof r->person, person);
	str_copy(r->digits, sizeof r->digits, digits);
	return send(w, r);
}

bool find_worker_suggest(struct find_worker *w, enum person_field field, const char *text, uint64_t number) {
	struct request *r = xcalloc(1, sizeof *r);
	r->suggest = true;
	r->field = field;
	r->number = number;
	str_copy(r->text, sizeof r->text, text);
	return send(w, r);
}

struct found_message *find_worker_take(struct find_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
