/* Who turned out to be whom. Records say "this person is that one"; several may speak of one person, in chains and even in rings (two
 * organisers joining two people the other way round on two copies). The view holds for every joined person the one they are in the end, so
 * that one step is right everywhere. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "store/read/people.h"
#include "store/view/view_rows.h"

#define JOINED "j" /* the thing that is dirty when any join came */

bool view_join_apply(struct store *store, const struct view_record *r, struct err *err) {
	const char *person = json_get_text(r->body, "person");
	const char *into = json_get_text(r->body, "into");
	if (str_empty(person) || str_empty(into) || str_eq(person, into)) {
		return view_ignore(store, r, IGNORE_JOIN, err);
	}
	bool made = false;
	mapstr_place(&store->dirty, JOINED, &made);
	struct stmt *s = store->sql[SQL_JOIN_PUT];
	stmt_text(s, 1, person);
	stmt_text(s, 2, into);
	return stmt_run(s, err);
}

struct joins {
	struct join {
		char *person, *into;
	} * items; /* by person */
	size_t count, cap;
	struct mapstr place; /* of each person, from 1 */
};

static bool add_join(void *context, struct stmt *row, struct err *err) {
	(void)err;
	struct joins *joins = context;
	bool made = false;
	ARRAY_GROW(joins, items);
	joins->items[joins->count++] =
		(struct join){xstrdup(str_or_empty(stmt_col_text(row, 0))), xstrdup(str_or_empty(stmt_col_text(row, 1)))};
	*mapstr_place(&joins->place, joins->items[joins->count - 1].person, &made) = (int64_t)joins->count;
	return true;
}

/* Whom a person was joined into; the person itself when into nobody. */
static const char *after(const struct joins *joins, const char *person) {
	const int64_t *place = mapstr_find(&joins->place, person);
	return place == NULL ? person : joins->items[*place - 1].into;
}

/* Who they are in the end: where the chain ends; of a ring its greatest id, which then is joined into nobody. */
static const char *root_of(const struct joins *joins, const char *person) {
	const char *slow = person, *fast = person;
	/* Two walkers, one of them twice as fast: they meet when there is a ring (R. W. Floyd), or at the end, which stays where it is. */
	do {
		slow = after(joins, slow);
		fast = after(joins, after(joins, fast));
	} while (strcmp(slow, fast) != 0);
	const char *greatest = slow;
	for (const char *at = after(joins, slow); strcmp(at, slow) != 0; at = after(joins, at)) {
		greatest = strcmp(at, greatest) > 0 ? at : greatest;
	}
	return greatest;
}

bool view_join_compute(struct store *store, struct err *err) {
	struct joins joins = {0};
	bool ok = db_exec(store->db, "DELETE FROM view_join", err) &&
		  db_each(store->db, "SELECT person, into_person FROM view_join_said ORDER BY person", add_join, &joins, err);
	for (size_t i = 0; ok && i < joins.count; i++) {
		const char *root = root_of(&joins, joins.items[i].person);
		struct stmt *s = store->sql[SQL_JOIN_RESOLVED];
		stmt_text(s, 1, joins.items[i].person);
		stmt_text(s, 2, root);
		ok = strcmp(root, joins.items[i].person) == 0 || stmt_run(s, err);
	}
	for (size_t i = 0; i < joins.count; i++) {
		free(joins.items[i].person);
		free(joins.items[i].into);
	}
	free(joins.items);
	mapstr_fini(&joins.place);
	store->joins = JOINS_UNKNOWN;
	return ok;
}
