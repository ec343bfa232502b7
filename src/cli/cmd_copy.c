#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "store/write/enrolment.h"

static const struct option_spec OPTIONS[] = {
	{"for", 0, "NAME", "the copy gets an invitation of its own by that name, which can be closed without the others"},
	{0},
};

/* So that the name can be given again. Where that fails too, the invitation stands without a copy; nobody has its secret. */
static bool take_back(struct store *store, const struct public_key *invitation, struct err *err) {
	struct err why = {0};
	bool ok = store_begin(store, &why) &&
		  cli_end(store, invitation_close_one(store, invitation, &(struct invitation_closing){0}, &why), &why);
	return ok ? err_wrap(err, "the invitation that was made for it was closed again")
		  : err_wrap(err, "the invitation that was made for it stays open (%s)", why.text);
}

/* The invitation first: a copy whose invitation no record names could let nobody in. A record stays for ever, so what can be known beforehand to go
 * wrong with the copy is tried while the record can still be taken back. */
static bool copy_for(struct store *store, const char *name, const char *to, struct err *err) {
	struct invitation invitation = {.key = {{0}}};
	bool ok = store_begin(store, err) &&
		  cli_end(store, invitation_make(store, name, &invitation, err) && store_copy_try(store, to, err), err);
	ok = ok && (store_copy_inviting(store, to, invitation.seed, err) || take_back(store, &invitation.key, err));
	crypto_wipe(&invitation, sizeof invitation);
	return ok;
}

static bool copy_named(const struct args *args, const char *to, struct out *out, struct err *err) {
	char *name = cli_text("the name", args_value(args, "for"), INVITATION_NAME_MAX, err);
	struct cli_file file = {0};
	bool ok = name != NULL && (name[0] != '\0' || err_set(err, ERR_USAGE, "--for needs a name, such as \"Entrance B\"")) &&
		  cli_file_open(args, &file, err) && copy_for(file.store, name, to, err);
	cli_file_close(&file);
	if (ok) {
		strbuf_addf(&out->text, "copied to %s for %s (turnout station EVENT invitations)\n", to, name);
	}
	free(name);
	return ok;
}

static bool copy_plain(const struct args *args, const char *to, struct out *out, struct err *err) {
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && store_copy(store, to, err);
	store_close(store);
	if (ok) {
		strbuf_addf(&out->text, "copied to %s\n", to);
	}
	return ok;
}

/* Into a folder under the event file's own name, as cp(1) does. */
static bool exec(const struct args *args, struct out *out, struct err *err) {
	const char *to = args_operand(args, 1);
	char *file = file_is_dir(to) ? file_join(to, file_base_name(args_operand(args, 0))) : xstrdup(to);
	bool ok = args_has(args, "for") ? copy_named(args, file, out, err) : copy_plain(args, file, out, err);
	free(file);
	return ok;
}

const struct command cmd_copy = {
	.name = "copy",
	.summary = "copies an event file safely, also while a kiosk writes to it",
	.usage = "EVENT FILE [--for NAME]\nEVENT FOLDER [--for NAME]   (under the event file's own name)",
	.details = "The copy is one state of the file, whole. The organiser's key is not copied (turnout key export).\n"
		   "On another machine the copy becomes another station by itself.\n\n"
		   "With --for, which needs the organiser's key, the copy carries an invitation of its own: \"turnout station EVENT list\" "
		   "says\n"
		   "which copy a box came from, and \"turnout station EVENT close NAME\" closes that copy's invitation alone. Make one for "
		   "each\n"
		   "box or entrance. Two copies that are open cannot have one name. Copies of the copy carry its invitation, too.",
	.operands = {"EVENT", "FILE"},
	.options = OPTIONS,
	.exec = exec,
};
