#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/import_places.h"
#include "cli/import_run.h"
#include "cli/language.h"
#include "import/agenda_apply.h"
#include "import/agenda_file.h"
#include "import/import_say.h"
#include "import/people_apply.h"
#include "store/read/settings.h"

static const struct option_spec OPTIONS[] = {
	{"map", 0, "FIELD=HEADER", "that column is that field; may be given several times"},
	{"encoding", 0, "NAME", "of the file, where it is found out wrongly: Windows-1251, KOI8-U, UTF-16LE, …"},
	{"sheet", 0, "NAME", "of a workbook; without it the first that holds anything; \"all\": that one and those with the same headers"},
	{"sheet-name-is", 0, "FIELD", "people: the name of each one's sheet is that field (region, category, …) where no cell says it"},
	{"key", 0, "HEADER", "people: the column that tells them apart"},
	{"source", 0, "NAME", "whose list this is (the file's name); a later import of the same source updates it"},
	{"applicants", 0, NULL, "people: whose registration the list does not say applies only, and is not let in until confirmed"},
	{"same", 0, NULL, "people: rows that look like somebody who is there already are theirs"},
	{"new", 0, NULL, "people: rows that look like somebody who is there already are others"},
	{"forget", 0, NULL, "how this source was read before does not count"},
	{"dry-run", 0, NULL, "say what would be done, change nothing"},
	{"strict", 0, NULL, "take nothing when any row, cell or entry is bad"},
	{"month-first", 0, NULL, "agenda: in dates like 05/12/2026 the month comes first, where the table does not tell"},
	{"json", 0, NULL, "the result as a JSON object"},
	{0},
};

/* --- people ---------------------------------------------------------------------------------------------------------------------- */

/* On stderr, so that a script's output stays the result alone. */
static void say_found(const struct import_run *run, const struct people *people) {
	struct strbuf text = {0};
	import_say_found(people, run->tongue, &text);
	log_line("%s: %s", run->path, strbuf_str(&text));
	strbuf_fini(&text);
}

static void say_sheets(const struct import_run *run, const struct people *people) {
	struct strbuf text = {0};
	import_say_sheets(people, run->tongue, &text);
	if (text.len != 0) {
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_fini(&text);
}

/* Loudly: they would stand before a box that sends them to the staff. */
static void say_refused(const struct import_run *run, const struct people_applied *done) {
	struct strbuf text = {0};
	import_say_refused(done, run->tongue, &text);
	if (text.len != 0) {
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_reset(&text);
	import_say_confirmed(done, run->tongue, &text);
	if (text.len != 0) {
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_fini(&text);
}

static void say_doubts(const struct import_run *run, const struct people_doubts *doubts) {
	struct strbuf text = {0};
	for (size_t i = 0; i < doubts->count; i++) {
		strbuf_reset(&text);
		import_say_doubt(&doubts->items[i], run->tongue, &text);
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_fini(&text);
}

static void json_doubts(const struct people_doubts *doubts, struct json_writer *w) {
	json_open(w, "doubts", '[');
	for (size_t i = 0; i < doubts->count; i++) {
		const struct people_doubt *doubt = &doubts->items[i];
		json_open(w, NULL, '{');
		json_put_int(w, "line", (int64_t)doubt->line);
		json_put_text(w, "name", doubt->name);
		json_put_text(w, "id", doubt->id);
		json_put_text(w, "like", doubt->like);
		json_put_text(w, "like_id", doubt->like_id);
		json_close(w, '}');
	}
	json_close(w, ']');
}

static void json_gone(const struct people_gone *gone, struct json_writer *w) {
	json_put_int(w, "gone", (int64_t)gone->total);
	json_open(w, "gone_people", '[');
	for (size_t i = 0; i < gone->count; i++) {
		json_open(w, NULL, '{');
		json_put_text(w, "id", gone->items[i].id);
		json_put_text(w, "name", gone->items[i].name);
		json_close(w, '}');
	}
	json_close(w, ']');
}

static void people_json(const struct import_run *run, const struct people *people, const struct people_applied *done) {
	struct json_writer w = {.out = &run->out->text};
	run->out->exact = true;
	json_open(&w, NULL, '{');
	json_put_int(&w, "rows", (int64_t)done->rows);
	json_put_int(&w, "added", (int64_t)done->added);
	json_put_int(&w, "changed", (int64_t)done->changed);
	json_put_int(&w, "unchanged", (int64_t)done->unchanged);
	json_put_int(&w, "repeated", (int64_t)done->repeated);
	json_put_int(&w, "joined", (int64_t)done->joined);
	json_put_int(&w, "bad", (int64_t)done->bad);
	json_put_int(&w, "notes", (int64_t)done->notes);
	json_open(&w, "registrations", '{');
	for (int i = REGISTRATION_UNSAID + 1; i < REGISTRATION_COUNT; i++) {
		json_put_int(&w, registration_word((enum registration)i), (int64_t)done->registrations[i]);
	}
	json_close(&w, '}');
	json_put_int(&w, "confirmed_by_hand", (int64_t)done->confirmed);
	json_put_bool(&w, "dry_run", run->dry_run);
	json_put_text(&w, "encoding", people->encoding);
	json_put_text(&w, "delimiter", people->delimiter ? (char[2]){people->delimiter} : NULL);
	json_put_text(&w, "sheet", people->sheet);
	json_open(&w, "columns", '{');
	for (size_t i = 0; i < people->column_count; i++) {
		json_put_text(&w, people->columns[i].header, people->columns[i].target);
	}
	json_close(&w, '}');
	import_run_json(run, "bad_rows", &people->bad, &w);
	import_run_json(run, "bad_cells", &people->notes, &w);
	import_run_json(run, "passed_over", &people->passed, &w);
	import_run_json(run, "codes_left_out", &done->codes, &w);
	json_doubts(&done->doubts, &w);
	json_gone(&done->gone, &w);
	json_close(&w, '}');
	strbuf_addc(&run->out->text, '\n');
}

static void people_lines(const struct import_run *run, const struct people_applied *done) {
	struct strbuf *to = &run->out->text;
	import_say_people(done, run->dry_run, run->tongue, to);
	strbuf_addc(to, '\n');
	if (done->gone.total != 0) {
		import_say_gone(done, run->tongue, to);
		strbuf_addc(to, '\n');
	}
	if (done->doubts.count != 0) {
		import_say_doubts(&done->doubts, run->tongue, to);
		strbuf_addc(to, '\n');
	}
}

static bool import_people(struct import_run *run, struct err *err) {
	const struct args *args = run->args;
	struct progress progress = {.what = "people"};
	struct people_apply_options apply = {.source = run->source,
					     .memory = &run->memory,
					     .same = args_has(args, "same"),
					     .settled = args_has(args, "new"),
					     .dry_run = run->dry_run,
					     .strict = args_has(args, "strict"),
					     .progress = progress_show,
					     .progress_context = &progress};
	struct people_applied done = {0};
	struct people people = {0};
	if (apply.same && apply.settled) {
		return err_set(err, ERR_USAGE, "--same and --new contradict each other");
	}
	struct store *store = import_run_open(run, err);
	bool ok = store != NULL && import_run_recall(run, store, "people", err);
	struct people_options options = {.encoding = run->memory.encoding,
					 .sheet = run->memory.sheet,
					 .maps = run->maps,
					 .map_count = run->map_count,
					 .key = run->memory.key,
					 .applicants = run->memory.applicants,
					 .sheet_field = run->memory.sheet_name_is};
	apply.key = options.key;
	apply.applicants = options.applicants;
	ok = ok && people_read(run->path, &options, &people, err);
	if (ok) {
		say_found(run, &people);
		say_sheets(run, &people);
		import_run_say(run, &people.passed);
		import_run_say(run, &people.notes);
		import_run_say(run, &people.bad);
		ok = people_apply(store, &people, &apply, &done, err);
		progress_end(&progress);
	}
	if (ok) {
		import_run_say(run, &done.codes);
		say_doubts(run, &done.doubts);
		say_refused(run, &done);
		run->out->left_out = done.bad != 0 || done.notes != 0 || done.codes.total != 0;
	}
	if (ok && run->json) {
		people_json(run, &people, &done);
	} else if (ok) {
		people_lines(run, &done);
	}
	people_applied_fini(&done);
	people_fini(&people);
	store_close(store);
	return ok;
}

/* --- agenda ---------------------------------------------------------------------------------------------------------------------- */

static void agenda_json(const struct import_run *run, const struct agenda_report *report, const struct agenda_applied *done) {
	struct json_writer w = {.out = &run->out->text};
	run->out->exact = true;
	json_open(&w, NULL, '{');
	json_put_int(&w, "sessions", (int64_t)done->sessions);
	json_put_int(&w, "added", (int64_t)done->added);
	json_put_int(&w, "changed", (int64_t)done->changed);
	json_put_int(&w, "unchanged", (int64_t)done->unchanged);
	json_put_int(&w, "cancelled", (int64_t)done->cancelled);
	json_put_int(&w, "kept", (int64_t)done->kept);
	json_put_int(&w, "bad", (int64_t)done->left_out);
	json_put_int(&w, "cells", (int64_t)done->cells);
	json_put_bool(&w, "titled", done->titled);
	json_put_bool(&w, "dry_run", run->dry_run);
	import_run_json(run, "bad_entries", &report->bad, &w);
	import_run_json(run, "bad_cells", &report->cells, &w);
	import_run_json(run, "notes", &report->notes, &w);
	json_close(&w, '}');
	strbuf_addc(&run->out->text, '\n');
}

static void agenda_lines(const struct import_run *run, const struct agenda_applied *done) {
	struct strbuf *to = &run->out->text;
	import_say_agenda(done, run->dry_run, run->tongue, to);
	strbuf_addc(to, '\n');
	if (done->kept > 0) {
		import_say_kept(done, run->dry_run, run->tongue, to);
		strbuf_addc(to, '\n');
	}
	if (run->passed_over > 0) {
		import_say_passed_over(run->passed_over, run->tongue, to);
		strbuf_addc(to, '\n');
	}
}

static void say_report(const struct import_run *run, const struct agenda *agenda, const struct agenda_report *report) {
	struct strbuf text = {0};
	import_say_unused(report, run->tongue, &text);
	if (text.len != 0) {
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_reset(&text);
	import_say_zones(agenda, run->tongue, &text);
	if (text.len != 0) {
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	import_run_say(run, &report->notes);
	import_run_say(run, &report->cells);
	import_run_say(run, &report->bad);
	strbuf_fini(&text);
}

static bool apply_agenda(struct import_run *run, struct store *store, const struct agenda_options *options, struct err *err) {
	struct agenda agenda = {0};
	struct agenda_applied done;
	struct agenda_report *report = options->report;
	struct agenda_apply_options apply = {
		.source = run->source, .memory = &run->memory, .named = args_has(run->args, "source"), .dry_run = run->dry_run};
	bool ok = agenda_read(run->path, store_tz(store), options, &agenda, err);
	if (ok) {
		say_report(run, &agenda, report);
		apply.left_out = report->bad.total;
		apply.cells = report->cells.total;
		ok = (!agenda_report_is_bad(report) || !args_has(run->args, "strict") || agenda_refuse(report, err)) &&
		     agenda_apply(store, &agenda, &apply, &done, err);
	}
	if (!ok && agenda.count == 0) {
		import_run_say(run, &report->notes); /* they may say why not one entry could be taken */
	}
	run->passed_over = agenda.passed_over;
	run->out->left_out = ok && agenda_report_is_bad(report);
	if (ok && run->json) {
		agenda_json(run, report, &done);
	} else if (ok) {
		agenda_lines(run, &done);
	}
	agenda_fini(&agenda);
	return ok;
}

static bool import_agenda(struct import_run *run, struct err *err) {
	struct agenda_report report = {0};
	struct agenda_options options = {.report = &report};
	int64_t days[EVENT_DAYS_MAX];
	struct store *store = import_run_open(run, err);
	bool ok = store != NULL && import_run_recall(run, store, "agenda", err);
	options.encoding = run->memory.encoding;
	options.sheet = run->memory.sheet;
	options.maps = run->maps;
	options.map_count = run->map_count;
	options.month_first = run->memory.month_first;
	size_t count = ok ? setting_days(store, days, COUNT_OF(days)) : 0;
	for (size_t i = 0; i < count; i++) {
		options.first_day = !options.has_days || days[i] < options.first_day ? days[i] : options.first_day;
		options.last_day = !options.has_days || days[i] > options.last_day ? days[i] : options.last_day;
		options.has_days = true;
	}
	ok = ok && apply_agenda(run, store, &options, err);
	agenda_report_fini(&report);
	store_close(store);
	return ok;
}

/* --- which ----------------------------------------------------------------------------------------------------------------------- */

/* An option that another import has. */
static bool options_fit(const struct args *args, const char *what, struct err *err) {
	static const char *const people[] = {"key", "sheet-name-is", "same", "new", "applicants"};
	if (!str_eq(what, "agenda") && args_has(args, "month-first")) {
		return err_set(err, ERR_USAGE, "--month-first belongs to the import of an agenda");
	}
	for (size_t i = 0; !str_eq(what, "people") && i < COUNT_OF(people); i++) {
		if (args_has(args, people[i])) {
			return err_set(err, ERR_USAGE,
				       "--key, --sheet-name-is, --applicants, --same and --new belong to the import of people");
		}
	}
	return true;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	static const struct {
		const char *what;
		bool (*run)(struct import_run *run, struct err *err);
	} imports[] = {{"people", import_people}, {"agenda", import_agenda}, {"places", import_places}};
	const char *what = args_operand(args, 0);
	const char *source = args_value(args, "source");
	struct import_run run = {.args = args,
				 .path = args_operand(args, 2),
				 .dry_run = args_has(args, "dry-run"),
				 .json = args_has(args, "json"),
				 .tongue = language_tongue(args->language),
				 .out = out};
	size_t which = 0;
	while (which < COUNT_OF(imports) && !str_eq(what, imports[which].what)) {
		which++;
	}
	if (which == COUNT_OF(imports)) {
		return err_set(err, ERR_USAGE, "\"people\", \"agenda\" or \"places\" is wanted, not \"%s\"", what);
	}
	if (!options_fit(args, what, err)) {
		return false;
	}
	if (run.path[0] == '\0') {
		return err_set(err, ERR_USAGE, "the name of FILE is empty");
	}
	run.source = str_empty(source) ? file_base_name(run.path) : source;
	bool ok = imports[which].run(&run, err);
	import_run_fini(&run);
	return ok;
}

const struct command cmd_import = {
	.name = "import",
	.summary = "takes people, the agenda or places from a file of another program",
	.usage = "people EVENT FILE [--map FIELD=HEADER]… [--key HEADER] [--strict] [OPTION]…\nagenda EVENT FILE [--map FIELD=HEADER]… "
		 "[--strict] [OPTION]…\nplaces EVENT FILE [--map FIELD=HEADER]… [--strict] [OPTION]…",
	.details =
		"People come from CSV or Excel (.xlsx); an agenda from iCalendar, frab's or pretalx's schedule.json or schedule.xml, CSV "
		"or\n"
		"Excel. FILE \"-\" is standard input. Importing a file again changes what changed in it; what was corrected by hand stays\n"
		"until its cell changes in the file. Nobody is removed, and who is gone from a list is told; a session that its source "
		"has\n"
		"no more is cancelled.\n"
		"A cell that cannot be understood stays empty and the person or session is kept (one without an end lasts half an hour); "
		"a\n"
		"row is left out only when it names nobody, does not say what begins when, or has more cells than there are headers (a "
		"comma\nwithout quotation marks). Times are in the event's zone unless a "
		"column\n"
		"\"Timezone\", a header like \"Start (UTC)\", a cell or the calendar names another.\n"
		"Who is cancelled, declined, waiting or pending in the list is not let in and gets no badge, until a later import\n"
		"confirms them. With --applicants those are pending of whom the list says nothing: turnout person EVENT edit PERSON\n"
		"--registration confirmed lets one in.\n"
		"Places, which a form offers to whoever types where they come from, come from CSV or Excel with columns for region, "
		"district,\n"
		"community and settlement, or from Ukraine's official list of them (KATOTTH) as it is published. Importing a list again "
		"changes\n"
		"the districts that changed in it and takes away those that it has no more; other sources' places stay.\n"
		"What was found out about the file, and what is bad in it (with line and column), are said on stderr. Exit status: 0 all "
		"was\n"
		"taken, 3 all but bad rows, cells or entries, 1 nothing (--strict: nothing when there is any of them).",
	.operands = {"people, agenda or places", "EVENT", "FILE"},
	.options = OPTIONS,
	.exec = exec,
};
