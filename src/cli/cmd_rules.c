#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/put_members.h"
#include "cli/verbs.h"
#include "report/rule_words.h"
#include "store/read/points.h"
#include "store/read/settings.h"

static const struct option_spec OPTIONS[] = {
	{"name", 0, "[LANG=]TEXT", "of a point, as screens call it: uk=Обід, once a language"},
	{"often", 0, "HOW", "of a point: once, daily, any, a number in all, or \"2 daily\" (once)"},
	{"for", 0, "WHOM", "category=speaker,press, a field that says yes, category!=guest; several with \";\" (everybody)"},
	{"stock", 0, "N", "of a point: how many there are in all"},
	{"order", 0, "N", "points stand by their numbers"},
	{"at", 0, "WHERE", "of a rule: arrival, sessions, \"track:NAME\", \"room:NAME\", \"session:NAME\" or point:KEY"},
	{"may", 0, "YES|NO", "of a rule: whether they may enter there"},
	{"full", 0, "YES", "of a rule: they enter although it is full"},
	{"early", 0, "MINUTES", "of a rule: so long before a session's start they may enter"},
	{"language", 0, "LANG", "of the list (the event's first)"},
	{"json", 0, NULL, "list as a JSON array"},
	{"csv", 0, NULL, "list as CSV"},
	{0},
};

/* --- what is set ---------------------------------------------------------------------------------------------------------------------------- */

static bool only_of(const struct args *args, const char *const *others, const char *what, struct err *err) {
	for (; *others != NULL; others++) {
		if (args_has(args, *others)) {
			return err_set(err, ERR_USAGE, "--%s is no option of a %s", *others, what);
		}
	}
	return true;
}

static int64_t next_order(struct store *store, const char *key) {
	struct event_points points;
	struct err ignored = {0};
	int64_t most = 0;
	bool there = false;
	if (event_points_load(store, &points, &ignored)) {
		there = event_points_find(&points, key) >= 0;
		for (size_t i = 0; i < points.count; i++) {
			most = points.items[i].order > most ? points.items[i].order : most;
		}
		event_points_fini(&points);
	}
	return there ? 0 : most + 10;
}

static bool put_point(struct store *store, const struct args *args, struct out *out, struct err *err) {
	static const char *const others[] = {"at", "may", "full", "early", "language", "json", "csv", NULL};
	static const struct words_option name = {"name", POINT_NAME_MAX, '\0'};
	const char *key = args_operand(args, 2);
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	json_open(&w, NULL, '{');
	put_plain(args, "often", "often", &w);
	put_plain(args, "for", "for", &w);
	put_plain(args, "stock", "stock", &w);
	bool ok =
		only_of(args, others, "point", err) && put_words(args, &name, &w, err) && put_order(args, next_order(store, key), &w, err);
	json_close(&w, '}');
	ok = ok && point_put(store, key, strbuf_str(&set), err);
	if (ok) {
		strbuf_addf(&out->text, "point %s\n", key);
	}
	strbuf_fini(&set);
	return ok;
}

/* "session:TITLE" names it by its id, which stays when the title changes. */
static bool put_place(struct store *store, const char *at, struct json_writer *w, struct err *err) {
	struct rule_place place;
	struct sessions sessions = {0};
	bool ok = true;
	if (at != NULL && rule_place_parse(at, &place) && place.at == RULE_AT_SESSION) {
		ok = sessions_load(store, &sessions, err);
		const struct session_row *row = ok ? sessions_find(&sessions, place.name, err) : NULL;
		ok = row != NULL;
		char *text = ok ? xasprintf("session:%s", row->id) : NULL;
		json_put_text(w, "at", str_or_empty(text));
		free(text);
		sessions_fini(&sessions);
	} else if (at != NULL) {
		json_put_text(w, "at", at);
	}
	return ok;
}

/* A rule for what is not there would keep nobody out, and nobody would notice. */
static bool check_place(struct store *store, const char *at, struct err *err) {
	struct rule_place place;
	struct event_points points;
	if (at == NULL || !rule_place_parse(at, &place) || place.at != RULE_AT_POINT) {
		return true;
	}
	bool ok = event_points_load(store, &points, err);
	ok = ok &&
	     (event_points_find(&points, place.name) >= 0 || err_set(err, ERR_NOT_FOUND, "there is no point called \"%s\"", place.name));
	event_points_fini(&points);
	return ok;
}

static bool put_rule(struct store *store, const struct args *args, struct out *out, struct err *err) {
	static const char *const others[] = {"name", "often", "stock", "order", "language", "json", "csv", NULL};
	const char *key = args_operand(args, 2), *at = args_value(args, "at");
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	json_open(&w, NULL, '{');
	put_plain(args, "for", "for", &w);
	put_plain(args, "may", "may", &w);
	put_plain(args, "full", "full", &w);
	put_plain(args, "early", "early", &w);
	bool ok = only_of(args, others, "rule", err) && check_place(store, at, err) && put_place(store, at, &w, err);
	json_close(&w, '}');
	ok = ok && rule_put(store, key, strbuf_str(&set), err);
	if (ok) {
		strbuf_addf(&out->text, "rule %s\n", key);
	}
	strbuf_fini(&set);
	return ok;
}

static bool take_away(struct store *store, const struct args *args, struct out *out, struct err *err) {
	const char *kind = args_operand(args, 2), *key = args_operand(args, 3);
	bool point = str_eq(kind, "point");
	bool ok = (point || str_eq(kind, "rule") || err_set(err, ERR_USAGE, "what is removed is a point or a rule, not \"%s\"", kind)) &&
		  (point ? point_remove : rule_remove)(store, key, err);
	if (ok) {
		strbuf_addf(&out->text, "removed %s\n", key);
	}
	return ok;
}

static const struct verb VERBS[] = {
	{"point", 3, "KEY", VERB_OPTIONS, put_point},
	{"rule", 3, "KEY", VERB_OPTIONS, put_rule},
	{"remove", 4, "point|rule KEY", VERB_PLAIN, take_away},
	{0},
};

/* --- the list ------------------------------------------------------------------------------------------------------------------------------- */

static const struct column COLUMNS[] = {
	{"kind", NULL, 0},  {"key", NULL, 0},   {"in_words", NULL, 0}, {"at", NULL, 0},   {"for", NULL, 0},
	{"often", NULL, 0}, {"stock", NULL, 0}, {"may", NULL, 0},      {"full", NULL, 0}, {"early", NULL, 0},
};

static bool put_row(struct listing *l, const char *kind, const char *key, const struct json *set, struct strbuf *words, struct err *err) {
	static const char *const members[] = {"at", "for", "often", "stock", "may", "full", "early"};
	listing_text(l, kind);
	listing_text(l, key);
	listing_text(l, strbuf_str(words));
	for (size_t i = 0; i < COUNT_OF(members); i++) {
		listing_text(l, str_or_empty(json_get_text(set, members[i])));
	}
	strbuf_fini(words);
	return listing_row(l, err);
}

struct loaded {
	struct event_points points;
	struct rules rules;
	struct sessions sessions;
};

static bool put_rows(const struct loaded *all, const struct tongue *tongue, const char *language, struct listing *l, struct err *err) {
	struct rule_names names = {&all->sessions, &all->points, language};
	bool ok = true;
	for (size_t i = 0; ok && i < all->points.count; i++) {
		struct strbuf words = {0};
		point_words(tongue, &names, &all->points.items[i], &words);
		ok = put_row(l, "point", all->points.items[i].key, all->points.items[i].set, &words, err);
	}
	for (size_t i = 0; ok && i < all->rules.count; i++) {
		struct strbuf words = {0};
		rule_words(tongue, &names, &all->rules.items[i], &words);
		ok = put_row(l, "rule", all->rules.items[i].key, all->rules.items[i].set, &words, err);
	}
	return ok && listing_finish(l, err);
}

static bool find_tongue(const struct args *args, struct store *store, struct tongue *tongue, char language[WORDS_CODE_MAX],
			struct err *err) {
	const char *wanted = args_value(args, "language");
	setting_first_language(store, language, WORDS_CODE_MAX);
	if (wanted != NULL && !str_copy(language, WORDS_CODE_MAX, wanted)) {
		return err_set(err, ERR_USAGE, "\"%s\" is no language", wanted);
	}
	tongue->language = words_language(tongue->words, language);
	if (tongue->language < 0 && wanted != NULL) {
		return err_set(err, ERR_USAGE, "there are no words in \"%s\"", wanted);
	}
	tongue->language = tongue->language < 0 ? words_language(tongue->words, "en") : tongue->language;
	return true;
}

static bool list(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	struct loaded all = {0};
	char language[WORDS_CODE_MAX] = "";
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	struct words *words = words_open_installed();
	struct tongue tongue = {words, 0};
	bool ok = store != NULL && find_tongue(args, store, &tongue, language, err) && event_points_load(store, &all.points, err) &&
		  rules_load(store, &all.rules, err) && sessions_load(store, &all.sessions, err);
	struct listing *l = ok ? listing_open(out, &options) : NULL;
	ok = ok && put_rows(&all, &tongue, language, l, err);
	listing_close(l);
	event_points_fini(&all.points);
	rules_fini(&all.rules);
	sessions_fini(&all.sessions);
	words_close(words);
	store_close(store);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	return args->operand_count == 1 ? list(args, out, err) : verbs_exec(VERBS, args, out, err);
}

const struct command cmd_rules = {
	.name = "rules",
	.summary = "what is handed out (lunch, materials, the bus), and who may enter where; without a verb says it in words",
	.usage = "EVENT [--language LANG] [--json | --csv]\nEVENT point KEY --name [LANG=]TEXT… [--often HOW] [--for WHOM] [--stock N]\n"
		 "EVENT rule KEY --at WHERE [--for WHOM] [--may yes|no] [--full yes] [--early MINUTES]\nEVENT remove point|rule KEY",
	.details = "KEY is yours to choose, of a-z, 0-9 and \"-\": lunch, press. A box stands where something is handed out with `--point "
		   "KEY`.\n"
		   "Of rules the narrower counts: one session before its room, its track and all sessions, and a rule for some before one "
		   "for\n"
		   "everybody; where two are as narrow, \"no\" counts. Staff may let somebody in all the same, with a reason that is kept.",
	.operands = {"EVENT"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
