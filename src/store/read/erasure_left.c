#include "store/read/erasure_left.h"

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/erasure.h"
#include "store/view/walkin.h"
#include "store/write/edit.h"

struct leaving {
	struct store *store;
	erasure_left_fn *each;
	void *context;
	const char *person;
	bool erased;
};

static bool is_walkin(void *context, struct stmt *s, struct err *err) {
	struct leaving *l = context;
	struct public_key station;
	char id[PERSON_ID_LEN + 1];
	(void)err;
	stmt_take(s, 1, station.b, KEY_LEN);
	walkin_id(l->store, &station, str_or_empty(stmt_col_text(s, 0)), id);
	l->erased = l->erased || str_eq(id, l->person);
	return true;
}

/* Of somebody of whom nothing is here: were they erased, or has the log with them not come yet? */
static bool find_erased(struct leaving *l, struct err *err) {
	char subject[SUBJECT_TEXT];
	struct err no_key = {0};
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
