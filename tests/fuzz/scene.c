#include "fuzz/scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lib/encoder.h"
#include "lib/paint.h"

#define CONTRAST_LEAST 80
#define MODULE_LEAST 4.0F

/* Memory for exactly what a picture's contract promises: behind the last row's pixels there is nothing. */
static void make_image(struct image *image, int width, int height, int gap) {
	*image = (struct image){.width = width, .height = height, .stride = width + gap};
	size_t n = (size_t)(height - 1) * (size_t)image->stride + (size_t)width;
	image->luma = xmalloc(n);
	memset(image->luma, 0, n);
}

static void put_pixels(struct image *image, struct dice *d) {
	for (int i = 0; i < image->width * image->height; i++) {
		*scene_pixel(image, i % image->width, i / image->width) = d->left == 0 ? 0 : d->at[(size_t)i % d->left];
	}
}

static void put_background(struct scene *s, struct dice *d) {
	int kind = dice_between(d, 0, 4), grey = (int)dice_byte(d), step = dice_between(d, 1, 16);
	for (int y = 0; y < s->image.height; y++) {
		for (int x = 0; x < s->image.width; x++) {
			bool odd = ((x / step + y / step) & 1) != 0;
			int value = kind == 0 || kind == 1 ? grey
				    : kind == 2            ? grey + x * step / 16
				    : kind == 3            ? (odd ? grey : 255 - grey)
							   : (y / step & 1) * grey;
			*scene_pixel(&s->image, x, y) = (uint8_t)(value > 255 ? 255 : value);
		}
	}
	s->clean = s->clean && kind <= 1;
}

static void make_text(struct scene *s, struct dice *d) {
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	uint32_t seed = dice_byte(d) + 1;
	unsigned kind = dice_byte(d) % 3;
	size_t n = (size_t)dice_between(d, 1, SCENE_TEXT_MAX);
	for (size_t i = 0; i < n; i++) {
		uint32_t r = dice_next(&seed);
		s->texts[s->symbols][i] = kind == 0 ? (char)('0' + r % 10) : kind == 1 ? letters[r % (sizeof letters - 1)] : (char)r;
	}
	s->lens[s->symbols] = n;
}

/* True when nothing stands against reading it: whole modules, all of it inside, enough contrast, not tilted. */
static bool is_plain(const struct scene *s, const struct paint_symbol *p, float size) {
	float quiet = PAINT_QUIET * size / (float)p->side;
	for (int i = 0; i < 4; i++) {
		struct point c = p->corners[i];
		/* A quiet zone reaches out to its corners by half its diagonal more, however it is turned. */
		float room = quiet * 1.5F;
		if (c.x < room || c.y < room || c.x > (float)s->image.width - room || c.y > (float)s->image.height - room) {
			return false;
		}
	}
	return size / (float)p->side >= MODULE_LEAST && p->paper - p->ink >= CONTRAST_LEAST;
}

static void put_symbol(struct scene *s, struct dice *d) {
	struct err err = {0};
	struct qr_matrix *qr = &s->qr[s->symbols];
	make_text(s, d);
	if (!qr_encode(qr, s->texts[s->symbols], s->lens[s->symbols], (enum qr_level)(dice_byte(d) % 4), &err)) {
		return;
	}
	struct point middle = {(float)s->image.width * (float)dice_byte(d) / 255, (float)s->image.height * (float)dice_byte(d) / 255};
	float size = (float)qr->side * (1 + (float)dice_byte(d) / 16), angle = (float)dice_byte(d) * 3.14159265F / 128;
	int tilt = dice_between(d, 0, 3) == 3 ? dice_between(d, 0, 80) : 0;
	unsigned how = dice_byte(d);
	struct paint_symbol p = {.dark = qr->dark, .side = qr->side, .ink = (uint8_t)dice_byte(d), .paper = (uint8_t)(255 - dice_byte(d))};
	paint_square(middle, size, angle, p.corners);
	p.corners[0] = point_add(p.corners[0], point_times(point_sub(p.corners[2], p.corners[0]), (float)tilt / 200));
	p.corners[1] = point_add(p.corners[1], point_times(point_sub(p.corners[3], p.corners[1]), (float)tilt / 200));
	if ((how & 3) == 3) { /* as in a mirror */
		struct point swap = p.corners[1];
		p.corners[1] = p.corners[3];
		p.corners[3] = swap;
	}
	if ((how & 12) == 12) {
		encoder_remask(qr->dark, qr_version(qr), (int)(how >> 4 & 7));
	}
	s->clean = s->clean && s->symbols == 0 && tilt == 0 && (how & 12) != 12 && is_plain(s, &p, size);
	paint_symbol(&s->image, &p);
	s->symbols++;
}

static void put_damage(struct scene *s, struct dice *d) {
	int count = dice_between(d, 0, 7) - 4;
	for (int i = 0; i < count; i++) {
		int x = dice_between(d, 0, SCENE_SIDE_MAX), y = dice_between(d, 0, SCENE_SIDE_MAX), w = (int)dice_byte(d),
		    h = (int)dice_byte(d);
		uint8_t grey = (uint8_t)dice_byte(d);
		for (int at = y; at < y + h && at < s->image.height && x < s->image.width; at++) {
			memset(scene_pixel(&s->image, x, at), grey, (size_t)(w < s->image.width - x ? w : s->image.width - x));
		}
		s->clean = false;
	}
	int blur = dice_between(d, 0, 7) - 4, noise = dice_between(d, 0, 255) - 128;
	if (blur > 0) {
		paint_blur(&s->image, blur);
	}
	if (noise > 0) {
		paint_noise(&s->image, noise, dice_byte(d));
	}
	s->clean = s->clean && blur <= 0 && noise <= 6;
}

void scene_make(struct scene *s, unsigned flags, struct dice *d) {
	int side = (flags & SCENE_LARGE) != 0 ? SCENE_SIDE_MAX : SCENE_SIDE_USUAL;
	int width = dice_between(d, 1, side), height = dice_between(d, 1, side);
	make_image(&s->image, width, height, dice_between(d, 0, SCENE_GAP_MAX));
	s->symbols = 0;
	s->clean = false;
	s->painted = (flags & SCENE_PIXELS) == 0;
	if (!s->painted) {
		put_pixels(&s->image, d);
		return;
	}
	s->clean = true;
	put_background(s, d);
	int symbols = dice_between(d, 0, SCENE_SYMBOLS_MAX);
	for (int i = 0; i < symbols; i++) {
		put_symbol(s, d);
	}
	put_damage(s, d);
	s->clean = s->clean && s->symbols == 1;
}

bool scene_says(const struct scene *s, const char *text, size_t n) {
	for (int i = 0; i < s->symbols; i++) {
		if (s->lens[i] == n && memcmp(s->texts[i], text, n) == 0) {
			return true;
		}
	}
	return false;
}

void scene_check(const struct scene *s, const struct decode_result *results, size_t count) {
	for (size_t i = 0; i < count; i++) {
		const struct decode_result *r = &results[i];
		fuzz_assert(r->len > 0 && r->len <= DECODE_PAYLOAD_MAX && r->payload[r->len] == '\0');
		fuzz_assert(r->stage != NULL && r->stage[0] != '\0' && r->part <= r->parts && r->raw_len > 0 && r->w >= 0 && r->h >= 0);
		scene_check_corners(r->corners);
		fuzz_assert(!s->painted || scene_says(s, r->raw, r->raw_len));
		for (size_t k = 0; k < i; k++) {
			fuzz_assert(results[k].len != r->len || memcmp(results[k].payload, r->payload, r->len) != 0 ||
				    results[k].part != r->part);
		}
	}
}

void scene_check_corners(const struct point corners[4]) {
	for (int k = 0; k < 4; k++) {
		fuzz_assert(isfinite(corners[k].x) && isfinite(corners[k].y));
		fuzz_assert(fabsf(corners[k].x) < SCENE_FAR && fabsf(corners[k].y) < SCENE_FAR);
	}
}
