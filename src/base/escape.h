/* What a terminal may have of text from outside (names, codes, what a peer says, names of files): valid UTF-8 in which nothing steers it.
 * Control characters (C0, DEL, C1), marks that turn the direction of writing, and bytes that are no UTF-8 become \xHH, byte by byte. */
#ifndef TURNOUT_BASE_ESCAPE_H
#define TURNOUT_BASE_ESCAPE_H

#include <stddef.h>

#include "base/strbuf.h"

enum escape_form {
	ESCAPE_CODE, /* one line that can be read back: \n \t \r \\ stand for themselves */
	ESCAPE_LINE, /* one line for people: white space is a space, \ stays; to do it twice changes nothing */
	ESCAPE_TEXT, /* lines: their ends and tabs stay, too */
};

/* Appends the n bytes. */
void escape_add(struct strbuf *out, enum escape_form form, const char *text, size_t n);

#endif
