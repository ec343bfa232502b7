#include "import/agenda_apply.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "import/fault.h"
#include "store/read/roster.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"

#define TITLE_MAX 2000 /* bytes of a setting */

/* What this source last said of a session; fields it never set are NULL, `when` counts only when has_when. */
struct said_session {
	struct session session;
	bool has_when;
	struct { /* where each field was said: title…, when, status */
		int64_t log, seq, utc_ms;
	} at[SESSION_FIELD_COUNT + 2];
};

struct apply {
	struct store *store;
	const struct agenda_apply_options *opt;
	struct agenda_applied *out;
	struct sessions sessions;
	struct mapstr by_id; /* -> index in sessions + 1 */
	struct said_session *said;
	bool *seen; /* by session: the file has it */
};

/* ---- what the source said ---- */

static bool take_turn(struct said_session *s, int field, const struct said *said) {
	/* As in people_known.c: in one log the seq tells, between logs the clocks, then the log's number. */
	bool later = s->at[field].log == said->log        ? said->seq >= s->at[field].seq
		     : said->utc.v != s->at[field].utc_ms ? said->utc.v > s->at[field].utc_ms
							  : said->log > s->at[field].log;
	if (s->at[field].log != 0 && !later) {
		return false;
	}
	s->at[field].log = said->log;
	s->at[field].seq = said->seq;
	s->at[field].utc_ms = said->utc.v;
	return true;
}

static void take_when(struct said_session *s, const struct json *when) {
	free(s->session.when.room);
	const char *room = json_get_text(when, "room");
	int64_t offset = json_get_int(when, "offset", 0);
	s->session.when = (struct session_when){
		.start.v = json_get_int(when, "start", 0),
		.end.v = json_get_int(when, "end", 0),
		.offset_min = (int)offset,
		.place_offset_min = (int)json_get_int(when, "place", offset),
		.room = str_empty(room) ? NULL : xstrdup(room),
		.capacity = (int)json_get_int(when, "capacity", 0),
	};
	s->has_when = true;
}

static bool add_said(void *context, const struct said *said, struct err *err) {
	(void)err;
	struct apply *a = context;
	const int64_t *place = mapstr_find(&a->by_id, said->id);
	if (place == NULL || !str_eq(said->source, a->opt->source)) {
		return true;
	}
	struct said_session *s = &a->said[*place - 1];
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		const char *text = json_get_text(said->set, session_field_key((enum session_field)i));
		if (text != NULL && take_turn(s, i, said)) {
			session_set(&s->session, (enum session_field)i, text);
		}
	}
	const struct json *when = json_get(said->set, "when");
	if (when != NULL && take_turn(s, SESSION_FIELD_COUNT, said)) {
		take_when(s, when);
	}
	const char *status = json_get_text(said->set, "status");
	if (status != NULL && take_turn(s, SESSION_FIELD_COUNT + 1, said)) {
		s->session.cancelled = str_eq(status, "cancelled");
	}
	return true;
}

static bool load(struct apply *a, struct err *err) {
	if (!sessions_load(a->store, &a->sessions, err)) {
		return false;
	}
	a->said = xcalloc(a->sessions.count + 1, sizeof *a->said);
	a->seen = xcalloc(a->sessions.count + 1, sizeof *a->seen);
	for (size_t i = 0; i < a->sessions.count; i++) {
		bool made = false;
		*mapstr_place(&a->by_id, a->sessions.items[i].id, &made) = (int64_t)i + 1;
	}
	return a->sessions.count == 0 || said_each(a->store, SAID_SESSION, add_said, a, err);
}

/* ---- one session ---- */

static bool same_when(const struct session_when *a, const struct session_when *b) {
	return a->start.v == b->start.v && a->end.v == b->end.v && a->offset_min == b->offset_min &&
	       a->place_offset_min == b->place_offset_min && a->capacity == b->capacity &&
	       str_eq(str_or_empty(a->room), str_or_empty(b->room));
}

/* `before` and `after` borrow their texts. session_edit writes where they differ, so in a field that is to be written `before` gets what the
 * source said last, which differs from what it says now, even where a hand has set the same meanwhile. */
struct change {
	struct session before, after;
	bool any;     /* there is something to write */
	bool visible; /* and it will show */
	bool keeps;   /* time or room that a hand set and the source did not change: to be set again */
	struct session_when kept;
};

/* Time and room are one field, which the source writes as a whole; what a hand set of it and the source left alone is kept. */
static void keep_by_hand(struct change *c, const struct session_when *file, const struct session_when *now,
			 const struct session_when *said) {
	c->kept = *file;
	if (str_eq(str_or_empty(said->room), str_or_empty(file->room)) && !str_eq(str_or_empty(now->room), str_or_empty(said->room))) {
		c->kept.room = now->room;
	}
	if (said->capacity == file->capacity) {
		c->kept.capacity = now->capacity;
	}
	if (said->start.v == file->start.v && said->end.v == file->end.v) {
		c->kept.start = now->start;
		c->kept.end = now->end;
		c->kept.offset_min = now->offset_min;
		c->kept.place_offset_min = now->place_offset_min;
	}
	c->keeps = !same_when(&c->kept, file);
}

static void compare(struct change *c, const struct session *file, const struct session *now, const struct said_session *said) {
	c->before = *now;
	c->after = *now;
	c->after.uid = file->uid;
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		const char *was = session_text(&said->session, (enum session_field)i);
		const char *is = session_text(file, (enum session_field)i);
		const char *shown = session_text(now, (enum session_field)i);
		if (str_eq(was, is) || (*is == '\0' && !str_eq(was, shown))) {
			continue; /* unchanged; or emptied there, but the value is not the source's */
		}
		c->before.field[i] = said->session.field[i];
		c->after.field[i] = file->field[i];
		c->any = true;
		c->visible = c->visible || !str_eq(is, shown);
	}
	if (!said->has_when || !same_when(&said->session.when, &file->when)) {
		c->before.when = said->session.when;
		c->after.when = file->when;
		c->any = true;
		c->kept = file->when;
		if (said->has_when) {
			keep_by_hand(c, &file->when, &now->when, &said->session.when);
		}
		c->visible = c->visible || !same_when(&now->when, &c->kept);
	}
	if (said->session.cancelled != file->cancelled) {
		c->before.cancelled = said->session.cancelled;
		c->after.cancelled = file->cancelled;
		c->any = true;
		c->visible = c->visible || now->cancelled != file->cancelled;
	}
}

static bool write_change(struct apply *a, const char *id, const struct change *c, struct err *err) {
	bool changed = false;
	struct session_edit edit = {.id = id, .before = &c->before, .s = &c->after, .source = a->opt->source};
	/* Two edits: what the source says goes on record in its name, then what a hand had set is set again over it. */
	struct session again = c->after;
	again.when = c->kept;
	struct session_edit by_hand = {.id = id, .before = &c->after, .s = &again};
	return a->opt->dry_run || !c->any ||
	       (session_edit(a->store, &edit, &changed, err) && (!c->keeps || session_edit(a->store, &by_hand, &changed, err))) ||
	       err_wrap(err, "\"%.80s\"", session_text(&c->after, SESSION_TITLE));
}

static bool add_new(struct apply *a, const char *id, const struct session *s, struct err *err) {
	bool changed = false;
	struct session_edit edit = {.id = id, .s = s, .source = a->opt->source};
	a->out->added++;
	return a->opt->dry_run || session_edit(a->store, &edit, &changed, err) ||
	       err_wrap(err, "\"%.80s\"", session_text(s, SESSION_TITLE));
}

static bool apply_session(struct apply *a, const struct session *s, struct err *err) {
	char id[SESSION_ID_LEN + 1];
	session_id(store_event(a->store), a->opt->source, s->uid, id);
	const int64_t *place = mapstr_find(&a->by_id, id);
	if (place == NULL) {
		return add_new(a, id, s, err);
	}
	size_t i = (size_t)*place - 1;
	struct change change = {0};
	a->seen[i] = true;
	compare(&change, s, &a->sessions.items[i].session, &a->said[i]);
	a->out->changed += change.visible;
	a->out->unchanged += !change.visible;
	a->out->cancelled += change.visible && change.after.cancelled && !a->sessions.items[i].session.cancelled;
	return write_change(a, id, &change, err);
}

/* Those that this source had and has no more. One that staff called off or brought back since stays as they left it. */
static bool cancel_missing(struct apply *a, struct err *err) {
	for (size_t i = 0; i < a->sessions.count; i++) {
		const struct session_row *row = &a->sessions.items[i];
		if (a->seen[i] || !str_eq(row->source, a->opt->source) || a->said[i].session.cancelled) {
			continue;
		}
		if (a->opt->left_out != 0) {
			a->out->kept += !row->session.cancelled;
			continue;
		}
		struct change change = {.before = row->session, .after = row->session, .any = true};
		change.before.cancelled = false;
		change.after.cancelled = true;
		a->out->cancelled += !row->session.cancelled;
		if (!write_change(a, row->id, &change, err)) {
			return false;
		}
	}
	return true;
}

static bool set_title(struct apply *a, const char *title, struct err *err) {
	char cut[TITLE_MAX + 1];
	char *now = setting_get(a->store, "title");
	bool ok = true;
	if (str_empty(now) && !str_empty(title)) {
		str_copy(cut, sizeof cut, title);
		a->out->titled = true;
		ok = a->opt->dry_run || setting_put(a->store, "title", cut, err);
	}
	free(now);
	return ok;
}

/* The source by which a session of that title and beginning takes place already; NULL: none. */
static const char *stands_by(const struct apply *a, const struct session *s) {
	for (size_t i = 0; i < a->sessions.count; i++) {
		const struct session_row *row = &a->sessions.items[i];
		if (!row->session.cancelled && !str_empty(row->source) && row->session.when.start.v == s->when.start.v &&
		    str_eq(session_text(&row->session, SESSION_TITLE), session_text(s, SESSION_TITLE))) {
			return row->source;
		}
	}
	return NULL;
}

static bool begins_source(const struct apply *a) {
	for (size_t i = 0; i < a->sessions.count; i++) {
		if (str_eq(a->sessions.items[i].source, a->opt->source)) {
			return false;
		}
	}
	return true;
}

/* "agenda-v2.csv" after "agenda.csv": whoever saves a new edition under a new name does not want all sessions twice. */
static bool check_edition(const struct apply *a, const struct agenda *agenda, struct err *err) {
	const char *other = NULL;
	size_t there = 0;
	if (a->opt->named || a->sessions.count == 0 || !begins_source(a)) {
		return true;
	}
	for (size_t i = 0; i < agenda->count; i++) {
		const char *source = stands_by(a, &agenda->items[i]);
		other = other == NULL ? source : other;
		there += source != NULL && str_eq(source, other);
	}
	return 2 * there <= agenda->count || fault_fail(err, &(struct fault){.kind = FAULT_OTHER_EDITION, .value = other});
}

static bool apply_all(struct apply *a, const struct agenda *agenda, struct err *err) {
	if (!load(a, err) || !check_edition(a, agenda, err)) {
		return false;
	}
	for (size_t i = 0; i < agenda->count; i++) {
		if (!apply_session(a, &agenda->items[i], err)) {
			return false;
		}
	}
	return cancel_missing(a, err) && set_title(a, agenda->title, err);
}

static void apply_fini(struct apply *a) {
	for (size_t i = 0; a->said != NULL && i < a->sessions.count; i++) {
		session_fini(&a->said[i].session);
	}
	free(a->said);
	free(a->seen);
	mapstr_fini(&a->by_id);
	sessions_fini(&a->sessions);
}

bool agenda_apply(struct store *store, const struct agenda *agenda, const struct agenda_apply_options *opt, struct agenda_applied *out,
		  struct err *err) {
	struct agenda_applied counted = {.sessions = agenda->count, .left_out = opt->left_out, .cells = opt->cells};
	struct apply a = {.store = store, .opt = opt, .out = &counted};
	if (str_empty(opt->source)) {
		return fault_fail(err, &(struct fault){.kind = FAULT_NO_SOURCE});
	}
	bool ok = opt->dry_run || store_begin(store, err);
	if (ok) {
		ok = apply_all(&a, agenda, err) &&
		     (opt->dry_run || opt->memory == NULL || source_memory_save(store, "agenda", opt->source, opt->memory, err));
		if (!opt->dry_run && ok) {
			ok = store_commit(store, err);
		} else if (!opt->dry_run) {
			store_rollback(store);
		}
	}
	apply_fini(&a);
	if (ok) {
		*out = counted;
	}
	return ok;
}
