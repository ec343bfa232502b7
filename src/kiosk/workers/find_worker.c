#include "kiosk/workers/find_worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/log_limit.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/worker.h"
#include "event/public_name.h"
#include "kiosk/workers/event_reader.h"
#include "kiosk/workers/guesses.h"
#include "store/read/find.h"
#include "store/read/people.h"
#include "store/read/twins.h"

#define REQUESTS_MAX 64
#define MESSAGES_MAX 64

enum request_kind { REQUEST_FIND, REQUEST_CONFIRM, REQUEST_SUGGEST, REQUEST_TWIN, REQUEST_VOUCHED };

struct request {
	enum request_kind kind;
	enum person_field field; /* of REQUEST_SUGGEST */
	uint64_t number;
	int64_t asked_us;
	char person[PERSON_ID_LEN + 1], digits[FOUND_DIGITS + 1];
	char text[FIND_QUERY_MAX + 1];
	char *set; /* of REQUEST_TWIN, and the next line */
	struct twins_denied denied;
};

struct find_worker {
	struct worker worker;
	char *path;
	/* Of the thread alone: */
	struct event_reader reader;
	struct finder *finder; /* NULL: the file was never open */
	struct suggester *suggester;
	struct guesses *guesses;
	struct log_limit failures;
};

static void request_free(void *message) {
	struct request *r = message;
	crypto_wipe_text(r->set);
	crypto_wipe(r, sizeof *r);
	free(r);
}

void find_message_free(struct found_message *message) {
	if (message != NULL) {
		crypto_wipe(message, sizeof *message);
		free(message);
	}
}

static void drop_message(void *message) { find_message_free(message); }

/* --- the file ------------------------------------------------------------------------------------------------------------------------------ */

static void close_finder(void *context) {
	struct find_worker *w = context;
	suggester_close(w->suggester);
	w->suggester = NULL;
	finder_close(w->finder);
	w->finder = NULL;
}

/* The next one opens the file anew: what it was opened as may be what fails. */
static void give_up(struct find_worker *w, bool confirm, struct found_message *m, const struct err *err) {
	log_limit_warn(&w->failures, "nobody can be looked for: %s", err->text);
	*m = (struct found_message){.kind = confirm ? FOUND_NOT_COMPARED : FOUND_FAILED, .number = m->number, .asked_us = m->asked_us};
	event_reader_close(&w->reader);
}

/* Where another file is there that cannot be read, the one that was there serves. */
static bool look(struct find_worker *w, struct err *err) {
	struct err why = {0};
	bool other, ok = event_reader_look(&w->reader, &other, &why);
	if (!ok && w->finder == NULL) {
		return err_give(err, &why);
	}
	if (!ok) {
		log_limit_warn(&w->failures, "nobody can be looked for in the file that is there now: %s", why.text);
	} else if (w->finder == NULL) {
		w->finder = finder_open(w->reader.store);
		w->suggester = suggester_open(w->reader.store, finder_given(w->finder));
	}
	return true;
}

/* --- what is asked ---------------------------------------------------------------------------------------------------------------------------- */

static bool may_confirm(const struct find_worker *w, const struct person_row *row) {
	return phone_has_number(person_text(&row->person, PERSON_PHONE)) && guesses_left(w->guesses, row->id, clock_mono()) > 0;
}

static void copy_cut(char *out, size_t size, const char *text) {
	static const char more[] = "…";
	str_copy(out, size, text);
	if (strlen(text) >= size) {
		str_copy(out + utf8_cut(text, size - sizeof more), sizeof more, more);
	}
}

/* Who gave no community has none: their employer's name is nobody's business here. */
static void fill_row(const struct find_worker *w, const struct person_row *row, struct found_row *out) {
	char *name = public_name(person_text(&row->person, PERSON_NAME), finder_given(w->finder));
	str_copy(out->id, sizeof out->id, row->id);
	copy_cut(out->name, sizeof out->name, name);
	copy_cut(out->community, sizeof out->community, person_text(&row->person, PERSON_COMMUNITY));
	out->can_confirm = may_confirm(w, row);
	free(name);
}

static bool add_row(const struct find_worker *w, const char *id, struct found_message *m, struct err *err) {
	struct person_row row;
	bool found = false;
	if (!person_get_plain(w->reader.store, id, &row, &found, err)) {
		return false;
	}
	if (found && !row.removed) {
		fill_row(w, &row, &m->rows[m->count++]);
	}
	person_row_fini(&row);
	return true;
}

static bool find(struct find_worker *w, const struct request *r, struct found_message *m, struct err *err) {
	struct finding finding = {.count = 0};
	bool ok = finder_find(w->finder, r->text, FOUND_ROWS_MAX, &finding, err);
	for (size_t i = 0; ok && i < finding.count; i++) {
		ok = add_row(w, finding.items[i].id, m, err);
	}
	m->more = finding.more;
	crypto_wipe(&finding, sizeof finding);
	return ok;
}

/* What was typed is counted before it is told, under the id of whom they are in the end. */
static void compare(struct find_worker *w, const struct request *r, const struct person_row *row, struct found_message *m) {
	struct mono_ms now = clock_mono();
	bool may = may_confirm(w, row);
	m->kind = may && phone_has_last(person_text(&row->person, PERSON_PHONE), r->digits) ? FOUND_CONFIRMED : FOUND_WRONG;
	if (m->kind == FOUND_CONFIRMED) {
		guesses_forget(w->guesses, row->id, now);
	} else if (may) {
		guesses_wrong(w->guesses, row->id, now);
	}
	fill_row(w, row, &m->rows[0]);
	m->count = 1;
	m->tries_left = m->rows[0].can_confirm ? guesses_left(w->guesses, row->id, now) : 0;
}

static bool confirm(struct find_worker *w, const struct request *r, struct found_message *m, struct err *err) {
	struct person_row row;
	bool found = false;
	if (!person_get_plain(w->reader.store, r->person, &row, &found, err)) {
		return false;
	}
	if (found && !row.removed) {
		compare(w, r, &row, m);
	} else {
		m->kind = FOUND_GONE;
	}
	person_row_fini(&row);
	return true;
}

static bool suggest(struct find_worker *w, const struct request *r, struct found_message *m, struct err *err) {
	m->kind = FOUND_SUGGESTIONS;
	return suggester_find(w->suggester, r->field, r->text, &m->suggestions, err);
}

struct telling {
	const struct find_worker *worker;
	const struct twins_denied *denied;
};

/* Whoever has a number and tries names until one fits is guessing, as who tries digits: of whom that was done too often nobody is told. */
static bool may_tell(void *context, const char *id) {
	const struct telling *t = context;
	for (size_t i = 0; i < t->denied->count; i++) {
		if (str_eq(t->denied->ids[i], id)) {
			return false;
		}
	}
	return guesses_left(t->worker->guesses, id, clock_mono()) > 0;
}

static bool tell_twin(struct find_worker *w, const char *id, struct found_message *m, struct err *err) {
	guesses_wrong(w->guesses, id, clock_mono());
	return add_row(w, id, m, err);
}

static bool find_twin(struct find_worker *w, const struct request *r, struct found_message *m, struct err *err) {
	static const enum person_field fields[] = {PERSON_NAME, PERSON_EMAIL, PERSON_PHONE};
	struct json *set = json_parse(r->set, strlen(r->set), err);
	struct person who = {0};
	char id[PERSON_ID_LEN + 1];
	m->kind = FOUND_TWIN;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		person_set(&who, fields[i], json_get_text(set, person_field_key(fields[i])));
	}
	struct telling telling = {w, &r->denied};
	const struct twin_question question = {.who = &who, .may_tell = may_tell, .context = &telling};
	bool ok = set != NULL && twin_find(w->reader.store, finder_given(w->finder), &question, id, err) &&
		  (id[0] == '\0' || tell_twin(w, id, m, err));
	person_fini(&who);
	json_free(set);
	return ok;
}

static void forgive(struct find_worker *w, struct request *r) {
	struct err err = {0};
	if (look(w, &err) && !person_root(w->reader.store, r->person, &err)) {
		log_limit_warn(&w->failures, "whom staff signed in cannot be looked up: %s", err.text);
	}
	guesses_forget(w->guesses, r->person, clock_mono());
}

static void answer(struct find_worker *w, const struct request *r) {
	struct found_message *m = xcalloc(1, sizeof *m);
	struct err err = {0};
	m->number = r->number;
	m->asked_us = r->asked_us;
	bool (*ask)(struct find_worker *, const struct request *, struct found_message *, struct err *) =
		r->kind == REQUEST_CONFIRM   ? confirm
		: r->kind == REQUEST_SUGGEST ? suggest
		: r->kind == REQUEST_TWIN    ? find_twin
					     : find;
	if (!look(w, &err) || !ask(w, r, m, &err)) {
		give_up(w, r->kind == REQUEST_CONFIRM, m, &err);
	}
	if (!mailbox_put_wait(w->worker.out, m)) {
		find_message_free(m);
	}
}

/* Of searches behind one another only the last is made: whoever types is ahead of it. */
static struct request *next_request(struct find_worker *w, struct request **held) {
	struct request *r = *held != NULL ? *held : mailbox_take(w->worker.in, -1), *next;
	*held = NULL;
	while (r != NULL && (r->kind == REQUEST_FIND || r->kind == REQUEST_SUGGEST) && (next = mailbox_take(w->worker.in, 0)) != NULL) {
		if (next->kind != r->kind) {
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
	w->guesses = guesses_open(clock_mono());
	log_limit_init(&w->failures, "find", "searches that failed");
	while ((r = next_request(w, &held)) != NULL) {
		log_limit_look(&w->failures);
		if (r->kind == REQUEST_VOUCHED) {
			forgive(w, r);
		} else {
			answer(w, r);
		}
		request_free(r);
	}
	event_reader_close(&w->reader);
	guesses_close(w->guesses);
	log_limit_fini(&w->failures);
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
	w->reader = (struct event_reader){.cache_kib = WAITED_CACHE_KIB, .path = w->path, .closing = close_finder, .context = w};
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
	r->kind = REQUEST_CONFIRM;
	r->number = number;
	str_copy(r->person, sizeof r->person, person);
	str_copy(r->digits, sizeof r->digits, digits);
	return send(w, r);
}

bool find_worker_suggest(struct find_worker *w, enum person_field field, const char *text, uint64_t number) {
	struct request *r = xcalloc(1, sizeof *r);
	r->kind = REQUEST_SUGGEST;
	r->field = field;
	r->number = number;
	str_copy(r->text, sizeof r->text, text);
	return send(w, r);
}

bool find_worker_twin(struct find_worker *w, const struct visitor *visitor, uint64_t number) {
	struct request *r = xcalloc(1, sizeof *r);
	r->kind = REQUEST_TWIN;
	r->number = number;
	r->set = xstrdup(visitor->set);
	r->denied = visitor->denied;
	return send(w, r);
}

bool find_worker_vouched(struct find_worker *w, const char *person) {
	struct request *r = xcalloc(1, sizeof *r);
	r->kind = REQUEST_VOUCHED;
	str_copy(r->person, sizeof r->person, person);
	return send(w, r);
}

struct found_message *find_worker_take(struct find_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
