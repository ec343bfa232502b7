#include "cli/commands.h"
#include "cli/common.h"
#include "store/write/purge.h"

static const struct option_spec OPTIONS[] = {{"personal", 0, NULL, "personal data: names, addresses, notes, signatures"}, {0}};

static bool exec(const struct args *args, struct out *out, struct err *err) {
	if (!args_has(args, "personal")) {
		return err_set(err, ERR_USAGE, "say what: --personal takes the personal data out of this copy, for ever");
	}
	struct store *store = cli_open(args, STORE_WRITE, err);
	bool ok = store != NULL && store_purge(store, err);
	store_close(store);
	if (ok) {
		strbuf_adds(&out->text, "purged: this copy holds no personal data any more, records nothing and exchanges no more\n");
	}
	return ok;
}

const struct command cmd_purge = {
	.name = "purge",
	.summary = "takes the personal data out of this copy, after the event",
	.usage = "EVENT --personal",
	.details =
		"For kiosks that go back on the shelf. Refused until a hub or the organiser has acknowledged everything this file holds\n"
		"(turnout sync). Counts stay, and \"turnout verify\" still holds. Kiosks do it by themselves some days after the event "
		"where its setting\n"
		"erase_after says so (turnout set).",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
