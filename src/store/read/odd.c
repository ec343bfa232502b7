#include "store/read/odd.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"

const char *odd_word(enum odd_reason reason) {
	static const char *const words[] = {
		[ODD_IN_BULK] = "bulk", [ODD_TOO_FAST] = "fast", [ODD_NEW_POINTS] = "points", [ODD_AT_ONCE] = "together"};
	_Static_assert(COUNT_OF(words) == ODD_REASONS, "every reason has its word");
	return words[reason];
}

/* The check-ins that lie within a span of time, as they come, and the most there ever were. */
struct span {
	int64_t ms;
	size_t low; /* index of the first that is within */
	int64_t most;
	const struct checkin *most_from;
};

struct lines { /* in the books' order */
	const struct checkin **items;
	size_t count, cap;
};

struct station {
	struct public_key key;
	struct lines taken, firsts; /* all; the first at each point */
	struct span bulk, fast, points;
};

struct pair { /* of stations, by their keys */
	size_t a, b;
	int64_t people;
	const struct checkin *from;
};

struct watch {
	struct {
		struct station *items;
		size_t count, cap;
		struct mapstr places;
	} stations;
	struct mapstr points; /* station and point */
	struct mapstr last;   /* who -> index + 1 of their last check-in */
	struct {
		struct pair *items;
		size_t count, cap;
		struct mapstr places, people;
	} pairs;
};

/* Behind a time that is less than the one before it the clock is another: nothing before it is within any span. */
static void count_line(const struct lines *lines, struct span *span) {
	const struct checkin *now = lines->items[lines->count - 1];
	const struct checkin *before = lines->count > 1 ? lines->items[lines->count - 2] : now;
	if (before->approximate != now->approximate || before->utc.v > now->utc.v) {
		span->low = lines->count - 1;
	}
	while (now->utc.v - lines->items[span->low]->utc.v > span->ms) {
		span->low++;
	}
	int64_t n = (int64_t)(lines->count - span->low);
	if (n > span->most) {
		span->most = n;
		span->most_from = lines->items[span->low];
	}
}

static void add_line(struct lines *lines, const struct checkin *c) {
	ARRAY_GROW(lines, items);
	lines->items[lines->count++] = c;
}

static size_t station_of(struct watch *w, const struct public_key *key) {
	char hex[2 * KEY_LEN + 1];
	bool made = false;
	str_hex(key->b, KEY_LEN, hex);
	int64_t *place = mapstr_place(&w->stations.places, hex, &made);
	if (made) {
		*place = (int64_t)w->stations.count;
		ARRAY_GROW(&w->stations, items);
		w->stations.items[w->stations.count++] = (struct station){
			.key = *key, .bulk = {.ms = ODD_BULK_MS}, .fast = {.ms = ODD_FAST_MS}, .points = {.ms = ODD_POINTS_MS}};
	}
	return (size_t)*place;
}

static void note_point(struct watch *w, size_t at, const struct checkin *c) {
	struct station *station = &w->stations.items[at];
	bool made = false;
	char *key = xasprintf("%zu|%s", at, c->point);
	mapstr_place(&w->points, key, &made);
	free(key);
	if (made) {
		add_line(&station->firsts, c);
		count_line(&station->firsts, &station->points);
	}
}

/* The same person at two stations, one right after the other. */
static void note_pair(struct watch *w, const struct checkin *before, const struct checkin *c) {
	size_t a = station_of(w, &before->station), b = station_of(w, &c->station);
	if (a == b || before->approximate || c->approximate || c->utc.v - before->utc.v > ODD_TOGETHER_MS) {
		return;
	}
	if (memcmp(before->station.b, c->station.b, KEY_LEN) > 0) {
		size_t swap = a;
		a = b;
		b = swap;
	}
	bool made = false, met = false;
	char *key = xasprintf("%zu|%zu", a, b);
	char *who = xasprintf("%s|%s", key, checkin_who(c));
	int64_t *place = mapstr_place(&w->pairs.places, key, &made);
	if (made) {
		*place = (int64_t)w->pairs.count;
		ARRAY_GROW(&w->pairs, items);
		w->pairs.items[w->pairs.count++] = (struct pair){.a = a, .b = b};
	}
	struct pair *pair = &w->pairs.items[*place];
	mapstr_place(&w->pairs.people, who, &met);
	pair->people += met;
	if (pair->from == NULL) {
		pair->from = crypto_key_eq(&c->station, &w->stations.items[pair->a].key) ? c : before;
	}
	free(key);
	free(who);
}

static void note(struct watch *w, const struct checkins *books, size_t i) {
	const struct checkin *c = &books->items[i];
	bool made = false;
	if (!checkin_stands(c) || c->stated) {
		return;
	}
	size_t at = station_of(w, &c->station);
	struct station *station = &w->stations.items[at];
	add_line(&station->taken, c);
	count_line(&station->taken, &station->bulk);
	count_line(&station->taken, &station->fast);
	note_point(w, at, c);
	int64_t *last = mapstr_place(&w->last, checkin_who(c), &made);
	if (!made) {
		note_pair(w, &books->items[*last - 1], c);
	}
	*last = (int64_t)i + 1;
}

/* --- telling ----------------------------------------------------------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b) {
	return memcmp(((const struct station *)a)->key.b, ((const struct station *)b)->key.b, KEY_LEN);
}

struct telling {
	const struct watch *w;
	odd_fn *each;
	void *context;
};

static bool tell_span(const struct telling *t, enum odd_reason reason, const struct span *span, struct err *err) {
	return t->each(t->context, &(struct odd){.reason = reason, .from = span->most_from, .count = span->most}, err);
}

/* `keys`: of the stations by their first numbers. */
static bool tell_pairs(const struct telling *t, const struct public_key *keys, const struct public_key *key, struct err *err) {
	bool ok = true;
	for (size_t i = 0; ok && i < t->w->pairs.count; i++) {
		const struct pair *pair = &t->w->pairs.items[i];
		if (pair->people >= ODD_TOGETHER && crypto_key_eq(&keys[pair->a], key)) {
			struct odd odd = {.reason = ODD_AT_ONCE, .from = pair->from, .other = &keys[pair->b], .count = pair->people};
			ok = t->each(t->context, &odd, err);
		}
	}
	return ok;
}

static int by_other(const void *a, const void *b, void *keys) {
	const struct public_key *of = keys;
	return memcmp(of[((const struct pair *)a)->b].b, of[((const struct pair *)b)->b].b, KEY_LEN);
}

static bool tell(struct watch *w, odd_fn *each, void *context, struct err *err) {
	struct telling t = {w, each, context};
	bool ok = true;
	struct public_key *keys = xcalloc(w->stations.count, sizeof *keys);
	for (size_t i = 0; i < w->stations.count; i++) {
		keys[i] = w->stations.items[i].key;
	}
	qsort(w->stations.items, w->stations.count, sizeof *w->stations.items, by_key);
	if (w->pairs.count > 1) {
		qsort_r(w->pairs.items, w->pairs.count, sizeof *w->pairs.items, by_other, keys);
	}
	for (size_t i = 0; ok && i < w->stations.count; i++) {
		const struct station *s = &w->stations.items[i];
		bool bulk = s->bulk.most >= ODD_BULK;
		ok = (!bulk || tell_span(&t, ODD_IN_BULK, &s->bulk, err)) &&
		     (bulk || s->fast.most < ODD_FAST || tell_span(&t, ODD_TOO_FAST, &s->fast, err)) &&
		     (s->points.most < ODD_POINTS || tell_span(&t, ODD_NEW_POINTS, &s->points, err)) && tell_pairs(&t, keys, &s->key, err);
	}
	free(keys);
	return ok;
}

bool odd_each(const struct checkins *books, odd_fn *each, void *context, struct err *err) {
	struct watch w = {.points = {0}};
	for (size_t i = 0; i < books->count; i++) {
		note(&w, books, i);
	}
	bool ok = w.stations.count == 0 || tell(&w, each, context, err);
	for (size_t i = 0; i < w.stations.count; i++) {
		free(w.stations.items[i].taken.items);
		free(w.stations.items[i].firsts.items);
	}
	free(w.stations.items);
	free(w.pairs.items);
	mapstr_fini(&w.stations.places);
	mapstr_fini(&w.points);
	mapstr_fini(&w.last);
	mapstr_fini(&w.pairs.places);
	mapstr_fini(&w.pairs.people);
	return ok;
}
