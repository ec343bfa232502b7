#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "store/log/record.h"
#include "store/read/notes.h"
#include "store/read/people.h"

static const struct option_spec OPTIONS[] = {
	{"door", 0, NULL, "it is said to staff when the person's badge is read"},
	{"done", 0, "NOTE", "takes a note off, by its ref in the list"},
	{"json", 0, NULL, "list as a JSON array"},
	{"csv", 0, NULL, "list as CSV"},
	{0},
};

static const struct column COLUMNS[] = {{"ref", NULL, 0},  {"person", NULL, 0}, {"name", NULL, 0},
					{"door", NULL, 0}, {"by", NULL, 0},     {"text", NULL, 0}};

struct listed {
	struct store *store;
	struct listing *listing;
};

static bool put_row(void *context, const struct note *note, struct err *err) {
	const struct listed *to = context;
	struct person_row row = {0};
	char ref[RECORD_REF_TEXT];
	bool found = false;
	if (!person_get_plain(to->store, note->person, &row, &found, err)) {
		return false;
	}
	record_ref_text(&note->log, note->seq, ref);
	listing_text(to->listing, ref);
	listing_text(to->listing, note->person);
	listing_text(to->listing, found ? person_text(&row.person, PERSON_NAME) : "");
	listing_text(to->listing, note->door ? "yes" : "");
	listing_text(to->listing, note->by);
	listing_text(to->listing, note->text);
	person_row_fini(&row);
	return listing_row(to->listing, err);
}

static bool list(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	struct listed to = {store, store == NULL ? NULL : listing_open(out, &options)};
	bool ok = store != NULL && notes_each(store, NULL, put_row, &to, err) && listing_finish(to.listing, err);
	listing_close(to.listing);
	store_close(store);
	return ok;
}

/* --- writing -------------------------------------------------------------------------------------------------------------------------------- */

static bool write_note(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct person_row row = {0};
	char *text = cli_text("the note", args_operand(args, 2), NOTE_TEXT_MAX, err);
	bool ok = text != NULL && person_resolve(store, args_operand(args, 1), &row, err) &&
		  note_append(store, &(struct note_draft){.person = row.id, .text = text, .door = args_has(args, "door")}, err);
	if (ok) {
		strbuf_addf(&out->text, "noted on %s\n", person_text(&row.person, PERSON_NAME));
	}
	person_row_fini(&row);
	free(text);
	return ok;
}

struct wanted {
	const char *ref;
	struct note note; /* its text is not kept */
	bool found;
};

static bool compare(void *context, const struct note *note, struct err *err) {
	struct wanted *wanted = context;
	char ref[RECORD_REF_TEXT];
	(void)err;
	record_ref_text(&note->log, note->seq, ref);
	if (str_eq(ref, wanted->ref)) {
		wanted->note = *note;
		wanted->note.text = wanted->note.by = "";
		wanted->found = true;
	}
	return true;
}

static bool take_off(struct store *store, const char *ref, struct out *out, struct err *err) {
	struct wanted wanted = {.ref = ref};
	bool ok = notes_each(store, NULL, compare, &wanted, err) &&
		  (wanted.found || err_set(err, ERR_NOT_FOUND, "there is no note %s (turnout note EVENT)", ref)) &&
		  note_close(store, &wanted.note, NULL, err);
	if (ok) {
		strbuf_addf(&out->text, "done %s\n", ref);
	}
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	const char *done = args_value(args, "done");
	if (args->operand_count == 1 && done == NULL) {
		return args_has(args, "door") ? err_set(err, ERR_USAGE, "on whom, and what? PERSON TEXT") : list(args, out, err);
	}
	if (args->operand_count != (done == NULL ? 3 : 1)) {
		return err_set(err, ERR_USAGE, "a note is written as PERSON TEXT, and taken off with --done NOTE alone");
	}
	struct cli_file file;
	bool ok = cli_file_open(args, &file, err) && store_begin(file.store, err) &&
		  cli_end(file.store, done == NULL ? write_note(file.store, args, out, err) : take_off(file.store, done, out, err), err);
	cli_file_close(&file);
	return ok;
}

const struct command cmd_note = {
	.name = "note",
	.summary = "notes on people, for staff; without a person lists them",
	.usage = "EVENT [--json | --csv]\nEVENT PERSON TEXT [--door]\nEVENT --done NOTE",
	.details = "PERSON is an id, a code, an e-mail, or a name that only one person has. With --door boxes say it to staff, in small "
		   "letters, when the\n"
		   "person's badge is read: \"a parcel is waiting\", \"needs the ramp\". A note goes with its person when they are erased.",
	.operands = {"EVENT"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
