#include "store/read/checkins.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/log/record.h"
#include "store/log/rows.h"
#include "store/read/calendar.h"
#include "store/read/checkin_dates.h"
#include "store/view/anchor.h"
#include "store/view/checkin_owner.h"
#include "store/view/roles.h"
#include "store/write/about.h"

/* What the books judge by later: texts, which are read quickly (store/view/checkin.c). */
static void put_doubt(struct json_writer *w, const struct checkin_draft *draft) {
	if (draft->clock_unsure) {
		json_put_text(w, "clock", "unsure");
	}
	if (draft->valid_from != 0 || draft->valid_until != 0) {
		char text[48];
		snprintf(text, sizeof text, "%" PRId64 "/%" PRId64, draft->valid_from, draft->valid_until);
		json_put_text(w, "valid", text);
	}
}

bool checkin_append(struct store *store, const struct checkin_draft *draft, struct record_ref *ref, struct err *err) {
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	char stub[BADGE_CODE_MAX + 1];
	json_open(&w, NULL, '{');
	if (draft->code != NULL) {
		json_put_text(&w, "code", checkin_stub(draft->code, stub));
		if (draft->whose != NULL) {
			json_put_text(&w, "whose", draft->whose);
		}
	} else {
		json_put_text(&w, "person", draft->person);
	}
	json_put_text(&w, "point", draft->point);
	json_put_text(&w, "shown", outcome_word(draft->shown));
	json_put_text(&w, "how", draft->how);
	if (draft->has_at) {
		json_put_int(&w, "at", draft->at.v);
	}
	put_doubt(&w, draft);
	about_put_by(&w, draft->by);
	json_close(&w, '}');
	struct draft record = {.kind = "checkin", .author = AUTHOR_STATION, .subject = "", .body = body.data, .checkin = draft};
	bool ok = store_append(store, &record, ref, err);
	strbuf_fini(&body);
	return ok;
}

struct deltas {
	int64_t *items;
	size_t count, cap;
};

/* What the books keep in memory besides the lines: each text once, how far UTC is ahead of each log's clock, which check-ins are undone. */
struct books {
	struct checkins *out;
	struct mapstr texts;   /* text -> its index in out->texts */
	struct mapstr anchors; /* log id -> index in deltas */
	struct deltas deltas;
	struct mapstr undone;  /* a record's id */
	struct mapstr is_void; /* likewise */
	bool doubted;          /* any of them */
};

static const char *keep_text(struct books *b, const char *text) {
	bool made = false;
	int64_t *place = mapstr_place(&b->texts, text, &made);
	if (made) {
		if (b->out->text_count == b->out->text_cap) {
			b->out->text_cap = b->out->text_cap ? b->out->text_cap * 2 : 64;
			b->out->texts = xrealloc(b->out->texts, b->out->text_cap, sizeof *b->out->texts);
		}
		b->out->texts[b->out->text_count] = xstrdup(text);
		*place = (int64_t)b->out->text_count++;
	}
	return b->out->texts[*place];
}

static bool add_anchor(void *context, struct stmt *s, struct err *err) {
	(void)err;
	struct books *b = context;
	bool made = false;
	int64_t *place = mapstr_place(&b->anchors, str_number(stmt_col_int(s, 0)).text, &made);
	if (made) { /* rows come with the one that counts first */
		ARRAY_GROW(&b->deltas, items);
		*place = (int64_t)b->deltas.count;
		b->deltas.items[b->deltas.count++] = stmt_col_int(s, 1);
	}
	return true;
}

static bool add_record(void *context, struct stmt *s, struct err *err) {
	(void)err;
	bool made = false;
	*mapstr_place(context, str_number(stmt_col_int(s, 0)).text, &made) = 1;
	return true;
}

static void read_valid(const char *text, struct checkin *c) {
	char copy[48], *parts[2] = {0};
	if (str_copy(copy, sizeof copy, text) && str_split(copy, '/', parts, 2) == 2 &&
	    (!str_to_i64(parts[0], &c->valid_from) || !str_to_i64(parts[1], &c->valid_until))) {
		c->valid_from = c->valid_until = 0;
	}
}

/* What the station decided by may not have been so: it says so itself, or its clock was corrected since. */
#define CORRECTED_MS INT64_C(60000)
static bool is_doubted(const struct checkin *c, int64_t said_ms) {
	return !c->approximate && clock_is_set(c->utc) &&
	       (c->clock_unsure || c->utc.v - said_ms > CORRECTED_MS || said_ms - c->utc.v > CORRECTED_MS);
}

static bool add_line(void *context, struct stmt *s, struct err *err) {
	(void)err;
	struct books *b = context;
	struct checkins *list = b->out;
	ARRAY_GROW(list, items);
	struct checkin *c = &list->items[list->count++];
	*c = (struct checkin){.record = stmt_col_int(s, 0), .shown = outcome_find(stmt_col_text(s, 5)), .outside = OUTCOME_COUNT};
	c->seq = (uint64_t)(c->record & SEQ_MASK);
	str_copy(c->person, sizeof c->person, str_or_empty(stmt_col_text(s, 1)));
	c->name = keep_text(b, str_or_empty(stmt_col_text(s, 2)));
	c->code = keep_text(b, str_or_empty(stmt_col_text(s, 3)));
	c->point = keep_text(b, str_or_empty(stmt_col_text(s, 4)));
	c->how = keep_text(b, str_or_empty(stmt_col_text(s, 6)));
	const int64_t *anchor = mapstr_find(&b->anchors, str_number(c->record >> SEQ_BITS).text);
	if (!stmt_col_null(s, 7)) {
		c->utc.v = stmt_col_int(s, 7);
		c->stated = true;
	} else if (anchor != NULL) {
		c->utc.v = stmt_col_int(s, 8) + b->deltas.items[*anchor];
	} else {
		c->utc.v = stmt_col_int(s, 9);
		c->approximate = true;
	}
	c->clock_unsure = str_eq(str_or_empty(stmt_col_text(s, 13)), "unsure");
	read_valid(str_or_empty(stmt_col_text(s, 14)), c);
	c->by = keep_text(b, str_or_empty(stmt_col_text(s, 15)));
	c->doubted = stmt_col_null(s, 7) && is_doubted(c, stmt_col_int(s, 9));
	b->doubted = b->doubted || c->doubted;
	c->undone = mapstr_find(&b->undone, str_number(c->record).text) != NULL;
	c->is_void = mapstr_find(&b->is_void, str_number(c->record).text) != NULL;
	stmt_take(s, 10, c->log.b, HASH_LEN);
	stmt_take(s, 11, c->station.b, KEY_LEN);
	stmt_take(s, 12, c->hash.b, HASH_LEN);
	return true;
}

/* Nothing anchors it, and its own clock was never set: what that clock says is no day that anybody came on. */
static bool has_no_day(const struct checkin *c) { return c->approximate && !clock_is_set(c->utc); }

/* A whole order, which no two lines share: so every copy of the file gives the same books. */
static int by_time(const void *a, const void *b) {
	const struct checkin *x = a;
	const struct checkin *y = b;
	if (x->approximate != y->approximate) {
		return x->approximate ? 1 : -1;
	}
	if (has_no_day(x) != has_no_day(y)) {
		return has_no_day(x) ? 1 : -1;
	}
	if (!x->approximate && x->utc.v != y->utc.v) {
		return x->utc.v < y->utc.v ? -1 : 1;
	}
	int logs = memcmp(x->log.b, y->log.b, HASH_LEN);
	if (logs != 0 || x->seq != y->seq) {
		return logs != 0 ? logs : (x->seq > y->seq) - (x->seq < y->seq);
	}
	return memcmp(x->hash.b, y->hash.b, HASH_LEN); /* the log has branches there */
}

bool checkin_day(const struct checkin *c, const struct event_calendar *calendar, const struct tz *tz, int64_t *day) {
	if (has_no_day(c)) {
		*day = calendar->day_count == 1 ? calendar->days[0] : 0;
		return calendar->day_count == 1;
	}
	*day = event_day_of(calendar, c->utc, tz_local_day(tz, c->utc));
	return true;
}

struct firsts {
	const struct tz *tz;
	struct event_calendar calendar;
	struct mapstr seen; /* who, where and on which day -> the check-in that counts */
};

static void mark_duplicate(struct firsts *f, struct checkin *c) {
	const char *who = checkin_who(c);
	bool arrival = str_eq(c->point, POINT_ARRIVAL);
	int64_t day = 0;
	bool any_day = arrival && !checkin_day(c, &f->calendar, f->tz, &day);
	bool made = false, first = false;
	char *key = xasprintf("%s|%s|%" PRId64, who, c->point, day);
	char *any = xasprintf("%s|%s|any", who, c->point);
	int64_t *place = any_day ? mapstr_place(&f->seen, any, &made) : mapstr_place(&f->seen, key, &made);
	if (made) {
		*place = c->record;
	} else {
		c->duplicate_of = *place;
	}
	/* A line with a day is also noted for "any day", so that one without finds it. */
	place = arrival && !any_day ? mapstr_place(&f->seen, any, &first) : NULL;
	if (first) {
		*place = c->record;
	}
	free(key);
	free(any);
}

/* by_time puts lines without a day last, so each of them finds those that it may be a duplicate of. */
static bool mark_duplicates(struct store *store, struct checkins *list, struct err *err) {
	struct firsts f = {.tz = store->tz};
	bool ok = calendar_load(store, &f.calendar, err);
	for (size_t i = 0; ok && i < list->count; i++) {
		if (checkin_stands(&list->items[i])) {
			mark_duplicate(&f, &list->items[i]);
		}
	}
	mapstr_fini(&f.seen);
	event_calendar_fini(&f.calendar);
	return ok;
}

static bool judge_dates(struct store *store, struct checkins *list, struct err *err) {
	struct checkin_dates dates = {0};
	bool ok = checkin_dates_load(store, &dates, err);
	for (size_t i = 0; ok && i < list->count; i++) {
		struct checkin *c = &list->items[i];
		if (c->doubted && checkin_stands(c)) {
			c->outside = checkin_dates_judge(&dates, &(struct checkin_when){c->utc, c->point, c->valid_from, c->valid_until});
		}
	}
	checkin_dates_fini(&dates);
	return ok;
}

/* Every log with its anchors, the one that counts first. */
static const char ANCHORS[] = "SELECT q.id, a.delta_ms " ANCHORS_FROM " " ANCHORS_ORDER;

#define SAYINGS                                                                                               \
	CHECKIN_SAYS_WHO ", " CHECKIN_SAYS("how") ", " CHECKIN_SAYS_RARELY("clock") ", " CHECKIN_SAYS_RARELY( \
		"valid") ", " CHECKIN_SAYS_RARELY("by")
#define CHECKINS                                                                            \
	"SELECT c.record, c.point, c.shown, c.at_ms, r.mono_ms, r.utc_ms, r.hash, " SAYINGS \
	" FROM view_checkin c JOIN record r ON r.id = c.record"
#define LOG LOG_NAME("l")

/* The lines. Then the join: a walk-in who turned out to be somebody registered is that person. Materialized: else SQLite puts all of CHECKIN_OWNER in
 * each place that names `raw`. */
static const char LINES[] =
	"WITH said AS (" CHECKINS "), owned AS MATERIALIZED (SELECT s.*, " CHECKIN_OWNER " AS raw FROM said s) "
	"SELECT o.record, coalesce(j.into_person, o.raw), p.name, coalesce(o.code, ''), o.point, o.shown, o.how, o.at_ms, o.mono_ms, "
	"o.utc_ms, " LOG ", l.author, o.hash, o.clock, o.valid, o.by FROM owned o JOIN log l ON l.id = o.record >> 40 "
	"LEFT JOIN view_join j ON j.person = o.raw LEFT JOIN view_person p ON p.id = coalesce(j.into_person, o.raw)";

bool checkins_load(struct store *store, struct checkins *out, struct err *err) {
	*out = (struct checkins){0};
	struct books b = {.out = out};
	bool ok = db_each(store->db, ANCHORS, add_anchor, &b, err) && db_each(store->db, CHECKINS_UNDONE, add_record, &b.undone, err) &&
		  db_each(store->db, CHECKINS_VOID, add_record, &b.is_void, err) && db_each(store->db, LINES, add_line, &b, err);
	if (ok && out->count > 1) {
		qsort(out->items, out->count, sizeof *out->items, by_time);
	}
	ok = ok && mark_duplicates(store, out, err) && (!b.doubted || judge_dates(store, out, err));
	mapstr_fini(&b.texts);
	mapstr_fini(&b.anchors);
	mapstr_fini(&b.undone);
	mapstr_fini(&b.is_void);
	free(b.deltas.items);
	if (!ok) {
		checkins_fini(out);
	}
	return ok;
}

void checkins_fini(struct checkins *list) {
	for (size_t i = 0; i < list->text_count; i++) {
		free(list->texts[i]);
	}
	free(list->texts);
	free(list->items);
	*list = (struct checkins){0};
}

int64_t checkins_counted(const struct checkins *books) {
	struct mapstr firsts = {0}; /* the record that counts -> whether any check-in of theirs was taken as the first */
	int64_t counted = 0;
	for (size_t i = 0; i < books->count; i++) {
		const struct checkin *c = &books->items[i];
		bool made = false;
		if (checkin_stands(c)) {
			int64_t *taken = mapstr_place(&firsts, str_number(c->duplicate_of ? c->duplicate_of : c->record).text, &made);
			bool again = c->shown == OUTCOME_DUPLICATE;
			/* Who has only been "in already" so far is one; the first check-in proper takes that one's place. */
			counted += made || (!again && *taken != 0);
			*taken = made ? !again : *taken != 0 || !again;
		}
	}
	mapstr_fini(&firsts);
	return counted;
}

/* The check-in that `ref` names, or this station's last one. "Last" is by record id: later logs have greater numbers in this file. Clocks
 * may be wrong. */
static const struct checkin *find_undoable(const struct checkins *list, const char *ref, const struct public_key *station) {
	const struct checkin *found = NULL;
	for (size_t i = 0; i < list->count; i++) {
		const struct checkin *c = &list->items[i];
		char text[RECORD_REF_TEXT];
		record_ref_text(&c->log, c->seq, text);
		if (ref != NULL ? str_eq(text, ref) : crypto_key_eq(&c->station, station) && !c->undone && outcome_admits(c->shown)) {
			found = found == NULL || ref != NULL || c->record > found->record ? c : found;
		}
	}
	return found;
}

static bool may_undo(struct store *store, const struct checkin *c, bool own, struct err *err) {
	struct err need = {0};
	if (c->undone) {
		return err_set(err, ERR_REFUSED, "this check-in is undone already");
	}
	if (own) {
		return role_station_check(store, err);
	}
	return store_organiser_key(store, &need) != NULL ||
	       err_set(err, ERR_REFUSED, "another station wrote this check-in; only that station or the organiser may undo it");
}

static bool append_undo(struct store *store, const struct checkin *c, bool own, struct err *err) {
	char log[2 * HASH_LEN + 1];
	char body[200];
	str_hex(c->log.b, HASH_LEN, log);
	snprintf(body, sizeof body, "{\"log\":\"%s\",\"seq\":%" PRIu64 "}", log, c->seq);
	struct draft draft = {.kind = "undo", .author = own ? AUTHOR_STATION : AUTHOR_ORGANISER, .subject = "", .body = body};
	return store_append(store, &draft, NULL, err);
}

bool checkin_undo(struct store *store, const char *ref, struct strbuf *name, struct err *err) {
	struct checkins list;
	if (!checkins_load(store, &list, err)) {
		return false;
	}
	const struct public_key *station = store_station(store);
	const struct checkin *c = find_undoable(&list, ref, station);
	bool ok = false;
	if (c == NULL) {
		ok = ref ? err_set(err, ERR_NOT_FOUND, "there is no check-in %s (turnout list EVENT checkins)", ref)
			 : err_set(err, ERR_NOT_FOUND, "this station has no check-in to undo");
	} else {
		bool own = crypto_key_eq(&c->station, station);
		ok = may_undo(store, c, own, err) && append_undo(store, c, own, err);
		strbuf_adds(name, ok ? (c->name[0] ? c->name : c->code) : "");
	}
	checkins_fini(&list);
	return ok;
}
