#include "kiosk/workers/logos.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "store/read/assets.h"

/* The store thread and the screen's both let go of it. */
struct shared_logo {
	struct logo logo; /* first: what is handed out is this */
	atomic_int uses;
};

static const struct logo *hold(const struct logo *logo) {
	atomic_fetch_add(&((struct shared_logo *)(uintptr_t)logo)->uses, 1);
	return logo;
}

static void let_go(const struct logo *logo) {
	struct shared_logo *shared = (struct shared_logo *)(uintptr_t)logo;
	if (shared != NULL && atomic_fetch_sub(&shared->uses, 1) == 1) {
		raster_fini(&shared->logo.raster);
		free(shared);
	}
}

static const struct logo *find(const struct logos *logos, const char *id) {
	for (size_t i = 0; logos != NULL && i < logos->count; i++) {
		if (logos->items[i] != NULL && str_eq(logos->items[i]->id, id)) {
			return logos->items[i];
		}
	}
	return NULL;
}

static bool read_pixels(const void *bytes, size_t n, struct raster *out, struct err *err) {
	uint32_t width, height;
	struct picture *picture = NULL;
	if (!picture_is_png(bytes, n, &width, &height) || width > CREDIT_SCREEN_WIDE || height > CREDIT_SCREEN_HIGH) {
		return err_set(err, ERR_INPUT, "it is no PNG of %d x %d pixels at most", CREDIT_SCREEN_WIDE, CREDIT_SCREEN_HIGH);
	}
	bool ok = picture_read(bytes, n, &picture, err) && picture_raster(picture, (int)width, (int)height, out, err);
	picture_close(picture);
	return ok;
}

const struct logo *logo_make(const char *id, const void *bytes, size_t n) {
	struct err err = {0};
	struct shared_logo *shared = xcalloc(1, sizeof *shared);
	atomic_init(&shared->uses, 1);
	str_copy(shared->logo.id, sizeof shared->logo.id, id);
	if (!read_pixels(bytes, n, &shared->logo.raster, &err)) {
		log_warn("kiosk", "a logo cannot be shown: %s", err.text);
		free(shared);
		return NULL;
	}
	return &shared->logo;
}

static const struct logo *load(struct store *store, const char *id) {
	struct err err = {0};
	struct strbuf file = {0};
	bool whole = false;
	const struct logo *logo = NULL;
	if (!asset_read(store, id, &file, &whole, &err)) {
		log_warn("kiosk", "a logo cannot be read: %s", err.text);
	} else if (whole) {
		logo = logo_make(id, strbuf_str(&file), file.len);
	}
	strbuf_fini(&file);
	return logo;
}

void logos_load(struct store *store, const struct credits *credits, const struct logos *known, struct logos *out) {
	*out = (struct logos){.count = credits->count};
	for (size_t i = 0; i < credits->count; i++) {
		const char *id = credits->items[i].screen;
		const struct logo *there = id == NULL ? NULL : find(known, id);
		there = there != NULL || id == NULL ? there : find(out, id);
		out->items[i] = there != NULL ? hold(there) : id != NULL ? load(store, id) : NULL;
	}
}

void logos_fini(struct logos *logos) {
	for (size_t i = 0; i < logos->count; i++) {
		let_go(logos->items[i]);
	}
	*logos = (struct logos){0};
}

void logos_share(const struct logos *from, struct logos *out) {
	*out = *from;
	for (size_t i = 0; i < from->count; i++) {
		if (from->items[i] != NULL) {
			hold(from->items[i]);
		}
	}
}
