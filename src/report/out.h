/* Standard output, buffered, with nothing lost silently: a closed pipe or a full disk is an error like any other. Nothing in it steers a terminal
 * (base/escape.h), whoever said it. */
#ifndef TURNOUT_REPORT_OUT_H
#define TURNOUT_REPORT_OUT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"

struct out {
	int fd;             /* -1: all stays in `text` */
	struct strbuf text; /* what is not written yet; append to it as you like, then call out_spill */
	bool exact;         /* for programs (JSON, CSV): byte for byte, unless a terminal is what it goes to */
	bool left_out;      /* what was asked for is done, but for something that could not be taken */
};

/* Writes the buffer when it has grown large. */
bool out_spill(struct out *out, struct err *err) TURNOUT_MUST_CHECK;
/* Writes all of it now. */
bool out_flush(struct out *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
