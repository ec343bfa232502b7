#include "report/rule_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/condition.h"
#include "words/fields.h"

static const char *get(const struct tongue *tongue, const char *message) { return tongue_get_in(tongue, "a rule", message); }

static void part_words(const struct tongue *tongue, const struct condition_part *part, struct strbuf *out) {
	char *key = xstrndup(part->key, (size_t)part->key_len), *list = xstrndup(part->values, (size_t)part->values_len), *rest = list,
	     *word;
	const char *field = words_field(tongue, str_starts(key, PERSON_CUSTOM_PREFIX) ? key + strlen(PERSON_CUSTOM_PREFIX) : key);
	struct strbuf values = {0};
	while (part->has_values && (word = strsep(&rest, ",")) != NULL) {
		strbuf_addf(&values, "%s%s", values.len > 0 ? get(tongue, MARK("a rule", " or ")) : "", str_trim(word));
	}
	const struct word_value all[] = {{"field", field}, {"values", strbuf_str(&values)}};
	words_fill(out,
		   !part->has_values ? get(tongue, MARK("a rule", "who has “{field}”"))
		   : part->negated   ? get(tongue, MARK("a rule", "{field} other than {values}"))
				     : get(tongue, MARK("a rule", "{field} {values}")),
		   all, COUNT_OF(all));
	strbuf_fini(&values);
	free(key);
	free(list);
}

void condition_words(const struct tongue *tongue, const char *condition, struct strbuf *out) {
	const char *cursor = condition;
	struct condition_part part;
	bool any = false;
	while (condition_next(&cursor, &part)) {
		strbuf_adds(out, any ? get(tongue, MARK("a rule", " and ")) : "");
		part_words(tongue, &part, out);
		any = true;
	}
	if (!any) {
		strbuf_adds(out, get(tongue, MARK("a rule", "everybody")));
	}
}

void often_words(const struct tongue *tongue, const struct point_often *often, struct strbuf *out) {
	if (often->times == 0) {
		strbuf_adds(out, get(tongue, MARK("a rule", "as often as they come")));
	} else if (often->times == 1) {
		strbuf_adds(out, often->daily ? get(tongue, MARK("a rule", "once a day")) : get(tongue, MARK("a rule", "once")));
	} else {
		words_fill_number(out,
				  often->daily ? tongue_get_n(tongue, "{n} time a day", "{n} times a day", often->times)
					       : tongue_get_n(tongue, "{n} time in all", "{n} times in all", often->times),
				  often->times);
	}
}

void point_words(const struct tongue *tongue, const struct rule_names *names, const struct event_point *point, struct strbuf *out) {
	struct strbuf whom = {0};
	strbuf_addf(out, "%s: ", point_name(point, names->language));
	often_words(tongue, &point->often, out);
	strbuf_adds(out, " · ");
	if (str_empty(point_for(point))) {
		strbuf_adds(out, get(tongue, MARK("a rule", "for everybody")));
	} else {
		condition_words(tongue, point_for(point), &whom);
		words_fill_one(out, get(tongue, MARK("a rule", "for: {whom}")), "whom", strbuf_str(&whom));
	}
	if (point->stock >= 0) {
		strbuf_adds(out, " · ");
		words_fill_one(out, get(tongue, MARK("a rule", "there are: {n}")), "n", str_number(point->stock).text);
	}
	strbuf_fini(&whom);
}

static const char *session_title(const struct sessions *sessions, const char *id) {
	const struct session_row *row = sessions == NULL ? NULL : sessions_by_id(sessions, id);
	return row == NULL ? id : session_text(&row->session, SESSION_TITLE);
}

static void place_words(const struct tongue *tongue, const struct rule_names *names, const struct rule_place *place, struct strbuf *out) {
	int at;
	switch (place->at) {
	case RULE_AT_ARRIVAL: strbuf_adds(out, get(tongue, MARK("a rule", "Arrival"))); break;
	case RULE_AT_SESSIONS: strbuf_adds(out, get(tongue, MARK("a rule", "All sessions"))); break;
	case RULE_AT_TRACK: words_fill_one(out, get(tongue, MARK("a rule", "Track {name}")), "name", place->name); break;
	case RULE_AT_ROOM: strbuf_adds(out, place->name); break; /* "Hall A": most say themselves that they are rooms */
	case RULE_AT_SESSION:
		words_fill_one(out, get(tongue, MARK("a rule", "Session “{name}”")), "name", session_title(names->sessions, place->name));
		break;
	case RULE_AT_POINT:
		at = names->points == NULL ? -1 : event_points_find(names->points, place->name);
		strbuf_adds(out, at < 0 ? place->name : point_name(&names->points->items[at], names->language));
		break;
	case RULE_ATS: break;
	}
}

static void say_what(struct strbuf *out, const char *words) { strbuf_addf(out, "%s%s", out->len > 0 ? ", " : "", words); }

void rule_words(const struct tongue *tongue, const struct rule_names *names, const struct rule *rule, struct strbuf *out) {
	struct strbuf where = {0}, whom = {0}, what = {0}, early = {0};
	place_words(tongue, names, &rule->place, &where);
	condition_words(tongue, rule->whom, &whom);
	if (rule->may != RULE_MAY_UNSAID) {
		say_what(&what, rule->may == RULE_MAY_NO ? get(tongue, MARK("a rule", "no entry")) : get(tongue, MARK("a rule", "entry")));
	}
	if (rule->though_full) {
		say_what(&what, get(tongue, MARK("a rule", "entry even when it is full")));
	}
	if (rule->early_min >= 0) {
		words_fill_number(&early,
				  tongue_get_n(tongue, "entry from {n} minute before the start", "entry from {n} minutes before the start",
					       rule->early_min),
				  rule->early_min);
		say_what(&what, strbuf_str(&early));
	}
	const struct word_value values[] = {{"where", strbuf_str(&where)}, {"whom", strbuf_str(&whom)}, {"what", strbuf_str(&what)}};
	words_fill(out, get(tongue, MARK("a rule", "{where} · {whom}: {what}")), values, COUNT_OF(values));
	strbuf_fini(&where);
	strbuf_fini(&whom);
	strbuf_fini(&what);
	strbuf_fini(&early);
}
