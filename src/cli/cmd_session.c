#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/verbs.h"
#include "import/language_text.h"
#include "store/read/sessions.h"

#define CAPACITY_MAX 1000000
#define ROOM_MAX 200

static const struct option_spec OPTIONS[] = {
	{"title", 0, "TEXT", "what it is called"},
	{"start", 0, "TIME", "2026-05-14 10:30, in the event's zone, or with an offset"},
	{"end", 0, "TIME", "likewise"},
	{"room", 0, "TEXT", "where"},
	{"capacity", 0, "N", "of the room; 0: no limit"},
	{"track", 0, "TEXT", "of several that run side by side"},
	{"speakers", 0, "NAMES", "separated by commas"},
	{"subtitle", 0, "TEXT", "under the title"},
	{"abstract", 0, "TEXT", "what it is about"},
	{"language", 0, "TEXT", "two letters: uk, en, or its name"},
	{"kind", 0, "TEXT", "lecture, workshop, break, …"},
	{"colour", 0, "#RRGGBB", "of the track"},
	{"quiet", 0, "yes", "who comes late is asked to go in quietly; no: nobody is"},
	{"listed", 0, "yes", "only who is on its list comes in (turnout person EVENT enlist); no: whoever comes"},
	{0},
};

static bool take_time(const struct store *store, const struct args *args, const char *option, struct utc_ms *utc, struct err *err) {
	const char *text = args_value(args, option);
	int offset = 0;
	return text == NULL || tz_parse(store_tz(store), text, utc, &offset) ||
	       err_set(err, ERR_USAGE, "--%s is a time like 2026-05-14 10:30, not \"%s\"", option, text);
}

static bool take_when(const struct store *store, const struct args *args, struct session_when *when, struct err *err) {
	int64_t capacity = 0;
	if (!take_time(store, args, "start", &when->start, err) || !take_time(store, args, "end", &when->end, err) ||
	    !args_number(args, "capacity", (struct args_range){0, CAPACITY_MAX, when->capacity}, &capacity, err)) {
		return false;
	}
	when->capacity = (int)capacity;
	if (when->end.v < when->start.v) {
		return err_set(err, ERR_USAGE, "the session would end before it starts");
	}
	if (args_has(args, "start")) {
		when->offset_min = when->place_offset_min = tz_civil(store_tz(store), when->start).offset_min;
	}
	if (args_has(args, "room")) {
		char *room = cli_text("the room", args_value(args, "room"), ROOM_MAX, err);
		if (room == NULL) {
			return false;
		}
		free(when->room);
		when->room = room;
	}
	return true;
}

/* One language by its code; several, or a text of a source that is left as it is, stay as they are written. */
static bool take_language(const struct args *args, struct session *s, struct err *err) {
	char code[LANGUAGE_CODE_MAX];
	const char *given = str_or_empty(args_value(args, "language"));
	enum language_said said = language_read(given, code);
	if (*given != '\0' && said == LANGUAGE_NONE) {
		return err_set(err, ERR_USAGE, "--language is a language, like uk or Ukrainian, not \"%s\"", given);
	}
	if (said == LANGUAGE_ONE) {
		session_set(s, SESSION_LANGUAGE, code);
	}
	return true;
}

static bool take_fields(const struct store *store, const struct args *args, struct session *s, struct err *err) {
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		const char *key = session_field_key((enum session_field)i);
		const char *value = args_value(args, key);
		char *clean = value ? cli_text(key, value, SESSION_TEXT_MAX, err) : NULL;
		if (value != NULL && clean == NULL) {
			return false;
		}
		if (value != NULL) {
			session_set(s, (enum session_field)i, clean);
		}
		free(clean);
	}
	const char *colour = session_text(s, SESSION_COLOUR);
	unsigned char rgb[3];
	if (colour[0] != '\0' && (colour[0] != '#' || !str_unhex(colour + 1, rgb, sizeof rgb))) {
		return err_set(err, ERR_USAGE, "a colour is like #0a6b5e, not \"%s\"", colour);
	}
	static const enum session_field flags[] = {SESSION_QUIET, SESSION_LISTED};
	for (size_t i = 0; i < COUNT_OF(flags); i++) {
		const char *flag = session_text(s, flags[i]);
		if (flag[0] != '\0' && !str_eq(flag, "yes") && !str_eq(flag, "no")) {
			return err_set(err, ERR_USAGE, "--%s is yes or no, not \"%s\"", session_field_key(flags[i]), flag);
		}
	}
	if (session_text(s, SESSION_TITLE)[0] == '\0') {
		return err_set(err, ERR_USAGE, "a session needs a title");
	}
	return take_language(args, s, err) && take_when(store, args, &s->when, err);
}

static bool add(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct session s = {0};
	uint8_t random[SESSION_ID_LEN / 2];
	char id[SESSION_ID_LEN + 1];
	bool changed = false;
	if (!args_has(args, "title") || !args_has(args, "start") || !args_has(args, "end")) {
		return err_set(err, ERR_USAGE, "add needs --title, --start and --end");
	}
	crypto_random(random, sizeof random);
	str_hex(random, sizeof random, id);
	bool ok = take_fields(store, args, &s, err) && session_edit(store, &(struct session_edit){.id = id, .s = &s}, &changed, err);
	if (ok) {
		strbuf_addf(&out->text, "added %s %s\n", id, session_text(&s, SESSION_TITLE));
	}
	session_fini(&s);
	return ok;
}

/* The session that operand 2 names, read twice: as it is, and to be changed. */
struct pair {
	struct session_row before, after;
	const char *done; /* what becomes of it: "changed", … */
	unsigned named;   /* what the command line speaks of, for session_edit */
};

static void pair_fini(struct pair *pair) {
	session_row_fini(&pair->before);
	session_row_fini(&pair->after);
}

static bool pair_read(struct store *store, const struct args *args, struct pair *pair, struct err *err) {
	struct sessions list;
	bool found = false;
	*pair = (struct pair){.done = "changed"};
	if (!sessions_load(store, &list, err)) {
		return false;
	}
	const struct session_row *row = sessions_find(&list, args_operand(args, 2), err);
	bool ok = row != NULL && session_get(store, row->id, &pair->before, &found, err) &&
		  session_get(store, row->id, &pair->after, &found, err);
	sessions_fini(&list);
	return ok;
}

static bool write_pair(struct store *store, const struct pair *pair, struct out *out, struct err *err) {
	struct session_edit edit = {
		.id = pair->before.id, .before = &pair->before.session, .s = &pair->after.session, .named = pair->named};
	bool changed = false;
	bool ok = session_edit(store, &edit, &changed, err);
	if (ok) {
		strbuf_addf(&out->text, "%s %s %s\n", changed ? pair->done : "unchanged", edit.id, session_text(edit.s, SESSION_TITLE));
	}
	return ok;
}

static unsigned named_fields(const struct args *args) {
	static const char *const when[] = {"start", "end", "room", "capacity"};
	unsigned named = 0;
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		named |= args_has(args, session_field_key((enum session_field)i)) ? SESSION_NAMED(i) : 0;
	}
	for (size_t i = 0; i < COUNT_OF(when); i++) {
		named |= args_has(args, when[i]) ? SESSION_NAMED_WHEN : 0;
	}
	return named;
}

static bool edit(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct pair pair;
	if (args->count == 0) {
		return err_set(err, ERR_USAGE, "nothing to change was given");
	}
	bool ok = pair_read(store, args, &pair, err);
	pair.named = named_fields(args);
	ok = ok && take_fields(store, args, &pair.after.session, err) && write_pair(store, &pair, out, err);
	pair_fini(&pair);
	return ok;
}

static bool set_cancelled(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct pair pair;
	bool cancel = str_eq(args_operand(args, 1), "cancel");
	bool ok = pair_read(store, args, &pair, err);
	if (ok) {
		pair.after.session.cancelled = cancel;
		pair.named = SESSION_NAMED_STATUS;
		pair.done = cancel ? "cancelled" : "restored";
		ok = write_pair(store, &pair, out, err);
	}
	pair_fini(&pair);
	return ok;
}

static const struct verb VERBS[] = {
	{"add", 2, "options only", VERB_OPTIONS, add},
	{"edit", 3, "SESSION", VERB_OPTIONS, edit},
	{"cancel", 3, "SESSION", VERB_PLAIN, set_cancelled},
	{"restore", 3, "SESSION", VERB_PLAIN, set_cancelled},
	{0},
};

static bool exec(const struct args *args, struct out *out, struct err *err) { return verbs_exec(VERBS, args, out, err); }

const struct command cmd_session = {
	.name = "session",
	.summary = "adds, changes and cancels sessions of the agenda",
	.usage = "EVENT add --title TEXT --start TIME --end TIME [--room TEXT] [--FIELD TEXT]…\n"
		 "EVENT edit SESSION --FIELD TEXT…      (\"\" clears a field)\nEVENT cancel SESSION\nEVENT restore SESSION",
	.details = "SESSION is an id, its beginning (6 digits or more), or a title that only one session has.",
	.operands = {"EVENT", "add, edit, cancel or restore"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
