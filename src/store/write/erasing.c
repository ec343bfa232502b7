#include "store/write/erasing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/erasure.h"
#include "store/log/keys.h"
#include "store/view/erase.h"
#include "store/write/append.h"
#include "store/write/sign.h"

enum { SUBJECTS_OF, STATEMENTS };
static const char *const TEXTS[] = {
	[SUBJECTS_OF] = "SELECT DISTINCT r.subject FROM view_touch t JOIN record r ON r.id = t.record WHERE t.thing IN (SELECT 'p' || ?1 "
			"UNION SELECT 'p' || person FROM view_join WHERE into_person = ?1)",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool erasure_take(struct store *store, struct run *proof, const char *text, struct err *err) {
	struct run_event event;
	struct err ignored = {0};
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
	if (!crypto_key_eq(&proof->author, &store->organiser) || !str_eq(first->kind, "erase") || !erasure_subject_ok(subject)) {
		ok = err_set(err, ERR_INPUT, "what came as the proof of an erasure is none");
	} else if (erasure_known(store, subject, &known, err) && !known) {
		ok = erasure_note_proof(store, subject, text, err) && erase_bodies(store, subject, err);
	} else {
		ok = known;
	}
	json_free(body);
	return ok;
}

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
	struct stmt *s = store_sql(store, &SQL, SUBJECTS_OF);
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
	/* Signed at once: an erasure that is not signed cannot be proved to others (log/erasure.c). */
	ok = ok && sign_log(store, AUTHOR_ORGANISER, err);
	*subjects = (int)list.count;
	for (size_t i = 0; i < list.count; i++) {
		free(list.items[i]);
	}
	free(list.items);
	return ok;
}

/* The pages of removed bodies may still stand in the write-ahead log: a checkpoint empties it. */
bool erasure_clean(struct store *store) {
	store->unclean = store->unclean && !db_checkpoint(store->db);
	return !store->unclean;
}
