#include "event/point.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/condition.h"
#include "event/member_words.h"

#define SESSION_DIGITS 20 /* of a session's id, store/read/sessions.h, which this layer does not see */

bool point_is_exit(const char *point) { return str_eq(point, POINT_EXIT) || str_starts(point, POINT_EXIT_OF); }

const char *point_exit_session(const char *point) { return str_starts(point, POINT_EXIT_OF) ? point + strlen(POINT_EXIT_OF) : ""; }

struct point_place point_place_read(const char *text) {
	struct point_place place = {.leaves = point_is_exit(text), .name = ""};
	const char *rest = str_starts(text, POINT_EXIT_OF) ? text + strlen(POINT_EXIT_OF) : text;
	if (str_starts(rest, POINT_ROOM)) {
		place.at = PLACE_ROOM;
		place.name = rest + strlen(POINT_ROOM);
	} else if (!str_eq(rest, POINT_ARRIVAL) && !str_eq(rest, POINT_EXIT)) {
		place.at = PLACE_NAMED;
		place.name = rest;
	}
	return place;
}

static bool is_key(const char *key) {
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-");
	bool as_session = n == SESSION_DIGITS && strspn(key, "0123456789abcdef") == n;
	return key[n] == '\0' && n > 0 && n <= POINT_KEY_MAX && key[0] >= 'a' && key[0] <= 'z' && !as_session &&
	       !str_eq(key, POINT_ARRIVAL) && !str_eq(key, POINT_EXIT);
}

bool point_key_check(const char *key, struct err *err) {
	return is_key(key) ||
	       err_set(err, ERR_USAGE,
		       "a point is called by a-z, 0-9 and \"-\", %d at most, with a letter first: \"lunch\", \"bus-2\"; not \"%s\"",
		       POINT_KEY_MAX, key);
}

bool point_often_parse(const char *text, struct point_often *out) {
	int64_t times = 0;
	char copy[24];
	*out = (struct point_often){.times = 1};
	if (str_empty(text) || str_eq(text, "once")) {
		return true;
	}
	if (str_eq(text, "any")) {
		out->times = 0;
		return true;
	}
	if (str_eq(text, "daily")) {
		out->daily = true;
		return true;
	}
	if (!str_copy(copy, sizeof copy, text)) {
		return false;
	}
	char *space = strchr(copy, ' ');
	if (space != NULL) {
		*space = '\0';
	}
	out->daily = space != NULL;
	bool ok = (space == NULL || str_eq(space + 1, "daily")) && str_to_i64(copy, &times) && times >= 1 && times <= POINT_TIMES_MAX;
	out->times = ok ? (int)times : 1;
	return ok;
}

static void point_fini(struct event_point *point) {
	free(point->key);
	json_free(point->set);
}

void event_points_fini(struct event_points *points) {
	for (size_t i = 0; i < points->count; i++) {
		point_fini(&points->items[i]);
	}
	free(points->items);
	*points = (struct event_points){0};
}

static int64_t number_or(const struct json *set, const char *member, int64_t otherwise) {
	int64_t value;
	const char *text = json_get_text(set, member);
	return !str_empty(text) && str_to_i64(text, &value) && value >= 0 && value <= ORDER_MAX ? value : otherwise;
}

bool event_points_add(struct event_points *points, const char *key, struct json *set) {
	if (!is_key(key)) {
		json_free(set);
		return false;
	}
	struct event_point p = {.key = xstrdup(key), .set = set, .stock = number_or(set, "stock", -1), .order = number_or(set, "order", 0)};
	(void)point_often_parse(json_get_text(set, "often"), &p.often);
	ARRAY_GROW(points, items);
	points->items[points->count++] = p;
	return true;
}

static int compare(const void *a, const void *b) {
	const struct event_point *one = a, *other = b;
	return one->order != other->order ? (one->order < other->order ? -1 : 1) : strcmp(one->key, other->key);
}

size_t event_points_sort(struct event_points *points) {
	size_t left_out = 0;
	if (points->count > 1) {
		qsort(points->items, points->count, sizeof *points->items, compare);
	}
	for (; points->count > POINTS_MAX; left_out++) {
		point_fini(&points->items[--points->count]);
	}
	return left_out;
}

int event_points_find(const struct event_points *points, const char *key) {
	for (size_t i = 0; i < points->count; i++) {
		if (str_eq(points->items[i].key, key)) {
			return (int)i;
		}
	}
	return -1;
}

const char *point_name(const struct event_point *point, const char *language) {
	const char *name = member_words(point->set, "name", language);
	return name == NULL || strlen(name) > POINT_NAME_MAX ? point->key : name; /* another program may have written any */
}

const char *point_for(const struct event_point *point) { return str_or_empty(json_get_text(point->set, "for")); }

static bool check_member(const char *member, const char *value, struct err *err) {
	struct point_often often;
	int64_t number;
	if (member_is_words(member, "name")) {
		return strlen(value) <= POINT_NAME_MAX || err_set(err, ERR_USAGE, "the name is longer than %d bytes", POINT_NAME_MAX);
	}
	if (str_eq(member, "often")) {
		return point_often_parse(value, &often) ||
		       err_set(err, ERR_USAGE, "how often is once, daily, any, a number like 3 or \"2 daily\", not \"%s\"", value);
	}
	if (str_eq(member, "for")) {
		return condition_check(value, err);
	}
	if (str_eq(member, "stock")) {
		return value[0] == '\0' || (str_to_i64(value, &number) && number >= 0 && number <= ORDER_MAX) ||
		       err_set(err, ERR_USAGE, "how many there are is a whole number up to %d, not \"%s\"", ORDER_MAX, value);
	}
	return true;
}

bool point_check(const char *key, const struct json *set, struct err *err) {
	if (!point_key_check(key, err)) {
		return false;
	}
	if (member_words(set, "name", NULL) == NULL) {
		return err_set(err, ERR_USAGE, "%s has no name: --name \"uk=…\" --name \"en=…\"", key);
	}
	for (void *m = json_member_next(set, NULL); m != NULL; m = json_member_next(set, m)) {
		if (!check_member(json_member_key(m), str_or_empty(json_text(json_member_value(m))), err)) {
			return err_wrap(err, "%s", key);
		}
	}
	return true;
}
