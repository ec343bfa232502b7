#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/own_standing.h"
#include "report/list_checkins.h"
#include "report/list_contacts.h"
#include "report/list_invitations.h"
#include "report/list_people.h"
#include "report/list_presence.h"
#include "report/list_sessions.h"
#include "report/list_signatures.h"
#include "report/list_stations.h"
#include "sync/media.h"

static const struct option_spec OPTIONS[] = {
	{"json", 0, NULL, "as a JSON array of objects"},
	{"csv", 0, NULL, "as CSV: UTF-8, RFC 4180"},
	{"output", 'o', "FILE", "where to, whole or not at all; FILE.csv and FILE.json say the form, too"},
	{"bom", 0, NULL, "begin the CSV with a byte order mark, as Excel needs it (so does -o FILE.csv by itself)"},
	{"no-bom", 0, NULL, "begin FILE.csv without one"},
	{"sort", 0, "FIELD", "people by name, organisation, category or code (name)"},
	{"only", 0, "QUERY", "people that hold all these words, in any field that is searched"},
	{0},
};

static const struct {
	const char *what;
	bool (*list)(struct store *store, const struct list_options *options, struct err *err);
} LISTS[] = {
	{"people", list_people},           {"sessions", list_sessions},     {"checkins", list_checkins}, {"stations", list_stations},
	{"invitations", list_invitations}, {"signatures", list_signatures}, {"contacts", list_contacts}, {"presence", list_presence},
};

/* Of FILE.csv and FILE.json the ending says the form. A file of CSV is for a spreadsheet program, and Excel takes it for another encoding where
 * no byte order mark stands at its beginning; what goes down a pipe is for programs. */
static bool read_form(const struct args *args, struct list_options *options, struct err *err) {
	const char *path = args_value(args, "output");
	bool csv_file = path != NULL && str_ends_nocase(path, ".csv");
	bool bom = args_has(args, "bom"), no_bom = args_has(args, "no-bom");
	if (!cli_form(args, &options->form, err)) {
		return false;
	}
	if (options->form == LISTING_TABLE && path != NULL) {
		options->form = csv_file ? LISTING_CSV : str_ends_nocase(path, ".json") ? LISTING_JSON : LISTING_TABLE;
	}
	if ((bom || no_bom) && options->form != LISTING_CSV) {
		return err_set(err, ERR_USAGE, "--%s belongs to --csv", bom ? "bom" : "no-bom");
	}
	if (bom && no_bom) {
		return err_set(err, ERR_USAGE, "--bom and --no-bom contradict each other");
	}
	options->bom = options->form == LISTING_CSV && !no_bom && (bom || csv_file);
	return true;
}

/* An earlier list, or nothing, may be written over; an event file and its like may not. */
static bool may_write(const char *path, struct err *err) {
	struct stat st;
	char head[16] = "";
	FILE *f = stat(path, &st) == 0 && S_ISREG(st.st_mode) ? fopen(path, "rb") : NULL;
	if (f == NULL) {
		return true;
	}
	size_t n = fread(head, 1, sizeof head, f);
	fclose(f);
	return (n == 0 || memchr(head, '\0', n) == NULL) && !str_ends_nocase(path, ".key")
		       ? true
		       : err_set(err, ERR_REFUSED,
				 "%s exists already and is no list; nothing was changed: choose another name, or move that one away first",
				 path);
}

static bool write_list(const struct args *args, size_t which, const struct list_options *options, struct err *err) {
	const char *path = args_value(args, "output");
	struct out file = {.fd = -1};
	struct list_options how = *options;
	bool to_file = path != NULL && !str_eq(path, "-");
	if (to_file && (!media_may_write(path, err) || !may_write(path, err))) {
		return false;
	}
	how.out = to_file ? &file : options->out;
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && LISTS[which].list(store, &how, err) &&
		  (LISTS[which].list != list_stations || own_standing_say(store, err));
	store_close(store);
	ok = ok && (!to_file || file_write(path, strbuf_str(&file.text), file.text.len, err));
	strbuf_fini(&file.text);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct list_options options = {.out = out, .query = args_value(args, "only")};
	const char *what = args_operand(args, 1);
	size_t i = 0;
	while (i < COUNT_OF(LISTS) && !str_eq(LISTS[i].what, what)) {
		i++;
	}
	if (i == COUNT_OF(LISTS)) {
		return err_set(err, ERR_USAGE,
			       "there is no list of \"%s\"; there are people, sessions, checkins, presence, stations, invitations, "
			       "signatures and contacts",
			       what);
	}
	size_t order = 0;
	if (!read_form(args, &options, err) || !cli_choice(args, "sort", people_order_names, &order, err)) {
		return false;
	}
	options.order = (enum people_order)order;
	if ((options.query != NULL || args_has(args, "sort")) && LISTS[i].list != list_people) {
		return err_set(err, ERR_USAGE, "--only and --sort belong to the list of people");
	}
	return write_list(args, i, &options, err);
}

const struct command cmd_list = {
	.name = "list",
	.summary = "lists people, sessions, check-ins, presence, stations, invitations, signatures or contacts",
	.usage = "EVENT people [--only QUERY] [--sort FIELD] [--json | --csv] [-o FILE]\nEVENT "
		 "sessions|checkins|presence|stations|invitations|signatures|contacts "
		 "[--json | --csv] "
		 "[-o FILE]",
	.details =
		"Without an option a table to read. Times in JSON and CSV are RFC 3339 with the offset of the place. In CSV a cell that a\n"
		"spreadsheet would take for a formula gets an apostrophe before it. -o FILE.csv begins with the byte order mark that Excel "
		"needs,\n"
		"standard output does not. The event file is not changed.\n\n"
		"people    id name email organisation community region category code, status of the badge (valid, revoked, none; in CSV "
		"the column is\n"
		"          \"badge\") and all other fields. The CSV may be edited and imported again (turnout import people): who has an "
		"id is that person\n"
		"sessions  id title start end room track status (active, cancelled) and all other fields\n"
		"checkins  time outcome (what the station said) name organisation region where method station_name repeat (they were in "
		"already) undone void (out of the books), and in\n"
		"          JSON and CSV person code point station duplicate_of as well; ref is for turnout undo\n"
		"presence  who was where for how long, a line for each day at the event and for each session: name organisation where room "
		"day "
		"in\n"
		"          out minutes times (how often they came in) ended (left: by an exit; rule: nobody ended it, so the session or "
		"the day "
		"did;\n"
		"          on: they are there); minutes of a session are those between its start and its end\n"
		"stations  key role (organiser, editor, hub, station, none) name retired logs records checkins (that let somebody in: no "
		"refusals, "
		"no repeats,\n"
		"          none that were undone) last; copy: by which copy of the file it came (turnout copy --for); void: what it wrote "
		"is out of\n"
		"          the books (turnout station EVENT retire KEY --void), all of it or part\n"
		"invitations  key name status (open, closed) stations checkins: how many came by it, and what they took; \"in this file\": "
		"plain "
		"copies\n"
		"          of it carry this one\n"
		"signatures  day name organisation by (self, guardian, staff) station, and in JSON and CSV point person station_name; "
		"strokes, in JSON "
		"the drawing\n"
		"contacts  name organisation community region phone email of those who agreed that the other participants have them\n"
		"          (turnout form EVENT add consent:contacts)",
	.operands = {"EVENT", "people, sessions, checkins, presence, stations, invitations, signatures or contacts"},
	.options = OPTIONS,
	.exec = exec,
};
