#include "paper/png.h"

#include <cairo.h>

#include "base/file.h"
#include "base/strbuf.h"

#define SIDE_MAX 16384

static cairo_status_t take_bytes(void *closure, const unsigned char *data, unsigned int n) {
	strbuf_add(closure, data, n);
	return CAIRO_STATUS_SUCCESS;
}

bool png_write(const char *path, const uint32_t *pixels, int width, int height, struct err *err) {
	if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) {
		return err_set(err, ERR_USAGE, "a picture of %d x %d pixels cannot be written", width, height);
	}
	struct strbuf out = {0};
	/* cairo only reads the pixels of a surface that is nothing but written out. */
	cairo_surface_t *surface =
		cairo_image_surface_create_for_data((unsigned char *)(uintptr_t)pixels, CAIRO_FORMAT_RGB24, width, height, width * 4);
	cairo_status_t status = cairo_surface_write_to_png_stream(surface, take_bytes, &out);
	cairo_surface_destroy(surface);
	bool ok = status == CAIRO_STATUS_SUCCESS ? file_write(path, strbuf_str(&out), out.len, err)
						 : err_set(err, ERR_SYSTEM, "%s: %s", path, cairo_status_to_string(status));
	strbuf_fini(&out);
	return ok;
}
