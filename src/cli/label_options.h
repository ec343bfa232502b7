/* Which printer a command means, and what a label becomes: printed, or a file to look at. */
#ifndef TURNOUT_CLI_LABEL_OPTIONS_H
#define TURNOUT_CLI_LABEL_OPTIONS_H

#include "cli/args.h"
#include "office/label_print.h"

/* Rows for a command's table of options. */
#define LABEL_OPTION_PRINTER \
	{ "printer", 0, "NAME", "another one than this device's: a queue of cupsd, or an address like ipp://10.0.0.9/ipp/print" }
#define LABEL_OPTION_SIZE \
	{ "label", 0, "SIZE", "other labels than this device's: 62, 29x90, 54x101 or a6" }
#define LABEL_OPTION_OUTPUT \
	{ "output", 'o', "FILE", "not to the printer: a .png or .pdf" }

struct label_wish {
	char printer[PRINTER_NAME_MAX]; /* "": none is known */
	enum label_size size;
	const char *output; /* NULL: the printer */
};
/* ERR_USAGE: an option is wrong, or there is neither a printer nor a file. */
bool label_wish_read(const struct args *args, struct label_wish *out, struct err *err) TURNOUT_MUST_CHECK;

/* The printer as the wish has it. */
struct label_printer label_wish_printer(const struct label_wish *wish);

/* Into wish->output, as it would come out; in the size that the printer has, where it answers. */
bool label_wish_write(const struct label_wish *wish, const struct label_text *text, struct err *err) TURNOUT_MUST_CHECK;

#endif
