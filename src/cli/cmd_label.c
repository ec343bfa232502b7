#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/label_options.h"
#include "event/coming.h"
#include "event/fold.h"
#include "office/issue.h"
#include "store/read/labels.h"
#include "store/read/people.h"
#include "store/view/roles.h"

static const struct option_spec OPTIONS[] = {
	{"only", 0, "QUERY", "the people so named; where nobody is, those in whose fields all these words are"},
	{"new", 0, NULL, "only people for whom no label was printed before"},
	{"day", 0, "DATE", "only people who come on it, by a column \"days\" of theirs: 2026-05-14, or tomorrow"},
	{"sort", 0, "FIELD", "by name, organisation, category or code (name)"},
	LABEL_OPTION_PRINTER,
	LABEL_OPTION_SIZE,
	LABEL_OPTION_OUTPUT,
	{0},
};

struct label_one {      /* of each on the list */
	int64_t before; /* labels that they had */
	bool due, printed;
};

struct label_run {
	struct store *store;
	struct words *words;
	struct label_wish wish;
	bool fresh;
	struct label_one *each;
	size_t count, passed;
	bool dated;
	int64_t day; /* dated: only who comes on it */
};

static bool comes_then(const struct label_run *run, const char *id, bool *comes, struct err *err) {
	struct person_row row;
	bool found = false;
	*comes = true;
	if (!run->dated) {
		return true;
	}
	if (!person_get_plain(run->store, id, &row, &found, err)) {
		return false;
	}
	*comes = found && person_comes(&row.person, run->day);
	person_row_fini(&row);
	return true;
}

/* Whose label is to be made, before any is: *count of them. */
static bool find_due(struct label_run *run, const struct issue *list, size_t *count, struct err *err) {
	*count = 0;
	for (size_t i = 0; i < list->count; i++) {
		const char *id = list->items[i].id;
		bool comes;
		if (!comes_then(run, id, &comes, err) || (comes && !labels_count(run->store, id, NULL, &run->each[i].before, err))) {
			return false;
		}
		run->each[i].due = comes && !(run->fresh && run->each[i].before > 0);
		run->passed += comes && !run->each[i].due;
		*count += run->each[i].due;
	}
	return true;
}

static bool print_one(struct label_run *run, const struct issue_holder *h, size_t i, struct err *err) {
	const struct label_printer to = label_wish_printer(&run->wish);
	struct label_text text;
	bool found;
	if (!run->each[i].due) {
		return true;
	}
	if (!label_text_read(run->store, h->id, &text, &found, err)) {
		return false;
	}
	if (run->each[i].before > 0) {
		label_text_mark(run->store, run->words, &text);
	}
	bool ok = !found || (run->wish.output != NULL ? label_wish_write(&run->wish, &text, err) : label_print_wait(&to, &text, err));
	run->each[i].printed = ok && found && run->wish.output == NULL;
	run->count += run->each[i].printed;
	label_text_fini(&text);
	return ok || err_wrap(err, "the label of %s", h->name);
}

static bool print_all(struct label_run *run, const struct issue *list, struct err *err) {
	size_t due;
	bool ok = find_due(run, list, &due, err);
	if (ok && run->wish.output != NULL && due > 1) {
		return err_set(err, ERR_USAGE, "a file takes one label, and these are %zu: say with --only whose it is to be", due);
	}
	if (ok && run->wish.output != NULL && due == 0) {
		return err_set(err, ERR_NOT_FOUND, "no label is to be made: nobody of those meant %s",
			       run->passed > 0 ? "is without one" : "comes then");
	}
	for (size_t i = 0; ok && i < list->count; i++) {
		ok = print_one(run, &list->items[i], i, err);
	}
	return ok;
}

static bool note_all(struct store *store, const struct label_run *run, const struct issue *list, struct err *err) {
	bool ok = role_station_check(store, err);
	for (size_t i = 0; ok && i < list->count; i++) {
		const struct label_draft draft = {.person = list->items[i].id, .again = run->each[i].before > 0};
		ok = !run->each[i].printed || label_append(store, &draft, err);
	}
	return ok;
}

/* They are on paper: what cannot be put on record now does not take that back. */
static void note(const struct args *args, const struct label_run *run, const struct issue *list) {
	struct err err = {0};
	struct cli_file file = {.store = NULL};
	if (run->count == 0) {
		return;
	}
	bool ok = cli_file_open(args, &file, &err) && store_begin(file.store, &err);
	ok = ok && cli_end(file.store, note_all(file.store, run, list, &err), &err);
	if (!ok) {
		cli_say("warning: that they were printed is not on record (%s): --new will print them again", err.text);
	}
	cli_file_close(&file);
}

static void say(const struct label_run *run, struct out *out) {
	char count[CLI_COUNT_MAX], passed[CLI_COUNT_MAX];
	if (run->wish.output != NULL) {
		return;
	}
	strbuf_addf(&out->text, "%s printed", cli_count(count, (int64_t)run->count, "label", "labels"));
	if (run->passed > 0) {
		strbuf_addf(&out->text, ", %s before", cli_count(passed, (int64_t)run->passed, "person had one", "people had one"));
	}
	strbuf_adds(&out->text, "\n");
}

static bool run_list(const struct args *args, struct label_run *run, const struct issue *list, struct out *out, struct err *err) {
	run->each = xcalloc(list->count, sizeof *run->each);
	bool ok = print_all(run, list, err);
	store_close(run->store); /* who writes takes it */
	run->store = NULL;
	note(args, run, list);
	say(run, out);
	free(run->each);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct label_run run = {.fresh = args_has(args, "new"), .dated = args_has(args, "day")};
	struct issue_options who = {.query = args_value(args, "only")};
	struct issue list = {0};
	size_t order = 0;
	if (!label_wish_read(args, &run.wish, err) || !cli_choice(args, "sort", people_order_names, &order, err)) {
		return false;
	}
	if (who.query != NULL && fold_is_empty(who.query)) {
		return err_set(err, ERR_USAGE, "--only wants a name, and \"%s\" has no letter of one", who.query);
	}
	who.order = (enum people_order)order;
	run.store = cli_open(args, STORE_READ, err);
	run.words = words_open_installed();
	bool ok = run.store != NULL && (!run.dated || cli_day(args, run.store, &run.day, err)) && issue_read(run.store, &who, &list, err) &&
		  run_list(args, &run, &list, out, err);
	issue_fini(&list);
	words_close(run.words);
	store_close(run.store);
	return ok;
}

const struct command cmd_label = {
	.name = "label",
	.summary = "prints people's labels on this device's label printer, without signing them in",
	.usage = "EVENT [--only QUERY] [--new] [--day DATE] [--sort FIELD] [--printer NAME] [--label SIZE] [-o FILE]",
	.details = "One after the other: the next goes to the printer when the one before it is out, and the first that does not come out "
		   "ends it.\n"
		   "Without --only for everybody who is let in. What was printed is noted in the event file, for --new and for the kiosks, "
		   "which print\n"
		   "nobody a second one by themselves.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
