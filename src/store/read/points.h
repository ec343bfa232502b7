/* The points that are no session, and the rules (event/point.h, event/rule.h), and editing them. */
#ifndef TURNOUT_STORE_READ_POINTS_H
#define TURNOUT_STORE_READ_POINTS_H

#include <stdbool.h>

#include "event/point.h"
#include "event/rule.h"

struct store;

/* Sorted; beyond POINTS_MAX they are left out. For event_points_fini. */
bool event_points_load(struct store *store, struct event_points *out, struct err *err) TURNOUT_MUST_CHECK;
/* For rules_fini. */
bool rules_load(struct store *store, struct rules *out, struct err *err) TURNOUT_MUST_CHECK;

/* Sets members of a point or a rule, inside a transaction; `set`: a JSON object of texts. ERR_USAGE says what is wrong with it. */
bool point_put(struct store *store, const char *key, const char *set, struct err *err) TURNOUT_MUST_CHECK;
bool rule_put(struct store *store, const char *key, const char *set, struct err *err) TURNOUT_MUST_CHECK;
/* ERR_NOT_FOUND when there is none such. Check-ins at a point stay. */
bool point_remove(struct store *store, const char *key, struct err *err) TURNOUT_MUST_CHECK;
bool rule_remove(struct store *store, const char *key, struct err *err) TURNOUT_MUST_CHECK;

#endif
