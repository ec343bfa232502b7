/* One check of the self-test (self_test.h): what it is given, and what it answers. */
#ifndef TURNOUT_KIOSK_SELF_CHECK_H
#define TURNOUT_KIOSK_SELF_CHECK_H

#include "base/err.h"
#include "base/strbuf.h"
#include "kiosk/options.h"

struct store;

enum self_verdict {
	SELF_FINE,
	SELF_LOOK,  /* the station works, and somebody should look at this */
	SELF_FAULT, /* it does not do what it is there for */
};

struct self_checked {
	enum self_verdict verdict;
	struct strbuf text; /* one line without its end */
};

/* What a check looks at; none changes it. */
struct self_subject {
	const struct kiosk_options *options;
	struct store *store; /* NULL: the event file cannot be opened */
	const struct err *why;
};

/* Fills a zeroed answer. */
typedef void self_check_fn(const struct self_subject *subject, struct self_checked *out);

#endif
