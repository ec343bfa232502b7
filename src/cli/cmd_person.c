#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/person_fields.h"
#include "cli/verbs.h"
#include "event/session_list.h"
#include "store/read/badges.h"
#include "store/read/people.h"
#include "store/read/sessions.h"

/* One option a field, by the names of event/person.h; "name" and "code" too, so that edit can change them. */
static const struct option_spec OPTIONS[] = {
	{"name", 0, "TEXT", "as it is shown"},
	{"code", 0, "TEXT", "a code printed by another system"},
	PERSON_FIELD_OPTIONS,
	{0},
};
_Static_assert(COUNT_OF(OPTIONS) == PERSON_FIELD_COUNT + 2, "every field of a person has its option");

/* Whose it is: by their name, else by their id. */
static bool code_is_theirs(struct store *store, const char *code, const char *id, struct err *err) {
	struct person_row owner;
	bool found = false;
	if (id[0] == '\0') {
		return err_set(err, ERR_REFUSED, "the code %s was revoked: nobody can have it any more", code);
	}
	if (!person_get_plain(store, id, &owner, &found, err)) {
		return false;
	}
	err_set(err, ERR_REFUSED, "the code %s is %s's already", code, found ? person_text(&owner.person, PERSON_NAME) : id);
	if (found) {
		person_row_fini(&owner);
	}
	return false;
}

/* A code is one person's at a time. `id`: who may have it already; NULL: somebody new. */
static bool code_is_free(struct store *store, const struct args *args, const char *id, struct err *err) {
	const char *code = args_value(args, "code");
	struct badge_row badge;
	bool found = false;
	if (str_empty(code)) {
		return true;
	}
	return badge_get(store, code, &badge, &found, err) &&
	       (!found || badge.past || str_eq(badge.person, id) || code_is_theirs(store, code, badge.person, err));
}

static bool add(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct strbuf set = {0};
	char id[PERSON_ID_LEN + 1];
	char *name = cli_text("the name", args_operand(args, 2), PERSON_VALUE_MAX, err);
	bool ok = name != NULL && (name[0] != '\0' || err_set(err, ERR_USAGE, "the name is empty"));
	ok = ok && (!args_has(args, "name") || err_set(err, ERR_USAGE, "the name is given twice")) &&
	     code_is_free(store, args, NULL, err) && person_fields_json(args, name, &set, err);
	person_id_random(id);
	ok = ok && person_edit(store, &(struct person_edit){.id = id, .set_json = set.data, .fresh = true}, err);
	if (ok) {
		strbuf_addf(&out->text, "added %s %s\n", id, name);
	}
	free(name);
	strbuf_fini(&set);
	return ok;
}

/* Resolves the operand; the row is for person_row_fini. */
static bool named(struct store *store, const struct args *args, size_t operand, struct person_row *row, struct err *err) {
	*row = (struct person_row){0};
	return person_resolve(store, args_operand(args, operand), row, err);
}

static bool edit(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct person_row row;
	struct strbuf set = {0};
	if (args->count == 0) {
		return err_set(err, ERR_USAGE, "nothing to change was given");
	}
	bool ok = named(store, args, 2, &row, err) && code_is_free(store, args, row.id, err) && person_fields_json(args, NULL, &set, err);
	if (ok && args_has(args, "name") && strstr(set.data, "\"name\":\"\"") != NULL) {
		ok = err_set(err, ERR_USAGE, "the name is empty");
	}
	ok = ok && person_edit(store, &(struct person_edit){.id = row.id, .set_json = set.data}, err);
	if (ok) {
		strbuf_addf(&out->text, "changed %s %s\n", row.id, person_text(&row.person, PERSON_NAME));
	}
	person_row_fini(&row);
	strbuf_fini(&set);
	return ok;
}

static bool remove_person(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct person_row row;
	bool ok = named(store, args, 2, &row, err) &&
		  (!row.removed || err_set(err, ERR_REFUSED, "%s is removed already", person_text(&row.person, PERSON_NAME))) &&
		  person_edit(store, &(struct person_edit){.id = row.id, .set_json = "{\"status\":\"removed\"}"}, err);
	if (ok) {
		strbuf_addf(&out->text, "removed %s %s\n", row.id, person_text(&row.person, PERSON_NAME));
	}
	person_row_fini(&row);
	return ok;
}

static bool join(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct person_row row = {0};
	struct person_row into = {0};
	bool ok =
		named(store, args, 2, &row, err) && named(store, args, 3, &into, err) &&
		(!str_eq(row.id, into.id) || err_set(err, ERR_USAGE, "\"%s\" and \"%s\" are one person already: %s", args_operand(args, 2),
						     args_operand(args, 3), person_text(&row.person, PERSON_NAME))) &&
		person_join(store, row.id, into.id, err);
	if (ok) {
		strbuf_addf(&out->text, "joined %s %s into %s %s\n", row.id, person_text(&row.person, PERSON_NAME), into.id,
			    person_text(&into.person, PERSON_NAME));
	}
	person_row_fini(&row);
	person_row_fini(&into);
	return ok;
}

/* --- lists of sessions ------------------------------------------------------------------------------------------------------------------ */

/* A session gets a list with the first who is put on it, unless somebody said that it has none. */
static bool begin_list(struct store *store, const struct session_row *row, struct err *err) {
	struct session_row after;
	bool found = false, changed = false;
	if (session_text(&row->session, SESSION_LISTED)[0] != '\0' || !session_get(store, row->id, &after, &found, err)) {
		return session_text(&row->session, SESSION_LISTED)[0] != '\0';
	}
	session_set(&after.session, SESSION_LISTED, "yes");
	bool ok = session_edit(store, &(struct session_edit){.id = row->id, .before = &row->session, .s = &after.session}, &changed, err);
	session_row_fini(&after);
	return ok;
}

static bool set_listed(struct store *store, const struct person_row *person, const struct session_row *session, bool on, struct err *err) {
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	char *column = session_list_column(session->id), *key = xasprintf(PERSON_CUSTOM_PREFIX "%s", column);
	json_open(&w, NULL, '{');
	json_put_text(&w, key, on ? "yes" : "");
	json_close(&w, '}');
	bool ok = person_edit(store, &(struct person_edit){.id = person->id, .set_json = set.data}, err) &&
		  (!on || begin_list(store, session, err));
	free(key);
	free(column);
	strbuf_fini(&set);
	return ok;
}

static bool change_list(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct person_row person;
	struct sessions sessions = {0};
	bool on = str_eq(args_operand(args, 1), "enlist");
	bool ok = named(store, args, 2, &person, err) && sessions_load(store, &sessions, err);
	const struct session_row *session = ok ? sessions_find(&sessions, args_operand(args, 3), err) : NULL;
	ok = session != NULL;
	bool there = ok && session_list_has(session->id, &person.person);
	ok = ok && (there == on || set_listed(store, &person, session, on, err));
	if (ok) {
		strbuf_addf(&out->text, "%s %s %s: %s\n",
			    there == on ? "unchanged"
			    : on        ? "enlisted"
					: "delisted",
			    person.id, person_text(&person.person, PERSON_NAME), session_text(&session->session, SESSION_TITLE));
	}
	person_row_fini(&person);
	sessions_fini(&sessions);
	return ok;
}

/* --- badges ------------------------------------------------------------------------------------------------------------------------------ */

struct codes {
	char **items;
	size_t count, cap;
};

static void add_code(struct codes *codes, const char *code) {
	ARRAY_GROW(codes, items);
	codes->items[codes->count++] = xstrdup(code);
}

/* A code that they had once is good no more, and may be somebody else's by now. */
static bool note_code(void *context, const struct person_code *code, struct err *err) {
	(void)err;
	if (code->kind != PERSON_CODE_PAST) {
		add_code(context, code->code);
	}
	return true;
}

/* The one code, where the text is a code; else all of the person's. */
static bool codes_to_revoke(struct store *store, const char *text, struct codes *codes, struct err *err) {
	struct badge_row badge;
	struct person_row row = {0};
	bool found = false;
	if (!badge_get(store, text, &badge, &found, err)) {
		return false;
	}
	if (found) {
		add_code(codes, badge.code);
		return true;
	}
	bool ok = person_resolve(store, text, &row, err) && person_codes(store, row.id, note_code, codes, err);
	if (ok && codes->count == 0) {
		ok = err_set(err, ERR_REFUSED, "%s has no badge", person_text(&row.person, PERSON_NAME));
	}
	person_row_fini(&row);
	return ok;
}

static bool revoke(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct codes codes = {0};
	size_t revoked = 0;
	bool ok = codes_to_revoke(store, args_operand(args, 2), &codes, err);
	for (size_t i = 0; ok && i < codes.count; i++) {
		struct badge_row badge;
		bool found = false;
		ok = badge_get(store, codes.items[i], &badge, &found, err);
		if (ok && !badge.revoked) {
			ok = badge_revoke(store, codes.items[i], err);
			strbuf_addf(&out->text, "revoked %s\n", codes.items[i]);
			revoked++;
		}
	}
	if (ok && revoked == 0) {
		ok = err_set(err, ERR_REFUSED, "what \"%s\" names is revoked already; nothing was changed", args_operand(args, 2));
	}
	for (size_t i = 0; i < codes.count; i++) {
		free(codes.items[i]);
	}
	free(codes.items);
	return ok;
}

static const struct verb VERBS[] = {
	{"add", 3, "NAME", VERB_OPTIONS, add},
	{"edit", 3, "PERSON", VERB_OPTIONS, edit},
	{"remove", 3, "PERSON", VERB_PLAIN, remove_person},
	{"join", 4, "PERSON INTO", VERB_PLAIN, join},
	{"enlist", 4, "PERSON SESSION", VERB_PLAIN, change_list},
	{"delist", 4, "PERSON SESSION", VERB_PLAIN, change_list},
	{"revoke", 3, "PERSON or CODE", VERB_PLAIN, revoke},
	{0},
};

static bool exec(const struct args *args, struct out *out, struct err *err) { return verbs_exec(VERBS, args, out, err); }

const struct command cmd_person = {
	.name = "person",
	.summary = "adds, changes, removes and joins people, puts them on lists of sessions, and revokes badges",
	.usage = "EVENT add NAME [--FIELD TEXT]…\nEVENT edit PERSON --FIELD TEXT…      (\"\" clears a field)\nEVENT remove PERSON\n"
		 "EVENT join PERSON INTO      (both are one: PERSON's badges become INTO's)\nEVENT enlist PERSON SESSION      (on the list "
		 "of a "
		 "session)\nEVENT delist PERSON SESSION\nEVENT revoke PERSON|CODE",
	.details =
		"PERSON is an id, a code, an e-mail address, or a name that only one person has. A revocation is final; `turnout badges`\n"
		"then makes a new badge.\n"
		"A session that has a list lets in who is on it. It has one from the first whom enlist puts there until\n"
		"`turnout session EVENT edit SESSION --listed no`.",
	.operands = {"EVENT", "add, edit, remove, join, enlist, delist or revoke"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
