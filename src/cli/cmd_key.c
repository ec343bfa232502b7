#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "store/log/identity.h"
#include "sync/media.h"

static bool export_key(struct store *store, const char *to, struct err *err) {
	const struct key_pair *key = store_organiser_key(store, err);
	if (key == NULL) {
		return false;
	}
	if (!str_eq(to, "-") && !file_new_check(to, err)) {
		return false;
	}
	return media_may_write(to, err) && organiser_key_write(to, store_event(store), key, err);
}

static bool import_key(struct store *store, const char *from, struct err *err) {
	struct key_pair key;
	char *beside = xasprintf("%s.key", store_path(store));
	bool ok = organiser_key_read(from, store_event(store), &key, err);
	if (ok && !crypto_key_eq(&key.public_key, store_organiser(store))) {
		ok = err_set(err, ERR_REFUSED, "%s is not the key of this event's organiser", from);
	}
	ok = ok && organiser_key_write(beside, store_event(store), &key, err);
	crypto_wipe(&key, sizeof key);
	free(beside);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	const char *verb = args_operand(args, 0);
	const char *file = args_operand(args, 2);
	bool exports = str_eq(verb, "export");
	if (!exports && !str_eq(verb, "import")) {
		return err_set(err, ERR_USAGE, "\"export\" or \"import\" is wanted, not \"%s\"", verb);
	}
	struct store *store = store_open(args_operand(args, 1), STORE_READ, "turnout key", err);
	bool ok = store != NULL && (exports ? export_key(store, file, err) : import_key(store, file, err));
	store_close(store);
	if (ok && !str_eq(file, "-")) {
		strbuf_addf(&out->text,
			    exports ? "the organiser's key is in %s: whoever has it may change the event\n"
				    : "took the organiser's key from %s\n",
			    file);
	}
	return ok;
}

const struct command cmd_key = {
	.name = "key",
	.summary = "moves the organiser's key between machines",
	.usage = "export EVENT FILE\nimport EVENT FILE",
	.details = "The key lies in EVENT.key beside the event file, for its owner's eyes only (mode 0600). FILE \"-\" is standard output.",
	.operands = {"export or import", "EVENT", "FILE"},
	.exec = exec,
};
