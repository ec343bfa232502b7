#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "store/read/audit.h"

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct hash digest;
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && audit_digest(store, &digest, err);
	if (ok) {
		char hex[2 * HASH_LEN + 1];
		str_hex(digest.b, HASH_LEN, hex);
		strbuf_addf(&out->text, "%s\n", hex);
	}
	store_close(store);
	return ok;
}

const struct command cmd_digest = {
	.name = "digest",
	.summary = "prints a hash of all that the file says; files that hold the same records print the same",
	.usage = "EVENT",
	.operands = {"EVENT"},
	.exec = exec,
};
