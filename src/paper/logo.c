#include "paper/logo.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/colour.h"
#include "base/str.h"
#include "base/trial.h"
#include "paper/picture.h"
#include "paper/svg_needs.h"

#define LOOK_SIDE 512 /* pixels of a trial */

/* What people take for a logo, by its first bytes. */
static const char *known_as(const uint8_t *bytes, size_t n) {
	static const struct {
		const char *begins, *name;
	} KNOWN[] = {{"\xff\xd8\xff", "a JPEG"},
		     {"GIF8", "a GIF"},
		     {"%PDF", "a PDF"},
		     {"%!PS", "an EPS"},
		     {"\x1f\x8b", "a packed SVGZ"},
		     {"RIFF", "a WebP"},
		     {"BM", "a BMP"},
		     {"PK\x03\x04", "a packed file"},
		     {"II*", "a TIFF"},
		     {"MM", "a TIFF"}};
	for (size_t i = 0; i < COUNT_OF(KNOWN); i++) {
		size_t length = strlen(KNOWN[i].begins);
		if (n >= length && memcmp(bytes, KNOWN[i].begins, length) == 0) {
			return KNOWN[i].name;
		}
	}
	return NULL;
}

static bool check_size(const void *bytes, size_t n, struct logo_look *out, struct err *err) {
	uint32_t width, height;
	const char *name = n == 0 ? NULL : known_as(bytes, n);
	if (n == 0) {
		return err_set(err, ERR_INPUT, "the file is empty: copy it anew");
	}
	if (name != NULL) {
		return err_set(err, ERR_INPUT, "this is %s; a logo is an SVG (best) or a PNG: ask for one of those, or save it as one",
			       name);
	}
	if (n > LOGO_BYTES_MAX) {
		return err_set(
			err, ERR_INPUT,
			"it has %zu KiB, a logo may have %d: save it smaller (as a PNG, 2000 pixels are wide enough for every paper)",
			n / 1024, LOGO_BYTES_MAX / 1024);
	}
	if (picture_is_png(bytes, n, &width, &height)) {
		out->pixels = width > INT32_MAX ? INT32_MAX : (int)width;
		return (uint64_t)width * height <= LOGO_PIXELS_MAX || err_set(err, ERR_INPUT,
									      "it has %u x %u pixels, a logo may have %d million: save it "
									      "smaller (2000 pixels are wide enough for every paper)",
									      width, height, LOGO_PIXELS_MAX / 1000000);
	}
	return true;
}

static bool check_needs(const char *bytes, size_t n, struct logo_look *out, struct err *err) {
	struct svg_needs needs;
	if (memmem(bytes, n, "svg", 3) == NULL || memchr(bytes, '<', n) == NULL) {
		return err_set(err, ERR_INPUT, "this is neither an SVG nor a PNG: ask for one of those");
	}
	svg_needs_find(bytes, n, &needs);
	out->has_text = needs.text;
	if (needs.outside[0] != '\0') {
		return err_set(
			err, ERR_INPUT,
			"line %d: the SVG refers to \"%s\", which is not in it and would be missing: embed it, or save the logo as a PNG",
			needs.line, needs.outside);
	}
	if (needs.html) {
		return err_set(err, ERR_INPUT,
			       "line %d: the SVG has text as HTML (foreignObject), which only browsers show: export it with its text as "
			       "outlines, or as a PNG",
			       needs.line);
	}
	return !needs.script || err_set(err, ERR_INPUT, "line %d: the SVG has a script; save it as a plain SVG, or as a PNG", needs.line);
}

static bool shows_something(const struct raster *raster) {
	size_t count = (size_t)raster->width * (size_t)raster->height, i = 0;
	while (i < count && raster->pixels[i] >> 24 < 16) {
		i++;
	}
	return i < count;
}

/* On white: is there a spot that can be told from it (3:1, as shapes are)? */
static bool stands_out(const struct raster *raster) {
	size_t count = (size_t)raster->width * (size_t)raster->height, dark = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t p = raster->pixels[i], white = 255 - (p >> 24), over = 0;
		for (int shift = 0; shift < 24; shift += 8) {
			uint32_t channel = (p >> shift & 255) + white;
			over |= (channel > 255 ? 255 : channel) << shift;
		}
		dark += colour_contrast(over, 0xffffff) >= 3;
	}
	return dark * 200 >= count; /* half a per cent */
}

static bool check_drawing(const struct picture *picture, struct logo_look *out, struct err *err) {
	struct raster raster;
	if (!picture_raster(picture, LOOK_SIDE, LOOK_SIDE, &raster, err)) {
		return false;
	}
	bool ok = shows_something(&raster) || err_set(err, ERR_INPUT, "nothing is to be seen on it: is a layer switched off?");
	out->is_pale = ok && !stands_out(&raster);
	raster_fini(&raster);
	return ok;
}

struct trial {
	const void *bytes;
	size_t n;
};

/* Only whether it comes to an end, and when. */
static bool draw_once(void *context) {
	const struct trial *trial = context;
	struct picture *picture = NULL;
	struct raster raster;
	struct err ignored = {0};
	if (picture_read(trial->bytes, trial->n, &picture, &ignored) && picture_raster(picture, LOOK_SIDE, LOOK_SIDE, &raster, &ignored)) {
		raster_fini(&raster);
	}
	picture_close(picture);
	return true; /* what is wrong with it is told by whoever draws it again */
}

/* An SVG is a program in a way, and a few bytes of it may keep a machine busy for hours. */
static bool check_end(const void *bytes, size_t n, struct err *err) {
	struct trial trial = {bytes, n};
	enum trial_end end = TRIAL_DEAD;
	if (!trial_run(draw_once, &trial, LOGO_DRAW_S_MAX, &end, err)) {
		return false;
	}
	if (end == TRIAL_LONG) {
		return err_set(err, ERR_INPUT,
			       "it takes more than %d seconds to draw, on every box again: simplify it, or save it as a PNG",
			       LOGO_DRAW_S_MAX);
	}
	return end == TRIAL_GOOD || err_set(err, ERR_INPUT, "it cannot be drawn: save it anew, or as a PNG");
}

bool logo_check(const void *bytes, size_t n, struct logo_look *out, struct err *err) {
	struct picture *picture = NULL;
	*out = (struct logo_look){0};
	if (!check_size(bytes, n, out, err) || (out->pixels == 0 && !check_needs(bytes, n, out, err)) || !check_end(bytes, n, err) ||
	    !picture_read(bytes, n, &picture, err)) {
		return false;
	}
	out->aspect = picture_aspect(picture);
	bool ok = ((out->aspect <= LOGO_ASPECT_MAX && out->aspect >= 1.0 / LOGO_ASPECT_MAX) ||
		   err_set(err, ERR_INPUT, "one side is more than %d times the other: that is no logo", LOGO_ASPECT_MAX)) &&
		  check_drawing(picture, out, err);
	picture_close(picture);
	return ok;
}
