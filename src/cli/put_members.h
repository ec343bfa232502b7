/* Options as members of an object of texts, for things that are nothing but their fields: the form's and those whom the event thanks. */
#ifndef TURNOUT_CLI_PUT_MEMBERS_H
#define TURNOUT_CLI_PUT_MEMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "cli/args.h"

struct words_option {     /* "--name uk=Фонд": once a language, or without one */
	const char *name; /* of the option, and of the members: "name:uk", "name" */
	size_t most;      /* bytes */
	char line;        /* ends a line: '|'; 0: nothing does */
};
bool put_words(const struct args *args, const struct words_option *option, struct json_writer *w, struct err *err) TURNOUT_MUST_CHECK;

/* As it was given; nothing where it was not. */
void put_plain(const struct args *args, const char *option, const char *member, struct json_writer *w);

/* "order"; where it was not given `otherwise`, or nothing for 0. */
bool put_order(const struct args *args, int64_t otherwise, struct json_writer *w, struct err *err) TURNOUT_MUST_CHECK;

#endif
