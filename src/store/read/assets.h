/* Files that belong to the event, whole (store/view/asset.h). */
#ifndef TURNOUT_STORE_READ_ASSETS_H
#define TURNOUT_STORE_READ_ASSETS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"

struct store;

/* Appends the file. *whole false: it is not here, or not all of it yet, or its bytes are not those that its name says; then nothing is appended. */
bool asset_read(struct store *store, const char *id, struct strbuf *out, bool *whole, struct err *err) TURNOUT_MUST_CHECK;

#endif
