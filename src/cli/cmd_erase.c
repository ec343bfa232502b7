#include <string.h>

#include "cli/commands.h"
#include "cli/common.h"
#include "store/read/people.h"
#include "store/write/erasing.h"

static bool is_id(const char *text) { return strlen(text) == PERSON_ID_LEN && strspn(text, "0123456789abcdef") == PERSON_ID_LEN; }

static bool erase(struct store *store, const char *id, struct out *out, struct err *err) {
	int subjects = 0;
	bool ok = store_begin(store, err) &&
		  cli_end(store,
			  erasure_of_person(store, id, &subjects, err) &&
				  (subjects != 0 || err_set(err, ERR_NOT_FOUND, "nothing is known of %s here", id)),
			  err);
	if (!ok) {
		return false;
	}
	if (!erasure_clean(store)) {
		cli_say("somebody reads the file now; the last traces go from its write-ahead log when they have ended");
	}
	strbuf_addf(&out->text, "erased: what this file held of %s is gone, and goes wherever an exchange reaches\n", id);
	return true;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct cli_file file;
	struct person_row row = {.id = ""};
	const char *text = args_operand(args, 1);
	bool opened = cli_file_open(args, &file, err);
	struct store *store = file.store;
	bool ok = opened && person_resolve(store, text, &row, err);
	if (!ok && opened && err->kind == ERR_NOT_FOUND && is_id(text)) {
		/* Who is on no roster any more may have been joined, elsewhere and meanwhile, with somebody of whom there still is something. */
		ok = erase(store, text, out, err);
	} else {
		ok = ok && erase(store, row.id, out, err);
	}
	person_row_fini(&row);
	cli_file_close(&file);
	return ok;
}

const struct command cmd_erase = {
	.name = "erase",
	.summary = "erases what is known of a person, here and wherever an exchange reaches",
	.usage = "EVENT PERSON",
	.details = "PERSON is an id, a code, an e-mail, or a name that only one person has. Their data goes from every copy that takes "
		   "part in\n"
		   "an exchange; check-ins stay as numbers without a name, and \"turnout verify\" still holds. Copies that never exchange\n"
		   "again (backups, printed lists) are yours to destroy. There is no way back. Needs the organiser's key.\n\n"
		   "By the id it can be done again: for what another laptop said of them, not knowing.",
	.operands = {"EVENT", "PERSON"},
	.exec = exec,
};
