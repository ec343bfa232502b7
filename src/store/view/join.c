#include "store/view/join.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"

/* Where records say different things of one person the greatest id counts (max), so it does not matter which comes first. */
enum { SAID_PUT, JOIN_PUT, STATEMENTS };
static const char *const TEXTS[] = {
	[SAID_PUT] = "INSERT INTO view_join_said (person, into_person) VALUES (?1, ?2) "
		     "ON CONFLICT DO UPDATE SET into_person = max(into_person, excluded.into_person)",
	[JOIN_PUT] = "INSERT INTO view_join (person, into_person) VALUES (?1, ?2)",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define JOINED "j" /* the one thing of this view: all joins together, as any of them may change whom the others mean */

static bool apply(struct store *store, const struct view_record *r, struct err *err) {
	const char *person = json_get_text(r->body, "person");
	const char *into = json_get_text(r->body, "into");
	if (str_empty(person) || str_empty(into) || str_eq(person, into)) {
		return view_ignore(store, r, IGNORE_JOIN, err);
	}
	view_mark(store, JOINED);
	struct stmt *s = store_sql(store, &SQL, SAID_PUT);
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
	/* At the end of a chain `slow` is its own successor, so the loop does nothing; in a ring it goes round once. */
	const char *greatest = slow;
	for (const char *at = after(joins, slow); strcmp(at, slow) != 0; at = after(joins, at)) {
		greatest = strcmp(at, greatest) > 0 ? at : greatest;
	}
	return greatest;
}

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	(void)id;
	(void)r; /* what is said stands in a table, as no edit replaces it */
	struct joins joins = {0};
	/* All of it anew: one more join can change the end of every chain. There are few. */
	bool ok = db_exec(store->db, "DELETE FROM view_join", err) &&
		  db_each(store->db, "SELECT person, into_person FROM view_join_said ORDER BY person", add_join, &joins, err);
	for (size_t i = 0; ok && i < joins.count; i++) {
		const char *root = root_of(&joins, joins.items[i].person);
		struct stmt *s = store_sql(store, &SQL, JOIN_PUT);
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
	store->joins = ANY_UNKNOWN;
	return ok;
}

const struct store_view view_join = {
	.kinds = {{"join", RIGHT_EDITOR, PASS_REST, apply}},
	.tables = {{"view_join", "SELECT 'join', person, into_person FROM view_join ORDER BY 2"},
		   {"view_join_said", "SELECT 'said', person, into_person FROM view_join_said ORDER BY 2"}},
	.thing = JOINED[0],
	.compute = compute,
};
