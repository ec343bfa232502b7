#include "store/log/erasure.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "store/log/share.h"
#include "store/read/people.h"
#include "store/view/edit.h"
#include "store/view/view_rows.h"
#include "store/view/walkins.h"

bool erasure_known(struct store *store, const char *subject, bool *known, struct err *err) {
	struct stmt *s = store->sql[SQL_ERASED_GET];
	stmt_text(s, 1, subject);
	*known = stmt_row(s);
	return stmt_done(s, err);
}

/* --- removing the bodies ----------------------------------------------------------------------------------------------------------- */

struct bodies {
	int64_t *items; /* records of the subject that still say something */
	size_t count, cap;
};

static bool find_bodies(struct store *store, const char *subject, struct bodies *out, struct err *err) {
	struct stmt *s = store->sql[SQL_BODIES_OF];
	stmt_text(s, 1, subject);
	while (stmt_row(s)) {
		ARRAY_GROW(out, items);
		out->items[out->count++] = stmt_col_int(s, 0);
	}
	return stmt_done(s, err);
}

/* What the record spoke of has to be computed again, without it. */
static bool untouch(struct store *store, int64_t record, struct err *err) {
	struct stmt *s = store->sql[SQL_TOUCHED_BY];
	bool made = false;
	stmt_int(s, 1, record);
	while (stmt_row(s)) {
		mapstr_place(&store->dirty, str_or_empty(stmt_col_text(s, 0)), &made);
	}
	if (!stmt_done(s, err)) {
		return false;
	}
	static const enum store_sql steps[] = {SQL_TOUCH_REMOVE, SQL_IGNORED_REMOVE, SQL_BODY_REMOVE};
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		stmt_int(store->sql[steps[i]], 1, record);
		if (!stmt_run(store->sql[steps[i]], err)) {
			return false;
		}
	}
	return true;
}

static bool remove_bodies(struct store *store, const char *subject, struct err *err) {
	struct bodies bodies = {0};
	bool ok = find_bodies(store, subject, &bodies, err);
	store->unclean = store->unclean || bodies.count != 0;
	for (size_t i = 0; ok && i < bodies.count; i++) {
		ok = untouch(store, bodies.items[i], err);
	}
	free(bodies.items);
	return ok;
}

static bool subject_ok(const char *subject) {
	size_t n = strlen(str_or_empty(subject));
	return n > 0 && n <= RECORD_SUBJECT_MAX && strspn(subject, "0123456789abcdef") == n;
}

bool view_erase_apply(struct store *store, const struct view_record *r, struct err *err) {
	const char *subject = json_get_text(r->body, "subject");
	if (!subject_ok(subject)) {
		return view_ignore(store, r, IGNORE_THING, err);
	}
	struct stmt *s = store->sql[SQL_ERASED_PUT];
	stmt_text(s, 1, subject);
	stmt_int(s, 2, r->id);
	return stmt_run(s, err) && remove_bodies(store, subject, err);
}

/* --- proofs ------------------------------------------------------------------------------------------------------------------------ */

static bool find_head(struct store *store, int64_t record, struct erasure_proof *out, struct err *err) {
	struct heads heads;
	bool found = false;
	if (!store_heads(store, &heads, err)) {
		return false;
	}
	out->from = (uint64_t)(record & SEQ_MASK);
	for (size_t i = 0; i < heads.count && !found; i++) {
		out->head = heads.items[i];
		found = out->head.chain == record >> SEQ_BITS && out->head.seq >= out->from;
	}
	heads_fini(&heads);
	return found || err_set(err, ERR_NOT_FOUND, "the record of the erasure is not signed yet");
}

bool erasure_proof(struct store *store, const char *subject, struct erasure_proof *out, struct err *err) {
	struct stmt *s = store->sql[SQL_ERASED_GET];
	*out = (struct erasure_proof){0};
	stmt_text(s, 1, subject);
	bool found = stmt_row(s);
	int64_t record = found && !stmt_col_null(s, 0) ? stmt_col_int(s, 0) : 0;
	if (found && record == 0) {
		strbuf_adds(&out->text, str_or_empty(stmt_col_text(s, 1)));
	}
	if (!stmt_done(s, err)) {
		strbuf_fini(&out->text);
		return false;
	}
	if (!found) {
		return err_set(err, ERR_NOT_FOUND, "the subject was not erased");
	}
	return record == 0 || find_head(store, record, out, err);
}

bool erasure_loose_proofs(struct store *store, struct strbuf *out, struct err *err) {
	struct stmt *s = store->sql[SQL_ERASED_LOOSE];
	while (stmt_row(s)) {
		strbuf_adds(out, str_or_empty(stmt_col_text(s, 0)));
	}
	return stmt_done(s, err);
}

bool erasure_take(struct store *store, struct run *proof, const char *text, struct err *err) {
	struct run_event event;
	struct err ignored;
	store_run_event(store, &event);
	if (!run_verify(proof, &event, err)) {
		return false;
	}
	bool ok = true;
	const struct run_record *first = &proof->records[0];
	const char *said = str_or_empty(first->body);
	struct json *body = json_parse(said, strlen(said), &ignored);
	const char *subject = json_get_text(body, "subject");
	bool known = false;
	if (!crypto_key_eq(&proof->author, &store->organiser) || !str_eq(first->kind, "erase") || !subject_ok(subject)) {
		ok = err_set(err, ERR_INPUT, "what came as the proof of an erasure is none");
	} else if (erasure_known(store, subject, &known, err) && !known) {
		struct stmt *s = store->sql[SQL_ERASED_PROVE];
		stmt_text(s, 1, subject);
		stmt_text(s, 2, text);
		ok = stmt_run(s, err) && remove_bodies(store, subject, err);
	} else {
		ok = known;
	}
	json_free(body);
	return ok;
}

/* --- the organiser erases ---------------------------------------------------------------------------------------------------------- */

struct subjects {
	char **items;
	size_t count, cap;
};

static void add_subject(struct subjects *list, const char *subject) {
	for (size_t i = 0; i < list->count; i++) {
		if (str_eq(list->items[i], subject)) {
			return;
		}
	}
	ARRAY_GROW(list, items);
	list->items[list->count++] = xstrdup(subject);
}

static bool subjects_of(struct store *store, const char *person, struct subjects *list, struct err *err) {
	struct stmt *s = store->sql[SQL_SUBJECTS_OF];
	stmt_text(s, 1, person);
	while (stmt_row(s)) {
		if (!str_empty(stmt_col_text(s, 0))) {
			add_subject(list, stmt_col_text(s, 0));
		}
	}
	return stmt_done(s, err);
}

static bool append_erase(struct store *store, const char *subject, struct err *err) {
	char body[RECORD_SUBJECT_MAX + 32];
	snprintf(body, sizeof body, "{\"subject\":\"%s\"}", subject);
	struct draft draft = {.kind = "erase", .author = AUTHOR_ORGANISER, .subject = "", .body = body};
	return store_append(store, &draft, NULL, err);
}

bool erasure_of_person(struct store *store, const char *person, int *subjects, struct err *err) {
	struct subjects list = {0};
	bool ok = store_organiser_key(store, err) != NULL && subjects_of(store, person, &list, err);
	for (size_t i = 0; ok && i < list.count; i++) {
		ok = append_erase(store, list.items[i], err);
	}
	ok = ok && chain_sign(store, AUTHOR_ORGANISER, err);
	*subjects = (int)list.count;
	for (size_t i = 0; i < list.count; i++) {
		free(list.items[i]);
	}
	free(list.items);
	return ok;
}

/* --- what an erasure left ------------------------------------------------------------------------------------------------------------ */

struct leaving {
	struct store *store;
	erasure_left_fn *each;
	void *context;
	const char *person;
	bool erased;
};

static bool is_walkin(void *context, struct stmt *s, struct err *err) {
	struct leaving *l = context;
	struct public_key station = {{0}};
	char id[PERSON_ID_LEN + 1];
	size_t n = 0;
	(void)err;
	const void *key = stmt_col_blob(s, 1, &n);
	memcpy(station.b, key, n == KEY_LEN ? n : 0);
	walkin_id(l->store, &station, str_or_empty(stmt_col_text(s, 0)), id);
	l->erased = l->erased || str_eq(id, l->person);
	return true;
}

/* Of somebody of whom nothing is here: were they erased, or has the log with them not come yet? */
static bool find_erased(struct leaving *l, struct err *err) {
	char subject[SUBJECT_TEXT];
	struct err no_key;
	l->erased = false;
	if (person_subject(l->store, l->person, 0, subject, &no_key) && !erasure_known(l->store, subject, &l->erased, err)) {
		return false;
	}
	return l->erased ||
	       db_each(l->store->db, "SELECT e.subject, g.author FROM erased e, (SELECT DISTINCT author FROM log) g", is_walkin, l, err);
}

static bool look_at_joined(void *context, struct stmt *s, struct err *err) {
	struct leaving *l = context;
	char person[PERSON_ID_LEN + 1];
	str_copy(person, sizeof person, str_or_empty(stmt_col_text(s, 0)));
	int64_t people = stmt_col_int(s, 1);
	l->person = person;
	return find_erased(l, err) && (!l->erased || l->each(l->context, person, people, err));
}

bool erasure_left(struct store *store, erasure_left_fn *each, void *context, struct err *err) {
	struct leaving l = {.store = store, .each = each, .context = context};
	return db_each(store->db,
		       "SELECT j.into_person, count(DISTINCT j.person) FROM view_join j JOIN view_touch t ON t.thing = 'p' || j.person "
		       "JOIN record r ON r.id = t.record AND r.subject <> '' AND r.body IS NOT NULL WHERE NOT EXISTS (SELECT 1 FROM "
		       "view_touch WHERE thing = 'p' || j.into_person) GROUP BY j.into_person ORDER BY j.into_person",
		       look_at_joined, &l, err);
}

bool erasure_clean(struct store *store) {
	store->unclean = store->unclean && !db_checkpoint(store->db);
	return !store->unclean;
}

/* --- purging ----------------------------------------------------------------------------------------------------------------------- */

bool store_is_purged(struct store *store) {
	struct stmt *s = store->sql[SQL_META_GET];
	struct err ignored;
	stmt_text(s, 1, "purged");
	bool purged = stmt_row(s);
	return stmt_done(s, &ignored) && purged;
}

static bool purge_now(struct store *store, struct err *err) {
	char sql[200];
	if (!store_begin(store, err)) {
		return false;
	}
	snprintf(sql, sizeof sql, "INSERT INTO meta (key, value) VALUES ('purged', %" PRId64 ")", store_now(store).v);
	store->rebuild = true;
	if (db_exec(store->db, "UPDATE record SET body = NULL WHERE subject <> ''", err) &&
	    db_exec(store->db, "DELETE FROM meta WHERE key IN ('event_key', 'invitation_seed')", err) && db_exec(store->db, sql, err)) {
		store->purged = store->unclean = store_commit(store, err);
		return store->purged;
	}
	store_rollback(store);
	return false;
}

bool store_purge(struct store *store, struct err *err) {
	struct backlog backlog;
	if (store_is_purged(store)) {
		return err_set(err, ERR_REFUSED, "the personal data of this file is purged already");
	}
	if (!store_sign(store, err) || !store_backlog(store, &backlog, err)) {
		return false;
	}
	if (backlog.records != 0) {
		return err_set(err, ERR_REFUSED,
			       "%" PRId64
			       " record%s of this file %s not acknowledged by a hub or the organiser yet; \"turnout sync\" first",
			       backlog.records, backlog.records == 1 ? "" : "s", backlog.records == 1 ? "is" : "are");
	}
	if (!purge_now(store, err)) {
		return false;
	}
	if (!erasure_clean(store)) {
		log_warn("store", "%s: somebody reads the file; what was purged goes from its write-ahead log when they have ended",
			 store_path(store));
	}
	return true;
}
