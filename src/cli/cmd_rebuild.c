#include "cli/commands.h"
#include "cli/common.h"

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct store *store = cli_open(args, STORE_WRITE, err);
	bool ok = store != NULL && store_rebuild(store, err);
	if (!ok && err->kind == ERR_CORRUPT) { /* more than the views: what could be rebuilt from is damaged itself */
		err_set(err, ERR_CORRUPT, "%s: its records are damaged too; take the backup copy", args_operand(args, 0));
	}
	store_close(store);
	if (ok) {
		strbuf_addf(&out->text, "rebuilt %s from its records\n", args_operand(args, 0));
	}
	return ok;
}

const struct command cmd_rebuild = {
	.name = "rebuild",
	.summary = "computes everything that is shown again from the records",
	.usage = "EVENT",
	.operands = {"EVENT"},
	.exec = exec,
};
