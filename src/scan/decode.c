#include "scan/decode.h"

#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#include "base/alloc.h"
#include "base/utf8.h"

#define HALF_SIDE_MIN 400 /* a picture smaller than this has nothing to lose */

struct decoder {
	zbar_image_scanner_t *scanner;
	struct strbuf payloads;
	struct strbuf work; /* a picture of our own making; zbar wants rows without gaps */
};

bool decoder_open(struct decoder **out, struct err *err) {
	struct decoder *d = xcalloc(1, sizeof *d);
	d->scanner = zbar_image_scanner_create();
	if (d->scanner == NULL || zbar_image_scanner_set_config(d->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0) != 0 ||
	    zbar_image_scanner_set_config(d->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1) != 0 ||
	    /* Without it zbar guesses an encoding, and "café" or "日本" come out wrong. */
	    zbar_image_scanner_set_config(d->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1) != 0) {
		decoder_close(d);
		return err_set(err, ERR_SYSTEM, "the QR reader (zbar) cannot be started");
	}
	*out = d;
	return true;
}

void decoder_close(struct decoder *d) {
	if (d == NULL) {
		return;
	}
	if (d->scanner != NULL) {
		zbar_image_scanner_destroy(d->scanner);
	}
	strbuf_fini(&d->payloads);
	strbuf_fini(&d->work);
	free(d);
}

static void set_box(struct decode_result *r, const zbar_symbol_t *symbol, int scale) {
	int left = 0, right = 0, top = 0, bottom = 0;
	for (unsigned i = 0; i < zbar_symbol_get_loc_size(symbol); i++) {
		int x = zbar_symbol_get_loc_x(symbol, i), y = zbar_symbol_get_loc_y(symbol, i);
		left = i == 0 || x < left ? x : left;
		right = i == 0 || x > right ? x : right;
		top = i == 0 || y < top ? y : top;
		bottom = i == 0 || y > bottom ? y : bottom;
	}
	r->x = left * scale;
	r->y = top * scale;
	r->w = (right - left) * scale;
	r->h = (bottom - top) * scale;
}

static bool is_known(const struct decode_result *out, size_t count, const char *payload, size_t len) {
	for (size_t i = 0; i < count; i++) {
		if (out[i].len == len && memcmp(out[i].payload, payload, len) == 0) {
			return true;
		}
	}
	return false;
}

/* One run of zbar over width x height bytes; `scale` brings its coordinates back to the caller's picture. */
static size_t run(struct decoder *d, const struct image *image, int scale, struct decode_result *out, size_t max) {
	size_t count = 0;
	strbuf_reset(&d->payloads);
	/* Reserved at once, so that the pointers given out stay. */
	strbuf_reserve(&d->payloads, max * (DECODE_PAYLOAD_MAX + 1));
	zbar_image_t *picture = zbar_image_create();
	zbar_image_set_format(picture, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(picture, (unsigned)image->width, (unsigned)image->height);
	zbar_image_set_data(picture, image->luma, (unsigned long)image->width * (unsigned long)image->height, NULL);
	zbar_scan_image(d->scanner, picture);
	for (const zbar_symbol_t *symbol = zbar_image_first_symbol(picture); symbol != NULL && count < max;
	     symbol = zbar_symbol_next(symbol)) {
		const char *payload = zbar_symbol_get_data(symbol);
		size_t len = zbar_symbol_get_data_length(symbol);
		if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE || len == 0 || len > DECODE_PAYLOAD_MAX ||
		    is_known(out, count, payload, len)) {
			continue;
		}
		out[count].payload = d->payloads.data + d->payloads.len;
		out[count].len = len;
		strbuf_add(&d->payloads, payload, len);
		strbuf_addc(&d->payloads, '\0');
		set_box(&out[count++], symbol, scale);
	}
	zbar_image_destroy(picture);
	return count;
}

/* The picture with rows that touch; inverted when asked. */
static struct image packed(struct decoder *d, const struct image *image, bool inverted) {
	size_t width = (size_t)image->width;
	strbuf_reset(&d->work);
	strbuf_reserve(&d->work, width * (size_t)image->height);
	uint8_t *to = (uint8_t *)d->work.data;
	for (int y = 0; y < image->height; y++, to += width) {
		const uint8_t *from = image->luma + (size_t)y * image->stride;
		memcpy(to, from, width);
		for (size_t x = 0; inverted && x < width; x++) {
			to[x] = (uint8_t)~to[x];
		}
	}
	return (struct image){(uint8_t *)d->work.data, image->width, image->height, image->width};
}

size_t decoder_scan(struct decoder *d, const struct image *image, struct decode_result *out, size_t max) {
	if (max == 0 || image->width <= 0 || image->height <= 0) {
		return 0;
	}
	struct image plain = image->stride == image->width ? *image : packed(d, image, false);
	size_t count = run(d, &plain, 1, out, max);
	struct image half;
	struct err ignored;
	if (count == 0 && image->width >= HALF_SIDE_MIN && image->height >= HALF_SIDE_MIN && image_shrink(image, 2, &half, &ignored)) {
		count = run(d, &half, 2, out, max);
		image_fini(&half);
	}
	if (count == 0) {
		struct image inverted = packed(d, image, true);
		count = run(d, &inverted, 1, out, max);
	}
	return count;
}

/* Bytes of the UTF-8 character at `at`, 0 when none begins there. */
static size_t character_len(const char *at, size_t left) {
	unsigned char c = (unsigned char)*at;
	size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	return n <= left && utf8_valid(at, n, NULL) ? n : 0;
}

void decode_escape(const char *payload, size_t len, struct strbuf *out) {
	for (size_t i = 0; i < len;) {
		unsigned char c = (unsigned char)payload[i];
		size_t n = character_len(payload + i, len - i);
		const char *short_form = c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : NULL;
		if (short_form != NULL) {
			strbuf_adds(out, short_form);
			i++;
		} else if (n == 0 || c < 0x20 || c == 0x7F) {
			strbuf_addf(out, "\\x%02X", c);
			i++;
		} else {
			strbuf_add(out, payload + i, n);
			i += n;
		}
	}
}
