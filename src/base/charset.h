/* Bytes of a named character set into UTF-8, by iconv. */
#ifndef TURNOUT_BASE_CHARSET_H
#define TURNOUT_BASE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* Any name that iconv takes: "UTF-16LE", "Windows-1251", … */
bool charset_known(const char *name);

/* Appends the n bytes as UTF-8; *stop is where it had to stop (n when it did not). False when the set is not known. */
bool charset_to_utf8(const char *name, const char *bytes, size_t n, struct strbuf *out, size_t *stop);

#endif
