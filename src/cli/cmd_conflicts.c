#include "base/alloc.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "store/audit.h"

static const struct option_spec OPTIONS[] = {
	{"json", 0, NULL, "as a JSON array"},
	{"csv", 0, NULL, "as CSV"},
	{0},
};

static const struct column COLUMNS[] = {
	{"kind", NULL, 0}, {"thing", NULL, 0}, {"field", NULL, 0}, {"shown", NULL, 0}, {"other", NULL, 0},
};

static bool each(void *context, const struct conflict *c, struct err *err) {
	struct listing *l = context;
	listing_text(l, c->kind);
	listing_text(l, c->thing);
	listing_text(l, c->field);
	listing_text(l, c->shown);
	listing_text(l, c->other);
	return listing_row(l, err);
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	struct listing *l = store ? listing_open(out, &options) : NULL;
	bool ok = store != NULL && audit_conflicts(store, each, l, err) && listing_finish(l, err);
	listing_close(l);
	store_close(store);
	return ok;
}

const struct command cmd_conflicts = {
	.name = "conflicts",
	.summary = "lists what people should look at",
	.usage = "EVENT [--json | --csv]",
	.details =
		"field    two people changed one field while apart: \"shown\" is in force, \"other\" was said too; editing it settles it\n"
		"ignored  a record that does not count, and why\n"
		"clock    check-ins whose times nothing confirms\n\nWrites nothing.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
