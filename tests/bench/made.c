#include "bench/made.h"

#include <string.h>

#include "lib/encoder.h"
#include "lib/paint.h"

static uint32_t next(uint32_t *seed) { return (*seed = *seed * 1664525u + 1013904223u) >> 8; }

static uint8_t *pixel(const struct image *image, int x, int y) { return &image->luma[(size_t)y * (size_t)image->stride + (size_t)x]; }

static void fill(struct image *image, uint8_t grey) { memset(image->luma, grey, (size_t)image->stride * (size_t)image->height); }

static void box(struct image *image, int left, int top, int size_x, int size_y, uint8_t grey) {
	for (int y = top; y < top + size_y && y < image->height; y++) {
		for (int x = left; x < left + size_x && x < image->width; x++) {
			*pixel(image, x, y) = grey;
		}
	}
}

static void make_noise(struct image *image, int blur) {
	fill(image, 128);
	paint_noise(image, 127, 7);
	paint_blur(image, blur);
}

static void make_board(struct image *image, int step) {
	for (int y = 0; y < image->height; y++) {
		for (int x = 0; x < image->width; x++) {
			*pixel(image, x, y) = ((x / step + y / step) & 1) != 0 ? 230 : 20;
		}
	}
}

/* Finder patterns of `module` pixels in rows and columns, each a little out of its place. */
static void make_finders(struct image *image, int module) {
	uint32_t seed = 5;
	fill(image, 230);
	for (int y = module; y < image->height - 8 * module; y += 10 * module) {
		for (int x = module; x < image->width - 8 * module; x += 10 * module) {
			int left = x + (int)(next(&seed) % (unsigned)module), top = y + (int)(next(&seed) % (unsigned)module);
			box(image, left, top, 7 * module, 7 * module, 20);
			box(image, left + module, top + module, 5 * module, 5 * module, 230);
			box(image, left + 2 * module, top + 2 * module, 3 * module, 3 * module, 20);
		}
	}
}

enum grid_kind { GRID_GOOD, GRID_BROKEN };

/* Codes of a version with modules of so many pixels; broken ones have their data and error correction thrown. */
static void make_codes(struct image *image, int version, float module, enum grid_kind kind) {
	static uint8_t dark[ENCODER_MODULES], data[SYMBOL_CODEWORDS_MAX];
	static struct symbol_map map;
	uint32_t seed = 11;
	int side = symbol_side(version);
	float pitch = (float)(side + 2 * PAINT_QUIET) * module;
	fill(image, 200);
	symbol_map_fill(&map, version);
	for (float y = pitch / 2; y + pitch / 2 <= (float)image->height; y += pitch) {
		for (float x = pitch / 2; x + pitch / 2 <= (float)image->width; x += pitch) {
			struct encoding how = {version, LEVEL_M, (int)(next(&seed) % 8)};
			for (int i = 0; i < SYMBOL_CODEWORDS_MAX; i++) {
				data[i] = (uint8_t)next(&seed);
			}
			data[0] = 0x41; /* one byte of text, then the end; the rest is padding */
			data[1] = (uint8_t)(data[1] & 0xF0);
			data[2] = 0;
			encoder_symbol(&how, data, dark);
			for (int i = 0; kind == GRID_BROKEN && i < side * side; i++) {
				dark[i] ^= map.cells[i] == CELL_DATA && next(&seed) % 2 == 0;
			}
			struct paint_symbol p = {.dark = dark, .side = side, .ink = 30, .paper = 220};
			paint_square((struct point){x, y}, (float)side * module, 0.05F, p.corners);
			paint_symbol(image, &p);
		}
	}
}

/* Lines of words of strokes, as print looks from afar. */
static void make_text(struct image *image, int height) {
	uint32_t seed = 3;
	fill(image, 235);
	for (int y = height; y < image->height - 2 * height; y += 2 * height) {
		for (int x = height; x < image->width - height;) {
			int stroke = 1 + height / 8, width = height / 3 + (int)(next(&seed) % (unsigned)height) / 3;
			if (next(&seed) % 6 == 0) {
				x += width; /* between words */
				continue;
			}
			box(image, x, y, stroke, height, 30);
			if (next(&seed) % 2 == 0) {
				box(image, x + width - stroke, y, stroke, height, 30);
			}
			for (int bar = 0; bar < 3; bar++) {
				if (next(&seed) % 2 == 0) {
					box(image, x, y + bar * (height - stroke) / 2, width, stroke, 30);
				}
			}
			x += width + stroke + 1;
		}
	}
}

const char *made_picture(struct image *image, int kind) {
	switch (kind) {
	case 0: make_noise(image, 0); return "noise";
	case 1: make_noise(image, 1); return "noise, blurred once";
	case 2: make_noise(image, 4); return "noise, blurred four times";
	case 3: make_board(image, 2); return "checkerboard of 2 px";
	case 4: make_board(image, 7); return "checkerboard of 7 px";
	case 5: make_board(image, 24); return "checkerboard of 24 px";
	case 6: make_finders(image, 2); return "finder patterns of 2 px modules";
	case 7: make_finders(image, 4); return "finder patterns of 4 px modules";
	case 8: make_finders(image, 9); return "finder patterns of 9 px modules";
	case 9: make_codes(image, 1, 3, GRID_GOOD); return "codes of version 1";
	case 10: make_codes(image, 1, 3, GRID_BROKEN); return "unreadable codes of version 1";
	case 11: make_codes(image, 7, 2.5F, GRID_BROKEN); return "unreadable codes of version 7";
	case 12: make_codes(image, 20, 2.5F, GRID_BROKEN); return "unreadable codes of version 20";
	case 13: make_codes(image, 40, 2.5F, GRID_BROKEN); return "an unreadable code of version 40";
	case 14: make_text(image, 8); return "text of 8 px";
	case 15: make_text(image, 14); return "text of 14 px";
	default: make_text(image, 30); return "text of 30 px";
	}
}
