#include "cli/commands.h"
#include "cli/common.h"

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && store_copy(store, args_operand(args, 1), err);
	store_close(store);
	if (ok) {
		strbuf_addf(&out->text, "copied to %s\n", args_operand(args, 1));
	}
	return ok;
}

const struct command cmd_copy = {
	.name = "copy",
	.summary = "copies an event file safely, also while a kiosk writes to it",
	.usage = "EVENT FILE",
	.details = "The copy is one state of the file, whole. The organiser's key is not copied (turnout key export).\n"
		   "On another machine the copy becomes another station by itself.",
	.operands = {"EVENT", "FILE"},
	.exec = exec,
};
