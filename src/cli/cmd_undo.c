#include "cli/commands.h"
#include "cli/common.h"
#include "store/read/checkins.h"

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct strbuf name = {0};
	if (args->operand_count > 2) {
		return err_set(err, ERR_USAGE, "\"%s\" is one argument too many", args_operand(args, 2));
	}
	struct cli_file file;
	bool ok = cli_file_open(args, &file, err) && store_begin(file.store, err) &&
		  cli_end(file.store, checkin_undo(file.store, args_operand(args, 1), &name, err), err);
	cli_file_close(&file);
	if (ok) {
		strbuf_addf(&out->text, "undone: %s\n", strbuf_str(&name));
	}
	strbuf_fini(&name);
	return ok;
}

const struct command cmd_undo = {
	.name = "undo",
	.summary = "undoes a check-in: this station's last one, or the one named",
	.usage = "EVENT [CHECKIN]",
	.details = "CHECKIN is what `turnout list EVENT checkins` shows under ref, like 3f9a01bc:17. The record stays; it counts no more.",
	.operands = {"EVENT"},
	.more = true,
	.exec = exec,
};
