#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "report/list_checkins.h"
#include "report/list_people.h"
#include "report/list_sessions.h"
#include "report/list_stations.h"

static const struct option_spec OPTIONS[] = {
	{"json", 0, NULL, "as a JSON array of objects"},
	{"csv", 0, NULL, "as CSV: UTF-8, RFC 4180"},
	{"bom", 0, NULL, "begin the CSV with a byte order mark, for Excel"},
	{"sort", 0, "FIELD", "people by name, organisation, category or code (name)"},
	{"only", 0, "QUERY", "people that hold all these words, in any field that is searched"},
	{0},
};

static const struct {
	const char *what;
	bool (*list)(struct store *store, const struct list_options *options, struct err *err);
} LISTS[] = {
	{"people", list_people},
	{"sessions", list_sessions},
	{"checkins", list_checkins},
	{"stations", list_stations},
};

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct list_options options = {.out = out, .bom = args_has(args, "bom"), .query = args_value(args, "only")};
	const char *what = args_operand(args, 1);
	size_t i = 0;
	while (i < COUNT_OF(LISTS) && !str_eq(LISTS[i].what, what)) {
		i++;
	}
	if (i == COUNT_OF(LISTS)) {
		return err_set(err, ERR_USAGE, "there is no list of \"%s\"; there are people, sessions, checkins and stations", what);
	}
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	size_t order = 0;
	if (!cli_choice(args, "sort", people_order_names, &order, err)) {
		return false;
	}
	options.order = (enum people_order)order;
	if (options.bom && options.form != LISTING_CSV) {
		return err_set(err, ERR_USAGE, "--bom belongs to --csv");
	}
	if ((options.query != NULL || args_has(args, "sort")) && LISTS[i].list != list_people) {
		return err_set(err, ERR_USAGE, "--only and --sort belong to the list of people");
	}
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && LISTS[i].list(store, &options, err);
	store_close(store);
	return ok;
}

const struct command cmd_list = {
	.name = "list",
	.summary = "lists people, sessions, check-ins or stations",
	.usage = "EVENT people [--only QUERY] [--sort FIELD] [--json | --csv]\nEVENT sessions|checkins|stations [--json | --csv]",
	.details =
		"Without an option a table to read. Times in JSON and CSV are RFC 3339 with the offset of the place. In CSV a cell that a\n"
		"spreadsheet would take for a formula gets an apostrophe before it. Writes nothing.\n\n"
		"people    id name email organisation community region category code status (valid, revoked, none) and all other fields\n"
		"sessions  id title start end room track status (active, cancelled) and all other fields\n"
		"checkins  person name code point time station outcome (what the station said) duplicate_of method; ref is for turnout "
		"undo\n"
		"stations  key role (organiser, editor, hub, station, none) name retired logs records checkins last",
	.operands = {"EVENT", "people, sessions, checkins or stations"},
	.options = OPTIONS,
	.exec = exec,
};
