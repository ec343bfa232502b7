#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "report/list_found.h"

#define LIMIT_USUAL 10

static const struct option_spec OPTIONS[] = {
	{"limit", 0, "N", "at most so many people, 1 to 50 (10)"},
	{"json", 0, NULL, "as a JSON array of objects"},
	{"csv", 0, NULL, "as CSV: UTF-8, RFC 4180"},
	{0},
};

/* The words may come as one argument or as several. */
static char *typed_words(const struct args *args, struct err *err) {
	struct strbuf words = {0};
	for (size_t i = 1; i < args->operand_count; i++) {
		strbuf_addf(&words, "%s%s", i > 1 ? " " : "", args_operand(args, i));
	}
	char *text = cli_text("what is looked for", strbuf_str(&words), FIND_QUERY_MAX, err);
	strbuf_fini(&words);
	return text;
}

static bool find(const struct args *args, const char *words, size_t limit, const struct list_options *options, struct err *err) {
	struct finding finding;
	struct store *store = cli_open(args, STORE_READ, err);
	if (store == NULL) {
		return false;
	}
	struct finder *finder = finder_open(store);
	bool ok = finder_find(finder, words, limit, &finding, err) && list_found(store, words, &finding, options, err);
	if (ok && finding.count == 0) {
		ok = err_set(err, ERR_NOT_FOUND, "nobody has such a name"); /* as grep has it: scripts ask by the status */
	} else if (ok && finding.more) {
		cli_say("there are more; say more of the name, or --limit");
	}
	finder_close(finder);
	store_close(store);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct list_options options = {.out = out};
	int64_t limit;
	if (!cli_form(args, &options.form, err) ||
	    !args_number(args, "limit", (struct args_range){1, FIND_MAX, LIMIT_USUAL}, &limit, err)) {
		return false;
	}
	char *words = typed_words(args, err);
	bool ok = words != NULL && find(args, words, (size_t)limit, &options, err);
	free(words);
	return ok;
}

const struct command cmd_find = {
	.name = "find",
	.summary = "finds people by their names, however they are spelled",
	.usage = "EVENT WORDS… [--limit N] [--json | --csv]",
	.details =
		"The search of the kiosk: words of a name or their beginnings, in any order, in Cyrillic or Latin letters (Юлія, Yuliia,\n"
		"Julia), with or without apostrophes, by short forms of given names (Саша, Kate), typed with another keyboard layout\n"
		"(Itdxtyrj), or with one letter wrong. The best fit comes first.\n\n"
		"JSON says of each word why it fits: exact, beginning, spelling, form (a short form, or the full one) or slip, with the\n"
		"word as it was typed (or read, in another alphabet or keyboard layout) and as it stands in the name; \"cost\" is 0 where "
		"all words are exact. \"layout\": the words were "
		"read\n"
		"as typed with another keyboard layout. Nobody found: status 1, and a sentence on stderr. The event file is not changed.",
	.operands = {"EVENT", "WORDS"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
