#include "cli/commands.h"
#include "cli/common.h"
#include "store/erasure.h"
#include "store/people.h"

static bool erase(struct store *store, const struct person_row *row, struct out *out, struct err *err) {
	int subjects = 0;
	if (!store_begin(store, err) || !cli_end(store, erasure_of_person(store, row->id, &subjects, err), err)) {
		return false;
	}
	if (!erasure_clean(store)) {
		cli_say("somebody reads the file now; the last traces go from its write-ahead log when they have ended");
	}
	strbuf_addf(&out->text, "erased: what this file held of %s is gone, and goes wherever an exchange reaches\n", row->id);
	return true;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct store *store = cli_open(args, STORE_WRITE, err);
	struct person_row row = {.id = ""};
	bool ok = store != NULL && person_resolve(store, args_operand(args, 1), &row, err);
	ok = ok && erase(store, &row, out, err);
	person_row_fini(&row);
	store_close(store);
	return ok;
}

const struct command cmd_erase = {
	.name = "erase",
	.summary = "erases what is known of a person, here and wherever an exchange reaches",
	.usage = "EVENT PERSON",
	.details = "PERSON is an id, a code, an e-mail, or a name that only one person has. Their data goes from every copy that takes "
		   "part in\n"
		   "an exchange; check-ins stay as numbers without a name, and \"turnout verify\" still holds. Copies that never exchange\n"
		   "again (backups, printed lists) are yours to destroy. There is no way back. Needs the organiser's key.",
	.operands = {"EVENT", "PERSON"},
	.exec = exec,
};
