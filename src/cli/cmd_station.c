#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/admin_token.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/hub_common.h"
#include "cli/own_standing.h"
#include "cli/station_hub.h"
#include "cli/station_invitations.h"
#include "cli/station_key.h"
#include "cli/station_void.h"
#include "cli/verbs.h"
#include "report/list_stations.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

static const struct option_spec OPTIONS[] = {
	{"role", 0, "ROLE", "of the key that is added: editor, station or hub"},
	{"name", 0, "TEXT", "what people call it, on lists"},
	{"void", 0, NULL, "of the station that is retired: takes its check-ins and walk-ins out of the books, too"},
	{"from", 0, "LOG:SEQ", "with --void: only what it wrote from that record of that log on; again for another log"},
	{"keep", 0, "KEY", "of the invitation that is closed: this station goes on and the others do not; again for another station"},
	{"json", 0, NULL, "the list as a JSON array"},
	{"csv", 0, NULL, "the list as CSV"},
	ADMIN_TOKEN_OPTIONS,
	HUB_URL_OPTIONS,
	{0},
};

static bool list(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct list_options options = {.out = out};
	return station_takes_only(args, (const char *const[]){"json", "csv", NULL}, err) && cli_form(args, &options.form, err) &&
	       list_stations(store, &options, err) && own_standing_say(store, err);
}

static bool add(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct public_key key;
	const char *role = args_value(args, "role");
	const char *given = args_value(args, "name");
	if (!station_takes_only(args, (const char *const[]){"role", "name", NULL}, err)) {
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
		station_put_key(out, "added", &key, str_trim(more) - 1);
		free(more);
	}
	free(name);
	return ok;
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
	static const char *const others[] = {"role", "name", "void", "from", "keep"};
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		if (args_has(args, others[i])) {
			return err_set(err, ERR_USAGE, "--%s does not belong to hub", others[i]);
		}
	}
	return station_hub_list(store, args, out, err);
}

static const struct verb VERBS[] = {
	{"list", 2, "options only", VERB_READS, list},
	{"add", 3, "KEY --role ROLE", VERB_OPTIONS, add},
	{"retire", 3, "KEY", VERB_OPTIONS, station_retire},
	{"restore", 3, "KEY", VERB_PLAIN, station_put_back},
	{"invitations", 2, "options only", VERB_READS, station_invitations},
	{"close", 2, "one invitation, or nothing", VERB_MORE, station_close},
	{"invite", 2, "nothing after it", VERB_PLAIN, invite},
	{"key", 2, "nothing after it", VERB_PLAIN, show_key},
	{"hub", 3, "URL [--token-file FILE]", VERB_READS, at_hub},
	{0},
};

static bool exec(const struct args *args, struct out *out, struct err *err) { return verbs_exec(VERBS, args, out, err); }

const struct command cmd_station = {
	.name = "station",
	.summary = "says who may write into the event: stations, editors, hubs; retires boxes, closes the invitation",
	.usage = "EVENT list [--json | --csv]\nEVENT add KEY --role editor|station|hub [--name TEXT]\n"
		 "EVENT retire KEY [--void [--from LOG:SEQ]...]\nEVENT restore KEY   (what --void took out counts again)\n"
		 "EVENT invitations [--json | --csv]   (by which copy who came)\n"
		 "EVENT close      (only the boxes known here may go on)\nEVENT close INVITATION [--keep KEY]...   (the others stay open)\n"
		 "EVENT invite     (copies made from now on may join)\n"
		 "EVENT key        (tells this box's own key)\n"
		 "EVENT hub URL [--token-file FILE] [--json | --csv]   (what a hub holds of each station)",
	.details =
		"Every copy of the event file carries an invitation: a box that has the file may sign people in. An editor may also\n"
		"change agenda and people; a hub keeps what the boxes send. Before \"close\" let every box exchange once first, and then\n"
		"this machine: who is not known here is cut off. A box is known once \"turnout enroll\" or \"turnout sync\" ran on it, or "
		"a\n"
		"kiosk has exchanged once. A retired box signs nobody in once it has heard of it; what it wrote before counts,\n"
		"and retiring is final.\n\n"
		"\"turnout copy EVENT FILE --for NAME\" makes a copy with an invitation of its own. \"invitations\" lists them: name, who "
		"came\n"
		"by each and how many check-ins they made. \"close\" with a name, or the first digits of an invitation's key, closes that "
		"one; "
		"who\n"
		"came by it goes on, or with --keep only those named, and what the others wrote counts no more until they are added.\n\n"
		"--void takes what the station wrote out of the books: it is kept and marked on lists, lets nobody in, fills no room and\n"
		"counts for nothing; its walk-ins are off the roster and their codes are good no more. \"restore\" puts it back. With "
		"--from\n"
		"what came before that record counts, also where the invitation was closed without the station before. LOG:SEQ is the\n"
		"\"ref\" that \"turnout list EVENT checkins\" shows of a check-in; a station with one log needs SEQ alone. A record that "
		"has\n"
		"not come here is refused: of a retired station nothing counts that is still to come. Times are no help: who forges\n"
		"check-ins sets the clock, too.\n\n"
		"At a hub a retired box is refused from the moment the hub has the organiser's word for it (turnout sync). \"hub\" lists\n"
		"what the hub holds of each station, beside what is held here, and whether it may take part there: member, retired, "
		"closed.\n\n"
		"KEY is what \"list\" shows, 8 digits or more; \"add\" takes all 64. All but list, invitations, key and hub need the "
		"organiser's\n"
		"key.\n\n" ADMIN_TOKEN_HELP,
	.operands = {"EVENT", "list, add, retire, restore, invitations, close, invite, key or hub"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
