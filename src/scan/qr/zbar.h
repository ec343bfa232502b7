/* zbar's own search for QR codes: the last resort. One belongs to one thread. */
#ifndef TURNOUT_SCAN_QR_ZBAR_H
#define TURNOUT_SCAN_QR_ZBAR_H

#include "base/err.h"
#include "base/strbuf.h"
#include "scan/image/geometry.h"
#include "scan/image/image.h"

struct zbar_reader;

bool zbar_reader_open(struct zbar_reader **out, struct err *err) TURNOUT_MUST_CHECK;
void zbar_reader_close(struct zbar_reader *reader); /* NULL is fine */

/* Called for each code; the bytes are zbar's, until the next call. Corners: upper left, upper right, lower right, lower left. False ends the listing. */
typedef bool zbar_found_fn(void *context, const char *payload, size_t len, const struct point corners[4]);
void zbar_reader_search(struct zbar_reader *reader, const struct image *image, zbar_found_fn *found, void *context);

#endif
