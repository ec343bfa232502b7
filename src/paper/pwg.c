#include "paper/pwg.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

/* Where the fields of the header stand (PWG 5102.4, table 1); what is not named is zero. */
enum {
	HEADER = 1796,
	AT_PWG = 0,
	AT_RESOLUTION = 276,
	AT_COPIES = 340,
	AT_SIZE = 352, /* in points */
	AT_WIDTH = 372,
	AT_HEIGHT = 376,
	AT_BITS_PER_COLOUR = 384,
	AT_BITS_PER_PIXEL = 388,
	AT_BYTES_PER_LINE = 392,
	AT_COLOUR_SPACE = 400,
	AT_COLOURS = 420,
	AT_PAGES = 452,
	AT_FEED = 456, /* CrossFeedTransform, FeedTransform */
	AT_IMAGE_BOX = 464,
	AT_PAGE_NAME = 1732,
	PAGE_NAME = 64,
	RUN_MOST = 128, /* of one code: so many equal or different pixels */
	LINES_MOST = 256,
};

struct kind {
	const char *name;
	uint32_t space;  /* ColorSpace: 3 black, 18 sGray, 19 sRGB */
	int bits, pixel; /* of a pixel; bytes of what is packed as one */
};

static const struct kind KINDS[] = {
	[PWG_BLACK_1] = {"black_1", 3, 1, 1},
	[PWG_SGRAY_8] = {"sgray_8", 18, 8, 1},
	[PWG_BLACK_8] = {"black_8", 3, 8, 1},
	[PWG_SRGB_8] = {"srgb_8", 19, 24, 3},
};
_Static_assert(COUNT_OF(KINDS) == PWG_TYPE_COUNT, "every type has its kind");

const char *pwg_type_name(enum pwg_type type) { return KINDS[type].name; }

static void put(uint8_t *header, int at, uint32_t value) {
	for (int i = 0; i < 4; i++) {
		header[at + i] = (uint8_t)(value >> (24 - 8 * i));
	}
}

static int line_bytes(const struct kind *kind, int width) { return (width * kind->bits + 7) / 8; }

static void add_header(const struct pwg_page *page, const struct raster *raster, struct strbuf *out) {
	const struct kind *kind = &KINDS[page->type];
	uint8_t h[HEADER] = {0};
	memcpy(h + AT_PWG, "PwgRaster", 9);
	put(h, AT_RESOLUTION, (uint32_t)page->dpi_x);
	put(h, AT_RESOLUTION + 4, (uint32_t)page->dpi_y);
	put(h, AT_COPIES, 1);
	put(h, AT_SIZE, (uint32_t)page->page_w);
	put(h, AT_SIZE + 4, (uint32_t)page->page_h);
	put(h, AT_WIDTH, (uint32_t)raster->width);
	put(h, AT_HEIGHT, (uint32_t)raster->height);
	put(h, AT_BITS_PER_COLOUR, kind->bits == 1 ? 1 : 8);
	put(h, AT_BITS_PER_PIXEL, (uint32_t)kind->bits);
	put(h, AT_BYTES_PER_LINE, (uint32_t)line_bytes(kind, raster->width));
	put(h, AT_COLOUR_SPACE, kind->space);
	put(h, AT_COLOURS, (uint32_t)kind->pixel);
	put(h, AT_PAGES, 1);
	put(h, AT_FEED, 1);
	put(h, AT_FEED + 4, 1);
	put(h, AT_IMAGE_BOX + 8, (uint32_t)raster->width);
	put(h, AT_IMAGE_BOX + 12, (uint32_t)raster->height);
	str_copy((char *)h + AT_PAGE_NAME, PAGE_NAME, page->medium);
	strbuf_add(out, h, sizeof h);
}

static uint8_t luma(uint32_t pixel) {
	return (uint8_t)(((pixel >> 16 & 0xFF) * 299 + (pixel >> 8 & 0xFF) * 587 + (pixel & 0xFF) * 114 + 500) / 1000);
}

static void fill_line(enum pwg_type type, const uint32_t *pixels, int width, uint8_t *line) {
	memset(line, 0, (size_t)line_bytes(&KINDS[type], width));
	for (int x = 0; x < width; x++) {
		uint8_t grey = luma(pixels[x]);
		switch (type) {
		case PWG_BLACK_1: line[x / 8] |= (uint8_t)(grey < 128 ? 0x80 >> x % 8 : 0); break;
		case PWG_SGRAY_8: line[x] = grey; break;
		case PWG_BLACK_8: line[x] = (uint8_t)(255 - grey); break;
		case PWG_SRGB_8:
			for (int i = 0; i < 3; i++) {
				line[3 * x + i] = (uint8_t)(pixels[x] >> (16 - 8 * i));
			}
			break;
		case PWG_TYPE_COUNT: break;
		}
	}
}

static bool same(const uint8_t *line, int pixel, int a, int b) { return memcmp(line + a * pixel, line + b * pixel, (size_t)pixel) == 0; }

/* Runs of one pixel as n - 1 and the pixel, of different ones as 257 - n and all of them (PWG 5102.4, 4.4). */
static void pack_line(const uint8_t *line, int count, int pixel, struct strbuf *out) {
	for (int at = 0; at < count;) {
		int n = 1;
		while (at + n < count && n < RUN_MOST && same(line, pixel, at, at + n)) {
			n++;
		}
		if (n > 1 || at + 1 == count) {
			strbuf_addc(out, (char)(n - 1));
			strbuf_add(out, line + at * pixel, (size_t)pixel);
			at += n;
			continue;
		}
		while (at + n < count && n < RUN_MOST && !(at + n + 1 < count && same(line, pixel, at + n, at + n + 1))) {
			n++;
		}
		strbuf_addc(out, (char)(257 - n));
		strbuf_add(out, line + at * pixel, (size_t)n * (size_t)pixel);
		at += n;
	}
}

void pwg_write(const struct pwg_page *page, const struct raster *raster, struct strbuf *out) {
	const struct kind *kind = &KINDS[page->type];
	int bytes = line_bytes(kind, raster->width);
	uint8_t *line = xcalloc(2, (size_t)bytes), *next = line + bytes;
	strbuf_adds(out, out->len == 0 ? "RaS2" : "");
	add_header(page, raster, out);
	for (int y = 0; y < raster->height;) {
		int lines = 1;
		fill_line(page->type, raster->pixels + (size_t)y * (size_t)raster->width, raster->width, line);
		while (y + lines < raster->height && lines < LINES_MOST) {
			fill_line(page->type, raster->pixels + (size_t)(y + lines) * (size_t)raster->width, raster->width, next);
			if (memcmp(line, next, (size_t)bytes) != 0) {
				break;
			}
			lines++;
		}
		strbuf_addc(out, (char)(lines - 1));
		pack_line(line, bytes / kind->pixel, kind->pixel, out);
		y += lines;
	}
	free(line);
}
