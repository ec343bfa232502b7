#include "kiosk/workers/people_worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/worker.h"
#include "event/condition.h"
#include "kiosk/workers/event_reader.h"
#include "station/badge_find.h"
#include "store/read/find.h"
#include "store/read/points.h"
#include "store/read/presence.h"

#define WAITING_MAX 32
#define KEPT_MS 60000 /* after the last question */

struct people_worker {
	struct worker worker;
	char *path;
	/* The thread's own: */
	struct event_reader reader;
	struct finder *finder; /* NULL: the file is not open */
	int64_t version;       /* of what is remembered of it (presence_refresh) */
};

static void request_free(void *message) {
	crypto_wipe(message, sizeof(struct people_question));
	free(message);
}

void people_message_free(struct people_message *m) {
	if (m == NULL) {
		return;
	}
	if (m->card != NULL) {
		crypto_wipe(m->card, sizeof *m->card);
		free(m->card);
	}
	muster_groups_fini(&m->groups);
	muster_fini(&m->muster);
	crypto_wipe(m, sizeof *m);
	free(m);
}

static void drop_message(void *message) { people_message_free(message); }

/* --- the file ------------------------------------------------------------------------------------------------------------------------------ */

static void forget(void *context) {
	struct people_worker *w = context;
	finder_close(w->finder);
	w->finder = NULL;
	w->version = 0;
}

static bool look(struct people_worker *w, struct err *err) {
	bool other;
	if (!event_reader_look(&w->reader, &other, err)) {
		return false;
	}
	if (w->finder == NULL) {
		w->finder = finder_open(w->reader.store);
	}
	return presence_refresh(w->reader.store, &w->version, err);
}

static void copy_cut(char *out, size_t size, const char *text) {
	static const char more[] = "…";
	if (!str_copy(out, size, text)) {
		size_t n = utf8_cut(text, size - sizeof more);
		memcpy(out, text, n);
		str_copy(out + n, sizeof more, more);
	}
}

/* --- who is in ------------------------------------------------------------------------------------------------------------------------------- */

/* A desk that answers one question: what it goes by may be another in the next. */
struct asking {
	struct people_worker *worker;
	struct store *store;
	const struct people_question *question;
	struct desk *arrival;
	struct people_message *m;
};

static void name_box(struct store *store, int64_t record, char out[ROLE_NAME_MAX + 1]) {
	struct public_key station;
	struct err ignored = {0};
	char digits[9];
	out[0] = '\0';
	if (record != 0 && presence_station(store, record, &station, &ignored) &&
	    (!role_name(store, &station, out, ROLE_NAME_MAX + 1, &ignored) || out[0] == '\0')) {
		str_hex(station.b, 4, digits);
		str_copy(out, ROLE_NAME_MAX + 1, digits);
	}
}

static bool find_presence(const struct asking *a, struct desk *desk, const char *id, struct people_presence *out, int64_t *record,
			  struct err *err) {
	struct desk_answer answer;
	if (!desk_look(desk, id, a->question->now, &answer, err)) {
		return false;
	}
	bool handed = desk_stand(desk)->at == STAND_POINT, leaves = desk_stand(desk)->leaves;
	out->in = handed ? answer.had > (answer.outcome == OUTCOME_GIVEN) : answer.done != leaves;
	out->since = out->in ? answer.first : (struct utc_ms){0};
	out->approximate = answer.first_approximate;
	*record = out->in ? answer.first_record : 0;
	desk_answer_fini(&answer);
	return true;
}

/* --- rows ------------------------------------------------------------------------------------------------------------------------------------ */

static void say_place(const struct person *p, char *out, size_t size) {
	const char *community = person_text(p, PERSON_COMMUNITY), *region = person_text(p, PERSON_REGION);
	char *both = xasprintf("%s%s%s", community, community[0] != '\0' && region[0] != '\0' ? ", " : "", region);
	copy_cut(out, size, both);
	free(both);
}

static bool has_row(const struct people_message *m, const char *id) {
	for (size_t i = 0; i < m->row_count; i++) {
		if (str_eq(m->rows[i].id, id)) {
			return true;
		}
	}
	return false;
}

static bool put_row(const struct asking *a, const struct person_row *row, struct err *err) {
	struct people_message *m = a->m;
	int64_t record = 0;
	if (has_row(m, row->id)) {
		return true;
	}
	if (m->row_count == PEOPLE_ROWS_MAX) {
		m->more = true;
		return true;
	}
	struct people_row *out = &m->rows[m->row_count++];
	str_copy(out->id, sizeof out->id, row->id);
	copy_cut(out->name, sizeof out->name, person_text(&row->person, PERSON_NAME));
	copy_cut(out->from, sizeof out->from, person_text(&row->person, PERSON_ORGANISATION));
	say_place(&row->person, out->place, sizeof out->place);
	out->registration = person_registration(&row->person);
	return find_presence(a, a->arrival, row->id, &out->arrival, &record, err);
}

static bool put_person(const struct asking *a, const char *id, struct err *err) {
	struct person_row row;
	bool found = false;
	if (!person_get_plain(a->store, id, &row, &found, err)) {
		return false;
	}
	bool ok = !found || row.removed || put_row(a, &row, err);
	person_row_fini(&row);
	return ok;
}

static bool put_owner(const struct asking *a, const char *text, struct err *err) {
	struct badge_row badge;
	bool found = false;
	return strlen(text) > BADGE_CODE_MAX ||
	       (badge_find(a->store, text, &badge, &found, err) && (!found || badge.person[0] == '\0' || put_person(a, badge.person, err)));
}

static bool put_other(void *context, const struct person_row *row, struct err *err) { return put_row(context, row, err); }

/* Names first, by the search that visitors have: it forgives slips. What else is known of people is looked for as it stands. */
static bool find(struct asking *a, struct err *err) {
	struct finding finding = {.count = 0};
	const char *text = a->question->text;
	bool ok = put_owner(a, text, err);
	ok = ok && (strlen(text) > FIND_QUERY_MAX || finder_find(a->worker->finder, text, PEOPLE_ROWS_MAX, &finding, err));
	for (size_t i = 0; ok && i < finding.count; i++) {
		ok = put_person(a, finding.items[i].id, err);
	}
	a->m->more = finding.more;
	crypto_wipe(&finding, sizeof finding);
	return ok && people_each_anyhow(a->store, text, put_other, a, err);
}

/* --- one person ------------------------------------------------------------------------------------------------------------------------------ */

static void put_note(struct people_card *card, const char *text, bool door) {
	if (card->note_count < PEOPLE_NOTES_MAX) {
		struct people_note *note = &card->notes[card->note_count++];
		copy_cut(note->text, sizeof note->text, text);
		note->door = door;
	}
}

struct noting {
	struct people_card *card;
	bool door;
};

static bool take_note(void *context, const struct note *note, struct err *err) {
	const struct noting *n = context;
	(void)err;
	if (note->door == n->door) {
		put_note(n->card, note->text, note->door);
	}
	return true;
}

/* What is for everybody says nothing of anybody. */
static bool put_points(const struct asking *a, const struct person *person, struct people_card *card, struct err *err) {
	struct event_points points = {.count = 0};
	bool ok = event_points_load(a->store, &points, err);
	for (size_t i = 0; ok && i < points.count && card->point_count < POINTS_MAX; i++) {
		const char *condition = point_for(&points.items[i]);
		if (condition[0] != '\0' && condition_holds(condition, person)) {
			str_copy(card->points[card->point_count++], sizeof card->points[0], points.items[i].key);
		}
	}
	event_points_fini(&points);
	return ok;
}

static void put_fields(const struct person_row *row, struct people_card *card) {
	const struct person *p = &row->person;
	str_copy(card->id, sizeof card->id, row->id);
	copy_cut(card->name, sizeof card->name, person_text(p, PERSON_NAME));
	copy_cut(card->organisation, sizeof card->organisation, person_text(p, PERSON_ORGANISATION));
	copy_cut(card->position, sizeof card->position, person_text(p, PERSON_POSITION));
	say_place(p, card->place, sizeof card->place);
	copy_cut(card->category, sizeof card->category, person_text(p, PERSON_CATEGORY));
	str_copy(card->code, sizeof card->code, row->code);
	for (int kind = 0; kind < GROUP_KINDS; kind++) {
		str_copy(card->group[kind], sizeof card->group[kind], group_of(p, (enum group_kind)kind));
	}
	card->removed = row->removed;
	card->revoked = row->badge == BADGE_STATUS_REVOKED;
	card->registration = person_registration(p);
}

static bool put_notes(const struct asking *a, const struct person_row *row, struct people_card *card, struct err *err) {
	const char *own = person_text(&row->person, PERSON_NOTE);
	struct noting door = {card, true}, others = {card, false};
	bool ok = notes_each(a->store, row->id, take_note, &door, err) && notes_each(a->store, row->id, take_note, &others, err);
	if (ok && own[0] != '\0') {
		put_note(card, own, false);
	}
	return ok;
}

static bool put_presences(const struct asking *a, struct people_card *card, struct err *err) {
	int64_t record = 0;
	if (!find_presence(a, a->arrival, card->id, &card->arrival, &record, err)) {
		return false;
	}
	name_box(a->store, record, card->arrival.box);
	card->elsewhere = !str_eq(a->question->stand, POINT_ARRIVAL);
	if (!card->elsewhere) {
		return true;
	}
	/* A session that was cancelled while the box stands there is no place any more: then nobody is in. */
	struct err gone = {0};
	struct desk *here = desk_open(a->store, a->question->stand, &gone);
	bool ok = here == NULL || find_presence(a, here, card->id, &card->here, &record, err);
	desk_close(here);
	return ok;
}

static bool fill_card(struct asking *a, struct err *err) {
	struct person_row row;
	bool found = false;
	if (!person_get(a->store, a->question->person, &row, &found, err)) {
		return false;
	}
	bool ok = true;
	if (found) {
		struct people_card *card = a->m->card = xcalloc(1, sizeof *card);
		put_fields(&row, card);
		ok = put_notes(a, &row, card, err) && put_points(a, &row.person, card, err) && put_presences(a, card, err);
	}
	person_row_fini(&row);
	return ok;
}

/* --- groups ---------------------------------------------------------------------------------------------------------------------------------- */

static bool note_kinds(void *context, const struct person_row *row, struct err *err) {
	struct people_message *m = context;
	(void)err;
	for (int kind = 0; kind < GROUP_KINDS; kind++) {
		m->has_group[kind] = m->has_group[kind] || group_of(&row->person, (enum group_kind)kind)[0] != '\0';
	}
	return true;
}

static bool find_groups(struct asking *a, struct err *err) {
	const struct people_question *q = a->question;
	struct desk *here = desk_open(a->store, q->stand, err);
	const struct muster_question asked = {.store = a->store, .desk = here, .now = q->now, .kind = q->group};
	bool ok = here != NULL && (q->kind == PEOPLE_MUSTER ? muster_load(&asked, q->text, &a->m->muster, err)
							    : muster_groups_load(&asked, &a->m->groups, err) &&
								      people_each_anyhow(a->store, NULL, note_kinds, a->m, err));
	desk_close(here);
	return ok;
}

/* --- the thread ------------------------------------------------------------------------------------------------------------------------------ */

static bool fill(struct people_worker *w, const struct people_question *q, struct people_message *m, struct err *err) {
	struct asking a = {.worker = w, .question = q, .m = m};
	if (!look(w, err)) {
		return false;
	}
	a.store = w->reader.store;
	a.arrival = desk_open(a.store, POINT_ARRIVAL, err);
	bool ok = a.arrival != NULL && (q->kind == PEOPLE_FOUND  ? find(&a, err)
					: q->kind == PEOPLE_CARD ? fill_card(&a, err)
								 : find_groups(&a, err));
	desk_close(a.arrival);
	return ok;
}

static void answer(struct people_worker *w, const struct people_question *q) {
	struct people_message *m = xcalloc(1, sizeof *m);
	struct err err = {0};
	if (!fill(w, q, m, &err)) {
		log_warn("kiosk", "what staff asked for of people could not be looked up: %s", err.text);
		people_message_free(m);
		m = xcalloc(1, sizeof *m);
		m->failed = true;
		event_reader_close(&w->reader);
	}
	m->kind = q->kind;
	m->number = q->number;
	if (!mailbox_put_wait(w->worker.out, m)) {
		people_message_free(m);
	}
}

static bool is_search(const struct people_question *q) { return q->kind == PEOPLE_FOUND && !q->rest; }

/* Of searches behind one another only the last is made: whoever types is ahead of it. */
static struct people_question *next_question(struct people_worker *w, struct people_question **held) {
	struct people_question *q = *held != NULL ? *held : mailbox_take(w->worker.in, w->reader.store != NULL ? KEPT_MS : -1), *next;
	*held = NULL;
	while (q != NULL && is_search(q) && (next = mailbox_take(w->worker.in, 0)) != NULL) {
		if (!is_search(next)) {
			*held = next;
			break;
		}
		request_free(q);
		q = next;
	}
	return q;
}

static void *run(void *context) {
	struct people_worker *w = context;
	struct people_question *held = NULL;
	while (held != NULL || !mailbox_stopped(w->worker.in)) {
		struct people_question *q = next_question(w, &held);
		if (q == NULL || q->rest) {
			event_reader_close(&w->reader);
		} else {
			answer(w, q);
		}
		if (q != NULL) {
			request_free(q);
		}
	}
	event_reader_close(&w->reader);
	return NULL;
}

bool people_worker_open(const struct people_worker_options *options, struct people_worker **out, struct err *err) {
	struct people_worker *w = xcalloc(1, sizeof *w);
	w->path = xstrdup(options->path);
	w->reader = (struct event_reader){.path = w->path, .closing = forget, .context = w};
	struct worker_options worker = {.name = "the thread that tells staff about people",
					.in_max = WAITING_MAX,
					.out_max = WAITING_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = run,
					.self = w};
	if (!worker_start(&w->worker, &worker, err)) {
		people_worker_close(w);
		return false;
	}
	*out = w;
	return true;
}

void people_worker_close(struct people_worker *w) {
	if (w != NULL) {
		worker_join(&w->worker);
		worker_fini(&w->worker, request_free, drop_message);
		free(w->path);
		free(w);
	}
}

bool people_worker_ask(struct people_worker *w, const struct people_question *question) {
	struct people_question *q = xcalloc(1, sizeof *q);
	*q = *question;
	if (mailbox_put(w->worker.in, q)) {
		return true;
	}
	request_free(q);
	return false;
}

void people_worker_rest(struct people_worker *w) {
	(void)people_worker_ask(w, &(struct people_question){.rest = true}); /* where too many wait, a minute without one says it, too */
}

struct people_message *people_worker_take(struct people_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
