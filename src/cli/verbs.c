#include "cli/verbs.h"

#include "base/str.h"
#include "base/strbuf.h"
#include "cli/common.h"

static bool none_such(const struct verb *verbs, const char *given, struct err *err) {
	struct strbuf names = {0};
	for (const struct verb *v = verbs; v->name != NULL; v++) {
		strbuf_addf(&names, "%s%s", v == verbs ? "" : v[1].name == NULL ? " or " : ", ", v->name);
	}
	err_set(err, ERR_USAGE, "%s is wanted, not \"%s\"", strbuf_str(&names), given);
	strbuf_fini(&names);
	return false;
}

static bool check(const struct verb *verb, const struct args *args, struct err *err) {
	size_t most = verb->operands + (verb->kind == VERB_MORE ? 1 : 0);
	if (args->operand_count < verb->operands || args->operand_count > most) {
		return err_set(err, ERR_USAGE, "%s takes %s", verb->name, verb->wanted);
	}
	return verb->kind != VERB_PLAIN || args->count == 0 || err_set(err, ERR_USAGE, "%s takes no options", verb->name);
}

bool verbs_exec(const struct verb *verbs, const struct args *args, struct out *out, struct err *err) {
	const struct verb *verb = verbs;
	while (verb->name != NULL && !str_eq(verb->name, args_operand(args, 1))) {
		verb++;
	}
	if (verb->name == NULL) {
		return none_such(verbs, args_operand(args, 1), err);
	}
	if (!check(verb, args, err)) {
		return false;
	}
	struct cli_file file = {0};
	bool ok;
	if (verb->kind == VERB_READS) {
		file.store = cli_open(args, STORE_READ, err);
		ok = file.store != NULL && verb->exec(file.store, args, out, err);
	} else {
		ok = cli_file_open(args, &file, err) && store_begin(file.store, err) &&
		     cli_end(file.store, verb->exec(file.store, args, out, err), err);
	}
	if (!ok) {
		strbuf_reset(&out->text); /* nothing of it came to be */
	}
	cli_file_close(&file);
	return ok;
}
