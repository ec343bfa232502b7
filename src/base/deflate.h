/* Compression through zlib (RFC 1950). */
#ifndef TURNOUT_BASE_DEFLATE_H
#define TURNOUT_BASE_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"

/* Appends the n bytes compressed. */
void deflate_pack(const void *data, size_t n, struct strbuf *out);

/* Appends what was compressed, at most `cap` bytes: ERR_INPUT when there is more, when it is damaged, cut short, or something comes
 * after it. `out` is as it was then. */
bool deflate_unpack(const void *data, size_t n, size_t cap, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
