/* What getopt_long did not take, in words that name it. */
#ifndef TURNOUT_BASE_OPTION_H
#define TURNOUT_BASE_OPTION_H

#include <getopt.h>

#include "base/err.h"

/* Right after getopt_long answered '?' or ':', with `opterr` 0 and an option string that begins with ':'. Always false, with ERR_USAGE. */
bool option_refused(int answer, char *const *argv, const struct option *table, struct err *err);

#endif
