/* Files into the event file, where they reach every box (store/view/asset.h). Reading them: store/read/assets.h. */
#ifndef TURNOUT_STORE_WRITE_ASSETS_H
#define TURNOUT_STORE_WRITE_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/crypto.h"
#include "base/err.h"
#include "store/view/asset.h"

struct store;

#define ASSET_BYTES_MAX (ASSET_PART_BYTES * ASSET_PARTS_MAX)
#define ASSET_ID_TEXT (2 * HASH_LEN + 1)

/* As the organiser or an editor, inside a transaction; what is there already is not written again. `id`: how it is called from here on. ERR_USAGE for an
 * empty file and for more than ASSET_BYTES_MAX. */
bool asset_put(struct store *store, const void *bytes, size_t n, char id[ASSET_ID_TEXT], struct err *err) TURNOUT_MUST_CHECK;

#endif
