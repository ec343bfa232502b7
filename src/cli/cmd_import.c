#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/language.h"
#include "import/agenda_apply.h"
#include "import/agenda_file.h"
#include "import/import_say.h"
#include "import/people_apply.h"
#include "import/places.h"
#include "import/places_apply.h"
#include "import/places_katottg.h"
#include "import/places_say.h"
#include "import/source_memory.h"
#include "store/read/settings.h"
#include "sync/rescue.h"

#define MAPS_MAX 100

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

struct import_run {
	const struct args *args;
	const char *path;
	const char *source;
	struct source_memory memory; /* how to read the file: what is said now, and what was said of the source before */
	struct column_map maps[MAPS_MAX];
	char *map_texts[MAPS_MAX]; /* owned: what the maps point into */
	size_t map_count;
	bool dry_run, json;
	size_t passed_over; /* entries of an agenda */
	const struct tongue *tongue;
	struct out *out;
};

static bool read_maps(struct import_run *run, struct err *err) {
	for (size_t i = 0; i < run->memory.maps.count; i++) {
		const char *map = run->memory.maps.items[i];
		char *text = xstrdup(map);
		char *equals = strchr(text, '=');
		if (equals == NULL || equals == text || equals[1] == '\0' || run->map_count == MAPS_MAX) {
			free(text);
			return err_set(err, ERR_USAGE, "--map is FIELD=HEADER, at most %d times, not \"%s\"", MAPS_MAX, map);
		}
		*equals = '\0';
		run->map_texts[run->map_count] = text;
		run->maps[run->map_count++] = (struct column_map){text, equals + 1};
	}
	return true;
}

static struct store *open_store(const struct import_run *run, struct err *err) {
	const char *path = args_operand(run->args, 1);
	struct store *store = run->dry_run ? store_open(path, STORE_READ, "turnout import", err) : rescue_open(path, "turnout import", err);
	if (store != NULL && store_warning(store)[0] != '\0') {
		cli_say("warning: %s", store_warning(store));
	}
	return store;
}

static struct source_memory said_now(const struct args *args) {
	struct source_memory now = {0};
	size_t cursor = 0;
	const char *const values[] = {args_value(args, "encoding"), args_value(args, "sheet"), args_value(args, "sheet-name-is"),
				      args_value(args, "key")};
	char **const to[] = {&now.encoding, &now.sheet, &now.sheet_name_is, &now.key};
	for (size_t i = 0; i < COUNT_OF(to); i++) {
		*to[i] = values[i] != NULL ? xstrdup(values[i]) : NULL;
	}
	for (const char *map = args_next(args, "map", &cursor); map != NULL; map = args_next(args, "map", &cursor)) {
		source_memory_add_map(&now, map);
	}
	now.month_first = args_has(args, "month-first");
	now.applicants = args_has(args, "applicants");
	return now;
}

static void say_recalled(const struct import_run *run, const struct source_memory *now) {
	struct strbuf options = {0}, text = {0};
	source_memory_say(&run->memory, now, &options);
	if (options.len != 0) {
		words_fill_one(&text, tongue_get_in(run->tongue, "an import", "read as last time, with {options}"), "options",
			       options.data);
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_fini(&options);
	strbuf_fini(&text);
}

/* How to read the file: as this source was read before, but for what is said now. */
static bool recall(struct import_run *run, struct store *store, const char *kind, struct err *err) {
	struct source_memory now = said_now(run->args);
	source_memory_load(store, kind, run->source, &run->memory);
	if (args_has(run->args, "forget")) {
		source_memory_forget_options(&run->memory);
	}
	say_recalled(run, &now);
	source_memory_take_options(&run->memory, &now);
	source_memory_fini(&now);
	return read_maps(run, err);
}

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
	strbuf_fini(&text);
}

static const char *bad_text(const struct import_run *run, const struct fault *fault, struct strbuf *text) {
	strbuf_reset(text);
	fault_say(fault, run->tongue, text);
	return strbuf_str(text);
}

static void say_bad(const struct import_run *run, const struct fault_list *bad) {
	struct strbuf text = {0};
	for (size_t i = 0; i < bad->count; i++) {
		log_line("%s: %s", run->path, bad_text(run, &bad->items[i], &text));
	}
	if (bad->total > bad->count) {
		strbuf_reset(&text);
		import_say_more(bad, run->tongue, &text);
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

static void json_faults(const struct import_run *run, const char *key, const struct fault_list *list, struct json_writer *w) {
	struct strbuf text = {0};
	json_open(w, key, '[');
	for (size_t i = 0; i < list->count; i++) {
		const struct fault *fault = &list->items[i];
		json_open(w, NULL, '{');
		if (fault->at.sheet != NULL) {
			json_put_text(w, "sheet", fault->at.sheet);
		}
		json_put_int(w, "line", (int64_t)fault->at.line);
		json_put_int(w, "column", (int64_t)fault->at.column);
		json_put_text(w, "message", bad_text(run, fault, &text));
		json_close(w, '}');
	}
	json_close(w, ']');
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
	json_put_bool(&w, "dry_run", run->dry_run);
	json_put_text(&w, "encoding", people->encoding);
	json_put_text(&w, "delimiter", people->delimiter ? (char[2]){people->delimiter} : NULL);
	json_put_text(&w, "sheet", people->sheet);
	json_open(&w, "columns", '{');
	for (size_t i = 0; i < people->column_count; i++) {
		json_put_text(&w, people->columns[i].header, people->columns[i].target);
	}
	json_close(&w, '}');
	json_faults(run, "bad_rows", &people->bad, &w);
	json_faults(run, "bad_cells", &people->notes, &w);
	json_faults(run, "passed_over", &people->passed, &w);
	json_faults(run, "codes_left_out", &done->codes, &w);
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
	struct store *store = open_store(run, err);
	bool ok = store != NULL && recall(run, store, "people", err);
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
		say_bad(run, &people.passed);
		say_bad(run, &people.notes);
		say_bad(run, &people.bad);
		ok = people_apply(store, &people, &apply, &done, err);
		progress_end(&progress);
	}
	if (ok) {
		say_bad(run, &done.codes);
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
	json_faults(run, "bad_entries", &report->bad, &w);
	json_faults(run, "bad_cells", &report->cells, &w);
	json_faults(run, "notes", &report->notes, &w);
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
	say_bad(run, &report->notes);
	say_bad(run, &report->cells);
	say_bad(run, &report->bad);
	strbuf_fini(&text);
}

static bool apply_agenda(struct import_run *run, struct store *store, const struct agenda_options *options, struct err *err) {
	struct agenda agenda = {0};
	struct agenda_applied done;
	struct agenda_report *report = options->report;
	struct agenda_apply_options apply = {.source = run->source, .memory = &run->memory, .dry_run = run->dry_run};
	bool ok = agenda_read(run->path, store_tz(store), options, &agenda, err);
	if (ok) {
		say_report(run, &agenda, report);
		apply.left_out = report->bad.total;
		apply.cells = report->cells.total;
		ok = (!agenda_report_is_bad(report) || !args_has(run->args, "strict") || agenda_refuse(report, err)) &&
		     agenda_apply(store, &agenda, &apply, &done, err);
	}
	if (!ok && agenda.count == 0) {
		say_bad(run, &report->notes); /* they may say why not one entry could be taken */
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
	struct store *store = open_store(run, err);
	bool ok = store != NULL && recall(run, store, "agenda", err);
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

/* --- places ---------------------------------------------------------------------------------------------------------------------- */

static void places_json(const struct import_run *run, const struct places *places, const struct places_replaced *done) {
	struct json_writer w = {.out = &run->out->text};
	run->out->exact = true;
	json_open(&w, NULL, '{');
	json_put_int(&w, "regions", (int64_t)places->regions);
	json_put_int(&w, "districts", (int64_t)places->districts);
	json_put_int(&w, "communities", (int64_t)places->communities);
	json_put_int(&w, "settlements", (int64_t)places->settlements);
	json_put_int(&w, "lists_changed", (int64_t)done->changed);
	json_put_int(&w, "lists_unchanged", (int64_t)done->unchanged);
	json_put_int(&w, "lists_taken_away", (int64_t)done->removed);
	json_put_int(&w, "bad", (int64_t)places->bad.total);
	json_put_bool(&w, "dry_run", run->dry_run);
	json_faults(run, "bad_rows", &places->bad, &w);
	json_close(&w, '}');
	strbuf_addc(&run->out->text, '\n');
}

static void say_places_found(const struct import_run *run, const struct places *places) {
	struct strbuf text = {0};
	places_say_found(places, run->tongue, &text);
	if (text.len != 0) {
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_fini(&text);
	say_bad(run, &places->bad);
}

static bool apply_places(struct import_run *run, struct store *store, const struct places *places, struct err *err) {
	bool named = !str_empty(args_value(run->args, "source"));
	struct places_apply_options apply = {.source = places->official && !named ? KATOTTG_SOURCE : run->source,
					     .file = run->source,
					     .memory = &run->memory,
					     .dry_run = run->dry_run,
					     .strict = args_has(run->args, "strict")};
	struct places_replaced done;
	if (!places_apply(store, places, &apply, &done, err)) {
		return false;
	}
	run->out->left_out = places->bad.total != 0;
	if (run->json) {
		places_json(run, places, &done);
		return true;
	}
	places_say_done(places, &done, run->dry_run, run->tongue, &run->out->text);
	strbuf_addc(&run->out->text, '\n');
	return true;
}

static bool import_places(struct import_run *run, struct err *err) {
	struct places places = {0};
	struct store *store = open_store(run, err);
	bool ok = store != NULL && recall(run, store, "places", err);
	struct places_options options = {
		.encoding = run->memory.encoding, .sheet = run->memory.sheet, .maps = run->maps, .map_count = run->map_count};
	ok = ok && places_read(run->path, &options, &places, err);
	if (ok) {
		say_places_found(run, &places);
		ok = apply_places(run, store, &places, err);
	}
	places_fini(&places);
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
	source_memory_fini(&run.memory);
	for (size_t i = 0; i < run.map_count; i++) {
		free(run.map_texts[i]);
	}
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
