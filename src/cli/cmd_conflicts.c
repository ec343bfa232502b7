#include "cli/commands.h"
#include "cli/common.h"
#include "cli/language.h"
#include "report/list_conflicts.h"

static const struct option_spec OPTIONS[] = {
	{"json", 0, NULL, "as a JSON array of objects; an object has the members of its kind"},
	{"csv", 0, NULL, "as CSV"},
	{0},
};

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct list_options options = {.out = out, .tongue = language_tongue(args->language)};
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && list_conflicts(store, &options, err);
	store_close(store);
	return ok;
}

const struct command cmd_conflicts = {
	.name = "conflicts",
	.summary = "lists what people should look at",
	.usage = "EVENT [--json | --csv]",
	.details =
		"double     two boxes each let one person in as if for the first time. The first named counts;\n"
		"           `turnout undo` takes one of them back\n"
		"revoked    somebody was let in by a badge that is revoked: the box had not heard of it yet\n"
		"field      two people changed one field while apart: one value is shown, the other was said too; editing it settles it\n"
		"branch     the log of a box goes on in two ways\n"
		"author     records of somebody who may not write them; `turnout station` says who may\n"
		"unknown    records of a kind this program does not know: a newer Turnout wrote them\n"
		"malformed  records that say nothing that makes sense\n"
		"clock      check-ins whose times nothing confirms\n"
		"erased     another laptop joined somebody into who is erased, not knowing: their data (count: of so many people) is on no "
		"list,\n"
		"           and in all files; `turnout erase EVENT ID`, with that id, takes it away\n"
		"alike      two people on the roster share an e-mail or a phone number, and their names fit: a hint. They may be one, "
		"who came\n"
		"           without a badge: `turnout person EVENT join PERSON INTO` makes them one. Or a family: then nothing is to be "
		"done,\n"
		"           and `turnout status` does not count them\n"
		"odd        a box takes check-ins faster than hands can, or at many new points, or meets people who are elsewhere: a "
		"hint.\n"
		"           A list that staff bring in from a file looks the same; `turnout station EVENT retire KEY --void` takes a "
		"forger's out\n\n"
		"Without an option a table to read, in which long texts are cut (…) and records that follow each other are one line; JSON "
		"and\n"
		"CSV have all of it. Writes nothing.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
