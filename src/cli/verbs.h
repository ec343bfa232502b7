/* Commands of several verbs on one event file: "turnout person EVENT add …". Each that writes runs in one transaction. */
#ifndef TURNOUT_CLI_VERBS_H
#define TURNOUT_CLI_VERBS_H

#include "cli/args.h"
#include "report/out.h"
#include "store/store.h"

enum verb_kind {
	VERB_PLAIN,   /* writes, takes no options */
	VERB_OPTIONS, /* writes, takes options */
	VERB_MORE,    /* the same, and one operand more may follow */
	VERB_READS,   /* only reads, takes options */
};

struct verb {
	const char *name;   /* NULL ends a table */
	size_t operands;    /* with EVENT and the verb */
	const char *wanted; /* the operands behind the verb, for people; "options only" */
	enum verb_kind kind;
	bool (*exec)(struct store *store, const struct args *args, struct out *out, struct err *err);
};

/* Runs the verb that the second operand names. ERR_USAGE when there is none such, or its operands or options do not fit. */
bool verbs_exec(const struct verb *verbs, const struct args *args, struct out *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
