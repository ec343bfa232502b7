#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/secret.h"
#include "cli/verbs.h"
#include "store/read/staff.h"

static const struct option_spec OPTIONS[] = {
	{"name", 0, "TEXT", "as it stands on the boxes' screens and in lists"},
	{"role", 0, "ROLE",
	 "door: scans, finds people, signs in who has no badge, prints; lead: all that, and takes back, lets in although, sets up, shuts "
	 "down (door)"},
	{"pin", 0, NULL, "asks for their PIN, or reads it from standard input: 6 to 12 digits"},
	{"no-pin", 0, NULL, "takes their PIN away"},
	{"badge", 0, "CODE", "the code of their badge, which opens the staff's screens (\"\": none any more)"},
	{"json", 0, NULL, "list as a JSON array"},
	{"csv", 0, NULL, "list as CSV"},
	{0},
};

/* The PIN is read before the file is opened: a kiosk that lends it must not wait for somebody's fingers. */
static bool put(const struct args *args, struct out *out, struct err *err) {
	const char *key = args_operand(args, 2);
	char pin[SECRET_LINE] = "";
	struct staff_change change = {
		.name = args_value(args, "name"), .role = args_value(args, "role"), .badge = args_value(args, "badge")};
	bool typed = args_has(args, "pin"), none = args_has(args, "no-pin");
	if (args->operand_count != 3 || args_has(args, "json") || args_has(args, "csv")) {
		return err_set(err, ERR_USAGE, "\"put\" wants KEY, and only a list has --json and --csv");
	}
	if (typed && none) {
		return err_set(err, ERR_USAGE, "--pin and --no-pin are opposites");
	}
	if (typed && !secret_read("PIN, 6 to 12 digits (it is not shown): ", pin, err)) {
		return false;
	}
	change.pin = typed || none ? pin : NULL;
	struct cli_file file = {0};
	bool ok = cli_file_open(args, &file, err) && store_begin(file.store, err) &&
		  cli_end(file.store, staff_put(file.store, key, &change, err), err);
	cli_file_close(&file);
	crypto_wipe(pin, sizeof pin);
	if (ok) {
		strbuf_addf(&out->text, "%s\n", key);
	}
	return ok;
}

static bool take_away(struct store *store, const struct args *args, struct out *out, struct err *err) {
	bool ok = staff_remove(store, args_operand(args, 2), err);
	if (ok) {
		strbuf_addf(&out->text, "removed %s\n", args_operand(args, 2));
	}
	return ok;
}

/* "put" is done before the file is opened; it stands here to be named where another verb is given. */
static const struct verb VERBS[] = {
	{"put", 3, "KEY", VERB_OPTIONS, NULL},
	{"remove", 3, "KEY", VERB_PLAIN, take_away},
	{0},
};

static const struct column COLUMNS[] = {{"key", NULL, 0}, {"name", NULL, 0}, {"role", NULL, 0}, {"pin", NULL, 0}, {"badge", NULL, 0}};

static bool list(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	struct staff_list all = {0};
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && staff_load(store, &all, err);
	struct listing *l = ok ? listing_open(out, &options) : NULL;
	for (size_t i = 0; ok && i < all.count; i++) {
		const struct staff_member *m = &all.items[i];
		listing_text(l, m->key);
		listing_text(l, m->name);
		listing_text(l, staff_role_word(m->role));
		listing_text(l, m->pin[0] != '\0' ? "yes" : ""); /* that there is one, nothing of it */
		listing_text(l, m->badge[0] != '\0' ? "yes" : "");
		ok = listing_row(l, err);
	}
	ok = ok && listing_finish(l, err);
	listing_close(l);
	staff_list_fini(&all);
	store_close(store);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	return args->operand_count == 1               ? list(args, out, err)
	       : str_eq(args_operand(args, 1), "put") ? put(args, out, err)
						      : verbs_exec(VERBS, args, out, err);
}

const struct command cmd_staff = {
	.name = "staff",
	.summary = "who works at the boxes: names, roles, PINs and badges; without a verb lists them",
	.usage = "EVENT [--json | --csv]\nEVENT put KEY --name TEXT [--role door|lead] [--pin | --no-pin] [--badge CODE]\nEVENT remove KEY",
	.details = "KEY is yours to choose, of a-z, 0-9 and \"-\": olena. What somebody does at a box is recorded with it. Of a PIN the "
		   "event file "
		   "keeps\n"
		   "an Argon2id hash; who has the file and some hours finds a PIN of six digits all the same, so lend it to nobody and "
		   "take eight.",
	.operands = {"EVENT"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
