#include "event/rule.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/condition.h"
#include "event/fold.h"
#include "event/point.h"

static const struct {
	const char *word;
	bool named;
} PLACES[RULE_ATS] = {
	[RULE_AT_ARRIVAL] = {"arrival", false}, [RULE_AT_SESSIONS] = {"sessions", false}, [RULE_AT_TRACK] = {"track:", true},
	[RULE_AT_ROOM] = {"room:", true},       [RULE_AT_SESSION] = {"session:", true},   [RULE_AT_POINT] = {"point:", true},
};

bool rule_place_parse(const char *text, struct rule_place *out) {
	for (enum rule_at at = 0; at < RULE_ATS; at++) {
		size_t n = strlen(PLACES[at].word);
		bool fits = PLACES[at].named ? str_starts(text, PLACES[at].word) && text[n] != '\0' : str_eq(text, PLACES[at].word);
		if (fits) {
			*out = (struct rule_place){at, text + n};
			return true;
		}
	}
	return false;
}

static enum rule_may read_may(const char *text) {
	return str_eq(text, "yes") ? RULE_MAY_YES : str_eq(text, "no") ? RULE_MAY_NO : RULE_MAY_UNSAID;
}

static bool read_early(const char *text, int64_t *out) {
	int64_t minutes;
	bool ok = !str_empty(text) && str_to_i64(text, &minutes) && minutes >= 0 && minutes <= RULE_EARLY_MAX;
	*out = ok ? minutes : -1;
	return ok;
}

static bool is_key(const char *key) {
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return key[n] == '\0' && n > 0 && n <= RULE_KEY_MAX;
}

bool rule_key_check(const char *key, struct err *err) {
	return is_key(key) ||
	       err_set(err, ERR_USAGE, "a rule is called by a-z, 0-9 and \"-\", %d at most: \"press\", \"vip-early\"; not \"%s\"",
		       RULE_KEY_MAX, key);
}

void rules_fini(struct rules *rules) {
	for (size_t i = 0; i < rules->count; i++) {
		free(rules->items[i].key);
		json_free(rules->items[i].set);
	}
	free(rules->items);
	*rules = (struct rules){0};
}

bool rules_add(struct rules *rules, const char *key, struct json *set) {
	struct rule r = {.set = set, .whom = str_or_empty(json_get_text(set, "for")), .may = read_may(json_get_text(set, "may"))};
	if (!is_key(key) || rules->count >= RULES_MAX || !rule_place_parse(str_or_empty(json_get_text(set, "at")), &r.place)) {
		json_free(set);
		return false;
	}
	(void)read_early(json_get_text(set, "early"), &r.early_min);
	r.key = xstrdup(key);
	r.though_full = str_eq(json_get_text(set, "full"), "yes");
	ARRAY_GROW(rules, items);
	rules->items[rules->count++] = r;
	return true;
}

static bool check_word(const char *member, const char *value, const char *other, struct err *err) {
	return value[0] == '\0' || str_eq(value, "yes") || str_eq(value, other) ||
	       err_set(err, ERR_USAGE, "\"%s\" is %s%s, not \"%s\"", member, "yes", other[0] != '\0' ? " or no" : "", value);
}

bool rule_check(const char *key, const struct json *set, struct err *err) {
	struct rule_place place;
	int64_t minutes;
	const char *at = str_or_empty(json_get_text(set, "at")), *early = str_or_empty(json_get_text(set, "early"));
	const char *may = str_or_empty(json_get_text(set, "may")), *full = str_or_empty(json_get_text(set, "full"));
	if (!rule_key_check(key, err)) {
		return false;
	}
	if (!rule_place_parse(at, &place)) {
		return err_set(err, ERR_USAGE,
			       "%s has to say where it holds (--at): arrival, sessions, \"track:NAME\", \"room:NAME\", \"session:NAME\" or "
			       "point:KEY, not \"%s\"",
			       key, at);
	}
	if (!condition_check(str_or_empty(json_get_text(set, "for")), err) || !check_word("may", may, "no", err) ||
	    !check_word("full", full, "", err)) {
		return err_wrap(err, "%s", key);
	}
	if (early[0] != '\0' && !read_early(early, &minutes)) {
		return err_set(err, ERR_USAGE, "%s: how early is a number of minutes up to %d, not \"%s\"", key, RULE_EARLY_MAX, early);
	}
	bool session = place.at != RULE_AT_ARRIVAL && place.at != RULE_AT_POINT;
	if (!session && (early[0] != '\0' || full[0] != '\0')) {
		return err_set(err, ERR_USAGE, "%s: only sessions begin or are full; at \"%s\" say --may", key, at);
	}
	return may[0] != '\0' || early[0] != '\0' || full[0] != '\0' ||
	       err_set(err, ERR_USAGE, "%s says nothing yet: --may yes|no, --full yes or --early MINUTES", key);
}

/* --- judging -------------------------------------------------------------------------------------------------------------------------------- */

static bool same_words(const char *a, const char *b) {
	char *one = fold_text(str_or_empty(a)), *other = fold_text(str_or_empty(b));
	bool same = one[0] != '\0' && str_eq(one, other);
	free(one);
	free(other);
	return same;
}

static bool is_there(const struct rule_place *place, const struct rule_where *where) {
	const struct session *session = where->session;
	switch (place->at) {
	case RULE_AT_ARRIVAL: return session == NULL && str_eq(where->id, POINT_ARRIVAL);
	case RULE_AT_POINT: return session == NULL && str_eq(where->id, place->name);
	case RULE_AT_SESSIONS: return session != NULL;
	case RULE_AT_SESSION: return session != NULL && str_eq(where->id, place->name);
	case RULE_AT_TRACK: return session != NULL && same_words(session_text(session, SESSION_TRACK), place->name);
	case RULE_AT_ROOM: return session != NULL && same_words(session->when.room, place->name);
	case RULE_ATS: break;
	}
	return false;
}

/* The places above are listed from the widest to the narrowest. */
static int narrowness(const struct rule *rule) { return 2 * (int)rule->place.at + (rule->whom[0] != '\0'); }

/* The narrowest rules that said something so far; what they say is joined in one verdict. */
struct weighing {
	int may, full, early;
};

static void weigh(const struct rule *rule, struct weighing *w, struct rule_verdict *out) {
	int narrow = narrowness(rule);
	if (rule->may != RULE_MAY_UNSAID && narrow >= w->may) {
		out->denied = rule->may == RULE_MAY_NO || (narrow == w->may && out->denied);
		w->may = narrow;
	}
	if (rule->though_full && narrow >= w->full) {
		out->though_full = true;
		w->full = narrow;
	}
	if (rule->early_min >= 0 && narrow >= w->early) {
		out->early_min = narrow > w->early || rule->early_min > out->early_min ? rule->early_min : out->early_min;
		w->early = narrow;
	}
}

struct rule_verdict rules_judge(const struct rules *rules, const struct rule_where *where, const struct person *person) {
	struct rule_verdict verdict = {.early_min = -1};
	struct weighing w = {-1, -1, -1};
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *rule = &rules->items[i];
		if (is_there(&rule->place, where) && condition_holds(rule->whom, person)) {
			weigh(rule, &w, &verdict);
		}
	}
	return verdict;
}
