/* Rules: who may enter where, how early, and whether a full room keeps them out. Pure.
 *
 * A rule is a flat object of texts, as its edits set them (store/view/rule.h):
 *
 *     at          where it holds: arrival, sessions (all of them), track:NAME, room:NAME, session:ID, point:KEY
 *     for         of whom it speaks: a condition (event/condition.h); without it of everybody
 *     may         no: they do not come in there; yes: they do, though a rule for more people or places says no
 *     full        yes: they come in although it is full
 *     early       minutes before a session's start from which they come in; without it from midnight of its date on
 *
 * Each of the three is judged by itself, by the rules that say something of it. What is narrower goes before what is wider: one session, then its room, its
 * track, all sessions; in one place a rule with a condition before one for everybody. Of rules as narrow, "no" counts before "yes", and the most minutes. */
#ifndef TURNOUT_EVENT_RULE_H
#define TURNOUT_EVENT_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "event/agenda.h"
#include "event/person.h"

#define RULES_MAX 200
#define RULE_KEY_MAX 32 /* bytes: a-z, 0-9 and - */
#define RULE_EARLY_MAX (7 * 24 * 60)

enum rule_at { RULE_AT_ARRIVAL, RULE_AT_SESSIONS, RULE_AT_TRACK, RULE_AT_ROOM, RULE_AT_SESSION, RULE_AT_POINT, RULE_ATS };
struct rule_place {
	enum rule_at at;
	const char *name; /* of the track or room, the session's id, the point's key; "" */
};
/* `name` points into `text`. False when it is no place. */
bool rule_place_parse(const char *text, struct rule_place *out);

enum rule_may { RULE_MAY_UNSAID, RULE_MAY_YES, RULE_MAY_NO };

struct rule {
	char *key;
	struct json *set; /* owned: the object above */
	struct rule_place place;
	const char *whom; /* the condition; "" */
	enum rule_may may;
	bool though_full;
	int64_t early_min; /* -1: it does not say */
};

struct rules { /* a zeroed one is empty; for rules_fini */
	struct rule *items;
	size_t count, cap;
};

void rules_fini(struct rules *rules);
/* Adds one; `set` is theirs from here on. False for a key or a place that is none, and for more than RULES_MAX: then `set` is freed. */
bool rules_add(struct rules *rules, const char *key, struct json *set);

/* ERR_USAGE says what is wrong. */
bool rule_key_check(const char *key, struct err *err) TURNOUT_MUST_CHECK;
bool rule_check(const char *key, const struct json *set, struct err *err) TURNOUT_MUST_CHECK;

/* Where somebody stands: a session with its id, or a point by its key ("arrival"). */
struct rule_where {
	const struct session *session; /* NULL: no session */
	const char *id;                /* of the session, or the point's key */
};

struct rule_verdict {
	bool denied;
	bool though_full;
	int64_t early_min; /* -1: from midnight on */
};
/* `person` NULL: nothing is known of them. */
struct rule_verdict rules_judge(const struct rules *rules, const struct rule_where *where, const struct person *person);

#endif
