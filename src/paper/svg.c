#include "paper/svg.h"

#include <librsvg/rsvg.h>
#include <math.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/strbuf.h"

#define FILE_MAX (8u << 20)
#define PNG_SIDE_MAX 8192

struct svg {
	cairo_surface_t *surface; /* a picture, or the recording of an SVG: rendered once, and a PDF holds it once */
	double width, height;
};

struct bytes {
	const char *at;
	size_t left;
};

static cairo_status_t give_bytes(void *closure, unsigned char *data, unsigned int n) {
	struct bytes *bytes = closure;
	if (n > bytes->left) {
		return CAIRO_STATUS_READ_ERROR;
	}
	memcpy(data, bytes->at, n);
	bytes->at += n;
	bytes->left -= n;
	return CAIRO_STATUS_SUCCESS;
}

static uint32_t be32(const char *at) {
	uint32_t value = 0;
	for (int i = 0; i < 4; i++) {
		value = value << 8 | (uint8_t)at[i];
	}
	return value;
}

static bool is_png(const struct strbuf *file) { return file->len >= 33 && memcmp(file->data, "\x89PNG\r\n\x1a\n", 8) == 0; }

static bool load_png(struct svg *svg, const struct strbuf *file, struct err *err) {
	uint32_t width = be32(file->data + 16), height = be32(file->data + 20); /* of IHDR; looked at before memory is taken for it */
	if (width == 0 || height == 0 || width > PNG_SIDE_MAX || height > PNG_SIDE_MAX) {
		return err_set(err, ERR_INPUT, "%u x %u pixels, a logo may have %d a side", width, height, PNG_SIDE_MAX);
	}
	struct bytes bytes = {file->data, file->len};
	svg->surface = cairo_image_surface_create_from_png_stream(give_bytes, &bytes);
	cairo_status_t status = cairo_surface_status(svg->surface);
	if (status != CAIRO_STATUS_SUCCESS) {
		return err_set(err, ERR_INPUT, "not a whole PNG: %s", cairo_status_to_string(status));
	}
	svg->width = width;
	svg->height = height;
	return true;
}

/* The size the file says; where it says none in absolute units, its viewBox's. Only the ratio matters: svg_draw scales it into a box. */
static bool svg_size(RsvgHandle *handle, struct svg *svg) {
	gboolean has_width, has_height, has_box;
	RsvgLength width, height;
	RsvgRectangle box;
	rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box, &box);
	if (!rsvg_handle_get_intrinsic_size_in_pixels(handle, &svg->width, &svg->height) && has_box) {
		svg->width = box.width;
		svg->height = box.height;
	}
	return isfinite(svg->width) && isfinite(svg->height) && svg->width > 0 && svg->height > 0 && svg->width < 1e6 && svg->height < 1e6;
}

static bool load_svg(struct svg *svg, const struct strbuf *file, struct err *err) {
	GError *problem = NULL;
	bool ok = false;
	cairo_t *cr = NULL;
	RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)file->data, file->len, &problem);
	if (handle == NULL) {
		err_set(err, ERR_INPUT, "neither an SVG nor a PNG: %s", problem ? problem->message : "unknown");
		goto out;
	}
	rsvg_handle_set_dpi(handle, 96);
	if (!svg_size(handle, svg)) {
		err_set(err, ERR_INPUT, "the SVG says neither its size nor a viewBox");
		goto out;
	}
	const cairo_rectangle_t extents = {0, 0, svg->width, svg->height};
	const RsvgRectangle viewport = {0, 0, svg->width, svg->height};
	svg->surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
	cr = cairo_create(svg->surface);
	ok = rsvg_handle_render_document(handle, cr, &viewport, &problem) && cairo_status(cr) == CAIRO_STATUS_SUCCESS;
	if (!ok) {
		err_set(err, ERR_INPUT, "the SVG cannot be drawn: %s", problem ? problem->message : "unknown");
	}
out:
	if (cr != NULL) {
		cairo_destroy(cr);
	}
	g_clear_error(&problem);
	g_clear_object(&handle);
	return ok;
}

bool svg_open(const char *path, struct svg **out, struct err *err) {
	struct svg *svg = xcalloc(1, sizeof *svg);
	struct strbuf file = {0};
	bool ok = file_read(path, FILE_MAX, &file, err);
	if (ok) {
		ok = is_png(&file) ? load_png(svg, &file, err) : load_svg(svg, &file, err);
		if (!ok) {
			err_wrap(err, "%s", path);
		}
	}
	strbuf_fini(&file);
	if (!ok) {
		svg_close(svg);
		return false;
	}
	*out = svg;
	return true;
}

void svg_close(struct svg *svg) {
	if (svg == NULL) {
		return;
	}
	if (svg->surface != NULL) {
		cairo_surface_destroy(svg->surface);
	}
	free(svg);
}

struct mm_rect svg_draw(const struct svg *svg, struct canvas *c, struct mm_rect box, enum text_align hug) {
	double scale = fmin(box.w / svg->width, box.h / svg->height);
	struct mm_rect drawn = {box.x, box.y, svg->width * scale, svg->height * scale};
	double spare = box.w - drawn.w;
	drawn.x += hug == TEXT_LEFT ? 0 : hug == TEXT_CENTRE ? spare / 2 : spare;
	drawn.y += (box.h - drawn.h) / 2;
	cairo_t *cr = canvas_cairo(c);
	cairo_save(cr);
	cairo_translate(cr, drawn.x, drawn.y);
	cairo_scale(cr, scale, scale);
	cairo_set_source_surface(cr, svg->surface, 0, 0);
	cairo_rectangle(cr, 0, 0, svg->width, svg->height);
	cairo_fill(cr);
	cairo_restore(cr);
	return drawn;
}
