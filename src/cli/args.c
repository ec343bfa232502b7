#include "cli/args.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

/* True when the n bytes at `given` are the option's name, "-" and "_" taken as one. */
static bool same_name(const char *name, const char *given, size_t n) {
	for (size_t i = 0; i < n; i++) {
		char a = name[i] == '_' ? '-' : name[i];
		char b = given[i] == '_' ? '-' : given[i];
		if (a != b || a == '\0') {
			return false;
		}
	}
	return name[n] == '\0';
}

static const struct option_spec *find_long(const struct command *command, const char *given, size_t n) {
	for (const struct option_spec *o = command->options; o != NULL && o->name != NULL; o++) {
		if (same_name(o->name, given, n)) {
			return o;
		}
	}
	return NULL;
}

static const struct option_spec *find_letter(const struct command *command, char letter) {
	for (const struct option_spec *o = command->options; o != NULL && o->name != NULL; o++) {
		if (o->letter != 0 && o->letter == letter) {
			return o;
		}
	}
	return NULL;
}

static void note(struct args *args, const struct option_spec *option, const char *value) {
	ARRAY_GROW(args, given);
	args->given[args->count++] = (struct args_given){option, value};
}

struct words {
	char **argv;
	int argc;
	int at;
};

/* The value that stands in the argument itself, or the next argument. */
static bool take_value(struct words *w, const char *inside, const char **value, const struct option_spec *option, struct err *err) {
	*value = inside;
	if (inside == NULL) {
		if (w->at + 1 >= w->argc) {
			return err_set(err, ERR_USAGE, "--%s needs a value: %s", option->name, option->value);
		}
		*value = w->argv[++w->at];
	}
	return true;
}

static bool take_long(struct args *args, struct words *w, struct err *err) {
	const char *given = w->argv[w->at] + 2;
	size_t n = strcspn(given, "=");
	const char *inside = given[n] == '=' ? given + n + 1 : NULL;
	const struct option_spec *option = find_long(args->command, given, n);
	const char *value = NULL;
	if (option == NULL) {
		return err_set(err, ERR_USAGE, "there is no option --%.*s", (int)n, given);
	}
	if (option->value == NULL && inside != NULL) {
		return err_set(err, ERR_USAGE, "--%s takes no value", option->name);
	}
	if (option->value != NULL && !take_value(w, inside, &value, option, err)) {
		return false;
	}
	note(args, option, value);
	return true;
}

static bool take_short(struct args *args, struct words *w, struct err *err) {
	const char *given = w->argv[w->at];
	const struct option_spec *option = find_letter(args->command, given[1]);
	const char *value = NULL;
	if (option == NULL || (option->value == NULL && given[2] != '\0')) {
		return err_set(err, ERR_USAGE, "there is no option %s", given);
	}
	if (option->value != NULL && !take_value(w, given[2] ? given + 2 : NULL, &value, option, err)) {
		return false;
	}
	note(args, option, value);
	return true;
}

static bool wants_help(int argc, char **argv) {
	for (int i = 0; i < argc && !str_eq(argv[i], "--"); i++) {
		if (str_eq(argv[i], "--help") || str_eq(argv[i], "-h")) {
			return true;
		}
	}
	return false;
}

static bool check_operands(const struct args *args, struct err *err) {
	const struct command *command = args->command;
	size_t wanted = 0;
	while (wanted < COMMAND_OPERANDS && command->operands[wanted] != NULL) {
		wanted++;
	}
	if (args->operand_count < wanted) {
		return err_set(err, ERR_USAGE, "no %s was given", command->operands[args->operand_count]);
	}
	if (!command->more && args->operand_count > wanted) {
		return err_set(err, ERR_USAGE, "\"%s\" is one argument too many", args->operands[wanted]);
	}
	return true;
}

bool args_parse(struct args *out, const struct command *command, int argc, char **argv, struct err *err) {
	*out = (struct args){.command = command, .help = wants_help(argc, argv)};
	if (out->help) {
		return true;
	}
	struct words w = {argv, argc, 0};
	bool ok = true;
	bool options = true;
	out->operands = xcalloc((size_t)argc, sizeof *out->operands);
	for (; ok && w.at < argc; w.at++) {
		const char *word = argv[w.at];
		if (options && str_eq(word, "--")) {
			options = false;
		} else if (options && str_starts(word, "--")) {
			ok = take_long(out, &w, err);
		} else if (options && word[0] == '-' && word[1] != '\0') {
			ok = take_short(out, &w, err);
		} else {
			out->operands[out->operand_count++] = word;
		}
	}
	ok = ok && check_operands(out, err);
	if (!ok) {
		args_fini(out);
	}
	return ok;
}

void args_fini(struct args *args) {
	free(args->operands);
	free(args->given);
	*args = (struct args){0};
}

bool args_has(const struct args *args, const char *name) {
	for (size_t i = 0; i < args->count; i++) {
		if (str_eq(args->given[i].option->name, name)) {
			return true;
		}
	}
	return false;
}

const char *args_value(const struct args *args, const char *name) {
	const char *value = NULL;
	size_t cursor = 0;
	for (const char *next = args_next(args, name, &cursor); next != NULL; next = args_next(args, name, &cursor)) {
		value = next;
	}
	return value;
}

const char *args_next(const struct args *args, const char *name, size_t *cursor) {
	while (*cursor < args->count) {
		const struct args_given *given = &args->given[(*cursor)++];
		if (str_eq(given->option->name, name)) {
			return given->value;
		}
	}
	return NULL;
}

const char *args_operand(const struct args *args, size_t at) { return at < args->operand_count ? args->operands[at] : NULL; }

bool args_number(const struct args *args, const char *name, struct args_range range, int64_t *out, struct err *err) {
	const char *text = args_value(args, name);
	*out = range.otherwise;
	if (text == NULL) {
		return true;
	}
	return (str_to_i64(text, out) && *out >= range.min && *out <= range.max) ||
	       err_set(err, ERR_USAGE, "--%s takes a whole number from %" PRId64 " to %" PRId64 ", not \"%s\"", name, range.min, range.max,
		       text);
}

#define HELP_COLUMN 26

void args_help(const struct command *command, struct strbuf *out) {
	const char *form = command->usage;
	strbuf_addf(out, "turnout %s: %s\n\n", command->name, command->summary);
	for (const char *lead = "usage:"; form != NULL; lead = "      ") {
		const char *end = strchr(form, '\n');
		strbuf_addf(out, "%s turnout %s %.*s\n", lead, command->name, end ? (int)(end - form) : (int)strlen(form), form);
		form = end ? end + 1 : NULL;
	}
	if (command->options != NULL) {
		strbuf_adds(out, "\noptions:\n");
	}
	for (const struct option_spec *o = command->options; o != NULL && o->name != NULL; o++) {
		size_t from = out->len;
		strbuf_adds(out, "  ");
		if (o->letter != 0) {
			strbuf_addf(out, "-%c, ", o->letter);
		}
		strbuf_addf(out, "--%s%s%s", o->name, o->value ? " " : "", str_or_empty(o->value));
		size_t used = out->len - from;
		strbuf_addf(out, "%*s%s\n", used < HELP_COLUMN ? (int)(HELP_COLUMN - used) : 2, "", o->help);
	}
	if (command->details != NULL) {
		strbuf_addf(out, "\n%s\n", command->details);
	}
}
