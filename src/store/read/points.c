#include "store/read/points.h"

#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/write/fields.h"

enum { POINTS, POINT_GET, RULES, RULE_GET, STATEMENTS };
static const char *const TEXTS[] = {
	[POINTS] = "SELECT key, fields FROM view_point WHERE status <> 'removed' ORDER BY key",
	[POINT_GET] = "SELECT fields, status = 'removed' FROM view_point WHERE key = ?1",
	[RULES] = "SELECT key, fields FROM view_rule WHERE status <> 'removed' ORDER BY key",
	[RULE_GET] = "SELECT fields, status = 'removed' FROM view_rule WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static const struct fields_kind POINT = {.kind = "point", .called = "point", .sql = &SQL, .get = POINT_GET, .check = point_check};
static const struct fields_kind RULE = {.kind = "rule", .called = "rule", .sql = &SQL, .get = RULE_GET, .check = rule_check};

static bool add_point(void *context, const char *key, struct json *set) {
	(void)event_points_add(context, key, set);
	return true;
}

static bool add_rule(void *context, const char *key, struct json *set) {
	(void)rules_add(context, key, set);
	return true;
}

bool event_points_load(struct store *store, struct event_points *out, struct err *err) {
	*out = (struct event_points){0};
	bool ok = fields_each(store_sql(store, &SQL, POINTS), add_point, out, err);
	if (!ok) {
		event_points_fini(out);
	}
	event_points_sort(out);
	return ok;
}

bool rules_load(struct store *store, struct rules *out, struct err *err) {
	*out = (struct rules){0};
	bool ok = fields_each(store_sql(store, &SQL, RULES), add_rule, out, err);
	if (!ok) {
		rules_fini(out);
	}
	return ok;
}

/* A new one beyond the most would be there for nobody. */
static bool has_room(struct store *store, const char *key, struct err *err) {
	struct event_points points;
	bool ok = event_points_load(store, &points, err);
	ok = ok && (points.count < POINTS_MAX || event_points_find(&points, key) >= 0 ||
		    err_set(err, ERR_USAGE, "an event has %d points at most", POINTS_MAX));
	event_points_fini(&points);
	return ok;
}

static bool has_room_for_rule(struct store *store, const char *key, struct err *err) {
	struct rules rules;
	bool ok = rules_load(store, &rules, err), there = false;
	for (size_t i = 0; ok && i < rules.count; i++) {
		there = there || str_eq(rules.items[i].key, key);
	}
	ok = ok && (there || rules.count < RULES_MAX || err_set(err, ERR_USAGE, "an event has %d rules at most", RULES_MAX));
	rules_fini(&rules);
	return ok;
}

bool point_put(struct store *store, const char *key, const char *set, struct err *err) {
	return has_room(store, key, err) && fields_change(store, &POINT, key, set, err);
}

bool rule_put(struct store *store, const char *key, const char *set, struct err *err) {
	return has_room_for_rule(store, key, err) && fields_change(store, &RULE, key, set, err);
}

bool point_remove(struct store *store, const char *key, struct err *err) { return fields_remove(store, &POINT, key, err); }

bool rule_remove(struct store *store, const char *key, struct err *err) { return fields_remove(store, &RULE, key, err); }
