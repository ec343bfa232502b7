#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/admin_token.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/hub_common.h"
#include "cli/station_hub.h"
#include "cli/verbs.h"
#include "report/list_stations.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

static const struct option_spec OPTIONS[] = {
	{"role", 0, "ROLE", "of the key that is added: editor, station or hub"},
	{"name", 0, "TEXT", "what people call it, on lists"},
	{"json", 0, NULL, "the list as a JSON array"},
	{"csv", 0, NULL, "the list as CSV"},
	ADMIN_TOKEN_OPTIONS,
	HUB_URL_OPTIONS,
	{0},
};

#define PREFIX_MIN 8 /* digits of a key that name it */

/* The options that a verb takes, besides those that are every verb's. */
static bool takes_only(const struct args *args, const char *a, const char *b, struct err *err) {
	for (size_t i = 0; i < args->count; i++) {
		const char *name = args->given[i].option->name;
		if (!str_eq(name, a) && !str_eq(name, b)) {
			return err_set(err, ERR_USAGE, "--%s does not belong to %s", name, args_operand(args, 1));
		}
	}
	return true;
}

static bool list(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct list_options options = {.out = out};
	return takes_only(args, "json", "csv", err) && cli_form(args, &options.form, err) && list_stations(store, &options, err);
}

static void put_key(struct out *out, const char *done, const struct public_key *key, const char *more) {
	char hex[2 * KEY_LEN + 1];
	str_hex(key->b, KEY_LEN, hex);
	strbuf_addf(&out->text, "%s %.*s%s\n", done, LIST_KEY_SHOWN, hex, more);
}

static bool add(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct public_key key;
	const char *role = args_value(args, "role");
	const char *given = args_value(args, "name");
	if (!takes_only(args, "role", "name", err)) {
		return false;
	}
	if (!str_unhex(args_operand(args, 2), key.b, KEY_LEN)) {
		return err_set(err, ERR_USAGE, "a key is %d hexadecimal digits (\"turnout station EVENT key\" on that box tells it)",
			       2 * KEY_LEN);
	}
	if (role == NULL) {
		return err_set(err, ERR_USAGE, "add needs --role editor, station or hub");
	}
	char *name = cli_text("the name", str_or_empty(given), ROLE_NAME_MAX, err);
	bool ok = name != NULL && role_give(store, &key, role, name, err);
	if (ok) {
		char *more = xasprintf(" as %s %s", role, name);
		put_key(out, "added", &key, str_trim(more) - 1);
		free(more);
	}
	free(name);
	return ok;
}

struct search {
	char digits[2 * KEY_LEN + 1];
	size_t hits;
	struct station_row found;
};

static bool match(void *context, const struct station_row *row, struct err *err) {
	(void)err;
	struct search *search = context;
	char hex[2 * KEY_LEN + 1];
	str_hex(row->key.b, KEY_LEN, hex);
	if (str_starts(hex, search->digits)) {
		search->hits++;
		search->found = *row;
	}
	return true;
}

/* The known key that begins with these digits. */
static bool find_key(struct store *store, const char *digits, struct public_key *key, struct err *err) {
	struct search search = {0};
	size_t n = strlen(digits);
	if (n < PREFIX_MIN || n > (size_t)2 * KEY_LEN || strspn(digits, "0123456789abcdefABCDEF") != n) {
		return err_set(err, ERR_USAGE, "a key is named by its first %d digits or more, not \"%s\" (turnout station EVENT list)",
			       PREFIX_MIN, digits);
	}
	for (size_t i = 0; i < n; i++) {
		search.digits[i] = str_lower_char(digits[i]);
	}
	if (!roles_each(store, match, &search, err)) {
		return false;
	}
	*key = search.found.key;
	if (search.hits > 1) {
		return err_set(err, ERR_USAGE, "%zu keys begin with %s; give more digits", search.hits, digits);
	}
	return search.hits == 1 ||
	       err_set(err, ERR_NOT_FOUND, "no key that begins with %s is known here (turnout station EVENT list)", digits);
}

static bool retire(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct public_key key;
	bool ok = find_key(store, args_operand(args, 2), &key, err) && role_retire(store, &key, err);
	if (ok) {
		put_key(out, "retired", &key,
			": what it wrote up to here counts, later records do not; hubs and boxes learn of it with their next exchange");
	}
	return ok;
}

static bool close_invitations(struct store *store, const struct args *args, struct out *out, struct err *err) {
	(void)args;
	char count[CLI_COUNT_MAX];
	size_t kept = 0;
	if (!invitation_close(store, &kept, err)) {
		return false;
	}
	strbuf_addf(&out->text, "closed: %s on; any other counts only once it is added (turnout station EVENT add)\n",
		    cli_count(count, (int64_t)kept, "station known here goes", "stations known here go"));
	return true;
}

static bool invite(struct store *store, const struct args *args, struct out *out, struct err *err) {
	(void)args;
	if (!invitation_open_new(store, err)) {
		return false;
	}
	strbuf_adds(&out->text, "invited: whoever gets a copy of this file from now on can sign people in\n");
	return true;
}

static bool show_key(struct store *store, const struct args *args, struct out *out, struct err *err) {
	(void)args;
	(void)err;
	char hex[2 * KEY_LEN + 1];
	str_hex(store_station(store)->b, KEY_LEN, hex);
	strbuf_addf(&out->text, "%s\n", hex);
	return true;
}

static bool at_hub(struct store *store, const struct args *args, struct out *out, struct err *err) {
	if (args_has(args, "role") || args_has(args, "name")) {
		return err_set(err, ERR_USAGE, "--role and --name belong to add");
	}
	return station_hub_list(store, args, out, err);
}

static const struct verb VERBS[] = {
	{"list", 2, "options only", VERB_READS, list},
	{"add", 3, "KEY --role ROLE", VERB_OPTIONS, add},
	{"retire", 3, "KEY", VERB_PLAIN, retire},
	{"close", 2, "nothing after it", VERB_PLAIN, close_invitations},
	{"invite", 2, "nothing after it", VERB_PLAIN, invite},
	{"key", 2, "nothing after it", VERB_PLAIN, show_key},
	{"hub", 3, "URL [--token-file FILE]", VERB_READS, at_hub},
	{0},
};

static bool exec(const struct args *args, struct out *out, struct err *err) { return verbs_exec(VERBS, args, out, err); }

const struct command cmd_station = {
	.name = "station",
	.summary = "says who may write into the event: stations, editors, hubs; retires boxes, closes the invitation",
	.usage = "EVENT list [--json | --csv]\nEVENT add KEY --role editor|station|hub [--name TEXT]\nEVENT retire KEY\n"
		 "EVENT close      (only the boxes known here may go on)\nEVENT invite     (copies made from now on may join)\n"
		 "EVENT key        (tells this box's own key)\n"
		 "EVENT hub URL [--token-file FILE] [--json | --csv]   (what a hub holds of each station)",
	.details =
		"Every copy of the event file carries an invitation: a box that has the file may sign people in. An editor may also "
		"change\n"
		"agenda and people; a hub keeps what the boxes send. Before \"close\" let all boxes exchange once, so that they are known\n"
		"here. A retired box signs nobody in once it has heard of it; what it wrote before counts, and retiring is final.\n\n"
		"At a hub a retired box is refused from the moment the hub has the organiser's word for it (turnout sync). \"hub\" lists\n"
		"what the hub holds of each station, beside what is held here, and whether it may take part there: member, retired, "
		"closed.\n\n"
		"KEY is what \"list\" shows, 8 digits or more; \"add\" takes all 64. All but list, key and hub need the organiser's "
		"key.\n\n" ADMIN_TOKEN_HELP,
	.operands = {"EVENT", "list, add, retire, close, invite, key or hub"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
