#include "store/read/session_changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/tz.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/read/settings.h"
#include "store/view/anchor.h"
#include "store/view/register.h"

#define DAY_MS INT64_C(86400000)

/* Every edit of a session, with its time; a session's stand together. Logs have few anchors and many records: how far each log is from UTC is asked once. */
static const char EDITS[] = "WITH ahead AS MATERIALIZED (SELECT l.id, (SELECT a.delta_ms " ANCHORS_OF(
	"l.id") " LIMIT 1) AS ms FROM log l WHERE l.id IN (SELECT DISTINCT record >> 40 FROM view_touch WHERE thing >= 's' AND thing < "
		"'t')) "
		"SELECT substr(t.thing, 2), r.hash, coalesce(r.mono_ms + a.ms, r.utc_ms) FROM view_touch t JOIN record r ON r.id = "
		"t.record "
		"JOIN ahead a ON a.id = r.id >> 40 WHERE t.thing >= 's' AND t.thing < 't' ORDER BY t.thing, r.hash";

struct timed {
	struct hash hash;
	struct utc_ms utc;
};

/* The edits of one session, by ascending hash, as registers have them. */
struct edits {
	struct timed *items;
	size_t count, cap;
	char id[SESSION_ID_LEN + 1];
};

struct loading {
	struct store *store;
	const struct sessions *sessions;
	struct mapstr places; /* a session's id -> index */
	struct utc_ms since;
	struct edits edits;
	struct session_changes *out;
};

/* --- which edits are late ------------------------------------------------------------------------------------------------------------ */

static bool names_hash(const struct edit *e, const struct hash *hash) {
	const struct json *was = json_get(e->body, "was");
	char hex[2 * HASH_LEN + 1];
	str_hex(hash->b, HASH_LEN, hex);
	for (size_t i = 0; i < json_count(was); i++) {
		if (str_eq(json_text(json_at(was, i)), hex)) {
			return true;
		}
	}
	return false;
}

static bool is_late_by_clock(const struct loading *l, const struct edit *e) {
	for (size_t i = 0; i < l->edits.count; i++) {
		if (memcmp(l->edits.items[i].hash.b, e->hash.b, HASH_LEN) == 0) {
			return l->edits.items[i].utc.v >= l->since.v;
		}
	}
	return false;
}

/* An edit that knew of a late one came after it, even where its clock was never set. Rounds, until nothing is added: chains are short. */
static void mark_late(const struct loading *l, const struct registers *r, bool *late) {
	for (size_t i = 0; i < r->count; i++) {
		late[i] = is_late_by_clock(l, &r->items[i]);
	}
	for (bool added = true; added;) {
		added = false;
		for (size_t i = 0; i < r->count; i++) {
			for (size_t k = 0; k < r->count && !late[i]; k++) {
				late[i] = late[k] && names_hash(&r->items[i], &r->items[k].hash);
				added = added || late[i];
			}
		}
	}
}

/* It made the session: it says when that is, and replaces nothing. */
static bool is_making(const struct edit *e) { return json_get(e->set, "when") != NULL && json_count(json_get(e->body, "was")) == 0; }

/* The edits that say what a session was: those that are not late; where all are, those that made it. `some` gets them, which stay r's. */
static void choose_before(const struct registers *r, const bool *late, struct registers *some) {
	some->items = xcalloc(r->count, sizeof *some->items);
	for (int pass = 0; pass < 2 && some->count == 0; pass++) {
		for (size_t i = 0; i < r->count; i++) {
			if (pass == 0 ? !late[i] : is_making(&r->items[i])) {
				some->items[some->count++] = r->items[i];
			}
		}
	}
}

/* --- what became of one -------------------------------------------------------------------------------------------------------------- */

/* As store/view/session.c reads it. */
static struct session_when read_when(const struct json *when) {
	struct session_when out = {.start = {json_get_int(when, "start", 0)}, .offset_min = (int)json_get_int(when, "offset", 0)};
	out.end.v = json_get_int(when, "end", out.start.v);
	out.end.v = out.end.v < out.start.v ? out.start.v : out.end.v;
	out.place_offset_min = (int)json_get_int(when, "place", out.offset_min);
	out.capacity = (int)json_get_int(when, "capacity", 0);
	const char *room = json_get_text(when, "room");
	out.room = str_empty(room) ? NULL : xstrdup(room);
	return out;
}

static void judge(const struct session *now, const struct registers *before, struct session_change *out) {
	const struct json *when = registers_value(before, "when");
	out->cancelled = now->cancelled && before->count > 0 && !str_eq(registers_text(before, "status"), "cancelled");
	if (when != NULL) {
		out->was = read_when(when);
		out->moved = session_change_room(out, now) || session_change_time(out, now);
	}
	if (!out->moved) {
		free(out->was.room);
		out->was = (struct session_when){0};
	}
}

static bool settle(struct loading *l, struct err *err) {
	const int64_t *place = mapstr_find(&l->places, l->edits.id);
	bool any = false;
	for (size_t i = 0; i < l->edits.count; i++) {
		any = any || l->edits.items[i].utc.v >= l->since.v;
	}
	if (place == NULL || !any || l->edits.count < 2) {
		return true;
	}
	struct registers r = {0};
	char *thing = xasprintf("s%s", l->edits.id);
	bool ok = registers_read(l->store, thing, &r, err);
	if (ok && r.count > 0) {
		bool *late = xcalloc(r.count, sizeof *late);
		struct registers before = {0};
		mark_late(l, &r, late);
		choose_before(&r, late, &before);
		judge(&l->sessions->items[*place].session, &before, &l->out->items[*place]);
		free(before.items); /* what they hold is r's */
		free(late);
	}
	registers_fini(&r);
	free(thing);
	return ok;
}

static bool add_edit(void *context, struct stmt *s, struct err *err) {
	struct loading *l = context;
	const char *id = str_or_empty(stmt_col_text(s, 0));
	if (!str_eq(id, l->edits.id)) {
		if (!settle(l, err)) {
			return false;
		}
		l->edits.count = 0;
		str_copy(l->edits.id, sizeof l->edits.id, id);
	}
	ARRAY_GROW(&l->edits, items);
	struct timed *edit = &l->edits.items[l->edits.count++];
	*edit = (struct timed){.utc = {stmt_col_int(s, 2)}};
	stmt_take(s, 1, edit->hash.b, HASH_LEN);
	return true;
}

/* --- the whole ----------------------------------------------------------------------------------------------------------------------- */

static struct utc_ms beginning_of(const struct tz *tz, int64_t day) {
	struct civil midnight = {0};
	tz_from_days(day, &midnight.year, &midnight.month, &midnight.day);
	return tz_utc(tz, &midnight);
}

static bool find_since(struct store *store, const struct sessions *sessions, struct utc_ms *since) {
	char *text = setting_get(store, "changes_since");
	int offset = 0;
	bool known = !str_empty(text) && tz_parse(store->tz, text, since, &offset);
	free(text);
	if (known) {
		return true;
	}
	int64_t days[EVENT_DAYS_MAX];
	size_t count = setting_days(store, days, COUNT_OF(days));
	if (count == 0 && sessions->count == 0) {
		return false;
	}
	int64_t first = count > 0 ? days[0] : tz_local_day(store->tz, sessions->items[0].session.when.start);
	for (size_t i = 1; i < count; i++) {
		first = days[i] < first ? days[i] : first;
	}
	since->v = beginning_of(store->tz, first).v - DAY_MS;
	return true;
}

bool session_changes_load(struct store *store, const struct sessions *sessions, struct session_changes *out, struct err *err) {
	struct loading l = {.store = store, .sessions = sessions, .out = out};
	*out = (struct session_changes){.items = xcalloc(sessions->count, sizeof *out->items), .count = sessions->count};
	if (!find_since(store, sessions, &l.since)) {
		return true;
	}
	for (size_t i = 0; i < sessions->count; i++) {
		bool made;
		*mapstr_place(&l.places, sessions->items[i].id, &made) = (int64_t)i;
	}
	bool ok = db_each(store->db, EDITS, add_edit, &l, err) && settle(&l, err);
	mapstr_fini(&l.places);
	free(l.edits.items);
	if (!ok) {
		session_changes_fini(out);
	}
	return ok;
}

void session_changes_fini(struct session_changes *changes) {
	for (size_t i = 0; i < changes->count; i++) {
		free(changes->items[i].was.room);
	}
	free(changes->items);
	*changes = (struct session_changes){0};
}

bool session_change_room(const struct session_change *change, const struct session *now) {
	return !str_eq(str_or_empty(change->was.room), str_or_empty(now->when.room));
}

bool session_change_time(const struct session_change *change, const struct session *now) {
	return change->was.start.v != now->when.start.v || change->was.end.v != now->when.end.v;
}
