#include "paper/picture.h"

#include <librsvg/rsvg.h>
#include <math.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/strbuf.h"

#define FILE_MAX (8u << 20)
#define PNG_SIDE_MAX 8192

struct picture {
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

bool picture_is_png(const void *bytes, size_t n, uint32_t *width, uint32_t *height) {
	bool is = n >= 33 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0;
	*width = is ? be32((const char *)bytes + 16) : 0; /* of IHDR, which comes first */
	*height = is ? be32((const char *)bytes + 20) : 0;
	return is;
}

static bool load_png(struct picture *picture, const char *data, size_t n, struct err *err) {
	uint32_t width, height; /* looked at before memory is taken for them */
	picture_is_png(data, n, &width, &height);
	if (width == 0 || height == 0 || width > PNG_SIDE_MAX || height > PNG_SIDE_MAX) {
		return err_set(err, ERR_INPUT, "%u x %u pixels, a picture may have %d a side", width, height, PNG_SIDE_MAX);
	}
	struct bytes bytes = {data, n};
	picture->surface = cairo_image_surface_create_from_png_stream(give_bytes, &bytes);
	cairo_status_t status = cairo_surface_status(picture->surface);
	if (status != CAIRO_STATUS_SUCCESS) {
		return err_set(err, ERR_INPUT, "not a whole PNG (%s): save or copy it anew", cairo_status_to_string(status));
	}
	picture->width = width;
	picture->height = height;
	return true;
}

/* What an SVG is rendered at: what of it is no drawing (blurs, masks) takes memory by that, and is sharp enough by that, whatever size the file says. */
#define SVG_SIDE 1600

/* The ratio of the size that the file says; where it says none in absolute units, of its viewBox's. The longer side is SVG_SIDE. */
static bool svg_size(RsvgHandle *handle, struct picture *picture) {
	gboolean has_width, has_height, has_box;
	RsvgLength width, height;
	RsvgRectangle box;
	rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box, &box);
	if (!rsvg_handle_get_intrinsic_size_in_pixels(handle, &picture->width, &picture->height) && has_box) {
		picture->width = box.width;
		picture->height = box.height;
	}
	double scale = SVG_SIDE / fmax(picture->width, picture->height);
	if (!isfinite(scale) || !(picture->width > 0) || !(picture->height > 0)) {
		return false;
	}
	picture->width *= scale;
	picture->height *= scale;
	return picture->width * PICTURE_ASPECT_MAX >= SVG_SIDE && picture->height * PICTURE_ASPECT_MAX >= SVG_SIDE;
}

/* librsvg: "XML parse error: Error domain 1 code 77 on line 2 column 1 of data: Premature end …". */
static void say_broken(const char *message, struct err *err) {
	const char *line = strstr(message, " on line "), *why = strstr(message, " of data: ");
	if (line != NULL && why != NULL) {
		const char *number = line + strlen(" on line ");
		char *reason = g_strstrip(g_strdup(why + strlen(" of data: ")));
		err_set(err, ERR_INPUT, "neither a PNG nor a whole SVG (line %.*s: %s): save or copy it anew",
			(int)strspn(number, "0123456789"), number, reason);
		g_free(reason);
	} else {
		err_set(err, ERR_INPUT, "neither a PNG nor a whole SVG: save or copy it anew");
	}
}

static bool load_svg(struct picture *picture, const char *data, size_t n, struct err *err) {
	GError *problem = NULL;
	bool ok = false;
	cairo_t *cr = NULL;
	if (n >= 2 && memcmp(data, "\x1f\x8b", 2) == 0) { /* librsvg would unpack it, however large it becomes */
		return err_set(err, ERR_INPUT, "a packed SVG: unpack it first");
	}
	RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)data, n, &problem);
	if (handle == NULL) {
		say_broken(problem ? problem->message : "", err);
		goto out;
	}
	rsvg_handle_set_dpi(handle, 96);
	if (!svg_size(handle, picture)) {
		err_set(err, ERR_INPUT,
			"the SVG says neither its size nor a viewBox, or one side is more than %d times the other: save it with its page "
			"fitted to the drawing",
			PICTURE_ASPECT_MAX);
		goto out;
	}
	const cairo_rectangle_t extents = {0, 0, picture->width, picture->height};
	const RsvgRectangle viewport = {0, 0, picture->width, picture->height};
	picture->surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
	cr = cairo_create(picture->surface);
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

bool picture_read(const void *bytes, size_t n, struct picture **out, struct err *err) {
	struct picture *picture = xcalloc(1, sizeof *picture);
	uint32_t width, height;
	if (!(picture_is_png(bytes, n, &width, &height) ? load_png(picture, bytes, n, err) : load_svg(picture, bytes, n, err))) {
		picture_close(picture);
		return false;
	}
	*out = picture;
	return true;
}

bool picture_open(const char *path, struct picture **out, struct err *err) {
	struct strbuf file = {0};
	bool ok =
		file_read(path, FILE_MAX, &file, err) && (picture_read(strbuf_str(&file), file.len, out, err) || err_wrap(err, "%s", path));
	strbuf_fini(&file);
	return ok;
}

void picture_close(struct picture *picture) {
	if (picture == NULL) {
		return;
	}
	if (picture->surface != NULL) {
		cairo_surface_destroy(picture->surface);
	}
	free(picture);
}

double picture_aspect(const struct picture *picture) { return picture->width / picture->height; }

struct mm_rect picture_draw(const struct picture *picture, struct canvas *c, struct mm_rect box, enum text_align hug) {
	double scale = fmin(box.w / picture->width, box.h / picture->height);
	struct mm_rect drawn = {box.x, box.y, picture->width * scale, picture->height * scale};
	double spare = box.w - drawn.w;
	drawn.x += hug == TEXT_LEFT ? 0 : hug == TEXT_CENTRE ? spare / 2 : spare;
	drawn.y += (box.h - drawn.h) / 2;
	cairo_t *cr = canvas_cairo(c);
	cairo_save(cr);
	cairo_translate(cr, drawn.x, drawn.y);
	cairo_scale(cr, scale, scale);
	cairo_set_source_surface(cr, picture->surface, 0, 0);
	cairo_rectangle(cr, 0, 0, picture->width, picture->height);
	cairo_fill(cr);
	cairo_restore(cr);
	return drawn;
}

/* --- as a file ------------------------------------------------------------------------------------------------------------------------------- */

static cairo_status_t take_bytes(void *closure, const unsigned char *data, unsigned int n) {
	strbuf_add(closure, data, n);
	return CAIRO_STATUS_SUCCESS;
}

bool raster_png(const struct raster *raster, struct strbuf *out, struct err *err) {
	cairo_surface_t *source = cairo_image_surface_create_for_data((unsigned char *)raster->pixels, CAIRO_FORMAT_ARGB32, raster->width,
								      raster->height, 4 * raster->width);
	cairo_status_t status = cairo_surface_write_to_png_stream(source, take_bytes, out);
	cairo_surface_destroy(source);
	return status == CAIRO_STATUS_SUCCESS || err_set(err, ERR_SYSTEM, "no PNG can be made: %s", cairo_status_to_string(status));
}

/* --- as pixels ------------------------------------------------------------------------------------------------------------------------------- */

/* Paints a surface of that size onto pixels, scaled to fit the box. */
static bool paint(cairo_surface_t *source, double source_w, double source_h, struct raster *out, struct err *err) {
	double scale = fmin(out->width / source_w, out->height / source_h);
	out->width = (int)fmax(1, round(source_w * scale));
	out->height = (int)fmax(1, round(source_h * scale));
	out->pixels = xcalloc((size_t)out->width * (size_t)out->height, sizeof *out->pixels);
	cairo_surface_t *target = cairo_image_surface_create_for_data((unsigned char *)out->pixels, CAIRO_FORMAT_ARGB32, out->width,
								      out->height, 4 * out->width);
	cairo_t *cr = cairo_create(target);
	cairo_scale(cr, out->width / source_w, out->height / source_h);
	cairo_set_source_surface(cr, source, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
	cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD); /* else its edges fade */
	cairo_paint(cr);
	bool ok = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
	if (!ok) {
		err_set(err, ERR_SYSTEM, "a picture cannot be drawn: %s", cairo_status_to_string(cairo_status(cr)));
		raster_fini(out);
	}
	cairo_destroy(cr);
	cairo_surface_finish(target);
	cairo_surface_destroy(target);
	return ok;
}

bool picture_raster(const struct picture *picture, int width, int height, struct raster *out, struct err *err) {
	*out = (struct raster){.width = width, .height = height};
	return paint(picture->surface, picture->width, picture->height, out, err);
}

bool raster_scale(const struct raster *from, int width, int height, struct raster *out, struct err *err) {
	*out = (struct raster){.width = width, .height = height};
	cairo_surface_t *source = cairo_image_surface_create_for_data((unsigned char *)from->pixels, CAIRO_FORMAT_ARGB32, from->width,
								      from->height, 4 * from->width);
	bool ok = paint(source, from->width, from->height, out, err);
	cairo_surface_destroy(source);
	return ok;
}

bool raster_of_canvas(struct canvas *c, struct raster *out, struct err *err) {
	cairo_surface_t *surface = cairo_get_target(canvas_cairo(c));
	if (cairo_surface_get_type(surface) != CAIRO_SURFACE_TYPE_IMAGE) {
		return err_set(err, ERR_USAGE, "only what is drawn in pixels has any");
	}
	cairo_surface_flush(surface);
	const unsigned char *from = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);
	struct raster r = {.width = cairo_image_surface_get_width(surface), .height = cairo_image_surface_get_height(surface)};
	r.pixels = malloc(4 * (size_t)r.width * (size_t)r.height);
	if (from == NULL || r.pixels == NULL) {
		raster_fini(&r);
		return err_set(err, ERR_SYSTEM, "there is no memory for a picture");
	}
	for (int y = 0; y < r.height; y++) {
		const uint32_t *row = (const uint32_t *)(const void *)(from + (size_t)y * (size_t)stride);
		for (int x = 0; x < r.width; x++) {
			r.pixels[(size_t)y * (size_t)r.width + (size_t)x] =
				row[x] | 0xFF000000u; /* cairo leaves that byte open where there is no alpha */
		}
	}
	*out = r;
	return true;
}

void raster_fini(struct raster *raster) {
	free(raster->pixels);
	*raster = (struct raster){0};
}
