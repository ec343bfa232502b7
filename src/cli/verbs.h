/* Commands of several verbs on one event file: "turnout person EVENT add …". Each runs in one transaction. */
#ifndef TURNOUT_CLI_VERBS_H
#define TURNOUT_CLI_VERBS_H

#include "cli/args.h"
#include "cli/out.h"
#include "store/store.h"

struct verb {
	const char *name;   /* NULL ends a table */
	size_t operands;    /* with EVENT and the verb */
	const char *wanted; /* the operands behind the verb, for people; "options only" */
	bool fields;        /* takes options */
	bool (*exec)(struct store *store, const struct args *args, struct out *out, struct err *err);
};

/* Runs the verb that the second operand names. ERR_USAGE when there is none such, or its operands or options do not fit. */
bool verbs_exec(const struct verb *verbs, const struct args *args, struct out *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
