/* The character encoding of a foreign text file: found out, and the text brought into UTF-8.
 *
 * Looked at in this order: a byte order mark (Unicode 15, section 23.8); UTF-16 without one (every second byte is 00 or 04, the high
 * bytes of Latin and Cyrillic); valid UTF-8; a score of how much the text reads like Ukrainian or Russian in Windows-1251, KOI8-U
 * (RFC 2319), CP866 and ISO-8859-5; uchardet for the rest. uchardet 0.0.7 alone is not enough: it calls KOI8-U "KOI8-R", misses UTF-16
 * without a mark, and takes short Cyrillic texts for MAC-CYRILLIC, WINDOWS-1252 or TIS-620. */
#ifndef TURNOUT_IMPORT_ENCODING_H
#define TURNOUT_IMPORT_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"

#define ENCODING_NAME_MAX 32

/* Appends the n bytes to `out` as valid UTF-8 without NUL and without byte order mark. `forced` names the encoding (any name iconv
 * knows), NULL finds it out; `name` becomes what was used ("UTF-8", "UTF-16LE", "Windows-1251", "KOI8-U", …). ERR_INPUT for bytes that
 * are no text in that encoding and for NUL, with line and column (in characters, from 1); ERR_USAGE for an unknown `forced`. */
bool encoding_to_utf8(const char *bytes, size_t n, const char *forced, struct strbuf *out, char name[ENCODING_NAME_MAX],
		      struct err *err) TURNOUT_MUST_CHECK;

#endif
