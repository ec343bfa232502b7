/* The command line, read against a command's own description of it.
 *
 * Options may stand anywhere: --name VALUE, --name=VALUE, -o VALUE, -oVALUE; "--" ends them; "-" is an operand. In long names "-" and "_"
 * are the same. What a command takes is data, so its help and its errors come from one place. */
#ifndef TURNOUT_CLI_ARGS_H
#define TURNOUT_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

struct out;
struct args;
struct language;

struct option_spec {
	const char *name;  /* without the dashes; NULL ends a table */
	char letter;       /* its short form; 0 for none */
	const char *value; /* what the value is called in help; NULL: it takes none */
	const char *help;
};

#define COMMAND_OPERANDS 4

struct command {
	const char *name;
	const char *summary;                    /* one line */
	const char *usage;                      /* what follows the name; forms parted by \n */
	const char *details;                    /* more for --help; NULL for none */
	const char *operands[COMMAND_OPERANDS]; /* names of those that must be there, for errors; NULL behind the last */
	bool more;                              /* any number may follow them */
	const struct option_spec *options;      /* NULL for none */
	/* Does it. ERR_USAGE ends with status 2, every other error with 1; what is done with something left out says so by out->left_out. */
	bool (*exec)(const struct args *args, struct out *out, struct err *err);
};

struct args_given {
	const struct option_spec *option;
	const char *value; /* NULL for an option that takes none */
};

struct args {
	const struct command *command;
	const char **operands;
	size_t operand_count;
	struct args_given *given; /* in their order */
	size_t count, cap;
	bool help;                 /* --help or -h was there; nothing else was checked */
	struct language *language; /* in which faults are said (cli/language.h); NULL: English */
};

/* Reads argv[0..argc), what follows the command's name; the texts stay argv's. ERR_USAGE says which argument is wrong. */
bool args_parse(struct args *out, const struct command *command, int argc, char **argv, struct err *err) TURNOUT_MUST_CHECK;
void args_fini(struct args *args);

bool args_has(const struct args *args, const char *name);
/* The option's last value; NULL when it was not given. */
const char *args_value(const struct args *args, const char *name);
/* All values of an option in their order: start with *cursor 0; NULL at the end. */
const char *args_next(const struct args *args, const char *name, size_t *cursor);
/* The operand at that place; NULL beyond the last. */
const char *args_operand(const struct args *args, size_t at);
/* A whole number from `min` on; `otherwise` when the option was not given. */
struct args_range {
	int64_t min, max, otherwise;
};
bool args_number(const struct args *args, const char *name, struct args_range range, int64_t *out, struct err *err) TURNOUT_MUST_CHECK;

/* Appends the text of --help. */
void args_help(const struct command *command, struct strbuf *out);

#endif
