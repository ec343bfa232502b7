/* What nobody else is to see while it is typed: tokens, PINs. */
#ifndef TURNOUT_CLI_SECRET_H
#define TURNOUT_CLI_SECRET_H

#include <stdbool.h>

#include "base/err.h"

#define SECRET_LINE 256 /* bytes, with the NUL */

bool secret_may_be_typed(void); /* standard input is a terminal */
/* The next line of standard input, without its end; at a terminal `prompt` stands before it, and what is typed is not shown. ERR_USAGE when it is given up,
 * at the end of the input, and when it is too long. The caller wipes it. */
bool secret_read(const char *prompt, char line[SECRET_LINE], struct err *err) TURNOUT_MUST_CHECK;

#endif
