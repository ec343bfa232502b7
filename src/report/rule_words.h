/* Points and rules in people's words, in one sentence each. */
#ifndef TURNOUT_REPORT_RULE_WORDS_H
#define TURNOUT_REPORT_RULE_WORDS_H

#include "base/strbuf.h"
#include "event/point.h"
#include "event/rule.h"
#include "store/read/sessions.h"
#include "words/words.h"

/* "for everybody", "category: speaker or press". */
void condition_words(const struct tongue *tongue, const char *condition, struct strbuf *out);
/* "once a day". */
void often_words(const struct tongue *tongue, const struct point_often *often, struct strbuf *out);

/* Where names come from; the agenda and the points may be NULL: then ids and keys stand for them. `language`: of the points' names. */
struct rule_names {
	const struct sessions *sessions;
	const struct event_points *points;
	const char *language;
};
/* "Lunch: once a day, for everybody". */
void point_words(const struct tongue *tongue, const struct rule_names *names, const struct event_point *point, struct strbuf *out);
/* "All sessions: category: press: no entry". */
void rule_words(const struct tongue *tongue, const struct rule_names *names, const struct rule *rule, struct strbuf *out);

#endif
